//! What goes wrong on the way: calls that never arrive, replies that are lost, cut,
//! replaced, slow or without end. The warehouse itself is not troubled by any of it.

use std::time::Duration;

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::refusal::Refusal;
use crate::faults::seconds;
use crate::http::{Answer, Outcome};

/// A page some proxy shows instead of the warehouse (recorded sample).
const NOTICE: &str = "<!DOCTYPE html>\n<html><head><title>Service notice</title></head><body>\
    <h1>We will be back soon</h1><p>Planned work until 06:00.</p></body></html>\n";

/// A page some proxy shows for a path nobody serves.
pub(super) const NOT_FOUND: &str = "<!DOCTYPE html>\n<html><head><title>404 Not Found</title>\
    </head><body><h1>Not Found</h1></body></html>\n";

/// A call that never reaches the warehouse (F02, F12).
pub(super) fn unreached(call: &mut Call<'_>) -> Option<Outcome> {
    if let Some(value) = call.fires("F12") {
        let refused = value.as_str() == Some("refused");
        return Some(if refused {
            Outcome::Dropped
        } else {
            Outcome::Silent
        });
    }
    if call.writes()
        && let Some(value) = call.fires("F02")
    {
        let timeout = value.as_str() == Some("timeout");
        return Some(if timeout {
            Outcome::Silent
        } else {
            Outcome::Dropped
        });
    }
    None
}

/// A reply somebody else gives in the warehouse's place.
pub(super) struct Instead {
    /// What is said.
    pub(super) reply: Result<Reply, Refusal>,
    /// Whether the warehouse has worked on the call all the same.
    pub(super) processed: bool,
    /// Whether the call came as far as the warehouse's own front door.
    pub(super) arrived: bool,
}

/// A reply from somebody else: a redirect, a proxy's page, a server at its end.
pub(super) fn instead(call: &mut Call<'_>) -> Option<Instead> {
    if let Some(value) = call.fires("redirect") {
        let place = value
            .as_str()
            .unwrap_or("https://elsewhere.example.invalid/v1");
        let reply = Ok(Reply::Elsewhere(place.to_owned()));
        return Some(Instead {
            reply,
            processed: false,
            arrived: false,
        });
    }
    if let Some(value) = call.fires("F09") {
        let status = value.get("status").unwrap_or(&value);
        let missing = status.as_u64() == Some(404) || status.as_str() == Some("404");
        let reply = if missing {
            Reply::Page(404, NOT_FOUND)
        } else {
            Reply::Page(200, NOTICE)
        };
        let processed = is_processed(&value);
        return Some(Instead {
            reply: Ok(reply),
            processed,
            arrived: processed,
        });
    }
    let value = call.fires("F06")?;
    let status = value.get("status").unwrap_or(&value).as_u64();
    let status = status
        .and_then(|status| u16::try_from(status).ok())
        .unwrap_or(503);
    let mut refusal = match status {
        500 => Refusal::new(500, "INTERNAL", "Something went wrong."),
        502..=599 => Refusal::new(status, "UNAVAILABLE", "Warehouse system is restarting."),
        _ => Refusal::new(503, "UNAVAILABLE", "Warehouse system is restarting."),
    };
    if let Some(wait) = value.get("retry_after").and_then(Value::as_u64) {
        refusal.retry_after = Some(wait.to_string());
    }
    Some(Instead {
        reply: Err(refusal),
        processed: is_processed(&value),
        arrived: true,
    })
}

fn is_processed(value: &Value) -> bool {
    value.get("processed") == Some(&json!(true))
}

/// Sends an answer down a wire that may fail (F01, F05, F08, `slow`, `endless`).
pub(super) fn send(mut answer: Answer, call: &mut Call<'_>) -> Outcome {
    if call.writes()
        && (200..300).contains(&answer.status)
        && let Some(value) = call.fires("F01")
    {
        let timeout = value.as_str() == Some("timeout");
        return if timeout {
            Outcome::Silent
        } else {
            Outcome::Dropped
        };
    }
    if let Some(value) = call.fires("F08") {
        if value.as_str() == Some("malformed") {
            answer.body.extend_from_slice(b",}");
        } else {
            answer.body.truncate(answer.body.len() * 3 / 5);
        }
    }
    if let Some(value) = call.fires("F05") {
        let half = answer.body.len() / 2;
        let kept = value
            .as_u64()
            .and_then(|kept| usize::try_from(kept).ok())
            .unwrap_or(half);
        let kept = kept.min(answer.body.len());
        return Outcome::CutOff(answer, kept);
    }
    if call.fires("endless").is_some() {
        return Outcome::Endless(answer);
    }
    if let Some(value) = call.fires("slow") {
        let wait: Duration = seconds(&value, 10);
        return Outcome::After(wait, answer);
    }
    Outcome::Whole(answer)
}
