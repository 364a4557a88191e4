//! What users and bad days do to a despatch: stages done by hand, tasks left open, levels
//! that fall early, writes that are refused, dropped or lost.

use serde_json::{Value, json};

use super::{desk, on, packed, picked, said, shipped};
use crate::http::Outcome;

#[test]
fn a_user_does_the_whole_order_or_some_of_it_in_boxes() {
    let mut desk = desk();
    let number = desk.sells(3);
    let deed = json!({
        "stage": "ship", "carrier": "DPD Next Day", "tracking": "T1",
        "lines": [{ "sku": "TEAPOT04", "quantity": 1, "box": "A" }, { "sku": "TEAPOT04", "quantity": 1, "box": "B" }]
    });
    desk.later(60);
    desk.account
        .fulfil(&number, &deed, &desk.board, desk.now)
        .expect("a deed");
    let truth = desk.truth_of(&number);
    assert_eq!(truth["fulfilment_status"], "PARTIALLY FULFILLED");
    assert_eq!(truth["shipments"][1]["box"], "B");
    assert_eq!(truth["shipments"][1]["carrier"], "DPD Next Day");
    assert_eq!(truth["notified"], 1);
    assert_eq!(
        desk.detail(&number)["LastModifiedOn"],
        "2026-11-24T09:01:00.000Z"
    );

    let rest = json!({ "stage": "ship" });
    desk.account
        .fulfil(&number, &rest, &desk.board, desk.now)
        .expect("the rest");
    let truth = desk.truth_of(&number);
    assert_eq!(truth["fulfilment_status"], "FULFILLED");
    assert_eq!(truth["notified"], 1, "without a number nobody is told");
    assert_eq!(desk.detail(&number)["Type"], "Advanced Sale");
    assert_eq!(desk.teapots(), ("97".into(), "0".into()));
    let misuse = desk.account.fulfil(&number, &rest, &desk.board, desk.now);
    let message = misuse.expect_err("a misuse").message;
    assert_eq!(message, "SO-00001 has nothing left to ship");
    assert_eq!(desk.account.truth()["writes_by_object"]["fulfilment"], 0);
}

