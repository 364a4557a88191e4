//! What the client's calls answer, beyond the domain's own types. No JSON, no HTTP.

mod stock;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use domain::fulfilment::{Shipment, TaskLine, TaskStage};
use domain::{Product, ProductId, Sale, SaleListing};
use rust_decimal::Decimal;

pub use stock::{
    AdjustmentDocument, AdjustmentLine, AdjustmentListing, AdjustmentPage, DocumentStatus,
    NewStockLine, StockPage, StockRow, TransferListing, TransferPage, WriteOffDocument,
    WriteOffLine, WriteOffListing, WriteOffPage,
};

/// One record of an answer that could not be read. The others are not touched by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// Its id as far as it could be read, as Cin7 spells it.
    pub id: Option<String>,
    /// Its number or SKU as far as it could be read.
    pub number: Option<String>,
    /// Path of the field at fault in Cin7's own spelling, `Order.Lines[1].Quantity`.
    pub field: String,
    /// The value found there, at most 80 characters; "nothing" when absent.
    pub value: String,
    /// What was expected.
    pub message: String,
}

impl std::fmt::Display for BadRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self
            .number
            .as_deref()
            .or(self.id.as_deref())
            .unwrap_or("a record");
        write!(
            f,
            "{name}: {}: {} (found {})",
            self.field, self.message, self.value
        )
    }
}

impl std::error::Error for BadRecord {}

/// One record of a list: read, or set aside with its field named.
pub type Row<T> = Result<T, BadRecord>;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// How many records the whole list has, as Cin7 says.
    pub total: u64,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many records came on this page, those left out of `rows` included.
    pub received: u64,
    /// The records.
    pub rows: Vec<Row<T>>,
}

/// A page of the list of sales.
pub type SalePage = Page<SaleListing>;
/// A page of products.
pub type ProductPage = Page<ProductRow>;
/// A page of locations; bins are left out of it.
pub type LocationPage = Page<Location>;
/// A page of carriers.
pub type CarrierPage = Page<Carrier>;

/// Until when the books are closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockDate {
    /// Nothing is closed.
    Open,
    /// Closed up to and including this day.
    ClosedTo(NaiveDate),
    /// A date in a form we do not know. Must be treated as closed (fail closed).
    Unreadable(String),
}

/// The account behind the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The company's name, which tells accounts apart.
    pub company: String,
    /// ISO 4217 code of the books.
    pub currency: String,
    /// Name of the account's time zone.
    pub time_zone: String,
    /// Until when the books are closed.
    pub lock_date: LockDate,
}

/// The answer to a question for one sale.
#[derive(Clone, Debug)]
pub struct SaleAnswer {
    /// The sale, or the field at fault.
    pub sale: Result<Sale, BadRecord>,
    /// The body it was read from, secrets taken out; [`crate::read_sale`] reads it again.
    pub body: Bytes,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    /// Cin7's id, which survives a renamed SKU.
    pub id: ProductId,
    /// What a check wants to know.
    pub product: Product,
    /// Name.
    pub name: String,
    /// Cost of one in the books' currency, if Cin7 knows one.
    pub average_cost: Option<Decimal>,
    /// What one sells for in the first price tier, in the same currency, if it is set.
    pub price: Option<Decimal>,
    /// Barcode; may be empty.
    pub barcode: String,
    /// A kit that Cin7 builds by itself when a sale is authorised.
    pub auto_assembly: bool,
    /// Costing method; anything but `FIFO` means batches or serial numbers (documented).
    pub costing: String,
    /// Cin7's mark of the last change, UTC, if it gives one.
    pub last_modified: Option<DateTime<Utc>>,
}

/// A place that holds stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// GUID in lower case.
    pub id: String,
    /// Name, which sales carry.
    pub name: String,
    /// No longer in use.
    pub deprecated: bool,
    /// How many bins it has.
    pub bins: u32,
}

/// A carrier, which is what Cin7 calls a shipping method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// GUID in lower case.
    pub id: String,
    /// Its name, to the letter as sales carry it.
    pub name: String,
}

/// A location as the lines of a stage or of a document name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationRef {
    /// GUID.
    pub id: String,
    /// Name.
    pub name: String,
}

/// What stands in a stage once it was written, as Cin7 echoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Picking.
    Pick {
        /// How far it is.
        stage: TaskStage,
        /// What is picked.
        lines: Vec<TaskLine>,
    },
    /// Packing.
    Pack {
        /// How far it is.
        stage: TaskStage,
        /// What lies in which box.
        lines: Vec<TaskLine>,
    },
    /// Shipping.
    Ship {
        /// How far it is.
        stage: TaskStage,
        /// Which box went how.
        lines: Vec<Shipment>,
    },
}
