//! By which carrier things wait and fail, and what was told meanwhile.

use domain::{HoldCode, Owner};

use super::despatches::{despatch, product, row, take, told};
use super::world::*;
use crate::{ByCarrier, DespatchKey, DespatchState, ServiceRow, StoreFault};

fn went(world: &mut World, id: &str, n: u32, carrier: &str) -> DespatchKey {
    let sale = world.sale(n);
    let key = take(world, &despatch(id, Some(sale), 0));
    let kept = |w: &mut crate::Write<'_>| w.put_despatch_carrier(key, carrier);
    world.store().write(kept).unwrap();
    key
}

fn counts(carriers: Result<Vec<ByCarrier>, StoreFault>) -> Vec<(String, i64)> {
    let carriers = carriers.unwrap().into_iter();
    carriers.map(|one| (one.carrier, one.count)).collect()
}

#[test]
fn what_waits_what_fails_and_what_was_told_are_counted_by_carrier() {
    let mut world = World::new();
    let keys: Vec<DespatchKey> = (1..=5)
        .map(|n| {
            let carrier = if n == 5 { "RMT" } else { "DPD" };
            went(&mut world, &format!("DSP-{n}"), n, carrier)
        })
        .collect();
    let unknown = world.sale(6);
    take(&mut world, &despatch("DSP-6", Some(unknown), 0));
    world
        .store()
        .write(|w| {
            let refused = DespatchState::Exception;
            let office = Some(Owner::Office);
            w.despatch_stands(keys[0], refused, office, "refused", "", after(61))?;
            w.despatch_stands(keys[1], refused, office, "other", "", after(61))
        })
        .unwrap();
    told(&mut world, keys[2], &[(product(1), 3)], after(62));
    told(&mut world, keys[4], &[(product(1), 3)], after(63));

    let reading = world.store().reading();
    assert_eq!(
        counts(reading.waiting_by_carrier()),
        [(String::new(), 1), ("DPD".into(), 1)]
    );
    let refused = reading.exceptions_by_carrier(Owner::Office, "refused");
    assert_eq!(refused.as_ref().unwrap()[0].oldest, after(60));
    assert_eq!(counts(refused), [("DPD".into(), 1)]);
    let finance = reading.exceptions_by_carrier(Owner::Finance, "refused");
    assert_eq!(counts(finance), []);
    let since = |minutes| reading.carriers_told_since(after(minutes)).unwrap();
    assert_eq!(since(62), ["RMT", "DPD"]);
    assert_eq!(since(63), ["RMT"]);
    assert_eq!(since(64), [""; 0]);
}

#[test]
fn a_carrier_kept_again_changes_nothing_and_a_correction_does() {
    let mut world = World::new();
    let key = went(&mut world, "DSP-1", 1, "DPD");
    let before = row(&mut world, key);
    for carrier in ["DPD", "RMT"] {
        let kept = |w: &mut crate::Write<'_>| w.put_despatch_carrier(key, carrier);
        world.store().write(kept).unwrap();
    }
    assert_eq!(row(&mut world, key), before);
    let waiting = world.store().reading().waiting_by_carrier();
    assert_eq!(counts(waiting), [("RMT".into(), 1)]);
}

#[test]
fn held_orders_are_counted_by_the_carrier_behind_their_service() {
    let mut world = World::new();
    let held = HoldCode::HeldAtWarehouse;
    let (known, unknown) = (world.sale(1), world.sale(2));
    let service = ServiceRow {
        code: "WHI_EXP".into(),
        name: "Next day".into(),
        active: true,
        countries: vec!["GB".into()],
        is_default: false,
        carrier: "DPD".into(),
    };
    world
        .store()
        .write(|w| {
            w.put_services(&[service])?;
            let read = "UPDATE sale SET service = 'WHI_EXP' WHERE key = ?1";
            w.run(read, [known.0])?;
            for sale in [known, unknown] {
                let reason = domain::Reason {
                    owner: Owner::Warehouse,
                    ..reason(held, "Status")
                };
                w.add_hold(sale, &reason, noon())?;
            }
            Ok(())
        })
        .unwrap();
    let reading = world.store().reading();
    let mut by = counts(reading.held_by_carrier(held, Owner::Warehouse));
    by.sort();
    assert_eq!(by, [(String::new(), 1), ("DPD".into(), 1)]);
    let office = reading.held_by_carrier(held, Owner::Office);
    assert_eq!(counts(office), []);
}
