//! Kills the real program with SIGKILL at random moments of a day's orders and counts, with the
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
use stockbridge_tests::stock_promises::{self, Checked, SPELLINGS};
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
    let plan = Plan {
        kills: number("--kills", 200),
        orders: number("--orders", 300),
        adjustments: number("--adjustments", 200),
        seed: number("--seed", 7),
    };
    runtime.block_on(run(&plan))
}

struct Plan {
    kills: u64,
    orders: u64,
    /// Adjustments that the warehouse tells of, one of them taken back now and then.
    adjustments: u64,
    seed: u64,
}

async fn run(plan: &Plan) -> ExitCode {
    let began = Instant::now();
    let program = program();
    let (kills, seed) = (plan.kills, plan.seed);
    let (orders, seed_text) = (plan.orders.to_string(), seed.to_string());
    let served = Served::start(&program, &["--orders", &orders, "--seed", &seed_text]);
    let folder = tempfile::tempdir().expect("a folder");
    let cli = Cli::new(&program, folder.path(), &served.line);
    cli.set_up(&served.line);
    set_up_stock(&cli, &served).await;
    let mut adjusted = 0;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    for kill in 1..=kills {
        if kill % 10 == 1 {
            throw(&served, &mut rng).await;
        }
        // Every other time the one run that posts stock, which gets further by itself.
        let (command, longest): (&[&str], u64) = if kill % 2 == 0 {
            (&["sync", "adjustments"], 5_000)
        } else {
            (&["watch"], 2_400)
        };
        let mut child = cli
            .command(command)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let dies_after = rng.random_range(30..longest);
        tokio::time::sleep(Duration::from_millis(dies_after / 2)).await;
        trade(&served, &mut rng).await;
        while adjusted * kills < plan.adjustments * kill {
            adjusted += 1;
            adjust(&served, &mut rng).await;
        }
        despatch(&served, &mut rng).await;
        tokio::time::sleep(Duration::from_millis(dies_after / 2)).await;
        child.kill().expect("killed");
        child.wait().expect("gone");
        if kill % 20 == 0 {
            println!(
                "{kill} of {kills} kills, {:.0} s",
                began.elapsed().as_secs_f64()
            );
        }
    }
    let amid = posted(&cli);
    served.control(Method::Delete, "faults", None).await;
    let quiet = wait_until_quiet(&cli, &served, began).await;
    let stock = settle_stock(&cli, &served).await;
    for one in &stock.waiting {
        println!("waits: {one}");
    }
    println!(
        "Adjustments: {} told of ({amid} posted amid the kills), {} posted once each, {} come to nothing together, {} wait for \
         a person; {} documents, {} of them for stock that was swallowed, {} drafts left; \
         {} SKUs equal to the unit, {} listed with what differs; {} not so",
        stock.told,
        stock.posted,
        stock.netted,
        stock.waiting.len(),
        stock.documents,
        stock.races,
        stock.drafts,
        stock.equal,
        stock.listed,
        stock.broken.len()
    );
    report(&cli, &served, kills, quiet, &stock.broken, began).await
}

/// Lets all be posted that the warehouse counts, and nothing happen there but what is steered.
async fn set_up_stock(cli: &Cli, served: &Served) {
    cli.must(&[
        "settings",
        "set",
        "adjust.account",
        "403",
        "adjust.limit_value",
        "0",
        "adjust.rise_value",
        "0",
        "schedule.adjustments",
        "30",
    ]);
    for (ours, theirs) in SPELLINGS {
        cli.must(&["map", "sku", ours, theirs]);
    }
    let nothing = json!({ "counts": 0, "damages": 0, "finds": 0, "losses_told": 0,
        "pick_discrepancies": 0, "receipts": 0, "returns": 0, "broken_returns": 0,
        "silent_losses": 0 });
    served
        .control(Method::Post, "whistl/habits", Some(nothing))
        .await;
}

/// Customers and the office: a sale now and then, and one that is edited.
async fn trade(served: &Served, rng: &mut ChaCha8Rng) {
    if rng.random_bool(0.2) {
        let one = json!({ "orders": 1 });
        served.control(Method::Post, "trade", Some(one)).await;
    }
    if rng.random_bool(0.2) {
        let truth = served.control(Method::Get, "truth?part=cin7", None).await;
        let sales = list(&truth["cin7"]["sales"]);
        let number = sales[rng.random_range(0..sales.len())]["number"].clone();
        let parts = match rng.random_range(0..3) {
            0 => json!({ "Phone": "01632 960001" }),
            1 => json!({ "ShippingAddress": { "Postcode": "BS1 4ZZ" } }),
            _ => json!({ "ShippingNotes": "Ring twice" }),
        };
        let path = format!("cin7/sales/{}", number.as_str().unwrap_or_default());
        // A voided sale refuses it, as it should.
        served.try_edit(&path, parts).await;
    }
}

