//! Streams of sale keys in falling order, joined by "any of" and "all of". Each asks the
//! database for a few keys at first and for more as they are wanted.

use domain::{HoldCode, Owner};
use rusqlite::params;

use crate::forms::OrderState;
use crate::reading::{Reading, col};
use crate::{StoreFault, times};

const FIRST_FETCH: usize = 8;
const LARGEST_FETCH: usize = 512;

/// Where keys come from.
pub(super) enum Source {
    State(OrderState),
    Owner(Owner),
    Hold(HoldCode),
    /// A hashed search word.
    Token(i64),
}

/// A stream of keys in falling order.
pub(super) enum Keys {
    /// From the database, bit by bit.
    From(Fetched),
    /// These, already in falling order.
    These(Vec<i64>),
    /// Every key of any of them.
    Any(Vec<Keys>),
    /// Every key that all of them have.
    All(Vec<Keys>),
}

/// Keys fetched so far, and not yet passed.
pub(super) struct Fetched {
    source: Source,
    ready: std::collections::VecDeque<i64>,
    fetch: usize,
    done: bool,
}

impl Keys {
    pub(super) fn from(source: Source) -> Self {
        Self::From(Fetched {
            source,
            ready: std::collections::VecDeque::new(),
            fetch: FIRST_FETCH,
            done: false,
        })
    }

    /// The greatest key that is not above `most`. `most` never rises from one call to the
    /// next.
    pub(super) fn at_or_below(
        &mut self,
        reading: &Reading,
        most: i64,
    ) -> Result<Option<i64>, StoreFault> {
        match self {
            Self::From(fetched) => fetched.at_or_below(reading, most),
            Self::These(keys) => {
                let at = keys.partition_point(|key| *key > most);
                Ok(keys.get(at).copied())
            }
            Self::Any(streams) => {
                let mut greatest = None;
                for stream in streams {
                    greatest = greatest.max(stream.at_or_below(reading, most)?);
                }
                Ok(greatest)
            }
            Self::All(streams) => all_at_or_below(streams, reading, most),
        }
    }
}

/// Goes down until all streams meet at one key.
fn all_at_or_below(
    streams: &mut [Keys],
    reading: &Reading,
    most: i64,
) -> Result<Option<i64>, StoreFault> {
    let mut key = most;
    loop {
        let before = key;
        for stream in &mut *streams {
            match stream.at_or_below(reading, key)? {
                None => return Ok(None),
                Some(lower) => key = lower,
            }
        }
        // Once around without moving: every stream has it. The first round only counts as
        // such when `most` itself was the key.
        if key == before && !streams.is_empty() {
            return Ok(Some(key));
        }
        if streams.is_empty() {
            return Ok(None);
        }
    }
}

impl Fetched {
    fn at_or_below(&mut self, reading: &Reading, most: i64) -> Result<Option<i64>, StoreFault> {
        while self.ready.front().is_some_and(|key| *key > most) {
            self.ready.pop_front();
        }
        if self.ready.is_empty() && !self.done {
            let keys = self.source.fetch(reading, most, self.fetch)?;
            self.done = keys.len() < self.fetch;
            self.fetch = (self.fetch * 4).min(LARGEST_FETCH);
            self.ready.extend(keys);
        }
        Ok(self.ready.front().copied())
    }
}

impl Source {
    pub(super) fn sql(&self) -> &'static str {
        match self {
            Self::State(_) => {
                "SELECT key FROM sale WHERE state = ?1 AND key <= ?2 ORDER BY key DESC LIMIT ?3"
            }
            Self::Owner(_) => {
                "SELECT key FROM sale WHERE owner = ?1 AND key <= ?2 ORDER BY key DESC LIMIT ?3"
            }
            Self::Hold(_) => {
                "SELECT DISTINCT sale FROM hold WHERE code = ?1 AND sale <= ?2
                 ORDER BY sale DESC LIMIT ?3"
            }
            Self::Token(_) => {
                "SELECT sale FROM find_token WHERE token = ?1 AND sale <= ?2
                 ORDER BY sale DESC LIMIT ?3"
            }
        }
    }

    fn fetch(&self, reading: &Reading, most: i64, limit: usize) -> Result<Vec<i64>, StoreFault> {
        let limit = times::whole(limit);
        let key = |row: &rusqlite::Row<'_>| col(row, 0);
        match self {
            Self::State(state) => reading.all(self.sql(), params![state.word(), most, limit], key),
            Self::Owner(owner) => reading.all(self.sql(), params![owner.word(), most, limit], key),
            Self::Hold(code) => reading.all(self.sql(), params![code.word(), most, limit], key),
            Self::Token(token) => reading.all(self.sql(), params![token, most, limit], key),
        }
    }
}
