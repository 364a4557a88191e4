//! Comparisons as they ended, and what the last one found of each SKU.

use chrono::{DateTime, Utc};
use domain::ProductId;
use rusqlite::{Params, Row, params};

use super::compared::{ReconciliationRow, StockCost, StockCounts, StockLineRow, StockTotals};
use super::forms::{ReconciliationKey, StockLineKey};
use super::row::{movement, product_or_none};
use crate::columns::Columns;
use crate::reading::Reading;
use crate::{StoreFault, times};

/// The columns of a [`ReconciliationRow`] in the order [`reconciliation_row`] reads them.
pub(crate) const RECONCILIATION: &str = "key, run, began, ended, is_whole, why, snapshot, \
    as_of, read_at, rows_read, told_up_to, cin7, in_flight, pending, counted, unexplained, value, \
    net_value, can_oversell, cin7_short, posting_blocked, explained, matched, not_comparable, \
    drifting, gap_units";

/// The columns of a [`StockLineRow`] in the order [`stock_line_row`] reads them; the tables
/// are `l`, and `s` and `b` for the comparisons that its gap lies between.
pub(crate) const LINE: &str = "l.key, l.sku, l.whistl_sku, l.product, l.name, \
    COALESCE(l.gone, (SELECT r.key FROM reconciliation AS r ORDER BY r.key DESC LIMIT 1)), \
    l.gone IS NOT NULL, l.cin7, l.allocated, l.counted, l.quarantined, l.in_flight, l.pending, \
    l.unexplained, l.category, l.cause, l.is_approximate, l.at_risk, l.unit_cost, l.price, \
    l.value, l.priority, s.key, s.read_at, b.key, b.read_at, l.accepted_until, \
    l.accepted_units, l.accepted_why, l.recount_since";

/// What [`LINE`] is asked of besides `l`.
pub(crate) const GAP: &str = "LEFT JOIN reconciliation AS s ON s.key = l.since \
    LEFT JOIN reconciliation AS b ON b.key = l.before";

impl Reading {
    /// The last comparison.
    pub fn last_reconciliation(&self) -> Result<Option<ReconciliationRow>, StoreFault> {
        let sql = format!("SELECT {RECONCILIATION} FROM reconciliation ORDER BY key DESC LIMIT 1");
        Ok(self.all(&sql, [], reconciliation_row)?.into_iter().next())
    }

    /// The first comparison of all.
    pub fn first_reconciliation(&self) -> Result<Option<ReconciliationRow>, StoreFault> {
        let sql = format!("SELECT {RECONCILIATION} FROM reconciliation ORDER BY key LIMIT 1");
        Ok(self.all(&sql, [], reconciliation_row)?.into_iter().next())
    }

    /// The last comparison for which everything was read.
    pub fn last_whole_reconciliation(&self) -> Result<Option<ReconciliationRow>, StoreFault> {
        let sql = format!(
            "SELECT {RECONCILIATION} FROM reconciliation INDEXED BY reconciliation_whole
             WHERE is_whole = 1 ORDER BY key DESC LIMIT 1"
        );
        Ok(self.all(&sql, [], reconciliation_row)?.into_iter().next())
    }

    /// The last comparison for which everything was read, Cin7 at that moment at the latest.
    pub fn whole_reconciliation_at(
        &self,
        at: DateTime<Utc>,
    ) -> Result<Option<ReconciliationRow>, StoreFault> {
        let sql = format!(
            "SELECT {RECONCILIATION} FROM reconciliation INDEXED BY reconciliation_by_read
             WHERE read_at <= ?1 AND is_whole = 1 ORDER BY read_at DESC LIMIT 1"
        );
        let found = self.all(&sql, [times::ms(at)], reconciliation_row)?;
        Ok(found.into_iter().next())
    }

