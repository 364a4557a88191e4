//! Stock adjustments that need someone: each on the Adjustments screen with whose it is and
//! what may be said of it; and what is said, done.

use std::time::Duration;

use engine::runs::Job;
use screens::adjustments::{Adjustments, preview, told, view};
use screens::shapes::{
    AdjustmentAct, AdjustmentPage, AdjustmentTab, AdjustmentsFilter, MapKind as Mapped, Owner,
    Screen,
};
use screens::{find, today};
use serde_json::json;
use stockbridge_tests::World;
use store::MapKind;

const PLACE: &str = "Whistl Fulfilment";

/// A world that has read its products, in which ten units at most go by themselves.
async fn world() -> World {
    let mut world = World::new();
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
        ("adjust.limit_units", "10"),
    ]);
    world.run(Job::Reference).await;
    world
}

/// On hand in Cin7 at the warehouse's location.
fn level(world: &World, sku: &str) -> i64 {
    let truth = world.truth();
    let stock = truth["cin7"]["stock"].as_array().expect("stock");
    let row = stock
        .iter()
        .find(|row| row["sku"] == *sku && row["location"] == PLACE)
        .expect("the SKU");
    let on_hand = row["on_hand"].as_str().expect("a level");
    on_hand.parse().expect("whole units")
}

fn completed(world: &World) -> usize {
    let truth = world.truth();
    let documents = truth["cin7"]["documents"].as_array().cloned();
    documents
        .unwrap_or_default()
        .iter()
        .filter(|one| one["status"] == "COMPLETED")
        .count()
}

fn under(tab: AdjustmentTab) -> AdjustmentsFilter {
    AdjustmentsFilter {
        tab,
        owner: None,
        reason: None,
        day: None,
        find: None,
    }
}

/// What a list shows, by name.
fn listed(world: &mut World, filter: &AdjustmentsFilter) -> Vec<String> {
    let lists = Adjustments::default();
    let opened = world.show(|views| lists.open(views, filter));
    let rows = world.show(|views| lists.rows(views, opened.list, 0, 200));
    rows.into_iter().map(|row| row.id).collect()
}

fn page(world: &mut World, id: &str) -> AdjustmentPage {
    world.show(|views| view(views, id))
}

/// Says it as the screen does: what it will do is shown, then it is said; gives back what the
/// person read before and after.
fn say(world: &mut World, act: AdjustmentAct, id: &str, why: &str) -> (Vec<String>, String) {
    let shown = world.show(|views| preview(views, act, id));
    assert_eq!(shown.allowed, 1, "{shown:?}");
    let engine = world.engine();
    engine
        .see_to_adjustment(id, act.into(), why)
        .expect("what is offered is done");
    let done = world.show(|views| told(views, act, id));
    (shown.effect, done.text)
}

#[tokio::test(start_paused = true)]
async fn one_above_a_limit_is_approved_on_screen_and_posted_once() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    let small = world.counted("TEAPOT04", -4, "DAMAGE");
    world.run(Job::Adjustments).await;
    let large = world.counted("TEAPOT04", -18, "LOST");
    world.pass(Duration::from_secs(300)).await;
    world.run(Job::Adjustments).await;

    let page_before = page(&mut world, &large);
    assert_eq!(page_before.row.owner, Some(Owner::Finance));
    assert_eq!(page_before.row.state_title, "Above a limit");
    assert!(
        page_before.sentences.concat().contains("18 units; 10 may"),
        "{page_before:?}"
    );
    // Today and the sidebar lead here.
    world.watch_for(Duration::from_secs(400)).await;
    let day = world.show(today::today);
    assert_eq!(day.adjustments_need_you, 1);
    let need = day
        .needs
        .iter()
        .find(|need| need.id.starts_with("adjustments"));
    let go = need.expect("a need on Today").go.clone();
    assert_eq!(go.screen, Screen::Adjustments);
    let filter = go.adjustments.expect("the list");
    assert_eq!(listed(&mut world, &filter), std::slice::from_ref(&large));

    let (effect, done) = say(&mut world, AdjustmentAct::Approve, &large, "");
    let (now, then) = (before - 4, before - 22);
    assert!(
        effect[0].contains(&format!("TEAPOT04 falls by 18 units at {PLACE}")),
        "{effect:?}"
    );
    assert!(
        effect[1].contains(&format!("had {now} ")) && effect[1].contains(&format!("go to {then}")),
        "the level as it was last read: {effect:?}"
    );
    assert!(
        done.starts_with(&format!("−18 TEAPOT04 ({large}) is approved")),
        "{done}"
    );
    for _ in 0..3 {
        world.run(Job::Adjustments).await;
        world.pass(Duration::from_secs(300)).await;
    }

    assert_eq!(level(&world, "TEAPOT04"), then);
    assert_eq!(completed(&world), 2, "each once");
    let posted = page(&mut world, &large);
    assert_eq!(
        (posted.row.state.as_str(), posted.row.by.as_str()),
        ("posted", "approved by Ada")
    );
    assert_eq!(
        (posted.row.before.as_str(), posted.row.after.as_str()),
        (now.to_string().as_str(), then.to_string().as_str())
    );
    assert!(!posted.row.document.is_empty() && !posted.row.value.is_empty());
    assert!(
        posted.happened.iter().any(|each| each.has_payload),
        "what was written can be read: {:?}",
        posted.happened
    );
    let of_posted = under(AdjustmentTab::Posted);
    assert_eq!(
        listed(&mut world, &of_posted),
        [large.clone(), small.clone()]
    );
    assert!(listed(&mut world, &under(AdjustmentTab::NeedsYou)).is_empty());
    // Ctrl+K knows it by its name, and both by their SKU.
    let found = world.show(|views| find::find(views, &large));
    assert_eq!(found[0].go.number.as_deref(), Some(large.as_str()));
    let of_sku = world.show(|views| find::find(views, "teapot04"));
    let filter = of_sku.iter().find_map(|found| found.go.adjustments.clone());
    let filter = filter.expect("those of the SKU");
    assert_eq!(listed(&mut world, &filter), [large, small]);
}

