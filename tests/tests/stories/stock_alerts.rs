//! What is told of stock outside the window, and that its end is told too.

use std::time::Duration;

use engine::actions::{AdjustmentWord, DriftWord};
use engine::runs::Job;
use serde_json::json;
use stockbridge_tests::World;

use crate::reconcile::{lose, world};

/// A world in which stock is compared by hand alone, and nothing else is told.
async fn calm(settings: &[(&str, &str)]) -> World {
    let mut world = world().await;
    world.set(&[("alerts.digest_times", "[]"), ("schedule.reconcile", "[]")]);
    world.set(settings);
    told(&mut world, 3).await;
    world
}

/// The titles of what is told over so many minutes.
async fn told(world: &mut World, minutes: u64) -> Vec<String> {
    let notices = world.told_over(Duration::from_mins(minutes)).await;
    notices.into_iter().map(|notice| notice.title).collect()
}

async fn compare(world: &mut World) -> Vec<String> {
    world.run(Job::Reconcile).await;
    told(world, 2).await
}

async fn post(world: &mut World, sku: &str) {
    let word = DriftWord::Post {
        why: "recounted".into(),
    };
    let done = world
        .engine()
        .decide_drift(sku, word)
        .await
        .expect("posted");
    assert_eq!(done.what, "posted", "{done:?}");
}

#[tokio::test(start_paused = true)]
async fn units_that_can_be_oversold_are_told_of_and_so_is_their_end() {
    let mut world = calm(&[]).await;
    lose(&world, "TEAPOT04", 6);
    assert_eq!(
        compare(&mut world).await,
        ["6 units can be sold that Whistl does not have: TEAPOT04 · Office"]
    );
    assert!(compare(&mut world).await.is_empty(), "told once");
    post(&mut world, "TEAPOT04").await;
    assert_eq!(
        compare(&mut world).await,
        ["Nothing can be sold any more that Whistl does not have"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_difference_beyond_the_limits_is_told_of_by_units_or_by_money_and_so_is_its_end() {
    for (key, limit) in [("alerts.drift_units", "6"), ("alerts.drift_value", "50")] {
        let mut world = calm(&[
            ("alerts.drift_units", "0"),
            ("alerts.drift_value", "0"),
            (key, limit),
        ])
        .await;
        lose(&world, "TEAPOT04", 3);
        assert!(
            !compare(&mut world)
                .await
                .iter()
                .any(|title| title.starts_with("Stock differs")),
            "{key}: within the limit"
        );
        lose(&world, "TEAPOT04", 3);
        let found = compare(&mut world).await;
        assert!(
            found[0].starts_with("Stock differs by 6 units without an explanation, £")
                && found[0].ends_with(" at cost · Finance"),
            "{key}: {found:?}"
        );
        post(&mut world, "TEAPOT04").await;
        let ended = compare(&mut world).await;
        let wanted = "Stock no longer differs beyond the limits".to_owned();
        assert!(ended.contains(&wanted), "{key}: {ended:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_difference_that_grows_at_each_comparison_is_told_of_and_so_is_its_end() {
    let mut world = calm(&[("alerts.drift_units", "0"), ("alerts.drift_value", "0")]).await;
    let grows = |told: &[String]| {
        told.iter()
            .any(|title| title.starts_with("Stock differs by more at each comparison"))
    };
    for units in [1, 1, 2] {
        lose(&world, "TEAPOT04", units);
        assert!(!grows(&compare(&mut world).await));
    }
    lose(&world, "TEAPOT04", 4);
    let found = compare(&mut world).await;
    assert!(
        found.contains(
            &"Stock differs by more at each comparison: 8 units, 1 before · Warehouse".into()
        ),
        "{found:?}"
    );
    post(&mut world, "TEAPOT04").await;
    let ended = compare(&mut world).await;
    assert!(
        ended.contains(&"The difference of stock no longer grows".into()),
        "{ended:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_comparison_that_could_not_be_made_is_told_of_and_so_is_the_next_that_could() {
    let mut world = calm(&[]).await;
    compare(&mut world).await;
    lose(&world, "TEAPOT04", 6);
    world.pass(Duration::from_mins(20)).await;
    world.fault(json!({ "vendor": "whistl", "fault": "F34", "value": "missing" }));
    assert_eq!(
        compare(&mut world).await,
        ["Stock could not be compared whole · System"]
    );
    world.heal();
    world.pass(Duration::from_mins(20)).await;
    let told = compare(&mut world).await;
    assert!(
        told.contains(&"Stock is compared whole again".into()),
        "{told:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_adjustment_that_waits_or_fails_is_told_of_with_its_cause_and_so_is_its_end() {
    let mut world = calm(&[("adjust.limit_units", "10")]).await;
    let id = world.counted("TEAPOT04", -18, "LOST");
    assert_eq!(
        told(&mut world, 8).await,
        ["1 stock adjustment not in Cin7 Core yet: above a limit · Finance"]
    );
    let engine = world.engine();
    engine
        .see_to_adjustment(&id, AdjustmentWord::Approve, "")
        .expect("approved");
    drop(engine);
    let ended = told(&mut world, 8).await;
    assert_eq!(ended.len(), 1, "{ended:?}");
    assert!(
        ended[0].starts_with("No stock adjustment waits"),
        "{ended:?}"
    );
}
