//! In which order a call is judged (contract, section 5): a call with several things
//! wrong is told the first of them, and only that.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Desk, order, order_with, sample};
use crate::http::Ask;

fn without(mut ask: Ask, header: &str) -> Ask {
    ask.headers.retain(|(name, _)| name != header);
    ask
}

fn with(ask: Ask, header: &str, value: &str) -> Ask {
    let mut ask = without(ask, header);
    ask.headers.push((header.into(), value.into()));
    ask
}

fn big() -> Vec<u8> {
    vec![b'x'; 256 * 1024 + 1]
}

#[test]
fn each_fault_of_a_call_hides_those_judged_after_it() {
    let mut desk = Desk::new();
    // Everything is wrong: key, client code, path, content type, size, JSON.
    let mut ask = Desk::ask("PUT", "/v1/nowhere", Some(&json!({})));
    ask.body = big();
    let ask = with(
        with(with(ask, "x-api-key", "no"), "x-client-code", "NO"),
        "content-type",
        "a/b",
    );
    assert_eq!(desk.hear(&ask).code(), "UNAUTHENTICATED");
    let ask = with(ask, "x-api-key", "right-key");
    assert_eq!(desk.hear(&ask).code(), "FORBIDDEN");
    let ask = with(ask, "x-client-code", "STKB");
    let page = desk.hear(&ask);
    assert_eq!(
        (page.status, page.code()),
        (404, ""),
        "an unknown path is a proxy's page"
    );
    let ask = Ask {
        path: "/v1/orders/SO-1".into(),
        ..ask
    };
    assert_eq!(desk.hear(&ask).code(), "BAD_TYPE");
    let ask = with(ask, "content-type", "application/json; charset=utf-8");
    assert_eq!(desk.hear(&ask).code(), "TOO_LARGE");
    let ask = Ask {
        body: b"{".to_vec(),
        ..ask
    };
    assert_eq!(desk.hear(&ask).code(), "MALFORMED");
    let ask = Ask {
        body: order("SO-2").to_string().into_bytes(),
        ..ask
    };
    assert_eq!(desk.hear(&ask).code(), "REF_MISMATCH");
}

#[test]
fn rights_come_before_rate_and_rate_before_path() {
    let mut desk = Desk::new();
    desk.gap = Duration::ZERO;
    for _ in 0..20 {
        assert_eq!(desk.get("/v1/ping").status, 200);
    }
    let limited = desk.get("/v1/nowhere");
    assert_eq!(limited.code(), "RATE_LIMITED");
    assert_eq!(limited.body["error"]["retryable"], true);
    assert_eq!(limited.header("retry-after"), Some("1"));
    assert_eq!(limited.header("x-ratelimit-remaining"), Some("0"));
    let stranger = without(Desk::ask("GET", "/v1/ping", None), "x-client-code");
    assert_eq!(desk.hear(&stranger).code(), "FORBIDDEN");
    assert_eq!(desk.warehouse.truth()["calls"]["refused"], 1);

    desk.gap = Duration::from_millis(500);
    assert_eq!(
        desk.get("/v1/ping").status,
        200,
        "half a second gives one call back"
    );
}

#[test]
fn an_existing_reference_is_answered_before_its_content_is_judged() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    let spoilt = order_with("/delivery/phone", Value::Null);
    let heard = desk.put(&spoilt);
    assert_eq!(heard.code(), "REF_CONFLICT", "not a 422");
    assert_eq!(
        heard.body["error"]["existing"]["differs"],
        json!(["delivery.phone"])
    );
    let untyped = order_with("/delivery/phone", json!(7_700_900_142_u64));
    assert_eq!(
        desk.put(&untyped).code(),
        "MALFORMED",
        "types come before the reference"
    );
}

#[test]
fn key_order_white_space_source_case_and_defaults_do_not_make_another_order() {
    let mut desk = Desk::new();
    let mut first = order("so-1");
    first["service_code"] = json!("WHI_EXP");
    assert_eq!(desk.put(&first).status, 201);

    let mut same = order("SO-1");
    let members = same.as_object_mut().unwrap();
    members.remove("allow_partial");
    members.remove("warehouse");
    members.remove("source");
    members.remove("required_by");
    members["gift_message"] = json!("");
    members["order_date"] = json!("2026-10-23T07:58:12Z");
    members["delivery"]["name"] = json!(" Priya  Ashworth ");
    members["lines"][0]["unit_value"] = json!("12.5");
    members["lines"].as_array_mut().unwrap().reverse();
    let mut ask = Desk::submission(&same);
    ask.body = serde_json::to_vec_pretty(&same).unwrap();
    let heard = desk.hear(&ask);
    assert_eq!(heard.status, 200, "{}", heard.body);
    assert_eq!(
        heard.body["client_ref"], "so-1",
        "spelt as it was first sent"
    );
    assert_eq!(desk.truth_of("so-1")["submissions"], 2);
    assert_eq!(desk.truth_of("so-1")["created"], 1);
}

#[test]
fn every_difference_is_named_by_its_path() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    let mut other = order("SO-1");
    other["service_code"] = json!("WHI_STD");
    other["allow_partial"] = json!(false);
    other["delivery"]["company"] = json!("Ashworth Ltd");
    other["lines"].as_array_mut().unwrap().remove(1);
    let heard = desk.put(&other);
    let expected = [
        "service_code",
        "allow_partial",
        "delivery.company",
        "lines[1]",
    ];
    let differs = heard.body["error"]["existing"]["differs"]
        .as_array()
        .unwrap();
    assert_eq!(differs.len(), expected.len(), "{differs:?}");
    for path in expected {
        assert!(differs.contains(&json!(path)), "{path} in {differs:?}");
    }
}

