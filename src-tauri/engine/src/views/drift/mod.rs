//! Stock of both sides as the last comparison found it.

mod past;

use chrono::{DateTime, Utc};
use domain::stock::{Category, Obstacle};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use store::{ReconciliationRow, StockLineRow, StockTotals};

pub use past::{DriftDecisionView, DriftHistoryView, DriftMovementView, DriftPointView};

use super::{DebtView, Views, time};
use crate::fault::EngineFault;
use crate::runs::Job;
use crate::schedule::{next_due, turns};
use crate::words;

/// Comparisons that the trend of a SKU goes over.
const TREND_RUNS: u32 = 7;
/// Comparisons that the trend of all drift goes over.
const ALL_TREND_RUNS: u32 = 24;

/// The last comparison, with its SKUs in order of impact.
#[derive(Clone, Debug, Serialize)]
pub struct DriftView {
    /// The run it was; none before the first.
    pub run_id: Option<String>,
    /// The moment the figures are of.
    pub as_of: Option<String>,
    /// When it began.
    pub began_at: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Whether everything was read; what was not is not compared.
    pub is_whole: bool,
    /// What was not read, and why; "" when all was.
    pub why: String,
    /// Sums over the SKUs that were compared.
    pub totals: DriftTotalsView,
    /// SKUs by category; together all of them.
    pub categories: DriftCategoriesView,
    /// What drift came to at each of the last comparisons, the oldest first.
    pub trend: Vec<DriftTrendView>,
    /// What has been left open for too long.
    pub debt: DebtView,
    /// The SKUs, the most urgent first.
    pub skus: Vec<DriftLineView>,
}

/// Sums of one comparison: `unexplained = counted − (cin7_on_hand + in_flight + pending)`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftTotalsView {
    /// On hand in Cin7.
    pub cin7_on_hand: String,
    /// Despatched and not posted.
    pub in_flight: String,
    /// Adjusted and not posted.
    pub pending: String,
    /// What the warehouse should count.
    pub expected: String,
    /// Good stock at the warehouse.
    pub counted: String,
    /// What remains.
    pub unexplained: String,
    /// What remains at cost, with its sign.
    pub value: String,
    /// The same without signs, SKU by SKU.
    pub absolute_value: String,
}

/// How many SKUs fall in each category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DriftCategoriesView {
    /// Cin7 shows more than is there.
    pub can_oversell: u32,
    /// Cin7 shows less than is there.
    pub cin7_short: u32,
    /// Explained by what a fault keeps from being posted.
    pub posting_blocked: u32,
    /// Explained.
    pub explained: u32,
    /// Equal.
    pub matched: u32,
    /// Not compared.
    pub not_comparable: u32,
}

/// What drift came to at one comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftTrendView {
    /// When Cin7 was read.
    pub at: String,
    /// Whether everything was read.
    pub is_whole: bool,
    /// SKUs that were compared and did not agree.
    pub skus: u32,
    /// The sum of their absolute differences.
    pub units: String,
    /// The sum of absolute values, at cost.
    pub absolute_value: String,
}

/// One SKU as the last comparison found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftLineView {
    /// Cin7's SKU; the warehouse's where Cin7 knows none.
    pub sku: String,
    /// The warehouse's SKU, or "".
    pub whistl_sku: String,
    /// Its name.
    pub name: String,
    /// On hand in Cin7.
    pub cin7_on_hand: String,
    /// Promised in Cin7.
    pub allocated: String,
    /// Good stock at the warehouse.
    pub whistl_on_hand: String,
    /// Set apart at the warehouse, and not in the figure above.
    pub quarantined: String,
    /// Despatched and not posted.
    pub in_flight: String,
    /// Adjusted and not posted.
    pub pending: String,
    /// What the warehouse should count.
    pub expected: String,
    /// What remains.
    pub unexplained: String,
    /// What remains at cost, with its sign; none where the cost is not known.
    pub value: Option<String>,
    /// Cost of one.
    pub unit_cost: Option<String>,
    /// Units that can be sold and are not there.
    pub at_risk: String,
    /// At the selling price: sales that must be refused, or are not made since Cin7 does not
    /// offer what is there. None where the price is not known.
    pub lost_sales: Option<String>,
    /// The category's word.
    pub category: String,
    /// Why it could not be compared or what is not sure, as one stable word, or "".
    pub cause: String,
    /// The same in a sentence, or "".
    pub words: String,
    /// Judged by times, since something moved close to the moment of the count.
    pub is_approximate: bool,
    /// When the comparison that first saw the present gap read Cin7.
    pub since: Option<String>,
    /// The same of the last comparison before that.
    pub before: Option<String>,
    /// Somebody lives with it.
    pub accepted: Option<AcceptedView>,
    /// Since when a recount is awaited.
    pub recount_since: Option<String>,
    /// What remained at each of the last seven comparisons, the oldest first; none where it
    /// was not compared.
    pub trend: Vec<Option<String>>,
}

