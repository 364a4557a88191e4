//! `GET sale`: the whole detail of one sale, in the fields and the order of the
//! documented answer. The detail has no `OrderStatus` and no `OrderLocationID`.

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Account;
use super::country::CountryFormat;
use super::faults::Play;
use super::plain::{decimal, merge, money, object, text, utc_millis};
use super::progress::{ship_lines, words};
use super::reply::{Call, Reply};
use super::sale::{Sale, TAX_RULE};

/// `CombinedTrackingNumbers` is cut at this many characters. Documented.
const TRACKING_LENGTH: usize = 256;

/// How a detail is to be shown.
#[derive(Clone, Copy, Default)]
pub(super) struct View {
    pub(super) countries: CountryFormat,
    pub(super) skew: TimeDelta,
    /// Whether an untouched sale shows no task at all (A5, the other way).
    pub(super) no_task: bool,
}

impl Account {
    /// `GET sale?ID=`.
    pub(super) fn get_sale(&self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let index = call
            .param("ID")
            .and_then(|id| self.sales.index_of_id(id))
            .ok_or_else(Reply::no_sale)?;
        let sale = &self.sales.list[index];
        let view = View {
            countries: CountryFormat::of(call.param("CountryFormat")),
            skew: call.skew,
            no_task: self.hides_task(index, play),
        };
        Ok(Reply::one(self.detail(sale, view)))
    }

    /// The detail of a sale.
    pub(super) fn detail(&self, sale: &Sale, view: View) -> Value {
        let words = words(sale);
        let h = |name: &str| self.header(sale, name);
        let or = |name: &str, word: &str| {
            sale.header
                .get(name)
                .cloned()
                .unwrap_or_else(|| json!(word))
        };
        let body = object([
            ("ID", json!(sale.id)),
            ("Customer", h("Customer")),
            ("CustomerID", h("CustomerID")),
            ("Contact", h("Contact")),
            ("Phone", h("Phone")),
            ("Email", h("Email")),
            ("DefaultAccount", h("DefaultAccount")),
            ("SkipQuote", h("SkipQuote")),
            (
                "BillingAddress",
                address(&h("BillingAddress"), view.countries),
            ),
            (
                "ShippingAddress",
                address(&h("ShippingAddress"), view.countries),
            ),
            ("ShippingNotes", h("ShippingNotes")),
            ("BaseCurrency", h("BaseCurrency")),
            ("CustomerCurrency", h("CustomerCurrency")),
            ("TaxRule", h("TaxRule")),
            ("TaxCalculation", h("TaxCalculation")),
            ("Terms", h("Terms")),
            ("PriceTier", h("PriceTier")),
            ("ShipBy", h("ShipBy")),
            ("Location", h("Location")),
            ("SaleOrderDate", h("SaleOrderDate")),
            (
                "LastModifiedOn",
                json!(utc_millis(sale.updated + view.skew)),
            ),
            ("Note", h("Note")),
            ("CustomerReference", h("CustomerReference")),
            ("COGSAmount", h("COGSAmount")),
            ("Status", or("Status", words.status)),
            (
                "CombinedPickingStatus",
                or("CombinedPickingStatus", words.picking),
            ),
            (
                "CombinedPackingStatus",
                or("CombinedPackingStatus", words.packing),
            ),
            (
                "CombinedShippingStatus",
                or("CombinedShippingStatus", words.shipping),
            ),
            ("FulFilmentStatus", or("FulFilmentStatus", words.fulfilment)),
            ("CombinedInvoiceStatus", h("CombinedInvoiceStatus")),
            ("CombinedPaymentStatus", h("CombinedPaymentStatus")),
            ("CombinedTrackingNumbers", tracking(sale)),
            ("Carrier", h("Carrier")),
            ("CurrencyRate", h("CurrencyRate")),
            ("SalesRepresentative", h("SalesRepresentative")),
            ("ServiceOnly", h("ServiceOnly")),
            ("Type", h("Type")),
            ("SourceChannel", h("SourceChannel")),
            ("Quote", quote(sale)),
            ("Order", Value::Object(order(sale))),
            ("Fulfilments", self.tasks(sale, view)),
            ("Invoices", listed(sale, "Invoices")),
            ("CreditNotes", listed(sale, "CreditNotes")),
            (
                "ManualJournals",
                json!({ "Status": "NOT AVAILABLE", "Lines": [] }),
            ),
            ("ExternalID", h("ExternalID")),
            (
                "AdditionalAttributes",
                attributes(sale.header.get("AdditionalAttributes")),
            ),
            ("Attachments", listed(sale, "Attachments")),
            ("InventoryMovements", listed(sale, "InventoryMovements")),
            ("Transactions", listed(sale, "Transactions")),
        ]);
        Value::Object(body)
    }

