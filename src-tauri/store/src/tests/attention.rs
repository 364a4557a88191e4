//! What needs someone: alerts, orders put off and given away, notes, whose turn it was.

use chrono::Duration;
use domain::{HoldCode, Owner};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::world::*;
use crate::{AlertRow, NoteRow, OrderState, PutOffRow, SaleKey, SealedSale, Standing};

fn alert(code: &str, subject: &str) -> AlertRow {
    AlertRow {
        code: code.into(),
        subject: subject.into(),
        level: "urgent".into(),
        owner: "support".into(),
        text: "Whistl has not answered.".into(),
        opened_at: noon(),
        count: 1,
        peak: 3,
        taken_by: String::new(),
        taken_at: None,
        noticed: 2,
        last_noticed_at: Some(after(4)),
        noticed_count: 1,
        noticed_came: 7,
        escalated_at: Some(after(30)),
        closed_at: None,
        end_noticed_at: None,
    }
}

/// A held order of that owner.
fn held(world: &mut World, n: u32, owner: Owner) -> SaleKey {
    let sale = world.sale(n);
    let mut why = reason(HoldCode::PhoneMissing, "Phone");
    why.owner = owner;
    world
        .store()
        .write(|w| {
            w.put_holds(sale, &[why], noon())?;
            w.set_standing(sale, &Standing::In(OrderState::Held), None, noon())
        })
        .unwrap();
    sale
}

fn released(world: &mut World, sale: SaleKey, at: chrono::DateTime<chrono::Utc>) {
    world
        .store()
        .write(|w| {
            w.clear_holds(sale)?;
            w.set_standing(sale, &Standing::In(OrderState::Waiting), None, at)
        })
        .unwrap();
}

fn put_off(world: &mut World, sale: SaleKey, minutes: i64) {
    let row = PutOffRow {
        until: after(minutes),
        why: "Ada Merrow calls back".into(),
        who: "Ben".into(),
        at: noon(),
    };
    world.store().write(|w| w.put_off_sale(sale, &row)).unwrap();
}

fn count(world: &mut World, owner: &str) -> i64 {
    let tallies = world.store().reading().tallies_by_owner().unwrap();
    tallies
        .iter()
        .find(|tally| tally.word == owner)
        .map_or(0, |tally| tally.count)
}

#[test]
fn an_alert_reads_back_as_it_was_kept_and_a_new_life_takes_its_place() {
    let mut world = World::new();
    let first = alert("vendor_silent", "whistl");
    world.store().write(|w| w.put_alert(&first)).unwrap();
    world.restart().unwrap();
    assert_eq!(world.store().reading().alerts(noon()).unwrap(), [first]);

    let ended = AlertRow {
        closed_at: Some(after(50)),
        taken_by: "Ada".into(),
        taken_at: Some(after(31)),
        ..alert("vendor_silent", "whistl")
    };
    world.store().write(|w| w.put_alert(&ended)).unwrap();
    let kept = world.store().reading().alerts(after(50)).unwrap();
    assert_eq!(kept, std::slice::from_ref(&ended));
    assert_eq!(kept[0].lasted(), Some(Duration::minutes(50)));
    assert!(
        world
            .store()
            .reading()
            .alerts(after(51))
            .unwrap()
            .is_empty(),
        "what ended before is not asked for"
    );
    let again = AlertRow {
        opened_at: after(60),
        ..alert("vendor_silent", "whistl")
    };
    world.store().write(|w| w.put_alert(&again)).unwrap();
    assert_eq!(world.store().reading().alerts(after(60)).unwrap(), [again]);
    assert_eq!(world.count("alert"), 1);
}

