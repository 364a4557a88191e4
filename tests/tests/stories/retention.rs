//! Personal data leaves with age, and the log stays checkable (R93, R118, B27).

use std::time::Duration;

use engine::runs::Job;
use engine::views::{Activity, ActivityFilter};
use serde_json::json;
use stockbridge_tests::World;
use store::OrderFilter;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What only one customer has: if a word of it is shown anywhere, it was not cleared.
const PERSONAL: [&str; 5] = [
    "Quillfeather",
    "14 Lantern Row",
    "BS1 4ZZ",
    "07700 900123",
    "quillfeather@example.com",
];

fn sold_to_quillfeather(world: &World) -> String {
    world.sale(json!({
        "Customer": "Ada Quillfeather",
        "Contact": "Ada Quillfeather",
        "Phone": "07700 900123",
        "Email": "ada.quillfeather@example.com",
        "ShippingAddress": {
            "Line1": "14 Lantern Row", "City": "Bristol", "Postcode": "BS1 4ZZ",
            "Country": "United Kingdom", "Contact": "Ada Quillfeather"
        },
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 2 }] }
    }))
}

/// The log with bodies, personal data not masked by the view.
fn log(world: &mut World) -> Vec<Activity> {
    let filter = ActivityFilter {
        limit: 10_000,
        payloads: true,
        personal: true,
        ..ActivityFilter::default()
    };
    world.look(|views| views.activity(&filter))
}

fn found(world: &mut World, typed: &str) -> usize {
    let filter = OrderFilter {
        find: Some(typed.into()),
        limit: 50,
        ..OrderFilter::default()
    };
    world.look(|views| Ok(views.orders(&filter)?.orders.len()))
}

/// Which personal words can be read in a text.
fn personal_in(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    let is_there = |word: &&&str| text.contains(&word.to_lowercase());
    PERSONAL.iter().filter(is_there).copied().collect()
}

/// An order that the warehouse had, and whose life is over.
async fn ended(world: &mut World) -> String {
    let number = sold_to_quillfeather(world);
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{number}/step"),
        &json!({ "to": "CANCELLED" }),
    );
    world.sync().await;
    assert_eq!(world.state(&number), "cancelled");
    number
}

#[tokio::test(start_paused = true)]
async fn after_ninety_one_days_no_name_is_left_and_the_log_still_verifies() {
    let mut world = World::new();
    let number = ended(&mut world).await;
    assert_eq!(found(&mut world, "quillfeather"), 1);
    assert!(!personal_in(&json!(log(&mut world)).to_string()).is_empty());
    let entries = log(&mut world).len();

    world.pass(91 * DAY).await;
    let report = world.run(Job::Retention).await;

    assert_eq!(report.counts["orders_masked"], 1);
    assert!(report.counts["masked"] > 0, "{:?}", report.counts);
    assert_eq!(report.counts["emptied"], 0);
    let log = log(&mut world);
    assert_eq!(personal_in(&json!(log).to_string()), [""; 0]);
    assert!(
        json!(log).to_string().contains("•••"),
        "masks show where it was"
    );
    assert!(
        json!(log).to_string().contains("TEAPOT04"),
        "and what was ordered stays"
    );
    let clearings: Vec<&str> = log
        .iter()
        .filter(|entry| entry.kind == "clearing")
        .map(|entry| entry.text.as_str())
        .collect();
    assert_eq!(log.len(), entries + clearings.len(), "no entry is gone");
    assert!(
        clearings.iter().any(|text| text.contains("1 orders")),
        "{clearings:?}"
    );
    assert!(
        clearings.iter().any(|text| text.contains("bodies")),
        "{clearings:?}"
    );
    let order = world.order(&number);
    assert_eq!(personal_in(&json!(order).to_string()), [""; 0]);
    assert_eq!(order.lines[0].sku, "TEAPOT04");
    assert_eq!(order.order.state, "cancelled");
    for personal in ["quillfeather", "BS1 4ZZ", "07700900123"] {
        assert_eq!(found(&mut world, personal), 0, "{personal}");
    }
    assert_eq!(found(&mut world, &number), 1, "its number still finds it");
    world.crash();
    let store = world.open_store().expect("the store opens");
    assert!(store.reading().verify().expect("verified").is_ok());
}

#[tokio::test(start_paused = true)]
async fn masking_waits_until_the_start_is_over() {
    let mut world = World::new();
    ended(&mut world).await;
    world.pass(91 * DAY).await;

    world.told_over(Duration::from_secs(110)).await;
    assert_eq!(found(&mut world, "quillfeather"), 1, "orders come first");

    world.told_over(Duration::from_mins(3)).await;
    assert_eq!(found(&mut world, "quillfeather"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_order_still_held_after_ninety_one_days_keeps_what_is_needed_to_put_it_right() {
    let mut world = World::new();
    let number = world.sale(json!({
        "Customer": "Ada Quillfeather",
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] }
    }));
    world.sync().await;
    assert_eq!(world.state(&number), "held");

    world.pass(91 * DAY).await;
    world.run(Job::Retention).await;

    assert_eq!(found(&mut world, "quillfeather"), 1);
    let hold = world.order(&number).order.holds.remove(0);
    assert!(hold.fix.contains("ITEM-01_BLUE"), "{}", hold.fix);
}

#[tokio::test(start_paused = true)]
async fn after_two_years_entries_are_a_bare_line_each_with_their_hash() {
    let mut world = World::new();
    ended(&mut world).await;
    world.pass(91 * DAY).await;
    world.run(Job::Retention).await;
    let hashes = |log: &[Activity]| -> Vec<String> {
        let of = |entry: &Activity| entry.hash.clone();
        log.iter().rev().map(of).collect()
    };
    let before = hashes(&log(&mut world));

    world.pass(650 * DAY).await;
    let report = world.run(Job::Retention).await;

    assert!(report.counts["emptied"] > 0, "{:?}", report.counts);
    let log = log(&mut world);
    assert!(hashes(&log).starts_with(&before), "no entry was touched");
    let bodies: Vec<&String> = log
        .iter()
        .filter_map(|entry| entry.request.as_ref())
        .collect();
    assert!(!bodies.is_empty());
    assert!(bodies.iter().all(|body| body.is_empty()), "{bodies:?}");
    assert!(log.iter().any(|entry| entry.outcome == "emptied"));
    world.crash();
    let store = world.open_store().expect("the store opens");
    assert!(store.reading().verify().expect("verified").is_ok());
}
