//! The call limit, and the schedule of retries.

use std::time::Duration;

use serde_json::json;
use stockbridge_tests::World;

#[tokio::test(start_paused = true)]
async fn never_more_than_sixty_calls_in_a_minute_even_through_restarts() {
    let mut world = World::new();
    world.plenty();
    for _ in 0..150 {
        world.good_sale();
    }
    for _ in 0..6 {
        world.watch_for(Duration::from_secs(25)).await;
        world.crash();
    }
    world.watch_for(Duration::from_secs(120)).await;

    let truth = world.truth();
    let most = truth["cin7"]["calls"]["max_in_any_60s"]
        .as_i64()
        .unwrap_or_default();
    assert!((40..=60).contains(&most), "{most} calls in 60 seconds");
    assert_eq!(truth["cin7"]["calls"]["refused"], 0);
    assert_eq!(truth["whistl"]["duplicates"], 0);
    assert_eq!(world.status().orders["at_warehouse"], 150);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_rate_in_each_shape_costs_no_attempt_and_loses_nothing() {
    for shape in ["429", "503", "400", "403"] {
        let mut world = World::new();
        let number = world.good_sale();
        world.fault(json!({
            "vendor": "cin7", "fault": "limit_shape", "value": shape.parse::<u16>().unwrap(), "times": 1
        }));

        world.watch_for(Duration::from_secs(200)).await;

        assert_eq!(world.state(&number), "at_warehouse", "{shape}");
    }
}

#[tokio::test(start_paused = true)]
async fn whistls_refusals_for_rate_are_waited_out_in_each_shape() {
    for shape in [json!(40), json!("date"), json!("none"), json!(0)] {
        let mut world = World::new();
        let number = world.good_sale();
        world.fault(json!({ "vendor": "whistl", "fault": "F07", "match": { "path": "orders" }, "value": shape, "times": 1 }));

        world.watch_for(Duration::from_secs(300)).await;

        assert_eq!(world.state(&number), "at_warehouse", "{shape}");
        let order = world.order(&number);
        assert!(
            order.attempts.iter().any(|a| a.outcome == "postponed"),
            "{shape}: {:?}",
            order.attempts
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_is_down_for_two_hours_is_asked_seldom_and_loses_nothing() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F06", "for_seconds": 7_200 }));

    world.watch_for(Duration::from_secs(7_200)).await;
    assert_ne!(world.state(&number), "at_warehouse");
    let status = world.status();
    assert!(
        status
            .alerts
            .iter()
            .any(|alert| alert.code == "vendor_silent"),
        "{:?}",
        status.alerts
    );
    let calls = world.truth()["whistl"]["calls"]["total"]
        .as_i64()
        .unwrap_or_default();
    assert!(calls < 120, "no storm: {calls} calls in two hours");

    world.watch_for(Duration::from_secs(4_500)).await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert!(
        !world
            .status()
            .alerts
            .iter()
            .any(|alert| alert.code == "vendor_silent")
    );
}
