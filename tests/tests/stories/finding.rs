//! Ctrl+K and the log: what is looked for is found, the exact thing first, and every entry is
//! shown once however it is narrowed.

use std::collections::BTreeSet;

use screens::activity::{activity, verify};
use screens::find::find;
use screens::shapes::{
    ActivityFilter, ActivityKind, ActivityRow, Found, FoundKind, OutcomeKind, Screen, VendorKind,
};
use serde_json::json;
use stockbridge_tests::World;

fn found(world: &mut World, text: &str) -> Vec<Found> {
    let found = world.show(|look| find(look, text));
    assert!(found.len() <= 12);
    found
}

#[tokio::test(start_paused = true)]
async fn an_order_is_found_by_its_number_first_and_by_its_customer() {
    let mut world = World::new();
    let numbers: Vec<String> = (0..12).map(|_| world.good_sale()).collect();
    let of_ada = world.sale(json!({
        "Customer": "Ada Quillfeather", "Contact": "Ada Quillfeather",
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] }
    }));
    world.sync().await;

    let exact = found(&mut world, &numbers[0].to_lowercase());
    assert_eq!(
        (exact[0].kind, exact[0].title.as_str()),
        (FoundKind::Order, numbers[0].as_str())
    );
    assert_eq!(exact[0].go.number.as_deref(), Some(numbers[0].as_str()));
    let by_name = found(&mut world, "quillfeather");
    assert_eq!(by_name[0].title, of_ada);
    assert!(
        by_name[0]
            .detail
            .starts_with("Ada Quillfeather · Held before sending · SKU has characters"),
        "{}",
        by_name[0].detail
    );
    let filter = by_name[0].go.filter.clone().expect("its list");
    let lists = screens::lists::Lists::default();
    let opened = world.show(|look| lists.open(look, &filter));
    assert_eq!(opened.total, 1, "the list it opens has it");
    assert!(found(&mut world, "nobody of that name").is_empty());
    assert!(found(&mut world, "  ").is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_order_is_found_by_the_tracking_number_of_its_parcel() {
    let mut world = World::new();
    world.plenty();
    let other = world.good_sale();
    let number = world.good_sale();
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{number}/despatch"),
        &json!({ "parcels": [{
            "carrier_code": "RMG", "service_code": "WHI_STD",
            "tracking_numbers": ["JD 0002 2619 114"]
        }] }),
    );
    world.run(engine::runs::Job::Despatches).await;

    for typed in ["JD00022619114", "jd00022619114", "JD000226"] {
        let found = found(&mut world, typed);
        assert_eq!(found[0].kind, FoundKind::Order, "{typed}");
        assert_eq!(found[0].title, number, "{typed}");
        assert!(found.iter().all(|one| one.title != other));
    }
}

#[tokio::test(start_paused = true)]
async fn a_sku_a_cause_and_a_setting_are_found_by_their_words() {
    let mut world = World::new();
    world.sale(json!({ "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }));
    world.sync().await;

    let sku = found(&mut world, "teapot04");
    assert_eq!(
        (sku[0].kind, sku[0].title.as_str()),
        (FoundKind::Sku, "TEAPOT04")
    );
    assert_eq!(sku[0].go.screen, Screen::Mappings);
    let cause = found(&mut world, "characters whistl");
    assert_eq!(cause[0].kind, FoundKind::Cause);
    assert_eq!(cause[0].detail, "1 order");
    let setting = found(&mut world, "working days");
    assert!(
        setting.iter().any(|found| found.kind == FoundKind::Setting
            && found.go.screen == Screen::Settings
            && found.go.section.is_some()),
        "{setting:#?}"
    );
}

/// Every entry that a filter gives, page by page.
fn entries(world: &mut World, filter: &ActivityFilter, limit: u32) -> Vec<ActivityRow> {
    let (mut rows, mut before) = (Vec::new(), None);
    loop {
        let page = world.show(|look| activity(look, filter, before, limit));
        assert!(page.rows.len() <= limit as usize);
        rows.extend(page.rows);
        before = page.next;
        if before.is_none() {
            return rows;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_log_shows_every_entry_once_however_it_is_paged_and_narrowed() {
    let mut world = World::new();
    let held =
        world.sale(json!({ "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }));
    world.good_sale();
    world.fault(json!({
        "vendor": "whistl", "fault": "F12", "match": { "path": "orders/" }, "value": "refused",
        "times": 1
    }));
    world.sync().await;
    world.pass(std::time::Duration::from_secs(300)).await;
    world.sync().await;
    world.map(store::MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");

    let all = entries(&mut world, &ActivityFilter::default(), 7);
    assert_eq!(all[0].text, "SKU ITEM-01_BLUE mapped to ITEM01BLUE.");
    assert!(
        all.iter().any(|row| row.what == "Setting"
            && row.text
                == "Warehouse’s location in Cin7 Core changed from nothing to Whistl Fulfilment."),
        "{all:#?}"
    );
    let ids: BTreeSet<i64> = all.iter().map(|row| row.entry).collect();
    assert_eq!(ids.len(), all.len(), "an entry came twice");
    let newest = all.first().expect("entries").entry;
    assert_eq!(
        i64::try_from(ids.len()).expect("a count"),
        newest,
        "an entry is missing"
    );
    for row in &all {
        // Codes of the trade are in capitals; a word of ours with a stroke is no English.
        let mut words = row.text.split(' ');
        assert!(
            !words.any(|word| word.contains('_') && word.to_uppercase() != word),
            "{row:#?}"
        );
        assert!(!row.what.is_empty() && !row.who.is_empty(), "{row:#?}");
    }

    let kinds = [
        ActivityKind::Calls,
        ActivityKind::Decisions,
        ActivityKind::Settings,
    ];
    let mut by_kind = BTreeSet::new();
    for kind in kinds {
        let filter = ActivityFilter {
            kind,
            ..ActivityFilter::default()
        };
        for row in entries(&mut world, &filter, 3) {
            assert!(by_kind.insert(row.entry), "{kind:?} overlaps");
        }
    }
    assert!(by_kind.is_subset(&ids));

    let of_order = ActivityFilter {
        find: Some(held.clone()),
        ..ActivityFilter::default()
    };
    let of_order = entries(&mut world, &of_order, 5);
    assert!(
        of_order
            .iter()
            .all(|row| row.number.as_deref() == Some(held.as_str()))
    );
    let failed = ActivityFilter {
        outcome: OutcomeKind::Failed,
        ..ActivityFilter::default()
    };
    let failed = entries(&mut world, &failed, 2);
    assert!(!failed.is_empty(), "the lost call is among them");
    let of_whistl = ActivityFilter {
        vendor: Some(VendorKind::Whistl),
        ..ActivityFilter::default()
    };
    let of_whistl = entries(&mut world, &of_whistl, 4);
    assert!(of_whistl.iter().all(|row| row.vendor == "Whistl"));
    assert!(!of_whistl.is_empty() && of_whistl.len() < all.len());

    let day = |day: &str| ActivityFilter {
        day: Some(day.into()),
        ..ActivityFilter::default()
    };
    assert_eq!(
        entries(&mut world, &day("2026-11-24"), 200).len(),
        all.len()
    );
    assert!(entries(&mut world, &day("2026-11-23"), 200).is_empty());
    let whole = world.show(verify);
    assert!(whole.ok, "{}", whole.text);
}
