//! Streams of sale keys in falling order, joined by "any of" and "all of". Each asks the
//! database for a few keys at a time: for more where it is read on end, for fewer where it
//! is only asked about a key here and there.

use std::cell::Cell;
use std::collections::VecDeque;

use domain::{HoldCode, Owner};
use rusqlite::params;

use crate::forms::OrderState;
use crate::reading::{Reading, col};
use crate::{StoreFault, times};

const FIRST_FETCH: usize = 8;
const LEAST_FETCH: usize = 2;
const LARGEST_FETCH: usize = 512;

/// Rows of an index looked at for one page at most, and so many besides for each statement.
/// Two words that many orders have and none has both would else be looked for in all.
const MOST_WORK: usize = 12_000;
const STATEMENT: usize = 2;

/// One walk over streams, for one page, and the work that is left for it.
pub(super) struct Walk<'a> {
    reading: &'a Reading,
    left: Cell<usize>,
}

impl<'a> Walk<'a> {
    pub(super) fn over(reading: &'a Reading) -> Self {
        Self {
            reading,
            left: Cell::new(MOST_WORK),
        }
    }

    fn is_over(&self) -> bool {
        self.left.get() == 0
    }

    fn worked(&self, rows: usize) {
        self.left
            .set(self.left.get().saturating_sub(rows + STATEMENT));
    }
}

/// What a stream gives when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Its next key.
    Key(i64),
    /// There is none.
    End,
    /// Nothing down to this key but perhaps itself, and no more work to be done for this
    /// page.
    Stopped(i64),
}

/// Where keys come from.
pub(super) enum Source {
    State(OrderState),
    Owner(Owner),
    Hold(HoldCode),
    /// A hashed search word.
    Token(i64),
    /// Orders that have all of several words, the rarest first.
    Tokens(i64, i64, Vec<i64>),
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
    ready: VecDeque<i64>,
    /// All above were fetched.
    below: i64,
    fetch: usize,
    /// How many the last fetch gave, and how many of those were of use.
    given: usize,
    used: usize,
    last_used: Option<i64>,
    done: bool,
}

/// One fetch's keys, and how far down it looked for them.
struct Chunk {
    keys: Vec<i64>,
    looked_at: usize,
    down_to: Option<i64>,
}

impl Keys {
    pub(super) fn from(source: Source) -> Self {
        Self::From(Fetched {
            source,
            ready: VecDeque::new(),
            below: i64::MAX,
            fetch: FIRST_FETCH,
            given: 0,
            used: 0,
            last_used: None,
            done: false,
        })
    }

    /// The greatest key that is not above `most`. `most` never rises from one call to the
    /// next.
    pub(super) fn at_or_below(&mut self, walk: &Walk<'_>, most: i64) -> Result<Next, StoreFault> {
        match self {
            Self::From(fetched) => fetched.at_or_below(walk, most),
            Self::These(keys) => {
                let at = keys.partition_point(|key| *key > most);
                Ok(keys.get(at).map_or(Next::End, |key| Next::Key(*key)))
            }
            Self::Any(streams) => any_at_or_below(streams, walk, most),
            Self::All(streams) => all_at_or_below(streams, walk, most),
        }
    }
}

/// The greatest of all, unless one that stopped may have a greater one.
fn any_at_or_below(streams: &mut [Keys], walk: &Walk<'_>, most: i64) -> Result<Next, StoreFault> {
    let (mut greatest, mut stopped) = (None, None);
    for stream in streams {
        match stream.at_or_below(walk, most)? {
            Next::Key(key) => greatest = greatest.max(Some(key)),
            Next::Stopped(key) => stopped = stopped.max(Some(key)),
            Next::End => {}
        }
    }
    Ok(match (greatest, stopped) {
        (Some(key), stopped) if stopped.is_none_or(|stopped| stopped <= key) => Next::Key(key),
        (_, Some(stopped)) => Next::Stopped(stopped),
        (_, None) => Next::End,
    })
}

/// Goes down until all streams meet at one key.
fn all_at_or_below(streams: &mut [Keys], walk: &Walk<'_>, most: i64) -> Result<Next, StoreFault> {
    if streams.is_empty() {
        return Ok(Next::End);
    }
    let mut key = most;
    loop {
        let before = key;
        for stream in &mut *streams {
            match stream.at_or_below(walk, key)? {
                Next::Key(lower) => key = lower,
                other => return Ok(other),
            }
        }
        // Once around without moving: every stream has it. The first round only counts as
        // such when `most` itself was the key.
        if key == before {
            return Ok(Next::Key(key));
        }
    }
}

