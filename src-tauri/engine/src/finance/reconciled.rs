//! The reconciled figure of each SKU as of a moment: what finance signs.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use store::{ReconciliationRow, StockAt};

use super::bridge::is_compared;
use super::month::{ComparisonView, SignedView, comparison};
use crate::fault::EngineFault;
use crate::views::{Views, pence, plain, time};
use crate::words;

/// All SKUs as the last whole comparison before a moment found them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReconciledView {
    /// The moment asked for.
    pub at: String,
    /// The mapped location in Cin7, as it is set now.
    pub location: String,
    /// ISO 4217, the currency of all money here.
    pub currency: String,
    /// The comparison.
    pub comparison: ComparisonView,
    /// Sums of all SKUs.
    pub total: ReconciledLineView,
    /// SKUs that nobody could explain.
    pub differences: u64,
    /// Each SKU, by name.
    pub skus: Vec<ReconciledLineView>,
    /// Signatures under the comparison.
    pub signed: Vec<SignedView>,
}

/// One SKU. Units carry their sign; expected = Cin7 on hand + in flight + pending, and
/// counted = expected + unexplained.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReconciledLineView {
    /// Cin7's SKU; the warehouse's where Cin7 knows none; "" for the sums.
    pub sku: String,
    /// On hand in Cin7.
    pub cin7_on_hand: String,
    /// Despatched and not yet in Cin7, below 0.
    pub in_flight: String,
    /// Adjusted and not yet in Cin7.
    pub pending: String,
    /// What the warehouse should hold.
    pub expected: String,
    /// What it counts: the reconciled figure.
    pub counted: String,
    /// What remains.
    pub unexplained: String,
    /// The category's word; "" for the sums.
    pub category: String,
    /// Cost of one; none where it is not known, or for the sums.
    pub unit_cost: Option<String>,
    /// The counted units at cost.
    pub value: Option<String>,
    /// What remains, at cost.
    pub unexplained_value: Option<String>,
}

/// Sums over SKUs.
#[derive(Default)]
struct Sums {
    cin7: Decimal,
    in_flight: Decimal,
    pending: Decimal,
    counted: Decimal,
    unexplained: Decimal,
    value: Decimal,
    unexplained_value: Decimal,
}

impl Views<'_> {
    /// The reconciled figures as of a moment. The same moment gives the same figures whenever
    /// it is asked for.
    ///
    /// # Errors
    /// Nothing had been compared by then; the store's.
    pub fn reconciled(&self, at: DateTime<Utc>) -> Result<ReconciledView, EngineFault> {
        let run = self.whole_comparison_at(at)?;
        let lines = self.reading.stock_at(run.key)?;
        let mut sums = Sums::default();
        for line in &lines {
            sums.add(line);
        }
        let is_open = |line: &&StockAt| !line.unexplained.is_zero() && is_compared(line);
        Ok(ReconciledView {
            at: time(at),
            location: self.settings.text("cin7.location"),
            currency: words::BOOKS.into(),
            comparison: comparison(&run),
            total: sums.shown(),
            differences: lines.iter().filter(is_open).count() as u64,
            skus: lines.iter().map(sku).collect(),
            signed: self.signed(run.key)?,
        })
    }

    /// The last whole comparison by a moment.
    pub(crate) fn whole_comparison_at(
        &self,
        at: DateTime<Utc>,
    ) -> Result<ReconciliationRow, EngineFault> {
        let found = self.reading.whole_reconciliation_at(at)?;
        found.ok_or_else(|| {
            let local = at.with_timezone(&self.settings.zone());
            EngineFault::wrong(
                "not_compared",
                "at",
                format!(
                    "Stock had not been compared by {}: there are no figures of that moment.",
                    local.format("%-d %B %Y, %H:%M")
                ),
            )
        })
    }
}

impl Sums {
    fn add(&mut self, line: &StockAt) {
        let cost = line.unit_cost.unwrap_or_default();
        self.cin7 += line.cin7;
        self.in_flight += line.in_flight;
        self.pending += line.pending;
        self.counted += line.counted;
        self.unexplained += line.unexplained;
        self.value += cost * line.counted;
        self.unexplained_value += cost * line.unexplained;
    }

    fn shown(&self) -> ReconciledLineView {
        ReconciledLineView {
            cin7_on_hand: plain(self.cin7),
            in_flight: plain(self.in_flight),
            pending: plain(self.pending),
            expected: plain(self.cin7 + self.in_flight + self.pending),
            counted: plain(self.counted),
            unexplained: plain(self.unexplained),
            value: Some(pence(self.value)),
            unexplained_value: Some(pence(self.unexplained_value)),
            ..ReconciledLineView::default()
        }
    }
}

fn sku(line: &StockAt) -> ReconciledLineView {
    ReconciledLineView {
        sku: line.sku.clone(),
        cin7_on_hand: plain(line.cin7),
        in_flight: plain(line.in_flight),
        pending: plain(line.pending),
        expected: plain(line.cin7 + line.in_flight + line.pending),
        counted: plain(line.counted),
        unexplained: plain(line.unexplained),
        category: line.category.clone(),
        unit_cost: line.unit_cost.map(plain),
        value: line.unit_cost.map(|cost| pence(cost * line.counted)),
        unexplained_value: line.unit_cost.map(|cost| pence(cost * line.unexplained)),
    }
}
