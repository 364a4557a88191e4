//! Despatches that do not fit their sale: each seen with whose it is and what is proposed, and
//! that carried through, to what then stands in Cin7.

use serde_json::{Value, json};
use stockbridge_tests::window::Window;
use vendor::Method;

use crate::{Shop, units_of};

/// An order leaves, with this going wrong at the warehouse.
async fn leave(shop: &Shop, number: &str, wrong: Option<(&str, Value)>) {
    if let Some((fault, value)) = wrong {
        let fault = json!({ "vendor": "whistl", "fault": fault, "value": value, "times": 1 });
        shop.served
            .control(Method::Post, "faults", Some(fault))
            .await;
    }
    let path = format!("whistl/orders/{number}/despatch");
    shop.served
        .control(Method::Post, &path, Some(json!({})))
        .await;
}

/// Units of each of these sales that are shipped in Cin7, by its own record.
async fn shipped(shop: &Shop, numbers: &[String]) -> Vec<String> {
    let sales = shop.truth("cin7", "sales").await;
    let of = |number: &String| {
        let sale = sales.iter().find(|sale| sale["number"] == **number);
        let lines = sale.and_then(|sale| sale["lines"].as_array());
        let units = lines.into_iter().flatten().map(|line| &line["shipped"]);
        units
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join("+")
    };
    numbers.iter().map(of).collect()
}

/// Goes to that despatch and sees what is wrong, and whose it is.
async fn look_at(window: &Window, row: &str, wrong: &str, owner: &str) {
    window.press(row).await;
    window.see(wrong).await;
    let pane = "return document.querySelector('.pane').innerText";
    let pane = window.run(pane).await.to_string();
    assert!(pane.contains(owner), "{row} is not {owner}’s: {pane}");
}

async fn retry(window: &Window) {
    window.press("Retry").await;
    window.press("Retry DSP").await;
    window.see("All of it has stood in Cin7 Core since").await;
}

async fn leave_alone(window: &Window, why: &str) {
    window.press("Leave as it is").await;
    window.fill("Why", why).await;
    window.press("Leave DSP").await;
    window.see(&format!("The reason given: {why}.")).await;
}

#[tokio::test]
async fn what_does_not_fit_its_sale_is_put_right_and_told_or_left_with_a_reason() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    let mut numbers = Vec::new();
    for _ in 0..4 {
        numbers.push(shop.sale(units_of(3, "TEAPOT04")).await);
    }
    shop.desk.cli(&[], &["sync", "orders"]);
    let [more, gone, voided, strange] = &numbers[..] else {
        panic!("four sales");
    };
    let sale = |number: &String| format!("cin7/sales/{number}");
    leave(&shop, more, Some(("F26", json!(2)))).await;
    leave(&shop, strange, Some(("F25", json!({ "ref": "ZZ-1" })))).await;
    leave(&shop, gone, None).await;
    leave(&shop, voided, None).await;
    shop.served.edit(&sale(gone), units_of(3, "MUGSET2")).await;
    let void = format!("{}/void", sale(voided));
    shop.served.control(Method::Post, &void, None).await;
    shop.desk.cli(&[], &["sync", "orders"]);
    shop.desk.cli(&[], &["sync", "despatches"]);
    assert_eq!(shipped(&shop, &numbers).await, ["0"; 4]);
    let window = shop.desk.open().await;
    window.press("Confirmations").await;

    let wrong = "5 of TEAPOT04 left, and only 3 were still to come";
    look_at(&window, more, wrong, "Warehouse").await;
    shop.served.edit(&sale(more), units_of(5, "TEAPOT04")).await;
    retry(&window).await;

    let wrong = "its line is no longer on the sale";
    look_at(&window, gone, wrong, "Office").await;
    shop.served.edit(&sale(gone), units_of(3, "TEAPOT04")).await;
    retry(&window).await;

    let wrong = "voided in Cin7 Core. Restore it there and retry";
    look_at(&window, voided, wrong, "Office").await;
    leave_alone(&window, "The parcel is on its way back").await;

    let wrong = "no order of ours goes by that";
    look_at(&window, "Unknown order ZZ-1", wrong, "Office").await;
    leave_alone(&window, "It is another client’s").await;

    assert_eq!(shipped(&shop, &numbers).await, ["5", "3", "0", "0"]);
    window.press("Needs you").await;
    window.see("Cin7 Core knows of everything that left").await;
    window.press("Left alone").await;
    for (row, why) in [
        (voided.as_str(), "The parcel is on its way back"),
        ("Unknown order ZZ-1", "It is another client’s"),
    ] {
        window.press(row).await;
        window.see(&format!("The reason given: {why}.")).await;
    }
    window.close().await;
}
