//! The stock of both sides compared: what is on its way is no drift, what is missing is found
//! and told of, and a person puts it right.

use std::time::Duration;

use chrono::NaiveDate;
use engine::actions::DriftWord;
use engine::runs::{Job, RunOutcome, RunReport};
use rust_decimal::Decimal;
use serde_json::json;
use stockbridge_tests::World;
use store::{MapKind, StockLineRow};

const PLACE: &str = "Whistl Fulfilment";

/// A world in which stock may be posted and one teapot's silent loss is the only untruth.
pub(super) async fn world() -> World {
    let mut world = World::new();
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
    ]);
    for (ours, theirs) in [
        ("BOARD/22", "BOARD22"),
        ("ITEM-01_BLUE", "ITEM01BLUE"),
        ("JAR 500ML", "JAR500ML"),
        ("MUG-01_BLUE", "MUG01BLUE"),
    ] {
        world.map(MapKind::Sku, ours, theirs);
    }
    world.run(Job::Reference).await;
    world
}

/// Every SKU agrees but one that the warehouse does not list.
fn agrees(report: &RunReport) -> bool {
    let counts = &report.counts;
    counts["not_comparable"] == 1 && counts["matched"] + 1 == counts["skus"]
}

/// The warehouse's stock as it is now.
fn snapshot(world: &World) {
    world.control("POST", "whistl/snapshot", &json!({}));
}

pub(super) fn lose(world: &World, sku: &str, units: i64) {
    world.control(
        "POST",
        "whistl/lose",
        &json!({ "sku": sku, "quantity": units }),
    );
    snapshot(world);
}

/// On hand in Cin7 at the warehouse's location.
fn level(world: &World, sku: &str) -> i64 {
    let truth = world.truth();
    let stock = truth["cin7"]["stock"].as_array().expect("stock");
    let row = stock
        .iter()
        .find(|row| row["sku"] == *sku && row["location"] == PLACE)
        .expect("the SKU");
    let level = row["on_hand"].as_str().expect("a level");
    level.parse().expect("whole units")
}

fn line(world: &mut World, sku: &str) -> StockLineRow {
    let found = world.look(|views| Ok(views.reading.stock_line(sku)?));
    found.expect("a line of the comparison")
}

fn alerts(world: &mut World) -> Vec<&'static str> {
    let status = world.status();
    status.alerts.iter().map(|alert| alert.code).collect()
}

async fn post(world: &mut World, sku: &str) -> engine::actions::DriftDone {
    let word = DriftWord::Post {
        why: "Missing after the count".into(),
    };
    let engine = world.engine();
    engine.decide_drift(sku, word).await.expect("posted")
}

#[tokio::test(start_paused = true)]
async fn who_asks_while_a_comparison_is_under_way_gets_one_of_their_own_after_it() {
    let mut world = world().await;
    let engine = world.engine();
    let lost_meanwhile = async {
        tokio::task::yield_now().await;
        lose(&world, "TEAPOT04", 5);
        engine.run(Job::Reconcile).await.expect("a second run")
    };

    let (first, second) = tokio::join!(engine.run(Job::Reconcile), lost_meanwhile);

    let first = first.expect("a first run");
    assert_eq!(
        [first.outcome, second.outcome],
        [RunOutcome::Finished, RunOutcome::Finished]
    );
    assert!(second.started_at >= first.finished_at);
    assert_eq!(second.counts["can_oversell"], 1, "{:?}", second.counts);
}

#[tokio::test(start_paused = true)]
async fn where_both_sides_agree_every_sku_is_compared_and_nothing_is_said() {
    let mut world = world().await;
    let report = world.run(Job::Reconcile).await;
    assert_eq!(report.outcome, RunOutcome::Finished, "{:?}", report.faults);
    assert!(agrees(&report), "{report:?}");
    assert_eq!(alerts(&mut world), Vec::<&str>::new());
}

