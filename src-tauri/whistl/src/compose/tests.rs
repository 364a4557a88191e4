//! The message an order becomes.

use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::samples::{line, order_42, profile, sample, sample_json};
use crate::submission::{fingerprint, read_back};

fn composed(order: &WarehouseOrder) -> Value {
    serde_json::from_slice(&compose(order, &profile()).unwrap().body).unwrap()
}

#[test]
fn the_contracts_own_order_is_written_to_the_letter() {
    let submission = compose(&order_42(), &profile()).unwrap();
    let name = "rest/10-order-SO-00042-request.json";
    let written = String::from_utf8(submission.body.to_vec()).unwrap();
    assert_eq!(
        written,
        sample_json(name).to_string(),
        "values and the order of keys"
    );
    assert_eq!(Some(submission.fingerprint), fingerprint(&sample(name)));
    assert_eq!(submission.service(), "WHI_EXP");
    assert_eq!(submission.sale_lines, [vec![0], vec![1, 3]]);
}

#[test]
fn another_quantity_is_another_order() {
    let changed = fingerprint(&sample("rest/13-order-SO-00042-changed-request.json"));
    assert_ne!(
        changed,
        fingerprint(&sample("rest/10-order-SO-00042-request.json"))
    );
    assert!(changed.is_some());
}

#[test]
fn key_order_blanks_nulls_case_and_the_note_of_origin_make_no_other_order() {
    let same = json!({
        "source": {"system": "another", "channel": "Market"},
        "lines": [
            {"quantity": 4.0, "sku": "MUG330WHT", "line_no": 2, "description": "Mug white 330 ml",
             "unit_value": "6.00", "currency": "GBP"},
            {"line_no": 1, "sku": "TEE001BLKM", "quantity": 2, "description": "Tee black medium",
             "unit_value": "12.50", "currency": "GBP"},
        ],
        "gift_message": "",
        "delivery_note": "Leave with concierge",
        "delivery": {
            "email": "priya@example.com", "phone": "07700900142", "country": "gb",
            "postcode": "BS1 5TR", "town": "Bristol", "line2": "Flat 3",
            "line1": "14 Quay Terrace", "name": "Priya Ashworth",
        },
        "warehouse": "BRI1",
        "service_code": "whi_exp",
        "order_date": "2026-10-23T08:58:12+01:00",
        "client_ref": "so-00042",
    });
    let spread = serde_json::to_vec_pretty(&same).unwrap();
    assert_eq!(
        fingerprint(&spread),
        fingerprint(&sample("rest/10-order-SO-00042-request.json"))
    );
}

#[test]
fn a_sku_in_another_case_is_another_order() {
    let mut order = sample_json("rest/10-order-SO-00042-request.json");
    let before = fingerprint(order.to_string().as_bytes());
    order["lines"][0]["sku"] = json!("tee001blkm");
    assert_ne!(fingerprint(order.to_string().as_bytes()), before);
}

#[test]
fn an_order_of_the_winter_carries_the_winters_offset() {
    let mut order = order_42();
    order.ordered_at = Utc.with_ymd_and_hms(2026, 11, 23, 0, 0, 0).unwrap();
    order.required_by = NaiveDate::from_ymd_opt(2026, 11, 25);
    let written = composed(&order);
    assert_eq!(written["order_date"], "2026-11-23T00:00:00+00:00");
    assert_eq!(written["required_by"], "2026-11-25");
}

#[test]
fn prices_have_two_decimals_and_those_without_meaning_are_left_out() {
    let mut order = order_42();
    order.lines = vec![
        line("A1", 1, "", "12.345"),
        line("A2", 1, "", "-3"),
        line("A3", 1, "", "0"),
        line("A4", 1, "", "-0.001"),
    ];
    let written = composed(&order);
    let values: Vec<&Value> = (0..4)
        .map(|at| &written["lines"][at]["unit_value"])
        .collect();
    assert_eq!(
        values,
        [
            &json!("12.35"),
            &Value::Null,
            &json!("0.00"),
            &json!("0.00")
        ]
    );
    assert_eq!(
        written["lines"][1]["currency"],
        Value::Null,
        "no amount, no currency"
    );

    order.currency = String::new();
    assert_eq!(
        composed(&order)["lines"][0]["unit_value"],
        Value::Null,
        "no currency, no amount"
    );
}

#[test]
fn what_only_informs_is_cut_and_never_stops_an_order() {
    let mut order = order_42();
    order.lines[0].description = format!(" Tee\t\u{7} {}", "é".repeat(200));
    order.channel = Some("A market place with a name far too long".into());
    let written = composed(&order);
    let description = written["lines"][0]["description"].as_str().unwrap();
    assert_eq!(description.chars().count(), 100);
    assert!(description.starts_with("Tee é"));
    assert_eq!(
        written["source"]["channel"],
        "A market place with a name far too"
    );
}

#[test]
fn blanks_are_single_wherever_text_goes_on_a_label() {
    let mut order = order_42();
    order.delivery.name = "  Priya   Ashworth ".into();
    order.delivery_note = Some("Ring\u{a0} twice".into());
    let written = composed(&order);
    assert_eq!(written["delivery"]["name"], "Priya Ashworth");
    assert_eq!(written["delivery_note"], "Ring twice");
}

