//! One file for each group of commands. Each opens what it needs, asks the engine, and
//! prints what came of it.

mod activity;
mod adjustments;
mod attention;
mod connect;
mod days;
mod despatches;
mod drift;
mod export;
mod files;
mod finance;
mod map;
mod map_file;
mod orders;
mod proof;
mod read_back;
mod sandbox;
mod settings;
mod status;
mod sync;
mod watch;

use crate::args::{Cli, Command, ProofArgs, ProofCommand};
use crate::exit::Exit;
use crate::logging;
use crate::open::Home;
use crate::output::Output;

/// Carries out the command; the number is the exit status of a command that was done.
pub(crate) async fn run(cli: &Cli, output: &Output) -> Result<u8, Exit> {
    if let Command::Sandbox { what } = &cli.command {
        return sandbox::run(what, output).await;
    }
    // Checked where there is no database: nothing is opened, and no folder is made.
    if let Command::Proof(ProofArgs {
        verify: Some(ProofCommand::Verify { file }),
        ..
    }) = &cli.command
    {
        return proof::verify(file, output);
    }
    let home = Home::of(cli)?;
    let _log = logging::start(&home.folder, cli.quiet);
    match &cli.command {
        Command::Settings { what } => settings::run(what, &home, output),
        Command::Connect { vendor } => connect::connect(*vendor, &home, output).await,
        Command::Check(strict) => connect::check(strict.strict, &home, output).await,
        Command::Sync { what, strict } => sync::run(*what, strict.strict, &home, output).await,
        Command::Watch => Box::pin(watch::run(&home, output)).await,
        Command::Status => status::run(&home, output),
        Command::Orders(args) => orders::list(args, &home, output),
        Command::Adjustments(args) => adjustments::list(args, &home, output),
        Command::Adjustment { what } => adjustments::see_to(what, &home, output),
        Command::Despatches(args) => despatches::list(args, &home, output),
        Command::Despatch { what } => despatches::see_to(what, &home, output),
        Command::Drift(args) => drift::run(args, &home, output).await,
        Command::ReadBack { what } => read_back::run(what.as_ref(), &home, output),
        Command::Order {
            number,
            explain: false,
        } => orders::one(number, &home, output),
        Command::Order {
            number,
            explain: true,
        } => orders::explain(number, &home, output),
        Command::Release { number, reason } => orders::release(number, reason, &home, output).await,
        Command::Recheck { numbers, all } => orders::recheck(numbers, *all, &home, output).await,
        Command::Resend(args) => orders::resend(args, &home, output).await,
        Command::Withdraw { number, note } => orders::withdraw(number, note, &home, output).await,
        Command::Alerts { what } => attention::alerts(what.as_ref(), &home, output),
        Command::PutOff(args) => attention::put_off(args, &home, output),
        Command::BringBack { number } => attention::bring_back(number, &home, output),
        Command::Assign { number, owner } => attention::assign(number, owner, &home, output),
        Command::Note(args) => attention::note(args, &home, output),
        Command::Settle(args) => attention::settle(args, &home, output),
        Command::Owners { days } => attention::owners(*days, &home, output),
        Command::Pause { reason } => status::pause(reason, &home, output),
        Command::Resume => status::resume(&home, output),
        Command::Map { what } => map::run(what, &home, output),
        Command::Activity(args) => activity::run(args, &home, output),
        Command::Proof(args) => proof::make(args, &home, output),
        Command::Export(args) => export::run(args, &home, output),
        Command::Finance { what } => finance::run(what, &home, output),
        Command::Sandbox { .. } => Ok(0),
    }
}

/// A word that is no state of that.
fn no_state(word: &str, of: &str, all: &[&str]) -> Exit {
    Exit::field(
        "state_unknown",
        "state",
        format!(
            "“{word}” is no state of {of}. There are: {}.",
            all.join(", ")
        ),
    )
}
