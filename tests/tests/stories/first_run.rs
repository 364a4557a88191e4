//! Set-up from nothing: a look that sends nothing, what it found, and the step to live.

use std::time::Duration;

use engine::actions::{NewCin7, NewWhistl};
use engine::runs::Job;
use sandbox::options::{Options, Profile};
use screens::review::review;
use screens::shapes::Owner;
use screens::today::today;
use serde_json::json;
use stockbridge_tests::World;
use stockbridge_tests::wire::{CIN7, WHISTL};
use stockbridge_tests::world::tuesday_morning;

fn new_account() -> World {
    World::bare(Options {
        orders: 0,
        profile: Profile::Clean,
        ..Options::at(tuesday_morning())
    })
}

#[tokio::test(start_paused = true)]
async fn before_anything_is_read_nothing_is_claimed_and_going_live_is_refused() {
    let mut world = new_account();

    let view = world.show(review);

    assert!(!view.ready);
    assert_eq!(view.reading, "Looking through the sales in Cin7 Core");
    assert!(
        view.blockers
            .iter()
            .any(|text| text.contains("Cin7 Core has not answered"))
    );
    assert!(world.engine().go_live().is_err());
    assert!(!world.engine().settings().is_live());
}

#[tokio::test(start_paused = true)]
async fn once_both_are_connected_nothing_is_in_the_way_of_a_first_look() {
    let mut world = new_account();
    let engine = world.engine();
    for vendor in ["cin7", "whistl"] {
        let trial = if vendor == "cin7" {
            let new = NewCin7 {
                base_url: CIN7.into(),
                ..NewCin7::default()
            };
            engine.try_cin7(&new).await
        } else {
            let new = NewWhistl {
                base_url: WHISTL.into(),
                client_code: "STKB".into(),
                key: None,
            };
            engine.try_whistl(&new).await
        };
        let taken = trial.expect("a trial").taken.expect("taken");
        engine.take(taken).expect("in use");
    }

    assert_eq!(world.show(review).blockers, Vec::<String>::new());
    let vendors = world.show(today).vendors;
    assert!(
        vendors.iter().all(|row| row.state == "answers"),
        "{vendors:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_first_look_says_what_would_go_and_going_live_sends_just_that() {
    let mut world = new_account();
    world.good_sale();
    world.sale(json!({
        "Carrier": "Express Delivery",
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sale(json!({ "Location": "Head Office", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    world.sync().await;
    world.map(store::MapKind::Service, "Royal Mail Tracked 48", "WHI_STD");
    for method in [
        "Royal Mail Tracked 24",
        "DPD Next Day",
        "International Tracked",
    ] {
        world.map(store::MapKind::Service, method, "WHI_EXP");
    }
    world.sync().await;

    let view = world.show(review);

    assert!(view.ready, "{view:?}");
    assert_eq!((view.reading.as_str(), view.blockers.len()), ("", 0));
    assert_eq!((view.would_send, view.would_hold), (1, 1));
    assert_eq!(view.location, "Whistl Fulfilment");
    assert_eq!(view.unmapped_services, 1);
    assert_eq!(view.holds.len(), 1);
    assert_eq!(view.holds[0].title, "Shipping method not mapped");
    assert_eq!(view.holds[0].owner, Owner::Office);
    assert_eq!(view.outside.iter().map(|part| part.count).sum::<u32>(), 1);
    assert_eq!(
        view.go_live_effect,
        [
            "1 order is sent to Whistl within a minute.",
            "1 order stays held until put right.",
            "From then on a sale that is due and passes every check is sent by itself.",
        ]
    );
    assert_eq!(world.orders_at_whistl(), 0, "a look sends nothing");

    world.engine().go_live().expect("live");
    world.watch_for(Duration::from_secs(30)).await;

    assert_eq!(world.orders_at_whistl(), 1);
    let told = world.look(|views| {
        views.activity(&engine::views::ActivityFilter {
            limit: 200,
            ..engine::views::ActivityFilter::default()
        })
    });
    assert!(
        told.iter().any(|entry| entry.operation == "mode"
            && entry.who == "Ada"
            && entry.text == "Went live with 1 to be sent and 1 held"),
        "who went live, and with what, is kept"
    );
}

#[tokio::test(start_paused = true)]
async fn back_to_looking_only_nothing_more_leaves() {
    let mut world = World::new();
    world.good_sale();
    world.sync().await;

    world.engine().back_to_look_only().expect("looking only");
    let number = world.good_sale();
    world.watch_for(Duration::from_secs(120)).await;

    assert_eq!(world.state(&number), "waiting");
    assert_eq!(world.orders_at_whistl(), 1);
    world.run(Job::Events).await;
}
