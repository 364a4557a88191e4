//! Quiet hours and the times of the daily digest, by the merchant's own clock: across
//! midnight, and on the days when the clocks change. Pure.

use chrono::{DateTime, Days, Duration, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::settings::Settings;

/// A digest that could not be shown in time is shown within this long, or not at all.
const LATE_HOURS: i64 = 2;
/// The same where quiet hours held it back.
const LATE_AFTER_QUIET_HOURS: i64 = 14;

/// When, and for whom, it is to be quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hours {
    zone: Tz,
    quiet: Option<(NaiveTime, NaiveTime)>,
}

impl Hours {
    pub(super) fn of(settings: &Settings) -> Self {
        let time = |key: &str| NaiveTime::parse_from_str(&settings.text(key), "%H:%M").ok();
        let quiet = time("alerts.quiet_from")
            .zip(time("alerts.quiet_to"))
            .filter(|(from, to)| from != to);
        Self {
            zone: settings.zone(),
            quiet,
        }
    }

    /// Whether it is quiet at that moment.
    pub(super) fn is_quiet(&self, at: DateTime<Utc>) -> bool {
        let Some((from, to)) = self.quiet else {
            return false;
        };
        let time = at.with_timezone(&self.zone).time();
        if from < to {
            from <= time && time < to
        } else {
            from <= time || time < to
        }
    }

    /// The last of these times of day that has come since `last` and is still worth keeping.
    pub(super) fn due(
        &self,
        times: &[String],
        last: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&self.zone).date_naive();
        let days = [today.checked_sub_days(Days::new(1)), Some(today)];
        days.into_iter()
            .flatten()
            .flat_map(|day| {
                times
                    .iter()
                    .filter_map(move |time| NaiveTime::parse_from_str(time, "%H:%M").ok())
                    .filter_map(move |time| self.instant(day.and_time(time)))
            })
            .filter(|at| *at > last && *at <= now)
            .filter(|at| {
                let late = if self.is_quiet(*at) {
                    LATE_AFTER_QUIET_HOURS
                } else {
                    LATE_HOURS
                };
                now - *at <= Duration::hours(late)
            })
            .max()
    }

    /// A local time as an instant: of an hour that comes twice the first, of one that is
    /// left out the moment at which the clocks go forward.
    fn instant(&self, local: chrono::NaiveDateTime) -> Option<DateTime<Utc>> {
        (0..=180)
            .filter_map(|minutes| local.checked_add_signed(Duration::minutes(minutes)))
            .find_map(|local| self.zone.from_local_datetime(&local).earliest())
            .map(|at| at.with_timezone(&Utc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn hours(from: &str, to: &str) -> Hours {
        let mut settings = Settings::default();
        settings.set_text("alerts.quiet_from", from).unwrap();
        settings.set_text("alerts.quiet_to", to).unwrap();
        Hours::of(&settings)
    }

    #[test]
    fn without_both_ends_it_is_never_quiet() {
        for (from, to) in [("", ""), ("22:00", ""), ("", "07:00"), ("22:00", "22:00")] {
            for hour in 0..24 {
                let moment = at("2026-11-24T00:00:00Z") + Duration::hours(hour);
                assert!(!hours(from, to).is_quiet(moment), "{from}–{to} at {moment}");
            }
        }
    }

    #[test]
    fn quiet_runs_over_midnight_from_its_first_minute_to_its_last() {
        let night = hours("22:00", "07:00");
        for (moment, quiet) in [
            ("2026-11-24T21:59:59Z", false),
            ("2026-11-24T22:00:00Z", true),
            ("2026-11-25T00:00:00Z", true),
            ("2026-11-25T06:59:59Z", true),
            ("2026-11-25T07:00:00Z", false),
        ] {
            assert_eq!(night.is_quiet(at(moment)), quiet, "{moment}");
        }
    }

    #[test]
    fn the_merchants_clock_counts_when_the_clocks_change() {
        let night = hours("22:00", "07:00");
        // Summer time: 06:30 in London is 05:30 UTC.
        assert!(night.is_quiet(at("2026-07-01T05:30:00Z")));
        assert!(!night.is_quiet(at("2026-07-01T06:00:00Z")));
        // 29 March 2026: at 01:00 UTC it is 02:00 in London. 07:00 is 06:00 UTC that day.
        assert!(night.is_quiet(at("2026-03-29T00:59:00Z")));
        assert!(night.is_quiet(at("2026-03-29T05:59:00Z")));
        assert!(!night.is_quiet(at("2026-03-29T06:00:00Z")));
        // 25 October 2026: 01:30 comes twice, and both are quiet.
        let early = hours("01:00", "02:00");
        assert!(early.is_quiet(at("2026-10-25T00:30:00Z")));
        assert!(early.is_quiet(at("2026-10-25T01:30:00Z")));
        assert!(!early.is_quiet(at("2026-10-25T02:00:00Z")));
    }

    #[test]
    fn a_digest_is_due_once_at_its_time_and_not_the_day_after() {
        let any = hours("", "");
        let times = vec!["17:00".to_owned()];
        let before = at("2026-11-24T12:00:00Z");
        assert_eq!(any.due(&times, before, at("2026-11-24T16:59:59Z")), None);
        let due = at("2026-11-24T17:00:00Z");
        assert_eq!(any.due(&times, before, due), Some(due));
        assert_eq!(any.due(&times, due, at("2026-11-24T17:30:00Z")), None);
        assert_eq!(
            any.due(&times, before, at("2026-11-25T08:00:00Z")),
            None,
            "a computer that was off says nothing of yesterday"
        );
    }

    #[test]
    fn a_digest_in_an_hour_that_spring_leaves_out_comes_when_the_clocks_go_forward() {
        let any = hours("", "");
        let times = vec!["01:30".to_owned()];
        let last = at("2026-03-28T12:00:00Z");
        assert_eq!(
            any.due(&times, last, at("2026-03-29T01:00:10Z")),
            Some(at("2026-03-29T01:00:00Z"))
        );
        // Autumn: 01:30 comes twice, the digest once.
        let last = at("2026-10-24T12:00:00Z");
        let first = any.due(&times, last, at("2026-10-25T00:30:00Z"));
        assert_eq!(first, Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(
            any.due(&times, first.unwrap(), at("2026-10-25T01:31:00Z")),
            None
        );
    }

    #[test]
    fn a_digest_held_back_by_quiet_hours_is_still_due_at_their_end() {
        let night = hours("18:00", "07:00");
        let times = vec!["20:00".to_owned()];
        let last = at("2026-11-24T12:00:00Z");
        assert_eq!(
            night.due(&times, last, at("2026-11-25T07:00:00Z")),
            Some(at("2026-11-24T20:00:00Z"))
        );
    }
}
