//! Questions about the outbox: what is due, how much waits, what was tried.

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{AttemptRow, Body, SaleKey};
use crate::reading::Reading;
use crate::seal::Purpose;
use crate::{StoreFault, times};

impl Reading {
    /// When the next entry is due; with `look_only` the next look-up.
    pub fn next_due(&self, look_only: bool) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let look_up = self.first_due("unclear")?;
        let send = if look_only {
            None
        } else {
            self.first_due("ready")?
        };
        times::at_ms_or_none(look_up.into_iter().chain(send).min())
    }

    fn first_due(&self, state: &str) -> Result<Option<i64>, StoreFault> {
        // The first that may be worked on, as [`crate::Store::claim`] sees it.
        self.one(
            "SELECT o.due FROM outbox AS o INDEXED BY outbox_by_due
             CROSS JOIN sale AS s ON s.key = o.sale
             WHERE o.state = ?1 AND o.state IN ('ready', 'unclear')
               AND (o.state <> 'ready' OR o.kind <> 'submit' OR s.wants_read = 0)
             ORDER BY o.due LIMIT 1",
            [state],
            |row| row.get(0),
        )
    }

    /// How many entries wait to be sent or looked up, and since when the oldest is due.
    pub fn outbox_waiting(&self) -> Result<(i64, Option<DateTime<Utc>>), StoreFault> {
        let counted = self.one(
            "SELECT COUNT(*), MIN(due) FROM outbox WHERE state IN ('ready', 'unclear')",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)),
        )?;
        let (count, oldest) = counted.unwrap_or_default();
        Ok((count, times::at_ms_or_none(oldest)?))
    }

    /// Every try for a sale, oldest first. Without a key the words are left out.
    pub fn attempts(&self, sale: SaleKey) -> Result<Vec<AttemptRow>, StoreFault> {
        self.all(
            "SELECT number, step, reference, began, ended, outcome, sealed_detail
             FROM attempt WHERE sale = ?1 ORDER BY id",
            [sale.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok(AttemptRow {
                    number: columns.count()?,
                    step: columns.next()?,
                    reference: columns.next()?,
                    began: columns.at()?,
                    ended: columns.at_or_none()?,
                    outcome: columns.next()?,
                    detail: self.attempt_words(sale, columns.next()?)?,
                })
            },
        )
    }

    fn attempt_words(&self, sale: SaleKey, sealed: Option<Vec<u8>>) -> Result<String, StoreFault> {
        match (sealed, self.sealer()) {
            (Some(sealed), Some(_)) => {
                let plain = self.opened(Purpose::Note, &sale.0.to_be_bytes(), &sealed)?;
                Ok(String::from_utf8_lossy(&plain).into_owned())
            }
            _ => Ok(String::new()),
        }
    }

    /// The message last sent under the sale's present reference and settled for good: once
    /// it was accepted, what the warehouse has. `None` when it was cleared with age.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn sent_body(&self, sale: SaleKey) -> Result<Option<Vec<u8>>, StoreFault> {
        let body: Option<Option<i64>> = self.one(
            "SELECT o.body FROM outbox AS o JOIN sale AS s ON s.key = o.sale
             WHERE o.sale = ?1 AND o.kind = 'submit' AND o.state = 'closed' AND o.attempt > 0
               AND o.reference = s.reference
             ORDER BY o.id DESC LIMIT 1",
            params![sale.0],
            |row| row.get(0),
        )?;
        let Some(body) = body.flatten() else {
            return Ok(None);
        };
        match self.body_in_row(body)? {
            Body::Plain(body) => Ok(Some(body)),
            Body::Cleared(..) => Ok(None),
            Body::Locked => Err(StoreFault::KeyMissing {
                what: Purpose::Payload.words(),
            }),
        }
    }
}
