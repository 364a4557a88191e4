//! What an answer, or the lack of one, came to. Pure.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::de::IgnoredAny;

use super::ReadStatus;
use crate::{Fault, Redactor, Response, WireFault, retry_after};

/// Longest piece of an answer quoted in a message, characters.
const QUOTED: usize = 200;

/// An answer came.
pub(super) fn answer(
    response: Response,
    write: bool,
    status: &dyn ReadStatus,
    now: DateTime<Utc>,
) -> Result<Response, Fault> {
    match response.status {
        200..=299 => match not_json(&response) {
            None => Ok(response),
            Some(problem) => Err(unknown(
                write,
                None,
                format!("{problem}: {}", quote(&response)),
            )),
        },
        300..=399 => Err(Fault::Redirected(
            response
                .header("location")
                .unwrap_or("an address it does not name")
                .to_owned(),
        )),
        _ => Err(status.refusal(&response, write, now).unwrap_or_else(|| {
            let wait = response
                .header("retry-after")
                .and_then(|text| retry_after::read(text, now));
            unknown(
                write,
                wait,
                format!("status {}: {}", response.status, quote(&response)),
            )
        })),
    }
}

/// No answer came.
pub(super) fn wire_fault(fault: WireFault, write: bool, redactor: &Redactor) -> Fault {
    match fault {
        WireFault::NotSent(message) => Fault::Unreachable(redactor.text(&message)),
        WireFault::Broken(_) | WireFault::TimedOut(_) | WireFault::TooLong(_) => {
            unknown(write, None, redactor.text(&fault.to_string()))
        }
    }
}

/// A question is merely unanswered; a write may have happened.
fn unknown(write: bool, wait: Option<Duration>, message: String) -> Fault {
    if write {
        Fault::Unclear { wait, message }
    } else {
        Fault::NoAnswer { wait, message }
    }
}

/// Why a 2xx answer cannot be believed: a wrong path is answered with a page and 200.
fn not_json(response: &Response) -> Option<String> {
    if response.status == 204 && response.body.is_empty() {
        return None;
    }
    let kind = response.header("content-type").unwrap_or("");
    if !kind.to_ascii_lowercase().contains("json") {
        let kind = if kind.is_empty() {
            "an unnamed type"
        } else {
            kind
        };
        return Some(format!(
            "status {} with {kind} where JSON was expected",
            response.status
        ));
    }
    let fault = serde_json::from_slice::<IgnoredAny>(&response.body).err()?;
    Some(format!(
        "status {} with broken JSON ({fault})",
        response.status
    ))
}

/// The beginning of the answer on one line.
fn quote(response: &Response) -> String {
    let text = String::from_utf8_lossy(&response.body[..response.body.len().min(4 * QUOTED)]);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return "an empty answer".into();
    }
    line.chars()
        .filter(|c| !c.is_control())
        .take(QUOTED)
        .collect()
}
