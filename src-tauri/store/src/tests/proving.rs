//! What a proof is made from: entries whose hash can be made again, sales by when they came
//! in, despatches by when they left.

use super::despatches::{despatch, take};
use super::world::*;
use crate::{Linked, SaleKey};

fn linked(world: &mut World, sale: SaleKey) -> Vec<Linked> {
    world.store().reading().linked(sale, 100).unwrap()
}

#[test]
fn an_entry_and_the_hash_before_it_give_its_own_hash() {
    let mut world = World::new();
    let (one, other) = (world.sale(1), world.sale(2));
    world
        .store()
        .write(|w| {
            for sale in [Some(one), None, Some(other), Some(one)] {
                let mut told = entry(sale, "as it was");
                told.request = Some(b"{\"asked\":1}");
                w.journal(&told)?;
            }
            Ok(())
        })
        .unwrap();

    let entries = linked(&mut world, one);
    let ids: Vec<i64> = entries.iter().map(|one| one.entry.id).collect();
    assert_eq!(ids.len(), 2, "its own alone: {ids:?}");
    for one in &entries {
        assert_eq!(one.follows(), one.entry.hash);
    }
    let head = world.store().reading().chain_head().unwrap();
    assert_eq!(head.entries, entries[1].entry.id);
    assert_eq!(head.hash, entries[1].entry.hash);

    let changes: [fn(&mut Linked); 5] = [
        |one| one.entry.text.push('.'),
        |one| one.entry.at += chrono::Duration::milliseconds(1),
        |one| one.entry.request_hash = None,
        |one| one.sale = Some(SaleKey(99)),
        |one| one.before[0] ^= 1,
    ];
    for change in changes {
        let mut changed = entries[0].clone();
        change(&mut changed);
        assert_ne!(changed.follows(), changed.entry.hash);
    }
}

#[test]
fn sales_are_found_by_when_they_came_in_though_a_clock_was_set_back() {
    let mut world = World::new();
    for (n, minute) in [(1, 0), (2, 60), (3, 30), (4, 4_000), (5, 4_060)] {
        let mut seen = listing(n, crate::Standing::In(crate::OrderState::Waiting));
        seen.now = after(minute);
        world.store().write(|w| w.saw_listing(&seen)).unwrap();
    }
    let mut draft = listing(6, crate::Standing::Outside("not_authorised".into()));
    draft.now = after(4_061);
    world.store().write(|w| w.saw_listing(&draft)).unwrap();

    let mut between = |from, to, limit| -> Vec<i64> {
        let reading = world.store().reading();
        let found = reading.seen_between(after(from), after(to), limit).unwrap();
        found.into_iter().map(|sale| sale.0).collect()
    };
    assert_eq!(between(0, 60, 10), [1, 3]);
    assert_eq!(between(0, 61, 10), [1, 2, 3]);
    assert_eq!(between(0, 9_000, 2), [1, 2]);
    assert_eq!(between(4_000, 9_000, 10), [4, 5], "a draft is no order");
    assert_eq!(between(9_000, 9_900, 10), [0; 0]);
}

#[test]
fn despatches_are_found_by_when_they_left_page_by_page() {
    let mut world = World::new();
    let sale = world.sale(1);
    for (id, minute) in [("D1", 5), ("D2", 0), ("D3", 5), ("D4", 9), ("D5", 10)] {
        take(&mut world, &despatch(id, Some(sale), minute));
    }
    take(&mut world, &despatch("D6", None, 6));
    let mut ids = Vec::new();
    let mut last = None;
    loop {
        let reading = world.store().reading();
        let page = reading
            .despatched_between(after(0), after(10), last, 2)
            .unwrap();
        let Some(row) = page.last() else { break };
        last = Some((row.at, row.key));
        ids.extend(page.into_iter().map(|row| row.id));
    }
    assert_eq!(ids, ["D2", "D1", "D3", "D6", "D4"]);
}
