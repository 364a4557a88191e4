//! How far both sides agree, in a line each: it asks for nothing at once, and leads to where
//! more is known.

use chrono::NaiveDate;
use engine::views::{DebtView, FindingView, ReadBackView, StatusView, Views};
use engine::words;

use crate::needs::{go_drift, go_screen, go_stock, go_told};
use crate::shapes::{AdjustmentTab, ConfirmationTab, Go, LineSettle, Screen, TodayLine, Tone};

pub(super) fn lines(look: &Views<'_>, status: &StatusView) -> Vec<TodayLine> {
    let today = look.now.with_timezone(&look.settings.zone()).date_naive();
    let read_back = read_back(&status.read_back, today);
    read_back.into_iter().chain(debt(&status.debt)).collect()
}

/// Whether what was posted still stands so; none before the first check.
fn read_back(view: &ReadBackView, today: NaiveDate) -> Option<TodayLine> {
    let told = words::read_back(view, today)?;
    let last = view.last.as_ref()?;
    let tone = match (last.differ, last.not_read) {
        (0, 0) => Tone::Plain,
        _ => Tone::Warn,
    };
    Some(TodayLine {
        key: "read_back".into(),
        title: "Accuracy".into(),
        text: format!("{told}."),
        tone,
        button: "Show what happened".into(),
        go: go_screen(Screen::Activity, ""),
        settle: view.findings.first().map(settle),
    })
}

/// The document that was found first: the others follow once it is settled.
fn settle(finding: &FindingView) -> LineSettle {
    let number = &finding.number;
    let mut effect: Vec<String> = finding
        .differences
        .iter()
        .map(|one| {
            let field = words::capital(&one.field);
            format!("{field}: posted {}, now {}.", one.posted, one.now)
        })
        .collect();
    effect.push(format!(
        "{number} counts as settled, with your name. You are told of it again only when something else of it differs. Nothing is written to Cin7 Core or Whistl."
    ));
    LineSettle {
        number: number.clone(),
        ask: format!("{number} is right"),
        title: format!("{number} is right as it stands?"),
        effect,
        button: "Settle it".into(),
        needs_reason: true,
    }
}

/// What was left open for too long; none where there is none and none is to come this month.
fn debt(debt: &DebtView) -> Option<TodayLine> {
    let told = words::debt(debt)?;
    let tone = if debt.now.count > 0 {
        Tone::Warn
    } else {
        Tone::Plain
    };
    let (button, go) = leads_to(debt);
    Some(TodayLine {
        key: "debt".into(),
        title: "Reconciliation debt".into(),
        text: format!("{told}."),
        tone,
        button: button.into(),
        go,
        settle: None,
    })
}

/// Where the first kind of it stands that there is any of.
fn leads_to(debt: &DebtView) -> (&'static str, Go) {
    let sum = if debt.now.count > 0 {
        &debt.now
    } else {
        &debt.at_month_end
    };
    if sum.differences > 0 {
        ("Show the differences", go_drift(None, None))
    } else if sum.adjustments > 0 {
        ("Show the adjustments", go_stock(AdjustmentTab::NeedsYou))
    } else {
        ("Show the despatches", go_told(ConfirmationTab::NeedsYou))
    }
}
