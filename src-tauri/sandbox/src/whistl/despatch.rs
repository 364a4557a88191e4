//! What left the building (contract, sections 2.4 and 9): one hand-over of one order to a
//! carrier, or the word that one did not happen, and the book of all of them. Moving the
//! goods and the order is the business of `leaving`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::feed_log::{Entry, FeedLog};
use super::parcel::Parcel;
use super::times::{london, zulu};

/// One line of a despatch, in whole units; negative in a void.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct DespatchLine {
    pub(super) line_no: u64,
    pub(super) sku: String,
    pub(super) ordered: i64,
    /// In this despatch.
    pub(super) despatched: i64,
    /// In despatches before this one.
    pub(super) previously: i64,
    /// Cancelled so far, by this despatch or earlier.
    pub(super) cancelled: i64,
    /// Cancelled by this despatch.
    pub(super) cancelled_here: i64,
    /// Set where something is cancelled.
    pub(super) cancel_reason: Option<String>,
    /// The stock movement, where any units moved.
    pub(super) movement_id: Option<u64>,
}

impl DespatchLine {
    fn listing(&self) -> Value {
        json!({
            "line_no": self.line_no,
            "sku": self.sku,
            "quantity_ordered": self.ordered,
            "quantity_despatched": self.despatched,
            "quantity_previously_despatched": self.previously,
            "quantity_cancelled": self.cancelled,
            "quantity_outstanding":
                self.ordered - self.previously - self.despatched - self.cancelled,
            "cancel_reason": self.cancel_reason,
            "movement_id": self.movement_id,
        })
    }
}

/// What a despatch says of whether more will come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum FinalFlag {
    /// The flag, true or false.
    Said(bool),
    /// No flag at all (F27).
    LeftOut,
}

/// One despatch, or the void of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Despatch {
    /// `DSP` and seven digits.
    pub(super) id: String,
    pub(super) revision: u64,
    /// The despatch that this one voids; none for goods that left.
    pub(super) voids: Option<String>,
    /// Whether a void has taken it back.
    pub(super) voided: bool,
    /// Number of the order it belongs to.
    pub(super) order: u64,
    /// The order's reference, and as the message spells it, which may differ (F25).
    pub(super) client_ref: String,
    pub(super) told_ref: String,
    pub(super) whistl_ref: String,
    pub(super) document_id: Option<String>,
    pub(super) warehouse: String,
    pub(super) despatched_at: DateTime<Utc>,
    pub(super) order_final: FinalFlag,
    pub(super) lines: Vec<DespatchLine>,
    pub(super) parcels: Vec<Parcel>,
    /// Tracking numbers by parcel that are not known yet (F28).
    pub(super) tracking_to_come: Option<Vec<Vec<String>>>,
}

impl Despatch {
    /// The despatch as the feed gives it, but for its number there.
    fn listing(&self, published_at: DateTime<Utc>) -> Value {
        let is_void = self.voids.is_some();
        let fulfilment = format!("IF{}", self.id.trim_start_matches("DSP"));
        let mut item = json!({
            "despatch_id": self.id,
            "revision": self.revision,
            "kind": if is_void { "VOID" } else { "DESPATCH" },
            "voids": self.voids,
            "item_fulfilment_ref": Some(fulfilment).filter(|_| !is_void),
            "client_ref": self.told_ref,
            "whistl_ref": self.whistl_ref,
            "warehouse": self.warehouse,
            "despatched_at": london(self.despatched_at),
            "published_at": zulu(published_at),
        });
        if let FinalFlag::Said(flag) = self.order_final {
            item["order_final"] = json!(flag);
        }
        let lines: Vec<Value> = self.lines.iter().map(DespatchLine::listing).collect();
        item["lines"] = json!(lines);
        let numbered = self.parcels.iter().enumerate();
        let parcels: Vec<Value> = numbered
            .map(|(place, parcel)| parcel.listing(place + 1))
            .collect();
        item["parcels"] = json!(parcels);
        item
    }

    fn subjects(&self) -> Vec<String> {
        let mut subjects = vec![
            self.client_ref.clone(),
            self.whistl_ref.clone(),
            self.id.clone(),
        ];
        subjects.extend(self.document_id.clone());
        subjects.extend(self.lines.iter().map(|line| line.sku.clone()));
        subjects
    }

    /// What really moved, for the truth.
    pub(super) fn truth(&self) -> Value {
        let moved = self.lines.iter().filter(|line| line.despatched != 0);
        let lines: Vec<Value> = moved
            .map(|line| json!({ "sku": line.sku, "quantity": line.despatched.to_string() }))
            .collect();
        let numbers = self
            .parcels
            .iter()
            .flat_map(|parcel| &parcel.tracking_numbers);
        json!({
            "despatch_id": self.id,
            "client_ref": self.client_ref,
            "lines": lines,
            "tracking": numbers.collect::<Vec<_>>(),
            "kind": if self.voids.is_some() { "VOID" } else { "DESPATCH" },
            "voids": self.voids,
            "voided": self.voided,
            "revision": self.revision,
            "despatched_at": zulu(self.despatched_at),
        })
    }
}

