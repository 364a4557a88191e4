//! Questions about single sales, and which of them some work is due for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{ClientReference, SaleId};
use rusqlite::{OptionalExtension, params};

use super::row::{COLUMNS, id_bytes, sale_id, sale_number, sale_row, standing};
use crate::columns::Columns;
use crate::fault::While;
use crate::forms::{OrderState, Outline, SaleKey, SaleRow, SealedSale};
use crate::reading::{DOING, Reading, col};
use crate::seal::Purpose;
use crate::{StoreFault, times, words};

impl Reading {
    /// The sale of that id.
    pub fn sale(&self, id: &SaleId) -> Result<Option<SaleRow>, StoreFault> {
        let sql = format!("SELECT {COLUMNS} FROM sale AS s WHERE s.id = ?1");
        self.one_sale(&sql, [id_bytes(id)?.to_vec()])
    }

    /// The sale of that row number.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none: rows are never deleted.
    pub fn sale_row(&self, sale: SaleKey) -> Result<SaleRow, StoreFault> {
        let sql = format!("SELECT {COLUMNS} FROM sale AS s WHERE s.key = ?1");
        self.one_sale(&sql, [sale.0])?
            .ok_or_else(|| StoreFault::Missing {
                what: format!("sale number {}", sale.0),
            })
    }

    /// As much of a sale as tells what may be done to it.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none.
    pub fn outline(&self, sale: SaleKey) -> Result<Outline, StoreFault> {
        let found = self.all(
            "SELECT number, state, outside, reference IS NOT NULL FROM sale WHERE key = ?1",
            [sale.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok(Outline {
                    sale,
                    number: sale_number(&columns.next::<String>()?)?,
                    standing: standing(columns.next()?, columns.next()?)?,
                    has_reference: columns.next()?,
                })
            },
        )?;
        found.into_iter().next().ok_or_else(|| StoreFault::Missing {
            what: format!("sale number {}", sale.0),
        })
    }

    /// The sale of that order number in either case; the newest, should Cin7 have two.
    pub fn sale_by_number(&self, number: &str) -> Result<Option<SaleRow>, StoreFault> {
        let text = words::clear(number);
        let found = self.by_text(&text)?;
        Ok(found
            .into_iter()
            .find(|sale| words::clear(sale.number.as_str()) == text))
    }