#[test]
fn a_message_outside_the_contract_is_our_fault_and_names_the_field() {
    let mut order = order_42();
    order.delivery.name = "N".repeat(36);
    let fault = compose(&order, &profile()).unwrap_err();
    assert_eq!(fault.field, "delivery.name");
    assert!(
        fault.message.contains("1 to 35 characters, not 36"),
        "{fault}"
    );

    let mut order = order_42();
    order.lines[1].sku = order.lines[0].sku.clone();
    assert_eq!(
        compose(&order, &profile()).unwrap_err().field,
        "lines[1].sku"
    );

    let mut order = order_42();
    order.delivery.phone = None;
    assert_eq!(
        compose(&order, &profile()).unwrap_err().field,
        "delivery.phone"
    );
    let lenient = Profile {
        phone_required: false,
        ..profile()
    };
    assert!(
        compose(&order, &lenient).is_ok(),
        "an account may not need a number"
    );
}

#[test]
fn a_stored_message_is_the_same_message() {
    let sent = compose(&order_42(), &profile()).unwrap();
    let stored = Submission::from_stored(sent.reference.clone(), sent.body.clone());
    assert_eq!(
        (stored.fingerprint, stored.service()),
        (sent.fingerprint, sent.service())
    );
    assert_eq!(stored.problem(), None);
    assert!(stored.sale_lines.is_empty());
}

#[test]
fn a_damaged_stored_message_says_what_is_wrong_with_it() {
    let sent = compose(&order_42(), &profile()).unwrap();
    let half = sent.body.slice(..sent.body.len() / 2);
    let damaged = Submission::from_stored(sent.reference.clone(), half);
    assert!(damaged.problem().unwrap().contains("not complete JSON"));
    assert_eq!(damaged.service(), "");
    let strange = Submission::from_stored(crate::samples::reference("SO-1"), sent.body);
    assert!(strange.problem().unwrap().contains("expected SO-1"));
}

#[test]
fn an_order_read_back_is_the_order_that_was_sent() {
    let mut order = order_42();
    let back = read_back(&compose(&order, &profile()).unwrap().body, &profile()).unwrap();
    for line in &mut order.lines {
        line.sale_lines.clear();
    }
    assert_eq!(
        back, order,
        "but for the sale's lines, which a message does not name"
    );
}

#[test]
fn a_body_that_is_no_order_is_not_read_back_and_the_field_is_named() {
    let mut order = sample_json("rest/10-order-SO-00042-request.json");
    order["lines"][1]["sku"] = json!("ITEM-01_BLUE");
    let fault = read_back(order.to_string().as_bytes(), &profile()).unwrap_err();
    assert_eq!(fault.field, "lines[1].sku");
    assert!(fault.message.contains("ITEM-01_BLUE"));
    let nothing = read_back(b"{}", &profile()).unwrap_err();
    assert!(nothing.message.contains("client_ref"), "{nothing}");
}

fn text() -> impl Strategy<Value = String> {
    "[A-Za-zéüß' 0-9.,&/-]{1,35}"
}

prop_compose! {
    fn some_order()(
        name in text(), company in proptest::option::of(text()),
        lines in proptest::collection::vec(text(), 1..=3),
        town in text(), note in proptest::option::of("[^\\p{Cc}]{0,200}"),
        partial: bool,
        skus in proptest::collection::btree_set("[A-Za-z0-9]{1,24}", 1..20),
        units in 1_u32..=9999, pence in -1000_i64..10_000_000,
        seconds in 1_700_000_000_i64..1_900_000_000,
    ) -> WarehouseOrder {
        let mut order = order_42();
        order.delivery.name = format!("N{name}").chars().take(35).collect();
        order.delivery.company = company;
        order.delivery.lines = lines.iter()
            .map(|line| format!("L{line}").chars().take(35).collect()).collect();
        order.delivery.town = format!("T{town}").chars().take(35).collect();
        order.delivery_note = note;
        order.allow_partial = partial;
        order.ordered_at = Utc.timestamp_opt(seconds, 0).unwrap();
        order.lines = skus.iter().map(|sku| {
            let mut one = line(sku, units, "Thing", "0");
            one.unit_value = Decimal::new(pence, 3);
            one
        }).collect();
        order
    }
}

proptest! {
    #[test]
    fn every_unit_on_an_order_is_in_its_message(order in some_order()) {
        let submission = compose(&order, &profile()).map_err(|fault| {
            TestCaseError::fail(fault.to_string())
        })?;
        let back = read_back(&submission.body, &profile()).unwrap();
        prop_assert_eq!(back.units(), order.units());
        prop_assert_eq!(back.ordered_at, order.ordered_at);
        let skus = |order: &WarehouseOrder| {
            order.lines.iter().map(|line| line.sku.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(skus(&back), skus(&order));
    }

    #[test]
    fn the_same_order_is_written_the_same_way_twice(order in some_order()) {
        prop_assert_eq!(compose(&order, &profile()), compose(&order, &profile()));
    }
}
