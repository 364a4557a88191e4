//! The level of what one document line is about, and moving it: rows of one product at one
//! location, of one batch where it is kept in batches.

use rust_decimal::Decimal;

use super::Account;
use super::documents::DocumentLine;
use super::stock::StockRow;

/// What is there.
pub(super) struct Level {
    pub(super) on_hand: Decimal,
    /// On hand and not promised.
    pub(super) available: Decimal,
    /// On hand and not picked: what could go.
    pub(super) loose: Decimal,
    /// Whether anything is there at all, so that lists show it.
    pub(super) exists: bool,
}

impl Account {
    /// The level now.
    pub(super) fn level(&self, line: &DocumentLine) -> Level {
        let mut level = Level {
            on_hand: Decimal::ZERO,
            available: Decimal::ZERO,
            loose: Decimal::ZERO,
            exists: false,
        };
        let rows = self.catalogue.list[line.product].rows.iter();
        for row in rows.filter(|row| line.is_of(row)) {
            level.on_hand += row.on_hand;
            level.available += row.on_hand - row.allocated;
            level.loose += row.loose();
            level.exists |= !row.on_hand.is_zero() || !row.allocated.is_zero();
        }
        level
    }

    /// Moves it. What was judged before never falls below what is picked.
    pub(super) fn shift(&mut self, line: &DocumentLine, change: Decimal) {
        if change.is_zero() {
            return;
        }
        let rows = &mut self.catalogue.list[line.product].rows;
        if !rows.iter().any(|row| line.is_of(row)) {
            rows.push(StockRow {
                batch: line.batch.clone(),
                expiry: line.expiry.clone(),
                ..StockRow::empty(line.location)
            });
        }
        let mut rest = change;
        for row in rows.iter_mut().filter(|row| line.is_of(row)) {
            let here = rest.max(-row.loose());
            row.on_hand += here;
            rest -= here;
        }
    }
}

impl DocumentLine {
    fn is_of(&self, row: &StockRow) -> bool {
        row.location == self.location && (self.batch.is_none() || row.batch == self.batch)
    }
}
