//! The sum of one SKU: which movements its count has seen, which of those Cin7 has been told,
//! and what is left when both are taken out.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::compare::{
    AdjustmentTold, Book, Count, Coverage, DespatchTold, Moved, Movement, Reading,
};
use super::row::{AtRisk, Category, Columns, Obstacle, Parts, Row};
use super::sorted::Name;

/// How near to the moment of a snapshot a time cannot tell before from after (documented, the
/// contract's section 11).
const DOUBT: TimeDelta = TimeDelta::minutes(15);

/// How many days ahead a sale counts as soon.
pub const RISK_DAYS: u32 = 7;

/// No figure beyond this is believed; so no sum of them can overflow.
const ABSURD: i64 = 1_000_000_000_000;

/// All that is known of one SKU.
pub(super) struct Side<'a, 's> {
    pub key: &'a str,
    pub book: &'s [(Name<'a>, &'a Book<'a>)],
    pub counted: &'s [(Name<'a>, &'a Count<'a>)],
    pub movements: &'s [(Name<'a>, &'a Movement<'a>)],
    pub is_unsettled: bool,
    pub is_told_lately: bool,
    pub is_unread: bool,
    pub since: Option<DateTime<Utc>>,
}

/// A product that stands for no SKU of theirs.
pub(super) fn unmapped_row<'a>(book: &'a Book<'a>) -> Row<'a> {
    let cin7 = whole(book.level.on_hand).unwrap_or_default();
    Row {
        book: Some(book),
        columns: Columns {
            cin7,
            ..Columns::default()
        },
        ..blank(&book.level.sku, Category::NotComparable(Obstacle::Unmapped))
    }
}

fn blank(key: &str, category: Category) -> Row<'_> {
    Row {
        key,
        book: None,
        count: None,
        category,
        columns: Columns::default(),
        parts: Parts::default(),
        at_risk: AtRisk::default(),
        is_approximate: false,
        is_urgent: false,
        since: None,
    }
}

/// What the comparison says of one SKU.
pub(super) fn row<'a>(side: &Side<'a, '_>, reading: &Reading<'a>) -> Row<'a> {
    // Of two that clash neither is the one.
    let book = match side.book {
        [(_, book)] => Some(*book),
        _ => None,
    };
    let count = match side.counted {
        [(_, count)] => Some(*count),
        _ => None,
    };
    let mut row = Row {
        book,
        count,
        since: side.since,
        ..blank(side.key, Category::Matched)
    };
    match figures(side, reading) {
        Ok(sum) => settle(&mut row, side, book, &sum),
        Err(obstacle) => {
            row.category = Category::NotComparable(obstacle);
            row.columns = shown(side);
        }
    }
    row
}

/// The figures of a SKU that cannot be compared, as far as they are whole and known.
fn shown(side: &Side<'_, '_>) -> Columns {
    let cin7 = side.book.iter().map(|(_, book)| book.level.on_hand);
    let cin7 = cin7.fold(Decimal::ZERO, Decimal::saturating_add);
    let counted = match side.counted {
        [(_, one)] => good(one),
        _ => None,
    };
    Columns {
        cin7: whole(cin7).unwrap_or_default(),
        counted: counted.unwrap_or_default(),
        ..Columns::default()
    }
}

/// What one SKU's figures come to.
struct Sum {
    columns: Columns,
    parts: Parts,
    is_approximate: bool,
}

