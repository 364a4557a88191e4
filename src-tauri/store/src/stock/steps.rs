//! Each thing written to Cin7 for a document: put down before it is sent, and ended with all
//! that follows.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::ERP;
use super::documented::{DocumentKind, DocumentRow};
use super::forms::DocumentKey;
use crate::forms::Entry;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

impl Store {
    /// Puts down that a step of a document (`draft`, `complete` or `void`) is about to be
    /// sent, with its body in the journal. When this returns, all of it is on disk.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when the document does not stand any more as given;
    /// [`StoreFault::Sql`] when another step of it is under way;
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn begin_document_step(
        &mut self,
        document: &DocumentRow,
        step: &str,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let attempt = document.attempts.saturating_add(1);
        self.write(|w| {
            w.run_on(
                "stock document that stands as it did",
                "UPDATE stock_document SET attempts = ?3
                 WHERE key = ?1 AND state = ?2 AND attempts = ?4",
                params![
                    document.key.0,
                    document.state.word(),
                    attempt,
                    document.attempts
                ],
            )?;
            w.run(
                "INSERT INTO stock_step (document, number, attempt, step, began)
                 VALUES (?1, (SELECT COALESCE(MAX(t.number), 0) + 1 FROM stock_step AS t
                              WHERE t.document = ?1), ?2, ?3, ?4)",
                params![document.key.0, attempt, step, times::ms(now)],
            )?;
            w.note_document_step(document, step, attempt, body, now)
        })
    }

    /// Ends the step of a document that is under way, and does whatever else the engine
    /// writes with it. Where the document stands next is the engine's to write.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when none is under way.
    pub fn end_document_step<T>(
        &mut self,
        document: DocumentKey,
        outcome: &'static str,
        now: DateTime<Utc>,
        also: impl FnOnce(&mut Write<'_>) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        self.write(|w| {
            w.end_open_document_step(document, outcome, now)?;
            also(w)
        })
    }
}

impl Write<'_> {
    pub(super) fn end_open_document_step(
        &self,
        document: DocumentKey,
        outcome: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "step that is under way",
            "UPDATE stock_step SET ended = ?2, outcome = ?3
             WHERE document = ?1 AND ended IS NULL",
            params![document.0, times::ms(now), outcome],
        )
    }

    fn note_document_step(
        &mut self,
        document: &DocumentRow,
        step: &str,
        attempt: u32,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let what = match document.kind {
            DocumentKind::Adjustment => "stock adjustment",
            DocumentKind::WriteOff => "write-off",
        };
        let operation = format!("stock {step}");
        let text = format!("About to {step} the {what} {}", document.reference);
        self.journal(&Entry {
            at: now,
            kind: "intention",
            vendor: ERP,
            direction: "out",
            operation: &operation,
            sale: None,
            subject: &document.reference,
            who: &document.made_by,
            attempt,
            status: 0,
            outcome: "begun",
            duration_ms: 0,
            text: &text,
            request: Some(body),
            response: None,
        })?;
        Ok(())
    }
}
