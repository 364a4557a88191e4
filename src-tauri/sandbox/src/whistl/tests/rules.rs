//! The content rules at their limits: the last value taken and the first refused.

use serde_json::{Value, json};

use super::{Desk, order, order_with};
use crate::whistl::UnknownService;

/// The reasons against the good order with one member changed; none if it is taken.
fn reasons(pointer: &str, value: Value) -> Vec<String> {
    reasons_of(&order_with(pointer, value))
}

fn reasons_of(order: &Value) -> Vec<String> {
    let heard = Desk::new().put(order);
    if heard.status == 201 {
        Vec::new()
    } else {
        heard.reasons()
    }
}

#[test]
fn text_fields_are_taken_up_to_their_limit() {
    let limits = [
        ("/delivery/name", 35, "NAME_TOO_LONG delivery.name"),
        ("/delivery/company", 35, "ADDRESS_TOO_LONG delivery.company"),
        ("/delivery/line1", 35, "ADDRESS_TOO_LONG delivery.line1"),
        ("/delivery/line2", 35, "ADDRESS_TOO_LONG delivery.line2"),
        ("/delivery/line3", 35, "ADDRESS_TOO_LONG delivery.line3"),
        ("/delivery/town", 35, "ADDRESS_TOO_LONG delivery.town"),
        ("/delivery/county", 35, "ADDRESS_TOO_LONG delivery.county"),
        ("/delivery_note", 200, "NOTE_TOO_LONG delivery_note"),
        ("/gift_message", 300, "NOTE_TOO_LONG gift_message"),
        (
            "/lines/1/description",
            100,
            "NOTE_TOO_LONG lines[1].description",
        ),
        (
            "/source/document_id",
            64,
            "NOTE_TOO_LONG source.document_id",
        ),
        ("/source/channel", 35, "NOTE_TOO_LONG source.channel"),
    ];
    for (pointer, limit, reason) in limits {
        // Letters of two bytes: characters are counted, not bytes.
        assert_eq!(
            reasons(pointer, json!("é".repeat(limit))),
            [""; 0],
            "{pointer} at {limit}"
        );
        assert_eq!(reasons(pointer, json!("é".repeat(limit + 1))), [reason]);
    }
}

#[test]
fn what_is_required_is_missed_when_null_empty_or_blank() {
    let required = [
        ("/delivery/name", "NAME_MISSING delivery.name"),
        ("/delivery/line1", "ADDRESS_MISSING delivery.line1"),
        ("/delivery/town", "ADDRESS_MISSING delivery.town"),
        ("/delivery/postcode", "POSTCODE_MISSING delivery.postcode"),
        ("/delivery/country", "COUNTRY_UNKNOWN delivery.country"),
        ("/delivery/phone", "PHONE_MISSING delivery.phone"),
        ("/service_code", "SERVICE_UNKNOWN service_code"),
        ("/lines", "NO_LINES lines"),
    ];
    for (pointer, reason) in required {
        assert_eq!(reasons(pointer, Value::Null), [reason]);
        if pointer != "/lines" {
            assert_eq!(reasons(pointer, json!("")), [reason]);
            assert_eq!(reasons(pointer, json!("   ")), [reason]);
        }
    }
}

#[test]
fn skus_are_letters_and_digits_on_file_and_switched_on() {
    let cases = [
        ("ITEM-01_BLUE", "SKU_FORMAT lines[1].sku"),
        ("MUG330WHT ", "SKU_FORMAT lines[1].sku"),
        ("MUGÉ", "SKU_FORMAT lines[1].sku"),
        ("A234567890123456789012345", "SKU_FORMAT lines[1].sku"),
        ("A23456789012345678901234", "SKU_UNKNOWN lines[1].sku"),
        ("mug330wht", "SKU_UNKNOWN lines[1].sku"),
        ("MUG330OLD", "SKU_INACTIVE lines[1].sku"),
        ("TEE001BLKM", "DUPLICATE_SKU lines[1].sku"),
    ];
    for (sku, reason) in cases {
        assert_eq!(reasons("/lines/1/sku", json!(sku)), [reason], "{sku}");
    }
    assert_eq!(
        reasons("/lines/1/sku", Value::Null),
        ["SKU_FORMAT lines[1].sku"]
    );
}

