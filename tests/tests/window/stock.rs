//! TEAPOT04's story: eighteen that Cin7 sells and nobody has, put right by one confirmed press.

use serde_json::{Value, json};
use vendor::Method;

use crate::Shop;

/// On hand in Cin7 at the warehouse's location.
async fn level(shop: &Shop, sku: &str) -> i64 {
    let stock = shop.truth("cin7", "stock").await;
    let here = |row: &Value| row["sku"] == *sku && row["location"] == "Whistl Fulfilment";
    let row = stock.into_iter().find(here);
    let level = row.as_ref().and_then(|row| row["on_hand"].as_str());
    level.and_then(|text| text.parse().ok()).expect("a level")
}

#[tokio::test]
async fn a_difference_is_seen_posted_with_one_confirmed_press_and_stands_in_cin7() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    let set = ["settings", "set", "adjust.account", "403"];
    shop.desk.cli(&[], &set);
    let before = level(&shop, "TEAPOT04").await;
    for (path, body) in [
        ("whistl/lose", json!({ "sku": "TEAPOT04", "quantity": 18 })),
        ("whistl/snapshot", json!({})),
    ] {
        shop.served.control(Method::Post, path, Some(body)).await;
    }
    let window = shop.desk.open().await;

    window.press("Stock drift").await;
    window.press("Reconcile now").await;
    window.see("can oversell 18").await;
    window.press("Post −18 to Cin7 Core").await;
    window
        .see(&format!(
            "Cin7 Core will go from {before} to {}",
            before - 18
        ))
        .await;
    assert_eq!(
        level(&shop, "TEAPOT04").await,
        before,
        "asking writes nothing"
    );
    window
        .fill("Why", "Eighteen are missing after the count")
        .await;
    window.keys("\u{e007}").await;

    window.see("Posted −18 of TEAPOT04").await;
    assert_eq!(level(&shop, "TEAPOT04").await, before - 18);
    window.press("Reconcile now").await;
    window.see_no_more("can oversell 18").await;
    window.close().await;
}
