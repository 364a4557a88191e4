//! What the office does by hand, and what a caller sees of it.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::desk;

#[test]
fn a_sale_with_nothing_given_is_complete_and_authorised() {
    let mut desk = desk();
    let number = desk.enters(&json!({}));
    let detail = desk.detail(&number);
    assert_eq!(number, "SO-00001");
    assert_eq!(detail["Order"]["Status"], json!("AUTHORISED"));
    assert_eq!(detail["Carrier"], json!("Royal Mail Tracked 48"));
    assert_eq!(detail["Location"], json!("Whistl Fulfilment"));
    assert_eq!(detail["Order"]["Lines"].as_array().map(Vec::len), Some(1));
    for place in [
        "/Customer",
        "/Phone",
        "/Email",
        "/ShippingAddress/Line1",
        "/ShippingAddress/Postcode",
    ] {
        let text = detail
            .pointer(place)
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert!(!text.is_empty(), "{place} is filled in");
    }
    let id = detail["CustomerID"].as_str().unwrap_or_default().to_owned();
    let customer = desk.rows("customer", "CustomerList", &[("ID", &id)]);
    assert_eq!(customer[0]["Contacts"][0]["Phone"], detail["Phone"]);
}

#[test]
fn what_is_given_is_kept_word_for_word_however_bad() {
    let mut desk = desk();
    let number = desk.enters(&json!({
        "Phone": null,
        "Carrier": "Express Delivery",
        "ShippingNotes": "Ring 🔔\u{7} twice",
        "ShippingAddress": { "Postcode": "BS1", "Line2": null },
        "Order": { "Lines": [
            { "SKU": "TEAPOT04", "Quantity": -1 },
            { "SKU": "TEAPOT04", "Quantity": 1.5 },
            { "SKU": "ITEM-01_BLUE", "Quantity": "two" },
            { "SKU": "", "Quantity": 1 }
        ] }
    }));
    let detail = desk.detail(&number);
    assert_eq!(detail["Phone"], Value::Null);
    assert_eq!(detail["Carrier"], json!("Express Delivery"));
    assert_eq!(detail["ShippingNotes"], json!("Ring 🔔\u{7} twice"));
    assert_eq!(detail["ShippingAddress"]["Postcode"], json!("BS1"));
    assert_eq!(detail["ShippingAddress"]["Line2"], Value::Null);
    let quantities: Vec<&Value> = detail["Order"]["Lines"]
        .as_array()
        .map(|lines| lines.iter().map(|line| &line["Quantity"]).collect())
        .unwrap_or_default();
    assert_eq!(
        quantities,
        [&json!(-1), &json!(1.5), &json!("two"), &json!(1)]
    );
    assert_eq!(detail["Order"]["Lines"][3]["SKU"], json!(""));
}

