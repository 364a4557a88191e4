//! What the account really holds, for whoever checks: the `cin7` part of
//! `/sandbox/truth`. Quantities are texts of exact decimals.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::detail::View;
use super::plain::{decimal, text, truth_of};
use super::progress::{boxes_of, moved, ship_lines, words};
use super::sale::Sale;
use super::stages::Stage;

impl Account {
    /// The account's truth: its calls, sales, stock, documents and the writes it took
    /// over the vendor's interface. Control edits are not writes.
    pub fn truth(&self) -> Value {
        let meter = &self.meter;
        json!({
            "calls": {
                "total": meter.total,
                "refused": meter.refused,
                "max_in_any_60s": meter.max_in_window,
                "by_path": meter.by_path,
            },
            "sales": self.sales.list.iter().map(sale_truth).collect::<Vec<_>>(),
            "stock": self.stock_truth(),
            "documents": self.documents_truth(),
            "writes_by_object": {
                "fulfilment": self.writes.fulfilment,
                "adjustment": self.writes.adjustment,
                "write_off": self.writes.write_off,
                "sale": self.writes.sale,
                "product": self.writes.product,
            },
        })
    }

    /// One sale's detail as it stands, without faults and without a call.
    pub fn sale(&self, number: &str) -> Option<Value> {
        let index = self.sales.index_of_any(number)?;
        Some(self.detail(&self.sales.list[index], View::default()))
    }

    fn stock_truth(&self) -> Vec<Value> {
        let mut levels = Vec::new();
        for (index, product) in self.catalogue.list.iter().enumerate() {
            let mut here: BTreeMap<usize, [Decimal; 4]> = BTreeMap::new();
            for row in &product.rows {
                let figures = [row.on_hand, row.allocated, row.opening, row.by_hand];
                let sums = here.entry(row.location).or_default();
                for (sum, figure) in sums.iter_mut().zip(figures) {
                    *sum += figure;
                }
            }
            for (location, [on_hand, allocated, opening, by_hand]) in here {
                levels.push(json!({
                    "sku": product.sku,
                    "location": self.locations[location].name,
                    "on_hand": plain(on_hand),
                    "allocated": plain(allocated),
                    "opening": plain(opening),
                    "by_hand": plain(by_hand),
                    "unit_cost": plain(self.average_cost(index)),
                }));
            }
        }
        levels
    }
}

fn sale_truth(sale: &Sale) -> Value {
    let fulfilment = match sale.header.get("FulFilmentStatus") {
        Some(given) => given.clone(),
        None => json!(words(sale).fulfilment),
    };
    let mut shipments = Vec::new();
    let tasks = sale.tasks.iter().flatten();
    let standing = tasks.filter(|task| Stage::Ship.status(task) != "VOIDED");
    for line in standing.flat_map(ship_lines) {
        if truth_of(&line["IsShipped"]) {
            for parcel in boxes_of(line) {
                shipments.push(json!({
                    "box": parcel,
                    "carrier": line["Carrier"],
                    "tracking": line["TrackingNumber"],
                    "shipped_at": line["ShipmentDate"],
                }));
            }
        }
    }
    json!({
        "number": sale.number,
        "sale_id": sale.id,
        "order_status": sale.order("Status").cloned().unwrap_or_else(|| json!("AUTHORISED")),
        "fulfilment_status": fulfilment,
        "lines": line_truths(sale),
        "shipments": shipments,
        "notified": sale.notified,
    })
}

/// One entry a SKU: order lines have no ID, so equal codes are one thing.
fn line_truths(sale: &Sale) -> Vec<Value> {
    let mut codes: Vec<&str> = Vec::new();
    let mut ordered: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in &sale.lines {
        let sku = line.fields.get("SKU").map(text).unwrap_or_default();
        if !ordered.contains_key(sku) {
            codes.push(sku);
        }
        *ordered.entry(sku).or_default() += line
            .fields
            .get("Quantity")
            .and_then(decimal)
            .unwrap_or_default();
    }
    let moved = moved(sale);
    let entry = |sku: &str| {
        let done = moved.get(sku).copied().unwrap_or_default();
        json!({
            "sku": sku,
            "ordered": plain(ordered.get(sku).copied().unwrap_or_default()),
            "picked": plain(done.picked),
            "packed": plain(done.packed),
            "shipped": plain(done.shipped),
        })
    };
    codes.into_iter().map(entry).collect()
}

fn plain(amount: Decimal) -> String {
    amount.normalize().to_string()
}
