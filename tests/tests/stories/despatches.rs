//! What left the warehouse, told to Cin7: partly or wholly, once.

use std::time::Duration;

use engine::attention::{Notice, NoticeKind};
use engine::runs::Job;
use screens::order::settle;
use screens::shapes::{MapKind as Shown, OfferKind, Side};
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

/// A world with one order at the warehouse, of that many teapots.
async fn at_the_warehouse(units: u32) -> (World, String) {
    let mut world = World::new();
    world.plenty();
    let number =
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": units }] } }));
    world.sync().await;
    assert_eq!(world.state(&number), "at_warehouse");
    (world, number)
}

fn despatch(world: &World, number: &str, body: Value) {
    world.control("POST", &format!("whistl/orders/{number}/despatch"), &body);
}

fn teapots(units: u32) -> Value {
    json!({ "lines": [{ "sku": "TEAPOT04", "quantity": units }] })
}

/// Cin7's own record of a sale.
fn in_cin7(world: &World, number: &str) -> Value {
    let truth = world.truth();
    let sales = truth["cin7"]["sales"].as_array().expect("sales");
    let sale = sales.iter().find(|sale| sale["number"] == *number);
    sale.expect("the sale").clone()
}

fn shipped(world: &World, number: &str) -> String {
    let sale = in_cin7(world, number);
    sale["lines"][0]["shipped"].as_str().unwrap_or("?").into()
}

