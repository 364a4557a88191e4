//! Kills the real program with SIGKILL at random moments of a day's orders, with the
//! vendors failing all the while, and compares what it says with what they really hold.
#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::collections::BTreeMap;
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use stockbridge_tests::program::{Cli, Served, program};
use stockbridge_tests::promises;
use vendor::Method;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, default: u64| {
        arguments
            .windows(2)
            .find(|pair| pair[0] == name)
            .and_then(|pair| pair[1].parse().ok())
            .unwrap_or(default)
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(run(
        number("--kills", 200),
        number("--orders", 300),
        number("--seed", 7),
    ))
}

async fn run(kills: u64, orders: u64, seed: u64) -> ExitCode {
    let began = Instant::now();
    let program = program();
    let (orders, seed_text) = (orders.to_string(), seed.to_string());
    let served = Served::start(&program, &["--orders", &orders, "--seed", &seed_text]);
    let folder = tempfile::tempdir().expect("a folder");
    let cli = Cli::new(&program, folder.path(), &served.line);
    cli.set_up(&served.line);
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for kill in 1..=kills {
        if kill % 10 == 1 {
            throw(&served, &mut rng).await;
        }
        let mut child = cli
            .command(&["watch"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        tokio::time::sleep(Duration::from_millis(rng.random_range(30..2_400))).await;
        despatch(&served, &mut rng).await;
        child.kill().expect("killed");
        child.wait().expect("gone");
        if kill % 20 == 0 {
            println!(
                "{kill} of {kills} kills, {:.0} s",
                began.elapsed().as_secs_f64()
            );
        }
    }
    served.control(Method::Delete, "faults", None).await;
    let quiet = wait_until_quiet(&cli, &served, began).await;
    report(&cli, &served, kills, quiet, began).await
}

/// Lets up to three orders leave, a part of them or all.
async fn despatch(served: &Served, rng: &mut ChaCha8Rng) {
    let truth = served.control(Method::Get, "truth?part=whistl", None).await;
    let orders = truth["whistl"]["orders"]
        .as_array()
        .or(truth["orders"].as_array());
    let there: Vec<&Value> = orders
        .into_iter()
        .flatten()
        .filter(|order| order["status"] != "DESPATCHED" && order["status"] != "CANCELLED")
        .collect();
    for _ in 0..rng.random_range(0..4).min(there.len()) {
        let order = there[rng.random_range(0..there.len())];
        let reference = order["client_ref"].as_str().unwrap_or_default();
        let body = if rng.random_bool(0.4) {
            json!({ "lines": [{ "sku": order["lines"][0]["sku"], "quantity": 1 }] })
        } else {
            json!({})
        };
        let path = format!("whistl/orders/{reference}/despatch");
        served.try_control(Method::Post, &path, Some(body)).await;
    }
}

/// Accept-then-timeout, a burst of 5xx, 429 in each shape: a few of them at a time.
async fn throw(served: &Served, rng: &mut ChaCha8Rng) {
    let faults: [Value; 11] = [
        json!({ "vendor": "whistl", "fault": "F01", "after": 1, "times": 2 }),
        json!({ "vendor": "whistl", "fault": "F06", "after": 1, "times": 3 }),
        json!({ "vendor": "whistl", "fault": "F07", "times": 1, "value": 2 }),
        json!({ "vendor": "whistl", "fault": "F07", "times": 1, "value": "date" }),
        json!({ "vendor": "whistl", "fault": "F05", "times": 1 }),
        json!({ "vendor": "whistl", "fault": "F02", "times": 1 }),
        json!({ "vendor": "cin7", "fault": "server_500", "after": 2, "times": 1 }),
        json!({ "vendor": "cin7", "fault": "timeout_after", "after": 1, "times": 1 }),
        json!({ "vendor": "cin7", "fault": "timeout_after", "match": { "path": "sale/fulfilment" }, "times": 2 }),
        json!({ "vendor": "whistl", "fault": "F13", "times": 3 }),
        json!({ "vendor": "whistl", "fault": "F14", "times": 1 }),
    ];
    let fault = faults[rng.random_range(0..faults.len())].clone();
    served.control(Method::Post, "faults", Some(fault)).await;
}

/// Runs the schedule until nothing is on its way any more; whether that came in time.
async fn wait_until_quiet(cli: &Cli, served: &Served, began: Instant) -> bool {
    let mut child = cli
        .command(&["watch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut quiet = false;
    for look in 0..180 {
        tokio::time::sleep(Duration::from_secs(10)).await;
        let status = cli.must(&["status"]);
        let of = |state: &str| status["orders"][state].as_i64().unwrap_or_default();
        let known = status["orders_total"].as_i64().unwrap_or_default()
            + status["outside"]
                .as_object()
                .map_or(0, |o| o.values().filter_map(Value::as_i64).sum());
        let truth = served.control(Method::Get, "truth?part=cin7", None).await;
        let sales = truth["cin7"]["sales"]
            .as_array()
            .or(truth["sales"].as_array())
            .map_or(0, Vec::len);
        let to_tell = status["confirmations"]["waiting"]
            .as_i64()
            .unwrap_or_default();
        let moving = of("waiting") + of("sending") + of("unclear") + to_tell;
        if look % 6 == 0 {
            println!(
                "{known} of {sales} sales known, {moving} on their way, {:.0} s",
                began.elapsed().as_secs_f64()
            );
        }
        if moving == 0 && usize::try_from(known) == Ok(sales) {
            quiet = true;
            break;
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    quiet
}

async fn report(cli: &Cli, served: &Served, kills: u64, quiet: bool, began: Instant) -> ExitCode {
    let truth = served.control(Method::Get, "truth", None).await;
    let states = cli.states();
    let status = cli.must(&["status"]);
    let outside: i64 = status["outside"]
        .as_object()
        .map_or(0, |o| o.values().filter_map(Value::as_i64).sum());
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, state) in &states {
        *totals.entry(state).or_default() += 1;
    }
    let mut broken = promises::compare(&truth, &states, outside);
    let despatches = cli.must(&["despatches", "--limit", "100000"]);
    let despatches: Vec<(Option<String>, String)> = despatches["despatches"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            (
                text(&one["number"]),
                text(&one["state"]).unwrap_or_default(),
            )
        })
        .collect();
    broken.extend(promises::told(&truth, &despatches));
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, state) in &despatches {
        *told.entry(state).or_default() += 1;
    }
    println!("Despatches {told:?}");
    let (verified, log) = cli.run(&["activity", "verify"]);
    if verified != 0 {
        broken.push(format!("P8: {log}"));
    }
    if !quiet {
        broken.push("the queue never became empty".into());
    }
    println!("{kills} kills in {:.0} s", began.elapsed().as_secs_f64());
    println!(
        "Cin7 has {} sales; we have {states} orders {totals:?} and {outside} not due",
        truth["cin7"]["sales"].as_array().map_or(0, Vec::len),
        states = states.len()
    );
    println!(
        "Whistl has {} orders, {} duplicates; at most {} calls to Cin7 in any 60 s; log: {log}",
        truth["whistl"]["orders"].as_array().map_or(0, Vec::len),
        truth["whistl"]["duplicates"],
        truth["cin7"]["calls"]["max_in_any_60s"]
    );
    for sentence in &broken {
        println!("{sentence}");
    }
    println!("{} promises broken", broken.len());
    if broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
