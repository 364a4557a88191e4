//! What happens to a sale after it was handed over.

use serde_json::json;
use stockbridge_tests::World;

#[tokio::test(start_paused = true)]
async fn an_edit_after_acceptance_is_shown_with_both_versions() {
    let mut world = World::new();
    let number =
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 3 }] } }));
    world.sync().await;

    world.edit(
        &number,
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 2 }] } }),
    );
    world.sync().await;

    assert_eq!(
        world.state(&number),
        "at_warehouse",
        "the warehouse still has it"
    );
    let hold = world.order(&number).order.holds.remove(0);
    assert_eq!(hold.code, "changed_after_sending");
    assert!(
        hold.value.contains("3 × TEAPOT04 → 2 × TEAPOT04"),
        "{}",
        hold.value
    );

    world.edit(
        &number,
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 3 }] } }),
    );
    world.sync().await;
    assert!(
        world.holds(&number).is_empty(),
        "changed back: nothing left to say"
    );
}

#[tokio::test(start_paused = true)]
async fn a_void_before_picking_can_be_withdrawn_and_a_void_after_it_is_too_late() {
    let mut world = World::new();
    let (early, late) = (world.good_sale(), world.good_sale());
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{late}/step"),
        &json!({ "to": "PICKING" }),
    );
    world.void(&early);
    world.void(&late);
    world.sync().await;
    assert_eq!(
        world.holds(&early),
        ["cancelled_after_sending Order.Status"]
    );

    let report = world
        .engine()
        .withdraw(&early, "")
        .await
        .expect("a withdrawal");
    assert_eq!(report.orders[0].after, "cancelled");
    assert_eq!(
        world.at_whistl(&early).expect("there")["status"],
        "CANCELLED"
    );

    let report = world
        .engine()
        .withdraw(&late, "")
        .await
        .expect("a withdrawal");
    assert_eq!(
        (
            report.orders[0].after.as_str(),
            report.orders[0].message.as_str()
        ),
        ("at_warehouse", "too late")
    );
}

#[tokio::test(start_paused = true)]
async fn a_withdrawn_order_is_resent_under_a_new_reference() {
    let mut world = World::new();
    let number = world.good_sale();
    world.sync().await;
    world
        .engine()
        .withdraw(&number, "wrong colour")
        .await
        .expect("a withdrawal");

    let report = world.resend(&[&number]).await;

    assert_eq!(
        report.orders[0].after, "at_warehouse",
        "{}",
        report.orders[0].message
    );
    assert_eq!(
        world.at_whistl(&format!("{number}-2")).expect("there")["created"],
        1
    );
    assert_eq!(world.truth()["whistl"]["duplicates"], 0);
}

#[tokio::test(start_paused = true)]
async fn a_held_sale_that_is_voided_is_cancelled_and_never_sent() {
    let mut world = World::new();
    let number = world.sale(json!({
        "Carrier": "Express Delivery", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sync().await;
    world.void(&number);

    world.sync().await;

    assert_eq!(world.state(&number), "cancelled");
    assert_eq!(world.orders_at_whistl(), 0);
}

#[tokio::test(start_paused = true)]
async fn an_order_stopped_at_the_warehouse_is_blocked_until_it_goes_on() {
    let mut world = World::new();
    let number = world.good_sale();
    world.sync().await;
    world.control("POST", &format!("whistl/orders/{number}/step"), &json!({
        "to": "HELD",
        "hold": { "code": "CARRIER_ERROR", "message": "Carrier refused the label.", "fixed_by": "WAREHOUSE" }
    }));
    world.sync().await;
    assert_eq!(world.state(&number), "blocked");
    assert_eq!(
        world.order(&number).order.owner.as_deref(),
        Some("warehouse")
    );

    world.control(
        "POST",
        &format!("whistl/orders/{number}/step"),
        &json!({ "to": "ACCEPTED" }),
    );
    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert!(world.holds(&number).is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_order_the_warehouse_forgot_is_found_as_a_ghost() {
    let mut world = World::new();
    let number = world.good_sale();
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{number}/forget"),
        &json!({}),
    );
    world.pass(std::time::Duration::from_secs(2 * 3_600)).await;

    world.run(engine::runs::Job::Sweep).await;

    assert_eq!(world.state(&number), "blocked");
    assert_eq!(
        world.holds(&number),
        ["missing_at_whistl Order.SaleOrderNumber"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_service_changed_by_the_warehouse_is_said() {
    let mut world = World::new();
    let number = world.sale(json!({
        "Carrier": "DPD Next Day", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.fault(json!({ "vendor": "whistl", "fault": "F20", "value": "warning", "times": 1 }));

    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert_eq!(world.holds(&number), ["service_changed_by_whistl Carrier"]);
}
