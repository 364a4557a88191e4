//! The comparison as a file for a spreadsheet: all SKUs of a list, with the columns that add up.

use engine::views::{DriftLineView, Views};
use engine::words;

use super::listed;
use crate::shapes::{DriftFilter, UiError};

const HEAD: [&str; 14] = [
    "SKU",
    "SKU at Whistl",
    "Product",
    "Cin7 Core on hand",
    "In flight",
    "Pending",
    "Whistl should hold",
    "Whistl counts",
    "Unexplained",
    "Value at cost",
    "What it means",
    "Units that can be oversold",
    "Since",
    "Accepted until",
];

/// The list as CSV.
///
/// # Errors
/// The store's.
pub fn export(look: &Views<'_>, filter: &DriftFilter) -> Result<String, UiError> {
    let (keys, _) = listed(look, filter)?;
    let lines = look.drift_lines(&look.reading.stock_lines_of(&keys)?)?;
    // Marked as what it is, or a spreadsheet takes a pound sign for two letters.
    let mut text = String::from("\u{feff}");
    text.push_str(&row(&HEAD.map(str::to_owned)));
    for line in &lines {
        text.push_str(&row(&cells(line)));
    }
    Ok(text)
}

/// What such a file is called: by the moment of the comparison, in the merchant's zone.
///
/// # Errors
/// The store's.
pub fn file_name(look: &Views<'_>) -> Result<String, UiError> {
    let last = look.reading.last_reconciliation()?;
    let at = last.map_or(look.now, |run| run.as_of);
    let at = at.with_timezone(&look.settings.zone());
    Ok(format!("stock-drift-{}.csv", at.format("%Y-%m-%d-%H%M")))
}

fn cells(line: &DriftLineView) -> [String; 14] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        line.sku.clone(),
        line.whistl_sku.clone(),
        line.name.clone(),
        line.cin7_on_hand.clone(),
        line.in_flight.clone(),
        line.pending.clone(),
        line.expected.clone(),
        line.whistl_on_hand.clone(),
        line.unexplained.clone(),
        text(&line.value),
        words::drift_category(&line.category).to_owned(),
        line.at_risk.clone(),
        text(&line.since),
        line.accepted
            .as_ref()
            .map(|accepted| accepted.until.clone())
            .unwrap_or_default(),
    ]
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| safe(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A quoted cell. What a spreadsheet would take for a formula begins with an apostrophe, which
/// shows it as the text it is; a plain number stays one.
fn safe(text: &str) -> String {
    let is_number = text.parse::<rust_decimal::Decimal>().is_ok();
    let first = text.chars().find(|letter| !letter.is_whitespace());
    let odd = first.is_some_and(|letter| {
        letter.is_control() || matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
    });
    let mark = if odd && !is_number { "'" } else { "" };
    let inside: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    format!("\"{mark}{}\"", inside.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn what_looks_like_a_formula_is_shown_as_text_and_a_number_stays_one() {
        assert_eq!(safe("-18"), "\"-18\"");
        assert_eq!(safe("=1+1"), "\"'=1+1\"");
        assert_eq!(safe("6\" mug"), "\"6\"\" mug\"");
    }
}
