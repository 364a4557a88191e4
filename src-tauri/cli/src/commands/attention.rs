//! `alerts`, `put-off`, `bring-back`, `assign`, `note`, `settle`, `owners`.

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use engine::Engine;
use engine::views::OrderDetail;
use serde_json::json;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

use crate::args::{AlertsCommand, NoteArgs, PutOffArgs, SettleArgs};
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

/// Lists what needs someone, or does something about one of it.
pub(super) fn alerts(
    what: Option<&AlertsCommand>,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    match what {
        None | Some(AlertsCommand::List) => {
            let status = home.look(|views| Ok(views.status()?))?;
            output.result(&json!({ "alerts": status.attention }), || {
                show::attention::alerts(&status.attention, &home.sheet(output))
            });
        }
        Some(AlertsCommand::Take { id }) => {
            let taken = engine(home)?.take_alert(id)?;
            output.result(&taken, || {
                format!(
                    "{} has it. It is not shown again unless there is more of it.",
                    taken.taken_by
                )
            });
        }
        Some(AlertsCommand::Done { id }) => {
            engine(home)?.close_alert(id)?;
            output.result(&json!({ "id": id, "closed": true }), || {
                "Done with. If its cause remains it comes back at the next look.".into()
            });
        }
    }
    Ok(0)
}

/// Puts an order off.
pub(super) fn put_off(args: &PutOffArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let sheet = home.sheet(output);
    let until = time(&args.until, sheet.zone, sheet.now)?;
    engine(home)?.put_off(&args.number, until, &args.reason)?;
    told(&args.number, home, output, |_| {
        format!(
            "{} is put off to {}. It still counts as open, and comes back by itself.",
            args.number,
            sheet.time(until)
        )
    })
}

/// Brings an order back.
pub(super) fn bring_back(number: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    engine(home)?.bring_back(number)?;
    told(number, home, output, |_| {
        format!("{number} is back on the list.")
    })
}

/// Gives an order to an owner.
pub(super) fn assign(number: &str, owner: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    engine(home)?.assign(number, owner)?;
    told(number, home, output, |detail| {
        let owner = detail.assigned.unwrap_or_default();
        format!(
            "{number} is now for {} to put right.",
            engine::words::owner(owner)
        )
    })
}

/// Says that something about an order is settled.
pub(super) fn settle(args: &SettleArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    engine(home)?.settle(&args.number, &args.reason)?;
    told(&args.number, home, output, |_| {
        format!("{} is settled; the reason is kept as a note.", args.number)
    })
}

/// Writes a note on an order.
pub(super) fn note(args: &NoteArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    engine(home)?.note(&args.number, &args.text, args.to.as_deref())?;
    told(&args.number, home, output, |_| {
        format!(
            "Noted. `order {}` shows it with everything else.",
            args.number
        )
    })
}

/// How long each owner had orders.
pub(super) fn owners(days: u32, home: &Home, output: &Output) -> Result<u8, Exit> {
    let owners = home.look(|views| Ok(views.owners(days)?))?;
    output.result(&json!({ "days": days, "owners": owners }), || {
        show::attention::owners(&owners, days, &home.sheet(output))
    });
    Ok(0)
}

fn engine(home: &Home) -> Result<Arc<Engine>, Exit> {
    home.engine(CancellationToken::new())
}

/// What people have said about the order, after what was just said.
fn told(
    number: &str,
    home: &Home,
    output: &Output,
    text: impl FnOnce(&OrderDetail) -> String,
) -> Result<u8, Exit> {
    let detail = home.look(|views| Ok(views.order(number)?))?;
    let value = json!({
        "number": detail.order.number,
        "owner": detail.order.owner,
        "assigned": detail.assigned,
        "put_off": detail.put_off,
        "notes": detail.notes,
    });
    output.result(&value, || text(&detail));
    Ok(0)
}

/// A time as people type it: RFC 3339, a day with a time, or a time alone for its next
/// coming; the latter two in the merchant's zone.
fn time(text: &str, zone: Tz, now: DateTime<Utc>) -> Result<DateTime<Utc>, Exit> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    let local = |at: NaiveDateTime| {
        zone.from_local_datetime(&at)
            .earliest()
            .map(|at| at.with_timezone(&Utc))
    };
    let day_and_time = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .and_then(local);
    let next = || {
        let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
        let today = now.with_timezone(&zone).date_naive();
        [Some(today), today.succ_opt()]
            .into_iter()
            .flatten()
            .filter_map(|day| local(day.and_time(time)))
            .find(|at| *at > now)
    };
    day_and_time.or_else(next).ok_or_else(|| {
        Exit::field(
            "time_invalid",
            "--until",
            format!(
                "“{text}” is no time. Give one such as 09:00, 2026-11-25 09:00 or 2026-11-25T09:00:00Z."
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Exit> {
        let now = "2026-06-30T12:00:00Z".parse().unwrap();
        time(text, chrono_tz::Europe::London, now).map(|at| at.to_rfc3339())
    }

    #[test]
    fn a_time_is_taken_the_way_people_type_it() {
        let told: Vec<String> = [
            "2026-07-01T09:00:00+02:00",
            "2026-07-01 09:00",
            "2026-12-01T09:00",
            "14:30",
            "09:00",
        ]
        .map(|text| read(text).unwrap())
        .to_vec();
        assert_eq!(
            told,
            [
                "2026-07-01T07:00:00+00:00",
                "2026-07-01T08:00:00+00:00",
                "2026-12-01T09:00:00+00:00",
                "2026-06-30T13:30:00+00:00",
                "2026-07-01T08:00:00+00:00",
            ]
        );
    }

    #[test]
    fn what_is_no_time_is_named_with_what_would_be() {
        for text in ["soon", "25:00", "2026-02-30 09:00", ""] {
            let exit = read(text).unwrap_err();
            assert_eq!(exit.field.as_deref(), Some("--until"), "{text}");
            assert!(exit.message.contains("09:00"), "{}", exit.message);
        }
    }
}
