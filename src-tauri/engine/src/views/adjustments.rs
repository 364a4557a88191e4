//! Stock adjustments as people and programs see them: the inbox and the history.

use chrono::{DateTime, NaiveDate, Utc};
use domain::adjustment::{Adjustment, AdjustmentReason};
use rust_decimal::Decimal;
use serde::Serialize;
use store::{AdjustmentFilter, AdjustmentKey, AdjustmentRow, AdjustmentState};

use super::{Views, days, time};
use crate::fault::EngineFault;
use crate::words;

/// One adjustment.
#[derive(Clone, Debug, Serialize)]
pub struct AdjustmentView {
    /// The warehouse's id of it.
    pub whistl_id: String,
    /// Cin7's SKU; the warehouse's while nobody knows which product it is.
    pub sku: String,
    /// The warehouse's SKU.
    pub whistl_sku: String,
    /// Change of good stock, units with their sign.
    pub quantity: String,
    /// Why, as one stable word.
    pub reason: String,
    /// Why, in the warehouse's words.
    pub reason_text: String,
    /// What the warehouse noted.
    pub note: String,
    /// The adjustment that it takes back.
    pub reverses: Option<String>,
    /// The state's word.
    pub state: String,
    /// Who must act, if someone must.
    pub owner: Option<String>,
    /// Stable words: why it stands so.
    pub causes: Vec<String>,
    /// The same, in a sentence or two.
    pub words: String,
    /// What stands in its way, as one stable word; only while it has failed.
    pub fault: Option<String>,
    /// Cin7's id of the document it is in.
    pub cin7_task_id: Option<String>,
    /// Cin7's number of that document.
    pub document: Option<String>,
    /// Level in Cin7 before.
    pub before: Option<String>,
    /// Level in Cin7 after.
    pub after: Option<String>,
    /// Cost of one when it was posted.
    pub unit_cost: Option<String>,
    /// Units at that cost, with their sign.
    pub value: Option<String>,
    /// When that cost was read.
    pub cost_at: Option<String>,
    /// Who decided about it.
    pub decided_by: Option<String>,
    /// Why they decided so.
    pub decided_why: Option<String>,
    /// When it happened.
    pub occurred_at: String,
    /// When it came here.
    pub received_at: String,
    /// When it stood in Cin7.
    pub posted_at: Option<String>,
    /// Times it was put into a document.
    pub attempts: u32,
}

/// A page of adjustments.
#[derive(Clone, Debug, Serialize)]
pub struct AdjustmentsView {
    /// The adjustments, the newest first.
    pub adjustments: Vec<AdjustmentView>,
    /// Where to continue.
    pub next: Option<String>,
}

/// Other content under the name of an adjustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentClashView {
    /// When it came here.
    pub received: DateTime<Utc>,
    /// What it says; none where it cannot be read any more.
    pub told: Option<Adjustment>,
}

/// Figures of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StockInboxView {
    /// To be posted, or being posted.
    pub waiting: u64,
    /// Since when the oldest of them happened.
    pub oldest_at: Option<String>,
    /// Wait for a person.
    pub needs_approval: u64,
    /// Could not be posted.
    pub failed: u64,
}

impl Views<'_> {
    /// A page of adjustments, those in one state or all.
    pub fn adjustments(
        &self,
        states: &[AdjustmentState],
        sku: Option<&str>,
        limit: u32,
        after: Option<&str>,
    ) -> Result<AdjustmentsView, EngineFault> {
        let after = after
            .map(|text| {
                text.parse().map(AdjustmentKey).map_err(|_| {
                    EngineFault::wrong(
                        "cursor_invalid",
                        "after",
                        format!("“{text}” is no place in the list: give the one it named as next."),
                    )
                })
            })
            .transpose()?;
        let rows = self.reading.adjustments(&AdjustmentFilter {
            states: states.to_vec(),
            sku: sku.map(str::to_owned),
            after,
            limit,
            ..AdjustmentFilter::default()
        })?;
        let next = (rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX))
            .then(|| rows.last().map(|row| row.key.0.to_string()))
            .flatten();
        Ok(AdjustmentsView {
            adjustments: rows
                .iter()
                .map(|row| self.adjustment(row))
                .collect::<Result<_, _>>()?,
            next,
        })
    }

    /// The adjustments that happened from one day to another, both included, in the merchant's
    /// zone; the oldest first.
    pub fn adjustments_of(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<AdjustmentView>, EngineFault> {
        let (since, until) = days(self.settings.zone(), from, to)?;
        let rows = self.reading.adjustments(&AdjustmentFilter {
            since: Some(since),
            until: Some(until),
            limit: u32::MAX,
            ..AdjustmentFilter::default()
        })?;
        rows.iter().rev().map(|row| self.adjustment(row)).collect()
    }

    /// What waits to be posted and for whom.
    pub fn stock_inbox(&self) -> Result<StockInboxView, EngineFault> {
        let waiting = self.reading.adjustments_waiting()?;
        Ok(StockInboxView {
            waiting: waiting.waiting,
            oldest_at: waiting.oldest.map(time),
            needs_approval: waiting.needs_approval,
            failed: waiting.failed,
        })
    }

    /// What else came under the name of an adjustment, the oldest first.
    pub fn adjustment_clashes(
        &self,
        row: &AdjustmentRow,
    ) -> Result<Vec<AdjustmentClashView>, EngineFault> {
        let profile = crate::engine::profile(self.settings);
        let clashes = self.reading.adjustment_clashes(row.key)?;
        Ok(clashes
            .into_iter()
            .map(|clash| {
                let told = whistl::read_adjustment(clash.raw.as_bytes(), &profile);
                AdjustmentClashView {
                    received: clash.received,
                    told: told.ok().map(|record| record.adjustment),
                }
            })
            .collect())
    }

    /// One adjustment.
    pub fn adjustment(&self, row: &AdjustmentRow) -> Result<AdjustmentView, EngineFault> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let figure = |figure: Option<Decimal>| figure.map(|figure| figure.normalize().to_string());
        let value = row
            .unit_cost
            .map(|cost| (cost * Decimal::from(row.units)).round_dp(2));
        Ok(AdjustmentView {
            whistl_id: row.id.clone(),
            sku: text(&row.cin7_sku).unwrap_or_else(|| row.sku.clone()),
            whistl_sku: row.sku.clone(),
            quantity: row.units.to_string(),
            reason: AdjustmentReason::parse(&row.why).code().into_owned(),
            reason_text: row.why_text.clone(),
            note: row.note.clone(),
            reverses: text(&row.reverses),
            state: row.state.word().into(),
            owner: row.owner.map(|owner| owner.word().to_owned()),
            words: words::adjustment(row, &self.reading.adjustment_words(row.key)?),
            fault: (row.state == AdjustmentState::Failed)
                .then(|| row.causes.first().cloned())
                .flatten(),
            causes: row.causes.clone(),
            cin7_task_id: text(&row.document_task),
            document: text(&row.document_number),
            before: figure(row.before),
            after: figure(row.after),
            unit_cost: figure(row.unit_cost),
            value: value.map(|value| format!("{value:.2}")),
            cost_at: row.cost_at.map(time),
            decided_by: text(&row.decided_by),
            decided_why: text(&row.decided_why),
            occurred_at: time(row.at),
            received_at: time(row.received),
            posted_at: row.posted_at.map(time),
            attempts: row.attempts,
        })
    }
}
