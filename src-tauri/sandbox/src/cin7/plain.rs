//! Numbers, dates and objects as Cin7 spells them, and how exact values are kept
//! in a saved state. No field names and no rules live here.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

/// An object with its fields in the given order.
pub(super) fn object<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A quantity: at most four places, whole numbers without a point (`2`, `1.5`).
pub(super) fn quantity(amount: Decimal) -> Value {
    parsed(&amount.round_dp(4).normalize().to_string())
}

/// A price or cost: at least one place unless it is nothing (`14.0`, `5.65`, `0`).
pub(super) fn money(amount: Decimal) -> Value {
    let text = amount.round_dp(4).normalize().to_string();
    if text == "0" || text.contains('.') {
        parsed(&text)
    } else {
        parsed(&format!("{text}.0"))
    }
}

/// A sum worked out: as a price, but nothing has a place too (`0.0`).
pub(super) fn total(amount: Decimal) -> Value {
    match money(amount) {
        nothing if nothing == 0 => parsed("0.0"),
        sum => sum,
    }
}

fn parsed(digits: &str) -> Value {
    digits.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// Reads an exact decimal out of a number, or out of text that holds one.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let amount: Decimal = text
        .parse()
        .ok()
        .or_else(|| Decimal::from_scientific(&text).ok())?;
    // Past this nothing is a quantity or a price, and sums could overflow.
    (amount.abs() < Decimal::from(1_000_000_000_000_000_i64)).then_some(amount)
}

/// The text of a text value; nothing for every other kind.
pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

/// Status words are compared trimmed and in upper case.
pub(super) fn word(value: &Value) -> String {
    text(value).trim().to_uppercase()
}

/// True, or the text that says so: some documented bodies send booleans as text.
pub(super) fn truth_of(value: &Value) -> bool {
    value
        .as_bool()
        .unwrap_or_else(|| text(value).eq_ignore_ascii_case("true"))
}

/// A moment as the detail prints it: always three places and `Z`.
pub(super) fn utc_millis(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A moment as `saleList` prints it: trailing zeros of the fraction are left off.
pub(super) fn utc_short(at: DateTime<Utc>) -> String {
    let whole = at.format("%Y-%m-%dT%H:%M:%S").to_string();
    let fraction = format!("{:03}", at.timestamp_subsec_millis());
    match fraction.trim_end_matches('0') {
        "" => format!("{whole}Z"),
        digits => format!("{whole}.{digits}Z"),
    }
}

/// A date as Cin7 prints one: midnight without a zone.
pub(super) fn midnight(date: NaiveDate) -> String {
    format!("{date}T00:00:00")
}

/// Reads a moment in the documented forms: a date, or a date-time with 0 to 7
/// places, with or without `Z`. Everything is UTC.
pub(super) fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return date.and_hms_opt(0, 0, 0).map(|at| at.and_utc());
    }
    let bare = text.strip_suffix('Z').unwrap_or(text);
    if bare
        .rsplit_once('.')
        .is_some_and(|(_, fraction)| fraction.is_empty() || fraction.len() > 7)
    {
        return None;
    }
    NaiveDateTime::parse_from_str(bare, "%Y-%m-%dT%H:%M:%S%.f")
        .ok()
        .map(|at| at.and_utc())
}

/// Cin7 keeps milliseconds.
pub(super) fn to_millis(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(3)
}

/// Puts `patch` over `base`: objects field by field, everything else whole.
pub(super) fn merge(base: &mut Map<String, Value>, patch: &Map<String, Value>) {
    for (name, given) in patch {
        match (base.get_mut(name), given) {
            (Some(Value::Object(inner)), Value::Object(given)) => merge(inner, given),
            (Some(slot), given) => *slot = given.clone(),
            (None, given) => {
                base.insert(name.clone(), given.clone());
            }
        }
    }
}

/// Exact decimals in a saved state: as text.
pub(super) mod kept_decimal {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::cin7) fn serialize<S: Serializer>(
        amount: &Decimal,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_str(amount)
    }

    pub(in crate::cin7) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Decimal, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Moments in a saved state: RFC 3339.
pub(super) mod kept_time {
    use chrono::{DateTime, SecondsFormat, Utc};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::cin7) fn serialize<S: Serializer>(
        at: &DateTime<Utc>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.serialize_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }

    pub(in crate::cin7) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        let text = String::deserialize(from)?;
        let at = DateTime::parse_from_rfc3339(&text).map_err(D::Error::custom)?;
        Ok(at.with_timezone(&Utc))
    }
}
