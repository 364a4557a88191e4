//! What the warehouse lost and damaged, with its evidence, ready to be talked about with it.

use domain::adjustment::AdjustmentReason;
use rust_decimal::Decimal;
use serde::Serialize;
use store::{AdjustmentFilter, AdjustmentRow, ReconciliationRow};

use crate::fault::EngineFault;
use crate::views::{Views, pence, plain, time};

/// What was lost and damaged between two comparisons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossesView {
    /// Units lost, above zero.
    pub units: String,
    /// What they are worth at the cost each was posted with.
    pub value: String,
    /// Units agreed to be borne without a word: so many of each 10,000 that left.
    pub allowed_units: String,
    /// Units above that.
    pub over_units: String,
    /// Each of them, the oldest first.
    pub each: Vec<LossView>,
}

/// One loss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LossView {
    /// When it happened, by the warehouse's stamp.
    pub at: String,
    /// The SKU.
    pub sku: String,
    /// Why, as one stable word.
    pub reason: String,
    /// Units lost, above zero.
    pub units: String,
    /// Worth at cost; none where the cost is not known.
    pub value: Option<String>,
    /// The warehouse's id of it.
    pub whistl_id: String,
    /// What the warehouse noted.
    pub note: String,
    /// Cin7's number of the document it was posted in; none while it is not posted.
    pub document: Option<String>,
    /// Whether it goes beyond what is allowed, counted from the first one on.
    pub is_over: bool,
}

impl Views<'_> {
    /// Losses that happened between two comparisons and were heard of by the second.
    pub(super) fn losses(
        &self,
        opening: &ReconciliationRow,
        closing: &ReconciliationRow,
        despatched: i64,
    ) -> Result<LossesView, EngineFault> {
        let filter = AdjustmentFilter {
            since: Some(opening.as_of),
            until: Some(closing.as_of),
            limit: u32::MAX,
            ..AdjustmentFilter::default()
        };
        let mut lost = self.reading.adjustments(&filter)?;
        lost.retain(|row| is_loss(row) && row.received < closing.ended);
        lost.reverse();
        let share = Decimal::from(self.settings.whole("finance.losses_allowed"));
        let allowed = (Decimal::from(despatched.max(0)) * share / Decimal::from(10_000)).floor();
        let (mut units, mut value) = (Decimal::ZERO, Decimal::ZERO);
        let each = lost
            .iter()
            .map(|row| {
                let lost = Decimal::from(row.units.saturating_neg());
                units += lost;
                value += row.unit_cost.unwrap_or_default() * lost;
                loss(row, lost, units > allowed)
            })
            .collect();
        Ok(LossesView {
            units: plain(units),
            value: pence(value),
            allowed_units: plain(allowed),
            over_units: plain((units - allowed).max(Decimal::ZERO)),
            each,
        })
    }
}

/// A fall for which the warehouse has to answer. Goods sampled or expired are the merchant's.
fn is_loss(row: &AdjustmentRow) -> bool {
    use AdjustmentReason as Reason;
    let answers = matches!(
        AdjustmentReason::parse(&row.why),
        Reason::Damage
            | Reason::Lost
            | Reason::WriteOff
            | Reason::PickDiscrepancy
            | Reason::CycleCount
    );
    answers && row.units < 0
}

fn loss(row: &AdjustmentRow, lost: Decimal, is_over: bool) -> LossView {
    LossView {
        at: time(row.at),
        sku: if row.cin7_sku.is_empty() {
            row.sku.clone()
        } else {
            row.cin7_sku.clone()
        },
        reason: row.why.clone(),
        units: plain(lost),
        value: row.unit_cost.map(|cost| pence(cost * lost)),
        whistl_id: row.id.clone(),
        note: row.note.clone(),
        document: (!row.document_number.is_empty()).then(|| row.document_number.clone()),
        is_over,
    }
}
