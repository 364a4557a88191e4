//! Goods leaving the warehouse, steered and seen over the control interface.

use serde_json::{Value, json};

use super::{done, put_order, sandbox, steer};
use crate::clock::Pace;
use crate::options::{Options, Profile};
use crate::sandbox::Sandbox;

/// The `whistl` part of the truth.
fn truth(sandbox: &mut Sandbox) -> Value {
    done(sandbox, "GET", "truth?part=whistl", &json!(null))["whistl"].clone()
}

#[test]
fn an_order_is_despatched_voided_and_retracked_by_hand() {
    let mut sandbox = sandbox();
    assert_eq!(put_order(&mut sandbox, "SO-90001", "x", "TEAPOT04", 3), 201);
    let order = "whistl/orders/so-90001";
    let part = json!({
        "lines": [{ "sku": "TEAPOT04", "quantity": 1 }],
        "parcels": [{ "carrier_code": "DPD", "service_code": "WHI_EXP", "tracking_numbers": ["A"] }],
        "final": false,
    });
    let first = done(&mut sandbox, "POST", &format!("{order}/despatch"), &part);
    assert_eq!(
        (&first["seq"], &first["order_final"]),
        (&json!(1), &json!(false))
    );
    let second = done(
        &mut sandbox,
        "POST",
        &format!("{order}/despatch"),
        &json!(null),
    );
    assert_eq!(
        second["order_final"], true,
        "a call without a body sends the rest"
    );
    let which = json!({ "despatch_id": first["despatch_id"] });
    let void = done(&mut sandbox, "POST", &format!("{order}/void"), &which);
    assert_eq!(void["voids"], first["despatch_id"]);
    let parcels = json!({ "parcels": [{ "tracking_numbers": ["B", "C"] }] });
    let corrected = done(&mut sandbox, "POST", &format!("{order}/retrack"), &parcels);
    assert_eq!(
        (&corrected["revision"], &corrected["seq"]),
        (&json!(2), &json!(4))
    );
    let truth = truth(&mut sandbox);
    assert_eq!(truth["orders"][0]["status"], "PART_DESPATCHED");
    assert_eq!(truth["orders"][0]["lines"][0]["despatched"], "2");
    let told: Vec<String> = truth["despatches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["despatch_id"], one["lines"][0]["quantity"], one["tracking"]
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            r#""DSP0000001" "1" ["A"]"#,
            r#""DSP0000002" "2" ["B","C"]"#,
            r#""DSP0000003" "-1" []"#
        ]
    );
}

#[test]
fn misuse_of_a_despatch_is_answered_with_what_would_have_been_right() {
    let mut sandbox = sandbox();
    put_order(&mut sandbox, "SO-90001", "x", "TEAPOT04", 3);
    let cases = [
        ("SO-1/despatch", json!({}), 404, "no order"),
        ("SO-90001/despatch", json!({ "line": [] }), 400, "lines"),
        ("SO-90001/despatch", json!([]), 400, "despatch"),
        (
            "SO-90001/despatch",
            json!({ "lines": [{ "sku": "NOPE", "quantity": 1 }] }),
            404,
            "TEAPOT04",
        ),
        (
            "SO-90001/despatch",
            json!({ "lines": [{ "sku": "TEAPOT04", "quantity": 4 }] }),
            400,
            "3 outstanding",
        ),
        ("SO-90001/void", json!({}), 400, "nothing stands"),
        (
            "SO-90001/void",
            json!({ "despatch_id": "DSP9" }),
            404,
            "none",
        ),
        ("SO-90001/void", json!({ "id": "DSP9" }), 400, "despatch_id"),
        ("SO-90001/retrack", json!({}), 400, "parcels"),
    ];
    for (call, body, status, part) in cases {
        let call = format!("whistl/orders/{call}");
        let (answered, value) = steer(&mut sandbox, "POST", &call, &body);
        let message = value["error"]["message"].as_str().unwrap();
        assert_eq!(answered, status, "{call} {body}: {message}");
        assert!(message.contains(part), "{call} {body}: {message}");
    }
    assert_eq!(truth(&mut sandbox)["despatches"], json!([]));
}

#[test]
fn an_item_no_warehouse_should_publish_can_be_published() {
    let mut sandbox = sandbox();
    let odd = json!({ "despatch_id": "DSP0000001", "lines": [], "despatched_at": "2099-01-01T00:00:00Z" });
    let kept = done(&mut sandbox, "POST", "whistl/feeds/despatches", &odd);
    assert_eq!(kept, json!({ "seq": 1 }));
    let (status, _) = steer(
        &mut sandbox,
        "POST",
        "whistl/feeds/despatches",
        &json!(null),
    );
    assert_eq!(status, 400, "no body is no item");
    assert_eq!(truth(&mut sandbox)["despatches"], json!([]));
}

#[test]
fn a_sale_of_which_more_leaves_than_it_asks_is_one_duplicate() {
    let mut sandbox = sandbox();
    let body = json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } });
    let made = done(&mut sandbox, "POST", "cin7/sales", &body);
    let (number, id) = (
        made["number"].as_str().unwrap(),
        made["sale_id"].as_str().unwrap(),
    );
    put_order(&mut sandbox, number, id, "TEAPOT04", 1);
    let fault = json!({ "vendor": "whistl", "fault": "F26", "match": { "number": number } });
    done(&mut sandbox, "POST", "faults", &fault);
    assert_eq!(truth(&mut sandbox)["duplicates"], 0);
    let call = format!("whistl/orders/{number}/despatch");
    done(&mut sandbox, "POST", &call, &json!({}));
    let truth = truth(&mut sandbox);
    assert_eq!(truth["duplicates"], 1);
    assert_eq!(truth["duplicate_sales"], json!([number]));
}

#[test]
fn only_a_clean_world_sends_everything_whole() {
    let parts = |profile: Profile| -> usize {
        let start = "2026-11-24T09:00:00Z".parse().unwrap();
        let options = Options {
            orders: 0,
            skus: 30,
            profile,
            pace: Pace::Manual,
            ..Options::at(start)
        };
        let mut sandbox = Sandbox::new(&options).unwrap();
        sandbox.behave();
        for number in 0..30 {
            let reference = format!("SO-{number}");
            assert_eq!(put_order(&mut sandbox, &reference, "x", "TEAPOT04", 2), 201);
            sandbox.advance(std::time::Duration::from_secs(1));
        }
        let day = json!({ "advance_seconds": 86_400 });
        done(&mut sandbox, "POST", "clock", &day);
        let truth = truth(&mut sandbox);
        let orders = truth["orders"].as_array().unwrap();
        assert!(orders.iter().all(|order| order["status"] == "DESPATCHED"));
        truth["despatches"].as_array().unwrap().len()
    };
    assert_eq!(parts(Profile::Clean), 30);
    assert!((33..55).contains(&parts(Profile::Typical)));
}
