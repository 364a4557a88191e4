//! What is known of one SKU's past: its figures at each comparison, what moved of it, and what
//! people decided.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::adjustment::AdjustmentReason;
use serde::Serialize;
use store::{
    DriftDecisionRow, MovementKind, ReconciliationKey, ReconciliationRow, SkuMovement,
    StockHistoryRow, StockLineRow,
};

use super::plain;
use crate::fault::EngineFault;
use crate::views::{Views, time};
use crate::words;

/// Comparisons that a SKU's past goes back: a month of three a day.
const HISTORY_RUNS: u32 = 93;
/// Movements of a SKU that are told at most, the last ones.
const MOST_MOVEMENTS: u32 = 500;

/// What is known of one SKU's past.
#[derive(Clone, Debug, Serialize)]
pub struct DriftHistoryView {
    /// Cin7's SKU; the warehouse's where Cin7 knows none.
    pub sku: String,
    /// The warehouse's SKU, or "".
    pub whistl_sku: String,
    /// Its name.
    pub name: String,
    /// Whether neither side knows it any more.
    pub is_gone: bool,
    /// Its figures at each comparison, the oldest first.
    pub history: Vec<DriftPointView>,
    /// What moved of it since the first of those, the last one first.
    pub movements: Vec<DriftMovementView>,
    /// What people decided on it, the last one first.
    pub decisions: Vec<DriftDecisionView>,
}

/// A SKU's figures at one comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftPointView {
    /// The run it was.
    pub run_id: String,
    /// When Cin7 was read.
    pub at: String,
    /// On hand in Cin7.
    pub cin7_on_hand: String,
    /// Good stock at the warehouse.
    pub whistl_on_hand: String,
    /// Despatched and not posted.
    pub in_flight: String,
    /// Adjusted and not posted.
    pub pending: String,
    /// What the warehouse should have counted; none where it was not compared.
    pub expected: Option<String>,
    /// What remained; none where it was not compared.
    pub unexplained: Option<String>,
    /// The category's word.
    pub category: String,
}

/// One movement of a SKU at the warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftMovementView {
    /// When it happened.
    pub at: String,
    /// `despatch` or `adjustment`.
    pub kind: &'static str,
    /// The warehouse's id of it.
    pub id: String,
    /// Change of good stock.
    pub units: String,
    /// Its number among all movements of the warehouse, where they count.
    pub movement: Option<u64>,
    /// The word of its state.
    pub state: String,
    /// The same in words.
    pub state_text: String,
    /// When Cin7 had been told.
    pub posted_at: Option<String>,
    /// The order's number, or the adjustment's reason, or "".
    pub about: String,
    /// Cin7's number of the document it is in, or "".
    pub document: String,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftDecisionView {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// `post`, `recount`, `accept` or `withdraw`.
    pub what: String,
    /// Units it was about.
    pub units: String,
    /// Their reason.
    pub note: String,
    /// Until when it is accepted.
    pub until: Option<String>,
    /// Cin7's number of the document that posts it, or "".
    pub document: String,
    /// The word of that document's state, or "".
    pub document_state: String,
}

