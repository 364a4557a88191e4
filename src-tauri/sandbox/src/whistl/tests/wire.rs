//! Each fault of the wire (F01 to F12 and our own): what the caller sees, and what the
//! warehouse really did.

use serde_json::{Value, json};

use super::{Desk, order};
use crate::http::Outcome;

/// What became of a call, in a word.
fn fate(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Whole(_) => "whole",
        Outcome::After(..) => "after",
        Outcome::CutOff(..) => "cut",
        Outcome::Dropped => "dropped",
        Outcome::Silent => "silent",
        Outcome::Endless(_) => "endless",
    }
}

/// Submits SO-1 under a fault: the fate of the call, and orders really made.
fn submit_under(name: &str, value: Value) -> (&'static str, u64, Desk) {
    let mut desk = Desk::new();
    desk.fault_once(name, value);
    let outcome = desk.send(&Desk::submission(&order("SO-1")));
    let created = desk.truth_of("SO-1")["created"].as_u64().unwrap_or(0);
    (fate(&outcome), created, desk)
}

#[test]
fn f01_the_order_is_taken_and_the_reply_lost() {
    let (fate, created, mut desk) = submit_under("F01", json!(null));
    assert_eq!((fate, created), ("dropped", 1));
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
    assert_eq!(
        desk.put(&order("SO-1")).status,
        200,
        "sending again finds it"
    );
    assert_eq!(desk.truth_of("SO-1")["submissions"], 2);
    assert_eq!(submit_under("F01", json!("timeout")).0, "silent");
}

#[test]
fn f01_waits_for_a_reply_worth_losing() {
    let mut desk = Desk::new();
    desk.fault_once("F01", json!(null));
    let mut bad = order("SO-1");
    bad["delivery"]["phone"] = Value::Null;
    assert_eq!(desk.put(&bad).status, 422);
    assert_eq!(desk.get("/v1/ping").status, 200);
    assert_eq!(
        fate(&desk.send(&Desk::submission(&order("SO-1")))),
        "dropped"
    );
}

#[test]
fn f02_the_order_never_arrives() {
    let (fate, created, mut desk) = submit_under("F02", json!("timeout"));
    assert_eq!((fate, created), ("silent", 0));
    assert_eq!(desk.status("SO-1"), "ORDER_NOT_FOUND");
    assert_eq!(desk.put(&order("SO-1")).status, 201);
    assert_eq!(
        desk.truth_of("SO-1")["submissions"],
        1,
        "only the second one arrived"
    );
    assert_eq!(submit_under("F02", json!(null)).0, "dropped");
}

#[test]
fn f03_a_look_up_is_blind_for_a_minute_and_the_put_is_not() {
    let mut desk = Desk::new();
    desk.fault("F03", json!(null));
    desk.put(&order("SO-1"));
    desk.wait(59);
    assert_eq!(desk.get("/v1/orders/SO-1").code(), "ORDER_NOT_FOUND");
    assert_eq!(desk.put(&order("SO-1")).status, 200);
    desk.wait(1);
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
}

