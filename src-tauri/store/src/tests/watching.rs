//! Cursors, vendors, calls, runs, latency, gaps, maps, settings and the vendors' lists.

use chrono::{Duration, NaiveDate};
use rust_decimal::Decimal;

use super::world::*;
use crate::{Cursor, Gap, ItemRow, MapKind, ProductRow, RunRow, ServiceRow, StoreFault, VendorRow};

#[test]
fn a_cursor_moves_with_what_was_read_or_not_at_all() {
    let mut world = World::new();
    let cursor = Cursor {
        value: "2026-11-24".into(),
        epoch: "1".into(),
        at: noon(),
    };
    world
        .store()
        .write(|w| w.put_cursor("sales", &cursor))
        .unwrap();
    let failed: Result<(), _> = world.store().write(|w| {
        w.put_cursor(
            "sales",
            &Cursor {
                value: "later".into(),
                ..cursor.clone()
            },
        )?;
        Err(StoreFault::Full)
    });
    assert!(failed.is_err());
    assert_eq!(
        world.store().reading().cursor("sales").unwrap(),
        Some(cursor)
    );
    assert_eq!(world.store().reading().cursor("other").unwrap(), None);
}

#[test]
fn a_vendors_health_comes_back_as_it_was() {
    let mut world = World::new();
    assert_eq!(
        world.store().reading().vendor("cin7").unwrap(),
        VendorRow::default()
    );
    let row = VendorRow {
        last_good: Some(noon()),
        last_bad: Some(after(1)),
        failures: 3,
        failing_since: Some(after(1)),
        paused_until: Some(after(5)),
        stopped: "key refused".into(),
        last_fault: "403".into(),
    };
    world.store().write(|w| w.put_vendor("cin7", &row)).unwrap();
    assert_eq!(world.store().reading().vendor("cin7").unwrap(), row);
}

#[test]
fn calls_of_the_last_minutes_outlive_a_restart_to_the_nanosecond() {
    let mut world = World::new();
    let odd = noon() + Duration::nanoseconds(999_999);
    world
        .store()
        .note_call("cin7", "orders", noon() - Duration::minutes(11))
        .unwrap();
    world.store().note_call("cin7", "orders", odd).unwrap();
    world
        .store()
        .note_call("whistl", "orders", after(1))
        .unwrap();
    world.restart().unwrap();
    let calls = world
        .store()
        .reading()
        .recent_calls("cin7", noon() - Duration::hours(1))
        .unwrap();
    assert_eq!(calls, [odd], "older ones limit nothing and are gone");
}

#[test]
fn runs_are_listed_newest_first_and_end_as_they_ended() {
    let mut world = World::new();
    let run = |n: i64, kind: &str| RunRow {
        id: format!("run-{n}"),
        kind: kind.into(),
        started: after(n),
        finished: None,
        outcome: String::new(),
        counts: Vec::new(),
        calls: Vec::new(),
        faults: Vec::new(),
    };
    let ended = RunRow {
        finished: Some(after(9)),
        outcome: "partial".into(),
        counts: vec![("seen".into(), 12)],
        calls: vec![("cin7".into(), 13)],
        faults: vec!["Cin7 was busy".into()],
        ..run(1, "orders")
    };
    world
        .store()
        .write(|w| {
            w.begin_run(&run(1, "orders"))?;
            w.begin_run(&run(2, "sweep"))?;
            w.end_run(&ended)
        })
        .unwrap();
    let last = world.store().reading().last_run("orders").unwrap().unwrap();
    assert_eq!(format!("{last:?}"), format!("{ended:?}"));
    let all = world.store().reading().runs(None, 10).unwrap();
    assert_eq!(
        all.iter().map(|run| run.kind.as_str()).collect::<Vec<_>>(),
        ["sweep", "orders"]
    );
    assert!(
        world
            .store()
            .reading()
            .last_run("products")
            .unwrap()
            .is_none()
    );
}

