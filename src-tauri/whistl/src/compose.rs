//! Turns a [`WarehouseOrder`] into the message, and says of each of its fields where it
//! comes from. What was written is read again and checked before anybody may send it
//! ([`crate::inspect`]); a failure there is our fault, not the office's.

use bytes::Bytes;
use domain::{OrderLine, WarehouseOrder};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::profile::Profile;
use crate::submission::Submission;
use crate::{inspect, times, wire};

/// Longest description of a line, characters (the contract's 2.1).
const DESCRIPTION: usize = 100;
/// Longest name of a sales channel, characters (the contract's 2.1).
const CHANNEL: usize = 35;

/// Stockbridge could not build a valid message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct ComposeFault {
    /// Field of the message, in the contract's spelling.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl ComposeFault {
    pub(crate) fn new(field: &str, message: String) -> Self {
        Self {
            field: field.to_owned(),
            message,
        }
    }
}

/// Where one field of the message comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSource {
    /// Field of the message, `lines[0].sku`.
    pub payload_field: String,
    /// Field or fields of the Cin7 sale, `Order.Lines[2].SKU`; "" when it comes from
    /// settings or is always the same.
    pub cin7_field: String,
    /// Value sent; "" when the field is empty.
    pub value: String,
    /// By which rule the one became the other, in a few words.
    pub rule: &'static str,
}

/// Builds the message and checks it against the contract.
pub fn compose(order: &WarehouseOrder, profile: &Profile) -> Result<Submission, ComposeFault> {
    let body = serde_json::to_vec(&message(order, profile))
        .map_err(|fault| ComposeFault::new(".", format!("could not be written: {fault}")))?;
    inspect::inspect(&body, profile)?;
    let sale_lines = order
        .lines
        .iter()
        .map(|line| line.sale_lines.clone())
        .collect();
    Ok(Submission::new(
        order.reference.clone(),
        Bytes::from(body),
        sale_lines,
    ))
}

fn message(order: &WarehouseOrder, profile: &Profile) -> wire::Order {
    let delivery = &order.delivery;
    let address_line = |at: usize| delivery.lines.get(at).and_then(|line| given(line));
    wire::Order {
        client_ref: order.reference.as_str().to_owned(),
        order_date: times::write(order.ordered_at, profile.zone_for_naive_times),
        service_code: order.service.as_str().to_owned(),
        warehouse: profile.warehouse.as_deref().and_then(given),
        allow_partial: order.allow_partial,
        required_by: order
            .required_by
            .map(|day| day.format("%Y-%m-%d").to_string()),
        delivery: wire::Delivery {
            name: tidy(&delivery.name),
            company: delivery.company.as_deref().and_then(given),
            line1: address_line(0).unwrap_or_default(),
            line2: address_line(1),
            line3: address_line(2),
            town: tidy(&delivery.town),
            county: delivery.county.as_deref().and_then(given),
            postcode: given(&delivery.postcode),
            country: delivery.country.as_str().to_owned(),
            phone: delivery.phone.as_deref().and_then(given),
            email: delivery.email.as_deref().and_then(given),
        },
        delivery_note: order.delivery_note.as_deref().and_then(given),
        gift_message: None,
        lines: order
            .lines
            .iter()
            .zip(1..)
            .map(|(line, line_no)| message_line(line, line_no, &order.currency))
            .collect(),
        customs: None,
        source: wire::Source {
            system: "stockbridge".to_owned(),
            document_id: given(&order.sale_id),
            channel: order
                .channel
                .as_deref()
                .and_then(|channel| cut(channel, CHANNEL)),
        },
    }
}

fn message_line(line: &OrderLine, line_no: u64, currency: &str) -> wire::OrderLine {
    let currency = given(currency);
    let unit_value = currency.as_ref().and_then(|_| money(line.unit_value));
    wire::OrderLine {
        line_no,
        sku: line.sku.as_str().to_owned(),
        quantity: line.units,
        description: cut(&line.description, DESCRIPTION),
        currency: unit_value.as_ref().and(currency),
        unit_value,
    }
}

/// An amount with two decimals. A price below nought is left out: the value serves
/// customs and packing notes only, and neither knows a negative one.
fn money(amount: Decimal) -> Option<String> {
    let pence = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    (pence >= Decimal::ZERO).then(|| format!("{:.2}", pence.abs()))
}

/// The text without blanks at its ends and with single ones inside, as the contract
/// wants every text. Other control characters are left for the inspection to find.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn given(text: &str) -> Option<String> {
    Some(tidy(text)).filter(|text| !text.is_empty())
}

/// Text that only informs: control characters left out, cut to size.
fn cut(text: &str, size: usize) -> Option<String> {
    let printable: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let short: String = tidy(&printable).chars().take(size).collect();
    given(&short)
}

