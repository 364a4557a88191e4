//! What happened to an order, oldest first, in plain sentences.

use engine::views::TimelineView;
use engine::words::{TimelineWords, happened};

use super::sheet::Sheet;

/// The timeline, each line ended; what happened several times running is told once.
pub(crate) fn timeline(entries: &[TimelineView], sheet: &Sheet) -> String {
    let times: Vec<String> = entries.iter().map(|entry| sheet.told(&entry.at)).collect();
    let width = times
        .iter()
        .map(|time| time.chars().count())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        let said = told(entry);
        let same = entries[at..]
            .iter()
            .take_while(|other| told(other) == said)
            .count();
        let said = if same > 1 {
            format!("{said} ({same} times, last {})", times[at + same - 1])
        } else {
            said
        };
        let first = format!("  {:<width$}  ", times[at]);
        text.push_str(&sheet.wrapped(&first, &said, width + 4));
        at += same;
    }
    text
}

fn told(entry: &TimelineView) -> String {
    let said = happened(&TimelineWords {
        kind: &entry.kind,
        operation: &entry.operation,
        vendor: &entry.vendor,
        outcome: &entry.outcome,
        text: &entry.text,
        attempt: entry.attempt,
    });
    said + &by(&entry.who)
}

/// Whose doing it was, where it was not the program's ordinary course.
pub(crate) fn by(who: &str) -> String {
    match who.split_once(": ") {
        _ if matches!(who, "" | "auto" | "warehouse") => String::new(),
        Some(("auto", rule)) => format!(" (rule: {rule})"),
        _ => format!(" (by {who})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::fixtures::{event, sheet};

    #[test]
    fn what_happens_again_and_again_is_told_once() {
        let read = |at: &str| event(at, "call", "read sale", "cin7", "answered", "");
        let entries = [
            read("2026-11-25T09:50:00Z"),
            read("2026-11-25T10:00:00Z"),
            read("2026-11-25T10:10:00Z"),
        ];
        assert_eq!(
            timeline(&entries, &sheet()),
            "  09:50  Read the sale at Cin7 Core (3 times, last 10:10)\n"
        );
    }

    #[test]
    fn a_person_and_a_rule_are_named_and_the_ordinary_course_is_not() {
        assert_eq!(by("auto"), "");
        assert_eq!(by("auto: safety stop"), " (rule: safety stop)");
        assert_eq!(by("ann"), " (by ann)");
    }
}
