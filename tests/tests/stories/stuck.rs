//! Retried to the end, unreadable, and sent again by a person's word.

use std::time::Duration;

use serde_json::json;
use stockbridge_tests::World;

#[tokio::test(start_paused = true)]
async fn an_order_retried_for_a_day_waits_for_a_person_and_then_goes_at_once() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({
        "vendor": "whistl", "fault": "F12", "match": { "path": "orders/" }, "value": "refused",
        "for_seconds": 100_000
    }));
    world.watch_for(Duration::from_secs(26 * 3_600)).await;
    let state = world.state(&number);
    assert!(state == "held" || state == "unclear", "{state}");
    world.heal();

    world.watch_for(Duration::from_secs(7_200)).await;
    if world.state(&number) == "held" {
        assert_eq!(
            world.holds(&number),
            ["sending_stuck Order.SaleOrderNumber"]
        );
        let report = world.resend(&[&number]).await;
        assert_eq!(
            report.orders[0].after, "at_warehouse",
            "{}",
            report.orders[0].message
        );
    }

    assert_eq!(world.state(&number), "at_warehouse");
    assert_eq!(world.at_whistl(&number).expect("there")["created"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_sale_that_cannot_be_read_is_never_sent_as_it_was_before() {
    let mut world = World::new();
    world.set(&[("mode", "look_only")]);
    let number = world.good_sale();
    world.sync().await;
    assert_eq!(world.state(&number), "waiting");
    world.edit(
        &number,
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }),
    );
    world.fault(json!({
        "vendor": "cin7", "fault": "wrong_type", "match": { "path": "sale", "number": number },
        "after": 1, "value": { "field": "ShippingAddress", "as": 5 }
    }));
    world.set(&[("mode", "live")]);
    world.sync().await;
    world.sync().await;
    let state = world.state(&number);
    if state == "held" {
        assert!(
            world.holds(&number)[0].starts_with("unreadable"),
            "{:?}",
            world.holds(&number)
        );
        assert_eq!(world.orders_at_whistl(), 0);
    }
    world.heal();

    world.run(engine::runs::Job::Sweep).await;
    world.sync().await;

    assert_eq!(world.state(&number), "at_warehouse");
    assert_eq!(
        world.at_whistl(&number).expect("there")["lines"][0]["ordered"],
        "1"
    );
}

#[tokio::test(start_paused = true)]
async fn an_edit_while_the_outcome_is_open_is_read_once_it_is_not() {
    let mut world = World::new();
    let number = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F01", "times": 1 }));
    world.fault(json!({ "vendor": "whistl", "fault": "F06", "after": 0, "match": { "path": "orders/" }, "times": 4 }));
    world.watch_for(Duration::from_secs(20)).await;
    assert_eq!(world.state(&number), "unclear");
    let details = world.cin7_calls("GET sale");
    world.edit(&number, json!({ "ShippingNotes": "Ring twice" }));
    world.watch_for(Duration::from_secs(40)).await;
    assert_eq!(world.state(&number), "unclear");
    assert_eq!(
        world.cin7_calls("GET sale"),
        details,
        "not read while nothing could be made of it"
    );

    world.watch_for(Duration::from_secs(3_000)).await;

    assert_eq!(world.state(&number), "at_warehouse");
    let sent = world.at_whistl(&number).expect("the warehouse has it");
    assert_eq!(
        sent["accepted_payload"]["delivery_note"], "Ring twice",
        "sent as it is now"
    );
    assert!(world.holds(&number).is_empty());
    assert_eq!(world.cin7_calls("GET sale"), details + 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_whistl_asked_for_is_kept_whoever_asks() {
    let mut world = World::new();
    let first = world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F07", "match": { "path": "orders/" }, "times": 1, "value": 300 }));
    world.sync().await;
    assert_eq!(world.state(&first), "waiting");
    let before = world.truth()["whistl"]["calls"]["total"].clone();
    world.crash();

    world.sync().await;

    assert_eq!(
        world.truth()["whistl"]["calls"]["total"],
        before,
        "no call for five minutes"
    );
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_gives_no_answer_ends_the_run_within_the_minute() {
    for read_before in [false, true] {
        let mut world = World::new();
        if read_before {
            world.sync().await;
        }
        world.good_sale();
        world.fault(json!({ "vendor": "whistl", "fault": "F06", "value": 502 }));
        let began = world.now();

        let report = world.sync().await;

        let took = (world.now() - began).num_seconds();
        assert!(report.was_kept_from_finishing(), "{:?}", report.faults);
        assert!(took <= 60, "the run took {took} s: {:?}", report.faults);
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_lost_and_found_in_one_run_counts_once() {
    let mut world = World::new();
    world.good_sale();
    world.fault(json!({ "vendor": "whistl", "fault": "F01", "times": 1 }));

    let report = world.sync().await;

    let counts = ["sent", "accepted", "rejected", "unclear"].map(|name| report.counts[name]);
    assert_eq!(counts, [1, 1, 0, 0], "sent is what became of each");
}
