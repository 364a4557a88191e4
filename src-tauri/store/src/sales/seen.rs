//! Sales by when Stockbridge first saw them.
//!
//! They are numbered as they are seen, so that no index is needed: the place to begin is
//! found by halving, as in a dictionary. A clock that was set back puts some out of turn,
//! for which a day and a bit is allowed on either side.

use chrono::{DateTime, Duration, Utc};
use rusqlite::params;

use crate::forms::SaleKey;
use crate::reading::{Reading, col};
use crate::{StoreFault, times};

/// How far a clock may have been set back.
const SET_BACK: Duration = Duration::hours(26);

impl Reading {
    /// Sales past the trigger, or sent before, that were first seen from one moment until
    /// before another, the first one first; at most so many.
    pub fn seen_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<SaleKey>, StoreFault> {
        let begin = self.first_key_seen(from.checked_sub_signed(SET_BACK).unwrap_or(from))?;
        let end = self.first_key_seen(to.checked_add_signed(SET_BACK).unwrap_or(to))?;
        self.all(
            "SELECT key FROM sale
             WHERE key >= ?1 AND key < ?2 AND first_seen >= ?3 AND first_seen < ?4
               AND (state IS NOT NULL OR reference IS NOT NULL)
             ORDER BY key LIMIT ?5",
            params![begin, end, times::ms(from), times::ms(to), limit],
            |row| Ok(SaleKey(col(row, 0)?)),
        )
    }

    /// The number of the first sale seen at that moment or later; beyond the last if there
    /// is none.
    fn first_key_seen(&self, at: DateTime<Utc>) -> Result<i64, StoreFault> {
        let last = self.one("SELECT MAX(key) FROM sale", [], |row| {
            row.get::<_, Option<i64>>(0)
        })?;
        let (mut low, mut high) = (1, last.flatten().unwrap_or(0) + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            let seen = self.one(
                "SELECT first_seen FROM sale WHERE key >= ?1 ORDER BY key LIMIT 1",
                [middle],
                |row| row.get::<_, i64>(0),
            )?;
            match seen {
                Some(seen) if seen < times::ms(at) => low = middle + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }
}
