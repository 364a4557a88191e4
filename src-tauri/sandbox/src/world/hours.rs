//! When orders arrive: over the day before the world starts, few at night, most in the
//! morning, and a smaller rise in the evening, by London's clock.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Europe::London;

use super::dice::Dice;

const DAY_SECONDS: usize = 86_400;
/// The last orders are a little old when the world starts, so that none is from the future.
const NEWEST_SECONDS: usize = 120;
/// How busy each hour of the day is.
const BUSY: [usize; 24] = [
    2, 1, 1, 1, 1, 2, 5, 9, 14, 16, 15, 12, 9, 7, 6, 6, 6, 6, 7, 8, 9, 8, 5, 3,
];
const BUSIEST: usize = 16;

/// That many order times, oldest first.
pub(super) fn times(dice: &mut Dice, count: usize, start: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut times: Vec<_> = (0..count).map(|_| time(dice, start)).collect();
    times.sort_unstable();
    times
}

fn time(dice: &mut Dice, start: DateTime<Utc>) -> DateTime<Utc> {
    loop {
        let back = dice.between(NEWEST_SECONDS, DAY_SECONDS - 1);
        let back = TimeDelta::seconds(i64::try_from(back).unwrap_or_default());
        let milliseconds = i64::try_from(dice.below(1000)).unwrap_or_default();
        let at = start - back + TimeDelta::milliseconds(milliseconds);
        let hour = at.with_timezone(&London).hour() as usize;
        // Ends soon: on any day more than a third of the draws are kept.
        if dice.below(BUSIEST) < BUSY[hour] {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_come_within_the_last_day_and_most_of_them_in_the_morning() {
        let start = "2026-06-24T12:00:00Z".parse().unwrap();
        let times = times(&mut Dice::new(1, 1), 2000, start);
        assert!(times.is_sorted());
        assert!(*times.first().unwrap() >= start - TimeDelta::days(1));
        assert!(*times.last().unwrap() < start);
        let by_hour = |hours: std::ops::Range<u32>| {
            times
                .iter()
                .filter(|at| hours.contains(&at.with_timezone(&London).hour()))
                .count()
        };
        let (morning, afternoon, night) = (by_hour(8..12), by_hour(13..17), by_hour(1..5));
        assert!(
            morning > 2 * afternoon && afternoon > 4 * night,
            "{morning} {afternoon} {night}"
        );
    }
}
