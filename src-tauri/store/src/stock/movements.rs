//! Movements of the warehouse: those that matter to a comparison, with whether Cin7 has been
//! told of each; and those of one SKU, for people to look at.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::forms::AdjustmentState;
use super::moved::{MovementKind, MovementRow, MovementWrites, SkuMovement, Told};
use super::row::{adjustment_state, movement};
use crate::StoreFault;
use crate::columns::Columns;
use crate::despatches::DespatchState;
use crate::reading::{Reading, col};
use crate::times;

/// When the first of some writes began, whether one was refused, and when all was done.
type Writes = (Option<i64>, Option<bool>, Option<i64>);

impl Reading {
    /// Movements that Cin7 has not been told of, or was told of from that moment on, by SKU.
    /// Goods that left are below zero. Nothing that is never to be told is among them, save what
    /// comes to nothing together with others: Cin7 has their sum, and a count may have seen one
    /// of them alone.
    pub fn movements(&self, as_of: DateTime<Utc>) -> Result<Vec<MovementRow>, StoreFault> {
        // Once told, a despatch stays so while a correction of its parcels is due.
        let mut movements = self.all(
            "SELECT g.sku, g.units, g.movement, d.at, d.state, d.posted_at, d.id,
                    EXISTS (SELECT 1 FROM despatch_step AS t INDEXED BY despatch_step_number
                            WHERE t.despatch = d.key AND t.step <> 'task'
                              AND t.outcome IS NOT 'refused')
             FROM despatch AS d INDEXED BY despatch_by_state
             CROSS JOIN despatch_goods AS g ON g.despatch = d.key
             WHERE d.state IN ('waiting', 'posting', 'unclear', 'exception', 'parked')
               AND d.posted_at IS NULL",
            [],
            despatched,
        )?;
        movements.extend(self.all(
            "SELECT g.sku, g.units, g.movement, d.at, d.state, d.posted_at, d.id, 1
             FROM despatch AS d INDEXED BY despatch_by_posted
             CROSS JOIN despatch_goods AS g ON g.despatch = d.key
             WHERE d.posted_at >= ?1",
            [times::ms(as_of)],
            despatched,
        )?);
        movements.extend(self.all(
            "SELECT sku, units, movement, at, state, cause = 'meets_a_correction', id
             FROM adjustment INDEXED BY adjustment_by_state
             WHERE state IN ('new', 'needs_approval', 'posting', 'unclear', 'failed')",
            [],
            adjusted,
        )?);
        movements.extend(self.all(
            "SELECT sku, units, movement, at, state, cause = 'meets_a_correction', id
             FROM adjustment INDEXED BY adjustment_by_posted WHERE posted_at >= ?1",
            [times::ms(as_of)],
            adjusted,
        )?);
        movements.extend(self.all(
            "SELECT sku, units, movement, at, state, cause = 'meets_a_correction', id
             FROM adjustment INDEXED BY adjustment_unwritten
             WHERE state IN ('already_in_cin7', 'recorded') AND changed_at >= ?1
               AND (state <> 'recorded'
                    OR cause IN ('sum_of_nothing', 'taken_back', 'takes_back'))",
            [times::ms(as_of)],
            adjusted,
        )?);
        movements.sort_by(|a, b| {
            (&a.sku, a.at, a.movement, &a.id).cmp(&(&b.sku, b.at, b.movement, &b.id))
        });
        Ok(movements)
    }

    /// When Cin7 was written to about that movement; nothing where it is not known.
    pub fn movement_writes(
        &self,
        kind: MovementKind,
        id: &str,
    ) -> Result<MovementWrites, StoreFault> {
        let found = match kind {
            MovementKind::Despatch => self.despatch_writes(id)?,
            MovementKind::Adjustment => self.adjustment_writes(id)?,
        };
        let (began, refused, done) = found.unwrap_or_default();
        Ok(MovementWrites {
            began: times::at_ms_or_none(began)?,
            was_refused: refused.unwrap_or_default(),
            done: times::at_ms_or_none(done)?,
        })
    }

