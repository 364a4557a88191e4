//! The Cin7 Core client: one vendor's habits, turned into the domain's words.
//!
//! Each method of [`Cin7`] is one HTTP call. Whether to ask again, and what to do with
//! the answer, is the engine's business; so are the store and the other vendor.

mod client;
mod map;
mod paging;
mod record;
mod status;
mod wire;

#[cfg(test)]
mod tests;

pub use client::{Cin7, Credentials, Settings};
pub use map::{read_customer, read_sale};
pub use paging::Paging;
pub use record::{
    BadRecord, Carrier, CarrierPage, Location, LocationPage, LockDate, Me, Page, ProductPage,
    ProductRow, Row, SaleAnswer, SalePage,
};

/// The `code` of [`vendor::Fault::Refused`] when Cin7 does not know the sale asked for.
pub const NOT_FOUND: &str = "not_found";
