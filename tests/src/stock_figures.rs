//! What comparing and posting stock costs: calls, counted by the vendor in simulated time;
//! time and memory of a comparison, measured in a process of its own; the screen's answers.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use engine::Engine;
use engine::bench::ComparisonBench;
use engine::runs::{Job, RunReport};
use engine::views::Views;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sandbox::options::{Options, Profile};
use serde_json::{Value, json};
use store::{AdjustmentState, Durability, Reading, Store, StoreKey};

use crate::World;
use crate::figures::Line;
use crate::stock_promises::SPELLINGS;
use crate::world::{STORE_KEY, tuesday_morning};

/// SKUs of the account whose comparisons are counted, unless said otherwise.
pub const COMPARED: u32 = 5_000;
/// Comparisons that are counted.
const COMPARISONS: u32 = 8;
/// Rows of a page of Cin7's list, the most there are (documented).
const PAGE: u32 = 1_000;
/// An interval of the schedule for orders.
const INTERVAL: i64 = 30;
/// Adjustments of a burst.
const BURST: usize = 200;
/// The argument by which this program measures itself in a process of its own.
pub const COMPARE: &str = "--compare-in";

/// Calls of both runs in an account of so many SKUs, in simulated time.
pub async fn calls(skus: u32) -> Vec<Line> {
    let mut lines = comparing_amid_movement(skus).await;
    lines.extend(posting_bursts(skus).await);
    lines
}

/// Time and memory over a store of so many SKUs.
pub fn sizes(skus: u32) -> Vec<Line> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = open(folder.path(), Durability::Fast);
    store::fill::stock(&mut store, skus, tuesday_morning()).expect("filled");
    drop(store);
    let mut lines = vec![showing(folder.path(), skus)];
    ComparisonBench::fill(&engine(folder.path()));
    lines.extend(comparing(folder.path(), skus));
    lines
}

fn open(folder: &Path, durability: Durability) -> Store {
    let key = StoreKey::from_hex(STORE_KEY).expect("a key");
    let options = store::Options {
        durability,
        program: "bench",
        now: tuesday_morning(),
    };
    Store::open(folder, Some(key), options).expect("a store")
}

fn engine(folder: &Path) -> Arc<Engine> {
    Engine::assemble(engine::Parts {
        store: open(folder, Durability::Full),
        secrets: engine::Secrets::default(),
        wire: Arc::new(vendor::Network::new().expect("a network")),
        clock: Arc::new(engine::clock::SystemClock),
        user: "bench".into(),
        stop: tokio_util::sync::CancellationToken::new(),
    })
    .expect("an engine")
}

