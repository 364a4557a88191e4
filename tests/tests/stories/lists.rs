//! The lists of the window: frozen while they are looked at, live in what each row says, and
//! every number opens what it counts.

use screens::lists::Lists;
use screens::shapes::{Icon, ListFilter, ListOpened, OrderRow, Owner, Tab, Tone, UiError};
use serde_json::{Value, json};
use stockbridge_tests::World;
use store::MapKind;

fn tab(tab: Tab) -> ListFilter {
    ListFilter {
        tab,
        owner: None,
        cause: None,
        channel: None,
        find: None,
        put_off: false,
    }
}

fn open(world: &mut World, lists: &Lists, filter: &ListFilter) -> ListOpened {
    world.show(|look| lists.open(look, filter))
}

fn rows(world: &mut World, lists: &Lists, list: u32) -> Vec<OrderRow> {
    world.show(|look| lists.rows(look, list, 0, 200))
}

fn with_sku(sku: &str) -> Value {
    json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": 1 }] } })
}

fn numbers(rows: &[OrderRow]) -> Vec<&str> {
    rows.iter().map(|row| row.number.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn what_needs_someone_comes_by_the_cut_off_it_will_miss() {
    let mut world = World::new();
    let later = world.sale(json!({ "ShipBy": "2026-11-27T00:00:00", "Order": {
        "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }));
    let today = world.sale(with_sku("ITEM-01_BLUE"));
    let tomorrow = world.sale(json!({ "ShipBy": "2026-11-25T00:00:00", "Order": {
        "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }));
    world.sync().await;
    let lists = Lists::default();

    let opened = open(&mut world, &lists, &tab(Tab::NeedsYou));

    let titles: Vec<(&str, u32, Tone)> = opened
        .groups
        .iter()
        .map(|group| (group.title.as_str(), group.count, group.tone))
        .collect();
    assert_eq!(
        titles,
        [
            ("Before today’s 16:00 cut-off", 1, Tone::Stop),
            ("Before tomorrow’s cut-off", 1, Tone::Warn),
            ("Later", 1, Tone::Plain),
        ]
    );
    let rows = rows(&mut world, &lists, opened.list);
    assert_eq!(numbers(&rows), [&today, &tomorrow, &later]);
    let first = &rows[0];
    assert_eq!(
        first.reason,
        "SKU has characters Whistl refuses: ITEM-01_BLUE"
    );
    assert_eq!((first.icon, first.owner), (Icon::Tag, Some(Owner::Office)));
    assert_eq!(first.state_title, "Held before sending");
    assert!(!first.customer.is_empty(), "whose order it is is shown");
    assert_eq!(rows[2].due_tone, Tone::Plain, "Friday is far");
}

#[tokio::test(start_paused = true)]
async fn a_list_stays_as_it_was_opened_and_tells_of_news() {
    let mut world = World::new();
    let fixed = world.sale(with_sku("ITEM-01_BLUE"));
    let stays = world.sale(with_sku("KETTLE17"));
    world.sync().await;
    let lists = Lists::default();
    let opened = open(&mut world, &lists, &tab(Tab::NeedsYou));
    let before = rows(&mut world, &lists, opened.list);
    assert_eq!(opened.total, 2);

    let new = world.sale(with_sku("KETTLE17"));
    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    world.sync().await;

    let news = world.show(|look| lists.news(look, opened.list));
    assert_eq!((news.new, news.gone), (1, 1));
    let kept = rows(&mut world, &lists, opened.list);
    assert_eq!(numbers(&kept), numbers(&before), "nothing moved");
    let row = kept
        .iter()
        .find(|row| row.number == fixed)
        .expect("still there");
    assert_eq!(row.state, "at_warehouse", "but what it says is live");
    let again = open(&mut world, &lists, &tab(Tab::NeedsYou));
    let again = rows(&mut world, &lists, again.list);
    assert_eq!(numbers(&again), [&stays, &new]);
}

#[tokio::test(start_paused = true)]
async fn every_count_beside_a_list_is_what_it_opens() {
    let mut world = World::new();
    for _ in 0..2 {
        world.sale(with_sku("ITEM-01_BLUE"));
    }
    world.sale(
        json!({ "SourceChannel": "Amazon", "Carrier": "Express Delivery",
        "Order": { "Lines": [{ "SKU": "ITEM-01_BLUE", "Quantity": 1 }] } }),
    );
    for _ in 0..3 {
        world.good_sale();
    }
    world.sync().await;
    let put_off = {
        let lists = Lists::default();
        let opened = open(&mut world, &lists, &tab(Tab::NeedsYou));
        rows(&mut world, &lists, opened.list)[0].number.clone()
    };
    let until = world.now() + chrono::Duration::hours(4);
    world
        .engine()
        .put_off(&put_off, until, "Waits for the customer")
        .expect("put off");
    let lists = Lists::default();

    for put_off in [false, true] {
        let whole = ListFilter {
            put_off,
            ..tab(Tab::NeedsYou)
        };
        let opened = open(&mut world, &lists, &whole);
        assert_eq!(opened.total, if put_off { 1 } else { 2 });
        assert_eq!(opened.put_off, 1);
        for owner in &opened.owners {
            let filter = ListFilter {
                owner: Some(owner.owner),
                ..whole.clone()
            };
            assert_eq!(open(&mut world, &lists, &filter).total, owner.count);
        }
        for cause in &opened.causes {
            let filter = ListFilter {
                cause: Some(cause.cause.clone()),
                ..whole.clone()
            };
            assert_eq!(open(&mut world, &lists, &filter).total, cause.count);
        }
        let mut by_channel = 0;
        for channel in &opened.channels {
            let filter = ListFilter {
                channel: Some(channel.channel.clone()),
                ..whole.clone()
            };
            assert_eq!(open(&mut world, &lists, &filter).total, channel.count);
            by_channel += channel.count;
        }
        assert_eq!(by_channel, opened.total);
        for count in &opened.tabs {
            assert_eq!(open(&mut world, &lists, &tab(count.tab)).total, count.count);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_search_lists_what_is_found_under_the_tab_and_nothing_else() {
    let mut world = World::new();
    let held = world.sale(with_sku("ITEM-01_BLUE"));
    let sent = world.good_sale();
    world.sync().await;
    let lists = Lists::default();
    let mut found = |tab_of: Tab, text: &str| {
        let filter = ListFilter {
            find: Some(text.into()),
            ..tab(tab_of)
        };
        let opened = open(&mut world, &lists, &filter);
        let rows = rows(&mut world, &lists, opened.list);
        rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
    };
    assert_eq!(found(Tab::NeedsYou, "SO-"), std::slice::from_ref(&held));
    assert_eq!(found(Tab::NeedsYou, &held.to_lowercase()), [held]);
    assert_eq!(found(Tab::AtWarehouse, &sent), std::slice::from_ref(&sent));
    assert!(found(Tab::NeedsYou, &sent).is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_longest_unused_of_many_lists_is_gone_and_says_so() {
    let mut world = World::new();
    let lists = Lists::default();
    let first = open(&mut world, &lists, &tab(Tab::Waiting)).list;
    let second = open(&mut world, &lists, &tab(Tab::Waiting)).list;
    for _ in 0..6 {
        open(&mut world, &lists, &tab(Tab::Waiting));
    }
    // Looked at once more, so that the second is the longest unused.
    rows(&mut world, &lists, first);
    open(&mut world, &lists, &tab(Tab::Waiting));

    rows(&mut world, &lists, first);
    let gone: Result<(), UiError> =
        world.show(|look| Ok(lists.rows(look, second, 0, 10).map(|_| ())));
    assert_eq!(gone.expect_err("gone").code, "list_gone");
}