#[test]
fn latency_is_told_by_day_in_buckets() {
    let mut world = World::new();
    let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    world
        .store()
        .write(|w| {
            for seconds in [0, 10, 11, 3_000_000_000, -5] {
                w.add_latency(seconds, day)?;
            }
            w.add_latency(7, day.succ_opt().unwrap())
        })
        .unwrap();
    let days = world.store().reading().latency(day).unwrap();
    assert_eq!(days[0].day, day);
    assert_eq!(days[0].buckets, [(10, 3), (20, 1), (31_536_000, 1)]);
    assert_eq!(
        (days[0].count, days[0].worst, days[1].count),
        (5, 3_000_000_000, 1)
    );
    assert_eq!(
        world
            .store()
            .reading()
            .latency(day.succ_opt().unwrap())
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn gaps_and_the_heartbeat_are_kept() {
    let mut world = World::new();
    assert_eq!(world.store().reading().heartbeat().unwrap(), None);
    let gap = Gap {
        from: noon(),
        to: after(60),
        cause: "asleep".into(),
    };
    world
        .store()
        .write(|w| {
            w.put_gap(&gap)?;
            w.heartbeat(after(60))?;
            w.heartbeat(after(61))
        })
        .unwrap();
    assert_eq!(
        world.store().reading().heartbeat().unwrap(),
        Some(after(61))
    );
    assert_eq!(world.store().reading().gaps(after(60)).unwrap(), [gap]);
    assert_eq!(world.store().reading().gaps(after(61)).unwrap(), []);
}

#[test]
fn a_map_keeps_its_whole_history_and_its_version_moves_only_with_a_change() {
    let mut world = World::new();
    let mut put = |to: Option<&str>| {
        world
            .store()
            .write(|w| w.put_map(MapKind::Sku, "ITEM-01_BLUE", to, "Sam", "clean-up", noon()))
            .unwrap()
    };
    assert_eq!(
        [put(Some("A1")), put(Some("A1")), put(Some("A2")), put(None)],
        [1, 1, 2, 3]
    );
    let reading = world.store().reading();
    assert_eq!(reading.maps(MapKind::Sku).unwrap(), []);
    assert_eq!(reading.map_version().unwrap(), 3);
    let history = reading
        .map_history(Some(MapKind::Sku), Some("ITEM-01_BLUE"))
        .unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|change| (change.before.as_deref(), change.after.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("A2"), None),
            (Some("A1"), Some("A2")),
            (None, Some("A1"))
        ]
    );
    assert_eq!(
        reading.map_history(Some(MapKind::Service), None).unwrap(),
        []
    );
}

#[test]
fn a_map_entry_is_kept_to_the_letter() {
    let mut world = World::new();
    world
        .store()
        .write(|w| {
            w.put_map(MapKind::Sku, " mug ", Some("MUG1"), "Sam", "", noon())?;
            w.put_map(MapKind::Sku, " Mug ", Some("MUG2"), "Sam", "", noon())
        })
        .unwrap();
    assert_eq!(world.store().reading().maps(MapKind::Sku).unwrap().len(), 2);
}

#[test]
fn settings_are_versioned_and_every_version_is_kept() {
    let mut world = World::new();
    assert_eq!(
        world.store().reading().settings().unwrap(),
        (0, String::new())
    );
    let mut put = |document: &str| {
        world
            .store()
            .write(|w| w.put_settings(document, "Sam", noon()))
            .unwrap()
    };
    assert_eq!([put("{}"), put("{}"), put("{\"a\":1}")], [1, 1, 2]);
    assert_eq!(
        world.store().reading().settings().unwrap(),
        (2, "{\"a\":1}".into())
    );
    assert_eq!(world.store().reading().settings_history().unwrap().len(), 2);
}

#[test]
fn the_vendors_lists_come_back_and_tell_their_age() {
    let mut world = World::new();
    let product = ProductRow {
        id: "p1".into(),
        sku: "MUG1".into(),
        name: "Mug".into(),
        kind: "Stock".into(),
        status: "Active".into(),
        cost: Decimal::new(420, 2),
        price: Decimal::new(995, 2),
    };
    let renamed = ProductRow {
        sku: "MUG2".into(),
        ..product.clone()
    };
    let item = ItemRow {
        sku: "MUG1".into(),
        active: true,
        description: "Mug".into(),
    };
    let gone = ItemRow {
        active: false,
        ..item.clone()
    };
    let service = ServiceRow {
        code: "WHI_STD".into(),
        name: "Standard".into(),
        active: true,
        countries: vec!["GB".into(), "IE".into()],
        is_default: true,
        carrier: "RMT".into(),
    };
    let other = ServiceRow {
        code: "WHI_EXP".into(),
        countries: Vec::new(),
        ..service.clone()
    };
    world
        .store()
        .write(|w| {
            w.put_products(&[product, renamed.clone()])?;
            w.put_items(&[item, gone.clone()])?;
            w.put_services(&[other])?;
            w.put_services(std::slice::from_ref(&service))?;
            w.put_locations(&[("l1".into(), "Whistl".into())])?;
            w.reference_read("items", noon())
        })
        .unwrap();
    let reading = world.store().reading();
    assert_eq!(reading.products().unwrap(), [renamed]);
    assert_eq!(reading.items().unwrap(), [gone]);
    assert_eq!(
        reading.services().unwrap(),
        [service],
        "services are replaced whole"
    );
    assert_eq!(
        reading.locations().unwrap(),
        [("l1".to_owned(), "Whistl".to_owned())]
    );
    assert_eq!(reading.reference_age("items").unwrap(), Some(noon()));
    assert_eq!(reading.reference_age("products").unwrap(), None);
}
