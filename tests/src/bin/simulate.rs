//! Plays many seeds of the simulation and says which broke a promise. A failing seed is
//! played again by `--seed N`, with its story.
#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::process::ExitCode;

use stockbridge_tests::seeds::play_all;
use stockbridge_tests::simulation::{Played, play};

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
    many(number("--from", 1), number("--seeds", 2_000))
}

fn one(seed: u64) -> ExitCode {
    let played = play(seed);
    for step in &played.story {
        println!("  {step}");
    }
    for broken in &played.broken {
        println!("{broken}");
    }
    println!("seed {seed}: {} promises broken", played.broken.len());
    if played.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn many(from: u64, seeds: u64) -> ExitCode {
    let (all, seconds) = play_all(from, seeds, |seed| {
        let played = play(seed);
        for broken in &played.broken {
            println!("seed {seed}: {broken}");
        }
        played
    });
    let failed: Vec<u64> = all
        .iter()
        .filter(|p| !p.broken.is_empty())
        .map(|p| p.seed)
        .collect();
    let sum = |of: fn(&Played) -> usize| all.iter().map(of).sum::<usize>();
    println!(
        "{} seeds in {seconds:.0} s: {} sales, {} orders at Whistl, {} deaths, {} faults thrown; {} seeds broke a promise",
        all.len(),
        sum(|p| p.sales),
        sum(|p| p.at_whistl),
        sum(|p| p.deaths as usize),
        sum(|p| p.faults),
        failed.len()
    );
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("Play one again with --seed: {failed:?}");
    ExitCode::FAILURE
}
