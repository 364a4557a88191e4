//! A sale as the account keeps it: what was given, word for word, and what must be
//! remembered beside it. What it looks like from outside is `detail` and `list`.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Account;
use super::plain::{kept_decimal, kept_time, text, to_millis, word};
use super::shape::nearest;
use super::taken::{Taken, gone};
use crate::http::Misuse;

/// The tax rule of everything sold.
pub(super) const TAX_RULE: &str = "20% (VAT on Income)";
/// How many former list rows are kept, for lists that lag.
const ROWS_KEPT: usize = 4;

/// A sale that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Created {
    /// `SO-…`.
    pub number: String,
    /// Its GUID.
    pub sale_id: String,
}

/// One sale.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Sale {
    pub(super) id: String,
    pub(super) number: String,
    /// Where it stands in lists: arbitrary, but always the same.
    pub(super) place: u64,
    #[serde(with = "kept_time")]
    pub(super) created: DateTime<Utc>,
    #[serde(with = "kept_time")]
    pub(super) updated: DateTime<Utc>,
    /// The fields of the detail that were given or chosen; the rest is usual.
    pub(super) header: Map<String, Value>,
    pub(super) lines: Vec<Line>,
    /// Fulfilment tasks; `None` is the one empty task that every sale begins with.
    pub(super) tasks: Option<Vec<Value>>,
    pub(super) promises: Vec<Promise>,
    pub(super) past: Vec<Past>,
    /// Goods off the shelf for its tasks.
    #[serde(default)]
    pub(super) taken: Vec<Taken>,
    /// Whether a user took the stages back and nobody has begun again.
    #[serde(default)]
    pub(super) undone: bool,
    /// Shipments that told the customer.
    pub(super) notified: u64,
}

/// An order line with all its fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    /// Which product, if the code is one.
    pub(super) product: Option<usize>,
    /// Whether it is stock that a warehouse of ours would send.
    pub(super) goods: bool,
    /// Whether the backorder was given and is not worked out.
    pub(super) backorder_given: bool,
    pub(super) fields: Map<String, Value>,
}

/// Stock set aside for a sale.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Promise {
    pub(super) product: usize,
    pub(super) row: usize,
    #[serde(with = "kept_decimal")]
    pub(super) amount: Decimal,
}

/// What the list said until a moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Past {
    #[serde(with = "kept_time")]
    pub(super) until: DateTime<Utc>,
    pub(super) row: Value,
}

/// All sales, found by number exactly as spelt and by ID without case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Sales {
    pub(super) list: Vec<Sale>,
    by_number: BTreeMap<String, usize>,
    by_id: BTreeMap<String, usize>,
    last_number: u64,
    /// How many rows a fault has moved to the front.
    moved: u64,
}

impl Sales {
    pub(super) fn index(&self, number: &str) -> Option<usize> {
        self.by_number.get(number).copied()
    }

    pub(super) fn index_of_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(&id.to_lowercase()).copied()
    }

    /// By number or ID, as a fault's match may give either.
    pub(super) fn index_of_any(&self, name: &str) -> Option<usize> {
        self.index(name).or_else(|| self.index_of_id(name))
    }

    /// The sale of that number, or a misuse that names what is near it.
    pub(super) fn expect(&self, number: &str) -> Result<usize, Misuse> {
        self.index_of_any(number).ok_or_else(|| {
            let near = nearest(number, self.by_number.keys().map(String::as_str));
            let hint = match (near, self.list.last()) {
                (Some(near), _) => format!("did you mean {near}"),
                (None, Some(last)) => format!("the last one is {}", last.number),
                (None, None) => "there are none yet".to_owned(),
            };
            Misuse::unknown(format!("Cin7 has no sale {number}: {hint}"))
        })
    }

    /// The next free number.
    pub(super) fn next_number(&mut self) -> String {
        loop {
            self.last_number += 1;
            let number = format!("SO-{:05}", self.last_number);
            if !self.by_number.contains_key(&number) {
                return number;
            }
        }
    }

    pub(super) fn push(&mut self, sale: Sale) -> usize {
        let index = self.list.len();
        self.by_number.insert(sale.number.clone(), index);
        self.by_id.insert(sale.id.to_lowercase(), index);
        self.list.push(sale);
        index
    }

    /// A place before every other.
    pub(super) fn front_place(&mut self) -> u64 {
        self.moved += 1;
        (1 << 62) - self.moved
    }

    /// Lines point at products, so a new code shows on every sale that has the old one,
    /// in its order and in its tasks.
    pub(super) fn rename_lines(&mut self, product_id: &str, old: &str, new: &str) {
        let lines = self.list.iter_mut().flat_map(|sale| sale.lines.iter_mut());
        for line in lines {
            let of_product = line.fields.get("ProductID").map(text) == Some(product_id);
            if of_product && line.fields.get("SKU").map(text) == Some(old) {
                line.fields.insert("SKU".into(), json!(new));
            }
        }
        let tasks = self.list.iter_mut().filter_map(|sale| sale.tasks.as_mut());
        for task in tasks.flatten() {
            for stage in ["/Pick/Lines", "/Pack/Lines"] {
                let lines = task.pointer_mut(stage).and_then(Value::as_array_mut);
                for line in lines.into_iter().flatten() {
                    if text(&line["ProductID"]) == product_id && text(&line["SKU"]) == old {
                        line["SKU"] = json!(new);
                    }
                }
            }
        }
    }
}

