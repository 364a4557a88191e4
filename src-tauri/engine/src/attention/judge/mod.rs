//! Which facts deserve an alert: a backlog while it grows, silence, an overdue job, an
//! unknown outcome that lasts, a cut-off that will be missed, trouble with this computer.
//! Pure: facts in, alerts out, each with an owner and what to do. When an alert is shown,
//! and how often, is not decided here.

mod confirm;
mod cut_off;
mod drift;
mod machine;
mod orders;
mod read_back;
mod stock;
mod vendors;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Owner;

use super::alert::{Alert, Level};
use super::facts::{Facts, VendorFacts};
use crate::settings::Settings;

/// What all judges are given.
struct Bench<'a> {
    facts: &'a Facts,
    settings: &'a Settings,
    now: DateTime<Utc>,
}

impl Bench<'_> {
    /// Whether a vendor is out of reach: whoever is told of that need not be told of what
    /// waits for it.
    fn vendor_is_away(&self) -> bool {
        self.facts.vendors.iter().any(VendorFacts::is_away)
    }

    /// Whether that vendor is out of reach.
    fn is_away(&self, name: &str) -> bool {
        self.facts
            .vendors
            .iter()
            .any(|vendor| vendor.name == name && vendor.is_away())
    }

    /// A time of day as the merchant tells it.
    fn clock(&self, at: DateTime<Utc>) -> String {
        super::phrases::clock(at, self.now, self.settings.zone())
    }
}

/// Reasons that a title names; the rest are counted together.
const NAMED: usize = 2;

/// How many there are for all these reasons, and the most common of them in words; `None` for
/// none.
fn counted<'a>(
    reasons: BTreeMap<&'a str, i64>,
    say: impl Fn(&'a str) -> &'a str,
) -> Option<(i64, String)> {
    let count: i64 = reasons.values().sum();
    if count == 0 {
        return None;
    }
    let mut reasons: Vec<(&str, i64)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rest: i64 = reasons.iter().skip(NAMED).map(|(_, count)| count).sum();
    let mut named: Vec<String> = reasons
        .iter()
        .take(NAMED)
        .map(|(reason, count)| match reasons.len() {
            1 => say(reason).to_owned(),
            _ => format!("{count} {}", say(reason)),
        })
        .collect();
    if rest > 0 {
        named.push(format!("{rest} for other reasons"));
    }
    Some((count, named.join(", ")))
}

/// What is wrong, with why where one cause is plain, as one sentence.
fn with_cause(what: &str, why: Option<&str>) -> String {
    match why {
        Some(why) => format!("{what}; {why}."),
        None => format!("{what}."),
    }
}

/// What to do, after why where one cause is plain.
fn cause_before(why: Option<&str>, what_to_do: &str) -> String {
    match why {
        Some(why) => format!("{}. {what_to_do}", crate::words::capital(why)),
        None => what_to_do.into(),
    }
}

/// What each owner is told.
fn for_each_owner(
    bench: &Bench<'_>,
    alert: impl Fn(&Bench<'_>, Owner) -> Option<Alert>,
) -> Vec<Alert> {
    let owners = Owner::ALL.into_iter();
    owners.filter_map(|owner| alert(bench, owner)).collect()
}

/// The alerts these facts deserve, most urgent first, information included.
pub fn judge(facts: &Facts, settings: &Settings, now: DateTime<Utc>) -> Vec<Alert> {
    let bench = Bench {
        facts,
        settings,
        now,
    };
    let mut all = Vec::new();
    all.extend(machine::alerts(&bench));
    all.extend(vendors::alerts(&bench));
    all.extend(cut_off::alerts(&bench));
    all.extend(orders::alerts(&bench));
    all.extend(confirm::alerts(&bench));
    all.extend(stock::alerts(&bench));
    all.extend(drift::alerts(&bench));
    all.extend(read_back::alerts(&bench));
    all.sort_by_key(|alert| alert.level);
    all
}

/// The alerts that need someone, most urgent first.
pub fn alerts(facts: &Facts, settings: &Settings, now: DateTime<Utc>) -> Vec<Alert> {
    let mut all = judge(facts, settings, now);
    all.retain(|alert| alert.level != Level::Information);
    all
}

/// What is said when an alert has ended.
pub(super) fn ended(code: &str, subject: &str) -> String {
    match code {
        "held" => format!("Nothing is held for the {subject} any more"),
        "rejected" => format!("No refused order waits for the {subject} any more"),
        "blocked" => format!("No order stopped at the warehouse waits for the {subject} any more"),
        "cancelled_there" => "No order is cancelled at the warehouse alone any more".into(),
        "look_at" => format!("No order at the warehouse waits for the {subject} any more"),
        "outcome_unknown" => "Every order sent has a clear answer".into(),
        "backlog" => "The backlog of orders is gone".into(),
        "changed_after_sending" => "No order at the warehouse differs from Cin7 Core".into(),
        "cancelled_after_sending" => "No voided order is left at the warehouse".into(),
        "cut_off" => "All orders for the cut-off are on their way".into(),
        "cut_off_missed" => "The orders that missed the cut-off are on their way".into(),
        "credentials_refused" => format!("{} takes the key again", vendor(subject)),
        "vendor_silent" => format!("{} answers again", vendor(subject)),
        "vendor_busy" => format!("{} takes calls again", vendor(subject)),
        "sending_paused" => "Sending goes on".into(),
        "overdue" => format!("“{}” runs again", crate::words::job(subject)),
        "fruitless" => format!("“{}” comes through again", crate::words::job(subject)),
        "confirmations" => "Cin7 Core has been told of all that left".into(),
        "despatch_exceptions" => format!("No despatch waits for the {subject} any more"),
        "adjustments" => format!("No stock adjustment waits for the {subject} any more"),
        "oversell" => "Nothing can be sold any more that Whistl does not have".into(),
        "drift" => "Stock no longer differs beyond the limits".into(),
        "drift_grows" => "The difference of stock no longer grows".into(),
        "not_compared" => "Stock is compared whole again".into(),
        "read_back" => format!(
            "No document differs from what was posted any more, for the {subject} to see to"
        ),
        "gap" => "Caught up with what happened meanwhile".into(),
        "gap_short" => "Caught up".into(),
        "clock_wrong" => "This computer’s clock is right again".into(),
        "disk_low" | "disk_full" => "There is room on the disk again".into(),
        "database_fault" => "The database can be written again".into(),
        "notifications_unavailable" => "Notifications are shown again".into(),
        "another_copy" => "Another program sending the orders: settled".into(),
        "calls_shared" => "Cin7 Core’s calls are Stockbridge’s alone again".into(),
        other => format!(
            "{} has ended",
            crate::words::capital(&crate::words::plain(other))
        ),
    }
}

fn vendor(subject: &str) -> &str {
    crate::words::vendor(subject)
}

#[cfg(test)]
mod tests;
