//! Despatches: each taken once, corrected, given to its order, found, counted, and never
//! lost. How they are told stands in `despatches_told`.

use chrono::{DateTime, Utc};
use domain::{Owner, ProductId};

use super::world::*;
use crate::{
    Body, DespatchKey, DespatchRow, DespatchState, NewDespatch, OrderFilter, OrderState, SaleKey,
    Standing, StoreFault, TookDespatch,
};

const NOTHING: &[String] = &[];

/// A despatch of that sale, handed over at that minute after noon.
pub(super) fn despatch(id: &str, sale: Option<SaleKey>, minute: i64) -> NewDespatch<'_> {
    NewDespatch {
        id,
        revision: 1,
        voids: "",
        raw_reference: "SO-00001",
        sale,
        at: after(minute),
        published: Some(after(minute + 1)),
        is_last: true,
        units: 3,
        parcels: 1,
        goods: [1; 32],
        content: [1; 32],
        raw: b"{\"tracking_numbers\":[\"H00ABC123\"]}",
        tracking: NOTHING,
    }
}

pub(super) fn took(world: &mut World, new: &NewDespatch<'_>) -> TookDespatch {
    world
        .store()
        .write(|w| w.take_despatch(new, after(60)))
        .unwrap()
}

pub(super) fn take(world: &mut World, new: &NewDespatch<'_>) -> DespatchKey {
    match took(world, new) {
        TookDespatch::New(key) => key,
        other => panic!("{other:?} is not new"),
    }
}

pub(super) fn row(world: &mut World, key: DespatchKey) -> DespatchRow {
    world.store().reading().despatch_by_key(key).unwrap()
}

pub(super) fn claim(world: &mut World, at: DateTime<Utc>) -> Option<DespatchRow> {
    world.store().claim_despatch(at).unwrap()
}

/// The id of the despatch begun at that moment; "" for none.
pub(super) fn claimed(world: &mut World, at: DateTime<Utc>) -> String {
    claim(world, at).map_or_else(String::new, |row| row.id)
}

pub(super) fn product(n: u32) -> ProductId {
    ProductId::parse(&format!("00000000-0000-4000-9000-{n:012x}")).unwrap()
}

pub(super) fn told(
    world: &mut World,
    key: DespatchKey,
    units: &[(ProductId, u32)],
    at: DateTime<Utc>,
) {
    world
        .store()
        .write(|w| {
            let revision = w.despatch_by_key(key)?.revision;
            w.despatch_posted(key, &format!("task-{}", key.0), revision, units, at)
        })
        .unwrap();
}

fn found(world: &mut World, typed: &str) -> Vec<String> {
    let filter = OrderFilter {
        find: Some(typed.into()),
        limit: 50,
        ..OrderFilter::default()
    };
    let page = world.store().reading().orders(&filter).unwrap();
    let rows = page.rows.into_iter();
    rows.map(|(row, _)| row.number.to_string()).collect()
}

#[test]
fn a_despatch_is_taken_once_however_often_it_is_given() {
    let mut world = World::new();
    let sale = world.sale(1);
    let new = despatch("DSP-871", Some(sale), 0);
    let key = take(&mut world, &new);
    assert_eq!(took(&mut world, &new), TookDespatch::Known(key));
    assert_eq!(world.count("despatch"), 1);

    let kept = row(&mut world, key);
    assert_eq!(kept.state, DespatchState::Waiting);
    assert_eq!(kept.number.unwrap().as_str(), "SO-00001");
    assert_eq!((kept.at, kept.published), (noon(), Some(after(1))));
    assert_eq!((kept.received, kept.due), (after(60), after(60)));
    assert_eq!((kept.units, kept.parcels, kept.is_last), (3, 1, true));
    let reading = world.store().reading();
    let raw = reading.despatch_raw(key).unwrap();
    assert_eq!(raw, Body::Plain(new.raw.to_vec()));
    let by_id = reading.despatch("DSP-871").unwrap();
    assert_eq!(by_id.map(|row| row.key), Some(key));
    assert_eq!(reading.despatch("DSP-872").unwrap(), None);
    let nowhere = reading.despatch_by_key(DespatchKey(99));
    assert!(matches!(nowhere, Err(StoreFault::Missing { .. })));
}

