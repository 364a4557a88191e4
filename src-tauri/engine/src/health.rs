//! Each vendor's health as its answers show it, and what follows: waiting, backing off,
//! or stopping for a person. One breaker for each vendor, so that a vendor that is down
//! costs one call per step of the ladder and not one per order.

use chrono::{DateTime, Duration, Utc};
use store::{Answer, StoreFault, VendorRow, Write};
use vendor::{Exchange, Fault, Pacer, Verdict};

use crate::asks::wait_of;
use crate::engine::Engine;
use crate::journal::{CIN7, clear_words};

/// Failures in a row after which the whole vendor waits.
const BREAKER: u32 = 2;
/// Failures in a row after which a run waits for the vendor no longer; the next run goes
/// on from there.
pub(crate) const SILENT: u32 = 3;
/// Longest wait of the breaker: recovery should be noticed within this.
const LONGEST_WAIT_SECONDS: i64 = 300;
/// What a refused key is given before it is believed (cin7-core.md section 1: a burst has
/// drawn a passing 403).
const SIGN_IN_WAIT_SECONDS: i64 = 60;

/// Why a vendor cannot be called at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// Not before this time.
    Paused(DateTime<Utc>),
    /// Not before a person has acted; the vendor's words.
    Stopped(String),
}

impl Engine {
    /// Whether the vendor may be called now.
    pub(crate) fn open_for_calls(
        &self,
        vendor: &'static str,
    ) -> Result<Result<(), NotNow>, StoreFault> {
        let row = self.store().reading().vendor(vendor)?;
        let now = self.now();
        if !row.stopped.is_empty() {
            return Ok(Err(NotNow::Stopped(row.stopped)));
        }
        Ok(match row.paused_until {
            Some(until) if until > now => Err(NotNow::Paused(until)),
            _ => Ok(()),
        })
    }

    /// Forgets a stop, so that a person's new attempt is a real one.
    pub(crate) fn lift_stop(&self, vendor: &'static str) -> Result<(), StoreFault> {
        let mut store = self.store();
        let row = store.reading().vendor(vendor)?;
        // A wait the vendor asked for is kept, whoever asks; one of our own making is not.
        if row.failures == 0 {
            return Ok(());
        }
        self.pacer(vendor).end_pause();
        store.write(|w| {
            w.put_vendor(
                vendor,
                &VendorRow {
                    stopped: String::new(),
                    paused_until: None,
                    failures: 0,
                    ..row
                },
            )
        })
    }

    /// Notes what an answer says about the vendor's health, in the caller's transaction.
    pub(crate) fn heard(
        &self,
        w: &mut Write<'_>,
        vendor: &'static str,
        exchange: &Exchange,
        fault: Option<&Fault>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let verdict = exchange.verdict;
        let before = w.vendor(vendor)?;
        let after = after(&before, verdict, wait_of(fault), clear_words(exchange), now);
        if let Some(until) = after.paused_until.filter(|until| *until > now) {
            self.pacer(vendor).pause_until(self.clock.metered(until));
        }
        let answer = Answer {
            at: now,
            failed: is_failure(verdict),
            busy: verdict == Verdict::Busy,
            took_ms: exchange.duration_ms,
        };
        w.count_answer(vendor, answer)?;
        w.put_vendor(vendor, &after)
    }

    /// The vendor's pacer.
    pub(crate) fn pacer(&self, vendor: &str) -> &Pacer {
        if vendor == CIN7 {
            &self.cin7_pacer
        } else {
            &self.whistl_pacer
        }
    }
}

/// Whether there was no usable answer. A refusal is one, and so is being asked to wait.
fn is_failure(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Answered | Verdict::Refused | Verdict::Busy => false,
        Verdict::SignIn | Verdict::Unreachable | Verdict::NoAnswer | Verdict::Unclear => true,
    }
}

