//! Orders that will miss a cut-off of today unless someone acts (B31), and those that have
//! just missed one.

use chrono::{DateTime, Duration, Utc};
use domain::{HoldCode, Owner};

use super::super::alert::{Alert, Level};
use super::super::facts::ToLeave;
use super::super::notice::Go;
use super::super::phrases::{causes, many};
use super::Bench;

/// How long a missed cut-off is told of.
const MISSED_HOURS: i64 = 24;
/// Orders that can be sent in a minute, at the least.
const A_MINUTE: i64 = 50;

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    let warning = Duration::minutes(bench.settings.whole("alerts.cutoff_warning_minutes"));
    if warning.is_zero() || !bench.settings.is_live() {
        return Vec::new();
    }
    bench
        .facts
        .to_leave
        .iter()
        .filter_map(|to_leave| {
            if to_leave.at > bench.now {
                (to_leave.at - bench.now <= warning).then(|| will_miss(bench, to_leave))?
            } else {
                missed(bench, to_leave)
            }
        })
        .collect()
}

/// How many cannot make it whatever the office does: no stock, or put off past it.
fn lost(to_leave: &ToLeave) -> i64 {
    let no_stock: i64 = to_leave
        .stuck
        .iter()
        .filter(|(_, cause, _)| *cause == Some(HoldCode::Backordered))
        .map(|(_, _, count)| count)
        .sum();
    no_stock + to_leave.put_off
}

/// Whether what is waiting goes by itself in the time that is left.
fn sending_is_stuck(bench: &Bench<'_>) -> bool {
    bench.facts.paused.is_some()
        || bench.facts.vendors.iter().any(|vendor| {
            vendor.name == "Whistl"
                && (!vendor.stopped.is_empty() || vendor.failing_since.is_some())
        })
}

fn will_miss(bench: &Bench<'_>, to_leave: &ToLeave) -> Option<Alert> {
    let stuck: i64 = to_leave.stuck.iter().map(|(_, _, count)| count).sum();
    let left = to_leave.at - bench.now;
    let room = (left.num_minutes() * A_MINUTE).max(0);
    // What passed goes by itself, unless sending stands still or there is more than fits.
    let waiting = if sending_is_stuck(bench) {
        to_leave.waiting
    } else {
        (to_leave.waiting - room).max(0)
    };
    let count = stuck + waiting;
    if count == 0 {
        return None;
    }
    let savable = (count - lost(to_leave).min(stuck)).min(room).max(0);
    let at = bench.clock(to_leave.at);
    let mut alert = Alert::new(
        "cut_off",
        Level::Urgent,
        owner(to_leave),
        format!("{} will miss the {at} cut-off", many(count, "order")),
    );
    alert.subject = subject(to_leave.at);
    alert.count = count;
    let saved = match (savable, count) {
        (0, _) => "None can still be saved.".to_owned(),
        (savable, count) if savable == count => {
            if count == 1 {
                "It can still be saved.".into()
            } else {
                "All can still be saved.".into()
            }
        }
        (savable, _) => format!("{savable} can still be saved."),
    };
    alert.body = format!("{}. {saved}", listed(to_leave, waiting));
    alert.text = format!(
        "{} will miss the {at} cut-off unless someone acts. {saved}",
        many(count, "order")
    );
    alert.go = go(to_leave);
    Some(alert)
}

fn missed(bench: &Bench<'_>, to_leave: &ToLeave) -> Option<Alert> {
    let stuck: i64 = to_leave.stuck.iter().map(|(_, _, count)| count).sum();
    let count = stuck + to_leave.waiting;
    if count == 0 || bench.now - to_leave.at > Duration::hours(MISSED_HOURS) {
        return None;
    }
    let at = bench.clock(to_leave.at);
    let mut alert = Alert::new(
        "cut_off_missed",
        Level::NeedsSomeone,
        owner(to_leave),
        format!("{} missed the {at} cut-off", many(count, "order")),
    );
    alert.subject = subject(to_leave.at);
    alert.count = count;
    alert.text = format!(
        "{} missed the {at} cut-off and {} still here.",
        many(count, "order"),
        if count == 1 { "is" } else { "are" }
    );
    alert.body = format!("{}.", listed(to_leave, to_leave.waiting));
    alert.go = go(to_leave);
    Some(alert.since(Some(to_leave.at)))
}

/// `2 SKU errors, 1 missing telephone, 3 waiting to be sent`.
fn listed(to_leave: &ToLeave, waiting: i64) -> String {
    let stuck: Vec<(Option<HoldCode>, i64)> = to_leave
        .stuck
        .iter()
        .map(|(_, cause, count)| (*cause, *count))
        .collect();
    let mut parts = Vec::new();
    if !stuck.is_empty() {
        parts.push(causes(&stuck));
    }
    if waiting > 0 {
        parts.push(format!("{waiting} waiting to be sent"));
    }
    parts.join(", ")
}

/// Who has most of them to put right; the sending itself is ours.
fn owner(to_leave: &ToLeave) -> Owner {
    let most = Owner::ALL
        .into_iter()
        .map(|owner| {
            let count: i64 = to_leave
                .stuck
                .iter()
                .filter(|(whose, _, _)| *whose == owner)
                .map(|(_, _, count)| count)
                .sum();
            (owner, count)
        })
        .reduce(|most, other| if other.1 > most.1 { other } else { most });
    most.filter(|(_, count)| *count > 0)
        .map_or(Owner::Support, |(owner, _)| owner)
}

fn go(to_leave: &ToLeave) -> Go {
    if to_leave.stuck.is_empty() {
        Go::orders("waiting")
    } else {
        Go::orders("needs_you")
    }
}

/// A cut-off as the stable part of an alert's id.
fn subject(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}
