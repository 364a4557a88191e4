//! Stockbridge without a window: the same engine and the same database, for servers, for
//! scripts and for black-box checks. What a command prints and how it exits is a
//! contract; what it does is the engine's.

mod args;
mod commands;
mod examples;
mod exit;
mod logging;
mod open;
mod output;
mod secrets;
mod show;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::{ContextKind, ErrorKind};

use args::Cli;
use exit::Exit;
use output::Output;

fn main() -> ExitCode {
    let wants_json = std::env::args().any(|argument| argument == "--json");
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error, wants_json),
    };
    let output = Output::new(cli.json, cli.quiet);
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            output.error(&Exit::usage(
                "runtime",
                format!("Could not start: {error}."),
            ));
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(commands::run(&cli, &output)) {
        Ok(code) => ExitCode::from(code),
        Err(exit) => {
            output.error(&exit);
            ExitCode::from(exit.status)
        }
    }
}

/// Help and version are answers; everything else is a wrong usage, told in the form asked
/// for.
fn usage(error: &clap::Error, wants_json: bool) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if wants_json {
        Output::new(true, false).error(&wrong_usage(error));
    } else {
        let _ = error.print();
    }
    ExitCode::from(2)
}

/// What is wrong and what would be right, in one line, and the argument at fault.
fn wrong_usage(error: &clap::Error) -> Exit {
    let text = error.to_string();
    let said: Vec<&str> = text
        .lines()
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"))
        .map(|line| line.trim().trim_start_matches("error: "))
        .filter(|line| !line.is_empty())
        .collect();
    let at_fault = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand]
        .into_iter()
        .find_map(|kind| error.get(kind))
        .map(|named| bare(&named.to_string()));
    Exit {
        field: at_fault,
        ..Exit::usage("usage", said.join(" "))
    }
}

/// An argument's name without the decoration of its value: `--limit <N>` is `--limit`.
fn bare(argument: &str) -> String {
    let name = argument.split_whitespace().next().unwrap_or(argument);
    name.trim_matches(['[', ']', '<', '>', '.']).to_owned()
}
