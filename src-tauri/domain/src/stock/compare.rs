//! The two figures of every SKU, compared once goods on the move and adjustments on their way
//! are taken out (the contract's section 11).
//!
//! Everything is joined by one name, the warehouse's SKU as the account's profile folds it;
//! the caller gives it. Both sides and the movements are sorted by it and gone through once:
//! inputs that come sorted cost one pass.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::netting::{Side, row, unmapped_row};
use super::order::by_impact;
use super::row::{Row, Totals};
use super::sorted::Sorted;
use super::{BookLevel, CountedLevel, SnapshotHead};

/// One product as Cin7 states it, with what its difference is valued by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book<'a> {
    /// The name it is joined by; `None` when it stands for no SKU of theirs.
    pub key: Option<&'a str>,
    /// What people call it.
    pub name: &'a str,
    /// The figures.
    pub level: &'a BookLevel,
    /// Cin7's average cost of a unit.
    pub cost: Option<Decimal>,
    /// What a unit sells for.
    pub price: Option<Decimal>,
    /// Units that sell in a day.
    pub sold_per_day: Option<Decimal>,
}

/// One SKU as the warehouse counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count<'a> {
    /// The name it is joined by.
    pub key: &'a str,
    /// The figures.
    pub level: &'a CountedLevel,
}

/// One movement of stock. Those that Cin7 had been told of before the snapshot was made change
/// nothing and may be left out, save where their number is above that of their SKU's row.
#[derive(Clone, Copy, Debug)]
pub struct Movement<'a> {
    /// The name it is joined by.
    pub key: &'a str,
    /// Its number in the warehouse's one counter.
    pub number: Option<u64>,
    /// When it happened, UTC.
    pub at: DateTime<Utc>,
    /// Change of good stock: a despatch of 8 units is -8, its void 8.
    pub change: i64,
    /// What it was, and how much of it Cin7 knows.
    pub what: Moved,
}

/// What moved, and how much of it Cin7 has been told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Goods that left, or did not leave after all.
    Despatch(DespatchTold),
    /// Any other change of good stock.
    Adjustment(AdjustmentTold),
    /// Goods that Cin7 has booked in and the warehouse has not yet: seen by no count.
    OnlyInCin7,
}

/// How much Cin7 knows of a despatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DespatchTold {
    /// Nothing.
    No,
    /// Picked or packed and not shipped. At which stage Cin7's on hand falls is not documented
    /// (assumed: at shipping), so either is believed, whichever explains more.
    Half,
    /// All of it.
    Yes,
}

/// How much Cin7 knows of an adjustment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdjustmentTold {
    /// Nothing; it is on its way.
    No,
    /// Nothing; a person must decide whether Cin7 has it from elsewhere (B36).
    Held,
    /// Nothing; a fault stops it.
    Blocked,
    /// All of it or nothing, as far as the figure shows: either is believed, whichever explains
    /// more.
    Perhaps,
    /// All of it, by us or from elsewhere.
    Yes,
}

/// Whether all of one side has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// All of it: what is missing is nothing.
    Whole,
    /// Some is missing: what is missing is not known.
    Partial,
}

/// All that a comparison looks at. The order of nothing in it matters; a slice sorted by its
/// key is quicker. The
/// sets are looked into only for a SKU that one side lacks.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// Cin7's side, at one location.
    pub book: &'a [Book<'a>],
    /// Whether that is all of it.
    pub book_is: Coverage,
    /// What the snapshot says of itself.
    pub head: &'a SnapshotHead,
    /// The snapshot's rows.
    pub counted: &'a [Count<'a>],
    /// Whether those are all of them.
    pub counted_is: Coverage,
    /// The names of all SKUs that the warehouse lists: one that is listed and not in a whole
    /// snapshot is at 0 (documented, the contract's 5.11).
    pub listed: &'a HashSet<String>,
    /// The names that products of Cin7 stand for, whether it states a figure of them or not.
    pub products: &'a HashSet<String>,
    /// What moved.
    pub movements: &'a [Movement<'a>],
    /// SKUs for which what Cin7 has been told changed while the figures were read. One is
    /// compared all the same where the movement in question, taken as told or as not, leaves
    /// nothing unexplained, and it did not differ before.
    pub unsettled: &'a [&'a str],
    /// SKUs of which Cin7 was told so shortly before their figures were read that those may lag
    /// behind it ([`super::LAG`]): no difference of one is told before a second look.
    pub told_lately: &'a [&'a str],
    /// SKUs whose figure at Cin7 is not to be believed: gone from the list, and not to be read
    /// singly either.
    pub unread: &'a [&'a str],
    /// Since when a SKU has differed, as earlier comparisons found.
    pub since: &'a [(&'a str, DateTime<Utc>)],
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Every SKU that either side, a movement or the open differences know, the worst first.
    pub rows: Vec<Row<'a>>,
    /// Sums, and how many of which category.
    pub totals: Totals,
    /// Whether all of both sides was read: without that there is no all-clear.
    pub read: Coverage,
}

/// Compares every SKU.
pub fn compare<'a>(reading: &Reading<'a>) -> Comparison<'a> {
    let mapped = reading.book.iter().filter_map(|one| Some((one.key?, one)));
    let mut book = Sorted::of(mapped);
    let mut counted = Sorted::of(reading.counted.iter().map(|one| (one.key, one)));
    let mut movements = Sorted::of(reading.movements.iter().map(|one| (one.key, one)));
    let mut unsettled = Sorted::of(reading.unsettled.iter().map(|key| (*key, ())));
    let mut lately = Sorted::of(reading.told_lately.iter().map(|key| (*key, ())));
    let mut unread = Sorted::of(reading.unread.iter().map(|key| (*key, ())));
    let mut since = Sorted::of(reading.since.iter().map(|(key, at)| (*key, *at)));

    let mut rows = Vec::with_capacity(reading.book.len().max(reading.counted.len()));
    while let Some(name) = [
        book.next_name(),
        counted.next_name(),
        movements.next_name(),
        unread.next_name(),
        since.next_name(),
    ]
    .into_iter()
    .flatten()
    .min()
    {
        let side = Side {
            key: name.text,
            book: book.take(name),
            counted: counted.take(name),
            movements: movements.take(name),
            is_unsettled: !unsettled.take(name).is_empty(),
            is_told_lately: !lately.take(name).is_empty(),
            is_unread: !unread.take(name).is_empty(),
            since: since.take(name).iter().map(|(_, at)| *at).min(),
        };
        rows.push(row(&side, reading));
    }
    let unmapped = reading.book.iter().filter(|one| one.key.is_none());
    rows.extend(unmapped.map(unmapped_row));
    let rows = by_impact(rows);
    let whole = [reading.book_is, reading.counted_is] == [Coverage::Whole; 2];
    Comparison {
        totals: Totals::of(&rows),
        rows,
        read: if whole && reading.unread.is_empty() {
            Coverage::Whole
        } else {
            Coverage::Partial
        },
    }
}
