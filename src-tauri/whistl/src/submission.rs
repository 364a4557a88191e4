//! A message ready to be sent: the body byte for byte, and the hash that says whether two
//! bodies are the same order (the equality test of the contract's section 2.1). What is
//! stored is sent again to the letter; nothing is composed twice.

use bytes::Bytes;
use chrono::NaiveDate;
use domain::{
    ClientReference, CountryCode, Delivery, OrderLine, ServiceCode, WarehouseOrder, WhistlSku,
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::compose::ComposeFault;
use crate::profile::Profile;
use crate::{times, wire};

/// An order ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Under which reference.
    pub reference: ClientReference,
    /// The JSON, to be sent to the letter.
    pub body: Bytes,
    /// SHA-256 of the canonical form: equal for equal orders whatever the order of keys,
    /// white space, nulls or the note of where it came from.
    pub fingerprint: [u8; 32],
    /// Which lines of the sale (0-based) make up each line sent; empty when the body
    /// came from storage, which does not know.
    pub sale_lines: Vec<Vec<usize>>,
    gist: Gist,
}

/// What a look-up can be compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Gist {
    service: String,
    lines: Vec<GistLine>,
}

/// One line as sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GistLine {
    pub(crate) line_no: u64,
    pub(crate) sku: String,
    pub(crate) quantity: u64,
}

impl Submission {
    /// A body that was composed and stored earlier. It is not looked at here; a body that
    /// is not an order under this reference is refused when it is to be sent
    /// ([`crate::Writer::submit`]), and its fingerprint is that of its bytes.
    pub fn from_stored(reference: ClientReference, body: Bytes) -> Self {
        Self::new(reference, body, Vec::new())
    }

    pub(crate) fn new(
        reference: ClientReference,
        body: Bytes,
        sale_lines: Vec<Vec<usize>>,
    ) -> Self {
        let gist = vendor::json::parse::<wire::Order>(&body).map(|order| Gist::of(&order));
        let fingerprint = fingerprint(&body).unwrap_or_else(|| Sha256::digest(&body).into());
        Self {
            reference,
            body,
            fingerprint,
            sale_lines,
            gist: gist.unwrap_or_default(),
        }
    }

    /// The service asked for; "" when the body is no order.
    pub fn service(&self) -> String {
        self.gist.service.clone()
    }

    pub(crate) fn gist(&self) -> (&str, &[GistLine]) {
        (&self.gist.service, &self.gist.lines)
    }

    /// What is wrong with the body, if it is not an order under the reference: a damaged
    /// store must not become a damaged message.
    pub(crate) fn problem(&self) -> Option<String> {
        match vendor::json::parse::<wire::Order>(&self.body) {
            Err(bad) => Some(bad.to_string()),
            Ok(order) if order.client_ref != self.reference.as_str() => Some(format!(
                "client_ref: expected {} (found {})",
                self.reference, order.client_ref
            )),
            Ok(_) => None,
        }
    }
}

impl Gist {
    fn of(order: &wire::Order) -> Self {
        let lines = order.lines.iter().map(|line| GistLine {
            line_no: line.line_no,
            sku: line.sku.clone(),
            quantity: line.quantity.into(),
        });
        Self {
            service: order.service_code.clone(),
            lines: lines.collect(),
        }
    }
}

/// The hash of a body's canonical form; `None` when it is no JSON object.
pub fn fingerprint(body: &[u8]) -> Option<[u8; 32]> {
    let mut order = vendor::json::value(body).ok()?;
    for field in ["/client_ref", "/service_code", "/delivery/country"] {
        if let Some(Value::String(text)) = order.pointer_mut(field) {
            text.make_ascii_uppercase();
        }
    }
    let fields = order.as_object_mut()?;
    fields.remove("source");
    let partial = fields.entry("allow_partial").or_insert(Value::Null);
    if partial.is_null() {
        *partial = Value::Bool(true);
    }
    if let Some(Value::Array(lines)) = fields.get_mut("lines") {
        lines.sort_by_key(|line| line.get("line_no").and_then(whole));
    }
    let canonical = canonical(order).unwrap_or(Value::Null);
    Some(Sha256::digest(canonical.to_string()).into())
}

fn whole(value: &Value) -> Option<u64> {
    vendor::json::from_value::<vendor::lenient::Count>(value)
        .ok()?
        .0
}

