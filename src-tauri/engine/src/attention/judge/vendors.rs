//! The vendors, the schedule, and sending itself.

use chrono::Duration;
use domain::Owner;

use super::super::alert::{Alert, Level};
use super::super::facts::VendorFacts;
use super::super::notice::Go;
use super::super::phrases::{lasted, orders};
use super::Bench;

/// Shortest time of nobody watching that is worth the journal.
const GAP_WORTH_NOTING_MINUTES: i64 = 1;

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    let mut all: Vec<Alert> = bench
        .facts
        .vendors
        .iter()
        .filter_map(|vendor| vendor_alert(bench, vendor))
        .collect();
    all.extend(paused(bench));
    all.extend(overdue(bench));
    all.extend(fruitless(bench));
    all.extend(gap(bench));
    all
}

fn vendor_alert(bench: &Bench<'_>, vendor: &VendorFacts) -> Option<Alert> {
    let name = vendor.name;
    let subject = if name == "Whistl" { "whistl" } else { "cin7" };
    let made = if !vendor.stopped.is_empty() {
        let mut alert = Alert::new(
            "credentials_refused",
            Level::Urgent,
            Owner::Office,
            format!("{name} refuses the key"),
        );
        alert.text = format!(
            "{name} refuses the credentials ({}). Enter a valid key.",
            vendor.stopped
        );
        alert.body = format!(
            "{} Enter a valid key under Settings, Connections.",
            what_stands_still(bench, subject)
        );
        alert.go = Go::settings("connections");
        alert.since(vendor.failing_since)
    } else if let Some(since) = vendor.failing_since {
        let minutes = Duration::minutes(bench.settings.whole("alerts.silence_minutes"));
        if bench.now - since < minutes {
            return None;
        }
        let mut alert = Alert::new(
            "vendor_silent",
            Level::Urgent,
            Owner::Support,
            format!("{name} has not answered since {}", bench.clock(since)),
        );
        alert.text = format!(
            "{name} has given no usable answer for {} minutes.",
            (bench.now - since).num_minutes()
        );
        alert.body = format!(
            "{} It goes on by itself when {name} answers; nothing is lost.",
            what_stands_still(bench, subject)
        );
        alert.since(Some(since))
    } else {
        let until = vendor.busy_until.filter(|until| *until > bench.now)?;
        let mut alert = Alert::new(
            "vendor_busy",
            Level::Information,
            Owner::Support,
            format!("{name} asked for a pause until {}", bench.clock(until)),
        );
        alert.text.push('.');
        alert
    };
    Some(Alert {
        subject: subject.into(),
        ..made
    })
}

/// What does not happen while that vendor is out of reach.
fn what_stands_still(bench: &Bench<'_>, vendor: &str) -> String {
    if vendor == "cin7" {
        let orders = "No new orders are read.";
        return super::confirm::what_waits(bench)
            .map_or_else(|| orders.into(), |waits| format!("{orders} {waits}"));
    }
    match bench.facts.waiting {
        0 => "Nothing can be sent.".into(),
        waiting => format!("{} to be sent.", orders(waiting, "waits", "wait")),
    }
}

fn paused(bench: &Bench<'_>) -> Option<Alert> {
    let paused = bench.facts.paused.as_ref()?;
    let waiting = bench.facts.waiting;
    let by_itself = paused.by.starts_with("auto");
    let title = if by_itself {
        "Sending paused itself".to_owned()
    } else {
        "Sending is paused".to_owned()
    };
    let mut alert = Alert::new("sending_paused", Level::Urgent, Owner::Office, title);
    alert.count = waiting;
    alert.text = format!(
        "Sending is paused by {} ({}); {}. Resume it when ready.",
        paused.by,
        paused.why,
        orders(waiting, "waits", "wait")
    );
    // What a person typed as the reason stays in the window: it may name somebody.
    alert.body = if by_itself {
        format!("{}. {}.", paused.why, orders(waiting, "waits", "wait"))
    } else {
        format!("By {}. {}.", paused.by, orders(waiting, "waits", "wait"))
    };
    alert.known_to = (!by_itself).then(|| paused.by.clone());
    alert.began = paused.since.parse().ok();
    alert.since = Some(paused.since.clone());
    Some(alert)
}

fn overdue(bench: &Bench<'_>) -> Vec<Alert> {
    let alert = |(job, due): &(&'static str, chrono::DateTime<chrono::Utc>)| {
        let mut alert = Alert::new(
            "overdue",
            Level::NeedsSomeone,
            Owner::Support,
            format!(
                "“{}” has not run since {}",
                crate::words::job(job),
                bench.clock(*due)
            ),
        );
        alert.subject = (*job).into();
        alert.text = format!("The run “{job}” did not happen when it was due.");
        alert.body =
            "What it should bring is older than it seems. If it stays so, start Stockbridge again."
                .into();
        // A vendor that is not called for a while keeps every run waiting that needs it.
        alert.follows = bench.vendor_is_away();
        alert.since(Some(*due))
    };
    bench.facts.overdue.iter().map(alert).collect()
}

/// Runs that happen and do not come through, while the vendor answers other questions.
fn fruitless(bench: &Bench<'_>) -> Vec<Alert> {
    let alert = |(job, since): &(&'static str, chrono::DateTime<chrono::Utc>)| {
        let mut alert = Alert::new(
            "fruitless",
            Level::Urgent,
            Owner::Support,
            format!(
                "“{}” has not come through since {}",
                crate::words::job(job),
                bench.clock(*since)
            ),
        );
        alert.subject = (*job).into();
        let waiting = bench.facts.at_warehouse;
        if *job == "despatches" && waiting > 0 {
            alert.count = waiting;
            alert.body = format!(
                "{} at the warehouse; whether they have left is not known.",
                orders(waiting, "is", "are")
            );
        } else {
            alert.body = "What it should bring is older than it seems.".into();
        }
        alert.text = format!("{}. {}", alert.title, alert.body);
        alert.follows = bench.vendor_is_away();
        alert.since(Some(*since))
    };
    bench.facts.fruitless.iter().map(alert).collect()
}

fn gap(bench: &Bench<'_>) -> Option<Alert> {
    let gap = bench.facts.gap.as_ref().filter(|gap| !gap.caught_up)?;
    let length = gap.to - gap.from;
    let minutes = bench.settings.whole("alerts.gap_minutes");
    let (code, level) = if minutes > 0 && length >= Duration::minutes(minutes) {
        ("gap", Level::NeedsSomeone)
    } else if length >= Duration::minutes(GAP_WORTH_NOTING_MINUTES) {
        ("gap_short", Level::Information)
    } else {
        return None;
    };
    let was = if gap.cause == "off" {
        "Stockbridge was off"
    } else {
        "This computer was asleep"
    };
    let mut alert = Alert::new(
        code,
        level,
        Owner::Support,
        format!("{was} for {}", lasted(length)),
    );
    alert.text = format!(
        "{was} from {} to {}; what happened meanwhile is being caught up with.",
        bench.clock(gap.from),
        bench.clock(gap.to)
    );
    alert.body = format!(
        "From {} to {} nothing was read or sent. Catching up now.",
        bench.clock(gap.from),
        bench.clock(gap.to)
    );
    Some(alert.since(Some(gap.to)))
}
