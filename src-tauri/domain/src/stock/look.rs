//! A difference is told only when a second look confirms it (the contract's section 11), save
//! where the warehouse has none left and Cin7 still offers some: that is told at once.

use super::compare::Comparison;
use super::order::by_impact;
use super::row::{Category, Obstacle, Row, Totals};

/// How sure a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Seen once: looked at again before anybody is told.
    Suspected,
    /// Seen twice, or too pressing to wait.
    Confirmed,
}

impl Certainty {
    /// The stable word used in storage and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suspected => "suspected",
            Self::Confirmed => "confirmed",
        }
    }

    /// The certainty of that word.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Suspected, Self::Confirmed]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// How sure a row's difference is after one look; `None` where there is nothing unexplained.
pub fn first_look(row: &Row<'_>) -> Option<Certainty> {
    row.category.is_unexplained().then_some(if row.is_urgent {
        Certainty::Confirmed
    } else {
        Certainty::Suspected
    })
}

/// How sure it is after a second look, by what both found unexplained. The same sign confirms
/// it: some units may have moved on in between, and more may be missing.
pub fn second_look(first: i64, second: &Row<'_>) -> Option<Certainty> {
    let once = first_look(second)?;
    let confirmed = first.signum() == second.columns.unexplained.signum();
    Some(if confirmed {
        Certainty::Confirmed
    } else {
        once
    })
}

/// The SKUs that need a second reading, worst first: those that differ by more than is known
/// of and are not told at once, and those that moved while they were read.
pub fn to_read_again<'c, 'a>(comparison: &'c Comparison<'a>) -> impl Iterator<Item = &'c Row<'a>> {
    comparison.rows.iter().filter(|row| match row.category {
        Category::NotComparable(obstacle) => obstacle == Obstacle::MovedWhileReading,
        Category::CanOversell | Category::Cin7Short => {
            first_look(row) == Some(Certainty::Suspected)
        }
        Category::PostingBlocked | Category::Explained | Category::Matched => false,
    })
}

/// One comparison after its second reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked<'a> {
    /// The first comparison, with the rows of the second in place of their own.
    pub comparison: Comparison<'a>,
    /// How sure each difference is, by name and in the order of names.
    pub certainty: Vec<(&'a str, Certainty)>,
}

impl Looked<'_> {
    /// How sure the difference of that SKU is; `None` where there is none.
    pub fn of(&self, key: &str) -> Option<Certainty> {
        let at = self
            .certainty
            .binary_search_by(|(each, _)| (*each).cmp(key));
        self.certainty
            .get(at.ok()?)
            .map(|(_, certainty)| *certainty)
    }
}

/// Puts a second reading of some SKUs in place of the first; what else `again` holds is left
/// out. `before` is what the last run found unexplained of a SKU and left suspected: such a
/// one is at its second look already.
pub fn merge<'a>(
    first: Comparison<'a>,
    mut again: Vec<Row<'a>>,
    before: impl Fn(&str) -> Option<i64>,
) -> Looked<'a> {
    let is_joined = |row: &Row<'_>| row.category != Category::NotComparable(Obstacle::Unmapped);
    again.retain(is_joined);
    again.sort_by(|a, b| a.key.cmp(b.key));
    let mut certainty = Vec::new();
    let Comparison {
        mut rows,
        mut totals,
        read,
    } = first;
    for row in rows.iter_mut().filter(|row| is_joined(row)) {
        let at = again.binary_search_by(|other| other.key.cmp(row.key)).ok();
        let found = row.columns.unexplained;
        let sure = match at.and_then(|at| again.get(at)) {
            Some(second) => {
                *row = second.clone();
                second_look(found, second)
            }
            None => first_look(row),
        };
        let Some(sure) = sure else { continue };
        let earlier = before(row.key).and_then(|earlier| second_look(earlier, row));
        certainty.push((row.key, earlier.map_or(sure, |earlier| earlier.max(sure))));
    }
    certainty.sort_unstable();
    // What was not read again stands where it stood.
    if !again.is_empty() {
        rows = by_impact(rows);
        totals = Totals::of(&rows);
    }
    Looked {
        comparison: Comparison { rows, totals, read },
        certainty,
    }
}
