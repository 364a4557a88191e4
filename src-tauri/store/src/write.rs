//! One transaction at work. It may also ask everything a [`Reading`] may, and sees what it
//! has written itself. What can be written stands beside each table.

use std::ops::Deref;

use rusqlite::Params;

use crate::changes::Touched;
use crate::fault::While;
use crate::reading::Reading;
use crate::{Changes, StoreFault};

/// The right to write, for the time of one transaction.
pub struct Write<'a> {
    reading: &'a Reading,
    touched: Touched,
}

impl Deref for Write<'_> {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        self.reading
    }
}

impl<'a> Write<'a> {
    pub(crate) fn new(reading: &'a Reading) -> Self {
        Self {
            reading,
            touched: Touched::default(),
        }
    }

    /// Which parts of what is shown this transaction has touched so far.
    pub(crate) fn touched(&self) -> Changes {
        self.touched.so_far()
    }

    /// Carries out one statement; gives back how many rows it touched.
    pub(crate) fn run<P: Params>(&self, sql: &str, params: P) -> Result<usize, StoreFault> {
        let doing = "writing to the database";
        let rows = self
            .conn
            .prepare_cached(sql)
            .doing(doing)?
            .execute(params)
            .doing(doing)?;
        if rows > 0 {
            self.touched.note(sql);
        }
        Ok(rows)
    }

    /// Carries out one statement that must touch a row that exists.
    pub(crate) fn run_on<P: Params>(
        &self,
        what: &str,
        sql: &str,
        params: P,
    ) -> Result<(), StoreFault> {
        match self.run(sql, params)? {
            0 => Err(StoreFault::Missing { what: what.into() }),
            _ => Ok(()),
        }
    }

    pub(crate) fn put_meta(
        &self,
        name: &str,
        value: impl rusqlite::ToSql,
    ) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO meta (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            rusqlite::params![name, value],
        )?;
        Ok(())
    }

    /// With the first key ever given, notes by what it will be known again.
    pub(crate) fn keep_key_check(&self) -> Result<(), StoreFault> {
        let Some(seal) = self.sealer() else {
            return Ok(());
        };
        if self.meta::<Vec<u8>>("key_check")?.is_none() {
            self.put_meta("key_check", seal.check_value())?;
        }
        Ok(())
    }
}
