//! Times and decimals as they are stored: whole milliseconds, whole nanoseconds for marks,
//! decimals as text, or as whole ten-thousandths where SQL adds them up. Nothing is ever a
//! float.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::StoreFault;

/// Milliseconds since 1970.
pub(crate) fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// The moment of so many milliseconds since 1970.
pub(crate) fn at_ms(ms: i64) -> Result<DateTime<Utc>, StoreFault> {
    DateTime::from_timestamp_millis(ms)
        .ok_or_else(|| StoreFault::damaged(format!("{ms} is no time in milliseconds")))
}

/// The same where there may be none.
pub(crate) fn at_ms_or_none(ms: Option<i64>) -> Result<Option<DateTime<Utc>>, StoreFault> {
    ms.map(at_ms).transpose()
}

/// Nanoseconds since 1970; times beyond what fits (before 1677, after 2262) stop there.
pub(crate) fn ns(at: DateTime<Utc>) -> i64 {
    let beyond = if at.timestamp() < 0 {
        i64::MIN
    } else {
        i64::MAX
    };
    at.timestamp_nanos_opt().unwrap_or(beyond)
}

/// The moment of so many nanoseconds since 1970.
pub(crate) fn at_ns(ns: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(ns)
}

/// Days since 1970.
pub(crate) fn day(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(86_400)
}

/// The decimal of that text.
pub(crate) fn decimal(text: &str) -> Result<Decimal, StoreFault> {
    text.parse()
        .map_err(|_| StoreFault::damaged(format!("“{text}” is no decimal")))
}

/// Decimal places of a quantity or an amount of money that SQL adds up: as many as Cin7 keeps.
const PLACES: u32 = 4;

/// A quantity or an amount of money in whole ten-thousandths.
///
/// # Errors
/// [`StoreFault::Sql`] naming the value when it is finer than that or too large.
pub(crate) fn fixed(value: Decimal) -> Result<i64, StoreFault> {
    let refused = |why: &str| StoreFault::Sql {
        doing: "keeping an amount".into(),
        detail: format!("{value} {why}"),
    };
    let mut fine = value.normalize();
    if fine.scale() > PLACES {
        return Err(refused("has more than four decimal places"));
    }
    fine.rescale(PLACES);
    if fine.scale() < PLACES {
        return Err(refused("is too large"));
    }
    i64::try_from(fine.mantissa()).map_err(|_| refused("is too large"))
}

/// The same where there may be none.
pub(crate) fn fixed_or_none(value: Option<Decimal>) -> Result<Option<i64>, StoreFault> {
    value.map(fixed).transpose()
}

/// A quantity or an amount of money of so many ten-thousandths.
pub(crate) fn unfixed(stored: i64) -> Decimal {
    Decimal::new(stored, PLACES).normalize()
}

/// The product of two such figures, added up.
pub(crate) fn unfixed_product(stored: i64) -> Decimal {
    Decimal::new(stored, 2 * PLACES).normalize()
}

/// Days since 1970 of a date.
pub(crate) fn days(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

/// The date of so many days since 1970.
pub(crate) fn date(days: i64) -> Result<NaiveDate, StoreFault> {
    i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days)
        .ok_or_else(|| StoreFault::damaged(format!("{days} is no day")))
}

/// A count as SQLite holds it; what does not fit stops at the largest.
pub(crate) fn whole<N: TryInto<i64>>(number: N) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A count read back.
pub(crate) fn count<N: TryFrom<i64>>(stored: i64) -> Result<N, StoreFault> {
    N::try_from(stored).map_err(|_| StoreFault::damaged(format!("{stored} is no count")))
}