/// The vendor's row after one more answer.
fn after(
    before: &VendorRow,
    verdict: Verdict,
    wait: Option<std::time::Duration>,
    words: &str,
    now: DateTime<Utc>,
) -> VendorRow {
    let mut row = before.clone();
    let wait = wait.and_then(|w| Duration::from_std(w).ok());
    match verdict {
        Verdict::Answered | Verdict::Refused => {
            row = VendorRow {
                last_good: Some(now),
                last_bad: before.last_bad,
                last_fault: before.last_fault.clone(),
                ..VendorRow::default()
            };
        }
        Verdict::Busy => {
            row.last_bad = Some(now);
            row.last_fault = words.into();
            row.paused_until = Some(now + wait.unwrap_or_else(|| Duration::seconds(60)));
        }
        Verdict::SignIn => {
            row.failures += 1;
            row.last_bad = Some(now);
            row.last_fault = words.into();
            row.failing_since.get_or_insert(now);
            if row.failures >= 2 {
                row.stopped = words.into();
            } else {
                row.paused_until = Some(now + Duration::seconds(SIGN_IN_WAIT_SECONDS));
            }
        }
        // One that set out before the vendor was given its rest says nothing that is not known:
        // several calls at once must not take several steps of the ladder.
        Verdict::Unreachable | Verdict::NoAnswer | Verdict::Unclear
            if before.paused_until.is_some_and(|until| until > now) =>
        {
            row.last_bad = Some(now);
            row.last_fault = words.into();
        }
        Verdict::Unreachable | Verdict::NoAnswer | Verdict::Unclear => {
            row.failures += 1;
            row.last_bad = Some(now);
            row.last_fault = words.into();
            row.failing_since.get_or_insert(now);
            let ladder = (row.failures >= BREAKER).then(|| breaker_wait(row.failures - BREAKER));
            if let Some(pause) = wait.max(ladder) {
                row.paused_until = Some(now + pause);
            }
        }
    }
    row
}

/// 15 s, 30 s, 60 s, … up to five minutes.
fn breaker_wait(step: u32) -> Duration {
    let seconds = 15_i64.saturating_mul(1_i64 << step.min(10));
    Duration::seconds(seconds.min(LONGEST_WAIT_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_521_600, 0).unwrap()
    }

    #[test]
    fn one_failure_changes_nothing_and_the_second_makes_the_vendor_wait() {
        let once = after(
            &VendorRow::default(),
            Verdict::NoAnswer,
            None,
            "500",
            noon(),
        );
        assert_eq!(once.paused_until, None);
        let twice = after(&once, Verdict::NoAnswer, None, "500", noon());
        assert_eq!(twice.paused_until, Some(noon() + Duration::seconds(15)));
    }

    #[test]
    fn waits_grow_to_five_minutes_and_no_further() {
        let (mut row, mut now) = (VendorRow::default(), noon());
        for _ in 0..40 {
            now = row.paused_until.unwrap_or(now);
            row = after(&row, Verdict::Unreachable, None, "no route", now);
        }
        assert_eq!(row.paused_until, Some(now + Duration::minutes(5)));
    }

    #[test]
    fn calls_that_fail_together_take_one_step_of_the_ladder() {
        let mut row = VendorRow::default();
        for _ in 0..6 {
            row = after(&row, Verdict::NoAnswer, None, "503", noon());
        }
        assert_eq!(row.paused_until, Some(noon() + Duration::seconds(15)));
    }

    #[test]
    fn a_refusal_for_rate_is_no_failure() {
        let wait = Some(std::time::Duration::from_secs(40));
        let row = after(
            &VendorRow::default(),
            Verdict::Busy,
            wait,
            "slow down",
            noon(),
        );
        assert_eq!(row.failures, 0);
        assert_eq!(row.paused_until, Some(noon() + Duration::seconds(40)));
    }

    #[test]
    fn a_refused_key_is_tried_once_more_and_then_waits_for_a_person() {
        let once = after(
            &VendorRow::default(),
            Verdict::SignIn,
            None,
            "wrong",
            noon(),
        );
        assert!(once.stopped.is_empty());
        let twice = after(&once, Verdict::SignIn, None, "wrong", noon());
        assert_eq!(twice.stopped, "wrong");
    }

    #[test]
    fn a_good_answer_clears_everything_but_the_memory_of_the_last_fault() {
        let bad = after(
            &VendorRow::default(),
            Verdict::NoAnswer,
            None,
            "500",
            noon(),
        );
        let good = after(&bad, Verdict::Answered, None, "", noon());
        assert_eq!(good.failures, 0);
        assert_eq!(good.failing_since, None);
        assert_eq!(good.last_fault, "500");
    }
}