impl Views<'_> {
    /// What is known of one SKU's past.
    ///
    /// # Errors
    /// No comparison knew it; the store's.
    pub fn drift_history(&self, sku: &str) -> Result<DriftHistoryView, EngineFault> {
        let row = self.reading.stock_line(sku.trim())?.ok_or_else(|| {
            EngineFault::wrong(
                "sku_unknown",
                "sku",
                format!("No comparison of stock knew a SKU “{sku}”; `drift` lists them."),
            )
        })?;
        self.drift_history_of(&row)
    }

    /// The same, of a SKU that was read already.
    ///
    /// # Errors
    /// The store's.
    pub fn drift_history_of(&self, row: &StockLineRow) -> Result<DriftHistoryView, EngineFault> {
        let mut runs = self.reading.reconciliations(HISTORY_RUNS)?;
        runs.reverse();
        let mut changes = self.reading.stock_history(row.key, HISTORY_RUNS + 1)?;
        changes.reverse();
        let from = runs.first().map_or(self.now, |run| run.read_at);
        let tomorrow = self.now + Duration::days(1);
        Ok(DriftHistoryView {
            sku: row.sku.clone(),
            whistl_sku: row.whistl_sku.clone(),
            name: row.name.clone(),
            is_gone: row.is_gone,
            history: points(&runs, &changes),
            movements: self.drift_movements(row, from, tomorrow, MOST_MOVEMENTS)?,
            decisions: self.drift_decisions(row)?,
        })
    }

    /// What moved of a SKU from one moment until before another, the last one first; at most
    /// so many.
    ///
    /// # Errors
    /// The store's.
    pub fn drift_movements(
        &self,
        row: &StockLineRow,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DriftMovementView>, EngineFault> {
        if row.whistl_sku.is_empty() {
            return Ok(Vec::new());
        }
        let moved = self
            .reading
            .movements_of(&row.whistl_sku, from, until, limit)?;
        moved.iter().map(|one| self.drift_movement(one)).collect()
    }

    fn drift_movement(&self, moved: &SkuMovement) -> Result<DriftMovementView, EngineFault> {
        let (kind, about, document) = match moved.kind {
            MovementKind::Despatch => ("despatch", moved.about.clone(), String::new()),
            MovementKind::Adjustment => (
                "adjustment",
                AdjustmentReason::parse(&moved.about).code().into_owned(),
                self.reading
                    .adjustment(&moved.id)?
                    .map(|row| row.document_number)
                    .unwrap_or_default(),
            ),
        };
        let state_text = match moved.kind {
            MovementKind::Despatch => words::confirmation(&moved.state),
            MovementKind::Adjustment => words::adjustment_state(&moved.state),
        };
        Ok(DriftMovementView {
            at: time(moved.at),
            kind,
            id: moved.id.clone(),
            units: moved.units.to_string(),
            movement: moved.movement,
            state: moved.state.clone(),
            state_text: state_text.to_owned(),
            posted_at: moved.posted_at.map(time),
            about,
            document,
        })
    }

    /// What people decided on a SKU, the last one first.
    ///
    /// # Errors
    /// The store's.
    pub fn drift_decisions(
        &self,
        row: &StockLineRow,
    ) -> Result<Vec<DriftDecisionView>, EngineFault> {
        let decisions = self.reading.drift_decisions(row.key)?;
        decisions
            .iter()
            .map(|decision| self.drift_decision(decision))
            .collect()
    }

    fn drift_decision(
        &self,
        decision: &DriftDecisionRow,
    ) -> Result<DriftDecisionView, EngineFault> {
        let document = decision
            .document
            .map(|key| self.reading.document(key))
            .transpose()?;
        let (number, state) = document.map_or_else(Default::default, |document| {
            (document.number, document.state.word().to_owned())
        });
        Ok(DriftDecisionView {
            at: time(decision.at),
            who: decision.who.clone(),
            what: decision.what.clone(),
            units: plain(decision.units),
            note: decision.note.clone(),
            until: decision.until.map(time),
            document: number,
            document_state: state,
        })
    }
}

/// A SKU's figures at each of these comparisons; both the oldest first. At those before it
/// was listed, and while neither side knew it, there are none.
fn points(runs: &[ReconciliationRow], changes: &[StockHistoryRow]) -> Vec<DriftPointView> {
    let by_run: BTreeMap<ReconciliationKey, &StockHistoryRow> =
        changes.iter().map(|change| (change.run, change)).collect();
    let at = |run: &ReconciliationRow| by_run.range(..=run.key).next_back();
    runs.iter()
        .filter_map(|run| Some((run, *at(run)?.1)))
        .filter(|(_, found)| found.category != "gone")
        .map(|(run, found)| {
            let compared = found.category != "not_comparable";
            let expected = found.cin7 + found.in_flight + found.pending;
            DriftPointView {
                run_id: run.run.clone(),
                at: time(run.read_at),
                cin7_on_hand: plain(found.cin7),
                whistl_on_hand: plain(found.counted),
                in_flight: plain(found.in_flight),
                pending: plain(found.pending),
                expected: compared.then(|| plain(expected)),
                unexplained: compared.then(|| plain(found.unexplained)),
                category: found.category.clone(),
            }
        })
        .collect()
}