#[test]
fn a_correction_replaces_the_parcels_and_what_cin7_was_told_is_told_anew() {
    let mut world = World::new();
    let sale = world.sale(1);
    let first = despatch("DSP-871", Some(sale), 0);
    let key = take(&mut world, &first);
    let second = NewDespatch {
        revision: 2,
        content: [2; 32],
        parcels: 2,
        raw: b"two parcels",
        ..first
    };
    assert_eq!(took(&mut world, &second), TookDespatch::Revised(key));
    assert_eq!(took(&mut world, &first), TookDespatch::Known(key), "late");
    let kept = row(&mut world, key);
    assert_eq!((kept.revision, kept.parcels), (2, 2));
    assert!(!kept.is_to_be_corrected(), "nothing was told yet");
    assert_eq!(claimed(&mut world, after(60)), "DSP-871");
    told(&mut world, key, &[], after(61));
    assert_eq!(row(&mut world, key).state, DespatchState::Posted);
    assert_eq!(claimed(&mut world, after(62)), "");

    let third = NewDespatch {
        revision: 3,
        content: [3; 32],
        raw: b"tracking at last",
        ..first
    };
    assert_eq!(took(&mut world, &third), TookDespatch::Revised(key));
    let kept = row(&mut world, key);
    assert_eq!(
        (kept.state, kept.told_revision),
        (DespatchState::Waiting, 2)
    );
    assert!(kept.is_to_be_corrected());
    assert_eq!(kept.posted_at, Some(after(61)));
    let raw = world.store().reading().despatch_raw(key).unwrap();
    assert_eq!(raw, Body::Plain(b"tracking at last".to_vec()));
    assert_eq!(claimed(&mut world, after(63)), "DSP-871");
    told(&mut world, key, &[], after(64));
    let kept = row(&mut world, key);
    assert_eq!((kept.state, kept.told_revision), (DespatchState::Posted, 3));
    assert_eq!(kept.posted_at, Some(after(61)), "the first time stays");
}

#[test]
fn a_correction_that_comes_while_the_despatch_is_told_is_not_forgotten() {
    let mut world = World::new();
    let sale = world.sale(1);
    let first = despatch("DSP-871", Some(sale), 0);
    let key = take(&mut world, &first);
    let under_way = claim(&mut world, after(60)).unwrap();
    let second = NewDespatch {
        revision: 2,
        content: [2; 32],
        ..first
    };
    assert_eq!(took(&mut world, &second), TookDespatch::Revised(key));
    assert_eq!(row(&mut world, key).state, DespatchState::Posting);
    world
        .store()
        .write(|w| w.despatch_posted(key, "task", under_way.revision, &[], after(61)))
        .unwrap();
    let kept = row(&mut world, key);
    assert_eq!(kept.state, DespatchState::Waiting);
    assert!(kept.is_to_be_corrected());
}

#[test]
fn what_says_something_else_under_a_known_identity_is_put_aside_and_replaces_nothing() {
    let mut world = World::new();
    let sale = world.sale(1);
    let first = despatch("DSP-871", Some(sale), 0);
    let key = take(&mut world, &first);
    let other_content = NewDespatch {
        content: [2; 32],
        raw: b"same revision",
        ..first
    };
    let other_goods = NewDespatch {
        revision: 2,
        goods: [2; 32],
        content: [3; 32],
        raw: b"other goods",
        ..first
    };
    for new in [&other_content, &other_goods, &other_content] {
        assert_eq!(took(&mut world, new), TookDespatch::Changed(key));
    }
    let kept = row(&mut world, key);
    assert_eq!((kept.revision, kept.state), (1, DespatchState::Waiting));
    let reading = world.store().reading();
    let raw = reading.despatch_raw(key).unwrap();
    assert_eq!(raw, Body::Plain(first.raw.to_vec()));
    let clashes = reading.despatch_clashes(key).unwrap();
    let kept: Vec<_> = clashes.into_iter().map(|c| (c.revision, c.raw)).collect();
    let wanted = [
        (1, Body::Plain(b"same revision".to_vec())),
        (2, Body::Plain(b"other goods".to_vec())),
    ];
    assert_eq!(kept, wanted, "each once");
}

