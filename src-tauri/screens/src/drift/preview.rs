//! What a decision about a difference would do, told before it is done, and what a comparison
//! asked for by hand came to.

use engine::actions::DriftDone;
use engine::runs::RunReport;
use engine::views::Views;
use engine::words;

use super::card::row_of;
use super::figures::{counted, read, signed, units, worth};
use crate::shapes::{DriftAct, Preview, Told, UiError};
use crate::text::{counted as many, sentence};

/// What taking a decision back, asking for a recount or accepting would do.
///
/// # Errors
/// `sku_unknown` when no comparison knew it; the store's.
pub fn preview(look: &Views<'_>, act: DriftAct, sku: &str) -> Result<Preview, UiError> {
    let row = row_of(look, sku)?;
    let sku = &row.sku;
    let gap = signed(row.unexplained);
    let (title, button, effect, needs_reason) = match act {
        DriftAct::Post => (
            format!("Post {gap} {sku} to Cin7 Core?"),
            format!("Post {gap} to Cin7 Core"),
            "Reading what Cin7 Core has now.".to_owned(),
            true,
        ),
        DriftAct::Recount => (
            format!("Ask for a recount of {sku}?"),
            "Ask for a recount".to_owned(),
            format!(
                "Nothing changes in Cin7 Core. {sku} is marked as awaiting a recount; send the message to the warehouse."
            ),
            false,
        ),
        DriftAct::Accept => (
            format!("Accept the difference of {gap} {sku}?"),
            "Accept".to_owned(),
            "Nothing changes in Cin7 Core. Nobody is alerted of it until that day is over."
                .to_owned(),
            true,
        ),
        DriftAct::Withdraw => (
            format!("Withdraw what was decided on {sku}?"),
            "Withdraw".to_owned(),
            format!("{sku} counts as open again, and whoever is to be told of it is told."),
            true,
        ),
    };
    Ok(Preview {
        title,
        effect: vec![effect],
        button,
        count: 1,
        allowed: 1,
        refused: Vec::new(),
        needs_reason,
    })
}

/// What posting would do, by what Cin7 has now.
///
/// # Errors
/// `sku_unknown` when no comparison knew it; the store's.
pub fn posting(look: &Views<'_>, done: &DriftDone) -> Result<Preview, UiError> {
    let asked = preview(look, DriftAct::Post, &done.sku)?;
    let place = engine::location::find(look.reading, look.settings)?
        .map_or_else(|_| String::new(), |(_, name)| format!(" at {name}"));
    let mut effect = Vec::new();
    if let (Some(before), Some(after)) = (&done.before, &done.after) {
        effect.push(format!(
            "Cin7 Core will go from {} to {} {}{place}.",
            units(read(before)),
            units(read(after)),
            done.sku
        ));
    }
    let change = read(&done.units);
    let at_cost = match &done.value {
        Some(value) => format!(", {} at cost", worth(value)),
        None => ", of unknown cost".to_owned(),
    };
    effect.push(if change.is_sign_negative() {
        format!("{} fewer{at_cost}.", counted(change))
    } else {
        format!("{} more{at_cost}.", counted(change))
    });
    effect.push("It stands there as a document of its own, with your reason and your name.".into());
    Ok(Preview { effect, ..asked })
}

/// What a comparison asked for by hand came to.
///
/// # Errors
/// `not_compared` when it could not be made or not be finished.
pub fn compared(report: &RunReport) -> Result<Told, UiError> {
    if let Some(fault) = report.faults.first() {
        return Err(UiError::wrong(
            "not_compared",
            sentence(&words::sentence(fault)),
        ));
    }
    let count = |name: &str| report.counts.get(name).copied().unwrap_or_default();
    let differ = count("can_oversell") + count("cin7_short");
    Ok(Told {
        text: match differ {
            0 => format!(
                "{} compared: nothing is unexplained.",
                many(count("skus"), "SKU", "SKUs")
            ),
            _ => format!(
                "{} compared: {} by more than is known of.",
                many(count("skus"), "SKU", "SKUs"),
                many(differ, "differs", "differ")
            ),
        },
    })
}

/// What came of a decision, in words.
///
/// # Errors
/// `not_taken` where Cin7 Core did not take it.
pub fn done(done: &DriftDone) -> Result<Told, UiError> {
    // A minus before a number, not the hyphen of a SKU.
    let text = done.text.replace(" -", " −");
    match done.what {
        "failed" => Err(UiError::wrong("not_taken", text)),
        _ => Ok(Told { text }),
    }
}
