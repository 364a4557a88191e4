//! Which SKUs a list has, and a screenful of them: what a window asks of a hundred thousand.

use std::collections::HashMap;

use rusqlite::params;

use super::compared::StockLineRow;
use super::forms::StockLineKey;
use super::levels::{GAP, LINE, stock_line_row};
use crate::StoreFault;
use crate::reading::{Reading, col};

/// Walks the whole of a narrow index: a text may stand anywhere.
pub(crate) const KEYS_LIKE: &str =
    "SELECT l.key FROM stock_line AS l INDEXED BY stock_line_by_sought
     WHERE l.gone IS NULL AND instr(l.sought, lower(?1)) > 0
       AND (?2 IS NULL OR l.category = ?2)
     ORDER BY instr(l.sought, char(10) || lower(?1) || char(10)) = 0,
              instr(l.sought, char(10) || lower(?1)) = 0, l.sought LIMIT ?3";

impl Reading {
    /// The SKUs that the last comparison listed, in one category or in all, the most urgent
    /// first; at most so many.
    pub fn stock_line_keys(
        &self,
        category: Option<&str>,
        limit: u32,
    ) -> Result<Vec<StockLineKey>, StoreFault> {
        match category {
            None => self.all(
                "SELECT l.key FROM stock_line AS l INDEXED BY stock_line_by_priority
                 WHERE l.gone IS NULL ORDER BY l.priority, l.key LIMIT ?1",
                [limit],
                |row| Ok(StockLineKey(col(row, 0)?)),
            ),
            Some(category) => self.all(
                "SELECT l.key FROM stock_line AS l INDEXED BY stock_line_by_category
                 WHERE l.gone IS NULL AND l.category = ?1
                 ORDER BY l.priority, l.key LIMIT ?2",
                params![category, limit],
                |row| Ok(StockLineKey(col(row, 0)?)),
            ),
        }
    }

    /// The SKUs that the last comparison listed, in one category or in all, with the text in
    /// either spelling or in the name, in either case: one that is just that first, then those
    /// that begin so, then the rest, each by SKU; at most so many.
    pub fn stock_line_keys_like(
        &self,
        text: &str,
        category: Option<&str>,
        limit: u32,
    ) -> Result<Vec<StockLineKey>, StoreFault> {
        self.all(KEYS_LIKE, params![text, category, limit], |row| {
            Ok(StockLineKey(col(row, 0)?))
        })
    }

    /// The SKUs of these row numbers, in the order they are given in.
    ///
    /// # Errors
    /// [`StoreFault::Missing`] when one is not there: rows are never deleted.
    pub fn stock_lines_of(&self, lines: &[StockLineKey]) -> Result<Vec<StockLineRow>, StoreFault> {
        let keys: Vec<String> = lines.iter().map(|line| line.0.to_string()).collect();
        let listed = format!("[{}]", keys.join(","));
        let sql = format!(
            "SELECT {LINE} FROM json_each(?1) AS asked
             CROSS JOIN stock_line AS l ON l.key = asked.value {GAP}"
        );
        let rows = self.all(&sql, [listed], stock_line_row)?;
        let mut found: HashMap<StockLineKey, StockLineRow> =
            rows.into_iter().map(|row| (row.key, row)).collect();
        let take = |line: &StockLineKey| {
            found.remove(line).ok_or_else(|| StoreFault::Missing {
                what: format!("stock line number {}", line.0),
            })
        };
        lines.iter().map(take).collect()
    }
}
