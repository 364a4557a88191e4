//! Lists over stores made up at random: whatever is stored, the counts are those of the
//! lists, and the groups of each list are all of it.

mod adjustments;
mod confirmations;
mod despatched;
mod drift;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use engine::Settings;
use engine::views::Views;
use proptest::prelude::*;
use store::{Durability, Options, OrderState, Reading, Store, StoreKey, fill};

use crate::lists::Lists;
use crate::shapes::{ListFilter, OrderRow, Tab};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_521_600, 0).unwrap()
}

fn key() -> StoreKey {
    StoreKey::from_hex(&"ab".repeat(32)).unwrap()
}

/// A store with so many made-up orders of each state.
fn stored(orders: &[(OrderState, u64)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let options = Options {
        durability: Durability::Fast,
        program: "tests",
        now: now(),
    };
    let mut store = Store::open(dir.path(), Some(key()), options).unwrap();
    let mut first = 1;
    for (state, count) in orders {
        fill::sales_in(&mut store, *state, first, *count, now()).unwrap();
        first += count;
    }
    dir
}

fn whole(tab: Tab) -> ListFilter {
    ListFilter {
        tab,
        owner: None,
        cause: None,
        channel: None,
        find: None,
        put_off: false,
    }
}

const TABS: [Tab; 5] = [
    Tab::NeedsYou,
    Tab::Waiting,
    Tab::AtWarehouse,
    Tab::Despatched,
    Tab::Cancelled,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn every_order_is_under_one_tab_and_every_count_is_what_it_opens(
        counts in proptest::collection::vec((0_usize..10, 0_u64..9), 1..8),
    ) {
        let orders: Vec<_> = counts.iter().map(|(s, n)| (OrderState::ALL[*s], *n)).collect();
        let dir = stored(&orders);
        let reading = Reading::open(dir.path(), Some(key())).unwrap();
        let settings = Settings::default();
        let look = Views::new(&reading, &settings, now());
        let lists = Lists::default();
        let mut numbers = BTreeSet::new();
        let mut listed = 0;
        for tab in TABS {
            let opened = lists.open(&look, &whole(tab)).unwrap();
            let grouped: u32 = opened.groups.iter().map(|group| group.count).sum();
            prop_assert_eq!(grouped, opened.total);
            let counted = opened.tabs.iter().find(|count| count.tab == tab).unwrap();
            prop_assert_eq!(counted.count, opened.total);
            let rows: Vec<OrderRow> = lists.rows(&look, opened.list, 0, 200).unwrap();
            prop_assert_eq!(rows.len(), usize::try_from(opened.total).unwrap());
            numbers.extend(rows.iter().map(|row| row.number.clone()));
            listed += rows.len();
            for owner in &opened.owners {
                let filter = ListFilter { owner: Some(owner.owner), ..whole(Tab::NeedsYou) };
                prop_assert_eq!(lists.open(&look, &filter).unwrap().total, owner.count);
            }
            for cause in &opened.causes {
                let filter = ListFilter { cause: Some(cause.cause.clone()), ..whole(Tab::NeedsYou) };
                prop_assert_eq!(lists.open(&look, &filter).unwrap().total, cause.count);
            }
        }
        let all: u64 = orders.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(u64::try_from(listed).unwrap(), all);
        prop_assert_eq!(numbers.len(), listed, "an order is under two tabs");
    }
}
