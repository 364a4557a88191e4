//! A drawn world in the shape Cin7 and Whistl take it, with enough on every shelf that
//! no order waits for stock by accident.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use super::catalogue::{Product, decimal};
use super::dice::Dice;
use super::orders::{self, Fate, Order};
use super::people::Customer;
use super::{Keys, Plan};

/// Everything a world begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct Blueprint {
    /// What callers must show.
    pub keys: Keys,
    /// The catalogue.
    pub products: Vec<PlannedProduct>,
    /// The customers, each before the first sale to them.
    pub customers: Vec<PlannedCustomer>,
    /// The sales, oldest first.
    pub sales: Vec<PlannedSale>,
}

/// A product on both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedProduct {
    /// Cin7's spelling.
    pub sku: String,
    /// The product in Cin7's own shape.
    pub cin7: Value,
    /// The product at Whistl, if it was set up there.
    pub whistl: Option<WhistlItem>,
    /// Whole units on hand at Whistl, on both sides alike.
    pub on_hand: i64,
    /// Whole units on hand at the merchant's own shelf.
    pub at_office: i64,
}

/// What Whistl knows of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhistlItem {
    /// Whistl's spelling.
    pub sku: String,
    /// What stands on the pick list.
    pub description: String,
    /// EAN-13 codes.
    pub barcodes: Vec<String>,
    /// Whether it can be ordered.
    pub active: bool,
}

/// A customer in Cin7's own shape, without an id.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedCustomer {
    /// `Name`, `Contacts[]` and `Addresses[]`.
    pub cin7: Value,
}

/// A sale in Cin7's own shape, without number, ids and totals.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedSale {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// When it was voided, for one that was.
    pub voided_at: Option<DateTime<Utc>>,
    /// Which of the customers bought; `None` for a sale without a customer.
    pub customer: Option<usize>,
    /// The sale.
    pub cin7: Value,
    /// Whether it has left the building already.
    pub shipped: bool,
    /// Whether it should reach Whistl, or be held for what was planted.
    pub triggers: bool,
    /// What was planted, in hold codes; empty for a good order.
    pub faults: Vec<&'static str>,
}

/// Puts a world into the vendors' shapes.
pub(super) fn blueprint(plan: &Plan, products: &[Product], orders: &[Order]) -> Blueprint {
    let prices: BTreeMap<&str, i64> = products
        .iter()
        .map(|product| (product.sku.as_str(), product.price))
        .collect();
    let mut customers: Vec<PlannedCustomer> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sales = Vec::with_capacity(orders.len());
    for order in orders {
        let customer = (!order.buyer.listed_as().is_empty()).then(|| {
            *known.entry(order.buyer.listed_as()).or_insert_with(|| {
                customers.push(PlannedCustomer {
                    cin7: customer(&order.buyer),
                });
                customers.len() - 1
            })
        });
        let mut sale = sale(order, customer, &prices);
        if order.fate == Fate::Shipped {
            ship(&mut sale, order);
        }
        sales.push(sale);
    }
    Blueprint {
        keys: Keys::of(plan.seed),
        products: stocked(plan, products, orders),
        customers,
        sales,
    }
}

fn customer(buyer: &Customer) -> Value {
    json!({
        "Name": buyer.listed_as(),
        "Currency": "GBP",
        "PaymentTerm": "Paid on order",
        "Status": "Active",
        "Addresses": [{
            "Line1": buyer.address.line1,
            "Line2": buyer.address.line2,
            "City": buyer.address.town,
            "State": buyer.address.county,
            "Postcode": buyer.address.postcode,
            "Country": buyer.address.country,
            "Type": "Shipping",
            "DefaultForType": true,
        }],
        "Contacts": [{
            "Name": buyer.name,
            "Phone": buyer.landline,
            "MobilePhone": buyer.mobile,
            "Email": buyer.email,
            "Default": true,
        }],
    })
}

fn sale(order: &Order, customer: Option<usize>, prices: &BTreeMap<&str, i64>) -> PlannedSale {
    let buyer = &order.buyer;
    let mut sale = json!({
        "Customer": buyer.listed_as(),
        "Contact": buyer.name,
        "Phone": buyer.phone,
        "Email": buyer.email,
        "BillingAddress": address(buyer),
        "ShippingAddress": address(buyer),
        "ShippingNotes": order.notes,
        "Terms": if buyer.company.is_empty() { "Paid on order" } else { "30 days" },
        "ShipBy": (order.at + TimeDelta::days(1)).format("%Y-%m-%dT00:00:00").to_string(),
        "SaleOrderDate": order.at.format("%Y-%m-%dT00:00:00").to_string(),
        "Location": if order.fate == Fate::Elsewhere { orders::OFFICE } else { orders::WHISTL },
        "CustomerReference": order.reference,
        "Carrier": order.carrier,
        "Type": "Simple Sale",
        "SourceChannel": order.channel,
        "Order": {
            "Status": if order.fate == Fate::Draft { "DRAFT" } else { "AUTHORISED" },
            "Lines": lines(order, prices),
            "AdditionalCharges": charges(order),
        },
    });
    if let Some(to) = sale
        .get_mut("ShippingAddress")
        .and_then(Value::as_object_mut)
    {
        to.insert("Company".into(), json!(buyer.company));
        to.insert("Contact".into(), json!(buyer.name));
        to.insert("ShipToOther".into(), json!(false));
    }
    PlannedSale {
        at: order.at,
        voided_at: (order.fate == Fate::Voided).then(|| order.at + TimeDelta::minutes(1)),
        customer,
        cin7: sale,
        shipped: order.fate == Fate::Shipped,
        triggers: order.fate == Fate::Ready,
        faults: order.faults.clone(),
    }
}

