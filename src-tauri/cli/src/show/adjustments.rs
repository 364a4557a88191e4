//! Stock adjustments as a table.

use engine::views::{AdjustmentView, AdjustmentsView};
use engine::words;

use super::sheet::Sheet;
use super::table::{Cell, Table};
use crate::output::Colour;

/// A page of adjustments, the newest first.
pub(crate) fn page(page: &AdjustmentsView, sheet: &Sheet) -> String {
    if page.adjustments.is_empty() {
        return "No adjustments match.".into();
    }
    let mut table = Table::new(&[
        "Adjustment",
        "SKU",
        ">Change",
        "Reason",
        "Happened",
        "Cin7 Core",
        ">Before",
        ">After",
        "Document",
        "Why",
    ]);
    for one in &page.adjustments {
        table.row(vec![
            one.whistl_id.as_str().into(),
            one.sku.as_str().into(),
            signed(&one.quantity).into(),
            one.reason.replace('_', " ").into(),
            sheet.told(&one.occurred_at).into(),
            standing(one, sheet),
            one.before.clone().unwrap_or_default().into(),
            one.after.clone().unwrap_or_default().into(),
            one.document.clone().unwrap_or_default().into(),
            one.words.as_str().into(),
        ]);
    }
    let mut text = table.text(sheet);
    if let Some(next) = &page.next {
        text.push_str(&format!("\nmore: --after {next}"));
    }
    text
}

fn signed(units: &str) -> String {
    if units.starts_with('-') || units == "0" {
        units.to_owned()
    } else {
        format!("+{units}")
    }
}

fn standing(one: &AdjustmentView, sheet: &Sheet) -> Cell {
    let word = words::adjustment_state(&one.state);
    match (&one.posted_at, &one.owner) {
        (Some(at), _) => format!("{word} {}", sheet.told(at)).into(),
        (None, Some(owner)) => {
            Cell::painted(Colour::Stop, format!("needs {}", words::owner(owner)))
        }
        (None, None) => word.to_owned().into(),
    }
}
