//! Today: what needs someone comes first, every number opens what it counts, and nothing
//! is claimed that is not known.

use std::collections::BTreeSet;
use std::time::Duration;

use engine::runs::Job;
use screens::lists::Lists;
use screens::shapes::{Need, Owner, Screen, TodayView, Tone};
use screens::today::{alert_of, today};
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

fn look(world: &mut World) -> TodayView {
    world.show(today)
}

fn with_sku(sku: &str) -> Value {
    json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": 1 }] } })
}

fn need<'a>(view: &'a TodayView, words: &str) -> &'a Need {
    view.needs
        .iter()
        .find(|need| need.title.contains(words))
        .unwrap_or_else(|| panic!("no need “{words}” in {:#?}", view.needs))
}

/// The numbers of the orders that a need's button opens.
fn opened(world: &mut World, need: &Need) -> BTreeSet<String> {
    let filter = need.go.filter.clone().expect("a list");
    let lists = Lists::default();
    world.show(|views| {
        let list = lists.open(views, &filter)?;
        assert_eq!(list.total, need.count, "{}", need.title);
        let rows = lists.rows(views, list.list, 0, 200)?;
        Ok(rows.into_iter().map(|row| row.number).collect())
    })
}

/// Four orders held for three causes this morning, for this afternoon's cut-off.
async fn four_held() -> (World, Vec<String>) {
    let mut world = World::new();
    let mut numbers = vec![
        world.sale(with_sku("ITEM-01_BLUE")),
        world.sale(with_sku("MUG-01_BLUE")),
    ];
    numbers.push(world.sale(json!({
        "Phone": "", "Contact": "Nobody Known",
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    })));
    numbers.push(world.sale(json!({
        "Carrier": "Express Delivery",
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    })));
    world.sync().await;
    (world, numbers)
}

#[tokio::test(start_paused = true)]
async fn orders_that_will_miss_todays_cut_off_come_first_and_one_click_lists_just_those() {
    let (mut world, numbers) = four_held().await;
    let tomorrow = world.sale(json!({
        "ShipBy": "2026-11-25", "ShippingAddress": { "Postcode": "LS1 4A" },
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sync().await;

    let view = look(&mut world);

    let first = &view.needs[0];
    assert_eq!(first.title, "4 orders will miss today’s 16:00 cut-off");
    assert_eq!(
        first.detail,
        "2 SKU errors, 1 missing telephone, 1 unmapped shipping method"
    );
    assert_eq!(
        (first.button.as_str(), first.owner),
        ("Fix 4", Owner::Office)
    );
    assert_eq!(first.tone, Tone::Stop);
    assert_eq!(opened(&mut world, first), numbers.into_iter().collect());
    let held = &view.figures[0];
    assert_eq!((held.value, held.aside.as_str()), (5, "4 before 16:00"));
    assert_eq!(
        need(&view, &tomorrow).title,
        format!("{tomorrow} needs an address before tomorrow")
    );
}

#[tokio::test(start_paused = true)]
async fn every_order_that_needs_someone_is_counted_in_exactly_one_need() {
    let (mut world, _) = four_held().await;
    // Refused by the warehouse, changed and voided after the hand-over, one put off.
    world.fault(
        json!({ "vendor": "whistl", "fault": "F21", "value": "ACCOUNT_STOPPED", "times": 1 }),
    );
    let rejected = world.good_sale();
    world.sync().await;
    let (changed, voided) = (world.good_sale(), world.good_sale());
    world.sync().await;
    world.edit(
        &changed,
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 5 }] } }),
    );
    world.void(&voided);
    world.run(Job::Orders).await;
    let until = world.now() + chrono::Duration::hours(20);
    let late = world.sale(with_sku("BOARD/22"));
    world.sync().await;
    world
        .engine()
        .put_off(&late, until, "asked the buyer")
        .expect("put off");

    let view = look(&mut world);

    let mut seen = BTreeSet::new();
    for need in view.needs.iter().filter(|need| need.go.filter.is_some()) {
        for number in opened(&mut world, need) {
            assert!(seen.insert(number.clone()), "{number} is in two needs");
        }
    }
    for number in [&rejected, &changed, &voided] {
        assert!(seen.contains(number), "{number} is in no need");
    }
    assert!(!seen.contains(&late), "{late} is put off");
    assert_eq!(
        u32::try_from(seen.len()).unwrap_or_default(),
        view.needs_you
    );
    assert_eq!(view.put_off, 1);
    assert_eq!(view.figures[0].value, view.needs_you);
    assert!(view.figures[0].aside.contains("1 more put off"));
}

