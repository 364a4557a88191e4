//! The report of a month, or of any span of days, as people and programs see it.

use chrono::{DateTime, Months, NaiveDate, Utc};
use domain::stock::Step;
use serde::Serialize;
use store::{ReconciliationKey, ReconciliationRow, SignOff, StockAt};

use super::bridge::{Levels, lines_of};
use super::losses::LossesView;
use crate::fault::EngineFault;
use crate::views::{Views, days, pence, plain, time};
use crate::words;

/// A month on which finance closes. Units and money are exact decimals as text; changes carry
/// their sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MonthView {
    /// The first day asked for, in the merchant's zone.
    pub from: String,
    /// The last day asked for.
    pub to: String,
    /// That zone.
    pub time_zone: String,
    /// ISO 4217, the currency of all money here.
    pub currency: String,
    /// The comparison whose figures the span opens with: the last whole one before its first
    /// day, or else the first whole one in it.
    pub opening: ComparisonView,
    /// The one it closes with: the last whole one before the end of its last day.
    pub closing: ComparisonView,
    /// Whether the opening is from within the span, since nothing was compared before.
    pub opens_late: bool,
    /// From Cin7's opening stock to the warehouse's closing count. The changes above a level
    /// add up to it, in units and to the penny.
    pub bridge: Vec<BridgeLineView>,
    /// What nobody could explain at the close, SKU by SKU, the most valuable first.
    pub differences: Vec<DifferenceView>,
    /// What the warehouse lost and damaged in the span.
    pub losses: LossesView,
    /// SKUs at the close whose cost Cin7 does not give: their units are counted, their money
    /// is not.
    pub without_cost: u64,
    /// Adjustments posted without a known cost, likewise.
    pub adjusted_without_cost: u64,
    /// Adjustments of the span that are still to be posted at its close, and their units.
    pub open: u64,
    /// Units of those.
    pub open_units: String,
    /// Comparisons between the two, both included, the first one first.
    pub comparisons: Vec<ComparisonView>,
    /// Signatures under the closing comparison.
    pub signed: Vec<SignedView>,
}

/// A comparison that figures rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparisonView {
    /// The run it was.
    pub run_id: String,
    /// The moment the warehouse's figures show.
    pub as_of: String,
    /// When Cin7 was read.
    pub read_at: String,
    /// SKUs compared.
    pub skus: u64,
    /// Units that nobody could explain then, with their sign.
    pub unexplained: String,
    /// Why not everything was read; none where it was. Nothing rests on those.
    pub incomplete: Option<String>,
}

/// One line of the bridge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BridgeLineView {
    /// The step, as a stable word.
    pub step: String,
    /// Of which reason or kind, as a stable word; "" where the step has none.
    pub of: String,
    /// What it is, for people.
    pub text: String,
    /// Whether it is what is there, rather than a change.
    pub is_level: bool,
    /// Whether it is what the other lines leave.
    pub is_remainder: bool,
    /// Units.
    pub units: String,
    /// Money, in whole pence.
    pub money: String,
}

/// A SKU that differs, and nobody knows why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// Cin7's SKU; the warehouse's where Cin7 knows none.
    pub sku: String,
    /// On hand in Cin7.
    pub cin7_on_hand: String,
    /// Counted by the warehouse.
    pub counted: String,
    /// What remains, with its sign.
    pub unexplained: String,
    /// What that is worth at cost; none where the cost is not known.
    pub value: Option<String>,
}

/// A signature under a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedView {
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
    /// What they noted, or "".
    pub note: String,
}

