//! Which facts deserve an alert: a backlog while it grows, silence, an overdue job, an
//! unknown outcome that lasts. Pure: facts in, alerts out, each with an owner and a fix.

use chrono::{DateTime, Duration, Utc};
use domain::Owner;
use serde::Serialize;

use crate::settings::Settings;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// An order will miss its cut-off, or nothing is being sent.
    Urgent,
    /// Needs someone today.
    NeedsSomeone,
}

/// One alert; many failures of one cause make one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// One stable word.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// Who must act.
    pub owner: &'static str,
    /// How many orders or things it is about.
    pub count: i64,
    /// Since when, RFC 3339.
    pub since: Option<String>,
    /// One sentence: what, and what to do.
    pub text: String,
}

/// What is judged.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Orders waiting to be sent, and the oldest one's due time.
    pub waiting: i64,
    /// When the oldest waiting order became due.
    pub oldest_waiting: Option<DateTime<Utc>>,
    /// Orders whose outcome is unknown.
    pub unclear: i64,
    /// Since when the oldest of them is.
    pub oldest_unclear: Option<DateTime<Utc>>,
    /// Orders held, by owner's word.
    pub held: i64,
    /// Orders Whistl refused.
    pub rejected: i64,
    /// Orders stopped at the warehouse.
    pub blocked: i64,
    /// Orders changed in Cin7 Core after the hand-over to the warehouse.
    pub changed: i64,
    /// Orders voided in Cin7 Core after the hand-over to the warehouse.
    pub called_off: i64,
    /// Each vendor's name, with why it is stopped or "", and since when it fails.
    pub vendors: Vec<(&'static str, String, Option<DateTime<Utc>>)>,
    /// Jobs that did not run when they should have, with their due time.
    pub overdue: Vec<(&'static str, DateTime<Utc>)>,
    /// Sending is paused: by whom, why, since when.
    pub paused: Option<(String, String, String)>,
}

/// The alerts these facts deserve, most urgent first.
pub fn alerts(facts: &Facts, settings: &Settings, now: DateTime<Utc>) -> Vec<Alert> {
    let mut all = Vec::new();
    for (name, stopped, failing_since) in &facts.vendors {
        all.extend(vendor_alert(name, stopped, *failing_since, settings, now));
    }
    all.extend(facts.paused.as_ref().map(|(by, why, since)| Alert {
        code: "sending_paused",
        level: Level::Urgent,
        owner: Owner::Office.word(),
        count: facts.waiting,
        since: Some(since.clone()),
        text: format!(
            "Sending is paused by {by} ({why}); {}. Resume it when ready.",
            orders(facts.waiting, "waits", "wait")
        ),
    }));
    all.extend(backlog(facts, settings, now));
    let minutes = Duration::minutes(settings.whole("alerts.unclear_minutes"));
    if facts
        .oldest_unclear
        .is_some_and(|since| now - since >= minutes)
    {
        all.push(Alert {
            code: "outcome_unknown",
            level: Level::Urgent,
            owner: Owner::Warehouse.word(),
            count: facts.unclear,
            since: facts.oldest_unclear.map(super::time),
            text: format!(
                "{} sent without a clear answer; ask the warehouse what it has.",
                orders(facts.unclear, "was", "were")
            ),
        });
    }
    for (job, due) in &facts.overdue {
        all.push(Alert {
            code: "overdue",
            level: Level::NeedsSomeone,
            owner: Owner::Support.word(),
            count: 1,
            since: Some(super::time(*due)),
            text: format!("The run “{job}” did not happen when it was due."),
        });
    }
    let needs = |code, count, owner: Owner, text: String| {
        (count > 0).then_some(Alert {
            code,
            level: Level::NeedsSomeone,
            owner: owner.word(),
            count,
            since: None,
            text,
        })
    };
    all.extend(needs(
        "held",
        facts.held,
        Owner::Office,
        format!("{} held.", orders(facts.held, "is", "are")),
    ));
    all.extend(needs(
        "rejected",
        facts.rejected,
        Owner::Office,
        format!(
            "{} refused by Whistl.",
            orders(facts.rejected, "was", "were")
        ),
    ));
    all.extend(needs(
        "blocked",
        facts.blocked,
        Owner::Warehouse,
        format!(
            "{} stopped at the warehouse.",
            orders(facts.blocked, "is", "are")
        ),
    ));
    all.extend(needs(
        "changed_after_sending",
        facts.changed,
        Owner::Office,
        format!("{} changed in Cin7 Core after the hand-over to the warehouse: withdraw and resend each, or change it back.", orders(facts.changed, "was", "were")),
    ));
    all.extend(needs(
        "cancelled_after_sending",
        facts.called_off,
        Owner::Office,
        format!(
            "{} voided in Cin7 Core after the hand-over to the warehouse: withdraw each before it leaves.",
            orders(facts.called_off, "was", "were")
        ),
    ));
    all.sort_by_key(|alert| alert.level);
    all
}

/// `1 order is`, `8 orders are`.
fn orders(count: i64, one: &str, more: &str) -> String {
    if count == 1 {
        format!("1 order {one}")
    } else {
        format!("{count} orders {more}")
    }
}

fn vendor_alert(
    name: &'static str,
    stopped: &str,
    failing_since: Option<DateTime<Utc>>,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Option<Alert> {
    if !stopped.is_empty() {
        return Some(Alert {
            code: "credentials_refused",
            level: Level::Urgent,
            owner: Owner::Office.word(),
            count: 1,
            since: failing_since.map(super::time),
            text: format!("{name} refuses the credentials ({stopped}). Enter a valid key."),
        });
    }
    let minutes = Duration::minutes(settings.whole("alerts.silence_minutes"));
    let since = failing_since.filter(|since| now - *since >= minutes)?;
    Some(Alert {
        code: "vendor_silent",
        level: Level::Urgent,
        owner: Owner::Support.word(),
        count: 1,
        since: Some(super::time(since)),
        text: format!(
            "{name} has given no usable answer for {} minutes.",
            (now - since).num_minutes()
        ),
    })
}

fn backlog(facts: &Facts, settings: &Settings, now: DateTime<Utc>) -> Option<Alert> {
    let many = facts.waiting >= settings.whole("alerts.waiting_count");
    let minutes = Duration::minutes(settings.whole("alerts.waiting_minutes"));
    let old = facts
        .oldest_waiting
        .is_some_and(|since| now - since >= minutes);
    (facts.waiting > 0 && (many || old) && settings.is_live()).then(|| Alert {
        code: "backlog",
        level: Level::Urgent,
        owner: Owner::Support.word(),
        count: facts.waiting,
        since: facts.oldest_waiting.map(super::time),
        text: format!(
            "{} to be sent, more or longer than should be.",
            orders(facts.waiting, "waits", "wait")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_521_600, 0).unwrap()
    }

    fn live() -> Settings {
        let mut settings = Settings::default();
        settings.set_text("mode", "live").unwrap();
        settings
    }

    #[test]
    fn nothing_wrong_raises_nothing() {
        assert_eq!(alerts(&Facts::default(), &live(), noon()), []);
    }

    #[test]
    fn a_backlog_is_told_while_it_grows_and_clears_itself() {
        let mut facts = Facts {
            waiting: 3,
            oldest_waiting: Some(noon() - Duration::minutes(15)),
            ..Facts::default()
        };
        assert_eq!(alerts(&facts, &live(), noon())[0].code, "backlog");
        facts.waiting = 0;
        facts.oldest_waiting = None;
        assert_eq!(alerts(&facts, &live(), noon()), []);
    }

    #[test]
    fn one_order_is_told_as_one() {
        let facts = Facts {
            held: 1,
            rejected: 2,
            ..Facts::default()
        };
        let told: Vec<String> = alerts(&facts, &live(), noon())
            .into_iter()
            .map(|alert| alert.text)
            .collect();
        assert_eq!(
            told,
            ["1 order is held.", "2 orders were refused by Whistl."]
        );
    }

    #[test]
    fn a_refused_key_comes_before_held_orders() {
        let facts = Facts {
            held: 4,
            vendors: vec![("Whistl", "key withdrawn".into(), Some(noon()))],
            ..Facts::default()
        };
        let codes: Vec<_> = alerts(&facts, &live(), noon())
            .iter()
            .map(|a| a.code)
            .collect();
        assert_eq!(codes, ["credentials_refused", "held"]);
    }
}
