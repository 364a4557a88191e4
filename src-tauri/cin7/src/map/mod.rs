//! Turns what Cin7 wrote into the domain's types, once. A record that cannot be turned
//! is set aside with its field named, and takes no other with it.

mod account;
mod document;
mod fulfilment;
mod list;
mod product;
mod sale;
mod stock;
mod words;

pub(crate) use account::{carrier, contacts, location, me};
pub(crate) use document::{About, adjustment, adjustment_listing, write_off, write_off_listing};
pub(crate) use fulfilment::{fulfilments_of, written};
pub use fulfilment::{read_fulfilments, read_posted};
pub(crate) use list::page;
pub(crate) use product::product;
pub(crate) use sale::{DETAILED, listing, sale, text_at};
pub use sale::{read_customer, read_sale};
pub(crate) use stock::{level, level_of, transfer};

use domain::ProductId;
use serde_json::Value;
use vendor::BadField;
use vendor::json::excerpt;
use vendor::lenient::Text;

use crate::record::BadRecord;
use words::sale_kind;

/// Where a record keeps its id and the name people use.
pub(crate) struct Names {
    id: &'static [&'static str],
    number: &'static [&'static str],
}

impl Names {
    /// The record, with its field at fault.
    pub(crate) fn bad(&self, record: &Value, field: BadField) -> BadRecord {
        BadRecord {
            id: text_at(record, self.id),
            number: text_at(record, self.number),
            field: field.path,
            value: field.value,
            message: field.message,
        }
    }
}

/// A field that was read and is still not what it must be.
fn wrong(record: &Value, path: &'static [&'static str], wanted: &str) -> BadField {
    let found = path.iter().try_fold(record, |value, name| value.get(name));
    BadField {
        path: path.join("."),
        message: format!("expected {wanted}"),
        value: excerpt(found.filter(|value| !value.is_null())),
    }
}

/// Cin7's way of saying that a line names no product.
const NO_GUID: &str = "00000000-0000-0000-0000-000000000000";

/// The product a line names; what names none goes by its SKU.
fn named_product(id: &Text) -> Option<ProductId> {
    Some(id.trimmed())
        .filter(|id| *id != NO_GUID)
        .and_then(|id| ProductId::parse(id).ok())
}

/// A field that is not there and must be.
fn missing(path: &str, wanted: &str) -> BadField {
    BadField {
        path: path.into(),
        message: format!("expected {wanted}"),
        value: excerpt(None),
    }
}