#[test]
fn alerts_that_ended_long_ago_are_forgotten_and_open_ones_never() {
    let mut world = World::new();
    let old = AlertRow {
        closed_at: Some(noon()),
        ..alert("backlog", "")
    };
    let open = alert("held", "office");
    let later = noon() + Duration::days(91);
    world
        .store()
        .write(|w| {
            w.put_alert(&old)?;
            w.put_alert(&open)?;
            w.forget_old_alerts(later)
        })
        .unwrap();
    assert_eq!(
        world.store().reading().alerts(noon()).unwrap(),
        [open],
        "the journal keeps the other"
    );
}

#[test]
fn an_order_put_off_is_out_of_the_way_and_still_counted_until_it_comes_back_by_itself() {
    let mut world = World::new();
    let sale = held(&mut world, 1, Owner::Office);
    put_off(&mut world, sale, 60);
    let reading = world.store().reading();
    let row = reading.put_off(sale).unwrap().unwrap();
    assert_eq!(
        (row.who.as_str(), row.why.as_str()),
        ("Ben", "Ada Merrow calls back")
    );
    assert_eq!(
        reading.sale_row(sale).unwrap().put_off_until,
        Some(after(60))
    );
    assert_eq!(reading.put_off_by_owner().unwrap(), [("office".into(), 1)]);
    assert_eq!(reading.next_back().unwrap(), Some(after(60)));
    assert_eq!(count(&mut world, "office"), 1, "it still counts as open");

    assert!(
        !world
            .store()
            .reading()
            .upkeep_is_due(after(59))
            .unwrap_or(true)
            || {
                // The change of owner is still to be taken in; that is all.
                let back = world.store().write(|w| w.upkeep(after(59))).unwrap();
                back.is_empty()
            }
    );
    assert!(world.store().reading().upkeep_is_due(after(60)).unwrap());
    let came = world.store().reading().came().unwrap()[0].count;
    let back = world.store().write(|w| w.upkeep(after(60))).unwrap();

    assert_eq!(back, [(sale, "SO-00001".into())]);
    let reading = world.store().reading();
    assert_eq!(reading.put_off(sale).unwrap(), None);
    assert_eq!(reading.sale_row(sale).unwrap().put_off_until, None);
    assert_eq!(reading.came().unwrap()[0].count, came + 1, "it came anew");
    assert!(!world.store().reading().upkeep_is_due(after(61)).unwrap());
}

#[test]
fn what_is_put_right_is_put_off_and_given_away_no_longer() {
    let mut world = World::new();
    let sale = held(&mut world, 1, Owner::Office);
    put_off(&mut world, sale, 600);
    world
        .store()
        .write(|w| w.assign(sale, Owner::Finance))
        .unwrap();
    assert_eq!(count(&mut world, "finance"), 1);

    released(&mut world, sale, after(5));
    assert_eq!(count(&mut world, "finance"), 0, "nobody has to act");
    world.store().write(|w| w.upkeep(after(5))).unwrap();

    let reading = world.store().reading();
    assert_eq!(reading.put_off(sale).unwrap(), None);
    assert_eq!(reading.assigned(sale).unwrap(), None);
    let again = held(&mut world, 1, Owner::Office);
    assert_eq!(again, sale);
    assert_eq!(
        count(&mut world, "office"),
        1,
        "a new trouble goes by its rule"
    );
}

#[test]
fn an_order_stays_with_whom_it_was_given_to_while_its_holds_change() {
    let mut world = World::new();
    let sale = held(&mut world, 1, Owner::Office);
    world
        .store()
        .write(|w| w.assign(sale, Owner::Warehouse))
        .unwrap();
    let came: Vec<_> = world.store().reading().came().unwrap();

    world
        .store()
        .write(|w| {
            w.put_holds(
                sale,
                &[reason(HoldCode::SkuInvalidCharacters, "Order.Lines[0].SKU")],
                after(1),
            )?;
            w.set_standing(sale, &Standing::In(OrderState::Held), None, after(1))
        })
        .unwrap();

    let row = world.store().reading().sale_row(sale).unwrap();
    assert_eq!(row.owner, Some(Owner::Warehouse));
    assert_eq!(
        (count(&mut world, "warehouse"), count(&mut world, "office")),
        (1, 0)
    );
    assert_eq!(
        world.store().reading().came().unwrap(),
        came,
        "the same order, still in the same hands, is no new one"
    );
    let not_needed = world.sale(2);
    assert!(
        world
            .store()
            .write(|w| w.assign(not_needed, Owner::Office))
            .is_err(),
        "an order that needs nobody cannot be given to anybody"
    );
}

