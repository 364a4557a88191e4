//! The Cin7 Core client: one vendor's habits, turned into the domain's words.
//!
//! Each method of [`Cin7`] is one HTTP call. Whether to ask again, and what to do with
//! the answer, is the engine's business; so are the store and the other vendor.

mod client;
mod compose;
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
pub use compose::{compose_pack, compose_pick, compose_ship};
pub use map::{read_customer, read_fulfilments, read_sale};
pub use paging::Paging;
pub use record::{
    BadRecord, Carrier, CarrierPage, Location, LocationPage, LocationRef, LockDate, Me, Page,
    ProductPage, ProductRow, Row, SaleAnswer, SalePage, Written,
};
pub use refusal::{is_already_done, is_method_refused, is_open_task, is_short_of_stock};
pub use writer::{Cin7Writer, WriteBy};

/// The `code` of [`vendor::Fault::Refused`] when Cin7 does not know the sale asked for.
pub const NOT_FOUND: &str = "not_found";
