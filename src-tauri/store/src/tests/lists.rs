//! Lists of orders: whole, in order, each order once, whatever is asked for.

use domain::{HoldCode, Owner};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::world::*;
use crate::{OrderFilter, OrderState, SaleKey, SealedSale, Standing, StoreFault};

/// Every order that a filter gives, page by page, and how many pages that took.
fn listed(world: &mut World, filter: &OrderFilter) -> (Vec<String>, usize) {
    let mut filter = OrderFilter {
        limit: filter.limit.max(1),
        ..filter.clone()
    };
    let (mut numbers, mut pages) = (Vec::new(), 0);
    loop {
        let page = world.store().reading().orders(&filter).unwrap();
        pages += 1;
        assert!(page.rows.len() <= filter.limit as usize);
        numbers.extend(page.rows.into_iter().map(|(row, _)| row.number.to_string()));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return (numbers, pages),
        }
    }
}

fn find(world: &mut World, text: &str) -> Vec<String> {
    let filter = OrderFilter {
        find: Some(text.into()),
        limit: 3,
        ..OrderFilter::default()
    };
    listed(world, &filter).0
}

fn read(world: &mut World, sale: SaleKey, words: &[&str]) {
    let find = words.iter().map(|word| (*word).to_owned()).collect();
    let sealed = SealedSale {
        detail: Vec::new(),
        find,
    };
    world
        .store()
        .write(|w| {
            w.put_detail(
                sale,
                noon(),
                &sealed,
                Decimal::ONE,
                "GBP",
                "",
                "",
                None,
                None,
            )
        })
        .unwrap();
}

#[test]
fn pages_follow_one_another_newest_first_and_end() {
    let mut world = World::new();
    for n in 1..=7 {
        world.sale(n);
    }
    let filter = OrderFilter {
        limit: 3,
        ..OrderFilter::default()
    };
    let (numbers, pages) = listed(&mut world, &filter);
    let wanted: Vec<String> = (1..=7).rev().map(|n| format!("SO-{n:05}")).collect();
    assert_eq!((numbers, pages), (wanted, 3));
}

#[test]
fn sales_outside_the_trigger_are_no_orders() {
    let mut world = World::new();
    let outside = listing(1, Standing::Outside("not_authorised".into()));
    world.store().write(|w| w.saw_listing(&outside)).unwrap();
    world.sale(2);
    assert_eq!(listed(&mut world, &OrderFilter::default()).0, ["SO-00002"]);
    assert_eq!(find(&mut world, "SO-0"), ["SO-00002"]);
}

#[test]
fn a_list_is_narrowed_by_state_owner_and_cause_together() {
    let mut world = World::new();
    for n in 1..=6 {
        let sale = world.sale(n);
        let mut phone = reason(HoldCode::PhoneMissing, "Phone");
        phone.owner = if n % 2 == 0 {
            Owner::Warehouse
        } else {
            Owner::Office
        };
        let state = if n <= 4 {
            OrderState::Held
        } else {
            OrderState::Rejected
        };
        world
            .store()
            .write(|w| {
                if n != 1 {
                    w.put_holds(
                        sale,
                        &[phone.clone(), reason(HoldCode::PhoneMissing, "Other")],
                        noon(),
                    )?;
                }
                w.set_standing(sale, &Standing::In(state), None, noon())
            })
            .unwrap();
    }
    let filter = OrderFilter {
        states: vec![OrderState::Held],
        hold: Some(HoldCode::PhoneMissing),
        owner: Some(Owner::Warehouse),
        limit: 1,
        ..OrderFilter::default()
    };
    assert_eq!(listed(&mut world, &filter).0, ["SO-00004", "SO-00002"]);
    let both = OrderFilter {
        states: vec![OrderState::Held, OrderState::Rejected],
        limit: 2,
        ..OrderFilter::default()
    };
    assert_eq!(listed(&mut world, &both).0.len(), 6);
}

#[test]
fn every_word_must_match_and_each_may_be_a_name_or_a_number() {
    let mut world = World::new();
    let (ada, jon) = (world.sale(1), world.sale(2));
    read(&mut world, ada, &["Ada Merrow", "BS1 4ZZ"]);
    read(&mut world, jon, &["Jon Merrow", "LS2 7ZZ"]);
    world
        .store()
        .write(|w| w.set_warehouse(jon, "WF10000042", "ACCEPTED", None))
        .unwrap();
    assert_eq!(find(&mut world, "merrow"), ["SO-00002", "SO-00001"]);
    assert_eq!(find(&mut world, "merrow ada"), ["SO-00001"]);
    assert_eq!(find(&mut world, "so-00001 merrow"), ["SO-00001"]);
    assert_eq!(find(&mut world, "wf100 jon"), ["SO-00002"]);
    assert_eq!(find(&mut world, "ada jon"), [""; 0]);
    assert_eq!(find(&mut world, "so-00003"), [""; 0]);
}

