//! The proof pack: who knew what and when, for somebody who was not there; and the day's
//! despatches as finance sees them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use engine::proof::{self, Facts, Form, Wanted};
use engine::runs::Job;
use engine::views::ReadyView;
use serde_json::{Value, json};
use stockbridge_tests::World;
use stockbridge_tests::program::{Cli, program};
use store::MapKind;

const HOUR: u64 = 3_600;

/// An order that was held for its SKU until the afternoon, and left after it had to.
async fn a_late_order() -> (World, String) {
    let mut world = World::new();
    world.plenty();
    let number = world.sale(json!({
        "ShipBy": "2026-11-24T00:00:00",
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] }
    }));
    let more = json!({ "sku": "ITEM-01_BLUE", "location": "Whistl Fulfilment", "change": 1_000 });
    world.control("POST", "cin7/stock", &more);
    world.sync().await;
    assert_eq!(world.state(&number), "held");
    world.pass(Duration::from_secs(9 * HOUR)).await;
    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    world.sync().await;
    assert_eq!(world.state(&number), "at_warehouse");
    world.pass(Duration::from_secs(3 * HOUR)).await;
    despatch(
        &world,
        &number,
        json!({ "parcels": [{
            "carrier_code": "RMG", "service_code": "WHI_STD",
            "tracking_numbers": ["=cmd|' /C calc'!A0"]
        }] }),
    );
    world.pass(Duration::from_secs(60)).await;
    world.run(Job::Despatches).await;
    assert_eq!(world.state(&number), "despatched");
    (world, number)
}

fn despatch(world: &World, number: &str, body: Value) {
    world.control("POST", &format!("whistl/orders/{number}/despatch"), &body);
}

fn facts(world: &mut World, number: &str) -> Facts {
    let wanted = Wanted::Numbers(vec![number.to_owned()]);
    world.look(|views| views.proof(&wanted))
}

/// The command line over the world's own folder.
fn program_over(world: &World) -> Cli {
    Cli::new(&program(), world.folder(), &Value::Null)
}

fn told(path: &Path) -> &str {
    path.to_str().expect("a path in plain letters")
}

/// Where a pack is written, beside the data.
fn at(world: &World, name: &str) -> PathBuf {
    world.folder().join(name)
}

#[tokio::test(start_paused = true)]
async fn a_late_orders_pack_tells_the_right_times_in_the_right_order() {
    let (mut world, number) = a_late_order().await;

    let facts = facts(&mut world, &number);

    let order = &facts.orders[0];
    let row = world.order(&number);
    let despatch = &row.despatches[0];
    assert_eq!(order.authorised_at, row.order.authorised_at);
    assert_eq!(order.accepted_at, row.order.accepted_at);
    assert_eq!(order.left_at.as_ref(), Some(&despatch.despatched_at));
    assert_eq!(order.posted_at, despatch.posted_at);
    let said: Vec<&str> = order.moments.iter().map(|one| one.what.as_str()).collect();
    let mut places = Vec::new();
    for wanted in [
        "Authorised in Cin7 Core",
        "Held: ",
        "Sending it to Whistl",
        "Accepted by Whistl",
        "Handed to the carrier: ",
        "made known by Whistl",
        "received by Stockbridge",
        "posted to Cin7 Core",
    ] {
        let place = said.iter().position(|one| one.contains(wanted));
        places.push(place.unwrap_or_else(|| panic!("{wanted} is not in {said:#?}")));
    }
    assert!(places.is_sorted(), "{said:#?}");
    // To the second, which is how finely the warehouse stamps.
    let times: Vec<&str> = order.moments.iter().map(|one| &one.at[..19]).collect();
    assert!(times.is_sorted(), "{times:#?}");
    let held = order.waits.iter().find(|one| one.who == "office");
    assert_eq!(held.expect("the office's wait").seconds / 3_600, 9);
    let page = proof::written(&facts, Form::Html);
    assert!(
        page.contains("after it had to"),
        "it says that it left late"
    );

    let truth = world.truth();
    let left = truth["whistl"]["despatches"][0]["despatched_at"].as_str();
    let left = chrono::DateTime::parse_from_rfc3339(left.expect("a stamp")).expect("a time");
    let ours = chrono::DateTime::parse_from_rfc3339(&despatch.despatched_at).expect("a time");
    assert_eq!(
        ours.timestamp(),
        left.timestamp(),
        "the warehouse's own stamp"
    );
}

