//! Stock on both sides, steered and seen over the control interface.

use serde_json::{Value, json};

use super::{done, put_order, sandbox, steer};
use crate::clock::Pace;
use crate::options::{Options, Profile};
use crate::sandbox::Sandbox;

fn truth(sandbox: &mut Sandbox) -> Value {
    done(sandbox, "GET", "truth", &json!(null))
}

fn number(value: &Value) -> i64 {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("a whole number")
}

/// Letters and digits, capitals: how the warehouse spells what it can.
fn plain(sku: &str) -> String {
    let kept = sku.chars().filter(char::is_ascii_alphanumeric);
    kept.map(|mark| mark.to_ascii_uppercase()).collect()
}

/// Cin7's on hand at the warehouse's location less the warehouse's good stock, SKU by SKU,
/// where there is any difference.
fn differences(truth: &Value) -> Vec<(String, i64)> {
    let cin7 = truth["cin7"]["stock"].as_array().unwrap();
    let rows = truth["whistl"]["stock"].as_array().unwrap();
    let differs = |row: &Value| {
        let sku = row["sku"].as_str().unwrap();
        let good = number(&row["on_hand"]) - number(&row["quarantined"]);
        let here = cin7.iter().find(|one| {
            one["location"] == "Whistl Fulfilment" && plain(one["sku"].as_str().unwrap()) == sku
        });
        let level = here.map_or(0, |one| number(&one["on_hand"]));
        Some((sku.to_owned(), level - good)).filter(|(_, gap)| *gap != 0)
    };
    rows.iter().filter_map(differs).collect()
}

#[test]
fn a_world_begins_without_drift_whatever_its_profile_and_trade_brings_none() {
    for profile in [Profile::Clean, Profile::Typical, Profile::Rough] {
        let options = Options {
            orders: 120,
            skus: 60,
            seed: 5,
            profile,
            pace: Pace::Manual,
            ..Options::at("2026-11-24T09:00:00Z".parse().unwrap())
        };
        let mut sandbox = Sandbox::new(&options).unwrap();
        assert_eq!(differences(&truth(&mut sandbox)), [], "{profile:?}");
        for faults in ["none", "all"] {
            let more = json!({ "orders": 60, "faults": faults });
            done(&mut sandbox, "POST", "trade", &more);
        }
        assert_eq!(
            differences(&truth(&mut sandbox)),
            [],
            "{profile:?} after trade"
        );
    }
}

#[test]
fn sales_take_goods_from_the_shelf_and_seldom_bring_any() {
    let mut sandbox = sandbox();
    let sales = json!({ "orders": 20, "faults": "none" });
    done(&mut sandbox, "POST", "trade", &sales);
    let truth = truth(&mut sandbox);
    let stock = truth["cin7"]["stock"].as_array().unwrap();
    let came = stock.iter().filter(|row| row["by_hand"] != "0").count();
    let sold = truth["cin7"]["sales"].as_array().unwrap().iter();
    let lines: usize = sold
        .map(|sale| sale["lines"].as_array().unwrap().len())
        .sum();
    assert!(
        came * 10 <= lines,
        "{came} deliveries for {lines} lines sold"
    );
}

#[test]
fn a_world_begins_with_a_snapshot_of_its_last_hour_and_makes_one_when_told() {
    let mut sandbox = sandbox();
    let made = done(&mut sandbox, "POST", "whistl/snapshot", &json!(null));
    assert_eq!(made["snapshot_id"], "SNP20261124B", "the second of the day");
    assert_eq!(made["as_of"], "2026-11-24T09:00:00+00:00");
    assert_eq!(made["last_movement_id"], 900_000);
    let fault = steer(
        &mut sandbox,
        "POST",
        "whistl/snapshot",
        &json!({ "of": "now" }),
    );
    assert_eq!(fault.0, 400);
}

