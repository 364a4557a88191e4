//! `POST /v1/orders/{client_ref}/cancel`: possible until picking begins (contract,
//! sections 5.6 and 8), with the race against picking (F30).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Warehouse;
use super::agenda::Act;
use super::call::{Call, Reply};
use super::order::{CancelEnd, Order};
use super::refusal::Refusal;
use super::status::Status;
use super::times::later;

/// Reasons a cancellation may give.
const REASONS: [&str; 4] = ["CUSTOMER_REQUEST", "OFFICE_ERROR", "FRAUD", "OTHER"];
/// Longest note.
const NOTE_MAX: usize = 200;
/// Seconds in which a cancellation asked for on the floor is settled.
const SETTLED_AFTER: u64 = 600;

impl Warehouse {
    /// Cancels, refuses, or asks on the floor.
    pub(super) fn cancel(
        &mut self,
        reference: &str,
        call: &mut Call<'_>,
    ) -> Result<Reply, Refusal> {
        check_body(&call.json_body()?)?;
        let now = call.now.world;
        let order = self.orders.present(reference).ok_or_else(not_found)?;
        let number = order.number;
        if order.status == Status::Cancelled {
            return Ok(outcome(200, "CANCELLED", order));
        }
        if order.cancel_end.is_some() {
            return Ok(outcome(202, "CANCEL_PENDING", order));
        }
        let racing = matches!(order.status, Status::Accepted | Status::Picking);
        if racing && let Some(value) = call.fires("F30") {
            return self.race(number, &value, now);
        }
        if order.status == Status::Rejected || order.status.on_the_floor() || order.picked {
            return Err(too_late(order));
        }
        self.enter(number, Status::Cancelled, Vec::new(), now);
        self.orders
            .get(number)
            .map(|order| outcome(200, "CANCELLED", order))
            .ok_or_else(not_found)
    }

    /// Plays a cancel that races picking: `pending` ends cancelled, `refused` ends with
    /// the hold `CANCEL_REFUSED`, `too_late` finds the order just gone to the floor.
    fn race(&mut self, number: u64, value: &Value, now: DateTime<Utc>) -> Result<Reply, Refusal> {
        let how = value
            .get("outcome")
            .unwrap_or(value)
            .as_str()
            .unwrap_or("pending");
        let seconds = value
            .get("seconds")
            .and_then(Value::as_u64)
            .unwrap_or(SETTLED_AFTER);
        if how == "too_late" {
            if self
                .orders
                .get(number)
                .is_some_and(|order| order.status == Status::Accepted)
            {
                self.enter(number, Status::Picking, Vec::new(), now);
            }
            return Err(self.orders.get(number).map_or_else(not_found, too_late));
        }
        self.pause(number, now);
        let order = self.orders.get_mut(number).ok_or_else(not_found)?;
        let refused = how == "refused";
        order.cancel_end = Some(if refused {
            CancelEnd::Refused
        } else {
            CancelEnd::Cancelled
        });
        let reply = outcome(202, "CANCEL_PENDING", order);
        self.agenda
            .plan(later(now, seconds), number, Act::SettleCancel);
        Ok(reply)
    }
}

/// The answer for a reference that nobody knows.
pub(super) fn not_found() -> Refusal {
    Refusal::new(404, "ORDER_NOT_FOUND", "No order with this reference.")
}

fn too_late(order: &Order) -> Refusal {
    let message = match order.status {
        Status::Rejected => "Order was refused; there is nothing to cancel.",
        Status::Packed => "Order is packed.",
        Status::PartDespatched | Status::Despatched => "Goods have left the building.",
        _ => "Order is being picked.",
    };
    Refusal::new(409, "TOO_LATE_TO_CANCEL", message).with("existing", order.existing(&[]))
}

fn outcome(status: u16, word: &str, order: &Order) -> Reply {
    Reply::Json(
        status,
        json!({ "outcome": word, "order": order.state(&[]) }),
    )
}

fn check_body(body: &Value) -> Result<(), Refusal> {
    if !body.is_object() {
        return Err(Refusal::malformed("Body must be a JSON object."));
    }
    let reason = body
        .get("reason_code")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if !REASONS.contains(&reason) {
        let allowed = REASONS.join(", ");
        return Err(Refusal::malformed(format!(
            "reason_code must be one of {allowed}."
        )));
    }
    match body.get("note") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(note)) if note.chars().count() <= NOTE_MAX => Ok(()),
        Some(_) => Err(Refusal::malformed(format!(
            "note must be text of at most {NOTE_MAX} characters."
        ))),
    }
}
