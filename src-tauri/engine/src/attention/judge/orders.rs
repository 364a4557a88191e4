//! Orders that need someone, and the queue of those that do not.

use chrono::Duration;
use domain::{HoldCode, Owner};
use store::OrderState;

use super::super::alert::{Alert, Level};
use super::super::facts::Need;
use super::super::notice::Go;
use super::super::phrases::{causes, orders};
use super::{Bench, cause_before, with_cause};
use crate::words::capital;

/// A kind of trouble that orders are in, by their state.
struct Kind {
    code: &'static str,
    states: &'static [OrderState],
    tab: &'static str,
    /// `held`, as in "8 orders held".
    done: &'static str,
    /// `is held`, `are held`, in a sentence.
    one: &'static str,
    more: &'static str,
    what_to_do: &'static str,
}

const KINDS: [Kind; 5] = [
    Kind {
        code: "held",
        states: &[OrderState::Held, OrderState::Waiting, OrderState::Sending],
        tab: "needs_you",
        done: "held",
        one: "is held",
        more: "are held",
        what_to_do: "Each says what is wrong and how to put it right; it goes by itself then.",
    },
    Kind {
        code: "rejected",
        states: &[OrderState::Rejected],
        tab: "needs_you",
        done: "refused by Whistl",
        one: "was refused by Whistl",
        more: "were refused by Whistl",
        what_to_do: "Put right what Whistl names, then resend.",
    },
    Kind {
        code: "blocked",
        states: &[OrderState::Blocked],
        tab: "needs_you",
        done: "stopped at the warehouse",
        one: "is stopped at the warehouse",
        more: "are stopped at the warehouse",
        what_to_do: "Each says what the warehouse waits for.",
    },
    Kind {
        code: "cancelled_there",
        states: &[OrderState::Cancelled],
        tab: "needs_you",
        done: "cancelled at the warehouse alone",
        one: "was cancelled at the warehouse and is live in Cin7 Core",
        more: "were cancelled at the warehouse and are live in Cin7 Core",
        what_to_do: "Void it in Cin7 Core, or resend it.",
    },
    Kind {
        code: "outcome_unknown",
        states: &[OrderState::Unclear],
        tab: "needs_you",
        done: "of unknown outcome",
        one: "was sent without a clear answer; ask the warehouse what it has",
        more: "were sent without a clear answer; ask the warehouse what it has",
        what_to_do: "Ask the warehouse what it has, then resend or withdraw.",
    },
];

pub(super) fn alerts(bench: &Bench<'_>) -> Vec<Alert> {
    let mut all = Vec::new();
    all.extend(backlog(bench));
    all.extend(unclear(bench));
    for kind in &KINDS {
        for owner in Owner::ALL {
            all.extend(in_trouble(bench, kind, owner));
        }
    }
    all.extend(at_the_warehouse(bench));
    all
}

fn in_trouble(bench: &Bench<'_>, kind: &Kind, owner: Owner) -> Option<Alert> {
    let needs: Vec<&Need> = bench
        .facts
        .needs
        .iter()
        .filter(|need| need.owner == owner)
        .filter(|need| need.state.is_some_and(|state| kind.states.contains(&state)))
        .collect();
    let all_causes: Vec<(Option<HoldCode>, i64)> = needs
        .iter()
        .flat_map(|need| need.causes.iter().copied())
        .collect();
    let count: i64 = all_causes.iter().map(|(_, count)| count).sum();
    if count == 0 {
        return None;
    }
    let newest = needs.iter().find_map(|need| need.newest.clone());
    let single = newest.filter(|_| count == 1);
    let title = single.as_ref().map_or_else(
        || {
            let why = causes(&all_causes);
            let plain = matches!(kind.code, "held" | "blocked");
            let head = format!(
                "{} {}",
                super::super::phrases::many(count, "order"),
                kind.done
            );
            if plain {
                format!("{head}: {why}")
            } else {
                head
            }
        },
        |one| {
            let why = one.cause.map(|code| crate::words::hold(code.word()));
            match why.filter(|_| matches!(kind.code, "held" | "blocked")) {
                Some(why) => format!("{} {}: {why}", one.number, kind.done),
                None => format!("{} {}", one.number, kind.done),
            }
        },
    );
    let mut alert = Alert::new(kind.code, Level::NeedsSomeone, owner, title);
    alert.subject = owner.word().into();
    alert.count = count;
    alert.came = Some(needs.iter().map(|need| need.came).sum());
    let said = (kind.code == "blocked")
        .then(|| of_one_carrier(bench, HoldCode::HeldAtWarehouse, owner, ""))
        .flatten();
    alert.text = with_cause(&orders(count, kind.one, kind.more), said.as_deref());
    alert.body = cause_before(said.as_deref(), kind.what_to_do);
    alert.go = Go {
        owner: Some(owner.word()),
        cause: single_cause(&all_causes),
        number: single.map(|one| one.number),
        ..Go::orders(kind.tab)
    };
    Some(alert)
}

/// That those of an owner with that hold go by one carrier, where that is plain.
fn of_one_carrier(bench: &Bench<'_>, code: HoldCode, owner: Owner, which: &str) -> Option<String> {
    let mut held = bench.facts.held_by.iter();
    let (.., one) = held.find(|(held_for, whose, _)| (*held_for, *whose) == (code, owner))?;
    one.said(which, "those of other carriers leave")
}

/// The cause, if all have the same.
fn single_cause(causes: &[(Option<HoldCode>, i64)]) -> Option<String> {
    match causes {
        [(Some(code), _)] => Some(code.word().into()),
        _ => None,
    }
}

