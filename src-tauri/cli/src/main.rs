//! Stockbridge without a window: the same engine and the same database, for servers, for
//! scripts and for black-box checks. What a command prints and how it exits is a
//! contract; what it does is the engine's.

mod args;
mod commands;
mod data;
mod exit;
mod logging;
mod open;
mod output;
mod secrets;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

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
        let text = error.to_string();
        let first = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        Output::new(true, false).error(&Exit::usage("usage", first.to_owned()));
    } else {
        let _ = error.print();
    }
    ExitCode::from(2)
}
