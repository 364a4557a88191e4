//! Signs of trouble that no table shows by itself: the vendors' clocks, calls refused though
//! few were made, notifications that failed, orders somebody else has sent. What is found is
//! kept as a cursor, so that every view sees it and a restart does not forget it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use store::{Cursor, Reading, StoreFault, Write};

use super::facts::Since;

/// This computer's clock counts as wrong from here on, seconds (R106).
const CLOCK_SECONDS: i64 = 60;
/// A vendor's clock that was heard longer ago says nothing of now.
const HEARD_MINUTES: i64 = 15;
/// So many refusals for rate while few calls were made are no accident …
const REFUSALS: usize = 3;
/// … within so long.
const REFUSALS_MINUTES: i64 = 10;
/// And after so long without another it is over.
const REFUSALS_OVER_MINUTES: i64 = 60;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Notifications cannot be shown.
    Notifications,
    /// Another program sends this account's orders.
    AnotherCopy,
    /// Another program uses up Cin7's calls.
    CallsShared,
    /// This computer's clock is wrong; the sign's words are by how many seconds.
    Clock,
}

impl Sign {
    fn name(self) -> &'static str {
        match self {
            Self::Notifications => "sign:notifications",
            Self::AnotherCopy => "sign:another_copy",
            Self::CallsShared => "sign:calls_shared",
            Self::Clock => "sign:clock",
        }
    }

    /// The sign as it is kept, if it was given.
    pub(crate) fn read(self, reading: &Reading) -> Result<Option<Since>, StoreFault> {
        Ok(reading
            .cursor(self.name())?
            .filter(|cursor| !cursor.value.is_empty())
            .map(|cursor| Since {
                at: cursor.at,
                why: cursor.value,
            }))
    }

    /// When it was last given or taken back.
    pub(crate) fn moved(self, reading: &Reading) -> Result<Option<DateTime<Utc>>, StoreFault> {
        Ok(reading.cursor(self.name())?.map(|cursor| cursor.at))
    }

    /// Gives it; one that was given before stands since then.
    pub(crate) fn give(
        self,
        w: &mut Write<'_>,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let at = self.read(w)?.map_or(now, |before| before.at);
        self.put(w, why, at)
    }

    /// Takes it back.
    pub(crate) fn take_back(self, w: &mut Write<'_>, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.put(w, "", now)
    }

    fn put(self, w: &mut Write<'_>, why: &str, at: DateTime<Utc>) -> Result<(), StoreFault> {
        let cursor = Cursor {
            value: why.into(),
            epoch: String::new(),
            at,
        };
        w.put_cursor(self.name(), &cursor)
    }
}

/// What is heard while the program runs, before it amounts to a sign.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    heard: Mutex<Heard>,
}

#[derive(Debug, Default)]
struct Heard {
    /// Each vendor's clock less ours, and when it was heard.
    clocks: BTreeMap<&'static str, (i64, DateTime<Utc>)>,
    /// Refusals for rate while few calls were made.
    refusals: VecDeque<DateTime<Utc>>,
}

impl Signs {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A vendor's answer carried its clock.
    pub(crate) fn hear_clock(&self, vendor: &'static str, skew_seconds: i64, now: DateTime<Utc>) {
        self.heard().clocks.insert(vendor, (skew_seconds, now));
    }

    /// A vendor refused a call for rate though few were made.
    pub(crate) fn hear_refusal(&self, now: DateTime<Utc>) {
        let mut heard = self.heard();
        heard.refusals.push_back(now);
        if heard.refusals.len() > REFUSALS {
            heard.refusals.pop_front();
        }
    }

    /// By how many seconds this computer's clock is fast (or, below 0, slow), once it is off
    /// by more than a minute by every clock that was heard of late. `None` when none was.
    pub(super) fn clock_off(&self, now: DateTime<Utc>) -> Option<i64> {
        let heard = self.heard();
        let of_late: Vec<i64> = heard
            .clocks
            .values()
            .filter(|(_, at)| (now - *at).abs() <= Duration::minutes(HEARD_MINUTES))
            .map(|(skew, _)| -skew)
            .collect();
        // One clock that agrees with ours shows that the other is the wrong one.
        of_late
            .into_iter()
            .min_by_key(|off| off.abs())
            .map(|off| if off.abs() > CLOCK_SECONDS { off } else { 0 })
    }

    /// Whether calls are refused too often for how few were made: some other program makes
    /// the rest. `None` leaves it as it was.
    pub(super) fn calls_are_shared(
        &self,
        since: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Option<bool> {
        let heard = self.heard();
        let first = heard.refusals.front().copied();
        let last = heard.refusals.back().copied();
        let often = heard.refusals.len() >= REFUSALS
            && first.is_some_and(|at| now - at <= Duration::minutes(REFUSALS_MINUTES));
        if often {
            return Some(true);
        }
        let over = last
            .max(since)
            .is_none_or(|at| now - at >= Duration::minutes(REFUSALS_OVER_MINUTES));
        (since.is_some() && over).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_521_600, 0).unwrap()
    }

    #[test]
    fn one_vendor_that_agrees_with_us_shows_that_the_other_is_wrong() {
        let signs = Signs::default();
        assert_eq!(
            signs.clock_off(noon()),
            None,
            "nothing heard, nothing known"
        );
        signs.hear_clock("whistl", -300, noon());
        assert_eq!(
            signs.clock_off(noon()),
            Some(300),
            "ours is five minutes fast"
        );
        signs.hear_clock("cin7", 2, noon());
        assert_eq!(signs.clock_off(noon()), Some(0));
        signs.hear_clock("cin7", -310, noon());
        assert_eq!(signs.clock_off(noon()), Some(300));
    }

    #[test]
    fn a_minute_is_forgiven() {
        let signs = Signs::default();
        signs.hear_clock("cin7", 60, noon());
        assert_eq!(signs.clock_off(noon()), Some(0));
        signs.hear_clock("cin7", 61, noon());
        assert_eq!(signs.clock_off(noon()), Some(-61));
    }

    #[test]
    fn three_refusals_in_ten_minutes_are_no_accident_and_pass_after_an_hour() {
        let signs = Signs::default();
        let after = |minutes| noon() + Duration::minutes(minutes);
        for minutes in [0, 9] {
            signs.hear_refusal(after(minutes));
        }
        assert_eq!(signs.calls_are_shared(None, after(9)), None);
        signs.hear_refusal(after(10));
        assert_eq!(signs.calls_are_shared(None, after(10)), Some(true));
        assert_eq!(signs.calls_are_shared(Some(after(10)), after(40)), None);
        assert_eq!(
            signs.calls_are_shared(Some(after(10)), after(71)),
            Some(false)
        );
    }
}