fn figures(side: &Side<'_, '_>, reading: &Reading<'_>) -> Result<Sum, Obstacle> {
    if side.book.len() > 1 {
        return Err(Obstacle::Clash);
    }
    if side.counted.len() > 1 {
        return Err(Obstacle::TwiceInSnapshot);
    }
    if side.is_unread {
        return Err(Obstacle::NotRead);
    }
    // One that differed is looked at again: it may be what moved that hides it.
    if side.is_unsettled && (side.since.is_some() || !side.movements.iter().any(is_open)) {
        return Err(Obstacle::MovedWhileReading);
    }
    let is_theirs = !side.counted.is_empty() || !side.movements.is_empty();
    let cin7 = match (side.book.first(), reading.book_is) {
        (Some((_, book)), _) if !book.level.on_hand.is_integer() => {
            return Err(Obstacle::Fraction);
        }
        (Some((_, book)), _) => whole(book.level.on_hand).ok_or(Obstacle::Absurd)?,
        (None, _) if is_theirs && !reading.products.contains(side.key) => {
            return Err(Obstacle::NoProduct);
        }
        // A row that is all zeros is left out (observed).
        (None, Coverage::Whole) => 0,
        (None, Coverage::Partial) => return Err(Obstacle::NotRead),
    };
    let (counted, last) = match (side.counted.first(), reading.counted_is) {
        (Some((_, one)), _) => (good(one).ok_or(Obstacle::Absurd)?, one.level.last_movement),
        (None, Coverage::Partial) => return Err(Obstacle::NotRead),
        (None, Coverage::Whole) if reading.listed.contains(side.key) => {
            (0, reading.head.last_movement)
        }
        (None, Coverage::Whole) => return Err(Obstacle::NotListed),
    };
    let mut netted = Netted::default();
    for (_, movement) in side.movements {
        netted.add(movement, last, reading)?;
    }
    let sum = netted.finish(cin7, counted)?;
    if side.is_unsettled && sum.columns.unexplained != 0 {
        return Err(Obstacle::MovedWhileReading);
    }
    Ok(sum)
}

/// Whether the figure may show the movement or not.
fn is_open((_, movement): &(Name<'_>, &Movement<'_>)) -> bool {
    match movement.what {
        Moved::Despatch(told) => told == DespatchTold::Half,
        Moved::Adjustment(told) => told == AdjustmentTold::Perhaps,
        Moved::OnlyInCin7 => false,
    }
}

/// Sums over the movements of one SKU, while they are added up.
#[derive(Default)]
struct Netted {
    in_flight: i64,
    pending: i64,
    /// What is told in part or perhaps comes to if Cin7's on hand has not moved yet.
    not_yet: Open,
    /// The same if it has.
    already: Open,
    parts: Parts,
    is_approximate: bool,
}

impl Netted {
    fn add(
        &mut self,
        movement: &Movement<'_>,
        last: Option<u64>,
        reading: &Reading<'_>,
    ) -> Result<(), Obstacle> {
        let change = movement.change;
        if change.checked_abs().is_none_or(|units| units > ABSURD) {
            return Err(Obstacle::Absurd);
        }
        if movement.what == Moved::OnlyInCin7 {
            add(&mut self.pending, -change)?;
            return add(&mut self.parts.only_in_cin7, -change);
        }
        let seen = if let (Some(number), Some(last)) = (movement.number, last) {
            let head = reading.head.last_movement;
            if number > last && head.is_some_and(|head| number <= head) {
                return Err(Obstacle::Inconsistent);
            }
            number <= last
        } else {
            let as_of = reading.head.as_of;
            let apart = movement.at.signed_duration_since(as_of).abs();
            self.is_approximate |= apart <= DOUBT;
            movement.at <= as_of
        };
        // What the count has seen and Cin7 has not explains Cin7's figure by its own sign,
        // the reverse by the opposite one, and what both or neither know by nothing.
        let effect = |told: bool| match (seen, told) {
            (true, false) => change,
            (false, true) => -change,
            (true, true) | (false, false) => 0,
        };
        match movement.what {
            Moved::Despatch(DespatchTold::No) => add(&mut self.in_flight, effect(false)),
            Moved::Despatch(DespatchTold::Yes) => add(&mut self.in_flight, effect(true)),
            Moved::Despatch(DespatchTold::Half) => {
                add(&mut self.not_yet.in_flight, effect(false))?;
                add(&mut self.already.in_flight, effect(true))
            }
            Moved::Adjustment(AdjustmentTold::Perhaps) => {
                add(&mut self.not_yet.pending, effect(false))?;
                add(&mut self.already.pending, effect(true))
            }
            Moved::Adjustment(told) => {
                let effect = effect(told == AdjustmentTold::Yes);
                match told {
                    AdjustmentTold::Held => add(&mut self.parts.held, effect)?,
                    AdjustmentTold::Blocked => add(&mut self.parts.blocked, effect)?,
                    AdjustmentTold::No | AdjustmentTold::Perhaps | AdjustmentTold::Yes => {}
                }
                add(&mut self.pending, effect)
            }
            Moved::OnlyInCin7 => Ok(()),
        }
    }

