//! Types for reading what vendors write loosely: text that may be null or a number,
//! truth values in quotes, amounts as number or text, dates with and without a zone.
//! Each reads null, absence (with `#[serde(default)]`) and "" alike.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde_json::Value;

/// Text; null, nothing and "" alike. A number or a truth value is read as it is spelt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub String);

/// A truth value, or one in quotes, in any case; null and "" are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flag(pub Option<bool>);

/// An amount, written as a number or as text, read to the digit and never through a
/// float; null and "" are `None`. At most 28 digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount(pub Option<Decimal>);

/// A count, from 0; written as a number (`2`, `2.0`) or as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count(pub Option<u64>);

/// A moment, with or without zone (then UTC), with up to nine digits of fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment(pub Option<DateTime<Utc>>);

/// A day; a time of day behind it is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day(pub Option<NaiveDate>);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without blanks at its ends.
    pub fn trimmed(&self) -> &str {
        self.0.trim()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Flag {
    /// Whether it says yes; silence is no.
    pub fn is_set(self) -> bool {
        self.0 == Some(true)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        plain(deserializer, "text").map(|text| Self(text.unwrap_or_default()))
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, "true or false", |text| {
            match text.to_ascii_lowercase().as_str() {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            }
        })
        .map(Self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, "a number", amount).map(Self)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let count = |text: &str| {
            let amount = amount(text)?;
            if amount.fract().is_zero() {
                u64::try_from(amount).ok()
            } else {
                None
            }
        };
        read(deserializer, "a whole number from 0", count).map(Self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, "a date and time", moment).map(Self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, "a date", day).map(Self)
    }
}

/// Reads a number in plain or scientific writing.
pub fn amount(text: &str) -> Option<Decimal> {
    text.parse()
        .ok()
        .or_else(|| Decimal::from_scientific(text).ok())
}

/// Reads a moment; without a zone it is UTC.
pub fn moment(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(zoned) = DateTime::parse_from_rfc3339(text) {
        return Some(zoned.with_timezone(&Utc));
    }
    [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    .map(|at| at.and_utc())
    .or_else(|| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(day.and_hms_opt(0, 0, 0)?.and_utc())
    })
}

/// Reads a day, whatever stands behind it after a `T` or a blank.
pub fn day(text: &str) -> Option<NaiveDate> {
    let date = text.split(['T', ' ']).next()?;
    NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()
}

/// The text of a value that is neither a list nor an object; `None` for null.
///
/// Goes through [`Value`] because numbers are kept as text there, to the digit.
fn plain<'de, D: Deserializer<'de>>(
    deserializer: D,
    wanted: &'static str,
) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(flag) => Ok(Some(flag.to_string())),
        Value::Array(_) => Err(D::Error::invalid_type(Unexpected::Seq, &wanted)),
        Value::Object(_) => Err(D::Error::invalid_type(Unexpected::Map, &wanted)),
    }
}

fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    wanted: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, D::Error> {
    let Some(text) = plain(deserializer, wanted)? else {
        return Ok(None);
    };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match read(text) {
        Some(value) => Ok(Some(value)),
        None => Err(D::Error::custom(format_args!("expected {wanted}"))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::DeserializeOwned;

    use super::*;

    fn of<T: DeserializeOwned>(json: &str) -> T {
        serde_json::from_str(json).unwrap()
    }

    fn both<T: DeserializeOwned + PartialEq + fmt::Debug>(json: &str) -> T {
        let direct: T = of(json);
        let by_value: T = serde_json::from_value(of(json)).unwrap();
        assert_eq!(
            direct, by_value,
            "the way of reading must not matter for {json}"
        );
        direct
    }

    #[test]
    fn text_is_read_from_whatever_is_not_a_list_or_an_object() {
        assert_eq!(both::<Text>("null").0, "");
        assert_eq!(both::<Text>("\"a \"").0, "a ");
        assert_eq!(both::<Text>("14.10").0, "14.10");
        assert_eq!(both::<Text>("true").0, "true");
        assert!(serde_json::from_str::<Text>("[]").is_err());
        assert!(serde_json::from_str::<Text>("{}").is_err());
    }

    #[test]
    fn a_truth_value_may_stand_in_quotes() {
        assert!(both::<Flag>("\"True\"").is_set());
        assert_eq!(both::<Flag>("\"false\"").0, Some(false));
        assert_eq!(both::<Flag>("null").0, None);
        assert!(serde_json::from_str::<Flag>("\"perhaps\"").is_err());
    }

    #[test]
    fn an_amount_is_read_to_the_digit_from_number_and_text() {
        for (json, text) in [
            ("0.1", "0.1"),
            ("14.0", "14.0"),
            ("\"2.5000\"", "2.5000"),
            ("-3", "-3"),
            ("1e2", "100"),
            ("12345678901234567890.1234", "12345678901234567890.1234"),
        ] {
            assert_eq!(both::<Amount>(json).0.unwrap().to_string(), text);
        }
        assert_eq!(both::<Amount>("\" \"").0, None);
        for bad in ["\"two\"", "1e400", "true", "[1]"] {
            assert!(serde_json::from_str::<Amount>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_count_may_have_a_point_and_no_fraction() {
        assert_eq!(both::<Count>("2.0").0, Some(2));
        assert_eq!(both::<Count>("\"7\"").0, Some(7));
        assert!(serde_json::from_str::<Count>("2.5").is_err());
        assert!(serde_json::from_str::<Count>("-1").is_err());
    }

    #[test]
    fn a_moment_is_read_with_and_without_zone_and_with_any_fraction() {
        let shown = |json: &str| both::<Moment>(json).0.unwrap().to_rfc3339();
        for json in [
            "\"2026-11-23T16:02:09.3370000Z\"",
            "\"2026-11-23T16:02:09.337\"",
            "\"2026-11-23T17:02:09.337+01:00\"",
        ] {
            assert_eq!(shown(json), "2026-11-23T16:02:09.337+00:00");
        }
        assert_eq!(
            shown("\"2026-11-23T16:02:09\""),
            "2026-11-23T16:02:09+00:00"
        );
        assert_eq!(shown("\"2026-11-23\""), "2026-11-23T00:00:00+00:00");
        assert!(serde_json::from_str::<Moment>("\"23/11/2026\"").is_err());
    }

    #[test]
    fn a_day_keeps_no_time() {
        let day = |json: &str| both::<Day>(json).0.unwrap().to_string();
        assert_eq!(day("\"2026-11-25T00:00:00\""), "2026-11-25");
        assert_eq!(day("\"2026-11-25\""), "2026-11-25");
        assert!(serde_json::from_str::<Day>("\"2026-13-01\"").is_err());
    }

    proptest! {
        #[test]
        fn any_amount_of_four_places_comes_back_to_the_digit(units in any::<i64>()) {
            let amount = Decimal::new(units, 4);
            prop_assert_eq!(both::<Amount>(&amount.to_string()).0, Some(amount));
        }

        #[test]
        fn no_text_whatever_makes_a_reader_panic(text in "\\PC{0,40}") {
            let _ = (amount(&text), moment(&text), day(&text));
        }
    }
}
