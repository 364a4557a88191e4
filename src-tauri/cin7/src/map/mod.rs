//! Turns what Cin7 wrote into the domain's types, once. A record that cannot be turned
//! is set aside with its field named, and takes no other with it.

mod account;
mod fulfilment;
mod list;
mod product;
mod sale;
mod words;

pub(crate) use account::{carrier, contacts, location, me};
pub use fulfilment::read_fulfilments;
pub(crate) use fulfilment::written;
pub(crate) use list::page;
pub(crate) use product::product;
pub(crate) use sale::{listing, sale, text_at};
pub use sale::{read_customer, read_sale};

use serde_json::Value;
use vendor::BadField;
use vendor::json::excerpt;

use crate::record::BadRecord;
use words::sale_kind;

/// Where a record keeps its id and the name people use.
struct Names {
    id: &'static [&'static str],
    number: &'static [&'static str],
}

impl Names {
    fn bad(&self, record: &Value, field: BadField) -> BadRecord {
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
