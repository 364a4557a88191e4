//! The words about reconciliation debt.

use chrono::NaiveDate;

use super::{BOOKS, many, money};
use crate::views::{DebtSumView, DebtView};

/// What has been left open for too long, and what it comes to by the end of the month: a
/// sentence or two without the last full stop; none where there is none and none is to come.
pub fn debt(debt: &DebtView) -> Option<String> {
    let day = debt.month_ends.parse::<NaiveDate>().map_or_else(
        |_| debt.month_ends.clone(),
        |day| day.format("%-d %B").to_string(),
    );
    let days = many(debt.working_days, "working day");
    let (now, later) = (&debt.now, &debt.at_month_end);
    match (now.count, later.count) {
        (0, 0) => None,
        (0, _) => Some(format!(
            "Nothing is open for longer than {days} yet; unless settled, {} by month end, {day}: {}",
            things(later),
            worth(later)
        )),
        (older, more) if more > older => Some(format!(
            "{} open for longer than {days}: {}. Unless settled, {more} by month end, {day}: {}",
            things(now),
            worth(now),
            worth(later)
        )),
        _ => Some(format!(
            "{} open for longer than {days}: {}, to settle by month end, {day}",
            things(now),
            worth(now)
        )),
    }
}

/// `2 differences and 1 despatch`.
fn things(sum: &DebtSumView) -> String {
    let told: Vec<String> = [
        (sum.differences, "difference"),
        (sum.adjustments, "stock adjustment"),
        (sum.despatches, "despatch"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, one)| many(i64::try_from(count).unwrap_or(i64::MAX), one))
    .collect();
    match told.as_slice() {
        [] | [_] => told.concat(),
        [one, other] => format!("{one} and {other}"),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// `23 units, £363.50 at cost`.
fn worth(sum: &DebtSumView) -> String {
    let units = match sum.units.as_str() {
        "1" => "1 unit".to_owned(),
        units => format!("{units} units"),
    };
    let cost = format!("{} at cost", money(BOOKS, &sum.value));
    match sum.without_value {
        0 => format!("{units}, {cost}"),
        unknown if unknown == sum.count => format!("{units}, their cost not known"),
        unknown => format!("{units}, {cost} besides {unknown} without a known cost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(kinds: (u64, u64, u64), units: &str, value: &str, without_value: u64) -> DebtSumView {
        let (differences, adjustments, despatches) = kinds;
        DebtSumView {
            count: differences + adjustments + despatches,
            differences,
            adjustments,
            despatches,
            units: units.into(),
            value: value.into(),
            without_value,
            oldest_at: None,
        }
    }

    fn told(now: DebtSumView, at_month_end: DebtSumView) -> Option<String> {
        debt(&DebtView {
            working_days: 5,
            now,
            month_ends: "2026-11-30".into(),
            at_month_end,
        })
    }

    #[test]
    fn what_is_open_is_told_in_count_units_and_money_now_and_by_month_end() {
        let three = || sum((2, 1, 0), "23", "1363.50", 0);
        assert_eq!(
            told(three(), three()).unwrap(),
            "2 differences and 1 stock adjustment open for longer than 5 working days: 23 units, £1,363.50 at cost, to settle by month end, 30 November"
        );
        assert_eq!(
            told(three(), sum((2, 1, 2), "30", "1400.00", 1)).unwrap(),
            "2 differences and 1 stock adjustment open for longer than 5 working days: 23 units, £1,363.50 at cost. Unless settled, 5 by month end, 30 November: 30 units, £1,400.00 at cost besides 1 without a known cost"
        );
        assert_eq!(
            told(
                sum((0, 0, 0), "0", "0.00", 0),
                sum((0, 0, 1), "1", "0.00", 1)
            )
            .unwrap(),
            "Nothing is open for longer than 5 working days yet; unless settled, 1 despatch by month end, 30 November: 1 unit, their cost not known"
        );
        assert_eq!(
            told(
                sum((0, 0, 0), "0", "0.00", 0),
                sum((0, 0, 0), "0", "0.00", 0)
            ),
            None
        );
    }
}
