//! Compares stock in the midst of heavy movement, seed by seed, and says which seeds reported
//! a difference that was none. A failing seed is played again by `--seed N`, with its story.
#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::process::ExitCode;

use stockbridge_tests::movement::{Moved, play};
use stockbridge_tests::seeds::play_all;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, default: u64| {
        arguments
            .windows(2)
            .find(|pair| pair[0] == name)
            .and_then(|pair| pair[1].parse().ok())
            .unwrap_or(default)
    };
    if arguments.iter().any(|argument| argument == "--seed") {
        return one(number("--seed", 1));
    }
    many(number("--from", 1), number("--seeds", 1_000))
}

fn one(seed: u64) -> ExitCode {
    let moved = play(seed);
    for step in &moved.story {
        println!("  {step}");
    }
    for broken in &moved.broken {
        println!("{broken}");
    }
    println!("seed {seed}: {} false differences", moved.broken.len());
    if moved.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn many(from: u64, seeds: u64) -> ExitCode {
    let (all, seconds) = play_all(from, seeds, |seed| {
        let moved = play(seed);
        for broken in &moved.broken {
            println!("seed {seed}: {broken}");
        }
        moved
    });
    let failed: Vec<u64> = all
        .iter()
        .filter(|moved| !moved.broken.is_empty())
        .map(|moved| moved.seed)
        .collect();
    let sum = |of: fn(&Moved) -> i64| all.iter().map(of).sum::<i64>();
    println!(
        "{} seeds in {seconds:.0} s: {} comparisons amid movements of {} units; {} differences seen once and told to nobody; {} seeds reported a false one",
        all.len(),
        sum(|moved| moved.comparisons.into()),
        sum(|moved| moved.units),
        sum(|moved| moved.suspected.into()),
        failed.len()
    );
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("Play one again with --seed: {failed:?}");
    ExitCode::FAILURE
}
