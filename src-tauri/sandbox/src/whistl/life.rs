//! How orders move by themselves as time passes, up to where `leaving` takes over. Every
//! change, by hand too, goes through `enter`, which keeps stock, agenda and events in step
//! with the status. When things are done is `passing`'s business.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::Warehouse;
use super::agenda::{Act, Due};
use super::order::{CancelEnd, Hold};
use super::refusal::Rejection;
use super::status::Status;
use super::submission::Submission;
use super::times::{later, next_collection};
use crate::faults::Switchboard;

/// Seconds after which an order left alone is picked.
const PICKED_AFTER: u64 = 30 * 60;
/// Seconds from picking to packing, so that packing comes two hours after acceptance.
const PACKED_AFTER: u64 = 90 * 60;
/// Seconds after which the next part of an order follows the one before.
const REST_AFTER: u64 = 3600;

impl Warehouse {
    /// Does what is due.
    pub(super) fn act(&mut self, due: Due, board: &mut Switchboard) {
        if let Act::Stock(act) = due.act {
            self.act_on_stock(act, due.at, board);
            return;
        }
        let Some(order) = self.orders.get(due.order) else {
            return;
        };
        match due.act {
            Act::MoveOn if order.next_move == Some(due) => match order.status {
                Status::Accepted => self.enter(due.order, Status::Picking, Vec::new(), due.at),
                Status::Packed | Status::PartDespatched => self.leave(due.order, due.at, board),
                _ => self.enter(due.order, Status::Packed, Vec::new(), due.at),
            },
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
            Act::Track(place) => self.track_at(place, due.at),
            Act::Void(place) => {
                self.void_at(place, due.at);
            }
            Act::MoveOn | Act::Decide | Act::Release | Act::Stock(_) => {}
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
        let still_possible = order.status.may_become(order.held_from, order.goods_left());
        match end {
            _ if order.status.is_final() => {}
            CancelEnd::Cancelled if still_possible.contains(&Status::Cancelled) => {
                self.enter(number, Status::Cancelled, Vec::new(), at);
            }
            CancelEnd::Cancelled | CancelEnd::Refused => self.refuse_cancel(number, at),
        }
    }

    /// Lets an order go on that was asked to be cancelled. The status does not change:
    /// only the hold tells that it was refused (contract, section 5.6).
    fn refuse_cancel(&mut self, number: u64, at: DateTime<Utc>) {
        if self
            .orders
            .get(number)
            .is_some_and(|order| order.status == Status::Accepted)
        {
            self.enter(number, Status::Picking, Vec::new(), at);
        }
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        order.hold = Some(Hold {
            code: "CANCEL_REFUSED".into(),
            message: "Cancel refused: the order is on the floor.".into(),
            fixed_by: "OFFICE".into(),
            since: at,
        });
        order.updated_at = at;
        self.events
            .publish(order, Some(order.status), Vec::new(), at);
        let left = order.time_left.take().filter(|_| order.next_move.is_none());
        if let Some(seconds) = left {
            self.plan_move(number, at + Duration::seconds(seconds));
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
        let struck = order
            .next_move
            .take()
            .inspect(|due| self.agenda.strike(due));
        order.time_left = struck.map(|due| (due.at - at).num_seconds().max(0));
    }

    /// Moves an order to a status, out of a hold if it stands in one.
    pub(super) fn go_on(&mut self, number: u64, to: Status, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        // A carrier collects at his own time, however long the goods stood.
        let waits = !matches!(to, Status::Packed | Status::PartDespatched);
        let resumed = order.held_from.take() == Some(to) && waits;
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
        if to.wants_stock() || to == Status::Backordered {
            self.apply_service(number);
        }
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let from = Some(order.status);
        order.status = to;
        order.updated_at = at;
        order.picked |= to.on_the_floor();
        let proves_acceptance = matches!(
            to,
            Status::Accepted | Status::Backordered | Status::PartDespatched | Status::Despatched
        );
        if proves_acceptance && order.accepted_at.is_none() {
            order.accepted_at = Some(at);
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
        if let Some(due) = order.next_move.take() {
            self.agenda.strike(&due);
        }
        self.events.publish(order, from, rejections, at);
        self.match_stock(number);
        self.plan_next(number, at);
    }

    /// Chooses the service of an order waved through from the control side, for which the
    /// rules never chose one.
    pub(super) fn apply_service(&mut self, number: u64) {
        let order = self.orders.get_mut(number);
        let unserved = order.filter(|order| order.service_applied.is_none());
        if let Some(order) = unserved {
            let chosen = self.services.choose(Some(&order.service_requested), None);
            order.service_applied =
                Some(chosen.map_or_else(|_| order.service_requested.clone(), |a| a.code));
        }
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
        let Some(order) = self.orders.get(number) else {
            return;
        };
        let more = order.lines.iter().any(|line| line.outstanding() > 0);
        let soon = order.leaving.as_ref().is_some_and(|plan| plan.begun);
        let due = match order.status {
            Status::Accepted => later(at, PICKED_AFTER),
            Status::Picking => later(at, PACKED_AFTER),
            Status::PartDespatched if soon => later(at, REST_AFTER),
            Status::PartDespatched if !more => return,
            Status::Packed | Status::PartDespatched => next_collection(at),
            _ => return,
        };
        self.plan_move(number, due);
    }

    fn plan_move(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        if let Some(due) = order.next_move.take() {
            self.agenda.strike(&due);
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

    /// Drops an order without any message; its stock is free again.
    pub(super) fn forget(&mut self, number: u64) {
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

/// A refusal for which the warehouse has no better code.
pub(super) fn internal(message: &str) -> Rejection {
    Rejection {
        code: "INTERNAL_REJECT".into(),
        field: None,
        value: Value::Null,
        message: message.into(),
    }
}
