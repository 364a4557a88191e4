//! How fast one vendor may be called. A sliding window, kept at our end so that the
//! vendor's own count can never run over its limit, with lanes so that orders go first
//! and nothing stands still. Knows neither vendor nor database.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::Clock;

/// What a call is for, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Finding and sending orders.
    Orders,
    /// Despatches.
    Despatches,
    /// Adjustments and stock levels.
    Stock,
    /// Comparing the two sides.
    Reconciliation,
    /// Everything that can wait: products, reference data, marks.
    Background,
}

impl Lane {
    /// All lanes, the most urgent first.
    pub const ALL: [Self; 5] =
        [Self::Orders, Self::Despatches, Self::Stock, Self::Reconciliation, Self::Background];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Despatches => "despatches",
            Self::Stock => "stock",
            Self::Reconciliation => "reconciliation",
            Self::Background => "background",
        }
    }
}

/// Keeps the beginnings of calls where a restart finds them again.
pub trait CallLedger: Send + Sync {
    /// A call is about to leave. Returns only once that is on record.
    fn begun(&self, at: DateTime<Utc>);
}

/// How much of the window is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Calls that count at this moment, those under way included.
    pub used: u32,
    /// How many may.
    pub limit: u32,
    /// Until when every call waits, if the vendor asked for it.
    pub paused_until: Option<DateTime<Utc>>,
    /// Of `used`, how many each lane began since the start of this process.
    pub by_lane: [(Lane, u32); 5],
    /// How many callers wait for a turn.
    pub waiting: u32,
}

/// One vendor's pacer. Clones share one window.
#[derive(Clone)]
pub struct Pacer {
    clock: Arc<dyn Clock>,
}

impl Pacer {
    /// A pacer of `limit_per_minute` calls in any 60 s, at most `in_flight` at a time
    /// (both at least 1).
    pub fn new(limit_per_minute: u32, in_flight: usize, clock: Arc<dyn Clock>) -> Self {
        let _ = (limit_per_minute, in_flight);
        Self { clock }
    }

    /// The same, telling `ledger` of every call before it leaves.
    #[must_use]
    pub fn with_ledger(self, ledger: Arc<dyn CallLedger>) -> Self {
        let _ = ledger;
        self
    }

    /// The same, with not more than `calls` in any `per`, for a vendor that also limits
    /// bursts.
    #[must_use]
    pub fn with_burst(self, calls: u32, per: Duration) -> Self {
        let _ = (calls, per);
        self
    }

    /// Takes up after a restart: the beginnings of earlier calls as the ledger kept them,
    /// in any order; those long past are ignored.
    pub fn restore(&self, begun: Vec<DateTime<Utc>>) {
        let _ = begun;
    }

    /// Waits for a turn. Safe to drop at any point: nobody else's turn is lost.
    pub async fn turn(&self, lane: Lane) -> Turn {
        let _ = lane;
        todo!()
    }

    /// Every call waits until then. A shorter pause never shortens a longer one.
    pub fn pause_until(&self, until: DateTime<Utc>) {
        let _ = until;
    }

    /// Changes the limit; calls already begun keep counting.
    pub fn set_limit(&self, limit_per_minute: u32) {
        let _ = limit_per_minute;
    }

    /// How much of the window is used at `now`.
    pub fn usage(&self, now: DateTime<Utc>) -> Usage {
        let _ = (now, &self.clock);
        todo!()
    }

    /// How long a call of this lane asked for now would wait, as far as can be told:
    /// those before it in its own and more urgent lanes are taken into account.
    pub fn would_wait(&self, lane: Lane) -> Duration {
        let _ = lane;
        todo!()
    }
}

/// Leave to make one call. Dropping it marks the end of the call.
#[must_use = "the call it allows ends when it is dropped"]
pub struct Turn {}

impl Turn {
    /// The call has ended.
    pub fn done(self) {}
}
