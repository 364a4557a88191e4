//! The audit log as a table.

use engine::views::Activity;
use engine::words::{self, TimelineWords, happened};

use super::sheet::Sheet;
use super::table::Table;
use super::timeline::by;

/// The entries as asked for, newest first; bodies below, where they were asked for.
pub(crate) fn entries(entries: &[Activity], sheet: &Sheet) -> String {
    if entries.is_empty() {
        return "No entries match.".into();
    }
    let mut table = Table::new(&[
        ">Entry",
        "When",
        "Order",
        "Outcome",
        ">Took",
        "What happened",
    ]);
    for entry in entries {
        table.row(vec![
            entry.entry.to_string().into(),
            sheet.told_with_seconds(&entry.at).into(),
            entry.number.clone().unwrap_or_default().into(),
            outcome(entry).into(),
            match entry.duration_ms {
                0 => String::new(),
                duration => format!("{duration} ms"),
            }
            .into(),
            (said(entry) + &by(&entry.who)).into(),
        ]);
    }
    let mut text = table.text(sheet);
    for entry in entries {
        for (name, body) in [("sent", &entry.request), ("answered", &entry.response)] {
            if let Some(body) = body {
                text.push_str(&format!("\nEntry {}, {name}:\n{body}\n", entry.entry));
            }
        }
    }
    text
}

/// The word that `--outcome` takes, and the status where it was no success.
fn outcome(entry: &Activity) -> String {
    match entry.status {
        0..=299 => entry.outcome.clone(),
        status => format!("{} {status}", entry.outcome),
    }
}

fn said(entry: &Activity) -> String {
    let said = happened(&TimelineWords {
        kind: &entry.kind,
        operation: &entry.operation,
        vendor: &entry.vendor,
        outcome: &entry.outcome,
        text: &entry.text,
        attempt: entry.attempt,
    });
    if entry.kind == "map" {
        format!(
            "{} {}: {said}",
            words::capital(words::map(&entry.operation)),
            entry.subject
        )
    } else {
        said
    }
}

/// The chain is whole.
pub(crate) fn verified(count: i64, head: &str) -> String {
    format!("All {count} entries are as they were written. Head of the chain: {head}")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::show::fixtures::{activity, sheet};

    #[test]
    fn the_log_tells_what_happened_in_sentences() {
        let mut call = activity(137, "call", "list order events", "");
        call.vendor = "whistl".into();
        call.outcome = "no_answer".into();
        call.status = 503;
        call.duration_ms = 1_204;
        let mut map = activity(138, "map", "service", "service mapped to WHI_EXP");
        map.subject = "DPD Next Day".into();
        map.who = "ann".into();
        let mut check = activity(139, "decision", "check", "Held for phone_missing");
        check.number = Some("SO-00031".into());
        check.outcome = "held".into();
        check.who = "auto".into();
        expect![[r"
            Entry  When      Order     Outcome           Took  What happened
              139  11:59:58  SO-00031  held                    Held: no telephone number
              138  11:59:58                                    Shipping method DPD Next Day: service mapped to WHI_EXP (by ann)
              137  11:59:58            no_answer 503  1204 ms  Asking for news at Whistl: no usable answer
        "]].assert_eq(&entries(&[check, map, call], &sheet()));
    }
}
