//! When each job is due: from its last start, never from a calendar pattern, so that a
//! missed time is caught up once and not once per missed tick. Pure.

use chrono::{DateTime, Duration, Utc};
use store::RunRow;

use crate::runs::Job;
use crate::settings::Settings;

/// How often the running program notes that it is alive.
pub(crate) const HEARTBEAT_SECONDS: i64 = 30;
/// A silence longer than this is a gap worth telling.
pub(crate) const GAP_SECONDS: i64 = 180;

/// A run that has been at work for longer than this has stuck.
const STUCK_MINUTES: i64 = 30;

/// Every job of the schedule with its interval.
pub fn intervals(settings: &Settings) -> Vec<(Job, Duration)> {
    let every = |key: &str| Duration::seconds(settings.whole(key));
    vec![
        (Job::Orders, every("schedule.orders")),
        (Job::Events, every("schedule.events")),
        (Job::Despatches, every("schedule.despatches")),
        (Job::Adjustments, every("schedule.adjustments")),
        (Job::Sweep, every("schedule.sweep")),
        (
            Job::Reference,
            every("schedule.products").min(every("schedule.items")),
        ),
        (Job::Retention, Duration::hours(24)),
    ]
}

/// When a job is due next; now, if it never ran.
pub fn next_due(last: Option<&RunRow>, every: Duration, now: DateTime<Utc>) -> DateTime<Utc> {
    match last {
        None => now,
        // Cut off by the end of the program: it goes on where it stopped.
        Some(run) if run.finished.is_none() => now,
        // A clock that was set back must not silence a job for as long as it was wrong.
        Some(run) if run.started > now => now,
        Some(run) => run.started + every,
    }
}

/// Whether a job should have run by now: two turns missed, and half a minute's grace. One
/// that is still at work is given longer: reading a burst of orders takes its time.
pub fn is_overdue(last: Option<&RunRow>, every: Duration, now: DateTime<Utc>) -> bool {
    last.is_some_and(|run| {
        let two_turns = every * 2 + Duration::seconds(30);
        match run.finished {
            Some(finished) => now - finished > two_turns,
            None => now - run.started > two_turns.max(Duration::minutes(STUCK_MINUTES)),
        }
    })
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

    #[test]
    fn after_three_hours_asleep_a_job_is_due_once() {
        let every = Duration::seconds(30);
        assert!(next_due(Some(&run(0)), every, at(10_800)) <= at(10_800));
        assert_eq!(next_due(Some(&run(10_800)), every, at(10_801)), at(10_830));
    }

    #[test]
    fn a_clock_set_back_does_not_silence_a_job() {
        assert_eq!(
            next_due(Some(&run(3_600)), Duration::seconds(30), at(0)),
            at(0)
        );
    }

    #[test]
    fn a_run_at_work_is_not_overdue_until_it_has_stuck() {
        let at_work = RunRow {
            finished: None,
            ..run(0)
        };
        let every = Duration::seconds(30);
        assert!(!is_overdue(Some(&at_work), every, at(11 * 60)));
        assert!(is_overdue(Some(&at_work), every, at(31 * 60)));
    }

    #[test]
    fn two_missed_turns_are_overdue_and_one_is_not() {
        let every = Duration::seconds(120);
        assert!(!is_overdue(Some(&run(0)), every, at(200)));
        assert!(is_overdue(Some(&run(0)), every, at(300)));
    }
}
