//! Recheck, resend and withdraw from the window: told exactly before, order by order while it
//! goes on, and stopped between two.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use screens::doing::{Doings, Work};
use screens::lists::Lists;
use screens::preview::preview;
use screens::shapes::{Act, ListFilter, Preview, Tab, Tone, Which};
use serde_json::{Value, json};
use stockbridge_tests::World;

fn with_sku(sku: &str) -> Value {
    json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": 1 }] } })
}

fn these(numbers: &[&str]) -> Which {
    Which::Numbers(numbers.iter().map(|n| (*n).to_owned()).collect())
}

fn told(world: &mut World, act: Act, which: &Which) -> Preview {
    world.show(|look| preview(look, &Lists::default(), act, which))
}

fn begun(world: &mut World, lists: &Lists, act: Act, which: &Which) -> Arc<Work> {
    let doings = Doings::default();
    world.show(|look| doings.begin(look, lists, act, which, ""))
}

async fn held(world: &mut World, count: usize) -> Vec<String> {
    let numbers = (0..count)
        .map(|_| world.sale(with_sku("ITEM-01_BLUE")))
        .collect();
    world.sync().await;
    numbers
}

#[tokio::test(start_paused = true)]
async fn a_recheck_says_what_it_will_do_as_things_stand() {
    let mut world = World::new();
    let numbers = held(&mut world, 4).await;
    let all: Vec<&str> = numbers.iter().map(String::as_str).collect();

    let live = told(&mut world, Act::Recheck, &these(&all));
    assert_eq!(live.title, "Recheck 4 orders?");
    assert_eq!(live.button, "Recheck 4 orders");
    assert_eq!(
        live.effect,
        [
            "4 orders are read again from Cin7 Core and checked.",
            "Those that pass go to Whistl at once."
        ]
    );
    assert_eq!((live.count, live.allowed), (4, 4));

    world.engine().pause_by_hand("Stocktaking").expect("paused");
    let paused = told(&mut world, Act::Recheck, &these(&all[..1]));
    assert_eq!(
        paused.effect,
        [
            format!("{} is read again from Cin7 Core and checked.", numbers[0]),
            "Nothing is sent: sending is paused by Ada: Stocktaking.".into()
        ]
    );
    world.engine().resume_by_hand().expect("resumed");
    world.set(&[("mode", "look_only")]);
    let quiet = told(&mut world, Act::Recheck, &these(&all));
    assert_eq!(
        quiet.effect[1],
        "Nothing is sent: Stockbridge only looks and sends nothing until it goes live."
    );
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_done_is_named_with_its_reason() {
    let mut world = World::new();
    let sent = world.good_sale();
    let held = world.sale(with_sku("ITEM-01_BLUE"));
    world.sync().await;

    let resend = told(&mut world, Act::Resend, &these(&[&sent, &held]));
    assert_eq!((resend.count, resend.allowed), (2, 1));
    assert_eq!(resend.button, "Resend 1 order");
    assert_eq!(resend.refused[0].number, sent);
    assert_eq!(
        resend.refused[0].why,
        "The warehouse has it: withdraw it first."
    );
    let withdraw = told(&mut world, Act::Withdraw, &these(&[&sent]));
    assert_eq!(
        withdraw.effect,
        [format!(
            "Whistl is asked to cancel {sent}. If it has already left, it cannot be withdrawn."
        )]
    );
    assert_eq!(withdraw.button, format!("Withdraw {sent}"));
    let release = told(&mut world, Act::Release, &these(&[&held]));
    assert_eq!((release.allowed, release.needs_reason), (0, true));
}

#[tokio::test(start_paused = true)]
async fn an_action_tells_of_each_order_and_ends_with_what_became_of_all() {
    let mut world = World::new();
    let numbers = held(&mut world, 3).await;
    world.edit(
        &numbers[1],
        json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } }),
    );
    let lists = Lists::default();
    let filter = ListFilter {
        tab: Tab::NeedsYou,
        owner: None,
        cause: Some("sku_invalid_characters".into()),
        channel: None,
        find: None,
        put_off: false,
    };
    let list = world.show(|look| lists.open(look, &filter)).list;
    let work = begun(&mut world, &lists, Act::Recheck, &Which::List(list));
    assert_eq!((work.doing().total, work.doing().done), (3, 0));
    let moves = AtomicUsize::new(0);

    let engine = world.engine();
    work.carry_out(&engine, &|| {
        moves.fetch_add(1, Ordering::Relaxed);
    })
    .await;

    let doing = work.doing();
    assert!(
        doing.finished && doing.stopped_because.is_empty(),
        "{doing:#?}"
    );
    assert_eq!((doing.done, doing.untouched), (3, 0));
    assert_eq!(
        moves.load(Ordering::Relaxed),
        7,
        "each order as it begins and ends, and the end"
    );
    let of = |number: &str| {
        let found = doing.orders.iter().find(|order| order.number == number);
        found.expect("done").clone()
    };
    let (freed, still) = (of(&numbers[1]), of(&numbers[0]));
    assert_eq!((freed.tone, still.tone), (Tone::Ok, Tone::Stop));
    assert_eq!(
        (freed.before.as_str(), freed.after.as_str()),
        ("Held", "At the warehouse")
    );
    assert!(
        freed.message.starts_with("Accepted by Whistl as "),
        "{}",
        freed.message
    );
    assert!(
        still
            .message
            .starts_with("SKU has characters Whistl refuses: Remove"),
        "{}",
        still.message
    );
    assert_eq!(doing.summary, "3 orders: 2 held and 1 at the warehouse.");
    assert_eq!(world.state(&numbers[1]), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn an_action_stopped_by_hand_leaves_the_rest_as_it_was() {
    let mut world = World::new();
    let numbers = held(&mut world, 4).await;
    let all: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let work = begun(&mut world, &Lists::default(), Act::Recheck, &these(&all));
    let read_before = world.cin7_calls("GET sale");
    let engine = world.engine();

    work.carry_out(&engine, &|| {
        if work.doing().done == 2 {
            work.cancel();
        }
    })
    .await;

    let doing = work.doing();
    assert_eq!((doing.done, doing.untouched), (2, 2));
    assert_eq!(doing.stopped_because, "You stopped it.");
    assert_eq!(
        doing.summary,
        "2 orders: 2 held. 2 orders were left as before."
    );
    assert_eq!(world.cin7_calls("GET sale"), read_before + 2);
}

#[tokio::test(start_paused = true)]
async fn several_orders_are_withdrawn_and_the_one_that_has_left_says_so() {
    let mut world = World::new();
    let (early, late, held) = (
        world.good_sale(),
        world.good_sale(),
        world.sale(with_sku("ITEM-01_BLUE")),
    );
    world.sync().await;
    let to = json!({ "to": "PICKING" });
    world.control("POST", &format!("whistl/orders/{late}/step"), &to);
    let which = these(&[&early, &late, &held]);
    let work = begun(&mut world, &Lists::default(), Act::Withdraw, &which);
    let engine = world.engine();

    work.carry_out(&engine, &|| {}).await;

    let said: Vec<String> = work
        .doing()
        .orders
        .iter()
        .map(|order| order.message.clone())
        .collect();
    assert_eq!(
        said,
        [
            "Whistl has cancelled it.".to_owned(),
            "Too late: it has left the warehouse.".into(),
            format!("{held} is held: only an order at the warehouse can be withdrawn."),
        ]
    );
    assert_eq!(world.state(&early), "cancelled");
    assert_eq!(
        world.at_whistl(&early).expect("there")["status"],
        "CANCELLED"
    );
}

#[tokio::test(start_paused = true)]
async fn an_action_that_cannot_begin_says_why_and_touches_nothing() {
    let mut world = World::new();
    let numbers = held(&mut world, 1).await;
    world.set(&[("cin7.location", "Nowhere")]);
    let work = begun(
        &mut world,
        &Lists::default(),
        Act::Recheck,
        &these(&[&numbers[0]]),
    );
    let engine = world.engine();

    work.carry_out(&engine, &|| {}).await;

    let doing = work.doing();
    assert!(doing.finished);
    assert_eq!((doing.done, doing.untouched), (0, 1));
    assert!(doing.stopped_because.contains("Nowhere"), "{doing:#?}");
    assert_eq!(doing.summary, "No order was touched.");
}
