//! Keeps what a comparison found, and says it in the log.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::stock::{Category, Certainty, Counts, Looked, Row, Totals};
use rust_decimal::Decimal;
use store::{NewReconciliation, NewStockLine, StockCounts, StockTotals, StoreFault};

use super::Incomplete;
use super::doubt::Doubts;
use super::sides::Sides;
use crate::engine::Engine;
use crate::runs::Run;

/// The word that stands beside a difference seen once: looked at again before anybody is told.
pub(crate) const SUSPECTED: &str = "suspected";

/// Places in the list of those that are not among the first, category by category.
const AFTER_ALL: i64 = 1_000_000_000;

/// What a run found.
pub(super) struct Outcome<'a> {
    pub(super) looked: &'a Looked<'a>,
    pub(super) sides: &'a Sides<'a>,
    pub(super) doubts: &'a Doubts<'a>,
    pub(super) told_up_to: Option<u64>,
    pub(super) read_at: DateTime<Utc>,
    pub(super) rows_read: usize,
}

impl Outcome<'_> {
    /// Each SKU as it is kept, made when it is asked for: all of them at once would take more
    /// memory than all else.
    pub(super) fn lines(&self) -> impl Iterator<Item = NewStockLine<'_>> {
        lines(self)
    }

    fn rows(&self) -> &[Row<'_>] {
        &self.looked.comparison.rows
    }
}

impl Engine {
    pub(super) fn keep_outcome(&self, run: &Run, outcome: &Outcome<'_>) -> Result<(), StoreFault> {
        let comparison = &outcome.looked.comparison;
        let is_whole = comparison.read == domain::stock::Coverage::Whole;
        let why = if is_whole {
            ""
        } else {
            "some figures of Cin7 Core could not be read"
        };
        let totals = sums(&comparison.totals, outcome.rows());
        let head = outcome.sides.snapshot.head();
        self.store().write(|w| {
            w.put_reconciliation(
                &NewReconciliation {
                    run: run.id(),
                    began: run.started(),
                    ended: self.now(),
                    is_whole,
                    why,
                    snapshot: &head.id,
                    as_of: head.as_of,
                    read_at: outcome.read_at,
                    rows_read: u32::try_from(outcome.rows_read).unwrap_or(u32::MAX),
                    told_up_to: outcome.told_up_to,
                    totals: &totals,
                    counts: counts(&comparison.totals.counts),
                },
                outcome.lines(),
                &[],
            )
        })?;
        let causes = outcome.rows().iter().map(|row| cause(row, outcome));
        let suspected = causes.filter(|cause| *cause == SUSPECTED).count();
        let found = &comparison.totals.counts;
        for (name, count) in [
            ("skus", found.all()),
            ("can_oversell", found.can_oversell),
            ("cin7_short", found.cin7_short),
            ("posting_blocked", found.posting_blocked),
            ("explained", found.explained),
            ("matched", found.matched),
            ("not_comparable", found.not_comparable),
            ("suspected", u64::try_from(suspected).unwrap_or(u64::MAX)),
        ] {
            run.count(name, i64::try_from(count).unwrap_or(i64::MAX));
        }
        if !is_whole {
            run.cut_short(
                "Not all of Cin7 Core's stock could be read; what is missing is not compared",
            );
        }
        self.note_comparison(run, &said(found, &totals))
    }

    /// Keeps that nothing could be compared: no SKU is called equal on old figures.
    pub(super) fn keep_incomplete(
        &self,
        run: &Run,
        incomplete: &Incomplete,
    ) -> Result<(), StoreFault> {
        let now = self.now();
        let skus: Vec<String> = {
            let store = self.store();
            let lines = store.reading().stock_lines(None, None, u32::MAX)?;
            lines.into_iter().map(|line| line.sku).collect()
        };
        let kept: Vec<(&str, &str)> = skus.iter().map(|sku| (sku.as_str(), "not_read")).collect();
        let counts = StockCounts {
            not_comparable: u32::try_from(kept.len()).unwrap_or(u32::MAX),
            ..StockCounts::default()
        };
        self.store().write(|w| {
            w.put_reconciliation(
                &NewReconciliation {
                    run: run.id(),
                    began: run.started(),
                    ended: now,
                    is_whole: false,
                    why: &incomplete.why,
                    snapshot: &incomplete.snapshot,
                    as_of: incomplete.as_of.unwrap_or(now),
                    read_at: incomplete.read_at.unwrap_or(now),
                    rows_read: u32::try_from(incomplete.rows_read).unwrap_or(u32::MAX),
                    told_up_to: None,
                    totals: &StockTotals::default(),
                    counts,
                },
                [],
                &kept,
            )
        })?;
        run.count("not_comparable", i64::from(counts.not_comparable));
        let text = format!("Stock was not compared: {}", incomplete.why);
        self.note_comparison(run, &text)
    }
}

