//! Changes of stock that belong to no order (contract, section 2.5), as they happened and as
//! they are told, and the book of all of them. Moving the goods is the business of
//! `booking`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::despatch::{Published, publish};
use super::feed_log::{Entry as _, FeedLog};
use super::reasons::{REVERSAL, Reason};
use super::times::{london, zulu};

/// What is told otherwise than it is (F31 to F33, F35, F48).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Telling {
    pub(super) sku: Option<String>,
    pub(super) reason_code: Option<String>,
    /// Units added to both figures.
    pub(super) off_by: i64,
    /// Whether nobody is told at all.
    pub(super) withheld: bool,
}

/// One adjustment as it happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Adjustment {
    /// `ADJ` and seven digits.
    pub(super) id: String,
    #[serde(default = "first")]
    pub(super) revision: u64,
    pub(super) movement_id: u64,
    pub(super) sku: String,
    /// Change of good stock.
    pub(super) quantity: i64,
    /// Change of what is in the building.
    pub(super) on_hand_change: i64,
    pub(super) reason_code: String,
    pub(super) note: Option<String>,
    pub(super) reverses: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) at: DateTime<Utc>,
    /// Whether a reversal has taken it back.
    #[serde(default)]
    pub(super) reversed: bool,
    #[serde(default)]
    pub(super) telling: Telling,
}

fn first() -> u64 {
    1
}

impl Adjustment {
    /// The adjustment as the feed gives it, but for its number there.
    pub(super) fn listing(&self, warehouse: &str, published_at: DateTime<Utc>) -> Value {
        let telling = &self.telling;
        let code = telling.reason_code.as_ref().unwrap_or(&self.reason_code);
        let reason = Reason::named(&self.reason_code).unwrap_or(&REVERSAL);
        json!({
            "adjustment_id": self.id,
            "revision": self.revision,
            "movement_id": self.movement_id,
            "sku": telling.sku.as_ref().unwrap_or(&self.sku),
            "quantity": self.quantity + telling.off_by,
            "on_hand_change": self.on_hand_change + telling.off_by,
            "reason_code": code,
            "reason_text": reason.text,
            "note": self.note,
            "warehouse": warehouse,
            "location_type": reason.place,
            "occurred_at": london(self.at),
            "published_at": zulu(published_at),
            "reverses": self.reverses,
            "reference": self.reference,
        })
    }

    fn subjects(&self) -> Vec<String> {
        let mut subjects = vec![self.id.clone(), self.sku.clone(), self.reason_code.clone()];
        subjects.extend(self.telling.sku.clone());
        subjects.extend(self.reverses.clone());
        subjects.extend(self.reference.clone());
        subjects
    }

    /// What really moved, for the truth.
    fn truth(&self) -> Value {
        json!({
            "adjustment_id": self.id,
            "sku": self.sku,
            "quantity": self.quantity.to_string(),
            "on_hand_change": self.on_hand_change.to_string(),
            "reason_code": self.reason_code,
            "reverses": self.reverses,
            "movement_id": self.movement_id,
            "occurred_at": zulu(self.at),
            "revision": self.revision,
            "told": !self.telling.withheld,
        })
    }
}

/// Units that went without a word.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Loss {
    sku: String,
    units: i64,
    at: DateTime<Utc>,
}

/// Every adjustment there was, the feed that tells of them, and what nobody was told of.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct AdjustmentBook {
    /// In the order in which they happened; never forgotten, unlike the feed's entries.
    all: Vec<Adjustment>,
    pub(super) feed: FeedLog<Published>,
    #[serde(default)]
    lost: Vec<Loss>,
}

impl AdjustmentBook {
    /// An id for the next adjustment.
    pub(super) fn next_id(&mut self) -> String {
        format!("ADJ{:07}", self.feed.next_id())
    }

    /// Notes a new adjustment, and publishes it unless it is withheld. Answers the item as
    /// the feed gives it, and the adjustment's place in the book.
    pub(super) fn record(&mut self, adjustment: Adjustment, warehouse: &str) -> (Value, usize) {
        let (place, at) = (self.all.len(), adjustment.at);
        self.all.push(adjustment);
        (self.tell(place, true, warehouse, at), place)
    }

    /// Changes what is told of an adjustment and publishes it as a higher revision.
    pub(super) fn revise(
        &mut self,
        place: usize,
        change: impl FnOnce(&mut Adjustment),
        warehouse: &str,
        at: DateTime<Utc>,
    ) -> Value {
        if let Some(adjustment) = self.all.get_mut(place) {
            change(adjustment);
            adjustment.revision += 1;
        }
        self.tell(place, false, warehouse, at)
    }

    fn tell(&mut self, place: usize, first: bool, warehouse: &str, at: DateTime<Utc>) -> Value {
        let Some(adjustment) = self.all.get(place) else {
            return Value::Null;
        };
        let (item, subjects) = (adjustment.listing(warehouse, at), adjustment.subjects());
        if adjustment.telling.withheld {
            return item;
        }
        let seq = publish(&mut self.feed, item, subjects, first, at);
        let told = self.feed.after(seq - 1).first();
        told.map_or(Value::Null, Published::listing)
    }

    /// Publishes any item as it stands, with a number if it is an object without one.
    /// Answers the number under which the feed keeps it.
    pub(super) fn publish_raw(&mut self, item: &Value, at: DateTime<Utc>) -> u64 {
        let named = ["adjustment_id", "sku"];
        let texts = named.iter().filter_map(|name| item.get(name)?.as_str());
        let subjects = texts.map(str::to_owned).collect();
        publish(&mut self.feed, item.clone(), subjects, false, at)
    }

    /// Notes units that went without a word.
    pub(super) fn lose(&mut self, sku: &str, units: i64, at: DateTime<Utc>) {
        self.lost.push(Loss {
            sku: sku.to_owned(),
            units,
            at,
        });
    }

    /// The adjustment at a place.
    pub(super) fn get(&self, place: usize) -> Option<&Adjustment> {
        self.all.get(place)
    }

    /// The adjustment at a place, to change it without a word.
    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut Adjustment> {
        self.all.get_mut(place)
    }

    /// Where the adjustment of that id is: the latest, where a restored backup has given an
    /// id twice.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        self.all
            .iter()
            .rposition(|one| one.id.eq_ignore_ascii_case(id))
    }

    /// The ids of the latest few, for those who name another.
    pub(super) fn latest_ids(&self) -> String {
        let latest = self.all.iter().rev().take(5);
        let ids: Vec<&str> = latest.map(|one| one.id.as_str()).collect();
        if ids.is_empty() {
            "there are none yet".to_owned()
        } else {
            format!("the latest are {}", ids.join(", "))
        }
    }

    /// All of them, for the truth.
    pub(super) fn truth(&self) -> Vec<Value> {
        self.all.iter().map(Adjustment::truth).collect()
    }

    /// What went without a word, for the truth.
    pub(super) fn losses(&self) -> Vec<Value> {
        let one = |loss: &Loss| {
            json!({
                "sku": loss.sku,
                "quantity": loss.units.to_string(),
                "at": zulu(loss.at),
            })
        };
        self.lost.iter().map(one).collect()
    }
}