#[tokio::test(start_paused = true)]
async fn a_shipping_method_without_a_service_is_told_by_name_and_leads_to_the_maps() {
    let mut world = World::new();
    for _ in 0..3 {
        world.sale(json!({
            "ShipBy": "2026-11-27", "Carrier": "Express Delivery",
            "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
        }));
    }
    world.sync().await;

    let view = look(&mut world);

    let need = need(&view, "not mapped");
    assert_eq!(need.title, "1 shipping method is not mapped");
    assert_eq!(need.detail, "3 orders wait for it: “Express Delivery”");
    assert_eq!(need.count, 3);

    // One that is due today is in that line.
    world.sale(json!({
        "Carrier": "Express Delivery",
        "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] }
    }));
    world.sync().await;
    let view = look(&mut world);
    let need = self::need(&view, "not mapped");
    assert_eq!(
        need.detail,
        "3 orders wait for it, besides 1 told of elsewhere: “Express Delivery”"
    );
    assert_eq!(need.go.screen, Screen::Mappings);
    assert_eq!(need.go.section.as_deref(), Some("service"));
}

#[tokio::test(start_paused = true)]
async fn figures_count_what_their_tabs_list_and_say_why_nothing_leaves() {
    let mut world = World::new();
    world.set(&[("mode", "look_only")]);
    world.good_sale();
    world.sync().await;
    let waiting = |view: &TodayView| (view.figures[1].value, view.figures[1].aside.clone());
    assert_eq!(
        waiting(&look(&mut world)),
        (1, "look only: nothing is sent".into())
    );

    world.engine().go_live().expect("live");
    world.engine().pause_by_hand("stocktaking").expect("paused");
    let view = look(&mut world);
    assert_eq!(waiting(&view), (1, "sending is paused".into()));
    let pause = need(&view, "paused");
    assert!(pause.detail.contains("stocktaking"), "{}", pause.detail);

    world.engine().resume_by_hand().expect("resumed");
    world.run(Job::Deliver).await;
    world.pass(Duration::from_secs(2 * 3_600)).await;
    let view = look(&mut world);
    assert_eq!(waiting(&view), (0, String::new()));
    let there = &view.figures[2];
    assert_eq!((there.value, there.aside.as_str()), (1, "oldest 2 h"));
    assert_eq!(view.needs, [], "nothing is wrong");
    assert!(view.checked.is_some());
}

#[tokio::test(start_paused = true)]
async fn orders_sent_are_counted_by_the_hour_and_quiet_hours_are_there_as_nought() {
    let mut world = World::new();
    world.good_sale();
    world.sync().await;
    world.pass(Duration::from_secs(3 * 3_600)).await;
    world.good_sale();
    world.good_sale();
    world.sync().await;

    let sent = look(&mut world).sent;

    let counts: Vec<u32> = sent.hours.iter().map(|hour| hour.count).collect();
    assert_eq!(counts.len(), 24);
    assert_eq!(counts[20..], [1, 0, 0, 2]);
    assert_eq!(counts[..20], [0; 20]);
    assert_eq!(sent.total, 3);
    assert_eq!(world.orders_at_whistl(), 3);
}

