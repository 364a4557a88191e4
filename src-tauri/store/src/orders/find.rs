//! What a person typed, turned into streams of keys where it narrows enough, and into a
//! test of single orders where it does not: half of all orders begin with "SO-".

use domain::Owner;
use rusqlite::params;

use super::keys::{Keys, Source};
use crate::forms::{OrderFilter, OrderState, SaleRow};
use crate::reading::{Reading, col};
use crate::words::{self, Asked};
use crate::{StoreFault, times};

/// Beginnings that more orders share than this are tested, not listed.
const SPARSE: usize = 1_000;
/// States with fewer orders than this narrow a search by themselves.
const FEW: i64 = 5_000;

/// A beginning of a number or reference that very many orders share.
pub(super) struct Common {
    /// The beginning, upper case.
    pub(super) text: String,
    /// The same as hashed words.
    pub(super) tokens: Vec<i64>,
}

/// A filter taken apart.
pub(super) struct Search {
    /// Every order wanted is in all of these streams. One in them all may still be outside
    /// the trigger, or in none of the states asked for.
    pub(super) streams: Vec<Keys>,
    /// And passes all of these tests.
    pub(super) tests: Vec<Common>,
    /// Whether the streams narrow enough to be walked with the tests. If not, the first
    /// test's beginning is walked instead, and there may be no streams at all.
    pub(super) narrow: bool,
}

impl Reading {
    pub(super) fn search(&self, filter: &OrderFilter) -> Result<Search, StoreFault> {
        let mut streams = Vec::new();
        if !filter.states.is_empty() {
            streams.push(states(&filter.states));
        }
        streams.extend(
            filter
                .owner
                .map(|owner: Owner| Keys::from(Source::Owner(owner))),
        );
        streams.extend(filter.hold.map(|code| Keys::from(Source::Hold(code))));
        let narrow = filter.owner.is_some() || filter.hold.is_some() || self.few(&filter.states)?;
        let mut search = self.narrowed(streams, narrow, filter.find.as_deref())?;
        if search.streams.is_empty() && search.tests.is_empty() {
            search.streams.push(states(&OrderState::ALL));
        }
        Ok(search)
    }

    /// A search in these streams for those that also have the words.
    pub(super) fn narrowed(
        &self,
        mut streams: Vec<Keys>,
        mut narrow: bool,
        find: Option<&str>,
    ) -> Result<Search, StoreFault> {
        let (mut tests, mut tokens) = (Vec::new(), Vec::new());
        for asked in find.map(words::asked).unwrap_or_default() {
            match self.beginning(&asked)? {
                // Only words can find it: all of those are looked for together.
                Ok(listed) if listed.is_empty() && !self.tokens_of(&asked).is_empty() => {
                    narrow = true;
                    tokens.extend(self.tokens_of(&asked));
                }
                Ok(listed) => {
                    narrow = true;
                    let hashed = self.hashed(&self.tokens_of(&asked))?;
                    streams.push(Keys::Any(vec![Keys::These(listed), hashed]));
                }
                Err(common) => tests.push(common),
            }
        }
        if !tokens.is_empty() {
            streams.push(self.hashed(&tokens)?);
        }
        Ok(Search {
            streams,
            tests,
            narrow,
        })
    }

    /// The orders whose number or reference begins so, or that there are too many.
    fn beginning(&self, asked: &Asked) -> Result<Result<Vec<i64>, Common>, StoreFault> {
        let mut keys = self.all(
            BEGINNING,
            params![asked.text, beyond(&asked.text), times::whole(SPARSE + 1)],
            |row| col::<i64>(row, 0),
        )?;
        if keys.len() > SPARSE {
            let tokens = self.tokens_of(asked);
            return Ok(Err(Common {
                text: asked.text.clone(),
                tokens,
            }));
        }
        keys.sort_unstable_by(|a, b| b.cmp(a));
        keys.dedup();
        Ok(Ok(keys))
    }

    fn tokens_of(&self, asked: &Asked) -> Vec<i64> {
        let Some(seal) = self.sealer() else {
            return Vec::new();
        };
        asked.words.iter().map(|word| seal.token(word)).collect()
    }

