//! How a SKU's figures, and drift as a whole, went over the last comparisons.

use std::collections::BTreeMap;

use rusqlite::params;
use rust_decimal::Decimal;

use super::compared::{DriftPoint, LineTrend, StockAt, StockHistoryRow};
use super::forms::{ReconciliationKey, StockLineKey};
use crate::StoreFault;
use crate::columns::Columns;
use crate::reading::{Reading, col};

/// What remained unexplained from a comparison on; none while that is not known.
type Change = (i64, Option<Decimal>);

impl Reading {
    /// A SKU's figures at each comparison that found them changed, newest first; at most so
    /// many.
    pub fn stock_history(
        &self,
        line: StockLineKey,
        limit: u32,
    ) -> Result<Vec<StockHistoryRow>, StoreFault> {
        self.all(
            "SELECT h.run, r.read_at, h.cin7, h.counted, h.in_flight, h.pending, h.unexplained,
                    h.category
             FROM stock_history AS h CROSS JOIN reconciliation AS r ON r.key = h.run
             WHERE h.line = ?1 ORDER BY h.run DESC LIMIT ?2",
            params![line.0, limit],
            |row| {
                let mut columns = Columns::of(row);
                Ok(StockHistoryRow {
                    run: ReconciliationKey(columns.next()?),
                    read_at: columns.at()?,
                    cin7: columns.fixed()?,
                    counted: columns.fixed()?,
                    in_flight: columns.fixed()?,
                    pending: columns.fixed()?,
                    unexplained: columns.fixed()?,
                    category: columns.next()?,
                })
            },
        )
    }

    /// What drift came to at each of the last comparisons, the oldest first; at most so many.
    pub fn drift_trend(&self, runs: u32) -> Result<Vec<DriftPoint>, StoreFault> {
        let mut points = self.all(
            "SELECT key, read_at, is_whole, drifting, gap_units, unexplained, value, net_value
             FROM reconciliation ORDER BY key DESC LIMIT ?1",
            [runs],
            |row| {
                let mut columns = Columns::of(row);
                Ok(DriftPoint {
                    run: ReconciliationKey(columns.next()?),
                    read_at: columns.at()?,
                    is_whole: columns.next()?,
                    drifting: columns.count()?,
                    gap_units: columns.fixed()?,
                    unexplained: columns.fixed()?,
                    value: columns.fixed()?,
                    net_value: columns.fixed()?,
                })
            },
        )?;
        points.reverse();
        Ok(points)
    }

    /// What remained unexplained of each of these SKUs at each of the last comparisons, in the
    /// order the SKUs are given in. Two statements, however many there are.
    pub fn trend_of(
        &self,
        lines: &[StockLineKey],
        runs: u32,
    ) -> Result<Vec<LineTrend>, StoreFault> {
        let mut last: Vec<i64> = self.all(
            "SELECT key FROM reconciliation ORDER BY key DESC LIMIT ?1",
            [runs],
            |row| col(row, 0),
        )?;
        last.reverse();
        let mut changes = self.changes_since(lines, last.first().copied().unwrap_or_default())?;
        Ok(lines
            .iter()
            .map(|line| {
                let changes = changes.remove(line).unwrap_or_default();
                LineTrend {
                    line: *line,
                    unexplained: carried_forward(&changes, &last),
                }
            })
            .collect())
    }

    /// Each SKU's figures as that comparison found them, by SKU; without those that were not
    /// listed by then.
    pub fn stock_at(&self, run: ReconciliationKey) -> Result<Vec<StockAt>, StoreFault> {
        self.all(
            "SELECT l.key, l.sku, l.whistl_sku, h.cin7, h.counted, h.in_flight, h.pending,
                    h.unexplained, h.category, h.unit_cost
             FROM stock_line AS l CROSS JOIN stock_history AS h ON h.line = l.key
             WHERE h.run = (SELECT MAX(o.run) FROM stock_history AS o
                            WHERE o.line = l.key AND o.run <= ?1)
               AND h.category <> 'gone'
             ORDER BY l.sku",
            [run.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok(StockAt {
                    line: StockLineKey(columns.next()?),
                    sku: columns.next()?,
                    whistl_sku: columns.next()?,
                    cin7: columns.fixed()?,
                    counted: columns.fixed()?,
                    in_flight: columns.fixed()?,
                    pending: columns.fixed()?,
                    unexplained: columns.fixed()?,
                    category: columns.next()?,
                    unit_cost: columns.fixed_or_none()?,
                })
            },
        )
    }

    /// The history of these SKUs from the last change before that comparison on.
    fn changes_since(
        &self,
        lines: &[StockLineKey],
        first: i64,
    ) -> Result<BTreeMap<StockLineKey, Vec<Change>>, StoreFault> {
        let keys: Vec<String> = lines.iter().map(|line| line.0.to_string()).collect();
        let listed = format!("[{}]", keys.join(","));
        let rows = self.all(
            "SELECT h.line, h.run, h.unexplained, h.category IN ('not_comparable', 'gone')
             FROM json_each(?1) AS asked CROSS JOIN stock_history AS h ON h.line = asked.value
             WHERE h.run >= COALESCE((SELECT MAX(o.run) FROM stock_history AS o
                                      WHERE o.line = asked.value AND o.run <= ?2), ?2)",
            params![listed, first],
            |row| {
                let mut columns = Columns::of(row);
                let (line, run) = (StockLineKey(columns.next()?), columns.next::<i64>()?);
                let (unexplained, unknown) = (columns.fixed()?, columns.next::<bool>()?);
                Ok((line, run, (!unknown).then_some(unexplained)))
            },
        )?;
        let mut changes: BTreeMap<StockLineKey, Vec<Change>> = BTreeMap::new();
        for (line, run, unexplained) in rows {
            changes.entry(line).or_default().push((run, unexplained));
        }
        Ok(changes)
    }
}

/// What changes came to at each of these comparisons; both in order.
fn carried_forward(changes: &[Change], runs: &[i64]) -> Vec<Option<Decimal>> {
    let mut changes = changes.iter().peekable();
    let mut present = None;
    runs.iter()
        .map(|run| {
            while let Some((_, changed)) = changes.next_if(|(at, _)| at <= run) {
                present = *changed;
            }
            present
        })
        .collect()
}