/// An item of a feed as it was published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Published {
    seq: u64,
    item: Value,
    at: DateTime<Utc>,
    /// Whether it was the first of its despatch.
    first: bool,
    subjects: Vec<String>,
}

impl Entry for Published {
    fn seq(&self) -> u64 {
        self.seq
    }

    /// What was published by hand without a number of the feed's own keeps what it says.
    fn renumber(&mut self, seq: u64) {
        if let Some(told) = self.item.get_mut("seq").filter(|told| **told == self.seq) {
            *told = json!(seq);
        }
        self.seq = seq;
    }

    fn at(&self) -> DateTime<Utc> {
        self.at
    }

    fn has_own_id(&self) -> bool {
        self.first
    }

    fn subjects(&self) -> Vec<&str> {
        self.subjects.iter().map(String::as_str).collect()
    }

    fn listing(&self) -> Value {
        self.item.clone()
    }
}

/// Publishes an item, with a number if it is an object without one. Answers the number under
/// which the feed keeps it.
pub(super) fn publish(
    feed: &mut FeedLog<Published>,
    item: Value,
    subjects: Vec<String>,
    first: bool,
    at: DateTime<Utc>,
) -> u64 {
    let seq = feed.next_seq();
    let item = match item {
        Value::Object(members) if !members.contains_key("seq") => {
            let number = std::iter::once(("seq".to_owned(), json!(seq)));
            Value::Object(number.chain(members).collect::<Map<_, _>>())
        }
        other => other,
    };
    feed.push(Published {
        seq,
        item,
        at,
        first,
        subjects,
    });
    seq
}

/// Every despatch there was, and the feed that tells of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct DespatchBook {
    /// In the order in which they happened; never forgotten, unlike the feed's entries.
    all: Vec<Despatch>,
    pub(super) feed: FeedLog<Published>,
    /// Counts tracking numbers.
    last_tracking: u64,
}

impl DespatchBook {
    /// An id for the next despatch.
    pub(super) fn next_id(&mut self) -> String {
        format!("DSP{:07}", self.feed.next_id())
    }

    /// A tracking number not given before, in the form of the recorded samples.
    pub(super) fn next_tracking(&mut self) -> String {
        self.last_tracking += 1;
        format!("WHI{:010}", self.last_tracking)
    }

    /// Notes a new despatch and publishes it. Answers the item as the feed gives it, and
    /// the despatch's place in the book.
    pub(super) fn record(&mut self, despatch: Despatch, at: DateTime<Utc>) -> (Value, usize) {
        let place = self.all.len();
        self.all.push(despatch);
        (self.tell(place, true, at), place)
    }

    /// Changes a despatch and publishes it as a higher revision (contract, section 6.2).
    pub(super) fn revise(
        &mut self,
        place: usize,
        change: impl FnOnce(&mut Despatch),
        at: DateTime<Utc>,
    ) -> Value {
        if let Some(despatch) = self.all.get_mut(place) {
            change(despatch);
            despatch.revision += 1;
        }
        self.tell(place, false, at)
    }

    /// Publishes any item as it stands, with a number if it is an object without one.
    /// Answers the number under which the feed keeps it.
    pub(super) fn publish_raw(&mut self, item: &Value, at: DateTime<Utc>) -> u64 {
        let named = ["client_ref", "whistl_ref", "despatch_id"];
        let texts = named
            .iter()
            .filter_map(|name| item.get(name)?.as_str())
            .map(str::to_owned);
        self.publish(item.clone(), texts.collect(), false, at)
    }

    fn tell(&mut self, place: usize, first: bool, at: DateTime<Utc>) -> Value {
        let Some(despatch) = self.all.get(place) else {
            return Value::Null;
        };
        let (item, subjects) = (despatch.listing(at), despatch.subjects());
        let seq = self.publish(item, subjects, first, at);
        let told = self.feed.after(seq - 1).first();
        told.map_or(Value::Null, Entry::listing)
    }

    fn publish(
        &mut self,
        item: Value,
        subjects: Vec<String>,
        first: bool,
        at: DateTime<Utc>,
    ) -> u64 {
        publish(&mut self.feed, item, subjects, first, at)
    }

    /// The despatch at a place.
    pub(super) fn get(&self, place: usize) -> Option<&Despatch> {
        self.all.get(place)
    }

    /// The despatch at a place, to change it without a word.
    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Despatch> {
        self.all.get_mut(place)
    }

    /// All of them, oldest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Despatch> {
        self.all.iter()
    }

    /// The places of an order's despatches, voids among them, oldest first.
    pub(super) fn places_of(&self, order: u64) -> Vec<usize> {
        let places = self.all.iter().enumerate();
        places
            .filter(|(_, despatch)| despatch.order == order)
            .map(|(place, _)| place)
            .collect()
    }

    /// Units of a SKU that left for an order.
    pub(super) fn units_of(&self, order: u64, sku: &str) -> i64 {
        let despatches = self.all.iter().filter(|despatch| despatch.order == order);
        despatches
            .flat_map(|despatch| &despatch.lines)
            .filter(|line| line.sku == sku)
            .map(|line| line.despatched)
            .sum()
    }
}
