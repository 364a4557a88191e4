//! Made-up SKUs with comparisons of both sides.

use chrono::{DateTime, Duration, Utc};
use rust_decimal::Decimal;

use super::{dice, small};
use crate::{NewReconciliation, NewStockLine, StockCounts, StockTotals, Store, StoreFault};

/// Comparisons that [`stock`] keeps, and hours between them.
const COMPARISONS: u32 = 7;
const HOURS_APART: i64 = 4;

/// Made-up SKUs with seven comparisons, the last of them now. Of a thousand, some sixty change
/// from one to the next, four drift, and one of those is at risk.
pub fn stock(store: &mut Store, skus: u32, now: DateTime<Utc>) -> Result<(), StoreFault> {
    for n in 0..COMPARISONS {
        let lines: Vec<NewStockLine<'_>> = (0..skus).map(|sku| stock_line(sku, n)).collect();
        let at = now - Duration::hours(HOURS_APART * i64::from(COMPARISONS - 1 - n));
        let run = format!("reconcile-{n}");
        let (totals, counts) = summed(&lines);
        let new = NewReconciliation {
            run: &run,
            began: at - Duration::minutes(2),
            ended: at,
            is_whole: true,
            why: "",
            snapshot: &run,
            as_of: at - Duration::minutes(2),
            read_at: at - Duration::minutes(1),
            rows_read: skus,
            told_up_to: None,
            totals: &totals,
            counts,
        };
        store.write(|w| w.put_reconciliation(&new, lines, &[]))?;
    }
    Ok(())
}

fn stock_line(n: u32, comparison: u32) -> NewStockLine<'static> {
    let dice_of_sku = dice(u64::from(n));
    let moved = dice(u64::from(n) + (u64::from(comparison) << 32)) % 1_000 < 30;
    let counted = Decimal::from(small(dice_of_sku >> 8, 200) + u8::from(moved));
    let gap = match dice_of_sku % 1_000 {
        500 if comparison >= 3 => Decimal::from(-18),
        501..=503 => Decimal::from(4),
        _ => Decimal::ZERO,
    };
    let unit_cost = Decimal::new(i64::from(small(dice_of_sku >> 16, 250)) * 7 + 199, 2);
    let at_risk = if gap < Decimal::ZERO {
        -gap
    } else {
        Decimal::ZERO
    };
    let category = if gap.is_zero() {
        "matched"
    } else if at_risk.is_zero() {
        "cin7_short"
    } else {
        "can_oversell"
    };
    NewStockLine {
        sku: format!("ITEM-{n:06}").into(),
        whistl_sku: format!("ITEM{n:06}").into(),
        product: None,
        name: format!("Stoneware mug number {n}").into(),
        cin7: counted - gap,
        allocated: Decimal::ZERO,
        counted,
        quarantined: Decimal::ZERO,
        in_flight: Decimal::ZERO,
        pending: Decimal::ZERO,
        unexplained: gap,
        category,
        cause: "",
        is_approximate: false,
        at_risk,
        unit_cost: Some(unit_cost),
        price: Some(unit_cost * Decimal::from(3)),
        value: gap.abs() * unit_cost,
        priority: if gap.is_zero() {
            i64::MAX
        } else {
            i64::from(n)
        },
    }
}

fn summed(lines: &[NewStockLine<'_>]) -> (StockTotals, StockCounts) {
    let (mut totals, mut counts) = (StockTotals::default(), StockCounts::default());
    for line in lines {
        totals.cin7 += line.cin7;
        totals.counted += line.counted;
        totals.unexplained += line.unexplained;
        totals.value += line.value;
        match line.category {
            "can_oversell" => counts.can_oversell += 1,
            "cin7_short" => counts.cin7_short += 1,
            _ => counts.matched += 1,
        }
    }
    (totals, counts)
}
