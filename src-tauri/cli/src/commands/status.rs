//! `status`, `pause`, `resume`.

use std::fmt::Write as _;

use engine::views::StatusView;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::exit::Exit;
use crate::open::Home;
use crate::output::{Colour, Output};

pub(super) fn run(home: &Home, output: &Output) -> Result<u8, Exit> {
    let status = home.look(|views| Ok(views.status()?))?;
    output.result(&status, || text(&status, output));
    Ok(0)
}

pub(super) fn pause(reason: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    engine.pause_by_hand(reason)?;
    output.result(&json!({ "paused": engine.sending_paused()? }), || {
        "Sending is paused. Orders wait until `resume`.".into()
    });
    Ok(0)
}

pub(super) fn resume(home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    engine.resume_by_hand()?;
    output.result(&json!({ "paused": null }), || {
        "Sending goes on at the next sync.".into()
    });
    Ok(0)
}

fn text(status: &StatusView, output: &Output) -> String {
    let mut text = String::new();
    let mode = if status.mode == "live" {
        "live"
    } else {
        "look only: nothing is sent"
    };
    let _ = writeln!(text, "Mode       {mode}");
    if let Some(pause) = &status.paused {
        let _ = writeln!(
            text,
            "Paused     by {} since {}: {}",
            pause.by, pause.since, pause.why
        );
    }
    let _ = writeln!(
        text,
        "Orders     {} ({} need someone)",
        status.orders_total, status.needs_you
    );
    for (state, count) in status.orders.iter().filter(|(_, n)| **n > 0) {
        let _ = writeln!(text, "  {:<16} {count:>6}", state.replace('_', " "));
    }
    if !status.holds.is_empty() {
        text.push_str("Held for\n");
        for (code, count) in &status.holds {
            let _ = writeln!(text, "  {code:<28} {count:>6}");
        }
    }
    if !status.outside.is_empty() {
        text.push_str("Not due\n");
        for (why, count) in &status.outside {
            let _ = writeln!(text, "  {:<28} {count:>6}", why.replace('_', " "));
        }
    }
    for (name, vendor) in &status.vendors {
        let colour = if vendor.state == "ok" {
            Colour::Ok
        } else {
            Colour::Warn
        };
        let _ = writeln!(
            text,
            "{name:<10} {}  {} of {} calls in the last minute",
            output.paint(colour, vendor.state),
            vendor.calls_last_minute,
            vendor.calls_limit
        );
    }
    if let Some(day) = status.latency.first() {
        let _ = writeln!(
            text,
            "Latency    {}: half within {} s, 95 in 100 within {} s, worst {} s ({} orders)",
            day.day, day.median_seconds, day.p95_seconds, day.worst_seconds, day.count
        );
    }
    for gap in &status.gaps {
        let _ = writeln!(
            text,
            "Gap        this PC was {} from {} to {}",
            gap.cause, gap.from, gap.to
        );
    }
    for alert in &status.alerts {
        let _ = writeln!(text, "{} {}", output.paint(Colour::Stop, "!"), alert.text);
    }
    text
}
