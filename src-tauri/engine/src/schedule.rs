//! When each job is due: always told from its last start, so that a missed time is caught up
//! once and not once per missed tick. Pure.

use chrono::{DateTime, Duration, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use store::RunRow;

use crate::runs::Job;
use crate::settings::Settings;

/// How often the running program notes that it is alive.
pub(crate) const HEARTBEAT_SECONDS: i64 = 30;
/// A silence longer than this is a gap worth telling.
pub(crate) const GAP_SECONDS: i64 = 180;

/// A run that has been at work for longer than this has stuck.
const STUCK_MINUTES: i64 = 30;

/// A job with times of day that did not come through is tried again after so long.
const TRY_AGAIN_MINUTES: i64 = 60;

/// When a job has its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// So long after it last began.
    Every(Duration),
    /// At these times of the merchant's day.
    At(Vec<NaiveTime>, Tz),
}

/// Every job of the schedule with its turn.
pub fn turns(settings: &Settings) -> Vec<(Job, Turn)> {
    let every = |key: &str| Turn::Every(Duration::seconds(settings.whole(key)));
    let reference = settings
        .whole("schedule.products")
        .min(settings.whole("schedule.items"));
    let at = |texts: &[String]| {
        let times = texts.iter();
        let mut times: Vec<NaiveTime> = times
            .filter_map(|text| NaiveTime::parse_from_str(text, "%H:%M").ok())
            .collect();
        times.sort_unstable();
        times.dedup();
        Turn::At(times, settings.zone())
    };
    vec![
        (Job::Orders, every("schedule.orders")),
        (Job::Events, every("schedule.events")),
        (Job::Despatches, every("schedule.despatches")),
        (Job::Adjustments, every("schedule.adjustments")),
        (Job::Reconcile, at(&settings.texts("schedule.reconcile"))),
        (Job::ReadBack, at(&[settings.text("schedule.read_back")])),
        (Job::Sweep, every("schedule.sweep")),
        (Job::Reference, Turn::Every(Duration::seconds(reference))),
        (Job::Retention, Turn::Every(Duration::hours(24))),
    ]
}

/// When a job is due next; now, if it never ran. `None` when it has no turn any more.
pub fn next_due(last: Option<&RunRow>, turn: &Turn, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let last_began = match last {
        // Cut off by the end of the program: it goes on where it stopped.
        Some(run) if run.finished.is_none() => None,
        // A clock that was set back must not silence a job for as long as it was wrong.
        Some(run) if run.started > now => None,
        Some(run) => Some(run.started),
        None => None,
    };
    match (turn, last_began) {
        (Turn::At(times, _), _) if times.is_empty() => None,
        (_, None) => Some(now),
        (Turn::Every(every), Some(began)) => Some(began + *every),
        (Turn::At(times, zone), Some(began)) => {
            let next = first_after(began, times, *zone);
            let came_through = last.is_none_or(|run| run.outcome == "finished");
            let again = (!came_through).then(|| began + Duration::minutes(TRY_AGAIN_MINUTES));
            next.into_iter().chain(again).min()
        }
    }
}

/// The first of these times of day after that moment. A time that the clocks skip in spring
/// comes with the next one; of two in autumn the first counts.
fn first_after(after: DateTime<Utc>, times: &[NaiveTime], zone: Tz) -> Option<DateTime<Utc>> {
    let first_day = after.with_timezone(&zone).date_naive();
    first_day
        .iter_days()
        .take(3)
        .flat_map(|day| times.iter().map(move |time| day.and_time(*time)))
        .filter_map(|local| zone.from_local_datetime(&local).earliest())
        .map(|at| at.with_timezone(&Utc))
        .find(|at| *at > after)
}

/// Whether a job should have run by now: two turns missed, and half a minute's grace; of one
/// with times of day, half an hour late. One that is still at work is given longer: reading a
/// burst of orders takes its time.
pub fn is_overdue(last: Option<&RunRow>, turn: &Turn, now: DateTime<Utc>) -> bool {
    let stuck = Duration::minutes(STUCK_MINUTES);
    last.is_some_and(|run| match (turn, run.finished) {
        (Turn::Every(every), Some(finished)) => now - finished > two_turns(*every),
        (Turn::Every(every), None) => now - run.started > two_turns(*every).max(stuck),
        (Turn::At(..), None) => now - run.started > stuck,
        (Turn::At(..), Some(_)) => next_due(last, turn, now).is_some_and(|due| now - due > stuck),
    })
}