/// More orders than a beginning may share to be listed from the index.
fn crowded() -> World {
    let mut world = World::new();
    crate::fill::sales(world.store(), 1, 1_300, noon()).unwrap();
    world
}

#[test]
fn a_beginning_that_all_orders_share_lists_each_of_them_once() {
    let mut world = crowded();
    let filter = OrderFilter {
        find: Some("so-".into()),
        limit: 500,
        ..OrderFilter::default()
    };
    let (numbers, _) = listed(&mut world, &filter);
    let wanted: Vec<String> = (1..=1_300).rev().map(|n| format!("SO-{n:06}")).collect();
    assert_eq!(numbers, wanted);
}

#[test]
fn a_shared_beginning_is_narrowed_by_state_and_by_name() {
    let mut world = crowded();
    let (surname, _) = crate::fill::customer(700);
    let both = find(&mut world, &format!("SO- {surname}"));
    assert!(both.contains(&"SO-000700".to_owned()), "{both:?}");
    assert_eq!(
        both,
        find(&mut world, &surname),
        "the beginning takes nothing away"
    );
    let held = OrderFilter {
        states: vec![OrderState::Held],
        find: Some("SO-".into()),
        limit: 2,
        ..OrderFilter::default()
    };
    let held_all = OrderFilter {
        find: None,
        ..held.clone()
    };
    assert_eq!(listed(&mut world, &held).0, listed(&mut world, &held_all).0);
    let two = find(&mut world, "so- so-0");
    assert_eq!(
        two.len(),
        1_300,
        "two shared beginnings hold for all that have both"
    );
}

#[test]
fn someone_called_like_a_shared_beginning_is_found_too() {
    let mut world = crowded();
    let sale = world.sale(1);
    read(&mut world, sale, &["Ji-woo So"]);
    let outside = listing(2, Standing::Outside("not_authorised".into()));
    world.store().write(|w| w.saw_listing(&outside)).unwrap();
    let filter = OrderFilter {
        find: Some("so".into()),
        limit: 1_000,
        ..OrderFilter::default()
    };
    let (numbers, _) = listed(&mut world, &filter);
    assert_eq!(numbers[0], "SO-00001");
    assert_eq!(
        numbers
            .iter()
            .filter(|number| *number == "SO-00001")
            .count(),
        1
    );
    assert_eq!(numbers.len(), 1_301);
}

#[test]
fn a_place_that_was_never_given_out_is_refused_by_name() {
    let mut world = World::new();
    for wrong in ["", "x1", "k", "kSO", "t5"] {
        let filter = OrderFilter {
            after: Some(wrong.into()),
            limit: 1,
            ..OrderFilter::default()
        };
        let refused = world.store().reading().orders(&filter).unwrap_err();
        assert_eq!(
            refused,
            StoreFault::NoSuchPage {
                after: wrong.into()
            }
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_list_equals_looking_at_every_order(
        orders in proptest::collection::vec((0_usize..10, 0_usize..5, 0_usize..4), 1..40),
        states in proptest::collection::vec(0_usize..10, 0..3),
        owner in proptest::option::of(0_usize..4),
        name in proptest::option::of(0_usize..4),
        limit in 1_u32..7,
    ) {
        const NAMES: [&str; 4] = ["Merrow", "Hale", "Ashworth", "Thornbury"];
        let mut world = World::new();
        let mut wanted = Vec::new();
        let states: Vec<OrderState> = states.into_iter().map(|state| OrderState::ALL[state]).collect();
        for (n, (state, whose, called)) in orders.iter().enumerate() {
            let sale = world.sale(u32::try_from(n).unwrap());
            read(&mut world, sale, &[NAMES[*called]]);
            let state = OrderState::ALL[*state];
            let whose = Owner::ALL.get(*whose).copied();
            world.store().write(|w| w.set_standing(sale, &Standing::In(state), whose, noon())).unwrap();
            let fits = (states.is_empty() || states.contains(&state))
                && owner.is_none_or(|owner| whose == Some(Owner::ALL[owner]))
                && name.is_none_or(|name| name == *called);
            if fits {
                wanted.insert(0, format!("SO-{n:05}"));
            }
        }
        let filter = OrderFilter {
            states,
            owner: owner.map(|owner| Owner::ALL[owner]),
            find: name.map(|name| NAMES[name].to_owned()),
            limit,
            ..OrderFilter::default()
        };
        prop_assert_eq!(listed(&mut world, &filter).0, wanted);
    }
}