#[tokio::test(start_paused = true)]
async fn what_is_lost_in_silence_is_told_at_once_and_put_right_with_one_word() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    lose(&world, "TEAPOT04", 18);

    let report = world.run(Job::Reconcile).await;

    assert_eq!(report.counts["can_oversell"], 1, "{report:?}");
    let found = line(&mut world, "TEAPOT04");
    assert_eq!(found.unexplained, (-18).into());
    assert_eq!(
        (found.category.as_str(), found.cause.as_str()),
        ("can_oversell", "")
    );
    assert!(alerts(&mut world).contains(&"oversell"));
    let price = found.price.expect("what one sells for");
    let lost = world.look(|views| {
        Ok(views
            .drift(None, Some("TEAPOT04"))?
            .skus
            .remove(0)
            .lost_sales)
    });
    assert_eq!(lost, Some(format!("{:.2}", price * Decimal::from(18))));

    let preview = world
        .engine()
        .preview_drift_post("TEAPOT04")
        .await
        .expect("a preview");
    assert_eq!(preview.before, Some(before.to_string()));
    assert_eq!(preview.after, Some((before - 18).to_string()));
    assert_eq!(
        level(&world, "TEAPOT04"),
        before,
        "a preview writes nothing"
    );

    let done = post(&mut world, "TEAPOT04").await;
    assert_eq!(done.what, "posted", "{done:?}");
    assert!(done.document.is_some(), "{done:?}");
    assert_eq!(level(&world, "TEAPOT04"), before - 18);

    let report = world.run(Job::Reconcile).await;
    assert!(agrees(&report), "{report:?}");
    assert!(!alerts(&mut world).contains(&"oversell"));
}

#[tokio::test(start_paused = true)]
async fn a_difference_is_posted_once_however_often_it_is_asked() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    lose(&world, "TEAPOT04", 3);
    world.run(Job::Reconcile).await;
    post(&mut world, "TEAPOT04").await;
    let again = world
        .engine()
        .decide_drift(
            "TEAPOT04",
            DriftWord::Post {
                why: "again".into(),
            },
        )
        .await
        .expect_err("posted already");
    assert!(again.to_string().contains("posted already"), "{again}");
    assert_eq!(level(&world, "TEAPOT04"), before - 3);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_looked_up_and_the_difference_stands_once() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    lose(&world, "TEAPOT04", 3);
    world.run(Job::Reconcile).await;
    world.fault(json!({
        "vendor": "cin7", "fault": "timeout_after", "match": { "path": "inventoryWriteOff" },
        "after": 1, "times": 1
    }));
    let done = post(&mut world, "TEAPOT04").await;
    assert_eq!(done.what, "unclear", "{done:?}");
    world.heal();
    for _ in 0..4 {
        world.pass(Duration::from_secs(60)).await;
        world.run(Job::Adjustments).await;
    }
    assert_eq!(level(&world, "TEAPOT04"), before - 3);
    let report = world.run(Job::Reconcile).await;
    assert!(agrees(&report), "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn goods_that_left_and_were_not_told_yet_are_in_flight_and_no_drift() {
    let mut world = world().await;
    let number = world.good_sale();
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{number}/despatch"),
        &json!({}),
    );
    snapshot(&world);
    // Only looked at: Cin7 is told nothing.
    world.set(&[("mode", "look_only")]);

    let report = world.run(Job::Reconcile).await;

    assert_eq!(report.counts["explained"], 1, "{report:?}");
    assert_eq!(report.counts["can_oversell"], 0, "{report:?}");

    world.set(&[("mode", "live")]);
    world.run(Job::Despatches).await;
    let report = world.run(Job::Reconcile).await;
    assert!(agrees(&report), "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn what_came_before_the_snapshot_and_went_after_it_is_no_drift() {
    let mut world = world().await;
    world.counted("HPMUG001", 2, "FOUND");
    snapshot(&world);
    world.pass(Duration::from_mins(1)).await;
    world.counted("HPMUG001", -2, "DAMAGE");
    world.run(Job::Adjustments).await;

    let report = world.run(Job::Reconcile).await;
    assert_eq!(report.counts["explained"], 1, "{report:?}");
    assert_eq!(report.counts["cin7_short"], 0, "{report:?}");
    let mug = line(&mut world, "HPMUG001");
    assert_eq!((mug.pending, mug.unexplained), (2.into(), Decimal::ZERO));

    snapshot(&world);
    world.pass(Duration::from_mins(1)).await;
    assert!(agrees(&world.run(Job::Reconcile).await));
}

