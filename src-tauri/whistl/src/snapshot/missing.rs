//! What can be missing to a whole snapshot, and the words for it.

use std::fmt;

/// Most SKUs that are gathered; a snapshot that announces more is not begun with
/// (*assumed* to be far beyond any merchant; it bounds what is held in memory).
pub(super) const MOST_SKUS: u64 = 500_000;

/// What is missing to a whole snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// They do not say that the snapshot is complete.
    TheirWord,
    /// Pages were left unread.
    Pages,
    /// It was no longer kept before all was read.
    Time,
    /// A page was of another snapshot, or did not say of which.
    OneSnapshot {
        /// The one that the page named; may be "".
        found: String,
    },
    /// More was announced without a way to get there, or page after page brought nothing
    /// new.
    AnEnd,
    /// Rows that could not be read; see [`crate::PartSnapshot::bad`].
    ReadableRows {
        /// How many.
        rows: usize,
    },
    /// The number of SKUs is not the one they announced.
    Count {
        /// SKUs announced.
        announced: u64,
        /// Different SKUs found.
        found: u64,
    },
    /// SKUs with two rows that differ.
    OneFigure {
        /// Each of them once.
        skus: Vec<String>,
    },
    /// More SKUs than are gathered at all.
    Room {
        /// SKUs announced.
        announced: u64,
    },
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TheirWord => f.write_str("Whistl does not say that it is complete"),
            Self::Pages => f.write_str("not all of its pages were read"),
            Self::Time => f.write_str("it expired while it was being read"),
            Self::OneSnapshot { found } if found.is_empty() => {
                f.write_str("a page does not say of which snapshot it is")
            }
            Self::OneSnapshot { found } => write!(f, "a page is of another snapshot, {found}"),
            Self::AnEnd => f.write_str("its pages lead nowhere"),
            Self::ReadableRows { rows } => write!(f, "rows that cannot be read: {rows}"),
            Self::Count { announced, found } => {
                write!(f, "SKUs announced: {announced}, found: {found}")
            }
            Self::OneFigure { skus } => {
                write!(f, "rows that contradict each other: {}", skus.join(", "))
            }
            Self::Room { announced } => {
                write!(f, "SKUs announced: {announced}, read at most: {MOST_SKUS}")
            }
        }
    }
}
