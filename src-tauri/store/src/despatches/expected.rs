//! By when the despatch of an order is to have come, so that its absence is noticed: an event
//! that was missed makes no error of itself. What is promised is the engine's to reckon.

use chrono::{DateTime, Utc};
use domain::Owner;
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::SaleKey;
use crate::reading::{Reading, col};
use crate::sales::owner;
use crate::write::Write;
use crate::{StoreFault, times};

impl Reading {
    /// Orders the warehouse accepted for which nobody reckoned yet when their despatch is to
    /// come; at most so many.
    pub fn unpromised(&self, limit: u32) -> Result<Vec<SaleKey>, StoreFault> {
        self.all(
            "SELECT key FROM sale INDEXED BY sale_unpromised
             WHERE state = 'at_warehouse' AND promised IS NULL AND accepted_at IS NOT NULL
             LIMIT ?1",
            [limit],
            |row| Ok(SaleKey(col(row, 0)?)),
        )
    }

    /// Orders whose despatch should have come by now, with the time it was promised for; the
    /// one that is late the longest first, at most so many.
    pub fn despatches_overdue(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(SaleKey, DateTime<Utc>)>, StoreFault> {
        self.all(
            "SELECT key, promised FROM sale INDEXED BY sale_promised
             WHERE promised > 0 AND promised <= ?1 ORDER BY promised LIMIT ?2",
            params![times::ms(now), limit],
            |row| {
                let mut columns = Columns::of(row);
                Ok((SaleKey(columns.next()?), columns.at()?))
            },
        )
    }

    /// Whether the despatch came after which nothing more will.
    pub fn last_despatch_came(&self, sale: SaleKey) -> Result<bool, StoreFault> {
        let found: Option<i64> = self.one(
            "SELECT key FROM despatch INDEXED BY despatch_of_sale
             WHERE sale = ?1 AND is_last = 1 LIMIT 1",
            [sale.0],
            |row| row.get(0),
        )?;
        Ok(found.is_some())
    }

    /// Despatches that wait for a person: how many, by whose they are and why.
    pub fn despatch_exceptions(&self) -> Result<Vec<(Owner, String, u64)>, StoreFault> {
        self.all(
            "SELECT owner, reason, COUNT(*) FROM despatch INDEXED BY despatch_exceptions
             WHERE state = 'exception' GROUP BY owner, reason",
            [],
            |row| {
                let mut columns = Columns::of(row);
                let word: Option<String> = columns.next()?;
                let owner = word.map_or(Ok(Owner::Support), |word| owner(&word))?;
                Ok((owner, columns.next()?, columns.count()?))
            },
        )
    }
}

impl Write<'_> {
    /// The despatch of that order is to have come by then.
    pub fn expect_despatch_by(
        &mut self,
        sale: SaleKey,
        by: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET promised = ?2 WHERE key = ?1",
            params![sale.0, times::ms(by)],
        )
    }

    /// Nothing more is awaited of that order: its despatch came, or its absence was told.
    pub fn expect_no_despatch(&mut self, sale: SaleKey) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET promised = 0 WHERE key = ?1",
            [sale.0],
        )
    }
}
