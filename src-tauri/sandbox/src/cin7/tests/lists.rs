//! Lists: filters under the vendor's own names, pages, and moments.

use serde_json::{Value, json};

use super::{Desk, desk};

/// Five sales an hour apart.
fn five() -> (Desk, Vec<String>) {
    let mut desk = desk();
    let numbers = (0..5)
        .map(|_| {
            let number = desk.sells(1);
            desk.later(3600);
            number
        })
        .collect();
    (desk, numbers)
}

#[test]
fn a_misspelt_filter_is_ignored_without_a_word() {
    let (mut desk, numbers) = five();
    for name in [
        "UpdateSince",
        "updatedsince",
        "FulFilmentStatus",
        "CombinedPickingStatus",
    ] {
        assert_eq!(desk.numbers(&[(name, "2030-01-01")]), numbers, "{name}");
    }
}

#[test]
fn a_wrong_value_of_a_real_filter_finds_nothing() {
    let (mut desk, _) = five();
    for name in [
        "OrderStatus",
        "CombinedPickStatus",
        "Status",
        "OrderLocationID",
        "ExternalID",
    ] {
        assert!(desk.numbers(&[(name, "AUTHORIZED")]).is_empty(), "{name}");
    }
}

#[test]
fn filters_combine() {
    let (mut desk, numbers) = five();
    desk.account
        .void_sale(&numbers[1], desk.now)
        .expect("a void");
    let found = desk.numbers(&[
        ("OrderStatus", "AUTHORISED"),
        ("CombinedPickStatus", "NOT PICKED"),
    ]);
    assert_eq!(found.len(), 4);
    let since = [
        ("OrderStatus", "AUTHORISED"),
        ("UpdatedSince", "2026-11-24T11:00:00.000"),
    ];
    assert_eq!(desk.numbers(&since), numbers[2..]);
}

#[test]
fn a_probe_of_the_future_finds_nothing_and_says_total_0() {
    let (mut desk, _) = five();
    let (status, body) = desk.get(
        "saleList",
        &[("UpdatedSince", "2027-11-24T00:00:00.000"), ("Limit", "1")],
    );
    assert_eq!(
        (status, body),
        (200, json!({ "Total": 0, "Page": 1, "SaleList": [] }))
    );
}

#[test]
fn the_instant_itself_is_included_in_every_documented_form() {
    let (mut desk, numbers) = five();
    for since in [
        "2026-11-24T13:00:00",
        "2026-11-24T13:00:00Z",
        "2026-11-24T13:00:00.000",
        "2026-11-24T13:00:00.0000000Z",
    ] {
        assert_eq!(
            desk.numbers(&[("UpdatedSince", since)]),
            numbers[4..],
            "{since}"
        );
    }
    assert_eq!(
        desk.numbers(&[("UpdatedUntil", "2026-11-24T09:00:00Z")]),
        numbers[..1]
    );
    assert_eq!(desk.numbers(&[("UpdatedSince", "2026-11-24")]), numbers);
    assert_eq!(
        desk.numbers(&[("CreatedSince", "2026-11-24T12:00:00Z")]),
        numbers[3..]
    );
}

#[test]
fn a_moment_that_cannot_be_read_is_refused() {
    let (mut desk, _) = five();
    for since in [
        "yesterday",
        "24/11/2026",
        "2026-11-24 09:00",
        "2026-13-01T00:00:00",
    ] {
        let (status, body) = desk.get("saleList", &[("UpdatedSince", since)]);
        assert_eq!(status, 400, "{since}");
        assert_eq!(body[0]["ErrorCode"], json!(400));
        let said = body[0]["Exception"].as_str().unwrap_or_default();
        assert!(
            said.contains("UpdatedSince") && said.contains(since),
            "{said}"
        );
    }
}

