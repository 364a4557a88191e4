//! Stock compared in the midst of heavy movement, from one seed: goods leave, counts come in,
//! both are told to Cin7 with all that goes wrong on the way, and nothing is ever lost. Each
//! difference that a comparison then reports is false.

use std::time::Duration;

use engine::runs::{Job, RunReport};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sandbox::options::{Options, Profile};
use serde_json::{Value, json};
use store::{MapKind, StockLineRow};

use crate::world::{World, tuesday_morning};

/// What one seed came to.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// The seed.
    pub seed: u64,
    /// False differences, and what does not agree once all is quiet.
    pub broken: Vec<String>,
    /// Comparisons made while things moved.
    pub comparisons: u32,
    /// Differences seen once in them and told to nobody.
    pub suspected: u32,
    /// Units that moved.
    pub units: i64,
    /// What was done, in order.
    pub story: Vec<String>,
}

/// Plays one seed.
pub fn play(seed: u64) -> Moved {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(hours(seed))
}

async fn hours(seed: u64) -> Moved {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut world = World::of(Options {
        orders: rng.random_range(4..10),
        skus: 16,
        seed,
        profile: Profile::Clean,
        ..Options::at(tuesday_morning())
    });
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
        ("schedule.orders", "120"),
        ("schedule.reconcile", "[]"),
    ]);
    for (ours, theirs) in [("ITEM-01_BLUE", "ITEM01BLUE"), ("MUG-01_BLUE", "MUG01BLUE")] {
        world.map(MapKind::Sku, ours, theirs);
    }
    let mut moved = Moved {
        seed,
        ..Moved::default()
    };
    world.sync().await;
    for _ in 0..rng.random_range(4..9) {
        if rng.random_bool(0.3) {
            throw(&world, &mut rng, &mut moved);
        }
        let engine = world.engine();
        engine.by_hand().expect("by hand");
        let steps = rng.random_range(2..8);
        let quiet = |_: &RunReport| {};
        let begins_after = Duration::from_millis(rng.random_range(0..30_000));
        let compare = async {
            tokio::time::sleep(begins_after).await;
            engine.run(Job::Reconcile).await.expect("a comparison")
        };
        let meanwhile = async {
            for _ in 0..steps {
                let pause = rng.random_range(100..20_000);
                tokio::time::sleep(Duration::from_millis(pause)).await;
                step(&world, &mut rng, &mut moved);
            }
        };
        let both = async { tokio::join!(compare, meanwhile).0 };
        let report = tokio::select! {
            ended = engine.watch(&quiet) => {
                ended.expect("the schedule");
                continue;
            }
            report = both => report,
        };
        moved.comparisons += 1;
        let suspected = report.counts.get("suspected").copied().unwrap_or_default();
        moved.suspected += u32::try_from(suspected).unwrap_or_default();
        drop(engine);
        for line in differing(&mut world) {
            if line.cause.is_empty() {
                moved
                    .broken
                    .push(format!("{} of {}", told(&line), report.run_id));
            }
        }
        // The next comparison is some time off, and looks at another snapshot.
        let until_next = rng.random_range(60..1_500);
        world.watch_for(Duration::from_secs(until_next)).await;
    }
    quiet(&mut world).await;
    let report = world.run(Job::Reconcile).await;
    for line in differing(&mut world) {
        moved.broken.push(format!("{} at the end", told(&line)));
    }
    let explained = report.counts.get("explained").copied().unwrap_or_default();
    if explained != 0 {
        moved
            .broken
            .push(format!("{explained} still on their way: {report:?}"));
    }
    moved
}

/// Faults stop, and all is told that is late: the feeds are read again from further back every
/// six hours, and what is put off is tried again within two.
async fn quiet(world: &mut World) {
    world.heal();
    world.pass(Duration::from_hours(7)).await;
    for _ in 0..5 {
        for job in [Job::Orders, Job::Despatches, Job::Adjustments] {
            world.run(job).await;
        }
        world.pass(Duration::from_mins(40)).await;
    }
}