#[tokio::test(start_paused = true)]
async fn calls_of_this_minute_are_split_by_what_they_were_for_and_agree_with_cin7s_count() {
    let mut world = World::new();
    world.good_sale();

    world.sync().await;

    let calls = look(&mut world).calls;
    let theirs = world.truth()["cin7"]["calls"]["total"].as_u64();
    assert_eq!(Some(u64::from(calls.used)), theirs);
    assert_eq!(calls.limit, 55);
    let parts: Vec<&str> = calls.by.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(parts, ["Orders", "Products and lists"]);
    let sum: u32 = calls.by.iter().map(|part| part.count).sum();
    assert_eq!(sum, calls.used);

    world.pass(Duration::from_secs(61)).await;
    assert_eq!(look(&mut world).calls.used, 0);
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_hangs_is_not_shown_as_answering_within_ninety_seconds() {
    let silence = [
        json!({ "vendor": "cin7", "fault": "timeout_before", "value": "silent", "times": 1_000 }),
        json!({ "vendor": "whistl", "fault": "F12", "times": 1_000 }),
    ];
    for (row, fault) in silence.into_iter().enumerate() {
        let mut world = World::new();
        let engine = world.engine();
        let work = tokio::spawn(async move {
            let quiet = |_: &engine::runs::RunReport| {};
            engine.watch(&quiet).await
        });
        world.pass(Duration::from_secs(300)).await;
        let before = look(&mut world).vendors.remove(row);
        assert_eq!((before.state.as_str(), before.tone), ("answers", Tone::Ok));

        world.fault(fault);
        world.pass(Duration::from_secs(90)).await;

        let hung = look(&mut world).vendors.remove(row);
        assert_eq!(hung.state, "no answer since", "{}", hung.name);
        assert_ne!(hung.tone, Tone::Ok);
        assert!(hung.last_good.is_some());
        work.abort();
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_comes_before_everything_and_leads_to_where_it_is_entered() {
    let (mut world, _) = four_held().await;
    world.fault(json!({ "vendor": "cin7", "fault": "key_revoked" }));

    world.sync().await;

    let view = look(&mut world);
    let first = &view.needs[0];
    assert_eq!(first.title, "Cin7 Core refuses the key");
    assert_eq!(first.button, "Enter key");
    assert_eq!(first.go.section.as_deref(), Some("connections"));
    let row = &view.vendors[0];
    assert_eq!(
        (row.state.as_str(), row.tone),
        ("refuses the key", Tone::Stop)
    );
    assert!(row.error_rate.contains("failed"), "{}", row.error_rate);
}

#[tokio::test(start_paused = true)]
async fn when_a_schedule_is_overdue_its_numbers_say_since_when_they_are_old() {
    let mut world = World::new();
    world.watch_for(Duration::from_secs(120)).await;
    let fresh = look(&mut world);
    assert!(
        fresh
            .figures
            .iter()
            .all(|figure| figure.stale_since.is_none())
    );
    let looked = fresh.checked.clone().expect("a good look");

    // Cin7 gives no answer for ten minutes: every look fails.
    world.fault(json!({ "vendor": "cin7", "fault": "server_500", "times": 1_000 }));
    world.watch_for(Duration::from_secs(600)).await;

    let view = look(&mut world);
    let held = view.figures[0].stale_since.clone();
    assert!(held.is_some(), "the figure is marked old");
    assert_eq!(
        view.figures[2].stale_since, None,
        "news of the warehouse came"
    );
    let now: chrono::DateTime<chrono::Utc> = held.expect("since").parse().expect("a time");
    let before: chrono::DateTime<chrono::Utc> = looked.parse().expect("a time");
    assert!(now >= before && now - before < chrono::Duration::minutes(2));
}

#[tokio::test(start_paused = true)]
async fn a_mapped_sku_takes_its_orders_out_of_what_needs_someone() {
    let (mut world, _) = four_held().await;

    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    world.sync().await;

    let view = look(&mut world);
    assert_eq!(
        view.needs[0].title,
        "3 orders will miss today’s 16:00 cut-off"
    );
    assert_eq!(view.figures[0].value, 3);
    assert!(view.latency.is_some(), "one was accepted today");
}

#[tokio::test(start_paused = true)]
async fn while_a_rush_lasts_it_is_told_when_the_queue_will_be_clear() {
    let mut world = World::new();
    world.plenty();
    for _ in 0..150 {
        world.good_sale();
    }
    world.watch_for(Duration::from_secs(30)).await;

    let waiting = look(&mut world).figures.remove(1);

    assert!(waiting.value > 60, "{waiting:?}");
    assert!(
        waiting.aside.ends_with("clear by about 08:02"),
        "{}",
        waiting.aside
    );
    world.watch_for(Duration::from_secs(240)).await;
    let waiting = look(&mut world).figures.remove(1);
    assert_eq!((waiting.value, waiting.aside.as_str()), (0, ""));
    assert!(
        world.cin7_calls("GET sale") <= 151,
        "a sweep in the midst of it reads none a second time; one was cut off by the pause"
    );
}

#[tokio::test(start_paused = true)]
async fn whoever_takes_a_need_is_named_beside_it() {
    let (mut world, _) = four_held().await;
    world.engine().attend().expect("a look");
    let before = look(&mut world).needs.remove(0);
    assert_eq!(before.taken_by, None);

    let engine = world.engine();
    engine.take_alert(alert_of(&before.id)).expect("taken");

    let after = look(&mut world).needs.remove(0);
    assert_eq!(after.id, before.id, "it is the same need");
    assert_eq!(after.taken_by.as_deref(), Some("Ada"));
}

#[tokio::test(start_paused = true)]
async fn a_night_off_is_told_as_such_and_not_as_a_quiet_night() {
    let mut world = World::new();
    world.watch_for(Duration::from_secs(120)).await;
    world.crash();
    world.pass(Duration::from_secs(10 * 3_600)).await;
    world.watch_for(Duration::from_secs(60)).await;

    let view = look(&mut world);

    assert_eq!(view.gaps.len(), 1);
    assert!(
        view.gaps[0]
            .text
            .starts_with("Stockbridge was off from 08:0"),
        "{}",
        view.gaps[0].text
    );
}

#[tokio::test(start_paused = true)]
async fn thousands_of_held_orders_make_a_few_calm_lines() {
    const HELD: u64 = 5_000;
    let mut world = World::new();
    world.crash();
    let mut store = world.open_store().expect("the store");
    let now = world.now();
    store::fill::sales_in(&mut store, store::OrderState::Held, 1, HELD, now).expect("filled");
    drop(store);

    let view = look(&mut world);

    assert_eq!(u64::from(view.needs_you), HELD);
    assert!(view.needs.len() <= 4, "{:#?}", view.needs);
    let told: u64 = view.needs.iter().map(|need| u64::from(need.count)).sum();
    assert_eq!(told, HELD);
    assert!(
        view.needs
            .iter()
            .all(|need| need.title.starts_with(|c: char| c.is_ascii_digit())),
        "{:#?}",
        view.needs
    );
}
