//! Stories about the simulated warehouse, told through its one door, `answer`. Here is
//! the desk from which calls are made; each story's file says what it is about.

mod adjustments;
mod conservation;
mod despatches;
mod faults;
mod feeds;
mod habits;
mod judgement;
mod life;
mod rules;
mod samples;
mod snapshots;
mod stock_samples;
mod truth;
mod voids;
mod wire;

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Habits, ServiceOffer, UnknownService, Warehouse, WarehouseSeed};
use crate::faults::{Switch, Switchboard, Vendor};
use crate::http::{Answer, Ask, Misuse, Moment, Outcome};

pub(super) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text)
        .unwrap()
        .with_timezone(&Utc)
}

/// Where the recorded samples are.
pub(super) const FIXTURES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/whistl");

/// Where those of adjustments and snapshots are: data only, which the client reads too.
const STOCK_FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../whistl/samples");

/// A recorded sample, by its name below the fixtures.
pub(super) fn sample(name: &str) -> Value {
    serde_json::from_slice(&sample_bytes(name)).unwrap()
}

pub(super) fn sample_bytes(name: &str) -> Vec<u8> {
    let folders = [FIXTURES, STOCK_FIXTURES];
    let found = folders
        .iter()
        .find_map(|folder| std::fs::read(format!("{folder}/{name}")).ok());
    found.unwrap_or_else(|| panic!("no sample of that name: {name}"))
}

/// What came back of one call.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) answer: Answer,
}

impl Heard {
    fn of(answer: Answer) -> Self {
        let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        Self {
            status: answer.status,
            body,
            answer,
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .answer
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The error code, or nothing.
    pub(super) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or("")
    }

    /// Reasons as `CODE field`.
    pub(super) fn reasons(&self) -> Vec<String> {
        let rejections = self.body["error"]["rejections"].as_array().unwrap();
        let one = |r: &Value| {
            format!(
                "{} {}",
                r["code"].as_str().unwrap(),
                r["field"].as_str().unwrap_or("-")
            )
        };
        rejections.iter().map(one).collect()
    }
}

/// A warehouse with the samples' items, a switchboard, and both clocks.
pub(super) struct Desk {
    pub(super) warehouse: Warehouse,
    pub(super) board: Switchboard,
    pub(super) now: DateTime<Utc>,
    metered: Duration,
    /// Metered time that passes with each call, so that stories do not meet the limit.
    pub(super) gap: Duration,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::with_policy(UnknownService::Default)
    }

    pub(super) fn with_policy(policy: UnknownService) -> Self {
        let mut warehouse = Warehouse::new(WarehouseSeed {
            client_code: "STKB".into(),
            key: "right-key".into(),
            warehouse: "BRI1".into(),
            services: ServiceOffer::usual(),
            unknown_service_policy: policy,
            habits: Habits::whole(),
            snapshot_request: false,
            start: at("2026-01-05T00:00:00Z"),
        });
        let filed = at("2026-10-01T09:00:00+01:00");
        for (sku, barcode, description, active) in [
            ("TEE001BLKM", "5000000000013", "Tee black medium", true),
            ("TEE001BLKL", "5000000000020", "Tee black large", true),
            ("MUG330WHT", "5000000000037", "Mug white 330 ml", true),
            ("BAG010NAT", "5000000000044", "Tote bag natural", true),
            ("MUG330OLD", "5000000000051", "Mug old shape", false),
        ] {
            warehouse.add_item(sku, active, description, &[barcode.into()], 40, filed);
        }
        Self {
            warehouse,
            board: Switchboard::new(7),
            now: at("2026-10-23T09:15:00+01:00"),
            metered: Duration::ZERO,
            gap: Duration::from_secs(1),
        }
    }

    /// Moves the world on and lets everything due happen.
    pub(super) fn wait(&mut self, seconds: i64) {
        self.now += chrono::Duration::seconds(seconds);
        self.warehouse.advance(self.now, &mut self.board);
    }

    /// Sets the world's clock.
    pub(super) fn at(&mut self, text: &str) -> &mut Self {
        self.now = at(text);
        self
    }

    /// Throws a switch that stays on.
    pub(super) fn fault(&mut self, name: &str, value: Value) {
        let known = super::FAULTS.iter().any(|fault| fault.name == name);
        assert!(known, "{name} is not in the list of faults");
        let mut switch = Switch::on(Vendor::Whistl, name);
        switch.value = Some(value);
        self.board.add(switch);
    }

    /// Throws a switch that fires once.
    pub(super) fn fault_once(&mut self, name: &str, value: Value) {
        let mut switch = Switch::on(Vendor::Whistl, name);
        switch.value = Some(value);
        switch.times = Some(1);
        self.board.add(switch);
    }

    /// A call as a well-behaved client makes it.
    pub(super) fn ask(method: &str, target: &str, body: Option<&Value>) -> Ask {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = vec![
            ("x-api-key".to_owned(), "right-key".to_owned()),
            ("x-client-code".to_owned(), "STKB".to_owned()),
            ("accept".to_owned(), "application/json".to_owned()),
            ("x-request-id".to_owned(), "attempt-1".to_owned()),
        ];
        if body.is_some() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        Ask {
            method: method.into(),
            path: path.into(),
            query: query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            headers,
            body: body
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        }
    }

