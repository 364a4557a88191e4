//! Taking what the warehouse's feed gives, which is at least once, late and out of order;
//! and giving a despatch to its sale once that is known.

use chrono::{DateTime, Utc};
use domain::Owner;
use rusqlite::params;

use super::forms::{DespatchKey, DespatchState, NewDespatch, TookDespatch};
use super::row::{clash_place, item_place};
use crate::forms::SaleKey;
use crate::reading::col;
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times, words};

/// Why a despatch without a sale waits for a person.
const UNKNOWN_ORDER: &str = "unknown_order";

/// What is known of a despatch, as far as taking it again goes.
struct Known {
    key: DespatchKey,
    revision: u32,
    goods: Vec<u8>,
    content: Vec<u8>,
}

impl Write<'_> {
    /// Takes a despatch of the warehouse's feed. One that is not known waits to be told at
    /// once, or for the office when its order is not known. A higher revision with the same
    /// goods replaces what was known; if Cin7 was told of the lower one, it waits again, to
    /// be corrected. What says something else under a known identity is put aside.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key, since the item is sealed.
    pub fn take_despatch(
        &mut self,
        new: &NewDespatch<'_>,
        now: DateTime<Utc>,
    ) -> Result<TookDespatch, StoreFault> {
        let Some(known) = self.known_despatch(new.id)? else {
            let key = self.first_despatch(new, now)?;
            self.find_despatch_by(key, new)?;
            return Ok(TookDespatch::New(key));
        };
        let same = known.revision == new.revision && known.content == new.content;
        if same || new.revision < known.revision {
            return Ok(TookDespatch::Known(known.key));
        }
        if known.revision == new.revision || known.goods != new.goods {
            self.put_aside(known.key, new, now)?;
            return Ok(TookDespatch::Changed(known.key));
        }
        self.revise_despatch(known.key, new, now)?;
        self.find_despatch_by(known.key, new)?;
        Ok(TookDespatch::Revised(known.key))
    }

    fn known_despatch(&self, id: &str) -> Result<Option<Known>, StoreFault> {
        let found = self.all(
            "SELECT key, revision, goods, content FROM despatch WHERE id = ?1",
            [id],
            |row| {
                Ok(Known {
                    key: DespatchKey(col(row, 0)?),
                    revision: times::count(col(row, 1)?)?,
                    goods: col(row, 2)?,
                    content: col(row, 3)?,
                })
            },
        )?;
        Ok(found.into_iter().next())
    }

    fn first_despatch(
        &mut self,
        new: &NewDespatch<'_>,
        now: DateTime<Utc>,
    ) -> Result<DespatchKey, StoreFault> {
        let sealed = self.sealed_text(Purpose::Despatch, &item_place(new.id), new.raw)?;
        let (state, owner, reason) = match new.sale {
            Some(_) => (DespatchState::Waiting, None, ""),
            None => (DespatchState::Exception, Some(Owner::Office), UNKNOWN_ORDER),
        };
        self.run(
            "INSERT INTO despatch (id, revision, voids, raw_reference, sale, at, published,
                                   received, is_last, units, parcels, goods, content, sealed,
                                   state, owner, reason, due, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?8, ?8)",
            params![
                new.id,
                new.revision,
                new.voids,
                new.raw_reference,
                new.sale.map(|sale| sale.0),
                times::ms(new.at),
                new.published.map(times::ms),
                times::ms(now),
                new.is_last,
                new.units,
                new.parcels,
                new.goods,
                new.content,
                sealed,
                state.word(),
                owner.map(Owner::word),
                reason,
            ],
        )?;
        Ok(DespatchKey(self.conn.last_insert_rowid()))
    }

    fn revise_despatch(
        &mut self,
        key: DespatchKey,
        new: &NewDespatch<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let sealed = self.sealed_text(Purpose::Despatch, &item_place(new.id), new.raw)?;
        self.run_on(
            "despatch",
            "UPDATE despatch SET revision = ?2, at = ?3, published = ?4, is_last = ?5, units = ?6,
                    parcels = ?7, content = ?8, sealed = ?9, cleared_at = NULL
             WHERE key = ?1",
            params![
                key.0,
                new.revision,
                times::ms(new.at),
                new.published.map(times::ms),
                new.is_last,
                new.units,
                new.parcels,
                new.content,
                sealed,
            ],
        )?;
        self.run(
            "UPDATE despatch SET state = 'waiting', due = ?2, changed_at = ?2, owner = NULL,
                    reason = '', sealed_detail = NULL
             WHERE key = ?1 AND state = 'posted'",
            params![key.0, times::ms(now)],
        )?;
        Ok(())
    }

    fn put_aside(
        &mut self,
        key: DespatchKey,
        new: &NewDespatch<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let place = clash_place(new.id, &new.content);
        let sealed = self.sealed_text(Purpose::Despatch, &place, new.raw)?;
        self.run(
            "INSERT INTO despatch_clash (despatch, content, revision, received, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (despatch, content) DO NOTHING",
            params![key.0, new.content, new.revision, times::ms(now), sealed],
        )?;
        Ok(())
    }

    /// Makes the sale of a despatch findable by its id and its tracking numbers. Those of
    /// earlier revisions still find it: somebody was given them.
    fn find_despatch_by(
        &mut self,
        key: DespatchKey,
        new: &NewDespatch<'_>,
    ) -> Result<(), StoreFault> {
        // A number typed with blanks is looked for piece by piece.
        let texts = new
            .tracking
            .iter()
            .map(|number| number.split_whitespace().collect::<String>())
            .chain([new.id.to_owned()]);
        for text in texts.map(|text| words::clear(&text)) {
            if text.is_empty() {
                continue;
            }
            self.run(
                "INSERT INTO despatch_text (despatch, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![key.0, text],
            )?;
        }
        self.find_sale_by_despatch(key)
    }

    /// Copies a despatch's texts to those its sale is found by, if it has one.
    fn find_sale_by_despatch(&mut self, key: DespatchKey) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO find_text (text, sale)
             SELECT t.text, d.sale FROM despatch AS d
             CROSS JOIN despatch_text AS t ON t.despatch = d.key
             WHERE d.key = ?1 AND d.sale IS NOT NULL
             ON CONFLICT DO NOTHING",
            [key.0],
        )?;
        Ok(())
    }

    /// Gives a sale the despatches that came before it was known: those without a sale
    /// under one of these references, in either case. They wait to be told, but for those
    /// that a person has closed. Gives back which.
    pub fn adopt_despatches(
        &mut self,
        sale: SaleKey,
        references: &[String],
        now: DateTime<Utc>,
    ) -> Result<Vec<DespatchKey>, StoreFault> {
        let mut adopted = Vec::new();
        for reference in references {
            let found = self.all(
                "SELECT key FROM despatch
                 WHERE sale IS NULL AND upper(trim(raw_reference)) = ?1",
                [reference.trim().to_ascii_uppercase()],
                |row| Ok(DespatchKey(col(row, 0)?)),
            )?;
            for key in found {
                self.adopt_despatch(key, sale, now)?;
                adopted.push(key);
            }
        }
        adopted.sort_unstable();
        Ok(adopted)
    }

    fn adopt_despatch(
        &mut self,
        key: DespatchKey,
        sale: SaleKey,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "despatch",
            "UPDATE despatch SET sale = ?2 WHERE key = ?1",
            params![key.0, sale.0],
        )?;
        self.run(
            "UPDATE despatch SET state = 'waiting', due = ?2, changed_at = ?2, owner = NULL,
                    reason = '', sealed_detail = NULL, failures = 0, first_failed = NULL
             WHERE key = ?1 AND state = 'exception'",
            params![key.0, times::ms(now)],
        )?;
        self.find_sale_by_despatch(key)
    }
}
