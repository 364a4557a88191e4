//! Personal data leaves with age: from sales whose life is over, from contacts, from bodies.

use chrono::{DateTime, Duration, Utc};
use domain::HoldCode;
use rust_decimal::Decimal;

use super::world::*;
use crate::{
    Body, Entry, JournalFilter, OrderFilter, OrderState, SaleKey, SealedSale, Settlement, Standing,
    StoreFault,
};

fn mask(_: &[u8]) -> Vec<u8> {
    b"masked".to_vec()
}

fn days(n: i64) -> DateTime<Utc> {
    noon() + Duration::days(n)
}

/// What ninety days of keeping clear, at that moment.
fn clear(world: &mut World, now: DateTime<Utc>) -> Result<u64, StoreFault> {
    world
        .store()
        .clear_sales_older_than(now - Duration::days(90), now, &mask)
        .map(|cleared| cleared.sales)
}

fn read(world: &mut World, sale: SaleKey) {
    let sealed = SealedSale {
        detail: b"Ada Merrow, 14 Lantern Row".to_vec(),
        find: vec!["Ada Merrow".into(), "BS1 4ZZ".into()],
    };
    let one = Decimal::ONE;
    world
        .store()
        .write(|w| w.put_detail(sale, noon(), &sealed, one, "GBP", "", "", None, None))
        .unwrap();
}

/// A sale of that number that was read, and has stood there since noon.
fn sale_in(world: &mut World, n: u32, standing: &Standing) -> SaleKey {
    let sale = world.sale(n);
    read(world, sale);
    world
        .store()
        .write(|w| w.set_standing(sale, standing, None, noon()))
        .unwrap();
    sale
}

fn found(world: &mut World, typed: &str) -> Vec<String> {
    let filter = OrderFilter {
        find: Some(typed.into()),
        limit: 50,
        ..OrderFilter::default()
    };
    let page = world.store().reading().orders(&filter).unwrap();
    page.rows
        .iter()
        .map(|(row, _)| row.number.to_string())
        .collect()
}

fn clearings(world: &mut World) -> Vec<String> {
    let filter = JournalFilter {
        kind: Some("clearing".into()),
        limit: 100,
        ..JournalFilter::default()
    };
    let rows = world.store().reading().journal(&filter).unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

#[test]
fn an_order_despatched_long_ago_is_found_by_its_number_and_no_more_by_its_customer() {
    let mut world = World::new();
    let sale = sale_in(&mut world, 1, &Standing::In(OrderState::Despatched));
    assert_eq!(found(&mut world, "merrow"), ["SO-00001"]);

    assert_eq!(clear(&mut world, days(91)), Ok(1));

    let sealed = world.store().reading().sealed(sale).unwrap();
    assert_eq!(
        (sealed.detail.as_slice(), sealed.find.len()),
        (b"masked".as_slice(), 0)
    );
    for personal in ["merrow", "ada", "bs1 4zz"] {
        assert!(found(&mut world, personal).is_empty(), "{personal}");
    }
    assert_eq!(world.count("find_token"), 0);
    assert_eq!(found(&mut world, "so-00001"), ["SO-00001"]);
    let told = clearings(&mut world);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("1 orders"), "{told:?}");
    assert!(world.store().reading().verify().unwrap().is_ok());
}

#[test]
fn what_was_cleared_lies_in_no_corner_of_the_files() {
    let mut world = World::new();
    let sale = sale_in(&mut world, 1, &Standing::In(OrderState::Despatched));
    // Longer than a page, so that clearing it sets whole pages free.
    let body: String = (0..4_000_u32)
        .map(|n| n.wrapping_mul(2_654_435_761).to_string())
        .collect();
    told(&mut world, 0, body.as_bytes());
    let sealed_before: Vec<Vec<u8>> = world
        .store()
        .reading()
        .all(
            "SELECT sealed FROM sealed_sale UNION ALL SELECT sealed FROM payload",
            [],
            |row| crate::reading::col(row, 0),
        )
        .unwrap();
    assert_eq!(sealed_before.len(), 2);
    clear(&mut world, days(91)).unwrap();
    world
        .store()
        .clear_bodies_older_than(days(1), days(91), &mask)
        .unwrap();
    world.close();
    for file in std::fs::read_dir(world.dir.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for sealed in &sealed_before {
            let end = &sealed[sealed.len() - 30..];
            assert!(!bytes.windows(30).any(|window| window == end));
        }
    }
    world.restart().unwrap();
    let detail = world.store().reading().sealed(sale).unwrap().detail;
    assert_eq!(detail, b"masked");
}

