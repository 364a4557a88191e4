//! A power cut at any moment: what was committed is there, what was not is not.

use super::world::*;
use crate::{Entry, OrderState, Settlement, Standing, Store, StoreFault};

/// A copy of the folder as the disk has it at this moment, opened as after a power cut.
fn after_a_power_cut(world: &World) -> (tempfile::TempDir, Result<Store, StoreFault>) {
    let dir = tempfile::tempdir().unwrap();
    for name in ["stockbridge.db", "stockbridge.db-wal"] {
        let from = world.dir.path().join(name);
        if from.exists() {
            std::fs::copy(from, dir.path().join(name)).unwrap();
        }
    }
    let store = Store::open(dir.path(), Some(key()), options());
    (dir, store)
}

#[test]
fn a_power_cut_in_the_middle_of_a_transaction_leaves_none_of_it() {
    let mut world = World::new();
    let sale = world.ready(1);
    let dir = world.dir.path().to_owned();
    let mut cut = None;
    world
        .store()
        .write(|w| {
            w.set_standing(sale, &Standing::In(OrderState::Held), None, noon())?;
            w.journal(&Entry {
                request: Some(b"half"),
                ..entry(Some(sale), "")
            })?;
            let copy = tempfile::tempdir().unwrap();
            for name in ["stockbridge.db", "stockbridge.db-wal"] {
                std::fs::copy(dir.join(name), copy.path().join(name)).unwrap();
            }
            cut = Some(copy);
            Ok(())
        })
        .unwrap();
    let cut = cut.unwrap();
    let store = Store::open(cut.path(), Some(key()), options()).unwrap();
    let row = store.reading().sale_row(sale).unwrap();
    assert_eq!(row.standing, Standing::In(OrderState::Waiting));
    assert_eq!(store.reading().verify().unwrap().unwrap().entries, 0);
}

#[test]
fn a_log_torn_off_at_any_byte_loses_the_last_transactions_whole_and_nothing_else() {
    let mut world = World::new();
    let sale = world.ready(1);
    for n in 0..6 {
        let edition = n + 2;
        world
            .store()
            .write(|w| {
                w.set_edition(sale, edition)?;
                w.journal(&Entry {
                    attempt: edition,
                    ..entry(Some(sale), "edition")
                })
            })
            .unwrap();
    }
    let log = std::fs::read(world.dir.path().join("stockbridge.db-wal")).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for cut in (0..=40).map(|part| log.len() * part / 40) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::copy(world.database(), dir.path().join("stockbridge.db")).unwrap();
        std::fs::write(dir.path().join("stockbridge.db-wal"), &log[..cut]).unwrap();
        let Ok(store) = Store::open(dir.path(), Some(key()), options()) else {
            panic!("cut at {cut} of {}", log.len());
        };
        let entries = store.reading().verify().unwrap().unwrap().entries;
        if let Ok(row) = store.reading().sale_row(sale) {
            assert_eq!(
                i64::from(row.edition),
                entries + 1,
                "cut at {cut}: half a transaction"
            );
        }
        seen.insert(entries);
    }
    assert!(
        seen.len() >= 5,
        "the cuts fell into many transactions: {seen:?}"
    );
}

#[test]
fn a_crash_between_claim_and_settle_is_looked_up_and_never_forgotten() {
    let mut world = World::new();
    let sale = world.ready(1);
    let claimed = world.store().claim(noon(), false).unwrap().unwrap();
    let (_dir, store) = after_a_power_cut(&world);
    let mut store = store.unwrap();
    assert_eq!(store.recover(after(1), 0).unwrap().len(), 1);
    let state = store.reading().sale_row(sale).unwrap().standing;
    assert_eq!(state, Standing::In(OrderState::Unclear));

    let accepted = Settlement::Closed {
        outcome: "accepted",
    };
    let there = Standing::In(OrderState::AtWarehouse);
    world
        .store()
        .settle(claimed, accepted, noon(), |w| {
            w.set_standing(sale, &there, None, noon())
        })
        .unwrap();
    let (_dir, store) = after_a_power_cut(&world);
    let mut store = store.unwrap();
    assert_eq!(
        store.recover(after(1), 0).unwrap().len(),
        0,
        "what is settled stays settled"
    );
    assert_eq!(store.reading().sale_row(sale).unwrap().standing, there);
}