    /// Orders with all of these hashed words; none when there are no words.
    pub(super) fn hashed(&self, tokens: &[i64]) -> Result<Keys, StoreFault> {
        let mut by_rarity = Vec::with_capacity(tokens.len());
        for token in tokens {
            by_rarity.push((self.lies_back(*token)?, *token));
        }
        by_rarity.sort_unstable();
        by_rarity.dedup();
        let mut tokens = by_rarity.into_iter().map(|(_, token)| token);
        Ok(match (tokens.next(), tokens.next()) {
            (None, _) => Keys::These(Vec::new()),
            (Some(only), None) => Keys::from(Source::Token(only)),
            (Some(first), Some(second)) => {
                Keys::from(Source::Tokens(first, second, tokens.collect()))
            }
        })
    }

    /// The order that is so many back among those with a word, newest first: the lower, the
    /// rarer the word is of late. None where there are not that many at all.
    fn lies_back(&self, token: i64) -> Result<Option<i64>, StoreFault> {
        self.one(LIES_BACK, [token], |row| row.get(0))
    }

    pub(super) fn few(&self, states: &[OrderState]) -> Result<bool, StoreFault> {
        if states.is_empty() {
            return Ok(false);
        }
        let tallies = self.tallies_by_state()?;
        let of = |state: &OrderState| {
            tallies
                .iter()
                .find(|tally| tally.word == state.word())
                .map_or(0, |tally| tally.count)
        };
        Ok(states.iter().map(of).sum::<i64>() <= FEW)
    }

    /// Whether an order has a common beginning after all, or its words.
    pub(super) fn passes(&self, test: &Common, sale: &SaleRow) -> Result<bool, StoreFault> {
        Ok(self.home_text(sale, &test.text)?.is_some() || self.has_tokens(test, sale)?)
    }

    /// The one text of an order by which it is listed under that beginning, if it has any:
    /// else it would be listed once for its number and again for its reference.
    pub(super) fn home_text(
        &self,
        sale: &SaleRow,
        beginning: &str,
    ) -> Result<Option<String>, StoreFault> {
        let own = own_text(sale, beginning);
        if own.is_some() {
            return Ok(own);
        }
        let first: Option<Option<String>> = self.one(
            OF_DESPATCHES,
            params![sale.key.0, beginning, beyond(beginning)],
            |row| row.get(0),
        )?;
        Ok(first.flatten())
    }

    pub(super) fn has_tokens(&self, test: &Common, sale: &SaleRow) -> Result<bool, StoreFault> {
        Ok(!test.tokens.is_empty() && self.has_all_tokens(&test.tokens, sale.key.0)?)
    }

    /// Whether an order has each of these hashed words.
    pub(super) fn has_all_tokens(&self, tokens: &[i64], sale: i64) -> Result<bool, StoreFault> {
        for token in tokens {
            let found: Option<i64> = self.one(
                "SELECT 1 FROM find_token WHERE token = ?1 AND sale = ?2",
                params![token, sale],
                |row| row.get(0),
            )?;
            if found.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

const LIES_BACK: &str =
    "SELECT sale FROM find_token WHERE token = ?1 ORDER BY sale DESC LIMIT 1 OFFSET 100";

pub(super) const BEGINNING: &str =
    "SELECT sale FROM find_text WHERE text >= ?1 AND text < ?2 LIMIT ?3";

/// Past every text with that beginning.
pub(super) fn beyond(text: &str) -> String {
    format!("{text}\u{10FFFF}")
}

/// The first of an order's ids and tracking numbers of despatches with that beginning.
const OF_DESPATCHES: &str = "SELECT MIN(t.text) FROM despatch AS d INDEXED BY despatch_of_sale
    CROSS JOIN despatch_text AS t ON t.despatch = d.key
    WHERE d.sale = ?1 AND t.text >= ?2 AND t.text < ?3";

/// An order's own number or reference with that beginning.
fn own_text(sale: &SaleRow, beginning: &str) -> Option<String> {
    [
        Some(sale.number.as_str()),
        sale.whistl_ref.as_deref(),
        sale.reference.as_ref().map(domain::ClientReference::as_str),
    ]
    .into_iter()
    .flatten()
    .map(words::clear)
    .find(|text| text.starts_with(beginning))
}

/// Orders in any of these states.
pub(super) fn states(states: &[OrderState]) -> Keys {
    Keys::Any(
        states
            .iter()
            .map(|state| Keys::from(Source::State(*state)))
            .collect(),
    )
}