/// `state reason` of each despatch of an order.
fn confirmations(world: &mut World, number: &str) -> Vec<String> {
    let despatches = world.order(number).despatches;
    despatches
        .iter()
        .map(|one| format!("{} {}", one.state, one.reason).trim().to_owned())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn before_anything_left_nothing_is_written_to_cin7_whatever_the_warehouse_says() {
    let (mut world, number) = at_the_warehouse(2).await;
    for step in ["PICKING", "PACKED"] {
        let path = format!("whistl/orders/{number}/step");
        world.control("POST", &path, &json!({ "to": step }));
        world.pass(Duration::from_secs(300)).await;
        world.run(Job::Events).await;
        world.run(Job::Despatches).await;
    }
    let sale = in_cin7(&world, &number);
    assert_eq!(sale["fulfilment_status"], "NOT FULFILLED");
    assert_eq!(world.truth()["cin7"]["writes_by_object"]["fulfilment"], 0);
}

#[tokio::test(start_paused = true)]
async fn what_left_is_picked_packed_and_shipped_in_cin7_with_its_carrier_and_number() {
    let (mut world, number) = at_the_warehouse(2).await;
    world.map(MapKind::Carrier, "RMG", "Royal Mail Tracked 48");
    despatch(
        &world,
        &number,
        json!({ "parcels": [
            { "carrier_code": "RMG", "service_code": "WHI_STD", "tracking_numbers": ["WQ900000015GB"] }
        ] }),
    );

    let report = world.run(Job::Despatches).await;

    assert_eq!(report.counts["posted"], 1, "{:?}", report.faults);
    assert_eq!(world.state(&number), "despatched");
    let sale = in_cin7(&world, &number);
    assert_eq!(sale["fulfilment_status"], "FULFILLED");
    assert_eq!(sale["lines"][0]["picked"], "2");
    assert_eq!(sale["lines"][0]["packed"], "2");
    assert_eq!(sale["lines"][0]["shipped"], "2");
    assert_eq!(sale["shipments"][0]["tracking"], "WQ900000015GB");
    assert_eq!(sale["shipments"][0]["carrier"], "Royal Mail Tracked 48");
    assert_eq!(sale["notified"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_first_despatch_of_an_untouched_sale_costs_three_calls() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(&world, &number, json!({}));
    let report = world.run(Job::Despatches).await;
    assert_eq!(report.counts["posted"], 1, "{:?}", report.faults);
    assert_eq!(report.calls["cin7"], 3);
}

#[tokio::test(start_paused = true)]
async fn a_sale_told_whole_is_not_read_again_for_our_own_writes_but_when_a_person_undoes_them() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(&world, &number, json!({}));
    world.run(Job::Despatches).await;
    let read = world.cin7_calls("GET sale");
    world.pass(Duration::from_secs(60)).await;
    world.sync().await;
    assert_eq!(world.cin7_calls("GET sale"), read);

    world.fault(json!({
        "vendor": "cin7", "fault": "sale_undone", "match": { "number": number }, "times": 1
    }));
    world.pass(Duration::from_secs(60)).await;
    world.sync().await;
    world.pass(Duration::from_secs(60)).await;
    world.sync().await;
    assert_eq!(world.cin7_calls("GET sale"), read + 1);
}

#[tokio::test(start_paused = true)]
async fn two_parts_are_two_fulfilments_that_add_up_and_the_first_stays_as_it_was() {
    let (mut world, number) = at_the_warehouse(5).await;
    despatch(&world, &number, teapots(2));
    world.run(Job::Despatches).await;
    assert_eq!(shipped(&world, &number), "2");
    assert_eq!(world.state(&number), "part_despatched");
    let first = in_cin7(&world, &number)["shipments"][0].clone();

    despatch(&world, &number, teapots(3));
    world.run(Job::Despatches).await;

    assert_eq!(shipped(&world, &number), "5");
    assert_eq!(world.state(&number), "despatched");
    let sale = in_cin7(&world, &number);
    assert_eq!(sale["shipments"][0], first);
    assert_eq!(sale["shipments"].as_array().map(Vec::len), Some(2));
    assert_eq!(confirmations(&mut world, &number), ["posted", "posted"]);
}

#[tokio::test(start_paused = true)]
async fn asked_again_nothing_is_told_twice() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(&world, &number, json!({}));
    world.run(Job::Despatches).await;
    let writes = world.truth()["cin7"]["writes_by_object"].clone();
    // Seven hours on, the feed is read again from an earlier place.
    world.pass(Duration::from_secs(7 * 3_600)).await;
    world.run(Job::Despatches).await;
    world.crash();
    world.run(Job::Despatches).await;
    assert_eq!(world.truth()["cin7"]["writes_by_object"], writes);
    assert_eq!(in_cin7(&world, &number)["notified"], 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_at_any_stage_is_settled_by_reading_the_sale() {
    for stage in ["pick", "pack", "ship"] {
        let (mut world, number) = at_the_warehouse(3).await;
        despatch(&world, &number, json!({}));
        world.fault(json!({
            "vendor": "cin7", "fault": "timeout_after",
            "match": { "path": format!("sale/fulfilment/{stage}") }, "times": 1
        }));
        world.run(Job::Despatches).await;
        assert_eq!(confirmations(&mut world, &number), ["unclear"], "{stage}");
        world.heal();

        world.watch_for(Duration::from_secs(120)).await;

        assert_eq!(confirmations(&mut world, &number), ["posted"], "{stage}");
        assert_eq!(shipped(&world, &number), "3", "{stage}");
        assert_eq!(in_cin7(&world, &number)["notified"], 1, "{stage}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_person_has_picked_is_finished_and_what_they_picked_otherwise_stops_it() {
    for (units, end) in [(2, "posted"), (1, "exception picked_otherwise")] {
        let (mut world, number) = at_the_warehouse(2).await;
        world.control(
            "POST",
            &format!("cin7/sales/{number}/fulfil"),
            &json!({ "stage": "pick", "lines": [{ "sku": "TEAPOT04", "quantity": units }] }),
        );
        despatch(&world, &number, json!({}));
        world.run(Job::Despatches).await;
        assert_eq!(confirmations(&mut world, &number), [end]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unmapped_carrier_is_passed_on_as_the_warehouse_named_it_and_flagged() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(
        &world,
        &number,
        json!({ "parcels": [
            { "carrier_code": "XYZ9", "service_code": "WHI_STD", "tracking_numbers": ["T1"] }
        ] }),
    );
    world.run(Job::Despatches).await;
    let flags = world.order(&number).despatches[0].flags.clone();
    assert_eq!(flags, ["carrier_unmapped:XYZ9"]);
    assert_eq!(confirmations(&mut world, &number), ["posted"]);

    let view = world.show(|look| screens::maps::maps(look, Shown::Carrier));
    let first = &view.unmapped[0];
    assert_eq!((first.from.as_str(), first.told), ("XYZ9", 1));
    world.map(MapKind::Carrier, "XYZ9", "Xpress");
    let view = world.show(|look| screens::maps::maps(look, Shown::Carrier));
    assert_eq!(view.unmapped, [], "it has a name now");
}

#[tokio::test(start_paused = true)]
async fn the_orders_page_tells_whose_time_it_was_until_cin7_was_told() {
    let (mut world, number) = at_the_warehouse(2).await;
    world.pass(Duration::from_secs(7_200)).await;
    let way = |world: &mut World| {
        let page = world.show(|look| screens::order::order(look, &number));
        page.journey.expect("a way")
    };
    let open = way(&mut world);
    let last = open.legs.last().expect("a wait");
    assert_eq!((last.side, last.lasts), (Side::Warehouse, true));
    assert!(last.seconds >= 7_200, "{open:#?}");

    despatch(&world, &number, json!({}));
    world.run(Job::Despatches).await;
    let told = way(&mut world);
    assert_eq!(told.title, "From authorised to confirmed");
    assert!(told.legs.iter().all(|leg| !leg.lasts), "{told:#?}");
    let sides: Vec<Side> = told.legs.iter().map(|leg| leg.side).collect();
    assert!(sides.contains(&Side::Warehouse), "{told:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_sale_voided_since_is_an_exception_and_goes_once_it_is_restored() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(&world, &number, json!({}));
    world.void(&number);
    world.sync().await;
    world.run(Job::Despatches).await;
    assert_eq!(
        confirmations(&mut world, &number),
        ["exception sale_voided"]
    );
    assert_eq!(shipped(&world, &number), "0");
}

#[tokio::test(start_paused = true)]
async fn a_corrected_number_is_told_and_nobody_is_written_to_again() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(&world, &number, json!({}));
    world.run(Job::Despatches).await;
    let path = format!("whistl/orders/{number}/retrack");
    let body = json!({ "parcels": [
        { "carrier_code": "RMG", "service_code": "WHI_STD", "tracking_numbers": ["CORRECTED1"] }
    ] });
    world.control("POST", &path, &body);

    world.run(Job::Despatches).await;

    let sale = in_cin7(&world, &number);
    assert_eq!(sale["shipments"][0]["tracking"], "CORRECTED1");
    assert_eq!(sale["notified"], 1);
    assert_eq!(sale["lines"][0]["shipped"], "2");
}

#[tokio::test(start_paused = true)]
async fn a_day_with_cin7_down_loses_nothing() {
    let (mut world, number) = at_the_warehouse(2).await;
    despatch(&world, &number, json!({}));
    world.fault(json!({ "vendor": "cin7", "fault": "server_503" }));
    world.run(Job::Despatches).await;
    world.watch_for(Duration::from_secs(3_600)).await;
    assert_ne!(confirmations(&mut world, &number), ["posted"]);
    world.heal();
    world.watch_for(Duration::from_secs(7_200)).await;
    assert_eq!(confirmations(&mut world, &number), ["posted"]);
    assert_eq!(shipped(&world, &number), "2");
}

/// What an order is held for.
fn codes(world: &mut World, number: &str) -> Vec<String> {
    let holds = world.order(number).order.holds;
    holds.into_iter().map(|hold| hold.code).collect()
}

/// The alert of that code, if it stands.
fn alert(world: &mut World, code: &str) -> Option<engine::views::Alert> {
    let alerts = world.status().alerts;
    alerts.into_iter().find(|alert| alert.code == code)
}

/// What the notices of one kind are about.
fn of(kind: NoticeKind, notices: &[Notice]) -> Vec<&str> {
    let of_it = notices.iter().filter(|notice| notice.kind == kind);
    of_it.map(|notice| notice.alert.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn confirmations_that_pile_up_are_told_of_with_count_age_and_owner_and_their_end() {
    let mut world = World::new();
    world.plenty();
    world.set(&[("alerts.confirm_count", "3")]);
    let numbers: Vec<String> = (0..4).map(|_| world.good_sale()).collect();
    world.sync().await;
    for number in &numbers {
        despatch(&world, number, json!({}));
    }
    world.fault(json!({ "vendor": "cin7", "fault": "server_503" }));
    let said = world.told_over(Duration::from_secs(3_600)).await;

    let waiting = alert(&mut world, "confirmations").expect("an alert");
    assert_eq!((waiting.count, waiting.owner), (4, "support"));
    assert!(
        waiting
            .text
            .starts_with("4 despatches wait to be told to Cin7 Core, the oldest since 0"),
        "{}",
        waiting.text
    );
    assert!(
        waiting.text.contains("has not answered since"),
        "{}",
        waiting.text
    );
    // One cause, one notice: the one that Cin7 is silent says what waits for it.
    assert_eq!(of(NoticeKind::Raised, &said), ["vendor_silent:cin7"]);
    assert!(
        said[0]
            .body
            .contains("4 despatches wait to be told to it, the oldest since 0"),
        "{said:?}"
    );

    world.heal();
    let said = world.told_over(Duration::from_secs(1_800)).await;
    assert!(alert(&mut world, "confirmations").is_none());
    for number in &numbers {
        assert_eq!(confirmations(&mut world, number), ["posted"]);
    }
    assert_eq!(of(NoticeKind::AllClear, &said), ["vendor_silent:cin7"]);
}

#[tokio::test(start_paused = true)]
async fn a_feed_that_brings_nothing_for_a_while_is_told_of_though_all_else_is_answered() {
    let (mut world, number) = at_the_warehouse(2).await;
    world.fault(json!({ "vendor": "whistl", "fault": "F06", "match": { "path": "despatches" } }));
    despatch(&world, &number, json!({}));
    world.watch_for(Duration::from_secs(3_600)).await;

    let blind = alert(&mut world, "fruitless").expect("an alert");
    assert_eq!(blind.owner, "support");
    assert!(blind.text.contains("Despatches"), "{}", blind.text);

    world.heal();
    world.watch_for(Duration::from_secs(600)).await;
    assert!(alert(&mut world, "fruitless").is_none());
    assert_eq!(confirmations(&mut world, &number), ["posted"]);
}

#[tokio::test(start_paused = true)]
async fn an_order_that_is_not_despatched_in_time_is_the_warehouses_until_it_is() {
    let (mut world, number) = at_the_warehouse(2).await;
    world.run(Job::Despatches).await;
    world.control(
        "POST",
        &format!("whistl/orders/{number}/step"),
        &json!({ "to": "HELD" }),
    );
    // That news is missed, so that only the clock can find it.
    world.pass(Duration::from_secs(5 * 3_600)).await;
    world.run(Job::Despatches).await;
    assert!(codes(&mut world, &number).is_empty(), "there is time left");

    world.pass(Duration::from_secs(20 * 3_600)).await;
    world.run(Job::Despatches).await;

    assert_eq!(codes(&mut world, &number), ["despatch_overdue"]);
    let order = world.order(&number).order;
    assert_eq!(order.owner.as_deref(), Some("warehouse"));
    assert!(
        order.holds[0].expected.starts_with("accepted "),
        "{:?}",
        order.holds
    );

    let step = format!("whistl/orders/{number}/step");
    world.control("POST", &step, &json!({ "to": "PICKING" }));
    despatch(&world, &number, json!({}));
    world.run(Job::Despatches).await;
    assert!(codes(&mut world, &number).is_empty());
    assert_eq!(world.state(&number), "despatched");
}

#[tokio::test(start_paused = true)]
async fn what_the_warehouse_cut_is_the_offices_to_decide_and_nothing_is_told_of_it() {
    let (mut world, number) = at_the_warehouse(3).await;
    despatch(
        &world,
        &number,
        json!({ "lines": [{ "sku": "TEAPOT04", "quantity": 2 }], "final": true }),
    );
    world.run(Job::Despatches).await;

    assert_eq!(shipped(&world, &number), "2");
    assert_eq!(codes(&mut world, &number), ["despatch_short"]);
    let order = world.order(&number).order;
    assert_eq!(order.owner.as_deref(), Some("office"));
    assert!(
        order.holds[0].value.starts_with("1 of 3 TEAPOT04 not sent"),
        "{:?}",
        order.holds
    );

    let page = world.show(|look| screens::order::order(look, &number));
    let offers = &page.holds[0].offers;
    assert!(offers.iter().any(|offer| offer.kind == OfferKind::Settle));
    let asked = world.show(|look| settle::preview(look, &number));
    assert!(asked.needs_reason);
    assert!(
        asked.effect[0].contains("1 of 3 TEAPOT04 not sent"),
        "{asked:?}"
    );

    let engine = world.engine();
    assert!(engine.settle(&number, " ").is_err(), "a reason is kept");
    engine.settle(&number, "credited").expect("settled");
    assert!(codes(&mut world, &number).is_empty());
    let page = world.show(|look| screens::order::order(look, &number));
    assert_eq!(page.notes[0].text, "credited");
    assert_eq!(world.show(|look| settle::preview(look, &number)).allowed, 0);
    let again = world
        .engine()
        .settle(&number, "credited")
        .expect_err("nothing left");
    assert!(
        again.to_string().contains("nothing that is settled"),
        "{again}"
    );
}

/// A merchant who waits for the last parcel, and an order of five of which two have left.
async fn two_of_five_left_and_the_last_is_awaited() -> (World, String) {
    let (mut world, number) = at_the_warehouse(5).await;
    world.set(&[("despatch.parts", "last")]);
    despatch(&world, &number, teapots(2));
    world.run(Job::Despatches).await;
    (world, number)
}

#[tokio::test(start_paused = true)]
async fn with_the_last_parcel_all_of_it_is_told_at_once_and_the_sale_stays_simple() {
    let (mut world, number) = two_of_five_left_and_the_last_is_awaited().await;
    assert_eq!(
        confirmations(&mut world, &number),
        ["parked waits_for_last"]
    );
    assert_eq!(shipped(&world, &number), "0");
    assert_eq!(
        world.status().confirmations.waiting,
        0,
        "it waits by choice"
    );

    despatch(&world, &number, teapots(3));
    world.run(Job::Despatches).await;

    assert_eq!(confirmations(&mut world, &number), ["posted", "posted"]);
    let sale = in_cin7(&world, &number);
    assert_eq!(sale["lines"][0]["shipped"], "5");
    assert_eq!(sale["fulfilment_status"], "FULFILLED");
    let calls = world.truth()["cin7"]["calls"]["by_path"].to_string();
    assert!(
        !calls.contains("POST sale/fulfilment\""),
        "one fulfilment of five: {calls}"
    );
    assert_eq!(
        sale["shipments"].as_array().map(Vec::len),
        Some(2),
        "{sale}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_the_last_parcel_is_told_once_each_part_is_wanted() {
    let (mut world, number) = two_of_five_left_and_the_last_is_awaited().await;
    world.set(&[("despatch.parts", "each")]);

    world.run(Job::Confirm).await;

    assert_eq!(confirmations(&mut world, &number), ["posted"]);
    assert_eq!(shipped(&world, &number), "2");
}