/// Where each field of the message comes from, in the order of the message.
pub fn explain(order: &WarehouseOrder, profile: &Profile) -> Vec<FieldSource> {
    let message = message(order, profile);
    let mut told = explain_head(&message);
    told.extend(explain_delivery(&message));
    for (at, (line, sent)) in order.lines.iter().zip(&message.lines).enumerate() {
        told.extend(explain_line(at, &line.sale_lines, sent));
    }
    told.push(source(
        "customs",
        "",
        None,
        "not sent: nothing goes abroad with customs data yet",
    ));
    told.push(source(
        "source.system",
        "",
        Some(&message.source.system),
        "always the same",
    ));
    let document = message.source.document_id.as_deref();
    told.push(source("source.document_id", "ID", document, "as it is"));
    let channel = message.source.channel.as_deref();
    told.push(source(
        "source.channel",
        "SourceChannel",
        channel,
        "cut to 35 characters",
    ));
    told
}

fn explain_head(message: &wire::Order) -> Vec<FieldSource> {
    let partial = if message.allow_partial {
        "true"
    } else {
        "false"
    };
    vec![
        source(
            "client_ref",
            "Order.SaleOrderNumber",
            Some(&message.client_ref),
            "the sale's number; a suffix once an earlier reference is used up",
        ),
        source(
            "order_date",
            "SaleOrderDate",
            Some(&message.order_date),
            "on the warehouse's wall clock",
        ),
        source(
            "service_code",
            "Carrier",
            Some(&message.service_code),
            "service map, exact",
        ),
        source(
            "warehouse",
            "",
            message.warehouse.as_deref(),
            "setting whistl.warehouse",
        ),
        source("allow_partial", "", Some(partial), "setting"),
        source(
            "required_by",
            "ShipBy",
            message.required_by.as_deref(),
            "day only",
        ),
    ]
}

fn explain_delivery(message: &wire::Order) -> Vec<FieldSource> {
    let to = &message.delivery;
    let wrapped = "single blanks; wrapped at words where it did not fit";
    vec![
        source(
            "delivery.name",
            "ShippingAddress.Contact",
            Some(&to.name),
            "single blanks",
        ),
        source(
            "delivery.company",
            "ShippingAddress.Company",
            to.company.as_deref(),
            "single blanks",
        ),
        source(
            "delivery.line1",
            "ShippingAddress.Line1",
            Some(&to.line1),
            wrapped,
        ),
        source(
            "delivery.line2",
            "ShippingAddress.Line2",
            to.line2.as_deref(),
            wrapped,
        ),
        source(
            "delivery.line3",
            "ShippingAddress.Line2",
            to.line3.as_deref(),
            wrapped,
        ),
        source(
            "delivery.town",
            "ShippingAddress.City",
            Some(&to.town),
            "single blanks",
        ),
        source(
            "delivery.county",
            "ShippingAddress.State",
            to.county.as_deref(),
            "single blanks",
        ),
        source(
            "delivery.postcode",
            "ShippingAddress.Postcode",
            to.postcode.as_deref(),
            "in its country's form",
        ),
        source(
            "delivery.country",
            "ShippingAddress.Country",
            Some(&to.country),
            "two-letter code",
        ),
        source(
            "delivery.phone",
            "Phone",
            to.phone.as_deref(),
            "digits only, as dialled; another number of the customer where the rules allow",
        ),
        source("delivery.email", "Email", to.email.as_deref(), "as it is"),
        source(
            "delivery_note",
            "ShippingNotes",
            message.delivery_note.as_deref(),
            "single blanks",
        ),
        source("gift_message", "", None, "not sent"),
    ]
}

fn explain_line(at: usize, sale_lines: &[usize], sent: &wire::OrderLine) -> Vec<FieldSource> {
    let from = |field: &str| crate::rejection::sale_line_fields(sale_lines, field);
    let one = |field: &str, cin7_field: String, value: Option<String>, rule| FieldSource {
        payload_field: format!("lines[{at}].{field}"),
        cin7_field,
        value: value.unwrap_or_default(),
        rule,
    };
    vec![
        one(
            "line_no",
            String::new(),
            Some(sent.line_no.to_string()),
            "counted from 1",
        ),
        one(
            "sku",
            from("SKU"),
            Some(sent.sku.clone()),
            "SKU map, else as it is",
        ),
        one(
            "quantity",
            from("Quantity"),
            Some(sent.quantity.to_string()),
            "lines of one SKU summed",
        ),
        one(
            "description",
            from("Name"),
            sent.description.clone(),
            "cut to 100 characters",
        ),
        one(
            "unit_value",
            from("Price"),
            sent.unit_value.clone(),
            "rounded to two decimals",
        ),
        one(
            "currency",
            "CustomerCurrency".into(),
            sent.currency.clone(),
            "as it is",
        ),
    ]
}

fn source(
    payload_field: &str,
    cin7_field: &str,
    value: Option<&str>,
    rule: &'static str,
) -> FieldSource {
    FieldSource {
        payload_field: payload_field.to_owned(),
        cin7_field: cin7_field.to_owned(),
        value: value.unwrap_or_default().to_owned(),
        rule,
    }
}

#[cfg(test)]
mod tests;
