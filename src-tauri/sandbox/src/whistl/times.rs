//! How the warehouse writes times: business times on the wall clock of the
//! warehouse, machine times in UTC. No clock is read here.

use chrono::{
    DateTime, Datelike as _, Days, DurationRound as _, NaiveTime, SecondsFormat, TimeDelta,
    TimeZone as _, Timelike as _, Utc, Weekday,
};
use chrono_tz::Europe::London;

/// A business time as the warehouse writes it: London wall clock with its offset,
/// which changes on the last Sundays of March and October (contract, section 2).
pub(super) fn london(at: DateTime<Utc>) -> String {
    at.with_timezone(&London)
        .to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// A machine time: UTC, written with `Z`.
pub(super) fn zulu(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A time as HTTP headers write it (`Date`, `Retry-After`).
pub(super) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Adds whole seconds, standing still where the calendar ends.
pub(super) fn later(at: DateTime<Utc>, seconds: u64) -> DateTime<Utc> {
    i64::try_from(seconds)
        .ok()
        .and_then(chrono::Duration::try_seconds)
        .and_then(|gap| at.checked_add_signed(gap))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The full hour at or before `at`.
pub(super) fn full_hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}

/// The same time on the warehouse's wall clock a day later; where there is none, 24 hours.
pub(super) fn next_day(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_timezone(&London)
        .checked_add_days(Days::new(1))
        .map_or_else(|| later(at, 86_400), |local| local.with_timezone(&Utc))
}

/// The hour on the warehouse's wall clock, if it is a working day there.
pub(super) fn working_hour(at: DateTime<Utc>) -> Option<u32> {
    let local = at.with_timezone(&London);
    let rests = matches!(local.weekday(), Weekday::Sat | Weekday::Sun);
    Some(local.hour()).filter(|_| !rests)
}

/// When the carriers come next after `at`: 16:40 on the warehouse's wall clock, Monday to
/// Friday (contract, section 15; holidays are not kept, assumed).
pub(super) fn next_collection(at: DateTime<Utc>) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(16, 40, 0).unwrap_or_default();
    let today = at.with_timezone(&London).date_naive();
    today
        .iter_days()
        .take(8)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .filter_map(|day| London.from_local_datetime(&day.and_time(time)).earliest())
        .map(|local| local.with_timezone(&Utc))
        .find(|collected| *collected > at)
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_offset_follows_the_clocks_back_in_october() {
        assert_eq!(
            london(at("2026-10-25T00:59:59Z")),
            "2026-10-25T01:59:59+01:00"
        );
        assert_eq!(
            london(at("2026-10-25T01:00:00Z")),
            "2026-10-25T01:00:00+00:00"
        );
    }

    #[test]
    fn carriers_come_on_working_days_by_the_warehouses_clock() {
        // A Friday in summer, the weekend over which the clocks go back, and the Monday.
        let friday = "2026-10-23T15:40:00Z";
        assert_eq!(next_collection(at("2026-10-22T15:40:00Z")), at(friday));
        assert_eq!(next_collection(at("2026-10-23T15:39:59Z")), at(friday));
        let monday = at("2026-10-26T16:40:00Z");
        assert_eq!(next_collection(at(friday)), monday);
        assert_eq!(next_collection(at("2026-10-25T12:00:00Z")), monday);
    }

    #[test]
    fn a_snapshot_is_kept_until_the_same_time_of_the_next_day_by_the_wall_clock() {
        // As recorded: the night in which the clocks go back has 25 hours.
        let made = at("2026-10-24T05:00:00+01:00");
        assert_eq!(next_day(made), at("2026-10-25T05:00:00+00:00"));
        assert_eq!(
            next_day(at("2026-10-26T12:00:00Z")),
            at("2026-10-27T12:00:00Z")
        );
        assert_eq!(
            full_hour(at("2026-10-26T12:59:59.9Z")),
            at("2026-10-26T12:00:00Z")
        );
    }

    #[test]
    fn headers_carry_the_day_and_gmt() {
        assert_eq!(
            http_date(at("2026-10-23T08:15:00Z")),
            "Fri, 23 Oct 2026 08:15:00 GMT"
        );
    }
}