    /// The sale whose present reference that is, in either case. Earlier editions'
    /// references find nothing, so that late news of them cannot move a sale.
    pub fn sale_by_reference(&self, reference: &str) -> Result<Option<SaleRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sale_reference AS r JOIN sale AS s ON s.key = r.sale
             WHERE r.reference = ?1 AND s.reference = ?1 COLLATE NOCASE"
        );
        self.one_sale(&sql, [reference.trim()])
    }

    /// Whose that reference is or ever was, so that a clash can be held before it is one.
    pub fn reference_owner(
        &self,
        reference: &ClientReference,
    ) -> Result<Option<SaleKey>, StoreFault> {
        self.one(
            "SELECT sale FROM sale_reference WHERE reference = ?1",
            [reference.as_str()],
            |row| Ok(SaleKey(row.get(0)?)),
        )
    }

    fn by_text(&self, text: &str) -> Result<Vec<SaleRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM find_text AS f JOIN sale AS s ON s.key = f.sale
             WHERE f.text = ?1 ORDER BY f.sale DESC LIMIT 20"
        );
        self.all(&sql, [text], sale_row)
    }

    fn one_sale<P: rusqlite::Params>(
        &self,
        sql: &str,
        params: P,
    ) -> Result<Option<SaleRow>, StoreFault> {
        let mut statement = self.conn.prepare_cached(sql).doing(DOING)?;
        let found = statement
            .query_row(params, |row| Ok(sale_row(row)))
            .optional()
            .doing(DOING)?;
        found.transpose()
    }

    /// The sealed parts of a sale; both empty until it was read.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn sealed(&self, sale: SaleKey) -> Result<SealedSale, StoreFault> {
        let sealed: Option<Vec<u8>> = self.one(
            "SELECT sealed FROM sealed_sale WHERE sale = ?1",
            [sale.0],
            |row| row.get(0),
        )?;
        match sealed {
            None => Ok(SealedSale::default()),
            Some(sealed) => {
                let plain = self.opened(Purpose::Sale, &sale.0.to_be_bytes(), &sealed)?;
                unpacked(&plain)
            }
        }
    }

    /// For each of these sales that is known: Cin7's mark of its last change, and the mark
    /// for which it was read.
    #[expect(
        clippy::type_complexity,
        reason = "two marks by id, and nothing else needs a name"
    )]
    pub fn known_marks(
        &self,
        ids: &[SaleId],
    ) -> Result<HashMap<SaleId, (DateTime<Utc>, Option<DateTime<Utc>>)>, StoreFault> {
        let mut marks = HashMap::with_capacity(ids.len());
        for id in ids {
            let found = self.one(
                "SELECT updated, read_updated FROM sale WHERE id = ?1",
                [id_bytes(id)?.to_vec()],
                |row| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?)),
            )?;
            if let Some((updated, read)) = found {
                marks.insert(id.clone(), (times::at_ns(updated), read.map(times::at_ns)));
            }
        }
        Ok(marks)
    }

    /// Sales that want to be read whole, most urgent first. A sale whose sending is not
    /// cleared up waits until it is.
    pub fn sales_to_read(&self, limit: u32) -> Result<Vec<SaleRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sale AS s
             WHERE s.wants_read = 1 AND (s.state IS NULL OR s.state NOT IN ('sending', 'unclear'))
             ORDER BY s.ship_by IS NULL, s.ship_by, s.updated LIMIT ?1"
        );
        self.all(&sql, [limit], sale_row)
    }

    /// Held sales that were last decided under other settings or maps than these, by row
    /// number, after the one given.
    pub fn held_to_decide_again(
        &self,
        settings_version: i64,
        map_version: i64,
        after: Option<SaleKey>,
        limit: u32,
    ) -> Result<Vec<SaleRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sale AS s INDEXED BY sale_held
             WHERE s.state = 'held' AND s.key > ?1
               AND (s.settings_version <> ?2 OR s.map_version <> ?3)
             ORDER BY s.key LIMIT ?4"
        );
        let after = after.map_or(0, |sale| sale.0);
        self.all(
            &sql,
            params![after, settings_version, map_version, limit],
            sale_row,
        )
    }

    /// Every sale past the trigger that never left: held or waiting.
    pub fn unsent_sales(&self) -> Result<Vec<(SaleKey, SaleId)>, StoreFault> {
        let mut unsent = Vec::new();
        for state in [OrderState::Held, OrderState::Waiting] {
            unsent.extend(self.all(
                "SELECT key, id FROM sale WHERE state = ?1 ORDER BY key",
                [state.word()],
                |row| Ok((SaleKey(col(row, 0)?), sale_id(&col::<Vec<u8>>(row, 1)?)?)),
            )?);
        }
        Ok(unsent)
    }

    /// Sales the warehouse should know, last looked up before that time; the longest ago
    /// first.
    pub fn live_at_warehouse(
        &self,
        checked_before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<SaleRow>, StoreFault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sale AS s
             WHERE s.state IN ('at_warehouse', 'blocked', 'part_despatched') AND s.checked_at < ?1
             ORDER BY s.checked_at LIMIT ?2"
        );
        self.all(&sql, params![times::ms(checked_before), limit], sale_row)
    }
}

/// A sale's sealed parts as bytes: the find words, each with its length, then the detail.
pub(super) fn packed(sealed: &SealedSale) -> Vec<u8> {
    let mut bytes = times::whole(sealed.find.len()).to_be_bytes().to_vec();
    for word in &sealed.find {
        bytes.extend(times::whole(word.len()).to_be_bytes());
        bytes.extend(word.as_bytes());
    }
    bytes.extend(&sealed.detail);
    bytes
}

fn unpacked(bytes: &[u8]) -> Result<SealedSale, StoreFault> {
    let odd = || StoreFault::damaged("an order's sealed detail is not in the form it was written");
    let number = |bytes: &[u8]| -> Option<(usize, usize)> {
        let (head, _) = bytes.split_first_chunk::<8>()?;
        Some((usize::try_from(i64::from_be_bytes(*head)).ok()?, 8))
    };
    let (count, mut at) = number(bytes).ok_or_else(odd)?;
    let mut find = Vec::new();
    for _ in 0..count {
        let rest = bytes.get(at..).ok_or_else(odd)?;
        let (length, head) = number(rest).ok_or_else(odd)?;
        let word = rest
            .get(head..head.saturating_add(length))
            .ok_or_else(odd)?;
        find.push(String::from_utf8(word.to_vec()).map_err(|_| odd())?);
        at += head + length;
    }
    let detail = bytes.get(at..).ok_or_else(odd)?.to_vec();
    Ok(SealedSale { detail, find })
}
