//! The Cin7 Core client: one vendor's habits, turned into the domain's words.
//!
//! Each method of [`Cin7`] and [`Cin7Writer`] is one HTTP call. Whether to ask again, and
//! what to do with the answer, is the engine's business; so are the store and the other
//! vendor.

mod client;
mod compose;
mod levels;
mod map;
mod paging;
mod record;
mod refusal;
mod status;
mod wire;
mod writer;

#[cfg(test)]
mod tests;

pub use client::{Cin7, Credentials, Settings};
pub use compose::{
    AdjustmentPlan, Batch, LevelToSet, UnitsToRemove, WriteOffPlan, compose_adjustment_completion,
    compose_adjustment_draft, compose_pack, compose_pick, compose_ship,
    compose_write_off_completion, compose_write_off_draft,
};
pub use levels::{BookLevels, book_levels};
pub use map::{read_customer, read_fulfilments, read_posted, read_sale};
pub use paging::Paging;
pub use record::{
    AdjustmentDocument, AdjustmentLine, AdjustmentListing, AdjustmentPage, BadRecord, Carrier,
    CarrierPage, DocumentStatus, Location, LocationPage, LocationRef, LockDate, Me, NewStockLine,
    Page, ProductPage, ProductRow, Row, SaleAnswer, SalePage, StockPage, StockRow, TransferListing,
    TransferPage, WriteOffDocument, WriteOffLine, WriteOffListing, WriteOffPage, Written,
};
pub use refusal::{
    is_already_done, is_locked_period, is_method_refused, is_nothing_to_do, is_open_task,
    is_short_of_stock, is_unknown_product,
};
pub use writer::{Cin7Writer, WriteBy};

/// The `code` of [`vendor::Fault::Refused`] when Cin7 does not know the sale or the document
/// asked for.
pub const NOT_FOUND: &str = "not_found";
