//! A SKU's past: what moved and what was decided, each as one line, and its figures at each
//! comparison.

use engine::views::{
    DriftDecisionView, DriftHistoryView, DriftMovementView, DriftPointView, Views,
};
use engine::words::{self, capital};

use super::figures::{read, signed};
use super::rows::tone;
use crate::needs::go_drift;
use crate::shapes::{DriftCategory, DriftEvent, DriftPoint, Go, Screen, Tone};
use crate::text::{clock, last_day};

/// The figures at one comparison.
pub(super) fn point(point: &DriftPointView) -> DriftPoint {
    DriftPoint {
        at: point.at.clone(),
        cin7: point.cin7_on_hand.clone(),
        whistl: point.whistl_on_hand.clone(),
        expected: point.expected.clone(),
        unexplained: point.unexplained.clone(),
        means: words::drift_category(&point.category).to_owned(),
        tone: tone(DriftCategory::of(&point.category)),
    }
}

/// What moved and what was decided, the last one first.
pub(super) fn all(look: &Views<'_>, past: &DriftHistoryView) -> Vec<DriftEvent> {
    let mut all: Vec<DriftEvent> = past.movements.iter().map(|one| moved(look, one)).collect();
    all.extend(past.decisions.iter().map(|one| decided(look, one)));
    // Instants of one form: their text is in the order of time.
    all.sort_by(|a, b| b.at.cmp(&a.at));
    all
}

/// One movement.
pub(super) fn moved(look: &Views<'_>, one: &DriftMovementView) -> DriftEvent {
    let is_despatch = one.kind == "despatch";
    let title = match (is_despatch, one.about.as_str()) {
        (true, "") => "Left, for an order nobody knows".to_owned(),
        (true, number) if one.units.starts_with('-') || one.units == "0" => {
            format!("Left for {number}")
        }
        (true, number) => format!("Did not leave after all, for {number}"),
        (false, "") => "Adjusted at Whistl".to_owned(),
        (false, reason) => format!("Adjusted at Whistl: {}", words::plain(reason)),
    };
    let told = match (&one.posted_at, one.document.as_str()) {
        (Some(at), "") => format!("in Cin7 Core since {}", told(look, at)),
        (Some(at), number) => format!("in Cin7 Core since {}, {number}", told(look, at)),
        (None, _) if is_despatch => format!("Cin7 Core: {}", one.state_text),
        (None, _) => one.state_text.clone(),
    };
    DriftEvent {
        at: one.at.clone(),
        title,
        detail: format!("{}, {told}", one.id),
        change: signed(read(&one.units)),
        tone: match one.state.as_str() {
            "posted" | "already_in_cin7" => Tone::Ok,
            "exception" | "failed" => Tone::Stop,
            "needs_approval" | "unclear" => Tone::Warn,
            _ => Tone::Plain,
        },
        go: is_despatch.then(|| Go {
            screen: Screen::Confirmations,
            ..go_drift(None, Some(one.id.clone()))
        }),
    }
}

fn decided(look: &Views<'_>, one: &DriftDecisionView) -> DriftEvent {
    let mut title = capital(words::drift_decision(&one.what));
    if let Some(until) = &one.until {
        title.push_str(&format!(" until {}", last_day(until, look.settings.zone())));
    }
    if !one.document.is_empty() {
        title.push_str(&format!(" as {}", one.document));
    }
    title.push_str(&format!(" by {}", one.who));
    DriftEvent {
        at: one.at.clone(),
        title,
        detail: one.note.clone(),
        change: match one.what.as_str() {
            "post" => signed(read(&one.units)),
            _ => String::new(),
        },
        tone: match one.document_state.as_str() {
            "failed" | "unmoved" => Tone::Stop,
            "unclear" => Tone::Warn,
            _ => Tone::Info,
        },
        go: None,
    }
}

fn told(look: &Views<'_>, at: &str) -> String {
    at.parse().map_or_else(
        |_| at.to_owned(),
        |at| clock(at, look.now, look.settings.zone()),
    )
}
