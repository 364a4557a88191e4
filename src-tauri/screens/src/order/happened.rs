//! What happened to an order, newest first, in plain words.

use engine::views::{Views, time};
use engine::words::{self, TimelineWords};
use store::{EntryRow, SaleKey};

use crate::shapes::{Happened, Tone, UiError};
use crate::text::sentence;

/// Entries of one order at most; of more, the newest.
const MOST: u32 = 500;

/// What happened, newest first.
pub(super) fn happened(look: &Views<'_>, sale: SaleKey) -> Result<Vec<Happened>, UiError> {
    let entries = look.reading.timeline(sale, MOST)?;
    Ok(entries
        .iter()
        .rev()
        .map(|entry| Happened {
            at: time(entry.at),
            tone: tone_of_entry(entry),
            text: told(entry),
            who: by(entry),
            entry: entry.id,
            has_payload: has_payload(entry),
            attempt: entry.attempt,
        })
        .collect())
}

/// What happened, in a sentence.
pub(crate) fn told(entry: &EntryRow) -> String {
    let said = words::happened(&TimelineWords {
        kind: &entry.kind,
        operation: &entry.operation,
        vendor: &entry.vendor,
        outcome: &entry.outcome,
        text: &entry.text,
        attempt: entry.attempt,
    });
    match entry.kind.as_str() {
        "map" => {
            let map = words::capital(words::map(&entry.operation));
            sentence(&format!("{map} {}: {said}", entry.subject))
        }
        _ => sentence(&said),
    }
}

/// Whose doing it was.
pub(crate) fn by(entry: &EntryRow) -> String {
    match entry.who.split_once(": ") {
        Some(("auto", rule)) => format!("Stockbridge, {rule}"),
        _ => match entry.who.as_str() {
            "" | "auto" => "Stockbridge".into(),
            "warehouse" => "Whistl".into(),
            person => person.into(),
        },
    }
}

/// Whether a body was kept of what was sent or answered.
pub(crate) fn has_payload(entry: &EntryRow) -> bool {
    entry.request_hash.is_some() || entry.response_hash.is_some()
}

/// How it went. What is decided goes by its word, a call by whether it was answered.
pub(crate) fn tone_of_entry(entry: &EntryRow) -> Tone {
    match entry.outcome.as_str() {
        "accepted" | "released" | "passed" | "despatched" => Tone::Ok,
        "held" | "rejected" | "refused" | "conflict" | "reference_used_up" | "blocked"
        | "sign_in" | "stuck" | "missing" | "too_late" | "not_cancelled" | "unknown_order" => {
            Tone::Stop
        }
        "unclear"
        | "no_answer"
        | "unreachable"
        | "busy"
        | "failed"
        | "outcome_unknown"
        | "cancelled_after_sending"
        | "changed_after_sending"
        | "unknown_status" => Tone::Warn,
        _ => Tone::Plain,
    }
}