#[tokio::test(start_paused = true)]
async fn every_entry_of_the_order_is_in_its_pack_with_its_hashes() {
    let (mut world, number) = a_late_order().await;
    let facts = facts(&mut world, &number);
    let entries = &facts.orders[0].entries;
    let sent = entries
        .iter()
        .find(|one| one.kind == "intention" && one.operation == "submit")
        .expect("the message's entry");
    assert!(sent.request_sha256.is_some());
    let verified = world.look(|views| Ok(views.reading.verify()?.expect("a sound log")));
    assert_eq!(facts.head.entries, verified.entries);
    assert_eq!(facts.head.hash, engine::views::hex(&verified.head));
    for form in [Form::Html, Form::Csv] {
        let checked = proof::check(&proof::written(&facts, form), form).expect("as it was made");
        assert_eq!(checked.linked + checked.withheld, entries.len());
    }
}

#[tokio::test(start_paused = true)]
async fn no_customer_is_in_a_pack() {
    let (mut world, number) = a_late_order().await;
    let order = world.order(&number).order;
    let reference = order.client_reference.expect("a reference");
    let payload = world.at_whistl(&reference).expect("there")["payload"].clone();
    let facts = facts(&mut world, &number);
    let packs = [Form::Html, Form::Csv].map(|form| proof::written(&facts, form));
    for field in ["name", "line1", "town", "postcode", "phone", "email"] {
        let personal = payload["delivery"][field].as_str().unwrap_or_default();
        if personal.len() > 3 {
            let found = packs.iter().any(|pack| pack.contains(personal));
            assert!(!found, "the {field} “{personal}” is in the pack");
        }
    }
    assert!(
        payload["delivery"]["name"]
            .as_str()
            .is_some_and(|name| name.len() > 3)
    );
}

#[tokio::test(start_paused = true)]
async fn a_cell_that_begins_like_a_formula_is_text_in_the_table() {
    let (mut world, number) = a_late_order().await;
    let table = proof::written(&facts(&mut world, &number), Form::Csv);
    assert!(table.contains("\"'=cmd|' /C calc'!A0\""), "{table}");
    assert!(!table.contains(",\"=cmd"), "{table}");
}