/// A difference that somebody lives with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AcceptedView {
    /// Until when.
    pub until: String,
    /// With how many units.
    pub units: String,
    /// Why.
    pub why: String,
}

impl Views<'_> {
    /// The last comparison, with the SKUs of one category or all, or just one SKU in either
    /// spelling.
    ///
    /// # Errors
    /// There is no such category; the store's.
    pub fn drift(
        &self,
        category: Option<&str>,
        sku: Option<&str>,
    ) -> Result<DriftView, EngineFault> {
        let category = category.map(category_of).transpose()?;
        let rows = match sku {
            Some(sku) => self
                .reading
                .stock_line(sku.trim())?
                .into_iter()
                .filter(|row| !row.is_gone && category.is_none_or(|word| row.category == word))
                .collect(),
            None => self.reading.stock_lines(category, None, u32::MAX)?,
        };
        let skus = self.drift_lines(&rows)?;
        let trend = self.drift_trend()?;
        let debt = self.debt()?;
        let Some(run) = self.reading.last_reconciliation()? else {
            return Ok(DriftView {
                run_id: None,
                as_of: None,
                began_at: None,
                ended_at: None,
                is_whole: false,
                why: "stock was never compared".into(),
                totals: totals(&StockTotals::default()),
                categories: DriftCategoriesView::default(),
                trend,
                debt,
                skus,
            });
        };
        Ok(DriftView {
            run_id: Some(run.run.clone()),
            as_of: Some(time(run.as_of)),
            began_at: Some(time(run.began)),
            ended_at: Some(time(run.ended)),
            is_whole: run.is_whole,
            why: run.why.clone(),
            totals: totals(&run.totals),
            categories: categories(&run),
            trend,
            debt,
            skus,
        })
    }

    /// When the next comparison is due; none while no schedule is at work.
    ///
    /// # Errors
    /// The store's.
    pub fn next_comparison(&self) -> Result<Option<DateTime<Utc>>, EngineFault> {
        if !self.is_running()? {
            return Ok(None);
        }
        let last = self.reading.last_run(Job::Reconcile.word())?;
        let turn = turns(self.settings)
            .into_iter()
            .find(|(job, _)| *job == Job::Reconcile);
        Ok(turn.and_then(|(_, turn)| next_due(last.as_ref(), &turn, self.now)))
    }

    /// What drift came to at each of the last comparisons, the oldest first.
    ///
    /// # Errors
    /// The store's.
    pub fn drift_trend(&self) -> Result<Vec<DriftTrendView>, EngineFault> {
        let points = self.reading.drift_trend(ALL_TREND_RUNS)?;
        Ok(points
            .into_iter()
            .map(|point| DriftTrendView {
                at: time(point.read_at),
                is_whole: point.is_whole,
                skus: point.drifting,
                units: plain(point.gap_units),
                absolute_value: pence(point.value),
            })
            .collect())
    }

    /// These SKUs, with how each went over the last comparisons.
    ///
    /// # Errors
    /// The store's.
    pub fn drift_lines(&self, rows: &[StockLineRow]) -> Result<Vec<DriftLineView>, EngineFault> {
        let keys: Vec<_> = rows.iter().map(|row| row.key).collect();
        let trends = self.reading.trend_of(&keys, TREND_RUNS)?;
        Ok(rows
            .iter()
            .zip(trends)
            .map(|(row, trend)| {
                let trend = trend.unexplained.into_iter();
                self.drift_line(row, trend.map(|point| point.map(plain)).collect())
            })
            .collect())
    }

    fn drift_line(&self, row: &StockLineRow, trend: Vec<Option<String>>) -> DriftLineView {
        DriftLineView {
            sku: row.sku.clone(),
            whistl_sku: row.whistl_sku.clone(),
            name: row.name.clone(),
            cin7_on_hand: plain(row.cin7),
            allocated: plain(row.allocated),
            whistl_on_hand: plain(row.counted),
            quarantined: plain(row.quarantined),
            in_flight: plain(row.in_flight),
            pending: plain(row.pending),
            expected: plain(row.cin7 + row.in_flight + row.pending),
            unexplained: plain(row.unexplained),
            value: row.unit_cost.map(|cost| pence(cost * row.unexplained)),
            unit_cost: row.unit_cost.map(plain),
            at_risk: plain(row.at_risk),
            lost_sales: lost_sales(row).map(|value| format!("{value:.2}")),
            category: row.category.clone(),
            cause: row.cause.clone(),
            words: words::drift_advice(&row.cause, &row.sku),
            is_approximate: row.is_approximate,
            since: row.since.map(|(_, at)| time(at)),
            before: row.before.map(|(_, at)| time(at)),
            accepted: self.accepted(row),
            recount_since: row.recount_since.map(time),
            trend,
        }
    }

    /// What somebody lives with, until its day is over.
    fn accepted(&self, row: &StockLineRow) -> Option<AcceptedView> {
        let (until, units, why) = row.accepted.as_ref()?;
        (*until > self.now).then(|| AcceptedView {
            until: time(*until),
            units: plain(*units),
            why: why.clone(),
        })
    }
}