#[test]
fn a_user_is_held_to_the_same_rules() {
    let mut desk = desk();
    let number = desk.sells(2);
    for (deed, part) in [
        (json!({ "stage": "send" }), "pick, pack or ship"),
        (json!({ "stage": "pick", "colour": 1 }), "`colour`"),
        (json!({ "stage": "pick", "lines": 1 }), "a list of lines"),
        (
            json!({ "stage": "pick", "lines": [{ "sku": "POT" }] }),
            "POT",
        ),
        (
            json!({ "stage": "pick", "lines": [{ "sku": "TEAPOT04", "quantity": 3 }] }),
            "ordered",
        ),
        (
            json!({ "stage": "pick", "lines": [{ "sku": "TEAPOT04", "quantity": -1 }] }),
            "above 0",
        ),
        (
            json!({ "stage": "pick", "lines": [{ "sku": "MUG001", "quantity": 1 }] }),
            "MUG001",
        ),
    ] {
        let misuse = desk.account.fulfil(&number, &deed, &desk.board, desk.now);
        let message = misuse.expect_err("a misuse").message;
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn a_stage_done_by_a_user_meets_ours_half_way() {
    let mut desk = desk();
    let number = desk.sells(3);
    let theirs = json!({ "stage": "pick", "lines": [{ "sku": "TEAPOT04", "quantity": 2 }] });
    on(&mut desk, "stage_done_by_user", &number, theirs);
    let answer = desk.stage(&number, "pick", picked(3));
    assert_eq!(said(&answer), "Sale Picking Status is AUTHORISED.");
    assert_eq!(desk.truth_of(&number)["lines"][0]["picked"], "2");
    let answer = desk.stage(&number, "pack", packed(&["1", "2", "3"]));
    assert!(said(&answer).contains("must be equal"));
}

#[test]
fn a_task_left_open_is_there_to_be_adopted() {
    let mut desk = desk();
    let number = desk.sells(2);
    on(&mut desk, "open_draft", &number, Value::Null);
    let task = desk.detail(&number)["Fulfilments"][0].clone();
    assert_eq!(task["Pick"]["Status"], "DRAFT");
    assert_eq!(task["Pick"]["Lines"][0]["Quantity"], 2);
    assert_eq!(desk.detail(&number)["Status"], "PICKING");
    desk.despatches(&number, &["1"]);
    let detail = desk.detail(&number);
    assert_eq!(
        detail["Fulfilments"][1]["Pick"]["Status"], "DRAFT",
        "and once more"
    );
    let new = json!({ "SaleID": detail["ID"] });
    let answer = desk.send("POST", "sale/fulfilment", &new);
    assert!(said(&answer).contains("non authorised"));
    desk.despatches(&number, &["2"]);
    assert_eq!(desk.detail(&number)["FulFilmentStatus"], "FULFILLED");
}

#[test]
fn a_sale_may_show_no_task_and_then_only_a_new_one_helps() {
    let mut desk = desk();
    let number = desk.sells(1);
    desk.fault("simple_has_task", |switch| switch.value = Some(json!("no")));
    let id = desk.detail(&number)["ID"].clone();
    let mut body = picked(1);
    body["TaskID"] = id.clone();
    let answer = desk.send("PUT", "sale/fulfilment/pick", &body);
    assert_eq!(said(&answer), "Fulfilment not found.");
    let (status, made) = desk.send("POST", "sale/fulfilment", &json!({ "SaleID": id }));
    assert_eq!(
        (status, &made["Fulfilments"][0]["FulfillmentNumber"]),
        (200, &json!(1))
    );
    assert_ne!(made["Fulfilments"][0]["TaskID"], id);
    desk.despatches(&number, &["1"]);
    assert_eq!(desk.detail(&number)["Type"], "Advanced Sale");
    let query = [("SaleID", id.as_str().unwrap_or(""))];
    let (_, listed) = desk.get("sale/fulfilment", &query);
    assert_eq!(listed["Fulfilments"].as_array().map(Vec::len), Some(1));
}

#[test]
fn levels_fall_at_the_shipment_or_by_switch_at_the_pick() {
    for (value, after_pick) in [("ship", ("100", "2")), ("pick", ("98", "0"))] {
        let mut desk = desk();
        let number = desk.sells(2);
        desk.fault("on_hand_drop", |switch| switch.value = Some(json!(value)));
        let owned = |(on_hand, allocated): (&str, &str)| (on_hand.to_owned(), allocated.to_owned());
        desk.stage(&number, "pick", picked(2));
        assert_eq!(desk.teapots(), owned(after_pick), "{value}");
        desk.stage(&number, "pack", packed(&["1", "2"]));
        desk.stage(&number, "ship", shipped(&["1", "2"]));
        assert_eq!(desk.teapots(), owned(("98", "0")), "{value}");
        on(&mut desk, "sale_undone", &number, Value::Null);
        desk.detail(&number);
        assert_eq!(desk.teapots(), owned(("100", "2")), "{value}");
        assert_eq!(desk.detail(&number)["Status"], "ORDERED");
    }
}

#[test]
fn a_lost_answer_says_nothing_about_the_effect() {
    let mut desk = desk();
    let number = desk.sells(1);
    let mut ask = desk.ask("PUT", "sale/fulfilment/pick", &[]);
    let mut body = picked(1);
    body["TaskID"] = desk.detail(&number)["ID"].clone();
    ask.body = body.to_string().into_bytes();
    for (fault, picked) in [("timeout_before", "0"), ("timeout_after", "1")] {
        desk.fault(fault, |switch| {
            switch.times = Some(1);
            switch.number = Some(number.clone());
        });
        assert!(matches!(desk.outcome(&ask), Outcome::Dropped));
        assert_eq!(desk.truth_of(&number)["lines"][0]["picked"], picked);
    }
    let again = desk.stage(&number, "pick", picked(1));
    assert_eq!(said(&again), "Sale Picking Status is AUTHORISED.");
}

#[test]
fn where_put_is_not_allowed_post_works() {
    let mut desk = desk();
    let number = desk.sells(1);
    desk.fault("put_405", |switch| switch.path = Some("fulfilment".into()));
    for (stage, mut body) in [
        ("pick", picked(1)),
        ("pack", packed(&["1"])),
        ("ship", shipped(&["1"])),
    ] {
        assert_eq!(desk.stage(&number, stage, body.clone()).0, 405);
        body["TaskID"] = desk.newest_task(&number)["TaskID"].clone();
        let (status, answer) = desk.send("POST", &format!("sale/fulfilment/{stage}"), &body);
        assert_eq!(status, 200, "{answer}");
    }
    assert_eq!(desk.truth_of(&number)["lines"][0]["shipped"], "1");
}

#[test]
fn a_write_may_be_accepted_and_dropped() {
    let mut desk = desk();
    let number = desk.sells(1);
    desk.fault("accept_and_drop", |switch| switch.times = Some(1));
    let (status, answer) = desk.stage(&number, "pick", picked(1));
    assert_eq!((status, &answer["Status"]), (200, &json!("AUTHORISED")));
    assert_eq!(desk.newest_task(&number)["Pick"]["Status"], "NOT AVAILABLE");
    assert_eq!(desk.account.truth()["writes_by_object"]["fulfilment"], 0);
}

#[test]
fn an_unknown_carrier_is_kept_or_refused() {
    let mut desk = desk();
    for (value, status) in [("store", 200), ("refuse", 400)] {
        desk.board.clear();
        desk.fault("carrier_unknown", |switch| {
            switch.value = Some(json!(value));
        });
        let number = desk.sells(1);
        desk.stage(&number, "pick", picked(1));
        desk.stage(&number, "pack", packed(&["1"]));
        let mut body = shipped(&["1"]);
        body["Lines"][0]["Carrier"] = json!("Owl");
        let answer = desk.stage(&number, "ship", body);
        assert_eq!(answer.0, status, "{value}");
        if status == 400 {
            assert_eq!(said(&answer), "Carrier 'Owl' was not found.");
        } else {
            assert_eq!(desk.truth_of(&number)["shipments"][0]["carrier"], "Owl");
        }
    }
}

#[test]
fn the_order_closes_itself_with_the_shipment_and_not_before() {
    let mut desk = desk();
    let number = desk.sells(2);
    on(&mut desk, "order_status_word", &number, json!("CLOSED"));
    desk.despatches(&number, &["1"]);
    assert_eq!(desk.detail(&number)["Order"]["Status"], "AUTHORISED");
    let id = desk.detail(&number)["ID"].clone();
    desk.send("POST", "sale/fulfilment", &json!({ "SaleID": id }));
    desk.despatches(&number, &["2"]);
    let detail = desk.detail(&number);
    assert_eq!(detail["Order"]["Status"], "CLOSED");
    assert_eq!(detail["CombinedShippingStatus"], "SHIPPED");
    assert_eq!(desk.teapots(), ("98".into(), "0".into()));
}

#[test]
fn numbers_that_do_not_fit_are_cut() {
    let mut desk = desk();
    let number = desk.sells(40);
    let names: Vec<String> = (10..50).map(|n| format!("parcel-{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    desk.despatches(&number, &names);
    let shown = desk.detail(&number)["CombinedTrackingNumbers"].clone();
    assert_eq!(shown.as_str().map(str::len), Some(256));
    desk.fault("tracking_over_256", |switch| {
        switch.value = Some(json!(9));
        switch.number = Some(number.clone());
    });
    assert_eq!(desk.detail(&number)["CombinedTrackingNumbers"], "T-parcel-");
    let rows = desk.rows("saleList", "SaleList", &[]);
    assert_eq!(rows[0]["CombinedTrackingNumbers"], "T-parcel-");
}

#[test]
fn an_advanced_sale_keeps_its_status_while_its_stages_go_on() {
    let mut desk = desk();
    let number = desk.sells(1);
    on(&mut desk, "becomes_advanced", &number, Value::Null);
    desk.despatches(&number, &["1"]);
    let detail = desk.detail(&number);
    assert_eq!(detail["Type"], "Advanced Sale");
    assert_eq!(detail["Status"], "ORDERED");
    assert_eq!(detail["CombinedShippingStatus"], "SHIPPED");
}
