//! A fortnight of a merchant's trade in simulated time: sales every hour, goods that leave,
//! counts, damages, finds, returns, deliveries, losses that nobody is told of and hands that
//! edit stock in Cin7. At its end every unit by which the two sides differ must be explained
//! or listed, each SKU in one category, by sums made from the vendors' own truth.
#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use engine::actions::AdjustmentWord;
use engine::runs::Job;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sandbox::options::{Options, Profile};
use serde_json::{Value, json};
use stockbridge_tests::World;
use stockbridge_tests::world::tuesday_morning;
use store::{AdjustmentState, MapKind, StockLineRow};

const PLACE: &str = "Whistl Fulfilment";
/// Hours of a day in which sales come in.
const TRADING: u64 = 8;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, default: u32| {
        arguments
            .windows(2)
            .find(|pair| pair[0] == name)
            .and_then(|pair| pair[1].parse().ok())
            .unwrap_or(default)
    };
    let plan = Plan {
        days: number("--days", 14),
        orders: number("--orders", 400),
        skus: number("--skus", 5_000),
        seed: number("--seed", 7).into(),
    };
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime")
        .block_on(fortnight(&plan))
}

struct Plan {
    days: u32,
    /// A day.
    orders: u32,
    skus: u32,
    seed: u64,
}

async fn fortnight(plan: &Plan) -> ExitCode {
    let began = Instant::now();
    let mut rng = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut world = World::of(Options {
        orders: 0,
        skus: plan.skus,
        seed: plan.seed,
        profile: Profile::Typical,
        ..Options::at(tuesday_morning())
    });
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
        ("schedule.orders", "300"),
        ("schedule.events", "600"),
        ("schedule.despatches", "300"),
    ]);
    world.map(MapKind::Service, "Express Delivery", "WHI_EXP");
    let spellings = [
        ("BOARD/22", "BOARD22"),
        ("ITEM-01_BLUE", "ITEM01BLUE"),
        ("JAR 500ML", "JAR500ML"),
        ("MUG-01_BLUE", "MUG01BLUE"),
    ];
    for (ours, theirs) in spellings {
        world.map(MapKind::Sku, ours, theirs);
    }
    // One SKU in a hundred loses a unit in silence over ten working days.
    let silent = plan.skus / 10;
    world.control(
        "POST",
        "whistl/habits",
        &json!({ "counts": 1_500, "damages": 800, "finds": 500, "losses_told": 500,
            "pick_discrepancies": 500, "receipts": 100, "returns": 400, "broken_returns": 200,
            "silent_losses": silent }),
    );
    let start = world.truth();
    for day in 1..=plan.days {
        for _ in 0..TRADING {
            let sales = plan.orders / u32::try_from(TRADING).unwrap_or(8);
            world.control("POST", "trade", &json!({ "orders": sales }));
            edit_by_hand(&world, &mut rng);
            world.watch_for(Duration::from_hours(1)).await;
        }
        decide(&mut world);
        world.watch_for(Duration::from_hours(24 - TRADING)).await;
        say(&mut world, day, &began);
    }
    // What is on its way arrives, and what waits is decided.
    world.control(
        "POST",
        "whistl/habits",
        &json!({ "counts": 0, "damages": 0, "finds": 0,
        "losses_told": 0, "pick_discrepancies": 0, "receipts": 0, "returns": 0,
        "broken_returns": 0, "silent_losses": 0 }),
    );
    for _ in 0..3 {
        decide(&mut world);
        world.watch_for(Duration::from_hours(24)).await;
    }
    let report = world.run(Job::Reconcile).await;
    println!(
        "{:?} {:?} {:?}",
        report.outcome, report.counts, report.faults
    );
    println!("calls of that comparison {:?}", report.calls);
    let broken = differing_from_truth(&mut world, &spellings, &start);
    for sentence in broken.iter().take(40) {
        println!("{sentence}");
    }
    println!(
        "{} things do not agree with the truth ({:.0} s)",
        broken.len(),
        began.elapsed().as_secs_f64()
    );
    if broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Somebody in the office changes a figure in Cin7, as people do.
fn edit_by_hand(world: &World, rng: &mut ChaCha8Rng) {
    if rng.random_bool(0.5) {
        return;
    }
    let truth = world.truth();
    let stock = list(&truth["cin7"]["stock"]);
    let here: Vec<&Value> = stock
        .iter()
        .filter(|row| row["location"] == PLACE)
        .collect();
    let row = here[rng.random_range(0..here.len())];
    let change = [-2, -1, 1, 3][rng.random_range(0..4)];
    let body = json!({ "sku": row["sku"], "location": PLACE, "change": change });
    world.try_control("POST", "cin7/stock", &body);
}

/// Finance looks at what waits, once a day, and has it posted.
fn decide(world: &mut World) {
    let waiting = world
        .look(|views| views.adjustments(&[AdjustmentState::NeedsApproval], None, 10_000, None));
    let engine = world.engine();
    for one in waiting.adjustments {
        engine
            .see_to_adjustment(&one.whistl_id, AdjustmentWord::Approve, "goods in")
            .expect("approved");
    }
}