#[tokio::test(start_paused = true)]
async fn one_of_an_unknown_sku_is_mapped_and_retried() {
    let mut world = world().await;
    world.control(
        "POST",
        "whistl/items",
        &json!({ "sku": "POT4", "active": true, "description": "Teapot" }),
    );
    let before = level(&world, "TEAPOT04");
    let id = world.counted("POT4", -1, "DAMAGE");
    world.run(Job::Adjustments).await;

    let failed = page(&mut world, &id);
    assert_eq!(failed.row.owner, Some(Owner::Office));
    assert_eq!(failed.row.sku, "POT4", "nobody knows another name of it");
    assert_eq!(failed.map, Some(Mapped::Sku));
    assert!(
        failed.sentences.concat().contains("Map the SKU"),
        "{failed:?}"
    );
    assert!(failed.retry.allowed && !failed.approve.allowed);

    // Tried without the map it comes back; with it, it goes.
    say(&mut world, AdjustmentAct::Retry, &id, "");
    world.run(Job::Adjustments).await;
    assert_eq!(page(&mut world, &id).row.state, "failed");
    world.map(MapKind::Sku, "TEAPOT04", "POT4");
    let (effect, done) = say(&mut world, AdjustmentAct::Retry, &id, "");
    assert!(effect[0].contains("judged again"), "{effect:?}");
    assert!(done.contains("is tried again now"), "{done}");
    world.run(Job::Adjustments).await;

    let posted = page(&mut world, &id);
    assert_eq!(
        (posted.row.state.as_str(), posted.row.sku.as_str()),
        ("posted", "TEAPOT04")
    );
    assert_eq!(posted.row.by, "by itself", "a retry is nobody's yes");
    assert_eq!(level(&world, "TEAPOT04"), before - 1);
    assert_eq!(completed(&world), 1);
}

#[tokio::test(start_paused = true)]
async fn goods_in_are_dismissed_as_in_cin7_already_and_nothing_is_posted() {
    let mut world = world().await;
    let before = level(&world, "MUGSET2");
    let id = world.counted("MUGSET2", 40, "RECEIPT");
    world.run(Job::Adjustments).await;

    let waits = page(&mut world, &id);
    assert_eq!(waits.row.owner, Some(Owner::Office));
    assert_eq!(waits.row.state_title, "Goods in");
    let shown = world.show(|views| preview(views, AdjustmentAct::Already, &id));
    assert!(shown.needs_reason, "{shown:?}");
    let (_, done) = say(&mut world, AdjustmentAct::Already, &id, "receipt PO-12");
    assert!(done.contains("in Cin7 Core already"), "{done}");
    world.run(Job::Adjustments).await;

    let aside = page(&mut world, &id);
    assert_eq!(aside.row.state, "already_in_cin7");
    assert!(
        aside.sentences.concat().contains("Ada: receipt PO-12"),
        "{aside:?}"
    );
    assert!(!aside.approve.allowed && !aside.retry.allowed && !aside.dismiss.allowed);
    assert_eq!(listed(&mut world, &under(AdjustmentTab::SetAside)), [id]);
    assert_eq!(level(&world, "MUGSET2"), before);
    assert_eq!(completed(&world), 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_posted_without_effect_is_not_posted_again_and_stops_no_other() {
    let mut world = world().await;
    let id = world.counted("TEAPOT04", 3, "FOUND");
    world.fault(json!({
        "vendor": "cin7", "fault": "accept_and_drop", "match": { "path": "stockadjustment" }
    }));
    world.run(Job::Adjustments).await;
    world.heal();

    let unmoved = page(&mut world, &id);
    assert_eq!(
        unmoved.row.state_title,
        "Posted, but the figure did not move"
    );
    assert!(!unmoved.retry.allowed, "{unmoved:?}");
    assert!(unmoved.already.allowed && unmoved.dismiss.allowed);
    let refused = world
        .engine()
        .see_to_adjustment(&id, AdjustmentAct::Retry.into(), "")
        .expect_err("it could move the stock twice");
    assert!(refused.to_string().contains("twice"), "{refused}");

    let before = level(&world, "TEAPOT04");
    let other = world.counted("TEAPOT04", -1, "DAMAGE");
    world.run(Job::Adjustments).await;
    assert_eq!(page(&mut world, &other).row.state, "posted");
    assert_eq!(level(&world, "TEAPOT04"), before - 1);
}
