//! The shelf of warehouse orders: found by number or by client reference, which is
//! compared without regard to case. One reference may have several orders over time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::order::Order;

/// What arrived under one reference, taken or not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Received {
    /// The reference as first spelt.
    pub(super) client_ref: String,
    /// Submissions that arrived, answered or not.
    pub(super) submissions: u64,
    /// The body that arrived last; text if it was not JSON.
    pub(super) payload: Value,
}

/// All orders, and what arrived under each reference.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct OrderShelf {
    by_number: BTreeMap<u64, Order>,
    by_ref: BTreeMap<String, Vec<u64>>,
    received: BTreeMap<String, Received>,
    last_number: u64,
}

impl OrderShelf {
    /// The number the next order gets.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Puts a new order on the shelf; it is the present one of its reference.
    pub(super) fn put(&mut self, order: Order) {
        self.by_ref
            .entry(order.client_ref.to_uppercase())
            .or_default()
            .push(order.number);
        self.by_number.insert(order.number, order);
    }

    /// The order of that number.
    pub(super) fn get(&self, number: u64) -> Option<&Order> {
        self.by_number.get(&number)
    }

    /// The order of that number, to change it.
    pub(super) fn get_mut(&mut self, number: u64) -> Option<&mut Order> {
        self.by_number.get_mut(&number)
    }

    /// The latest order of a reference.
    pub(super) fn present(&self, reference: &str) -> Option<&Order> {
        self.numbers(reference)
            .last()
            .and_then(|number| self.by_number.get(number))
    }

    /// The numbers of all orders of a reference, oldest first.
    pub(super) fn numbers(&self, reference: &str) -> Vec<u64> {
        self.by_ref
            .get(&reference.to_uppercase())
            .cloned()
            .unwrap_or_default()
    }

    /// Takes an order off the shelf.
    pub(super) fn remove(&mut self, number: u64) -> Option<Order> {
        let order = self.by_number.remove(&number)?;
        let key = order.client_ref.to_uppercase();
        if let Some(numbers) = self.by_ref.get_mut(&key) {
            numbers.retain(|other| *other != number);
            if numbers.is_empty() {
                self.by_ref.remove(&key);
            }
        }
        Some(order)
    }

    /// All orders, oldest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Order> {
        self.by_number.values()
    }

    /// The orders of each reference, references in order.
    pub(super) fn by_reference(&self) -> impl Iterator<Item = (&str, Vec<&Order>)> {
        self.by_ref.iter().map(|(key, numbers)| {
            let orders = numbers
                .iter()
                .filter_map(|number| self.by_number.get(number))
                .collect();
            (key.as_str(), orders)
        })
    }

    /// Notes that a submission arrived under a reference.
    pub(super) fn note_arrival(&mut self, reference: &str, payload: Value) {
        let entry = self.received.entry(reference.to_uppercase()).or_default();
        if entry.client_ref.is_empty() {
            reference.clone_into(&mut entry.client_ref);
        }
        entry.submissions += 1;
        entry.payload = payload;
    }

    /// What arrived under each reference (in capitals), references in order.
    pub(super) fn arrivals(&self) -> impl Iterator<Item = (&str, &Received)> {
        self.received
            .iter()
            .map(|(key, received)| (key.as_str(), received))
    }

    /// What arrived under one reference.
    pub(super) fn arrived(&self, reference: &str) -> Option<&Received> {
        self.received.get(&reference.to_uppercase())
    }
}
