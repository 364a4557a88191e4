//! Claiming: the next thing to do, committed as begun before anything is sent.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::WAREHOUSE;
use crate::columns::Columns;
use crate::forms::{Body, Claimed, Entry, OrderState, OutboxKind, SaleKey, Standing, Step};
use crate::sales::{reference, sale_number};
use crate::seal::Purpose;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// What the statements below give of an entry.
const COLUMNS: &str = "o.id, o.sale, s.number, o.kind, o.reference, o.body, o.sealed_note, \
    o.attempt, s.attempts, o.first_failed, o.failures, o.looks, o.unclear_since";

/// An entry that is due, and its number of tries so far.
struct Due {
    claimed: Claimed,
    body: Option<i64>,
    sealed_note: Option<Vec<u8>>,
    sale_attempts: u32,
}

impl Store {
    /// Begins the next thing that is due: look-ups first, since what they ask about may be
    /// on its way; then withdrawals, then submissions by ship-by, service and age. With
    /// `look_only` nothing but look-ups.
    ///
    /// When this returns, the try is on disk: the attempt, the sale's state and, for what
    /// is sent, the intention with its body in the journal.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key, since the message is sealed.
    pub fn claim(
        &mut self,
        now: DateTime<Utc>,
        look_only: bool,
    ) -> Result<Option<Claimed>, StoreFault> {
        self.write(|w| {
            let due = match w.next_look_up(now)? {
                Some(due) => Some(due),
                None if look_only => None,
                None => w.next_to_send(now)?,
            };
            due.map(|due| w.begin(due, now)).transpose()
        })
    }
}

