//! Lists that are open: each frozen as it was when it was opened, so that nothing moves under
//! the hand. What a list is of, and what its rows say, is not known here.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use crate::shapes::{ListNews, UiError};

/// Lists kept open at one time.
const OPEN: usize = 8;
/// Rows of all open lists together, beyond which the longest unused is dropped: a list is
/// cheap to open again.
const KEPT: usize = 600_000;
/// Rows given at one time at most.
const ROWS: u32 = 200;

/// A list as it was when it was opened.
#[derive(Debug)]
pub(crate) struct Frozen<Q, K> {
    /// What was asked for.
    pub(crate) query: Q,
    /// Its rows, in its order.
    pub(crate) keys: Vec<K>,
    /// There were more.
    pub(crate) capped: bool,
}

impl<Q, K: Copy + Eq + Hash> Frozen<Q, K> {
    /// The rows from the given place on; at most 200.
    pub(crate) fn page(&self, from: u32, count: u32) -> impl Iterator<Item = K> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let count = usize::try_from(count.min(ROWS)).unwrap_or_default();
        self.keys.iter().skip(from).take(count).copied()
    }

    /// What the list misses of those it would hold now. Of a list that was too long to be
    /// whole nothing is told.
    pub(crate) fn news(
        &self,
        now: impl ExactSizeIterator<Item = K> + Clone,
        capped: bool,
    ) -> ListNews {
        if self.capped || capped || now.clone().eq(self.keys.iter().copied()) {
            return ListNews { new: 0, gone: 0 };
        }
        let before: HashSet<K> = self.keys.iter().copied().collect();
        let listed = now.len();
        let stayed = now.filter(|key| before.contains(key)).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        ListNews {
            new: count(listed - stayed),
            gone: count(before.len() - stayed),
        }
    }
}

/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug)]
pub(crate) struct OpenLists<Q, K> {
    kept: Mutex<Kept<Q, K>>,
}

#[derive(Debug)]
struct Kept<Q, K> {
    last: u32,
    /// The one used last comes last.
    open: VecDeque<(u32, Arc<Frozen<Q, K>>)>,
}

impl<Q, K> Default for OpenLists<Q, K> {
    fn default() -> Self {
        Self {
            kept: Mutex::new(Kept {
                last: 0,
                open: VecDeque::new(),
            }),
        }
    }
}

impl<Q, K> OpenLists<Q, K> {
    /// Keeps a list open, and gives back its number.
    pub(crate) fn keep(&self, frozen: Frozen<Q, K>) -> u32 {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let list = kept.last;
        let open = &mut kept.open;
        open.push_back((list, Arc::new(frozen)));
        let rows = |open: &VecDeque<(u32, Arc<Frozen<Q, K>>)>| -> usize {
            open.iter().map(|(_, frozen)| frozen.keys.len()).sum()
        };
        while open.len() > OPEN || (open.len() > 1 && rows(open) > KEPT) {
            open.pop_front();
        }
        list
    }

    /// The list of that number, which counts as used now.
    ///
    /// # Errors
    /// `list_gone` when it is not open any more.
    pub(crate) fn get(&self, list: u32) -> Result<Arc<Frozen<Q, K>>, UiError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.open.iter().position(|(number, _)| *number == list);
        let Some(used) = found.and_then(|at| kept.open.remove(at)) else {
            return Err(UiError::wrong(
                "list_gone",
                "This list is not open any more. Open it again.",
            ));
        };
        let frozen = Arc::clone(&used.1);
        kept.open.push_back(used);
        Ok(frozen)
    }
}
