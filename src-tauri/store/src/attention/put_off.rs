//! Orders put off to a time, and given to another owner by hand: both while the order needs
//! someone, and no longer.

use chrono::{DateTime, Utc};
use domain::Owner;
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::SaleKey;
use crate::reading::{Reading, col};
use crate::sales::{owner, sale_number};
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

/// Orders brought back, or taken off the books, at one time: what is left follows at the
/// next look.
const BATCH: i64 = 500;
/// Different times by which orders must leave, at most: a warehouse has a few a day.
const CUT_OFFS: i64 = 200;

/// An order put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutOffRow {
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why; empty without a key, and once it has gone with age.
    pub why: String,
    /// By whom.
    pub who: String,
    /// When it was put off.
    pub at: DateTime<Utc>,
}

/// How many orders ever came to be in a state that needs that owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// The state's word, or "" outside the trigger.
    pub state: String,
    /// The owner's word.
    pub owner: String,
    /// How many, ever.
    pub count: i64,
}

/// What a put-off's reason is sealed to.
fn place(sale: SaleKey) -> Vec<u8> {
    [&b"put off"[..], &sale.0.to_be_bytes()].concat()
}

impl Reading {
    /// Whether and until when an order is put off.
    pub fn put_off(&self, sale: SaleKey) -> Result<Option<PutOffRow>, StoreFault> {
        let found = self.all(
            "SELECT until, at, who, sealed FROM put_off WHERE sale = ?1",
            [sale.0],
            |row| {
                let mut columns = Columns::of(row);
                let (until, at) = (columns.at()?, columns.at()?);
                let who = columns.next()?;
                let sealed: Option<Vec<u8>> = columns.next()?;
                let why = match sealed.filter(|_| self.sealer().is_some()) {
                    None => String::new(),
                    Some(sealed) => {
                        let plain = self.opened(Purpose::Note, &place(sale), &sealed)?;
                        String::from_utf8_lossy(&plain).into_owned()
                    }
                };
                Ok(PutOffRow {
                    until,
                    why,
                    who,
                    at,
                })
            },
        )?;
        Ok(found.into_iter().next())
    }

    /// The owner an order was given to by hand.
    pub fn assigned(&self, sale: SaleKey) -> Result<Option<Owner>, StoreFault> {
        let word: Option<Option<String>> = self.one(
            "SELECT assigned FROM sale WHERE key = ?1",
            [sale.0],
            |row| row.get(0),
        )?;
        word.flatten().as_deref().map(owner).transpose()
    }

    /// How many orders are put off, by the word of their owner.
    pub fn put_off_by_owner(&self) -> Result<Vec<(String, i64)>, StoreFault> {
        self.all(
            "SELECT owner, COUNT(*) FROM sale INDEXED BY sale_put_off
             WHERE put_off_until IS NOT NULL AND owner IS NOT NULL GROUP BY owner",
            [],
            |row| Ok((col(row, 0)?, col(row, 1)?)),
        )
    }

    /// When the next order that is put off comes back.
    pub fn next_back(&self) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let next: Option<Option<i64>> =
            self.one("SELECT MIN(until) FROM put_off", [], |row| row.get(0))?;
        times::at_ms_or_none(next.flatten())
    }

    /// How many orders ever came to need each owner, by state.
    pub fn came(&self) -> Result<Vec<Came>, StoreFault> {
        self.all(
            "SELECT state, owner, count FROM came ORDER BY state, owner",
            [],
            |row| {
                let mut columns = Columns::of(row);
                Ok(Came {
                    state: columns.next()?,
                    owner: columns.next()?,
                    count: columns.next()?,
                })
            },
        )
    }

    /// How many orders that nobody needs to act on must still leave us between two moments,
    /// by when they must: those that are waiting, being sent or unclear.
    pub fn to_leave(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<(DateTime<Utc>, i64)>, StoreFault> {
        self.all(
            "SELECT ship_by, COUNT(*) FROM sale INDEXED BY sale_to_leave
             WHERE state IN ('waiting', 'sending', 'unclear') AND ship_by IS NOT NULL
               AND owner IS NULL AND ship_by > ?1 AND ship_by <= ?2
             GROUP BY ship_by LIMIT ?3",
            params![times::ms(from), times::ms(to), CUT_OFFS],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.at()?, columns.next()?))
            },
        )
    }
}