    /// A task is made empty, and moves nothing. Despatches told together are written by the
    /// steps of one of them, in the task that all have then.
    fn despatch_writes(&self, id: &str) -> Result<Option<Writes>, StoreFault> {
        self.one(
            "SELECT (SELECT MIN(t.began) FROM despatch AS o INDEXED BY despatch_of_sale
                     CROSS JOIN despatch_step AS t INDEXED BY despatch_step_number
                         ON t.despatch = o.key
                     WHERE o.sale = d.sale AND t.step <> 'task'
                       AND (o.key = d.key OR (t.task = d.task AND d.task <> ''))),
                    (SELECT MAX(t.outcome = 'refused')
                     FROM despatch AS o INDEXED BY despatch_of_sale
                     CROSS JOIN despatch_step AS t INDEXED BY despatch_step_number
                         ON t.despatch = o.key
                     WHERE o.sale = d.sale AND t.step <> 'task'
                       AND (o.key = d.key OR (t.task = d.task AND d.task <> ''))),
                    d.posted_at
             FROM despatch AS d WHERE d.id = ?1",
            [id],
            writes,
        )
    }

    /// A draft moves nothing. Posted is what was read back, at the time of its last change.
    fn adjustment_writes(&self, id: &str) -> Result<Option<Writes>, StoreFault> {
        self.one(
            "SELECT (SELECT MIN(t.began) FROM stock_step AS t INDEXED BY stock_step_number
                     WHERE t.document = a.document AND t.step <> 'draft'),
                    (SELECT MAX(t.outcome = 'refused')
                     FROM stock_step AS t INDEXED BY stock_step_number
                     WHERE t.document = a.document AND t.step <> 'draft'),
                    CASE a.state WHEN 'posted' THEN a.changed_at END
             FROM adjustment AS a WHERE a.id = ?1",
            [id],
            writes,
        )
    }

    /// How many different movements we have heard of above one number, up to another.
    pub fn movements_numbered(&self, above: u64, up_to: u64) -> Result<u64, StoreFault> {
        let span = params![times::whole(above), times::whole(up_to)];
        let mut numbers: BTreeSet<i64> = BTreeSet::new();
        numbers.extend(self.all(
            "SELECT movement FROM despatch_goods INDEXED BY despatch_goods_by_movement
             WHERE movement > ?1 AND movement <= ?2",
            span,
            |row| col::<i64>(row, 0),
        )?);
        numbers.extend(self.all(
            "SELECT movement FROM adjustment INDEXED BY adjustment_by_movement
             WHERE movement > ?1 AND movement <= ?2",
            span,
            |row| col::<i64>(row, 0),
        )?);
        Ok(numbers.len() as u64)
    }

    /// Whether we have heard of a movement of that SKU from that moment on, whenever it
    /// happened: an adjustment, or goods that left before.
    pub fn heard_of_since(&self, sku: &str, since: DateTime<Utc>) -> Result<bool, StoreFault> {
        let found = self.one(
            "SELECT 1 FROM adjustment INDEXED BY adjustment_by_sku
             WHERE sku = ?1 AND received >= ?2
             UNION ALL
             SELECT 1 FROM despatch_goods AS g INDEXED BY despatch_goods_by_sku
             CROSS JOIN despatch AS d ON d.key = g.despatch
             WHERE g.sku = ?1 AND d.received >= ?2 AND d.at < ?2
             LIMIT 1",
            params![sku, times::ms(since)],
            |row| row.get::<_, i64>(0),
        )?;
        Ok(found.is_some())
    }

    /// Units that left since that moment, by SKU as the warehouse spells it.
    pub fn despatched_units_since(
        &self,
        since: DateTime<Utc>,
    ) -> Result<Vec<(String, i64)>, StoreFault> {
        let rows: Vec<(String, i64)> = self.all(
            "SELECT g.sku, g.units FROM despatch AS d INDEXED BY despatch_by_at
             CROSS JOIN despatch_goods AS g ON g.despatch = d.key
             WHERE d.at >= ?1",
            [times::ms(since)],
            |row| Ok((col(row, 0)?, col(row, 1)?)),
        )?;
        Ok(by_sku(rows))
    }

    /// Every despatch and adjustment of a SKU, in the warehouse's spelling, from one moment
    /// until before another, the last one first; at most so many.
    pub fn movements_of(
        &self,
        sku: &str,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<SkuMovement>, StoreFault> {
        let span = params![sku, times::ms(from), times::ms(until), limit];
        let mut movements = self.all(
            "SELECT d.id, -g.units, g.movement, d.at, d.state, d.posted_at,
                    COALESCE(s.number, d.raw_reference)
             FROM despatch AS d INDEXED BY despatch_by_at
             CROSS JOIN despatch_goods AS g ON g.despatch = d.key AND g.sku = ?1
             LEFT JOIN sale AS s ON s.key = d.sale
             WHERE d.at >= ?2 AND d.at < ?3 ORDER BY d.at DESC, d.key DESC LIMIT ?4",
            span,
            |row| sku_movement(row, MovementKind::Despatch),
        )?;
        movements.extend(self.all(
            "SELECT id, units, movement, at, state, posted_at, why
             FROM adjustment INDEXED BY adjustment_by_sku
             WHERE sku = ?1 AND at >= ?2 AND at < ?3 ORDER BY at DESC, key DESC LIMIT ?4",
            span,
            |row| sku_movement(row, MovementKind::Adjustment),
        )?);
        movements.sort_by_key(|movement| std::cmp::Reverse((movement.at, movement.movement)));
        movements.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(movements)
    }
}