#[test]
fn what_the_warehouse_does_by_hand_is_in_its_truth_unit_by_unit() {
    let mut sandbox = sandbox();
    let before = truth(&mut sandbox)["whistl"]["stock"].clone();
    let opening = |sku: &str| {
        let rows = before.as_array().unwrap();
        number(&rows.iter().find(|row| row["sku"] == sku).unwrap()["on_hand"])
    };
    put_order(&mut sandbox, "SO-90001", "x", "TEAPOT04", 3);
    done(
        &mut sandbox,
        "POST",
        "whistl/orders/SO-90001/despatch",
        &json!({}),
    );
    let count = json!({ "sku": "TEAPOT04", "quantity": -2, "reason_code": "DAMAGE" });
    let told = done(&mut sandbox, "POST", "whistl/adjust", &count);
    assert_eq!(
        (&told["seq"], &told["movement_id"]),
        (&json!(1), &json!(900_002))
    );
    let back = json!({ "reverses": told["adjustment_id"] });
    done(&mut sandbox, "POST", "whistl/adjust", &back);
    let words = json!({ "adjustment_id": told["adjustment_id"], "note": "Booked in error" });
    assert_eq!(
        done(&mut sandbox, "POST", "whistl/revise", &words)["revision"],
        2
    );
    let lost = json!({ "sku": "TEAPOT04", "quantity": 1 });
    done(&mut sandbox, "POST", "whistl/lose", &lost);
    let truth = truth(&mut sandbox);
    let rows = truth["whistl"]["stock"].as_array().unwrap();
    let row = rows.iter().find(|row| row["sku"] == "TEAPOT04").unwrap();
    assert_eq!(number(&row["on_hand"]), opening("TEAPOT04") - 3 - 1);
    assert_eq!(row["quarantined"], "0");
    assert_eq!(truth["whistl"]["adjustments"].as_array().unwrap().len(), 2);
    assert_eq!(truth["whistl"]["losses"][0]["quantity"], "1");
    assert_eq!(
        differences(&truth),
        [("TEAPOT04".to_owned(), 4)],
        "three are shipped and not yet told to Cin7, one is true drift"
    );
}

#[test]
fn a_transfer_is_on_the_road_until_it_is_received() {
    let mut sandbox = sandbox();
    let level = |sandbox: &mut Sandbox| {
        let truth = truth(sandbox);
        let rows = truth["cin7"]["stock"].as_array().unwrap().clone();
        let of = |place: &str| {
            let row = rows
                .iter()
                .find(|row| row["sku"] == "TEAPOT04" && row["location"] == place);
            number(&row.unwrap()["on_hand"])
        };
        [of("Whistl Fulfilment"), of("Head Office")]
    };
    let [whistl, office] = level(&mut sandbox);
    let body = json!({ "sku": "TEAPOT04", "quantity": 5, "reference": "Pallet 12" });
    let sent = done(&mut sandbox, "POST", "cin7/transfers", &body);
    assert_eq!(level(&mut sandbox), [whistl, office - 5]);
    let number = sent["number"].as_str().unwrap();
    let call = format!("cin7/transfers/{number}/receive");
    done(&mut sandbox, "POST", &call, &json!(null));
    assert_eq!(level(&mut sandbox), [whistl + 5, office - 5]);
    let (status, told) = steer(&mut sandbox, "POST", &call, &json!(null));
    assert_eq!(status, 404);
    assert!(told.to_string().contains("nothing is"), "{told}");
}

#[test]
fn habits_and_capabilities_are_changed_by_name() {
    let mut sandbox = sandbox();
    let quiet = done(&mut sandbox, "POST", "whistl/habits", &json!({}));
    assert!(
        quiet.as_object().unwrap().values().all(|rate| *rate == 0),
        "{quiet}"
    );
    let busy = json!({ "counts": 20_000 });
    let told = done(&mut sandbox, "POST", "whistl/habits", &busy);
    assert_eq!(
        (&told["counts"], &told["damages"]),
        (&json!(20_000), &json!(0))
    );
    done(
        &mut sandbox,
        "POST",
        "clock",
        &json!({ "advance_seconds": 86_400 }),
    );
    let made = truth(&mut sandbox)["whistl"]["adjustments"]
        .as_array()
        .unwrap()
        .len();
    assert!((150..=210).contains(&made), "{made} in a day");
    let may = json!({ "snapshot_request": false });
    assert_eq!(done(&mut sandbox, "POST", "whistl/capabilities", &may), may);
}

