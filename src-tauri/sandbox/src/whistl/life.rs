//! How orders move: by themselves as time passes, or a step at a time from the control
//! side. Every change goes through `enter`, which keeps stock, agenda and events in
//! step with the status.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::Warehouse;
use super::agenda::{Act, Due};
use super::order::{CancelEnd, Hold};
use super::refusal::Rejection;
use super::status::Status;
use super::submission::Submission;
use super::times::later;
use crate::http::Misuse;

/// Seconds after which an order left alone is picked.
const PICKED_AFTER: u64 = 30 * 60;
/// Seconds from picking to packing, so that packing comes two hours after acceptance.
const PACKED_AFTER: u64 = 90 * 60;

impl Warehouse {
    /// Lets everything happen that is due by `world`, each thing at its own time.
    pub fn advance(&mut self, world: DateTime<Utc>) {
        while let Some(due) = self.agenda.take_due(world) {
            self.act(due);
        }
    }

    /// Moves one order on from the control side (`to` is a status word), or releases a
    /// hold by naming the status to go on with. `hold` may carry `code`, `message` and
    /// `fixed_by` for `HELD`, or a reason's `code`, `field`, `value`, `message` for
    /// `REJECTED`. Answers the order state; an illegal step is a misuse that names the
    /// legal ones.
    pub fn step(
        &mut self,
        reference: &str,
        to: &str,
        hold: Option<&Value>,
        now: DateTime<Utc>,
    ) -> Result<Value, Misuse> {
        self.advance(now);
        let order = self
            .orders
            .present(reference)
            .ok_or_else(|| Misuse::unknown(format!("{reference}: no order of that reference")))?;
        let (number, from) = (order.number, order.status);
        let allowed: Vec<Status> = from
            .may_become(order.held_from, order.goods_left())
            .into_iter()
            .filter(|next| !matches!(next, Status::PartDespatched | Status::Despatched))
            .filter(|next| *next != Status::Received)
            .collect();
        let words: Vec<&str> = allowed.iter().map(|status| status.word()).collect();
        let words = if words.is_empty() {
            "no step".to_owned()
        } else {
            words.join(", ")
        };
        let to = Status::named(to)
            .filter(|to| allowed.contains(to))
            .ok_or_else(|| {
                Misuse::bad(format!(
                    "{reference} is {}: cannot become {to}; allowed: {words}",
                    from.word()
                ))
            })?;
        match to {
            Status::Held => {
                let hold = hold_from(hold, now)?;
                self.stop(number, hold, now);
            }
            Status::Rejected => self.enter(number, to, vec![reason_from(hold)?], now),
            _ => self.go_on(number, to, now),
        }
        Ok(self
            .orders
            .get(number)
            .map_or(Value::Null, |order| order.state(&[])))
    }

    /// Drops every order of a reference without any message, as F47 does. Answers how
    /// many were dropped.
    pub fn forget_order(&mut self, reference: &str) -> Result<Value, Misuse> {
        let numbers = self.orders.numbers(reference);
        if numbers.is_empty() {
            return Err(Misuse::unknown(format!(
                "{reference}: no order of that reference"
            )));
        }
        for number in &numbers {
            self.forget(*number);
        }
        Ok(json!({ "dropped": numbers.len() }))
    }

    fn act(&mut self, due: Due) {
        let Some(order) = self.orders.get(due.order) else {
            return;
        };
        match due.act {
            Act::MoveOn if order.next_move == Some(due.entry) => {
                let next = match order.status {
                    Status::Accepted => Status::Picking,
                    _ => Status::Packed,
                };
                self.enter(due.order, next, Vec::new(), due.at);
            }
            Act::Decide if order.status == Status::Received => self.decide(due.order, due.at),
            Act::CarrierHold(seconds) => {
                let stoppable = order.status.may_become(None, false).contains(&Status::Held);
                if stoppable && order.status != Status::Received {
                    self.stop(due.order, carrier_hold(due.at), due.at);
                    if let Some(seconds) = seconds {
                        self.agenda
                            .plan(later(due.at, seconds), due.order, Act::Release);
                    }
                }
            }
            Act::Release if order.status == Status::Held => {
                let back = order.held_from.unwrap_or(Status::Accepted);
                self.go_on(due.order, back, due.at);
            }
            Act::SettleCancel => self.settle_cancel(due.order, due.at),
            Act::Forget => self.forget(due.order),
            Act::MoveOn | Act::Decide | Act::Release => {}
        }
    }

