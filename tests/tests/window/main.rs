//! The real window: what a merchant sees, presses and is told. Each story has a computer of
//! its own; nothing here reaches past the window but to look at what the vendors hold.
#![cfg(target_os = "linux")]

mod confirmations;
mod keys;
mod notices;
mod orders;
mod starts;
mod stock;
mod walls;

use serde_json::{Value, json};
use stockbridge_tests::program::{Served, built};
use stockbridge_tests::window::{Desk, Keychain};
use vendor::Method;

/// A computer on which everything was set up some day before, and both vendors.
pub(crate) struct Shop {
    pub(crate) served: Served,
    pub(crate) desk: Desk,
}

impl Shop {
    /// With these options of the sandbox.
    pub(crate) fn new(options: &[&str]) -> Self {
        let served = Served::start(&built("stockbridge-cli"), options);
        let desk = Desk::new(Keychain::Unlocked);
        desk.set_up(&served.line);
        Self { served, desk }
    }

    /// A sale posted in Cin7, authorised; its number.
    pub(crate) async fn sale(&self, body: Value) -> String {
        let answer = self
            .served
            .control(Method::Post, "cin7/sales", Some(body))
            .await;
        answer["number"].as_str().expect("a number").to_owned()
    }

    /// What a vendor has of something, by its own record.
    pub(crate) async fn truth(&self, vendor: &str, what: &str) -> Vec<Value> {
        let path = format!("truth?part={vendor}");
        let truth = self.served.control(Method::Get, &path, None).await;
        truth[vendor][what].as_array().cloned().unwrap_or_default()
    }

    /// The warehouse's orders under that number.
    pub(crate) async fn at_whistl(&self, number: &str) -> Vec<Value> {
        let orders = self.truth("whistl", "orders").await;
        orders
            .into_iter()
            .filter(|order| {
                order["client_ref"]
                    .as_str()
                    .is_some_and(|reference| reference.starts_with(number))
            })
            .collect()
    }

    /// That the warehouse holds exactly one order under that number, made once.
    pub(crate) async fn is_there_once(&self, number: &str) {
        let orders = self.at_whistl(number).await;
        assert_eq!(orders.len(), 1, "{number}: {orders:?}");
        assert_eq!(
            orders[0]["created"],
            json!(1),
            "{number} was made more than once"
        );
    }
}

/// One line of one unit of a SKU.
pub(crate) fn of(sku: &str) -> Value {
    units_of(1, sku)
}

/// One line of so many units of a SKU.
pub(crate) fn units_of(units: u32, sku: &str) -> Value {
    json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": units }] } })
}
