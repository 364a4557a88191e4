//! The SKU under the cursor, and a SKU's page.

use chrono::Duration;
use engine::views::{DriftHistoryView, Views, lost_sales};
use rust_decimal::Decimal;
use store::{ReconciliationKey, ReconciliationRow, StockLineRow};

use super::figures::{signed, units, worth};
use super::sentences::Story;
use super::{history, rows};
use crate::shapes::{Can, DriftCard, DriftCategory, DriftFact, DriftSku, UiError};

/// Movements that the card tells of.
const EVENTS: usize = 4;
/// Movements that are counted to say how many more there are.
const COUNTED: u32 = 200;

/// The SKU of that spelling, as the last comparison found it.
///
/// # Errors
/// `sku_unknown` when no comparison knew it; the store's.
pub fn card(look: &Views<'_>, sku: &str) -> Result<DriftCard, UiError> {
    card_of(look, &row_of(look, sku)?)
}

/// A SKU's page.
///
/// # Errors
/// `sku_unknown` when no comparison knew it; the store's.
pub fn sku(look: &Views<'_>, sku: &str) -> Result<DriftSku, UiError> {
    let row = row_of(look, sku)?;
    let past = look.drift_history_of(&row)?;
    Ok(DriftSku {
        card: card_of(look, &row)?,
        facts: facts(&row, &past),
        history: past.history.iter().map(history::point).collect(),
        events: history::all(look, &past),
        gone: row.is_gone,
    })
}

/// The SKU of that spelling.
pub(super) fn row_of(look: &Views<'_>, sku: &str) -> Result<StockLineRow, UiError> {
    look.reading.stock_line(sku.trim())?.ok_or_else(|| {
        UiError::at(
            "sku_unknown",
            "sku",
            format!("No reconciliation has seen a SKU {sku} yet."),
        )
    })
}

fn card_of(look: &Views<'_>, row: &StockLineRow) -> Result<DriftCard, UiError> {
    let lines = look.drift_lines(std::slice::from_ref(row))?;
    let Some(line) = lines.first() else {
        return Err(UiError::wrong(
            "sku_unknown",
            "This SKU is not known any more.",
        ));
    };
    let run = |at: Option<(ReconciliationKey, _)>| -> Result<Option<ReconciliationRow>, UiError> {
        Ok(at
            .map(|(key, _)| look.reading.reconciliation(key))
            .transpose()?)
    };
    let (since, before) = (run(row.since)?, run(row.before)?);
    let moved = match (&before, &since) {
        (Some(before), Some(since)) => {
            let until = since.as_of + Duration::milliseconds(1);
            look.drift_movements(row, before.as_of, until, COUNTED)?
        }
        _ => Vec::new(),
    };
    let decisions = look.drift_decisions(row)?;
    let story = Story {
        look,
        row,
        line,
        category: DriftCategory::of(&row.category),
        since,
        before,
        moved: &moved,
        decisions: &decisions,
    };
    let mut sentences = story.blocked()?;
    sentences.extend(story.sentences());
    Ok(DriftCard {
        row: rows::row(look, line),
        title: story.title(),
        sentences,
        effect: story.effect(),
        decided: story.decided(),
        opened: story.opened(),
        events: moved
            .iter()
            .take(EVENTS)
            .map(|one| history::moved(look, one))
            .collect(),
        more_events: u32::try_from(moved.len().saturating_sub(EVENTS)).unwrap_or(u32::MAX),
        post_button: format!("Post {} to Cin7 Core", signed(row.unexplained)),
        post: post(&story),
        recount: recount(&story),
        accept: accept(&story),
        withdraw: can(match (&line.accepted, &line.recount_since) {
            (None, None) => "Nothing was decided that could be taken back.",
            _ => "",
        }),
    })
}

fn post(story: &Story<'_>) -> Can {
    if let Some(no) = no_gap(story) {
        return no;
    }
    if !story.row.unexplained.fract().is_zero() {
        return can("A part of a unit cannot be posted: correct the level in Cin7 Core.");
    }
    if let Some(posted) = story.posted() {
        return can(&posted);
    }
    if !story.look.settings.is_live() {
        return can("Stockbridge only looks for now: nothing is posted before you go live.");
    }
    can("")
}

fn recount(story: &Story<'_>) -> Can {
    no_gap(story).unwrap_or_else(|| can(""))
}

fn accept(story: &Story<'_>) -> Can {
    if story.line.accepted.is_some() {
        return can("It is accepted already: withdraw that first.");
    }
    no_gap(story).unwrap_or_else(|| can(""))
}

/// Why nothing is to be decided, where nothing is.
fn no_gap(story: &Story<'_>) -> Option<Can> {
    if story.row.is_gone {
        return Some(can("Neither side knows this SKU any more."));
    }
    match story.category {
        DriftCategory::CanOversell | DriftCategory::Cin7Short => None,
        DriftCategory::NotComparable => Some(can("It could not be compared.")),
        DriftCategory::PostingBlocked | DriftCategory::Explained | DriftCategory::Matched => {
            Some(can("Nothing of it is unexplained."))
        }
    }
}

pub(super) fn can(why_not: &str) -> Can {
    Can {
        allowed: why_not.is_empty(),
        why_not: why_not.into(),
    }
}

fn facts(row: &StockLineRow, past: &DriftHistoryView) -> Vec<DriftFact> {
    let fact = |title: &str, value: String| DriftFact {
        title: title.into(),
        value,
    };
    let mut facts = vec![
        fact("Cin7 Core on hand", units(row.cin7)),
        fact("Promised there", units(row.allocated)),
        fact("Whistl counts", units(row.counted)),
        fact("Set apart there", units(row.quarantined)),
        fact("In flight", signed(row.in_flight)),
        fact("Pending", signed(row.pending)),
        fact("Unexplained", signed(row.unexplained)),
    ];
    if let Some(cost) = row.unit_cost {
        facts.push(fact(
            "Cost of one",
            worth(&format!("{:.2}", cost.round_dp(2))),
        ));
    }
    if past.whistl_sku != past.sku && !past.whistl_sku.is_empty() {
        facts.push(fact("SKU at Whistl", past.whistl_sku.clone()));
    }
    if row.at_risk > Decimal::ZERO {
        facts.push(fact("Can be oversold", units(row.at_risk)));
    }
    if let Some(lost) = lost_sales(row).filter(|lost| !lost.is_zero()) {
        facts.push(fact("Sales it may cost", worth(&format!("{lost:.2}"))));
    }
    facts
}
