//! The order in which messages are sent (R23).

use super::world::*;
use crate::{Intention, OrderState, OutboxKind, Settlement, Standing};

/// Sends everything that is due, each accepted, and tells the order of numbers.
fn sent_in_order(world: &mut World) -> Vec<String> {
    let mut order = Vec::new();
    while let Some(claimed) = world.store().claim(after(1), false).unwrap() {
        order.push(claimed.number().to_string());
        let accepted = Settlement::Closed {
            outcome: "accepted",
        };
        world
            .store()
            .settle(claimed, accepted, after(1), |_| Ok(()))
            .unwrap();
    }
    order
}

#[test]
fn an_urgent_order_is_sent_before_three_hundred_that_came_earlier() {
    let mut world = World::new();
    for n in 1..=300 {
        world.ready(n);
    }
    let urgent = world.sale(301);
    let intention = Intention {
        ship_by: Some(after(90)),
        ..intention(urgent, 301)
    };
    world
        .store()
        .write(|w| {
            w.mark_read(urgent, noon())?;
            w.put_intention(&intention)
        })
        .unwrap();
    assert_eq!(
        sent_in_order(&mut world).first().map(String::as_str),
        Some("SO-00301")
    );
}

#[test]
fn orders_go_by_ship_by_then_service_then_age_and_withdrawals_before_all() {
    let mut world = World::new();
    let with = |world: &mut World, n: u32, ship_by: Option<i64>, rank: u8, authorised: i64| {
        let mut seen = listing(n, Standing::In(OrderState::Waiting));
        seen.authorised_at = Some(after(authorised));
        let sale = world.store().write(|w| w.saw_listing(&seen)).unwrap().key;
        let intention = Intention {
            ship_by: ship_by.map(after),
            service_rank: rank,
            ..intention(sale, n)
        };
        world
            .store()
            .write(|w| {
                w.mark_read(sale, noon())?;
                w.put_intention(&intention)
            })
            .unwrap();
        sale
    };
    with(&mut world, 1, None, 0, -60);
    with(&mut world, 2, Some(120), 1, -60);
    with(&mut world, 3, Some(120), 0, -10);
    with(&mut world, 4, Some(120), 0, -20);
    with(&mut world, 5, Some(60), 1, 0);
    let gone = world.sale(6);
    let withdrawal = Intention {
        kind: OutboxKind::Withdraw,
        ..intention(gone, 6)
    };
    world
        .store()
        .write(|w| w.put_intention(&withdrawal))
        .unwrap();
    assert_eq!(
        sent_in_order(&mut world),
        [
            "SO-00006", "SO-00005", "SO-00004", "SO-00003", "SO-00002", "SO-00001"
        ]
    );
}