fn lines<'o>(outcome: &'o Outcome<'_>) -> impl Iterator<Item = NewStockLine<'o>> {
    let rows = outcome.rows();
    // Only for them does it matter which SKUs are taken.
    let nameless: HashSet<&str> = rows
        .iter()
        .filter(|row| row.sku().is_empty())
        .map(at_whistl)
        .collect();
    let ours: HashSet<&str> = rows
        .iter()
        .map(Row::sku)
        .filter(|sku| nameless.contains(sku))
        .collect();
    let mut first = 0;
    rows.iter().map(move |row| {
        let theirs = at_whistl(row);
        let is_unmapped =
            row.category == Category::NotComparable(domain::stock::Obstacle::Unmapped);
        NewStockLine {
            sku: match row.sku() {
                // One that only the warehouse has, under the SKU of another product here.
                "" if ours.contains(theirs) => Cow::Owned(format!("{theirs} at Whistl")),
                "" => Cow::Borrowed(theirs),
                ours => Cow::Borrowed(ours),
            },
            whistl_sku: Cow::Borrowed(if is_unmapped { "" } else { theirs }),
            product: row.product(),
            name: Cow::Borrowed(row.book.map_or("", |book| book.name)),
            cin7: Decimal::from(row.columns.cin7),
            allocated: row
                .book
                .map(|book| book.level.allocated)
                .unwrap_or_default(),
            counted: Decimal::from(row.columns.counted),
            quarantined: row
                .count
                .map(|count| Decimal::from(count.level.quarantined))
                .unwrap_or_default(),
            in_flight: Decimal::from(row.columns.in_flight),
            pending: Decimal::from(row.columns.pending),
            unexplained: Decimal::from(row.columns.unexplained),
            category: row.category.code(),
            cause: cause(row, outcome),
            is_approximate: row.is_approximate,
            at_risk: Decimal::from(row.at_risk.units),
            unit_cost: row.book.and_then(|book| book.cost),
            price: row.book.and_then(|book| book.price),
            value: row.value().unwrap_or_default().abs(),
            priority: priority(row, &mut first),
        }
    })
}

/// The SKU as the warehouse spells it; the name it is joined by where they do not count it.
fn at_whistl<'a>(row: &Row<'a>) -> &'a str {
    row.count.map_or(row.key, |count| count.level.sku.as_str())
}

fn cause(row: &Row<'_>, outcome: &Outcome<'_>) -> &'static str {
    match row.category {
        Category::NotComparable(obstacle) => obstacle.code(),
        Category::CanOversell | Category::Cin7Short => {
            let looked = outcome.looked.of(row.key);
            match outcome.doubts.certainty(row, looked) {
                Some(Certainty::Suspected) => SUSPECTED,
                Some(Certainty::Confirmed) | None => "",
            }
        }
        Category::Explained if row.parts.held != 0 => "held",
        Category::PostingBlocked | Category::Explained | Category::Matched => "",
    }
}

/// The place in the list. Those that differ stand in their order; of the others a change of
/// place would be a change of every line, so each category has one place.
fn priority(row: &Row<'_>, first: &mut i64) -> i64 {
    match row.category {
        Category::CanOversell | Category::Cin7Short | Category::PostingBlocked => {
            *first += 1;
            *first
        }
        Category::NotComparable(_) => AFTER_ALL,
        Category::Explained => AFTER_ALL + 1,
        Category::Matched => AFTER_ALL + 2,
    }
}

fn sums(totals: &Totals, rows: &[Row<'_>]) -> StockTotals {
    let columns = &totals.columns;
    StockTotals {
        cin7: Decimal::from(columns.cin7),
        in_flight: Decimal::from(columns.in_flight),
        pending: Decimal::from(columns.pending),
        counted: Decimal::from(columns.counted),
        unexplained: Decimal::from(columns.unexplained),
        value: rows
            .iter()
            .filter_map(Row::value)
            .map(|value| value.abs())
            .sum(),
        net_value: totals.value,
    }
}

fn counts(counts: &Counts) -> StockCounts {
    let few = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    StockCounts {
        can_oversell: few(counts.can_oversell),
        cin7_short: few(counts.cin7_short),
        posting_blocked: few(counts.posting_blocked),
        explained: few(counts.explained),
        matched: few(counts.matched),
        not_comparable: few(counts.not_comparable),
    }
}

fn said(counts: &Counts, totals: &StockTotals) -> String {
    let differ = counts.can_oversell + counts.cin7_short;
    format!(
        "Compared {} SKUs: {differ} differ by more than is known of ({:+} units), {} can be oversold, {} blocked, {} explained, {} equal, {} not comparable",
        counts.all(),
        totals.unexplained,
        counts.can_oversell,
        counts.posting_blocked,
        counts.explained,
        counts.matched,
        counts.not_comparable,
    )
}