fn category_of(word: &str) -> Result<&'static str, EngineFault> {
    Category::parse(word, Some(Obstacle::NotRead))
        .map(Category::code)
        .ok_or_else(|| {
            EngineFault::wrong(
                "category_unknown",
                "category",
                format!(
                    "“{word}” is no category. There are: can_oversell, cin7_short, posting_blocked, explained, matched, not_comparable."
                ),
            )
        })
}

/// What a SKU's difference costs in sales: units that cannot be delivered, or that are there and
/// not offered, at the price of one.
pub fn lost_sales(row: &StockLineRow) -> Option<Decimal> {
    let units = row.at_risk.max(row.unexplained).max(Decimal::ZERO);
    row.price.map(|price| (price * units).round_dp(2))
}

fn totals(sums: &StockTotals) -> DriftTotalsView {
    DriftTotalsView {
        cin7_on_hand: plain(sums.cin7),
        in_flight: plain(sums.in_flight),
        pending: plain(sums.pending),
        expected: plain(sums.cin7 + sums.in_flight + sums.pending),
        counted: plain(sums.counted),
        unexplained: plain(sums.unexplained),
        value: pence(sums.net_value),
        absolute_value: pence(sums.value),
    }
}

fn categories(run: &ReconciliationRow) -> DriftCategoriesView {
    let counts = run.counts;
    DriftCategoriesView {
        can_oversell: counts.can_oversell,
        cin7_short: counts.cin7_short,
        posting_blocked: counts.posting_blocked,
        explained: counts.explained,
        matched: counts.matched,
        not_comparable: counts.not_comparable,
    }
}

/// Units, without zeros at the end.
pub(crate) fn plain(figure: Decimal) -> String {
    figure.normalize().to_string()
}

/// Money to the penny, without a minus before nothing.
pub(crate) fn pence(money: Decimal) -> String {
    let money = money.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let money = if money.is_zero() {
        Decimal::ZERO
    } else {
        money
    };
    format!("{money:.2}")
}
