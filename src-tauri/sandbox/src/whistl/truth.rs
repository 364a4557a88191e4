//! What the warehouse really holds, for those who check it (`sandbox.md`, truth).
//! Nothing here is told over the contract's own endpoints.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Warehouse;
use super::despatch::Despatch;
use super::order::Order;

/// Goods ordered, over all live warehouse orders that name one Cin7 sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentOrders {
    /// The Cin7 sale id the orders gave as `source.document_id`.
    pub document_id: String,
    /// The client references under which they were sent, as spelt.
    pub client_refs: Vec<String>,
    /// Whole units by Whistl SKU: ordered less cancelled, or what left if that is more.
    pub ordered: BTreeMap<String, i64>,
}

impl Warehouse {
    /// The `whistl` part of the truth, but for `duplicates`, which needs the sales too.
    pub fn truth(&self) -> Value {
        let orders: Vec<Value> = self
            .orders
            .by_reference()
            .map(|(reference, orders)| self.reference_truth(reference, &orders))
            .collect();
        let despatches: Vec<Value> = self.despatches.all().map(Despatch::truth).collect();
        let stock: Vec<Value> = self
            .items
            .all()
            .map(|item| {
                json!({
                    "sku": item.sku,
                    "on_hand": item.on_hand.to_string(),
                    "quarantined": item.quarantined.to_string(),
                    "allocated": item.allocated.to_string(),
                    "opening": item.opening.to_string(),
                })
            })
            .collect();
        json!({
            "calls": {
                "total": self.calls.total,
                "refused": self.calls.refused,
                "by_status": self.calls.by_status,
            },
            "orders": orders,
            "despatches": despatches,
            "adjustments": self.adjustments.truth(),
            "losses": self.adjustments.losses(),
            "stock": stock,
            "dropped": self.dropped,
            "never_taken": self.never_taken(),
        })
    }

    /// What each Cin7 sale has live at the warehouse, sales in the order of their ids.
    /// An order that names no sale stands under its own reference.
    pub fn orders_by_document(&self) -> Vec<DocumentOrders> {
        let mut documents: BTreeMap<String, DocumentOrders> = BTreeMap::new();
        let unordered = self.unordered_goods();
        for order in self.orders.all().filter(|order| order.is_live()) {
            let id = order
                .document_id
                .clone()
                .unwrap_or_else(|| order.client_ref.clone());
            let entry = documents
                .entry(id.clone())
                .or_insert_with(|| DocumentOrders {
                    document_id: id,
                    client_refs: Vec::new(),
                    ordered: BTreeMap::new(),
                });
            if !entry.client_refs.contains(&order.client_ref) {
                entry.client_refs.push(order.client_ref.clone());
            }
            for line in &order.lines {
                *entry.ordered.entry(line.sku.clone()).or_default() +=
                    (line.ordered - line.cancelled).max(line.despatched);
            }
            for (sku, units) in unordered.get(&order.number).into_iter().flatten() {
                *entry.ordered.entry((*sku).to_owned()).or_default() += units;
            }
        }
        documents.into_values().collect()
    }

    /// Units that left under an order without being on it, by the order's number.
    fn unordered_goods(&self) -> BTreeMap<u64, Vec<(&str, i64)>> {
        let mut found: BTreeMap<u64, Vec<(&str, i64)>> = BTreeMap::new();
        for despatch in self.despatches.all() {
            let strange = despatch.lines.iter().filter(|line| line.ordered == 0);
            let units = strange.map(|line| (line.sku.as_str(), line.despatched));
            found.entry(despatch.order).or_default().extend(units);
        }
        found
    }

    /// All orders of one reference as one entry: the present one's status, and the
    /// goods of every one that is live, so that a second order shows in the quantities.
    fn reference_truth(&self, reference: &str, orders: &[&Order]) -> Value {
        let Some(present) = orders.last() else {
            return Value::Null;
        };
        let live: Vec<&&Order> = orders.iter().filter(|order| order.is_live()).collect();
        let counted: &[&&Order] = if live.is_empty() { &[present] } else { &live };
        let mut lines: Vec<(&str, i64, i64, i64)> = Vec::new();
        for line in counted.iter().flat_map(|order| &order.lines) {
            match lines.iter_mut().find(|(sku, ..)| *sku == line.sku) {
                Some(sum) => {
                    sum.1 += line.ordered;
                    sum.2 += line.despatched;
                    sum.3 += line.cancelled;
                }
                None => lines.push((&line.sku, line.ordered, line.despatched, line.cancelled)),
            }
        }
        let lines: Vec<Value> = lines
            .into_iter()
            .map(|(sku, ordered, despatched, cancelled)| {
                json!({
                    "sku": sku,
                    "ordered": ordered.to_string(),
                    "despatched": despatched.to_string(),
                    "cancelled": cancelled.to_string(),
                })
            })
            .collect();
        let arrived = self.orders.arrived(reference);
        // A deferred order that was refused never was an order; everything else was made.
        let created = orders
            .iter()
            .filter(|order| order.status != super::Status::Rejected)
            .count();
        json!({
            "client_ref": present.client_ref,
            "status": present.status.word(),
            "service_requested": present.service_requested,
            "service_applied": present.service_applied,
            "submissions": arrived.map_or(0, |arrived| arrived.submissions),
            "created": created,
            "lines": lines,
            "whistl_ref": present.whistl_ref(),
            "whistl_refs": orders.iter().map(|order| order.whistl_ref()).collect::<Vec<_>>(),
            "document_id": present.document_id,
            "hold": present.hold.as_ref().map(super::order::Hold::listing),
            "payload": arrived.map(|arrived| &arrived.payload),
            "accepted_payload": present.payload,
        })
    }

    /// References under which submissions arrived but no order stands.
    fn never_taken(&self) -> Vec<Value> {
        self.orders
            .arrivals()
            .filter(|(reference, _)| self.orders.present(reference).is_none())
            .map(|(_, arrived)| {
                json!({
                    "client_ref": arrived.client_ref,
                    "submissions": arrived.submissions,
                    "payload": arrived.payload,
                })
            })
            .collect()
    }
}
