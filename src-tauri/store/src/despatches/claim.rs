//! Claiming: the next despatch to tell Cin7 of, committed as begun; and after a crash, what
//! was begun and not ended.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::ERP;
use super::forms::{DespatchKey, DespatchRow};
use crate::columns::Columns;
use crate::forms::SaleKey;
use crate::reading::Reading;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Whether another despatch `b` of the same sale goes before `d`. What is being told, and
/// what may have arrived, is finished before another is begun: until it is looked up, nobody
/// can tell whose the task is that stands in Cin7. Else the older one goes first.
pub(crate) const GOES_BEFORE: &str = "b.sale = d.sale AND b.key <> d.key AND (\
        b.state = 'posting' \
        OR (b.state = 'unclear' AND (d.state = 'waiting' OR (b.at, b.key) < (d.at, d.key))) \
        OR (b.state = 'waiting' AND d.state = 'waiting' AND (b.at, b.key) < (d.at, d.key)))";

/// A step that was begun and never ended.
struct CutOff {
    despatch: DespatchKey,
    id: String,
    sale: Option<SaleKey>,
    attempt: u32,
    step: String,
}

impl Store {
    /// Begins the oldest despatch that is due, by when it was handed over. Of one sale there
    /// is never more than one under way, and the older goes first. When this returns, that it
    /// is begun is on disk; why it waited so far is forgotten.
    pub fn claim_despatch(
        &mut self,
        now: DateTime<Utc>,
    ) -> Result<Option<DespatchRow>, StoreFault> {
        self.write(|w| {
            let Some(key) = w.next_despatch(now)? else {
                return Ok(None);
            };
            w.run_on(
                "despatch",
                "UPDATE despatch SET state = 'posting', attempts = attempts + 1, changed_at = ?2,
                        owner = NULL, reason = '', sealed_detail = NULL
                 WHERE key = ?1",
                params![key.0, times::ms(now)],
            )?;
            w.despatch_by_key(key).map(Some)
        })
    }

    /// After a crash: every despatch that was being told has an unknown outcome, and is due
    /// to be looked up now. Gives back how many.
    pub fn recover_despatches(&mut self, now: DateTime<Utc>) -> Result<u32, StoreFault> {
        self.write(|w| {
            for cut in w.steps_cut_off()? {
                w.end_cut_off(&cut, now)?;
            }
            let recovered = w.run(
                "UPDATE despatch SET state = 'unclear', due = ?1, changed_at = ?1,
                        unclear_since = COALESCE(unclear_since, changed_at)
                 WHERE state = 'posting'",
                [times::ms(now)],
            )?;
            times::count(times::whole(recovered))
        })
    }
}

impl Reading {
    /// When the next despatch can be worked on, as [`crate::Store::claim_despatch`] sees it.
    pub(super) fn next_despatch_due(&self) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let sql = format!(
            "SELECT d.due FROM despatch AS d INDEXED BY despatch_by_due
             WHERE d.state IN ('waiting', 'unclear')
               AND NOT EXISTS (SELECT 1 FROM despatch AS b INDEXED BY despatch_of_sale
                               WHERE {GOES_BEFORE})
             ORDER BY d.due LIMIT 1"
        );
        times::at_ms_or_none(self.one(&sql, [], |row| row.get(0))?)
    }
}

impl Write<'_> {
    fn next_despatch(&self, now: DateTime<Utc>) -> Result<Option<DespatchKey>, StoreFault> {
        // The index is named, or SQLite may sort all that waits.
        let sql = format!(
            "SELECT d.key FROM despatch AS d INDEXED BY despatch_open
             WHERE d.state IN ('waiting', 'posting', 'unclear') AND d.state <> 'posting'
               AND d.due <= ?1
               AND NOT EXISTS (SELECT 1 FROM despatch AS b INDEXED BY despatch_of_sale
                               WHERE {GOES_BEFORE})
             ORDER BY d.at, d.state, d.key LIMIT 1"
        );
        self.one(&sql, [times::ms(now)], |row| Ok(DespatchKey(row.get(0)?)))
    }

    fn steps_cut_off(&self) -> Result<Vec<CutOff>, StoreFault> {
        self.all(
            "SELECT d.key, d.id, d.sale, t.attempt, t.step
             FROM despatch_step AS t INDEXED BY despatch_step_begun
             CROSS JOIN despatch AS d ON d.key = t.despatch
             WHERE t.ended IS NULL ORDER BY t.despatch",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(CutOff {
                    despatch: DespatchKey(columns.next()?),
                    id: columns.next()?,
                    sale: columns.next::<Option<i64>>()?.map(SaleKey),
                    attempt: columns.count()?,
                    step: columns.next()?,
                })
            },
        )
    }

    fn end_cut_off(&mut self, cut: &CutOff, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.end_open_step(cut.despatch, "cut_off", now)?;
        let operation = format!("post {}", cut.step);
        self.note_cut_off(ERP, &operation, cut.sale, &cut.id, cut.attempt, now)
    }
}
