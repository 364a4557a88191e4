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

/// Whether the build went well, and so whether what it built can be tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Built {
    /// Everything is built and free of warnings.
    Linted,
    /// The tests have to build what they need, without Clippy.
    Not,
}

/// Has Clippy compile the project's own crates, so that lints and tests share one build:
/// a check of its own would compile nearly all libraries a second time.
fn by_clippy(command: &mut Command) -> &mut Command {
    command
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        // As `cargo clippy -- -D warnings` hands it on.
        .env(
            "CLIPPY_ARGS",
            "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__",
        )
}

/// Builds every target in one go: programs built one by one would want their libraries
/// with other features, and compile those again. This program itself is at work and not
/// replaced.
pub(super) fn build() -> Result<(), Trouble> {
    let mut command = tools::cargo()?;
    command.args([
        "build",
        "--locked",
        "--workspace",
        "--exclude",
        "xtask",
        "--all-targets",
    ]);
    tools::must(by_clippy(&mut command), "The build with Clippy")
}

/// Has tests use what [`build`] built.
pub(super) fn use_what_is_built(command: &mut Command, built: Built) {
    match built {
        Built::Linted => {
            by_clippy(command).env("STOCKBRIDGE_BUILT", "1");
        }
        Built::Not => {}
    }
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