impl Write<'_> {
    /// Puts an order off. It still counts as open.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key, since the reason is sealed.
    pub fn put_off_sale(&mut self, sale: SaleKey, row: &PutOffRow) -> Result<(), StoreFault> {
        let sealed = self.sealed_text(Purpose::Note, &place(sale), row.why.as_bytes())?;
        self.run(
            "INSERT INTO put_off (sale, until, at, who, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (sale) DO UPDATE SET until = excluded.until, at = excluded.at,
                 who = excluded.who, sealed = excluded.sealed",
            params![
                sale.0,
                times::ms(row.until),
                times::ms(row.at),
                row.who,
                sealed
            ],
        )?;
        self.run_on(
            "sale",
            "UPDATE sale SET put_off_until = ?2 WHERE key = ?1",
            params![sale.0, times::ms(row.until)],
        )
    }

    /// Brings an order back before its time; whether it was put off at all.
    pub fn bring_back(&mut self, sale: SaleKey) -> Result<bool, StoreFault> {
        let gone = self.run("DELETE FROM put_off WHERE sale = ?1", [sale.0])?;
        self.run(
            "UPDATE sale SET put_off_until = NULL WHERE key = ?1 AND put_off_until IS NOT NULL",
            [sale.0],
        )?;
        Ok(gone > 0)
    }

    /// Brings back the orders whose time has come. They count as having come anew. Gives
    /// back which, with their numbers.
    pub fn bring_back_what_is_due(
        &mut self,
        now: DateTime<Utc>,
    ) -> Result<Vec<(SaleKey, String)>, StoreFault> {
        let due: Vec<(SaleKey, String)> = self.all(
            "SELECT p.sale, s.number FROM put_off AS p CROSS JOIN sale AS s ON s.key = p.sale
             WHERE p.until <= ?1 ORDER BY p.until LIMIT ?2",
            params![times::ms(now), BATCH],
            |row| {
                let number = sale_number(&col::<String>(row, 1)?)?;
                Ok((SaleKey(col(row, 0)?), number.to_string()))
            },
        )?;
        for (sale, _) in &due {
            self.bring_back(*sale)?;
            self.run(
                "UPDATE came SET count = count + 1
                 WHERE (state, owner) = (SELECT COALESCE(s.state, ''), s.owner FROM sale AS s
                                         WHERE s.key = ?1)",
                [sale.0],
            )?;
        }
        Ok(due)
    }

    /// Gives an order to an owner by hand, until nobody needs to act on it any more.
    pub fn assign(&mut self, sale: SaleKey, to: Owner) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET assigned = ?2, owner = ?2 WHERE key = ?1 AND owner IS NOT NULL",
            params![sale.0, to.word()],
        )
    }

    /// Takes the put-offs and assignments off orders that need nobody any more.
    pub fn end_what_is_over(&mut self) -> Result<(), StoreFault> {
        let over: Vec<i64> = self.all(
            "SELECT key FROM sale INDEXED BY sale_put_off
             WHERE put_off_until IS NOT NULL AND owner IS NULL LIMIT ?1",
            [BATCH],
            |row| col(row, 0),
        )?;
        for sale in over {
            self.bring_back(SaleKey(sale))?;
        }
        let over: Vec<i64> = self.all(
            "SELECT key FROM sale INDEXED BY sale_assigned
             WHERE assigned IS NOT NULL AND owner IS NULL LIMIT ?1",
            [BATCH],
            |row| col(row, 0),
        )?;
        for sale in over {
            self.run("UPDATE sale SET assigned = NULL WHERE key = ?1", [sale])?;
        }
        Ok(())
    }

    /// Takes the reason an order was put off for away, with age.
    pub(crate) fn forget_why_put_off(&mut self, sale: SaleKey) -> Result<(), StoreFault> {
        self.run(
            "UPDATE put_off SET sealed = NULL WHERE sale = ?1 AND sealed IS NOT NULL",
            [sale.0],
        )?;
        Ok(())
    }
}