/// Writes on a sale that it was picked, packed and shipped; Cin7's status words follow
/// from that. The order itself stays `AUTHORISED`, as Cin7 leaves it: whoever looks at that word alone sends it again.
fn ship(sale: &mut PlannedSale, order: &Order) {
    let lines = |boxed: bool| {
        let line = |line: &orders::Line| {
            let mut row = json!({
                "SKU": line.sku,
                "Location": orders::WHISTL,
                "Quantity": number(line.quantity),
            });
            if boxed {
                row["Box"] = json!("Box 1");
            }
            row
        };
        order.lines.iter().map(line).collect::<Vec<Value>>()
    };
    let day = (order.at + TimeDelta::minutes(2))
        .format("%Y-%m-%dT00:00:00")
        .to_string();
    let tracking = format!("TT{:09}GB", order.at.timestamp().rem_euclid(1_000_000_000));
    let words = json!({
        "Fulfilments": [{
            "FulfillmentNumber": 1,
            "FulFilmentStatus": "FULFILLED",
            "Pick": { "Status": "AUTHORISED", "Lines": lines(false) },
            "Pack": { "Status": "AUTHORISED", "Lines": lines(true) },
            "Ship": {
                "Status": "AUTHORISED",
                "Lines": [{
                    "ShipmentDate": day,
                    "Carrier": order.carrier,
                    "Boxes": "Box 1",
                    "TrackingNumber": tracking,
                    "IsShipped": true,
                }],
            },
        }],
    });
    if let (Some(sale), Value::Object(words)) = (sale.cin7.as_object_mut(), words) {
        sale.extend(words);
    }
}

fn address(buyer: &Customer) -> Value {
    let at = &buyer.address;
    json!({
        "Line1": at.line1,
        "Line2": at.line2,
        "City": at.town,
        "State": at.county,
        "Postcode": at.postcode,
        "Country": at.country,
    })
}

fn lines(order: &Order, prices: &BTreeMap<&str, i64>) -> Vec<Value> {
    let line = |line: &orders::Line| {
        let price = prices.get(line.sku.as_str()).copied().unwrap_or_default();
        json!({
            "SKU": line.sku,
            "Quantity": number(line.quantity),
            "Price": number(decimal(price, 2)),
        })
    };
    order.lines.iter().map(line).collect()
}

fn charges(order: &Order) -> Vec<Value> {
    if order.delivery_pence == 0 {
        return Vec::new();
    }
    let price = number(decimal(order.delivery_pence, 2));
    vec![json!({ "Description": "Delivery", "Price": price, "Quantity": 1 })]
}

/// A decimal as a JSON number, digit for digit.
fn number(exact: Decimal) -> Value {
    exact
        .normalize()
        .to_string()
        .parse()
        .map_or(Value::Null, Value::Number)
}

/// The catalogue with stock for three times what the orders ask, and some more.
fn stocked(plan: &Plan, products: &[Product], orders: &[Order]) -> Vec<PlannedProduct> {
    let mut dice = Dice::new(plan.seed, 20);
    let mut asked: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in orders.iter().flat_map(|order| &order.lines) {
        *asked.entry(&line.sku).or_default() += line.quantity;
    }
    products
        .iter()
        .map(|product| {
            let asked = asked.get(product.sku.as_str()).copied().unwrap_or_default();
            let asked = asked.ceil().to_i64().unwrap_or_default();
            let spare = i64::try_from(dice.between(40, 240)).unwrap_or_default();
            let counted = product.kind == "Stock";
            let on_hand = match (counted, product.deprecated) {
                (false, _) => 0,
                (true, true) => 3,
                (true, false) => asked * 3 + spare,
            };
            PlannedProduct {
                sku: product.sku.clone(),
                cin7: product_body(product),
                whistl: whistl_item(product),
                on_hand,
                at_office: if counted && !product.deprecated {
                    asked + 24
                } else {
                    0
                },
            }
        })
        .collect()
}

fn product_body(product: &Product) -> Value {
    let mut body = Map::new();
    let (origin_code, origin) = product.origin;
    let status = if product.deprecated {
        "Deprecated"
    } else {
        "Active"
    };
    let fields = [
        ("SKU", json!(product.sku)),
        ("Name", json!(product.name)),
        ("Category", json!(product.category)),
        ("Type", json!(product.kind)),
        ("CostingMethod", json!("FIFO")),
        ("DefaultLocation", json!(orders::WHISTL)),
        ("Weight", number(decimal(product.weight, 3))),
        ("WeightUnits", json!("kg")),
        ("Barcode", json!(product.barcode)),
        ("PriceTier1", number(decimal(product.price, 2))),
        ("AverageCost", number(decimal(product.cost, 2))),
        ("Status", json!(status)),
        ("HSCode", json!(product.commodity)),
        ("CountryOfOrigin", json!(origin)),
        ("CountryOfOriginCode", json!(origin_code)),
    ];
    for (field, value) in fields {
        body.insert(field.into(), value);
    }
    Value::Object(body)
}

fn whistl_item(product: &Product) -> Option<WhistlItem> {
    product.at_whistl.as_ref().map(|sku| WhistlItem {
        sku: sku.clone(),
        description: product.name.clone(),
        barcodes: vec![product.barcode.clone()],
        active: !product.deprecated,
    })
}