#[tokio::test(start_paused = true)]
async fn a_pack_is_verified_without_a_database_and_one_changed_byte_fails() {
    let (world, number) = a_late_order().await;
    let cli = program_over(&world);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let receiver = Cli::new(&program(), &elsewhere.path().join("none"), &Value::Null);
    for name in ["late.html", "late.csv"] {
        let file = at(&world, name);
        let made = cli.must(&["proof", &number, "--out", told(&file)]);
        assert_eq!(made["orders"], json!([number]));

        let verified = receiver.must(&["proof", "verify", told(&file)]);

        assert_eq!(verified["ok"], true, "{verified}");
        assert_eq!(verified["fingerprint"], made["fingerprint"]);
        let mut bytes = std::fs::read(&file).expect("the pack");
        let place = bytes
            .windows(14)
            .position(|window| window == b"Accepted by Wh")
            .expect("what it shows");
        bytes[place] = b'a';
        std::fs::write(&file, bytes).expect("written");
        let (status, answer) = receiver.run(&["proof", "verify", told(&file)]);
        assert_eq!((status, &answer["ok"]), (4, &json!(false)), "{answer}");
        assert_eq!(answer["error"]["code"], "proof_altered");
    }
    assert!(
        !elsewhere.path().join("none").exists(),
        "verifying makes no folder of data"
    );
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_proven_is_named_with_its_field_and_the_fix() {
    let (world, number) = a_late_order().await;
    let cli = program_over(&world);
    let (page, text) = (at(&world, "late.html"), at(&world, "late.pdf"));
    for (arguments, field, says) in [
        (
            vec!["proof", "SO-99999", "--out", told(&page)],
            "number",
            "`orders` lists them",
        ),
        (
            vec!["proof", &number, "--out", told(&text)],
            "--out",
            ".html",
        ),
        (
            vec!["proof", "--from", "24/11/2026", "--out", told(&page)],
            "--from",
            "2026-11-24",
        ),
        (
            vec![
                "proof",
                "--from",
                "2026-11-24",
                "--to",
                "2026-11-23",
                "--out",
                told(&page),
            ],
            "to",
            "before",
        ),
        (
            vec!["proof", "--from", "2026-10-01", "--out", told(&page)],
            "from",
            "other days",
        ),
        (vec!["proof", "verify", told(&text)], "FILE", ".csv"),
    ] {
        let (status, answer) = cli.run(&arguments);
        assert_eq!(status, 2, "{arguments:?}: {answer}");
        let error = &answer["error"];
        assert_eq!(error["field"], field, "{arguments:?}: {answer}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(says), "{arguments:?}: {message}");
    }
    assert!(!page.exists(), "nothing is written by half");
}

#[tokio::test(start_paused = true)]
async fn a_pack_of_days_has_the_orders_that_came_in_on_them() {
    let (mut world, number) = a_late_order().await;
    world.pass(Duration::from_secs(24 * HOUR)).await;
    let next = world.good_sale();
    world.sync().await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
    let mut of = |first, last| -> Vec<String> {
        let facts = world.look(|views| views.proof(&Wanted::Days(day(first), day(last))));
        facts.orders.into_iter().map(|order| order.number).collect()
    };
    assert_eq!(of(24, 24), [number.as_str()]);
    assert_eq!(of(25, 25), [next.as_str()]);
    assert_eq!(of(20, 30), [number.as_str(), next.as_str()]);
}

fn teapots(units: u32) -> Value {
    json!({ "lines": [{ "sku": "TEAPOT04", "quantity": units }] })
}

fn ready(world: &mut World, day: u32) -> ReadyView {
    let date = NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
    world.look(|views| views.ready(date))
}

#[tokio::test(start_paused = true)]
async fn finance_sees_each_despatch_of_the_day_once_and_the_sums_are_the_warehouses() {
    let mut world = World::new();
    world.plenty();
    let order = |units: u32| {
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": units }] } }))
    };
    let (whole, parts, part, waits) = (order(2), order(5), order(5), order(3));
    world.sync().await;
    despatch(&world, &whole, json!({}));
    despatch(&world, &parts, teapots(2));
    despatch(&world, &parts, teapots(3));
    despatch(&world, &part, teapots(1));
    world.run(Job::Despatches).await;
    world.fault(json!({ "vendor": "cin7", "fault": "server_503" }));
    despatch(&world, &waits, json!({}));
    world.run(Job::Despatches).await;

    let view = ready(&mut world, 24);

    let group = |number: &str| {
        let found = view.orders.iter();
        let mut found = found.filter(|one| one.number.as_deref() == Some(number));
        let first = found.next().map(|one| one.group);
        assert!(found.next().is_none(), "{number} is there once");
        first
    };
    assert_eq!(group(&whole), Some("posted"));
    assert_eq!(group(&parts), Some("posted"));
    assert_eq!(group(&part), Some("part_despatched"));
    assert_eq!(group(&waits), Some("not_posted"));
    assert_eq!((view.posted.orders, view.posted.despatches), (2, 3));
    assert_eq!(view.posted.units, "7");
    assert_eq!(
        (view.not_posted.orders, view.not_posted.units.as_str()),
        (1, "3")
    );
    assert_eq!(
        (
            view.part_despatched.orders,
            view.part_despatched.units.as_str()
        ),
        (1, "1")
    );

    let truth = world.truth();
    let left = truth["whistl"]["despatches"].as_array().expect("a list");
    let units: i64 = left
        .iter()
        .flat_map(|one| one["lines"].as_array().expect("lines"))
        .map(|line| {
            line["quantity"]
                .as_str()
                .expect("a number")
                .parse::<i64>()
                .expect("one")
        })
        .sum();
    assert_eq!(view.total.despatches, left.len() as u64);
    assert_eq!(view.total.units, units.to_string());
    assert_eq!(view.total.without_value, 0);
    let pence = |text: &str| text.replace('.', "").parse::<i64>().expect("money");
    let each: i64 = view
        .orders
        .iter()
        .map(|one| pence(one.value.as_deref().expect("a value")))
        .sum();
    assert_eq!(pence(&view.total.value["GBP"]), each);

    assert_eq!(ready(&mut world, 23).total.despatches, 0);
    world.heal();
    world.watch_for(Duration::from_secs(2 * HOUR)).await;
    let later = ready(&mut world, 24);
    assert_eq!(later.not_posted.orders, 0, "told since");
    assert_eq!(later.posted.orders, 3);
}

#[tokio::test(start_paused = true)]
async fn finance_is_told_the_same_on_the_command_line() {
    let (world, number) = a_late_order().await;
    let cli = program_over(&world);
    let told = cli.must(&["finance", "ready", "--date", "2026-11-24"]);
    assert_eq!(told["posted"]["orders"], 1, "{told}");
    assert_eq!(told["orders"][0]["number"], json!(number));
    let (status, answer) = cli.run(&["finance", "ready", "--date", "yesterday"]);
    assert_eq!((status, &answer["error"]["field"]), (2, &json!("--date")));
}
