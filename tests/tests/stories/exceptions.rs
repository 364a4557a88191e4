//! Despatches that cannot be told as they are: each on the Confirmations screen with whose it
//! is, what is wrong and what may be done; and what may be done, done.

use std::time::Duration;

use engine::runs::Job;
use screens::confirmations::{Confirmations, preview, view};
use screens::shapes::{
    ConfirmationAct, ConfirmationPage, ConfirmationTab, ConfirmationsFilter, Owner,
};
use serde_json::{Value, json};
use stockbridge_tests::World;

/// An order of three teapots that left, with this going wrong on the way.
async fn left_with(fault: Option<Value>) -> (World, String) {
    let mut world = World::new();
    world.plenty();
    let number =
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 3 }] } }));
    world.sync().await;
    if let Some(fault) = fault {
        world.fault(fault);
    }
    leave(&world, &number);
    (world, number)
}

fn leave(world: &World, number: &str) {
    let path = format!("whistl/orders/{number}/despatch");
    world.control("POST", &path, &json!({}));
}

/// The one despatch under “Needs you”, as the screen shows it.
fn on_screen(world: &mut World) -> ConfirmationPage {
    let lists = Confirmations::default();
    let filter = ConfirmationsFilter {
        tab: ConfirmationTab::NeedsYou,
        owner: None,
        find: None,
    };
    let opened = world.show(|views| lists.open(views, &filter));
    assert_eq!(opened.total, 1, "{:?}", opened.tabs);
    let rows = world.show(|views| lists.rows(views, opened.list, 0, 1));
    world.show(|views| view(views, &rows[0].despatch_id))
}

/// How many despatches need someone.
fn needing(world: &mut World) -> u64 {
    world.status().confirmations.exceptions
}

fn shipped(world: &World, number: &str) -> String {
    let truth = world.truth();
    let sales = truth["cin7"]["sales"].as_array().expect("sales");
    let sale = sales.iter().find(|sale| sale["number"] == *number);
    let units = sale.expect("the sale")["lines"][0]["shipped"].clone();
    units.as_str().unwrap_or("?").into()
}

/// Retries as the screen does: what it will do is shown, then done.
async fn retry(world: &mut World, page: &ConfirmationPage) {
    let id = page.row.despatch_id.clone();
    let shown = world.show(|views| preview(views, ConfirmationAct::Retry, &id));
    assert!(!shown.effect.is_empty(), "{shown:?}");
    world.engine().retry_despatch(&id).expect("retried");
    world.run(Job::Confirm).await;
}

/// Leaves it alone as the screen does, with a reason.
fn leave_alone(world: &mut World, page: &ConfirmationPage) {
    let id = page.row.despatch_id.clone();
    let shown = world.show(|views| preview(views, ConfirmationAct::LeaveAlone, &id));
    assert!(!shown.effect.is_empty(), "{shown:?}");
    world
        .engine()
        .dismiss_despatch(&id, "seen to by hand")
        .expect("left alone");
    assert_eq!(needing(world), 0);
}

/// What the screen says, all in one.
fn words(page: &ConfirmationPage) -> String {
    format!("{}: {}", page.row.state_title, page.sentences.join(" "))
}

#[tokio::test(start_paused = true)]
async fn more_than_was_ordered_is_the_warehouses_and_nothing_of_it_is_told() {
    let more = json!({ "vendor": "whistl", "fault": "F26", "value": 2, "times": 1 });
    let (mut world, number) = left_with(Some(more)).await;
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(page.row.owner, Some(Owner::Warehouse));
    assert!(
        words(&page).contains("5 of TEAPOT04 left, and only 3"),
        "{}",
        words(&page)
    );
    assert_eq!(shipped(&world, &number), "0");

    // The office puts the sale right in Cin7 Core, and tries again.
    world.edit(
        &number,
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 5 }] } }),
    );
    retry(&mut world, &page).await;
    assert_eq!(shipped(&world, &number), "5");
    assert_eq!(needing(&mut world), 0);
}

