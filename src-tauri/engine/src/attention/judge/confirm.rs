//! What Cin7 has not been told of: the queue of confirmations, and those that wait for a
//! person.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::Owner;

use super::super::alert::{Alert, Level};
use super::super::notice::Go;
use super::super::phrases::many;
use super::{Bench, counted, for_each_owner};

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    let mut all: Vec<Alert> = backlog(bench).into_iter().collect();
    all.extend(for_each_owner(bench, exceptions));
    all
}

fn backlog(bench: &Bench<'_>) -> Option<Alert> {
    let (queue, settings) = (&bench.facts.to_confirm, bench.settings);
    let is_long = queue.waiting >= settings.whole("alerts.confirm_count");
    let minutes = Duration::minutes(settings.whole("alerts.confirm_minutes"));
    let oldest = queue.oldest?;
    if !(is_long || bench.now - oldest >= minutes) || !settings.is_live() {
        return None;
    }
    let waits = waits_to_be_told(queue.waiting, "Cin7 Core");
    let mut alert = Alert::new(
        "confirmations",
        Level::Urgent,
        Owner::Support,
        waits.clone(),
    );
    alert.count = queue.waiting;
    alert.text = format!(
        "{waits}, the oldest since {}{}.",
        bench.clock(oldest),
        likely(bench).map_or_else(String::new, |why| format!("; {why}"))
    );
    alert.body = format!(
        "The oldest since {}. {}",
        bench.clock(oldest),
        likely(bench).map_or_else(
            || "Customers are not told of their parcels meanwhile.".into(),
            |why| format!("{}.", crate::words::capital(&why)),
        )
    );
    // Whoever is told that Cin7 is away is told there what waits for it.
    alert.follows = bench.is_away("Cin7 Core");
    alert.go = Go::confirmations("waiting");
    Some(alert.since(Some(oldest)))
}

/// Why, where one cause is plain.
fn likely(bench: &Bench<'_>) -> Option<String> {
    let cin7 = bench
        .facts
        .vendors
        .iter()
        .find(|vendor| vendor.name == "Cin7 Core")?;
    if !cin7.stopped.is_empty() {
        return Some("Cin7 Core refuses the key".into());
    }
    cin7.failing_since
        .map(|since| format!("Cin7 Core has not answered since {}", bench.clock(since)))
}

/// How many wait to be told, and since when, for whoever is told that Cin7 is away.
pub(super) fn what_waits(bench: &Bench<'_>) -> Option<String> {
    let queue = &bench.facts.to_confirm;
    let oldest = queue.oldest?;
    Some(format!(
        "{}, the oldest since {}.",
        waits_to_be_told(queue.waiting, "it"),
        bench.clock(oldest)
    ))
}

fn waits_to_be_told(waiting: i64, whom: &str) -> String {
    let verb = if waiting == 1 { "waits" } else { "wait" };
    format!("{} {verb} to be told to {whom}", many(waiting, "despatch"))
}

fn exceptions(bench: &Bench<'_>, owner: Owner) -> Option<Alert> {
    let mut reasons: BTreeMap<&str, i64> = BTreeMap::new();
    for (whose, reason, count) in &bench.facts.to_confirm.exceptions {
        if *whose == owner {
            *reasons.entry(reason).or_default() += count;
        }
    }
    let (count, named) = counted(reasons, crate::words::confirmation_reason)?;
    let title = format!(
        "{} not told to Cin7 Core: {}",
        many(count, "despatch"),
        named
    );
    let mut alert = Alert::new("despatch_exceptions", Level::NeedsSomeone, owner, title);
    alert.subject = owner.word().into();
    alert.count = count;
    alert.text = format!("{}.", alert.title);
    alert.body = "Each says what is wrong and what would put it right; then retry it.".into();
    alert.go = Go {
        owner: Some(owner.word()),
        ..Go::confirmations("needs_you")
    };
    Some(alert)
}