    fn finish(self, cin7: i64, counted: i64) -> Result<Sum, Obstacle> {
        let with = |open: Open| -> Option<Columns> {
            let in_flight = self.in_flight.checked_add(open.in_flight)?;
            let pending = self.pending.checked_add(open.pending)?;
            let expected = cin7.checked_add(in_flight)?.checked_add(pending)?;
            Some(Columns {
                cin7,
                in_flight,
                pending,
                counted,
                unexplained: counted.checked_sub(expected)?,
            })
        };
        let not_yet = with(self.not_yet).ok_or(Obstacle::Absurd)?;
        let already = with(self.already).ok_or(Obstacle::Absurd)?;
        let fallen = already.unexplained.unsigned_abs() < not_yet.unexplained.unsigned_abs();
        let (columns, open) = if fallen {
            (already, self.already)
        } else {
            (not_yet, self.not_yet)
        };
        Ok(Sum {
            columns,
            parts: Parts {
                half_told: open.in_flight,
                ..self.parts
            },
            is_approximate: self.is_approximate || self.not_yet != self.already,
        })
    }
}

/// Units of movements that count either way.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Open {
    in_flight: i64,
    pending: i64,
}

fn add(to: &mut i64, units: i64) -> Result<(), Obstacle> {
    *to = to.checked_add(units).ok_or(Obstacle::Absurd)?;
    Ok(())
}

/// Fills in what the sum means.
fn settle(row: &mut Row<'_>, side: &Side<'_, '_>, book: Option<&Book<'_>>, sum: &Sum) {
    let columns = sum.columns;
    let on_the_way =
        columns.in_flight != 0 || columns.pending != 0 || sum.parts != Parts::default();
    row.category = match columns.unexplained {
        ..=-1 => Category::CanOversell,
        1.. => Category::Cin7Short,
        0 if sum.parts.blocked != 0 => Category::PostingBlocked,
        0 if on_the_way => Category::Explained,
        0 => Category::Matched,
    };
    row.columns = columns;
    row.parts = sum.parts;
    row.is_approximate = sum.is_approximate;
    // What a fault keeps from being posted can be sold just as well as what nobody can explain.
    let missing = columns
        .unexplained
        .saturating_add(sum.parts.blocked)
        .saturating_neg();
    // Nearly all SKUs lack nothing, and are spared the sums.
    let is_over = missing > 0 || row.category == Category::CanOversell;
    let offered = book.filter(|_| is_over).map_or(0, offered);
    let units = missing.min(offered).max(0);
    if units > 0 {
        row.at_risk = AtRisk {
            units,
            soon: soon(units, &columns, book),
        };
    }
    let available = side.counted.first().map_or(0, |(_, one)| {
        let level = one.level;
        columns.counted.saturating_sub(level.allocated)
    });
    let is_sure = row.category == Category::CanOversell && !side.is_told_lately;
    row.is_urgent = is_sure && available <= 0 && offered > 0;
}

/// Units that Cin7 still offers for sale. Despatches on their way into Cin7 will take as much
/// off what is on hand as off what is promised, so they change nothing here.
fn offered(book: &Book<'_>) -> i64 {
    let offered = book.level.on_hand.saturating_sub(book.level.allocated);
    offered.floor().to_i64().unwrap_or_default()
}

/// Of the units at risk, those that sell soon: what sells in [`RISK_DAYS`] beyond what is
/// really there to sell.
fn soon(units: i64, columns: &Columns, book: Option<&Book<'_>>) -> Decimal {
    let at_risk = Decimal::from(units);
    let Some(book) = book else { return at_risk };
    let Some(pace) = book.sold_per_day else {
        return at_risk;
    };
    let there = offered(book)
        .saturating_add(columns.unexplained)
        .saturating_add(columns.pending)
        .max(0);
    let sold = pace.saturating_mul(Decimal::from(RISK_DAYS));
    let beyond = sold.saturating_sub(Decimal::from(there));
    beyond.min(at_risk).max(Decimal::ZERO)
}

/// A whole number of units within reason.
fn whole(units: Decimal) -> Option<i64> {
    let units = units.trunc().to_i64()?;
    (-ABSURD..=ABSURD).contains(&units).then_some(units)
}

fn good(count: &Count<'_>) -> Option<i64> {
    let good = count.level.good();
    (-ABSURD..=ABSURD).contains(&good).then_some(good)
}