impl Write<'_> {
    fn next_look_up(&self, now: DateTime<Utc>) -> Result<Option<Due>, StoreFault> {
        // The index and the order of the join are named, or SQLite may walk every sale.
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox AS o INDEXED BY outbox_by_due
             CROSS JOIN sale AS s ON s.key = o.sale
             WHERE o.state = 'unclear' AND o.state IN ('ready', 'unclear') AND o.due <= ?1
             ORDER BY o.due, o.id LIMIT 1"
        );
        let found = self.all(&sql, [times::ms(now)], |row| due(row, Step::LookUp))?;
        Ok(found.into_iter().next())
    }

    fn next_to_send(&self, now: DateTime<Utc>) -> Result<Option<Due>, StoreFault> {
        // Named as above; sorting all that is due would cost the more the longer the queue.
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox AS o INDEXED BY outbox_to_send
             CROSS JOIN sale AS s ON s.key = o.sale
             WHERE o.state = 'ready' AND o.due <= ?1
               -- A sale known to have changed is read again before anything of it is sent.
               AND (o.kind <> 'submit' OR s.wants_read = 0)
             ORDER BY o.urgency, o.ship_by, o.service_rank, o.age, o.id LIMIT 1"
        );
        let found = self.all(&sql, [times::ms(now)], |row| due(row, Step::Send))?;
        Ok(found.into_iter().next())
    }

    fn begin(&mut self, due: Due, now: DateTime<Utc>) -> Result<Claimed, StoreFault> {
        let mut claimed = due.claimed;
        claimed.body = self.message(due.body)?;
        claimed.note = self.note(claimed.sale, due.sealed_note)?;
        if claimed.step == Step::Send {
            claimed.attempt = match claimed.kind {
                OutboxKind::Submit => due.sale_attempts + 1,
                OutboxKind::Withdraw => claimed.attempt + 1,
            };
            claimed.looks = 0;
        }
        self.note_attempt(&claimed, now)?;
        if claimed.step == Step::Send {
            if claimed.kind == OutboxKind::Submit {
                self.note_submission(&claimed, now)?;
            }
            self.note_intention(&claimed, now)?;
        }
        Ok(claimed)
    }

    fn message(&self, body: Option<i64>) -> Result<Vec<u8>, StoreFault> {
        match body.map(|body| self.body_in_row(body)).transpose()? {
            None => Ok(Vec::new()),
            Some(Body::Plain(body)) => Ok(body),
            Some(Body::Locked) => Err(StoreFault::KeyMissing {
                what: Purpose::Payload.words(),
            }),
            Some(Body::Cleared(..)) => Err(StoreFault::damaged(
                "a message still to be sent was cleared with age",
            )),
        }
    }

    fn note(&self, sale: SaleKey, sealed: Option<Vec<u8>>) -> Result<String, StoreFault> {
        let Some(sealed) = sealed else {
            return Ok(String::new());
        };
        let plain = self.opened(Purpose::Note, &sale.0.to_be_bytes(), &sealed)?;
        String::from_utf8(plain).map_err(|_| StoreFault::damaged("a note is no text"))
    }

    fn note_attempt(&self, claimed: &Claimed, now: DateTime<Utc>) -> Result<(), StoreFault> {
        let (state, step) = match (claimed.step, claimed.kind) {
            (Step::LookUp, _) => ("looking", "look_up"),
            (Step::Send, OutboxKind::Submit) => ("sending", "submit"),
            (Step::Send, OutboxKind::Withdraw) => ("sending", "withdraw"),
        };
        self.run_on(
            "message in the outbox",
            "UPDATE outbox SET state = ?2, attempt = ?3, looks = ?4 WHERE id = ?1",
            params![claimed.outbox, state, claimed.attempt, claimed.looks],
        )?;
        self.run(
            "INSERT INTO attempt (outbox, sale, number, step, reference, began)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                claimed.outbox,
                claimed.sale.0,
                claimed.attempt,
                step,
                claimed.reference.as_str(),
                times::ms(now),
            ],
        )?;
        Ok(())
    }

    fn note_submission(&mut self, claimed: &Claimed, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.set_standing(claimed.sale, &Standing::In(OrderState::Sending), None, now)?;
        self.run_on(
            "sale",
            "UPDATE sale SET attempts = ?2 WHERE key = ?1",
            params![claimed.sale.0, claimed.attempt],
        )
    }

    fn note_intention(&mut self, claimed: &Claimed, now: DateTime<Utc>) -> Result<(), StoreFault> {
        let text = format!("About to {} {}", claimed.kind.word(), claimed.reference);
        self.journal(&Entry {
            at: now,
            kind: "intention",
            vendor: WAREHOUSE,
            direction: "out",
            operation: claimed.kind.word(),
            sale: Some(claimed.sale),
            subject: claimed.reference.as_str(),
            who: "auto",
            attempt: claimed.attempt,
            status: 0,
            outcome: "begun",
            duration_ms: 0,
            text: &text,
            request: Some(&claimed.body),
            response: None,
        })?;
        Ok(())
    }
}

fn due(row: &Row<'_>, step: Step) -> Result<Due, StoreFault> {
    let mut columns = Columns::of(row);
    let outbox = columns.next()?;
    let sale = SaleKey(columns.next()?);
    let number = sale_number(&columns.next::<String>()?)?;
    let kind = match columns.next::<String>()?.as_str() {
        "withdraw" => OutboxKind::Withdraw,
        _ => OutboxKind::Submit,
    };
    let reference = reference(&columns.next::<String>()?)?;
    let body = columns.next()?;
    let sealed_note = columns.next()?;
    let attempt = columns.count()?;
    let sale_attempts = columns.count()?;
    let claimed = Claimed {
        outbox,
        sale,
        number,
        kind,
        reference,
        body: Vec::new(),
        attempt,
        step,
        note: String::new(),
        first_failed: columns.at_or_none()?,
        failures: columns.count()?,
        looks: columns.count()?,
        unclear_since: columns.at_or_none()?,
    };
    Ok(Due {
        claimed,
        body,
        sealed_note,
        sale_attempts,
    })
}
