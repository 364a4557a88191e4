//! What the owner is told outside the window, and when: over the whole program, with both
//! vendors simulated.

use std::collections::BTreeSet;
use std::time::Duration;

use engine::attention::{Notice, NoticeKind};
use engine::{Engine, Parts, Secrets};
use sandbox::options::{Options, Profile};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::sync::Arc;
use stockbridge_tests::World;
use stockbridge_tests::program::Shop;
use stockbridge_tests::world::{STORE_KEY, tuesday_morning};
use store::{Durability, MapKind, Store, StoreKey};
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::CancellationToken;
use vendor::Clock as _;

/// Runs the schedule for so long, showing what is to be shown.
async fn watch(world: &mut World, minutes: u64) -> Vec<Notice> {
    world.told_over(Duration::from_mins(minutes)).await
}

fn titles(notices: &[Notice]) -> Vec<&str> {
    notices.iter().map(|notice| notice.title.as_str()).collect()
}

/// Without the summary of the day and the comparison of stock, where a story is not about them:
/// the comparison's calls would leave the last of forty sales to the next minute, or not, by
/// which of two calls of the same moment goes first.
async fn calm() -> World {
    let mut world = World::new();
    world.set(&[("alerts.digest_times", "[]"), ("schedule.reconcile", "[]")]);
    watch(&mut world, 3).await;
    world
}

