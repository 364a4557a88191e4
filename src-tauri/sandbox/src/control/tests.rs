//! The control interface as a tester meets it: what works, and how misuse is answered.

mod despatches;
mod stock;

use serde_json::{Value, json};

use crate::http::{Ask, Outcome};
use crate::options::{Options, Profile};
use crate::sandbox::Sandbox;

fn sandbox() -> Sandbox {
    let start = "2026-11-24T09:00:00Z".parse().unwrap();
    let pace = crate::clock::Pace::Manual;
    let options = Options {
        orders: 8,
        skus: 30,
        profile: Profile::Clean,
        pace,
        ..Options::at(start)
    };
    Sandbox::new(&options).unwrap()
}

fn steer(sandbox: &mut Sandbox, method: &str, call: &str, body: &Value) -> (u16, Value) {
    let answer = sandbox.steer(method, call, body);
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

fn done(sandbox: &mut Sandbox, method: &str, call: &str, body: &Value) -> Value {
    let (status, value) = steer(sandbox, method, call, body);
    assert_eq!(status, 200, "{method} {call}: {value}");
    value
}

/// A whole order for a reference, as a client would put it.
fn put_order(sandbox: &mut Sandbox, reference: &str, document: &str, sku: &str, units: u32) -> u16 {
    let keys = sandbox.keys();
    let body = json!({
        "client_ref": reference, "order_date": "2026-11-24T08:58:12Z", "service_code": "WHI_STD",
        "delivery": { "name": "Ada Merrow", "line1": "14 Lantern Row", "town": "Bristol",
            "postcode": "BS1 4ZZ", "country": "GB", "phone": "07700900123" },
        "lines": [{ "line_no": 1, "sku": sku, "quantity": units }],
        "source": { "document_id": document },
    });
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let ask = Ask {
        method: "PUT".into(),
        path: format!("/v1/orders/{reference}"),
        query: vec![],
        headers: vec![
            header("x-api-key", &keys.whistl),
            header("x-client-code", &keys.client_code),
            header("content-type", "application/json"),
            header("accept", "application/json"),
        ],
        body: body.to_string().into_bytes(),
    };
    let metered = sandbox.metered();
    match sandbox.whistl(&ask, metered) {
        Outcome::Whole(answer) => answer.status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn misuse_is_answered_with_what_would_have_been_right() {
    let mut sandbox = sandbox();
    let cases = [
        ("GET", "trut", json!(null), 404, "GET truth"),
        ("GET", "clock", json!(null), 404, "POST clock"),
        (
            "POST",
            "whistl/snapshots",
            json!({}),
            404,
            "POST whistl/snapshot",
        ),
        (
            "GET",
            "truth?part=stock",
            json!(null),
            400,
            "cin7, whistl or planted",
        ),
        ("GET", "truth?teil=cin7", json!(null), 400, "part"),
        (
            "POST",
            "clock",
            json!({"seconds": 5}),
            400,
            "advance_seconds",
        ),
        (
            "POST",
            "clock",
            json!({"advance_seconds": -1}),
            400,
            "from 0",
        ),
        (
            "POST",
            "clock",
            json!({"advance_seconds": "5"}),
            400,
            "from 0",
        ),
        ("POST", "clock", json!({}), 400, "missing"),
        ("POST", "clock", json!(null), 400, "not JSON"),
        (
            "POST",
            "faults",
            json!({"vendor": "cin7", "fault": "server_5"}),
            400,
            "server_503",
        ),
        (
            "POST",
            "faults",
            json!({"vendor": "cin7", "fault": "F01"}),
            400,
            "fault of whistl",
        ),
        (
            "POST",
            "faults",
            json!({"vendor": "dpd", "fault": "F01"}),
            400,
            "cin7 or whistl",
        ),
        (
            "POST",
            "faults",
            json!({"fault": "F01"}),
            400,
            "`vendor` is missing",
        ),
        (
            "POST",
            "faults",
            json!({"vendor": "whistl", "fault": "F01", "tiems": 1}),
            400,
            "times",
        ),
        (
            "POST",
            "faults",
            json!({"vendor": "whistl", "fault": "F01", "match": {"ref": "x"}}),
            400,
            "path, number",
        ),
        (
            "POST",
            "faults",
            json!({"vendor": "whistl", "fault": "F01", "times": 0}),
            400,
            "from 1",
        ),
        (
            "POST",
            "faults",
            json!({"vendor": "whistl", "fault": "F1", "chance": 2}),
            400,
            "F01",
        ),
        ("POST", "cin7/sales", json!({"Fone": "1"}), 400, "Phone"),
        (
            "POST",
            "cin7/sales",
            json!({"Order": {"Lines": [{"SKU": "NOPE"}]}}),
            404,
            "NOPE",
        ),
        (
            "PATCH",
            "cin7/sales/SO-99999",
            json!({"Phone": "1"}),
            404,
            "SO-",
        ),
        ("POST", "cin7/sales/SO-00001/avoid", json!({}), 404, "void"),
        (
            "POST",
            "cin7/sales/SO-00001/fulfil",
            json!({"stage": "post"}),
            400,
            "pick, pack or ship",
        ),
        (
            "POST",
            "cin7/sales/SO-99999/fulfil",
            json!({"stage": "pick"}),
            404,
            "SO-",
        ),
        (
            "POST",
            "cin7/sales/SO-00001/void",
            json!({"why": 1}),
            400,
            "takes none",
        ),
        (
            "PATCH",
            "cin7/products/NOPE",
            json!({"Name": "x"}),
            404,
            "NOPE",
        ),
        (
            "POST",
            "cin7/stock",
            json!({"sku": "TEAPOT04"}),
            400,
            "`change` is missing",
        ),
        (
            "POST",
            "cin7/stock",
            json!({"sku": "TEAPOT04", "change": "few"}),
            400,
            "number",
        ),
        (
            "POST",
            "cin7/stock",
            json!({"sku": "TEAPOT04", "location": "Attic", "change": 1}),
            404,
            "Whistl Fulfilment",
        ),
        (
            "POST",
            "cin7/lock",
            json!({"date": "soon"}),
            400,
            "2026-09-30",
        ),
        (
            "POST",
            "cin7/limit",
            json!({"calls_per_minute": 0}),
            400,
            "from 1",
        ),
        (
            "POST",
            "whistl/items",
            json!({"sku": "CUP", "colour": "red"}),
            400,
            "colour",
        ),
        (
            "PATCH",
            "whistl/services",
            json!({"colour": "red"}),
            400,
            "unknown_service_policy",
        ),
        (
            "POST",
            "whistl/orders/SO-00001/step",
            json!({"to": "PICKING"}),
            404,
            "SO-00001",
        ),
        (
            "POST",
            "whistl/orders/SO-00001/step",
            json!({"into": "PICKING"}),
            400,
            "to, hold",
        ),
        (
            "POST",
            "whistl/orders/SO-00001/despatched",
            json!({}),
            404,
            "step|forget|despatch",
        ),
    ];
    for (method, call, body, status, part) in cases {
        let (answered, value) = steer(&mut sandbox, method, call, &body);
        let message = value["error"]["message"].as_str().unwrap();
        assert_eq!(answered, status, "{method} {call} {body}: {message}");
        assert!(message.contains(part), "{method} {call} {body}: {message}");
    }
}

#[test]
fn the_clock_moves_by_what_it_is_told() {
    let mut sandbox = sandbox();
    let moved = done(
        &mut sandbox,
        "POST",
        "clock",
        &json!({"advance_seconds": 90}),
    );
    assert_eq!(moved, json!({"clock": "2026-11-24T09:01:30Z"}));
    let moved = done(
        &mut sandbox,
        "POST",
        "clock",
        &json!({"advance_seconds": 0.5}),
    );
    assert_eq!(moved, json!({"clock": "2026-11-24T09:01:30.500Z"}));
}

#[test]
fn a_switch_is_listed_until_all_are_taken_off() {
    let mut sandbox = sandbox();
    let posted = json!({
        "vendor": "cin7", "fault": "server_503", "match": {"path": "sale", "number": "SO-00002"},
        "after": 2, "times": 3, "for_seconds": 60, "value": null,
    });
    let shown = done(&mut sandbox, "POST", "faults", &posted);
    assert_eq!(shown["until"], "2026-11-24T09:01:00Z");
    let listed = done(&mut sandbox, "GET", "faults", &json!(null));
    assert_eq!(listed["faults"], json!([shown]));
    let known = listed["known"]["whistl"].as_array().unwrap();
    assert!(known.iter().any(|fault| fault["fault"] == "F01"));
    assert_eq!(
        done(&mut sandbox, "DELETE", "faults", &json!(null)),
        json!({"faults": []})
    );
}

#[test]
fn the_office_sells_edits_and_voids() {
    let mut sandbox = sandbox();
    let body =
        json!({"Phone": "n/a", "Order": {"Lines": [{"SKU": "ITEM-01_BLUE", "Quantity": 2}]}});
    let made = done(&mut sandbox, "POST", "cin7/sales", &body);
    let number = made["number"].as_str().unwrap().to_owned();
    assert!(made["sale_id"].as_str().is_some());
    done(
        &mut sandbox,
        "PATCH",
        &format!("cin7/sales/{number}"),
        &json!({"Carrier": "DPD Next Day"}),
    );
    done(
        &mut sandbox,
        "POST",
        &format!("cin7/sales/{number}/void"),
        &json!(null),
    );
    let truth = done(&mut sandbox, "GET", "truth?part=cin7", &json!(null));
    let sales = truth["cin7"]["sales"].as_array().unwrap();
    let sale = sales
        .iter()
        .find(|sale| sale["number"] == number.as_str())
        .unwrap();
    assert_eq!(sale["order_status"], "VOIDED");
    assert_eq!(sale["lines"][0]["ordered"], "2");
}

#[test]
fn a_user_fulfils_a_sale_by_hand_and_no_call_is_counted() {
    let mut sandbox = sandbox();
    let body = json!({"Order": {"Lines": [{"SKU": "ITEM-01_BLUE", "Quantity": 2}]}});
    let made = done(&mut sandbox, "POST", "cin7/sales", &body);
    let number = made["number"].as_str().unwrap().to_owned();
    let call = format!("cin7/sales/{number}/fulfil");
    let some = json!({
        "stage": "ship", "carrier": "DPD Next Day", "tracking": "15501234567890",
        "lines": [{"sku": "ITEM-01_BLUE", "quantity": 1, "box": "A"}],
    });
    done(&mut sandbox, "POST", &call, &some);
    done(&mut sandbox, "POST", &call, &json!({"stage": "pack"}));
    let truth = done(&mut sandbox, "GET", "truth?part=cin7", &json!(null));
    let sales = truth["cin7"]["sales"].as_array().unwrap();
    let sale = sales
        .iter()
        .find(|sale| sale["number"] == number.as_str())
        .unwrap();
    let line = &sale["lines"][0];
    assert_eq!(
        (&line["packed"], &line["shipped"]),
        (&json!("2"), &json!("1"))
    );
    assert_eq!(sale["fulfilment_status"], "PARTIALLY FULFILLED");
    assert_eq!(
        sale["shipments"],
        json!([{
            "box": "A", "carrier": "DPD Next Day", "tracking": "15501234567890",
            "shipped_at": "2026-11-24T00:00:00",
        }])
    );
    assert_eq!(sale["notified"], 1);
    assert_eq!(truth["cin7"]["writes_by_object"]["fulfilment"], 0);
    assert_eq!(truth["cin7"]["calls"]["total"], 0);
}

#[test]
fn stock_moves_by_hand_and_a_sku_with_a_slash_can_be_edited() {
    let mut sandbox = sandbox();
    let level = |sandbox: &mut Sandbox| -> i64 {
        let truth = done(sandbox, "GET", "truth?part=cin7", &json!(null));
        let rows = truth["cin7"]["stock"].as_array().unwrap();
        let here =
            |row: &&Value| row["sku"] == "TEAPOT04" && row["location"] == "Whistl Fulfilment";
        rows.iter().find(here).unwrap()["on_hand"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    };
    let before = level(&mut sandbox);
    let body = json!({"sku": "TEAPOT04", "location": "Whistl Fulfilment", "change": "-3"});
    done(&mut sandbox, "POST", "cin7/stock", &body);
    assert_eq!(level(&mut sandbox), before - 3);
    done(
        &mut sandbox,
        "PATCH",
        "cin7/products/BOARD/22",
        &json!({"Status": "Deprecated"}),
    );
    done(
        &mut sandbox,
        "POST",
        "cin7/products",
        &json!({"SKU": "CUP/3"}),
    );
    done(
        &mut sandbox,
        "POST",
        "cin7/lock",
        &json!({"date": "2026-09-30"}),
    );
    done(
        &mut sandbox,
        "POST",
        "cin7/limit",
        &json!({"calls_per_minute": 30}),
    );
}

#[test]
fn the_warehouse_learns_an_item_and_moves_an_order_on() {
    let mut sandbox = sandbox();
    done(
        &mut sandbox,
        "POST",
        "whistl/items",
        &json!({"sku": "CUP3", "active": true, "description": "Cup"}),
    );
    done(
        &mut sandbox,
        "PATCH",
        "whistl/services",
        &json!({"unknown_service_policy": "REJECT"}),
    );
    assert_eq!(put_order(&mut sandbox, "SO-00001", "x", "CUP3", 1), 201);
    done(
        &mut sandbox,
        "POST",
        "whistl/orders/SO-00001/step",
        &json!({"to": "PICKING"}),
    );
    let truth = done(&mut sandbox, "GET", "truth?part=whistl", &json!(null));
    assert_eq!(truth["whistl"]["orders"][0]["status"], "PICKING");
    done(
        &mut sandbox,
        "POST",
        "whistl/orders/SO-00001/forget",
        &json!(null),
    );
}

#[test]
fn goods_sent_twice_for_one_sale_are_one_duplicate() {
    let mut sandbox = sandbox();
    let body = json!({"Order": {"Lines": [{"SKU": "TEAPOT04", "Quantity": 1}]}});
    let made = done(&mut sandbox, "POST", "cin7/sales", &body);
    let (number, id) = (
        made["number"].as_str().unwrap(),
        made["sale_id"].as_str().unwrap(),
    );
    assert_eq!(put_order(&mut sandbox, number, id, "TEAPOT04", 1), 201);
    assert_eq!(sandbox.truth()["whistl"]["duplicates"], 0);
    let second = format!("{number}-2");
    assert_eq!(put_order(&mut sandbox, &second, id, "TEAPOT04", 1), 201);
    assert_eq!(sandbox.truth()["whistl"]["duplicates"], 1);
    let step = format!("whistl/orders/{second}/step");
    done(&mut sandbox, "POST", &step, &json!({"to": "CANCELLED"}));
    assert_eq!(
        sandbox.truth()["whistl"]["duplicates"],
        0,
        "cancelled goods are not sent"
    );
}

#[test]
fn control_calls_count_for_no_vendor() {
    let mut sandbox = sandbox();
    for _ in 0..70 {
        done(&mut sandbox, "GET", "truth", &json!(null));
        done(&mut sandbox, "POST", "cin7/sales", &json!({}));
    }
    let truth = sandbox.truth();
    assert_eq!(truth["cin7"]["calls"]["total"], 0);
    assert_eq!(truth["whistl"]["calls"]["total"], 0);
    assert_eq!(truth["cin7"]["writes_by_object"]["sale"], 0);
}

/// A world that keeps real time, at this speed.
fn running(speed: f64) -> Sandbox {
    let start = "2026-11-24T09:00:00Z".parse().unwrap();
    let options = Options {
        orders: 8,
        skus: 30,
        pace: crate::clock::Pace::Times(speed),
        ..Options::at(start)
    };
    Sandbox::new(&options).unwrap()
}

#[test]
fn the_pace_changes_while_the_world_runs_and_the_clock_goes_on_from_where_it_was() {
    let mut sandbox = running(10.0);
    sandbox.pass(std::time::Duration::from_secs(6));
    let shown = done(&mut sandbox, "GET", "pace", &json!(null));
    assert_eq!(shown["speed"], 10.0);
    assert_eq!(shown["clock"], "2026-11-24T09:01:00Z");
    let stopped = done(&mut sandbox, "POST", "pace", &json!({ "speed": 0 }));
    assert_eq!(stopped["clock"], "2026-11-24T09:01:00Z");
    sandbox.pass(std::time::Duration::from_mins(10));
    let still = done(&mut sandbox, "GET", "pace", &json!(null));
    assert_eq!(still, stopped);
}

#[test]
fn a_pace_that_cannot_be_meant_is_refused_by_name() {
    let mut sandbox = running(1.0);
    for body in [
        json!({}),
        json!({ "speed": -1 }),
        json!({ "speed": "fast" }),
    ] {
        let (status, told) = steer(&mut sandbox, "POST", "pace", &body);
        assert_eq!(status, 400, "{body}");
        assert!(told.to_string().contains("speed"), "{told}");
    }
    let mut manual = self::sandbox();
    let (status, told) = steer(&mut manual, "POST", "pace", &json!({ "speed": 10 }));
    assert_eq!(status, 400);
    assert!(told.to_string().contains("manual"), "{told}");
}

#[test]
fn trade_goes_on_with_sales_of_now_and_what_was_planted_on_them_is_told() {
    let mut sandbox = running(1.0);
    let before = sandbox.cin7.sale_numbers().count();
    let made = done(
        &mut sandbox,
        "POST",
        "trade",
        &json!({ "orders": 12, "faults": "all" }),
    );
    let numbers = made["numbers"].as_array().unwrap();
    assert_eq!(numbers.len(), 12);
    assert_eq!(sandbox.cin7.sale_numbers().count(), before + 12);
    assert_eq!(made["planted"].as_array().unwrap().len(), 12);
    let first = numbers[0].as_str().unwrap();
    assert!(sandbox.planted().iter().any(|one| one.number == first));
    let none = done(
        &mut sandbox,
        "POST",
        "trade",
        &json!({ "orders": 40, "faults": "none" }),
    );
    assert_eq!(none["planted"], json!([]));
}

#[test]
fn trade_that_goes_on_for_days_never_runs_out_of_goods() {
    let mut sandbox = running(1.0);
    for _ in 0..30 {
        done(
            &mut sandbox,
            "POST",
            "trade",
            &json!({ "orders": 50, "faults": "none" }),
        );
    }
    let numbers: Vec<String> = sandbox.cin7.sale_numbers().map(str::to_owned).collect();
    for number in numbers {
        let sale = sandbox.cin7.sale(&number).unwrap();
        for line in sale["Order"]["Lines"].as_array().unwrap() {
            assert_eq!(line["BackorderQuantity"], 0, "{number}: {line}");
        }
    }
}
