//! `activity` and `activity verify`.

use chrono::{DateTime, Utc};
use engine::views::{Activity, ActivityFilter};
use serde_json::json;

use crate::args::{ActivityArgs, ActivityCommand};
use crate::exit::{Exit, STORE};
use crate::open::Home;
use crate::output::{Output, table};

pub(super) fn run(args: &ActivityArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    match args.verify {
        Some(ActivityCommand::Verify) => verify(home, output),
        None => list(args, home, output),
    }
}

fn list(args: &ActivityArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let filter = ActivityFilter {
        order: args.order.clone(),
        since: args.since.as_deref().map(instant).transpose()?,
        outcome: args.outcome.clone(),
        limit: args.limit,
        before: args.before,
        payloads: args.payloads,
        personal: args.personal,
    };
    let entries = home.look(|views| Ok(views.activity(&filter)?))?;
    output.result(&json!({ "entries": entries }), || text(&entries));
    Ok(0)
}

fn text(entries: &[Activity]) -> String {
    if entries.is_empty() {
        return "No entries match.".into();
    }
    let rows: Vec<Vec<String>> = entries
        .iter()
        .map(|entry| {
            vec![
                entry.entry.to_string(),
                entry.at.clone(),
                entry.vendor.clone(),
                entry.operation.clone(),
                entry.number.clone().unwrap_or_default(),
                entry.outcome.clone(),
                if entry.duration_ms > 0 {
                    format!("{} ms", entry.duration_ms)
                } else {
                    String::new()
                },
                entry.text.clone(),
            ]
        })
        .collect();
    let mut text = table(
        &[
            "Entry", "When", "Vendor", "What", "Order", "Outcome", "Took", "Note",
        ],
        &rows,
    );
    for entry in entries {
        for (name, body) in [("request", &entry.request), ("response", &entry.response)] {
            if let Some(body) = body {
                text.push_str(&format!("\n{} {name}\n{body}\n", entry.entry));
            }
        }
    }
    text
}

fn verify(home: &Home, output: &Output) -> Result<u8, Exit> {
    match home.reading()?.verify()? {
        Ok(verified) => {
            let head = hex(&verified.head);
            output.result(
                &json!({ "ok": true, "entries": verified.entries, "head": head }),
                || {
                    format!(
                        "All {} entries are as they were written. Head of the chain: {head}",
                        verified.entries
                    )
                },
            );
            Ok(0)
        }
        Err(bad) => {
            let message = format!("Entry {} is not as it was written: {}.", bad.id, bad.what);
            output.result(
                &json!({ "ok": false, "entry": bad.id, "error": { "code": "log_altered", "message": message } }),
                || message.clone(),
            );
            Ok(STORE)
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn instant(text: &str) -> Result<DateTime<Utc>, Exit> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| {
            Exit::field(
                "time_invalid",
                "--since",
                format!("“{text}” is not a time such as 2026-11-24T09:00:00Z."),
            )
        })
}
