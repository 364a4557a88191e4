//! Settings: all of a page's changes or none, what a schedule costs, and a trigger tried on
//! real sales before it is in force.

use std::collections::{BTreeMap, BTreeSet};

use engine::runs::Job;
use engine::settings::SPECS;
use engine::views::ActivityFilter;
use screens::settings::{changed, settings, simulated};
use serde_json::{Value, json};
use stockbridge_tests::World;

fn changes(pairs: &[(&str, Value)]) -> BTreeMap<String, Value> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn one_value_out_of_range_and_nothing_is_saved() {
    let mut world = World::new();
    let before = world.engine().settings();

    let fault = changed(
        &before,
        &changes(&[
            ("alerts.waiting_count", json!(40)),
            ("limits.cin7_calls_per_minute", json!(70)),
        ]),
    )
    .expect_err("70 is too many");

    assert_eq!(fault.field.as_deref(), Some("limits.cin7_calls_per_minute"));
    assert_eq!(
        fault.message,
        "“Calls to Cin7 Core”: it takes a whole number from 10 to 60."
    );
    assert_eq!(before.whole("alerts.waiting_count"), 25);
}

#[tokio::test(start_paused = true)]
async fn going_live_is_no_setting_of_the_page() {
    let mut world = World::new();
    let before = world.engine().settings();

    let fault = changed(&before, &changes(&[("mode", json!("live"))])).expect_err("elsewhere");

    assert_eq!(fault.code, "setting_elsewhere");
}

#[tokio::test(start_paused = true)]
async fn a_schedule_that_cannot_fit_is_refused_with_the_sum() {
    let mut world = World::new();
    let before = world.engine().settings();

    let fault = changed(
        &before,
        &changes(&[
            ("limits.cin7_calls_per_minute", json!(10)),
            ("schedule.orders", json!(10)),
        ]),
    )
    .expect_err("too often");

    assert_eq!(fault.field.as_deref(), Some("schedule.orders"));
    assert!(
        fault.message.contains("6.1 of the 10 calls a minute"),
        "{}",
        fault.message
    );
    let fits = changed(&before, &changes(&[("schedule.orders", json!(20))])).expect("fits");
    assert_eq!(fits.whole("schedule.orders"), 20);
}

#[tokio::test(start_paused = true)]
async fn the_page_names_no_key_and_says_what_the_schedule_costs() {
    let mut world = World::new();
    world.sync().await;

    let view = world.show(settings);

    assert!(
        view.budget
            .starts_with("About 2.1 of 55 Cin7 Core calls a minute"),
        "{}",
        view.budget
    );
    assert!(view.zones.iter().any(|zone| zone == "Europe/London"));
    assert!(
        view.rights
            .iter()
            .any(|right| right.right == "Create orders")
    );
    let mut texts: Vec<&str> = Vec::new();
    for section in &view.sections {
        texts.extend([section.title.as_str(), section.text.as_str()]);
        for setting in &section.settings {
            texts.extend([setting.title.as_str(), setting.help.as_str()]);
        }
    }
    for spec in SPECS.iter().filter(|spec| spec.key.contains('.')) {
        assert!(
            texts.iter().all(|text| !text.contains(spec.key)),
            "{} is on screen",
            spec.key
        );
    }
    let trigger = view
        .sections
        .iter()
        .find(|section| section.key == "trigger");
    assert!(
        trigger.expect("the trigger").text.starts_with(
            "A sale is released when it is authorised in Cin7 Core, ships from Whistl"
        ),
    );
}

/// Which right each kind of call needs, by the titles on the settings page.
const RIGHTS: [(&str, &str, &str); 15] = [
    ("cin7", "check connection", "Read the account's own details"),
    ("cin7", "list sales", "Read sales"),
    ("cin7", "sweep open sales", "Read sales"),
    ("cin7", "probe filter", "Read sales"),
    ("cin7", "read sale", "Read sales"),
    ("cin7", "list products", "Read products"),
    ("cin7", "list locations", "Read locations"),
    ("cin7", "read customer", "Read customers"),
    ("whistl", "ping", "Test the key"),
    ("whistl", "list services", "Read services"),
    ("whistl", "list items", "Read items"),
    ("whistl", "list order events", "Read orders and their news"),
    ("whistl", "look up order", "Read orders and their news"),
    ("whistl", "submit order", "Create orders"),
    ("whistl", "cancel order", "Cancel orders"),
];

#[tokio::test(start_paused = true)]
async fn every_call_of_a_day_is_covered_by_a_right_that_the_page_names() {
    let mut world = World::new();
    world.engine().check().await.expect("both connections");
    let number = world.good_sale();
    world.sale(json!({
        "Phone": "", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sync().await;
    world.run(Job::Sweep).await;
    world
        .engine()
        .withdraw(&number, "")
        .await
        .expect("withdrawn");

    let view = world.show(settings);
    let entries = world.look(|views| {
        views.activity(&ActivityFilter {
            limit: 1_000,
            ..ActivityFilter::default()
        })
    });
    let calls: BTreeSet<(String, String)> = entries
        .into_iter()
        .filter(|entry| entry.kind == "call" || entry.kind == "outcome")
        .map(|entry| (entry.vendor, entry.operation))
        .collect();

    for (vendor, operation) in &calls {
        let needed = RIGHTS
            .iter()
            .find(|(of, call, _)| of == vendor && call == operation)
            .unwrap_or_else(|| panic!("{vendor} is asked to {operation}: which right is that?"));
        let name = engine::words::vendor(vendor);
        assert!(
            view.rights
                .iter()
                .any(|right| right.vendor == name && right.right == needed.2),
            "the page does not name “{}” of {name}",
            needed.2
        );
    }
    // What is named is used: no more is asked for than is needed.
    for right in &view.rights {
        let is_used = RIGHTS.iter().any(|(_, call, title)| {
            *title == right.right && calls.iter().any(|(_, made)| made == call)
        });
        let says_how = ["An API application of its own", "Nothing is written"];
        assert!(
            is_used || says_how.contains(&right.right.as_str()),
            "“{}” is asked for, and no call needs it",
            right.right
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_of_the_trigger_is_tried_on_the_sales_read_and_sends_nothing() {
    let mut world = World::new();
    world.set(&[("mode", "look_only")]);
    for channel in ["Shopify", "Shopify", "Amazon"] {
        world.sale(json!({
            "SourceChannel": channel,
            "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
        }));
    }
    world.sale(json!({
        "SourceChannel": "Shopify",
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] }
    }));
    world.sync().await;
    let calls = world.wire.calls();

    let tried = world.show(|views| {
        simulated(
            views,
            &changes(&[("trigger.channels_except", json!(["Amazon"]))]),
        )
    });

    assert_eq!(
        (tried.recent, tried.would_send, tried.would_hold),
        (4, 2, 1)
    );
    assert_eq!(tried.outside.len(), 1);
    assert_eq!(tried.outside[0].count, 1);
    assert_eq!(
        tried.outside[0].title,
        "From a sales channel that the trigger leaves out"
    );
    assert!(
        tried
            .text
            .contains("2 would be sent, 1 held and 1 left alone")
    );
    assert_eq!(world.wire.calls(), calls, "nobody is called for it");
    assert_eq!(world.orders_at_whistl(), 0);
    assert_eq!(
        world.engine().settings().texts("trigger.channels_except"),
        Vec::<String>::new()
    );
}
