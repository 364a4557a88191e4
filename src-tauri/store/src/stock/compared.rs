//! The shapes in which comparisons of both sides, and what people decide on them, go into the
//! store and come out of it.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::ProductId;
use rust_decimal::Decimal;

use super::forms::{DocumentKey, ReconciliationKey, StockLineKey};

/// One SKU as a comparison found it. Its texts are borrowed where they can be: a hundred
/// thousand lines that copied theirs would take as much memory as all the rest of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStockLine<'a> {
    /// Cin7's SKU; the warehouse's where Cin7 knows none.
    pub sku: Cow<'a, str>,
    /// The warehouse's SKU, or "".
    pub whistl_sku: Cow<'a, str>,
    /// Cin7's product.
    pub product: Option<&'a ProductId>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// On hand in Cin7.
    pub cin7: Decimal,
    /// Promised in Cin7.
    pub allocated: Decimal,
    /// Good stock at the warehouse.
    pub counted: Decimal,
    /// Set apart there.
    pub quarantined: Decimal,
    /// Despatched and not posted.
    pub in_flight: Decimal,
    /// Adjusted and not posted.
    pub pending: Decimal,
    /// What remains.
    pub unexplained: Decimal,
    /// The category's word.
    pub category: &'static str,
    /// Why not comparable, or what blocks; "" else.
    pub cause: &'static str,
    /// Judged by times, since there are no movement numbers.
    pub is_approximate: bool,
    /// Units that can be sold and are not there.
    pub at_risk: Decimal,
    /// Cost of one.
    pub unit_cost: Option<Decimal>,
    /// Price of one.
    pub price: Option<Decimal>,
    /// Absolute value of what remains, at cost.
    pub value: Decimal,
    /// Place in the list: the smaller, the more urgent.
    pub priority: i64,
}

/// Sums of one comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockTotals {
    /// On hand in Cin7.
    pub cin7: Decimal,
    /// Despatched and not posted.
    pub in_flight: Decimal,
    /// Adjusted and not posted.
    pub pending: Decimal,
    /// Good stock at the warehouse.
    pub counted: Decimal,
    /// What remains.
    pub unexplained: Decimal,
    /// The sum of absolute values, at cost.
    pub value: Decimal,
    /// The same with signs.
    pub net_value: Decimal,
}

/// How many SKUs fall in each category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StockCounts {
    /// Can be oversold.
    pub can_oversell: u32,
    /// Cin7 shows less than there is.
    pub cin7_short: u32,
    /// Explained by what a person has to see to.
    pub posting_blocked: u32,
    /// Explained.
    pub explained: u32,
    /// Equal.
    pub matched: u32,
    /// Not compared.
    pub not_comparable: u32,
}

/// A comparison as it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReconciliation<'a> {
    /// The run it was.
    pub run: &'a str,
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it ended.
    pub ended: DateTime<Utc>,
    /// Whether everything was read.
    pub is_whole: bool,
    /// What was not read, and why; "" when all was.
    pub why: &'a str,
    /// The warehouse's snapshot.
    pub snapshot: &'a str,
    /// The moment it shows.
    pub as_of: DateTime<Utc>,
    /// When Cin7 was read.
    pub read_at: DateTime<Utc>,
    /// Rows that Cin7 listed.
    pub rows_read: u32,
    /// The movement up to which all had been told of; `None` where they do not count them.
    pub told_up_to: Option<u64>,
    /// Sums.
    pub totals: &'a StockTotals,
    /// SKUs by category.
    pub counts: StockCounts,
}

/// A comparison as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciliationRow {
    /// Row number.
    pub key: ReconciliationKey,
    /// The run it was.
    pub run: String,
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it ended.
    pub ended: DateTime<Utc>,
    /// Whether everything was read.
    pub is_whole: bool,
    /// What was not read, and why.
    pub why: String,
    /// The warehouse's snapshot.
    pub snapshot: String,
    /// The moment it shows.
    pub as_of: DateTime<Utc>,
    /// When Cin7 was read.
    pub read_at: DateTime<Utc>,
    /// Rows that Cin7 listed.
    pub rows_read: u32,
    /// The movement up to which all had been told of.
    pub told_up_to: Option<u64>,
    /// Sums.
    pub totals: StockTotals,
    /// SKUs by category.
    pub counts: StockCounts,
    /// SKUs that were compared and do not agree.
    pub drifting: u32,
    /// The sum of their absolute differences.
    pub gap_units: Decimal,
}

