//! Sales as they are noted, read, held and moved.

use chrono::Duration;
use domain::{HoldCode, Owner};
use rust_decimal::Decimal;

use super::world::*;
use crate::{OrderState, SaleKey, SealedSale, Standing, StoreFault, Write};

fn read(w: &mut Write<'_>, sale: SaleKey, detail: &[u8], find: &[&str]) -> Result<(), StoreFault> {
    let sealed = SealedSale {
        detail: detail.to_vec(),
        find: find.iter().map(|word| (*word).to_owned()).collect(),
    };
    w.put_detail(
        sale,
        noon(),
        &sealed,
        Decimal::new(8450, 2),
        "GBP",
        "",
        "WHI_STD",
        None,
        None,
    )
}

#[test]
fn a_sale_comes_back_as_it_was_put() {
    let mut world = World::new();
    let sale = world.ready(42);
    let row = world.store().reading().sale_row(sale).unwrap();
    assert_eq!(row.id, id(42));
    assert_eq!(row.number.as_str(), "SO-00042");
    assert_eq!(row.standing, Standing::In(OrderState::Waiting));
    assert_eq!(row.value, Decimal::new(8450, 2));
    assert_eq!((row.updated, row.read_updated), (noon(), Some(noon())));
    assert_eq!(row.reference, Some(reference(42)));
    assert_eq!(row.next_at, Some(noon()), "its message is due");
    let sealed = world.store().reading().sealed(sale).unwrap();
    assert_eq!(sealed.detail, b"{}");
}

#[test]
fn a_sale_is_found_by_number_and_reference_in_either_case() {
    let mut world = World::new();
    let sale = world.ready(42);
    let reading = world.store().reading();
    assert_eq!(
        reading.sale_by_number("so-00042").unwrap().unwrap().key,
        sale
    );
    assert_eq!(
        reading.sale_by_reference("so-00042").unwrap().unwrap().key,
        sale
    );
    assert_eq!(
        reading.sale_by_number("SO-0004").unwrap(),
        None,
        "a beginning is no number"
    );
    assert_eq!(reading.sale(&id(42)).unwrap().unwrap().key, sale);
    assert_eq!(reading.sale(&id(43)).unwrap(), None);
}

#[test]
fn a_list_never_moves_a_sale_that_is_past_the_trigger() {
    let mut world = World::new();
    let sale = world.sale(1);
    let again = listing(1, Standing::Outside("not_authorised".into()));
    world.store().write(|w| w.saw_listing(&again)).unwrap();
    assert_eq!(world.state(sale), Standing::In(OrderState::Waiting));
}

#[test]
fn a_sale_outside_comes_in_when_the_list_shows_it_due() {
    let mut world = World::new();
    let outside = listing(1, Standing::Outside("not_authorised".into()));
    world.store().write(|w| w.saw_listing(&outside)).unwrap();
    let mut due = listing(1, Standing::In(OrderState::Waiting));
    due.updated = after(5);
    due.authorised_at = Some(after(5));
    due.now = after(6);
    let row = world.store().write(|w| w.saw_listing(&due)).unwrap();
    assert_eq!(row.standing, Standing::In(OrderState::Waiting));
    assert_eq!(
        row.authorised_at,
        Some(after(5)),
        "authorised when it came in"
    );
    assert_eq!((row.updated, row.changed_at), (after(5), after(6)));
}

#[test]
fn an_older_row_of_the_list_does_not_turn_the_mark_back() {
    let mut world = World::new();
    let mut newer = listing(1, Standing::In(OrderState::Waiting));
    newer.updated = after(5);
    world.store().write(|w| w.saw_listing(&newer)).unwrap();
    world.sale(1);
    let marks = world
        .store()
        .reading()
        .known_marks(&[id(1), id(2)])
        .unwrap();
    assert_eq!(marks.get(&id(1)), Some(&(after(5), None)));
    assert_eq!(marks.get(&id(2)), None);
}

#[test]
fn a_mark_keeps_all_seven_digits_that_cin7_gives() {
    let mut world = World::new();
    let mut seen = listing(1, Standing::In(OrderState::Waiting));
    seen.updated = noon() + Duration::nanoseconds(123_456_700);
    let row = world.store().write(|w| w.saw_listing(&seen)).unwrap();
    assert_eq!(row.updated, seen.updated);
}

#[test]
fn sales_are_read_by_urgency_and_a_read_one_is_not_read_again() {
    let mut world = World::new();
    let (late, urgent) = (world.sale(1), world.sale(2));
    let when = Some(after(60));
    world
        .store()
        .write(|w| {
            let sealed = SealedSale::default();
            w.put_detail(
                urgent,
                noon(),
                &sealed,
                Decimal::ONE,
                "GBP",
                "",
                "",
                when,
                None,
            )?;
            w.want_read(urgent)
        })
        .unwrap();
    let wanted = |world: &mut World| -> Vec<SaleKey> {
        let rows = world.store().reading().sales_to_read(10).unwrap();
        rows.into_iter().map(|row| row.key).collect()
    };
    assert_eq!(
        wanted(&mut world),
        [urgent, late],
        "a sale with a ship-by goes first"
    );
    world
        .store()
        .write(|w| w.mark_read(urgent, noon()))
        .unwrap();
    assert_eq!(wanted(&mut world), [late]);
}

