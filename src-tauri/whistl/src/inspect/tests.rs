//! What the contract does not allow is found, whoever wrote it.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::{profile, sample, sample_json};

/// The sample order with one value replaced (`""` as the place removes nothing).
fn spoilt(at: &str, value: Value) -> Result<(), ComposeFault> {
    let mut order = sample_json("rest/10-order-SO-00042-request.json");
    *order.pointer_mut(at).unwrap() = value;
    inspect(order.to_string().as_bytes(), &profile())
}

#[test]
fn the_contracts_good_orders_pass() {
    for name in [
        "rest/10-order-SO-00042-request.json",
        "rest/15-order-SO-00045-request.json",
        "rest/20-order-SO-00043-request.json",
        "rest/32-order-SO-00044-request-fixed.json",
    ] {
        assert_eq!(inspect(&sample(name), &profile()), Ok(()), "{name}");
    }
}

#[test]
fn the_contracts_bad_order_does_not() {
    let bad = sample("rest/30-order-SO-00044-request-bad.json");
    assert_eq!(
        inspect(&bad, &profile()).unwrap_err().field,
        "delivery.phone"
    );
}

#[test]
fn each_limit_of_the_contract_is_kept() {
    let long = |n: usize| json!("x".repeat(n));
    let cases = [
        ("/client_ref", long(13), "client_ref"),
        ("/client_ref", json!("-SO1"), "client_ref"),
        ("/client_ref", json!("SO 1"), "client_ref"),
        ("/client_ref", Value::Null, "client_ref"),
        ("/order_date", json!("2026-10-23T08:58:12"), "order_date"),
        ("/service_code", json!("whi_exp"), "service_code"),
        ("/service_code", json!("W".repeat(17)), "service_code"),
        ("/warehouse", long(9), "warehouse"),
        ("/allow_partial", json!("yes"), "allow_partial"),
        ("/required_by", json!("23/10/2026"), "required_by"),
        ("/delivery/name", json!(""), "delivery.name"),
        ("/delivery/name", json!(" Priya"), "delivery.name"),
        ("/delivery/name", json!("Pri\u{7}ya"), "delivery.name"),
        ("/delivery/name", json!(7), "delivery.name"),
        ("/delivery/company", long(36), "delivery.company"),
        ("/delivery/line1", Value::Null, "delivery.line1"),
        ("/delivery/line2", json!("Flat  3"), "delivery.line2"),
        ("/delivery/line3", long(36), "delivery.line3"),
        ("/delivery/town", Value::Null, "delivery.town"),
        ("/delivery/county", long(36), "delivery.county"),
        ("/delivery/postcode", Value::Null, "delivery.postcode"),
        ("/delivery/postcode", long(11), "delivery.postcode"),
        ("/delivery/country", json!("gb"), "delivery.country"),
        ("/delivery/phone", json!("+447700900142"), "delivery.phone"),
        ("/delivery/phone", json!("07700 900142"), "delivery.phone"),
        ("/delivery/phone", Value::Null, "delivery.phone"),
        ("/delivery/email", long(81), "delivery.email"),
        ("/delivery_note", long(201), "delivery_note"),
        ("/gift_message", long(301), "gift_message"),
        ("/lines", json!([]), "lines"),
        ("/lines", Value::Null, "lines"),
        ("/lines/1/line_no", json!(3), "lines[1].line_no"),
        ("/lines/1/sku", json!("TEE001BLKM"), "lines[1].sku"),
        ("/lines/1/sku", json!("ITEM-01"), "lines[1].sku"),
        ("/lines/1/sku", long(25), "lines[1].sku"),
        ("/lines/0/quantity", json!(0), "lines[0].quantity"),
        ("/lines/0/quantity", json!(2.5), "lines[0].quantity"),
        ("/lines/0/quantity", json!(10_000), "lines[0].quantity"),
        ("/lines/0/description", long(101), "lines[0].description"),
        (
            "/lines/0/unit_value",
            json!("12.505"),
            "lines[0].unit_value",
        ),
        ("/lines/0/unit_value", json!("-1"), "lines[0].unit_value"),
        ("/lines/0/unit_value", json!(12.5), "lines[0].unit_value"),
        ("/lines/0/currency", json!("Pound"), "lines[0].currency"),
        ("/customs", json!("none"), "customs"),
        ("/source/document_id", long(65), "source.document_id"),
        ("/source/channel", long(36), "source.channel"),
    ];
    for (at, value, field) in cases {
        let fault = spoilt(at, value.clone()).expect_err(&format!("{at} = {value} must not pass"));
        assert_eq!(fault.field, field, "{at} = {value}: {fault}");
    }
}

#[test]
fn too_many_lines_and_too_large_a_message_are_found() {
    let lines: Vec<Value> = (1..=201)
        .map(|no| json!({"line_no": no, "sku": format!("A{no}"), "quantity": 1}))
        .collect();
    assert!(
        spoilt("/lines", json!(lines))
            .unwrap_err()
            .message
            .contains("at most 200")
    );
    assert_eq!(spoilt("/lines", json!(lines[..200])), Ok(()));
    let huge = vec![b' '; 256 * 1024 + 1];
    assert!(
        inspect(&huge, &profile())
            .unwrap_err()
            .message
            .contains("at most 262144")
    );
}

#[test]
fn a_field_the_contract_does_not_know_is_found() {
    let mut order = sample_json("rest/10-order-SO-00042-request.json");
    order["colour"] = json!("red");
    assert_eq!(
        inspect(order.to_string().as_bytes(), &profile())
            .unwrap_err()
            .field,
        "colour"
    );
}

#[test]
fn an_account_may_allow_longer_references_and_other_skus() {
    let mut account = profile();
    account.limits.reference = 30;
    account.sku_rule.also_allowed = "-".into();
    let mut order = sample_json("rest/10-order-SO-00042-request.json");
    order["client_ref"] = json!("SO-00042-OF-THE-SHOP");
    order["lines"][0]["sku"] = json!("ITEM-01");
    assert_eq!(inspect(order.to_string().as_bytes(), &account), Ok(()));
    assert!(inspect(order.to_string().as_bytes(), &profile()).is_err());
}

proptest! {
    #[test]
    fn a_message_cut_short_anywhere_is_refused(share in 0.0_f64..1.0) {
        let whole = sample("rest/10-order-SO-00042-request.json");
        let trimmed = whole.trim_ascii_end();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a short text")]
        let at = (trimmed.len() as f64 * share) as usize;
        prop_assert!(inspect(&trimmed[..at.min(trimmed.len() - 1)], &profile()).is_err());
    }
}
