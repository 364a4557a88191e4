//! Reads the body of a control call strictly: an object, no field but the known ones,
//! each of its own type. What is wrong is named with what would have been right.

use std::time::Duration;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value};

use crate::http::{Ask, Misuse};

/// The fields of one body.
pub(super) struct Body {
    /// What the fields belong to, for messages.
    call: String,
    fields: Map<String, Value>,
}

/// The body as JSON, whatever it holds.
pub(super) fn json(ask: &Ask, call: &str) -> Result<Value, Misuse> {
    serde_json::from_slice(&ask.body)
        .map_err(|fault| Misuse::bad(format!("{call}: the body is not JSON: {fault}")))
}

impl Body {
    /// The body of a call that takes these fields, all of them optional here.
    pub(super) fn read(ask: &Ask, call: &str, allowed: &[&str]) -> Result<Self, Misuse> {
        Self::of(json(ask, call)?, call, allowed)
    }

    /// A call without a body, or with an empty object.
    pub(super) fn none(ask: &Ask, call: &str) -> Result<(), Misuse> {
        if ask.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        Self::read(ask, call, &[]).map(|_| ())
    }

    /// An object within a body.
    pub(super) fn of(value: Value, call: &str, allowed: &[&str]) -> Result<Self, Misuse> {
        let listed = || match allowed {
            [] => "it takes none".to_owned(),
            names => format!("it takes {}", names.join(", ")),
        };
        let Value::Object(fields) = value else {
            let message = format!("{call}: expected an object, {}", listed());
            return Err(Misuse::bad(message));
        };
        if let Some(name) = fields.keys().find(|name| !allowed.contains(&name.as_str())) {
            let message = format!("{call}: unknown field `{name}`; {}", listed());
            return Err(Misuse::bad(message));
        }
        Ok(Self {
            call: call.to_owned(),
            fields,
        })
    }

    /// A field as sent; null is as good as absent.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Misuse> {
        self.value(name)
            .map(|value| value.as_str().filter(|text| !text.trim().is_empty()))
            .map(|text| text.ok_or_else(|| self.wrong(name, "a text that is not empty")))
            .transpose()
    }

    /// A text that must be there.
    pub(super) fn required_text(&self, name: &str) -> Result<&str, Misuse> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    /// A whole number from `least` on.
    pub(super) fn whole(&self, name: &str, least: u64) -> Result<Option<u64>, Misuse> {
        self.value(name)
            .map(|value| value.as_u64().filter(|number| *number >= least))
            .map(|n| n.ok_or_else(|| self.wrong(name, &format!("a whole number from {least}"))))
            .transpose()
    }

    /// A decimal number, as a number or as text.
    pub(super) fn decimal(&self, name: &str) -> Result<Option<Decimal>, Misuse> {
        self.value(name)
            .map(|value| exact(value).ok_or_else(|| self.wrong(name, "a number such as -2")))
            .transpose()
    }

    /// A span in seconds, fractions allowed.
    pub(super) fn seconds(&self, name: &str, most: u64) -> Result<Option<Duration>, Misuse> {
        let span = |value: &Value| {
            let seconds = exact(value).filter(|_| value.is_number())?;
            let micros = (seconds * Decimal::from(1_000_000)).to_u64()?;
            Some(Duration::from_micros(micros)).filter(|span| span.as_secs() <= most)
        };
        self.value(name)
            .map(|value| {
                let wanted = format!("a number of seconds from 0 to {most}");
                span(value).ok_or_else(|| self.wrong(name, &wanted))
            })
            .transpose()
    }

    /// World seconds in a real one, from 0 on.
    pub(super) fn speed(&self, name: &str, most: f64) -> Result<Option<f64>, Misuse> {
        self.value(name)
            .map(|value| value.as_f64().filter(|speed| (0.0..=most).contains(speed)))
            .map(|speed| {
                speed.ok_or_else(|| self.wrong(name, &format!("a number from 0 to {most}")))
            })
            .transpose()
    }

    /// A chance from 0 to 1.
    pub(super) fn chance(&self, name: &str) -> Result<Option<f64>, Misuse> {
        self.value(name)
            .map(|value| value.as_f64().filter(|chance| (0.0..=1.0).contains(chance)))
            .map(|chance| chance.ok_or_else(|| self.wrong(name, "a number from 0 to 1")))
            .transpose()
    }

    /// Something is missing.
    pub(super) fn missing(&self, name: &str) -> Misuse {
        Misuse::bad(format!("{}: `{name}` is missing", self.call))
    }

    fn wrong(&self, name: &str, wanted: &str) -> Misuse {
        let value = self.fields.get(name).unwrap_or(&Value::Null);
        Misuse::bad(format!(
            "{}: `{name}` is {value}; it must be {wanted}",
            self.call
        ))
    }
}

/// A decimal, digit for digit.
fn exact(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            text.parse()
                .ok()
                .or_else(|| Decimal::from_scientific(&text).ok())
        }
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
