//! Putting intentions down, and taking them back before they are begun.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::WAREHOUSE;
use crate::forms::{Entry, Intention, OutboxKind, SaleKey};
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

/// An open entry, as far as replacing it goes.
struct Open {
    id: i64,
    state: String,
    unclear: bool,
    attempt: i64,
}

impl Open {
    /// Nothing of it can be at the warehouse.
    fn is_not_begun(&self) -> bool {
        matches!(self.state.as_str(), "ready" | "parked") && !self.unclear
    }
}

impl Write<'_> {
    /// Puts down what we mean to tell the warehouse. One that waits unsent is replaced; the
    /// time of its next try stays when it has failed before.
    ///
    /// # Errors
    /// [`StoreFault::AlreadyBegun`] when one of this kind is being sent, or its outcome is
    /// not known: another could make a second order (P1).
    pub fn put_intention(&mut self, intention: &Intention) -> Result<(), StoreFault> {
        let open = self.open_entry(intention.sale, intention.kind)?;
        if open.as_ref().is_some_and(|open| !open.is_not_begun()) {
            let number = self.sale_row(intention.sale)?.number.to_string();
            return Err(StoreFault::AlreadyBegun { number });
        }
        let body = if intention.body.is_empty() {
            None
        } else {
            Some(self.put_body(&intention.body, intention.due)?.0)
        };
        let note = if intention.note.is_empty() {
            None
        } else {
            let place = intention.sale.0.to_be_bytes();
            Some(self.sealed_text(Purpose::Note, &place, intention.note.as_bytes())?)
        };
        let urgency = match intention.kind {
            OutboxKind::Withdraw => 0,
            OutboxKind::Submit => 1,
        };
        let (id, sql) = match open {
            Some(open) => (Some(open.id), REPLACE),
            None => (None, INSERT),
        };
        self.run(
            sql,
            params![
                intention.sale.0,
                intention.kind.word(),
                intention.reference.as_str(),
                body,
                note,
                intention.fingerprint.map(|print| print.to_vec()),
                times::ms(intention.due),
                urgency,
                intention.ship_by.map_or(i64::MAX, times::ms),
                intention.service_rank,
                id,
            ],
        )?;
        Ok(())
    }

    /// Takes back a submission that was not begun, or that certainly did not arrive.
    /// Gives back whether nothing of the kind is open any more.
    pub fn drop_intention(&mut self, sale: SaleKey) -> Result<bool, StoreFault> {
        let Some(open) = self.open_entry(sale, OutboxKind::Submit)? else {
            return Ok(true);
        };
        if !open.is_not_begun() {
            return Ok(false);
        }
        if open.attempt == 0 {
            self.run("DELETE FROM outbox WHERE id = ?1", [open.id])?;
        } else {
            self.run(
                "UPDATE outbox SET state = 'closed', outcome = 'dropped' WHERE id = ?1",
                [open.id],
            )?;
        }
        Ok(true)
    }

    /// Sets what waits for a person going again: to be looked up where its outcome is not
    /// known, else to be sent.
    pub fn unpark(&mut self, sale: SaleKey, due: DateTime<Utc>) -> Result<(), StoreFault> {
        self.run(
            "UPDATE outbox SET due = ?2, failures = 0, first_failed = NULL, outcome = '',
                    state = CASE WHEN unclear_since IS NULL THEN 'ready' ELSE 'unclear' END
             WHERE sale = ?1 AND state = 'parked'",
            params![sale.0, times::ms(due)],
        )?;
        Ok(())
    }

    /// Closes what waits for a person, on that person's word.
    pub fn close_parked(&mut self, sale: SaleKey, now: DateTime<Utc>) -> Result<(), StoreFault> {
        let closed = self.run(
            "UPDATE outbox SET state = 'closed', outcome = 'given_up'
             WHERE sale = ?1 AND state = 'parked'",
            [sale.0],
        )?;
        if closed == 0 {
            return Ok(());
        }
        self.journal(&Entry {
            at: now,
            kind: "outcome",
            vendor: WAREHOUSE,
            direction: "",
            operation: "give_up",
            sale: Some(sale),
            subject: "",
            who: "",
            attempt: 0,
            status: 0,
            outcome: "given_up",
            duration_ms: 0,
            text: "Closed by hand: its outcome is not looked for any more",
            request: None,
            response: None,
        })?;
        Ok(())
    }

    fn open_entry(&self, sale: SaleKey, kind: OutboxKind) -> Result<Option<Open>, StoreFault> {
        self.one(
            "SELECT id, state, unclear_since IS NOT NULL, attempt FROM outbox
             WHERE sale = ?1 AND kind = ?2 AND state <> 'closed'",
            params![sale.0, kind.word()],
            |row| {
                Ok(Open {
                    id: row.get(0)?,
                    state: row.get(1)?,
                    unclear: row.get(2)?,
                    attempt: row.get(3)?,
                })
            },
        )
    }
}

// Both statements take the same values, so the eleventh stands for nothing in the first.
const INSERT: &str = "INSERT INTO outbox (id, sale, kind, state, reference, body, sealed_note, \
        fingerprint, due, urgency, ship_by, service_rank, age) \
    SELECT ?11, s.key, ?2, 'ready', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, \
        COALESCE(s.authorised_at, s.first_seen) \
    FROM sale AS s WHERE s.key = ?1";

const REPLACE: &str = "UPDATE outbox SET reference = ?3, body = ?4, sealed_note = ?5, \
        fingerprint = ?6, urgency = ?8, ship_by = ?9, service_rank = ?10, \
        due = CASE WHEN state = 'ready' AND failures > 0 THEN MAX(due, ?7) ELSE ?7 END, \
        failures = CASE state WHEN 'parked' THEN 0 ELSE failures END, \
        first_failed = CASE state WHEN 'parked' THEN NULL ELSE first_failed END, \
        state = 'ready', outcome = '' \
    WHERE id = ?11 AND sale = ?1 AND kind = ?2";