/// What the drift screen asks when it opens or is narrowed, and when it is scrolled.
fn showing(folder: &Path, skus: u32) -> Line {
    let key = StoreKey::from_hex(STORE_KEY).expect("a key");
    let reading = Reading::open(folder, Some(key)).expect("a store");
    let settings = engine::views::stored_settings(&reading).expect("settings");
    let views = Views::new(&reading, &settings, tuesday_morning());
    let mut all = screens::bench::drift(&views).expect("the drift screen");
    all.sort_by_key(|(_, took)| *took);
    let p95 = milliseconds(all[all.len() * 95 / 100].1);
    let (slowest, worst) = &all[all.len() - 1];
    Line::at_most(
        format!("window: the drift screen, {skus} SKUs, 95 in 100"),
        format!(
            "{p95:.1} ms, at worst {:.1} ms ({slowest})",
            milliseconds(*worst)
        ),
        (p95, 50.0, "ms"),
    )
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Has this program measure a comparison in a process of its own, whose memory is its alone.
fn comparing(folder: &Path, skus: u32) -> Vec<Line> {
    let own = std::env::current_exe().expect("a path of our own");
    let measured = Command::new(own).arg(COMPARE).arg(folder).output();
    let measured = measured.expect("it runs");
    let text = String::from_utf8_lossy(&measured.stdout);
    let told: Value = serde_json::from_str(&text).unwrap_or_else(|_| {
        panic!("{text}{}", String::from_utf8_lossy(&measured.stderr));
    });
    let of = |name: &str| told[name].as_f64().unwrap_or(f64::INFINITY);
    let (median, worst) = (of("median_ms"), of("worst_ms"));
    let (grown, held) = (of("grown_mib"), of("held_mib"));
    vec![
        Line::at_most(
            format!("comparing {skus} SKUs, after the reads"),
            format!("{median:.0} ms, at worst {worst:.0} ms"),
            (median, 300.0, "ms"),
        ),
        Line::at_most(
            "  memory at the most, above that before it",
            format!("{grown:.1} MiB"),
            (grown, 150.0, "MiB"),
        ),
        Line::shown(
            "  the same with both sides as read, in hand all the while",
            format!("{held:.1} MiB"),
        ),
        Line::shown(
            "  keeping what was found: first as new, then unchanged",
            format!("{:.0} ms, {:.0} ms", of("kept_ms"), of("kept_again_ms")),
        ),
    ]
}

/// Measures a comparison over the store in that folder, and prints it. The peak is set back
/// between, so that what the reading took for a moment does not count for the comparing.
pub fn compare_in(folder: &Path) -> String {
    let engine = engine(folder);
    let before = memory("VmRSS:");
    let bench = ComparisonBench::read(engine);
    let in_hand = memory("VmRSS:");
    // 5 is the word by which Linux sets the peak back (documented).
    let set_back = std::fs::write("/proc/self/clear_refs", "5");
    let compared = bench.compare();
    let peak = match set_back {
        Ok(()) => memory("VmHWM:"),
        Err(_) => f64::INFINITY,
    };
    let mut times: Vec<f64> = (0..11)
        .map(|_| {
            let began = Instant::now();
            assert_eq!(bench.compare(), compared, "the same figures");
            milliseconds(began.elapsed())
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let kept = || {
        let began = Instant::now();
        bench.keep();
        milliseconds(began.elapsed())
    };
    json!({
        "median_ms": times[times.len() / 2],
        "worst_ms": times[times.len() - 1],
        "grown_mib": peak - in_hand,
        "held_mib": peak - before,
        "kept_ms": kept(),
        "kept_again_ms": kept(),
    })
    .to_string()
}

/// A figure of this process's memory, in MiB.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix(name)?.split_whitespace().next())
        .and_then(|figure| figure.parse().ok())
        .unwrap_or(f64::NAN);
    kib / 1024.0
}

/// An account of so many SKUs, set to post whatever is counted.
async fn shop(skus: u32) -> World {
    let mut world = World::of(Options {
        orders: 0,
        skus,
        seed: 7,
        profile: Profile::Clean,
        ..Options::at(tuesday_morning())
    });
    world.set(&[
        ("adjust.account", "403"),
        ("adjust.limit_value", "0"),
        ("adjust.rise_value", "0"),
        ("schedule.reconcile", "[]"),
    ]);
    world.run(Job::Reference).await;
    world
}

/// SKUs that both sides spell alike and have plenty of.
fn sellable(world: &World) -> Vec<String> {
    let truth = world.truth();
    let stock = truth["whistl"]["stock"].as_array().expect("stock");
    let theirs = |sku: &str| SPELLINGS.iter().any(|(_, theirs)| *theirs == sku);
    let plenty = |row: &&Value| {
        let units = row["on_hand"].as_str().and_then(|text| text.parse().ok());
        units.unwrap_or(0) >= 20
    };
    let sku = |row: &Value| row["sku"].as_str().map(str::to_owned);
    let spelt_alike = |sku: &String| !theirs(sku);
    let all = stock.iter().filter(plenty).filter_map(sku);
    all.filter(spelt_alike).collect()
}

/// Sales, despatches and counts, drawn from one seed.
struct Trade {
    rng: ChaCha8Rng,
    skus: Vec<String>,
    /// Sales that are not seen at the warehouse yet, and when they were made.
    made: Vec<(String, DateTime<Utc>)>,
    /// Orders at the warehouse.
    there: Vec<String>,
    /// Seconds from made to accepted.
    delays: Vec<i64>,
    /// Sales that may not leave as they are.
    held: u32,
    /// Things that moved stock.
    moved: u32,
}

impl Trade {
    /// One thing that happens.
    fn step(&mut self, world: &World) {
        match self.rng.random_range(0..3) {
            0 => {
                let sku = self.sku();
                let lines = json!({ "Order": { "Lines": [{ "SKU": sku, "Quantity": 1 }] } });
                self.made.push((world.sale(lines), world.now()));
            }
            1 if !self.there.is_empty() => {
                let one = self.rng.random_range(0..self.there.len());
                let reference = self.there.swap_remove(one);
                let path = format!("whistl/orders/{reference}/despatch");
                world.control("POST", &path, &json!({}));
                self.moved += 1;
            }
            _ => {
                adjust(world, &self.sku(), self.rng.random_range(0..3));
                self.moved += 1;
            }
        }
    }

    fn sku(&mut self) -> String {
        let one = self.rng.random_range(0..self.skus.len());
        self.skus[one].clone()
    }

    /// Notes which sales the warehouse has taken since.
    fn look(&mut self, engine: &Engine, now: DateTime<Utc>) {
        let settings = engine.settings();
        for (number, made) in std::mem::take(&mut self.made) {
            let order = engine.read(|reading| Views::new(reading, &settings, now).order(&number));
            match order.as_ref().map(|detail| detail.order.state.as_str()) {
                Ok("at_warehouse") => {
                    self.delays.push((now - made).num_seconds());
                    self.there.push(number);
                }
                Ok("held") => self.held += 1,
                Ok(_) | Err(_) => self.made.push((number, made)),
            }
        }
    }
}

/// A unit or two found, lost or broken.
fn adjust(world: &World, sku: &str, what: u32) {
    let (reason, units) = [("FOUND", 2), ("LOST", -1), ("DAMAGE", -1)][what as usize];
    world.counted(sku, units, reason);
}

/// Goes on for so long, with something happening every few seconds.
async fn go_on(world: &World, engine: &Engine, trade: &mut Trade, seconds: u64) {
    for _ in 0..seconds / 5 {
        trade.step(world);
        tokio::time::sleep(Duration::from_secs(5)).await;
        trade.look(engine, world.now());
    }
}

/// Comparisons while goods leave and counts come in: what they ask of Cin7 beyond its list, and
/// what they cost an order that is made meanwhile.
async fn comparing_amid_movement(skus: u32) -> Vec<Line> {
    let mut world = shop(skus).await;
    let mut trade = Trade {
        rng: ChaCha8Rng::seed_from_u64(7),
        skus: sellable(&world),
        made: Vec::new(),
        there: Vec::new(),
        delays: Vec::new(),
        held: 0,
        moved: 0,
    };
    let engine = world.engine();
    let quiet = |_: &RunReport| {};
    let (mut calls, mut pages, mut counts) = (0_i64, 0_i64, BTreeMap::new());
    let mut usual = Vec::new();
    let mut meanwhile = Vec::new();
    {
        let day = async {
            for _ in 0..COMPARISONS {
                go_on(&world, &engine, &mut trade, 300).await;
                usual.append(&mut trade.delays);
                let compare = engine.run(Job::Reconcile);
                let busy = go_on(&world, &engine, &mut trade, 120);
                let (report, ()) = tokio::join!(compare, busy);
                meanwhile.append(&mut trade.delays);
                let report = report.expect("a comparison");
                calls += report.calls.get("cin7").copied().unwrap_or_default();
                pages += i64::from(rows_read(&engine).div_ceil(PAGE));
                for name in ["read_again", "suspected", "can_oversell", "cin7_short"] {
                    let found = report.counts.get(name).copied().unwrap_or_default();
                    *counts.entry(name).or_insert(0) += found;
                }
            }
        };
        tokio::select! {
            ended = engine.watch(&quiet) => ended.expect("the schedule"),
            () = day => {}
        }
    }
    let beyond = (calls - pages) as f64 / pages as f64 * 100.0;
    let worst = |all: &[i64]| all.iter().copied().max().unwrap_or_default();
    let longer = worst(&meanwhile) - worst(&usual);
    vec![
        Line::at_most(
            format!("Cin7 calls per comparison of {skus} SKUs, above its pages"),
            format!("{beyond:.1} %: {calls} for {pages} pages in {COMPARISONS}"),
            (beyond, 2.0, "%"),
        ),
        Line::shown(
            format!("  amid {} movements", trade.moved),
            format!("{counts:?}, {} sales held", trade.held),
        ),
        Line::at_most(
            "  an order made meanwhile waits longer, at worst",
            format!(
                "{longer} s: {} s of {}, {} s of {} else",
                worst(&meanwhile),
                meanwhile.len(),
                worst(&usual),
                usual.len()
            ),
            (longer as f64, INTERVAL as f64, "s"),
        ),
    ]
}

/// Rows of Cin7's list at the last comparison.
fn rows_read(engine: &Engine) -> u32 {
    let last = engine.read(|reading| reading.last_reconciliation());
    last.expect("a view").expect("a comparison").rows_read
}

/// Bursts of adjustments in an account of a page of stock and in one of many.
async fn posting_bursts(skus: u32) -> Vec<Line> {
    let mut lines = Vec::new();
    for skus in [800, skus] {
        let mut world = shop(skus).await;
        world.run(Job::Reconcile).await;
        let (calls, at_worst) = bursts(&mut world, BURST, 3).await;
        lines.push(Line::at_most(
            format!("Cin7 calls per adjustment in bursts of {BURST}, {skus} SKUs"),
            format!("{calls:.2}, at worst {at_worst:.2}"),
            (at_worst, 1.3, ""),
        ));
    }
    lines
}

/// Calls for each adjustment of bursts, on average and of the worst.
async fn bursts(world: &mut World, burst: usize, times: u32) -> (f64, f64) {
    let skus = sellable(world);
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let mut each = Vec::new();
    for _ in 0..times {
        for _ in 0..burst {
            let sku = &skus[rng.random_range(0..skus.len())];
            adjust(world, sku, rng.random_range(0..3));
        }
        let mut calls = 0;
        // What nets to nothing, or must wait for another of its product, may take another run.
        for _ in 0..3 {
            let report = world.run(Job::Adjustments).await;
            calls += report.calls.get("cin7").copied().unwrap_or_default();
        }
        each.push(calls as f64 / burst as f64);
    }
    let open = world.look(|views| views.stock_inbox());
    assert_eq!((open.waiting, open.needs_approval, open.failed), (0, 0, 0));
    let posted =
        world.look(|views| views.adjustments(&[AdjustmentState::Posted], None, 10_000, None));
    assert!(posted.adjustments.len() > burst, "they are posted");
    let worst = each.iter().copied().fold(0.0, f64::max);
    (each.iter().sum::<f64>() / f64::from(times), worst)
}
