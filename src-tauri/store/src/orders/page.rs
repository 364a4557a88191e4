//! One page of a list: where it begins, the orders on it, and where the next one begins.

use std::collections::HashSet;

use rusqlite::params;

use super::find::{Common, Search, beyond};
use super::keys::{Keys, Next, Walk};
use crate::StoreFault;
use crate::forms::{OrderFilter, OrderPage, SaleKey, SaleRow, Standing};
use crate::reading::{Reading, col};

/// Orders looked at for one page at most. A search that rejects more than that ends its
/// page early and says where to go on, instead of taking long; so does one that looks
/// through very many orders to find the few that have every word.
const LOOKED_AT: usize = 1_500;
/// Texts fetched at a time.
const TEXTS: i64 = 256;

/// Where a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Below this key.
    Key(i64),
    /// Below this text and key, where texts are walked.
    Text(String, i64),
}

impl Place {
    fn written(&self) -> String {
        match self {
            Self::Key(key) => format!("k{key}"),
            Self::Text(text, key) => format!("t{key}.{text}"),
        }
    }

    fn read(written: &str) -> Result<Self, StoreFault> {
        let place = match written.split_at_checked(1) {
            Some(("k", key)) => key.parse().ok().map(Self::Key),
            Some(("t", rest)) => rest
                .split_once('.')
                .and_then(|(key, text)| Some(Self::Text(text.to_owned(), key.parse().ok()?))),
            _ => None,
        };
        place.ok_or_else(|| StoreFault::NoSuchPage {
            after: written.to_owned(),
        })
    }
}

/// A page being filled.
pub(super) struct Page<'a> {
    room: usize,
    /// Whether an order is one that is asked for.
    wants: &'a dyn Fn(&SaleRow) -> bool,
    rows: Vec<(SaleRow, Place)>,
    looked_at: usize,
    last: Option<Place>,
}

impl<'a> Page<'a> {
    pub(super) fn of(room: usize, wants: &'a dyn Fn(&SaleRow) -> bool) -> Self {
        Self {
            room,
            wants,
            rows: Vec::new(),
            looked_at: 0,
            last: None,
        }
    }

    /// One more than asked for tells that there is more.
    fn is_full(&self) -> bool {
        self.rows.len() > self.room || self.looked_at >= LOOKED_AT
    }

    pub(super) fn finish(mut self, exhausted: bool) -> (Vec<SaleRow>, Option<Place>) {
        let next = if self.rows.len() > self.room {
            self.rows.truncate(self.room);
            self.rows.last().map(|(_, place)| place.clone())
        } else if exhausted {
            None
        } else {
            self.last
        };
        (self.rows.into_iter().map(|(row, _)| row).collect(), next)
    }
}

impl Reading {
    /// A page of orders past the trigger, newest first; where a search is for the beginning
    /// of a number that very many share, the highest number first.
    ///
    /// # Errors
    /// [`StoreFault::NoSuchPage`] when `after` was not given out as `next`.
    pub fn orders(&self, filter: &OrderFilter) -> Result<OrderPage, StoreFault> {
        let place = filter.after.as_deref().map(Place::read).transpose()?;
        let room = usize::try_from(filter.limit.clamp(1, 1_000)).unwrap_or(1_000);
        let states = filter.states.clone();
        let wants = |sale: &SaleRow| match sale.standing {
            Standing::In(state) => states.is_empty() || states.contains(&state),
            Standing::Outside(_) => false,
        };
        let mut page = Page::of(room, &wants);
        let exhausted = self.fill(&mut page, self.search(filter)?, place)?;
        let (rows, next) = page.finish(exhausted);
        let rows = rows
            .into_iter()
            .map(|row| self.holds(row.key).map(|holds| (row, holds)))
            .collect::<Result<_, _>>()?;
        Ok(OrderPage {
            rows,
            next: next.map(|place| place.written()),
        })
    }

