//! Stories about the account, told through `answer` like a caller would see them.

mod conservation;
mod documents;
mod faults;
mod fulfilment;
mod hands;
mod happenings;
mod levels;
mod limit;
mod lists;
mod misuse;
mod office;
mod parcels;
mod properties;
mod samples;
mod shipments;
mod stock;
mod stock_samples;
mod write;

use std::fs;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{Account, AccountSeed, LocationSeed};
use crate::faults::{Switch, Switchboard, Vendor};
use crate::http::{Answer, Ask, Moment, Outcome};

/// The account of the samples, a switchboard, and both clocks.
pub(super) struct Desk {
    pub(super) account: Account,
    pub(super) board: Switchboard,
    pub(super) now: DateTime<Utc>,
    pub(super) metered: Duration,
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    super::plain::parse_time(text).expect("a time in a test")
}

pub(super) fn seed() -> AccountSeed {
    let location = |id: &str, name: &str, line1: &str, city: &str, postcode: &str| LocationSeed {
        name: name.into(),
        id: Some(id.into()),
        is_default: name == "Whistl Fulfilment",
        line1: line1.into(),
        city: city.into(),
        postcode: postcode.into(),
        country: "United Kingdom".into(),
    };
    AccountSeed {
        company: "Harbour & Pine Ltd".into(),
        currency: "GBP".into(),
        time_zone: "Europe/London".into(),
        account_id: "acc-1".into(),
        key: "key-1".into(),
        locations: vec![
            location(
                "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
                "Whistl Fulfilment",
                "Whistl Fulfilment Centre",
                "Bicester",
                "OX26 4ZZ",
            ),
            location(
                "e8d1b78b-f463-5ed5-ba9c-919887e8e509",
                "Head Office",
                "2 Harbour Yard",
                "Bristol",
                "BS1 6ZZ",
            ),
        ],
        carriers: [
            "Royal Mail Tracked 24",
            "Royal Mail Tracked 48",
            "DPD Next Day",
            "Express Delivery",
        ]
        .map(str::to_owned)
        .to_vec(),
        start: at("2026-11-23T16:00:00Z"),
    }
}

/// A desk with three products and no sales.
pub(super) fn desk() -> Desk {
    let mut desk = Desk {
        account: Account::new(seed()),
        board: Switchboard::new(7),
        now: at("2026-11-24T09:00:00Z"),
        metered: Duration::from_secs(1000),
    };
    for sku in ["TEAPOT04", "MUG001", "ITEM-01_BLUE"] {
        desk.account
            .add_product(&json!({ "SKU": sku }), desk.now)
            .expect("a product");
    }
    desk
}

impl Desk {
    /// Enters a sale of that many teapots and answers its number.
    pub(super) fn sells(&mut self, teapots: i64) -> String {
        self.enters(&json!({
            "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": teapots }] }
        }))
    }

    pub(super) fn enters(&mut self, partial: &Value) -> String {
        self.account
            .create_sale(partial, self.now)
            .expect("a sale")
            .number
    }

    pub(super) fn later(&mut self, seconds: i64) {
        self.now += TimeDelta::seconds(seconds);
        self.metered += Duration::from_secs(seconds.unsigned_abs());
    }

    pub(super) fn ask(&self, method: &str, path: &str, query: &[(&str, &str)]) -> Ask {
        let _ = self;
        Ask {
            method: method.into(),
            path: format!("/ExternalApi/v2/{path}"),
            query: query
                .iter()
                .map(|(n, v)| ((*n).into(), (*v).into()))
                .collect(),
            headers: vec![
                ("api-auth-accountid".into(), "acc-1".into()),
                ("api-auth-applicationkey".into(), "key-1".into()),
            ],
            body: Vec::new(),
        }
    }

    pub(super) fn outcome(&mut self, ask: &Ask) -> Outcome {
        let now = Moment {
            world: self.now,
            metered: self.metered,
        };
        self.account.answer(ask, now, &mut self.board)
    }

    pub(super) fn answer(&mut self, ask: &Ask) -> Answer {
        match self.outcome(ask) {
            Outcome::Whole(answer) => answer,
            other => panic!("expected an answer, got {other:?}"),
        }
    }

    /// GETs with a status and a JSON body.
    pub(super) fn get(&mut self, path: &str, query: &[(&str, &str)]) -> (u16, Value) {
        let ask = self.ask("GET", path, query);
        let answer = self.answer(&ask);
        let body = serde_json::from_slice(&answer.body).expect("JSON");
        (answer.status, body)
    }

    /// The rows of a list, which must be answered 200.
    pub(super) fn rows(&mut self, path: &str, key: &str, query: &[(&str, &str)]) -> Vec<Value> {
        let (status, body) = self.get(path, query);
        assert_eq!(status, 200, "{body}");
        body[key]
            .as_array()
            .cloned()
            .unwrap_or_else(|| panic!("no {key} in {body}"))
    }

    /// The order numbers a poll brings.
    pub(super) fn numbers(&mut self, query: &[(&str, &str)]) -> Vec<String> {
        let rows = self.rows("saleList", "SaleList", query);
        let mut numbers: Vec<String> = rows
            .iter()
            .map(|row| row["OrderNumber"].as_str().unwrap_or("?").to_owned())
            .collect();
        numbers.sort();
        numbers
    }

    /// The detail of a sale, over the vendor's interface.
    pub(super) fn detail(&mut self, number: &str) -> Value {
        let id = self.account.sale(number).expect("a known sale")["ID"].clone();
        let (status, body) = self.get("sale", &[("ID", id.as_str().unwrap_or(""))]);
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Sends a JSON body and answers status and JSON.
    pub(super) fn send(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let mut ask = self.ask(method, path, &[]);
        ask.body = body.to_string().into_bytes();
        let answer = self.answer(&ask);
        let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        (answer.status, body)
    }

    /// PUTs a stage on the newest task of a sale.
    pub(super) fn stage(&mut self, number: &str, stage: &str, mut body: Value) -> (u16, Value) {
        body["TaskID"] = self.newest_task(number)["TaskID"].clone();
        self.send("PUT", &format!("sale/fulfilment/{stage}"), &body)
    }

    /// The newest task of a sale, as it stands.
    pub(super) fn newest_task(&self, number: &str) -> Value {
        let sale = self.account.sale(number).expect("a known sale");
        let tasks = sale["Fulfilments"].as_array().cloned().unwrap_or_default();
        tasks.last().cloned().unwrap_or_default()
    }

    /// Picks, packs and ships teapots in boxes of one each, with a tracking number each.
    pub(super) fn despatches(&mut self, number: &str, boxes: &[&str]) {
        for (stage, body) in [
            ("pick", picked(boxes.len())),
            ("pack", packed(boxes)),
            ("ship", shipped(boxes)),
        ] {
            let (status, answer) = self.stage(number, stage, body);
            assert_eq!(status, 200, "{stage}: {answer}");
        }
    }

    /// One sale in the truth.
    pub(super) fn truth_of(&self, number: &str) -> Value {
        let truth = self.account.truth();
        let sales = truth["sales"].as_array().cloned().unwrap_or_default();
        let found = sales.into_iter().find(|sale| sale["number"] == number);
        found.expect("a known sale")
    }

    /// On hand and allocated of the teapot, as the truth has them.
    pub(super) fn teapots(&self) -> (String, String) {
        let row = self.account.truth()["stock"][0].clone();
        let text = |name: &str| row[name].as_str().unwrap_or("?").to_owned();
        (text("on_hand"), text("allocated"))
    }

    /// Throws a switch.
    pub(super) fn fault(&mut self, name: &str, set: impl FnOnce(&mut Switch)) {
        let mut switch = Switch::on(Vendor::Cin7, name);
        set(&mut switch);
        self.board.add(switch);
    }

    pub(super) fn calls(&self) -> Value {
        self.account.truth()["calls"].clone()
    }
}