#[test]
fn notes_are_read_newest_first_and_sealed() {
    let mut world = World::new();
    let sale = held(&mut world, 1, Owner::Office);
    let note = |minute, text: &str, to| NoteRow {
        at: after(minute),
        who: "Ben".into(),
        to,
        text: text.into(),
    };
    let first = note(1, "Left a message for Ada Merrow", None);
    let second = note(2, "Is 14 Lantern Row right?", Some(Owner::Office));
    world
        .store()
        .write(|w| {
            w.put_note(sale, &first)?;
            w.put_note(sale, &second)
        })
        .unwrap();
    put_off(&mut world, sale, 30);
    assert_eq!(
        world.store().reading().notes(sale).unwrap(),
        [second, first]
    );
    world.close();
    for entry in std::fs::read_dir(world.dir.path()).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap();
        for word in [&b"Merrow"[..], b"Lantern"] {
            assert!(
                !bytes.windows(word.len()).any(|window| window == word),
                "in {:?}",
                entry.path()
            );
        }
    }
}

#[test]
fn what_people_wrote_leaves_with_age_and_comes_up_again_when_they_write_anew() {
    let mut world = World::new();
    let sale = held(&mut world, 1, Owner::Office);
    let seal = SealedSale {
        detail: b"{}".to_vec(),
        find: Vec::new(),
    };
    world
        .store()
        .write(|w| {
            w.put_detail(sale, noon(), &seal, Decimal::ONE, "GBP", "", "", None, None)?;
            w.put_note(
                sale,
                &NoteRow {
                    at: noon(),
                    who: "Ben".into(),
                    to: None,
                    text: "Ada Merrow".into(),
                },
            )
        })
        .unwrap();
    put_off(&mut world, sale, 30);
    world
        .store()
        .write(|w| w.set_standing(sale, &Standing::In(OrderState::Despatched), None, noon()))
        .unwrap();
    let mask = |_: &[u8]| b"{}".to_vec();
    let later = noon() + Duration::days(91);
    let cleared = world
        .store()
        .clear_sales_older_than(later - Duration::days(1), later, &mask)
        .unwrap();
    assert_eq!((cleared.sales, cleared.is_all), (1, true));
    let reading = world.store().reading();
    assert_eq!(reading.notes(sale).unwrap()[0].text, "");
    assert_eq!(
        reading.notes(sale).unwrap()[0].who,
        "Ben",
        "that it was stays"
    );
    assert_eq!(reading.put_off(sale).unwrap().unwrap().why, "");

    world
        .store()
        .write(|w| {
            w.put_note(
                sale,
                &NoteRow {
                    at: later,
                    who: "Ben".into(),
                    to: None,
                    text: "Ada Merrow again".into(),
                },
            )
        })
        .unwrap();
    let again = world
        .store()
        .clear_sales_older_than(later, later, &mask)
        .unwrap();
    assert_eq!(
        again.sales, 1,
        "what was written afterwards leaves in its turn"
    );
}

