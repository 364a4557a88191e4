//! An order as Cin7 holds it. Text is kept as it was typed: whether it is fit for the
//! warehouse is for [`crate::check`] to say.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::{ProductId, SaleId, SaleNumber};

/// How far Cin7's order stage is. Words outside the documented list are kept as they
/// came, never read as one of the known ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    /// No order stage yet.
    NotAvailable,
    /// Being written.
    Draft,
    /// Confirmed by the office.
    Authorised,
    /// Confirmed, but Cin7 reserved no stock for it (`AUTH_NO_ALLOC`).
    AuthorisedWithoutStock,
    /// All goods gone.
    Fulfilled,
    /// Finished.
    Closed,
    /// Called off.
    Voided,
    /// A word that is in no list of ours.
    Unknown(String),
}

/// How far one of picking, packing or shipping is, over all tasks of a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageStatus {
    /// The stage does not exist yet.
    NotAvailable,
    /// Not begun.
    NotBegun,
    /// Begun, nothing authorised.
    InProgress,
    /// Partly authorised.
    Partly,
    /// Authorised.
    Done,
    /// Called off.
    Voided,
    /// A word that is in no list of ours.
    Unknown(String),
}

impl StageStatus {
    /// Nothing has happened in this stage.
    pub fn is_untouched(&self) -> bool {
        matches!(self, Self::NotAvailable | Self::NotBegun)
    }
}

/// What sort of sale Cin7 says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaleKind {
    /// One order, one fulfilment.
    Simple,
    /// Several fulfilments allowed.
    Advanced,
    /// No goods at all.
    Service,
    /// A word that is in no list of ours.
    Unknown(String),
}

/// One row of Cin7's list of changed sales: enough to decide whether the sale itself
/// must be read, and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleListing {
    /// Cin7's id.
    pub id: SaleId,
    /// The number people use.
    pub number: SaleNumber,
    /// Order stage.
    pub order_status: OrderStatus,
    /// Picking over all tasks.
    pub picking: StageStatus,
    /// Packing over all tasks.
    pub packing: StageStatus,
    /// Shipping over all tasks.
    pub shipping: StageStatus,
    /// Sort of sale.
    pub kind: SaleKind,
    /// GUID of the location it ships from, in lower case; empty when Cin7 gives none.
    pub location_id: String,
    /// Cin7's mark of the last change, UTC.
    pub updated: DateTime<Utc>,
    /// The day it must leave by, where the office set one.
    pub ship_by: Option<NaiveDate>,
    /// The shop or channel it came from; empty when typed in by hand.
    pub channel: String,
    /// Cin7's payment word, upper case (`PAID`, `PREPAID`, `UNPAID`, …).
    pub payment: String,
    /// The customer's own reference.
    pub customer_reference: String,
    /// The customer's name as Cin7 lists it.
    pub customer: String,
}

/// A whole sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// Cin7's id.
    pub id: SaleId,
    /// The number people use.
    pub number: SaleNumber,
    /// Sort of sale.
    pub kind: SaleKind,
    /// Order stage.
    pub order_status: OrderStatus,
    /// Picking over all tasks.
    pub picking: StageStatus,
    /// Packing over all tasks.
    pub packing: StageStatus,
    /// Shipping over all tasks.
    pub shipping: StageStatus,
    /// Name of the location it ships from.
    pub location: String,
    /// Cin7's id of the customer; empty when the sale has none.
    pub customer_id: String,
    /// The customer's name.
    pub customer: String,
    /// The shop or channel it came from; empty when typed in by hand.
    pub channel: String,
    /// Cin7's payment word.
    pub payment: String,
    /// Additional attributes 1 to 10, in order, empty ones as "".
    pub attributes: Vec<String>,
    /// The customer's own reference.
    pub customer_reference: String,
    /// Contact on the sale's header.
    pub contact: String,
    /// Telephone on the sale's header, the only one a sale has (documented).
    pub phone: String,
    /// E-mail on the sale's header.
    pub email: String,
    /// Where the goods go.
    pub ship_to: Address,
    /// Cin7's "Carrier": the shipping method the customer chose, to the letter.
    pub shipping_method: String,
    /// "Shipping notes" on screen.
    pub shipping_notes: String,
    /// The day it must leave by, where the office set one.
    pub ship_by: Option<NaiveDate>,
    /// The day of the order, in the account's zone.
    pub ordered_on: Option<NaiveDate>,
    /// When Cin7 last changed it, UTC.
    pub last_modified: DateTime<Utc>,
    /// ISO 4217 code of the customer's currency.
    pub currency: String,
    /// Order total including tax, in `currency`.
    pub total: Decimal,
    /// The order's lines in Cin7's order. They have no id of their own (documented).
    pub lines: Vec<SaleLine>,
    /// Additional charges by description; never goods.
    pub charges: Vec<String>,
}

/// A postal address as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Person the parcel is for.
    pub contact: String,
    /// Firm, if any.
    pub company: String,
    /// First line.
    pub line1: String,
    /// Second line.
    pub line2: String,
    /// Town or suburb.
    pub town: String,
    /// County, state or province.
    pub county: String,
    /// Postcode.
    pub postcode: String,
    /// Country, as a name or a two-letter code.
    pub country: String,
    /// The address as Cin7 shows it on screen. May be filled while the fields above are
    /// empty (observed): then the order is held, never guessed from these.
    pub display: [String; 2],
}

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleLine {
    /// Cin7's product, when the line names one.
    pub product: Option<ProductId>,
    /// SKU to the letter; may be empty.
    pub sku: String,
    /// What the line says it is.
    pub name: String,
    /// Ordered quantity, any decimal Cin7 allows, bad ones included.
    pub quantity: Decimal,
    /// Price of one, in the sale's currency, without tax.
    pub unit_price: Decimal,
    /// Shipped by the supplier, so not the warehouse's.
    pub drop_ship: bool,
    /// How many of them Cin7 had no stock for when it was authorised.
    pub backordered: Decimal,
}
