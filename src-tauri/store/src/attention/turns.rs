//! Whose turn it is with an order, since when, and how long each owner had what (R104).

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params;

use crate::columns::Columns;
use crate::reading::Reading;
use crate::runs::number_of;
use crate::write::Write;
use crate::{StoreFault, times};

/// Changes of owner taken in at one time.
const BATCH: i64 = 1_000;

/// What an owner had over some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The owner's word.
    pub owner: String,
    /// Turns that ended.
    pub turns: i64,
    /// How long those took, seconds.
    pub seconds: i64,
    /// Turns under way.
    pub open: i64,
    /// How long those have taken so far, seconds.
    pub open_seconds: i64,
}

impl Reading {
    /// How long each owner had orders since that day (UTC), turns under way included.
    pub fn spent(&self, since: NaiveDate, now: DateTime<Utc>) -> Result<Vec<Spent>, StoreFault> {
        let ended: Vec<(String, i64, i64)> = self.all(
            "SELECT owner, SUM(turns), SUM(seconds) FROM spent
             WHERE owner >= '' AND day >= ?1 GROUP BY owner",
            [number_of(since)],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.next()?, columns.next()?, columns.next()?))
            },
        )?;
        let open: Vec<(String, i64, i64)> = self.all(
            "SELECT owner, count, since FROM turn_open WHERE owner >= '' ORDER BY owner",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.next()?, columns.next()?, columns.next()?))
            },
        )?;
        let mut all: Vec<Spent> = Vec::new();
        for (owner, turns, seconds) in ended {
            all.push(Spent {
                owner,
                turns,
                seconds,
                open: 0,
                open_seconds: 0,
            });
        }
        for (owner, count, since) in open.into_iter().filter(|(_, count, _)| *count > 0) {
            let so_far = (count * now.timestamp() - since).max(0);
            if let Some(spent) = all.iter_mut().find(|spent| spent.owner == owner) {
                (spent.open, spent.open_seconds) = (count, so_far);
            } else {
                all.push(Spent {
                    owner,
                    turns: 0,
                    seconds: 0,
                    open: count,
                    open_seconds: so_far,
                });
            }
        }
        Ok(all)
    }
}

impl Write<'_> {
    /// Takes in which orders changed owner: the turn of the one ends, and counts to this
    /// day; that of the other begins. Gives back whether there is more to take in.
    pub fn take_turns(&mut self, now: DateTime<Utc>) -> Result<bool, StoreFault> {
        let moved = self.all(
            "SELECT m.sale, s.owner, t.owner, t.since,
                    COALESCE((SELECT MIN(h.since) FROM hold AS h WHERE h.sale = m.sale),
                             s.changed_at)
             FROM turn_moved AS m CROSS JOIN sale AS s ON s.key = m.sale
             LEFT JOIN turn AS t ON t.sale = m.sale
             ORDER BY m.sale LIMIT ?1",
            [BATCH],
            |row| {
                let mut columns = Columns::of(row);
                let read: (i64, Option<String>, Option<String>, Option<i64>, i64) = (
                    columns.next()?,
                    columns.next()?,
                    columns.next()?,
                    columns.next()?,
                    columns.next()?,
                );
                Ok(read)
            },
        )?;
        for (sale, owner, before, since, came) in &moved {
            self.run("DELETE FROM turn_moved WHERE sale = ?1", [sale])?;
            if owner == before {
                continue;
            }
            if let (Some(before), Some(since)) = (before, since) {
                self.end_turn(*sale, before, *since, now)?;
            }
            if let Some(owner) = owner {
                // A turn that follows another begins where that ended; a first one when the
                // trouble did.
                let begins = if before.is_some() {
                    times::ms(now)
                } else {
                    (*came).min(times::ms(now))
                };
                self.run(
                    "INSERT INTO turn (sale, owner, since) VALUES (?1, ?2, ?3)",
                    params![sale, owner, begins],
                )?;
            }
        }
        Ok(times::whole(moved.len()) == BATCH)
    }

    fn end_turn(
        &self,
        sale: i64,
        owner: &str,
        since: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        self.run("DELETE FROM turn WHERE sale = ?1", [sale])?;
        let seconds = ((times::ms(now) - since) / 1_000).max(0);
        self.run(
            "INSERT INTO spent (day, owner, turns, seconds) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT (day, owner) DO UPDATE SET turns = turns + 1,
                 seconds = seconds + excluded.seconds",
            params![number_of(now.date_naive()), owner, seconds],
        )?;
        Ok(())
    }
}
