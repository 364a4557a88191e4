//! One adjustment whole: where it stands and what would put it right, what the warehouse
//! said, what stands of it in Cin7 Core, what happened, and what may be said of it.

use domain::adjustment::Adjustment;
use engine::actions::{AdjustmentWord, adjustment_refusal};
use engine::views::{Views, time};
use store::{AdjustmentRow, AdjustmentState, EntryRow, StoreFault};

use super::{facts, money, rows, state};
use crate::order::{by, has_payload, told, tone_of_entry};
use crate::shapes::{AdjustmentPage, Can, Happened, MapKind, UiError};
use crate::text::{clock, list, sentence};

/// Entries of one adjustment at most; of more, the newest.
const MOST: u32 = 200;

/// The adjustment of that name, whole.
///
/// # Errors
/// `adjustment_unknown` when there is none; the store's.
pub fn view(look: &Views<'_>, id: &str) -> Result<AdjustmentPage, UiError> {
    let row = row_of(look, id)?;
    let product = row
        .product
        .as_ref()
        .map(|id| look.reading.product(id.as_str()))
        .transpose()?
        .flatten();
    let is_to_come = matches!(row.state, AdjustmentState::New | AdjustmentState::Failed);
    Ok(AdjustmentPage {
        product: product.map(|product| product.name).unwrap_or_default(),
        sentences: sentences(look, &row)?,
        level: money::level(look, &row)?,
        said: facts::said(&row),
        document: facts::in_cin7(look, &row)?,
        came_again: came_again(look, &row)?,
        happened: happened(look, &row)?,
        attempts: row.attempts,
        next_at: (is_to_come && row.due > look.now && !by_hand(&row)).then(|| time(row.due)),
        map: first_cause(&row, &["unknown_sku", "ambiguous_sku"]).then_some(MapKind::Sku),
        approve: can(look, &row, AdjustmentWord::Approve)?,
        dismiss: can(look, &row, AdjustmentWord::Dismiss)?,
        already: can(look, &row, AdjustmentWord::AlreadyInCin7)?,
        retry: can(look, &row, AdjustmentWord::Retry)?,
        row: rows::row(look, &row)?,
    })
}

/// The adjustment of that name, or the fault that says there is none.
pub(super) fn row_of(look: &Views<'_>, id: &str) -> Result<AdjustmentRow, UiError> {
    look.reading.adjustment(id.trim())?.ok_or_else(|| {
        UiError::at(
            "adjustment_unknown",
            "id",
            format!("There is no adjustment {id} here."),
        )
    })
}

/// What the log has about an adjustment and its document, newest first.
pub(crate) fn about(
    look: &Views<'_>,
    row: &AdjustmentRow,
    most: u32,
) -> Result<Vec<EntryRow>, StoreFault> {
    let reference = match row.document {
        Some(key) => look.reading.document(key)?.reference,
        None => String::new(),
    };
    // Its state changes with the last thing that happened, or in the same moment.
    let to = row.changed_at.max(row.received) + chrono::Duration::seconds(2);
    let to = if row.state == AdjustmentState::Posted {
        to
    } else {
        to.max(look.now)
    };
    look.reading
        .entries_about((&row.id, &reference), row.received, to, most)
}

/// Whether this may be said of it.
pub(super) fn can(
    look: &Views<'_>,
    row: &AdjustmentRow,
    word: AdjustmentWord,
) -> Result<Can, StoreFault> {
    let why_not = adjustment_refusal(look.reading, row, word)?.unwrap_or_default();
    Ok(Can {
        allowed: why_not.is_empty(),
        why_not,
    })
}

fn first_cause(row: &AdjustmentRow, of: &[&str]) -> bool {
    row.causes
        .first()
        .is_some_and(|cause| of.contains(&cause.as_str()))
}

/// Whether a time at which it is looked at again means nothing: only a person puts it right.
fn by_hand(row: &AdjustmentRow) -> bool {
    row.due - row.changed_at > chrono::Duration::days(300)
}

fn happened(look: &Views<'_>, row: &AdjustmentRow) -> Result<Vec<Happened>, UiError> {
    Ok(about(look, row, MOST)?
        .iter()
        .map(|entry| Happened {
            at: time(entry.at),
            tone: tone_of_entry(entry),
            text: with_minus(&told(entry)),
            who: by(entry),
            entry: entry.id,
            has_payload: has_payload(entry),
            attempt: entry.attempt,
        })
        .collect())
}

/// The same with real minus signs before its numbers, which the log writes plainly.
fn with_minus(text: &str) -> String {
    let mut letters = text.chars().peekable();
    let mut written = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let begins = written.is_empty() || written.ends_with(' ');
        let number = letters.peek().is_some_and(char::is_ascii_digit);
        written.push(if letter == '-' && begins && number {
            '−'
        } else {
            letter
        });
    }
    written
}