/// What the last comparison says differs by more than is known of.
fn differing(world: &mut World) -> Vec<StockLineRow> {
    let lines = world.look(|views| Ok(views.reading.stock_lines(None, None, u32::MAX)?));
    lines
        .into_iter()
        .filter(|line| matches!(line.category.as_str(), "can_oversell" | "cin7_short"))
        .collect()
}

fn told(line: &StockLineRow) -> String {
    format!(
        "{}: Cin7 {}, in flight {}, pending {}, counted {}, unexplained {}",
        line.sku,
        line.cin7.normalize(),
        line.in_flight.normalize(),
        line.pending.normalize(),
        line.counted.normalize(),
        line.unexplained.normalize()
    )
}

/// One thing that moves stock, or a sale that will.
fn step(world: &World, rng: &mut ChaCha8Rng, moved: &mut Moved) {
    let truth = world.truth();
    let told = match rng.random_range(0..4) {
        0 => format!("sale {}", world.good_sale()),
        1 => adjust(world, &truth, rng, moved),
        _ => despatch(world, &truth, rng, moved),
    };
    moved.story.push(told);
}

fn adjust(world: &World, truth: &Value, rng: &mut ChaCha8Rng, moved: &mut Moved) -> String {
    let all = truth["whistl"]["stock"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    if all.is_empty() {
        return "nothing to adjust".into();
    }
    let sku = all[rng.random_range(0..all.len())]["sku"].clone();
    let (reason, units): (_, i64) = match rng.random_range(0..3) {
        0 => ("FOUND", rng.random_range(1..6)),
        1 => ("LOST", -rng.random_range(1..4)),
        _ => ("DAMAGE", -rng.random_range(1..3)),
    };
    let body = json!({ "sku": sku, "quantity": units, "reason_code": reason });
    let (status, _) = world.try_control("POST", "whistl/adjust", &body);
    if status < 300 {
        moved.units += units.abs();
    }
    format!("adjust {body}: {status}")
}

fn despatch(world: &World, truth: &Value, rng: &mut ChaCha8Rng, moved: &mut Moved) -> String {
    let orders = truth["whistl"]["orders"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    if orders.is_empty() {
        return "nothing to despatch".into();
    }
    let order = &orders[rng.random_range(0..orders.len())];
    let reference = order["client_ref"].as_str().unwrap_or_default();
    let mut body = json!({});
    if rng.random_bool(0.4) {
        body["lines"] = json!([{ "sku": order["lines"][0]["sku"], "quantity": 1 }]);
    }
    let path = format!("whistl/orders/{reference}/despatch");
    let (status, _) = world.try_control("POST", &path, &body);
    if status < 300 {
        moved.units += 1;
    }
    format!("despatch {reference} {body}: {status}")
}

fn throw(world: &World, rng: &mut ChaCha8Rng, moved: &mut Moved) {
    const ALL: &[(&str, &str, &str)] = &[
        ("cin7", "limit_shape", "429"),
        ("cin7", "server_503", ""),
        ("cin7", "timeout_before", ""),
        ("cin7", "timeout_after", ""),
        ("cin7", "page_drift", ""),
        ("cin7", "truncated_json", ""),
        ("whistl", "F05", ""),
        ("whistl", "F06", ""),
        ("whistl", "F08", ""),
        ("whistl", "F10", ""),
        ("whistl", "F13", ""),
        ("whistl", "F14", "600"),
        ("whistl", "F34", "\"torn\""),
        ("whistl", "F34", "\"missing\""),
        ("whistl", "F34", "\"pages\""),
        ("whistl", "F34", "\"expired\""),
    ];
    let (vendor, fault, value) = ALL[rng.random_range(0..ALL.len())];
    let mut switch = json!({
        "vendor": vendor,
        "fault": fault,
        "after": rng.random_range(0..4),
        "times": rng.random_range(1..4),
        "for_seconds": 900,
    });
    if !value.is_empty() {
        switch["value"] = serde_json::from_str(value).unwrap_or(Value::String(value.into()));
    }
    let (status, _) = world.try_control("POST", "faults", &switch);
    moved.story.push(format!("fault {switch}: {status}"));
}