#[test]
fn quantities_are_whole_from_one_to_9999() {
    for good in [json!(1), json!(9999), json!(2.0)] {
        assert_eq!(
            reasons("/lines/0/quantity", good.clone()),
            [""; 0],
            "{good}"
        );
    }
    for bad in [json!(0), json!(-1), json!(2.5), json!(10_000), Value::Null] {
        assert_eq!(
            reasons("/lines/0/quantity", bad),
            ["QUANTITY_INVALID lines[0].quantity"]
        );
    }
}

#[test]
fn two_hundred_lines_are_taken_and_one_more_is_not() {
    let mut desk = Desk::new();
    for number in 1..=201 {
        desk.warehouse
            .set_item(&json!({"sku": format!("SKU{number}")}), desk.now)
            .unwrap();
    }
    let lines = |count: u32| {
        let line = |n| json!({"line_no": n, "sku": format!("SKU{n}"), "quantity": 1});
        Value::Array((1..=count).map(line).collect())
    };
    let heard = desk.put(&order_with("/lines", lines(201)));
    assert_eq!(heard.reasons(), ["TOO_MANY_LINES lines"]);
    assert_eq!(desk.put(&order_with("/lines", lines(200))).status, 201);
}

#[test]
fn telephones_are_ten_to_twelve_digits_and_nothing_else() {
    for good in ["0117496000", "07700900142", "003531234567"] {
        assert_eq!(reasons("/delivery/phone", json!(good)), [""; 0], "{good}");
    }
    for bad in [
        "077009001",
        "0770090014212",
        "+447700900142",
        "07700 900142",
        "n/a",
        "٠١٢٣٤٥٦٧٨٩",
    ] {
        assert_eq!(
            reasons("/delivery/phone", json!(bad)),
            ["PHONE_FORMAT delivery.phone"],
            "{bad}"
        );
    }
}

#[test]
fn an_email_has_one_at_with_text_on_both_sides() {
    let long = format!("{}@{}", "a".repeat(40), "b".repeat(39));
    for good in ["a@b", long.as_str()] {
        assert_eq!(reasons("/delivery/email", json!(good)), [""; 0], "{good}");
    }
    let longer = format!("{long}b");
    for bad in ["a", "@b", "a@", "a@b@c", longer.as_str()] {
        assert_eq!(
            reasons("/delivery/email", json!(bad)),
            ["EMAIL_FORMAT delivery.email"],
            "{bad}"
        );
    }
}

#[test]
fn postcodes_are_written_as_their_country_writes_them() {
    assert_eq!(
        reasons("/delivery/postcode", json!("bs15tr")),
        ["POSTCODE_FORMAT delivery.postcode"]
    );
    let mut abroad = order_with("/delivery/country", json!("IE"));
    abroad["service_code"] = json!("WHI_INT");
    abroad["delivery"]["postcode"] = Value::Null;
    assert_eq!(
        reasons_of(&abroad),
        [""; 0],
        "a postcode is not needed abroad"
    );
    abroad["delivery"]["postcode"] = json!("12345678901");
    assert_eq!(reasons_of(&abroad), ["POSTCODE_FORMAT delivery.postcode"]);
}

#[test]
fn a_country_must_exist_be_reached_and_suit_the_service() {
    assert_eq!(
        reasons("/delivery/country", json!("UK")),
        ["COUNTRY_UNKNOWN delivery.country"]
    );
    assert_eq!(
        reasons("/delivery/country", json!("FR")),
        ["SERVICE_NOT_FOR_ADDRESS service_code"]
    );
    let mut desk = Desk::new();
    desk.warehouse
        .patch_services(&json!({"code": "WHI_INT", "active": false}))
        .unwrap();
    let heard = desk.put(&order_with("/delivery/country", json!("FR")));
    assert_eq!(heard.reasons(), ["COUNTRY_NOT_SERVED delivery.country"]);
}

#[test]
fn unknown_and_withdrawn_services_follow_the_policy() {
    let withdrawn = order_with("/service_code", json!("WHI_EXP24"));
    let unknown = order_with("/service_code", json!("Express Delivery"));
    let mut strict = Desk::with_policy(UnknownService::Reject);
    assert_eq!(
        strict.put(&withdrawn).reasons(),
        ["SERVICE_INACTIVE service_code"]
    );
    assert_eq!(
        strict.put(&unknown).reasons(),
        ["SERVICE_UNKNOWN service_code"]
    );

    let mut lenient = Desk::new();
    let heard = lenient.put(&unknown);
    assert_eq!(heard.status, 201);
    assert_eq!(heard.body["service_code_applied"], "WHI_STD");
    assert_eq!(heard.body["warnings"][0]["code"], "SERVICE_DEFAULTED");
    assert_eq!(
        lenient.put(&unknown).body["warnings"],
        json!([]),
        "warned once, on acceptance"
    );
}