/// The value with its keys sorted, its numbers in one spelling, its nulls and empty texts
/// gone; `None` when nothing is left.
fn canonical(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::Number(number) => {
            let plain = vendor::lenient::amount(&number.to_string())
                .map(|amount| amount.normalize().to_string())
                .and_then(|text| serde_json::from_str(&text).ok());
            Some(plain.unwrap_or(Value::Number(number)))
        }
        Value::Array(all) => Some(all.into_iter().filter_map(canonical).collect()),
        Value::Object(fields) => {
            let mut kept: Vec<(String, Value)> = fields
                .into_iter()
                .filter_map(|(key, value)| Some((key, canonical(value)?)))
                .collect();
            kept.sort_by(|a, b| a.0.cmp(&b.0));
            Some(Value::Object(kept.into_iter().collect::<Map<_, _>>()))
        }
        kept @ (Value::Bool(_) | Value::String(_)) => Some(kept),
    }
}

/// Reads a body that was sent back into the order it stands for, so that it can be
/// compared with the sale as it is now.
///
/// Which sale lines made up a line is not in the body and comes back empty; a price comes
/// back with the two decimals it was sent with.
pub fn read_back(body: &[u8], profile: &Profile) -> Result<WarehouseOrder, ComposeFault> {
    let order: wire::Order = vendor::json::parse(body).map_err(|bad| {
        ComposeFault::new(&bad.path, format!("{} (found {})", bad.message, bad.value))
    })?;
    let zone = profile.zone_for_naive_times;
    let delivery = &order.delivery;
    let named =
        |field: &str, wanted: &dyn std::fmt::Display| ComposeFault::new(field, wanted.to_string());
    let given = |text: &Option<String>| text.clone().filter(|t| !t.is_empty());
    let currency = order.lines.iter().find_map(|line| given(&line.currency));
    Ok(WarehouseOrder {
        reference: ClientReference::parse(&order.client_ref, profile.limits.reference)
            .map_err(|bad| named("client_ref", &bad))?,
        ordered_at: times::read(&order.order_date, zone)
            .ok_or_else(|| named("order_date", &"expected a time"))?
            .at,
        service: ServiceCode::parse(&order.service_code)
            .map_err(|bad| named("service_code", &bad))?,
        required_by: given(&order.required_by)
            .map(|day| NaiveDate::parse_from_str(&day, "%Y-%m-%d"))
            .transpose()
            .map_err(|bad| named("required_by", &bad))?,
        allow_partial: order.allow_partial,
        delivery: Delivery {
            name: delivery.name.clone(),
            company: given(&delivery.company),
            lines: std::iter::once(delivery.line1.clone())
                .chain(given(&delivery.line2))
                .chain(given(&delivery.line3))
                .collect(),
            town: delivery.town.clone(),
            county: given(&delivery.county),
            postcode: delivery.postcode.clone().unwrap_or_default(),
            country: CountryCode::parse(&delivery.country)
                .map_err(|bad| named("delivery.country", &bad))?,
            phone: given(&delivery.phone),
            email: given(&delivery.email),
        },
        delivery_note: given(&order.delivery_note),
        lines: lines_back(&order.lines, profile)?,
        currency: currency.unwrap_or_default(),
        sale_id: order.source.document_id.clone().unwrap_or_default(),
        channel: given(&order.source.channel),
    })
}

fn lines_back(
    lines: &[wire::OrderLine],
    profile: &Profile,
) -> Result<Vec<OrderLine>, ComposeFault> {
    let one = |(at, line): (usize, &wire::OrderLine)| {
        let sku = WhistlSku::parse(&line.sku, &profile.sku_rule).map_err(|_| {
            let field = format!("lines[{at}].sku");
            ComposeFault::new(
                &field,
                format!("expected a SKU Whistl carries (found {})", line.sku),
            )
        })?;
        let Ok(unit_value) = line.unit_value.as_deref().unwrap_or("0").parse() else {
            let field = format!("lines[{at}].unit_value");
            return Err(ComposeFault::new(&field, "expected an amount".to_owned()));
        };
        Ok(OrderLine {
            sku,
            units: line.quantity,
            description: line.description.clone().unwrap_or_default(),
            unit_value,
            sale_lines: Vec::new(),
        })
    };
    lines.iter().enumerate().map(one).collect()
}
