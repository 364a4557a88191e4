//! When a failed delivery is tried again, and when to stop (R86): a published ladder of
//! waits, each a little longer or shorter so that many failures do not return as one.
//!
//! A wait a vendor asks for is not our business: it is read in `vendor` and overrides
//! what is said here.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

/// From this failed attempt on somebody is asked to look, while the ladder goes on.
pub const NEEDS_YOU_FROM: u32 = 5;

/// A wait longer than a year is taken as a year; far beyond any ladder's end.
const LONGEST_MILLIS: u128 = 366 * 24 * 3_600 * 1_000;

/// The waits between attempts, and how long they go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The wait after the first failure, the second, and so on; the last one repeats.
    /// Empty means that nothing is tried twice.
    pub steps: Vec<Duration>,
    /// No attempt is made later than this after the first failure.
    pub give_up_after: Duration,
    /// Each wait is lengthened or shortened by up to this much, percent, 0 to 100.
    pub jitter_percent: u8,
}

/// What follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another attempt, not before this moment.
    At(DateTime<Utc>),
    /// The end of the ladder: a person must decide.
    Stuck,
}

impl Default for Ladder {
    /// 15 s, 1, 5 and 15 min, 1 h, then every hour to 24 h, give or take 20 % (R86).
    fn default() -> Self {
        Self {
            steps: [15, 60, 300, 900, 3_600].map(Duration::from_secs).to_vec(),
            give_up_after: Duration::from_hours(24),
            jitter_percent: 20,
        }
    }
}

impl Ladder {
    /// What follows the failure of attempt number `attempt` (1 for the first one made),
    /// known at `now`, the first of the row having failed at `first_failed`.
    ///
    /// `key` names what is being delivered. Equal arguments give equal answers, so a
    /// restart changes no appointment; different keys scatter.
    pub fn next(
        &self,
        attempt: u32,
        first_failed: DateTime<Utc>,
        now: DateTime<Utc>,
        key: &str,
    ) -> Next {
        let Some(wait) = self.wait(attempt, key) else {
            return Next::Stuck;
        };
        match (
            now.checked_add_signed(wait),
            later(first_failed, self.give_up_after),
        ) {
            (Some(at), Some(end)) if at > end => Next::Stuck,
            (Some(at), _) => Next::At(at),
            (None, _) => Next::Stuck,
        }
    }

    /// Whether somebody should look now, although attempts go on.
    pub fn needs_you(attempt: u32) -> bool {
        attempt >= NEEDS_YOU_FROM
    }

    /// The ladder in words: “15 s, 1 min, 5 min, 15 min, 1 h, then every 1 h for up to
    /// 24 h, each give or take 20 %”.
    pub fn sentence(&self) -> String {
        let Some(last) = self.steps.last() else {
            return "never again".to_owned();
        };
        let steps: Vec<String> = self.steps.iter().map(|step| in_words(*step)).collect();
        let scatter = match self.jitter_percent {
            0 => String::new(),
            percent => format!(", each give or take {percent} %"),
        };
        format!(
            "{}, then every {} for up to {}{scatter}",
            steps.join(", "),
            in_words(*last),
            in_words(self.give_up_after)
        )
    }

    fn wait(&self, attempt: u32, key: &str) -> Option<TimeDelta> {
        let index = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
        let step = self.steps.get(index).or(self.steps.last())?;
        let step = step.as_millis().min(LONGEST_MILLIS);
        let percent = u128::from(self.jitter_percent.min(100));
        let least = step * (100 - percent) / 100;
        let room = step * 2 * percent / 100;
        let millis = least + ((room * u128::from(dice(attempt, key))) >> 64);
        i64::try_from(millis)
            .ok()
            .and_then(TimeDelta::try_milliseconds)
    }
}