    /// The comparisons that read Cin7 from one moment until before another, oldest first,
    /// whole or not.
    pub fn reconciliations_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<ReconciliationRow>, StoreFault> {
        let sql = format!(
            "SELECT {RECONCILIATION} FROM reconciliation INDEXED BY reconciliation_by_read
             WHERE read_at >= ?1 AND read_at < ?2 ORDER BY read_at"
        );
        self.all(
            &sql,
            [times::ms(from), times::ms(until)],
            reconciliation_row,
        )
    }

    /// The last comparisons, newest first; at most so many.
    pub fn reconciliations(&self, limit: u32) -> Result<Vec<ReconciliationRow>, StoreFault> {
        let sql = format!("SELECT {RECONCILIATION} FROM reconciliation ORDER BY key DESC LIMIT ?1");
        self.all(&sql, [limit], reconciliation_row)
    }

    /// The comparison of that row number.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none: rows are never deleted.
    pub fn reconciliation(&self, run: ReconciliationKey) -> Result<ReconciliationRow, StoreFault> {
        let sql = format!("SELECT {RECONCILIATION} FROM reconciliation WHERE key = ?1");
        let found = self.all(&sql, [run.0], reconciliation_row)?;
        found.into_iter().next().ok_or_else(|| StoreFault::Missing {
            what: format!("comparison number {}", run.0),
        })
    }

    /// SKUs that the last comparison listed, in one category or in all, the most urgent
    /// first; after that priority and row, at most so many.
    pub fn stock_lines(
        &self,
        category: Option<&str>,
        after: Option<(i64, StockLineKey)>,
        limit: u32,
    ) -> Result<Vec<StockLineRow>, StoreFault> {
        let (priority, key) = after.map_or((i64::MIN, i64::MIN), |(at, key)| (at, key.0));
        match category {
            None => {
                let sql = format!(
                    "SELECT {LINE} FROM stock_line AS l INDEXED BY stock_line_by_priority {GAP}
                     WHERE l.gone IS NULL AND (l.priority, l.key) > (?1, ?2)
                     ORDER BY l.priority, l.key LIMIT ?3"
                );
                self.lines(&sql, params![priority, key, limit])
            }
            Some(category) => {
                let sql = format!(
                    "SELECT {LINE} FROM stock_line AS l INDEXED BY stock_line_by_category {GAP}
                     WHERE l.gone IS NULL AND l.category = ?4
                       AND (l.priority, l.key) > (?1, ?2)
                     ORDER BY l.priority, l.key LIMIT ?3"
                );
                self.lines(&sql, params![priority, key, limit, category])
            }
        }
    }

    /// The SKU of that spelling: Cin7's, else the warehouse's. One that is gone is found too.
    pub fn stock_line(&self, sku: &str) -> Result<Option<StockLineRow>, StoreFault> {
        let sql = format!("SELECT {LINE} FROM stock_line AS l {GAP} WHERE l.sku = ?1");
        if let Some(line) = self.lines(&sql, [sku])?.into_iter().next() {
            return Ok(Some(line));
        }
        let sql = format!(
            "SELECT {LINE} FROM stock_line AS l INDEXED BY stock_line_by_whistl {GAP}
             WHERE l.whistl_sku = ?1 AND l.whistl_sku <> ''"
        );
        let mut found = self.lines(&sql, [sku])?;
        found.sort_by_key(|line| (line.is_gone, line.key));
        Ok(found.into_iter().next())
    }

    /// The SKU of that row number.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when there is none: rows are never deleted.
    pub fn stock_line_by_key(&self, line: StockLineKey) -> Result<StockLineRow, StoreFault> {
        let sql = format!("SELECT {LINE} FROM stock_line AS l {GAP} WHERE l.key = ?1");
        let found = self.lines(&sql, [line.0])?;
        found.into_iter().next().ok_or_else(|| StoreFault::Missing {
            what: format!("stock line number {}", line.0),
        })
    }

