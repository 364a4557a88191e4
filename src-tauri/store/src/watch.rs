//! How far has been read, how the vendors are, which calls were made of late, and when
//! nothing was watched at all.

use chrono::{DateTime, Duration, Utc};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{Cursor, Gap, VendorRow};
use crate::reading::{Reading, col};
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Calls older than this limit nothing any more.
const CALLS_KEPT_MINUTES: i64 = 10;

impl Reading {
    /// How far the feed of that name has been read.
    pub fn cursor(&self, name: &str) -> Result<Option<Cursor>, StoreFault> {
        let kept = self.all(
            "SELECT value, epoch, at FROM cursor WHERE name = ?1",
            [name],
            |row| {
                let mut columns = Columns::of(row);
                Ok(Cursor {
                    value: columns.next()?,
                    epoch: columns.next()?,
                    at: columns.at()?,
                })
            },
        )?;
        Ok(kept.into_iter().next())
    }

    /// A vendor's health; all empty before the first call.
    pub fn vendor(&self, vendor: &str) -> Result<VendorRow, StoreFault> {
        let kept = self.all(
            "SELECT last_good, last_bad, failures, failing_since, paused_until, stopped, last_fault
             FROM vendor WHERE name = ?1",
            [vendor],
            |row| {
                let mut columns = Columns::of(row);
                Ok(VendorRow {
                    last_good: columns.at_or_none()?,
                    last_bad: columns.at_or_none()?,
                    failures: columns.count()?,
                    failing_since: columns.at_or_none()?,
                    paused_until: columns.at_or_none()?,
                    stopped: columns.next()?,
                    last_fault: columns.next()?,
                })
            },
        )?;
        Ok(kept.into_iter().next().unwrap_or_default())
    }

    /// When calls to a vendor began since that moment, oldest first. Only the last ten
    /// minutes are kept.
    pub fn recent_calls(
        &self,
        vendor: &str,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreFault> {
        self.all(
            "SELECT at FROM vendor_call WHERE vendor = ?1 AND at >= ?2 ORDER BY at",
            params![vendor, times::ns(since)],
            |row| Ok(times::at_ns(col(row, 0)?)),
        )
    }

    /// When the program last noted that it is alive.
    pub fn heartbeat(&self) -> Result<Option<DateTime<Utc>>, StoreFault> {
        times::at_ms_or_none(self.meta("heartbeat")?)
    }

    /// Times in which nothing was watched and that ended since that moment, oldest first.
    pub fn gaps(&self, since: DateTime<Utc>) -> Result<Vec<Gap>, StoreFault> {
        self.all(
            "SELECT began, ended, cause FROM gap WHERE ended >= ?1 ORDER BY ended, id",
            [times::ms(since)],
            |row| {
                let mut columns = Columns::of(row);
                Ok(Gap {
                    from: columns.at()?,
                    to: columns.at()?,
                    cause: columns.next()?,
                })
            },
        )
    }
}

impl Store {
    /// Notes that a call to a vendor begins and what it is for, before it leaves, in a
    /// transaction of its own.
    pub fn note_call(
        &mut self,
        vendor: &str,
        lane: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.write(|w| {
            let old = at - Duration::minutes(CALLS_KEPT_MINUTES);
            w.run(
                "DELETE FROM vendor_call WHERE vendor = ?1 AND at < ?2",
                params![vendor, times::ns(old)],
            )?;
            w.run(
                "INSERT INTO vendor_call (vendor, at, lane) VALUES (?1, ?2, ?3)",
                params![vendor, times::ns(at), lane],
            )?;
            Ok(())
        })
    }
}

impl Write<'_> {
    /// Moves the cursor of that name. To be written with what was read up to it.
    pub fn put_cursor(&mut self, name: &str, cursor: &Cursor) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO cursor (name, value, epoch, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value, epoch = excluded.epoch,
                 at = excluded.at",
            params![name, cursor.value, cursor.epoch, times::ms(cursor.at)],
        )?;
        Ok(())
    }

    /// Keeps a vendor's health.
    pub fn put_vendor(&mut self, vendor: &str, row: &VendorRow) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO vendor (name, last_good, last_bad, failures, failing_since, paused_until,
                                 stopped, last_fault)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (name) DO UPDATE SET last_good = excluded.last_good,
                 last_bad = excluded.last_bad, failures = excluded.failures,
                 failing_since = excluded.failing_since, paused_until = excluded.paused_until,
                 stopped = excluded.stopped, last_fault = excluded.last_fault",
            params![
                vendor,
                row.last_good.map(times::ms),
                row.last_bad.map(times::ms),
                row.failures,
                row.failing_since.map(times::ms),
                row.paused_until.map(times::ms),
                row.stopped,
                row.last_fault,
            ],
        )?;
        Ok(())
    }

    /// Notes that the program is alive.
    pub fn heartbeat(&mut self, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.put_meta("heartbeat", times::ms(now))
    }

    /// Keeps a time in which nothing was watched.
    pub fn put_gap(&mut self, gap: &Gap) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO gap (began, ended, cause) VALUES (?1, ?2, ?3)",
            params![times::ms(gap.from), times::ms(gap.to), gap.cause],
        )?;
        Ok(())
    }
}
