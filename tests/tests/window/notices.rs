//! Notifications as the desktop shows them: one for a burst, its click, the all-clear.

use std::process::Output;

use serde_json::{Value, json};
use stockbridge_tests::window::{Desk, wait_long_until, wait_until};

use crate::{Shop, of};

fn dunstctl(desk: &Desk, arguments: &[&str]) -> Output {
    desk.command("dunstctl")
        .args(arguments)
        .output()
        .expect("dunstctl runs")
}

fn displayed(desk: &Desk) -> usize {
    let output = dunstctl(desk, &["count", "displayed"]);
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .unwrap_or(0)
}

/// Every notification that was shown and closed, newest first: summary and body.
fn shown(desk: &Desk) -> Vec<(String, String)> {
    dunstctl(desk, &["close-all"]);
    let output = dunstctl(desk, &["history"]);
    let history: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let text =
        |entry: &Value, name: &str| entry[name]["data"].as_str().unwrap_or_default().to_owned();
    history["data"][0]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| (text(entry, "summary"), text(entry, "body")))
        .collect()
}

#[tokio::test]
async fn a_burst_of_holds_is_one_notification_whose_click_opens_the_list_then_an_all_clear() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    // All Cin7 allows, so that the whole burst is read within one minute.
    shop.desk.cli(
        &[],
        &["settings", "set", "limits.cin7_calls_per_minute", "60"],
    );
    for _ in 0..22 {
        shop.sale(of("ITEM-01_BLUE")).await;
    }
    let mut elsewhere = Vec::new();
    for _ in 0..12 {
        elsewhere.push(shop.sale(json!({ "Phone": "" })).await);
    }
    for _ in 0..6 {
        let unmapped = json!({ "Carrier": "Express Delivery", "ShippingNotes": "" });
        elsewhere.push(shop.sale(unmapped).await);
    }
    let window = shop.desk.open().await;
    window.see("What needs someone").await;

    wait_until("a notification is shown", || displayed(&shop.desk) > 0);
    assert_eq!(displayed(&shop.desk), 1, "one, not one per order");
    dunstctl(&shop.desk, &["action", "0"]);

    window.see("40 orders").await;
    let told = shown(&shop.desk);
    assert_eq!(told.len(), 1, "{told:?}");
    let (title, body) = &told[0];
    assert!(title.contains("40"), "{title}");
    for part in ["22", "12", "6", "Office"] {
        assert!(
            format!("{title} {body}").contains(part),
            "{part} in {title}: {body}"
        );
    }

    // One mapping for twenty-two of them; the office puts the others right in Cin7.
    window.press("SO-00001").await;
    window.press("Map to this").await;
    let right = json!({ "Phone": "01632 960001", "Carrier": "Royal Mail Tracked 48" });
    for number in elsewhere {
        let path = format!("cin7/sales/{number}");
        shop.served.edit(&path, right.clone()).await;
    }
    // The calls Cin7 allows in a minute were used up by the burst.
    wait_long_until("the all-clear is shown", || {
        shown(&shop.desk)
            .iter()
            .any(|(title, _)| title.contains("Nothing is held for the office any more"))
    });
    window.press("At the warehouse").await;
    window.see("40 orders").await;
    window.close().await;
}
