//! Documents for Cin7: put down whole before anything is sent, and the questions about them.

use chrono::{DateTime, Utc};
use domain::ProductId;
use rusqlite::{Params, params};

use super::documented::{DocumentRow, DocumentStep, NewDocument, NewDocumentLine};
use super::forms::{AdjustmentKey, DocumentKey};
use super::row::{DOCUMENT, document_line, document_place, document_row, document_step};
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

impl Write<'_> {
    /// Puts a document down, due at once, with its lines and the adjustments in it: from then
    /// on nobody else posts those.
    ///
    /// # Errors
    /// [`StoreFault::AlreadyBegun`] naming the document when there is one of that reference,
    /// or the adjustment when it is not to be posted, or another document of it is not out of
    /// the way; [`StoreFault::Sql`] for a figure that cannot be kept.
    pub fn intend_document(
        &mut self,
        new: &NewDocument<'_>,
        now: DateTime<Utc>,
    ) -> Result<DocumentKey, StoreFault> {
        if self.document_by_reference(new.reference)?.is_some() {
            return Err(StoreFault::AlreadyBegun {
                number: new.reference.into(),
            });
        }
        self.run(
            "INSERT INTO stock_document (reference, kind, origin, account, location, effective,
                                         state, made_by, due, made_at, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'intended', ?7, ?8, ?8, ?8)",
            params![
                new.reference,
                new.kind.word(),
                new.origin.word(),
                new.account,
                new.location,
                times::days(new.effective),
                new.made_by,
                times::ms(now),
            ],
        )?;
        let document = DocumentKey(self.conn.last_insert_rowid());
        for (line, number) in new.lines.iter().zip(1_i64..) {
            self.put_document_line(document, number, line)?;
            for adjustment in &line.adjustments {
                self.post_in(*adjustment, document, number, now)?;
            }
        }
        Ok(document)
    }

    fn put_document_line(
        &mut self,
        document: DocumentKey,
        number: i64,
        line: &NewDocumentLine,
    ) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO stock_document_line (document, number, product, sku, change, unit_cost,
                                              cost_at, comment)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                document.0,
                number,
                line.product.as_str(),
                line.sku,
                times::fixed(line.change)?,
                times::fixed_or_none(line.unit_cost)?,
                line.cost_at.map(times::ms),
                line.comment,
            ],
        )?;
        Ok(())
    }

    fn post_in(
        &mut self,
        adjustment: AdjustmentKey,
        document: DocumentKey,
        line: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let taken = self.run(
            "UPDATE adjustment SET state = 'posting', document = ?2, line = ?3,
                    attempts = attempts + 1, owner = NULL, cause = '', sealed_detail = NULL,
                    changed_at = ?4
             WHERE key = ?1 AND state IN ('new', 'failed') AND posted_at IS NULL
               AND NOT EXISTS (SELECT 1 FROM stock_document AS d
                               WHERE d.key = adjustment.document
                                 AND d.state NOT IN ('failed', 'voided'))",
            params![adjustment.0, document.0, line, times::ms(now)],
        )?;
        if taken == 1 {
            return Ok(());
        }
        Err(StoreFault::AlreadyBegun {
            number: self.adjustment_by_key(adjustment)?.id,
        })
    }
}

impl Reading {
    /// The document of that row number.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none: rows are never deleted.
    pub fn document(&self, document: DocumentKey) -> Result<DocumentRow, StoreFault> {
        let sql = format!("SELECT {DOCUMENT} FROM stock_document AS d WHERE d.key = ?1");
        let found = self.documents(&sql, [document.0])?;
        found.into_iter().next().ok_or_else(|| missing(document))
    }

    /// The document of that key of ours.
    pub fn document_by_reference(
        &self,
        reference: &str,
    ) -> Result<Option<DocumentRow>, StoreFault> {
        let sql = format!("SELECT {DOCUMENT} FROM stock_document AS d WHERE d.reference = ?1");
        Ok(self.documents(&sql, [reference])?.into_iter().next())
    }

    /// Documents that go on without a person, by when they are due.
    pub fn open_documents(&self) -> Result<Vec<DocumentRow>, StoreFault> {
        let sql = format!(
            "SELECT {DOCUMENT} FROM stock_document AS d INDEXED BY stock_document_open
             WHERE d.state IN ('intended', 'drafted', 'unclear', 'completed')
             ORDER BY d.due, d.key"
        );
        self.documents(&sql, [])
    }

    /// Documents that a person has to see to: refused, or completed without effect. The last
    /// one first, at most so many.
    pub fn documents_failed(&self, limit: u32) -> Result<Vec<DocumentRow>, StoreFault> {
        let sql = format!(
            "SELECT {DOCUMENT} FROM stock_document AS d INDEXED BY stock_document_failed
             WHERE d.state IN ('unmoved', 'failed') ORDER BY d.key DESC LIMIT ?1"
        );
        self.documents(&sql, [limit])
    }

    /// Documents completed from one moment until before another, the first one first.
    pub fn documents_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<DocumentRow>, StoreFault> {
        let sql = format!(
            "SELECT {DOCUMENT} FROM stock_document AS d INDEXED BY stock_document_by_completed
             WHERE d.completed_at >= ?1 AND d.completed_at < ?2
             ORDER BY d.completed_at, d.key"
        );
        self.documents(&sql, [times::ms(from), times::ms(until)])
    }

    /// Documents with a line of that product, the last one first; at most so many.
    pub fn documents_of_product(
        &self,
        product: &ProductId,
        limit: u32,
    ) -> Result<Vec<DocumentRow>, StoreFault> {
        let sql = format!(
            "SELECT {DOCUMENT}
             FROM stock_document_line AS l INDEXED BY stock_document_line_by_product
             CROSS JOIN stock_document AS d ON d.key = l.document
             WHERE l.product = ?1 GROUP BY l.document ORDER BY l.document DESC LIMIT ?2"
        );
        self.documents(&sql, params![product.as_str(), limit])
    }

    /// Each thing written to Cin7 for a document, oldest first.
    pub fn document_steps(&self, document: DocumentKey) -> Result<Vec<DocumentStep>, StoreFault> {
        self.all(
            "SELECT number, step, began, ended, outcome FROM stock_step
             WHERE document = ?1 ORDER BY number",
            [document.0],
            document_step,
        )
    }

    /// What is said of how a document failed, beyond the word; "" when nothing is, and
    /// without a key.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is no such document.
    pub fn document_words(&self, document: DocumentKey) -> Result<String, StoreFault> {
        let found = self.one(
            "SELECT reference, sealed_detail FROM stock_document WHERE key = ?1",
            [document.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let (reference, sealed): (String, Option<Vec<u8>>) =
            found.ok_or_else(|| missing(document))?;
        self.stock_words(&document_place(&reference), sealed)
    }

    /// Documents with their lines.
    pub(super) fn documents<P: Params>(
        &self,
        sql: &str,
        params: P,
    ) -> Result<Vec<DocumentRow>, StoreFault> {
        let mut documents = self.all(sql, params, document_row)?;
        for document in &mut documents {
            document.lines = self.all(
                "SELECT number, product, sku, change, before, after, seen, unit_cost, cost_at,
                        comment
                 FROM stock_document_line WHERE document = ?1 ORDER BY number",
                [document.key.0],
                document_line,
            )?;
        }
        Ok(documents)
    }
}

fn missing(document: DocumentKey) -> StoreFault {
    StoreFault::Missing {
        what: format!("stock document number {}", document.0),
    }
}
