//! How a document goes on: drafted, completed, read back, put off, failed, taken back; and its
//! adjustments with it. Which of these it is is the engine's to tell.

use chrono::{DateTime, Utc};
use domain::Owner;
use rusqlite::params;
use rust_decimal::Decimal;

use super::documented::DocumentFails;
use super::forms::{AdjustmentRow, AdjustmentState, DocumentKey};
use super::row::{adjustment_place, document_place};
use crate::write::Write;
use crate::{StoreFault, times};

impl Write<'_> {
    /// The document stands in Cin7 as a draft, by that id and number; with the level of each
    /// line read just before.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it was completed, or is not under way any more.
    pub fn document_drafted(
        &mut self,
        document: DocumentKey,
        task: &str,
        number: &str,
        before: &[(u32, Decimal)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "stock document that is to be drafted",
            "UPDATE stock_document SET state = 'drafted', task = ?2, number = ?3, cause = '',
                    sealed_detail = NULL, due = ?4, failures = 0, first_failed = NULL,
                    unclear_since = NULL, changed_at = ?4
             WHERE key = ?1 AND state IN ('intended', 'drafted', 'unclear')",
            params![document.0, task, number, times::ms(now)],
        )?;
        for (line, before) in before {
            self.run_on(
                "line of the stock document",
                "UPDATE stock_document_line SET before = ?3 WHERE document = ?1 AND number = ?2",
                params![document.0, line, times::fixed(*before)?],
            )?;
        }
        self.adjustments_under_way(document, false, now)
    }

    /// The document is completed in Cin7, with the level of each line read just before and
    /// the one that was set; it is to be read back. The first time of being completed stays.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it is not under way any more.
    pub fn document_completed(
        &mut self,
        document: DocumentKey,
        levels: &[(u32, Decimal, Decimal)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "stock document that is to be completed",
            "UPDATE stock_document SET state = 'completed', cause = '', sealed_detail = NULL,
                    due = ?2, failures = 0, first_failed = NULL, unclear_since = NULL,
                    completed_at = COALESCE(completed_at, ?2), changed_at = ?2
             WHERE key = ?1 AND state IN ('intended', 'drafted', 'unclear', 'completed')",
            params![document.0, times::ms(now)],
        )?;
        for (line, before, after) in levels {
            self.run_on(
                "line of the stock document",
                "UPDATE stock_document_line SET before = ?3, after = ?4
                 WHERE document = ?1 AND number = ?2",
                params![
                    document.0,
                    line,
                    times::fixed(*before)?,
                    times::fixed(*after)?
                ],
            )?;
        }
        self.adjustments_under_way(document, false, now)
    }

    /// The figures followed: the document is done, and the adjustments in it are posted, at
    /// the time it was completed. Where several are in one line, each has the level that the
    /// ones before it came to, in the order in which they happened. Also for a document whose
    /// figures followed late.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it is not completed.
    pub fn document_done(
        &mut self,
        document: DocumentKey,
        seen: &[(u32, Decimal)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "stock document that is completed",
            "UPDATE stock_document SET state = 'done', cause = '', sealed_detail = NULL,
                    changed_at = ?2
             WHERE key = ?1 AND state IN ('completed', 'unmoved')",
            params![document.0, times::ms(now)],
        )?;
        self.keep_seen(document, seen)?;
        let mut of_document = self.adjustments_of_document(document)?;
        of_document.retain(|row| is_under_way(row) || row.state == AdjustmentState::Failed);
        let row = self.document(document)?;
        for line in &row.lines {
            let mut level = line.before.map(times::fixed).transpose()?;
            for adjustment in &of_document {
                if adjustment.line != Some(line.number) {
                    continue;
                }
                let after = level
                    .map(|level| {
                        times::fixed(times::unfixed(level) + Decimal::from(adjustment.units))
                    })
                    .transpose()?;
                self.run_on(
                    "adjustment",
                    "UPDATE adjustment SET state = 'posted', before = ?2, after = ?3,
                            unit_cost = ?4, cost_at = ?5, posted_at = ?6, owner = NULL,
                            cause = '', sealed_detail = NULL, failures = 0,
                            first_failed = NULL, changed_at = ?7
                     WHERE key = ?1",
                    params![
                        adjustment.key.0,
                        level,
                        after,
                        times::fixed_or_none(line.unit_cost)?,
                        line.cost_at.map(times::ms),
                        times::ms(row.completed_at.unwrap_or(now)),
                        times::ms(now),
                    ],
                )?;
                level = after;
            }
        }
        Ok(())
    }

    /// The document was completed, and the figures that were read back did not follow: a
    /// person has to look. Its adjustments are put into no other document until this one is
    /// taken back.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it is not completed; [`StoreFault::KeyMissing`] when there
    /// is a detail and no key.
    pub fn document_unmoved(
        &mut self,
        document: DocumentKey,
        seen: &[(u32, Decimal)],
        fails: &DocumentFails<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let sealed = self.document_detail(document, fails)?;
        self.run_on(
            "stock document that is completed",
            "UPDATE stock_document SET state = 'unmoved', cause = ?2, sealed_detail = ?3,
                    changed_at = ?4
             WHERE key = ?1 AND state = 'completed'",
            params![document.0, fails.cause, sealed, times::ms(now)],
        )?;
        self.keep_seen(document, seen)?;
        self.adjustments_fail(document, fails, now)
    }

    /// The document was refused, and nothing of it moved: its adjustments have failed.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it was completed, or is not under way any more;
    /// [`StoreFault::KeyMissing`] when there is a detail and no key.
    pub fn document_failed(
        &mut self,
        document: DocumentKey,
        fails: &DocumentFails<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let sealed = self.document_detail(document, fails)?;
        self.run_on(
            "stock document that is under way",
            "UPDATE stock_document SET state = 'failed', cause = ?2, sealed_detail = ?3,
                    failures = failures + 1, first_failed = COALESCE(first_failed, ?4),
                    unclear_since = NULL, changed_at = ?4
             WHERE key = ?1 AND state IN ('intended', 'drafted', 'unclear')",
            params![document.0, fails.cause, sealed, times::ms(now)],
        )?;
        self.adjustments_fail(document, fails, now)
    }

    /// Puts a document off to that time: to be looked up when it is unclear whether something
    /// arrived, else to go on where it was. Counts a failure if `failed`.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it is not under way any more.
    pub fn document_again(
        &mut self,
        document: DocumentKey,
        due: DateTime<Utc>,
        failed: bool,
        unclear: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "stock document that is under way",
            "UPDATE stock_document SET
                    state = CASE WHEN ?4 THEN 'unclear'
                                 WHEN state <> 'unclear' THEN state
                                 WHEN completed_at IS NOT NULL THEN 'completed'
                                 WHEN task <> '' THEN 'drafted'
                                 ELSE 'intended' END,
                    due = ?2, failures = failures + ?3,
                    first_failed = CASE WHEN ?3 THEN COALESCE(first_failed, ?5)
                                        ELSE first_failed END,
                    unclear_since = CASE WHEN ?4 THEN COALESCE(unclear_since, ?5) END,
                    changed_at = CASE WHEN (state = 'unclear') = ?4 THEN changed_at ELSE ?5 END
             WHERE key = ?1 AND state IN ('intended', 'drafted', 'unclear', 'completed')",
            params![document.0, times::ms(due), failed, unclear, times::ms(now)],
        )?;
        self.adjustments_under_way(document, unclear, now)
    }

    /// The document was taken back in Cin7. Where its adjustments stand next is the engine's
    /// to write; those that were posted stay so.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it was already.
    pub fn document_voided(
        &mut self,
        document: DocumentKey,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "stock document that can be taken back",
            "UPDATE stock_document SET state = 'voided', unclear_since = NULL, changed_at = ?2
             WHERE key = ?1 AND state <> 'voided'",
            params![document.0, times::ms(now)],
        )
    }

    /// Has the adjustments of a document that failed or was taken back posted in another, at
    /// once; each in one of its own if `alone`. Gives back how many.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when it did not fail and was not taken back.
    pub fn release_document(
        &mut self,
        document: DocumentKey,
        alone: bool,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreFault> {
        let out_of_the_way: Option<i64> = self.one(
            "SELECT key FROM stock_document WHERE key = ?1 AND state IN ('failed', 'voided')",
            [document.0],
            |row| row.get(0),
        )?;
        if out_of_the_way.is_none() {
            return Err(StoreFault::Missing {
                what: "stock document that failed or was taken back".into(),
            });
        }
        let released = self.run(
            "UPDATE adjustment SET state = 'new', document = NULL, line = NULL,
                    alone = MAX(alone, ?2), owner = NULL, cause = '', sealed_detail = NULL,
                    due = ?3, changed_at = ?3
             WHERE document = ?1 AND state IN ('posting', 'unclear', 'failed')",
            params![document.0, alone, times::ms(now)],
        )?;
        times::count(times::whole(released))
    }

    fn keep_seen(
        &mut self,
        document: DocumentKey,
        seen: &[(u32, Decimal)],
    ) -> Result<(), StoreFault> {
        for (line, seen) in seen {
            self.run_on(
                "line of the stock document",
                "UPDATE stock_document_line SET seen = ?3 WHERE document = ?1 AND number = ?2",
                params![document.0, line, times::fixed(*seen)?],
            )?;
        }
        Ok(())
    }

    fn document_detail(
        &self,
        document: DocumentKey,
        fails: &DocumentFails<'_>,
    ) -> Result<Option<Vec<u8>>, StoreFault> {
        let reference = self.document(document)?.reference;
        self.sealed_words(&document_place(&reference), fails.detail)
    }

    fn adjustments_fail(
        &mut self,
        document: DocumentKey,
        fails: &DocumentFails<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let mut of_document = self.adjustments_of_document(document)?;
        of_document.retain(is_under_way);
        for adjustment in of_document {
            let sealed = self.sealed_words(&adjustment_place(&adjustment.id), fails.detail)?;
            self.run_on(
                "adjustment",
                "UPDATE adjustment SET state = 'failed', owner = ?2, cause = ?3,
                        sealed_detail = ?4, due = ?5, failures = failures + 1,
                        first_failed = COALESCE(first_failed, ?6), changed_at = ?6
                 WHERE key = ?1",
                params![
                    adjustment.key.0,
                    fails.owner.map(Owner::word),
                    fails.cause,
                    sealed,
                    times::ms(fails.due),
                    times::ms(now),
                ],
            )?;
        }
        Ok(())
    }
}

fn is_under_way(adjustment: &AdjustmentRow) -> bool {
    matches!(
        adjustment.state,
        AdjustmentState::Posting | AdjustmentState::Unclear
    )
}
