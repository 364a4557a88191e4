//! Personal data leaves bodies with age, in two steps: first what is personal is masked,
//! and when entries are past their own age, what the mask left goes too. Hashes stay, and
//! each clearing is itself an entry.
//!
//! Entries are never taken out of the journal. The chain runs over them, so that a journal
//! with its beginning cut off could be told from a spoilt one by its owner's word alone;
//! and their own fields hold nothing personal. Past their age they are a bare line each:
//! when, what, how it came out, and the hash of a body that is no more.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::payload::place;
use crate::forms::{Body, Entry};
use crate::reading::col;
use crate::seal::Purpose;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Bodies cleared in one transaction, so that other writing is never held up for long.
const BATCH: usize = 200;

/// What is left of a body once its personal data is masked.
type Mask<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;

/// How much of a body is left, as the table says it.
const WHOLE: i64 = 0;
const MASKED: i64 = 1;
const EMPTY: i64 = 2;

/// A batch of one step: bodies before a moment, after those that were looked at.
struct Batch {
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    stage: i64,
    after: (i64, i64),
}

/// What a batch came to.
struct Looked {
    cleared: u64,
    /// Where to go on; none when there are no more.
    next: Option<(i64, i64)>,
}

impl Store {
    /// Masks every body that was last used on a day before that of `before`; gives back
    /// how many. A message still to be sent keeps its body, and so does one that does not
    /// open any more: [`crate::Reading::verify`] names it.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn clear_bodies_older_than(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<u64, StoreFault> {
        self.clear_stage(before, now, WHOLE, Some(mask))
    }

    /// Takes away all that is left of bodies that were last used on a day before that of
    /// `before`, masked or not; gives back how many. Their hashes and their entries stay.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn empty_bodies_older_than(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreFault> {
        let whole = self.clear_stage(before, now, WHOLE, None)?;
        Ok(whole + self.clear_stage(before, now, MASKED, None)?)
    }

    fn clear_stage(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        stage: i64,
        mask: Option<Mask<'_>>,
    ) -> Result<u64, StoreFault> {
        let mut batch = Batch {
            before,
            now,
            stage,
            after: (i64::MIN, i64::MIN),
        };
        let mut cleared = 0;
        loop {
            let looked = self.write(|w| w.clear_batch(&batch, mask))?;
            cleared += looked.cleared;
            match looked.next {
                Some(next) => batch.after = next,
                None => return Ok(cleared),
            }
        }
    }
}

impl Write<'_> {
    fn clear_batch(&mut self, batch: &Batch, mask: Option<Mask<'_>>) -> Result<Looked, StoreFault> {
        let (day, id) = batch.after;
        let old: Vec<(i64, i64)> = self.all(
            "SELECT p.used_on, p.id FROM payload AS p
             WHERE p.stage = ?1 AND p.stage < 2 AND p.used_on < ?2
               AND (p.used_on, p.id) > (?3, ?4)
               AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.body = p.id AND o.state <> 'closed')
             ORDER BY p.used_on, p.id LIMIT ?5",
            params![batch.stage, times::day(batch.before), day, id, times::whole(BATCH)],
            |row| Ok((col(row, 0)?, col(row, 1)?)),
        )?;
        let mut cleared = 0;
        for (_, id) in &old {
            let left = match mask {
                Some(mask) => self.left_of_body(*id, mask)?,
                None => Some((Vec::new(), EMPTY)),
            };
            if let Some((left, stage)) = left {
                self.keep_of_body(*id, batch.now, &left, stage)?;
                cleared += 1;
            }
        }
        if cleared > 0 {
            let day = batch.before.date_naive();
            match mask {
                Some(_) => self.note_clearing(
                    batch.now,
                    "cleared",
                    &format!("Personal data in {cleared} bodies from before {day} masked"),
                ),
                None => self.note_clearing(
                    batch.now,
                    "emptied",
                    &format!("{cleared} bodies from before {day} taken away; their hashes stay"),
                ),
            }?;
        }
        let next = old.last().copied().filter(|_| old.len() == BATCH);
        Ok(Looked { cleared, next })
    }

    /// What the mask leaves of a body; `None` when it does not open any more, and must
    /// stay as it is for the damage to be found.
    fn left_of_body(&self, id: i64, mask: Mask<'_>) -> Result<Option<(Vec<u8>, i64)>, StoreFault> {
        match self.body_in_row(id) {
            Ok(Body::Plain(plain)) => Ok(Some((mask(&plain), MASKED))),
            Ok(Body::Cleared(_, left)) => Ok(Some((left, MASKED))),
            Ok(Body::Locked) => Err(StoreFault::KeyMissing {
                what: Purpose::Payload.words(),
            }),
            Err(StoreFault::Damaged { .. }) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn keep_of_body(
        &mut self,
        id: i64,
        now: DateTime<Utc>,
        left: &[u8],
        stage: i64,
    ) -> Result<(), StoreFault> {
        let hash: Vec<u8> = self
            .one("SELECT hash FROM payload WHERE id = ?1", [id], |row| {
                row.get(0)
            })?
            .unwrap_or_default();
        let at = times::ms(now);
        let sealed = self.sealed_text(Purpose::Payload, &place(&hash, Some(at)), left)?;
        self.run(
            "UPDATE payload SET cleared_at = ?2, sealed = ?3, stage = ?4 WHERE id = ?1",
            params![id, at, sealed, stage],
        )?;
        Ok(())
    }

    /// Writes down that something was cleared with age.
    pub(crate) fn note_clearing(
        &mut self,
        now: DateTime<Utc>,
        outcome: &str,
        text: &str,
    ) -> Result<(), StoreFault> {
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
            outcome,
            duration_ms: 0,
            text,
            request: None,
            response: None,
        })?;
        Ok(())
    }
}
