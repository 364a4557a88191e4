//! What the calls about stock answer: levels, and the documents that change them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ProductId;
use rust_decimal::Decimal;
use vendor::Fault;

use super::Page;

/// A page of stock levels.
pub type StockPage = Page<StockRow>;
/// A page of the list of adjustments.
pub type AdjustmentPage = Page<AdjustmentListing>;
/// A page of the list of write-offs.
pub type WriteOffPage = Page<WriteOffListing>;
/// A page of the list of transfers.
pub type TransferPage = Page<TransferListing>;

/// One product at one location, in one bin and of one batch (documented). Rows whose figures
/// are all 0 are left out by Cin7 (observed). What it calls `Available` is not read: for kits
/// it is borrowed from their parts (observed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockRow {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU, to the letter.
    pub sku: String,
    /// The location, by name: the row does not say its id.
    pub location: String,
    /// The bin; "" where the location has none.
    pub bin: String,
    /// The batch or serial number; "" for goods without.
    pub batch: String,
    /// The day the batch expires.
    pub expires: Option<NaiveDate>,
    /// Units on hand.
    pub on_hand: Decimal,
    /// Units promised to sales.
    pub allocated: Decimal,
    /// Units on their way here.
    pub in_transit: Decimal,
    /// What they are worth in the books' currency: Cin7's `StockOnHand`, which is money
    /// (observed).
    pub worth: Option<Decimal>,
}

/// How far a document is. A word in no list of ours is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentStatus {
    /// `DRAFT`: nothing has moved.
    Draft,
    /// `COMPLETED`: stock has moved.
    Completed,
    /// `VOIDED`: taken back.
    Voided,
    /// Any other word.
    Unknown(String),
}

/// A stock adjustment as Cin7 holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentDocument {
    /// Cin7's GUID of it, in lower case.
    pub task: String,
    /// Its number as people say it, `ST-00311`.
    pub number: String,
    /// How far it is.
    pub status: DocumentStatus,
    /// The key it was written under.
    pub reference: String,
    /// The day its journals bear; `None` where it cannot be read.
    pub effective: Option<NaiveDate>,
    /// Code of its expense account; "" where none is told.
    pub account: String,
    /// Levels of products that had stock at the location.
    pub lines: Vec<AdjustmentLine>,
    /// Levels of products that had none there.
    pub new_lines: Vec<NewStockLine>,
    /// The amounts of its journals; none while it is a draft.
    pub transactions: Vec<Decimal>,
}

/// One level that an adjustment sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentLine {
    /// Cin7's product; `None` where the line names none.
    pub product: Option<ProductId>,
    /// Its SKU.
    pub sku: String,
    /// Units on hand before: in a draft, as they are now (documented).
    pub on_hand_before: Decimal,
    /// Units on hand once it is completed.
    pub level_after: Decimal,
    /// The batch; "" for goods without.
    pub batch: String,
    /// What was noted on the line.
    pub comments: String,
}

/// The first stock of a product at the location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStockLine {
    /// Cin7's product; `None` where the line names none.
    pub product: Option<ProductId>,
    /// Its SKU.
    pub sku: String,
    /// Units on hand once it is completed.
    pub level_after: Decimal,
    /// The batch; "" for goods without.
    pub batch: String,
    /// What was noted on the line.
    pub comments: String,
}

/// A write-off as Cin7 holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOffDocument {
    /// Cin7's GUID of it, in lower case.
    pub task: String,
    /// Its number as people say it, `WO-00042`.
    pub number: String,
    /// How far it is.
    pub status: DocumentStatus,
    /// Its notes, with the key it was written under.
    pub notes: String,
    /// Code of its expense account; "" where none is told.
    pub account: String,
    /// The day its journals bear; `None` where it cannot be read.
    pub effective: Option<NaiveDate>,
    /// What is removed.
    pub lines: Vec<WriteOffLine>,
    /// The amounts of its journals; none while it is a draft.
    pub transactions: Vec<Decimal>,
    /// What Cin7 said against it. Comes with a 200 and means that it did not do what was asked,
    /// whatever the status (documented).
    pub errors: Vec<String>,
}

impl WriteOffDocument {
    /// Whether the stock has gone: completed, and nothing said against it.
    pub fn is_done(&self) -> bool {
        self.errors.is_empty() && self.status == DocumentStatus::Completed
    }

    /// What Cin7 said against it as the refusal it is, for the questions about refusals;
    /// `None` where it said nothing.
    pub fn refusal(&self) -> Option<Fault> {
        (!self.errors.is_empty()).then(|| Fault::Refused {
            status: 200,
            code: String::new(),
            message: self.errors.join("; "),
        })
    }
}

/// Units that a write-off removes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOffLine {
    /// Cin7's product; `None` where the line names none.
    pub product: Option<ProductId>,
    /// Its SKU, which Cin7 calls `ProductCode` here.
    pub sku: String,
    /// Units removed: a change, never a level (documented).
    pub quantity: Decimal,
    /// The batch; "" for goods without.
    pub batch: String,
}

/// An adjustment as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentListing {
    /// Cin7's GUID of it, in lower case.
    pub task: String,
    /// Its number.
    pub number: String,
    /// How far it is.
    pub status: DocumentStatus,
    /// The key it was written under.
    pub reference: String,
    /// The day its journals bear; `None` where it cannot be read.
    pub effective: Option<NaiveDate>,
}

/// A write-off as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteOffListing {
    /// Cin7's GUID of it, in lower case.
    pub task: String,
    /// Its number.
    pub number: String,
    /// How far it is.
    pub status: DocumentStatus,
    /// Its notes, with the key it was written under.
    pub notes: String,
}

/// Stock on its way from one location to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferListing {
    /// Cin7's GUID of it, in lower case.
    pub task: String,
    /// Its number, `TR-00088`.
    pub number: String,
    /// GUID of the location it left, in lower case.
    pub from_id: String,
    /// That location's name.
    pub from: String,
    /// GUID of the location it goes to, in lower case.
    pub to_id: String,
    /// That location's name.
    pub to: String,
    /// The day it left; `None` where it cannot be read.
    pub departed: Option<NaiveDate>,
    /// What was noted.
    pub reference: String,
    /// Cin7's mark of the last change, UTC, if it gives one.
    pub last_modified: Option<DateTime<Utc>>,
}