#[test]
fn f04_a_second_put_makes_a_second_order_and_the_truth_tells() {
    let mut desk = Desk::new();
    desk.fault("F04", json!(null));
    assert_eq!(desk.put(&order("SO-1")).status, 201);
    assert_eq!(desk.put(&order("SO-1")).status, 201);
    let truth = desk.truth_of("SO-1");
    assert_eq!(
        (&truth["created"], &truth["submissions"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        truth["lines"][0]["ordered"], "4",
        "twice the two units asked for"
    );
    assert_eq!(truth["whistl_refs"], json!(["WF10000001", "WF10000002"]));
}

#[test]
fn f05_the_connection_breaks_within_the_reply() {
    let mut desk = Desk::new();
    desk.fault_once("F05", json!(10));
    match desk.send(&Desk::submission(&order("SO-1"))) {
        Outcome::CutOff(answer, 10) => assert!(answer.body.len() > 10),
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.truth_of("SO-1")["created"], 1);
}

#[test]
fn f06_a_server_error_has_done_nothing_unless_told() {
    for (value, status, code) in [
        (json!(null), 503, "UNAVAILABLE"),
        (json!(500), 500, "INTERNAL"),
        (json!(502), 502, "UNAVAILABLE"),
        (json!(504), 504, "UNAVAILABLE"),
    ] {
        let mut desk = Desk::new();
        desk.fault_once("F06", value);
        let heard = desk.put(&order("SO-1"));
        assert_eq!((heard.status, heard.code()), (status, code));
        assert_eq!(heard.body["error"]["retryable"], true);
        assert_eq!(desk.truth_of("SO-1"), Value::Null);
    }
    let mut desk = Desk::new();
    desk.fault_once(
        "F06",
        json!({"status": 502, "processed": true, "retry_after": 30}),
    );
    let heard = desk.put(&order("SO-1"));
    assert_eq!(
        (heard.status, heard.header("retry-after")),
        (502, Some("30"))
    );
    assert_eq!(desk.truth_of("SO-1")["created"], 1);
}

#[test]
fn f07_too_many_requests_in_every_shape() {
    for (value, header, member) in [
        (json!(null), Some("17"), json!(17)),
        (json!(0), Some("0"), json!(0)),
        (json!(86_400), Some("86400"), json!(86_400)),
        (json!("none"), None, Value::Null),
        (
            json!("date"),
            Some("Fri, 23 Oct 2026 08:15:17 GMT"),
            json!(17),
        ),
        (
            json!({"date": 60}),
            Some("Fri, 23 Oct 2026 08:16:00 GMT"),
            json!(60),
        ),
    ] {
        let mut desk = Desk::new();
        desk.fault_once("F07", value.clone());
        let heard = desk.put(&order("SO-1"));
        assert_eq!(
            (heard.status, heard.header("retry-after")),
            (429, header),
            "{value}"
        );
        assert_eq!(heard.body["error"]["retry_after_s"], member, "{value}");
        assert_eq!(
            desk.warehouse.truth()["calls"]["refused"],
            0,
            "played, not counted"
        );
    }
}

#[test]
fn f08_the_json_is_no_json_and_the_order_is_taken() {
    for value in [json!(null), json!("malformed")] {
        let mut desk = Desk::new();
        desk.fault_once("F08", value);
        let heard = desk.put(&order("SO-1"));
        assert_eq!((heard.status, heard.body), (201, Value::Null));
        assert_eq!(desk.truth_of("SO-1")["created"], 1);
    }
}

#[test]
fn f09_a_page_stands_in_the_way() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.fault_once("F09", json!("404"));
    let heard = desk.get("/v1/orders/SO-1");
    assert_eq!((heard.status, heard.code()), (404, ""), "not our 404");
    desk.fault_once("F09", json!({"status": 200, "processed": true}));
    assert!(
        desk.put(&order("SO-2"))
            .header("content-type")
            .unwrap()
            .starts_with("text/html")
    );
    assert_eq!(desk.truth_of("SO-2")["created"], 1);
    desk.fault_once("F09", json!(null));
    desk.put(&order("SO-3"));
    assert_eq!(desk.truth_of("SO-3"), Value::Null);
}

#[test]
fn f10_the_types_are_odd_and_the_meaning_is_the_same() {
    let mut desk = Desk::new();
    desk.fault_once("F10", json!(null));
    let odd = desk.put(&order("SO-1")).body;
    assert_eq!(odd["lines"][0]["line_no"], "1");
    assert_eq!(odd["lines"][0]["quantity_ordered"].to_string(), "2.0");
    assert_eq!(odd["warnings"], Value::Null);
    assert!(odd.as_object().unwrap().contains_key("warnings"));
    assert!(!odd.as_object().unwrap().contains_key("hold"));
    assert!(odd.as_object().unwrap().contains_key("x_internal"));
    desk.fault_once("F10", json!("text_numbers"));
    let odd = desk.get("/v1/orders/SO-1").body;
    assert_eq!(odd["lines"][0]["quantity_ordered"], "2");
    assert_eq!(odd["warnings"], json!([]), "only what was asked for is odd");
}

#[test]
fn f11_the_key_is_withdrawn_in_the_middle() {
    let mut desk = Desk::new();
    assert_eq!(desk.get("/v1/ping").status, 200);
    desk.fault("F11", json!(null));
    assert_eq!(desk.put(&order("SO-1")).code(), "UNAUTHENTICATED");
    desk.board.clear();
    desk.fault_once("ip_not_allowed", json!(null));
    assert_eq!(desk.get("/v1/ping").code(), "IP_NOT_ALLOWED");
}

#[test]
fn f12_there_is_no_network() {
    assert_eq!(submit_under("F12", json!(null)).0, "silent");
    let (fate, created, desk) = submit_under("F12", json!("refused"));
    assert_eq!((fate, created), ("dropped", 0));
    assert_eq!(desk.warehouse.truth()["calls"]["by_status"]["none"], 1);
}

#[test]
fn replies_are_slow_endless_huge_or_elsewhere() {
    let (fate, created, _) = submit_under("slow", json!(45));
    assert_eq!((fate, created), ("after", 1));
    assert_eq!(submit_under("endless", json!(null)).0, "endless");
    let mut desk = Desk::new();
    desk.fault_once("giant", json!(10_000_000));
    let heard = desk.get("/v1/ping");
    assert!(heard.answer.body.len() > 10_000_000);
    assert_eq!(heard.body["ok"], true, "still JSON");
    desk.fault_once("redirect", json!("https://evil.example.invalid/"));
    let heard = desk.put(&order("SO-1"));
    assert_eq!(
        (heard.status, heard.header("location")),
        (302, Some("https://evil.example.invalid/"))
    );
    assert_eq!(desk.truth_of("SO-1"), Value::Null);
}
