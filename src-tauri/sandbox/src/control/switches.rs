//! Fault switches as JSON: how they are posted, and how they are shown. Which faults
//! there are is each vendor's list; what they do is played there.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::body::Body;
use super::truth::time;
use crate::faults::{Known, Switch, Switchboard, Vendor};
use crate::http::Misuse;
use crate::{cin7, whistl};

/// Furthest a switch reaches: ten years.
const FOR_SECONDS_MAX: u64 = 10 * 366 * 86_400;
const FIELDS: [&str; 8] = [
    "vendor",
    "fault",
    "match",
    "after",
    "times",
    "for_seconds",
    "chance",
    "value",
];

/// Reads a switch as posted to `faults`. Besides the contract's fields `chance` (0 to 1)
/// makes it fire on that share of the calls it would have fired on.
///
/// # Errors
/// A field, vendor or fault is unknown, or a value cannot be meant.
pub fn switch(posted: &Value, now: DateTime<Utc>) -> Result<Switch, Misuse> {
    let body = Body::of(posted.clone(), "faults", &FIELDS)?;
    let vendor = vendor(body.required_text("vendor")?)?;
    let fault = known(vendor, body.required_text("fault")?)?;
    let matching = body.value("match").cloned().unwrap_or_else(|| json!({}));
    let matching = Body::of(matching, "faults.match", &["path", "number"])?;
    let lasts = body.seconds("for_seconds", FOR_SECONDS_MAX)?;
    let until = lasts.map(|span| now + TimeDelta::from_std(span).unwrap_or_default());
    Ok(Switch {
        path: matching.text("path")?.map(str::to_owned),
        number: matching.text("number")?.map(str::to_owned),
        after: body.whole("after", 0)?.unwrap_or(0),
        times: body.whole("times", 1)?,
        until,
        chance: body.chance("chance")?,
        value: body.value("value").cloned(),
        ..Switch::on(vendor, fault)
    })
}

/// A switch as it is shown.
pub(super) fn shown(switch: &Switch) -> Value {
    json!({
        "vendor": switch.vendor,
        "fault": switch.fault,
        "match": { "path": switch.path, "number": switch.number },
        "after": switch.after,
        "times": switch.times,
        "until": switch.until.map(time),
        "chance": switch.chance,
        "value": switch.value,
        "fired": switch.fired,
    })
}

/// All switches, and every fault there is.
pub(super) fn listing(board: &Switchboard) -> Value {
    let all = |vendor| -> Vec<Value> {
        let row = |known: &Known| json!({ "fault": known.name, "does": known.does });
        faults(vendor).iter().map(row).collect()
    };
    json!({
        "faults": board.list().iter().map(shown).collect::<Vec<_>>(),
        "known": { "cin7": all(Vendor::Cin7), "whistl": all(Vendor::Whistl) },
    })
}

fn faults(vendor: Vendor) -> &'static [Known] {
    match vendor {
        Vendor::Cin7 => cin7::FAULTS,
        Vendor::Whistl => whistl::FAULTS,
    }
}

fn vendor(name: &str) -> Result<Vendor, Misuse> {
    match name {
        "cin7" => Ok(Vendor::Cin7),
        "whistl" => Ok(Vendor::Whistl),
        _ => Err(Misuse::bad(format!(
            "faults: vendor `{name}` must be cin7 or whistl"
        ))),
    }
}

fn known(vendor: Vendor, name: &str) -> Result<&'static str, Misuse> {
    let found = faults(vendor)
        .iter()
        .find(|known| known.name.eq_ignore_ascii_case(name));
    found.map(|known| known.name).ok_or_else(|| {
        let names: Vec<&str> = faults(vendor).iter().map(|known| known.name).collect();
        let other = match vendor {
            Vendor::Cin7 => (Vendor::Whistl, "whistl"),
            Vendor::Whistl => (Vendor::Cin7, "cin7"),
        };
        let hint = if faults(other.0)
            .iter()
            .any(|known| known.name.eq_ignore_ascii_case(name))
        {
            format!(" (it is a fault of {})", other.1)
        } else {
            String::new()
        };
        let message = format!(
            "faults: no fault `{name}`{hint}; there are {}",
            names.join(", ")
        );
        Misuse::bad(message)
    })
}