fn held_sales(world: &World) -> Vec<String> {
    let line = json!({ "SKU": "TEAPOT04", "Quantity": 1 });
    (0..40)
        .map(|n| match n {
            0..22 => world
                .sale(json!({ "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } })),
            22..34 => world.sale(
                json!({ "Phone": "", "Contact": "Nobody Known", "Order": { "Lines": [line] } }),
            ),
            _ => world.sale(json!({ "Carrier": "Express Delivery", "Order": { "Lines": [line] } })),
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn forty_holds_of_three_causes_make_one_notice_and_when_all_are_gone_one_all_clear() {
    let mut world = calm().await;
    let numbers = held_sales(&world);
    let began = world.now();

    let shown = watch(&mut world, 10).await;

    assert_eq!(
        titles(&shown),
        [
            "40 orders held: 22 SKU errors, 12 missing telephones, 6 unmapped shipping methods · Office"
        ]
    );
    assert!(
        (shown[0].at - began).num_seconds() <= 120,
        "{}",
        shown[0].at
    );
    assert_eq!(shown[0].go.owner, Some("office"));
    assert_eq!(world.status().attention[0].id, "held:office");

    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    world.map(MapKind::Service, "Express Delivery", "WHI_EXP");
    for number in &numbers[22..34] {
        world.edit(number, json!({ "Phone": "0113 496 0101" }));
    }
    let shown = watch(&mut world, 15).await;

    assert_eq!(titles(&shown), ["Nothing is held for the office any more"]);
    assert_eq!(shown[0].kind, NoticeKind::AllClear);
    assert!(world.status().attention.is_empty());
    let log = journal(&mut world);
    assert!(
        log.iter().any(|text| text.starts_with("40 orders held")),
        "{log:?}"
    );
    assert!(
        log.iter()
            .any(|text| text.starts_with("Nothing is held for the office any more; it lasted")),
        "{log:?}"
    );
}

/// The texts of the journal's entries about alerts.
fn journal(world: &mut World) -> Vec<String> {
    let engine = world.engine();
    engine.read(|reading| {
        let filter = store::JournalFilter {
            kind: Some("alert".into()),
            limit: 1_000,
            ..store::JournalFilter::default()
        };
        reading
            .journal(&filter)
            .expect("the journal")
            .into_iter()
            .map(|entry| entry.text)
            .collect()
    })
}

/// Every text of a vendor's record of a person.
fn personal(value: &Value, found: &mut BTreeSet<String>) {
    const FIELDS: [&str; 11] = [
        "Customer", "Contact", "Phone", "Email", "Line1", "Line2", "City", "Postcode", "name",
        "line1", "postcode",
    ];
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner.as_str() {
                    Some(text) if FIELDS.contains(&name.as_str()) && text.len() > 3 => {
                        found.insert(text.to_owned());
                    }
                    _ => personal(inner, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| personal(item, found)),
        _ => {}
    }
}

#[tokio::test(start_paused = true)]
async fn no_notice_and_no_entry_about_an_alert_names_a_person_a_street_or_a_number() {
    let mut world = World::of(Options {
        orders: 120,
        profile: Profile::Rough,
        seed: 11,
        ..Options::at(tuesday_morning())
    });
    world.set(&[
        ("alerts.waiting_count", "1"),
        ("alerts.digest_times", "[\"08:30\",\"09:30\"]"),
    ]);
    let mut people = BTreeSet::new();
    let truth = world.truth();
    personal(&truth, &mut people);
    for sale in truth["cin7"]["sales"].as_array().into_iter().flatten() {
        personal(sale, &mut people);
    }
    let shown = watch(&mut world, 120).await;
    assert!(shown.len() > 3, "something was shown: {:?}", titles(&shown));
    personal(&world.truth(), &mut people);
    assert!(people.len() > 50, "people to look for: {}", people.len());
    let log = journal(&mut world);
    for text in shown
        .iter()
        .flat_map(|notice| [&notice.title, &notice.body])
        .chain(&log)
    {
        for person in &people {
            assert!(
                !text.contains(person.as_str()),
                "“{person}” stands in “{text}”"
            );
        }
        assert!(!text.contains('@'), "an e-mail address in “{text}”");
    }
}

#[tokio::test(start_paused = true)]
async fn whistl_down_is_told_once_and_its_return_with_how_long_it_took() {
    let mut world = calm().await;
    world.fault(json!({ "vendor": "whistl", "fault": "F06", "for_seconds": 1_500 }));
    world.good_sale();
    let shown = watch(&mut world, 40).await;
    let told = titles(&shown);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("Whistl has not answered since 08:0"),
        "{told:?}"
    );
    assert_eq!(told[1], "Whistl answers again");
    assert!(
        shown[1].body.starts_with("It lasted 2"),
        "{}",
        shown[1].body
    );
}

#[tokio::test(start_paused = true)]
async fn an_alert_that_is_taken_is_kept_with_a_name_and_not_made_stronger() {
    let mut world = calm().await;
    world.fault(json!({ "vendor": "whistl", "fault": "F06", "for_seconds": 20_000 }));
    let shown = watch(&mut world, 20).await;
    assert_eq!(shown.len(), 1, "{:?}", titles(&shown));
    let taken = world
        .engine()
        .take_alert("vendor_silent:whistl")
        .expect("open");
    assert_eq!(taken.taken_by, "Ada");
    let shown = watch(&mut world, 90).await;
    assert!(shown.is_empty(), "{:?}", titles(&shown));
    world.crash();
    let status = world.status();
    assert_eq!(
        status.attention[0].taken_by, "Ada",
        "it outlives the program"
    );
    assert!(
        journal(&mut world)
            .iter()
            .any(|text| text == "Ada has it; before that nobody had")
    );
    let unknown = world
        .engine()
        .take_alert("held:office")
        .expect_err("not open");
    assert_eq!(
        (unknown.code(), unknown.field()),
        ("alert_unknown", Some("id"))
    );
}

#[tokio::test(start_paused = true)]
async fn an_order_put_off_stays_in_the_counts_and_comes_back_by_itself() {
    let mut world = calm().await;
    let number = world.sale(json!({ "Phone": "", "Contact": "Nobody Known", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    let shown = watch(&mut world, 5).await;
    assert_eq!(
        titles(&shown),
        [format!("{number} held: no telephone number · Office")]
    );
    let until = world.now() + chrono::Duration::hours(2);
    world
        .engine()
        .put_off(&number, until, "the customer calls back")
        .expect("put off");
    assert_eq!(world.status().needs_you, 1, "it still counts as open");
    let detail = world.order(&number);
    let put_off = detail.put_off.expect("put off");
    assert_eq!(
        (put_off.who.as_str(), put_off.why.as_str()),
        ("Ada", "the customer calls back")
    );
    let shown = watch(&mut world, 115).await;
    assert!(shown.is_empty(), "{:?}", titles(&shown));

    let shown = watch(&mut world, 10).await;

    assert_eq!(
        titles(&shown),
        [format!("{number} held: no telephone number · Office")],
        "back, and told of anew"
    );
    assert!(world.order(&number).put_off.is_none());
    let last = world.order(&number).timeline.pop().expect("an entry");
    assert_eq!(
        (last.operation.as_str(), last.who.as_str()),
        ("bring_back", "auto")
    );
}

#[tokio::test(start_paused = true)]
async fn what_makes_no_sense_is_refused_with_its_field_and_what_would_be_right() {
    let mut world = World::new();
    let held = world.sale(json!({ "Phone": "", "Contact": "Nobody Known", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    let fine = world.good_sale();
    world.sync().await;
    let engine = world.engine();
    let (now, later) = (world.now(), world.now() + chrono::Duration::hours(1));
    let long = "x".repeat(2_001);
    let cases = [
        (engine.put_off(&held, now, "why"), "time_past", "until"),
        (engine.put_off(&held, later, "  "), "reason_missing", "why"),
        (engine.put_off(&held, later, &long), "text_too_long", "why"),
        (
            engine.put_off(&fine, later, "why"),
            "needs_nobody",
            "number",
        ),
        (
            engine.put_off("SO-99999", later, "why"),
            "order_unknown",
            "number",
        ),
        (engine.bring_back(&held), "not_put_off", "number"),
        (engine.assign(&held, "nobody"), "owner_unknown", "owner"),
        (engine.assign(&fine, "office"), "needs_nobody", "number"),
        (engine.note(&held, "", None), "text_missing", "text"),
        (engine.note(&held, &long, None), "text_too_long", "text"),
        (
            engine.note(&held, "look", Some("everybody")),
            "owner_unknown",
            "to",
        ),
    ];
    for (result, code, field) in cases {
        let fault = result.expect_err(code);
        assert_eq!((fault.code(), fault.field()), (code, Some(field)));
        assert!(fault.to_string().len() > 20, "{fault}");
    }
    engine
        .note(&held, &"x".repeat(2_000), None)
        .expect("just short enough");
}

#[tokio::test(start_paused = true)]
async fn an_order_given_to_finance_is_theirs_and_both_owners_hours_are_counted() {
    let mut world = calm().await;
    let number = world.sale(json!({ "Phone": "", "Contact": "Nobody Known", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    watch(&mut world, 61).await;
    world.engine().assign(&number, "finance").expect("given");
    world
        .engine()
        .note(&number, "Is it paid?", Some("finance"))
        .expect("noted");
    assert_eq!(world.order(&number).order.owner.as_deref(), Some("finance"));
    watch(&mut world, 120).await;
    assert_eq!(
        world.order(&number).order.owner.as_deref(),
        Some("finance"),
        "looks at Cin7 meanwhile change nothing about that"
    );
    assert_eq!(world.status().attention[0].id, "held:finance");
    world.edit(&number, json!({ "Phone": "0113 496 0101" }));
    watch(&mut world, 3).await;

    assert_eq!(world.state(&number), "at_warehouse");
    let owners = world.look(|views| views.owners(7));
    let of = |word: &str| {
        let owner = owners
            .iter()
            .find(|owner| owner.owner == word)
            .expect("listed");
        (
            owner.orders,
            owner.turns,
            owner.seconds / 60,
            owner.waiting_seconds,
        )
    };
    let (orders, turns, minutes, waiting) = of("office");
    assert_eq!((orders, turns, waiting), (0, 1, 0));
    assert!((59..=61).contains(&minutes), "{minutes}");
    let (_, turns, minutes, _) = of("finance");
    assert_eq!(turns, 1);
    assert!((120..=122).contains(&minutes), "{minutes}");
    let detail = world.order(&number);
    assert_eq!(
        (detail.notes[0].text.as_str(), detail.notes[0].to),
        ("Is it paid?", Some("finance"))
    );
    let said: Vec<(String, String)> = detail
        .timeline
        .into_iter()
        .filter(|entry| entry.who == "Ada")
        .map(|entry| (entry.operation, entry.text))
        .collect();
    assert_eq!(
        said,
        [
            (
                "assign".to_owned(),
                "Given to finance; before that it was office's".to_owned()
            ),
            ("note".to_owned(), "Wrote a note for finance".to_owned()),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn before_the_cut_off_what_would_miss_it_is_told_and_fixing_all_cancels_the_repeat() {
    let mut world = calm().await;
    for _ in 0..4 {
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }));
    }
    // 08:03 so far; to 14:25.
    let shown = watch(&mut world, 6 * 60 + 22).await;
    assert_eq!(titles(&shown), ["4 orders held: 4 SKU errors · Office"]);
    let shown = watch(&mut world, 20).await;
    assert_eq!(
        titles(&shown),
        ["4 orders will miss the 16:00 cut-off · Office"]
    );
    assert_eq!(shown[0].body, "4 SKU errors. All can still be saved.");
    assert!((14..15).contains(&chrono::Timelike::hour(&shown[0].at)));
    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    let shown = watch(&mut world, 120).await;
    let ends: BTreeSet<&str> = titles(&shown).into_iter().collect();
    assert_eq!(
        ends,
        BTreeSet::from([
            "All orders for the cut-off are on their way",
            "Nothing is held for the office any more"
        ])
    );
}

#[tokio::test(start_paused = true)]
async fn three_hours_asleep_are_told_with_their_length_and_end_when_caught_up() {
    let mut world = calm().await;
    world.crash();
    world.pass(Duration::from_secs(3 * 3_600)).await;
    let number = world.good_sale();
    let shown = watch(&mut world, 10).await;
    let told = titles(&shown);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("Stockbridge was off for 3 h"),
        "{told:?}"
    );
    assert_eq!(told[1], "Caught up with what happened meanwhile");
    assert_eq!(world.state(&number), "at_warehouse");
    world.crash();
    world.pass(Duration::from_secs(600)).await;
    let shown = watch(&mut world, 10).await;
    assert!(
        shown.is_empty(),
        "ten minutes are no news: {:?}",
        titles(&shown)
    );
}

#[tokio::test(start_paused = true)]
async fn the_days_summary_says_all_clear_only_when_nothing_is_open_and_every_run_was_finished() {
    let mut world = World::new();
    world.set(&[("alerts.digest_times", "[\"09:00\",\"10:00\",\"11:00\"]")]);
    watch(&mut world, 10).await;
    for _ in 0..6 {
        world.good_sale();
    }
    let shown = watch(&mut world, 55).await;
    assert_eq!(titles(&shown), ["All clear"]);
    let body = &shown[0].body;
    assert!(body.starts_with("6 of 6 orders sent."), "{body}");
    for checked in [
        "Cin7 Core’s sales at 08:59",
        "the warehouse’s news at 08:5",
        "every open sale and order at",
    ] {
        assert!(body.contains(checked), "{checked} not in {body}");
    }

    let number = world.sale(json!({ "Phone": "", "Contact": "Nobody Known", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    let shown = watch(&mut world, 60).await;
    let digest = shown
        .iter()
        .find(|n| n.kind == NoticeKind::Digest)
        .expect("a digest");
    assert_eq!(digest.title, "Today so far: 1 thing needs someone");
    assert!(
        digest.body.contains(&format!(
            "Open: {number} held: no telephone number · Office"
        )),
        "{}",
        digest.body
    );

    world.edit(&number, json!({ "Phone": "0113 496 0101" }));
    world.fault(json!({ "vendor": "cin7", "fault": "server_500", "times": 6 }));
    let shown = watch(&mut world, 60).await;
    let digest = shown
        .iter()
        .find(|n| n.kind == NoticeKind::Digest)
        .expect("a digest");
    assert_eq!(
        digest.title,
        "Today so far: nothing is open, but not every run was finished"
    );
    assert!(
        digest.body.contains("did not get to the end"),
        "{}",
        digest.body
    );
    assert!(!digest.body.to_lowercase().contains("all clear"));
}

#[tokio::test(start_paused = true)]
async fn a_notice_that_fails_is_seen_in_the_window_until_one_is_shown_again() {
    let mut world = calm().await;
    world.sale(json!({ "Phone": "", "Contact": "Nobody Known", "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }));
    world.sync().await;
    let engine = world.engine();
    let mut notices: Receiver<Notice> = engine.notices();
    assert!(
        engine.attend().expect("looked").is_empty(),
        "a burst may go on"
    );
    world.pass(Duration::from_secs(6)).await;
    assert_eq!(engine.attend().expect("looked").len(), 1);
    let notice = notices.try_recv().expect("given out");
    engine
        .notice_failed(&notice.id, "No notification service answers")
        .expect("noted");
    engine.attend().expect("looked");
    let open: Vec<String> = world.status().attention.into_iter().map(|a| a.id).collect();
    assert_eq!(open, ["notifications_unavailable", "held:office"]);
    world.pass(Duration::from_secs(301)).await;
    let again = engine.attend().expect("looked");
    assert_eq!(again.len(), 1, "tried again after five minutes");
    engine.notice_shown(&again[0].id).expect("noted");
    world.pass(Duration::from_secs(60)).await;
    engine.attend().expect("looked");
    let open: Vec<String> = world.status().attention.into_iter().map(|a| a.id).collect();
    assert_eq!(open, ["held:office"]);
}

#[tokio::test(start_paused = true)]
async fn a_disk_that_runs_short_is_told_of_before_it_is_full() {
    let mut world = calm().await;
    world.set(&[("alerts.disk_free_mb", "1000000")]);
    let shown = watch(&mut world, 2).await;
    let free = world.engine().read(store::Reading::free_room);
    if free.is_some_and(|free| free < 1_000_000_000_000) {
        assert!(
            titles(&shown)[0].starts_with("Only "),
            "{:?}",
            titles(&shown)
        );
        world.set(&[("alerts.disk_free_mb", "0")]);
        let shown = watch(&mut world, 2).await;
        assert_eq!(titles(&shown), ["There is room on the disk again"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_five_minutes_off_is_told_of_and_its_setting_right_too() {
    let mut world = calm().await;
    // Both vendors' clocks are slow, which is to say that ours is fast.
    world.fault(json!({ "vendor": "cin7", "fault": "clock_skew", "value": -5 }));
    world.fault(json!({ "vendor": "whistl", "fault": "F19", "value": -300 }));
    let shown = watch(&mut world, 10).await;
    let told = titles(&shown);
    assert_eq!(told, ["This computer’s clock is 5 min fast · System"]);
    world.heal();
    let shown = watch(&mut world, 10).await;
    assert_eq!(titles(&shown), ["This computer’s clock is right again"]);
}

/// Another program at the same accounts, with a folder of its own.
fn another(world: &World, folder: &tempfile::TempDir) -> Arc<Engine> {
    let options = store::Options {
        durability: Durability::Fast,
        program: "another computer",
        now: world.clock.now(),
    };
    let key = StoreKey::from_hex(STORE_KEY).expect("a key");
    let mut store = Store::open(folder.path(), Some(key), options).expect("a store");
    engine::store_settings(&mut store, &live_settings(), "Ben", world.clock.now()).expect("stored");
    let keys = world.vendor(|sandbox| sandbox.keys());
    let secret = |text: &str| Some(SecretString::from(text.to_owned()));
    let engine = Engine::assemble(Parts {
        store,
        secrets: Secrets {
            cin7_account: secret(&keys.account_id),
            cin7_key: secret(&keys.cin7),
            whistl_key: secret(&keys.whistl),
        },
        wire: world.wire.clone(),
        clock: Arc::new(world.clock),
        user: "Ben".into(),
        stop: CancellationToken::new(),
    })
    .expect("an engine");
    for (method, service) in [
        ("Royal Mail Tracked 48", "WHI_STD"),
        ("Royal Mail Tracked 24", "WHI_STD"),
        ("DPD Next Day", "WHI_EXP"),
        ("International Tracked", "WHI_INT"),
    ] {
        engine
            .map(MapKind::Service, method, service, "test")
            .expect("a good entry");
    }
    engine
}

fn live_settings() -> engine::Settings {
    let mut settings = engine::Settings::default();
    for (key, value) in [
        ("cin7.base_url", stockbridge_tests::wire::CIN7),
        ("whistl.base_url", stockbridge_tests::wire::WHISTL),
        ("mode", "live"),
        ("cin7.location", "Whistl Fulfilment"),
    ] {
        settings.set_text(key, value).expect("a good setting");
    }
    settings
}

#[tokio::test(start_paused = true)]
async fn a_second_computer_is_found_stops_itself_and_goes_on_at_a_persons_word() {
    let mut world = calm().await;
    let numbers: Vec<String> = (0..3).map(|_| world.good_sale()).collect();
    world.sync().await;
    let folder = tempfile::tempdir().expect("a folder");
    let second = another(&world, &folder);

    second.run(engine::runs::Job::Orders).await.expect("a run");

    let pause = second.sending_paused().expect("read").expect("paused");
    assert_eq!(pause.by, "auto: another copy");
    assert!(pause.why.contains("never sent it"), "{}", pause.why);
    let notices = second.attend().expect("looked");
    let told: Vec<&str> = notices.iter().map(|notice| notice.title.as_str()).collect();
    assert!(
        told.contains(&"Another program sends this account’s orders · System"),
        "{told:?}"
    );
    for number in &numbers {
        assert_eq!(world.at_whistl(number).expect("there")["created"], 1);
    }

    world.pass(Duration::from_secs(60)).await;
    second.resume_by_hand().expect("resumed");
    second.run(engine::runs::Job::Orders).await.expect("a run");
    assert!(
        second.sending_paused().expect("read").is_none(),
        "what came there before is no news any more"
    );
    let news = world.good_sale();
    second.run(engine::runs::Job::Orders).await.expect("a run");
    assert_eq!(world.at_whistl(&news).expect("there")["created"], 1);

    // The first one has seen nothing of that order go, and now learns of it.
    world.sync().await;
    let paused = world.engine().sending_paused().expect("read");
    assert!(paused.is_some_and(|pause| pause.by == "auto: another copy"));
    assert_eq!(
        world.at_whistl(&news).expect("there")["created"],
        1,
        "once, all the same"
    );
}

#[tokio::test(start_paused = true)]
async fn one_computer_alone_is_never_taken_for_two() {
    let mut world = World::of(Options {
        orders: 60,
        profile: Profile::Rough,
        seed: 5,
        ..Options::at(tuesday_morning())
    });
    world.fault(json!({ "vendor": "whistl", "fault": "F01", "times": 3 }));
    watch(&mut world, 120).await;
    let found: Vec<String> = world.status().attention.into_iter().map(|a| a.id).collect();
    assert!(!found.contains(&"another_copy".to_owned()), "{found:?}");
}

#[test]
fn what_needs_someone_can_be_seen_to_from_the_command_line() {
    let shop = Shop::with(&["--orders", "20", "--seed", "7"]);
    shop.cli.set_up(&shop.served.line);
    shop.cli.must(&["sync", "orders"]);

    let listed = shop.cli.must(&["alerts"]);
    let held = &listed["alerts"][0];
    assert_eq!(held["code"], "held", "{listed}");
    let id = held["id"].as_str().expect("an id");
    let taken = shop.cli.must(&["alerts", "take", id]);
    assert!(
        taken["taken_by"]
            .as_str()
            .is_some_and(|who| !who.is_empty())
    );
    assert_eq!(
        shop.cli.must(&["alerts", "list"])["alerts"][0]["taken_by"],
        taken["taken_by"]
    );
    shop.cli.must(&["alerts", "done", id]);
    let again = shop.cli.must(&["alerts", "take", id]);
    assert_eq!(
        again["count"], held["count"],
        "its cause remains, so it is open again"
    );
    let (status, refused) = shop.cli.run(&["alerts", "take", "backlog"]);
    assert_eq!(
        (status, &refused["error"]["field"]),
        (2, &json!("id")),
        "{refused}"
    );

    let orders = shop.cli.must(&["orders", "--state", "held"]);
    let number = orders["orders"][0]["number"].as_str().expect("a number");
    let before = shop.cli.must(&["status"])["needs_you"].clone();
    let put_off = shop.cli.must(&[
        "put-off",
        number,
        "--until",
        "2099-01-01 09:00",
        "--reason",
        "stock arrives",
    ]);
    assert_eq!(put_off["put_off"]["until"], "2099-01-01T09:00:00.000Z");
    assert_eq!(
        shop.cli.must(&["status"])["needs_you"],
        before,
        "it still counts"
    );
    let back = shop.cli.must(&["bring-back", number]);
    assert_eq!(back["put_off"], Value::Null);
    let (status, refused) = shop
        .cli
        .run(&["put-off", number, "--until", "soon", "--reason", "x"]);
    assert_eq!(
        (status, &refused["error"]["field"]),
        (2, &json!("--until")),
        "{refused}"
    );
    let given = shop.cli.must(&["assign", number, "finance"]);
    assert_eq!(
        (&given["owner"], &given["assigned"]),
        (&json!("finance"), &json!("finance"))
    );
    let noted = shop
        .cli
        .must(&["note", number, "Is it paid?", "--to", "finance"]);
    assert_eq!(noted["notes"][0]["text"], "Is it paid?");
    let order = shop.cli.must(&["order", number]);
    assert_eq!(order["notes"], noted["notes"], "kept with its history");
    let owners = shop.cli.must(&["owners"]);
    let finance = owners["owners"]
        .as_array()
        .expect("owners")
        .iter()
        .find(|owner| owner["owner"] == "finance")
        .expect("listed");
    assert_eq!(finance["orders"], 1, "{owners}");
}