#[test]
fn an_owners_time_counts_from_the_trouble_to_its_end_over_every_hand() {
    let mut world = World::new();
    let sale = held(&mut world, 1, Owner::Office);
    let take = |world: &mut World, minute| {
        world
            .store()
            .write(|w| w.take_turns(after(minute)))
            .unwrap();
    };
    take(&mut world, 1);
    world
        .store()
        .write(|w| w.assign(sale, Owner::Finance))
        .unwrap();
    take(&mut world, 30);
    let spent = |world: &mut World, minute| {
        let day = noon().date_naive();
        let rows = world.store().reading().spent(day, after(minute)).unwrap();
        rows.into_iter()
            .map(|row| {
                (
                    row.owner,
                    row.turns,
                    row.seconds / 60,
                    row.open,
                    row.open_seconds / 60,
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        spent(&mut world, 40),
        [
            ("office".into(), 1, 30, 0, 0),
            ("finance".into(), 0, 0, 1, 10)
        ]
    );
    released(&mut world, sale, after(90));
    take(&mut world, 90);
    assert_eq!(
        spent(&mut world, 300),
        [
            ("finance".into(), 1, 60, 0, 0),
            ("office".into(), 1, 30, 0, 0)
        ]
    );
    assert_eq!(
        world.count("turn"),
        0,
        "only turns under way are kept one by one"
    );
}

#[test]
fn orders_that_had_an_owner_before_this_was_kept_are_counted_from_their_trouble() {
    let dir = tempfile::tempdir().unwrap();
    let path = crate::folder::database(dir.path());
    std::fs::write(&path, b"").unwrap();
    let earlier = crate::Reading::connect(
        &path,
        crate::reading::Access::Write(crate::Durability::Fast),
    )
    .unwrap();
    crate::migrate::migrate_to(&earlier.conn, 6).unwrap();
    earlier
        .conn
        .execute_batch(
            "INSERT INTO sale (id, number, state, owner, updated, wants_read, first_seen, changed_at)
             VALUES (x'00000000000040008000000000000001', 'SO-00001', 'held', 'office', 5, 0, 5,
                     1795521600000)",
        )
        .unwrap();
    drop(earlier);
    let mut store = crate::Store::open(dir.path(), Some(key()), options()).unwrap();
    assert_eq!(store.reading().came().unwrap()[0].count, 1);
    store.write(|w| w.take_turns(after(10))).unwrap();
    let spent = store
        .reading()
        .spent(noon().date_naive(), after(10))
        .unwrap();
    assert_eq!((spent[0].open, spent[0].open_seconds), (1, 600));
}

#[test]
fn what_must_leave_is_counted_by_its_cut_off_and_by_who_stands_in_the_way() {
    let mut world = World::new();
    for n in 1..=5 {
        let sale = if n <= 3 {
            held(&mut world, n, Owner::Office)
        } else {
            world.sale(n)
        };
        world
            .store()
            .write(|w| {
                w.put_detail(
                    sale,
                    noon(),
                    &SealedSale::default(),
                    Decimal::ONE,
                    "GBP",
                    "",
                    "",
                    Some(after(if n == 5 { 200 } else { 60 })),
                    None,
                )
            })
            .unwrap();
    }
    put_off(&mut world, SaleKey(1), 120);
    let reading = world.store().reading();
    let needs = reading.needs_by(noon(), after(90)).unwrap();
    assert_eq!(needs.iter().map(|need| need.count).sum::<i64>(), 3);
    assert!(needs.iter().all(|need| need.ship_by == after(60)
        && need.cause == Some(HoldCode::PhoneMissing)
        && need.owner == Owner::Office));
    assert_eq!(
        reading.to_leave(noon(), after(90)).unwrap(),
        [(after(60), 1)]
    );
    assert_eq!(
        reading.put_off_past(noon(), after(90)).unwrap(),
        [after(60)]
    );
    assert_eq!(
        reading
            .newest_in(OrderState::Held, Owner::Warehouse)
            .unwrap(),
        None
    );
    let sums = reading.need_sums().unwrap();
    assert_eq!((sums.len(), sums[0].count), (1, 3));
}

#[test]
fn a_days_counts_add_up_and_other_days_stay_apart() {
    let mut world = World::new();
    let (today, before) = (noon().date_naive(), noon().date_naive().pred_opt().unwrap());
    world
        .store()
        .write(|w| {
            w.count_on_day(today, "accepted", 2)?;
            w.count_on_day(today, "accepted", 3)?;
            w.count_on_day(before, "accepted", 9)?;
            w.count_on_day(today, "run:orders:finished", 1)
        })
        .unwrap();
    let counts: Vec<_> = world
        .store()
        .reading()
        .day_counts(today)
        .unwrap()
        .into_iter()
        .map(|count| (count.word, count.count))
        .collect();
    assert_eq!(
        counts,
        [("accepted".into(), 5), ("run:orders:finished".into(), 1)]
    );
}

#[test]
fn the_room_on_the_disk_can_be_told() {
    let mut world = World::new();
    assert!(
        world
            .store()
            .reading()
            .free_room()
            .is_some_and(|free| free > 0)
    );
}

#[derive(Clone, Debug)]
enum Act {
    Hold(u32, usize),
    Release(u32),
    Assign(u32, usize),
    PutOff(u32),
    Back(u32),
    Upkeep,
}

fn acts() -> impl Strategy<Value = Act> {
    let sale = 1_u32..4;
    prop_oneof![
        (sale.clone(), 0_usize..4).prop_map(|(n, owner)| Act::Hold(n, owner)),
        sale.clone().prop_map(Act::Release),
        (sale.clone(), 0_usize..4).prop_map(|(n, owner)| Act::Assign(n, owner)),
        sale.clone().prop_map(Act::PutOff),
        sale.prop_map(Act::Back),
        Just(Act::Upkeep),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_minute_of_an_order_in_need_is_somebodys(acts in proptest::collection::vec(acts(), 1..40)) {
        let mut world = World::new();
        let sales: Vec<_> = (1..4).map(|n| world.sale(n)).collect();
        let mut needed = 0_i64;
        for (minute, act) in (1_i64..).zip(&acts) {
            // Each act happens at a full minute, and turns are taken in at once.
            needed += world.store().reading().tallies_by_owner().unwrap()
                .iter().map(|tally| tally.count).sum::<i64>() * 60;
            let sale = |n: &u32| sales[*n as usize - 1];
            match act {
                Act::Hold(n, owner) => {
                    let mut why = reason(HoldCode::PhoneMissing, "Phone");
                    why.owner = Owner::ALL[*owner];
                    world.store().write(|w| {
                        w.put_holds(sale(n), &[why], after(minute))?;
                        w.set_standing(sale(n), &Standing::In(OrderState::Held), None, after(minute))
                    }).unwrap();
                }
                Act::Release(n) => released(&mut world, sale(n), after(minute)),
                Act::Assign(n, owner) => {
                    let _ = world.store().write(|w| w.assign(sale(n), Owner::ALL[*owner]));
                }
                Act::PutOff(n) => put_off(&mut world, sale(n), minute + 3),
                Act::Back(n) => {
                    world.store().write(|w| w.bring_back(sale(n))).unwrap();
                }
                Act::Upkeep => {
                    world.store().write(|w| w.upkeep(after(minute))).unwrap();
                }
            }
            world.store().write(|w| w.take_turns(after(minute))).unwrap();
        }
        let now = after(i64::try_from(acts.len()).unwrap());
        let spent = world.store().reading().spent(noon().date_naive(), now).unwrap();
        let counted: i64 = spent.iter().map(|row| row.seconds + row.open_seconds).sum();
        prop_assert_eq!(counted, needed);
        let open: i64 = spent.iter().map(|row| row.open).sum();
        let need: i64 = world.store().reading().need_sums().unwrap().iter().map(|sum| sum.count).sum();
        prop_assert_eq!(open, need);
        let sold = "sale WHERE put_off_until IS NOT NULL";
        let held = world.count("put_off");
        prop_assert_eq!(world.count(sold), held);
    }
}
