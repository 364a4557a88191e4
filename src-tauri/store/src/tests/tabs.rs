//! Every order is under one tab, its lists are whole and in order, and the counts kept beside
//! them agree with counting.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::world::*;
use crate::{
    ListQuery, OrderFilter, OrderState, PutOffRow, SaleKey, SaleRow, SealedSale, Standing, Tab,
};

const CHANNELS: [&str; 3] = ["", "Web shop", "Amazon"];

/// What is made of one order.
#[derive(Clone, Debug)]
struct Made {
    /// Its state; none for a sale outside the trigger.
    state: Option<usize>,
    holds: Vec<(usize, usize)>,
    channel: usize,
    ship_by: Option<i64>,
    put_off: bool,
    moved: i64,
}

const CODES: [HoldCode; 2] = [HoldCode::PhoneMissing, HoldCode::SkuInvalidCharacters];

fn made() -> impl Strategy<Value = Made> {
    (
        proptest::option::weighted(0.9, 0_usize..10),
        proptest::collection::vec((0_usize..2, 0_usize..4), 0..3),
        0_usize..3,
        proptest::option::weighted(0.8, 0_i64..4),
        proptest::bool::weighted(0.2),
        0_i64..4,
    )
        .prop_map(|(state, holds, channel, ship_by, put_off, moved)| Made {
            state,
            holds,
            channel,
            ship_by,
            put_off,
            moved,
        })
}

fn make(world: &mut World, n: u32, made: &Made) -> SaleKey {
    let sale = world.sale(n);
    let sealed = SealedSale {
        detail: Vec::new(),
        find: vec!["Ada Merrow".into()],
    };
    let ship_by = made.ship_by.map(after);
    let channel = CHANNELS[made.channel];
    let standing = made.state.map_or(Standing::Outside("voided".into()), |s| {
        Standing::In(OrderState::ALL[s])
    });
    let reasons: Vec<_> = made
        .holds
        .iter()
        .map(|(code, owner)| {
            let mut reason = reason(CODES[*code], "Phone");
            reason.owner = Owner::ALL[*owner];
            reason
        })
        .collect();
    world
        .store()
        .write(|w| {
            w.put_detail(
                sale,
                noon(),
                &sealed,
                Decimal::ONE,
                "GBP",
                channel,
                "",
                ship_by,
                None,
            )?;
            w.set_standing(sale, &standing, None, after(made.moved))?;
            if made.state.is_some() {
                w.put_holds(sale, &reasons, noon())?;
            }
            if made.put_off {
                let row = PutOffRow {
                    until: after(60),
                    why: "Waits for stock".into(),
                    who: "Rosa".into(),
                    at: noon(),
                };
                w.put_off_sale(sale, &row)?;
            }
            Ok(())
        })
        .unwrap();
    sale
}

fn query(tab: Tab) -> ListQuery {
    ListQuery {
        tab,
        owner: None,
        cause: None,
        channel: None,
        find: None,
        put_off: false,
        most: 1_000,
    }
}

fn keys(world: &mut World, query: &ListQuery) -> Vec<SaleKey> {
    let list = world.store().reading().list(query).unwrap();
    assert!(!list.capped);
    list.orders.into_iter().map(|order| order.sale).collect()
}

