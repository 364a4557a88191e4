//! What Cin7 has not been told of: the queue of confirmations, and those that wait for a
//! person.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::Owner;

use super::super::alert::{Alert, Level};
use super::super::notice::Go;
use super::super::phrases::many;
use super::{Bench, cause_before, counted, for_each_owner, with_cause};

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
    let (since, likely) = (bench.clock(oldest), likely(bench));
    alert.text = with_cause(
        &format!("{waits}, the oldest since {since}"),
        likely.as_deref(),
    );
    alert.body = format!(
        "The oldest since {since}. {}",
        likely.map_or_else(
            || "Customers are not told of their parcels meanwhile.".into(),
            |why| format!("{}.", crate::words::capital(&why)),
        )
    );
    // Whoever is told that Cin7 is away is told there what waits for it.
    alert.follows = bench.is_away("Cin7 Core");
    alert.go = Go::confirmations("waiting");
    Some(alert.since(Some(oldest)))
}

/// Why, where one cause is plain: Cin7 itself before one carrier.
fn likely(bench: &Bench<'_>) -> Option<String> {
    let of_cin7 = bench
        .facts
        .vendors
        .iter()
        .find(|vendor| vendor.name == "Cin7 Core")
        .and_then(|cin7| {
            if !cin7.stopped.is_empty() {
                return Some("Cin7 Core refuses the key".into());
            }
            cin7.failing_since
                .map(|since| format!("Cin7 Core has not answered since {}", bench.clock(since)))
        });
    of_cin7.or_else(|| bench.facts.to_confirm.by.as_ref()?.said("", OTHERS_TOLD))
}

/// What happens to those of other carriers meanwhile.
const OTHERS_TOLD: &str = "those of other carriers are told";

/// That what is not told goes by one carrier, where that is plain. Which of them is said only
/// beside others.
fn of_one_carrier(bench: &Bench<'_>, owner: Owner, reasons: usize) -> Option<String> {
    let shared = bench.facts.to_confirm.exceptions_by.iter();
    let mut shared = shared.filter(|(whose, ..)| *whose == owner);
    shared.find_map(|(_, reason, one)| {
        let which = match (reasons, reason.as_str()) {
            (1, _) => "",
            (_, "refused_by_cin7") => " that Cin7 Core refused",
            _ => " that could not be read",
        };
        one.said(which, OTHERS_TOLD)
    })
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
    let said = of_one_carrier(bench, owner, reasons.len());
    let (count, named) = counted(reasons, crate::words::confirmation_reason)?;
    let title = format!(
        "{} not told to Cin7 Core: {}",
        many(count, "despatch"),
        named
    );
    let mut alert = Alert::new("despatch_exceptions", Level::NeedsSomeone, owner, title);
    alert.subject = owner.word().into();
    alert.count = count;
    alert.text = with_cause(&alert.title, said.as_deref());
    alert.body = cause_before(
        said.as_deref(),
        "Each says what is wrong and what would put it right; then retry it.",
    );
    alert.go = Go {
        owner: Some(owner.word()),
        ..Go::confirmations("needs_you")
    };
    Some(alert)
}