/// A pick of that many teapots.
pub(super) fn picked(teapots: usize) -> Value {
    let line = json!({ "SKU": "TEAPOT04", "Location": "Whistl Fulfilment", "Quantity": teapots });
    json!({ "Status": "AUTHORISED", "Lines": [line] })
}

/// A pack of one teapot a box.
pub(super) fn packed(boxes: &[&str]) -> Value {
    let lines = boxes.iter().map(|name| {
        json!({ "SKU": "TEAPOT04", "Location": "Whistl Fulfilment", "Quantity": 1, "Box": name })
    });
    json!({ "Status": "AUTHORISED", "Lines": lines.collect::<Vec<_>>() })
}

/// A shipment of those boxes, each under a number of its own.
pub(super) fn shipped(boxes: &[&str]) -> Value {
    let lines = boxes.iter().map(|name| {
        json!({
            "ShipmentDate": "2026-11-24T00:00:00", "Carrier": "DPD Next Day", "Box": name,
            "TrackingNumber": format!("T-{name}"), "IsShipped": true
        })
    });
    json!({
        "Status": "AUTHORISED", "RequireBy": null, "ShippingAddress": { "Line1": "1 Quay" },
        "ShippingNotes": "", "Lines": lines.collect::<Vec<_>>()
    })
}

/// What a refusal says.
pub(super) fn said(answer: &(u16, Value)) -> String {
    assert_eq!(answer.0, 400, "{}", answer.1);
    answer.1[0]["Exception"].as_str().unwrap_or("").to_owned()
}

/// Throws a switch at one sale.
pub(super) fn on(desk: &mut Desk, fault: &str, number: &str, value: Value) {
    desk.fault(fault, |switch| {
        switch.number = Some(number.to_owned());
        switch.value = Some(value).filter(|value| !value.is_null());
    });
}

/// A recorded exchange.
pub(super) struct Sample {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) request: Value,
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Value,
    pub(super) text: Option<String>,
}

/// Reads a recorded exchange; the client's tests read the same files.
pub(super) fn sample(name: &str) -> Sample {
    let path = format!(
        "{}/../../tests/fixtures/cin7/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    let whole: Value = serde_json::from_str(&text).expect("a sample is JSON");
    let pairs = |map: &Value| -> Vec<(String, String)> {
        let map = map.as_object().cloned().unwrap_or_default();
        map.into_iter()
            .map(|(n, v)| (n, v.as_str().unwrap_or_default().to_owned()))
            .collect()
    };
    let of_request = |name: &str| whole["request"][name].as_str().unwrap_or("").to_owned();
    Sample {
        method: of_request("method"),
        path: of_request("path"),
        query: pairs(&whole["request"]["query"]),
        request: whole["request"]["body"].clone(),
        status: u16::try_from(whole["response"]["status"].as_u64().unwrap_or(0)).unwrap_or(0),
        headers: pairs(&whole["response"]["headers"]),
        body: whole["response"]["body"].clone(),
        text: whole["response"]["text"].as_str().map(str::to_owned),
    }
}