fn two_turns(every: Duration) -> Duration {
    every * 2 + Duration::seconds(30)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_521_600 + seconds, 0).unwrap()
    }

    fn run(started: i64) -> RunRow {
        RunRow {
            id: String::new(),
            kind: "orders".into(),
            started: at(started),
            finished: Some(at(started + 1)),
            outcome: "finished".into(),
            counts: Vec::new(),
            calls: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn every(seconds: i64) -> Turn {
        Turn::Every(Duration::seconds(seconds))
    }

    fn three_times() -> Turn {
        let times = ["08:00", "12:00", "16:30"];
        let times = times.map(|time| NaiveTime::parse_from_str(time, "%H:%M").unwrap());
        Turn::At(times.to_vec(), chrono_tz::Europe::London)
    }

    fn began(at: &str) -> RunRow {
        let started: DateTime<Utc> = at.parse().unwrap();
        RunRow {
            started,
            finished: Some(started + Duration::minutes(1)),
            ..run(0)
        }
    }

    fn due(began_at: &str, now: &str) -> String {
        let due = next_due(Some(&began(began_at)), &three_times(), now.parse().unwrap());
        due.unwrap().to_rfc3339()
    }

    #[test]
    fn after_three_hours_asleep_a_job_is_due_once() {
        assert!(next_due(Some(&run(0)), &every(30), at(10_800)).unwrap() <= at(10_800));
        assert_eq!(
            next_due(Some(&run(10_800)), &every(30), at(10_801)),
            Some(at(10_830))
        );
    }

    #[test]
    fn a_clock_set_back_does_not_silence_a_job() {
        assert_eq!(next_due(Some(&run(3_600)), &every(30), at(0)), Some(at(0)));
    }

    #[test]
    fn a_run_at_work_is_not_overdue_until_it_has_stuck() {
        let at_work = RunRow {
            finished: None,
            ..run(0)
        };
        assert!(!is_overdue(Some(&at_work), &every(30), at(11 * 60)));
        assert!(is_overdue(Some(&at_work), &every(30), at(31 * 60)));
        assert!(is_overdue(Some(&at_work), &three_times(), at(31 * 60)));
    }

    #[test]
    fn two_missed_turns_are_overdue_and_one_is_not() {
        assert!(!is_overdue(Some(&run(0)), &every(120), at(200)));
        assert!(is_overdue(Some(&run(0)), &every(120), at(300)));
    }

    #[test]
    fn a_job_with_times_of_day_is_due_at_the_next_of_them_in_london() {
        // Summer: an hour before UTC.
        assert_eq!(
            due("2026-07-01T07:00:00Z", "2026-07-01T07:05:00Z"),
            "2026-07-01T11:00:00+00:00"
        );
        // Winter, and over night.
        assert_eq!(
            due("2026-11-27T16:30:00Z", "2026-11-27T18:00:00Z"),
            "2026-11-28T08:00:00+00:00"
        );
    }

    #[test]
    fn one_with_times_of_day_that_did_not_come_through_is_tried_again_in_an_hour() {
        let run = |outcome: &str| RunRow {
            outcome: outcome.into(),
            ..began("2026-11-27T08:00:00Z")
        };
        let due = |outcome: &str| {
            let now = "2026-11-27T08:10:00Z".parse().unwrap();
            next_due(Some(&run(outcome)), &three_times(), now).unwrap()
        };
        assert_eq!(due("partial").to_rfc3339(), "2026-11-27T09:00:00+00:00");
        assert_eq!(due("finished").to_rfc3339(), "2026-11-27T12:00:00+00:00");
    }

    #[test]
    fn missed_times_of_day_are_caught_up_once() {
        let monday = "2026-11-30T09:10:00Z";
        assert_eq!(
            due("2026-11-27T12:00:00Z", monday),
            "2026-11-27T16:30:00+00:00"
        );
        assert_eq!(due(monday, monday), "2026-11-30T12:00:00+00:00");
    }

    #[test]
    fn it_is_overdue_half_an_hour_after_its_time() {
        let last = began("2026-11-27T08:00:00Z");
        let late = |now: &str| is_overdue(Some(&last), &three_times(), now.parse().unwrap());
        assert!(!late("2026-11-27T12:29:00Z"));
        assert!(late("2026-11-27T12:31:00Z"));
    }

    #[test]
    fn without_any_time_it_is_never_due() {
        let never = Turn::At(Vec::new(), chrono_tz::Europe::London);
        assert_eq!(next_due(None, &never, at(0)), None);
        assert!(!is_overdue(Some(&run(0)), &never, at(1_000_000)));
    }
}
