//! A page of a feed: what could be read, what could not, and where to go on. Delivery is
//! at least once and may be late; dropping what is known is the reader's task.

use std::fmt;

use bytes::Bytes;

/// One item of a page that could not be understood. It never holds up the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadItem {
    /// Its number in the feed, where that much could be read.
    pub seq: Option<u64>,
    /// The field at fault, in their spelling.
    pub field: String,
    /// The value found there, cut short.
    pub value: String,
    /// What was expected.
    pub message: String,
    /// The item as it came.
    pub raw: Bytes,
}

impl fmt::Display for BadItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(seq) = self.seq {
            write!(f, "item {seq}, ")?;
        }
        write!(f, "{}: {} (found {})", self.field, self.message, self.value)
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Names the present run of all their counters; another one than last time means
    /// that the warehouse restored a backup. "" when they do not say, which means nothing.
    pub epoch: String,
    /// The items, ascending by number as they gave them.
    pub items: Vec<Result<T, BadItem>>,
    /// Pass it back to go on; the one asked with where they gave none. `None` only on a
    /// first page without.
    pub next_cursor: Option<String>,
    /// Whether more is ready now.
    pub has_more: bool,
}

/// What asking for a page came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageOutcome<T> {
    /// A page.
    Page(Page<T>),
    /// The cursor is older than what they keep: begin again, and drop what is known.
    Expired {
        /// Where to begin; `None` means without a cursor.
        oldest: Option<String>,
    },
}