/// A SKU as the last comparison found it, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockLineRow {
    /// Row number.
    pub key: StockLineKey,
    /// Cin7's SKU; the warehouse's where Cin7 knows none.
    pub sku: String,
    /// The warehouse's SKU, or "".
    pub whistl_sku: String,
    /// Cin7's product.
    pub product: Option<ProductId>,
    /// Its name.
    pub name: String,
    /// The last comparison that listed it: the last of all, unless neither side knows it
    /// any more.
    pub run: ReconciliationKey,
    /// Whether neither side knows it any more; the figures are then the last ones.
    pub is_gone: bool,
    /// On hand in Cin7.
    pub cin7: Decimal,
    /// Promised in Cin7.
    pub allocated: Decimal,
    /// Good stock at the warehouse.
    pub counted: Decimal,
    /// Set apart there.
    pub quarantined: Decimal,
    /// Despatched and not posted.
    pub in_flight: Decimal,
    /// Adjusted and not posted.
    pub pending: Decimal,
    /// What remains.
    pub unexplained: Decimal,
    /// The category's word.
    pub category: String,
    /// Why not comparable, or what blocks; "" else.
    pub cause: String,
    /// Judged by times.
    pub is_approximate: bool,
    /// Units that can be sold and are not there.
    pub at_risk: Decimal,
    /// Cost of one.
    pub unit_cost: Option<Decimal>,
    /// Price of one.
    pub price: Option<Decimal>,
    /// Absolute value of what remains, at cost.
    pub value: Decimal,
    /// Place in the list.
    pub priority: i64,
    /// The run that first saw the present gap: which, and when Cin7 was read.
    pub since: Option<(ReconciliationKey, DateTime<Utc>)>,
    /// The last run before that: which, and when Cin7 was read.
    pub before: Option<(ReconciliationKey, DateTime<Utc>)>,
    /// Until when somebody lives with it, with how many units, and why.
    pub accepted: Option<(DateTime<Utc>, Decimal, String)>,
    /// Since when a recount is awaited.
    pub recount_since: Option<DateTime<Utc>>,
}

impl StockLineRow {
    /// The SKU as the warehouse spells it; Cin7's where it stands for none of theirs.
    pub fn at_whistl(&self) -> &str {
        if self.whistl_sku.is_empty() {
            &self.sku
        } else {
            &self.whistl_sku
        }
    }
}

/// A SKU's figures at one comparison that found them changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockHistoryRow {
    /// Which comparison.
    pub run: ReconciliationKey,
    /// When Cin7 was read.
    pub read_at: DateTime<Utc>,
    /// On hand in Cin7.
    pub cin7: Decimal,
    /// Good stock at the warehouse.
    pub counted: Decimal,
    /// Despatched and not posted.
    pub in_flight: Decimal,
    /// Adjusted and not posted.
    pub pending: Decimal,
    /// What remained.
    pub unexplained: Decimal,
    /// The category's word; `gone` where neither side knew it any more.
    pub category: String,
}

/// What a person decides about a drift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDriftDecision<'a> {
    /// The SKU.
    pub line: StockLineKey,
    /// The comparison it was decided on.
    pub run: ReconciliationKey,
    /// `post`, `recount`, `accept`, or `withdraw` for taking the last one back.
    pub what: &'static str,
    /// Units it is about.
    pub units: Decimal,
    /// Their reason.
    pub note: &'a str,
    /// Until when it is accepted.
    pub until: Option<DateTime<Utc>>,
    /// The document that posts it.
    pub document: Option<DocumentKey>,
    /// Who.
    pub who: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a person decided about a drift, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriftDecisionRow {
    /// The SKU.
    pub line: StockLineKey,
    /// The comparison it was decided on.
    pub run: ReconciliationKey,
    /// `post`, `recount`, `accept` or `withdraw`.
    pub what: String,
    /// Units it was about.
    pub units: Decimal,
    /// Their reason.
    pub note: String,
    /// Until when it is accepted.
    pub until: Option<DateTime<Utc>>,
    /// The document that posts it.
    pub document: Option<DocumentKey>,
    /// Who.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One comparison's part in the trend of drift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriftPoint {
    /// Which comparison.
    pub run: ReconciliationKey,
    /// When Cin7 was read.
    pub read_at: DateTime<Utc>,
    /// Whether everything was read.
    pub is_whole: bool,
    /// SKUs that were compared and did not agree.
    pub drifting: u32,
    /// The sum of their absolute differences.
    pub gap_units: Decimal,
    /// The same with signs.
    pub unexplained: Decimal,
    /// The sum of absolute values, at cost.
    pub value: Decimal,
    /// The same with signs.
    pub net_value: Decimal,
}

/// How a SKU went over the last comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTrend {
    /// The SKU.
    pub line: StockLineKey,
    /// What remained unexplained at each, the oldest first; none where it was not listed or
    /// could not be compared.
    pub unexplained: Vec<Option<Decimal>>,
}

/// Costs and prices as the last comparison had them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockCost {
    /// The SKU, as its line has it.
    pub sku: String,
    /// Cost of one.
    pub unit_cost: Option<Decimal>,
    /// Price of one.
    pub price: Option<Decimal>,
}

/// A SKU's figures as an earlier comparison found them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockAt {
    /// Row number.
    pub line: StockLineKey,
    /// The SKU, as its line has it.
    pub sku: String,
    /// The warehouse's SKU, or ""; as the line has it now.
    pub whistl_sku: String,
    /// On hand in Cin7.
    pub cin7: Decimal,
    /// Good stock at the warehouse.
    pub counted: Decimal,
    /// Despatched and not posted.
    pub in_flight: Decimal,
    /// Adjusted and not posted.
    pub pending: Decimal,
    /// What remained.
    pub unexplained: Decimal,
    /// The category's word.
    pub category: String,
    /// Cost of one at that comparison; none where Cin7 gave none, or it was not kept yet.
    pub unit_cost: Option<Decimal>,
}

/// Finance's signature under a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// The comparison signed.
    pub run: ReconciliationKey,
    /// Who.
    pub who: String,
    /// What they noted, or "".
    pub note: String,
    /// When.
    pub at: DateTime<Utc>,
}
