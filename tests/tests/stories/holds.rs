//! What would be rejected is held first, with every reason, and goes by itself once fixed.

use serde_json::json;
use stockbridge_tests::World;
use store::MapKind;

#[tokio::test(start_paused = true)]
async fn three_faults_make_one_hold_with_three_reasons_and_nothing_leaves() {
    let mut world = World::new();
    let number = world.sale(json!({
        "Phone": "",
        "Contact": "Nobody Known",
        "Carrier": "Express Delivery",
        "ShippingAddress": { "Postcode": "LS1 4A" },
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] }
    }));

    world.sync().await;

    assert_eq!(world.state(&number), "held");
    let holds = world.holds(&number);
    for wanted in [
        "sku_invalid_characters Order.Lines[0].SKU",
        "postcode_invalid ShippingAddress.Postcode",
        "service_unmapped Carrier",
    ] {
        assert!(
            holds.iter().any(|hold| hold == wanted),
            "{wanted} is not in {holds:?}"
        );
    }
    assert_eq!(world.orders_at_whistl(), 0, "a held sale never leaves");
    assert_eq!(world.at_whistl(&number), None);
}

#[tokio::test(start_paused = true)]
async fn mapping_the_sku_releases_the_order_at_the_next_sync_without_another_call() {
    let mut world = World::new();
    let number =
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }));
    world.sync().await;
    let hold = world.order(&number).order.holds.remove(0);
    assert_eq!(
        hold.marks,
        [(4, 5), (7, 8)],
        "the hyphen and the underscore are marked"
    );
    assert_eq!(hold.owner, "office");
    let details = world.cin7_calls("GET sale");

    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert_eq!(
        world.at_whistl(&number).expect("there")["lines"][0]["sku"],
        "ITEM01BLUE"
    );
    assert_eq!(
        world.cin7_calls("GET sale"),
        details,
        "the sale is not read again for it"
    );
}

#[tokio::test(start_paused = true)]
async fn mapping_the_method_releases_every_order_that_waited_for_it() {
    let mut world = World::new();
    let parts = json!({ "Carrier": "Express Delivery", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } });
    let numbers: Vec<String> = (0..5).map(|_| world.sale(parts.clone())).collect();
    world.sync().await;
    for number in &numbers {
        assert_eq!(world.holds(number), ["service_unmapped Carrier"]);
    }

    world.map(MapKind::Service, "Express Delivery", "WHI_EXP");
    world.sync().await;

    for number in &numbers {
        assert_eq!(world.state(number), "at_warehouse");
        assert_eq!(
            world.at_whistl(number).expect("there")["service_applied"],
            "WHI_EXP"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_method_is_matched_to_the_letter() {
    let mut world = World::new();
    world.map(MapKind::Service, "Express Delivery", "WHI_EXP");
    let number = world.sale(json!({
        "Carrier": "Express delivery ", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));

    world.sync().await;

    assert_eq!(world.holds(&number), ["service_unmapped Carrier"]);
}

#[tokio::test(start_paused = true)]
async fn an_edit_in_cin7_releases_a_held_order_by_itself() {
    let mut world = World::new();
    let number = world.sale(json!({
        "ShippingAddress": { "Postcode": "LS1 4A" },
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sync().await;
    assert_eq!(world.state(&number), "held");

    world.edit(
        &number,
        json!({ "ShippingAddress": { "Postcode": "ls14ap" } }),
    );
    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    let timeline = world.order(&number).timeline;
    assert!(
        timeline
            .iter()
            .any(|entry| entry.text.starts_with("Checked again, passed every check")),
        "the timeline says that it was checked again"
    );
}

#[tokio::test(start_paused = true)]
async fn two_skus_cannot_share_one_whistl_code() {
    let mut world = World::new();
    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");

    let fault = world
        .engine()
        .map(MapKind::Sku, "ITEM.01.BLUE", "ITEM01BLUE", "")
        .unwrap_err();

    assert!(fault.to_string().contains("ITEM-01_BLUE"), "{fault}");
}

#[tokio::test(start_paused = true)]
async fn a_telephone_number_of_the_contact_stands_in_where_the_rule_says_so() {
    let mut world = World::new();
    let made = world.sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    world.edit(&made, json!({ "Phone": "" }));
    world.set(&[("checks.phone_from_contacts", "false")]);
    world.sync().await;
    assert_eq!(world.holds(&made), ["phone_missing Phone"]);

    world.set(&[("checks.phone_from_contacts", "true")]);
    world.recheck(&[&made]).await;

    assert_eq!(world.state(&made), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn a_sku_whistl_has_never_heard_of_is_held_until_whistl_lists_it() {
    let mut world = World::new();
    let number =
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "KETTLE17", "Quantity": 1 }] } }));
    world.sync().await;
    assert_eq!(
        world.holds(&number),
        ["sku_unknown_at_whistl Order.Lines[0].SKU"]
    );

    world.control(
        "POST",
        "whistl/items",
        &json!({ "sku": "KETTLE17", "active": true, "description": "Kettle" }),
    );
    world.watch_for(std::time::Duration::from_secs(3_700)).await;

    assert_eq!(world.state(&number), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn a_group_resend_stops_when_the_first_five_are_refused_alike() {
    let mut world = World::new();
    world.set(&[("safety.rejected_percent", "100")]);
    let numbers: Vec<String> = (0..12).map(|_| world.good_sale()).collect();
    world.fault(json!({ "vendor": "whistl", "fault": "F21", "value": "ACCOUNT_STOPPED" }));
    world.sync().await;
    assert_eq!(world.status().orders["rejected"], 12);

    let which = engine::actions::Which::AllRejected;
    let report = world.engine().resend(&which).await.expect("a resend");

    assert_eq!(
        (report.orders.len(), report.untouched),
        (5, 7),
        "{}",
        report.stopped_because
    );
    assert_eq!(numbers.len(), 12);
}
