//! Personal data leaves with age: bodies are masked, their hashes stay, and the clearing
//! is itself an entry.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::payload::place;
use crate::forms::{Body, Entry};
use crate::reading::col;
use crate::seal::Purpose;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Bodies masked in one transaction, so that other writing is never held up for long.
const BATCH: usize = 200;

impl Store {
    /// Masks every body that was last used on a day before that of `before`; gives back
    /// how many. A message still to be sent keeps its body.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn clear_bodies_older_than(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<u64, StoreFault> {
        let mut cleared = 0;
        loop {
            let batch = self.write(|w| w.clear_batch(before, now, mask))?;
            cleared += u64::try_from(batch).unwrap_or(u64::MAX);
            if batch < BATCH {
                return Ok(cleared);
            }
        }
    }
}

impl Write<'_> {
    fn clear_batch(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<usize, StoreFault> {
        let old: Vec<i64> = self.all(
            "SELECT p.id FROM payload AS p
             WHERE p.cleared_at IS NULL AND p.used_on < ?1
               AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.body = p.id AND o.state <> 'closed')
             ORDER BY p.used_on LIMIT ?2",
            params![times::day(before), times::whole(BATCH)],
            |row| col(row, 0),
        )?;
        for id in &old {
            self.clear_body(*id, now, mask)?;
        }
        if !old.is_empty() {
            let text = format!(
                "Personal data in {} bodies from before {} masked",
                old.len(),
                before.date_naive()
            );
            self.journal(&Entry {
                at: now,
                kind: "clearing",
                vendor: "",
                direction: "",
                operation: "retention",
                sale: None,
                subject: "",
                who: "auto",
                attempt: 0,
                status: 0,
                outcome: "cleared",
                duration_ms: 0,
                text: &text,
                request: None,
                response: None,
            })?;
        }
        Ok(old.len())
    }

    fn clear_body(
        &mut self,
        id: i64,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), StoreFault> {
        let plain = match self.body_in_row(id)? {
            Body::Plain(plain) => plain,
            Body::Cleared(..) => return Ok(()),
            Body::Locked => {
                return Err(StoreFault::KeyMissing {
                    what: Purpose::Payload.words(),
                });
            }
        };
        let hash: Vec<u8> = self
            .one("SELECT hash FROM payload WHERE id = ?1", [id], |row| {
                row.get(0)
            })?
            .unwrap_or_default();
        let at = times::ms(now);
        let sealed = self.sealed_text(Purpose::Payload, &place(&hash, Some(at)), &mask(&plain))?;
        self.run(
            "UPDATE payload SET cleared_at = ?2, sealed = ?3 WHERE id = ?1",
            params![id, at, sealed],
        )?;
        Ok(())
    }
}
