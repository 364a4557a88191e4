//! The adjustments of a list as a file for a spreadsheet.

use engine::finance::adjustments_sheet;
use engine::views::Views;

use super::listed::listed;
use crate::shapes::{AdjustmentsFilter, UiError};

/// The list as CSV, in its order.
///
/// # Errors
/// The filter's; the store's.
pub fn export(look: &Views<'_>, filter: &AdjustmentsFilter) -> Result<String, UiError> {
    let rows = listed(look, filter)?.rows;
    let shown = rows.iter().map(|row| look.adjustment(row));
    let shown = shown.collect::<Result<Vec<_>, _>>()?;
    Ok(adjustments_sheet(&shown))
}

/// What such a file is called: by when it was made, in the merchant's zone.
pub fn file_name(look: &Views<'_>) -> String {
    let now = look.now.with_timezone(&look.settings.zone());
    format!("adjustments-{}.csv", now.format("%Y-%m-%d-%H%M"))
}
