//! A clock that stands on tokio's paused time: it moves only when everything waits, and a
//! simulated day passes in as long as its work takes.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;
use vendor::{Clock, Pause};

/// See the module's head. Must be made inside a runtime whose time is paused.
#[derive(Clone, Copy, Debug)]
pub struct SimClock {
    start: DateTime<Utc>,
    origin: Instant,
}

impl SimClock {
    /// A clock that shows `start` now.
    pub fn starting(start: DateTime<Utc>) -> Self {
        Self {
            start,
            origin: Instant::now(),
        }
    }

    /// How long this clock has run.
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(self.origin)
    }
}

impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        self.start + TimeDelta::from_std(self.elapsed()).unwrap_or_default()
    }

    fn sleep(&self, how_long: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(how_long))
    }
}
