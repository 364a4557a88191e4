//! The rules of the trade, and nothing else.
//!
//! A sale as Stockbridge sees it, the trigger that makes it due, the checks that say
//! whether Whistl would take it, the ladder of retries, the differences between two
//! versions of a sale. Pure: no clock, no disk, no network, no settings file, no JSON,
//! and no vendor's field names other than the Cin7 paths a hold must show to a person.

pub mod adjustment;
pub mod calendar;
pub mod check;
pub mod despatch;
pub mod difference;
pub mod fulfilment;
pub mod ids;
pub mod known;
pub mod order;
pub mod read_back;
pub mod reason;
pub mod retry;
pub mod rules;
pub mod sale;
pub mod stock;
pub mod trigger;

pub use ids::{
    ClientReference, CountryCode, ProductId, SaleId, SaleNumber, ServiceCode, Sku, WhistlSku,
};
pub use known::{
    Contact, ItemStanding, Known, Product, ProductKind, ProductStanding, ServiceOffer,
};
pub use order::{Delivery, OrderLine, WarehouseOrder};
pub use reason::{Held, HoldCode, Note, NoteCode, Owner, Reason};
pub use rules::{Limits, Rules, Severity, SkuRule};
pub use sale::{Address, OrderStatus, Sale, SaleKind, SaleLine, SaleListing, StageStatus};
