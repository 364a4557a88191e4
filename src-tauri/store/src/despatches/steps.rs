//! Each thing written to Cin7: put down before it is sent, and ended with all that follows.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::ERP;
use super::forms::{DespatchKey, DespatchRow, DespatchStep};
use crate::columns::Columns;
use crate::forms::Entry;
use crate::reading::Reading;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

impl Store {
    /// Puts down that a step of a claimed despatch is about to be sent, with its body in the
    /// journal. When this returns, all of it is on disk.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when the despatch is not being told; [`StoreFault::Sql`] when
    /// another step of it is under way; [`StoreFault::KeyMissing`] without a key.
    pub fn begin_step(
        &mut self,
        despatch: &DespatchRow,
        step: &str,
        task: &str,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.write(|w| {
            w.run_on(
                "despatch that is being told",
                "UPDATE despatch SET step = ?2, task = ?3 WHERE key = ?1 AND state = 'posting'",
                params![despatch.key.0, step, task],
            )?;
            w.run(
                "INSERT INTO despatch_step (despatch, number, attempt, step, task, began)
                 VALUES (?1, (SELECT COALESCE(MAX(t.number), 0) + 1 FROM despatch_step AS t
                              WHERE t.despatch = ?1), ?2, ?3, ?4, ?5)",
                params![
                    despatch.key.0,
                    despatch.attempts,
                    step,
                    task,
                    times::ms(now)
                ],
            )?;
            w.note_step(despatch, step, body, now)
        })
    }

    /// Ends the step of a despatch that is under way, and does whatever else the engine
    /// writes with it. Where the despatch stands next is the engine's to write.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when none is under way.
    pub fn end_step<T>(
        &mut self,
        despatch: DespatchKey,
        outcome: &'static str,
        now: DateTime<Utc>,
        also: impl FnOnce(&mut Write<'_>) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        self.write(|w| {
            w.end_open_step(despatch, outcome, now)?;
            also(w)
        })
    }
}

impl Reading {
    /// Each thing written to Cin7 for a despatch, oldest first.
    pub fn despatch_steps(&self, despatch: DespatchKey) -> Result<Vec<DespatchStep>, StoreFault> {
        self.all(
            "SELECT number, attempt, step, task, began, ended, outcome FROM despatch_step
             WHERE despatch = ?1 ORDER BY number",
            [despatch.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok(DespatchStep {
                    number: columns.count()?,
                    attempt: columns.count()?,
                    step: columns.next()?,
                    task: columns.next()?,
                    began: columns.at()?,
                    ended: columns.at_or_none()?,
                    outcome: columns.next()?,
                })
            },
        )
    }
}

impl Write<'_> {
    pub(super) fn end_open_step(
        &self,
        despatch: DespatchKey,
        outcome: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "step that is under way",
            "UPDATE despatch_step SET ended = ?2, outcome = ?3
             WHERE despatch = ?1 AND ended IS NULL",
            params![despatch.0, times::ms(now), outcome],
        )
    }

    fn note_step(
        &mut self,
        despatch: &DespatchRow,
        step: &str,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let operation = format!("post {step}");
        let text = format!("About to {operation} of despatch {}", despatch.id);
        self.journal(&Entry {
            at: now,
            kind: "intention",
            vendor: ERP,
            direction: "out",
            operation: &operation,
            sale: despatch.sale,
            subject: &despatch.id,
            who: "auto",
            attempt: despatch.attempts,
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
