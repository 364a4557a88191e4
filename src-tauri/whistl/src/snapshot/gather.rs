//! Gathers the pages of one snapshot and says whether they make a whole. Pure: whoever
//! gathers asks for the pages, [`Gathering`] says which is next.
//!
//! Only a [`WholeSnapshot`] gives levels that can be compared, and only
//! [`Gathering::finish`] makes one. What was read of any other can be shown as not
//! compared, in a type that no comparison takes.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use domain::stock::{CountedLevel, SnapshotHead};

use super::SnapshotPage;
use super::missing::{MOST_SKUS, Missing};
use crate::feed::BadItem;

/// Pages in a row that may bring nothing new before they count as going in circles.
const IDLE_PAGES: u32 = 3;

/// The pages of one snapshot, being gathered.
#[derive(Clone, Debug)]
pub struct Gathering {
    head: SnapshotHead,
    levels: BTreeMap<String, CountedLevel>,
    repeated: BTreeSet<String>,
    contradicted: BTreeSet<String>,
    bad: Vec<BadItem>,
    bad_raw: BTreeSet<Bytes>,
    idle: u32,
    next: Next,
    stopped: Option<Missing>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask for the page after this cursor; `None` is the first page.
    Ask(Option<String>),
    /// Nothing more is to be asked: [`Gathering::finish`].
    Finish,
}

impl Gathering {
    /// Begins with what the snapshot says of itself.
    pub fn new(head: SnapshotHead) -> Self {
        let announced = head.item_count;
        let stopped = (announced > MOST_SKUS).then_some(Missing::Room { announced });
        Self {
            head,
            levels: BTreeMap::new(),
            repeated: BTreeSet::new(),
            contradicted: BTreeSet::new(),
            bad: Vec::new(),
            bad_raw: BTreeSet::new(),
            idle: 0,
            next: if stopped.is_some() {
                Next::Finish
            } else {
                Next::Ask(None)
            },
            stopped,
        }
    }

    /// What the snapshot says of itself.
    pub fn head(&self) -> &SnapshotHead {
        &self.head
    }

    /// What to do next. It comes to an end whatever they answer.
    pub fn next(&self) -> &Next {
        &self.next
    }

    /// Takes the page that was asked for. After [`Next::Finish`] no page is taken.
    pub fn take(&mut self, page: SnapshotPage) {
        if self.next == Next::Finish {
            return;
        }
        if page.snapshot != self.head.id {
            let found = page.snapshot;
            return self.stop(Missing::OneSnapshot { found });
        }
        let mut is_news = false;
        for row in page.rows {
            is_news |= self.take_row(row);
        }
        self.idle = if is_news { 0 } else { self.idle + 1 };
        if !page.has_more {
            self.next = Next::Finish;
        } else if page.next_cursor.is_none() || self.idle >= IDLE_PAGES {
            self.stop(Missing::AnEnd);
        } else if self.seen() > self.head.item_count {
            // No page to come can mend that; the count is said at the end.
            self.stop(Missing::Pages);
        } else {
            self.next = Next::Ask(page.next_cursor);
        }
    }

    /// Takes the word that the snapshot is no longer kept.
    pub fn expired(&mut self) {
        if self.next != Next::Finish {
            self.stop(Missing::Time);
        }
    }

    /// The whole, or what is missing to it.
    ///
    /// # Errors
    /// All that is missing, with what was read.
    pub fn finish(self) -> Result<WholeSnapshot, Box<PartSnapshot>> {
        let missing = self.missing();
        let Self {
            head,
            levels,
            repeated,
            bad,
            ..
        } = self;
        if missing.is_empty() {
            return Ok(WholeSnapshot {
                head,
                levels: levels.into_values().collect(),
                repeated: repeated.into_iter().collect(),
            });
        }
        Err(Box::new(PartSnapshot {
            head,
            missing,
            rows: levels.into_values().map(UncomparedRow::from).collect(),
            repeated: repeated.into_iter().collect(),
            bad,
        }))
    }

    fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if !self.head.is_complete {
            missing.push(Missing::TheirWord);
        }
        match (&self.stopped, &self.next) {
            (Some(why), _) => missing.push(why.clone()),
            (None, Next::Ask(_)) => missing.push(Missing::Pages),
            (None, Next::Finish) => {}
        }
        if !self.bad.is_empty() {
            let rows = self.bad.len();
            missing.push(Missing::ReadableRows { rows });
        }
        let (announced, found) = (self.head.item_count, count(self.levels.len()));
        if announced != found {
            missing.push(Missing::Count { announced, found });
        }
        if !self.contradicted.is_empty() {
            let skus = self.contradicted.iter().cloned().collect();
            missing.push(Missing::OneFigure { skus });
        }
        missing
    }

    /// Whether the row brought anything new.
    fn take_row(&mut self, row: Result<CountedLevel, BadItem>) -> bool {
        let level = match row {
            Ok(level) => level,
            Err(bad) => {
                // One that comes again is no news, or they could come for ever.
                let is_news = self.bad_raw.insert(bad.raw.clone());
                if is_news {
                    self.bad.push(bad);
                }
                return is_news;
            }
        };
        match self.levels.get(&level.sku) {
            None => {
                self.levels.insert(level.sku.clone(), level);
                true
            }
            Some(known) => {
                if *known != level {
                    self.contradicted.insert(level.sku.clone());
                }
                self.repeated.insert(level.sku);
                false
            }
        }
    }

    fn seen(&self) -> u64 {
        count(self.levels.len()).saturating_add(count(self.bad.len()))
    }

    fn stop(&mut self, why: Missing) {
        self.stopped = Some(why);
        self.next = Next::Finish;
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A snapshot of which every page was read, every row understood, and as many SKUs found
/// as were announced. A SKU that is not in it is at nought only if it is on the warehouse's
/// list of items (the contract's 5.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeSnapshot {
    head: SnapshotHead,
    levels: Vec<CountedLevel>,
    repeated: Vec<String>,
}

impl WholeSnapshot {
    /// What it says of itself.
    pub fn head(&self) -> &SnapshotHead {
        &self.head
    }

    /// Each SKU once, in the order of their letters.
    pub fn levels(&self) -> &[CountedLevel] {
        &self.levels
    }

    /// The level of a SKU, to the letter.
    pub fn level(&self, sku: &str) -> Option<&CountedLevel> {
        let at = self
            .levels
            .binary_search_by(|level| level.sku.as_str().cmp(sku))
            .ok()?;
        self.levels.get(at)
    }

    /// SKUs that came more than once, with equal figures each time.
    pub fn repeated(&self) -> &[String] {
        &self.repeated
    }
}

/// What was read of a snapshot that is not whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartSnapshot {
    head: SnapshotHead,
    missing: Vec<Missing>,
    rows: Vec<UncomparedRow>,
    repeated: Vec<String>,
    bad: Vec<BadItem>,
}

impl PartSnapshot {
    /// What it says of itself.
    pub fn head(&self) -> &SnapshotHead {
        &self.head
    }

    /// All that is missing; at least one thing.
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// What was read, to be shown as not compared. Where rows of a SKU differ, the first.
    pub fn rows(&self) -> &[UncomparedRow] {
        &self.rows
    }

    /// SKUs that came more than once.
    pub fn repeated(&self) -> &[String] {
        &self.repeated
    }

    /// Rows that could not be read.
    pub fn bad(&self) -> &[BadItem] {
        &self.bad
    }
}

/// A row of a snapshot that is not whole: fit to be shown, and for nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncomparedRow {
    /// Their SKU, as they spell it.
    pub sku: String,
    /// Units in the building, as far as is known.
    pub on_hand: i64,
    /// Units promised to warehouse orders, as far as is known.
    pub allocated: i64,
    /// Units that cannot be sold, as far as is known.
    pub quarantined: i64,
}

impl From<CountedLevel> for UncomparedRow {
    fn from(level: CountedLevel) -> Self {
        Self {
            sku: level.sku,
            on_hand: level.on_hand,
            allocated: level.allocated,
            quarantined: level.quarantined,
        }
    }
}

#[cfg(test)]
mod tests;
