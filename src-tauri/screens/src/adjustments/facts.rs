//! What the warehouse said of an adjustment, and what stands of it in Cin7 Core, each under
//! its name.

use chrono::{DateTime, Utc};
use engine::views::{Views, time};
use engine::words::in_books;
use store::{AdjustmentRow, DocumentKind, DocumentRow, DocumentState};

use super::{money, rows};
use crate::shapes::{AdjustmentFact, UiError};
use crate::text::{clock, counted, list};

/// What the warehouse said.
pub(super) fn said(row: &AdjustmentRow) -> Vec<AdjustmentFact> {
    let reason = rows::reason(&row.why, &row.why_text);
    let mut facts = vec![
        at("Happened", row.at),
        text("Reason", &reason),
        text(
            "In its words",
            // Said once is enough.
            if row.why_text.eq_ignore_ascii_case(&reason) {
                ""
            } else {
                &row.why_text
            },
        ),
        text("Note", &row.note),
        text("Warehouse", &row.warehouse),
    ];
    if row.cin7_sku != row.sku {
        facts.push(code("SKU at Whistl", &row.sku));
    }
    if row.in_building != row.units {
        facts.push(text("In the building", &rows::signed(row.in_building)));
    }
    facts.push(code("Takes back", &row.reverses));
    facts.push(code("Belongs to", &row.belongs_to));
    facts.push(code("Its name at Whistl", &row.id));
    if let Some(published) = row.published {
        facts.push(at("Made known", published));
    }
    facts.push(at("Known here", row.received));
    facts.retain(|fact| fact.at.is_some() || !fact.text.is_empty());
    facts
}

/// What stands of it in Cin7 Core, or is to; empty while nothing does.
pub(super) fn in_cin7(
    look: &Views<'_>,
    row: &AdjustmentRow,
) -> Result<Vec<AdjustmentFact>, UiError> {
    let Some(key) = row.document else {
        return Ok(Vec::new());
    };
    let document = look.reading.document(key)?;
    let kind = match document.kind {
        DocumentKind::Adjustment => "Stock adjustment",
        DocumentKind::WriteOff => "Write-off",
    };
    let mut facts = vec![
        code(
            kind,
            if document.number.is_empty() {
                "no number yet"
            } else {
                &document.number
            },
        ),
        text("State", standing(document.state)),
        text(
            "Booked on",
            &document.effective.format("%-d %B %Y").to_string(),
        ),
        text(
            "Account",
            if document.account.is_empty() {
                "Cin7 Core’s own default"
            } else {
                &document.account
            },
        ),
    ];
    facts.extend(levels(row, &document));
    if let Some(cost) = money::cost(look, row)? {
        let on = cost.read.map_or_else(String::new, |read| {
            format!(", read {}", clock(read, look.now, look.settings.zone()))
        });
        facts.push(text("Cost of one", &format!("{}{on}", in_books(cost.each))));
    }
    facts.push(text("Together with", &together(look, row, &document)?));
    facts.push(code("Our reference", &document.reference));
    facts.push(code("Cin7 Core’s id", &document.task));
    if let Some(posted) = row.posted_at {
        facts.push(at("Posted", posted));
    }
    facts.retain(|fact| fact.at.is_some() || !fact.text.is_empty());
    Ok(facts)
}

fn standing(state: DocumentState) -> &'static str {
    match state {
        DocumentState::Intended => "to be sent",
        DocumentState::Drafted => "a draft, which moves nothing",
        DocumentState::Unclear => "sent, no answer yet: looking",
        DocumentState::Completed => "completed, to be read back",
        DocumentState::Done => "completed and read back",
        DocumentState::Unmoved => "completed, but the figure did not move",
        DocumentState::Failed => "refused: nothing moved",
        DocumentState::Voided => "taken back",
    }
}

/// The readings around the document: that before, that set, and that read back.
fn levels(row: &AdjustmentRow, document: &DocumentRow) -> Vec<AdjustmentFact> {
    let Some(line) = document
        .lines
        .iter()
        .find(|line| Some(line.number) == row.line)
    else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    if let Some(before) = line.before {
        parts.push(format!("{} before", money::figure(before)));
    }
    if let Some(after) = line.after {
        parts.push(format!("{} after", money::figure(after)));
    }
    if let Some(seen) = line.seen {
        parts.push(format!("{} read back", money::figure(seen)));
    }
    vec![text("Level of the SKU", &list(&parts))]
}

/// The other adjustments in its document.
fn together(
    look: &Views<'_>,
    row: &AdjustmentRow,
    document: &DocumentRow,
) -> Result<String, UiError> {
    let others = look
        .reading
        .adjustments_of_document(document.key)?
        .iter()
        .filter(|other| other.key != row.key)
        .count();
    Ok(match i64::try_from(others).unwrap_or(i64::MAX) {
        0 => String::new(),
        others => counted(others, "other", "others"),
    })
}

fn text(title: &str, text: &str) -> AdjustmentFact {
    AdjustmentFact {
        title: title.into(),
        text: text.trim().into(),
        at: None,
        code: false,
    }
}

fn code(title: &str, of: &str) -> AdjustmentFact {
    AdjustmentFact {
        code: true,
        ..text(title, of)
    }
}

fn at(title: &str, at: DateTime<Utc>) -> AdjustmentFact {
    AdjustmentFact {
        at: Some(time(at)),
        ..text(title, "")
    }
}
