//! Searching by several words: all of what is there is found, and a search that finds
//! little is bounded in what it looks at.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::world::*;
use crate::{OrderFilter, OrderState, SealedSale, Standing};

/// Every order a search gives, page by page, and the number of pages.
fn searched(world: &mut World, typed: &str, states: &[OrderState]) -> (Vec<String>, usize) {
    let mut filter = OrderFilter {
        find: Some(typed.into()),
        states: states.to_vec(),
        limit: 50,
        ..OrderFilter::default()
    };
    let (mut numbers, mut pages) = (Vec::new(), 0);
    loop {
        let page = world.store().reading().orders(&filter).unwrap();
        pages += 1;
        numbers.extend(page.rows.into_iter().map(|(row, _)| row.number.to_string()));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return (numbers, pages),
        }
    }
}

/// Orders from 1, each with the words that it is given.
fn world_of(count: u32, words: impl Fn(u32) -> Vec<String>) -> World {
    let mut world = World::new();
    world
        .store()
        .write(|w| {
            for n in 1..=count {
                let mut seen = listing(n, Standing::In(OrderState::Despatched));
                seen.find = Vec::new();
                let sale = w.saw_listing(&seen)?.key;
                let sealed = SealedSale {
                    detail: Vec::new(),
                    find: words(n),
                };
                let one = Decimal::ONE;
                w.put_detail(sale, noon(), &sealed, one, "GBP", "", "", None, None)?;
            }
            Ok(())
        })
        .unwrap();
    world
}

fn numbers(of: impl Iterator<Item = u32>) -> Vec<String> {
    let mut of: Vec<u32> = of.collect();
    of.sort_unstable();
    of.into_iter().rev().map(|n| format!("SO-{n:05}")).collect()
}

#[test]
fn two_common_words_that_no_order_shares_are_given_up_on_early_and_gone_on_with() {
    const ORDERS: u32 = 30_000;
    let name = |n: u32| if n.is_multiple_of(2) { "Ada" } else { "Tomasz" };
    let mut world = world_of(ORDERS, |n| vec![name(n).into()]);
    let (found, pages) = searched(&mut world, "ada tomasz", &[]);
    assert!(found.is_empty());
    assert!((2..10).contains(&pages), "{pages} pages");
    // The same when each is looked for by itself, as an order's number might begin so.
    let (found, pages) = searched(&mut world, "ada tomasz", &[OrderState::Despatched]);
    assert!(found.is_empty());
    assert!((2..20).contains(&pages), "{pages} pages");
}

#[test]
fn the_few_that_have_both_of_two_common_words_are_all_found_newest_first() {
    let mut world = world_of(20_000, |n| {
        let mut words = Vec::new();
        if n % 20 == 0 {
            words.push("Ada".to_owned());
        }
        if n % 33 == 0 {
            words.push("BS1".to_owned());
        }
        words
    });
    let wanted = numbers((1..=20_000).filter(|n| n % 20 == 0 && n % 33 == 0));
    for typed in ["ada bs1", "bs1 ada"] {
        assert_eq!(searched(&mut world, typed, &[]).0, wanted, "{typed}");
    }
    let (none, _) = searched(&mut world, "ada bs1", &[OrderState::Held]);
    assert!(none.is_empty());
}

#[test]
fn a_common_given_name_costs_no_more_than_the_surname_it_stands_by() {
    let mut world = world_of(20_000, |n| {
        let surname = if n % 5_000 == 0 { "Merrow" } else { "Hale" };
        vec![format!("Ada {surname}")]
    });
    let (found, pages) = searched(&mut world, "ada merrow", &[]);
    assert_eq!(found, numbers((1..=4).map(|n| n * 5_000)));
    assert_eq!(pages, 1, "the rare word leads, whichever comes first");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_search_equals_looking_at_the_words_of_every_order(
        orders in proptest::collection::vec(0_usize..32, 1..120),
        asked in proptest::collection::vec(0_usize..5, 1..5),
        held in any::<bool>(),
    ) {
        const NAMES: [&str; 5] = ["Ada", "Merrow", "Hale", "BS1", "Zoë"];
        let has = |bits: usize, name: usize| bits & (1 << name) != 0;
        let words = |n: u32| {
            let bits = orders[n as usize - 1];
            let named = NAMES.iter().enumerate().filter(|(at, _)| has(bits, *at));
            named.map(|(_, name)| (*name).to_owned()).collect()
        };
        let mut world = world_of(u32::try_from(orders.len()).unwrap(), words);
        let sale = world.store().reading().sale(&id(1)).unwrap().unwrap().key;
        let standing = Standing::In(OrderState::Held);
        world.store().write(|w| w.set_standing(sale, &standing, None, noon())).unwrap();
        let typed: Vec<&str> = asked.iter().map(|name| NAMES[*name]).collect();
        let states: &[OrderState] = if held { &[OrderState::Held] } else { &[] };
        let wanted = numbers((1_u32..).zip(&orders)
            .filter(|(_, bits)| asked.iter().all(|name| has(**bits, *name)))
            .map(|(n, _)| n)
            .filter(|n| !held || *n == 1));
        prop_assert_eq!(searched(&mut world, &typed.join(" "), states).0, wanted);
    }
}
