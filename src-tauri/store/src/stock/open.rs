//! What is left open between the two sides, with since when and what it is worth: differences,
//! adjustments that are not posted, despatches that are not told.

use chrono::{DateTime, Utc};
use domain::stock::{DebtKind, Open};
use rusqlite::{Row, params};
use rust_decimal::Decimal;

use crate::StoreFault;
use crate::columns::Columns;
use crate::reading::Reading;
use crate::times;

impl Reading {
    /// All that is open and began before a moment: differences that the last comparison found
    /// and nobody lives with at present, by when they were first seen; adjustments by when they
    /// happened; despatches by when they left. What is told already and waits for a person all
    /// the same has no units any more. Costs are those of the last comparison, where none was
    /// noted at the time.
    pub fn open_since_before(
        &self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Open>, StoreFault> {
        let before = times::ms(before);
        let mut open = self.all(
            "SELECT s.read_at, l.unexplained, l.unit_cost
             FROM stock_line AS l INDEXED BY stock_line_by_category
             CROSS JOIN reconciliation AS s ON s.key = l.since
             WHERE l.gone IS NULL AND l.category IN ('can_oversell', 'cin7_short')
               AND s.read_at < ?1 AND COALESCE(l.accepted_until, 0) <= ?2",
            params![before, times::ms(now)],
            |row| {
                let mut columns = Columns::of(row);
                let (since, units) = (columns.at()?, columns.fixed()?);
                let cost = columns.fixed_or_none()?;
                Ok(one(DebtKind::Difference, since, units, cost))
            },
        )?;
        open.extend(self.all(
            "SELECT a.at, a.units, COALESCE(a.unit_cost,
                    (SELECT l.unit_cost FROM stock_line AS l WHERE l.sku = a.cin7_sku),
                    (SELECT w.unit_cost FROM stock_line AS w INDEXED BY stock_line_by_whistl
                     WHERE w.whistl_sku = a.sku AND w.whistl_sku <> '' LIMIT 1))
             FROM adjustment AS a INDEXED BY adjustment_by_state
             WHERE a.state IN ('new', 'needs_approval', 'posting', 'unclear', 'failed')
               AND a.at < ?1",
            [before],
            |row| {
                let mut columns = Columns::of(row);
                let (since, units) = (columns.at()?, columns.next::<i64>()?);
                let cost = columns.fixed_or_none()?;
                Ok(one(DebtKind::Adjustment, since, units.into(), cost))
            },
        )?);
        open.extend(self.despatches_open(before)?);
        Ok(open)
    }

    fn despatches_open(&self, before: i64) -> Result<Vec<Open>, StoreFault> {
        let goods: Vec<Goods> = self.all(
            "SELECT d.key, d.at, d.posted_at IS NULL, COALESCE(g.units, 0),
                    (SELECT w.unit_cost FROM stock_line AS w INDEXED BY stock_line_by_whistl
                     WHERE w.whistl_sku = g.sku AND w.whistl_sku <> '' LIMIT 1)
             FROM despatch AS d INDEXED BY despatch_by_state
             LEFT JOIN despatch_goods AS g ON g.despatch = d.key
             WHERE d.state IN ('waiting', 'posting', 'unclear', 'exception', 'parked')
               AND d.at < ?1",
            [before],
            goods,
        )?;
        let mut open: Vec<(i64, Open)> = Vec::new();
        for goods in goods {
            let (despatch, next) = goods;
            match open.last_mut() {
                Some((same, open)) if *same == despatch => {
                    open.units += next.units;
                    open.value = open.value.zip(next.value).map(|(sum, more)| sum + more);
                }
                _ => open.push((despatch, next)),
            }
        }
        Ok(open.into_iter().map(|(_, open)| open).collect())
    }
}

/// The goods of one SKU, with the row number of their despatch.
type Goods = (i64, Open);

fn goods(row: &Row<'_>) -> Result<Goods, StoreFault> {
    let mut columns = Columns::of(row);
    let (despatch, since) = (columns.next()?, columns.at()?);
    let is_untold: bool = columns.next()?;
    let units: i64 = columns.next()?;
    let cost = columns.fixed_or_none()?;
    // What Cin7 was told of makes no difference of stock, whatever else is the matter.
    let units = if is_untold { units } else { 0 };
    Ok((despatch, one(DebtKind::Despatch, since, units.into(), cost)))
}

fn one(kind: DebtKind, since: DateTime<Utc>, units: Decimal, cost: Option<Decimal>) -> Open {
    let units = units.abs();
    // No units cost nothing, whatever one costs.
    let cost = if units.is_zero() {
        Some(Decimal::ZERO)
    } else {
        cost
    };
    Open {
        kind,
        since,
        units,
        value: cost.and_then(|cost| cost.checked_mul(units)),
    }
}
