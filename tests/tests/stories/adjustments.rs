//! What the warehouse counted, damaged, lost or found, posted to Cin7 once.

use std::time::Duration;

use engine::actions::AdjustmentWord;
use engine::runs::Job;
use engine::views::AdjustmentView;
use serde_json::{Value, json};
use stockbridge_tests::World;
use stockbridge_tests::wire::Death;
use store::{MapKind, NewReconciliation, StockCounts, StockTotals};

const PLACE: &str = "Whistl Fulfilment";

/// A world that has read its products, with an account for write-offs.
async fn world() -> World {
    let mut world = World::new();
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
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
    row["on_hand"]
        .as_str()
        .expect("a level")
        .parse()
        .expect("whole units")
}

fn documents(world: &World) -> Vec<Value> {
    let truth = world.truth();
    truth["cin7"]["documents"]
        .as_array()
        .cloned()
        .unwrap_or_default()
}

fn completed(world: &World) -> usize {
    let all = documents(world);
    all.iter()
        .filter(|one| one["status"] == "COMPLETED")
        .count()
}

fn adjustments(world: &mut World) -> Vec<AdjustmentView> {
    world
        .look(|views| views.adjustments(&[], None, 1_000, None))
        .adjustments
}

fn one(world: &mut World, id: &str) -> AdjustmentView {
    let all = adjustments(world);
    all.into_iter()
        .find(|one| one.whistl_id == id)
        .expect("the adjustment")
}

