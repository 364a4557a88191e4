//! A warehouse day from morning to the evening after, in simulated time: the orders of a
//! generated world are sent, leave in parts and parcels as the warehouse's habits have it,
//! and Cin7 is told. Then what Cin7 shows is compared with what left, line by line.
#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sandbox::options::{Options, Profile};
use serde_json::Value;
use stockbridge_tests::world::tuesday_morning;
use stockbridge_tests::{World, promises};
use store::MapKind;

/// How long the warehouse is followed, hours: past the evening of the second day, since
/// what is not on the lorry at 16:40 leaves the day after.
const HOURS: u64 = 42;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, default: u32| {
        arguments
            .windows(2)
            .find(|pair| pair[0] == name)
            .and_then(|pair| pair[1].parse().ok())
            .unwrap_or(default)
    };
    let (orders, seed) = (number("--orders", 600), number("--seed", 7));
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime")
        .block_on(day(orders, u64::from(seed)))
}

async fn day(orders: u32, seed: u64) -> ExitCode {
    let began = Instant::now();
    let mut world = World::of(Options {
        orders,
        seed,
        profile: Profile::Typical,
        ..Options::at(tuesday_morning())
    });
    world.map(MapKind::Service, "Express Delivery", "WHI_EXP");
    world.map(MapKind::Sku, "ITEM-01_BLUE", "ITEM01BLUE");
    for hour in 1..=HOURS {
        world.watch_for(Duration::from_secs(3_600)).await;
        if hour % 6 == 0 {
            let told = world.status().confirmations;
            println!(
                "{hour} h: {} despatches told, {} wait, {} exceptions ({:.0} s)",
                told.posted,
                told.waiting,
                told.exceptions,
                began.elapsed().as_secs_f64()
            );
        }
    }
    let mut broken = promises::broken(&mut world);
    let truth = world.truth();
    broken.extend(promises::line_by_line(&truth, &|sku| match sku {
        "ITEM-01_BLUE" => "ITEM01BLUE".into(),
        same => same.into(),
    }));
    say(&mut world, &truth);
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

fn say(world: &mut World, truth: &Value) {
    let orders = list(&truth["whistl"]["orders"]);
    let despatches = list(&truth["whistl"]["despatches"]);
    let mut by_order: BTreeMap<&str, usize> = BTreeMap::new();
    for despatch in despatches {
        *by_order
            .entry(despatch["client_ref"].as_str().unwrap_or_default())
            .or_default() += 1;
    }
    let in_parts = by_order.values().filter(|count| **count > 1).count();
    let in_parcels = despatches
        .iter()
        .filter(|despatch| list(&despatch["tracking"]).len() > 1)
        .count();
    println!(
        "{} sales in Cin7 Core, {} orders at Whistl, {} despatches: {in_parts} orders in parts, \
         {in_parcels} despatches of several parcels",
        list(&truth["cin7"]["sales"]).len(),
        orders.len(),
        despatches.len()
    );
    let mut standing: BTreeMap<String, usize> = BTreeMap::new();
    for one in world
        .look(|views| views.despatches(None, 100_000, None))
        .despatches
    {
        *standing
            .entry(format!("{} {}", one.state, one.reason).trim().to_owned())
            .or_default() += 1;
    }
    println!("Despatches here: {standing:?}");
    println!("Orders here: {:?}", world.status().orders);
    println!("Holds: {:?}", world.status().holds);
    let calls = &truth["cin7"]["calls"];
    println!(
        "Calls to Cin7 Core: {}, {} in the busiest 60 s; fulfilment writes {}",
        calls["total"], calls["max_in_any_60s"], truth["cin7"]["writes_by_object"]["fulfilment"]
    );
    for day in &world.status().despatch_latency {
        println!(
            "Carrier to Cin7 on {}: {} despatches, median {} s, 95 % {} s, worst {} s",
            day.day, day.count, day.median_seconds, day.p95_seconds, day.worst_seconds
        );
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
