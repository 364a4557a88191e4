//! `orders`, `order`, `recheck`, `resend`, `withdraw`.

use domain::{HoldCode, Owner};
use engine::actions::{ActionReport, Which};
use engine::views::{HoldView, OrderDetail, OrderView};
use store::{OrderFilter, OrderState};
use tokio_util::sync::CancellationToken;

use super::sync::with_progress;
use crate::args::{OrdersArgs, ResendArgs};
use crate::exit::{Exit, VENDOR};
use crate::open::Home;
use crate::output::{Colour, Output, table};

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
        if page.orders.is_empty() {
            return match &page.next {
                // A search that would take long stops early, and is no proof of absence.
                Some(next) => format!("None among the newest orders. More: --after {next}"),
                None => "No orders match.".into(),
            };
        }
        let rows: Vec<Vec<String>> = page.orders.iter().map(row).collect();
        let mut text = table(
            &["Order", "State", "Owner", "Ship by", "Value", "Why"],
            &rows,
        );
        if let Some(next) = &page.next {
            text.push_str(&format!("More: --after {next}\n"));
        }
        text
    });
    Ok(0)
}

fn row(order: &OrderView) -> Vec<String> {
    let why: Vec<&str> = order.holds.iter().map(|hold| hold.code.as_str()).collect();
    vec![
        order.number.clone(),
        order.state.replace('_', " "),
        order.owner.clone().unwrap_or_default(),
        order.ship_by.clone().unwrap_or_default(),
        format!("{} {}", order.currency, order.value),
        why.join(", "),
    ]
}

pub(super) fn one(number: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let order = home.look(|views| Ok(views.order(number)?))?;
    output.result(&order, || life(&order, output));
    Ok(0)
}

pub(super) fn explain(number: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let sources = home.look(|views| Ok(views.explain(number)?))?;
    output.result(&serde_json::json!({ "fields": sources }), || {
        let rows: Vec<Vec<String>> = sources
            .iter()
            .map(|s| {
                vec![
                    s.payload_field.clone(),
                    s.value.clone(),
                    s.cin7_field.clone(),
                    s.rule.clone(),
                ]
            })
            .collect();
        table(&["Field", "Value", "From Cin7", "Rule"], &rows)
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
    let report = with_progress(&engine, &stop, output, engine.release(number, reason)).await??;
    Ok(told(&report, output))
}

fn life(detail: &OrderDetail, output: &Output) -> String {
    let order = &detail.order;
    let mut text = format!(
        "{}  {}  {} {}\n",
        order.number,
        output.paint(state_colour(&order.state), &order.state.replace('_', " ")),
        order.currency,
        order.value
    );
    for (name, value) in [
        ("Reference at Whistl", &order.client_reference),
        ("Whistl's number", &order.whistl_reference),
        ("Ship by", &order.ship_by),
        ("Next try", &order.next_at),
    ] {
        if let Some(value) = value {
            text.push_str(&format!("  {name}: {value}\n"));
        }
    }
    for hold in &order.holds {
        text.push_str(&card(hold, output));
    }
    text.push_str("\nLines\n");
    for line in &detail.lines {
        text.push_str(&format!(
            "  {} × {}  {}\n",
            line.quantity, line.sku, line.name
        ));
    }
    text.push_str("\nWhat happened\n");
    for entry in &detail.timeline {
        let who = if entry.who.is_empty() {
            String::new()
        } else {
            format!(" ({})", entry.who)
        };
        let said = if entry.text.is_empty() {
            &entry.outcome
        } else {
            &entry.text
        };
        text.push_str(&format!(
            "  {}  {}: {said}{who}\n",
            entry.at, entry.operation
        ));
    }
    text
}

/// A hold card: the field, the marked value, whose it is, the fix.
fn card(hold: &HoldView, output: &Output) -> String {
    let mut text = format!(
        "\n  {}  {}\n    {}: {}\n",
        output.paint(Colour::Stop, &hold.code),
        output.paint(Colour::Dim, &format!("owner {}", hold.owner)),
        hold.field,
        if hold.value.is_empty() {
            "(empty)"
        } else {
            &hold.value
        },
    );
    if !hold.marks.is_empty() {
        let length = hold.value.chars().count();
        let under: String = (0..length)
            .map(|at| {
                if hold
                    .marks
                    .iter()
                    .any(|(from, to)| (*from..*to).contains(&at))
                {
                    '^'
                } else {
                    ' '
                }
            })
            .collect();
        let pad = " ".repeat(hold.field.chars().count() + 6);
        text.push_str(&format!(
            "{pad}{}\n",
            output.paint(Colour::Stop, under.trim_end())
        ));
    }
    text.push_str(&format!(
        "    Expected: {}\n    Fix: {}\n",
        hold.expected, hold.fix
    ));
    text
}

fn state_colour(state: &str) -> Colour {
    match state {
        "held" | "rejected" | "blocked" => Colour::Stop,
        "unclear" | "waiting" | "sending" => Colour::Warn,
        "cancelled" => Colour::Dim,
        _ => Colour::Ok,
    }
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
    Ok(told(&report, output))
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
    Ok(told(&report, output))
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
    Ok(told(&report, output))
}

fn told(report: &ActionReport, output: &Output) -> u8 {
    output.result(report, || {
        let mut text = String::new();
        for order in &report.orders {
            text.push_str(&format!(
                "{}  {} → {}  {}\n",
                order.number,
                order.before.replace('_', " "),
                output.paint(state_colour(&order.after), &order.after.replace('_', " ")),
                order.message
            ));
        }
        if report.orders.is_empty() {
            text.push_str("No orders match.\n");
        }
        if report.untouched > 0 {
            text.push_str(&format!(
                "{} left untouched: {}\n",
                report.untouched, report.stopped_because
            ));
        }
        text
    });
    if report.run.was_kept_from_finishing() {
        VENDOR
    } else {
        0
    }
}

fn state(word: &str) -> Result<OrderState, Exit> {
    OrderState::from_word(word).ok_or_else(|| {
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
    HoldCode::from_word(word).ok_or_else(|| {
        let known: Vec<&str> = HoldCode::ALL.iter().map(|code| code.word()).collect();
        Exit::field(
            "hold_unknown",
            "--hold",
            format!("There is no hold “{word}”. Holds are {}.", known.join(", ")),
        )
    })
}

fn owner(word: &str) -> Result<Owner, Exit> {
    Owner::from_word(word).ok_or_else(|| {
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