#[tokio::test(start_paused = true)]
async fn a_loss_lowers_the_level_in_cin7_and_a_find_raises_it_by_exactly_as_much() {
    let mut world = world().await;
    let (teapots, mugs) = (level(&world, "TEAPOT04"), level(&world, "MUGSET2"));
    let damaged = world.counted("TEAPOT04", -4, "DAMAGE");
    let found = world.counted("MUGSET2", 7, "FOUND");

    let report = world.run(Job::Adjustments).await;

    assert_eq!(report.counts["posted"], 2, "{:?}", report.faults);
    assert_eq!(level(&world, "TEAPOT04"), teapots - 4);
    assert_eq!(level(&world, "MUGSET2"), mugs + 7);
    let seen = one(&mut world, &damaged);
    assert_eq!(
        (seen.state.as_str(), seen.reason.as_str()),
        ("posted", "damaged")
    );
    assert_eq!(seen.before.as_deref(), Some(teapots.to_string().as_str()));
    assert_eq!(
        seen.after.as_deref(),
        Some((teapots - 4).to_string().as_str())
    );
    assert!(
        seen.cin7_task_id.is_some() && seen.value.is_some(),
        "{seen:?}"
    );
    let kinds: Vec<String> = documents(&world)
        .iter()
        .map(|one| one["kind"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(kinds, ["adjustment", "write_off"], "rises first");
    assert_eq!(one(&mut world, &found).state, "posted");
}

#[tokio::test(start_paused = true)]
async fn asked_again_restarted_or_replayed_nothing_is_posted_twice() {
    let mut world = world().await;
    world.counted("TEAPOT04", -1, "CYCLE_COUNT");
    world.run(Job::Adjustments).await;
    let level_now = level(&world, "TEAPOT04");
    world.fault(json!({ "vendor": "whistl", "fault": "F13", "value": "new_seq", "times": 2 }));
    world.crash();
    world.run(Job::Adjustments).await;
    world.pass(Duration::from_secs(7 * 3_600)).await;
    world.run(Job::Adjustments).await;
    assert_eq!(completed(&world), 1);
    assert_eq!(level(&world, "TEAPOT04"), level_now);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_lost_at_either_step_is_looked_up_and_posted_once() {
    for reason in ["FOUND", "LOST"] {
        for after in 0..2 {
            let mut world = world().await;
            let before = level(&world, "TEAPOT04");
            let units = if reason == "FOUND" { 3 } else { -3 };
            let id = world.counted("TEAPOT04", units, reason);
            let path = if reason == "FOUND" {
                "stockadjustment"
            } else {
                "inventoryWriteOff"
            };
            world.fault(json!({
                "vendor": "cin7", "fault": "timeout_after", "match": { "path": path },
                "after": after, "times": 1
            }));
            world.run(Job::Adjustments).await;
            assert_eq!(one(&mut world, &id).state, "unclear", "{reason} {after}");
            world.heal();
            for _ in 0..4 {
                world.pass(Duration::from_secs(60)).await;
                world.run(Job::Adjustments).await;
            }
            assert_eq!(one(&mut world, &id).state, "posted", "{reason} {after}");
            assert_eq!(
                level(&world, "TEAPOT04"),
                before + units,
                "{reason} {after}"
            );
            assert_eq!(completed(&world), 1, "{reason} {after}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn dying_at_any_call_leaves_each_adjustment_posted_once() {
    for call in 1..10 {
        for death in [Death::Before(call), Death::After(call)] {
            let mut world = world().await;
            let (teapots, mugs) = (level(&world, "TEAPOT04"), level(&world, "MUGSET2"));
            world.counted("TEAPOT04", -2, "LOST");
            world.counted("MUGSET2", 5, "FOUND");
            world.run_and_die(Job::Adjustments, death).await;
            for _ in 0..5 {
                world.pass(Duration::from_secs(120)).await;
                world.run(Job::Adjustments).await;
            }
            let states: Vec<String> = adjustments(&mut world)
                .into_iter()
                .map(|one| one.state)
                .collect();
            assert_eq!(states, ["posted", "posted"], "{death:?}");
            assert_eq!(level(&world, "TEAPOT04"), teapots - 2, "{death:?}");
            assert_eq!(level(&world, "MUGSET2"), mugs + 5, "{death:?}");
            assert_eq!(completed(&world), 2, "{death:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn stock_that_moves_while_a_level_is_set_is_put_back() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    world.counted("TEAPOT04", 7, "FOUND");
    // Somebody takes two away between our reading and our writing.
    world.fault(json!({
        "vendor": "cin7", "fault": "level_moved", "match": { "path": "stockadjustment" },
        "after": 1, "times": 1, "value": -2
    }));
    let report = world.run(Job::Adjustments).await;
    assert_eq!(report.counts.get("races"), Some(&1), "{:?}", report.faults);
    world.pass(Duration::from_secs(60)).await;
    world.run(Job::Adjustments).await;
    assert_eq!(level(&world, "TEAPOT04"), before - 2 + 7);
}

#[tokio::test(start_paused = true)]
async fn a_yes_without_an_effect_is_a_failure_and_no_success() {
    let mut world = world().await;
    let id = world.counted("TEAPOT04", 3, "FOUND");
    world.fault(json!({
        "vendor": "cin7", "fault": "accept_and_drop", "match": { "path": "stockadjustment" }
    }));
    world.run(Job::Adjustments).await;
    let seen = one(&mut world, &id);
    assert_eq!(seen.fault.as_deref(), Some("did_not_move"));
    assert_eq!(seen.owner.as_deref(), Some("office"));
    assert!(
        seen.words.contains("the figure in Cin7 Core did not move"),
        "{}",
        seen.words
    );
}

#[tokio::test(start_paused = true)]
async fn above_a_limit_it_waits_for_finance_and_goes_once_approved_and_not_once_dismissed() {
    let mut world = world().await;
    world.set(&[("adjust.limit_units", "10")]);
    let before = level(&world, "TEAPOT04");
    let large = world.counted("TEAPOT04", -18, "LOST");
    let small = world.counted("TEAPOT04", -4, "LOST");
    let other = world.counted("MUGSET2", -11, "LOST");
    world.run(Job::Adjustments).await;
    let seen = one(&mut world, &large);
    assert_eq!(
        (seen.state.as_str(), seen.owner.as_deref()),
        ("needs_approval", Some("finance"))
    );
    assert!(
        seen.words.contains("18 units; 10 may be posted"),
        "{}",
        seen.words
    );
    assert_eq!(one(&mut world, &small).state, "posted");
    assert_eq!(level(&world, "TEAPOT04"), before - 4);

    let engine = world.engine();
    engine
        .see_to_adjustment(&large, AdjustmentWord::Approve, "counted twice")
        .expect("approved");
    engine
        .see_to_adjustment(&other, AdjustmentWord::Dismiss, "a mistake")
        .expect("dismissed");
    world.run(Job::Adjustments).await;
    assert_eq!(level(&world, "TEAPOT04"), before - 22);
    let seen = one(&mut world, &large);
    assert_eq!(
        (seen.state.as_str(), seen.decided_by.as_deref()),
        ("posted", Some("Ada"))
    );
    assert_eq!(one(&mut world, &other).state, "dismissed");
}

#[tokio::test(start_paused = true)]
async fn an_unknown_sku_is_the_offices_and_goes_once_it_is_mapped() {
    let mut world = world().await;
    world.control(
        "POST",
        "whistl/items",
        &json!({ "sku": "POT4", "active": true, "description": "Teapot" }),
    );
    let before = level(&world, "TEAPOT04");
    let id = world.counted("POT4", -1, "DAMAGE");
    world.run(Job::Adjustments).await;
    let seen = one(&mut world, &id);
    assert_eq!(seen.fault.as_deref(), Some("unknown_sku"));
    world.map(MapKind::Sku, "TEAPOT04", "POT4");
    world
        .engine()
        .see_to_adjustment(&id, AdjustmentWord::Retry, "")
        .expect("retried");
    world.run(Job::Adjustments).await;
    assert_eq!(one(&mut world, &id).state, "posted");
    assert_eq!(level(&world, "TEAPOT04"), before - 1);
}

#[tokio::test(start_paused = true)]
async fn goods_in_wait_for_a_decision_and_a_reversal_closes_what_was_never_posted() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    let receipt = world.counted("TEAPOT04", 50, "RECEIPT");
    let body = json!({ "sku": "TEAPOT04", "quantity": -50, "reverses": receipt });
    world.run(Job::Adjustments).await;
    assert_eq!(one(&mut world, &receipt).causes, ["receipt"]);
    world.control("POST", "whistl/adjust", &body);
    world.run(Job::Adjustments).await;
    let states: Vec<String> = adjustments(&mut world)
        .into_iter()
        .map(|one| one.state)
        .collect();
    assert_eq!(states, ["recorded", "recorded"]);
    assert_eq!(level(&world, "TEAPOT04"), before);
    assert!(documents(&world).is_empty());
}

#[tokio::test(start_paused = true)]
async fn in_a_locked_month_it_is_booked_on_the_next_open_day_and_says_so() {
    let mut world = world().await;
    world.control("POST", "cin7/lock", &json!({ "date": "2026-11-30" }));
    let id = world.counted("TEAPOT04", -1, "DAMAGE");
    let report = world.run(Job::Adjustments).await;
    assert_eq!(report.counts["posted"], 1, "{:?}", report.faults);
    assert_eq!(one(&mut world, &id).state, "posted");
    let notes = documents(&world)[0]["reference"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert!(notes.contains("belongs to"), "{notes}");
}

#[tokio::test(start_paused = true)]
async fn one_that_cin7_refuses_holds_up_no_other() {
    let mut world = world().await;
    let before = level(&world, "MUGSET2");
    let bad = world.counted("TEAPOT04", -1_000, "LOST");
    let good = world.counted("MUGSET2", -1, "LOST");
    world.run(Job::Adjustments).await;
    assert_eq!(one(&mut world, &bad).fault.as_deref(), Some("below_zero"));
    assert_eq!(one(&mut world, &good).state, "posted");
    assert_eq!(level(&world, "MUGSET2"), before - 1);
}

#[tokio::test(start_paused = true)]
async fn look_only_posts_nothing_and_shows_what_it_would() {
    let mut world = world().await;
    world.set(&[("mode", "look_only")]);
    let id = world.counted("TEAPOT04", -1, "DAMAGE");
    world.run(Job::Adjustments).await;
    assert_eq!(one(&mut world, &id).state, "new");
    assert!(documents(&world).is_empty());
}

#[tokio::test(start_paused = true)]
async fn two_hundred_in_a_burst_cost_a_handful_of_calls_and_one_page_that_is_bad_stops_one() {
    let mut world = world().await;
    for n in 0..200 {
        world.counted(
            if n % 2 == 0 { "TEAPOT04" } else { "MUGSET2" },
            if n % 3 == 0 { 1 } else { -1 },
            "CYCLE_COUNT",
        );
    }
    let odd = json!({ "adjustment_id": "ADJ-ODD", "sku": "TEAPOT04", "quantity": 1.5 });
    world.control("POST", "whistl/feeds/adjustments", &odd);
    let report = world.run(Job::Adjustments).await;
    let all = adjustments(&mut world);
    assert_eq!(all.len(), 200);
    assert!(
        all.iter()
            .all(|one| one.state == "posted" || one.state == "recorded"),
        "{:?}",
        report.faults
    );
    assert!(
        report.faults.iter().any(|fault| fault.contains("quantity")),
        "{:?}",
        report.faults
    );
    let each = report.calls["cin7"] as f64 / 200.0;
    assert!(each <= 1.3, "{each} calls each");
}

#[tokio::test(start_paused = true)]
async fn what_waits_for_a_person_is_told_of_by_owner_and_cause_and_so_is_its_end() {
    let mut world = world().await;
    world.set(&[("adjust.limit_units", "10")]);
    let large = world.counted("TEAPOT04", -18, "LOST");
    world.counted("MUGSET2", 40, "RECEIPT");
    world.watch_for(Duration::from_secs(400)).await;
    let told = |world: &mut World| -> Vec<(String, &'static str)> {
        let alerts = world.status().alerts;
        let stock = alerts
            .into_iter()
            .filter(|alert| alert.code == "adjustments");
        stock.map(|alert| (alert.title, alert.owner)).collect()
    };
    assert_eq!(
        told(&mut world),
        [
            (
                "1 stock adjustment not in Cin7 Core yet: goods in".into(),
                "office"
            ),
            (
                "1 stock adjustment not in Cin7 Core yet: above a limit".into(),
                "finance"
            ),
        ]
    );
    let engine = world.engine();
    engine
        .see_to_adjustment(&large, AdjustmentWord::Approve, "")
        .expect("approved");
    world.watch_for(Duration::from_secs(400)).await;
    assert_eq!(told(&mut world).len(), 1);
}

/// As if a comparison had read a list of so many rows from Cin7.
fn rows_of_stock(world: &mut World, rows: u32) {
    world.crash();
    let now = world.now();
    let new = NewReconciliation {
        run: "an-earlier-one",
        began: now,
        ended: now,
        is_whole: true,
        why: "",
        snapshot: "a-snapshot",
        as_of: now,
        read_at: now,
        rows_read: rows,
        told_up_to: None,
        totals: &StockTotals::default(),
        counts: StockCounts::default(),
    };
    let mut store = world.open_store().expect("the store opens");
    let kept = store.write(|w| w.put_reconciliation(&new, [], &[]));
    kept.expect("kept");
}

#[tokio::test(start_paused = true)]
async fn a_few_adjustments_of_a_large_account_do_not_read_its_whole_list_each_time() {
    let mut world = world().await;
    let truth = world.truth();
    let stock = truth["whistl"]["stock"].as_array().expect("stock");
    let skus: Vec<&str> = stock.iter().filter_map(|row| row["sku"].as_str()).collect();
    let usual = skus.iter().filter(|sku| !sku.ends_with("BLUE")).skip(10);
    for sku in usual.take(6) {
        world.counted(sku, -1, "LOST");
    }
    rows_of_stock(&mut world, 8_500);

    let report = world.run(Job::Adjustments).await;

    assert_eq!(report.counts["posted"], 6, "{:?}", report.faults);
    // Each level is read when the document is made, when it is completed and afterwards, in
    // one call and not in the nine of the list; the rest is the lock date, the draft and its
    // completion.
    assert_eq!(report.calls["cin7"], 6 * 3 + 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_counted_before_the_products_were_ever_read_is_posted_at_once() {
    let mut world = World::new();
    world.set(&[("adjust.account", "403"), ("adjust.limit_value", "0")]);
    let id = world.counted("TEAPOT04", -4, "DAMAGE");
    let report = world.run(Job::Adjustments).await;
    assert_eq!(one(&mut world, &id).state, "posted", "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn while_the_products_cannot_be_read_what_is_counted_waits_and_is_not_called_unknown() {
    let mut world = World::new();
    world.set(&[("adjust.account", "403"), ("adjust.limit_value", "0")]);
    let id = world.counted("TEAPOT04", -4, "DAMAGE");
    world.fault(json!({ "vendor": "cin7", "fault": "timeout_before" }));
    world.run(Job::Adjustments).await;
    assert_eq!(one(&mut world, &id).state, "new");
    world.heal();
    world.watch_for(Duration::from_secs(900)).await;
    assert_eq!(one(&mut world, &id).state, "posted");
}
