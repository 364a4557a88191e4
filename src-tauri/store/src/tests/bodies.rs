//! Bodies of messages: masked with age, and what that leaves.

use chrono::Duration;

use super::world::*;
use crate::{Body, Entry, Settlement, StoreFault};

fn masked(_: &[u8]) -> Vec<u8> {
    b"masked".to_vec()
}

fn hash(world: &mut World, id: i64) -> Vec<u8> {
    let filter = crate::JournalFilter {
        before: Some(id + 1),
        limit: 1,
        ..Default::default()
    };
    world
        .store()
        .reading()
        .journal(&filter)
        .unwrap()
        .remove(0)
        .request_hash
        .unwrap()
}

fn journal(world: &mut World, days: i64, body: &[u8]) -> i64 {
    let at = noon() + Duration::days(days);
    let entry = Entry {
        at,
        request: Some(body),
        ..entry(None, "")
    };
    world.store().write(|w| w.journal(&entry)).unwrap()
}

#[test]
fn ninety_days_on_names_are_masked_and_the_chain_still_holds() {
    let mut world = World::new();
    let old = journal(&mut world, 0, b"Ada Merrow");
    let young = journal(&mut world, 80, b"Jon Hale");
    let now = noon() + Duration::days(91);
    let cleared = world
        .store()
        .clear_bodies_older_than(now - Duration::days(90), now, &masked)
        .unwrap();
    assert_eq!(cleared, 1);
    let (old, young) = (hash(&mut world, old), hash(&mut world, young));
    let reading = world.store().reading();
    assert_eq!(
        reading.body(&old).unwrap(),
        Some(Body::Cleared(now, b"masked".to_vec()))
    );
    assert_eq!(
        reading.body(&young).unwrap(),
        Some(Body::Plain(b"Jon Hale".to_vec()))
    );
    assert_eq!(
        reading.verify().unwrap().unwrap().entries,
        3,
        "the clearing is an entry"
    );
    let told = reading
        .journal(&crate::JournalFilter {
            kind: Some("clearing".into()),
            limit: 9,
            ..Default::default()
        })
        .unwrap();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains("1 bodies"), "{}", told[0].text);
    let again = world
        .store()
        .clear_bodies_older_than(now - Duration::days(90), now, &masked);
    assert_eq!(again, Ok(0), "nothing is cleared twice");
}

#[test]
fn a_body_that_came_by_again_of_late_is_as_young_as_that() {
    let mut world = World::new();
    let first = journal(&mut world, 0, b"Ada Merrow");
    journal(&mut world, 80, b"Ada Merrow");
    let now = noon() + Duration::days(91);
    world
        .store()
        .clear_bodies_older_than(now - Duration::days(90), now, &masked)
        .unwrap();
    let hash = hash(&mut world, first);
    assert!(matches!(
        world.store().reading().body(&hash).unwrap(),
        Some(Body::Plain(_))
    ));
}

#[test]
fn a_cleared_body_that_comes_by_again_is_whole_again() {
    let mut world = World::new();
    let first = journal(&mut world, 0, b"Ada Merrow");
    let now = noon() + Duration::days(91);
    world
        .store()
        .clear_bodies_older_than(now, now, &masked)
        .unwrap();
    journal(&mut world, 92, b"Ada Merrow");
    let hash = hash(&mut world, first);
    let body = world.store().reading().body(&hash).unwrap();
    assert_eq!(body, Some(Body::Plain(b"Ada Merrow".to_vec())));
    assert!(world.store().reading().verify().unwrap().is_ok());
}

#[test]
fn a_message_still_to_be_sent_is_never_cleared() {
    let mut world = World::new();
    let sale = world.ready(1);
    let now = noon() + Duration::days(200);
    assert_eq!(
        world.store().clear_bodies_older_than(now, now, &masked),
        Ok(0)
    );
    let claimed = world.store().claim(now, false).unwrap().unwrap();
    assert_eq!(claimed.body(), b"{\"client_ref\":\"SO-00001\"}");
    world
        .store()
        .settle(
            claimed,
            Settlement::Closed {
                outcome: "accepted",
            },
            now,
            |_| Ok(()),
        )
        .unwrap();
    let later = now + Duration::days(1);
    assert_eq!(
        world.store().clear_bodies_older_than(later, later, &masked),
        Ok(1)
    );
    assert_eq!(
        world.store().reading().sent_body(sale),
        Ok(None),
        "masked is not what was sent"
    );
}

#[test]
fn without_the_key_bodies_are_locked_and_none_can_be_written() {
    let mut world = World::new();
    let id = journal(&mut world, 0, b"Ada Merrow");
    let hash = hash(&mut world, id);
    world.close();
    let mut store = crate::Store::open(world.dir.path(), None, options()).unwrap();
    assert_eq!(store.reading().body(&hash).unwrap(), Some(Body::Locked));
    let entry_with_body = Entry {
        request: Some(b"more"),
        ..entry(None, "")
    };
    let refused = store.write(|w| w.journal(&entry_with_body)).unwrap_err();
    assert!(
        matches!(refused, StoreFault::KeyMissing { .. }),
        "{refused}"
    );
    assert_eq!(
        store.write(|w| w.journal(&entry(None, "no body"))),
        Ok(2),
        "the rest goes on"
    );
    assert_eq!(store.reading().body(&[0; 32]).unwrap(), None);
}
