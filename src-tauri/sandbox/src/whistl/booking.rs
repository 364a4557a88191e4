//! The one way in which an adjustment is made, by hand, by habit or in taking an earlier one
//! back. It keeps stock, movements, book and feed in step, and plays the faults that strike
//! it. What may be asked for by hand is the business of `adjusting`.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::Warehouse;
use super::adjustment::Adjustment;
use super::agenda::{Act, StockAct};
use super::leaving::MOVEMENTS_FROM;
use super::mishaps::{Mishaps, Odd};
use super::reasons::{REVERSAL, Reason};
use super::times::later;
use crate::faults::Switchboard;

/// How long an adjustment stays unread after the reversal that came before it (F32).
const BEHIND: u64 = 600;

/// A change of stock that nothing stands against.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) sku: String,
    /// Of good stock.
    pub(super) quantity: i64,
    /// Of what is in the building.
    pub(super) on_hand: i64,
    pub(super) reason_code: String,
    pub(super) note: Option<String>,
    pub(super) reference: Option<String>,
    /// The adjustment it takes back.
    pub(super) reverses: Option<String>,
    /// Units by which both figures are told otherwise than they are.
    pub(super) told_off_by: i64,
}

impl Change {
    /// So many units for that reason, and no more said.
    pub(super) fn of(sku: &str, units: i64, reason: &Reason) -> Self {
        let (quantity, on_hand) = reason.changes(units);
        Self {
            sku: sku.to_owned(),
            quantity,
            on_hand,
            reason_code: reason.code.to_owned(),
            note: None,
            reference: None,
            reverses: None,
            told_off_by: 0,
        }
    }
}

impl Warehouse {
    /// Makes an adjustment, struck by whatever fault is aimed at it. Answers the item as the
    /// feed gives it, and its place in the book.
    pub(super) fn book(
        &mut self,
        mut change: Change,
        at: DateTime<Utc>,
        board: &mut Switchboard,
    ) -> (Value, usize) {
        let is_reversal = change.reverses.is_some();
        let code = change.reason_code.clone();
        let mut mishaps = Mishaps::decide(board, &change.sku, &code, is_reversal, at);
        mishaps.telling.off_by = change.told_off_by;
        match mishaps.odd.take() {
            None => {}
            Some(Odd::Zero) => (change.quantity, change.on_hand) = (0, 0),
            Some(Odd::UnknownReason(word)) => mishaps.telling.reason_code = Some(word),
            Some(Odd::UnknownSku(sku)) => {
                // Goods that nobody announced can only be more than none.
                change.quantity = change.quantity.abs();
                change.on_hand = change.on_hand.abs();
                if self.items.get(&sku).is_none() {
                    self.items.put(&sku, false, &sku, Vec::new(), 0, at);
                }
                change.sku = sku;
            }
        }
        if let Some(item) = self.items.get_mut(&change.sku) {
            item.on_hand += change.on_hand;
            // Good stock is what is on hand and not set apart.
            item.quarantined += change.on_hand - change.quantity;
        }
        if let Some(original) = change.reverses.as_deref()
            && let Some(place) = self.adjustments.place_of(original)
            && let Some(original) = self.adjustments.get_mut(place)
        {
            original.reversed = true;
        }
        let adjustment = Adjustment {
            id: self.adjustments.next_id(),
            revision: 1,
            movement_id: self.next_movement(&change.sku),
            sku: change.sku,
            quantity: change.quantity,
            on_hand_change: change.on_hand,
            reason_code: code,
            note: change.note,
            reverses: change.reverses,
            reference: change.reference,
            at,
            reversed: false,
            telling: mishaps.telling,
        };
        let (item, place) = self.adjustments.record(adjustment, &self.site);
        if let Some(taken_back) = mishaps.taken_back {
            let back_at = later(at, taken_back.after);
            if taken_back.before
                && let Some(seq) = item.get("seq").and_then(Value::as_u64)
            {
                self.adjustments.feed.hide(seq, later(back_at, BEHIND));
            }
            let inexact = taken_back.inexact;
            self.plan_stock(back_at, StockAct::Reverse { place, inexact });
        }
        if let Some(seconds) = mishaps.requantified_after {
            self.plan_stock(later(at, seconds), StockAct::Requantify(place));
        }
        (item, place)
    }

    /// Takes an adjustment back by itself, unless that was done before.
    pub(super) fn reverse_at(
        &mut self,
        place: usize,
        inexact: bool,
        at: DateTime<Utc>,
        board: &mut Switchboard,
    ) {
        let original = self.adjustments.get(place);
        let Some(original) = original.filter(|original| !original.reversed) else {
            return;
        };
        let mut change = opposite(original);
        change.note = Some("Booked in error".into());
        if inexact {
            change.told_off_by = if change.quantity < 0 { -1 } else { 1 };
        }
        self.book(change, at, board);
    }

    /// Publishes a revision that changes the quantity, which none may (F33). Nothing moves.
    pub(super) fn requantify_at(&mut self, place: usize, at: DateTime<Utc>) {
        let change = |adjustment: &mut Adjustment| adjustment.telling.off_by += 1;
        self.adjustments.revise(place, change, &self.site, at);
    }

    /// Plans something about stock.
    pub(super) fn plan_stock(&mut self, at: DateTime<Utc>, act: StockAct) {
        self.agenda.plan(at, 0, Act::Stock(act));
    }

    /// The number of the next movement, which is of that SKU.
    pub(super) fn next_movement(&mut self, sku: &str) -> u64 {
        self.last_movement = self.last_movement.max(MOVEMENTS_FROM) + 1;
        if let Some(item) = self.items.get_mut(sku) {
            item.last_movement = self.last_movement;
        }
        self.last_movement
    }
}

/// What takes an adjustment back.
pub(super) fn opposite(original: &Adjustment) -> Change {
    Change {
        sku: original.sku.clone(),
        quantity: -original.quantity,
        on_hand: -original.on_hand_change,
        reason_code: REVERSAL.code.into(),
        note: None,
        reference: None,
        reverses: Some(original.id.clone()),
        told_off_by: 0,
    }
}
