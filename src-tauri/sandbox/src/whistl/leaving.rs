//! Goods leaving the building and coming back into the books: the one way in which a
//! despatch or a void is made. It keeps order, stock, movements and feed in step.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Warehouse;
use super::agenda::Act;
use super::boxes::Boxes;
use super::despatch::{Despatch, DespatchLine, FinalFlag};
use super::habits::{Leaving, Short};
use super::items::ItemBook;
use super::oddities::{self, Beyond, Oddities, Tracking};
use super::order::OrderLine;
use super::parcel::{Content, spread};
use super::status::Status;
use super::times::later;
use crate::faults::Switchboard;

/// The number before a warehouse's first stock movement.
pub(super) const MOVEMENTS_FROM: u64 = 900_000;

/// What is handed to a carrier at once.
pub(super) struct HandOver {
    /// Units by SKU; a SKU not named stays.
    pub(super) goods: Vec<(String, i64)>,
    pub(super) parcels: Boxes,
    /// Whether nothing more will come; `None` if the goods decide.
    pub(super) is_final: Option<bool>,
    /// What is told of that, if not the truth.
    pub(super) flag: Option<FinalFlag>,
    /// Why the rest is cancelled, where it is.
    pub(super) reason: &'static str,
}

impl Warehouse {
    /// Lets an order go by itself: as it was planned, as a fault has it, or as the
    /// warehouse's habits are.
    pub(super) fn leave(&mut self, number: u64, at: DateTime<Utc>, board: &mut Switchboard) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let planned = order.leaving.take();
        let plan = planned
            .or_else(|| oddities::leaving(board, order, at))
            .unwrap_or_else(|| self.habits.plan(order));
        let parcels = Boxes::Usual(plan.parcels);
        self.leave_as(number, plan, parcels, None, at, board);
    }

    /// Sends the next part of what is outstanding, all of it if it is the last.
    pub(super) fn leave_as(
        &mut self,
        number: u64,
        mut plan: Leaving,
        parcels: Boxes,
        is_final: Option<bool>,
        at: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Value {
        let Some(order) = self.orders.get_mut(number) else {
            return Value::Null;
        };
        let outstanding = order.lines.iter().map(|line| Content {
            line_no: line.line_no,
            sku: line.sku.clone(),
            quantity: line.outstanding().max(0),
        });
        let outstanding: Vec<Content> = outstanding.collect();
        let units: i64 = outstanding.iter().map(|content| content.quantity).sum();
        let parts = plan.parts.min(u64::try_from(units).unwrap_or(0)).max(1);
        let parts = usize::try_from(parts).unwrap_or(1);
        let mut now = spread(&outstanding, parts).swap_remove(0);
        let mut hand_over = HandOver {
            goods: Vec::new(),
            parcels,
            is_final,
            flag: None,
            reason: "SHORT_PICK",
        };
        if parts > 1 {
            plan.parts = parts as u64 - 1;
            plan.begun = true;
            order.leaving = Some(plan);
        } else {
            hand_over.flag = plan.flag;
            match plan.short {
                Short::Nothing => {}
                Short::Everything => now.clear(),
                Short::OneUnit { damaged } => {
                    if let Some(last) = now.last_mut() {
                        last.quantity -= 1;
                    }
                    if damaged {
                        hand_over.reason = "DAMAGED";
                    }
                }
            }
            if plan.short != Short::Nothing {
                hand_over.is_final = Some(true);
            }
        }
        let goods = now.into_iter().map(|good| (good.sku, good.quantity));
        hand_over.goods = goods.filter(|(_, units)| *units > 0).collect();
        self.hand_over(number, hand_over, at, board)
    }

    /// Hands goods to a carrier: order, stock and movements follow, and the feed tells.
    /// Answers the item as the feed gives it.
    pub(super) fn hand_over(
        &mut self,
        number: u64,
        hand_over: HandOver,
        at: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> Value {
        self.apply_service(number);
        let Some(order) = self.orders.get(number) else {
            return Value::Null;
        };
        let odd = Oddities::decide(board, order, at);
        let mut goods = hand_over.goods;
        if let Some(beyond) = odd.beyond {
            self.add_goods(number, &mut goods, beyond);
        }
        let mut lines = self.take_from_order(number, &goods);
        lines.extend(self.take_unordered(number, &goods));
        let Some(order) = self.orders.get_mut(number) else {
            return Value::Null;
        };
        let complete = order.lines.iter().all(|line| line.outstanding() <= 0);
        let is_final = hand_over.is_final.unwrap_or(complete);
        if is_final {
            cancel_rest(&mut order.lines, &mut lines, hand_over.reason);
        }
        let allocated = order.allocated;
        for line in lines.iter_mut().filter(|line| line.despatched != 0) {
            let units = -line.despatched;
            move_goods(&mut self.items, &line.sku, units, allocated);
            line.movement_id = Some(self.next_movement(&line.sku));
        }
        let contents: Vec<Content> = lines
            .iter()
            .map(|line| Content {
                line_no: line.line_no,
                sku: line.sku.clone(),
                quantity: line.despatched,
            })
            .collect();
        let mut parcels = self.boxes(number, hand_over.parcels, &contents);
        let tracking_to_come = odd
            .tracking
            .and_then(|odd| self.odd_tracking(odd, &mut parcels, &contents));
        let Some(order) = self.orders.get_mut(number) else {
            return Value::Null;
        };
        let id = self.despatches.next_id();
        order.despatch_ids.push(id.clone());
        let told_ref = odd.naming.map(|naming| naming.of(&order.client_ref));
        let despatch = Despatch {
            id,
            revision: 1,
            voids: None,
            voided: false,
            order: number,
            client_ref: order.client_ref.clone(),
            told_ref: told_ref.unwrap_or_else(|| order.client_ref.clone()),
            whistl_ref: order.whistl_ref(),
            document_id: order.document_id.clone(),
            warehouse: order.warehouse.clone(),
            despatched_at: at,
            order_final: hand_over.flag.unwrap_or(FinalFlag::Said(is_final)),
            lines,
            parcels,
            tracking_to_come,
        };
        let (item, place) = self.despatches.record(despatch, at);
        if let Some(Tracking::Late(seconds)) = odd.tracking {
            let act = Act::Track(place);
            self.agenda.plan(later(at, seconds), number, act);
        }
        if let Some(seconds) = odd.void_after {
            let act = Act::Void(place);
            self.agenda.plan(later(at, seconds), number, act);
        }
        let status = if is_final {
            Status::Despatched
        } else {
            Status::PartDespatched
        };
        self.enter(number, status, Vec::new(), at);
        item
    }

    /// Adds goods nobody asked for (F26).
    fn add_goods(&self, number: u64, goods: &mut Vec<(String, i64)>, beyond: Beyond) {
        let Some(order) = self.orders.get(number) else {
            return;
        };
        let ordered = |sku: &str| order.lines.iter().any(|line| line.sku == sku);
        match beyond {
            Beyond::More(units) => {
                // Of what leaves, or if nothing does, of what was asked for first.
                if let Some((_, quantity)) = goods.first_mut() {
                    *quantity += units;
                } else if let Some(line) = order.lines.first() {
                    goods.push((line.sku.clone(), units));
                }
            }
            Beyond::Unordered(named, units) => {
                let other = || self.items.all().find(|item| !ordered(&item.sku));
                let sku = named.or_else(|| other().map(|item| item.sku.clone()));
                let sku = sku.unwrap_or_else(|| "NOTORDERED1".into());
                goods.push((sku, units));
            }
        }
    }

    /// Books goods on the lines of the order; one despatch line for each of them.
    fn take_from_order(&mut self, number: u64, goods: &[(String, i64)]) -> Vec<DespatchLine> {
        let Some(order) = self.orders.get_mut(number) else {
            return Vec::new();
        };
        let lines = order.lines.iter_mut().map(|line| {
            let here = goods.iter().filter(|(sku, _)| *sku == line.sku);
            let despatched = here.map(|(_, units)| units).sum();
            let previously = line.despatched;
            line.despatched += despatched;
            DespatchLine {
                line_no: line.line_no,
                sku: line.sku.clone(),
                ordered: line.ordered,
                despatched,
                previously,
                cancelled: line.cancelled,
                cancelled_here: 0,
                cancel_reason: Some("SHORT_PICK".into()).filter(|_| line.cancelled > 0),
                movement_id: None,
            }
        });
        lines.collect()
    }

    /// Lines for goods that are not on the order at all.
    fn take_unordered(&self, number: u64, goods: &[(String, i64)]) -> Vec<DespatchLine> {
        let Some(order) = self.orders.get(number) else {
            return Vec::new();
        };
        let last = order.lines.iter().map(|line| line.line_no).max();
        let is_ordered = |sku: &String| order.lines.iter().any(|line| line.sku == *sku);
        let strange = goods.iter().filter(|(sku, _)| !is_ordered(sku));
        let lines = (last.unwrap_or(0) + 1..).zip(strange);
        lines
            .map(|(line_no, (sku, units))| DespatchLine {
                line_no,
                sku: sku.clone(),
                ordered: 0,
                despatched: *units,
                previously: self.despatches.units_of(number, sku),
                cancelled: 0,
                cancelled_here: 0,
                cancel_reason: None,
                movement_id: None,
            })
            .collect()
    }

    /// Takes a despatch back: the same lines with their signs turned, the goods on the
    /// shelf again, the order open for what left with it. Nothing if it was voided before
    /// or is a void itself.
    pub(super) fn void_at(&mut self, place: usize, at: DateTime<Utc>) -> Option<Value> {
        let original = self.despatches.get_mut(place)?;
        if original.voided || original.voids.is_some() {
            return None;
        }
        original.voided = true;
        let original = original.clone();
        let order = self.orders.get_mut(original.order);
        let allocated = order.as_ref().is_some_and(|order| order.allocated);
        let mut ordered = order.map_or_else(Vec::new, |order| std::mem::take(&mut order.lines));
        let mut lines = Vec::with_capacity(original.lines.len());
        for left in &original.lines {
            let mut line = DespatchLine {
                despatched: -left.despatched,
                previously: left.previously + left.despatched,
                cancelled: left.cancelled - left.cancelled_here,
                cancelled_here: -left.cancelled_here,
                cancel_reason: None,
                movement_id: None,
                ..left.clone()
            };
            if let Some(own) = ordered.iter_mut().find(|own| own.sku == left.sku) {
                line.previously = own.despatched;
                own.despatched -= left.despatched;
                own.cancelled -= left.cancelled_here;
                line.cancelled = own.cancelled;
            }
            if line.despatched != 0 {
                move_goods(&mut self.items, &line.sku, left.despatched, allocated);
                line.movement_id = Some(self.next_movement(&line.sku));
            }
            lines.push(line);
        }
        let id = self.despatches.next_id();
        if let Some(order) = self.orders.get_mut(original.order) {
            order.lines = ordered;
            order.despatch_ids.push(id.clone());
            // What comes back leaves at once when it leaves again.
            order.leaving = Some(Leaving::whole());
        }
        let number = original.order;
        let void = Despatch {
            id,
            revision: 1,
            voids: Some(original.id.clone()),
            despatched_at: at,
            order_final: FinalFlag::Said(false),
            lines,
            parcels: Vec::new(),
            tracking_to_come: None,
            voided: false,
            ..original
        };
        let (item, _) = self.despatches.record(void, at);
        self.reopen(number, at);
        Some(item)
    }

    /// Moves an order to where it stands after a void.
    fn reopen(&mut self, number: u64, at: DateTime<Utc>) {
        let Some(order) = self.orders.get_mut(number) else {
            return;
        };
        let back = if order.goods_left() {
            Status::PartDespatched
        } else {
            Status::Packed
        };
        match order.status {
            Status::PartDespatched | Status::Despatched => {
                self.enter(number, back, Vec::new(), at);
            }
            Status::Held if order.held_from == Some(Status::PartDespatched) => {
                order.held_from = Some(back);
            }
            _ => {}
        }
    }

    /// Gives a despatch the tracking numbers that were to come (F28).
    pub(super) fn track_at(&mut self, place: usize, at: DateTime<Utc>) {
        let despatch = self.despatches.get_mut(place);
        let open = despatch.filter(|despatch| !despatch.voided);
        let Some(numbers) = open.and_then(|despatch| despatch.tracking_to_come.take()) else {
            return;
        };
        let change = |despatch: &mut Despatch| {
            for (parcel, numbers) in despatch.parcels.iter_mut().zip(numbers) {
                parcel.track(numbers);
            }
        };
        self.despatches.revise(place, change, at);
    }
}

/// Cancels what is still outstanding, for a reason.
fn cancel_rest(ordered: &mut [OrderLine], lines: &mut [DespatchLine], reason: &str) {
    for (own, line) in ordered.iter_mut().zip(lines) {
        let rest = own.outstanding().max(0);
        own.cancelled += rest;
        line.cancelled = own.cancelled;
        line.cancelled_here = rest;
        if rest > 0 {
            line.cancel_reason = Some(reason.into());
        }
    }
}

/// Moves units of an item in or out of the building; what was set aside for the order goes
/// with them.
fn move_goods(items: &mut ItemBook, sku: &str, units: i64, allocated: bool) {
    if let Some(item) = items.get_mut(sku) {
        item.on_hand += units;
        if allocated {
            item.allocated += units;
        }
    }
}