#[test]
fn a_sale_changed_while_it_was_being_read_is_read_once_more() {
    let mut world = World::new();
    let sale = world.sale(1);
    let mut changed = listing(1, Standing::In(OrderState::Waiting));
    changed.updated = after(1);
    world.store().write(|w| w.saw_listing(&changed)).unwrap();
    world.store().write(|w| w.mark_read(sale, noon())).unwrap();
    assert_eq!(world.store().reading().sales_to_read(10).unwrap().len(), 1);
    world
        .store()
        .write(|w| w.mark_read(sale, after(1)))
        .unwrap();
    assert_eq!(world.store().reading().sales_to_read(10).unwrap().len(), 0);
}

#[test]
fn a_sale_being_sent_is_read_only_once_that_is_cleared_up() {
    let mut world = World::new();
    let sale = world.ready(1);
    world.store().claim(noon(), false).unwrap().unwrap();
    world.store().write(|w| w.want_read(sale)).unwrap();
    assert_eq!(world.store().reading().sales_to_read(10).unwrap().len(), 0);
    let waiting = Standing::In(OrderState::Waiting);
    world
        .store()
        .write(|w| w.set_standing(sale, &waiting, None, noon()))
        .unwrap();
    assert_eq!(world.store().reading().sales_to_read(10).unwrap().len(), 1);
}

#[test]
fn a_hold_stands_since_it_first_did_however_often_it_is_found_again() {
    let mut world = World::new();
    let sale = world.sale(1);
    let sku = reason(HoldCode::SkuInvalidCharacters, "Order.Lines[0].SKU");
    let mut phone = reason(HoldCode::PhoneMissing, "Phone");
    phone.owner = Owner::Warehouse;
    world
        .store()
        .write(|w| w.put_holds(sale, std::slice::from_ref(&sku), noon()))
        .unwrap();
    world
        .store()
        .write(|w| w.put_holds(sale, &[phone.clone(), sku.clone()], after(9)))
        .unwrap();
    let holds = world.store().reading().holds(sale).unwrap();
    assert_eq!(holds[0].reason, phone);
    assert_eq!(holds[1].reason, sku);
    assert_eq!((holds[0].since, holds[1].since), (after(9), noon()));
    let row = world.store().reading().sale_row(sale).unwrap();
    assert_eq!(
        row.owner,
        Some(Owner::Warehouse),
        "the first hold's owner acts first"
    );
    world
        .store()
        .write(|w| w.remove_hold(sale, HoldCode::PhoneMissing))
        .unwrap();
    let row = world.store().reading().sale_row(sale).unwrap();
    assert_eq!(row.owner, Some(Owner::Office));
    world.store().write(|w| w.clear_holds(sale)).unwrap();
    assert_eq!(world.store().reading().sale_row(sale).unwrap().owner, None);
}

#[test]
fn a_hold_beside_others_keeps_its_owner_when_the_sale_moves() {
    let mut world = World::new();
    let sale = world.sale(1);
    let changed = reason(HoldCode::ChangedAfterSending, "Order");
    world
        .store()
        .write(|w| w.add_hold(sale, &changed, noon()))
        .unwrap();
    let state = Standing::In(OrderState::AtWarehouse);
    world
        .store()
        .write(|w| w.set_standing(sale, &state, None, noon()))
        .unwrap();
    let row = world.store().reading().sale_row(sale).unwrap();
    assert_eq!(row.owner, Some(Owner::Office));
    assert!(
        world
            .store()
            .reading()
            .has_hold(sale, HoldCode::ChangedAfterSending)
            .unwrap()
    );
}

#[test]
fn the_time_of_a_state_is_that_of_its_change_and_not_of_its_repetition() {
    let mut world = World::new();
    let sale = world.sale(1);
    let held = Standing::In(OrderState::Held);
    world
        .store()
        .write(|w| w.set_standing(sale, &held, None, after(1)))
        .unwrap();
    world
        .store()
        .write(|w| w.set_standing(sale, &held, None, after(9)))
        .unwrap();
    assert_eq!(
        world.store().reading().sale_row(sale).unwrap().changed_at,
        after(1)
    );
    assert_eq!(
        world.store().reading().oldest(OrderState::Held).unwrap(),
        Some(after(1))
    );
    assert_eq!(
        world.store().reading().oldest(OrderState::Unclear).unwrap(),
        None
    );
}

#[test]
fn a_reference_once_used_never_serves_another_sale() {
    let mut world = World::new();
    let (first, second) = (world.ready(1), world.sale(2));
    let next = domain::ClientReference::parse("SO-00001-2", 12).unwrap();
    world
        .store()
        .write(|w| w.set_reference(first, &next))
        .unwrap();
    let taken = world
        .store()
        .write(|w| w.set_reference(second, &reference(1)));
    assert_eq!(
        taken,
        Err(StoreFault::ReferenceTaken {
            reference: "SO-00001".into()
        })
    );
    let reading = world.store().reading();
    assert_eq!(reading.reference_owner(&reference(1)).unwrap(), Some(first));
    assert_eq!(reading.reference_owner(&reference(9)).unwrap(), None);
    assert_eq!(
        reading.sale_by_reference("SO-00001").unwrap(),
        None,
        "late news of it is no news"
    );
    assert_eq!(
        reading
            .sale_by_reference("SO-00001-2")
            .unwrap()
            .unwrap()
            .key,
        first
    );
}

