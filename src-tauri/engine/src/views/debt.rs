//! Reconciliation debt (R84): what has been left open for longer than the merchant allows, in
//! count, units and money, now and by the end of the month.

use chrono::NaiveDate;
use domain::stock::{Debt, DebtKind, Open, debt};
use serde::Serialize;

use super::{Views, pence, plain, time};
use crate::fault::EngineFault;

/// What is open for too long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DebtView {
    /// Working days after which it is too long.
    pub working_days: i64,
    /// As of now.
    pub now: DebtSumView,
    /// The last day of the month, in the merchant's zone.
    pub month_ends: String,
    /// What it comes to on that day if nothing is settled until then.
    pub at_month_end: DebtSumView,
}

/// The sum of it as of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DebtSumView {
    /// How much there is in all.
    pub count: u64,
    /// Differences of stock that nothing explains and nobody lives with.
    pub differences: u64,
    /// Stock adjustments that are not in Cin7.
    pub adjustments: u64,
    /// Despatches that Cin7 has not been told of, or cannot be.
    pub despatches: u64,
    /// Units, without signs.
    pub units: String,
    /// At cost in the books' currency, without signs, of those whose cost is known.
    pub value: String,
    /// Those whose cost is not known.
    pub without_value: u64,
    /// Since when the oldest is open.
    pub oldest_at: Option<String>,
}

impl Views<'_> {
    /// What has been left open for too long. Costs as much as is open that long.
    ///
    /// # Errors
    /// The store's.
    pub fn debt(&self) -> Result<DebtView, EngineFault> {
        let calendar = self.settings.calendar();
        let working_days = self.settings.whole("alerts.debt_working_days");
        let days = u32::try_from(working_days).unwrap_or(u32::MAX);
        let today = self.now.with_timezone(&calendar.zone).date_naive();
        let month_ends = calendar.month_ends(self.now);
        let before = |day: NaiveDate| calendar.older_than(days, day);
        let open = self
            .reading
            .open_since_before(before(month_ends), self.now)?;
        Ok(DebtView {
            working_days,
            now: sum(&open, before(today)),
            month_ends: month_ends.to_string(),
            at_month_end: sum(&open, before(month_ends)),
        })
    }
}

fn sum(open: &[Open], before: chrono::DateTime<chrono::Utc>) -> DebtSumView {
    let debt: Debt = debt(open, before);
    let of = |kind| debt.counts.get(&kind).copied().unwrap_or_default();
    DebtSumView {
        count: debt.count(),
        differences: of(DebtKind::Difference),
        adjustments: of(DebtKind::Adjustment),
        despatches: of(DebtKind::Despatch),
        units: plain(debt.units),
        value: pence(debt.value),
        without_value: debt.without_value,
        oldest_at: debt.oldest.map(time),
    }
}
