//! What both vendors really hold, put together for those who check. The one figure that
//! needs both of them is worked out here: sales for which the warehouse was asked for
//! more than Cin7 asks.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::http::Misuse;
use crate::sandbox::Sandbox;
use crate::whistl::DocumentOrders;

/// A time as the truth writes it: RFC 3339 in UTC, to the second.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The truth, or the part of it that is asked for.
pub(super) fn truth(sandbox: &Sandbox, part: Option<&str>) -> Result<Value, Misuse> {
    let clock = time(sandbox.world());
    match part {
        None => Ok(whole(sandbox)),
        Some("cin7") => Ok(json!({ "clock": clock, "cin7": sandbox.cin7.truth() })),
        Some("whistl") => {
            let whistl = whistl(sandbox, &sandbox.cin7.truth());
            Ok(json!({ "clock": clock, "whistl": whistl }))
        }
        Some("planted") => Ok(json!({ "clock": clock, "planted": sandbox.planted })),
        Some(other) => {
            let message = format!("query part: `{other}` must be cin7, whistl or planted");
            Err(Misuse::bad(message))
        }
    }
}

/// All of it.
pub(crate) fn whole(sandbox: &Sandbox) -> Value {
    let cin7 = sandbox.cin7.truth();
    let whistl = whistl(sandbox, &cin7);
    json!({
        "clock": time(sandbox.world()),
        "cin7": cin7,
        "whistl": whistl,
        "planted": sandbox.planted,
    })
}

fn whistl(sandbox: &Sandbox, cin7: &Value) -> Value {
    let mut truth = sandbox.whistl.truth();
    let twice = twice(cin7, &sandbox.whistl.orders_by_document());
    truth["duplicates"] = json!(twice.len());
    truth["duplicate_sales"] = json!(twice);
    truth
}

/// Numbers of the sales for which more goods stand at the warehouse than Cin7 asks.
fn twice(cin7: &Value, orders: &[DocumentOrders]) -> Vec<String> {
    let sales: Vec<Asked> = cin7["sales"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Asked::of)
        .collect();
    let mut by_sale: BTreeMap<usize, BTreeMap<String, Decimal>> = BTreeMap::new();
    let places = Places::of(&sales);
    for order in orders {
        let Some(place) = places.find(order) else {
            continue;
        };
        let units = by_sale.entry(place).or_default();
        for (sku, ordered) in &order.ordered {
            *units.entry(folded(sku)).or_default() += Decimal::from(*ordered);
        }
    }
    let over = by_sale
        .into_iter()
        .filter(|(place, units)| sales[*place].is_exceeded_by(units));
    over.map(|(place, _)| sales[place].number.clone()).collect()
}

/// What one sale asks.
struct Asked {
    number: String,
    sale_id: String,
    /// By SKU in letters and digits, capitals.
    units: BTreeMap<String, Decimal>,
}

impl Asked {
    fn of(sale: &Value) -> Option<Self> {
        let mut units: BTreeMap<String, Decimal> = BTreeMap::new();
        for line in sale["lines"].as_array()? {
            let ordered = line["ordered"].as_str().and_then(|text| text.parse().ok());
            let ordered: Decimal = ordered.unwrap_or_default();
            *units
                .entry(folded(line["sku"].as_str().unwrap_or_default()))
                .or_default() += ordered;
        }
        Some(Self {
            number: sale["number"].as_str()?.to_owned(),
            sale_id: sale["sale_id"].as_str()?.to_lowercase(),
            units,
        })
    }

    /// SKU by SKU where both sides spell it alike but for punctuation. The merchant's own
    /// map may send a SKU under any other name, so the rest is compared as one sum.
    fn is_exceeded_by(&self, sent: &BTreeMap<String, Decimal>) -> bool {
        let mut rest = Decimal::ZERO;
        for (sku, units) in sent {
            match self.units.get(sku) {
                Some(asked) if units > asked => return true,
                Some(_) => {}
                None => rest += units,
            }
        }
        let unsent = self
            .units
            .iter()
            .filter(|(sku, _)| !sent.contains_key(*sku));
        rest > unsent.map(|(_, units)| units).sum()
    }
}

/// Where a sale stands, by id and by number.
struct Places<'a> {
    by_id: BTreeMap<&'a str, usize>,
    by_number: BTreeMap<String, usize>,
}

impl<'a> Places<'a> {
    fn of(sales: &'a [Asked]) -> Self {
        let all = || sales.iter().enumerate();
        Self {
            by_id: all()
                .map(|(place, sale)| (sale.sale_id.as_str(), place))
                .collect(),
            by_number: all()
                .map(|(place, sale)| (sale.number.to_uppercase(), place))
                .collect(),
        }
    }

    /// By the sale id that the order names, or by its reference: the sale's number, with
    /// or without the edition that a second sending adds (`SO-00044-2`).
    fn find(&self, order: &DocumentOrders) -> Option<usize> {
        let by_id = self
            .by_id
            .get(order.document_id.to_lowercase().as_str())
            .copied();
        by_id.or_else(|| {
            order.client_refs.iter().find_map(|reference| {
                let reference = reference.to_uppercase();
                let base = reference.rsplit_once('-').map(|(base, _)| base.to_owned());
                let number = self.by_number.get(&reference);
                number
                    .or_else(|| base.and_then(|base| self.by_number.get(&base)))
                    .copied()
            })
        })
    }
}

fn folded(sku: &str) -> String {
    sku.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(document: &str, reference: &str, units: &[(&str, i64)]) -> DocumentOrders {
        DocumentOrders {
            document_id: document.into(),
            client_refs: vec![reference.into()],
            ordered: units
                .iter()
                .map(|(sku, n)| ((*sku).to_owned(), *n))
                .collect(),
        }
    }

    fn sales() -> Value {
        json!({ "sales": [
            { "number": "SO-00001", "sale_id": "AB-1", "lines": [
                { "sku": "ITEM-01_BLUE", "ordered": "2" }, { "sku": "GIFTWRAP", "ordered": "1" }] },
            { "number": "SO-00002", "sale_id": "AB-2", "lines": [{ "sku": "TEAPOT04", "ordered": "1" }] },
        ]})
    }

    #[test]
    fn a_sale_sent_once_is_no_duplicate_whatever_the_map_calls_its_goods() {
        let orders = [
            order("ab-1", "SO-00001", &[("ITEM01BLUE", 2)]),
            order("ab-2", "SO-00002", &[("POT4", 1)]),
        ];
        assert_eq!(twice(&sales(), &orders), Vec::<String>::new());
    }

    #[test]
    fn goods_beyond_the_sale_are_found_by_sale_id_reference_or_edition() {
        let twice_as_much = order("ab-1", "SO-00001", &[("ITEM01BLUE", 4)]);
        assert_eq!(twice(&sales(), &[twice_as_much]), ["SO-00001"]);
        let two_editions = [
            order("", "so-00002", &[("TEAPOT04", 1)]),
            order("", "SO-00002-2", &[("TEAPOT04", 1)]),
        ];
        assert_eq!(twice(&sales(), &two_editions), ["SO-00002"]);
        let mapped = order("ab-2", "X", &[("POT4", 2)]);
        assert_eq!(twice(&sales(), &[mapped]), ["SO-00002"]);
    }

    #[test]
    fn an_order_of_no_known_sale_counts_for_none() {
        assert!(twice(&sales(), &[order("zz", "SO-99999", &[("TEAPOT04", 9)])]).is_empty());
    }
}
