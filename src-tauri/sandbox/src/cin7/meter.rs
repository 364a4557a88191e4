//! The call limit and the count of calls. It counts arrivals on the metered clock
//! and nothing else: what a refusal looks like is `gate`'s question.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The length of the limit's window. Documented: 60 calls in any 60 seconds.
pub(super) const WINDOW: Duration = Duration::from_mins(1);
/// Paths are the caller's text; past this many different ones the rest share a line.
const PATHS_COUNTED: usize = 200;

/// Every call that arrived, and which of them the limit let in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Meter {
    /// Calls let in within any window.
    pub(super) limit: usize,
    pub(super) total: u64,
    pub(super) refused: u64,
    pub(super) max_in_window: usize,
    pub(super) by_path: BTreeMap<String, u64>,
    // Kept in a saved state: the vendor does not forget a minute because we stopped.
    arrivals: VecDeque<Duration>,
    let_in: VecDeque<Duration>,
    refusing_since: Option<Duration>,
}

impl Meter {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            total: 0,
            refused: 0,
            max_in_window: 0,
            by_path: BTreeMap::new(),
            arrivals: VecDeque::new(),
            let_in: VecDeque::new(),
            refusing_since: None,
        }
    }

    /// Counts one arrival, whatever becomes of it.
    pub(super) fn arrive(&mut self, at: Duration, call: &str) {
        self.total += 1;
        let known = self.by_path.contains_key(call) || self.by_path.len() < PATHS_COUNTED;
        let line = if known { call } else { "(other)" };
        *self.by_path.entry(line.to_owned()).or_default() += 1;
        forget_before(&mut self.arrivals, at);
        self.arrivals.push_back(at);
        // The fullest window always ends at some arrival, so looking back from
        // each arrival sees them all.
        self.max_in_window = self.max_in_window.max(self.arrivals.len());
    }

    /// Whether the limit lets this call in. A refused call takes no room in the window.
    /// `recovery` is how long after the first refusal the vendor forgets the window.
    pub(super) fn admit(&mut self, at: Duration, limit: usize, recovery: Duration) -> bool {
        if self
            .refusing_since
            .is_some_and(|since| at >= since + recovery)
        {
            self.let_in.clear();
            self.refusing_since = None;
        }
        forget_before(&mut self.let_in, at);
        if self.let_in.len() < limit {
            self.let_in.push_back(at);
            self.refusing_since = None;
            return true;
        }
        self.refusing_since.get_or_insert(at);
        false
    }
}

/// Drops what has left the window that ends now. A clock that was set back leaves
/// arrivals in the future; they are dropped too, or the window would never empty.
fn forget_before(arrivals: &mut VecDeque<Duration>, now: Duration) {
    while arrivals.front().is_some_and(|&at| at + WINDOW <= now) {
        arrivals.pop_front();
    }
    while arrivals.back().is_some_and(|&at| at > now) {
        arrivals.pop_back();
    }
}
