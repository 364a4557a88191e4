//! Bad input from both vendors: a clear word, and nothing lost.

use std::time::Duration;

use engine::runs::RunOutcome;
use serde_json::json;
use stockbridge_tests::World;

/// A fault of Cin7 on the list, and then on the sale; in the end the order is there.
#[tokio::test(start_paused = true)]
async fn whatever_cin7_answers_the_order_arrives_once_it_answers_well() {
    for (fault, value) in [
        ("server_500", json!(null)),
        ("server_503", json!(null)),
        ("html_200", json!(null)),
        ("truncated_json", json!(null)),
        ("malformed_json", json!(null)),
        ("timeout_before", json!(null)),
        ("timeout_after", json!(null)),
        ("redirect_loop", json!(null)),
        ("giant", json!(40_000_000)),
        ("endless", json!(null)),
        ("slow", json!(45)),
    ] {
        let mut world = World::new();
        let number = world.good_sale();
        let mut switch =
            json!({ "vendor": "cin7", "fault": fault, "match": { "path": "sale" }, "times": 3 });
        if !value.is_null() {
            switch["value"] = value;
        }
        world.fault(switch);

        world.watch_for(Duration::from_secs(1_800)).await;

        assert_eq!(world.state(&number), "at_warehouse", "{fault}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_is_said_after_one_more_try_and_no_call_follows() {
    let mut world = World::new();
    world.good_sale();
    world.fault(json!({ "vendor": "cin7", "fault": "key_revoked" }));

    let report = world.sync().await;

    assert_ne!(report.outcome, RunOutcome::Finished);
    assert!(
        report
            .faults
            .iter()
            .any(|fault| fault.contains("credentials")),
        "{:?}",
        report.faults
    );
    let calls = world.truth()["cin7"]["calls"]["total"].clone();
    world.watch_for(Duration::from_secs(600)).await;
    let after = world.truth()["cin7"]["calls"]["total"].clone();
    let more = after.as_i64().unwrap_or_default() - calls.as_i64().unwrap_or_default();
    // One more try and its confirmation, and one that was already waiting for its turn.
    assert!(more <= 3, "{more} calls with a refused key");
}

#[tokio::test(start_paused = true)]
async fn one_bad_row_is_named_and_the_good_ones_go() {
    let mut world = World::new();
    let (bad, good) = (world.good_sale(), world.good_sale());
    world.fault(json!({
        "vendor": "cin7", "fault": "wrong_type", "times": 1,
        "match": { "path": "sale", "number": bad },
        "value": { "field": "Order", "as": "many" }
    }));

    world.sync().await;

    assert_eq!(world.state(&good), "at_warehouse");
    let state = world.state(&bad);
    assert!(state == "held" || state == "at_warehouse", "{state}");
}

#[tokio::test(start_paused = true)]
async fn a_sale_with_a_thousand_lines_is_held_for_its_number_of_lines_or_sent_whole() {
    let mut world = World::new();
    let lines: Vec<_> = (0..1_000)
        .map(|_| json!({ "SKU": "TEAPOT04", "Quantity": 1 }))
        .collect();
    world.control(
        "POST",
        "cin7/stock",
        &json!({ "sku": "TEAPOT04", "location": "Whistl Fulfilment", "change": 5_000 }),
    );
    let number = world.sale(json!({ "Order": { "Lines": lines } }));

    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert_eq!(
        world.at_whistl(&number).expect("there")["lines"][0]["ordered"],
        "1000"
    );
}

#[tokio::test(start_paused = true)]
async fn emoji_and_control_characters_are_held_with_the_characters_marked() {
    let mut world = World::new();
    let number = world.sale(json!({
        "ShippingAddress": { "Line1": "14 Lantern \u{1F3E0} Row" },
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));

    world.sync().await;

    let hold = world.order(&number).order.holds.remove(0);
    assert_eq!(
        (hold.code.as_str(), hold.field.as_str()),
        ("text_unsupported", "ShippingAddress.Line1")
    );
    assert_eq!(hold.marks, [(11, 12)]);
}

#[tokio::test(start_paused = true)]
async fn negative_and_fractional_quantities_are_held() {
    for quantity in [json!(-1), json!(0), json!(1.5)] {
        let mut world = World::new();
        let number = world
            .sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": quantity }] } }));

        world.sync().await;

        assert_eq!(
            world.holds(&number),
            ["quantity_invalid Order.Lines[0].Quantity"],
            "{quantity}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_whistl_answers_the_order_is_there_once_in_the_end() {
    for (fault, value) in [
        ("F01", json!(null)),
        ("F02", json!(null)),
        ("F05", json!(null)),
        ("F06", json!(502)),
        ("F08", json!(null)),
        ("F09", json!(null)),
        ("F10", json!(null)),
        ("slow", json!(45)),
        ("endless", json!(null)),
        ("giant", json!(9_000_000)),
        ("redirect", json!(null)),
    ] {
        let mut world = World::new();
        world.fault(json!({ "vendor": "whistl", "fault": "F04" }));
        let number = world.good_sale();
        let mut switch = json!({ "vendor": "whistl", "fault": fault, "match": { "path": "orders/" }, "times": 2 });
        if !value.is_null() {
            switch["value"] = value;
        }
        world.fault(switch);

        world.watch_for(Duration::from_secs(1_800)).await;

        assert_eq!(world.state(&number), "at_warehouse", "{fault}");
        assert_eq!(
            world.at_whistl(&number).expect("there")["created"],
            1,
            "{fault}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_order_without_a_customer_is_held_for_its_name_and_the_others_go() {
    let mut world = World::new();
    let (nobody, somebody) = (world.good_sale(), world.good_sale());
    world.edit(
        &nobody,
        json!({ "Contact": "", "ShippingAddress": { "Contact": "" } }),
    );
    world.fault(json!({
        "vendor": "cin7", "fault": "no_customer", "match": { "number": nobody }
    }));

    world.sync().await;

    assert_eq!(
        world.holds(&nobody),
        ["name_missing ShippingAddress.Contact"]
    );
    assert_eq!(world.state(&somebody), "at_warehouse");
}
