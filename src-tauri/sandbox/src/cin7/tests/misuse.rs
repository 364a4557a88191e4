//! Control calls that cannot be meant are told what would have been right.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::desk;
use crate::http::Misuse;

fn refused(partial: &Value) -> Misuse {
    let mut desk = desk();
    let before = desk.account.truth()["sales"].clone();
    let misuse = desk
        .account
        .create_sale(partial, desk.now)
        .expect_err("a misuse");
    assert_eq!(desk.account.truth()["sales"], before, "nothing was entered");
    misuse
}

#[test]
fn each_misuse_of_a_sale_says_what_would_have_been_right() {
    for (partial, status, said) in [
        (
            json!({ "Order": { "Lines": [{ "SKU": "TEAPOT4" }] } }),
            404,
            "TEAPOT04",
        ),
        (
            json!({ "Order": { "Lines": [{ "Quantity": 2 }] } }),
            400,
            "SKU",
        ),
        (
            json!({ "Order": { "Lines": "TEAPOT04" } }),
            400,
            "list of lines",
        ),
        (json!({ "Order": { "Lines": [7] } }), 400, "Order.Lines[0]"),
        (json!({ "Order": "AUTHORISED" }), 400, "Order is an object"),
        (json!({ "phone": "1" }), 400, "Phone"),
        (json!({ "Lines": [] }), 400, "Order.Lines"),
        (json!({ "SKU": "TEAPOT04" }), 400, "Order.Lines[].SKU"),
        (
            json!({ "ShippingAddress": { "PostCode": "BS1 4ZZ" } }),
            400,
            "Postcode",
        ),
        (
            json!({ "Order": { "Lines": [{ "SKU": "MUG001", "Qty": 1 }] } }),
            400,
            "Order.Lines[0].Qty",
        ),
        (json!({ "Location": "Whistl" }), 404, "Whistl Fulfilment"),
        (
            json!({ "LastModifiedOn": "yesterday" }),
            400,
            "2026-11-24T09:00:00.000Z",
        ),
        (
            json!({ "Order": { "SaleOrderNumber": "" } }),
            400,
            "SO-00001",
        ),
        (json!([]), 400, "a sale is an object"),
    ] {
        let misuse = refused(&partial);
        assert_eq!(misuse.status, status, "{partial}: {}", misuse.message);
        assert!(
            misuse.message.contains(said),
            "{partial}: {}",
            misuse.message
        );
    }
}

#[test]
fn numbers_are_unique_and_may_be_given() {
    let mut desk = desk();
    let given = json!({ "Order": { "SaleOrderNumber": "SO-00002" } });
    assert_eq!(desk.enters(&given), "SO-00002");
    let misuse = desk
        .account
        .create_sale(&given, desk.now)
        .expect_err("taken");
    assert!(
        misuse.message.contains("PATCH cin7/sales/SO-00002"),
        "{}",
        misuse.message
    );
    assert_eq!(desk.sells(1), "SO-00001");
    assert_eq!(
        desk.sells(1),
        "SO-00003",
        "the given number is stepped over"
    );
}

#[test]
fn what_is_not_there_cannot_be_edited_voided_or_moved() {
    let mut desk = desk();
    let number = desk.sells(1);
    let account = &mut desk.account;
    let misuses = [
        (
            account.edit_sale("SO-1", &json!({}), desk.now),
            number.as_str(),
        ),
        (account.void_sale("SO-99999", desk.now), number.as_str()),
        (
            account.edit_product("TEAPOT4", &json!({}), desk.now),
            "TEAPOT04",
        ),
        (
            account.change_stock("TEAPOT04", "Nowhere", Decimal::ONE),
            "Head Office",
        ),
        (
            account.change_stock("NOPE", "Head Office", Decimal::ONE),
            "POST cin7/products",
        ),
    ];
    for (result, said) in misuses {
        let misuse = result.expect_err("a misuse");
        assert_eq!(misuse.status, 404);
        assert!(misuse.message.contains(said), "{}", misuse.message);
    }
}

#[test]
fn a_void_is_final_and_names_stay() {
    let mut desk = desk();
    let number = desk.sells(1);
    for patch in [
        json!({ "ID": "other" }),
        json!({ "Order": { "SaleOrderNumber": "SO-7" } }),
    ] {
        assert!(
            desk.account.edit_sale(&number, &patch, desk.now).is_err(),
            "{patch}"
        );
    }
    desk.account.void_sale(&number, desk.now).expect("a void");
    assert!(desk.account.void_sale(&number, desk.now).is_err());
    assert!(
        desk.account
            .edit_sale(&number, &json!({ "Note": "x" }), desk.now)
            .is_err()
    );
}

#[test]
fn a_product_needs_a_free_code_and_a_level() {
    let mut desk = desk();
    for (partial, said) in [
        (json!({}), "SKU"),
        (json!({ "SKU": "MUG001" }), "taken"),
        (json!({ "SKU": "A", "Colour": "red" }), "Fields there"),
        (json!({ "SKU": "A", "Stock": -1 }), "from 0 up"),
        (
            json!({ "SKU": "A", "Stock": [{ "Location": "Nowhere", "OnHand": 1 }] }),
            "Head Office",
        ),
    ] {
        let misuse = desk
            .account
            .add_product(&partial, desk.now)
            .expect_err("a misuse");
        assert!(
            misuse.message.contains(said),
            "{partial}: {}",
            misuse.message
        );
    }
    let misuse = desk
        .account
        .edit_product("MUG001", &json!({ "Stock": 1 }), desk.now);
    assert!(
        misuse
            .expect_err("a misuse")
            .message
            .contains("POST cin7/stock")
    );
    assert!(
        desk.account
            .lock("soon")
            .expect_err("a misuse")
            .message
            .contains("2026-09-30")
    );
}
