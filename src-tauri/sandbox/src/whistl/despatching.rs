//! Despatching by hand from the control side: handing goods over, voiding, correcting
//! parcels, and publishing what no warehouse should. Strict: what it cannot mean it names.
//! What a despatch entails is `leaving`'s business.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Warehouse;
use super::boxes::{BoxWish, Boxes, refill};
use super::despatch::Despatch;
use super::habits::Leaving;
use super::leaving::HandOver;
use super::oddities;
use super::order::{Order, OrderLine};
use super::parcel::Content;
use super::status::Status;
use crate::faults::Switchboard;
use crate::http::Misuse;

/// What is to leave, by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    lines: Option<Vec<WantedLine>>,
    parcels: Option<Vec<BoxWish>>,
    #[serde(rename = "final")]
    is_final: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedLine {
    sku: String,
    quantity: Value,
}

/// Which despatch is meant; the latest that stands if none is named.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    despatch_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    despatch_id: Option<String>,
    parcels: Vec<BoxWish>,
}

impl Warehouse {
    /// Despatches an order from the control side: `{"lines": [{"sku", "quantity"}],
    /// "parcels": [{"carrier_code", "service_code", "tracking_numbers", …}], "final"}`, each
    /// optional. Without lines everything outstanding leaves; an empty list with `final`
    /// cancels it. Without parcels there is one, of the order's service. `final` true cancels
    /// the rest, false leaves the order open even if nothing is outstanding. Answers the
    /// despatch as the feed gives it.
    ///
    /// # Errors
    /// The order or a SKU is not known, it cannot leave as it stands, or more is asked for
    /// than is outstanding.
    pub fn despatch(
        &mut self,
        reference: &str,
        wanted: &Value,
        now: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Result<Value, Misuse> {
        self.advance(now, board);
        let wanted: Wanted = read(wanted, "despatch")?;
        let order = self.order_named(reference)?;
        can_leave(order)?;
        let number = order.number;
        let boxes = match wanted.parcels {
            Some(parcels) => Boxes::Given(some(parcels)?),
            None => Boxes::Usual(1),
        };
        let ends = wanted.is_final == Some(true);
        let Some(lines) = wanted.lines else {
            if !ends && order.lines.iter().all(|line| line.outstanding() <= 0) {
                let message = format!("{reference}: nothing is outstanding");
                return Err(Misuse::bad(message));
            }
            let plan = oddities::leaving(board, order, now).unwrap_or_else(Leaving::whole);
            return Ok(self.leave_as(number, plan, boxes, wanted.is_final, now, board));
        };
        let goods = outstanding_goods(order, &lines)?;
        if goods.is_empty() && !ends {
            return Err(Misuse::bad(
                "despatch: `lines` is empty; with `final` true nothing leaves and the rest is \
                 cancelled, without `lines` everything leaves",
            ));
        }
        let flag = oddities::leaving(board, order, now).and_then(|plan| plan.flag);
        let hand_over = HandOver {
            goods,
            parcels: boxes,
            is_final: wanted.is_final,
            flag,
            reason: "SHORT_PICK",
        };
        Ok(self.hand_over(number, hand_over, now, board))
    }

    /// Voids a despatch of an order: `{"despatch_id"}`, the latest that stands if none is
    /// named. Answers the void as the feed gives it.
    ///
    /// # Errors
    /// The order or the despatch is not known, or it was voided before.
    pub fn void_despatch(
        &mut self,
        reference: &str,
        which: &Value,
        now: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Result<Value, Misuse> {
        self.advance(now, board);
        let which: Which = read(which, "void")?;
        let place = self.despatch_named(reference, which.despatch_id.as_deref())?;
        self.void_at(place, now)
            .ok_or_else(|| Misuse::bad(format!("{reference}: that despatch is void already")))
    }

    /// Corrects the parcels of a despatch: `{"despatch_id", "parcels"}`, the latest that
    /// stands if none is named. What is not said of a parcel stays. Publishes a higher
    /// revision and answers it as the feed gives it.
    ///
    /// # Errors
    /// As for a void, or no parcels are given.
    pub fn retrack(
        &mut self,
        reference: &str,
        corrected: &Value,
        now: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Result<Value, Misuse> {
        self.advance(now, board);
        let corrected: Corrected = read(corrected, "retrack")?;
        let wishes = some(corrected.parcels)?;
        let place = self.despatch_named(reference, corrected.despatch_id.as_deref())?;
        let Some(despatch) = self.despatches.get(place).cloned() else {
            return Ok(Value::Null);
        };
        let mut parcels = Vec::with_capacity(wishes.len());
        for (index, wish) in wishes.iter().enumerate() {
            let old = despatch.parcels.get(index).cloned();
            let old = old.unwrap_or_else(|| self.usual_box(despatch.order));
            parcels.push(self.boxed(old, wish));
        }
        if parcels.len() != despatch.parcels.len() {
            refill(&mut parcels, &contents(&despatch));
        }
        let change = |despatch: &mut Despatch| {
            despatch.parcels = parcels;
            despatch.tracking_to_come = None;
        };
        Ok(self.despatches.revise(place, change, now))
    }

    /// Publishes any item in the despatch feed as it stands, with a number if it is an
    /// object without one; no goods move. Answers `{"seq"}`, where the feed keeps it.
    pub fn publish_despatch(&mut self, item: &Value, now: DateTime<Utc>) -> Value {
        json!({ "seq": self.despatches.publish_raw(item, now) })
    }

    fn order_named(&self, reference: &str) -> Result<&Order, Misuse> {
        let order = self.orders.present(reference);
        order.ok_or_else(|| Misuse::unknown(format!("{reference}: no order of that reference")))
    }

    /// The place of the despatch that is meant.
    fn despatch_named(&self, reference: &str, id: Option<&str>) -> Result<usize, Misuse> {
        self.order_named(reference)?;
        let numbers = self.orders.numbers(reference);
        let places = numbers.iter().rev();
        let places: Vec<usize> = places
            .flat_map(|number| self.despatches.places_of(*number).into_iter().rev())
            .collect();
        let book = || {
            places
                .iter()
                .filter_map(|at| Some((*at, self.despatches.get(*at)?)))
        };
        let mut goods = book().filter(|(_, despatch)| despatch.voids.is_none());
        let found = match id {
            Some(id) => goods.find(|(_, despatch)| despatch.id == id),
            None => goods.find(|(_, despatch)| !despatch.voided),
        };
        match (found, id) {
            (Some((_, despatch)), _) if despatch.voided => {
                let message = format!("{reference}: {} is void already", despatch.id);
                Err(Misuse::bad(message))
            }
            (Some((place, _)), _) => Ok(place),
            (None, None) => {
                let message = format!("{reference}: nothing stands despatched");
                Err(Misuse::bad(message))
            }
            (None, Some(id)) => {
                let known: Vec<&str> = book()
                    .filter(|(_, despatch)| despatch.voids.is_none())
                    .map(|(_, despatch)| despatch.id.as_str())
                    .collect();
                let known = match known.as_slice() {
                    [] => "none".to_owned(),
                    known => known.join(", "),
                };
                let message = format!("{reference}: no despatch {id}; there are {known}");
                Err(Misuse::unknown(message))
            }
        }
    }
}

/// A body of a control call; what it cannot mean is named with what it takes.
pub(super) fn read<T: DeserializeOwned>(body: &Value, call: &str) -> Result<T, Misuse> {
    serde_json::from_value(body.clone()).map_err(|fault| Misuse::bad(format!("{call}: {fault}")))
}

/// Whether goods of the order can be handed over as it stands.
fn can_leave(order: &Order) -> Result<(), Misuse> {
    let message = match order.status {
        Status::Held => "release it by a step first",
        Status::Despatched => "void a despatch first",
        Status::Rejected | Status::Cancelled => "nothing of it can leave",
        _ => return Ok(()),
    };
    let (reference, status) = (&order.client_ref, order.status.word());
    Err(Misuse::bad(format!("{reference} is {status}: {message}")))
}

fn outstanding_goods(order: &Order, lines: &[WantedLine]) -> Result<Vec<(String, i64)>, Misuse> {
    let mut goods: Vec<(String, i64)> = Vec::with_capacity(lines.len());
    for wanted in lines {
        let sku = &wanted.sku;
        let own = order.lines.iter().find(|line| line.sku == *sku);
        let own: &OrderLine = own.ok_or_else(|| {
            let skus: Vec<&str> = order.lines.iter().map(|line| line.sku.as_str()).collect();
            let message = format!(
                "{}: no line of {sku}; there are {}",
                order.client_ref,
                skus.join(", ")
            );
            Misuse::unknown(message)
        })?;
        if goods.iter().any(|(other, _)| other == sku) {
            return Err(Misuse::bad(format!("despatch: {sku} is named twice")));
        }
        let whole = wanted.quantity.as_i64();
        let fits = whole.filter(|quantity| (1..=own.outstanding()).contains(quantity));
        let Some(quantity) = fits else {
            return Err(Misuse::bad(format!(
                "despatch: `quantity` of {sku} is {}; it must be a whole number from 1 to the {} \
                 outstanding (fault F26 sends more)",
                wanted.quantity,
                own.outstanding()
            )));
        };
        goods.push((sku.clone(), quantity));
    }
    Ok(goods)
}

fn some(parcels: Vec<BoxWish>) -> Result<Vec<BoxWish>, Misuse> {
    if parcels.is_empty() {
        return Err(Misuse::bad(
            "parcels: expected at least one; left out, there is one of the order's service",
        ));
    }
    Ok(parcels)
}

fn contents(despatch: &Despatch) -> Vec<Content> {
    let lines = despatch.lines.iter();
    lines
        .map(|line| Content {
            line_no: line.line_no,
            sku: line.sku.clone(),
            quantity: line.despatched,
        })
        .collect()
}