#[test]
fn nothing_is_cleared_twice_nor_told_twice() {
    let mut world = World::new();
    sale_in(&mut world, 1, &Standing::In(OrderState::Cancelled));
    assert_eq!(clear(&mut world, days(91)), Ok(1));
    assert_eq!(clear(&mut world, days(92)), Ok(0));
    assert_eq!(clearings(&mut world).len(), 1);
}

#[test]
fn only_a_sale_whose_life_is_over_is_cleared_and_only_at_its_age() {
    let mut world = World::new();
    for (n, state) in (1_u32..).zip(OrderState::ALL) {
        sale_in(&mut world, n, &Standing::In(state));
    }
    let outside = sale_in(&mut world, 20, &Standing::Outside("not_authorised".into()));
    assert_eq!(clear(&mut world, days(90)), Ok(0), "not a moment early");
    assert_eq!(clear(&mut world, days(91)), Ok(3));
    let left: Vec<u32> = (1_u32..)
        .zip(OrderState::ALL)
        .filter(|(n, _)| {
            let sale = world.store().reading().sale(&id(*n)).unwrap().unwrap();
            world.store().reading().sealed(sale.key).unwrap().detail == b"masked"
        })
        .map(|(n, _)| n)
        .collect();
    let over: Vec<u32> = (1_u32..)
        .zip(OrderState::ALL)
        .filter(|(_, s)| matches!(s, OrderState::Despatched | OrderState::Cancelled))
        .map(|(n, _)| n)
        .collect();
    assert_eq!(left, over);
    let sealed = world.store().reading().sealed(outside).unwrap();
    assert_eq!(sealed.detail, b"masked");
}

#[test]
fn what_holds_and_tries_repeated_of_a_customer_is_blanked_and_why_it_was_held_stays() {
    let mut world = World::new();
    let sale = world.ready(1);
    let claimed = world.store().claim(noon(), false).unwrap().unwrap();
    let refused = Settlement::Closed { outcome: "refused" };
    let hold = reason(HoldCode::AddressTooLong, "ShippingAddress.Line1");
    world
        .store()
        .settle(claimed, refused, noon(), |w| {
            w.attempt_detail(sale, "14 Lantern Row is too long")?;
            w.put_holds(sale, std::slice::from_ref(&hold), noon())?;
            w.set_standing(sale, &Standing::In(OrderState::Cancelled), None, noon())
        })
        .unwrap();

    assert_eq!(clear(&mut world, days(91)), Ok(1));

    let reading = world.store().reading();
    let left = reading.holds(sale).unwrap().remove(0);
    assert_eq!((left.reason.code, left.since), (hold.code, noon()));
    assert_eq!(left.reason.field, hold.field);
    assert_eq!(
        (left.reason.value.as_str(), left.reason.fix.as_str()),
        ("•••", "")
    );
    let attempt = reading.attempts(sale).unwrap().remove(0);
    assert_eq!(
        (attempt.outcome.as_str(), attempt.detail.as_str()),
        ("refused", "")
    );
}

#[test]
fn a_sale_with_a_message_still_open_keeps_its_data() {
    let mut world = World::new();
    let sale = world.ready(1);
    world
        .store()
        .write(|w| w.set_standing(sale, &Standing::In(OrderState::Cancelled), None, noon()))
        .unwrap();
    assert_eq!(clear(&mut world, days(200)), Ok(0));
    world.store().write(|w| w.drop_intention(sale)).unwrap();
    assert_eq!(clear(&mut world, days(200)), Ok(1));
}

