//! Reads a row's columns one after another, in the order the statement names them.

use chrono::{DateTime, Utc};
use rusqlite::Row;
use rusqlite::types::FromSql;
use rust_decimal::Decimal;

use crate::StoreFault;
use crate::reading::col;
use crate::times;

/// A row half read.
pub(crate) struct Columns<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(row: &'a Row<'a>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column.
    pub(crate) fn next<T: FromSql>(&mut self) -> Result<T, StoreFault> {
        let index = self.next;
        self.next += 1;
        col(self.row, index)
    }

    /// The next column as a moment.
    pub(crate) fn at(&mut self) -> Result<DateTime<Utc>, StoreFault> {
        times::at_ms(self.next()?)
    }

    /// The next column as a moment, if there is one.
    pub(crate) fn at_or_none(&mut self) -> Result<Option<DateTime<Utc>>, StoreFault> {
        times::at_ms_or_none(self.next()?)
    }

    /// The next column, kept in ten-thousandths.
    pub(crate) fn fixed(&mut self) -> Result<Decimal, StoreFault> {
        Ok(times::unfixed(self.next()?))
    }

    /// The same, if there is one.
    pub(crate) fn fixed_or_none(&mut self) -> Result<Option<Decimal>, StoreFault> {
        Ok(self.next::<Option<i64>>()?.map(times::unfixed))
    }

    /// The next column as a count.
    pub(crate) fn count<N: TryFrom<i64>>(&mut self) -> Result<N, StoreFault> {
        times::count(self.next()?)
    }
}
