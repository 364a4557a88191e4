//! Turns a [`WarehouseOrder`] into the message. What was written is read again and checked
//! before anybody may send it ([`crate::inspect`]); a failure there is our fault, not the
//! office's.

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

pub(crate) fn message(order: &WarehouseOrder, profile: &Profile) -> wire::Order {
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

#[cfg(test)]
mod tests;