/// The same by reading every order and asking it.
fn by_hand(world: &mut World, sales: &[SaleKey], query: &ListQuery) -> Vec<SaleKey> {
    let reading = world.store().reading();
    let mut wanted: Vec<SaleRow> = sales
        .iter()
        .map(|sale| reading.sale_row(*sale).unwrap())
        .filter(|row| {
            let holds = reading.holds(row.key).unwrap();
            Tab::of(&row.standing, row.owner) == Some(query.tab)
                && query.owner.is_none_or(|owner| row.owner == Some(owner))
                && query
                    .cause
                    .is_none_or(|code| holds.iter().any(|hold| hold.reason.code == code))
                && query.channel.as_ref().is_none_or(|c| row.channel == *c)
                && (query.find.is_some()
                    || query.tab != Tab::NeedsYou
                    || row.put_off_until.is_some() == query.put_off)
        })
        .collect();
    if query.tab == Tab::NeedsYou {
        wanted.sort_by_key(|row| (row.ship_by.is_none(), row.ship_by, row.key));
    } else {
        wanted.sort_by_key(|row| std::cmp::Reverse((row.changed_at, row.key)));
    }
    wanted.into_iter().map(|row| row.key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn every_list_is_what_reading_each_order_gives(
        made in proptest::collection::vec(made(), 1..14),
        tab in 0_usize..5,
        owner in proptest::option::of(0_usize..4),
        cause in proptest::option::of(0_usize..2),
        channel in proptest::option::of(0_usize..3),
        find in proptest::option::of("SO-0000[1-9]?|merrow|nobody"),
        put_off: bool,
    ) {
        let mut world = World::new();
        let sales: Vec<_> = (1..).zip(&made).map(|(n, made)| make(&mut world, n, made)).collect();
        let asked = ListQuery {
            owner: owner.map(|owner| Owner::ALL[owner]),
            cause: cause.map(|code| CODES[code]),
            channel: channel.map(|channel| CHANNELS[channel].to_owned()),
            put_off,
            ..query(Tab::ALL[tab])
        };
        prop_assert_eq!(keys(&mut world, &asked), by_hand(&mut world, &sales, &asked));
        let sought = ListQuery { find: find.clone(), ..asked };
        let mut wanted = by_hand(&mut world, &sales, &sought);
        let filter = OrderFilter { find, limit: 1_000, ..OrderFilter::default() };
        let found = world.store().reading().orders(&filter).unwrap().rows;
        wanted.retain(|sale| found.iter().any(|(row, _)| row.key == *sale));
        prop_assert_eq!(keys(&mut world, &sought), wanted);
    }

    #[test]
    fn the_counts_kept_are_those_of_the_lists_and_no_order_is_under_two_tabs(
        made in proptest::collection::vec(made(), 1..14),
        moves in proptest::collection::vec((0_usize..14, 0_usize..10, proptest::option::of(0_usize..4)), 0..20),
        back in 0_usize..14,
    ) {
        let mut world = World::new();
        let sales: Vec<_> = (1..).zip(&made).map(|(n, made)| make(&mut world, n, made)).collect();
        for (n, state, owner) in moves {
            let sale = sales[n % sales.len()];
            let owner = owner.map(|owner| Owner::ALL[owner]);
            let standing = Standing::In(OrderState::ALL[state]);
            world.store().write(|w| w.set_standing(sale, &standing, owner, noon())).unwrap();
        }
        let brought = sales[back % sales.len()];
        world.store().write(|w| w.bring_back(brought)).unwrap();

        let counts = world.store().reading().list_counts().unwrap();
        let count = |tab: Tab, put_off: Option<bool>, channel: Option<&str>| -> usize {
            counts
                .iter()
                .filter(|c| c.tab == tab && put_off.is_none_or(|p| c.put_off == p))
                .filter(|c| channel.is_none_or(|channel| c.channel == channel))
                .map(|c| c.count as usize)
                .sum()
        };
        let mut all = Vec::new();
        for tab in Tab::ALL {
            let put_off = if tab == Tab::NeedsYou { vec![false, true] } else { vec![false] };
            for put_off in put_off {
                let asked = ListQuery { put_off, ..query(tab) };
                let listed = keys(&mut world, &asked);
                let split = (tab == Tab::NeedsYou).then_some(put_off);
                prop_assert_eq!(listed.len(), count(tab, split, None), "{:?}", tab);
                for channel in CHANNELS {
                    let of_channel = ListQuery { channel: Some(channel.into()), ..asked.clone() };
                    prop_assert_eq!(keys(&mut world, &of_channel).len(), count(tab, split, Some(channel)));
                }
                all.extend(listed);
            }
        }
        let under_a_tab = all.len();
        all.sort();
        all.dedup();
        prop_assert_eq!(all.len(), under_a_tab, "an order is under two tabs");
        let inside = world.count("sale WHERE state IS NOT NULL");
        prop_assert_eq!(i64::try_from(all.len()).unwrap(), inside);
    }
}

#[test]
fn a_list_longer_than_asked_for_ends_and_says_so() {
    let mut world = World::new();
    for n in 1..=5 {
        world.sale(n);
    }
    let asked = ListQuery {
        most: 3,
        ..query(Tab::Waiting)
    };
    let list = world.store().reading().list(&asked).unwrap();
    assert!(list.capped);
    let numbers: Vec<i64> = list.orders.iter().map(|order| order.sale.0).collect();
    assert_eq!(numbers, [5, 4, 3]);
}

#[test]
fn an_order_put_off_is_listed_with_those_put_off_and_found_by_its_number() {
    let mut world = World::new();
    let order = Made {
        state: Some(0),
        holds: vec![(0, 0)],
        channel: 1,
        ship_by: Some(1),
        put_off: true,
        moved: 0,
    };
    let sale = make(&mut world, 1, &order);
    let asked = query(Tab::NeedsYou);
    assert!(keys(&mut world, &asked).is_empty());
    let put_off = ListQuery {
        put_off: true,
        ..asked.clone()
    };
    assert_eq!(keys(&mut world, &put_off), [sale]);
    let found = ListQuery {
        find: Some("so-00001".into()),
        ..asked
    };
    assert_eq!(keys(&mut world, &found), [sale]);
    let held = world.store().reading().put_off_by_hold().unwrap();
    assert_eq!((held[0].word.as_str(), held[0].count), ("phone_missing", 1));
}

#[test]
fn orders_at_the_warehouse_stay_listed_by_when_they_came_there() {
    let mut world = World::new();
    let sales: Vec<SaleKey> = (1..=3).map(|n| world.sale(n)).collect();
    let times: [DateTime<Utc>; 3] = [after(2), after(9), after(4)];
    for (sale, at) in sales.iter().zip(times) {
        let standing = Standing::In(OrderState::AtWarehouse);
        world
            .store()
            .write(|w| w.set_standing(*sale, &standing, None, at))
            .unwrap();
    }
    let listed = keys(&mut world, &query(Tab::AtWarehouse));
    assert_eq!(listed, [sales[1], sales[2], sales[0]]);
}