#[tokio::test(start_paused = true)]
async fn goods_nobody_ordered_are_asked_after_and_left_alone_once_seen_to() {
    let other = json!({
        "vendor": "whistl", "fault": "F26", "value": { "sku": "MUGSET2", "quantity": 1 }, "times": 1
    });
    let (mut world, number) = left_with(Some(other)).await;
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(page.row.owner, Some(Owner::Warehouse));
    assert!(
        words(&page).contains("MUGSET2 left, and was not on the order"),
        "{}",
        words(&page)
    );
    leave_alone(&mut world, &page);
    assert_eq!(shipped(&world, &number), "0", "a person does it by hand");
}

#[tokio::test(start_paused = true)]
async fn a_reference_of_nobodys_is_kept_and_is_the_offices() {
    let stranger =
        json!({ "vendor": "whistl", "fault": "F25", "value": { "ref": "ZZ-1" }, "times": 1 });
    let (mut world, _) = left_with(Some(stranger)).await;
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(
        (page.row.owner, page.row.reference.as_str()),
        (Some(Owner::Office), "ZZ-1")
    );
    assert!(
        words(&page).to_lowercase().contains("not an order of ours"),
        "{}",
        words(&page)
    );
    let id = page.row.despatch_id.clone();
    let refused = world
        .engine()
        .retry_despatch(&id)
        .expect_err("still a stranger");
    assert!(
        refused
            .to_string()
            .contains("Ask the warehouse whose it is"),
        "{refused}"
    );
    leave_alone(&mut world, &page);
}

