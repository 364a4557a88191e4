//! Despatches by when they left the warehouse.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::forms::{DespatchKey, DespatchRow};
use super::row::{COLUMNS, despatch_row};
use crate::reading::Reading;
use crate::{StoreFault, times};

impl Reading {
    /// Despatches handed to the carrier from one moment until before another, by the
    /// warehouse's stamp, the first one first; after the one given, at most so many.
    pub fn despatched_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        after: Option<(DateTime<Utc>, DespatchKey)>,
        limit: u32,
    ) -> Result<Vec<DespatchRow>, StoreFault> {
        // Where the page before ended is never before the beginning.
        let (at, key) = after.map_or((times::ms(from), 0), |(at, key)| (times::ms(at), key.0));
        let sql = format!(
            "SELECT {COLUMNS} FROM despatch AS d INDEXED BY despatch_by_at
             LEFT JOIN sale AS s ON s.key = d.sale
             WHERE (d.at, d.key) > (?1, ?2) AND d.at < ?3
             ORDER BY d.at, d.key LIMIT ?4"
        );
        self.all(&sql, params![at, key, times::ms(to), limit], despatch_row)
    }
}