#[test]
fn a_despatch_of_an_unknown_order_waits_for_the_office_until_the_order_comes() {
    let mut world = World::new();
    let early = NewDespatch {
        raw_reference: " so-00007 ",
        tracking: &["H00 ABC 123".to_owned()],
        ..despatch("DSP-871", None, 0)
    };
    let key = take(&mut world, &early);
    let stranger = NewDespatch {
        raw_reference: "SO-00008",
        ..despatch("DSP-872", None, 1)
    };
    let other = take(&mut world, &stranger);
    let kept = row(&mut world, key);
    assert_eq!(kept.state, DespatchState::Exception);
    assert_eq!(kept.owner, Some(Owner::Office));
    assert_eq!(kept.reason, "unknown_order");
    assert_eq!(claimed(&mut world, after(90)), "");

    let sale = world.sale(7);
    assert!(found(&mut world, "h00abc123").is_empty());
    let references = ["PRE-SO-00007".to_owned(), "SO-00007".to_owned()];
    let adopt = |world: &mut World| {
        let write = |w: &mut crate::Write<'_>| w.adopt_despatches(sale, &references, after(70));
        world.store().write(write).unwrap()
    };
    assert_eq!(adopt(&mut world), [key]);
    assert!(adopt(&mut world).is_empty());
    let kept = row(&mut world, key);
    assert_eq!(
        (kept.sale, kept.state),
        (Some(sale), DespatchState::Waiting)
    );
    assert_eq!((kept.owner, kept.reason.as_str()), (None, ""));
    assert_eq!(row(&mut world, other).sale, None);
    assert_eq!(claimed(&mut world, after(90)), "DSP-871");
    for typed in ["h00abc123", "H00A", "dsp-871"] {
        assert_eq!(found(&mut world, typed), ["SO-00007"], "{typed}");
    }
}

#[test]
fn what_a_person_closed_without_an_order_is_adopted_and_stays_closed() {
    let mut world = World::new();
    let key = take(&mut world, &despatch("DSP-871", None, 0));
    world
        .store()
        .write(|w| w.despatch_stands(key, DespatchState::Closed, None, "not_ours", "", after(61)))
        .unwrap();
    let sale = world.sale(1);
    let references = ["SO-00001".to_owned()];
    world
        .store()
        .write(|w| w.adopt_despatches(sale, &references, after(70)))
        .unwrap();
    let kept = row(&mut world, key);
    assert_eq!((kept.sale, kept.state), (Some(sale), DespatchState::Closed));
}

#[test]
fn what_cin7_was_told_adds_up_over_the_other_despatches_of_a_sale() {
    let mut world = World::new();
    let (sale, other) = (world.sale(1), world.sale(2));
    let first = take(&mut world, &despatch("DSP-1", Some(sale), 0));
    let second = take(&mut world, &despatch("DSP-2", Some(sale), 1));
    let third = take(&mut world, &despatch("DSP-3", Some(sale), 2));
    let stranger = take(&mut world, &despatch("DSP-4", Some(other), 3));
    told(
        &mut world,
        first,
        &[(product(1), 2), (product(2), 1)],
        after(61),
    );
    // The same product on two lines of the sale.
    told(
        &mut world,
        second,
        &[(product(1), 3), (product(1), 1)],
        after(62),
    );
    told(&mut world, stranger, &[(product(1), 99)], after(63));
    let reading = world.store().reading();
    let units = |but| -> Vec<(ProductId, u32)> {
        reading
            .told_units(sale, &[but])
            .unwrap()
            .into_iter()
            .collect()
    };
    assert_eq!(units(third), [(product(1), 6), (product(2), 1)]);
    assert_eq!(units(second), [(product(1), 2), (product(2), 1)]);
    let own: Vec<_> = reading.told_of(second).unwrap().into_iter().collect();
    assert_eq!(own, [(product(1), 4)]);
    assert_eq!(
        reading.tasks_of_others(sale, &[first]).unwrap(),
        [format!("task-{}", second.0)]
    );

    told(&mut world, first, &[(product(1), 1)], after(64));
    let units = world.store().reading().told_units(sale, &[third]).unwrap();
    let units: Vec<_> = units.into_iter().collect();
    assert_eq!(units, [(product(1), 5)], "told anew, not on top");
}