    pub(super) fn send(&mut self, ask: &Ask) -> Outcome {
        self.metered += self.gap;
        let moment = Moment {
            world: self.now,
            metered: self.metered,
        };
        self.warehouse.answer(ask, moment, &mut self.board)
    }

    /// Makes a call whose answer arrives.
    pub(super) fn hear(&mut self, ask: &Ask) -> Heard {
        match self.send(ask) {
            Outcome::Whole(answer) => Heard::of(answer),
            other => panic!("the answer did not arrive whole: {other:?}"),
        }
    }

    pub(super) fn get(&mut self, target: &str) -> Heard {
        self.hear(&Self::ask("GET", target, None))
    }

    /// Submits an order under its own reference.
    pub(super) fn put(&mut self, order: &Value) -> Heard {
        self.hear(&Self::submission(order))
    }

    pub(super) fn submission(order: &Value) -> Ask {
        let reference = order["client_ref"].as_str().unwrap_or("NONE");
        Self::ask("PUT", &format!("/v1/orders/{reference}"), Some(order))
    }

    pub(super) fn cancel(&mut self, reference: &str) -> Heard {
        let body = json!({"reason_code": "CUSTOMER_REQUEST", "note": null});
        self.hear(&Self::ask(
            "POST",
            &format!("/v1/orders/{reference}/cancel"),
            Some(&body),
        ))
    }

    /// Moves an order on by hand.
    pub(super) fn step(&mut self, reference: &str, to: &str) {
        let stepped = self
            .warehouse
            .step(reference, to, None, self.now, &mut self.board);
        stepped.unwrap();
    }

    /// Despatches by hand; the item as the feed gives it.
    pub(super) fn despatch(&mut self, reference: &str, wanted: &Value) -> Value {
        self.try_despatch(reference, wanted).unwrap()
    }

    pub(super) fn try_despatch(
        &mut self,
        reference: &str,
        wanted: &Value,
    ) -> Result<Value, Misuse> {
        let (now, board) = (self.now, &mut self.board);
        self.warehouse.despatch(reference, wanted, now, board)
    }

    pub(super) fn void(&mut self, reference: &str, which: &Value) -> Result<Value, Misuse> {
        let (now, board) = (self.now, &mut self.board);
        self.warehouse.void_despatch(reference, which, now, board)
    }

    pub(super) fn retrack(&mut self, reference: &str, corrected: &Value) -> Result<Value, Misuse> {
        let (now, board) = (self.now, &mut self.board);
        self.warehouse.retrack(reference, corrected, now, board)
    }

    /// Changes stock by hand; the item as the feed gives it.
    pub(super) fn adjust(&mut self, change: &Value) -> Value {
        self.try_adjust(change).unwrap()
    }

    pub(super) fn try_adjust(&mut self, change: &Value) -> Result<Value, Misuse> {
        let (now, board) = (self.now, &mut self.board);
        self.warehouse.adjust(change, now, board)
    }

    /// Everything the feed of adjustments gives, from its beginning.
    pub(super) fn adjustments(&mut self) -> Vec<Value> {
        let page = self.get("/v1/adjustments?limit=500").body;
        page["items"].as_array().unwrap().clone()
    }

    /// On hand, quarantined and allocated of an item, as the truth has them.
    pub(super) fn stock(&self, sku: &str) -> [i64; 3] {
        let truth = self.warehouse.truth();
        let rows = truth["stock"].as_array().unwrap();
        let row = rows.iter().find(|row| row["sku"] == sku).unwrap();
        ["on_hand", "quarantined", "allocated"]
            .map(|name| row[name].as_str().unwrap().parse().unwrap())
    }

    /// Everything the despatch feed gives, from its beginning.
    pub(super) fn despatches(&mut self) -> Vec<Value> {
        let page = self.get("/v1/despatches?limit=100").body;
        page["items"].as_array().unwrap().clone()
    }

    /// The status a look-up gives.
    pub(super) fn status(&mut self, reference: &str) -> String {
        let heard = self.get(&format!("/v1/orders/{reference}"));
        heard.body["status"]
            .as_str()
            .unwrap_or(heard.code())
            .to_owned()
    }

    /// All events as `from>to`.
    pub(super) fn events(&mut self) -> Vec<String> {
        let page = self.get("/v1/order-events?limit=500").body;
        let one = |event: &Value| {
            let from = event["from_status"].as_str().unwrap_or("-");
            format!("{from}>{}", event["to_status"].as_str().unwrap())
        };
        page["items"].as_array().unwrap().iter().map(one).collect()
    }

    /// The truth about one reference.
    pub(super) fn truth_of(&self, reference: &str) -> Value {
        let truth = self.warehouse.truth();
        let orders = truth["orders"].as_array().unwrap();
        orders
            .iter()
            .find(|order| order["client_ref"] == reference)
            .cloned()
            .unwrap_or_default()
    }
}

/// The samples' good order, under another reference.
pub(super) fn order(reference: &str) -> Value {
    let mut order = sample("rest/10-order-SO-00042-request.json");
    order["client_ref"] = json!(reference);
    order["source"]["document_id"] = json!(format!("sale-{reference}"));
    order
}

/// The good order with one member changed, by JSON pointer.
pub(super) fn order_with(pointer: &str, value: Value) -> Value {
    let mut order = order("SO-1");
    *order.pointer_mut(pointer).unwrap() = value;
    order
}