    /// Checks an order that was taken unchecked, and accepts or rejects it.
    fn decide(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get(number) else {
            return;
        };
        let forced = order
            .deferral
            .as_ref()
            .and_then(|deferral| deferral.refuse_with.clone());
        let verdict = match Submission::read(order.payload.clone(), &self.site) {
            Ok(sent) => self.rules(false, false).judge(&sent),
            Err(refusal) => Err(vec![internal(&refusal.message)]),
        };
        match (verdict, forced) {
            (Err(reasons), _) | (Ok(_), Some(reasons)) => {
                self.enter(number, Status::Rejected, reasons, at);
            }
            (Ok(applied), None) => {
                if let Some(order) = self.orders.get_mut(number) {
                    order.service_applied = Some(applied.code);
                }
                self.enter(number, Status::Accepted, Vec::new(), at);
            }
        }
    }

    fn settle_cancel(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let Some(end) = order.cancel_end.take() else {
            return;
        };
        if order.status.is_final() {
            return;
        }
        match end {
            CancelEnd::Cancelled => self.enter(number, Status::Cancelled, Vec::new(), at),
            CancelEnd::Refused => {
                if order.status == Status::Accepted {
                    self.enter(number, Status::Picking, Vec::new(), at);
                }
                let Some(order) = self.orders.get_mut(number) else {
                    return;
                };
                // The status does not change: only the hold tells that it was refused.
                order.hold = Some(Hold {
                    code: "CANCEL_REFUSED".into(),
                    message: "Cancel refused: the order is on the floor.".into(),
                    fixed_by: "OFFICE".into(),
                    since: at,
                });
                order.updated_at = at;
                self.events
                    .publish(order, Some(order.status), Vec::new(), at);
            }
        }
    }

    /// Stops an order; the time left to its next move is kept for its release.
    pub(super) fn stop(&mut self, number: u64, hold: Hold, at: DateTime<Utc>) {
        self.pause(number, at);
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        order.held_from = Some(order.status);
        order.hold = Some(hold);
        self.enter(number, Status::Held, Vec::new(), at);
    }

    /// Strikes the next move and keeps the time that was left to it.
    pub(super) fn pause(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let moved = order
            .next_move
            .take()
            .and_then(|entry| self.agenda.strike(entry));
        order.time_left = moved.map(|moved| (moved - at).num_seconds().max(0));
    }

    /// Moves an order to a status, out of a hold if it stands in one.
    fn go_on(&mut self, number: u64, to: Status, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let resumed = order.held_from.take() == Some(to);
        let left = order.time_left.take().filter(|_| resumed);
        order.hold = None;
        self.enter(number, to, Vec::new(), at);
        if let Some(seconds) = left {
            self.plan_move(number, at + Duration::seconds(seconds));
        }
    }

    /// Sets the status and everything that hangs on it, and publishes the event.
    pub(super) fn enter(
        &mut self,
        number: u64,
        to: Status,
        rejections: Vec<Rejection>,
        at: DateTime<Utc>,
    ) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let from = Some(order.status);
        order.status = to;
        order.updated_at = at;
        order.picked |= to.on_the_floor();
        if matches!(to, Status::Accepted | Status::Backordered) && order.accepted_at.is_none() {
            order.accepted_at = Some(at);
        }
        if order.service_applied.is_none() && (to.wants_stock() || to == Status::Backordered) {
            // Waved through from the control side: the rules never chose a service.
            let chosen = self.services.choose(Some(&order.service_requested), None);
            order.service_applied =
                Some(chosen.map_or_else(|_| order.service_requested.clone(), |a| a.code));
        }
        if to == Status::Cancelled {
            for line in &mut order.lines {
                line.cancelled += line.outstanding();
            }
        }
        if to != Status::Held {
            order.held_from = None;
            order.hold = None;
        }
        if let Some(entry) = order.next_move.take() {
            self.agenda.strike(entry);
        }
        self.events.publish(order, from, rejections, at);
        self.match_stock(number);
        self.plan_next(number, at);
    }

    /// Publishes a new order in its present status and sets its life going.
    pub(super) fn announce(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get(number) else {
            return;
        };
        self.events.publish(order, None, Vec::new(), at);
        self.match_stock(number);
        self.plan_next(number, at);
    }

    /// Plans how an order left alone moves on from where it stands.
    fn plan_next(&mut self, number: u64, at: DateTime<Utc>) {
        let seconds = match self.orders.get(number).map(|order| order.status) {
            Some(Status::Accepted) => PICKED_AFTER,
            Some(Status::Picking) => PACKED_AFTER,
            _ => return,
        };
        self.plan_move(number, later(at, seconds));
    }

    fn plan_move(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        if let Some(entry) = order.next_move.take() {
            self.agenda.strike(entry);
        }
        order.next_move = Some(self.agenda.plan(at, number, Act::MoveOn));
    }

    /// Sets stock aside for an order, or gives it back, as its status asks. A hold
    /// keeps what the order had.
    fn match_stock(&mut self, number: u64) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let wanted = match order.status {
            Status::Held => order.allocated,
            status => status.wants_stock(),
        };
        if wanted != order.allocated {
            order.allocated = wanted;
            let sign = if wanted { 1 } else { -1 };
            for line in &order.lines {
                if let Some(item) = self.items.get_mut(&line.sku) {
                    // A cancelled line is no longer outstanding; what it held goes back.
                    item.allocated += sign * (line.ordered - line.despatched);
                }
            }
        }
    }

    fn forget(&mut self, number: u64) {
        let Some(order) = self.orders.remove(number) else {
            return;
        };
        if order.allocated {
            for line in &order.lines {
                if let Some(item) = self.items.get_mut(&line.sku) {
                    item.allocated -= line.ordered - line.despatched;
                }
            }
        }
        self.dropped.push(order.client_ref);
    }
}

