//! Reading one object of a request body: each member is absent, of the right type, or a
//! 400 that names it. Text is brought into the form of the contract's section 2.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// One object of the body, or none, with its path for messages.
pub(super) struct Part<'a> {
    pub(super) members: Option<&'a Map<String, Value>>,
    pub(super) path: String,
}

impl<'a> Part<'a> {
    /// The member of that name; null counts as absent.
    pub(super) fn member(&self, key: &str) -> Option<&'a Value> {
        self.members?.get(key).filter(|value| !value.is_null())
    }

    /// A refusal that names a member and what it must be.
    pub(super) fn wrong(&self, key: &str, wanted: &str) -> Refusal {
        let dot = if self.path.is_empty() { "" } else { "." };
        Refusal::malformed(format!("{}{dot}{key} must be {wanted}.", self.path))
    }

    /// The object of that name, empty if it is absent.
    pub(super) fn part(&self, key: &str) -> Result<Part<'a>, Refusal> {
        let members = match self.member(key) {
            None => None,
            Some(Value::Object(members)) => Some(members),
            Some(_) => return Err(self.wrong(key, "an object or null")),
        };
        let path = if self.path.is_empty() {
            key.into()
        } else {
            format!("{}.{key}", self.path)
        };
        Ok(Part { members, path })
    }

    /// Text exactly as sent; empty counts as absent.
    pub(super) fn exact_text(&self, key: &str) -> Result<Option<String>, Refusal> {
        match self.member(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
            Some(_) => Err(self.wrong(key, "text")),
        }
    }

    /// Text trimmed, inner runs of spaces reduced to one (contract, section 2).
    pub(super) fn text(&self, key: &str) -> Result<Option<String>, Refusal> {
        Ok(self
            .exact_text(key)?
            .map(|text| tidy(&text))
            .filter(|text| !text.is_empty()))
    }

    /// A boolean.
    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, Refusal> {
        match self.member(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(key, "true or false")),
        }
    }

    /// A number, however written.
    pub(super) fn number(&self, key: &str) -> Result<Option<Decimal>, Refusal> {
        match self.member(key) {
            None => Ok(None),
            Some(Value::Number(number)) => read_decimal(&number.to_string())
                .map(Some)
                .ok_or_else(|| self.wrong(key, "a number of sensible size")),
            Some(_) => Err(self.wrong(key, "a number")),
        }
    }

    /// Money is decimal text with at most two places.
    pub(super) fn money(&self, key: &str) -> Result<Option<Decimal>, Refusal> {
        let Some(text) = self.text(key)? else {
            return Ok(None);
        };
        text.parse::<Decimal>()
            .ok()
            .filter(|amount| amount.normalize().scale() <= 2)
            .map(Some)
            .ok_or_else(|| self.wrong(key, "decimal text with at most 2 places"))
    }

    /// A required time with an offset.
    pub(super) fn instant(&self, key: &str) -> Result<DateTime<Utc>, Refusal> {
        self.text(key)?
            .and_then(|text| DateTime::parse_from_rfc3339(&text).ok())
            .map(|time| time.with_timezone(&Utc))
            .ok_or_else(|| self.wrong(key, "an RFC 3339 time with an offset"))
    }

    /// A calendar date.
    pub(super) fn date(&self, key: &str) -> Result<Option<NaiveDate>, Refusal> {
        let Some(text) = self.text(key)? else {
            return Ok(None);
        };
        NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .ok()
            .filter(|_| text.len() == 10)
            .map(Some)
            .ok_or_else(|| self.wrong(key, "a date YYYY-MM-DD or null"))
    }
}

fn read_decimal(text: &str) -> Option<Decimal> {
    text.parse()
        .ok()
        .or_else(|| Decimal::from_scientific(text).ok())
}

fn tidy(text: &str) -> String {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