#[tokio::test(start_paused = true)]
async fn what_cin7_was_told_after_the_snapshot_is_no_drift() {
    let mut world = world().await;
    // No new snapshot can be asked for: the last one is from before all this.
    world.control("POST", "whistl/snapshot", &json!({}));
    world.control(
        "POST",
        "whistl/capabilities",
        &json!({ "snapshot_request": false }),
    );
    world.pass(Duration::from_secs(60)).await;
    let number = world.good_sale();
    world.sync().await;
    world.control(
        "POST",
        &format!("whistl/orders/{number}/despatch"),
        &json!({}),
    );
    world.run(Job::Despatches).await;
    world.counted("MUGSET2", -4, "DAMAGE");
    world.run(Job::Adjustments).await;

    let report = world.run(Job::Reconcile).await;

    assert_eq!(report.counts["can_oversell"], 0, "{report:?}");
    assert_eq!(report.counts["cin7_short"], 0, "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn an_adjustment_that_finance_stops_is_posting_blocked() {
    let mut world = world().await;
    world.control("POST", "cin7/lock", &json!({ "date": "2026-12-31" }));
    world.fault(json!({
        "vendor": "cin7", "fault": "accept_and_drop", "match": { "path": "inventoryWriteOff" }
    }));
    world.counted("MUGSET2", -4, "DAMAGE");
    world.run(Job::Adjustments).await;
    snapshot(&world);
    let report = world.run(Job::Reconcile).await;
    let mugs = line(&mut world, "MUGSET2");
    assert_eq!(mugs.category, "posting_blocked", "{report:?}");
    assert_eq!((mugs.pending, mugs.unexplained), ((-4).into(), 0.into()));
}

#[tokio::test(start_paused = true)]
async fn a_snapshot_cut_off_half_way_reports_nothing_and_clears_nothing() {
    let mut world = world().await;
    world.run(Job::Reconcile).await;
    lose(&world, "TEAPOT04", 18);
    world.pass(Duration::from_secs(20 * 60)).await;
    world.fault(json!({ "vendor": "whistl", "fault": "F34", "value": "missing" }));

    let report = world.run(Job::Reconcile).await;

    assert_eq!(report.outcome, RunOutcome::Partial, "{report:?}");
    assert_eq!(report.counts["can_oversell"], 0);
    assert_eq!(report.counts["matched"], 0);
    assert_eq!(line(&mut world, "TEAPOT04").category, "not_comparable");
    assert!(alerts(&mut world).contains(&"not_compared"));

    world.heal();
    world.pass(Duration::from_secs(20 * 60)).await;
    let report = world.run(Job::Reconcile).await;
    assert_eq!(report.counts["can_oversell"], 1, "{report:?}");
    assert!(!alerts(&mut world).contains(&"not_compared"));
}

#[tokio::test(start_paused = true)]
async fn a_hand_edit_in_cin7_since_the_comparison_keeps_the_difference_from_being_posted() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    lose(&world, "TEAPOT04", 5);
    world.run(Job::Reconcile).await;
    world.control(
        "POST",
        "cin7/stock",
        &json!({ "sku": "TEAPOT04", "location": PLACE, "change": -5 }),
    );
    let refused = world
        .engine()
        .decide_drift("TEAPOT04", DriftWord::Post { why: "lost".into() })
        .await
        .expect_err("somebody corrected it");
    assert!(refused.to_string().contains("Compare again"), "{refused}");
    assert_eq!(level(&world, "TEAPOT04"), before - 5);
}