    /// The tasks. Assumed (A5): a sale that nobody has picked has one, whose `TaskID` is
    /// the sale's own ID.
    pub(super) fn tasks(&self, sale: &Sale, view: View) -> Value {
        if let Some(tasks) = &sale.tasks {
            return Value::Array(tasks.iter().map(|task| in_format(task, view)).collect());
        }
        let order = sale.order_status();
        if view.no_task || matches!(order.as_str(), "DRAFT" | "NOT AVAILABLE") {
            return json!([]);
        }
        let stage = if order == "VOIDED" {
            "VOIDED"
        } else {
            "NOT AVAILABLE"
        };
        let done = if order == "VOIDED" {
            "VOIDED"
        } else {
            "NOT FULFILLED"
        };
        json!([self.task(sale, view, stage, done)])
    }

    /// An empty task.
    pub(super) fn task(&self, sale: &Sale, view: View, stage: &str, done: &str) -> Value {
        let address = address(&self.header(sale, "ShippingAddress"), view.countries);
        json!({
            "TaskID": sale.id,
            "FulfillmentNumber": 1,
            "LinkedInvoiceNumber": "",
            "FulFilmentStatus": done,
            "Pick": { "Status": stage, "Lines": [] },
            "Pack": { "Status": stage, "Lines": [] },
            "Ship": {
                "Status": stage,
                "RequireBy": self.header(sale, "ShipBy"),
                "ShippingAddress": address,
                "ShippingNotes": self.header(sale, "ShippingNotes"),
                "Lines": []
            }
        })
    }
}

/// A given task, with its address in the format asked for.
pub(super) fn in_format(task: &Value, view: View) -> Value {
    let mut task = task.clone();
    if let Some(place) = task.pointer_mut("/Ship/ShippingAddress") {
        *place = address(place, view.countries);
    }
    task
}

