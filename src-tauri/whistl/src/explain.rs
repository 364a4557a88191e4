//! Says of each field of the message where in the Cin7 sale it comes from and by which
//! rule, so that nobody has to guess. Values are those of the message itself.

use domain::WarehouseOrder;

use crate::compose::message;
use crate::profile::Profile;
use crate::wire;

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