/// One sum for each SKU.
pub(super) fn by_sku(goods: Vec<(String, i64)>) -> Vec<(String, i64)> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for (sku, units) in goods {
        let sum = sums.entry(sku).or_default();
        *sum = sum.saturating_add(units);
    }
    sums.into_iter().collect()
}

fn despatched(row: &Row<'_>) -> Result<MovementRow, StoreFault> {
    let mut columns = Columns::of(row);
    let (sku, units): (String, i64) = (columns.next()?, columns.next()?);
    let (movement, at) = (movement(columns.next()?)?, columns.at()?);
    let (state, posted_at): (String, Option<i64>) = (columns.next()?, columns.next()?);
    let (id, is_begun): (String, bool) = (columns.next()?, columns.next()?);
    let told = match (posted_at, DespatchState::from_word(&state)) {
        (Some(_), _) | (None, Some(DespatchState::Posted)) => Told::Yes,
        // One that is tried again may stand there from the last time.
        (None, Some(DespatchState::Waiting | DespatchState::Parked)) if is_begun => Told::Perhaps,
        (None, Some(DespatchState::Waiting | DespatchState::Parked)) => Told::NotYet,
        (None, Some(DespatchState::Posting | DespatchState::Unclear)) => Told::Perhaps,
        (None, Some(DespatchState::Exception | DespatchState::Closed)) => Told::Blocked,
        (None, None) => {
            return Err(StoreFault::damaged(format!(
                "“{state}” is no state of a despatch"
            )));
        }
    };
    Ok(MovementRow {
        sku,
        units: units.saturating_neg(),
        movement,
        at,
        told,
        kind: MovementKind::Despatch,
        id,
    })
}

fn adjusted(row: &Row<'_>) -> Result<MovementRow, StoreFault> {
    let mut columns = Columns::of(row);
    let (sku, units) = (columns.next()?, columns.next()?);
    let (movement, at) = (movement(columns.next()?)?, columns.at()?);
    let state = adjustment_state(&columns.next::<String>()?)?;
    // A correction that a person posted has told Cin7 of it already, as far as can be known.
    let meets_correction = columns.next()?;
    Ok(MovementRow {
        sku,
        units,
        movement,
        at,
        told: match state {
            AdjustmentState::New => Told::NotYet,
            AdjustmentState::Posting | AdjustmentState::Unclear => Told::Perhaps,
            AdjustmentState::NeedsApproval if meets_correction => Told::Yes,
            AdjustmentState::NeedsApproval => Told::Held,
            AdjustmentState::Failed | AdjustmentState::Dismissed => Told::Blocked,
            AdjustmentState::Posted
            | AdjustmentState::AlreadyInCin7
            | AdjustmentState::Recorded => Told::Yes,
        },
        kind: MovementKind::Adjustment,
        id: columns.next()?,
    })
}

fn writes(row: &Row<'_>) -> rusqlite::Result<Writes> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn sku_movement(row: &Row<'_>, kind: MovementKind) -> Result<SkuMovement, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(SkuMovement {
        kind,
        id: columns.next()?,
        units: columns.next()?,
        movement: movement(columns.next()?)?,
        at: columns.at()?,
        state: columns.next()?,
        posted_at: columns.at_or_none()?,
        about: columns.next()?,
    })
}