fn say(world: &mut World, day: u32, began: &Instant) {
    let last = world.look(|views| Ok(views.reading.last_reconciliation()?));
    let told = world.status().confirmations;
    let Some(last) = last else { return };
    println!(
        "day {day}: {} despatches told; {} SKUs compared, {} differ by {} units, {} explained ({:.0} s)",
        told.posted,
        last.counts.matched
            + last.counts.explained
            + last.counts.can_oversell
            + last.counts.cin7_short
            + last.counts.posting_blocked
            + last.counts.not_comparable,
        last.drifting,
        last.gap_units.normalize(),
        last.counts.explained,
        began.elapsed().as_secs_f64()
    );
}

/// What of the last comparison differs from sums over the vendors' own truth.
fn differing_from_truth(
    world: &mut World,
    spellings: &[(&str, &str)],
    start: &Value,
) -> Vec<String> {
    let truth = world.truth();
    let theirs = |sku: &str| -> String {
        let mapped = spellings.iter().find(|(ours, _)| *ours == sku);
        mapped.map_or(sku, |(_, theirs)| theirs).to_owned()
    };
    let number = |value: &Value| -> i64 {
        value
            .as_str()
            .and_then(|text| text.parse().ok())
            .unwrap_or_default()
    };
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    let mut cin7: BTreeMap<String, i64> = BTreeMap::new();
    for row in list(&truth["cin7"]["stock"]) {
        if row["location"] == PLACE {
            let key = theirs(row["sku"].as_str().unwrap_or_default());
            // What was there at the beginning, and goods that came in since by Cin7's own doing.
            let booked = number(&row["opening"]) + number(&row["by_hand"]);
            *expected.entry(key.clone()).or_default() -= booked;
            *cin7.entry(key).or_default() += number(&row["on_hand"]);
        }
    }
    for loss in list(&truth["whistl"]["losses"]) {
        let key = loss["sku"].as_str().unwrap_or_default().to_owned();
        *expected.entry(key).or_default() -= number(&loss["quantity"]);
    }
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for row in list(&truth["whistl"]["stock"]) {
        let key = row["sku"].as_str().unwrap_or_default().to_owned();
        *expected.entry(key.clone()).or_default() += number(&row["opening"]);
        counted.insert(key, number(&row["on_hand"]) - number(&row["quarantined"]));
    }
    for row in list(&start["whistl"]["stock"]) {
        // Of what the warehouse began with, this was no good stock, and not on Cin7's books.
        let key = row["sku"].as_str().unwrap_or_default().to_owned();
        *expected.entry(key).or_default() -= number(&row["quarantined"]);
    }
    let lines = world.look(|views| Ok(views.reading.stock_lines(None, None, u32::MAX)?));
    let last = world.look(|views| Ok(views.reading.last_reconciliation()?));
    let mut broken = Vec::new();
    let mut seen = BTreeSet::new();
    for line in &lines {
        if line.category == "not_comparable" {
            println!("not compared: {} ({})", line.sku, line.cause);
            seen.insert(line.whistl_sku.clone());
            seen.insert(theirs(&line.sku));
            continue;
        }
        broken.extend(wrong(line, &expected, &cin7, &counted));
        if !seen.insert(line.whistl_sku.clone()) {
            broken.push(format!("{} is listed twice", line.whistl_sku));
        }
    }
    for key in cin7.keys().chain(counted.keys()) {
        let is_nothing = cin7.get(key).is_none_or(|units| *units == 0)
            && counted.get(key).is_none_or(|units| *units == 0);
        if !seen.contains(key) && !is_nothing {
            broken.push(format!("{key} is in no category"));
        }
    }
    if let Some(last) = last {
        let compared = lines
            .iter()
            .filter(|line| line.category != "not_comparable");
        let all = last.totals.unexplained;
        let rest = compared.fold(all, |rest, line| rest - line.unexplained);
        if !rest.is_zero() {
            broken.push(format!("the total says {all}, {rest} more than the lines"));
        }
    }
    broken
}

fn wrong(
    line: &StockLineRow,
    expected: &BTreeMap<String, i64>,
    cin7: &BTreeMap<String, i64>,
    counted: &BTreeMap<String, i64>,
) -> Option<String> {
    let of = |map: &BTreeMap<String, i64>| map.get(&line.whistl_sku).copied().unwrap_or_default();
    let agrees = line.cin7 == of(cin7).into()
        && line.counted == of(counted).into()
        && line.unexplained == of(expected).into()
        && line.unexplained == line.counted - line.cin7 - line.in_flight - line.pending;
    (!agrees).then(|| {
        format!(
            "{} ({}): Cin7 {} of {}, counted {} of {}, in flight {}, pending {}, unexplained {} and not {}",
            line.sku,
            line.category,
            line.cin7.normalize(),
            of(cin7),
            line.counted.normalize(),
            of(counted),
            line.in_flight.normalize(),
            line.pending.normalize(),
            line.unexplained.normalize(),
            of(expected)
        )
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