/// A number that looks drawn at random and is the same each time.
fn dice(attempt: u32, key: &str) -> u64 {
    let digest = Sha256::new()
        .chain_update(attempt.to_be_bytes())
        .chain_update(key.as_bytes())
        .finalize();
    digest
        .iter()
        .take(8)
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

fn later(from: DateTime<Utc>, by: Duration) -> Option<DateTime<Utc>> {
    from.checked_add_signed(TimeDelta::from_std(by).ok()?)
}

fn in_words(length: Duration) -> String {
    match length.as_secs() {
        seconds if seconds > 0 && seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        seconds if seconds > 0 && seconds % 60 == 0 => format!("{} min", seconds / 60),
        seconds => format!("{seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use proptest::prelude::*;

    use super::*;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap()
    }

    fn exact() -> Ladder {
        Ladder {
            jitter_percent: 0,
            ..Ladder::default()
        }
    }

    /// The moments of all attempts after the first one failed at noon.
    fn climb(ladder: &Ladder, key: &str) -> Vec<DateTime<Utc>> {
        let mut attempts = Vec::new();
        let mut now = noon();
        while let Next::At(at) =
            ladder.next(u32::try_from(attempts.len()).unwrap() + 1, noon(), now, key)
        {
            attempts.push(at);
            now = at;
            assert!(attempts.len() < 1_000, "the ladder has no end");
        }
        attempts
    }

    #[test]
    fn attempts_fall_on_the_published_times() {
        let seconds: Vec<i64> = climb(&exact(), "SO-1")
            .iter()
            .map(|at| (*at - noon()).num_seconds())
            .collect();
        assert_eq!(seconds[..5], [15, 75, 375, 1_275, 4_875]);
        assert!(
            seconds[4..]
                .windows(2)
                .all(|pair| pair[1] - pair[0] == 3_600)
        );
        assert_eq!(seconds.last(), Some(&(4_875 + 22 * 3_600)));
    }

    #[test]
    fn the_owner_is_asked_from_the_fifth_attempt_on() {
        assert!(!Ladder::needs_you(4));
        assert!(Ladder::needs_you(5));
    }

    #[test]
    fn a_ladder_without_steps_never_tries_again() {
        let none = Ladder {
            steps: Vec::new(),
            ..Ladder::default()
        };
        assert_eq!(none.next(1, noon(), noon(), "SO-1"), Next::Stuck);
        assert_eq!(none.sentence(), "never again");
    }

    #[test]
    fn two_orders_that_fail_together_do_not_return_together() {
        let ladder = Ladder::default();
        assert_ne!(
            ladder.next(1, noon(), noon(), "SO-1"),
            ladder.next(1, noon(), noon(), "SO-2")
        );
    }

    #[test]
    fn a_long_outage_of_our_own_ends_the_ladder() {
        let back = noon() + TimeDelta::hours(30);
        assert_eq!(exact().next(2, noon(), back, "SO-1"), Next::Stuck);
    }

    #[test]
    fn the_ladder_reads_as_a_sentence() {
        assert_eq!(
            Ladder::default().sentence(),
            "15 s, 1 min, 5 min, 15 min, 1 h, then every 1 h for up to 24 h, each give or take 20 %"
        );
    }

    proptest! {
        #[test]
        fn each_wait_is_within_a_fifth_of_its_step(attempt in 1_u32..40, key in ".{0,20}") {
            let Next::At(at) = Ladder::default().next(attempt, noon(), noon(), &key) else {
                return Err(TestCaseError::fail("stuck at once"));
            };
            let Next::At(plain) = exact().next(attempt, noon(), noon(), &key) else {
                return Err(TestCaseError::fail("stuck at once"));
            };
            let step = (plain - noon()).num_milliseconds();
            let wait = (at - noon()).num_milliseconds();
            prop_assert!(wait * 100 >= step * 80 && wait * 100 <= step * 120, "{wait} for {step}");
            prop_assert_eq!(Ladder::default().next(attempt, noon(), noon(), &key), Next::At(at));
        }

        #[test]
        fn attempts_only_go_forward_and_end_within_a_day(key in ".{0,20}") {
            let attempts = climb(&Ladder::default(), &key);
            prop_assert!(attempts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(attempts.last().is_some_and(|at| *at <= noon() + TimeDelta::hours(24)));
            prop_assert!(attempts.len() >= 20, "given up early: {} attempts", attempts.len());
        }

        #[test]
        fn no_figures_upset_it(
            attempt in any::<u32>(),
            steps in prop::collection::vec(any::<u64>(), 0..4),
            give_up in any::<u64>(),
            jitter_percent in any::<u8>(),
        ) {
            let steps = steps.into_iter().map(Duration::from_secs).collect();
            let give_up_after = Duration::from_secs(give_up);
            let ladder = Ladder { steps, give_up_after, jitter_percent };
            if let Next::At(at) = ladder.next(attempt, noon(), noon(), "SO-1") {
                prop_assert!(at >= noon());
            }
            prop_assert!(!ladder.sentence().is_empty());
        }
    }
}