#[tokio::test(start_paused = true)]
async fn a_reference_in_small_letters_or_with_a_prefix_is_known_all_the_same() {
    for value in [json!("case"), json!("prefix")] {
        let odd = json!({ "vendor": "whistl", "fault": "F25", "value": value, "times": 1 });
        let (mut world, number) = left_with(Some(odd)).await;
        if value == "prefix" {
            // A prefix is known once it is set; until then it is a stranger, never lost.
            world.run(Job::Despatches).await;
            assert_eq!(on_screen(&mut world).row.owner, Some(Owner::Office));
        } else {
            world.run(Job::Despatches).await;
            assert_eq!(shipped(&world, &number), "3");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_gone_from_the_sale_is_put_back_and_then_told() {
    let (mut world, number) = left_with(None).await;
    let lines = |sku: &str| json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": 3 }] } });
    world.edit(&number, lines("MUGSET2"));
    world.sync().await;
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(page.row.owner, Some(Owner::Office));
    assert!(
        words(&page).contains("its line is no longer on the sale"),
        "{}",
        words(&page)
    );

    world.edit(&number, lines("TEAPOT04"));
    retry(&mut world, &page).await;
    assert_eq!(shipped(&world, &number), "3");
}

#[tokio::test(start_paused = true)]
async fn too_little_stock_in_cin7_is_posted_there_and_then_told() {
    let (mut world, number) = left_with(None).await;
    world.fault(json!({ "vendor": "cin7", "fault": "short_stock", "times": 1 }));
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert!(
        words(&page).contains("holds less at the location than left the warehouse"),
        "{}",
        words(&page)
    );
    retry(&mut world, &page).await;
    assert_eq!(shipped(&world, &number), "3");
}

#[tokio::test(start_paused = true)]
async fn what_cin7_refuses_is_shown_in_its_own_words_and_told_once_put_right() {
    let (mut world, number) = left_with(None).await;
    world.fault(json!({ "vendor": "cin7", "fault": "external_location" }));
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(page.row.owner, Some(Owner::Office));
    assert!(
        words(&page).contains("Cin7 Core refused the ship"),
        "{}",
        words(&page)
    );
    world.heal();
    retry(&mut world, &page).await;
    assert_eq!(shipped(&world, &number), "3");
}

#[tokio::test(start_paused = true)]
async fn a_pick_by_hand_with_other_quantities_is_finished_by_hand_and_left_alone() {
    let (mut world, number) = left_with(None).await;
    let by_hand =
        |stage: &str| json!({ "stage": stage, "lines": [{ "sku": "TEAPOT04", "quantity": 2 }] });
    let path = format!("cin7/sales/{number}/fulfil");
    world.control("POST", &path, &by_hand("pick"));
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert!(words(&page).contains("picked this sale in Cin7 Core with other quantities"));
    world.control("POST", &path, &by_hand("ship"));
    leave_alone(&mut world, &page);
    assert_eq!(shipped(&world, &number), "2", "as the office had it");
}

#[tokio::test(start_paused = true)]
async fn what_is_taken_back_after_it_was_told_is_undone_by_a_person_never_by_us() {
    let (mut world, number) = left_with(None).await;
    world.run(Job::Despatches).await;
    assert_eq!(shipped(&world, &number), "3");
    let void = format!("whistl/orders/{number}/void");
    world.control("POST", &void, &json!({}));
    world.pass(Duration::from_secs(60)).await;
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(page.row.owner, Some(Owner::Office));
    assert!(
        words(&page).contains("undo its shipment there by hand"),
        "{}",
        words(&page)
    );
    assert_eq!(shipped(&world, &number), "3");
    leave_alone(&mut world, &page);
}

#[tokio::test(start_paused = true)]
async fn goods_of_a_voided_sale_are_the_offices_to_settle() {
    let (mut world, number) = left_with(None).await;
    world.void(&number);
    world.sync().await;
    world.run(Job::Despatches).await;

    let page = on_screen(&mut world);
    assert_eq!(page.row.owner, Some(Owner::Office));
    assert!(words(&page).contains("voided in Cin7 Core. Restore it there and retry"));
    leave_alone(&mut world, &page);
}

#[tokio::test(start_paused = true)]
async fn forty_parcels_and_a_tracking_number_of_two_hundred_characters_are_told_and_flagged() {
    for value in [json!({ "parcels": 40 }), json!({ "long": 200 })] {
        let odd = json!({ "vendor": "whistl", "fault": "F28", "value": value, "times": 1 });
        let (mut world, number) = left_with(Some(odd)).await;
        world.run(Job::Despatches).await;
        assert_eq!(needing(&mut world), 0, "{value}");
        assert_eq!(shipped(&world, &number), "3", "{value}");
    }
}

/// The day on which Cin7 has the first parcel of a sale leaving.
fn shipped_on(world: &World, number: &str) -> String {
    let truth = world.truth();
    let sales = truth["cin7"]["sales"].as_array().expect("sales");
    let sale = sales.iter().find(|sale| sale["number"] == *number);
    let day = sale.expect("the sale")["shipments"][0]["shipped_at"].clone();
    day.as_str().unwrap_or("?").chars().take(10).collect()
}

#[tokio::test(start_paused = true)]
async fn what_is_dated_in_the_future_is_told_once_with_the_day_it_names_and_flagged() {
    // Ten minutes are clocks that differ; a day and a half is a clock that is wrong.
    for (ahead, day, flags) in [(600, "2026-11-24", 0), (36 * 3_600, "2026-11-25", 1)] {
        let (mut world, number) = left_with(None).await;
        world.fault(json!({
            "vendor": "whistl", "fault": "F19", "value": ahead, "match": { "path": "despatches" }
        }));
        let report = world.run(Job::Despatches).await;
        assert_eq!(report.counts["posted"], 1, "{:?}", report.faults);

        assert_eq!(needing(&mut world), 0);
        assert_eq!(shipped(&world, &number), "3");
        assert_eq!(shipped_on(&world, &number), day, "as the warehouse has it");
        let id = world.order(&number).despatches[0].despatch_id.clone();
        let page = world.show(|views| view(views, &id));
        let said: Vec<&str> = page.flags.iter().map(|flag| flag.text.as_str()).collect();
        let of_its_clock = said
            .iter()
            .filter(|text| text.contains("look at its clock"));
        assert_eq!(of_its_clock.count(), flags, "{said:?}");

        // Its day comes, and it is read once more: nothing is told again.
        let writes = world.truth()["cin7"]["writes_by_object"].clone();
        world.pass(Duration::from_secs(2 * 86_400)).await;
        world.run(Job::Despatches).await;
        assert_eq!(world.truth()["cin7"]["writes_by_object"], writes);
    }
}