/// Orders the warehouse has that need someone: changed or voided since, or otherwise to be
/// looked at.
fn at_the_warehouse(bench: &Bench<'_>) -> Vec<Alert> {
    let facts = bench.facts;
    let mut all = Vec::new();
    let since_sent = |code: HoldCode, count: i64, said: &str, done: &str| {
        (count > 0).then(|| {
            let title = format!("{} {done}", super::super::phrases::many(count, "order"));
            let mut alert = Alert::new(code.word(), Level::NeedsSomeone, Owner::Office, title);
            alert.count = count;
            alert.text = format!("{} {said}", orders(count, "was", "were"));
            alert.body = "The warehouse works with what it was sent.".into();
            alert.go = Go {
                cause: Some(code.word().into()),
                ..Go::orders("needs_you")
            };
            alert
        })
    };
    all.extend(since_sent(
        HoldCode::ChangedAfterSending,
        facts.changed,
        "changed in Cin7 Core after the hand-over to the warehouse: withdraw and resend each, or change it back.",
        "changed in Cin7 Core after sending",
    ));
    all.extend(since_sent(
        HoldCode::CancelledAfterSending,
        facts.called_off,
        "voided in Cin7 Core after the hand-over to the warehouse: withdraw each before it leaves.",
        "voided in Cin7 Core after sending",
    ));
    for owner in Owner::ALL {
        let named = [
            Some(HoldCode::ChangedAfterSending),
            Some(HoldCode::CancelledAfterSending),
        ];
        let there = |state: Option<OrderState>| {
            matches!(
                state,
                Some(OrderState::AtWarehouse | OrderState::PartDespatched | OrderState::Despatched)
            ) || state.is_none()
        };
        let rest: Vec<(Option<HoldCode>, i64)> = facts
            .needs
            .iter()
            .filter(|need| need.owner == owner && there(need.state))
            .flat_map(|need| need.causes.iter().copied())
            .filter(|(cause, _)| !named.contains(cause))
            .collect();
        let count: i64 = rest.iter().map(|(_, count)| count).sum();
        if count == 0 {
            continue;
        }
        let title = format!(
            "{} to look at: {}",
            super::super::phrases::many(count, "order"),
            causes(&rest)
        );
        let mut alert = Alert::new("look_at", Level::NeedsSomeone, owner, title);
        alert.subject = owner.word().into();
        alert.count = count;
        let late = HoldCode::DespatchOverdue;
        let said = of_one_carrier(bench, late, owner, " not despatched in time");
        let look = format!(
            "{} a look: {}",
            orders(count, "needs", "need"),
            causes(&rest)
        );
        alert.text = with_cause(&look, said.as_deref());
        alert.body = said.map_or_else(String::new, |said| format!("{}.", capital(&said)));
        alert.go = Go {
            owner: Some(owner.word()),
            cause: single_cause(&rest),
            ..Go::orders("needs_you")
        };
        all.push(alert);
    }
    all
}

fn backlog(bench: &Bench<'_>) -> Option<Alert> {
    let (facts, settings) = (bench.facts, bench.settings);
    let many = facts.waiting >= settings.whole("alerts.waiting_count");
    let minutes = Duration::minutes(settings.whole("alerts.waiting_minutes"));
    let old = facts
        .oldest_waiting
        .is_some_and(|since| bench.now - since >= minutes);
    if facts.waiting == 0 || !(many || old) || !settings.is_live() {
        return None;
    }
    let title = format!("{} to be sent", orders(facts.waiting, "waits", "wait"));
    let mut alert = Alert::new("backlog", Level::Urgent, Owner::Support, title);
    alert.count = facts.waiting;
    alert.text = format!(
        "{} to be sent, more or longer than should be.",
        orders(facts.waiting, "waits", "wait")
    );
    alert.body = facts.oldest_waiting.map_or_else(String::new, |since| {
        format!(
            "More or longer than should be: the oldest has been due since {}.",
            bench.clock(since)
        )
    });
    // Whoever is told why nothing is sent need not be told that it is not.
    alert.follows = facts.paused.is_some() || bench.vendor_is_away();
    alert.go = Go::orders("waiting");
    Some(alert.since(facts.oldest_waiting))
}

/// Orders without a clear answer that is not coming by itself.
fn unclear(bench: &Bench<'_>) -> Option<Alert> {
    let facts = bench.facts;
    let minutes = Duration::minutes(bench.settings.whole("alerts.unclear_minutes"));
    let since = facts
        .oldest_unclear
        .filter(|since| bench.now - *since >= minutes)?;
    // Those that wait for a person are told of under their owner.
    let asked: i64 = facts
        .needs
        .iter()
        .filter(|need| need.state == Some(OrderState::Unclear))
        .map(Need::count)
        .sum();
    let count = facts.unclear - asked;
    if count <= 0 {
        return None;
    }
    let title = format!(
        "{} sent without a clear answer",
        orders(count, "was", "were")
    );
    let mut alert = Alert::new("outcome_unknown", Level::Urgent, Owner::Warehouse, title);
    alert.count = count;
    alert.text = format!(
        "{} sent without a clear answer; ask the warehouse what it has.",
        orders(count, "was", "were")
    );
    alert.body = "Ask the warehouse what it has. Nothing is sent twice meanwhile.".into();
    alert.follows = bench.vendor_is_away();
    alert.go = Go::orders("waiting");
    Some(alert.since(Some(since)))
}
