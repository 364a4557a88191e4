//! Each fault of the order flow (F19 to F47): what the caller is told, and what the
//! warehouse really did.

use serde_json::{Value, json};

use super::{Desk, order};
use crate::faults::{Switch, Vendor};

#[test]
fn f19_times_without_an_offset_or_by_a_wrong_clock() {
    let mut desk = Desk::new();
    desk.fault_once("F19", json!("naive"));
    let heard = desk.put(&order("SO-1"));
    assert_eq!(heard.body["accepted_at"], "2026-10-23T09:15:00");
    desk.fault_once("F19", json!(600));
    let heard = desk.get("/v1/ping");
    assert_eq!(heard.body["server_time"], "2026-10-23T08:25:00Z");
    assert_eq!(heard.header("date"), Some("Fri, 23 Oct 2026 08:25:00 GMT"));
    desk.fault_once("F19", json!(-86_400));
    let heard = desk.get("/v1/orders/SO-1");
    assert_eq!(heard.body["accepted_at"], "2026-10-22T09:15:00+01:00");
}

#[test]
fn f20_the_service_is_changed_with_or_without_a_word() {
    let mut desk = Desk::new();
    desk.fault_once("F20", json!("warning"));
    let told = desk.put(&order("SO-1")).body;
    assert_eq!(told["service_code_applied"], "WHI_STD");
    assert_eq!(told["warnings"][0]["code"], "SERVICE_DEFAULTED");
    desk.fault_once("F20", json!(null));
    assert_eq!(
        desk.put(&order("SO-2")).body["service_code_applied"],
        Value::Null
    );
    assert_eq!(
        desk.get("/v1/orders/SO-2").body["service_code_applied"],
        Value::Null
    );
    let truth = desk.truth_of("SO-2");
    assert_eq!(truth["service_requested"], "WHI_EXP");
    assert_eq!(truth["service_applied"], "WHI_STD");
}

#[test]
fn f21_the_order_is_refused_whole_and_may_come_again_under_its_reference() {
    let mut desk = Desk::new();
    desk.fault_once("F21", json!("POSTCODE_UNKNOWN"));
    let heard = desk.put(&order("SO-1"));
    assert_eq!(heard.reasons(), ["POSTCODE_UNKNOWN delivery.postcode"]);
    assert_eq!(heard.body["error"]["rejections"][0]["value"], "BS1 5TR");
    assert_eq!(desk.put(&order("SO-1")).status, 201);

    let reasons = json!([
        {"code": "OVER_WEIGHT", "field": "service_code", "value": "WHI_EXP", "message": "31 kg."},
        "SKU_UNKNOWN",
    ]);
    desk.fault_once("F21", json!({"reasons": reasons, "first_only": true}));
    let heard = desk.put(&order("SO-2"));
    assert_eq!(heard.reasons(), ["SKU_UNKNOWN lines[0].sku"]);
    assert_eq!(heard.body["error"]["first_only"], true);
    desk.fault_once("F21", reasons);
    let heard = desk.put(&order("SO-2"));
    assert_eq!(
        heard.reasons(),
        ["SKU_UNKNOWN lines[0].sku", "OVER_WEIGHT service_code"]
    );
    assert_eq!(heard.body["error"]["rejections"][1]["message"], "31 kg.");
}