#[tokio::test(start_paused = true)]
async fn a_late_report_of_what_was_posted_by_hand_is_set_aside_and_no_drift() {
    let mut world = world().await;
    let before = level(&world, "TEAPOT04");
    lose(&world, "TEAPOT04", 18);
    world.run(Job::Reconcile).await;
    post(&mut world, "TEAPOT04").await;
    // The warehouse finds the words, and puts the units back that its report takes away.
    world.counted("TEAPOT04", -18, "LOST");
    world.run(Job::Adjustments).await;
    assert_eq!(level(&world, "TEAPOT04"), before - 18, "posted once");
    let waiting = world.look(|views| views.adjustments(&[], None, 10, None));
    assert_eq!(waiting.adjustments[0].state, "needs_approval");
    assert_eq!(waiting.adjustments[0].causes, ["meets_a_correction"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_accepted_is_listed_and_no_alarm_until_its_day() {
    let mut world = world().await;
    lose(&world, "TEAPOT04", 2);
    world.run(Job::Reconcile).await;
    assert!(alerts(&mut world).contains(&"oversell"));
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let accept = |until: &str| DriftWord::Accept {
        until: day(until),
        why: "Two are on loan".into(),
    };
    let past = world
        .engine()
        .decide_drift("TEAPOT04", accept("2026-01-01"))
        .await
        .expect_err("a day that is past");
    assert!(past.to_string().contains("is past"), "{past}");
    let done = world
        .engine()
        .decide_drift("TEAPOT04", accept("2026-12-31"))
        .await
        .expect("accepted");
    assert_eq!(done.what, "accepted");
    assert!(!alerts(&mut world).contains(&"oversell"));
    world.run(Job::Reconcile).await;
    assert_eq!(line(&mut world, "TEAPOT04").category, "can_oversell");
    world
        .engine()
        .decide_drift("TEAPOT04", DriftWord::Withdraw { why: String::new() })
        .await
        .expect("taken back");
    assert!(alerts(&mut world).contains(&"oversell"));
}

#[tokio::test(start_paused = true)]
async fn a_recount_is_asked_for_in_words_that_the_warehouse_can_act_on() {
    let mut world = world().await;
    lose(&world, "TEAPOT04", 2);
    world.run(Job::Reconcile).await;
    let message = world.engine().recount_message("TEAPOT04").expect("words");
    assert!(
        message.contains("TEAPOT04") && message.contains("2 are missing"),
        "{message}"
    );
    let word = DriftWord::Recount {
        note: String::new(),
    };
    let engine = world.engine();
    engine.decide_drift("TEAPOT04", word).await.expect("asked");
    assert!(line(&mut world, "TEAPOT04").recount_since.is_some());
}

#[tokio::test(start_paused = true)]
async fn three_times_a_day_stock_is_compared_by_itself_and_nothing_is_posted() {
    let mut world = world().await;
    lose(&world, "TEAPOT04", 6);
    let before = level(&world, "TEAPOT04");
    world.watch_for(Duration::from_hours(24)).await;
    let runs = world.look(|views| Ok(views.reading.runs(Some("reconcile"), 10)?));
    // One at the start, and 12:00, 16:30 and the next morning's 08:00.
    assert_eq!(runs.len(), 4, "{runs:?}");
    assert_eq!(level(&world, "TEAPOT04"), before);
    let found = line(&mut world, "TEAPOT04");
    assert_eq!(found.unexplained, (-6).into());
    assert!(found.since.is_some() && found.before.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_gap_lies_between_the_run_before_it_and_the_first_that_saw_it() {
    let mut world = world().await;
    world.run(Job::Reconcile).await;
    world.pass(Duration::from_hours(4)).await;
    lose(&world, "TEAPOT04", 6);
    world.run(Job::Reconcile).await;
    world.pass(Duration::from_hours(4)).await;
    world.run(Job::Reconcile).await;
    let found = line(&mut world, "TEAPOT04");
    let (since, before) = (found.since.expect("a run"), found.before.expect("a run"));
    assert_eq!(since.0.0, before.0.0 + 1);
    let trend = world.look(|views| Ok(views.reading.drift_trend(7)?));
    let units: Vec<String> = trend
        .iter()
        .map(|point| point.gap_units.normalize().to_string())
        .collect();
    assert_eq!(units, ["0", "6", "6"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_left_open_is_debt_on_its_sixth_working_day_with_its_value() {
    const DAY: Duration = Duration::from_secs(86_400);
    // A Tuesday: the sixth working day is Tuesday a week on.
    let mut world = world().await;
    lose(&world, "TEAPOT04", 18);
    lose(&world, "MUG01BLUE", 2);
    world.run(Job::Reconcile).await;
    world.set(&[("adjust.always_approve", "true")]);
    world.counted("BOARD22", -3, "DAMAGE");
    world.run(Job::Adjustments).await;
    let lost = ["TEAPOT04", "MUG-01_BLUE"].map(|sku| line(&mut world, sku));
    assert!(
        lost.iter().all(|line| line.category == "can_oversell"),
        "{lost:?}"
    );

    world.pass(DAY * 6).await;
    let debt = world.status().debt;
    assert_eq!(debt.now.count, 0, "its fifth working day: {debt:?}");
    assert_eq!(debt.at_month_end.count, 0, "{debt:?}");

    world.pass(DAY).await;
    let debt = world.status().debt;
    assert_eq!(
        (debt.now.differences, debt.now.adjustments),
        (2, 1),
        "{debt:?}"
    );
    assert_eq!((debt.now.count, debt.now.units.as_str()), (3, "23"));
    let board = line(&mut world, "BOARD/22").unit_cost.expect("a cost");
    let lost = lost.map(|line| line.unit_cost.expect("a cost") * line.unexplained.abs());
    let value = lost[0] + lost[1] + board + board + board;
    assert_eq!(debt.now.value, format!("{value:.2}"), "{debt:?}");
    assert_eq!(debt.now.without_value, 0);

    let today = world.show(screens::today::today);
    let told = today.lines.iter().find(|line| line.key == "debt");
    let told = &told.expect("a line of the debt").text;
    assert!(
        told.starts_with(
            "2 differences and 1 stock adjustment open for longer than 5 working days: 23 units, £"
        ),
        "{told}"
    );

    // What somebody lives with is debt no more, nor what is settled.
    let until = NaiveDate::from_ymd_opt(2026, 12, 20).expect("a day");
    let word = DriftWord::Accept {
        until,
        why: "A recount is planned".into(),
    };
    let engine = world.engine();
    engine
        .decide_drift("TEAPOT04", word)
        .await
        .expect("accepted");
    assert_eq!(world.status().debt.now.count, 2);
}
