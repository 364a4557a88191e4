//! Times, spans and names as a pack tells them, the same on a page and in a table.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::facts::{DespatchFacts, EntryFacts, Facts, OrderFacts, Wait};
use crate::words::{self, TimelineWords};

/// Tells times in the zone of a pack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock(Tz);

impl Clock {
    pub(super) fn of(facts: &Facts) -> Self {
        Self(facts.time_zone.parse().unwrap_or(chrono_tz::UTC))
    }

    /// `24 Nov 2026 09:31:07 GMT`; what is no time stays as it is.
    pub(super) fn time(self, text: &str) -> String {
        DateTime::parse_from_rfc3339(text).map_or_else(
            |_| text.to_owned(),
            |at| {
                at.with_timezone(&self.0)
                    .format("%-d %b %Y %H:%M:%S %Z")
                    .to_string()
            },
        )
    }

    /// The same, or a dash for none.
    pub(super) fn maybe(self, text: Option<&String>) -> String {
        text.map_or_else(|| "–".into(), |text| self.time(text))
    }
}

/// A side's name.
pub(super) fn side(word: &str) -> &str {
    if word.is_empty() {
        "–"
    } else {
        words::side(word)
    }
}

/// Whose clock says so.
pub(super) fn clock(word: &str) -> &str {
    match word {
        "cin7" => "Cin7 Core",
        "whistl" => "Whistl",
        "stockbridge" => "Stockbridge",
        _ => "–",
    }
}

/// Whether an order left in time, in a sentence; none where it had no time to leave by.
pub(super) fn in_time(order: &OrderFacts, made_at: &str) -> Option<String> {
    let by = instant(order.ship_by.as_deref()?)?;
    let left = order.left_at.as_deref().and_then(instant);
    let late = left.or_else(|| instant(made_at))? - by;
    let how = words::span(late.num_seconds().abs());
    Some(match (left, late.num_seconds() > 0) {
        (Some(_), true) => format!("left {how} after it had to"),
        (Some(_), false) => format!("left {how} before it had to"),
        (None, true) => format!("had not left whole {how} after it had to"),
        (None, false) => format!("has {how} left in which to leave"),
    })
}

/// Whose time it was, summed: the order's own waits, the longest first.
pub(super) fn sums(order: &OrderFacts) -> Vec<(&str, i64)> {
    let mut sums: Vec<(&str, i64)> = Vec::new();
    for wait in order.waits.iter().filter(|wait| wait.despatch.is_none()) {
        match sums.iter_mut().find(|(who, _)| *who == wait.who) {
            Some((_, sum)) => *sum += wait.seconds,
            None => sums.push((&wait.who, wait.seconds)),
        }
    }
    sums.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    sums
}

/// What a wait is of.
pub(super) fn what_of(wait: &Wait) -> String {
    match &wait.despatch {
        None => wait.what.clone(),
        Some(id) => format!("{id}: {}", wait.what),
    }
}

/// An entry as a sentence.
pub(super) fn sentence(entry: &EntryFacts) -> String {
    if entry.kind == "outcome" && entry.text.is_empty() {
        let (name, came) = (words::vendor(&entry.vendor), words::outcome(&entry.outcome));
        return format!("{name}'s answer to {}: {came}", entry.operation);
    }
    words::happened(&TimelineWords {
        kind: &entry.kind,
        operation: &entry.operation,
        vendor: &entry.vendor,
        outcome: &entry.outcome,
        text: &entry.text,
        attempt: entry.attempt,
    })
}

/// Where a despatch stands in Cin7 Core.
pub(super) fn standing(despatch: &DespatchFacts) -> String {
    let word = words::confirmation(&despatch.state);
    if despatch.reason.is_empty() {
        word.to_owned()
    } else {
        format!("{word} ({})", words::plain(&despatch.reason))
    }
}

/// What a pack proves, a paragraph each; the same words in both forms.
pub(super) const WHAT_IT_PROVES: [&str; 3] = [
    "This document carries its facts a second time, in a form for machines. “stockbridge-cli proof verify” with this file, on any computer and without Stockbridge's database, makes the hash of those facts again, makes each log entry's hash again from what the entry says and the hash of the entry before it, and compares all that is shown with the facts. One changed byte fails.",
    "Each hash of the chain depends on every entry before it. The merchant's own Stockbridge holds the whole log, and checks it with “stockbridge-cli activity verify”: if an entry here has the same number and hash there, it was written before all that follows it and has not been changed since. Hashes of payloads are the SHA-256 of each message's bytes as they were sent or received, personal data included; whoever holds the message can compare.",
    "What it does not prove by itself: who made it, or that the log was true when it was written. There is no signature, and somebody with the program could make another document with hashes that agree among themselves. It counts as much as the fingerprint and the log's end shown here can be matched with what the merchant, the warehouse or Cin7 Core hold independently, or were told at the time. Times stand by the clock that is named beside them, and clocks may differ by seconds. A wait is attributed as far as the stamps tell; time in which the merchant had paused sending, or a rule of theirs held an order back for a while, counts as Stockbridge's.",
];

/// What is left out, in a sentence.
pub(super) const WHAT_IS_LEFT_OUT: &str = "Customers' names, addresses, telephone numbers and e-mail addresses are not in this document. Names of the merchant's people, and what they typed, are replaced by •••; the hash of such an entry is shown as the log has it, and cannot be made again from here.";

fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}
