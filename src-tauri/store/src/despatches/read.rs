//! Questions about despatches: single ones, those of a sale, lists, what Cin7 was told, and
//! the figures of the queue.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ProductId;
use rusqlite::{Params, params};

use super::forms::{
    Confirmations, DespatchClash, DespatchKey, DespatchRow, DespatchState, PostedRow,
};
use super::row::{COLUMNS, clash_place, despatch_row, item_place, words_place};
use crate::columns::Columns;
use crate::forms::{Body, SaleKey};
use crate::reading::{Reading, col};
use crate::seal::Purpose;
use crate::{StoreFault, times};

impl Reading {
    /// The despatch of that id, to the letter.
    pub fn despatch(&self, id: &str) -> Result<Option<DespatchRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM despatch AS d LEFT JOIN sale AS s ON s.key = d.sale
             WHERE d.id = ?1"
        );
        Ok(self.all(&sql, [id], despatch_row)?.into_iter().next())
    }

    /// The despatch of that row number.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none: rows are never deleted.
    pub fn despatch_by_key(&self, despatch: DespatchKey) -> Result<DespatchRow, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM despatch AS d LEFT JOIN sale AS s ON s.key = d.sale
             WHERE d.key = ?1"
        );
        let found = self.all(&sql, [despatch.0], despatch_row)?;
        found.into_iter().next().ok_or_else(|| missing(despatch))
    }

    /// The despatches of a sale, by when they were handed over.
    pub fn despatches_of(&self, sale: SaleKey) -> Result<Vec<DespatchRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM despatch AS d LEFT JOIN sale AS s ON s.key = d.sale
             WHERE d.sale = ?1 ORDER BY d.at, d.key"
        );
        self.all(&sql, [sale.0], despatch_row)
    }

    /// Despatches in a state or in all, the one known last first, after the one given.
    pub fn despatches(
        &self,
        state: Option<DespatchState>,
        after: Option<DespatchKey>,
        limit: u32,
    ) -> Result<Vec<DespatchRow>, StoreFault> {
        let after = after.map_or(i64::MAX, |despatch| despatch.0);
        match state {
            None => {
                let sql = format!(
                    "SELECT {COLUMNS} FROM despatch AS d LEFT JOIN sale AS s ON s.key = d.sale
                     WHERE d.key < ?1 ORDER BY d.key DESC LIMIT ?2"
                );
                self.all(&sql, params![after, limit], despatch_row)
            }
            Some(state) => {
                let sql = format!(
                    "SELECT {COLUMNS} FROM despatch AS d INDEXED BY despatch_by_state
                     LEFT JOIN sale AS s ON s.key = d.sale
                     WHERE d.state = ?1 AND d.key < ?2 ORDER BY d.key DESC LIMIT ?3"
                );
                self.all(&sql, params![state.word(), after, limit], despatch_row)
            }
        }
    }

    /// References of despatches that wait for a person since no order of ours goes by them; at
    /// most so many.
    pub fn despatched_unknown(&self, limit: u32) -> Result<Vec<String>, StoreFault> {
        self.all(
            "SELECT DISTINCT upper(trim(raw_reference)) FROM despatch
             INDEXED BY despatch_without_sale
             WHERE sale IS NULL AND state = 'exception' LIMIT ?1",
            [limit],
            |row| col(row, 0),
        )
    }

    /// The item as it came, in the revision at hand.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is no such despatch, [`StoreFault::Damaged`] when
    /// it does not open with the right key.
    pub fn despatch_raw(&self, despatch: DespatchKey) -> Result<Body, StoreFault> {
        let found = self.one(
            "SELECT id, sealed, cleared_at FROM despatch WHERE key = ?1",
            [despatch.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let (id, sealed, cleared_at): (String, Option<Vec<u8>>, Option<i64>) =
            found.ok_or_else(|| missing(despatch))?;
        self.item(&item_place(&id), sealed, cleared_at)
    }

    /// What else was said under the identity of a despatch, the oldest first.
    ///
    /// # Errors
    /// [`StoreFault::Damaged`] when an item does not open with the right key.
    pub fn despatch_clashes(
        &self,
        despatch: DespatchKey,
    ) -> Result<Vec<DespatchClash>, StoreFault> {
        let mut clashes = self.all(
            "SELECT c.revision, c.received, d.id, c.content, c.sealed, c.cleared_at
             FROM despatch_clash AS c CROSS JOIN despatch AS d ON d.key = c.despatch
             WHERE c.despatch = ?1",
            [despatch.0],
            |row| {
                let mut columns = Columns::of(row);
                let (revision, received) = (columns.count()?, columns.at()?);
                let (id, content): (String, Vec<u8>) = (columns.next()?, columns.next()?);
                let place = clash_place(&id, &content);
                Ok(DespatchClash {
                    revision,
                    received,
                    raw: self.item(&place, columns.next()?, columns.next()?)?,
                })
            },
        )?;
        clashes.sort_by_key(|clash| clash.received);
        Ok(clashes)
    }

    fn item(
        &self,
        place: &[u8],
        sealed: Option<Vec<u8>>,
        cleared_at: Option<i64>,
    ) -> Result<Body, StoreFault> {
        let Some(sealed) = sealed else {
            let at = times::at_ms(cleared_at.unwrap_or_default())?;
            return Ok(Body::Cleared(at, Vec::new()));
        };
        if self.sealer().is_none() {
            return Ok(Body::Locked);
        }
        Ok(Body::Plain(self.opened(
            Purpose::Despatch,
            place,
            &sealed,
        )?))
    }

    /// What was said to a person about where a despatch stands; "" when nothing was, and
    /// without a key.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is no such despatch.
    pub fn despatch_words(&self, despatch: DespatchKey) -> Result<String, StoreFault> {
        let found = self.one(
            "SELECT id, sealed_detail FROM despatch WHERE key = ?1",
            [despatch.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (id, sealed): (String, Option<Vec<u8>>) = found.ok_or_else(|| missing(despatch))?;
        match (sealed, self.sealer()) {
            (Some(sealed), Some(_)) => {
                let plain = self.opened(Purpose::Despatch, &words_place(&id), &sealed)?;
                Ok(String::from_utf8_lossy(&plain).into_owned())
            }
            _ => Ok(String::new()),
        }
    }

    /// What Cin7 was told of one despatch: units by product.
    pub fn told_of(&self, despatch: DespatchKey) -> Result<BTreeMap<ProductId, u32>, StoreFault> {
        self.units(
            "SELECT product, units FROM despatch_line WHERE despatch = ?1",
            [despatch.0],
        )
    }

    /// What Cin7 was told of a sale's despatches but these, all together: units by product.
    pub fn told_units(
        &self,
        sale: SaleKey,
        but: &[DespatchKey],
    ) -> Result<BTreeMap<ProductId, u32>, StoreFault> {
        self.units(
            "SELECT l.product, l.units FROM despatch AS d INDEXED BY despatch_of_sale
             CROSS JOIN despatch_line AS l ON l.despatch = d.key
             WHERE d.sale = ?1 AND instr(?2, ' ' || d.key || ' ') = 0",
            params![sale.0, listed(but)],
        )
    }

    fn units<P: Params>(
        &self,
        sql: &str,
        params: P,
    ) -> Result<BTreeMap<ProductId, u32>, StoreFault> {
        let lines: Vec<(ProductId, i64)> = self.all(sql, params, |row| {
            let product: String = col(row, 0)?;
            let product =
                ProductId::parse(&product).map_err(|not| StoreFault::damaged(not.to_string()))?;
            Ok((product, col(row, 1)?))
        })?;
        let mut sums: BTreeMap<ProductId, i64> = BTreeMap::new();
        for (product, units) in lines {
            *sums.entry(product).or_default() += units;
        }
        sums.into_iter()
            .map(|(product, units)| Ok((product, times::count(units)?)))
            .collect()
    }

    /// Cin7's tasks that a sale's despatches but these are told in.
    pub fn tasks_of_others(
        &self,
        sale: SaleKey,
        but: &[DespatchKey],
    ) -> Result<Vec<String>, StoreFault> {
        self.all(
            "SELECT d.task FROM despatch AS d INDEXED BY despatch_of_sale
             WHERE d.sale = ?1 AND instr(?2, ' ' || d.key || ' ') = 0 AND d.task <> ''
             ORDER BY d.at, d.key",
            params![sale.0, listed(but)],
            |row| col(row, 0),
        )
    }

    /// How many despatches are in each state; a state with none may be left out.
    pub fn despatch_tallies(&self) -> Result<Vec<(DespatchState, u64)>, StoreFault> {
        let counts = self.all(
            "SELECT state, count FROM despatch_tally WHERE count > 0",
            [],
            |row| Ok((col::<String>(row, 0)?, times::count(col(row, 1)?)?)),
        )?;
        Ok(counts
            .into_iter()
            .filter_map(|(word, count)| Some((DespatchState::from_word(&word)?, count)))
            .collect())
    }

    /// Figures of the queue of confirmations. Costs the same at any size.
    pub fn confirmations(&self) -> Result<Confirmations, StoreFault> {
        let mut figures = Confirmations::default();
        for (state, count) in self.despatch_tallies()? {
            match state {
                DespatchState::Waiting | DespatchState::Posting | DespatchState::Unclear => {
                    figures.waiting += count;
                }
                DespatchState::Posted => figures.posted = count,
                DespatchState::Exception => figures.exceptions = count,
                DespatchState::Parked | DespatchState::Closed => {}
            }
        }
        let oldest = self.one(
            "SELECT d.at FROM despatch AS d INDEXED BY despatch_open
             WHERE d.state IN ('waiting', 'posting', 'unclear') ORDER BY d.at LIMIT 1",
            [],
            |row| row.get(0),
        )?;
        figures.oldest = times::at_ms_or_none(oldest)?;
        figures.next_due = self.next_despatch_due()?;
        Ok(figures)
    }

    /// Despatches that Cin7 was first told of from one moment until before another, the
    /// first told first; at most so many.
    pub fn posted_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<PostedRow>, StoreFault> {
        self.all(
            "SELECT d.key, d.at, d.published, d.posted_at FROM despatch AS d
             INDEXED BY despatch_by_posted
             WHERE d.posted_at >= ?1 AND d.posted_at < ?2
             ORDER BY d.posted_at, d.key LIMIT ?3",
            params![times::ms(from), times::ms(to), limit],
            |row| {
                let mut columns = Columns::of(row);
                Ok(PostedRow {
                    despatch: DespatchKey(columns.next()?),
                    at: columns.at()?,
                    published: columns.at_or_none()?,
                    posted_at: columns.at()?,
                })
            },
        )
    }
}

/// Keys as a statement looks them up: each between blanks.
fn listed(keys: &[DespatchKey]) -> String {
    keys.iter()
        .fold(" ".to_owned(), |list, key| list + &key.0.to_string() + " ")
}

fn missing(despatch: DespatchKey) -> StoreFault {
    StoreFault::Missing {
        what: format!("despatch number {}", despatch.0),
    }
}
