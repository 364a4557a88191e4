//! `orders`, `order`, `recheck`, `resend`, `withdraw`.

use domain::{HoldCode, Owner};
use engine::actions::{ActionReport, Which};
use engine::views::OrdersView;
use engine::words;
use store::{OrderFilter, OrderState};
use tokio_util::sync::CancellationToken;

use super::sync::with_progress;
use crate::args::{OrdersArgs, ResendArgs};
use crate::exit::{Exit, VENDOR};
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn list(args: &OrdersArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let filter = OrderFilter {
        states: args
            .state
            .as_deref()
            .map(state)
            .transpose()?
            .into_iter()
            .collect(),
        hold: args.hold.as_deref().map(hold).transpose()?,
        owner: args.owner.as_deref().map(owner).transpose()?,
        find: args.find.clone(),
        limit: args.limit,
        after: args.after.clone(),
    };
    let page = home.look(|views| Ok(views.orders(&filter)?))?;
    output.result(&page, || {
        show::orders::page(&page, total(&filter, &page, home), &home.sheet(output))
    });
    Ok(0)
}

/// How many orders there are in all, where that is known without counting them.
fn total(filter: &OrderFilter, page: &OrdersView, home: &Home) -> Option<i64> {
    if page.next.is_none() || filter.find.is_some() || filter.owner.is_some() {
        return None;
    }
    let status = home.look(|views| Ok(views.status()?)).ok()?;
    match (filter.states.first(), filter.hold) {
        (None, None) => Some(status.orders_total),
        (Some(state), None) => status.orders.get(state.word()).copied(),
        (None, Some(code)) => status.holds.get(code.word()).copied(),
        (Some(_), Some(_)) => None,
    }
}

pub(super) fn one(number: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let order = home.look(|views| Ok(views.order(number)?))?;
    output.result(&order, || show::order::life(&order, &home.sheet(output)));
    Ok(0)
}

pub(super) fn explain(number: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let sources = home.look(|views| Ok(views.explain(number)?))?;
    output.result(&serde_json::json!({ "fields": sources }), || {
        show::order::explained(&sources, &home.sheet(output))
    });
    Ok(0)
}

pub(super) async fn release(
    number: &str,
    reason: &str,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    let stop = CancellationToken::new();
    let engine = home.engine(stop.clone())?;
    let released = with_progress(&engine, &stop, output, engine.release(number, reason)).await?;
    let report = released.map_err(|fault| {
        let mut exit = Exit::from(fault);
        if !output.json {
            exit.message = words::sentence(&exit.message);
        }
        exit
    })?;
    Ok(told(&report, home, output))
}

pub(super) async fn recheck(
    numbers: &[String],
    all: bool,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    let which = if all {
        Which::AllHeld
    } else {
        Which::Numbers(numbers.to_vec())
    };
    let stop = CancellationToken::new();
    let engine = home.engine(stop.clone())?;
    let report = with_progress(&engine, &stop, output, engine.recheck(&which)).await??;
    Ok(told(&report, home, output))
}

pub(super) async fn resend(args: &ResendArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let which = match (&args.hold, args.all_rejected) {
        (Some(code), _) => Which::WithHold(hold(code)?),
        (None, true) => Which::AllRejected,
        (None, false) => Which::Numbers(args.numbers.clone()),
    };
    let stop = CancellationToken::new();
    let engine = home.engine(stop.clone())?;
    let report = with_progress(&engine, &stop, output, engine.resend(&which)).await??;
    Ok(told(&report, home, output))
}

pub(super) async fn withdraw(
    number: &str,
    note: &str,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    if note.chars().count() > 200 {
        return Err(Exit::field(
            "note_too_long",
            "--note",
            format!(
                "The note has {} characters; the warehouse takes 200.",
                note.chars().count()
            ),
        ));
    }
    let stop = CancellationToken::new();
    let engine = home.engine(stop.clone())?;
    let report = with_progress(&engine, &stop, output, engine.withdraw(number, note)).await??;
    Ok(told(&report, home, output))
}

fn told(report: &ActionReport, home: &Home, output: &Output) -> u8 {
    output.result(report, || show::actions::acted(report, &home.sheet(output)));
    if report.run.was_kept_from_finishing() {
        VENDOR
    } else {
        0
    }
}

/// A word as people type it, as it is stored: “at the warehouse” is `at_warehouse`.
fn as_stored(word: &str) -> String {
    let word = word.trim().to_lowercase().replace([' ', '-'], "_");
    word.replace("_the_", "_")
}

fn state(word: &str) -> Result<OrderState, Exit> {
    OrderState::from_word(&as_stored(word)).ok_or_else(|| {
        let known: Vec<&str> = OrderState::ALL.iter().map(|state| state.word()).collect();
        Exit::field(
            "state_unknown",
            "--state",
            format!(
                "There is no state “{word}”. States are {}.",
                known.join(", ")
            ),
        )
    })
}

fn hold(word: &str) -> Result<HoldCode, Exit> {
    HoldCode::from_word(&as_stored(word)).ok_or_else(|| {
        let known: Vec<&str> = HoldCode::ALL.iter().map(|code| code.word()).collect();
        Exit::field(
            "hold_unknown",
            "--hold",
            format!("There is no hold “{word}”. Holds are {}.", known.join(", ")),
        )
    })
}

fn owner(word: &str) -> Result<Owner, Exit> {
    Owner::from_word(&as_stored(word)).ok_or_else(|| {
        let known: Vec<&str> = Owner::ALL.iter().map(|owner| owner.word()).collect();
        Exit::field(
            "owner_unknown",
            "--owner",
            format!(
                "There is no owner “{word}”. Owners are {}.",
                known.join(", ")
            ),
        )
    })
}
