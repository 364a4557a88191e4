//! Walks several streams of log entries as one, newest first, a bit of each at a time.

use std::collections::VecDeque;

use engine::views::Views;
use store::{EntryRow, JournalFilter, StoreFault};

/// Entries fetched of one stream at a time.
const CHUNK: u32 = 120;
/// Entries looked at for one page at most: a search that finds little ends early and says
/// where to go on.
const LOOKED_AT: usize = 4_000;

/// A page of entries.
pub(super) struct Found {
    pub(super) entries: Vec<EntryRow>,
    /// Where the next page begins; none at the end.
    pub(super) next: Option<i64>,
}

struct Stream {
    filter: JournalFilter,
    ready: VecDeque<EntryRow>,
    done: bool,
}

impl Stream {
    fn newest(&mut self, look: &Views<'_>) -> Result<Option<i64>, StoreFault> {
        if self.ready.is_empty() && !self.done {
            let rows = look.reading.journal(&self.filter)?;
            self.done = rows.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX);
            self.filter.before = rows.last().map(|row| row.id).or(self.filter.before);
            self.ready.extend(rows);
        }
        Ok(self.ready.front().map(|row| row.id))
    }
}

/// The newest entries of these streams that are wanted, at most so many.
pub(super) fn newest(
    look: &Views<'_>,
    filters: Vec<JournalFilter>,
    limit: u32,
    wants: &dyn Fn(&EntryRow) -> bool,
) -> Result<Found, StoreFault> {
    let mut streams: Vec<Stream> = filters
        .into_iter()
        .map(|filter| Stream {
            filter: JournalFilter {
                limit: CHUNK,
                ..filter
            },
            ready: VecDeque::new(),
            done: false,
        })
        .collect();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut entries = Vec::new();
    let mut last = None;
    for _ in 0..LOOKED_AT {
        let mut newest: Option<(i64, usize)> = None;
        for (at, stream) in streams.iter_mut().enumerate() {
            if let Some(id) = stream.newest(look)? {
                newest = newest.max(Some((id, at)));
            }
        }
        let Some((id, at)) = newest else {
            return Ok(Found {
                entries,
                next: None,
            });
        };
        // One more than asked for tells that there is more.
        if entries.len() == limit {
            break;
        }
        last = Some(id);
        let entry = streams
            .get_mut(at)
            .and_then(|stream| stream.ready.pop_front());
        entries.extend(entry.filter(|entry| wants(entry)));
    }
    Ok(Found {
        entries,
        next: last,
    })
}
