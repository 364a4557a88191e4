//! The comparison as a file for a spreadsheet: all SKUs of a list, with the columns that add up.

use engine::finance::drift_sheet;
use engine::views::Views;

use super::listed;
use crate::shapes::{DriftFilter, UiError};

/// The list as CSV.
///
/// # Errors
/// The store's.
pub fn export(look: &Views<'_>, filter: &DriftFilter) -> Result<String, UiError> {
    let (keys, _) = listed(look, filter)?;
    let lines = look.drift_lines(&look.reading.stock_lines_of(&keys)?)?;
    Ok(drift_sheet(&lines))
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
