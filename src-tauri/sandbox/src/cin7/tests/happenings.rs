//! Switches that change the world and not the call: what the office does behind our
//! back, and how a sale was all along.

use serde_json::{Value, json};

use super::{desk, on};

#[test]
fn the_office_edits_and_voids_behind_our_back() {
    let mut desk = desk();
    let (first, second) = (desk.sells(1), desk.sells(1));
    desk.later(60);
    desk.fault("sale_edited", |switch| {
        switch.number = Some(first.clone());
        switch.after = 1;
    });
    on(&mut desk, "sale_voided", &second, Value::Null);
    let since = [("UpdatedSince", "2026-11-24T09:00:30Z")];
    assert_eq!(desk.numbers(&since), std::slice::from_ref(&second));
    assert_eq!(
        desk.numbers(&since),
        [first.clone(), second.clone()],
        "at the second call"
    );
    let updated = desk.detail(&first)["LastModifiedOn"].clone();
    desk.later(60);
    assert_eq!(
        desk.detail(&first)["LastModifiedOn"],
        updated,
        "it happens once"
    );
    assert_eq!(desk.detail(&second)["Status"], json!("VOIDED"));
}

#[test]
fn how_a_sale_is_agrees_with_the_truth_and_does_not_move_updated() {
    type Check = fn(&Value) -> bool;
    let cases: [(&str, Check); 15] = [
        ("auth_no_alloc", |sale| {
            sale["Order"]["Status"] == json!("AUTH_NO_ALLOC")
        }),
        ("backorder", |sale| {
            sale["Order"]["Lines"][0]["BackorderQuantity"] == json!(3)
                && sale["Status"] == json!("BACKORDERED")
        }),
        ("becomes_advanced", |sale| {
            sale["Type"] == json!("Advanced Sale")
        }),
        ("service_line", |sale| {
            sale["Order"]["Lines"][1]["SKU"] == json!("SVCWRAP")
        }),
        ("non_inventory_line", |sale| {
            sale["Order"]["Lines"][1]["SKU"] == json!("NISAMPLE")
        }),
        ("kit_line", |sale| {
            sale["Order"]["Lines"][1]["SKU"] == json!("KITGIFT050")
        }),
        ("batch_line", |sale| {
            sale["Order"]["Lines"][1]["SKU"] == json!("BATCHTEA010")
        }),
        ("dropship_line", |sale| {
            sale["Order"]["Lines"][0]["DropShip"] == json!(true)
        }),
        ("duplicate_sku_lines", |sale| {
            sale["Order"]["Lines"][0]["SKU"] == sale["Order"]["Lines"][1]["SKU"]
        }),
        ("no_phone", |sale| sale["Phone"] == json!("")),
        ("no_email", |sale| sale["Email"] == json!("")),
        ("no_customer", |sale| {
            sale["Customer"].is_null() && sale["CustomerID"].is_null()
        }),
        ("display_lines_only", |sale| {
            sale["ShippingAddress"]["Line1"] == json!("")
                && sale["ShippingAddress"]["DisplayAddressLine1"] != json!("")
        }),
        ("country_name_odd", |sale| {
            sale["ShippingAddress"]["Country"] != json!("United Kingdom")
        }),
        ("empty_order_lines", |sale| {
            sale["Order"]["Lines"] == json!([])
                && sale["Fulfilments"][0]["Pick"]["Lines"][0]["SKU"] == json!("TEAPOT04")
        }),
    ];
    for (fault, holds) in cases {
        let mut desk = desk();
        let number = desk.sells(3);
        let before = desk.detail(&number);
        on(&mut desk, fault, &number, Value::Null);
        let detail = desk.detail(&number);
        assert!(holds(&detail), "{fault}: {detail}");
        assert_eq!(
            detail["LastModifiedOn"], before["LastModifiedOn"],
            "{fault}"
        );
        assert_eq!(
            desk.detail(&number),
            detail,
            "{fault} changes nothing twice"
        );
        assert_eq!(
            Some(detail),
            desk.account.sale(&number),
            "{fault} is no mere look"
        );
    }
}

#[test]
fn splitting_a_line_leaves_the_order_what_it_was() {
    let mut desk = desk();
    let number = desk.sells(3);
    let before = desk.detail(&number)["Order"]["Total"].clone();
    on(&mut desk, "duplicate_sku_lines", &number, Value::Null);
    assert_eq!(desk.detail(&number)["Order"]["Total"], before);
    assert_eq!(
        desk.account.truth()["sales"][0]["lines"][0]["ordered"],
        json!("3")
    );
}

#[test]
fn products_are_renamed_withdrawn_and_doubled_behind_our_back() {
    let mut desk = desk();
    on(&mut desk, "sku_renamed", "ITEM-01_BLUE", Value::Null);
    on(&mut desk, "sku_deprecated", "MUG001", Value::Null);
    on(&mut desk, "sku_case_twin", "TEAPOT04", Value::Null);
    on(&mut desk, "sku_prefix_twin", "TEAPOT04", Value::Null);
    let mut skus: Vec<String> = desk
        .rows("product", "Products", &[])
        .iter()
        .map(|row| row["SKU"].as_str().unwrap_or("").to_owned())
        .collect();
    skus.sort();
    assert_eq!(skus, ["ITEM01BLUE", "TEAPOT04", "TEAPOT042", "teapot04"]);
    desk.fault("locked_period", |switch| {
        switch.value = Some(json!("2026-10-31"));
    });
    assert_eq!(
        desk.get("me", &[]).1["LockDate"],
        json!("2026-10-31T00:00:00")
    );
}

#[test]
fn what_happens_once_does_not_happen_again_the_next_day() {
    let mut desk = desk();
    let number = desk.sells(1);
    on(&mut desk, "stage_done_by_user", &number, json!("ship"));
    desk.fault("sku_renamed", |_| {});
    let shipped = desk.detail(&number);
    let skus: Vec<String> = desk.account.skus().map(str::to_owned).collect();
    desk.later(86_400);
    assert_eq!(desk.detail(&number), shipped);
    assert_eq!(desk.account.skus().collect::<Vec<_>>(), skus);
    assert_eq!(skus[0], "TEAPOT04NEW");
}
