//! Sales, as the list and as the detail have them.

use chrono::{DateTime, Utc};
use domain::{Address, Sale, SaleId, SaleLine, SaleListing, SaleNumber};
use rust_decimal::Decimal;
use serde_json::Value;
use vendor::lenient::{Moment, Text};
use vendor::{BadField, json};

use super::words::{PACKING, PICKING, SHIPPING, order_status, sale_kind};
use super::{Names, named_product, wrong};
use crate::record::{BadRecord, Row};
use crate::wire::{Detail, Listing, Order, OrderLine, ShippingAddress};

const LISTED: Names = Names {
    id: &["SaleID"],
    number: &["OrderNumber"],
};
/// A whole sale, and its tasks with it.
pub(crate) const DETAILED: Names = Names {
    id: &["ID"],
    number: &["Order", "SaleOrderNumber"],
};

/// A row of the list.
pub(crate) fn listing(row: &Value) -> Row<SaleListing> {
    read_listing(row).map_err(|field| LISTED.bad(row, field))
}

fn read_listing(row: &Value) -> Result<SaleListing, BadField> {
    let listing: Listing = json::from_value(row)?;
    Ok(SaleListing {
        id: id(row, LISTED.id, &listing.sale_id)?,
        number: number(row, LISTED.number, &listing.order_number)?,
        order_status: order_status(listing.order_status.as_str()),
        picking: PICKING.status(listing.combined_picking_status.as_str()),
        packing: PACKING.status(listing.combined_packing_status.as_str()),
        shipping: SHIPPING.status(listing.combined_shipping_status.as_str()),
        kind: sale_kind(listing.kind.as_str()),
        location_id: listing.order_location_id.trimmed().to_lowercase(),
        updated: moment(row, &["Updated"], listing.updated)?,
        ship_by: listing.ship_by.0,
        channel: listing.source_channel.0,
        payment: listing.combined_payment_status.trimmed().to_uppercase(),
        customer_reference: listing.customer_reference.0,
        customer: listing.customer.0,
    })
}

/// Reads a sale from the body of Cin7's answer, or names the field at fault.
pub fn read_sale(body: &[u8]) -> Result<Sale, BadRecord> {
    match json::value(body) {
        Ok(value) => sale(&value),
        Err(field) => Err(DETAILED.bad(&Value::Null, field)),
    }
}

/// The customer's name in the body of Cin7's answer, without reading the rest; none where
/// there is no name to be read.
pub fn read_customer(body: &[u8]) -> Option<String> {
    /// The one field that is wanted.
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Named {
        #[serde(default)]
        customer: Text,
    }
    let named: Named = serde_json::from_slice(body).ok()?;
    Some(named.customer.0).filter(|name| !name.is_empty())
}

/// A whole sale. A line that cannot be read spoils the sale, since it must not leave
/// without it.
pub(crate) fn sale(value: &Value) -> Result<Sale, BadRecord> {
    let read = json::from_value(value).and_then(|detail| turn(value, detail));
    read.map_err(|field| DETAILED.bad(value, field))
}

fn turn(value: &Value, detail: Detail) -> Result<Sale, BadField> {
    let order = detail.order.unwrap_or_default();
    let currency = match detail.customer_currency.trimmed() {
        "" => detail.base_currency.trimmed().to_owned(),
        theirs => theirs.to_owned(),
    };
    let attributes = detail.additional_attributes.unwrap_or_default();
    let attribute = |n: u32| attributes.get(&format!("AdditionalAttribute{n}"));
    Ok(Sale {
        id: id(value, DETAILED.id, &detail.id)?,
        number: number(value, DETAILED.number, &order.sale_order_number)?,
        kind: sale_kind(detail.kind.as_str()),
        order_status: order_status(order.status.as_str()),
        picking: PICKING.status(detail.combined_picking_status.as_str()),
        packing: PACKING.status(detail.combined_packing_status.as_str()),
        shipping: SHIPPING.status(detail.combined_shipping_status.as_str()),
        location: detail.location.0,
        customer_id: detail.customer_id.trimmed().to_lowercase(),
        customer: detail.customer.0,
        channel: detail.source_channel.0,
        payment: detail.combined_payment_status.trimmed().to_uppercase(),
        attributes: (1..=10)
            .map(|n| attribute(n).cloned().unwrap_or_default().0)
            .collect(),
        customer_reference: detail.customer_reference.0,
        contact: detail.contact.0,
        phone: detail.phone.0,
        email: detail.email.0,
        ship_to: address(detail.shipping_address.unwrap_or_default()),
        shipping_method: detail.carrier.0,
        shipping_notes: detail.shipping_notes.0,
        ship_by: detail.ship_by.0,
        ordered_on: detail.sale_order_date.0,
        last_modified: moment(value, &["LastModifiedOn"], detail.last_modified_on)?,
        currency,
        total: order.total.0.unwrap_or_default(),
        charges: charges(&order),
        lines: lines(value, order.lines.unwrap_or_default())?,
    })
}

fn address(address: ShippingAddress) -> Address {
    Address {
        contact: address.contact.0,
        company: address.company.0,
        line1: address.line_1.0,
        line2: address.line_2.0,
        town: address.city.0,
        county: address.state.0,
        postcode: address.postcode.0,
        country: address.country.0,
        display: [address.display_1.0, address.display_2.0],
    }
}

fn charges(order: &Order) -> Vec<String> {
    order
        .additional_charges
        .iter()
        .flatten()
        .map(|charge| charge.description.0.clone())
        .collect()
}

fn lines(value: &Value, lines: Vec<OrderLine>) -> Result<Vec<SaleLine>, BadField> {
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| read_line(value, index, line))
        .collect()
}

fn read_line(value: &Value, index: usize, line: OrderLine) -> Result<SaleLine, BadField> {
    let quantity = line.quantity.0.ok_or_else(|| BadField {
        path: format!("Order.Lines[{index}].Quantity"),
        message: "expected a number".into(),
        value: json::excerpt(value.pointer(&format!("/Order/Lines/{index}/Quantity"))),
    })?;
    Ok(SaleLine {
        product: named_product(&line.product_id),
        sku: line.sku.0,
        name: line.name.0,
        quantity,
        unit_price: line.price.0.unwrap_or(Decimal::ZERO),
        drop_ship: line.drop_ship.is_set(),
        backordered: line.backorder_quantity.0.unwrap_or(Decimal::ZERO),
    })
}

fn id(record: &Value, path: &'static [&'static str], text: &Text) -> Result<SaleId, BadField> {
    SaleId::parse(text.as_str()).map_err(|not| wrong(record, path, not.wanted))
}

fn number(
    record: &Value,
    path: &'static [&'static str],
    text: &Text,
) -> Result<SaleNumber, BadField> {
    SaleNumber::parse(text.as_str()).map_err(|not| wrong(record, path, not.wanted))
}

fn moment(
    record: &Value,
    path: &'static [&'static str],
    moment: Moment,
) -> Result<DateTime<Utc>, BadField> {
    moment
        .0
        .ok_or_else(|| wrong(record, path, "a date and time"))
}

/// The text at a path, if there is any; at most 80 characters, since it names a record
/// that cannot be trusted.
pub(crate) fn text_at(value: &Value, path: &[&str]) -> Option<String> {
    let found = path
        .iter()
        .try_fold(value, |value, name| value.get(name))?
        .as_str()?
        .trim();
    (!found.is_empty()).then(|| found.chars().take(80).collect())
}
