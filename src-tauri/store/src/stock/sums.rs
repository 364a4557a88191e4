//! What became of stock in a span of time, for finance, to the last digit.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use rust_decimal::Decimal;

use super::moved::{AdjustmentSum, CorrectionSum, StockSums};
use super::movements::by_sku;
use crate::columns::Columns;
use crate::reading::{Reading, col};
use crate::{StoreFault, times};

impl Reading {
    /// What was posted from one moment until before another, by reason, and apart what of it
    /// happened `earlier`; what was despatched and told, by SKU; what corrected a drift; and
    /// what is still open.
    pub fn adjustment_sums(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        earlier: DateTime<Utc>,
    ) -> Result<StockSums, StoreFault> {
        let (open, open_units) = self.open_units(until)?;
        Ok(StockSums {
            adjustments: self.posted_by_reason(from, until, earlier)?,
            despatched: self.told_by_sku(from, until)?,
            corrections: self.corrections(from, until)?,
            open,
            open_units,
        })
    }

    fn posted_by_reason(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        earlier: DateTime<Utc>,
    ) -> Result<Vec<AdjustmentSum>, StoreFault> {
        let posted = self.all(
            "SELECT why, at < ?3, units, unit_cost
             FROM adjustment INDEXED BY adjustment_by_posted
             WHERE posted_at >= ?1 AND posted_at < ?2",
            [times::ms(from), times::ms(until), times::ms(earlier)],
            |row| {
                let mut columns = Columns::of(row);
                let of: (String, bool) = (columns.next()?, columns.next()?);
                let units: i64 = columns.next()?;
                Ok((of, units, columns.fixed_or_none()?))
            },
        )?;
        let mut sums: BTreeMap<(String, bool), AdjustmentSum> = BTreeMap::new();
        for ((why, is_earlier), units, cost) in posted {
            let of = (why.clone(), is_earlier);
            let sum = sums.entry(of).or_insert_with(|| AdjustmentSum {
                why,
                is_earlier,
                count: 0,
                units: 0,
                value: Decimal::ZERO,
                without_cost: 0,
            });
            sum.count += 1;
            sum.units = sum.units.saturating_add(units);
            match cost {
                Some(cost) => sum.value += cost * Decimal::from(units),
                None => sum.without_cost += 1,
            }
        }
        Ok(sums.into_values().collect())
    }

    fn told_by_sku(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<(String, i64)>, StoreFault> {
        let goods: Vec<(String, i64)> = self.all(
            "SELECT g.sku, g.units FROM despatch AS d INDEXED BY despatch_by_posted
             CROSS JOIN despatch_goods AS g ON g.despatch = d.key
             WHERE d.posted_at >= ?1 AND d.posted_at < ?2",
            [times::ms(from), times::ms(until)],
            |row| Ok((col(row, 0)?, col(row, 1)?)),
        )?;
        Ok(by_sku(goods))
    }

    fn corrections(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<CorrectionSum, StoreFault> {
        let found = self.all(
            "SELECT COUNT(DISTINCT d.key), COALESCE(SUM(l.change), 0),
                    COALESCE(SUM(l.change * l.unit_cost), 0), COUNT(*) - COUNT(l.unit_cost)
             FROM stock_document AS d INDEXED BY stock_document_by_completed
             CROSS JOIN stock_document_line AS l ON l.document = d.key
             WHERE d.completed_at >= ?1 AND d.completed_at < ?2
               AND d.origin = 'drift' AND d.state IN ('completed', 'done')",
            [times::ms(from), times::ms(until)],
            |row: &Row<'_>| {
                let mut columns = Columns::of(row);
                Ok(CorrectionSum {
                    documents: columns.count()?,
                    units: columns.fixed()?,
                    value: times::unfixed_product(columns.next()?),
                    without_cost: columns.count()?,
                })
            },
        )?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    fn open_units(&self, until: DateTime<Utc>) -> Result<(u64, i64), StoreFault> {
        let found = self.all(
            "SELECT COUNT(*), COALESCE(SUM(units), 0) FROM adjustment INDEXED BY adjustment_by_state
             WHERE state IN ('new', 'needs_approval', 'posting', 'unclear', 'failed') AND at < ?1",
            params![times::ms(until)],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.count()?, columns.next()?))
            },
        )?;
        Ok(found.into_iter().next().unwrap_or_default())
    }
}
