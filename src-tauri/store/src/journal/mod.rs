//! The journal: what was said to whom, what was decided and why. Append-only, chained by
//! hashes, its bodies sealed. Nothing of it is ever changed but that a body is masked with
//! age and taken away later, and that is written down too.

mod chain;
mod clear;
mod linked;
mod payload;
mod read;
mod verify;

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::StoreFault;
use crate::forms::{Entry, SaleKey};
use crate::times;
use crate::write::Write;
pub(crate) use chain::{Hashed, Head};
pub use linked::{ChainHead, Linked};
pub use read::JournalFilter;
pub use verify::{BadEntry, Verified};

impl Write<'_> {
    /// Adds an entry, and gives back its number: the last one plus one.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] when it has a body and there is no key;
    /// [`StoreFault::Damaged`] when the journal does not end where it should.
    pub fn journal(&mut self, entry: &Entry<'_>) -> Result<i64, StoreFault> {
        let head = self.head()?;
        let id = head.entries + 1;
        let request = self.body_of(entry.request, entry)?;
        let response = self.body_of(entry.response, entry)?;
        let hashed = Hashed {
            id,
            at: entry.at,
            kind: entry.kind,
            vendor: entry.vendor,
            direction: entry.direction,
            operation: entry.operation,
            who: entry.who,
            outcome: entry.outcome,
            sale: entry.sale,
            subject: entry.subject,
            attempt: entry.attempt,
            status: entry.status,
            duration_ms: entry.duration_ms,
            text: entry.text,
            request: request.as_ref().map(|(_, hash)| hash.as_slice()),
            response: response.as_ref().map(|(_, hash)| hash.as_slice()),
        };
        let hash = hashed.link(&head.hash);
        let added = self.run(
            "INSERT INTO journal (id, at, kind, vendor, direction, operation, who, outcome, sale,
                                  subject, attempt, status, duration_ms, text, request, response,
                                  hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                id,
                times::ms(entry.at),
                self.word(entry.kind)?,
                self.word(entry.vendor)?,
                self.word(entry.direction)?,
                self.word(entry.operation)?,
                self.word(entry.who)?,
                self.word(entry.outcome)?,
                entry.sale.map(|sale| sale.0),
                entry.subject,
                entry.attempt,
                entry.status,
                times::whole(entry.duration_ms),
                entry.text,
                request.map(|(id, _)| id),
                response.map(|(id, _)| id),
                hash,
            ],
        );
        added.map_err(|fault| not_at_the_end(fault, id))?;
        self.put_head(&Head { entries: id, hash })?;
        Ok(id)
    }

    /// Notes that something begun was cut off before an answer came.
    pub(crate) fn note_cut_off(
        &mut self,
        vendor: &'static str,
        operation: &str,
        sale: Option<SaleKey>,
        subject: &str,
        attempt: u32,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.journal(&Entry {
            at: now,
            kind: "outcome",
            vendor,
            direction: "",
            operation,
            sale,
            subject,
            who: "auto",
            attempt,
            status: 0,
            outcome: "cut_off",
            duration_ms: 0,
            text: "Cut off before an answer came: looked up before anything is sent again",
            request: None,
            response: None,
        })?;
        Ok(())
    }

    fn body_of(
        &mut self,
        body: Option<&[u8]>,
        entry: &Entry<'_>,
    ) -> Result<Option<(i64, Vec<u8>)>, StoreFault> {
        body.filter(|body| !body.is_empty())
            .map(|body| self.put_body(body, entry.at))
            .transpose()
    }

    fn word(&self, text: &str) -> Result<i64, StoreFault> {
        if text.is_empty() {
            return Ok(1);
        }
        let known = self.one("SELECT id FROM word WHERE text = ?1", [text], |row| {
            row.get::<_, i64>(0)
        })?;
        if let Some(id) = known {
            return Ok(id);
        }
        self.run("INSERT INTO word (text) VALUES (?1)", [text])?;
        Ok(self.conn.last_insert_rowid())
    }
}

/// The trigger against gaps also speaks when entries were taken off the end.
fn not_at_the_end(fault: StoreFault, id: i64) -> StoreFault {
    match fault {
        StoreFault::Sql { detail, .. } if detail.contains("numbered without gaps") => {
            StoreFault::damaged(format!("the journal does not end at entry {}", id - 1))
        }
        other => other,
    }
}
