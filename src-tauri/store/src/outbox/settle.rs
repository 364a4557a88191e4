//! Settling a try: how it ended, with all that follows, in one transaction. And after a
//! crash: what was begun and not settled is looked up before anything else.

use chrono::{DateTime, Duration, Utc};
use domain::SaleNumber;
use rusqlite::params;

use super::WAREHOUSE;
use crate::columns::Columns;
use crate::forms::{Claimed, OrderState, SaleKey, Settlement, Standing, Step};
use crate::sales::sale_number;
use crate::seal::Purpose;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// A try that was begun and never settled.
struct CutOff {
    outbox: i64,
    sale: SaleKey,
    number: SaleNumber,
    reference: String,
    attempt: u32,
    began: i64,
    submits: bool,
}

impl Store {
    /// Ends a claimed try, and does whatever else the engine writes with it. The sale's
    /// own state is the engine's to write.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a try is settled once: this uses it up"
    )]
    pub fn settle<T>(
        &mut self,
        claimed: Claimed,
        how: Settlement,
        now: DateTime<Utc>,
        also: impl FnOnce(&mut Write<'_>) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        self.write(|w| {
            w.end_attempt(claimed.outbox, outcome_word(&claimed, &how), now)?;
            w.move_entry(&claimed, &how, now)?;
            also(w)
        })
    }

    /// After a crash: every try that was begun and not settled has an unknown outcome, and
    /// is to be looked up after so many seconds. Gives back whose they are.
    pub fn recover(
        &mut self,
        now: DateTime<Utc>,
        wait_seconds: i64,
    ) -> Result<Vec<SaleNumber>, StoreFault> {
        let due = now + Duration::seconds(wait_seconds);
        self.write(|w| {
            let mut cut_off = w.cut_off()?;
            cut_off.sort_by_key(|one| one.outbox);
            for one in &cut_off {
                w.look_up_what_was_cut_off(one, now, due)?;
            }
            let mut numbers: Vec<SaleNumber> = cut_off.into_iter().map(|one| one.number).collect();
            numbers.dedup();
            Ok(numbers)
        })
    }
}

fn outcome_word(claimed: &Claimed, how: &Settlement) -> &'static str {
    match how {
        Settlement::Closed { outcome } | Settlement::Parked { outcome } => outcome,
        Settlement::Again { .. } if claimed.step == Step::LookUp => "not_found",
        Settlement::Again { failed: true, .. } => "failed",
        Settlement::Again { failed: false, .. } => "postponed",
        Settlement::LookUp {
            found_nothing: true,
            ..
        } => "not_found",
        Settlement::LookUp {
            found_nothing: false,
            ..
        } => match claimed.step {
            Step::Send => "unclear",
            Step::LookUp => "no_answer",
        },
    }
}

impl Write<'_> {
    /// Keeps the words that ended the last try of a sale: the vendor's, or ours. Sealed,
    /// since a vendor repeats what it refuses.
    pub fn attempt_detail(&mut self, sale: SaleKey, words: &str) -> Result<(), StoreFault> {
        let sealed = self.sealed_text(Purpose::Note, &sale.0.to_be_bytes(), words.as_bytes())?;
        self.run(
            "UPDATE attempt SET sealed_detail = ?2
             WHERE id = (SELECT MAX(id) FROM attempt WHERE sale = ?1)",
            params![sale.0, sealed],
        )?;
        Ok(())
    }

    fn end_attempt(
        &self,
        outbox: i64,
        outcome: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "try that is under way",
            "UPDATE attempt SET ended = ?2, outcome = ?3 WHERE outbox = ?1 AND ended IS NULL",
            params![outbox, times::ms(now), outcome],
        )
    }

    fn move_entry(
        &self,
        claimed: &Claimed,
        how: &Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let now = times::ms(now);
        let what = "message in the outbox";
        match *how {
            Settlement::Closed { outcome } => self.run_on(
                what,
                "UPDATE outbox SET state = 'closed', outcome = ?2 WHERE id = ?1",
                params![claimed.outbox, outcome],
            ),
            Settlement::Parked { outcome } => self.run_on(
                what,
                "UPDATE outbox SET state = 'parked', outcome = ?2 WHERE id = ?1",
                params![claimed.outbox, outcome],
            ),
            // Whatever was asked, it is known now that nothing is there.
            Settlement::Again { at, failed } => self.run_on(
                what,
                "UPDATE outbox SET state = 'ready', due = ?2, unclear_since = NULL,
                        failures = failures + ?3,
                        first_failed = CASE ?3 WHEN 1 THEN COALESCE(first_failed, ?4)
                                       ELSE first_failed END
                 WHERE id = ?1",
                params![claimed.outbox, times::ms(at), failed, now],
            ),
            Settlement::LookUp {
                at,
                found_nothing,
                failed,
            } => self.run_on(
                what,
                "UPDATE outbox SET state = 'unclear', due = ?2, looks = looks + ?5,
                        unclear_since = COALESCE(unclear_since, ?4),
                        failures = failures + ?3,
                        first_failed = CASE ?3 WHEN 1 THEN COALESCE(first_failed, ?4)
                                       ELSE first_failed END
                 WHERE id = ?1",
                params![claimed.outbox, times::ms(at), failed, now, found_nothing],
            ),
        }
    }

    fn cut_off(&self) -> Result<Vec<CutOff>, StoreFault> {
        self.all(
            "SELECT o.id, o.sale, s.number, o.reference, a.number, a.began, a.step = 'submit'
             FROM outbox AS o
             JOIN attempt AS a ON a.outbox = o.id AND a.ended IS NULL
             JOIN sale AS s ON s.key = o.sale
             WHERE o.state IN ('sending', 'looking') AND o.state <> 'closed'",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(CutOff {
                    outbox: columns.next()?,
                    sale: SaleKey(columns.next()?),
                    number: sale_number(&columns.next::<String>()?)?,
                    reference: columns.next()?,
                    attempt: columns.count()?,
                    began: columns.next()?,
                    submits: columns.next()?,
                })
            },
        )
    }

    fn look_up_what_was_cut_off(
        &mut self,
        cut: &CutOff,
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.end_attempt(cut.outbox, "cut_off", now)?;
        self.run_on(
            "message in the outbox",
            "UPDATE outbox SET state = 'unclear', due = ?2,
                    unclear_since = COALESCE(unclear_since, ?3)
             WHERE id = ?1",
            params![cut.outbox, times::ms(due), cut.began],
        )?;
        if cut.submits {
            self.set_standing(cut.sale, &Standing::In(OrderState::Unclear), None, now)?;
        }
        self.note_cut_off(
            WAREHOUSE,
            "recover",
            Some(cut.sale),
            &cut.reference,
            cut.attempt,
            now,
        )
    }
}
