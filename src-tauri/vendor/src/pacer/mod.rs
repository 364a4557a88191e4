//! How fast one vendor may be called. A sliding window, kept at our end so that the
//! vendor's own count can never run over its limit, with lanes so that orders go first
//! and nothing stands still. Knows neither vendor nor database.

mod lanes;
mod window;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::Clock;
use window::{Answer, Window};

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
    pub const ALL: [Self; 5] = [
        Self::Orders,
        Self::Despatches,
        Self::Stock,
        Self::Reconciliation,
        Self::Background,
    ];

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

    /// The lane of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lane| lane.word() == word)
    }
}

/// Keeps the beginnings of calls where a restart finds them again.
pub trait CallLedger: Send + Sync {
    /// A call of that lane is about to leave. Returns only once that is on record.
    fn begun(&self, lane: Lane, at: DateTime<Utc>);
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
///
/// A call counts from its beginning until 60 s (and a quarter) after its *end*, because
/// the vendor counts it at its arrival, which lies somewhere in between. So whenever a
/// call leaves, every earlier one that could have arrived within the last 60 s is still
/// counted, and no 60 s can see more arrivals than the limit.
///
/// Holds against a clock set back: what counted goes on counting for as long as it would
/// have. A clock set forward within the last minute cannot be told from a pause of the
/// machine; then the vendor's refusal is what stops us.
#[derive(Clone)]
pub struct Pacer {
    shared: Arc<Shared>,
    ledger: Option<Arc<dyn CallLedger>>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    window: Mutex<Window>,
    /// Somebody's chance of a turn may have changed.
    changed: Notify,
}

impl Shared {
    fn window(&self) -> MutexGuard<'_, Window> {
        // Nothing in the window can be left half done, so a panic elsewhere is no reason
        // to stop calling.
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The window brought up to the clock. The clock is read under the lock, so that two
    /// readings never come in the wrong order.
    fn present(&self) -> (MutexGuard<'_, Window>, DateTime<Utc>) {
        let mut window = self.window();
        let now = self.clock.now();
        window.settle(now);
        (window, now)
    }
}

impl Pacer {
    /// A pacer of `limit_per_minute` calls in any 60 s, at most `in_flight` at a time
    /// (both at least 1).
    pub fn new(limit_per_minute: u32, in_flight: usize, clock: Arc<dyn Clock>) -> Self {
        let window = Mutex::new(Window::new(limit_per_minute, in_flight));
        Self {
            shared: Arc::new(Shared {
                clock,
                window,
                changed: Notify::new(),
            }),
            ledger: None,
        }
    }

    /// The same, telling `ledger` of every call before it leaves.
    #[must_use]
    pub fn with_ledger(self, ledger: Arc<dyn CallLedger>) -> Self {
        Self {
            ledger: Some(ledger),
            ..self
        }
    }

    /// The same, with not more than `calls` in any `per` (at most 1 h), for a vendor that
    /// also limits bursts.
    #[must_use]
    pub fn with_burst(self, calls: u32, per: Duration) -> Self {
        self.shared.window().set_burst(calls, per);
        self
    }

    /// Takes up after a restart: the beginnings of earlier calls as the ledger kept them,
    /// in any order; those long past are ignored. Call it before the first turn.
    ///
    /// When they ended is not known. Since never more than `in_flight` were under way at
    /// once, all but so many of those begun before a given call had ended by then; the
    /// last few are taken to have ended just now.
    pub fn restore(&self, begun: Vec<DateTime<Utc>>) {
        let (mut window, now) = self.shared.present();
        window.restore(begun, now);
        drop(window);
        self.shared.changed.notify_waiters();
    }

    /// Waits for a turn. Safe to drop at any point: nobody else's turn is lost.
    pub async fn turn(&self, lane: Lane) -> Turn {
        let mut place = Place::take(&self.shared, lane);
        loop {
            // Listening begins before asking, so that no change falls in between.
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            match place.ask() {
                Answer::Go { call, at } => return self.begin(call, lane, at),
                Answer::Later => changed.await,
                Answer::NotBefore(wait) => {
                    tokio::select! {
                        () = changed => {}
                        () = self.shared.clock.sleep(wait) => {}
                    }
                }
            }
        }
    }

    fn begin(&self, call: u64, lane: Lane, at: DateTime<Utc>) -> Turn {
        let turn = Turn {
            shared: Arc::clone(&self.shared),
            call,
        };
        if let Some(ledger) = &self.ledger {
            ledger.begun(lane, at);
        }
        turn
    }

    /// Every call waits until then. A shorter pause never shortens a longer one.
    pub fn pause_until(&self, until: DateTime<Utc>) {
        self.shared.present().0.pause_until(until);
        self.shared.changed.notify_waiters();
    }

    /// Ends a pause before its time: somebody wants to know now.
    pub fn end_pause(&self) {
        self.shared.window().end_pause();
        self.shared.changed.notify_waiters();
    }

    /// Changes the limit (at least 1); calls already begun keep counting.
    pub fn set_limit(&self, limit_per_minute: u32) {
        self.shared.window().set_limit(limit_per_minute);
        self.shared.changed.notify_waiters();
    }

    /// How much of the window is used at `now`.
    pub fn usage(&self, now: DateTime<Utc>) -> Usage {
        self.shared.window().usage(now)
    }

    /// How long a call of this lane asked for now would wait, as far as can be told:
    /// those before it in its own and more urgent lanes are taken into account, the time
    /// that calls take is not.
    pub fn would_wait(&self, lane: Lane) -> Duration {
        let (window, now) = self.shared.present();
        window.would_wait(lane, now)
    }
}

impl fmt::Debug for Pacer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pacer").finish_non_exhaustive()
    }
}

/// A place in the queue, given up when dropped.
struct Place<'a> {
    shared: &'a Shared,
    lane: Lane,
    /// `None` once the turn has come.
    ticket: Option<u64>,
}

impl<'a> Place<'a> {
    fn take(shared: &'a Shared, lane: Lane) -> Self {
        let mut window = shared.window();
        let before = window.lanes.next();
        let ticket = window.lanes.join(lane);
        let next = window.lanes.next();
        drop(window);
        // By joining one lane it can come to be another's turn in a third, and that
        // caller has no timer of its own yet.
        if next != before && next != Some(ticket) {
            shared.changed.notify_waiters();
        }
        Self {
            shared,
            lane,
            ticket: Some(ticket),
        }
    }

    fn ask(&mut self) -> Answer {
        let Some(ticket) = self.ticket else {
            return Answer::Later;
        };
        let (mut window, now) = self.shared.present();
        let answer = window.ask(ticket, self.lane, now);
        if matches!(answer, Answer::Go { .. }) {
            self.ticket = None;
            drop(window);
            // Another is the next one now, and may go at once.
            self.shared.changed.notify_waiters();
        }
        answer
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.shared.window().lanes.leave(ticket, self.lane);
            self.shared.changed.notify_waiters();
        }
    }
}

/// Leave to make one call. Dropping it marks the end of the call.
#[must_use = "the call it allows ends when it is dropped"]
pub struct Turn {
    shared: Arc<Shared>,
    call: u64,
}

impl Turn {
    /// The call has ended.
    pub fn done(self) {}
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (mut window, now) = self.shared.present();
        window.ended(self.call, now);
        drop(window);
        self.shared.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