/// The hold of a carrier error, in the words of the recorded sample.
pub(super) fn carrier_hold(at: DateTime<Utc>) -> Hold {
    Hold {
        code: "CARRIER_ERROR".into(),
        message: "Carrier refused the label: package exceeds service limits.".into(),
        fixed_by: "WAREHOUSE".into(),
        since: at,
    }
}

fn internal(message: &str) -> Rejection {
    Rejection {
        code: "INTERNAL_REJECT".into(),
        field: None,
        value: Value::Null,
        message: message.into(),
    }
}

/// Who clears a hold of that code (contract, section 8).
fn usual_fixer(code: &str) -> &'static str {
    match code {
        "ADDRESS_QUERY" | "PHONE_QUERY" | "NO_STOCK" | "CUSTOMS_DATA" | "PAYMENT"
        | "CANCEL_REFUSED" => "OFFICE",
        _ => "WAREHOUSE",
    }
}

fn hold_from(given: Option<&Value>, now: DateTime<Utc>) -> Result<Hold, Misuse> {
    let Some(given) = given.filter(|given| !given.is_null()) else {
        return Ok(carrier_hold(now));
    };
    let members = texts(given, "hold", &["code", "message", "fixed_by"])?;
    let [code, message, fixed_by] = members.try_into().unwrap_or_default();
    let mut hold = carrier_hold(now);
    if let Some(code) = code {
        hold.message = format!("Stopped: {code}.");
        hold.fixed_by = usual_fixer(&code).into();
        hold.code = code;
    }
    hold.message = message.unwrap_or(hold.message);
    if let Some(fixer) = fixed_by {
        if !matches!(fixer.as_str(), "OFFICE" | "WAREHOUSE" | "CARRIER") {
            return Err(Misuse::bad(
                "hold.fixed_by: expected OFFICE, WAREHOUSE or CARRIER",
            ));
        }
        hold.fixed_by = fixer;
    }
    Ok(hold)
}

fn reason_from(given: Option<&Value>) -> Result<Rejection, Misuse> {
    let Some(given) = given.filter(|given| !given.is_null()) else {
        return Ok(internal("Refused by the warehouse."));
    };
    let members = texts(given, "hold", &["code", "field", "value", "message"])?;
    let [code, field, value, message] = members.try_into().unwrap_or_default();
    Ok(Rejection {
        code: code.unwrap_or_else(|| "INTERNAL_REJECT".into()),
        field,
        value: json!(value),
        message: message.unwrap_or_else(|| "Refused by the warehouse.".into()),
    })
}

/// The texts of an object in the order of `names`; any other member is a misuse.
fn texts(given: &Value, what: &str, names: &[&str]) -> Result<Vec<Option<String>>, Misuse> {
    let allowed = names.join(", ");
    let Some(members) = given.as_object() else {
        return Err(Misuse::bad(format!(
            "{what}: expected an object with {allowed}"
        )));
    };
    if let Some(odd) = members.keys().find(|key| !names.contains(&key.as_str())) {
        return Err(Misuse::bad(format!(
            "{what}.{odd}: unknown; expected {allowed}"
        )));
    }
    names
        .iter()
        .map(|name| match members.get(*name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(Misuse::bad(format!("{what}.{name}: expected text"))),
        })
        .collect()
}
