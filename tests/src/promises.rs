//! The promises of the release flow, checked against what both vendors really hold.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::world::World;

/// Every broken promise, a sentence each. To be asked when all queues are empty.
pub fn broken(world: &mut World) -> Vec<String> {
    let truth = world.truth();
    let states: Vec<(String, String)> = world
        .orders()
        .into_iter()
        .map(|order| (order.number, order.state))
        .collect();
    let outside = world.status().outside.values().sum();
    let mut broken = compare(&truth, &states, outside);
    let despatches = world
        .look(|views| views.despatches(None, 100_000, None))
        .despatches;
    let despatches: Vec<(Option<String>, String)> = despatches
        .into_iter()
        .map(|one| (one.number, one.state))
        .collect();
    broken.extend(told(&truth, &despatches));
    // P8: the journal is whole.
    if let Err(bad) = world.look(|views| Ok(views.reading.verify()?)) {
        broken.push(format!("P8: entry {}: {}", bad.id, bad.what));
    }
    broken
}

/// Compares what we say (number and state of every order, and how many sales are not due)
/// with what both vendors really hold.
pub fn compare(truth: &Value, ours: &[(String, String)], outside: i64) -> Vec<String> {
    let mut broken = Vec::new();
    let by_number: HashMap<&str, &str> = ours
        .iter()
        .map(|(number, state)| (number.as_str(), state.as_str()))
        .collect();

    // P1: nothing is at the warehouse twice.
    if truth["whistl"]["duplicates"].as_i64() != Some(0) {
        broken.push(format!(
            "P1: {} sales are at Whistl twice",
            truth["whistl"]["duplicates"]
        ));
    }
    for order in list(&truth["whistl"]["orders"]) {
        if order["created"].as_i64().unwrap_or_default() > 1 {
            broken.push(format!(
                "P1: {} was made {} times",
                order["client_ref"], order["created"]
            ));
        }
    }

    // P2: every sale is known, in one state, and that state is true.
    let sales = list(&truth["cin7"]["sales"]);
    let known = i64::try_from(ours.len()).unwrap_or(i64::MAX) + outside;
    if i64::try_from(sales.len()) != Ok(known) || by_number.len() != ours.len() {
        broken.push(format!(
            "P2: Cin7 has {} sales, we know {} due and {outside} not due",
            sales.len(),
            ours.len()
        ));
    }
    for sale in sales {
        broken.extend(untrue(sale, &by_number, truth));
    }
    for (number, state) in ours {
        if matches!(state.as_str(), "waiting" | "sending" | "unclear") {
            broken.push(format!("P2: {number} is still {state} after all is quiet"));
        }
    }

    // P12: the limit held, by the vendor's own count.
    let most = truth["cin7"]["calls"]["max_in_any_60s"]
        .as_i64()
        .unwrap_or_default();
    if most > 60 {
        broken.push(format!("P12: {most} calls to Cin7 in 60 seconds"));
    }
    broken
}

/// Compares what Cin7 was told with what left, once all is quiet; `despatches` are ours, by
/// order number and state. Those that wait for a person, or for the last parcel, excuse
/// their order from being told whole, never from being told too much.
pub fn told(truth: &Value, despatches: &[(Option<String>, String)]) -> Vec<String> {
    let mut broken = Vec::new();
    for (number, state) in despatches {
        if matches!(state.as_str(), "waiting" | "posting" | "unclear") {
            let number = number.as_deref().unwrap_or("?");
            broken.push(format!(
                "P3: a despatch of {number} is still {state} after all is quiet"
            ));
        }
    }
    for sale in list(&truth["cin7"]["sales"]) {
        let number = sale["number"].as_str().unwrap_or_default();
        let orders: Vec<&Value> = list(&truth["whistl"]["orders"])
            .iter()
            .filter(|order| is_of(order, number))
            .collect();
        // What was never sent is shipped by whom it may, and a void takes its shipments back.
        if orders.is_empty() || sale["order_status"] == "VOIDED" {
            continue;
        }
        let left: i64 = orders.iter().map(|order| units(order, "despatched")).sum();
        let (shipped, ordered) = (units(sale, "shipped"), units(sale, "ordered"));
        if shipped > left {
            broken.push(format!(
                "P5: {number} shows {shipped} shipped, and {left} left"
            ));
        }
        if shipped > ordered {
            broken.push(format!(
                "P3: {number} shows {shipped} shipped of {ordered} ordered"
            ));
        }
        let shipments = list(&sale["shipments"]).len();
        if sale["notified"].as_u64().unwrap_or_default() > shipments as u64 {
            broken.push(format!("P3: the customer of {number} was written to twice"));
        }
        let excused = despatches.iter().any(|(of, state)| {
            of.as_deref() == Some(number) && matches!(state.as_str(), "exception" | "parked")
        });
        if shipped < left && !excused {
            broken.push(format!(
                "P3: {number} shows {shipped} shipped, and {left} left"
            ));
        }
    }
    broken
}

