//! One line of the list: what changed and why, where it stands, and what it did.

use domain::adjustment::AdjustmentReason;
use engine::views::{Views, time};
use engine::words::{BOOKS, capital, plain};
use rust_decimal::Decimal;
use store::AdjustmentState;

use super::{listed, money, state};
use crate::shapes::{AdjustmentRow, UiError};
use crate::text::grouped;

/// The row of one adjustment, as it is now.
pub(super) fn row(look: &Views<'_>, row: &store::AdjustmentRow) -> Result<AdjustmentRow, UiError> {
    let figure = |level: Option<Decimal>| {
        level.map_or_else(String::new, |level| level.normalize().to_string())
    };
    let settled = match row.state {
        AdjustmentState::Posted
        | AdjustmentState::Dismissed
        | AdjustmentState::AlreadyInCin7
        | AdjustmentState::Recorded => Some(time(listed::settled(row))),
        AdjustmentState::New
        | AdjustmentState::NeedsApproval
        | AdjustmentState::Posting
        | AdjustmentState::Unclear
        | AdjustmentState::Failed => None,
    };
    Ok(AdjustmentRow {
        id: row.id.clone(),
        sku: sku(row).to_owned(),
        units: row.units.to_string(),
        reason: reason(&row.why, &row.why_text),
        happened_at: time(row.at),
        state: row.state.word().into(),
        state_title: state::title(look, row),
        tone: state::tone(row.state),
        icon: state::icon(row),
        owner: row.owner.map(Into::into),
        document: row.document_number.clone(),
        before: figure(row.before),
        after: figure(row.after),
        value: money::value(look, row)?,
        currency: BOOKS.into(),
        by: by(row),
        settled_at: settled,
    })
}

/// The SKU as people here know it.
pub(super) fn sku(row: &store::AdjustmentRow) -> &str {
    if row.cin7_sku.is_empty() {
        &row.sku
    } else {
        &row.cin7_sku
    }
}

/// A reason in words; one that is in no list in the warehouse's own.
pub(super) fn reason(why: &str, text: &str) -> String {
    match AdjustmentReason::parse(why) {
        AdjustmentReason::Other(_) if !text.is_empty() => text.into(),
        AdjustmentReason::Other(word) => capital(&plain(&word.to_lowercase())),
        named => capital(named.phrase()),
    }
}

/// `−18`, `+7`, `0`.
pub(crate) fn signed(units: i64) -> String {
    if units > 0 {
        format!("+{}", grouped(units))
    } else {
        grouped(units)
    }
}

/// Who or what settled it.
fn by(row: &store::AdjustmentRow) -> String {
    let person = row.decided_by.as_str();
    match row.state {
        AdjustmentState::Posted if person.is_empty() => "by itself".into(),
        AdjustmentState::Posted => format!("approved by {person}"),
        AdjustmentState::Dismissed => format!("dismissed by {person}"),
        AdjustmentState::AlreadyInCin7 => format!("said by {person}"),
        AdjustmentState::Recorded
        | AdjustmentState::New
        | AdjustmentState::NeedsApproval
        | AdjustmentState::Posting
        | AdjustmentState::Unclear
        | AdjustmentState::Failed => String::new(),
    }
}
