//! A day of trade: customers buy as the hour of the world's day has it, few at night, most
//! in the morning.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Europe::London;
use serde_json::json;

use super::Practice;

/// Sales in each hour of the day, in London: some 180 a day.
const AN_HOUR: [u32; 24] = [
    2, 1, 1, 1, 1, 2, 5, 10, 15, 17, 16, 13, 10, 8, 7, 7, 7, 7, 8, 9, 10, 9, 6, 3,
];
/// How often, in real time, it is seen whether anybody has bought.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Most sales at one look, however far the clock was pushed.
const MOST_AT_ONCE: u32 = 60;

/// Goes on for ever.
pub(super) async fn day(practice: &Practice) {
    let mut trade = Trade::from(practice.now());
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        practice.follow();
        let bought = trade.until(practice.now());
        if bought == 0 {
            continue;
        }
        let made = practice
            .steering
            .steer("POST", "trade", &json!({ "orders": bought }));
        if let Err(fault) = made {
            tracing::warn!(%fault, "nobody could buy in the practice world");
        }
    }
}

/// When the next customer buys: evenly through each hour, so that a day is the same day
/// each time.
struct Trade {
    next: DateTime<Utc>,
}

impl Trade {
    fn from(now: DateTime<Utc>) -> Self {
        Self {
            next: now + gap(now),
        }
    }

    /// How many have bought by now.
    fn until(&mut self, now: DateTime<Utc>) -> u32 {
        let mut bought = 0;
        while self.next <= now && bought < MOST_AT_ONCE {
            bought += 1;
            self.next += gap(self.next);
        }
        if bought == MOST_AT_ONCE {
            self.next = now + gap(now);
        }
        bought
    }
}

/// The time to the next customer at this hour.
fn gap(at: DateTime<Utc>) -> TimeDelta {
    let hour = at.with_timezone(&London).hour() as usize;
    TimeDelta::seconds(3_600 / i64::from(AN_HOUR[hour]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_brings_some_180_sales_and_the_morning_most_of_them() {
        let mut trade = Trade::from(at("2026-11-24T00:00:00Z"));
        let mut by_hour = [0; 24];
        let mut now = at("2026-11-24T00:00:00Z");
        for hour in &mut by_hour {
            for _ in 0..60 {
                now += TimeDelta::minutes(1);
                *hour += trade.until(now);
            }
        }
        let day: u32 = by_hour.iter().sum();
        assert!((165..=190).contains(&day), "{day} in a day");
        assert!(by_hour[9] > 10 * by_hour[3], "{by_hour:?}");
    }

    #[test]
    fn a_clock_pushed_a_week_on_brings_one_rush_and_no_flood() {
        let mut trade = Trade::from(at("2026-11-24T09:00:00Z"));
        assert_eq!(trade.until(at("2026-12-01T09:00:00Z")), MOST_AT_ONCE);
        assert_eq!(trade.until(at("2026-12-01T09:00:01Z")), 0);
    }
}