/// Compares SKU by SKU what Cin7 shows as shipped with what left under the sale's orders.
/// `whistl_sku` names a SKU as the warehouse spells it.
pub fn line_by_line(truth: &Value, whistl_sku: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut broken = Vec::new();
    for sale in list(&truth["cin7"]["sales"]) {
        let number = sale["number"].as_str().unwrap_or_default();
        let orders = list(&truth["whistl"]["orders"]);
        let mut left: BTreeMap<String, i64> = BTreeMap::new();
        let mut was_sent = false;
        for order in orders.iter().filter(|order| is_of(order, number)) {
            was_sent = true;
            for line in list(&order["lines"]) {
                let sku = line["sku"].as_str().unwrap_or_default().to_owned();
                *left.entry(sku).or_default() += whole(line, "despatched");
            }
        }
        if !was_sent {
            continue;
        }
        let mut shipped: BTreeMap<String, i64> = BTreeMap::new();
        for line in list(&sale["lines"]) {
            let sku = whistl_sku(line["sku"].as_str().unwrap_or_default());
            *shipped.entry(sku).or_default() += whole(line, "shipped");
        }
        left.retain(|_, units| *units != 0);
        shipped.retain(|_, units| *units != 0);
        if left != shipped {
            broken.push(format!("P3: {number}: shipped {shipped:?}, left {left:?}"));
        }
    }
    broken
}

fn units(record: &Value, what: &str) -> i64 {
    let lines = list(&record["lines"]);
    lines.iter().map(|line| whole(line, what)).sum()
}

fn whole(line: &Value, what: &str) -> i64 {
    let text = line[what].as_str().unwrap_or_default();
    let units = text.split('.').next().unwrap_or_default();
    units.parse().unwrap_or_default()
}

/// Whether a warehouse order was made for that sale.
fn is_of(order: &Value, number: &str) -> bool {
    let reference = order["client_ref"].as_str().unwrap_or_default();
    reference == number
        || reference
            .strip_prefix(number)
            .is_some_and(|rest| rest.starts_with('-'))
}

/// What is untrue about where we say a sale stands.
fn untrue(sale: &Value, ours: &HashMap<&str, &str>, truth: &Value) -> Vec<String> {
    let number = sale["number"].as_str().unwrap_or_default();
    let live = list(&truth["whistl"]["orders"])
        .iter()
        .filter(|order| {
            is_of(order, number)
                && !matches!(order["status"].as_str(), Some("CANCELLED" | "REJECTED"))
        })
        .count();
    let state = ours.get(number).copied();
    let at_warehouse = matches!(
        state,
        Some("at_warehouse" | "blocked" | "part_despatched" | "despatched")
    );
    match (at_warehouse, live) {
        (true, 1) | (false, 0) => Vec::new(),
        (true, n) => vec![format!(
            "P2: {number} is {} here, and {n} live orders are at Whistl",
            state.unwrap_or("?")
        )],
        (false, n) => vec![format!(
            "P2: {number} is {} here, but {n} live orders are at Whistl",
            state.unwrap_or("not known")
        )],
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
