//! A sale made fit for Whistl: what [`crate::check::check`] returns when every check
//! passed.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::{ClientReference, CountryCode, ServiceCode, WhistlSku};

/// What the warehouse is asked to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarehouseOrder {
    /// Under which reference.
    pub reference: ClientReference,
    /// When the order was placed, UTC.
    pub ordered_at: DateTime<Utc>,
    /// How it travels.
    pub service: ServiceCode,
    /// Must be there by, if promised.
    pub required_by: Option<NaiveDate>,
    /// May leave in parts.
    pub allow_partial: bool,
    /// To whom and where.
    pub delivery: Delivery,
    /// A note for the driver, at most 200 characters.
    pub delivery_note: Option<String>,
    /// What, one line for each Whistl SKU, in order of first mention.
    pub lines: Vec<OrderLine>,
    /// Currency of the unit values, ISO 4217.
    pub currency: String,
    /// Cin7's id of the sale, carried along for whoever looks at the warehouse's record.
    pub sale_id: String,
    /// The channel it came through; not part of what makes two orders equal.
    pub channel: Option<String>,
}

/// To whom and where, each text already within the warehouse's limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Recipient.
    pub name: String,
    /// Firm.
    pub company: Option<String>,
    /// One to three address lines; the first is never empty.
    pub lines: Vec<String>,
    /// Town.
    pub town: String,
    /// County, state or province.
    pub county: Option<String>,
    /// Postcode in its country's form; empty only where the country has none.
    pub postcode: String,
    /// Country.
    pub country: CountryCode,
    /// Digits only, as the warehouse dials it.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// One line: equal SKUs of the sale are summed into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    /// Whistl's SKU.
    pub sku: WhistlSku,
    /// Units, 1 to 9999.
    pub units: u32,
    /// What it is, at most 100 characters.
    pub description: String,
    /// Price of one, without tax.
    pub unit_value: Decimal,
    /// Which lines of the sale (0-based) make up this one.
    pub sale_lines: Vec<usize>,
}

impl WarehouseOrder {
    /// All units on the order.
    pub fn units(&self) -> u64 {
        self.lines.iter().map(|line| u64::from(line.units)).sum()
    }
}
