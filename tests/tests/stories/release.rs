//! A sale's way to the warehouse.

use std::time::Duration;

use engine::runs::RunOutcome;
use serde_json::json;
use stockbridge_tests::World;

#[tokio::test(start_paused = true)]
async fn an_authorised_sale_reaches_whistl_once_and_is_told_so() {
    let mut world = World::new();
    let number = world.good_sale();

    let report = world.sync().await;

    assert_eq!(report.outcome, RunOutcome::Finished, "{:?}", report.faults);
    assert_eq!(world.state(&number), "at_warehouse");
    let there = world.at_whistl(&number).expect("the warehouse has it");
    assert_eq!(there["created"], 1);
    assert_eq!(there["lines"][0]["sku"], "TEAPOT04");
    assert_eq!(there["lines"][0]["ordered"], "2");
    assert_eq!(report.counts["accepted"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_second_sync_sends_nothing_and_reads_no_sale_again() {
    let mut world = World::new();
    world.good_sale();
    world.sync().await;
    let (details, orders) = (world.cin7_calls("GET sale"), world.orders_at_whistl());

    let report = world.sync().await;

    assert_eq!(report.counts["sent"], 0);
    assert_eq!(
        world.cin7_calls("GET sale"),
        details,
        "an unchanged sale is never read twice"
    );
    assert_eq!(world.orders_at_whistl(), orders);
}

#[tokio::test(start_paused = true)]
async fn drafts_and_other_locations_never_leave_and_are_counted() {
    let mut world = World::new();
    world.sale(
        json!({ "Order": { "Status": "DRAFT", "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }),
    );
    world.sale(json!({ "Location": "Head Office", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));

    world.sync().await;

    assert_eq!(world.orders_at_whistl(), 0);
    assert!(world.orders().is_empty());
    assert_eq!(world.status().outside.values().sum::<i64>(), 2);
}

#[tokio::test(start_paused = true)]
async fn look_only_decides_everything_and_sends_nothing() {
    let mut world = World::new();
    world.set(&[("mode", "look_only")]);
    let number = world.good_sale();
    world.sync().await;
    assert_eq!(world.state(&number), "waiting");
    assert_eq!(world.orders_at_whistl(), 0);

    world.set(&[("mode", "live")]);
    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_is_looked_up_and_never_sent_twice() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F04" }));
    world.fault(json!({ "vendor": "whistl", "fault": "F01", "times": 1 }));

    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    let there = world.at_whistl(&number).expect("the warehouse has it");
    assert_eq!(
        (&there["created"], &there["submissions"]),
        (&json!(1), &json!(1))
    );
    let steps: Vec<String> = world
        .order(&number)
        .attempts
        .iter()
        .map(|a| format!("{} {}", a.step, a.outcome))
        .collect();
    assert_eq!(steps, ["submit unclear", "look_up accepted"]);
}

#[tokio::test(start_paused = true)]
async fn a_sending_that_never_arrived_is_asked_for_twice_and_then_sent_again() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F02", "times": 1 }));
    world.sync().await;
    assert_eq!(world.state(&number), "unclear");
    assert_eq!(world.orders_at_whistl(), 0);

    world.watch_for(Duration::from_secs(120)).await;

    assert_eq!(world.state(&number), "at_warehouse");
    let steps: Vec<String> = world
        .order(&number)
        .attempts
        .iter()
        .map(|a| format!("{} {}", a.step, a.outcome))
        .collect();
    assert_eq!(
        steps,
        [
            "submit unclear",
            "look_up not_found",
            "look_up not_found",
            "submit accepted"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_order_invisible_for_a_minute_is_not_sent_twice() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F04" }));
    world.fault(json!({ "vendor": "whistl", "fault": "F03" }));
    world.fault(json!({ "vendor": "whistl", "fault": "F01", "times": 1 }));

    world.watch_for(Duration::from_secs(300)).await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert_eq!(world.at_whistl(&number).expect("there")["created"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_rejected_order_waits_for_a_person_and_is_resent_under_the_same_reference() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({
        "vendor": "whistl", "fault": "F21", "times": 1, "value": "POSTCODE_UNKNOWN"
    }));
    world.sync().await;
    assert_eq!(world.state(&number), "rejected");
    let hold = world.order(&number).order.holds.remove(0);
    assert_eq!(
        (hold.code.as_str(), hold.field.as_str()),
        ("rejected_by_whistl", "ShippingAddress.Postcode")
    );

    world.sync().await;
    assert_eq!(world.state(&number), "rejected", "never repeated by itself");

    let report = world.resend(&[&number]).await;

    assert_eq!(
        report.orders[0].after, "at_warehouse",
        "{}",
        report.orders[0].message
    );
    let there = world.at_whistl(&number).expect("the warehouse has it");
    assert_eq!(
        (&there["created"], &there["submissions"]),
        (&json!(1), &json!(2))
    );
}

#[tokio::test(start_paused = true)]
async fn a_deferred_order_that_is_refused_later_is_rejected_with_its_reason() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F22", "times": 1, "value": 600 }));
    world.sync().await;
    assert_eq!(world.state(&number), "at_warehouse");

    world.watch_for(Duration::from_secs(900)).await;

    let state = world.state(&number);
    assert!(state == "rejected" || state == "at_warehouse", "{state}");
}

#[tokio::test(start_paused = true)]
async fn urgent_orders_go_before_a_batch() {
    let mut world = World::new();
    world.set(&[("mode", "look_only")]);
    for _ in 0..5 {
        world.sale(json!({ "ShipBy": "2026-11-30T00:00:00", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    }
    let urgent = world.sale(json!({ "ShipBy": "2026-11-24T00:00:00", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    world.sync().await;
    world.set(&[("mode", "live")]);

    world.sync().await;

    let truth = world.truth();
    let orders = truth["whistl"]["orders"].as_array().expect("orders");
    let first = orders
        .iter()
        .min_by_key(|order| order["whistl_ref"].as_str())
        .expect("one");
    assert_eq!(
        first["client_ref"],
        json!(urgent),
        "the warehouse numbers them as they come"
    );
}

#[tokio::test(start_paused = true)]
async fn a_paused_queue_waits_and_goes_on_where_it_stopped() {
    let mut world = World::new();
    let number = world.good_sale();
    world.engine().pause_by_hand("stock take").expect("paused");
    world.sync().await;
    assert_eq!(world.state(&number), "waiting");
    assert_eq!(
        world.status().paused.map(|p| p.why),
        Some("stock take".into())
    );

    world.engine().resume_by_hand().expect("resumed");
    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn an_early_edit_within_the_grace_time_is_in_what_is_sent() {
    let mut world = World::new();
    world.set(&[("trigger.grace_minutes", "10")]);
    let number = world.good_sale();
    world.watch_for(Duration::from_secs(360)).await;
    assert_eq!(world.state(&number), "waiting");
    world.edit(
        &number,
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 5 }] } }),
    );

    world.watch_for(Duration::from_secs(900)).await;

    assert_eq!(
        world.at_whistl(&number).expect("there")["lines"][0]["ordered"],
        "5"
    );
}

#[tokio::test(start_paused = true)]
async fn a_sale_the_list_never_showed_is_found_by_the_sweep() {
    let mut world = World::new();
    let first = world.good_sale();
    world.sync().await;
    world.fault(json!({ "vendor": "cin7", "fault": "stale_list", "value": 100_000 }));
    let number = world.good_sale();
    world.sync().await;
    world.heal();
    // Its change lies behind the mark by now.
    world.pass(Duration::from_secs(3_600)).await;
    let later = world.good_sale();
    world.sync().await;

    world.run(engine::runs::Job::Sweep).await;

    for number in [first, number, later] {
        assert_eq!(world.state(&number), "at_warehouse", "{number}");
    }
}
