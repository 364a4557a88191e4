//! `activity` and `activity verify`.

use chrono::{DateTime, Utc};
use engine::views::{ActivityFilter, hex};
use serde_json::json;

use crate::args::{ActivityArgs, ActivityCommand};
use crate::exit::{Exit, STORE};
use crate::open::Home;
use crate::output::Output;
use crate::show;

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
    output.result(&json!({ "entries": entries }), || {
        show::activity::entries(&entries, &home.sheet(output))
    });
    Ok(0)
}

fn verify(home: &Home, output: &Output) -> Result<u8, Exit> {
    match home.reading()?.verify()? {
        Ok(verified) => {
            let head = hex(&verified.head);
            output.result(
                &json!({ "ok": true, "entries": verified.entries, "head": head }),
                || show::activity::verified(verified.entries, &head),
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
