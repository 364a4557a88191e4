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
        "map" => mapped(entry),
        "decision" if entry.outcome == "exception" => not_told(&entry.text),
        "setting" => set(entry).unwrap_or_else(|| sentence(&said)),
        _ => sentence(&said),
    }
}

/// A despatch that Cin7 Core is not told of, with why in words.
fn not_told(text: &str) -> String {
    sentence(&match text.rsplit_once(": ") {
        Some((said, reason)) => format!("{said}: {}", words::confirmation_reason(reason)),
        None => words::sentence(text),
    })
}

/// A change of a map, with what was mapped.
fn mapped(entry: &EntryRow) -> String {
    let map = words::capital(words::map(&entry.operation));
    let said = match entry
        .text
        .strip_prefix(&format!("{} mapped", entry.operation))
    {
        Some(to) => format!("{map} {} mapped{to}", entry.subject),
        None => format!("{map} {}: {}", entry.subject, entry.text),
    };
    sentence(&said)
}

/// A change of a setting under the title it has here.
fn set(entry: &EntryRow) -> Option<String> {
    let title = crate::settings::title(&entry.subject).or(match entry.subject.as_str() {
        "mode" => Some("Mode"),
        "cin7.base_url" => Some("Address of Cin7 Core"),
        "cin7.location" => Some("Warehouse’s location in Cin7 Core"),
        "whistl.base_url" => Some("Address of Whistl"),
        "whistl.client_code" => Some("Code at Whistl"),
        "whistl.transport" => Some("Way to Whistl"),
        _ => None,
    })?;
    let (_, values) = entry.text.split_once(" changed from ")?;
    // The values are JSON, in which " to " can only stand within quotes.
    let (before, after) = values
        .match_indices(" to ")
        .map(|(at, _)| (&values[..at], &values[at + 4..]))
        .find(|(before, after)| is_json(before) && is_json(after))?;
    Some(sentence(&format!(
        "{title} changed from {} to {}",
        plainly(before),
        plainly(after)
    )))
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

/// A setting's value as it is read aloud.
fn plainly(json: &str) -> String {
    use serde_json::Value;
    match serde_json::from_str(json) {
        Ok(Value::String(text)) if text.is_empty() => "nothing".into(),
        Ok(Value::String(text)) => words::plain(&text),
        Ok(Value::Null) => "nothing".into(),
        Ok(Value::Bool(on)) => if on { "yes" } else { "no" }.into(),
        Ok(Value::Array(parts)) if parts.is_empty() => "nothing".into(),
        Ok(Value::Array(parts)) => {
            let parts: Vec<String> = parts.iter().map(|p| plainly(&p.to_string())).collect();
            parts.join(", ")
        }
        Ok(Value::Object(parts)) if parts.is_empty() => "nothing".into(),
        Ok(Value::Object(parts)) => {
            let part = |(name, value): (&String, &Value)| {
                format!("{name}: {}", plainly(&value.to_string()))
            };
            parts.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        Ok(Value::Number(_)) | Err(_) => json.into(),
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
        "accepted" | "released" | "passed" | "despatched" | "posted" => Tone::Ok,
        "held" | "rejected" | "refused" | "conflict" | "reference_used_up" | "blocked"
        | "exception" | "sign_in" | "stuck" | "missing" | "too_late" | "not_cancelled"
        | "unknown_order" => Tone::Stop,
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

#[cfg(test)]
mod tests {
    use super::not_told;

    #[test]
    fn why_cin7_is_not_told_is_said_in_words() {
        assert_eq!(
            not_told("DSP-1 is not told to Cin7 Core: sale_voided"),
            "DSP-1 is not told to Cin7 Core: the sale is voided."
        );
    }
}
