//! Reads how long a vendor asks us to wait, in every shape seen or documented, and the
//! date in an HTTP header. Pure.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};

/// No wait is shorter: a refusal followed by no pause at all would be a storm.
pub const SHORTEST: Duration = Duration::from_secs(1);

/// No wait is longer, whatever the vendor says; it is asked again then (our rule).
pub const LONGEST: Duration = Duration::from_hours(1);

/// Reads a `Retry-After` value: `17`, `60 Seconds`, an HTTP date. `None` when there is
/// neither a number nor a date in it. Between [`SHORTEST`] and [`LONGEST`].
pub fn read(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let wait = match http_date(value) {
        Some(date) => (date - now).to_std().unwrap_or(Duration::ZERO),
        None => Duration::from_secs(first_number(value)?),
    };
    Some(wait.clamp(SHORTEST, LONGEST))
}

/// Reads the date in an HTTP header in the three forms of RFC 9110; the zone is always
/// GMT.
pub fn http_date(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    [
        "%a, %d %b %Y %H:%M:%S GMT",
        "%A, %d-%b-%y %H:%M:%S GMT",
        "%a %b %e %H:%M:%S %Y",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    .map(|at| at.and_utc())
}

/// The first run of digits, unless a minus stands before it. A number too large for us
/// is a very long wait, not garbage.
fn first_number(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    if text[..start].ends_with('-') {
        return None;
    }
    let digits = text[start..].split(|c: char| !c.is_ascii_digit()).next()?;
    Some(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap()
    }

    fn seconds(value: &str) -> Option<u64> {
        read(value, now()).map(|wait| wait.as_secs())
    }

    #[test]
    fn a_wait_is_read_in_every_shape_the_vendors_use() {
        assert_eq!(seconds("60 Seconds"), Some(60));
        assert_eq!(seconds("17"), Some(17));
        assert_eq!(seconds(" 17 "), Some(17));
        assert_eq!(seconds("Tue, 24 Nov 2026 09:02:00 GMT"), Some(120));
        assert_eq!(seconds("Tuesday, 24-Nov-26 09:02:00 GMT"), Some(120));
        assert_eq!(seconds("Tue Nov 24 09:02:00 2026"), Some(120));
        assert_eq!(seconds("1.5"), Some(1));
    }

    #[test]
    fn no_wait_is_nothing_and_none_is_longer_than_an_hour() {
        assert_eq!(seconds("0"), Some(1));
        assert_eq!(seconds("Tue, 24 Nov 2026 08:00:00 GMT"), Some(1));
        assert_eq!(seconds("86400"), Some(3600));
        assert_eq!(seconds("99999999999999999999999"), Some(3600));
        assert_eq!(seconds("Wed, 25 Nov 2026 09:00:00 GMT"), Some(3600));
    }

    #[test]
    fn garbage_is_no_wait_so_that_the_vendors_default_holds() {
        assert_eq!(seconds(""), None);
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-5"), None);
    }

    proptest! {
        #[test]
        fn whatever_a_vendor_says_the_wait_is_between_a_second_and_an_hour(text in ".{0,40}") {
            if let Some(wait) = read(&text, now()) {
                prop_assert!((SHORTEST..=LONGEST).contains(&wait));
            }
        }
    }
}
