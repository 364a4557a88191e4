//! Levels: what a sale sets aside, backorders, and availability.

use rust_decimal::Decimal;
use serde_json::json;

use super::{Desk, desk};

fn level(desk: &mut Desk, sku: &str) -> (i64, i64, i64) {
    let rows = desk.rows(
        "ref/productavailability",
        "ProductAvailabilityList",
        &[("Sku", sku)],
    );
    let sum = |field: &str| rows.iter().filter_map(|row| row[field].as_i64()).sum();
    (sum("OnHand"), sum("Allocated"), sum("Available"))
}

#[test]
fn a_product_opens_with_100_and_a_sale_sets_its_share_aside() {
    let mut desk = desk();
    assert_eq!(level(&mut desk, "TEAPOT04"), (100, 0, 100));
    let number = desk.sells(30);
    assert_eq!(level(&mut desk, "TEAPOT04"), (100, 30, 70));
    desk.account.void_sale(&number, desk.now).expect("a void");
    assert_eq!(level(&mut desk, "TEAPOT04"), (100, 0, 100));
}

#[test]
fn more_than_there_is_becomes_a_backorder_silently() {
    let mut desk = desk();
    desk.sells(97);
    let number = desk.sells(4);
    let detail = desk.detail(&number);
    assert_eq!(detail["Order"]["Lines"][0]["BackorderQuantity"], json!(1));
    assert_eq!(detail["Status"], json!("BACKORDERED"));
    assert_eq!(level(&mut desk, "TEAPOT04"), (100, 100, 0));
}

#[test]
fn no_stock_is_set_aside_without_allocation() {
    let mut desk = desk();
    desk.enters(&json!({
        "Order": { "Status": "AUTH_NO_ALLOC", "Lines": [{ "SKU": "TEAPOT04", "Quantity": 5 }] }
    }));
    assert_eq!(level(&mut desk, "TEAPOT04"), (100, 0, 100));
}

#[test]
fn a_row_whose_figures_are_all_0_is_missing() {
    let mut desk = desk();
    desk.account
        .change_stock("MUG001", "Whistl Fulfilment", Decimal::from(-100))
        .expect("a change");
    let rows = desk.rows("ref/productavailability", "ProductAvailabilityList", &[]);
    assert_eq!(rows.len(), 2);
    desk.fault("omit_zero_rows", |switch| switch.value = Some(json!(false)));
    let rows = desk.rows("ref/productavailability", "ProductAvailabilityList", &[]);
    assert_eq!(rows.len(), 3);
}

#[test]
fn stock_on_hand_is_money() {
    let mut desk = desk();
    let rows = desk.rows(
        "ref/productavailability",
        "ProductAvailabilityList",
        &[("Sku", "MUG001")],
    );
    assert_eq!(
        (&rows[0]["OnHand"], &rows[0]["StockOnHand"]),
        (&json!(100), &json!(420.0))
    );
}

#[test]
fn stock_never_falls_below_nothing() {
    let mut desk = desk();
    let misuse = desk
        .account
        .change_stock("MUG001", "Whistl Fulfilment", Decimal::from(-101))
        .expect_err("a misuse");
    assert!(
        misuse.message.contains("-100 at the lowest"),
        "{}",
        misuse.message
    );
}

#[test]
fn a_kit_has_nothing_on_hand_and_borrows_what_is_available() {
    let mut desk = desk();
    let kit = json!({ "SKU": "KIT", "AutoAssembly": true, "Stock": 55 });
    desk.account.add_product(&kit, desk.now).expect("a kit");
    assert_eq!(level(&mut desk, "KIT"), (0, 0, 55));
}

#[test]
fn a_short_snapshot_agrees_with_itself_and_split_rows_add_up() {
    let mut desk = desk();
    desk.fault("split_rows", |switch| switch.times = Some(1));
    assert_eq!(level(&mut desk, "TEAPOT04"), (100, 0, 100));
    desk.fault("short_snapshot", |switch| switch.value = Some(json!(2)));
    let (_, body) = desk.get("ref/productavailability", &[]);
    assert_eq!(body["Total"], json!(1));
}