#[test]
fn a_telephone_missing_on_purpose_is_missing_on_the_contact_too() {
    let mut desk = desk();
    desk.enters(&json!({ "Customer": "Ada Merrow" }));
    let number = desk.enters(&json!({ "Customer": "Ada Merrow", "Phone": "" }));
    let id = desk.detail(&number)["CustomerID"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let customer = desk.rows("customer", "CustomerList", &[("ID", &id)]);
    assert_eq!(customer[0]["Contacts"][0]["Phone"], json!(""));
    assert_eq!(customer[0]["Contacts"][0]["MobilePhone"], json!(""));
}

#[test]
fn a_known_customer_lends_contact_and_address() {
    let mut desk = desk();
    let id = desk
        .account
        .add_customer(
            &json!({
                "Name": "Tidewater Deli Ltd",
                "Contacts": [{ "Name": "Priya Nair", "MobilePhone": "01752 960288" }],
                "Addresses": [{ "Line1": "Unit 3", "City": "Plymouth", "Postcode": "PL1 3ZZ" }]
            }),
            desk.now,
        )
        .expect("a customer");
    let number = desk.enters(&json!({ "Customer": "Tidewater Deli Ltd", "Phone": "" }));
    let detail = desk.detail(&number);
    assert_eq!(detail["CustomerID"], json!(id));
    assert_eq!(detail["Contact"], json!("Priya Nair"));
    assert_eq!(detail["ShippingAddress"]["Line1"], json!("Unit 3"));
    assert_eq!(
        detail["Phone"],
        json!(""),
        "given is given, the contact has the number"
    );
}

#[test]
fn edits_and_voids_move_updated_and_are_listed() {
    let mut desk = desk();
    let (first, second) = (desk.sells(1), desk.sells(1));
    desk.later(60);
    let since = [("UpdatedSince", "2026-11-24T09:00:30.000")];
    assert!(desk.numbers(&since).is_empty());

    let patch = json!({ "Phone": "020 7946 0000" });
    desk.account
        .edit_sale(&first, &patch, desk.now)
        .expect("an edit");
    desk.account.void_sale(&second, desk.now).expect("a void");

    assert_eq!(desk.numbers(&since), [first.clone(), second.clone()]);
    assert_eq!(desk.detail(&first)["Phone"], json!("020 7946 0000"));
    assert_eq!(desk.detail(&second)["Order"]["Status"], json!("VOIDED"));
    assert_eq!(
        desk.account.truth()["writes_by_object"]["sale"],
        json!(0),
        "no caller wrote"
    );
}

#[test]
fn two_edits_in_one_instant_are_two_moments() {
    let mut desk = desk();
    let number = desk.sells(1);
    let mut seen = vec![desk.detail(&number)["LastModifiedOn"].clone()];
    for note in ["one", "two"] {
        desk.account
            .edit_sale(&number, &json!({ "Note": note }), desk.now)
            .expect("an edit");
        seen.push(desk.detail(&number)["LastModifiedOn"].clone());
    }
    assert_eq!(
        seen,
        [
            "2026-11-24T09:00:00.000Z",
            "2026-11-24T09:00:00.001Z",
            "2026-11-24T09:00:00.002Z"
        ]
        .map(|text| json!(text))
    );
}

#[test]
fn new_lines_replace_the_old_ones_and_their_stock() {
    let mut desk = desk();
    let number = desk.sells(10);
    let patch = json!({ "Order": { "Lines": [{ "SKU": "MUG001", "Quantity": 3 }] } });
    desk.account
        .edit_sale(&number, &patch, desk.now)
        .expect("an edit");
    let detail = desk.detail(&number);
    assert_eq!(detail["Order"]["Lines"][0]["SKU"], json!("MUG001"));
    assert_eq!(detail["Order"]["Lines"][0]["Name"], json!("Item MUG001"));
    assert_eq!(detail["Order"]["SaleOrderNumber"], json!(number));
    let stock = desk.account.truth()["stock"].clone();
    assert_eq!(stock[0]["allocated"], json!("0"));
    assert_eq!(stock[1]["allocated"], json!("3"));
}

#[test]
fn a_draft_is_no_order_yet() {
    let mut desk = desk();
    let number =
        desk.enters(&json!({ "Order": { "Status": "DRAFT", "Lines": [{ "SKU": "MUG001" }] } }));
    let detail = desk.detail(&number);
    assert_eq!(detail["CombinedPickingStatus"], json!("NOT AVAILABLE"));
    assert_eq!(detail["Fulfilments"], json!([]));
    assert_eq!(desk.account.truth()["stock"][1]["allocated"], json!("0"));

    let patch = json!({ "Order": { "Status": "AUTHORISED" } });
    desk.account
        .edit_sale(&number, &patch, desk.now)
        .expect("an edit");

    assert_eq!(
        desk.detail(&number)["CombinedPickingStatus"],
        json!("NOT PICKED")
    );
    assert_eq!(desk.account.truth()["stock"][1]["allocated"], json!("1"));
}

#[test]
fn a_renamed_product_shows_under_its_new_code_on_the_sale() {
    let mut desk = desk();
    let number = desk.enters(&json!({ "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE" }] } }));
    let before = desk.detail(&number);
    desk.account
        .edit_product("ITEM-01_BLUE", &json!({ "SKU": "ITEM01BLUE" }), desk.now)
        .expect("a rename");
    let after = desk.detail(&number);
    assert_eq!(after["Order"]["Lines"][0]["SKU"], json!("ITEM01BLUE"));
    assert_eq!(after["LastModifiedOn"], before["LastModifiedOn"]);
}

#[test]
fn a_thousand_lines_and_a_state_file_lose_nothing() {
    let mut desk = desk();
    let lines: Vec<Value> = (0..1000)
        .map(|n| json!({ "SKU": "MUG001", "Quantity": n }))
        .collect();
    let number = desk.enters(&json!({ "Order": { "Lines": lines } }));
    desk.account
        .change_stock("MUG001", "Head Office", Decimal::new(25, 1))
        .expect("a change");
    let before = desk.detail(&number);
    let truth = desk.account.truth();

    let kept = serde_json::to_string(&desk.account).expect("a state file");
    desk.account = serde_json::from_str(&kept).expect("the same state file");

    let counted = desk.account.truth();
    assert_eq!(counted, truth);
    assert_eq!(desk.detail(&number), before);
    assert_eq!(
        before["Order"]["Lines"].as_array().map(Vec::len),
        Some(1000)
    );
}
