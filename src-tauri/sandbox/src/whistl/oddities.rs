//! The faults that strike a despatch as it is made (F25 to F29): what the switchboard says
//! of this one. Playing them is the business of `leaving`, once and for good, so that what
//! is told and what really moved stay the same however often it is read.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::despatch::FinalFlag;
use super::habits::{Leaving, Short};
use super::order::Order;
use crate::faults::{Switchboard, Vendor};
use crate::http::Moment;

/// Where these faults are aimed at by path.
const PATH: &str = "/v1/despatches";
/// Seconds until late tracking numbers come, and until a despatch is voided, if the fault
/// does not say.
const AN_HOUR: u64 = 3600;
/// Length of a long tracking number if the fault does not say.
const LONG: u64 = 60;
/// Most parcels, and longest number, that a fault makes.
const MOST: u64 = 1000;

/// How the order is named.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Naming {
    /// By a reference nobody knows.
    Unknown(String),
    /// With something put before it.
    Prefixed(String),
    /// In small letters.
    SmallLetters,
}

impl Naming {
    /// The reference as it is told.
    pub(super) fn of(&self, reference: &str) -> String {
        match self {
            Self::Unknown(other) => other.clone(),
            Self::Prefixed(prefix) => format!("{prefix}{reference}"),
            Self::SmallLetters => reference.to_lowercase(),
        }
    }
}

/// Goods nobody asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Beyond {
    /// So many units more of the first line that leaves.
    More(i64),
    /// Units of a SKU that is not on the order; of one on file if none is named.
    Unordered(Option<String>, i64),
}

/// What is wrong with the tracking numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tracking {
    /// None yet; they come by a revision after so many seconds.
    Late(u64),
    /// The same number on two parcels.
    Twice,
    /// A number of so many characters.
    Long(usize),
    /// As many parcels.
    Parcels(usize),
}

/// All that is odd about one despatch.
#[derive(Debug, Default)]
pub(super) struct Oddities {
    pub(super) naming: Option<Naming>,
    pub(super) beyond: Option<Beyond>,
    pub(super) tracking: Option<Tracking>,
    /// Seconds after which it is voided.
    pub(super) void_after: Option<u64>,
}

impl Oddities {
    /// Asks the switchboard about a despatch of this order.
    pub(super) fn decide(board: &mut Switchboard, order: &Order, at: DateTime<Utc>) -> Self {
        let mut fires = |fault: &str| fires(board, fault, order, at);
        Self {
            naming: fires("F25").map(|value| naming(&value)),
            beyond: fires("F26").map(|value| beyond(&value)),
            tracking: fires("F28").map(|value| tracking(&value)),
            void_after: fires("F29").map(|value| value.as_u64().unwrap_or(AN_HOUR)),
        }
    }
}

/// How the rest of an order leaves if F27 strikes it.
pub(super) fn leaving(
    board: &mut Switchboard,
    order: &Order,
    at: DateTime<Utc>,
) -> Option<Leaving> {
    let value = fires(board, "F27", order, at)?;
    let mut leaving = Leaving::whole();
    match value.as_str() {
        Some("not_final") => leaving.flag = Some(FinalFlag::Said(false)),
        Some("no_flag") => leaving.flag = Some(FinalFlag::LeftOut),
        Some("all_short") => leaving.short = Short::Everything,
        word => {
            let parts = value.get("parts").and_then(Value::as_u64);
            leaving.parts = parts.unwrap_or(3).clamp(1, MOST);
            let short = value.get("short").and_then(Value::as_bool);
            if short.unwrap_or(word != Some("parts")) {
                leaving.short = Short::OneUnit { damaged: false };
            }
        }
    }
    Some(leaving)
}

fn fires(board: &mut Switchboard, fault: &str, order: &Order, at: DateTime<Utc>) -> Option<Value> {
    let whistl_ref = order.whistl_ref();
    let mut subjects = vec![order.client_ref.as_str(), whistl_ref.as_str()];
    subjects.extend(order.document_id.as_deref());
    subjects.extend(order.lines.iter().map(|line| line.sku.as_str()));
    let now = Moment {
        world: at,
        metered: Duration::ZERO,
    };
    board.fires(Vendor::Whistl, fault, PATH, &subjects, now)
}

fn naming(value: &Value) -> Naming {
    match value.as_str() {
        Some("prefix") => return Naming::Prefixed("WH-".into()),
        Some("case") => return Naming::SmallLetters,
        _ => {}
    }
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    match text("prefix") {
        Some(prefix) => Naming::Prefixed(prefix),
        None => Naming::Unknown(text("ref").unwrap_or_else(|| "ZZ-99999".into())),
    }
}

fn beyond(value: &Value) -> Beyond {
    let quantity = value.get("quantity").unwrap_or(value).as_i64();
    let quantity = quantity.unwrap_or(1).clamp(1, 9999);
    let sku = value.get("sku").and_then(Value::as_str);
    match value.as_str() {
        Some("unordered") => Beyond::Unordered(None, quantity),
        _ if sku.is_some() => Beyond::Unordered(sku.map(str::to_owned), quantity),
        _ => Beyond::More(quantity),
    }
}

fn tracking(value: &Value) -> Tracking {
    let number = |key: &str| value.get(key).and_then(Value::as_u64);
    let size = |number: u64| usize::try_from(number.clamp(1, MOST)).unwrap_or(1);
    match value.as_str() {
        Some("twice") => return Tracking::Twice,
        Some("long") => return Tracking::Long(size(LONG)),
        _ => {}
    }
    if let Some(length) = number("long") {
        return Tracking::Long(size(length));
    }
    if let Some(parcels) = number("parcels") {
        return Tracking::Parcels(size(parcels));
    }
    Tracking::Late(number("late").or(value.as_u64()).unwrap_or(AN_HOUR))
}
