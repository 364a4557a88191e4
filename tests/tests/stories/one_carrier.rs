//! One failing carrier: named where what fails goes by it alone while others come through,
//! and by nobody's guess.

use std::time::Duration;

use engine::runs::Job;
use engine::views::Alert;
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

/// The name Cin7 has for Royal Mail, which carries everything else.
const POST: &str = "Royal Mail Tracked 48";

/// So many orders at the warehouse that are to go by that shipping method.
async fn at_the_warehouse(world: &mut World, method: &str, count: usize) -> Vec<String> {
    let lines = json!([{ "SKU": "TEAPOT04", "Quantity": 1 }]);
    let parts = json!({ "Carrier": method, "Order": { "Lines": lines } });
    let numbers: Vec<String> = (0..count).map(|_| world.sale(parts.clone())).collect();
    world.sync().await;
    for number in &numbers {
        assert_eq!(world.state(number), "at_warehouse", "{number}");
    }
    numbers
}

fn world() -> World {
    let mut world = World::new();
    world.plenty();
    world.map(MapKind::Carrier, "RMT", POST);
    world
}

fn leave(world: &World, numbers: &[String], body: &Value) {
    for number in numbers {
        let path = format!("whistl/orders/{number}/despatch");
        world.control("POST", &path, body);
    }
}

fn by(carrier: &str) -> Value {
    json!({ "parcels": [{ "carrier_code": carrier }] })
}

/// The alert of that code, as it stands on Today.
fn alert(world: &mut World, code: &str) -> Option<Alert> {
    let alerts = world.status().alerts;
    alerts.into_iter().find(|alert| alert.code == code)
}

fn text(world: &mut World, code: &str) -> String {
    alert(world, code).map_or_else(String::new, |alert| alert.text)
}

#[tokio::test(start_paused = true)]
async fn a_carrier_that_cin7_does_not_take_is_named_until_it_has_a_name_it_takes() {
    let mut world = world();
    world.fault(json!({ "vendor": "cin7", "fault": "carrier_unknown", "value": "refuse" }));
    let numbers = at_the_warehouse(&mut world, POST, 8).await;
    let (post, owls) = numbers.split_at(2);
    leave(&world, &owls[..4], &by("OWL"));
    leave(&world, post, &by("RMT"));
    world.run(Job::Despatches).await;
    let refused = "not told to Cin7 Core: refused by Cin7 Core";
    assert_eq!(
        text(&mut world, "despatch_exceptions"),
        format!("4 despatches {refused}."),
        "four may be chance"
    );

    leave(&world, &owls[4..], &by("OWL"));
    world.pass(Duration::from_secs(60)).await;
    world.run(Job::Despatches).await;
    assert_eq!(
        text(&mut world, "despatch_exceptions"),
        format!("6 despatches {refused}; all 6 go by OWL, while those of other carriers are told.")
    );

    // The office gives it the name it has in Cin7 Core, and has each tried again.
    world.map(MapKind::Carrier, "OWL", "DPD Next Day");
    for number in owls {
        let id = world.order(number).despatches[0].despatch_id.clone();
        world.engine().retry_despatch(&id).expect("retried");
    }
    world.run(Job::Confirm).await;
    assert!(alert(&mut world, "despatch_exceptions").is_none());
    assert_eq!(world.status().confirmations.posted, 8);
}

#[tokio::test(start_paused = true)]
async fn where_all_are_refused_no_carrier_is_to_blame() {
    let mut world = world();
    let numbers = at_the_warehouse(&mut world, POST, 6).await;
    world.fault(json!({ "vendor": "cin7", "fault": "external_location" }));
    leave(&world, &numbers, &by("RMT"));
    world.run(Job::Despatches).await;
    assert_eq!(
        text(&mut world, "despatch_exceptions"),
        "6 despatches not told to Cin7 Core: refused by Cin7 Core."
    );
}

/// These are stopped at the warehouse.
fn stop(world: &World, numbers: &[String]) {
    let hold = json!({
        "code": "CARRIER_ERROR", "message": "Carrier refused the label.", "fixed_by": "WAREHOUSE"
    });
    for number in numbers {
        let path = format!("whistl/orders/{number}/step");
        world.control("POST", &path, &json!({ "to": "HELD", "hold": hold }));
    }
}

#[tokio::test(start_paused = true)]
async fn labels_that_fail_for_one_carrier_name_it_once_others_have_left() {
    let mut world = world();
    world.map(MapKind::Carrier, "DPD", "DPD Next Day");
    let numbers = at_the_warehouse(&mut world, "DPD Next Day", 5).await;
    stop(&world, &numbers);
    world.pass(Duration::from_secs(600)).await;
    world.run(Job::Events).await;
    let stopped = "5 orders are stopped at the warehouse";
    assert_eq!(
        text(&mut world, "blocked"),
        format!("{stopped}."),
        "nothing else has left"
    );

    let post = at_the_warehouse(&mut world, POST, 1).await;
    leave(&world, &post, &by("RMT"));
    world.run(Job::Despatches).await;
    assert_eq!(
        text(&mut world, "blocked"),
        format!("{stopped}; all 5 go by DPD Next Day, while those of other carriers leave.")
    );
}

#[tokio::test(start_paused = true)]
async fn orders_of_one_carrier_that_do_not_leave_in_time_name_it_too() {
    let mut world = world();
    let numbers = at_the_warehouse(&mut world, "DPD Next Day", 5).await;
    at_the_warehouse(&mut world, POST, 1).await;
    world.run(Job::Despatches).await;
    // That news is missed, so that only the clock can find it; the post leaves by itself.
    stop(&world, &numbers);
    world.pass(Duration::from_secs(26 * 3_600)).await;

    world.run(Job::Despatches).await;

    assert_eq!(world.status().confirmations.posted, 1);
    assert_eq!(
        text(&mut world, "look_at"),
        "5 orders need a look: 5 not despatched in time; all 5 not despatched in time go by DPD, \
         while those of other carriers leave."
    );
}

#[tokio::test(start_paused = true)]
async fn what_goes_by_two_carriers_at_once_is_laid_at_neithers_door() {
    let mut world = world();
    world.fault(json!({ "vendor": "cin7", "fault": "carrier_unknown", "value": "refuse" }));
    let lines = json!([{ "SKU": "TEAPOT04", "Quantity": 2 }]);
    let parts = json!({ "Carrier": POST, "Order": { "Lines": lines } });
    let numbers: Vec<String> = (0..6).map(|_| world.sale(parts.clone())).collect();
    world.sync().await;
    let (post, both) = numbers.split_at(1);
    let parcels = json!([{ "carrier_code": "OWL" }, { "carrier_code": "RMT" }]);
    leave(&world, both, &json!({ "parcels": parcels }));
    leave(&world, post, &by("RMT"));
    world.run(Job::Despatches).await;
    assert_eq!(
        text(&mut world, "despatch_exceptions"),
        "5 despatches not told to Cin7 Core: refused by Cin7 Core."
    );
}
