//! The faults that strike an adjustment as it is made (F31 to F33, F35, F48): what the
//! switchboard says of this one. Like those of a despatch they are played once and for good,
//! so that what is told stays the same however often it is read.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::adjustment::Telling;
use crate::faults::{Switchboard, Vendor};
use crate::http::Moment;

/// Where these faults are aimed at by path.
const PATH: &str = "/v1/adjustments";
/// Seconds until an adjustment is reversed or revised, if the fault does not say.
const AN_HOUR: u64 = 3600;

/// What is odd about the adjustment itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Odd {
    /// It is of a SKU that nobody set up.
    UnknownSku(String),
    /// Its reason is a word nobody agreed on.
    UnknownReason(String),
    /// Nothing changes.
    Zero,
}

/// How it is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TakenBack {
    /// After so many seconds.
    pub(super) after: u64,
    /// Whether the reversal can be read before the adjustment itself.
    pub(super) before: bool,
    /// Whether the reversal tells a unit too many.
    pub(super) inexact: bool,
}

/// All that goes wrong with one adjustment.
#[derive(Debug, Default)]
pub(super) struct Mishaps {
    pub(super) odd: Option<Odd>,
    pub(super) taken_back: Option<TakenBack>,
    /// Seconds after which a revision changes its quantity.
    pub(super) requantified_after: Option<u64>,
    pub(super) telling: Telling,
}

impl Mishaps {
    /// Asks the switchboard about an adjustment of this SKU for this reason. What takes
    /// another back is not taken back itself, nor made odd.
    pub(super) fn decide(
        board: &mut Switchboard,
        sku: &str,
        reason_code: &str,
        is_reversal: bool,
        at: DateTime<Utc>,
    ) -> Self {
        let now = Moment {
            world: at,
            metered: Duration::ZERO,
        };
        let mut fires =
            |fault: &str| board.fires(Vendor::Whistl, fault, PATH, &[sku, reason_code], now);
        let mut mishaps = Self::default();
        mishaps.telling.withheld = fires("F48").is_some();
        mishaps.telling.sku = fires("F35").map(|value| respelt(sku, &value));
        if is_reversal {
            return mishaps;
        }
        mishaps.odd = fires("F31").map(|value| odd(&value));
        mishaps.taken_back = fires("F32").map(|value| taken_back(&value));
        mishaps.requantified_after = fires("F33").map(|value| value.as_u64().unwrap_or(AN_HOUR));
        mishaps
    }
}

fn odd(value: &Value) -> Odd {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    match value.as_str() {
        Some("zero") => return Odd::Zero,
        Some("reason") => return Odd::UnknownReason("EATEN_BY_MICE".into()),
        _ => {}
    }
    match text("reason") {
        Some(reason) => Odd::UnknownReason(reason),
        None => Odd::UnknownSku(text("sku").unwrap_or_else(|| "SOCK99RED".into())),
    }
}

fn taken_back(value: &Value) -> TakenBack {
    let says = |name: &str| value.as_str() == Some(name) || value.get(name).is_some();
    let seconds = |name: &str| value.get(name).and_then(Value::as_u64);
    let after = value.as_u64().or(seconds("early")).or(seconds("inexact"));
    TakenBack {
        after: after.unwrap_or(AN_HOUR),
        before: says("early"),
        inexact: says("inexact"),
    }
}

/// A SKU as another system may spell it (F35): in the other case, with blanks behind it, or
/// without the noughts that an all-digit one begins with.
pub(super) fn respelt(sku: &str, value: &Value) -> String {
    match value.as_str() {
        Some("spaces") => format!("{sku}  "),
        Some("zeros") if sku.bytes().all(|mark| mark.is_ascii_digit()) => {
            sku.trim_start_matches('0').to_owned()
        }
        Some("zeros") => sku.to_owned(),
        _ if sku.chars().any(char::is_lowercase) => sku.to_uppercase(),
        _ => sku.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_sku_is_respelt_as_asked() {
        assert_eq!(respelt("TEAPOT04", &json!(null)), "teapot04");
        assert_eq!(respelt("hpmug001", &json!("case")), "HPMUG001");
        assert_eq!(respelt("TEAPOT04", &json!("spaces")), "TEAPOT04  ");
        assert_eq!(respelt("00042", &json!("zeros")), "42");
    }
}