impl Views<'_> {
    /// The report of the days from one to another, both included.
    ///
    /// # Errors
    /// The last day is before the first; nothing was compared in the span; the store's.
    pub fn month(&self, from: NaiveDate, to: NaiveDate) -> Result<MonthView, EngineFault> {
        let zone = self.settings.zone();
        let (first, end) = days(zone, from, to)?;
        let (opening, closing) = self.ends_of(first, end, from, to)?;
        let opens = Levels::of(self.reading.stock_at(opening.key)?);
        let closes = Levels::of(self.reading.stock_at(closing.key)?);
        let sums = self
            .reading
            .adjustment_sums(opening.read_at, closing.read_at, first)?;
        let rules = self.settings.rules();
        let knowledge = crate::knowledge::Knowledge::load(self.reading, &rules.sku)?;
        let fold = |sku: &str| knowledge.folded(sku).into_owned();
        let bridge = lines_of(&opens, &closes, &sums, &fold).ok_or_else(|| {
            EngineFault::wrong(
                "month_too_large",
                "from",
                "The figures of these days are too large to be added up.",
            )
        })?;
        let despatched: i64 = sums.despatched.iter().map(|(_, units)| units).sum();
        let between = self.reading.reconciliations_between(
            opening.read_at,
            closing.read_at + chrono::Duration::milliseconds(1),
        )?;
        Ok(MonthView {
            from: from.to_string(),
            to: to.to_string(),
            time_zone: zone.name().into(),
            currency: words::BOOKS.into(),
            opens_late: opening.read_at > first,
            bridge,
            differences: closes.differences(),
            losses: self.losses(&opening, &closing, despatched)?,
            without_cost: closes.without_cost(),
            adjusted_without_cost: sums.adjustments.iter().map(|sum| sum.without_cost).sum(),
            open: sums.open,
            open_units: sums.open_units.to_string(),
            comparisons: between.iter().map(comparison).collect(),
            signed: self.signed(closing.key)?,
            opening: comparison(&opening),
            closing: comparison(&closing),
        })
    }

    /// The whole comparisons that a span opens and closes with.
    fn ends_of(
        &self,
        first: DateTime<Utc>,
        end: DateTime<Utc>,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<(ReconciliationRow, ReconciliationRow), EngineFault> {
        let nothing = |what: &str| {
            EngineFault::wrong(
                "not_compared",
                "from",
                format!(
                    "{what} from {from} to {to}. A report rests on comparisons that read everything: `sync reconcile` makes one now."
                ),
            )
        };
        let closing = self
            .reading
            .whole_reconciliation_at(end - chrono::Duration::milliseconds(1))?
            .ok_or_else(|| nothing("Stock was not compared"))?;
        let before = self.reading.whole_reconciliation_at(first)?;
        let opening = match before {
            Some(before) => before,
            None => self
                .reading
                .reconciliations_between(first, end)?
                .into_iter()
                .find(|run| run.is_whole)
                .ok_or_else(|| nothing("Stock was not compared"))?,
        };
        if opening.key == closing.key {
            return Err(nothing("Stock was compared no more than once"));
        }
        Ok((opening, closing))
    }

    pub(super) fn signed(&self, run: ReconciliationKey) -> Result<Vec<SignedView>, EngineFault> {
        let signed = self.reading.sign_offs_of(run)?;
        Ok(signed.into_iter().map(signature).collect())
    }
}

pub(super) fn comparison(run: &ReconciliationRow) -> ComparisonView {
    let counts = &run.counts;
    let skus = [
        counts.can_oversell,
        counts.cin7_short,
        counts.posting_blocked,
        counts.explained,
        counts.matched,
        counts.not_comparable,
    ];
    ComparisonView {
        run_id: run.run.clone(),
        as_of: time(run.as_of),
        read_at: time(run.read_at),
        skus: skus.into_iter().map(u64::from).sum(),
        unexplained: plain(run.totals.unexplained),
        incomplete: (!run.is_whole).then(|| run.why.clone()),
    }
}

pub(super) fn difference(line: &StockAt) -> DifferenceView {
    DifferenceView {
        sku: line.sku.clone(),
        cin7_on_hand: plain(line.cin7),
        counted: plain(line.counted),
        unexplained: plain(line.unexplained),
        value: line.unit_cost.map(|cost| pence(cost * line.unexplained)),
    }
}

fn signature(signed: SignOff) -> SignedView {
    SignedView {
        who: signed.who,
        at: time(signed.at),
        note: signed.note,
    }
}

/// Which of a step's kinds, as a stable word.
pub(super) fn kind(step: &Step) -> String {
    match step {
        Step::Adjustments(reason) | Step::AdjustmentsOfEarlierMonths(reason) => {
            reason.code().into_owned()
        }
        Step::Timing(timing) => timing.code().to_owned(),
        _ => String::new(),
    }
}

/// The first and the last day of a month such as `2026-10`; none where that is no month.
pub fn month_days(month: &str) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok()?;
    Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
}