#[test]
fn what_a_label_cannot_show_is_refused() {
    assert_eq!(reasons("/delivery/name", json!("Zoë Müller")), [""; 0]);
    for (pointer, text, field) in [
        ("/delivery/name", "Łukasz Nowak", "delivery.name"),
        ("/delivery_note", "Leave by the door 🙂", "delivery_note"),
        ("/gift_message", "two\nlines", "gift_message"),
        ("/delivery/line1", "14 Quay\u{85}Terrace", "delivery.line1"),
        (
            "/lines/0/description",
            "Tee — black",
            "lines[0].description",
        ),
    ] {
        assert_eq!(reasons(pointer, json!(text)), [format!("CHARSET {field}")]);
    }
}

#[test]
fn references_are_short_and_begin_with_a_letter_or_digit() {
    for good in ["A", "SO-00042-2", "123456789012", "so-1"] {
        assert_eq!(reasons_of(&order(good)), [""; 0], "{good}");
    }
    for bad in ["1234567890123", "-SO1", "SO_1", "SO.1"] {
        assert_eq!(reasons_of(&order(bad)), ["REF_FORMAT client_ref"], "{bad}");
    }
}

#[test]
fn another_warehouse_is_refused() {
    assert_eq!(
        reasons("/warehouse", json!("LON2")),
        ["INTERNAL_REJECT warehouse"]
    );
    assert_eq!(reasons("/warehouse", Value::Null), [""; 0]);
}

#[test]
fn all_reasons_come_at_once_in_the_order_of_the_table() {
    let mut bad = order("SO-1");
    bad["service_code"] = json!("WHI_INT");
    bad["delivery"]["email"] = json!("nobody");
    bad["delivery"]["phone"] = json!("n/a");
    bad["delivery"]["postcode"] = Value::Null;
    bad["delivery"]["name"] = Value::Null;
    bad["delivery"]["town"] = json!("Łódź");
    bad["delivery_note"] = json!("x".repeat(201));
    bad["lines"][0]["quantity"] = json!(0);
    bad["lines"][1]["sku"] = json!("MUG-1");
    let heard = Desk::new().put(&bad);
    assert_eq!(
        heard.reasons(),
        [
            "SKU_FORMAT lines[1].sku",
            "QUANTITY_INVALID lines[0].quantity",
            "NAME_MISSING delivery.name",
            "POSTCODE_MISSING delivery.postcode",
            "PHONE_FORMAT delivery.phone",
            "EMAIL_FORMAT delivery.email",
            "CHARSET delivery.town",
            "NOTE_TOO_LONG delivery_note",
        ]
    );
    let rejections = heard.body["error"]["rejections"].as_array().unwrap();
    assert_eq!(rejections[0]["value"], "MUG-1");
    assert_eq!(rejections[1]["value"], json!(0));
    assert_eq!(rejections[2]["value"], Value::Null);
    assert_eq!(heard.body["error"]["message"], "Order refused: 8 problems.");
}

#[test]
fn customs_data_is_asked_for_only_with_its_switch() {
    let mut abroad = order_with("/delivery/country", json!("FR"));
    abroad["service_code"] = json!("WHI_INT");
    abroad["lines"][0]["unit_value"] = Value::Null;
    assert_eq!(reasons_of(&abroad), [""; 0]);

    let mut desk = Desk::new();
    desk.fault("customs_data", json!(null));
    let heard = desk.put(&abroad);
    assert_eq!(
        heard.reasons(),
        [
            "CUSTOMS_DATA lines[0].unit_value",
            "CUSTOMS_DATA customs.lines[0]",
            "CUSTOMS_DATA customs.lines[1]",
        ]
    );
    abroad["lines"][0]["unit_value"] = json!("12.50");
    abroad["customs"] = json!({"incoterm": "DAP", "lines": [
        {"line_no": 1, "commodity_code": "61091000", "origin": "PT"},
        {"line_no": 2, "commodity_code": "69120023", "origin": "GB"},
    ]});
    assert_eq!(desk.put(&abroad).status, 201);
}
