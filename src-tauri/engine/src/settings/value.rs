//! Is this value right for that setting? Each refusal names the key, the value and what
//! would be taken.

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use super::{Kind, SettingFault, Spec};

/// Reads a value typed on a command line.
pub(super) fn from_text(spec: &Spec, text: &str) -> Value {
    match spec.kind {
        Kind::Date if matches!(text.trim(), "" | "null" | "none") => Value::Null,
        Kind::Text(_)
        | Kind::Address
        | Kind::Choice(_)
        | Kind::Date
        | Kind::Time
        | Kind::TimeOrNone
        | Kind::Zone => Value::String(text.trim().into()),
        Kind::Texts | Kind::Dates | Kind::Times | Kind::Wholes(..)
            if !text.trim().starts_with('[') =>
        {
            Value::Array(
                text.split(',')
                    .map(str::trim)
                    .filter(|t| !t.is_empty())
                    .map(loose)
                    .collect(),
            )
        }
        Kind::Whole(..)
        | Kind::Flag
        | Kind::Texts
        | Kind::Dates
        | Kind::Times
        | Kind::Wholes(..)
        | Kind::WholeByText(..)
        | Kind::TimeByText => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.into()))
        }
    }
}

/// A list's member as typed: a number where it is one, else text.
fn loose(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| Value::String(text.into()), Value::from)
}

/// The value in its stored form, or what is wrong with it.
pub(super) fn check(spec: &Spec, value: Value) -> Result<Value, SettingFault> {
    let wanted = |wanted: &str| {
        let shown = value.to_string();
        SettingFault {
            wanted: wanted.to_owned(),
            ..SettingFault::new(
                spec.key,
                format!("{} cannot be {shown}: {wanted}.", spec.key),
            )
        }
    };
    match spec.kind {
        Kind::Text(max) => text(&value)
            .filter(|t| t.chars().count() <= max)
            .map(|t| Value::String(t.into()))
            .ok_or_else(|| wanted(&format!("it takes a text of at most {max} characters"))),
        Kind::Address => match text(&value) {
            Some("") => Ok(Value::String(String::new())),
            Some(address) => vendor_address(address)
                .map(Value::String)
                .map_err(|why| wanted(&why)),
            None => Err(wanted("it takes an address such as https://…")),
        },
        Kind::Choice(words) => text(&value)
            .filter(|t| words.contains(t))
            .map(|t| Value::String(t.into()))
            .ok_or_else(|| wanted(&format!("it takes one of {}", words.join(", ")))),
        Kind::Whole(low, high) => whole(&value, low, high)
            .map(Value::from)
            .ok_or_else(|| wanted(&format!("it takes a whole number from {low} to {high}"))),
        Kind::Flag => match &value {
            Value::Bool(_) => Ok(value),
            _ => Err(wanted("it takes true or false")),
        },
        Kind::Date => match &value {
            Value::Null => Ok(Value::Null),
            other if text(other).is_some_and(is_date) => Ok(value),
            _ => Err(wanted("it takes a day such as 2026-11-24, or null")),
        },
        Kind::Time => text(&value)
            .filter(|t| is_time(t))
            .map(|t| Value::String(t.into()))
            .ok_or_else(|| wanted("it takes a time such as 16:00")),
        Kind::TimeOrNone => text(&value)
            .filter(|t| t.is_empty() || is_time(t))
            .map(|t| Value::String(t.into()))
            .ok_or_else(|| wanted("it takes a time such as 22:00, or nothing")),
        Kind::Times => list(&value, |v| text(v).is_some_and(is_time))
            .ok_or_else(|| wanted("it takes times such as 08:00,12:00,16:30")),
        Kind::Texts => list(&value, |v| text(v).is_some())
            .ok_or_else(|| wanted("it takes a list of texts such as [\"Shopify\",\"Amazon\"]")),
        Kind::Dates => list(&value, |v| text(v).is_some_and(is_date))
            .ok_or_else(|| wanted("it takes days such as 2026-12-25,2026-12-28")),
        Kind::Wholes(low, high) => list(&value, |v| whole(v, low, high).is_some())
            .filter(|v| v.as_array().is_some_and(|a| !a.is_empty()))
            .ok_or_else(|| wanted(&format!("it takes whole numbers from {low} to {high}"))),
        Kind::WholeByText(low, high) => table(&value, |v| whole(v, low, high).is_some())
            .ok_or_else(|| {
                wanted(&format!(
                    "it takes {{\"name\": number from {low} to {high}}}"
                ))
            }),
        Kind::TimeByText => table(&value, |v| text(v).is_some_and(is_time))
            .ok_or_else(|| wanted("it takes {\"WHI_EXP\": \"15:00\"}")),
        Kind::Zone => text(&value)
            .filter(|t| t.parse::<chrono_tz::Tz>().is_ok())
            .map(|t| Value::String(t.into()))
            .ok_or_else(|| wanted("it takes a zone such as Europe/London")),
    }
}

fn vendor_address(address: &str) -> Result<String, String> {
    vendor::check_base(address)
        .map(|base| base.as_str().to_owned())
        .map_err(|fault| fault.to_string())
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim)
}

fn whole(value: &Value, low: i64, high: i64) -> Option<i64> {
    value.as_i64().filter(|n| (low..=high).contains(n))
}

fn is_date(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn is_time(text: &str) -> bool {
    text.len() == 5 && NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

fn list(value: &Value, right: impl Fn(&Value) -> bool) -> Option<Value> {
    value
        .as_array()
        .filter(|items| items.iter().all(right))
        .map(|_| value.clone())
}

fn table(value: &Value, right: impl Fn(&Value) -> bool) -> Option<Value> {
    value
        .as_object()
        .filter(|entries| entries.values().all(right))
        .map(|_| value.clone())
}
