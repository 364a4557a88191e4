//! The call limit: 120 a minute per key with a burst of 20 (contract, section 7),
//! read as a bucket of 20 that gains one call each half second (assumed).

use std::time::Duration;

/// Calls a minute the headers speak of.
const PER_MINUTE: u32 = 120;
/// Calls that may come at once.
const BURST: u32 = 20;
/// Time in which one call is gained.
const GAP: Duration = Duration::from_millis(60_000 / PER_MINUTE as u64);

/// The bucket, kept as the time at which it will be full again.
#[derive(Clone, Debug, Default)]
pub(super) struct Bucket {
    full_at: Duration,
}

/// What the limit says to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Whether the call may pass.
    pub(super) passes: bool,
    /// Calls that could follow at once.
    pub(super) remaining: u32,
    /// Whole seconds, rounded up, until all calls are to be had again.
    pub(super) reset_seconds: u64,
    /// Whole seconds, rounded up, until one call may pass.
    pub(super) retry_seconds: u64,
}

impl Bucket {
    /// Counts a call at `now` on the metered clock, if it may pass.
    pub(super) fn take(&mut self, now: Duration) -> Allowance {
        let window = GAP * BURST;
        // A clock that began anew (a restart) must not lock the key out.
        if self.full_at > now + window {
            self.full_at = now;
        }
        let after = self.full_at.max(now) + GAP;
        let passes = after <= now + window;
        if passes {
            self.full_at = after;
        }
        let owed = self.full_at.saturating_sub(now);
        let free = window.saturating_sub(owed).as_millis() / GAP.as_millis();
        Allowance {
            passes,
            remaining: u32::try_from(free).unwrap_or(BURST),
            reset_seconds: whole_seconds(owed),
            retry_seconds: whole_seconds((owed + GAP).saturating_sub(window)).max(1),
        }
    }
}

impl Allowance {
    /// The advisory headers.
    pub(super) fn headers(self) -> [(String, String); 3] {
        [
            ("X-RateLimit-Limit".into(), PER_MINUTE.to_string()),
            ("X-RateLimit-Remaining".into(), self.remaining.to_string()),
            ("X-RateLimit-Reset".into(), self.reset_seconds.to_string()),
        ]
    }
}

fn whole_seconds(span: Duration) -> u64 {
    span.as_secs() + u64::from(span.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_at_once_pass_and_the_next_waits_half_a_second() {
        let mut bucket = Bucket::default();
        let now = Duration::from_secs(100);
        for call in 1..=20 {
            assert!(bucket.take(now).passes, "call {call}");
        }
        let refused = bucket.take(now);
        assert!(!refused.passes);
        assert_eq!(refused.retry_seconds, 1);
        assert!(bucket.take(now + GAP).passes);
        assert!(!bucket.take(now + GAP).passes);
    }

    #[test]
    fn an_even_two_a_second_never_meets_the_limit() {
        let mut bucket = Bucket::default();
        for call in 0..1000 {
            assert!(bucket.take(GAP * call).passes, "call {call}");
        }
    }

    #[test]
    fn a_clock_that_begins_anew_does_not_lock_the_key_out() {
        let mut bucket = Bucket::default();
        bucket.take(Duration::from_secs(100_000));
        assert!(bucket.take(Duration::ZERO).passes);
    }
}