impl Sale {
    /// `Order.Status` in upper case.
    pub(super) fn order_status(&self) -> String {
        self.order("Status")
            .map_or_else(|| "AUTHORISED".into(), word)
    }

    /// A field of `Order`, if it was given.
    pub(super) fn order(&self, name: &str) -> Option<&Value> {
        self.header.get("Order").and_then(|order| order.get(name))
    }

    /// Sets a field of `Order`.
    pub(super) fn set_order(&mut self, name: &str, value: Value) {
        let order = self
            .header
            .entry("Order")
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(order) = order {
            order.insert(name.to_owned(), value);
        }
    }

    /// `Type` in upper case: `SIMPLE SALE` unless it says otherwise.
    pub(super) fn kind(&self) -> String {
        self.header
            .get("Type")
            .map_or_else(|| "SIMPLE SALE".into(), word)
    }

    /// Whether stock is set aside for it.
    pub(super) fn wants_stock(&self) -> bool {
        self.order_status() == "AUTHORISED"
    }
}

impl Account {
    /// A field of the detail's top, as it is shown.
    pub(super) fn header(&self, sale: &Sale, name: &str) -> Value {
        if let Some(given) = sale.header.get(name) {
            return given.clone();
        }
        match name {
            "DefaultAccount" => json!("200"),
            "SkipQuote" => json!(true),
            "BaseCurrency" | "CustomerCurrency" => json!(self.seed.currency),
            "TaxRule" => json!(TAX_RULE),
            "TaxCalculation" => json!("Exclusive"),
            "Terms" => json!("Paid on order"),
            "PriceTier" => json!("Tier 1"),
            "COGSAmount" => json!(0),
            "CombinedInvoiceStatus" => json!("NOT AVAILABLE"),
            "CombinedPaymentStatus" => {
                let terms = sale.header.get("Terms").map_or("Paid on order", text);
                json!(if terms.contains("Paid") {
                    "PREPAID"
                } else {
                    "UNPAID"
                })
            }
            "Carrier" => json!("Royal Mail Tracked 48"),
            "CurrencyRate" => json!(1),
            "SalesRepresentative" => json!(self.seed.company),
            "ServiceOnly" => json!(false),
            "Type" => json!("Simple Sale"),
            "SourceChannel" => json!("Shopify"),
            "Contact" | "Phone" | "Email" | "ShippingNotes" | "Note" | "CustomerReference" => {
                json!("")
            }
            _ => Value::Null,
        }
    }

    /// Where the order is to be fulfilled, if the location is one of ours.
    pub(super) fn sale_location(&self, sale: &Sale) -> Option<usize> {
        self.location(text(&self.header(sale, "Location")))
    }

    /// Takes back what was set aside and sets it aside afresh, working out backorders. What
    /// has left for the sale already is not set aside again.
    /// Documented: authorising more than there is makes a backorder silently.
    pub(super) fn allocate(&mut self, index: usize) {
        let promises = std::mem::take(&mut self.sales.list[index].promises);
        self.release(&promises);
        let sale = &self.sales.list[index];
        let location = self.sale_location(sale).filter(|_| sale.wants_stock());
        let mut gone = gone(sale);
        let mut lines = std::mem::take(&mut self.sales.list[index].lines);
        let mut promises = Vec::new();
        for line in &mut lines {
            let left = line.product.and_then(|product| gone.get_mut(&product));
            promises.extend(self.allocate_line(line, location, left));
        }
        let sale = &mut self.sales.list[index];
        sale.lines = lines;
        sale.promises = promises;
    }

    fn allocate_line(
        &mut self,
        line: &mut Line,
        location: Option<usize>,
        gone: Option<&mut Decimal>,
    ) -> Vec<Promise> {
        let amount = |line: &Line, name: &str| {
            line.fields
                .get(name)
                .and_then(super::plain::decimal)
                .unwrap_or_default()
        };
        let ordered = amount(line, "Quantity");
        let (Some(location), Some(product), true) = (location, line.product, line.goods) else {
            if !line.backorder_given {
                line.fields.insert("BackorderQuantity".into(), json!(0));
            }
            return Vec::new();
        };
        let ordered = match gone {
            Some(gone) => {
                let here = ordered.clamp(Decimal::ZERO, *gone);
                *gone -= here;
                ordered - here
            }
            None => ordered,
        };
        if line.backorder_given {
            let wanted = ordered - amount(line, "BackorderQuantity");
            return self.promise(product, location, wanted, true).0;
        }
        let (made, rest) = self.promise(product, location, ordered, false);
        line.fields
            .insert("BackorderQuantity".into(), super::plain::quantity(rest));
        made
    }

    /// Moves `Updated` after a change, and remembers what the list said before.
    pub(super) fn touched(
        &mut self,
        index: usize,
        before: Value,
        now: DateTime<Utc>,
        given: Option<DateTime<Utc>>,
    ) {
        let sale = &mut self.sales.list[index];
        // Two changes in one millisecond are still two moments.
        let after = sale.updated + TimeDelta::milliseconds(1);
        let at = given.unwrap_or_else(|| to_millis(now)).max(after);
        sale.past.push(Past {
            until: at,
            row: before,
        });
        if sale.past.len() > ROWS_KEPT {
            sale.past.remove(0);
        }
        sale.updated = at;
    }
}
