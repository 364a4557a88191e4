//! What was posted is read back the day after, and held against the log.

use std::time::Duration;

use engine::runs::{Job, RunOutcome};
use engine::views::ReadBackCheckView;
use screens::shapes::Tone;
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

const DAY: Duration = Duration::from_secs(86_400);

/// A world in which two orders left and one count was posted the day before.
async fn the_day_after() -> (World, [String; 2]) {
    let mut world = World::new();
    world.set(&[("adjust.account", "403"), ("adjust.limit_value", "0")]);
    world.map(MapKind::Carrier, "RMG", "Royal Mail Tracked 48");
    world.run(Job::Reference).await;
    world.plenty();
    let numbers = [world.good_sale(), world.good_sale()];
    world.sync().await;
    for (number, tracking) in numbers.iter().zip(["WQ1", "WQ2"]) {
        let parcel = json!({
            "carrier_code": "RMG", "service_code": "WHI_STD", "tracking_numbers": [tracking]
        });
        let path = format!("whistl/orders/{number}/despatch");
        world.control("POST", &path, &json!({ "parcels": [parcel] }));
    }
    world.run(Job::Despatches).await;
    world.counted("TEAPOT04", -2, "DAMAGE");
    world.run(Job::Adjustments).await;
    world.pass(DAY).await;
    (world, numbers)
}

fn last(world: &mut World) -> ReadBackCheckView {
    world.status().read_back.last.expect("a check")
}

fn writes(world: &World) -> Value {
    world.truth()["cin7"]["writes_by_object"].clone()
}

fn alert(world: &mut World) -> Option<String> {
    let status = world.status();
    let found = status
        .alerts
        .into_iter()
        .find(|one| one.code == "read_back");
    found.map(|one| format!("{}: {}", one.owner, one.text))
}

#[tokio::test(start_paused = true)]
async fn what_stands_as_it_was_posted_is_all_right_and_costs_a_reading_each() {
    let (mut world, _) = the_day_after().await;
    let (before, sales) = (writes(&world), world.cin7_calls("sale"));

    let report = world.run(Job::ReadBack).await;

    assert_eq!(report.outcome, RunOutcome::Finished, "{:?}", report.faults);
    let check = last(&mut world);
    // Two shipments, the two orders at the warehouse, the stock document.
    assert_eq!(
        (
            check.documents,
            check.as_posted,
            check.differ,
            check.not_read
        ),
        (5, 5, 0, 0),
        "{check:?}"
    );
    assert_eq!(check.accuracy_percent.as_deref(), Some("100.0"));
    assert_eq!(alert(&mut world), None);
    assert_eq!(writes(&world), before, "nothing is written");
    assert_eq!(
        (report.calls["cin7"], report.calls["whistl"]),
        (3, 2),
        "a call for each sale, stock document and order: {sales}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_shipment_that_was_altered_is_named_with_its_field_until_it_is_put_right() {
    let (mut world, [altered, _]) = the_day_after().await;
    let alter = |world: &World, tracking: &str| {
        let path = format!("cin7/sales/{altered}/alter");
        world.control("POST", &path, &json!({ "tracking": tracking }));
    };
    alter(&world, "TYPO1");

    let report = world.run(Job::ReadBack).await;

    assert_eq!(report.outcome, RunOutcome::Finished, "{:?}", report.faults);
    let check = last(&mut world);
    assert_eq!((check.as_posted, check.differ), (4, 1), "{check:?}");
    assert_eq!(check.accuracy_percent.as_deref(), Some("80.0"));
    let told = alert(&mut world).expect("an alert");
    assert!(told.starts_with("office: "), "{told}");
    for part in [
        altered.as_str(),
        "Tracking number of box",
        "posted WQ1, now TYPO1",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let today = world.show(screens::today::today);
    let line = today.lines.iter().find(|line| line.key == "read_back");
    let line = line.expect("a line of the accuracy");
    assert!(
        line.text
            .starts_with("All 5 documents of yesterday read back: 4 as posted, 1 differs: ")
            && line.text.contains("(80.0 %)"),
        "{}",
        line.text
    );
    assert_eq!(line.tone, Tone::Warn);
    assert!(today.needs.iter().any(|need| need.title.contains(&altered)));

    // Put right there: the next check ends it.
    alter(&world, "WQ1");
    world.run(Job::ReadBack).await;
    assert_eq!(alert(&mut world), None);
    assert_eq!(last(&mut world).accuracy_percent.as_deref(), Some("100.0"));
}

#[tokio::test(start_paused = true)]
async fn what_a_person_has_settled_is_told_of_again_only_when_something_else_differs() {
    let (mut world, [altered, _]) = the_day_after().await;
    let path = format!("cin7/sales/{altered}/alter");
    world.control("POST", &path, &json!({ "tracking": "NEW1" }));
    world.run(Job::ReadBack).await;
    let engine = world.engine();
    assert!(
        engine.settle_read_back(&altered, " ").is_err(),
        "a reason is asked for"
    );
    engine
        .settle_read_back(&altered, "The carrier gave a new number")
        .expect("settled");
    assert_eq!(alert(&mut world), None);

    world.run(Job::ReadBack).await;
    assert_eq!(alert(&mut world), None, "nothing else differs");
    assert_eq!(
        last(&mut world).differ,
        1,
        "and it is still not as it was posted"
    );

    world.control("POST", &path, &json!({ "carrier": "DPD Next Day" }));
    world.run(Job::ReadBack).await;
    let told = alert(&mut world).expect("an alert");
    assert!(told.contains("Carrier of box"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_read_is_never_taken_for_right() {
    let (mut world, _) = the_day_after().await;
    world.fault(json!({ "vendor": "cin7", "fault": "server_500" }));

    let report = world.run(Job::ReadBack).await;

    assert_eq!(report.outcome, RunOutcome::Partial, "{report:?}");
    let check = last(&mut world);
    assert_eq!(
        (check.as_posted, check.differ, check.not_read),
        (2, 0, 3),
        "the orders at the warehouse were read: {check:?}"
    );
    assert!(!check.why.is_empty());
    assert_eq!(alert(&mut world), None);

    // The same day is looked at again once it answers.
    world.heal();
    world.pass(Duration::from_secs(3_700)).await;
    world.run(Job::ReadBack).await;
    assert_eq!(last(&mut world).as_posted, 5);
}

#[tokio::test(start_paused = true)]
async fn days_that_were_not_watched_are_looked_at_with_yesterday() {
    let (mut world, _) = the_day_after().await;
    world.run(Job::ReadBack).await;
    world.good_sale();
    world.sync().await;
    world.pass(DAY * 3).await;

    world.run(Job::ReadBack).await;

    let check = last(&mut world);
    assert_eq!(
        (check.first_day.as_str(), check.last_day.as_str()),
        ("2026-11-25", "2026-11-27")
    );
    assert_eq!((check.documents, check.as_posted), (1, 1), "{check:?}");
}
