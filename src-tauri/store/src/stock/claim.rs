//! Claiming: the next document to go on with; and after a crash, what was begun and not ended.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::ERP;
use super::documented::DocumentRow;
use super::forms::DocumentKey;
use super::row::DOCUMENT;
use crate::columns::Columns;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Whether `d`, which moves nothing yet, waits for another document `b`. An adjustment in
/// Cin7 sets a level, not a change: what may still arrive for the same product, and what is
/// still to be read back, is cleared up before that product's level is read for another.
pub(crate) const WAITS_FOR_ANOTHER: &str = "d.state IN ('intended', 'drafted') AND EXISTS (\
        SELECT 1 FROM stock_document AS b INDEXED BY stock_document_open \
        CROSS JOIN stock_document_line AS theirs ON theirs.document = b.key \
        CROSS JOIN stock_document_line AS ours \
            ON ours.product = theirs.product AND ours.document = d.key \
        WHERE b.state IN ('intended', 'drafted', 'unclear', 'completed') AND b.key <> d.key \
          AND b.location = d.location \
          AND (b.state IN ('unclear', 'completed') OR EXISTS ( \
              SELECT 1 FROM stock_step AS t INDEXED BY stock_step_begun \
              WHERE t.document = b.key AND t.ended IS NULL)))";

/// A step that was begun and never ended.
struct CutOff {
    document: DocumentKey,
    reference: String,
    attempt: u32,
    step: String,
}

impl Store {
    /// The document that is due the longest, of those that go on without a person and have
    /// nothing under way. One that moves nothing yet waits while what was sent in another may
    /// still arrive for one of its products, or is to be read back.
    pub fn claim_document(
        &mut self,
        now: DateTime<Utc>,
    ) -> Result<Option<DocumentRow>, StoreFault> {
        // The index is named, or SQLite may sort all that waits.
        let sql = format!(
            "SELECT {DOCUMENT} FROM stock_document AS d INDEXED BY stock_document_open
             WHERE d.state IN ('intended', 'drafted', 'unclear', 'completed') AND d.due <= ?1
               AND NOT EXISTS (SELECT 1 FROM stock_step AS t INDEXED BY stock_step_begun
                               WHERE t.document = d.key AND t.ended IS NULL)
               AND NOT ({WAITS_FOR_ANOTHER})
             ORDER BY d.due, d.key LIMIT 1"
        );
        let found = self.reading().documents(&sql, [times::ms(now)])?;
        Ok(found.into_iter().next())
    }

    /// After a crash: every document under way with a step that was begun and not ended has
    /// an unknown outcome, and is due to be looked up now. One that had failed or was done
    /// stays so, since its adjustments may be in another by now: whether it was taken back is
    /// asked again by whoever wanted it. Gives back how many were cut off.
    pub fn recover_documents(&mut self, now: DateTime<Utc>) -> Result<u32, StoreFault> {
        self.write(|w| {
            let cut_off = w.document_steps_cut_off()?;
            for cut in &cut_off {
                w.end_open_document_step(cut.document, "cut_off", now)?;
                w.look_document_up(cut.document, now)?;
                let operation = format!("stock {}", cut.step);
                w.note_cut_off(ERP, &operation, None, &cut.reference, cut.attempt, now)?;
            }
            times::count(times::whole(cut_off.len()))
        })
    }
}

impl Write<'_> {
    fn document_steps_cut_off(&self) -> Result<Vec<CutOff>, StoreFault> {
        self.all(
            "SELECT d.key, d.reference, t.attempt, t.step
             FROM stock_step AS t INDEXED BY stock_step_begun
             CROSS JOIN stock_document AS d ON d.key = t.document
             WHERE t.ended IS NULL ORDER BY t.document",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(CutOff {
                    document: DocumentKey(columns.next()?),
                    reference: columns.next()?,
                    attempt: columns.count()?,
                    step: columns.next()?,
                })
            },
        )
    }

    fn look_document_up(
        &mut self,
        document: DocumentKey,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let under_way = self.run(
            "UPDATE stock_document SET state = 'unclear', due = ?2,
                    unclear_since = COALESCE(unclear_since, ?2),
                    changed_at = CASE state WHEN 'unclear' THEN changed_at ELSE ?2 END
             WHERE key = ?1 AND state IN ('intended', 'drafted', 'unclear', 'completed')",
            params![document.0, times::ms(now)],
        )?;
        if under_way == 0 {
            return Ok(());
        }
        self.adjustments_under_way(document, true, now)
    }

    /// Has the adjustments of a document under way stand as it does: unclear or not.
    pub(super) fn adjustments_under_way(
        &mut self,
        document: DocumentKey,
        unclear: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run(
            "UPDATE adjustment SET state = CASE WHEN ?2 THEN 'unclear' ELSE 'posting' END,
                    changed_at = ?3
             WHERE document = ?1 AND state = CASE WHEN ?2 THEN 'posting' ELSE 'unclear' END",
            params![document.0, unclear, times::ms(now)],
        )?;
        Ok(())
    }
}