#[test]
fn f22_a_deferred_order_is_decided_by_the_rules_or_the_fault() {
    let mut desk = Desk::new();
    desk.fault("F22", json!({"seconds": 60, "outcome": "accepted"}));
    let mut bad = order("SO-2");
    bad["delivery"]["phone"] = Value::Null;
    assert_eq!(desk.put(&order("SO-1")).status, 202);
    assert_eq!(desk.put(&bad).status, 202, "not looked at yet");
    assert_eq!(desk.put(&bad).status, 200, "the same order again");
    assert_eq!(desk.status("SO-1"), "RECEIVED");
    desk.wait(60);
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
    assert_eq!(desk.status("SO-2"), "REJECTED");
    let page = desk.get("/v1/order-events").body;
    let last = page["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["rejections"][0]["code"], "PHONE_MISSING");
    assert_eq!(desk.truth_of("SO-2")["created"], 0);
}

#[test]
fn f23_a_carrier_error_holds_the_order_until_released_or_for_ever() {
    let mut desk = Desk::new();
    desk.fault_once("F23", json!(null));
    desk.put(&order("SO-1"));
    desk.fault_once("F23", json!("never"));
    desk.put(&order("SO-2"));
    desk.wait(60);
    assert_eq!(
        desk.get("/v1/orders/SO-1").body["hold"]["code"],
        "CARRIER_ERROR"
    );
    desk.wait(2 * 86_400);
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
    desk.wait(30 * 86_400);
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
    assert_eq!(desk.status("SO-2"), "HELD");
}

#[test]
fn f30_a_cancel_races_picking_and_the_feed_tells_who_won() {
    let mut desk = Desk::new();
    for (reference, value) in [
        ("SO-1", "pending"),
        ("SO-2", "refused"),
        ("SO-3", "too_late"),
    ] {
        desk.put(&order(reference));
        let mut switch = Switch::on(Vendor::Whistl, "F30");
        switch.number = Some(reference.into());
        switch.value = Some(json!(value));
        desk.board.add(switch);
    }
    assert_eq!(desk.cancel("SO-3").code(), "TOO_LATE_TO_CANCEL");
    assert_eq!(desk.status("SO-3"), "PICKING");
    for reference in ["SO-1", "SO-2"] {
        for _ in 0..2 {
            let heard = desk.cancel(reference);
            assert_eq!(
                (heard.status, &heard.body["outcome"]),
                (202, &json!("CANCEL_PENDING"))
            );
        }
    }
    desk.wait(600);
    assert_eq!(desk.status("SO-1"), "CANCELLED");
    let refused = desk.get("/v1/orders/SO-2").body;
    assert_eq!(
        (&refused["status"], &refused["hold"]["code"]),
        (&json!("PICKING"), &json!("CANCEL_REFUSED"))
    );
    assert!(
        desk.events().contains(&"PICKING>PICKING".to_owned()),
        "unchanged status plus hold"
    );
    desk.wait(2 * 3600);
    assert_eq!(desk.status("SO-2"), "PACKED", "work goes on");
}

#[test]
fn f30_an_order_on_the_floor_goes_on_where_the_cancel_stopped_it() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.put(&order("SO-2"));
    desk.wait(30 * 60);
    desk.fault("F30", json!("refused"));
    assert_eq!(desk.cancel("SO-1").status, 202);
    desk.board.clear();
    desk.fault("F30", json!("pending"));
    assert_eq!(desk.cancel("SO-2").status, 202);
    desk.warehouse
        .step("SO-2", "PACKED", None, desk.now, &mut desk.board)
        .unwrap();
    desk.wait(600);
    assert_eq!(desk.status("SO-1"), "PICKING");
    let packed = desk.get("/v1/orders/SO-2").body;
    assert_eq!(packed["status"], "PACKED", "too late after all");
    assert_eq!(packed["hold"]["code"], "CANCEL_REFUSED");
    desk.wait(90 * 60);
    assert_eq!(desk.status("SO-1"), "PACKED");
}

#[test]
fn f45_words_nobody_agreed_on() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.warehouse
        .step("SO-1", "HELD", None, desk.now, &mut desk.board)
        .unwrap();
    desk.fault("F45", json!(null));
    let state = desk.get("/v1/orders/SO-1").body;
    assert_eq!(
        (&state["status"], &state["hold"]["code"]),
        (&json!("AWAITING_WAVE"), &json!("PALLET_BLOCKED"))
    );
    let mut bad = order("SO-2");
    bad["delivery"]["phone"] = Value::Null;
    assert_eq!(desk.put(&bad).reasons(), ["DANGEROUS_GOODS delivery.phone"]);
    desk.board.clear();
    desk.fault("F45", json!({"status": "ON_THE_VAN"}));
    let page = desk.get("/v1/order-events").body;
    assert_eq!(page["items"][1]["to_status"], "ON_THE_VAN");
    assert_eq!(page["items"][1]["hold"]["code"], "CARRIER_ERROR");
}

#[test]
fn f47_an_accepted_order_is_lost_without_a_word() {
    let mut desk = Desk::new();
    desk.fault_once("F47", json!(7200));
    desk.put(&order("SO-1"));
    desk.put(&order("SO-2"));
    desk.warehouse.forget_order("so-2").unwrap();
    assert_eq!(desk.warehouse.forget_order("SO-2").unwrap_err().status, 404);
    desk.wait(7200);
    assert_eq!(desk.status("SO-1"), "ORDER_NOT_FOUND");
    let truth = desk.warehouse.truth();
    assert_eq!(truth["dropped"], json!(["SO-2", "SO-1"]));
    assert_eq!(truth["orders"], json!([]));
    assert!(
        desk.events()
            .iter()
            .all(|event| !event.ends_with("CANCELLED"))
    );
}

#[test]
fn a_fault_can_be_aimed_by_reference_sale_id_and_sku() {
    for subject in ["SO-1", "sale-SO-1", "MUG330WHT"] {
        let mut desk = Desk::new();
        let mut switch = Switch::on(Vendor::Whistl, "F21");
        switch.number = Some(subject.into());
        desk.board.add(switch);
        assert_eq!(desk.put(&order("SO-1")).status, 422, "{subject}");
    }
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    for subject in ["SO-1", "sale-SO-1", "WF10000001"] {
        let mut switch = Switch::on(Vendor::Whistl, "F06");
        switch.number = Some(subject.into());
        switch.times = Some(1);
        desk.board.add(switch);
        assert_eq!(desk.get("/v1/orders/SO-1").status, 503, "{subject}");
        assert_eq!(desk.status("SO-2"), "ORDER_NOT_FOUND");
    }
}