#[test]
fn only_a_clean_world_changes_no_stock_by_itself() {
    let changes = |profile: Profile| {
        let options = Options {
            orders: 0,
            skus: 30,
            profile,
            pace: Pace::Manual,
            ..Options::at("2026-11-24T09:00:00Z".parse().unwrap())
        };
        let mut sandbox = Sandbox::new(&options).unwrap();
        sandbox.behave();
        done(
            &mut sandbox,
            "POST",
            "clock",
            &json!({ "advance_seconds": 14 * 86_400 }),
        );
        truth(&mut sandbox)["whistl"]["adjustments"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(changes(Profile::Clean), 0);
    assert!((15..90).contains(&changes(Profile::Typical)));
}

#[test]
fn misuse_of_stock_is_answered_with_what_would_have_been_right() {
    let mut sandbox = sandbox();
    for (call, body, status, part) in [
        (
            "whistl/adjust",
            json!({ "sku": "TEAPOT4", "quantity": 1 }),
            404,
            "one that it has",
        ),
        (
            "whistl/adjust",
            json!({ "sku": "ITEM-01_BLUE", "quantity": 1 }),
            404,
            "ITEM01BLUE",
        ),
        (
            "whistl/adjust",
            json!({ "sku": "TEAPOT04", "quantity": 1, "reason": "X" }),
            400,
            "reason_code",
        ),
        (
            "whistl/adjust",
            json!({ "reverses": "ADJ0000009" }),
            404,
            "there are none yet",
        ),
        (
            "whistl/lose",
            json!({ "sku": "TEAPOT04", "quantity": 0 }),
            400,
            "from 1",
        ),
        (
            "whistl/lose",
            json!({ "sku": "TEAPOT04", "quantity": 99_999 }),
            400,
            "could go",
        ),
        (
            "whistl/lose",
            json!({ "sku": "TEAPOT04", "units": 1 }),
            400,
            "quantity",
        ),
        (
            "whistl/revise",
            json!({ "adjustment_id": "ADJ1", "note": "x" }),
            404,
            "none yet",
        ),
        ("whistl/habits", json!({ "count": 3 }), 400, "counts"),
        (
            "whistl/habits",
            json!({ "counts": -3 }),
            400,
            "whole numbers",
        ),
        (
            "whistl/capabilities",
            json!({ "snapshot_request": "yes" }),
            400,
            "true or false",
        ),
        (
            "whistl/capabilities",
            json!({ "cancel": true }),
            400,
            "snapshot_request",
        ),
        (
            "cin7/transfers",
            json!({ "sku": "TEAPOT04", "quantity": 0 }),
            400,
            "above 0",
        ),
        (
            "cin7/transfers",
            json!({ "sku": "TEAPOT4", "quantity": 1 }),
            404,
            "TEAPOT04",
        ),
        (
            "cin7/transfers",
            json!({ "sku": "TEAPOT04", "quantity": 1, "to": "Moon" }),
            404,
            "Head Office",
        ),
        (
            "cin7/transfers",
            json!({ "sku": "TEAPOT04", "quantity": 99_999 }),
            400,
            "at the lowest",
        ),
        ("cin7/transfers/TR-9/receive", json!({}), 404, "TR-9"),
    ] {
        let (answered, value) = steer(&mut sandbox, "POST", call, &body);
        let message = value["error"]["message"].as_str().unwrap();
        assert_eq!(answered, status, "{call} {body}: {message}");
        assert!(message.contains(part), "{call} {body}: {message}");
    }
}
