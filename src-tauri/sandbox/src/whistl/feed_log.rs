//! The log behind a feed that only grows (contract, section 6): published once, kept 90
//! days, read by number. What an entry says is its own business; delivery to a reader,
//! with its faults, is that of `feeds`.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Days for which an entry can be read again.
const KEPT_DAYS: i64 = 90;

/// Something published under a number.
pub(super) trait Entry: Clone {
    /// Its number in the feed.
    fn seq(&self) -> u64;
    /// Gives it another number; id and content stay.
    fn renumber(&mut self, seq: u64);
    /// When it happened.
    fn at(&self) -> DateTime<Utc>;
    /// Whether an id of its own was counted for it.
    fn has_own_id(&self) -> bool;
    /// References, ids and SKUs it is about, so that faults can be aimed at it.
    fn subjects(&self) -> Vec<&str>;
    /// The entry as the feed gives it.
    fn listing(&self) -> Value;
}

/// All entries still kept, ascending by number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FeedLog<E> {
    /// State files written when there was one feed only call them events.
    #[serde(alias = "events")]
    entries: Vec<E>,
    last_seq: u64,
    /// Counts ids, apart from the numbers: what is published again keeps its id.
    last_id: u64,
    /// Highest number that is no longer kept.
    dropped_up_to: u64,
    /// Entries kept back from readers until a time (late delivery), by number.
    hidden_until: BTreeMap<u64, DateTime<Utc>>,
}

impl<E> Default for FeedLog<E> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            last_seq: 0,
            last_id: 0,
            dropped_up_to: 0,
            hidden_until: BTreeMap::new(),
        }
    }
}

impl<E: Entry> FeedLog<E> {
    /// The number for the next entry.
    pub(super) fn next_seq(&mut self) -> u64 {
        self.last_seq += 1;
        self.last_seq
    }

    /// What the next id is made of.
    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Adds an entry under the number it was given.
    pub(super) fn push(&mut self, entry: E) {
        self.entries.push(entry);
    }

    /// The number before the oldest entry still kept.
    pub(super) fn oldest_cursor(&self) -> u64 {
        self.dropped_up_to
    }

    /// Forgets entries older than the feed keeps them.
    pub(super) fn forget_old(&mut self, now: DateTime<Utc>) {
        let Some(oldest) = now.checked_sub_signed(Duration::days(KEPT_DAYS)) else {
            return;
        };
        let gone = self
            .entries
            .iter()
            .take_while(|entry| entry.at() < oldest)
            .count();
        if let Some(last) = self.entries.drain(..gone).next_back() {
            self.dropped_up_to = last.seq();
        }
    }

    /// Entries after a number, oldest first.
    pub(super) fn after(&self, seq: u64) -> &[E] {
        let start = self.entries.partition_point(|entry| entry.seq() <= seq);
        self.entries.get(start..).unwrap_or_default()
    }

    /// Until when an entry is kept back, if late delivery was ever decided for it.
    pub(super) fn hidden_until(&self, seq: u64) -> Option<DateTime<Utc>> {
        self.hidden_until.get(&seq).copied()
    }

    /// Keeps an entry back from readers.
    pub(super) fn hide(&mut self, seq: u64, until: DateTime<Utc>) {
        self.hidden_until.insert(seq, until);
    }

    /// Keeps everything back that was published about one subject.
    pub(super) fn hide_about(&mut self, subject: &str, until: DateTime<Utc>) {
        let about = self
            .entries
            .iter()
            .filter(|entry| entry.subjects().contains(&subject));
        let seqs: Vec<u64> = about.map(Entry::seq).collect();
        for seq in seqs {
            self.hide(seq, until);
        }
    }

    /// Publishes entries again under new numbers, ids and content unchanged.
    pub(super) fn publish_again(&mut self, seqs: &[u64]) {
        let copies: Vec<E> = self
            .entries
            .iter()
            .filter(|entry| seqs.contains(&entry.seq()))
            .cloned()
            .collect();
        for mut copy in copies {
            copy.renumber(self.next_seq());
            self.entries.push(copy);
        }
    }

    /// Publishes everything kept again, as a restored backup does when it replays.
    pub(super) fn publish_all_again(&mut self) {
        let seqs: Vec<u64> = self.entries.iter().map(Entry::seq).collect();
        self.publish_again(&seqs);
    }

    /// Forgets the last entries and turns the counters back, as a restored backup does:
    /// what happens next gets numbers and ids that were used before.
    pub(super) fn turn_back(&mut self, count: usize) {
        for _ in 0..count {
            if let Some(gone) = self.entries.pop() {
                self.hidden_until.remove(&gone.seq());
                self.last_seq = self.last_seq.saturating_sub(1);
                let ids = u64::from(gone.has_own_id());
                self.last_id = self.last_id.saturating_sub(ids);
            }
        }
    }
}
