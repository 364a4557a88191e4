//! Times and decimals as they are stored: whole milliseconds, whole nanoseconds for marks,
//! decimals as text. Nothing is ever a float.

use chrono::{DateTime, Utc};
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

/// A count as SQLite holds it; what does not fit stops at the largest.
pub(crate) fn whole<N: TryInto<i64>>(number: N) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// A count read back.
pub(crate) fn count<N: TryFrom<i64>>(stored: i64) -> Result<N, StoreFault> {
    N::try_from(stored).map_err(|_| StoreFault::damaged(format!("{stored} is no count")))
}