/// A despatch of that sale with two tracking numbers, one of them the order's own number.
fn despatched(world: &mut World, sale: SaleKey, revision: u32) -> crate::DespatchKey {
    let tracking = ["H00ABC123".to_owned(), "SO-00001".to_owned()];
    let new = crate::NewDespatch {
        revision,
        content: [u8::try_from(revision).unwrap(); 32],
        tracking: &tracking,
        ..super::despatches::despatch("DSP-871", Some(sale), 0)
    };
    match world.store().write(|w| w.take_despatch(&new, noon())) {
        Ok(crate::TookDespatch::New(key) | crate::TookDespatch::Revised(key)) => key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_despatch_keeps_what_left_and_when_and_no_more_its_tracking_number() {
    let mut world = World::new();
    let sale = sale_in(&mut world, 1, &Standing::In(OrderState::Despatched));
    let key = despatched(&mut world, sale, 1);
    assert_eq!(found(&mut world, "h00abc123"), ["SO-00001"]);
    assert_eq!(
        clear(&mut world, days(200)),
        Ok(0),
        "Cin7 is still to be told"
    );
    let post = |w: &mut crate::Write<'_>| w.despatch_posted(key, "task", 1, &[], noon());
    world.store().write(post).unwrap();
    assert_eq!(clear(&mut world, days(91)), Ok(1));

    let raw = world.store().reading().despatch_raw(key).unwrap();
    assert_eq!(raw, Body::Cleared(days(91), Vec::new()));
    assert!(found(&mut world, "h00abc123").is_empty());
    for typed in ["so-00001", "dsp-871"] {
        assert_eq!(found(&mut world, typed), ["SO-00001"], "{typed}");
    }
    let kept = world.store().reading().despatch_by_key(key).unwrap();
    assert_eq!((kept.units, kept.at), (3, noon()));

    // A correction brings it back, and it is cleared in its turn.
    despatched(&mut world, sale, 2);
    assert_eq!(found(&mut world, "h00abc123"), ["SO-00001"]);
    let close = |w: &mut crate::Write<'_>| {
        w.despatch_stands(key, crate::DespatchState::Closed, None, "", "", noon())
    };
    world.store().write(close).unwrap();
    assert_eq!(clear(&mut world, days(92)), Ok(1));
    assert!(found(&mut world, "h00abc123").is_empty());
}

#[test]
fn a_sale_that_is_read_again_after_clearing_is_found_again_and_cleared_in_its_turn() {
    let mut world = World::new();
    let sale = sale_in(&mut world, 1, &Standing::In(OrderState::Cancelled));
    assert_eq!(clear(&mut world, days(91)), Ok(1));
    read(&mut world, sale);
    assert_eq!(found(&mut world, "merrow"), ["SO-00001"]);
    assert_eq!(clear(&mut world, days(92)), Ok(1));
    assert!(found(&mut world, "merrow").is_empty());
}

#[test]
fn a_sale_whose_detail_is_spoilt_loses_its_search_words_all_the_same() {
    let mut world = World::new();
    sale_in(&mut world, 1, &Standing::In(OrderState::Despatched));
    sale_in(&mut world, 2, &Standing::In(OrderState::Held));
    world
        .store()
        .reading()
        .conn
        .execute_batch("UPDATE sealed_sale SET sealed = zeroblob(60) WHERE sale = 1")
        .unwrap();
    assert_eq!(clear(&mut world, days(91)), Ok(1));
    assert_eq!(found(&mut world, "merrow"), ["SO-00002"]);
}

#[test]
fn of_very_many_sales_some_hundreds_are_cleared_at_a_time_each_batch_written_down() {
    let mut world = World::new();
    let listing_of = |n: u32| listing(n, Standing::Outside("not_authorised".into()));
    world
        .store()
        .write(|w| {
            for n in 1..=500 {
                w.saw_listing(&listing_of(n))?;
            }
            Ok(())
        })
        .unwrap();
    let batches: Vec<(u64, bool)> = (0..3)
        .map(|_| {
            let store = world.store();
            let cleared = store.clear_sales_older_than(days(1), days(91), &mask);
            let cleared = cleared.unwrap();
            (cleared.sales, cleared.is_all)
        })
        .collect();
    assert_eq!(batches, [(200, false), (200, false), (100, true)]);
    let told = clearings(&mut world);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("100 orders"), "{told:?}");
    assert_eq!(clear(&mut world, days(91)), Ok(0));
}

