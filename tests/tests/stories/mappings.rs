//! Mappings: what orders wait for comes first, and saving an entry frees just those orders.

use std::time::Duration;

use screens::maps::{maps, saved};
use screens::shapes::{MapKind as Shown, Tone};
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

fn with_sku(sku: &str) -> Value {
    json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": 1 }] } })
}

#[tokio::test(start_paused = true)]
async fn skus_that_orders_wait_for_come_first_with_what_whistl_lists() {
    let mut world = World::new();
    world.sale(with_sku("BOARD/22"));
    for _ in 0..3 {
        world.sale(with_sku("ITEM-01_BLUE"));
    }
    world.sync().await;

    let view = world.show(|views| maps(views, Shown::Sku));

    let first = &view.unmapped[0];
    assert_eq!((first.from.as_str(), first.waiting), ("ITEM-01_BLUE", 3));
    assert_eq!(first.suggestion.as_deref(), Some("ITEM01BLUE"));
    assert_eq!(
        first.why,
        "Whistl lists ITEM01BLUE: the same without “-” and “_”."
    );
    assert_eq!(view.unmapped[1].from, "BOARD/22");
    assert_eq!(view.counts[0].unmapped, 2);
    assert!(view.read_at.is_some());
    assert_eq!(view.choices, [], "a SKU is typed");
}

#[tokio::test(start_paused = true)]
async fn no_service_is_guessed_and_only_those_on_offer_can_be_chosen() {
    let mut world = World::new();
    world.sale(json!({
        "Carrier": "Express Delivery",
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sync().await;

    let view = world.show(|views| maps(views, Shown::Service));

    let only = &view.unmapped[0];
    assert_eq!((only.from.as_str(), only.waiting), ("Express Delivery", 1));
    assert_eq!(
        only.suggestion, None,
        "the warehouse's default is never chosen"
    );
    assert!(view.choices.iter().any(|choice| choice.code == "WHI_EXP"));
    assert_eq!(view.entries.len(), 4);
    assert!(view.entries.iter().all(|entry| entry.note.is_empty()));
}

#[tokio::test(start_paused = true)]
async fn saving_an_entry_sends_the_orders_that_waited_for_it_at_once_and_no_others() {
    let mut world = World::new();
    let waited: Vec<String> = (0..3)
        .map(|_| world.sale(with_sku("ITEM-01_BLUE")))
        .collect();
    let other = world.sale(with_sku("BOARD/22"));
    let engine = world.engine();
    let work = tokio::spawn({
        let engine = engine.clone();
        async move {
            let quiet = |_: &engine::runs::RunReport| {};
            engine.watch(&quiet).await
        }
    });
    world.pass(Duration::from_secs(45)).await;
    assert_eq!(world.state(&waited[0]), "held");
    let reads = world.cin7_calls("GET sale");

    let done = engine
        .save_map(
            MapKind::Sku,
            "ITEM-01_BLUE",
            "ITEM01BLUE",
            "the label says so",
        )
        .expect("saved");
    world.pass(Duration::from_secs(3)).await;

    assert_eq!(
        saved(Shown::Sku, &done).text,
        "Saved. 3 orders are being checked again."
    );
    for number in &waited {
        assert_eq!(world.state(number), "at_warehouse", "{number}");
    }
    assert_eq!(world.state(&other), "held");
    assert_eq!(
        world.cin7_calls("GET sale"),
        reads,
        "no sale is read for it"
    );
    work.abort();
}

#[tokio::test(start_paused = true)]
async fn an_order_with_a_second_fault_stays_held_for_that_alone() {
    let mut world = World::new();
    let number = world.sale(json!({
        "Phone": "", "Contact": "Nobody Known",
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] }
    }));
    world.sync().await;
    let engine = world.engine();

    engine
        .save_map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE", "")
        .expect("saved");
    let quiet = |_: &engine::runs::RunReport| {};
    tokio::select! {
        done = engine.watch(&quiet) => done.expect("the schedule"),
        () = tokio::time::sleep(Duration::from_secs(2)) => {}
    }

    assert_eq!(world.holds(&number), ["phone_missing Phone"]);
    let view = world.show(|views| maps(views, Shown::Sku));
    assert_eq!(view.unmapped, [], "it no longer waits for a SKU");
}

#[tokio::test(start_paused = true)]
async fn an_entry_that_cannot_do_its_work_says_why() {
    let mut world = World::new();
    world.sync().await;
    let warned = world
        .engine()
        .save_map(MapKind::Sku, "CUP/3", "CUP3", "")
        .expect("saved");
    assert_eq!(
        saved(Shown::Sku, &warned).text,
        "Saved. No order waits for it."
    );
    assert_eq!(warned.mapped.warnings.len(), 1, "{warned:?}");

    let view = world.show(|views| maps(views, Shown::Sku));

    let entry = view.entries.iter().find(|entry| entry.from == "CUP/3");
    let entry = entry.expect("the entry");
    assert_eq!(
        (entry.note.as_str(), entry.tone),
        ("not on Whistl's list", Tone::Warn)
    );
    assert_eq!(entry.who, "Ada");
}
