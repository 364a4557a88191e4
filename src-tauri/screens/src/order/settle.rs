//! Saying of an order that what was to be decided about it is settled: what that does,
//! before it is done, and what came of it.

use domain::HoldCode;
use engine::views::Views;
use engine::words;
use store::HoldRow;

use super::row_of;
use super::sentences::said;
use crate::shapes::{Preview, Told, UiError};
use crate::text::list;

/// What saying so would do.
///
/// # Errors
/// `order_unknown` when there is no such order; the store's.
pub fn preview(look: &Views<'_>, number: &str) -> Result<Preview, UiError> {
    let row = row_of(look, number)?;
    let (settled, others): (Vec<HoldRow>, Vec<HoldRow>) = look
        .reading
        .holds(row.key)?
        .into_iter()
        .partition(|hold| HoldCode::TO_BE_SETTLED.contains(&hold.reason.code));
    let allowed = !settled.is_empty();
    let number = row.number.to_string();
    let effect = if allowed {
        effect(&number, &settled, &others)
    } else {
        vec![format!(
            "{number} has nothing left to settle: it was settled meanwhile, or it came about otherwise."
        )]
    };
    Ok(Preview {
        title: format!("Settle {number}?"),
        effect,
        button: format!("Settle {number}"),
        count: 1,
        allowed: u32::from(allowed),
        refused: Vec::new(),
        needs_reason: allowed,
    })
}

fn effect(number: &str, settled: &[HoldRow], others: &[HoldRow]) -> Vec<String> {
    let mut effect: Vec<String> = settled
        .iter()
        .map(|hold| {
            format!(
                "This no longer needs anyone: {}",
                lower(&said(&hold.reason))
            )
        })
        .collect();
    effect.push(match others {
        [] => format!("Nothing else is wrong with {number}, so it leaves Needs you."),
        others => format!("{number} still needs someone: {}.", causes(others)),
    });
    effect.push(
        "Nothing is changed in Cin7 Core or at Whistl: what has to be done there you do there."
            .into(),
    );
    effect.push("Your reason is kept as a note on the order, with your name.".into());
    effect
}

/// What was done, in words.
pub fn told(number: &str) -> Told {
    Told {
        text: format!("{number} is settled. Your reason is kept as a note on it."),
    }
}

fn causes(holds: &[HoldRow]) -> String {
    let mut causes: Vec<String> = holds
        .iter()
        .map(|hold| words::hold(hold.reason.code.word()))
        .collect();
    causes.dedup();
    list(&causes)
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
