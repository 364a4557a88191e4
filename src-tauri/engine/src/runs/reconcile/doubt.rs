//! What earlier comparisons found, and how sure a difference is by that.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::stock::{Certainty, Row, SnapshotHead, first_look, second_look};
use rust_decimal::prelude::ToPrimitive as _;
use store::{Reading, ReconciliationRow, StockLineRow, StoreFault};

use super::keep::SUSPECTED;

/// How late the word of a movement may come without being taken for lost (assumed).
const LATE: TimeDelta = TimeDelta::minutes(30);

/// Comparisons over which a movement that is not told of is waited for.
const STUCK_RUNS: u32 = 7;

/// The last comparison, line by line, each by the name it is joined by.
pub(super) struct Earlier {
    lines: HashMap<String, StockLineRow>,
    /// Since when a SKU has differed: few have, and are not to be looked for among all.
    since: Vec<(String, DateTime<Utc>)>,
    last: Option<ReconciliationRow>,
    /// The number up to which every movement had been told of at the last whole comparison.
    pub(super) told_up_to: Option<u64>,
    /// That number has not moved for so many comparisons that what is missing will not come.
    pub(super) is_stuck: bool,
    /// Rows of Cin7's list in the last comparison that read it.
    pub(super) rows: usize,
}

impl Earlier {
    /// `folded` is how the account folds a spelling of the warehouse's.
    pub(super) fn load(
        reading: &Reading,
        folded: impl Fn(&str) -> Cow<'_, str>,
    ) -> Result<Self, StoreFault> {
        let last = reading.last_reconciliation()?;
        let whole = reading.last_whole_reconciliation()?;
        let told_up_to = whole.as_ref().and_then(|whole| whole.told_up_to);
        let runs = reading.reconciliations(STUCK_RUNS)?;
        let lines = reading.stock_lines(None, None, u32::MAX)?.into_iter();
        let lines: HashMap<String, StockLineRow> = lines
            .map(|line| (folded(line.at_whistl()).into_owned(), line))
            .collect();
        let since = lines
            .iter()
            .filter_map(|(key, line)| Some((key.clone(), line.since?.1)))
            .collect();
        Ok(Self {
            since,
            lines,
            is_stuck: told_up_to.is_some()
                && runs.len() == STUCK_RUNS as usize
                && runs.iter().all(|run| run.told_up_to == told_up_to),
            told_up_to,
            rows: whole.map_or(0, |whole| usize::try_from(whole.rows_read).unwrap_or(0)),
            last,
        })
    }

    /// What the last comparison says of each SKU that it listed, by name.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&str, &StockLineRow)> {
        self.lines.iter().map(|(key, line)| (key.as_str(), line))
    }

    /// Since when a SKU has differed.
    pub(super) fn since(&self) -> impl Iterator<Item = (&str, DateTime<Utc>)> {
        self.since.iter().map(|(key, since)| (key.as_str(), *since))
    }

    fn unexplained(&self, key: &str) -> Option<(i64, &StockLineRow)> {
        let line = self.lines.get(key)?;
        let found = line.unexplained.to_i64()?;
        (line.category != "not_comparable" && found != 0).then_some((found, line))
    }

    /// Whether an earlier comparison was sure of a difference of that sign.
    pub(super) fn has_confirmed(&self, key: &str, unexplained: i64) -> bool {
        self.unexplained(key).is_some_and(|(found, line)| {
            line.cause != SUSPECTED && found.signum() == unexplained.signum()
        })
    }
}

/// What speaks against believing a difference at once.
pub(super) struct Doubts<'a> {
    pub(super) earlier: &'a Earlier,
    /// What the snapshot looked at says of itself.
    pub(super) head: &'a SnapshotHead,
    /// We have heard of every movement that the snapshot has seen.
    pub(super) all_told: bool,
}

impl Doubts<'_> {
    /// What the last comparison found, where its word counts as a first look: it looked at
    /// another snapshot, or was sure already.
    pub(super) fn before(&self, key: &str) -> Option<i64> {
        let (found, line) = self.earlier.unexplained(key)?;
        let other = self.earlier.last.as_ref().is_some_and(|last| {
            let apart = self.head.as_of - last.as_of;
            last.snapshot != self.head.id && (self.all_told || apart >= LATE)
        });
        (other || line.cause != SUSPECTED).then_some(found)
    }

    /// How sure a difference is, after both looks of this run said `looked`. Where a movement
    /// has not been told of, looking twice at one snapshot proves nothing, and only the
    /// comparison of another one does.
    pub(super) fn certainty(&self, row: &Row<'_>, looked: Option<Certainty>) -> Option<Certainty> {
        if self.all_told || looked != Some(Certainty::Confirmed) {
            return looked;
        }
        let earlier = self
            .before(row.key)
            .and_then(|found| second_look(found, row));
        first_look(row).max(earlier)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;
    use store::{Durability, NewReconciliation, NewStockLine, Store, StoreKey};

    use super::*;

    #[test]
    fn a_difference_is_remembered_under_the_name_it_is_joined_by() {
        let folder = tempfile::tempdir().unwrap();
        let key = StoreKey::from_hex(&"ab".repeat(32)).unwrap();
        let noon = "2026-06-02T12:00:00Z".parse().unwrap();
        let options = store::Options {
            durability: Durability::Fast,
            program: "test",
            now: noon,
        };
        let mut store = Store::open(folder.path(), Some(key), options).unwrap();
        let run = NewReconciliation {
            run: "run-1",
            began: noon,
            ended: noon,
            is_whole: true,
            why: "",
            snapshot: "SNAP-1",
            as_of: noon,
            read_at: noon,
            rows_read: 1,
            told_up_to: None,
            totals: &store::StockTotals::default(),
            counts: store::StockCounts::default(),
        };
        let short = NewStockLine {
            sku: "MUG-01".into(),
            whistl_sku: "mug01".into(),
            product: None,
            name: "Mug".into(),
            cin7: Decimal::from(10),
            allocated: Decimal::ZERO,
            counted: Decimal::from(7),
            quarantined: Decimal::ZERO,
            in_flight: Decimal::ZERO,
            pending: Decimal::ZERO,
            unexplained: Decimal::from(-3),
            category: "can_oversell",
            cause: SUSPECTED,
            is_approximate: false,
            at_risk: Decimal::from(3),
            unit_cost: None,
            price: None,
            value: Decimal::ZERO,
            priority: 1,
        };
        let put = store.write(|w| w.put_reconciliation(&run, [short], &[]));
        put.unwrap();
        let earlier = Earlier::load(store.reading(), |sku| sku.to_ascii_uppercase().into());
        let earlier = earlier.unwrap();
        assert_eq!(
            earlier.unexplained("MUG01").map(|(units, _)| units),
            Some(-3)
        );
        assert_eq!(earlier.since().collect::<Vec<_>>(), [("MUG01", noon)]);
    }
}