fn sentences(look: &Views<'_>, row: &AdjustmentRow) -> Result<Vec<String>, UiError> {
    let said = look.adjustment(row)?.words;
    let said: Vec<String> = if said.is_empty() {
        Vec::new()
    } else {
        vec![said]
    };
    let title = || format!("{}.", state::title(look, row));
    let at = |time| clock(time, look.now, look.settings.zone());
    Ok(match row.state {
        AdjustmentState::NeedsApproval => {
            let mut sentences = said;
            sentences.extend(advice(row).map(str::to_owned));
            sentences
        }
        AdjustmentState::Failed | AdjustmentState::Recorded if said.is_empty() => vec![title()],
        AdjustmentState::Failed | AdjustmentState::Recorded => said,
        AdjustmentState::New => {
            let mut sentences = vec![title()];
            sentences.extend(said);
            sentences.extend(decided(row, "Approved"));
            sentences
        }
        AdjustmentState::Posting => vec![title()],
        AdjustmentState::Unclear => vec![
            "Something was sent to Cin7 Core and no clear answer came. Stockbridge looks at what stands there before anything is sent again.".into(),
        ],
        AdjustmentState::Posted => {
            let mut sentences: Vec<String> = row
                .posted_at
                .map(|posted| format!("It has stood in Cin7 Core since {}.", at(posted)))
                .into_iter()
                .collect();
            sentences.push(
                decided(row, "Approved")
                    .unwrap_or_else(|| "Within your limits, so it was posted by itself.".into()),
            );
            sentences
        }
        AdjustmentState::Dismissed => {
            let mut sentences = vec![title()];
            sentences.extend(decided(row, "Dismissed"));
            sentences
        }
        AdjustmentState::AlreadyInCin7 => {
            let mut sentences = vec![title()];
            sentences.extend(decided(row, "Said"));
            sentences
        }
    })
}

/// Who decided, and why.
fn decided(row: &AdjustmentRow, what: &str) -> Option<String> {
    if row.decided_by.is_empty() {
        return None;
    }
    Some(if row.decided_why.is_empty() {
        format!("{what} by {}.", row.decided_by)
    } else {
        sentence(&format!(
            "{what} by {}: {}",
            row.decided_by, row.decided_why
        ))
    })
}

/// What is to be done, where what is wrong does not say so already.
fn advice(row: &AdjustmentRow) -> Option<&'static str> {
    let first = row.causes.first().map(String::as_str)?;
    match first {
        "always" | "units" | "value" | "share" => {
            Some("Approve it to have it posted; dismiss it if the warehouse is mistaken.")
        }
        "cost_unknown" => {
            Some("Give the product a cost in Cin7 Core and retry, or approve it as it is.")
        }
        "level_unknown" => Some("Retry it, or approve it as it is."),
        "chosen" => Some("Approve it, or dismiss it."),
        _ => None,
    }
}

/// What else came under its name, and what differs.
fn came_again(look: &Views<'_>, row: &AdjustmentRow) -> Result<Vec<String>, UiError> {
    let clashes = look.adjustment_clashes(row)?;
    Ok(clashes
        .into_iter()
        .map(|clash| {
            let at = clock(clash.received, look.now, look.settings.zone());
            let differs = match &clash.told {
                None => vec!["what it said can no longer be read".to_owned()],
                Some(other) => differences(row, other),
            };
            let differs = if differs.is_empty() {
                "other particulars".to_owned()
            } else {
                list(&differs)
            };
            format!(
                "At {at} the warehouse sent {} again with other content: {differs}. That is kept, and what came first counts. Ask the warehouse which is right.",
                row.id
            )
        })
        .collect())
}

fn differences(row: &AdjustmentRow, other: &Adjustment) -> Vec<String> {
    let mut differs = Vec::new();
    if other.units != row.units || other.sku != row.sku {
        differs.push(format!(
            "{} {} instead of {} {}",
            rows::signed(other.units),
            other.sku,
            rows::signed(row.units),
            row.sku
        ));
    }
    if other.units_in_building != row.in_building {
        differs.push(format!(
            "{} in the building instead of {}",
            rows::signed(other.units_in_building),
            rows::signed(row.in_building)
        ));
    }
    if other.reverses.as_deref().unwrap_or_default() != row.reverses {
        differs.push(match &other.reverses {
            Some(original) => format!("it takes back {original}"),
            None => "it takes nothing back".to_owned(),
        });
    }
    let reason = rows::reason(&other.reason.code(), &other.reason_text);
    if reason != rows::reason(&row.why, &row.why_text) {
        differs.push(format!("the reason is {}", reason.to_lowercase()));
    }
    differs
}

#[cfg(test)]
mod tests {
    use super::with_minus;

    #[test]
    fn a_number_has_its_minus_and_a_name_its_hyphen() {
        assert_eq!(
            with_minus("ADJ-12, -18 ITEM-01: waits"),
            "ADJ-12, −18 ITEM-01: waits"
        );
    }
}
