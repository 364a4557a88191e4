//! Taking adjustments of the warehouse's feed, which come at least once, late and out of
//! order; and what left, SKU by SKU, of its despatches.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::forms::{AdjustmentClash, AdjustmentKey, NewAdjustment, TookAdjustment};
use crate::columns::Columns;
use crate::despatches::DespatchKey;
use crate::reading::{Reading, col};
use crate::write::Write;
use crate::{StoreFault, times};

/// What is known of an adjustment, as far as taking it again goes.
struct Known {
    key: AdjustmentKey,
    revision: u32,
    goods: Vec<u8>,
    content: Vec<u8>,
}

impl Write<'_> {
    /// Takes an adjustment of the warehouse's feed. One that is not known is to be posted, at
    /// once. A higher revision with the same goods replaces what was known of reason and
    /// note, and leaves where the adjustment stands. What says something else under a known
    /// identity is put aside.
    pub fn take_adjustment(
        &mut self,
        new: &NewAdjustment<'_>,
        now: DateTime<Utc>,
    ) -> Result<TookAdjustment, StoreFault> {
        let Some(known) = self.known_adjustment(new.id)? else {
            return Ok(TookAdjustment::New(self.first_adjustment(new, now)?));
        };
        let same = known.revision == new.revision && known.content == new.content;
        if same || new.revision < known.revision {
            return Ok(TookAdjustment::Known(known.key));
        }
        if known.revision == new.revision || known.goods != new.goods {
            self.run(
                "INSERT INTO adjustment_clash (adjustment, content, revision, received, raw)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (adjustment, content) DO NOTHING",
                params![
                    known.key.0,
                    new.content,
                    new.revision,
                    times::ms(now),
                    new.raw
                ],
            )?;
            return Ok(TookAdjustment::Changed(known.key));
        }
        self.revise_adjustment(known.key, new)?;
        Ok(TookAdjustment::Revised(known.key))
    }

    /// Keeps what left of each SKU with a despatch (below zero for a void), and the number of
    /// its movement. Units of a SKU given twice add up, and the later movement counts; the
    /// same again changes nothing.
    pub fn put_despatch_goods(
        &mut self,
        despatch: DespatchKey,
        goods: &[(&str, i64, Option<u64>)],
    ) -> Result<(), StoreFault> {
        let mut by_sku: BTreeMap<&str, (i64, Option<u64>)> = BTreeMap::new();
        for (sku, units, movement) in goods {
            let sum = by_sku.entry(sku).or_default();
            sum.0 = sum.0.saturating_add(*units);
            sum.1 = sum.1.max(*movement);
        }
        for (sku, (units, movement)) in by_sku {
            self.run(
                "INSERT INTO despatch_goods (despatch, sku, units, movement)
                 VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (despatch, sku) DO UPDATE
                     SET units = excluded.units, movement = excluded.movement
                     WHERE units <> excluded.units OR movement IS NOT excluded.movement",
                params![despatch.0, sku, units, movement.map(times::whole)],
            )?;
        }
        Ok(())
    }

    fn known_adjustment(&self, id: &str) -> Result<Option<Known>, StoreFault> {
        let found = self.all(
            "SELECT key, revision, goods, content FROM adjustment WHERE id = ?1",
            [id],
            |row| {
                Ok(Known {
                    key: AdjustmentKey(col(row, 0)?),
                    revision: times::count(col(row, 1)?)?,
                    goods: col(row, 2)?,
                    content: col(row, 3)?,
                })
            },
        )?;
        Ok(found.into_iter().next())
    }

    fn first_adjustment(
        &mut self,
        new: &NewAdjustment<'_>,
        now: DateTime<Utc>,
    ) -> Result<AdjustmentKey, StoreFault> {
        self.run(
            "INSERT INTO adjustment (id, revision, movement, sku, units, in_building, why,
                                     why_text, note, warehouse, reverses, belongs_to, at,
                                     published, received, goods, content, state, due, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     'new', ?15, ?15)",
            params![
                new.id,
                new.revision,
                new.movement.map(times::whole),
                new.sku,
                new.units,
                new.in_building,
                new.why,
                new.why_text,
                new.note,
                new.warehouse,
                new.reverses,
                new.belongs_to,
                times::ms(new.at),
                new.published.map(times::ms),
                times::ms(now),
                new.goods,
                new.content,
            ],
        )?;
        Ok(AdjustmentKey(self.conn.last_insert_rowid()))
    }

    fn revise_adjustment(
        &mut self,
        key: AdjustmentKey,
        new: &NewAdjustment<'_>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "adjustment",
            "UPDATE adjustment SET revision = ?2, why = ?3, why_text = ?4, note = ?5,
                    warehouse = ?6, reverses = ?7, belongs_to = ?8, at = ?9, published = ?10,
                    content = ?11
             WHERE key = ?1",
            params![
                key.0,
                new.revision,
                new.why,
                new.why_text,
                new.note,
                new.warehouse,
                new.reverses,
                new.belongs_to,
                times::ms(new.at),
                new.published.map(times::ms),
                new.content,
            ],
        )
    }
}

impl Reading {
    /// What else was said under the identity of an adjustment, the oldest first.
    pub fn adjustment_clashes(
        &self,
        adjustment: AdjustmentKey,
    ) -> Result<Vec<AdjustmentClash>, StoreFault> {
        let mut clashes = self.all(
            "SELECT revision, received, raw FROM adjustment_clash WHERE adjustment = ?1",
            [adjustment.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok(AdjustmentClash {
                    revision: columns.count()?,
                    received: columns.at()?,
                    raw: columns.next()?,
                })
            },
        )?;
        clashes.sort_by_key(|clash| clash.received);
        Ok(clashes)
    }

    /// What left of each SKU with a despatch, by SKU: units, and the number of its movement.
    pub fn despatch_goods(
        &self,
        despatch: DespatchKey,
    ) -> Result<Vec<(String, i64, Option<u64>)>, StoreFault> {
        self.all(
            "SELECT sku, units, movement FROM despatch_goods WHERE despatch = ?1 ORDER BY sku",
            [despatch.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok((
                    columns.next()?,
                    columns.next()?,
                    super::row::movement(columns.next()?)?,
                ))
            },
        )
    }
}