#[test]
fn values_of_the_wrong_type_are_malformed_and_named() {
    let wrong = [
        ("/delivery", json!("Bristol"), "delivery must be an object"),
        ("/delivery/phone", json!(1), "delivery.phone must be text"),
        (
            "/allow_partial",
            json!("yes"),
            "allow_partial must be true or false",
        ),
        (
            "/order_date",
            json!("2026-10-23 08:58"),
            "order_date must be an RFC 3339 time",
        ),
        ("/order_date", json!(null), "order_date must be"),
        (
            "/required_by",
            json!("23/10/2026"),
            "required_by must be a date",
        ),
        ("/lines", json!({}), "lines must be a list"),
        ("/lines/1", json!("MUG"), "lines[1] must be an object"),
        (
            "/lines/1/quantity",
            json!("4"),
            "lines[1].quantity must be a number",
        ),
        (
            "/lines/1/line_no",
            json!(1.5),
            "lines[1].line_no must be a whole number",
        ),
        (
            "/lines/1/line_no",
            json!(1),
            "lines[1].line_no must be unique",
        ),
        (
            "/lines/1/unit_value",
            json!("6.005"),
            "lines[1].unit_value must be decimal text",
        ),
        (
            "/lines/1/unit_value",
            json!(6.0),
            "lines[1].unit_value must be text",
        ),
        ("/customs", json!([]), "customs must be an object or null"),
    ];
    let mut desk = Desk::new();
    for (pointer, value, message) in wrong {
        let heard = desk.put(&order_with(pointer, value));
        assert_eq!(
            (heard.status, heard.code()),
            (400, "MALFORMED"),
            "{pointer}"
        );
        let said = heard.body["error"]["message"].as_str().unwrap();
        assert!(said.starts_with(message), "{said}");
    }
    assert_eq!(desk.warehouse.truth()["orders"], json!([]));
}

#[test]
fn broken_json_is_placed_by_its_byte() {
    let mut desk = Desk::new();
    let ask = Ask {
        body: b"{\n  \"a\": 1,\n  ?".to_vec(),
        ..Desk::submission(&order("SO-1"))
    };
    let heard = desk.hear(&ask);
    assert_eq!(
        heard.body["error"]["message"],
        "Body is not valid JSON at byte 14."
    );
}

#[test]
fn every_reply_echoes_the_attempt_and_tells_the_time() {
    let mut desk = Desk::new();
    desk.at("2026-10-23T08:15:00Z");
    let heard = desk.get("/v1/orders/NOPE");
    assert_eq!(heard.header("x-request-id"), Some("attempt-1"));
    assert_eq!(heard.body["error"]["request_id"], "attempt-1");
    assert_eq!(heard.header("date"), Some("Fri, 23 Oct 2026 08:15:00 GMT"));
    assert_eq!(heard.header("x-ratelimit-limit"), Some("120"));
    let nameless = without(Desk::ask("GET", "/v1/orders/NOPE", None), "x-request-id");
    let heard = desk.hear(&nameless);
    assert!(
        !heard.body["error"]["request_id"]
            .as_str()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn one_item_is_found_by_its_exact_spelling() {
    let mut desk = Desk::new();
    let item = desk.get("/v1/items/MUG330WHT");
    let listed = &sample("rest/03-items-200.json")["items"][2];
    assert_eq!(item.body["barcodes"], listed["barcodes"]);
    assert_eq!(desk.get("/v1/items/mug330wht").code(), "ITEM_NOT_FOUND");
}

#[test]
fn paths_that_are_not_served_are_pages_for_people() {
    let mut desk = Desk::new();
    for path in ["/v1/stock/snapshots", "/", "/v2/ping"] {
        let heard = desk.get(path);
        assert_eq!(heard.status, 404, "{path}");
        assert!(
            heard
                .header("content-type")
                .unwrap()
                .starts_with("text/html"),
            "{path}"
        );
    }
    let wrong_method = Desk::ask("DELETE", "/v1/orders/SO-1", None);
    assert_eq!(desk.hear(&wrong_method).status, 404);
}

#[test]
fn a_cancellation_needs_a_known_reason_and_a_short_note() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    for body in [
        json!({}),
        json!({"reason_code": "BORED"}),
        json!({"reason_code": "OTHER", "note": "x".repeat(201)}),
        json!([]),
    ] {
        let ask = Desk::ask("POST", "/v1/orders/SO-1/cancel", Some(&body));
        assert_eq!(desk.hear(&ask).code(), "MALFORMED", "{body}");
    }
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
    assert_eq!(desk.cancel("NOPE").code(), "ORDER_NOT_FOUND");
}

proptest! {
    #[test]
    fn no_body_whatever_breaks_the_warehouse(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut desk = Desk::new();
        let ask = Ask { body, ..Desk::submission(&order("SO-1")) };
        let heard = desk.hear(&ask);
        prop_assert_eq!(heard.status, 400);
    }

    #[test]
    fn sending_the_same_order_again_never_makes_a_second(
        quantity in 1_u32..9999, times in 1_usize..5, seconds in 0_i64..20_000,
    ) {
        let mut desk = Desk::new();
        let order = order_with("/lines/0/quantity", json!(quantity));
        prop_assert_eq!(desk.put(&order).status, 201);
        for _ in 0..times {
            desk.wait(seconds);
            prop_assert_eq!(desk.put(&order).status, 200);
        }
        prop_assert_eq!(&desk.truth_of("SO-1")["created"], &json!(1));
    }
}
