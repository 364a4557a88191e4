//! The project's own commands: set-up, demo, pictures, test, simulate, crash, bench, package.
//!
//! Standard library only, so that `cargo xtask` answers within seconds of a fresh clone.
//! Nothing of the product lives here, and nothing here is needed by the product.

mod clean_root;
mod demo;
mod http;
mod json;
mod machine;
mod needs;
mod node;
mod package;
mod page;
mod say;
mod speed;
mod tally;
mod testing;
mod together;
mod tools;
mod trouble;

use std::process::ExitCode;

use together::COMMAND_LINE;
use trouble::Trouble;

const HELP: &str = "\
cargo xtask COMMAND

  demo [--headless] [--keep] [--orders N]
                                Opens the app in practice mode, with both vendors simulated
                                inside it. Without a screen: writes pictures of it to a
                                folder it names, then tells in the terminal how orders are
                                released, held, fixed and resent (--headless: only that).
                                Some minutes the first time, to build.
  pictures [FOLDER]             Takes the README's pictures anew: docs/pictures.
  test [--fast]                 Every check of the project, and one closing line. Up to
                                25 minutes on two cores from nothing, a few when built.
                                --fast: form, and the own tests of the crates and of the
                                page's parts only.
  simulate [--seeds N] [--from S]
                                The deterministic simulation: one seeded clock, one seeded
                                plan of faults, the promises checked after each run.
  movement [--seeds N] [--from S]
                                Stock compared in the midst of heavy movement: no difference
                                that is none may be reported. --seed N replays one
  fortnight [--days N] [--orders N] [--skus N] [--seed S]
                                A fortnight of trade, counts, losses and edits by hand: at its
                                end each unit of difference is explained or listed.
  day [--orders N] [--seed S]   A warehouse day in simulated time: what leaves in parts and
                                parcels is told to Cin7 Core, and both sides are compared
                                line by line.
  crash [--kills N] [--orders N] [--adjustments N]
                                Kills the real program at random moments and checks that
                                nothing was lost, nothing sent and nothing posted twice, and
                                that both stocks agree to the unit.
  bench [--despatches | --stock] [--skus N] [--compared N]
                                The figures: calls an order costs, answers' times, sizes; or
                                only those of telling of despatches, or of stock, with so
                                many SKUs in the store and in the account that is compared.
  speed [ORDERS] [MINUTES]      The window beside an empty one: start with that many orders
                                stored (1000000), memory after so many minutes of practice
                                (60, which take six). Builds for release.
  package [--prove]             What a merchant installs, for the system this runs on: a
                                .deb, or installers for Windows, or an app for macOS.
                                --prove: installs the .deb in a clean Debian 12 and starts
                                it there (needs root and debootstrap).
  set-up                        Installs or names what this machine lacks, and fetches the
                                libraries. The others do this by themselves.
  help                          This text.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            say::failed(&trouble.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Trouble> {
    let Some((command, rest)) = arguments.split_first() else {
        say::line(HELP.trim_end());
        return Ok(());
    };
    match command.as_str() {
        "demo" => demo::run(rest),
        "pictures" => demo::pictures(rest),
        "test" => testing::run(rest),
        "simulate" => tools::forward("simulate", "simulation", rest),
        "fortnight" => tools::forward("fortnight", "fortnight", rest),
        "movement" => tools::forward("movement", "comparisons", rest),
        "day" => tools::forward("day", "day", rest),
        "crash" => tools::forward_with(&[COMMAND_LINE], "crash", "crash test", rest),
        "bench" => tools::forward_with(&[COMMAND_LINE], "bench", "benchmark", rest),
        "speed" => speed::run(rest),
        "package" => package::run(rest),
        "set-up" | "setup" => machine::set_up(rest),
        "help" | "--help" | "-h" => {
            say::line(HELP.trim_end());
            Ok(())
        }
        other => Err(Trouble::new(format!(
            "There is no command “{other}”. `cargo xtask help` lists them."
        ))),
    }
}
