//! What Today counts is counted once, and under the right head.

use chrono::Duration;
use domain::HoldCode;
use rusqlite::params;

use super::world::*;
use crate::{Answer, Answers, HeldFor, LeaveBy, NeedQuery, OrderState, SealedSale, Standing};

fn held(world: &mut World, n: u32, code: HoldCode, value: &str) -> crate::SaleKey {
    let sale = world.sale(n);
    let mut why = reason(code, "Order.Lines[0].SKU");
    why.value = value.into();
    world
        .store()
        .write(|w| {
            w.put_holds(sale, &[why], noon())?;
            w.set_standing(sale, &Standing::In(OrderState::Held), None, noon())
        })
        .unwrap();
    sale
}

#[test]
fn calls_of_the_last_minute_are_told_by_what_they_were_for() {
    let mut world = World::new();
    for (lane, seconds) in [
        ("orders", 5),
        ("orders", 20),
        ("background", 30),
        ("orders", 90),
    ] {
        let at = noon() - Duration::seconds(seconds);
        world.store().note_call("cin7", lane, at).unwrap();
    }
    let mut calls = world
        .store()
        .reading()
        .calls_by_lane("cin7", noon() - Duration::seconds(60))
        .unwrap();
    calls.sort();
    assert_eq!(calls, [("background".into(), 1), ("orders".into(), 2)]);
}

#[test]
fn answers_of_the_last_hour_are_added_up_and_older_ones_left_out() {
    let mut world = World::new();
    let answer = |minutes: i64, failed: bool, took_ms: u64| Answer {
        at: after(-minutes),
        failed,
        busy: false,
        took_ms,
    };
    let all = [
        answer(90, true, 9_000),
        answer(40, false, 200),
        answer(40, true, 3_000),
        answer(1, false, 400),
    ];
    for answer in all {
        world
            .store()
            .write(|w| w.count_answer("whistl", answer))
            .unwrap();
    }
    let reading = world.store().reading();
    assert_eq!(
        reading.answers("whistl", after(-60)).unwrap(),
        Answers {
            calls: 3,
            failed: 1,
            busy: 0,
            took_ms: 3_600,
            worst_ms: 3_000
        }
    );
    assert_eq!(
        reading.answers("cin7", after(-60)).unwrap(),
        Answers::default()
    );
}

#[test]
fn an_order_counts_as_accepted_once_however_often_the_warehouse_repeats_it() {
    let mut world = World::new();
    let sale = world.ready(1);
    for minutes in [3, 40] {
        world
            .store()
            .write(|w| w.set_warehouse(sale, "WF1", "ACCEPTED", Some(after(minutes))))
            .unwrap();
    }
    let accepted = world
        .store()
        .reading()
        .accepted(after(-60), after(60))
        .unwrap();
    assert_eq!(accepted, [(noon(), 1)]);
}

#[test]
fn orders_are_found_by_the_sku_they_wait_for_and_most_orders_come_first() {
    let mut world = World::new();
    let first = held(&mut world, 1, HoldCode::SkuInvalidCharacters, "CUP-1");
    held(&mut world, 2, HoldCode::SkuUnknownAtWhistl, "MUG2");
    let third = held(&mut world, 3, HoldCode::SkuInvalidCharacters, "CUP-1");
    held(&mut world, 4, HoldCode::PhoneMissing, "");
    let reading = world.store().reading();
    assert_eq!(
        reading.held_for(&HoldCode::SKU).unwrap(),
        [
            HeldFor {
                value: "CUP-1".into(),
                cause: HoldCode::SkuInvalidCharacters,
                orders: 2
            },
            HeldFor {
                value: "MUG2".into(),
                cause: HoldCode::SkuUnknownAtWhistl,
                orders: 1
            }
        ]
    );
    assert_eq!(
        reading.sales_held_for(&HoldCode::SKU, "CUP-1").unwrap(),
        [first, third]
    );
    assert_eq!(reading.held_for(&HoldCode::SERVICE).unwrap(), []);
}

#[test]
fn a_count_of_orders_that_need_someone_lists_just_those_orders() {
    let mut world = World::new();
    let (today, tomorrow) = (after(240), after(240 + 1_440));
    let causes = [HoldCode::PhoneMissing, HoldCode::PostcodeInvalid];
    for n in 1..=12 {
        let sale = held(&mut world, n, causes[n as usize % 2], "");
        let ship_by = [Some(today), Some(tomorrow), None][n as usize % 3];
        world
            .store()
            .write(|w| {
                w.put_detail(
                    sale,
                    noon(),
                    &SealedSale::default(),
                    rust_decimal::Decimal::ONE,
                    "GBP",
                    "",
                    "",
                    ship_by,
                    None,
                )
            })
            .unwrap();
    }
    let reading = world.store().reading();
    for cause in causes {
        for leave_by in [
            LeaveBy::Any,
            LeaveBy::At(today),
            LeaveBy::UpTo(tomorrow),
            LeaveBy::After(today),
            LeaveBy::NotBetween(noon(), today),
        ] {
            let query = NeedQuery {
                states: vec![OrderState::Held],
                causes: vec![Some(cause)],
                leave_by,
            };
            let counted: i64 = reading
                .needs()
                .unwrap()
                .iter()
                .filter(|need| query.holds(need))
                .map(|need| need.count)
                .sum();
            let list = reading.list_needs(&query, None, None, false, 100).unwrap();
            assert_eq!(crate::times::whole(list.orders.len()), counted, "{query:?}");
            assert!(counted > 0, "{query:?}");
        }
    }
    let all = NeedQuery {
        states: vec![OrderState::Held],
        causes: causes.map(Some).to_vec(),
        leave_by: LeaveBy::Any,
    };
    let first = reading.list_needs(&all, None, None, false, 5).unwrap();
    assert!(first.capped);
    assert!(
        first
            .orders
            .iter()
            .take(4)
            .all(|order| order.at == Some(today))
    );
}

#[test]
fn holds_of_an_earlier_version_are_found_by_their_sku_after_one_start() {
    let mut world = World::new();
    let sale = held(&mut world, 1, HoldCode::SkuInvalidCharacters, "CUP-1");
    world
        .store()
        .write(|w| w.run("UPDATE hold SET held_for = NULL WHERE sale = ?1", [sale.0]))
        .unwrap();
    world.store().write_out_codes().unwrap();
    let reading = world.store().reading();
    assert_eq!(
        reading.sales_held_for(&HoldCode::SKU, "CUP-1").unwrap(),
        [sale]
    );
}

#[test]
fn what_is_personal_is_not_written_out_beside_a_hold() {
    let mut world = World::new();
    held(&mut world, 1, HoldCode::AddressTooLong, "14 Lantern Row");
    let clear: Option<String> = world
        .store()
        .reading()
        .one("SELECT held_for FROM hold", params![], |row| row.get(0))
        .unwrap()
        .flatten();
    assert_eq!(clear, None);
}

#[test]
fn reading_is_told_by_how_many_are_still_to_be_read() {
    let mut world = World::new();
    world.sale(1);
    let read = world.sale(2);
    let sealed = SealedSale::default();
    world
        .store()
        .write(|w| {
            w.put_detail(
                read,
                noon(),
                &sealed,
                rust_decimal::Decimal::ONE,
                "GBP",
                "",
                "",
                None,
                None,
            )
        })
        .unwrap();
    let reading = world.store().reading();
    assert_eq!(reading.reading_progress().unwrap(), (1, 2));
    assert_eq!(reading.recently_read(10).unwrap(), [read]);
}
