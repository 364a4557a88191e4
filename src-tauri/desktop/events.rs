//! What the page is told without asking: at once when it is quiet, and then no more often
//! than a page can use. What happened in between is told together.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use screens::shapes::Doing;
use store::Changes;
use tokio::sync::Notify;

/// Shortest time between two words of what changed.
pub(crate) const CHANGED_EVERY: Duration = Duration::from_millis(250);
/// Shortest time between two words of how far an action is.
pub(crate) const DOING_EVERY: Duration = Duration::from_millis(200);

/// Several things to tell as one.
pub(crate) trait Joined: Sized {
    /// Both, as one.
    fn joined(self, later: Self) -> Self;
}

impl Joined for Changes {
    fn joined(self, later: Self) -> Self {
        self | later
    }
}

/// How far each action is, by its number: only the last of each is worth telling.
impl Joined for BTreeMap<u32, Doing> {
    fn joined(mut self, later: Self) -> Self {
        self.extend(later);
        self
    }
}

/// What waits to be told. One side notes, the other tells.
#[derive(Debug)]
pub(crate) struct Pending<T> {
    waiting: Mutex<Option<T>>,
    bell: Notify,
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self {
            waiting: Mutex::new(None),
            bell: Notify::new(),
        }
    }
}

impl<T: Joined> Pending<T> {
    /// Notes something to tell. Never waits.
    pub(crate) fn note(&self, what: T) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = Some(match waiting.take() {
            Some(earlier) => earlier.joined(what),
            None => what,
        });
        drop(waiting);
        self.bell.notify_one();
    }

    /// Tells what was noted, for ever, and never twice within `every`.
    pub(crate) async fn tell(&self, every: Duration, told: impl Fn(T)) {
        loop {
            self.bell.notified().await;
            let what = self
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if let Some(what) = what {
                told(what);
                tokio::time::sleep(every).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    struct Told {
        pending: Arc<Pending<Changes>>,
        heard: Arc<Mutex<Vec<(u128, Changes)>>>,
    }

    /// A listener on a clock that only the test moves on.
    fn listening() -> Told {
        let pending = Arc::new(Pending::default());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (ours, ear) = (Arc::clone(&pending), Arc::clone(&heard));
        let began = tokio::time::Instant::now();
        tokio::spawn(async move {
            ours.tell(CHANGED_EVERY, move |changes| {
                ear.lock()
                    .unwrap()
                    .push((began.elapsed().as_millis(), changes));
            })
            .await;
        });
        Told { pending, heard }
    }

    fn orders() -> Changes {
        Changes {
            orders: true,
            ..Changes::default()
        }
    }

    fn calls() -> Changes {
        Changes {
            calls: true,
            ..Changes::default()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_change_is_told_at_once_and_the_rest_together() {
        let told = listening();
        told.pending.note(orders());
        tokio::time::sleep(Duration::from_millis(1)).await;
        for _ in 0..100 {
            told.pending.note(calls());
        }
        told.pending.note(orders());
        tokio::time::sleep(Duration::from_secs(2)).await;
        let heard = told.heard.lock().unwrap().clone();
        assert_eq!(heard, [(0, orders()), (250, orders() | calls())]);
    }

    #[tokio::test(start_paused = true)]
    async fn however_much_changes_the_page_is_told_four_times_a_second() {
        let told = listening();
        for _ in 0..1_000 {
            told.pending.note(calls());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let heard = told.heard.lock().unwrap().len();
        assert!((39..=41).contains(&heard), "{heard} in ten seconds");
    }
}