impl Fetched {
    fn at_or_below(&mut self, walk: &Walk<'_>, most: i64) -> Result<Next, StoreFault> {
        while self.ready.front().is_some_and(|key| *key > most) {
            self.ready.pop_front();
        }
        while self.ready.is_empty() {
            if self.done {
                return Ok(Next::End);
            }
            if walk.is_over() {
                return Ok(Next::Stopped(self.below.min(most)));
            }
            self.fetch(walk, most)?;
        }
        let Some(key) = self.ready.front().copied() else {
            return Ok(Next::End);
        };
        if self.last_used.replace(key) != Some(key) {
            self.used += 1;
        }
        Ok(Next::Key(key))
    }

    /// Fetches keys not above `most`: more than last time if most of those were of use.
    fn fetch(&mut self, walk: &Walk<'_>, most: i64) -> Result<(), StoreFault> {
        let first = self.below == i64::MAX;
        if !first {
            self.fetch = if self.given == 0 || self.used * 2 > self.given {
                (self.fetch * 4).min(LARGEST_FETCH)
            } else {
                (self.fetch / 4).max(LEAST_FETCH)
            };
        }
        let chunk = self
            .source
            .fetch(walk.reading, most.min(self.below), self.fetch)?;
        walk.worked(chunk.looked_at);
        self.done = chunk.looked_at < self.fetch;
        self.below = chunk.down_to.map_or(i64::MIN, |key| key - 1);
        (self.given, self.used) = (chunk.keys.len(), 0);
        self.ready.extend(chunk.keys);
        Ok(())
    }
}

const STATE: &str =
    "SELECT key, 1 FROM sale WHERE state = ?1 AND key <= ?2 ORDER BY key DESC LIMIT ?3";
const OWNER: &str =
    "SELECT key, 1 FROM sale WHERE owner = ?1 AND key <= ?2 ORDER BY key DESC LIMIT ?3";
const HOLD: &str = "SELECT sale, 1 FROM hold WHERE code = ?1 AND sale <= ?2 GROUP BY sale
    ORDER BY sale DESC LIMIT ?3";
const TOKEN: &str = "SELECT sale, 1 FROM find_token WHERE token = ?1 AND sale <= ?2
    ORDER BY sale DESC LIMIT ?3";
// Whether the order has the second word too is told and not made a condition, so that a
// chunk ends after as many rows as it may look at.
const TOKENS: &str = "SELECT f.sale, EXISTS
        (SELECT 1 FROM find_token AS other WHERE other.token = ?4 AND other.sale = f.sale)
    FROM find_token AS f WHERE f.token = ?1 AND f.sale <= ?2 ORDER BY f.sale DESC LIMIT ?3";

impl Source {
    fn fetch(&self, reading: &Reading, most: i64, limit: usize) -> Result<Chunk, StoreFault> {
        let limit = times::whole(limit);
        let row = |row: &rusqlite::Row<'_>| Ok((col(row, 0)?, col(row, 1)?));
        let rows: Vec<(i64, bool)> = match self {
            Self::State(state) => reading.all(STATE, params![state.word(), most, limit], row),
            Self::Owner(owner) => reading.all(OWNER, params![owner.word(), most, limit], row),
            Self::Hold(code) => reading.all(HOLD, params![code.word(), most, limit], row),
            Self::Token(token) => reading.all(TOKEN, params![token, most, limit], row),
            Self::Tokens(first, second, _) => {
                reading.all(TOKENS, params![first, most, limit, second], row)
            }
        }?;
        let mut chunk = Chunk {
            keys: Vec::new(),
            looked_at: rows.len(),
            down_to: rows.last().map(|(key, _)| *key),
        };
        for (key, fits) in rows {
            if fits && self.has_the_rest(reading, key)? {
                chunk.keys.push(key);
            }
        }
        Ok(chunk)
    }

    fn has_the_rest(&self, reading: &Reading, key: i64) -> Result<bool, StoreFault> {
        match self {
            Self::Tokens(_, _, rest) => reading.has_all_tokens(rest, key),
            Self::State(_) | Self::Owner(_) | Self::Hold(_) | Self::Token(_) => Ok(true),
        }
    }
}