#[test]
fn the_figures_of_the_queue_and_its_lists_follow_each_despatch() {
    let mut world = World::new();
    let reading = |world: &mut World| world.store().reading().confirmations().unwrap();
    assert_eq!(reading(&mut world), crate::Confirmations::default());
    let mut keys = Vec::new();
    for n in 1..=4_u32 {
        let sale = world.sale(n);
        let id = format!("DSP-{n}");
        keys.push(take(&mut world, &despatch(&id, Some(sale), i64::from(n))));
    }
    keys.push(take(&mut world, &despatch("DSP-5", None, 0)));
    told(&mut world, keys[0], &[], after(100));
    claim(&mut world, after(101)).unwrap();
    let figures = reading(&mut world);
    assert_eq!(
        (figures.waiting, figures.exceptions, figures.posted),
        (3, 1, 1)
    );
    assert_eq!(figures.oldest, Some(after(2)), "under way counts too");
    assert_eq!(figures.next_due, Some(after(60)));

    let list = |world: &mut World, state, after| -> Vec<DespatchKey> {
        let rows = world.store().reading().despatches(state, after, 2).unwrap();
        rows.into_iter().map(|row| row.key).collect()
    };
    assert_eq!(list(&mut world, None, None), [keys[4], keys[3]]);
    assert_eq!(list(&mut world, None, Some(keys[3])), [keys[2], keys[1]]);
    let waiting = Some(DespatchState::Waiting);
    assert_eq!(list(&mut world, waiting, None), [keys[3], keys[2]]);
    assert!(list(&mut world, waiting, Some(keys[2])).is_empty());
    let posted = world
        .store()
        .reading()
        .posted_between(after(100), after(101), 10)
        .unwrap();
    assert_eq!(posted.len(), 1);
    assert_eq!((posted[0].despatch, posted[0].at), (keys[0], after(1)));
    assert_eq!(posted[0].posted_at, after(100));
    let day = noon().date_naive();
    world
        .store()
        .write(|w| {
            w.add_despatch_latency(40, day)?;
            w.add_latency(7, day)
        })
        .unwrap();
    let days = world.store().reading().despatch_latency(day).unwrap();
    assert_eq!((days[0].count, days[0].worst), (1, 40), "apart from orders");
}

#[test]
fn a_despatch_is_a_fact_that_no_statement_takes_back() {
    let mut world = World::new();
    let (one, two) = (world.sale(1), world.sale(2));
    take(&mut world, &despatch("DSP-1", Some(one), 0));
    let refused = |world: &mut World, sql: &str| {
        let done = world.store().reading().conn.execute(sql, []);
        assert!(done.is_err(), "{sql}");
    };
    refused(&mut world, "DELETE FROM despatch");
    refused(&mut world, "UPDATE despatch SET goods = zeroblob(32)");
    refused(&mut world, &format!("UPDATE despatch SET sale = {}", two.0));
    refused(&mut world, "UPDATE despatch SET sale = NULL");
    refused(&mut world, "UPDATE despatch SET state = 'lost'");
    refused(&mut world, "UPDATE despatch SET state = 'posted'");
}

#[test]
fn an_order_with_very_many_alike_is_listed_once_for_all_its_tracking_numbers() {
    let mut world = World::new();
    world
        .store()
        .write(|w| {
            for n in 1..=700_u32 {
                let sale = w
                    .saw_listing(&listing(n, Standing::In(OrderState::Despatched)))?
                    .key;
                let tracking = [format!("RM{n:06}A"), format!("RM{n:06}B")];
                let id = format!("DSP-{n}");
                let new = NewDespatch {
                    tracking: &tracking,
                    ..despatch(&id, Some(sale), 0)
                };
                w.take_despatch(&new, noon())?;
            }
            Ok(())
        })
        .unwrap();
    for typed in ["rm", "merrow rm"] {
        let mut filter = OrderFilter {
            find: Some(typed.into()),
            limit: 90,
            ..OrderFilter::default()
        };
        let mut numbers = Vec::new();
        loop {
            let page = world.store().reading().orders(&filter).unwrap();
            numbers.extend(page.rows.into_iter().map(|(row, _)| row.key));
            match page.next {
                Some(next) => filter.after = Some(next),
                None => break,
            }
        }
        assert_eq!(numbers.len(), 700, "{typed}");
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 700, "{typed}: each once");
    }
    assert_eq!(found(&mut world, "RM000123b"), ["SO-00123"]);
}

#[test]
fn without_the_key_nothing_is_taken_and_the_item_stays_locked() {
    let mut world = World::new();
    let sale = world.sale(1);
    let key = take(&mut world, &despatch("DSP-871", Some(sale), 0));
    world.close();
    let mut store = crate::Store::open(world.dir.path(), None, options()).unwrap();
    let new = despatch("DSP-872", Some(sale), 1);
    let refused = store.write(|w| w.take_despatch(&new, after(60)));
    assert!(
        matches!(refused, Err(StoreFault::KeyMissing { .. })),
        "{refused:?}"
    );
    assert_eq!(store.reading().despatch_raw(key), Ok(Body::Locked));
    let kept = store.reading().despatch_by_key(key).unwrap();
    assert_eq!(kept.id, "DSP-871", "what is in clear is still told");
}
