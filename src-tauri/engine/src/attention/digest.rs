//! The daily digest (B30): what was done, what is open and, only if nothing is and every run
//! of the schedule did what it should, that all is clear, with what was checked. Pure.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::card::Card;
use super::notice::{Go, Notice, NoticeKind, Urgency};
use super::phrases::{clock, many, owner};

/// Open alerts that are named; the rest are counted.
const NAMED: usize = 5;

/// One job of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JobFacts {
    pub(super) job: &'static str,
    /// When it last ended as it should.
    pub(super) last_good: Option<DateTime<Utc>>,
    /// Whether its last run ended as it should.
    pub(super) well: bool,
}

/// What a day came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DayFacts {
    /// What the day's runs counted.
    pub(super) counts: BTreeMap<String, i64>,
    /// Orders that wait to be sent at this moment.
    pub(super) waiting: i64,
    /// Orders that need someone, put off or not.
    pub(super) open: i64,
    /// Of these, how many are put off.
    pub(super) put_off: i64,
    /// The jobs of the schedule.
    pub(super) jobs: Vec<JobFacts>,
    /// Nothing is sent, by the merchant's own setting.
    pub(super) look_only: bool,
}

impl DayFacts {
    /// Runs that did not do all they should, and runs in all.
    fn runs(&self) -> (i64, i64) {
        let of = |end: &str| -> i64 {
            self.counts
                .iter()
                .filter(|(word, _)| word.starts_with("run:") && word.ends_with(end))
                .map(|(_, count)| count)
                .sum()
        };
        let bad = of(":partial") + of(":failed");
        (bad, bad + of(":finished"))
    }
}

/// The digest of a day so far.
pub(super) fn daily(day: &DayFacts, open: &[&Card], zone: Tz, now: DateTime<Utc>) -> Notice {
    let interrupting: Vec<&&Card> = open
        .iter()
        .filter(|card| card.level().interrupts())
        .collect();
    let (bad_runs, _) = day.runs();
    let clear = interrupting.is_empty()
        && day.open == 0
        && bad_runs == 0
        && day.jobs.iter().all(|job| job.well);
    let title = if clear {
        "All clear".to_owned()
    } else if interrupting.is_empty() && day.open == 0 {
        "Today so far: nothing is open, but not every run was finished".to_owned()
    } else {
        let things = i64::try_from(interrupting.len()).unwrap_or(i64::MAX).max(1);
        format!(
            "Today so far: {} {} someone",
            many(things, "thing"),
            if things == 1 { "needs" } else { "need" }
        )
    };
    let mut lines = vec![done(day)];
    lines.extend(still_open(day, &interrupting));
    lines.extend(runs(day));
    lines.extend(checked(day, zone, now));
    Notice {
        id: String::new(),
        alert: String::new(),
        kind: NoticeKind::Digest,
        urgency: if clear { Urgency::Low } else { Urgency::Normal },
        title,
        body: lines.join("\n"),
        owner: None,
        go: Go::today(),
        count: day.open,
        at: now,
    }
}

/// `162 of 162 orders sent.`
fn done(day: &DayFacts) -> String {
    if day.look_only {
        return format!(
            "Look only: {} passed and would be sent.",
            many(day.waiting, "order")
        );
    }
    let accepted = day.counts.get("accepted").copied().unwrap_or_default();
    match accepted + day.waiting {
        0 => "No orders came in to be sent.".into(),
        all => format!("{accepted} of {} sent.", many(all, "order")),
    }
}

fn still_open(day: &DayFacts, open: &[&&Card]) -> Vec<String> {
    let mut lines: Vec<String> = open
        .iter()
        .take(NAMED)
        .map(|card| {
            let title = card
                .live
                .as_ref()
                .map_or(card.row.text.as_str(), |alert| alert.title.as_str());
            format!("Open: {title} · {}", owner(&card.row.owner))
        })
        .collect();
    if open.len() > NAMED {
        lines.push(format!("And {} more.", open.len() - NAMED));
    }
    if day.put_off > 0 {
        lines.push(format!("{} put off.", many(day.put_off, "order")));
    }
    lines
}

fn runs(day: &DayFacts) -> Option<String> {
    let (bad, all) = day.runs();
    (bad > 0).then(|| format!("{bad} of {} did not get to the end.", many(all, "run")))
}

/// What was looked at to be sure, and when.
fn checked(day: &DayFacts, zone: Tz, now: DateTime<Utc>) -> Option<String> {
    let looks: Vec<String> = day
        .jobs
        .iter()
        .filter_map(|job| {
            let what = match job.job {
                "orders" => "Cin7 Core’s sales",
                "events" => "the warehouse’s news",
                "sweep" => "every open sale and order",
                _ => return None,
            };
            Some(format!("{what} at {}", clock(job.last_good?, now, zone)))
        })
        .collect();
    (!looks.is_empty()).then(|| format!("Checked: {}.", looks.join(", ")))
}
