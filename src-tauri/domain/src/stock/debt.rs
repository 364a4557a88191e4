//! Reconciliation debt (R84): what differs between the two sides, or keeps them from agreeing,
//! and has been left open for longer than is agreed on.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// What is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DebtKind {
    /// A difference of stock that nothing explains.
    Difference,
    /// A stock adjustment that is not in Cin7.
    Adjustment,
    /// A despatch that Cin7 has not been told of, or cannot be.
    Despatch,
}

/// One thing that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What it is.
    pub kind: DebtKind,
    /// Since when the sides differ by it.
    pub since: DateTime<Utc>,
    /// Its units, whatever their sign.
    pub units: Decimal,
    /// What those cost, without a sign; none where it is not known of all of them.
    pub value: Option<Decimal>,
}

/// What is open for longer than is agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Debt {
    /// How much of each kind; a kind without any is left out.
    pub counts: BTreeMap<DebtKind, u64>,
    /// Units without signs, so that a surplus hides no loss.
    pub units: Decimal,
    /// Value at cost of those whose cost is known.
    pub value: Decimal,
    /// Those whose cost is not known, and which are not in the value.
    pub without_value: u64,
    /// Since when the oldest is open.
    pub oldest: Option<DateTime<Utc>>,
}

impl Debt {
    /// All of it.
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// Adds up what has been open since before that moment.
pub fn debt(open: &[Open], before: DateTime<Utc>) -> Debt {
    let mut debt = Debt::default();
    for one in open.iter().filter(|one| one.since < before) {
        *debt.counts.entry(one.kind).or_default() += 1;
        debt.units = debt.units.saturating_add(one.units.abs());
        match one.value {
            Some(value) => debt.value = debt.value.saturating_add(value.abs()),
            None => debt.without_value += 1,
        }
        debt.oldest = Some(debt.oldest.map_or(one.since, |at| at.min(one.since)));
    }
    debt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(kind: DebtKind, since: &str, units: i64, value: Option<i64>) -> Open {
        Open {
            kind,
            since: since.parse().unwrap(),
            units: units.into(),
            value: value.map(Decimal::from),
        }
    }

    #[test]
    fn what_is_older_is_counted_in_units_and_money_without_signs() {
        let all = [
            open(DebtKind::Difference, "2026-11-16T08:00:00Z", -18, Some(297)),
            open(DebtKind::Difference, "2026-11-16T12:00:00Z", 4, None),
            open(DebtKind::Adjustment, "2026-11-13T10:00:00Z", -2, Some(-33)),
            open(DebtKind::Despatch, "2026-11-20T16:40:00Z", 3, Some(12)),
        ];
        let debt = debt(&all, "2026-11-17T00:00:00Z".parse().unwrap());
        assert_eq!(debt.count(), 3);
        assert_eq!(
            debt.counts,
            [(DebtKind::Difference, 2), (DebtKind::Adjustment, 1)].into()
        );
        assert_eq!((debt.units, debt.value), (24.into(), 330.into()));
        assert_eq!(debt.without_value, 1);
        assert_eq!(debt.oldest, "2026-11-13T10:00:00Z".parse().ok());
    }

    #[test]
    fn what_began_at_that_very_moment_is_not_older() {
        let moment = "2026-11-17T00:00:00Z";
        let all = [open(DebtKind::Despatch, moment, 1, Some(1))];
        assert_eq!(debt(&all, moment.parse().unwrap()), Debt::default());
    }
}
