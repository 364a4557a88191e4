//! The control interface: how a test or a person steers both vendors and looks at what
//! they really hold. Strict: whatever it does not understand it names, with what would
//! have been right. It never passes through a vendor's own door, so no call is counted.

mod body;
mod cin7;
mod pace;
mod switches;
#[cfg(test)]
mod tests;
mod trade;
pub(crate) mod truth;
mod whistl;

use std::time::Duration;

use serde_json::{Value, json};

use self::body::Body;
pub use self::switches::switch;
use crate::http::{Answer, Ask, Misuse};
use crate::sandbox::{CONTROL_PATH, Sandbox};

/// Furthest the clock moves in one call: ten years.
const ADVANCE_MAX_SECONDS: u64 = 10 * 366 * 86_400;

/// Every call, for those who ask for another.
const CALLS: [&str; 28] = [
    "GET truth[?part=cin7|whistl|planted]",
    "POST clock",
    "GET pace",
    "POST pace",
    "POST trade",
    "POST faults",
    "GET faults",
    "DELETE faults",
    "POST cin7/sales",
    "PATCH cin7/sales/{number}",
    "POST cin7/sales/{number}/void|fulfil",
    "POST cin7/products",
    "PATCH cin7/products/{sku}",
    "POST cin7/stock",
    "POST cin7/transfers",
    "POST cin7/transfers/{number}/receive",
    "POST cin7/lock",
    "POST cin7/limit",
    "POST whistl/items",
    "PATCH whistl/services",
    "POST whistl/orders/{ref}/step|forget|despatch|void|retrack",
    "POST whistl/feeds/despatches|adjustments",
    "POST whistl/adjust",
    "POST whistl/revise",
    "POST whistl/lose",
    "POST whistl/snapshot",
    "POST whistl/habits",
    "POST whistl/capabilities",
];

/// Answers a control call.
pub(crate) fn answer(sandbox: &mut Sandbox, ask: &Ask) -> Answer {
    let answered = route(sandbox, ask);
    match answered {
        Ok(value) => Answer::json(200, &value),
        Err(misuse) => {
            let code = if misuse.status == 404 {
                "unknown"
            } else {
                "misuse"
            };
            let error = json!({ "error": { "code": code, "message": misuse.message } });
            Answer::json(misuse.status, &error)
        }
    }
}

fn route(sandbox: &mut Sandbox, ask: &Ask) -> Result<Value, Misuse> {
    let path = ask.path.strip_prefix(CONTROL_PATH).unwrap_or(&ask.path);
    let path = path.trim_start_matches('/');
    // A SKU may hold a slash, a trailing one after anything else means nothing.
    let path = path.strip_suffix('/').unwrap_or(path);
    let allowed: &[&str] = if path == "truth" { &["part"] } else { &[] };
    if let Some((name, _)) = ask
        .query
        .iter()
        .find(|(name, _)| !allowed.contains(&name.as_str()))
    {
        let known = if allowed.is_empty() { "none" } else { "part" };
        return Err(Misuse::bad(format!(
            "query {name}: unknown; {path} takes {known}"
        )));
    }
    match (ask.method.as_str(), path) {
        ("GET", "truth") => truth::truth(sandbox, ask.query("part")),
        ("POST", "clock") => clock(sandbox, ask),
        ("GET", "pace") => Ok(pace::shown(sandbox)),
        ("POST", "pace") => pace::change(sandbox, ask),
        ("POST", "trade") => trade::trade(sandbox, ask),
        ("POST", "faults") => {
            let switch = switch(&body::json(ask, "faults")?, sandbox.world())?;
            let shown = switches::shown(&switch);
            sandbox.board.add(switch);
            Ok(shown)
        }
        ("GET", "faults") => Ok(switches::listing(&sandbox.board)),
        ("DELETE", "faults") => {
            sandbox.board.clear();
            Ok(json!({ "faults": [] }))
        }
        _ => match path.split_once('/') {
            Some(("cin7", call)) => cin7::route(sandbox, ask, call),
            Some(("whistl", call)) => whistl::route(sandbox, ask, call),
            _ => Err(unknown(ask)),
        },
    }
}

/// The answer to a call that does not exist.
fn unknown(ask: &Ask) -> Misuse {
    let calls = CALLS.join(", ");
    Misuse::unknown(format!(
        "{} {}: no such control call; there are {calls}",
        ask.method, ask.path
    ))
}

fn clock(sandbox: &mut Sandbox, ask: &Ask) -> Result<Value, Misuse> {
    let body = Body::read(ask, "clock", &["advance_seconds"])?;
    let by = body.seconds("advance_seconds", ADVANCE_MAX_SECONDS)?;
    let by: Duration = by.ok_or_else(|| {
        Misuse::bad("clock: advance_seconds is missing; give the seconds to move on by")
    })?;
    sandbox.advance(by);
    Ok(json!({ "clock": truth::time(sandbox.world()) }))
}