/// An address with its display lines, which are worked out unless they were given.
pub(super) fn address(given: &Value, countries: CountryFormat) -> Value {
    let Value::Object(given) = given else {
        return given.clone();
    };
    let part = |name: &str| given.get(name).map(text).unwrap_or_default().trim();
    let joined = |parts: &[&str]| {
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let first = joined(&[part("Line1"), part("Line2")]);
    let second = joined(&[
        part("City"),
        part("State"),
        part("Postcode"),
        part("Country"),
    ]);
    let mut full = object([
        ("DisplayAddressLine1", json!(first)),
        ("DisplayAddressLine2", json!(second)),
        ("Line1", json!("")),
        ("Line2", json!("")),
        ("City", json!("")),
        ("State", json!("")),
        ("Postcode", json!("")),
        ("Country", json!("")),
    ]);
    merge(&mut full, given);
    if let Some(Value::String(country)) = full.get_mut("Country") {
        *country = countries.write(country);
    }
    Value::Object(full)
}

fn quote(sale: &Sale) -> Value {
    let mut quote = object([
        ("Memo", json!("")),
        ("Status", json!("NOT AVAILABLE")),
        ("Prepayments", json!([])),
        ("Lines", json!([])),
        ("AdditionalCharges", json!([])),
        ("TotalBeforeTax", json!(0)),
        ("Tax", json!(0)),
        ("Total", json!(0)),
    ]);
    if let Some(Value::Object(given)) = sale.header.get("Quote") {
        merge(&mut quote, given);
    }
    Value::Object(quote)
}

fn order(sale: &Sale) -> Map<String, Value> {
    let lines: Vec<Value> = sale
        .lines
        .iter()
        .map(|line| Value::Object(line.fields.clone()))
        .collect();
    let charges = charges(sale.order("AdditionalCharges"));
    let sum = |name: &str| -> Decimal {
        let rows = lines.iter().chain(charges.as_array().into_iter().flatten());
        rows.filter_map(|row| decimal(&row[name]))
            .fold(Decimal::ZERO, |sum, one| {
                sum.checked_add(one).unwrap_or(sum)
            })
    };
    let (net, tax) = (sum("Total"), sum("Tax"));
    let mut order = object([
        ("SaleOrderNumber", json!(sale.number)),
        ("Memo", json!("")),
        ("Status", json!("AUTHORISED")),
        ("Lines", Value::Array(Vec::new())),
        ("AdditionalCharges", Value::Null),
        ("TotalBeforeTax", money(net)),
        ("Tax", money(tax)),
        ("Total", money(net.checked_add(tax).unwrap_or(net))),
    ]);
    if let Some(Value::Object(given)) = sale.header.get("Order") {
        merge(&mut order, given);
    }
    order.insert("Lines".into(), Value::Array(lines));
    order.insert("AdditionalCharges".into(), charges);
    order
}

/// The charges, each with all its fields; one for delivery unless others are given.
fn charges(given: Option<&Value>) -> Value {
    let delivery = json!([{ "Description": "Delivery", "Price": 4.0 }]);
    let Value::Array(rows) = given.unwrap_or(&delivery) else {
        return given.cloned().unwrap_or_default();
    };
    let fill = |row: &Value| {
        let Value::Object(given) = row else {
            return row.clone();
        };
        let of = |name: &str| given.get(name).and_then(decimal);
        let price = of("Price").unwrap_or_default();
        let net = price
            .checked_mul(of("Quantity").unwrap_or(Decimal::ONE))
            .unwrap_or_default();
        let mut full = object([
            ("Description", json!("")),
            ("Price", json!(0)),
            ("Quantity", json!(1)),
            ("Discount", json!(0)),
            ("Tax", money((net / Decimal::from(5)).round_dp(2))),
            ("Total", money(net)),
            ("TaxRule", json!(TAX_RULE)),
            ("Comment", json!("")),
        ]);
        merge(&mut full, given);
        Value::Object(full)
    };
    Value::Array(rows.iter().map(fill).collect())
}

/// The ten attributes, empty unless given.
fn attributes(given: Option<&Value>) -> Value {
    let mut all: Map<String, Value> = (1..=10)
        .map(|n| (format!("AdditionalAttribute{n}"), json!("")))
        .collect();
    match given {
        Some(Value::Object(given)) => merge(&mut all, given),
        Some(other) => return other.clone(),
        None => {}
    }
    Value::Object(all)
}

/// The tracking numbers of all shipments, joined and cut.
pub(super) fn tracking(sale: &Sale) -> Value {
    if let Some(given) = sale.header.get("CombinedTrackingNumbers") {
        return given.clone();
    }
    let numbers: Vec<&str> = sale
        .tasks
        .iter()
        .flatten()
        .flat_map(ship_lines)
        .map(|line| text(&line["TrackingNumber"]))
        .filter(|number| !number.is_empty())
        .collect();
    json!(
        numbers
            .join(",")
            .chars()
            .take(TRACKING_LENGTH)
            .collect::<String>()
    )
}

fn listed(sale: &Sale, name: &str) -> Value {
    sale.header.get(name).cloned().unwrap_or_else(|| json!([]))
}
