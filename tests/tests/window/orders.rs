//! A hold is understood, put right and gone; a refused order is sent again by one press.

use serde_json::json;
use stockbridge_tests::window::wait_long_until;
use vendor::Method;

use crate::{Shop, of};

#[tokio::test]
async fn a_held_order_is_mapped_on_its_card_and_leaves_by_itself() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    let number = shop.sale(of("ITEM-01_BLUE")).await;
    let window = shop.desk.open().await;

    window.press("Orders").await;
    window.see(&number).await;
    window.press(&number).await;
    window.see("ITEM01BLUE").await;
    assert!(
        shop.at_whistl(&number).await.is_empty(),
        "a held sale never leaves"
    );
    window.press("Map to this").await;

    window.see("Saved.").await;
    window.press("At the warehouse").await;
    window.see(&number).await;
    shop.is_there_once(&number).await;
    window.close().await;
}

#[tokio::test]
async fn a_refused_order_is_sent_again_by_one_press() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    shop.served
        .control(
            Method::Post,
            "faults",
            Some(json!({ "vendor": "whistl", "fault": "F21", "times": 1, "value": "POSTCODE_UNKNOWN" })),
        )
        .await;
    let number = shop.sale(json!({})).await;
    let window = shop.desk.open().await;

    window.press("Orders").await;
    window.press(&number).await;
    window.see("Refused by Whistl").await;
    window.press("Resend to Whistl").await;

    window.see("Accepted by Whistl").await;
    shop.is_there_once(&number).await;
    window.close().await;
}

#[tokio::test]
async fn with_the_warehouse_down_everything_opens_and_work_goes_on_when_it_is_back() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    shop.served
        .control(
            Method::Post,
            "faults",
            Some(json!({ "vendor": "whistl", "fault": "F06" })),
        )
        .await;
    let number = shop.sale(json!({})).await;
    let window = shop.desk.open().await;

    window.press("Orders").await;
    window.press("Waiting to send").await;
    window.see(&number).await;
    window.press("Activity").await;
    window.see("Whistl").await;
    shop.served.control(Method::Delete, "faults", None).await;
    // Whistl is given its rest after it failed; nobody is asked to press anything.
    wait_long_until("the order is at the warehouse", || {
        shop.desk.cli(&[], &["order", &number])["state"] == "at_warehouse"
    });
    window.press("Orders").await;
    window.press("At the warehouse").await;
    window.see(&number).await;

    shop.is_there_once(&number).await;
    window.close().await;
}
