//! What the runs of a day came to, added up as they end, so that a day's summary costs the
//! same however often they ran.

use chrono::NaiveDate;
use rusqlite::params;

use crate::StoreFault;
use crate::columns::Columns;
use crate::reading::Reading;
use crate::runs::number_of;
use crate::write::Write;

/// Days that are kept.
const KEPT_DAYS: i64 = 400;

/// A count of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// Of what.
    pub word: String,
    /// How many.
    pub count: i64,
}

impl Reading {
    /// What was counted on that day of the merchant's.
    pub fn day_counts(&self, day: NaiveDate) -> Result<Vec<DayCount>, StoreFault> {
        self.all(
            "SELECT word, count FROM day_count WHERE day = ?1 ORDER BY word",
            [number_of(day)],
            |row| {
                let mut columns = Columns::of(row);
                Ok(DayCount {
                    word: columns.next()?,
                    count: columns.next()?,
                })
            },
        )
    }
}

impl Write<'_> {
    /// Adds to a count of that day.
    pub fn count_on_day(&mut self, day: NaiveDate, word: &str, by: i64) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO day_count (day, word, count) VALUES (?1, ?2, ?3)
             ON CONFLICT (day, word) DO UPDATE SET count = count + excluded.count",
            params![number_of(day), word, by],
        )?;
        Ok(())
    }

    /// Forgets the counts of days long past.
    pub fn forget_old_days(&mut self, today: NaiveDate) -> Result<(), StoreFault> {
        self.run(
            "DELETE FROM day_count WHERE day < ?1",
            [number_of(today) - KEPT_DAYS],
        )?;
        Ok(())
    }
}