#[test]
fn held_sales_are_decided_again_once_for_each_change_of_rules_or_maps() {
    let mut world = World::new();
    let sale = world.sale(1);
    let held = Standing::In(OrderState::Held);
    world
        .store()
        .write(|w| {
            w.decided(sale, 1, 1)?;
            w.set_standing(sale, &held, None, noon())
        })
        .unwrap();
    let mut again = |settings, maps, after| {
        world
            .store()
            .reading()
            .held_to_decide_again(settings, maps, after, 10)
            .unwrap()
            .len()
    };
    assert_eq!(again(1, 1, None), 0);
    assert_eq!(again(1, 2, None), 1);
    assert_eq!(again(2, 1, None), 1);
    assert_eq!(again(2, 1, Some(sale)), 0, "after the last there is none");
}

#[test]
fn the_warehouse_is_asked_about_the_order_it_was_asked_about_longest_ago() {
    let mut world = World::new();
    let (one, other) = (world.sale(1), world.sale(2));
    let there = Standing::In(OrderState::AtWarehouse);
    world
        .store()
        .write(|w| {
            w.set_warehouse(one, "WF1", "ACCEPTED", Some(after(2)))?;
            w.set_warehouse(other, "WF2", "ACCEPTED", Some(after(1)))?;
            w.set_standing(one, &there, None, noon())?;
            w.set_standing(other, &there, None, noon())
        })
        .unwrap();
    let ask = |world: &mut World| -> Vec<SaleKey> {
        let rows = world
            .store()
            .reading()
            .live_at_warehouse(after(60), 10)
            .unwrap();
        rows.into_iter().map(|row| row.key).collect()
    };
    assert_eq!(ask(&mut world), [other, one]);
    world
        .store()
        .write(|w| w.mark_checked(other, after(60)))
        .unwrap();
    assert_eq!(ask(&mut world), [one]);
}

#[test]
fn words_of_an_earlier_reading_find_a_sale_no_more() {
    let mut world = World::new();
    let sale = world.sale(1);
    world
        .store()
        .write(|w| read(w, sale, b"{}", &["Ada Merrow"]))
        .unwrap();
    world
        .store()
        .write(|w| read(w, sale, b"{}", &["Ada Thornbury"]))
        .unwrap();
    let find = |world: &mut World, text: &str| {
        let filter = crate::OrderFilter {
            find: Some(text.into()),
            limit: 10,
            ..crate::OrderFilter::default()
        };
        world.store().reading().orders(&filter).unwrap().rows.len()
    };
    assert_eq!(find(&mut world, "merrow"), 0);
    assert_eq!(find(&mut world, "thornbury"), 1);
}

#[test]
fn seeing_a_sale_in_the_list_again_keeps_what_was_read_of_it() {
    let mut world = World::new();
    let sale = world.sale(1);
    world
        .store()
        .write(|w| read(w, sale, b"{\"read\":1}", &[]))
        .unwrap();
    world.sale(1);
    assert_eq!(
        world.store().reading().sealed(sale).unwrap().detail,
        b"{\"read\":1}"
    );
}

#[test]
fn a_sale_whose_sealed_part_was_spoilt_is_healed_by_reading_it_anew() {
    let mut world = World::new();
    let sale = world.ready(1);
    let spoil = "UPDATE sealed_sale SET sealed = zeroblob(60)";
    world.store().reading().conn.execute(spoil, []).unwrap();
    let spoilt = world.store().reading().sealed(sale).unwrap_err();
    assert!(matches!(spoilt, StoreFault::Damaged { .. }), "{spoilt}");
    world
        .store()
        .write(|w| read(w, sale, b"{}", &["Ada Merrow"]))
        .unwrap();
    assert_eq!(world.store().reading().sealed(sale).unwrap().detail, b"{}");
}

#[test]
fn a_state_that_is_no_state_cannot_be_written() {
    let mut world = World::new();
    world.sale(1);
    for wrong in [
        "UPDATE sale SET state = 'lost'",
        "UPDATE sale SET state = NULL",
        "UPDATE sale SET outside = 'too'",
        "DELETE FROM sale",
        "INSERT INTO sale SELECT 9, id, number, state, outside, owner, updated, read_updated,
           wants_read, authorised_at, first_seen, accepted_at, ship_by, not_before, value, currency,
           channel, service, edition, reference, whistl_ref, whistl_status, event_seq,
           settings_version, map_version, attempts, changed_at, checked_at, fingerprint FROM sale",
    ] {
        assert!(
            world.store().reading().conn.execute(wrong, []).is_err(),
            "{wrong}"
        );
    }
}
