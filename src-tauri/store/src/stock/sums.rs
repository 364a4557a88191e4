//! What became of stock in a span of time, for finance: whole numbers, added up by SQLite,
//! which refuses rather than lose a digit.

use chrono::{DateTime, Utc};
use domain::ProductId;
use rusqlite::{Row, params};

use super::moved::{AdjustmentSum, CorrectionSum, StockSums};
use super::row::product;
use crate::columns::Columns;
use crate::reading::Reading;
use crate::{StoreFault, times};

impl Reading {
    /// What was posted from one moment until before another, by reason; what was despatched
    /// and told, by product; what corrected a drift; and what is still open.
    pub fn adjustment_sums(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<StockSums, StoreFault> {
        let (open, open_units) = self.open_units(until)?;
        Ok(StockSums {
            adjustments: self.posted_by_reason(from, until)?,
            despatched: self.told_by_product(from, until)?,
            corrections: self.corrections(from, until)?,
            open,
            open_units,
        })
    }

    fn posted_by_reason(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<AdjustmentSum>, StoreFault> {
        self.all(
            "SELECT why, COUNT(*), SUM(units), COALESCE(SUM(units * unit_cost), 0),
                    COUNT(*) - COUNT(unit_cost)
             FROM adjustment INDEXED BY adjustment_by_posted
             WHERE posted_at >= ?1 AND posted_at < ?2 GROUP BY why ORDER BY why",
            [times::ms(from), times::ms(until)],
            |row| {
                let mut columns = Columns::of(row);
                Ok(AdjustmentSum {
                    why: columns.next()?,
                    count: columns.count()?,
                    units: columns.next()?,
                    value: columns.fixed()?,
                    without_cost: columns.count()?,
                })
            },
        )
    }

    fn told_by_product(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<(ProductId, i64)>, StoreFault> {
        self.all(
            "SELECT l.product, SUM(l.units) FROM despatch AS d INDEXED BY despatch_by_posted
             CROSS JOIN despatch_line AS l ON l.despatch = d.key
             WHERE d.posted_at >= ?1 AND d.posted_at < ?2 GROUP BY l.product ORDER BY l.product",
            [times::ms(from), times::ms(until)],
            |row| {
                let mut columns = Columns::of(row);
                Ok((product(&columns.next::<String>()?)?, columns.next()?))
            },
        )
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
               AND d.origin IN ('drift', 'race') AND d.state IN ('completed', 'done')",
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
