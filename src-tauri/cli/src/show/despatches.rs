//! Despatches as a table.

use engine::views::{DespatchView, DespatchesView};
use engine::words;

use super::sheet::Sheet;
use super::table::{Cell, Table};
use crate::output::Colour;

/// A page of despatches, the newest first.
pub(crate) fn page(page: &DespatchesView, sheet: &Sheet) -> String {
    if page.despatches.is_empty() {
        return "No despatches match.".into();
    }
    let mut table = Table::new(&[
        "Despatch",
        "Order",
        "Left",
        ">Units",
        "Tracking",
        "Cin7 Core",
        "Why",
    ]);
    for despatch in &page.despatches {
        table.row(vec![
            despatch.despatch_id.as_str().into(),
            despatch
                .number
                .clone()
                .unwrap_or_else(|| despatch.client_reference.clone())
                .into(),
            sheet.told(&despatch.despatched_at).into(),
            despatch.units.as_str().into(),
            tracking(despatch).into(),
            standing(despatch, sheet),
            despatch.words.as_str().into(),
        ]);
    }
    let mut text = table.text(sheet);
    if let Some(next) = &page.next {
        text.push_str(&format!("\nmore: --after {next}"));
    }
    text
}

fn tracking(despatch: &DespatchView) -> String {
    let all: Vec<&str> = despatch
        .parcels
        .iter()
        .flat_map(|parcel| parcel.tracking.iter().map(String::as_str))
        .collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

fn standing(despatch: &DespatchView, sheet: &Sheet) -> Cell {
    let word = words::confirmation(&despatch.state);
    match (&despatch.posted_at, despatch.state.as_str()) {
        (Some(at), "posted") => format!("{word} {}", sheet.told(at)).into(),
        (_, "exception") => Cell::painted(
            Colour::Stop,
            format!(
                "needs {}",
                words::owner(despatch.owner.as_deref().unwrap_or("office"))
            ),
        ),
        _ => word.into(),
    }
}
