//! What a person may say of an adjustment: what exactly that would do, before it is said, and
//! what was done.

use engine::actions::AdjustmentWord;
use engine::views::Views;
use engine::words::in_books;
use store::{AdjustmentRow, AdjustmentState};

use super::{money, page, rows};
use crate::shapes::{AdjustmentAct, Preview, Told, UiError};
use crate::text::{counted, grouped};

impl From<AdjustmentAct> for AdjustmentWord {
    fn from(act: AdjustmentAct) -> Self {
        match act {
            AdjustmentAct::Approve => Self::Approve,
            AdjustmentAct::Dismiss => Self::Dismiss,
            AdjustmentAct::Already => Self::AlreadyInCin7,
            AdjustmentAct::Retry => Self::Retry,
        }
    }
}

/// What saying this would do.
///
/// # Errors
/// `adjustment_unknown` when there is none; the store's.
pub fn preview(look: &Views<'_>, act: AdjustmentAct, id: &str) -> Result<Preview, UiError> {
    let row = page::row_of(look, id)?;
    let can = page::can(look, &row, act.into())?;
    let what = what(&row);
    let (title, button) = match act {
        AdjustmentAct::Approve => (format!("Approve {what}?"), format!("Approve {what}")),
        AdjustmentAct::Dismiss => (format!("Dismiss {what}?"), format!("Dismiss {what}")),
        AdjustmentAct::Already => (
            format!("Is {what} in Cin7 Core already?"),
            "It is in Cin7 Core already".into(),
        ),
        AdjustmentAct::Retry => (format!("Retry {what}?"), format!("Retry {what}")),
    };
    let effect = if can.allowed {
        match act {
            AdjustmentAct::Approve => posts(look, &row)?,
            AdjustmentAct::Dismiss => dismisses(look, &row)?,
            AdjustmentAct::Already => leaves(&row),
            AdjustmentAct::Retry => tries(look, &row)?,
        }
    } else {
        vec![can.why_not]
    };
    Ok(Preview {
        title,
        effect,
        button,
        count: 1,
        allowed: u32::from(can.allowed),
        refused: Vec::new(),
        needs_reason: can.allowed && matches!(act, AdjustmentAct::Dismiss | AdjustmentAct::Already),
    })
}

/// What was done, in words.
///
/// # Errors
/// `adjustment_unknown` when there is none; the store's.
pub fn told(look: &Views<'_>, act: AdjustmentAct, id: &str) -> Result<Told, UiError> {
    let row = page::row_of(look, id)?;
    let what = format!("{} ({})", what(&row), row.id);
    let when = if look.settings.is_live() {
        "now"
    } else {
        "once you go live"
    };
    Ok(Told {
        text: match act {
            AdjustmentAct::Approve => {
                format!("{what} is approved and goes to Cin7 Core {when}.")
            }
            AdjustmentAct::Dismiss => format!("{what} is not posted. It is under Set aside."),
            AdjustmentAct::Already => {
                format!("{what} counts as in Cin7 Core already. It is under Set aside.")
            }
            AdjustmentAct::Retry => format!("{what} is tried again {when}."),
        },
    })
}

/// `−18 TEAPOT04`.
fn what(row: &AdjustmentRow) -> String {
    format!("{} {}", rows::signed(row.units), rows::sku(row))
}

fn units(row: &AdjustmentRow) -> String {
    let units = i64::try_from(row.units.unsigned_abs()).unwrap_or(i64::MAX);
    counted(units, "unit", "units")
}

/// What posting it does.
fn posts(look: &Views<'_>, row: &AdjustmentRow) -> Result<Vec<String>, UiError> {
    let mut effect = vec![format!(
        "In Cin7 Core the stock of {} {} by {}{}.",
        rows::sku(row),
        if row.units < 0 { "falls" } else { "rises" },
        units(row),
        place(look)?
    )];
    effect.push(money::would(look, row)?);
    effect.push(worth(look, row)?);
    if !look.settings.is_live() {
        effect.push("Stockbridge only looks for now: it is posted once you go live.".into());
    }
    Ok(effect)
}

fn place(look: &Views<'_>) -> Result<String, UiError> {
    let found = engine::location::find(look.reading, look.settings)?;
    Ok(found.map_or_else(|_| String::new(), |(_, name)| format!(" at {name}")))
}

/// What it is worth, in the currency of the books.
fn worth(look: &Views<'_>, row: &AdjustmentRow) -> Result<String, UiError> {
    Ok(match money::cost(look, row)? {
        None => "What that is worth is not known: Cin7 Core gives no cost.".into(),
        Some(cost) => {
            let value = cost.each * rust_decimal::Decimal::from(row.units.unsigned_abs());
            format!(
                "The stock is worth {} {} by it: {} at a cost of {}.",
                in_books(value),
                if row.units < 0 { "less" } else { "more" },
                grouped(i64::try_from(row.units.unsigned_abs()).unwrap_or(i64::MAX)),
                in_books(cost.each),
            )
        }
    })
}

fn dismisses(look: &Views<'_>, row: &AdjustmentRow) -> Result<Vec<String>, UiError> {
    let mut effect = vec![format!(
        "Cin7 Core is not told of it, and goes on counting {} {} of {} than the warehouse says.",
        units(row),
        if row.units < 0 { "more" } else { "fewer" },
        rows::sku(row)
    )];
    if row.units < 0 {
        effect.push("What is not there can then be sold.".into());
    }
    effect.push(worth(look, row)?.replace("by it", "than the books will say"));
    effect.push(ends());
    Ok(effect)
}

fn leaves(row: &AdjustmentRow) -> Vec<String> {
    vec![
        format!(
            "Stockbridge posts nothing: the {} of {} stand in Cin7 Core by another way, as by a purchase receipt, a credit note or a correction by hand.",
            units(row),
            rows::sku(row)
        ),
        "If they do not, Cin7 Core stays wrong by them.".into(),
        ends(),
    ]
}

fn ends() -> String {
    "It moves to Set aside, with your reason and your name. It cannot be taken up again from here."
        .into()
}

fn tries(look: &Views<'_>, row: &AdjustmentRow) -> Result<Vec<String>, UiError> {
    let mut effect = vec![
        "It is judged again by the maps, costs, limits and levels as they are now.".to_owned(),
    ];
    if row.state == AdjustmentState::NeedsApproval {
        effect.push("That is no approval: if it still needs one, it comes back here.".into());
    } else {
        effect.push("If something is still wrong, it comes back here.".into());
    }
    effect.push("Else this happens:".into());
    effect.extend(posts(look, row)?);
    Ok(effect)
}
