//! How a despatch goes on: planned, put off, told, or set aside. Whether that makes sense is
//! the engine's question; that it leaves the despatch in one place is asserted by the table.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Owner, ProductId};
use rusqlite::params;

use super::forms::{DespatchKey, DespatchState};
use super::row::{words_place, written_flags};
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

impl Write<'_> {
    /// Keeps in which of Cin7's tasks a despatch is told ("" for none), and the stable words
    /// for what is odd about it.
    pub fn plan_despatch(
        &mut self,
        despatch: DespatchKey,
        task: &str,
        flags: &[String],
    ) -> Result<(), StoreFault> {
        self.run_on(
            "despatch",
            "UPDATE despatch SET task = ?2, flags = ?3 WHERE key = ?1",
            params![despatch.0, task, written_flags(flags)],
        )
    }

    /// Says where a despatch stands, who must act and why: a stable word, and a sentence for
    /// that person, which is sealed. When it is due stays; what is taken up again after
    /// waiting for a person counts its failures anew. [`DespatchState::Posted`] is only for
    /// one that was told before: see [`Self::despatch_posted`].
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] when there are words and no key.
    pub fn despatch_stands(
        &mut self,
        despatch: DespatchKey,
        state: DespatchState,
        owner: Option<Owner>,
        reason: &str,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let sealed = if words.is_empty() {
            None
        } else {
            let id = self.despatch_by_key(despatch)?.id;
            Some(self.sealed_text(Purpose::Despatch, &words_place(&id), words.as_bytes())?)
        };
        self.run_on(
            "despatch",
            "UPDATE despatch SET state = ?2, owner = ?3, reason = ?4, sealed_detail = ?5,
                    changed_at = CASE state WHEN ?2 THEN changed_at ELSE ?6 END,
                    failures = CASE WHEN state IN ('exception', 'closed')
                        AND ?2 NOT IN ('exception', 'closed') THEN 0 ELSE failures END,
                    first_failed = CASE WHEN state IN ('exception', 'closed')
                        AND ?2 NOT IN ('exception', 'closed') THEN NULL ELSE first_failed END,
                    -- Whether something arrived stays open until it is looked up or told.
                    unclear_since = CASE
                        WHEN ?2 = 'unclear' THEN COALESCE(unclear_since, ?6)
                        WHEN ?2 IN ('waiting', 'posted') THEN NULL
                        ELSE unclear_since END
             WHERE key = ?1",
            params![
                despatch.0,
                state.word(),
                owner.map(Owner::word),
                reason,
                sealed,
                times::ms(now),
            ],
        )
    }

    /// Has every despatch told that was kept until the last parcel of its order. Gives back
    /// how many.
    pub fn release_parked(&mut self, now: DateTime<Utc>) -> Result<u64, StoreFault> {
        let released = self.run(
            "UPDATE despatch SET state = 'waiting', due = ?1, changed_at = ?1, reason = ''
             WHERE state = 'parked'",
            [times::ms(now)],
        )?;
        times::count(times::whole(released))
    }

    /// Puts a despatch off to that time: to be looked up first when it is unclear whether
    /// something arrived, else to be told. Counts a failure if `failed`.
    pub fn despatch_again(
        &mut self,
        despatch: DespatchKey,
        at: DateTime<Utc>,
        failed: bool,
        unclear: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let state = if unclear {
            DespatchState::Unclear
        } else {
            DespatchState::Waiting
        };
        self.run_on(
            "despatch",
            "UPDATE despatch SET state = ?2, due = ?3, failures = failures + ?4,
                    first_failed = CASE ?4 WHEN 1 THEN COALESCE(first_failed, ?5)
                                   ELSE first_failed END,
                    unclear_since = CASE ?2 WHEN 'unclear' THEN COALESCE(unclear_since, ?5) END,
                    changed_at = CASE state WHEN ?2 THEN changed_at ELSE ?5 END
             WHERE key = ?1",
            params![
                despatch.0,
                state.word(),
                times::ms(at),
                failed,
                times::ms(now),
            ],
        )
    }

    /// Notes that Cin7 has been told of a despatch in that revision: in which task, and how
    /// many units of which of its products. The first time of being told stays. If a later
    /// revision came meanwhile, it waits to be corrected.
    pub fn despatch_posted(
        &mut self,
        despatch: DespatchKey,
        task: &str,
        revision: u32,
        told: &[(ProductId, u32)],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "despatch",
            "UPDATE despatch SET state = CASE WHEN revision > ?3 THEN 'waiting' ELSE 'posted' END,
                    task = ?2, told_revision = ?3, owner = NULL, reason = '',
                    sealed_detail = NULL, due = ?4, failures = 0, first_failed = NULL,
                    unclear_since = NULL, posted_at = COALESCE(posted_at, ?4), changed_at = ?4
             WHERE key = ?1",
            params![despatch.0, task, revision, times::ms(now)],
        )?;
        self.run(
            "DELETE FROM despatch_line WHERE despatch = ?1",
            [despatch.0],
        )?;
        let mut units: BTreeMap<&str, i64> = BTreeMap::new();
        for (product, told) in told {
            *units.entry(product.as_str()).or_default() += i64::from(*told);
        }
        for (product, units) in units {
            self.run(
                "INSERT INTO despatch_line (despatch, product, units) VALUES (?1, ?2, ?3)",
                params![despatch.0, product, units],
            )?;
        }
        Ok(())
    }
}
