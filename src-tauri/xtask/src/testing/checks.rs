//! The single checks: how each is called, and what is said when it fails.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::page::Page;
use crate::tally::{Tally, Teller};
use crate::trouble::Trouble;
use crate::{say, tools};

pub(super) fn form() -> Result<(), Trouble> {
    tools::must(
        tools::cargo()?.args(["fmt", "--all", "--check"]),
        "`cargo fmt --all` puts it right; the check",
    )
}

pub(super) fn form_of_page(page: &Page) -> Result<(), Trouble> {
    tools::must(
        &mut page.script("form"),
        "`npm run format` in ui/ puts it right; the check",
    )
}

pub(super) fn lints() -> Result<(), Trouble> {
    let mut command = tools::cargo()?;
    command.args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    tools::must(&mut command, "Clippy")
}

/// Both, whatever the first says.
pub(super) fn lints_of_page(page: &Page) -> Result<(), Trouble> {
    let eslint = tools::must(&mut page.script("lint"), "eslint");
    let types = tools::must(&mut page.script("check"), "svelte-check");
    eslint.and(types)
}

/// Runs tests, shows what they print, and sums the results.
pub(super) fn tests(
    mut command: Command,
    teller: Teller,
    tally: &mut Tally,
) -> Result<(), Trouble> {
    let doing = |error| Trouble::doing("The tests", error);
    let before = tally.failed;
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(doing)?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(doing)?;
            tally.take(teller, &line);
            say::line(&line);
        }
    }
    let status = child.wait().map_err(doing)?;
    match tally.failed - before {
        _ if status.success() => Ok(()),
        0 => Err(Trouble::new(
            "The tests could not be built or run to their end; see above.",
        )),
        failed => Err(Trouble::new(format!("{failed} tests failed."))),
    }
}