/// The warehouse counts, breaks, finds or loses some units, or takes the last such thing back;
/// rarely it loses some and tells nobody.
async fn adjust(served: &Served, rng: &mut ChaCha8Rng) {
    let truth = served.control(Method::Get, "truth?part=whistl", None).await;
    let last = list(&truth["whistl"]["adjustments"]).last();
    if let Some(last) = last
        && rng.random_bool(0.1)
    {
        // One that was taken back, or that takes one back, is not taken back.
        let back = json!({ "reverses": last["adjustment_id"] });
        let (status, _) = served
            .try_control(Method::Post, "whistl/adjust", Some(back))
            .await;
        if status < 300 {
            return;
        }
    }
    let figure = |row: &Value, name: &str| -> i64 {
        let text = row[name].as_str().unwrap_or_default();
        text.parse().unwrap_or_default()
    };
    let free: Vec<&Value> = list(&truth["whistl"]["stock"])
        .iter()
        .filter(|row| {
            let taken = figure(row, "quarantined") + figure(row, "allocated");
            figure(row, "on_hand") - taken >= 12
        })
        .collect();
    let sku = &free[rng.random_range(0..free.len())]["sku"];
    if rng.random_bool(0.03) {
        let some = json!({ "sku": sku, "quantity": rng.random_range(1..4) });
        served
            .control(Method::Post, "whistl/lose", Some(some))
            .await;
    }
    let (reason, units): (_, i64) = match rng.random_range(0..6) {
        0 => ("CYCLE_COUNT", -rng.random_range(1..4)),
        1 => ("CYCLE_COUNT", rng.random_range(1..4)),
        2 => ("DAMAGE", -rng.random_range(1..3)),
        3 => ("FOUND", rng.random_range(1..6)),
        4 => ("LOST", -rng.random_range(1..4)),
        _ => ("PICK_DISCREPANCY", -1),
    };
    let body = json!({ "sku": sku, "quantity": units, "reason_code": reason });
    served
        .control(Method::Post, "whistl/adjust", Some(body))
        .await;
}

/// Everything that a command lists, page by page, under the command's own name.
fn listed(cli: &Cli, command: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut arguments = vec![command, "--limit", "1000"];
        if let Some(after) = &after {
            arguments.extend(["--after", after]);
        }
        let page = cli.must(&arguments);
        all.extend(list(&page[command]).iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => return all,
        }
    }
}

/// Every adjustment as the command line lists it.
fn adjustments(cli: &Cli) -> Vec<Value> {
    listed(cli, "adjustments")
}

fn posted(cli: &Cli) -> usize {
    let all = adjustments(cli);
    all.iter().filter(|one| one["state"] == "posted").count()
}

/// Has what waits for a person decided, and both sides compared, until nothing is on its way
/// any more and nothing moved while they were looked at; then checks what is promised of stock.
async fn settle_stock(cli: &Cli, served: &Served) -> Checked {
    let mut checked = Checked::default();
    for _ in 0..6 {
        for one in adjustments(cli) {
            if one["state"] == "needs_approval" {
                let id = one["whistl_id"].as_str().unwrap_or_default();
                cli.run(&["adjustment", "approve", id, "--reason", "counted again"]);
            }
        }
        served.control(Method::Post, "whistl/snapshot", None).await;
        for flow in ["despatches", "adjustments", "reconcile", "adjustments"] {
            cli.run(&["sync", flow]);
        }
        let before = served.control(Method::Get, "truth", None).await;
        cli.run(&["sync", "reconcile"]);
        let (ours, drift) = (adjustments(cli), cli.must(&["drift"]));
        let truth = served.control(Method::Get, "truth", None).await;
        checked = stock_promises::check(&truth, &ours, &drift);
        let stood = before["whistl"]["stock"] == truth["whistl"]["stock"]
            && before["cin7"]["stock"] == truth["cin7"]["stock"];
        if stood && checked.broken.is_empty() {
            break;
        }
        // An answer that was lost is asked for again after twenty seconds.
        tokio::time::sleep(Duration::from_secs(25)).await;
    }
    checked
}

/// Lets up to three orders leave, a part of them or all.
async fn despatch(served: &Served, rng: &mut ChaCha8Rng) {
    let truth = served.control(Method::Get, "truth?part=whistl", None).await;
    let there: Vec<&Value> = list(&truth["whistl"]["orders"])
        .iter()
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
    let faults: [Value; 17] = [
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
        // Kept back until long after the cursor passed it, and not until after the end.
        json!({ "vendor": "whistl", "fault": "F14", "times": 1, "value": 60 }),
        json!({ "vendor": "cin7", "fault": "timeout_after", "match": { "path": "stockadjustment" }, "after": 1, "times": 2 }),
        json!({ "vendor": "cin7", "fault": "timeout_after", "match": { "path": "inventoryWriteOff" }, "after": 1, "times": 2 }),
        json!({ "vendor": "cin7", "fault": "server_500", "match": { "path": "stockadjustment" }, "times": 1, "value": "after" }),
        json!({ "vendor": "cin7", "fault": "timeout_before", "match": { "path": "inventoryWriteOff" }, "times": 1 }),
        json!({ "vendor": "cin7", "fault": "level_moved", "match": { "path": "stockadjustment" }, "times": 1 }),
        json!({ "vendor": "whistl", "fault": "F13", "times": 2, "value": "new_seq" }),
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
        let to_post = adjustments(cli)
            .iter()
            .filter(|one| matches!(one["state"].as_str(), Some("new" | "posting" | "unclear")))
            .count();
        let to_post = i64::try_from(to_post).unwrap_or(i64::MAX);
        let moving = of("waiting") + of("sending") + of("unclear") + to_tell + to_post;
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

async fn report(
    cli: &Cli,
    served: &Served,
    kills: u64,
    quiet: bool,
    stock: &[String],
    began: Instant,
) -> ExitCode {
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
    let despatches: Vec<(Option<String>, String)> = listed(cli, "despatches")
        .iter()
        .map(|one| {
            let text = |value: &Value| value.as_str().map(str::to_owned);
            (
                text(&one["number"]),
                text(&one["state"]).unwrap_or_default(),
            )
        })
        .collect();
    broken.extend(promises::told(&truth, &despatches));
    broken.extend_from_slice(stock);
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

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
