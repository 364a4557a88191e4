//! From what was compared and posted to the lines of the bridge.

use std::collections::HashMap;

use domain::adjustment::AdjustmentReason;
use domain::stock::{Amount, BridgeLine, Month, Timing, bridge};
use rust_decimal::Decimal;
use store::{AdjustmentSum, StockAt, StockSums};

use super::month::{BridgeLineView, DifferenceView, difference, kind};
use crate::views::{pence, plain};
use crate::words;

/// What each SKU came to at one comparison.
pub(super) struct Levels {
    lines: Vec<StockAt>,
}

impl Levels {
    pub(super) fn of(lines: Vec<StockAt>) -> Self {
        Self { lines }
    }

    /// All SKUs' units of one column, at cost.
    fn sum(&self, units: impl Fn(&StockAt) -> Decimal) -> Option<Amount> {
        let mut sum = Amount::default();
        for line in &self.lines {
            let amount = worth(units(line), line.unit_cost)?;
            sum.units = sum.units.checked_add(amount.units)?;
            sum.money = sum.money.checked_add(amount.money)?;
        }
        Some(sum)
    }

    pub(super) fn without_cost(&self) -> u64 {
        let with_stock = |line: &&StockAt| !line.cin7.is_zero() || !line.counted.is_zero();
        let without = self.lines.iter().filter(with_stock);
        without.filter(|line| line.unit_cost.is_none()).count() as u64
    }

    /// The SKUs that differ, the most valuable first.
    pub(super) fn differences(&self) -> Vec<DifferenceView> {
        let mut open: Vec<&StockAt> = self
            .lines
            .iter()
            .filter(|line| !line.unexplained.is_zero() && is_compared(line))
            .collect();
        let value = |line: &StockAt| line.unit_cost.map(|cost| (cost * line.unexplained).abs());
        open.sort_by(|one, other| {
            value(other)
                .cmp(&value(one))
                .then_with(|| one.sku.cmp(&other.sku))
        });
        open.into_iter().map(difference).collect()
    }

    /// What one of a SKU costs, by the name under which the warehouse moves it.
    fn costs(&self, fold: &impl Fn(&str) -> String) -> HashMap<String, Option<Decimal>> {
        let named = self.lines.iter().filter(|line| !line.whistl_sku.is_empty());
        named
            .map(|line| (fold(&line.whistl_sku), line.unit_cost))
            .collect()
    }
}

/// Whether a comparison says something of it.
pub(super) fn is_compared(line: &StockAt) -> bool {
    line.category != "not_comparable"
}

/// Units at cost; without a known one they are worth nothing here.
fn worth(units: Decimal, cost: Option<Decimal>) -> Option<Amount> {
    let money = units.checked_mul(cost.unwrap_or_default())?;
    Some(Amount { units, money })
}

/// The bridge's lines; `None` when a figure is beyond what can be added up.
pub(super) fn lines_of(
    opens: &Levels,
    closes: &Levels,
    sums: &StockSums,
    fold: &impl Fn(&str) -> String,
) -> Option<Vec<BridgeLineView>> {
    let compared = |units: fn(&StockAt) -> Decimal| {
        move |line: &StockAt| {
            if is_compared(line) {
                units(line)
            } else {
                Decimal::ZERO
            }
        }
    };
    let blocked = |line: &StockAt| line.category == "posting_blocked";
    let pending = compared(|line| line.pending);
    let on_the_way = |line: &StockAt| {
        if blocked(line) {
            Decimal::ZERO
        } else {
            pending(line)
        }
    };
    let stopped = |line: &StockAt| {
        if blocked(line) {
            pending(line)
        } else {
            Decimal::ZERO
        }
    };
    let month = Month {
        opening: opens.sum(|line| line.cin7)?,
        despatches: despatched(opens, closes, sums, fold)?,
        adjustments: by_reason(sums, false),
        of_earlier_months: by_reason(sums, true),
        corrections: Amount {
            units: sums.corrections.units,
            money: sums.corrections.value,
        },
        closing_in_cin7: closes.sum(|line| line.cin7)?,
        timing: vec![
            (
                Timing::InFlight,
                closes.sum(compared(|line| line.in_flight))?,
            ),
            (Timing::AdjustmentsOnTheWay, closes.sum(on_the_way)?),
            (Timing::AdjustmentsBlocked, closes.sum(stopped)?),
        ],
        unexplained: closes.sum(compared(|line| line.unexplained))?,
        closing: closes.sum(|line| line.counted)?,
    };
    let bridge = bridge(&month)?;
    Some(bridge.lines().iter().map(line).collect())
}

/// What left and Cin7 was told of, valued as at the close, or as at the opening where the SKU
/// is gone by then. What Cin7 has no stock of moves nothing there.
fn despatched(
    opens: &Levels,
    closes: &Levels,
    sums: &StockSums,
    fold: &impl Fn(&str) -> String,
) -> Option<Amount> {
    let (before, after) = (opens.costs(fold), closes.costs(fold));
    let mut sum = Amount::default();
    for (sku, units) in &sums.despatched {
        let sku = fold(sku);
        let Some(cost) = after.get(&sku).or_else(|| before.get(&sku)) else {
            continue;
        };
        let amount = worth(-Decimal::from(*units), *cost)?;
        sum.units = sum.units.checked_add(amount.units)?;
        sum.money = sum.money.checked_add(amount.money)?;
    }
    Some(sum)
}

fn by_reason(sums: &StockSums, is_earlier: bool) -> Vec<(AdjustmentReason, Amount)> {
    let amount = |sum: &AdjustmentSum| Amount {
        units: Decimal::from(sum.units),
        money: sum.value,
    };
    let wanted = sums
        .adjustments
        .iter()
        .filter(|sum| sum.is_earlier == is_earlier);
    wanted
        .map(|sum| (AdjustmentReason::parse(&sum.why), amount(sum)))
        .collect()
}

fn line(line: &BridgeLine) -> BridgeLineView {
    BridgeLineView {
        step: line.step.code().to_owned(),
        of: kind(&line.step),
        text: words::bridge_step(&line.step),
        is_level: line.step.is_level(),
        is_remainder: line.step.is_remainder(),
        units: plain(line.amount.units),
        money: pence(line.amount.money),
    }
}