#[test]
fn pages_together_hold_every_row_once_and_do_not_come_by_time() {
    let mut desk = desk();
    let numbers: Vec<String> = (0..23).map(|_| desk.sells(1)).collect();
    let mut seen: Vec<String> = Vec::new();
    for page in 1..=4 {
        let page = page.to_string();
        let (_, body) = desk.get("saleList", &[("Page", &page), ("Limit", "10")]);
        assert_eq!(body["Total"], json!(23));
        let rows = body["SaleList"].as_array().cloned().unwrap_or_default();
        seen.extend(
            rows.iter()
                .map(|row| row["OrderNumber"].as_str().unwrap_or("").to_owned()),
        );
    }
    assert_ne!(
        seen, numbers,
        "an order that a client could lean on would hide its mistakes"
    );
    seen.sort();
    assert_eq!(seen, numbers);
}

#[test]
fn a_page_holds_100_rows_unless_told_and_1000_at_most() {
    let mut desk = desk();
    for _ in 0..101 {
        desk.sells(1);
    }
    let rows =
        |desk: &mut Desk, query: &[(&str, &str)]| desk.rows("saleList", "SaleList", query).len();
    assert_eq!(rows(&mut desk, &[]), 100);
    assert_eq!(rows(&mut desk, &[("Page", "2")]), 1);
    assert_eq!(rows(&mut desk, &[("Page", "3")]), 0);
    assert_eq!(rows(&mut desk, &[("Limit", "1000")]), 101);
    for (name, value) in [
        ("Limit", "0"),
        ("Limit", "1001"),
        ("Page", "0"),
        ("Page", "one"),
    ] {
        let (status, body) = desk.get("saleList", &[(name, value)]);
        assert_eq!(status, 400, "{name}={value}: {body}");
    }
}

#[test]
fn ready_for_shipping_finds_what_is_packed_and_not_shipped() {
    let (mut desk, numbers) = five();
    for (number, stage) in [
        (&numbers[0], "pick"),
        (&numbers[1], "pack"),
        (&numbers[2], "ship"),
    ] {
        desk.fault("stage_done_by_user", |switch| {
            switch.number = Some(number.clone());
            switch.value = Some(json!(stage));
            switch.times = Some(1);
        });
    }
    assert_eq!(desk.numbers(&[("ReadyForShipping", "true")]), numbers[1..2]);
    let words = |detail: &Value| {
        [
            "Status",
            "CombinedPickingStatus",
            "CombinedPackingStatus",
            "CombinedShippingStatus",
            "FulFilmentStatus",
        ]
        .map(|field| detail[field].as_str().unwrap_or("").to_owned())
    };
    assert_eq!(
        words(&desk.detail(&numbers[0])),
        [
            "PICKED",
            "PICKED",
            "NOT PACKED",
            "NOT SHIPPED",
            "NOT FULFILLED"
        ]
    );
    assert_eq!(
        words(&desk.detail(&numbers[1])),
        ["PACKED", "PICKED", "PACKED", "NOT SHIPPED", "NOT FULFILLED"]
    );
    assert_eq!(
        words(&desk.detail(&numbers[2])),
        ["SHIPPING", "PICKED", "PACKED", "SHIPPED", "FULFILLED"]
    );
    let sale = desk.account.truth()["sales"][2].clone();
    assert_eq!(sale["lines"][0]["shipped"], json!("1"));
    assert_eq!(sale["shipments"].as_array().map(Vec::len), Some(1));
}

#[test]
fn withdrawn_products_are_listed_only_when_asked_for() {
    let mut desk = desk();
    let patch = json!({ "Status": "Deprecated" });
    desk.account
        .edit_product("MUG001", &patch, desk.now)
        .expect("an edit");
    assert_eq!(desk.rows("product", "Products", &[]).len(), 2);
    let all = desk.rows("product", "Products", &[("IncludeDeprecated", "true")]);
    assert_eq!(all.len(), 3);
}

#[test]
fn an_unknown_customer_is_an_empty_list() {
    let (status, body) = desk().get("customer", &[("ID", "nobody")]);
    assert_eq!((status, &body["Total"]), (200, &json!(0)));
}

#[test]
fn another_method_is_405() {
    for (method, path) in [("POST", "saleList"), ("DELETE", "sale"), ("PUT", "me")] {
        let mut desk = desk();
        let ask = desk.ask(method, path, &[]);
        assert_eq!(desk.answer(&ask).status, 405, "{method} {path}");
    }
}
