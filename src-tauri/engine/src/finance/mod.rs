//! What finance closes a month on: the bridge from Cin7's opening stock to the warehouse's
//! closing count, the reconciled figure of each SKU as of a moment, and the signature under it.
//!
//! All of it rests on comparisons for which everything was read, and on what was posted between
//! them: both are facts that never change, so that a report made again later says the same.
//! What is written (a page to be printed, a table for a spreadsheet) is made from the views
//! here and from nothing else. No I/O but reading through `Views`; nothing asks for the time.

mod bridge;
mod losses;
mod month;
mod page;
mod reconciled;
mod sheet;
mod stock_sheet;

pub use losses::{LossView, LossesView};
pub use month::{
    BridgeLineView, ComparisonView, DifferenceView, MonthView, SignedView, month_days,
};
pub use page::month_page;
pub use reconciled::{ReconciledLineView, ReconciledView};
pub use sheet::{month_sheet, reconciled_sheet};
pub use stock_sheet::{adjustments_sheet, drift_sheet};