    /// The SKUs of one of Cin7's products: one, but where it was renamed the old one too.
    pub fn stock_lines_of_product(
        &self,
        product: &ProductId,
    ) -> Result<Vec<StockLineRow>, StoreFault> {
        let sql = format!(
            "SELECT {LINE} FROM stock_line AS l INDEXED BY stock_line_by_product {GAP}
             WHERE l.product = ?1 AND l.product <> '' ORDER BY l.key"
        );
        self.lines(&sql, [product.as_str()])
    }

    /// Costs and prices as the last comparison had them, by SKU, where it had any.
    pub fn stock_line_costs(&self) -> Result<Vec<StockCost>, StoreFault> {
        self.all(
            "SELECT sku, unit_cost, price FROM stock_line
             WHERE unit_cost IS NOT NULL OR price IS NOT NULL ORDER BY sku",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(StockCost {
                    sku: columns.next()?,
                    unit_cost: columns.fixed_or_none()?,
                    price: columns.fixed_or_none()?,
                })
            },
        )
    }

    fn lines<P: Params>(&self, sql: &str, params: P) -> Result<Vec<StockLineRow>, StoreFault> {
        self.all(sql, params, stock_line_row)
    }
}

fn reconciliation_row(row: &Row<'_>) -> Result<ReconciliationRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(ReconciliationRow {
        key: ReconciliationKey(columns.next()?),
        run: columns.next()?,
        began: columns.at()?,
        ended: columns.at()?,
        is_whole: columns.next()?,
        why: columns.next()?,
        snapshot: columns.next()?,
        as_of: columns.at()?,
        read_at: columns.at()?,
        rows_read: columns.count()?,
        told_up_to: movement(columns.next()?)?,
        totals: StockTotals {
            cin7: columns.fixed()?,
            in_flight: columns.fixed()?,
            pending: columns.fixed()?,
            counted: columns.fixed()?,
            unexplained: columns.fixed()?,
            value: columns.fixed()?,
            net_value: columns.fixed()?,
        },
        counts: StockCounts {
            can_oversell: columns.count()?,
            cin7_short: columns.count()?,
            posting_blocked: columns.count()?,
            explained: columns.count()?,
            matched: columns.count()?,
            not_comparable: columns.count()?,
        },
        drifting: columns.count()?,
        gap_units: columns.fixed()?,
    })
}

pub(super) fn stock_line_row(row: &Row<'_>) -> Result<StockLineRow, StoreFault> {
    let mut columns = Columns::of(row);
    let mut line = StockLineRow {
        key: StockLineKey(columns.next()?),
        sku: columns.next()?,
        whistl_sku: columns.next()?,
        product: product_or_none(&columns.next::<String>()?)?,
        name: columns.next()?,
        run: ReconciliationKey(columns.next()?),
        is_gone: columns.next()?,
        cin7: columns.fixed()?,
        allocated: columns.fixed()?,
        counted: columns.fixed()?,
        quarantined: columns.fixed()?,
        in_flight: columns.fixed()?,
        pending: columns.fixed()?,
        unexplained: columns.fixed()?,
        category: columns.next()?,
        cause: columns.next()?,
        is_approximate: columns.next()?,
        at_risk: columns.fixed()?,
        unit_cost: columns.fixed_or_none()?,
        price: columns.fixed_or_none()?,
        value: columns.fixed()?,
        priority: columns.next()?,
        since: None,
        before: None,
        accepted: None,
        recount_since: None,
    };
    let mut at_run = || -> Result<_, StoreFault> {
        let run = columns.next::<Option<i64>>()?.map(ReconciliationKey);
        Ok(run.zip(columns.at_or_none()?))
    };
    (line.since, line.before) = (at_run()?, at_run()?);
    let (until, units) = (columns.at_or_none()?, columns.fixed_or_none()?);
    let why: String = columns.next()?;
    line.accepted = until.zip(units).map(|(until, units)| (until, units, why));
    line.recount_since = times::at_ms_or_none(columns.next()?)?;
    Ok(line)
}
