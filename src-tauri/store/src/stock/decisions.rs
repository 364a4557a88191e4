//! What people decided on a drift, and finance's signatures under comparisons.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::compared::{DriftDecisionRow, NewDriftDecision, SignOff};
use super::forms::{DocumentKey, ReconciliationKey, StockLineKey};
use crate::columns::Columns;
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

/// The columns of a [`DriftDecisionRow`] in the order [`decision_row`] reads them.
pub(crate) const DECISION: &str = "line, run, what, units, note, until, document, who, at";

impl Write<'_> {
    /// Keeps what a person decided on a drift. An acceptance stands on the SKU until it ends
    /// or is taken back, a wish for a recount until it is taken back.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is no such SKU; [`StoreFault::Sql`] for an
    /// acceptance without an end.
    pub fn decide_drift(&mut self, new: &NewDriftDecision<'_>) -> Result<(), StoreFault> {
        let (units, until) = (times::fixed(new.units)?, new.until.map(times::ms));
        self.run_on(
            "stock line",
            "UPDATE stock_line SET
                    accepted_until = CASE ?2 WHEN 'accept' THEN ?3 WHEN 'withdraw' THEN NULL
                                     ELSE accepted_until END,
                    accepted_units = CASE ?2 WHEN 'accept' THEN ?4 WHEN 'withdraw' THEN NULL
                                     ELSE accepted_units END,
                    accepted_why = CASE ?2 WHEN 'accept' THEN ?5 WHEN 'withdraw' THEN ''
                                   ELSE accepted_why END,
                    recount_since = CASE ?2 WHEN 'recount' THEN ?6 WHEN 'withdraw' THEN NULL
                                    ELSE recount_since END
             WHERE key = ?1",
            params![
                new.line.0,
                new.what,
                until,
                units,
                new.note,
                times::ms(new.at)
            ],
        )?;
        self.run(
            "INSERT INTO drift_decision (line, run, what, units, note, until, document, who, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                new.line.0,
                new.run.0,
                new.what,
                units,
                new.note,
                until,
                new.document.map(|document| document.0),
                new.who,
                times::ms(new.at),
            ],
        )?;
        Ok(())
    }

    /// Keeps finance's signature under a comparison.
    pub fn sign_off(
        &mut self,
        run: ReconciliationKey,
        who: &str,
        note: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO sign_off (run, who, note, at) VALUES (?1, ?2, ?3, ?4)",
            params![run.0, who, note, times::ms(now)],
        )?;
        Ok(())
    }
}

impl Reading {
    /// What was decided on a SKU, newest first.
    pub fn drift_decisions(&self, line: StockLineKey) -> Result<Vec<DriftDecisionRow>, StoreFault> {
        let sql = format!(
            "SELECT {DECISION} FROM drift_decision INDEXED BY drift_decision_of_line
             WHERE line = ?1 ORDER BY at DESC, key DESC"
        );
        self.all(&sql, [line.0], decision_row)
    }

    /// What was decided from one moment until before another, oldest first.
    pub fn drift_decisions_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<DriftDecisionRow>, StoreFault> {
        let sql = format!(
            "SELECT {DECISION} FROM drift_decision INDEXED BY drift_decision_by_at
             WHERE at >= ?1 AND at < ?2 ORDER BY at, key"
        );
        self.all(&sql, [times::ms(from), times::ms(until)], decision_row)
    }

    /// The decision that a document posts.
    pub fn drift_decision_of(
        &self,
        document: DocumentKey,
    ) -> Result<Option<DriftDecisionRow>, StoreFault> {
        let sql = format!(
            "SELECT {DECISION} FROM drift_decision INDEXED BY drift_decision_by_document
             WHERE document = ?1 ORDER BY key DESC LIMIT 1"
        );
        let found = self.all(&sql, [document.0], decision_row)?;
        Ok(found.into_iter().next())
    }

    /// Signatures under a comparison, oldest first.
    pub fn sign_offs_of(&self, run: ReconciliationKey) -> Result<Vec<SignOff>, StoreFault> {
        self.all(
            "SELECT run, who, note, at FROM sign_off INDEXED BY sign_off_of_run
             WHERE run = ?1 ORDER BY key",
            [run.0],
            sign_off_row,
        )
    }

    /// The last signatures, newest first; at most so many.
    pub fn sign_offs(&self, limit: u32) -> Result<Vec<SignOff>, StoreFault> {
        self.all(
            "SELECT run, who, note, at FROM sign_off ORDER BY key DESC LIMIT ?1",
            [limit],
            sign_off_row,
        )
    }
}

fn decision_row(row: &Row<'_>) -> Result<DriftDecisionRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(DriftDecisionRow {
        line: StockLineKey(columns.next()?),
        run: ReconciliationKey(columns.next()?),
        what: columns.next()?,
        units: columns.fixed()?,
        note: columns.next()?,
        until: columns.at_or_none()?,
        document: columns.next::<Option<i64>>()?.map(DocumentKey),
        who: columns.next()?,
        at: columns.at()?,
    })
}

fn sign_off_row(row: &Row<'_>) -> Result<SignOff, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(SignOff {
        run: ReconciliationKey(columns.next()?),
        who: columns.next()?,
        note: columns.next()?,
        at: columns.at()?,
    })
}