    /// Fills a page with what a search gives from that place on; whether that is all.
    pub(super) fn fill(
        &self,
        page: &mut Page<'_>,
        search: Search,
        place: Option<Place>,
    ) -> Result<bool, StoreFault> {
        if search.narrow || search.tests.is_empty() {
            let Search { streams, tests, .. } = search;
            self.walk_keys(&mut Keys::All(streams), &tests, place.as_ref(), page)
        } else {
            self.walk_common(search, place, page)
        }
    }

    /// Walks keys downwards; whether all were walked.
    fn walk_keys(
        &self,
        keys: &mut Keys,
        tests: &[Common],
        place: Option<&Place>,
        page: &mut Page<'_>,
    ) -> Result<bool, StoreFault> {
        let mut most = match place {
            None => i64::MAX,
            Some(Place::Key(key)) => key - 1,
            Some(Place::Text(..)) => return Ok(true),
        };
        let walk = Walk::over(self);
        loop {
            let key = match keys.at_or_below(&walk, most)? {
                Next::Key(key) => key,
                Next::End => return Ok(true),
                Next::Stopped(key) => {
                    page.last = Some(Place::Key(key.saturating_add(1)));
                    return Ok(false);
                }
            };
            if page.is_full() {
                return Ok(false);
            }
            page.looked_at += 1;
            page.last = Some(Place::Key(key));
            let sale = self.sale_row(SaleKey(key))?;
            if (page.wants)(&sale) && self.passes_all(tests, &sale)? {
                page.rows.push((sale, Place::Key(key)));
            }
            most = key - 1;
        }
    }

    fn passes_all(&self, tests: &[Common], sale: &SaleRow) -> Result<bool, StoreFault> {
        for test in tests {
            if !self.passes(test, sale)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Nothing narrows the search but beginnings that very many share: first the orders
    /// that have the words themselves, then the texts with that beginning, downwards.
    fn walk_common(
        &self,
        search: Search,
        place: Option<Place>,
        page: &mut Page<'_>,
    ) -> Result<bool, StoreFault> {
        let Search {
            mut streams,
            mut tests,
            ..
        } = search;
        let common = tests.remove(0);
        if !matches!(place, Some(Place::Text(..))) {
            streams.push(self.hashed(&common.tokens)?);
            let mut keys = Keys::All(streams);
            if !self.walk_keys(&mut keys, &tests, place.as_ref(), page)? {
                return Ok(false);
            }
        }
        let below = match place {
            Some(Place::Text(text, key)) => (text, key),
            Some(Place::Key(_)) | None => (beyond(&common.text), i64::MAX),
        };
        self.walk_texts(&common, &tests, below, page)
    }

    fn walk_texts(
        &self,
        common: &Common,
        tests: &[Common],
        mut below: (String, i64),
        page: &mut Page<'_>,
    ) -> Result<bool, StoreFault> {
        let mut listed: HashSet<i64> = HashSet::new();
        loop {
            let texts: Vec<(String, i64)> = self.all(
                TEXTS_BELOW,
                params![common.text, below.0, below.1, TEXTS],
                |row| Ok((col(row, 0)?, col(row, 1)?)),
            )?;
            let Some(last) = texts.last().cloned() else {
                return Ok(true);
            };
            for (text, key) in texts {
                if page.is_full() {
                    return Ok(false);
                }
                page.looked_at += 1;
                let place = Place::Text(text.clone(), key);
                page.last = Some(place.clone());
                let sale = self.sale_row(SaleKey(key))?;
                let home = self.home_text(&sale, &common.text)?;
                let home = home.is_none_or(|home| home == text);
                let wanted = home
                    && (page.wants)(&sale)
                    && !self.has_tokens(common, &sale)?
                    && self.passes_all(tests, &sale)?;
                if wanted && listed.insert(key) {
                    page.rows.push((sale, place));
                }
            }
            below = last;
        }
    }
}

pub(super) const TEXTS_BELOW: &str = "SELECT text, sale FROM find_text
    WHERE text >= ?1 AND (text, sale) < (?2, ?3) ORDER BY text DESC, sale DESC LIMIT ?4";