#[test]
fn contacts_read_long_ago_are_deleted_and_fresh_ones_kept() {
    let mut world = World::new();
    world
        .store()
        .write(|w| {
            w.put_contact("old", b"[[\"Ada Merrow\"]]", noon())?;
            w.put_contact("fresh", b"[[\"Jon Hale\"]]", days(80))
        })
        .unwrap();
    assert_eq!(clear(&mut world, days(91)), Ok(0));
    assert_eq!(world.store().reading().contact("old").unwrap(), None);
    assert!(world.store().reading().contact("fresh").unwrap().is_some());
    assert!(clearings(&mut world)[0].contains("1 customers"));
}

#[test]
fn without_the_key_nothing_is_cleared_by_halves() {
    let mut world = World::new();
    sale_in(&mut world, 1, &Standing::In(OrderState::Despatched));
    world.close();
    let mut store = crate::Store::open(world.dir.path(), None, options()).unwrap();
    let refused = store.clear_sales_older_than(days(91), days(91), &mask);
    assert!(
        matches!(refused, Err(StoreFault::KeyMissing { .. })),
        "{refused:?}"
    );
    drop(store);
    world.restart().unwrap();
    assert_eq!(found(&mut world, "merrow"), ["SO-00001"]);
}

/// An entry with that body, so many days after noon; its hash.
fn told(world: &mut World, day: i64, body: &[u8]) -> Vec<u8> {
    use sha2::Digest as _;
    let entry = Entry {
        at: days(day),
        request: Some(body),
        ..entry(None, "")
    };
    world.store().write(|w| w.journal(&entry)).unwrap();
    sha2::Sha256::digest(body).to_vec()
}

#[test]
fn two_years_on_a_body_is_gone_and_its_entry_and_hash_stay() {
    let mut world = World::new();
    let old = told(&mut world, 0, b"Ada Merrow");
    let never_masked = told(&mut world, 1, b"Jon Hale");
    world
        .store()
        .clear_bodies_older_than(days(1), days(91), &mask)
        .unwrap();
    let young = told(&mut world, 700, b"Olu Ashworth");

    let emptied = world.store().empty_bodies_older_than(days(30), days(731));

    assert_eq!(emptied, Ok(2));
    let reading = world.store().reading();
    for hash in [&old, &never_masked] {
        let body = reading.body(hash).unwrap();
        assert_eq!(body, Some(Body::Cleared(days(731), Vec::new())));
    }
    assert!(matches!(
        reading.body(&young).unwrap(),
        Some(Body::Plain(_))
    ));
    let verified = reading.verify().unwrap().unwrap();
    assert_eq!(
        verified.entries, 6,
        "three with bodies, one masking, one for each sort of what was left"
    );
    let told = clearings(&mut world);
    assert!(
        told[..2].iter().all(|text| text.contains("taken away")),
        "{told:?}"
    );
    let again = world.store().empty_bodies_older_than(days(30), days(732));
    assert_eq!(again, Ok(0), "nothing is taken away twice");
}

#[test]
fn a_spoilt_body_keeps_no_other_from_being_masked_and_is_still_named() {
    let mut world = World::new();
    told(&mut world, 0, b"spoilt");
    let sound = told(&mut world, 0, b"Ada Merrow");
    world
        .store()
        .reading()
        .conn
        .execute_batch("UPDATE payload SET sealed = zeroblob(60) WHERE id = 1")
        .unwrap();
    let cleared = world
        .store()
        .clear_bodies_older_than(days(91), days(91), &mask);
    assert_eq!(cleared, Ok(1));
    let body = world.store().reading().body(&sound).unwrap();
    assert!(matches!(body, Some(Body::Cleared(..))));
    let bad = world.store().reading().verify().unwrap().unwrap_err();
    assert_eq!(bad.id, 1);
}
