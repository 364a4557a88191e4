//! `test`: every check of the project, whatever the others say, and one closing line.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::say::{self, Colour};
use crate::tally::Tally;
use crate::trouble::Trouble;
use crate::{machine, tools};

/// Unlocks a keychain of the session's own, then becomes the command given.
const IN_SESSION: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets \
                          >/dev/null 2>&1; exec \"$@\"";

/// Set where a real keychain is at hand, for the tests that want one.
const KEYCHAIN_VARIABLE: &str = "STOCKBRIDGE_TEST_KEYCHAIN";

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Everything.
    Whole,
    /// Form, and the crates' own tests.
    Fast,
}

pub(crate) fn run(arguments: &[String]) -> Result<(), Trouble> {
    let extent = extent(arguments)?;
    say::line(match extent {
        Extent::Whole => {
            "Every check: form, lints, tests. Up to 25 minutes on two cores from nothing, \
             a few when built."
        }
        Extent::Fast => "Form and the crates' own tests; leaves out lints and the stories.",
    });
    let start = Instant::now();
    machine::ready_to_build()?;
    machine::ready_to_lint()?;
    let mut wrong = Vec::new();
    step("Form (rustfmt)", &mut wrong, form);
    if extent == Extent::Whole {
        step("Lints (clippy, warnings are errors)", &mut wrong, lints);
    }
    let keychain = (extent == Extent::Whole).then(Keychain::prepare).flatten();
    let mut tally = Tally::default();
    step("Tests", &mut wrong, || {
        tests(extent, keychain.as_ref(), &mut tally)
    });
    say::heading("In all");
    for line in closing(extent, keychain.is_some(), &tally) {
        say::line(&line);
    }
    say::line(&format!("{} ({})", tally.sentence(), say::since(start)));
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Trouble::new(format!("Not in order: {}.", wrong.join("; "))))
}

fn extent(arguments: &[String]) -> Result<Extent, Trouble> {
    match arguments {
        [] => Ok(Extent::Whole),
        [one] if one == "--fast" => Ok(Extent::Fast),
        [other, ..] => Err(Trouble::new(format!(
            "test takes --fast only; “{other}” is unknown."
        ))),
    }
}

/// One check; a failure is noted, and the next one runs all the same.
fn step(
    name: &'static str,
    wrong: &mut Vec<&'static str>,
    check: impl FnOnce() -> Result<(), Trouble>,
) {
    say::heading(name);
    let start = Instant::now();
    match check() {
        Ok(()) => {
            say::line(&format!(
                "{} in {}",
                say::paint(Colour::Ok, "fine"),
                say::since(start)
            ));
        }
        Err(trouble) => {
            say::line(&format!(
                "{}: {trouble}",
                say::paint(Colour::Stop, "failed")
            ));
            wrong.push(name);
        }
    }
}

fn form() -> Result<(), Trouble> {
    tools::must(
        tools::cargo()?.args(["fmt", "--all", "--check"]),
        "`cargo fmt --all` puts it right; the check",
    )
}

fn lints() -> Result<(), Trouble> {
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

/// Runs the tests, shows what they print, and sums the results.
fn tests(extent: Extent, keychain: Option<&Keychain>, tally: &mut Tally) -> Result<(), Trouble> {
    let mut command = match keychain {
        Some(keychain) => keychain.command()?,
        None => tools::cargo()?,
    };
    command.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
    if extent == Extent::Fast {
        command.args(["--lib", "--bins", "--exclude", "stockbridge-tests"]);
    }
    let doing = |error| Trouble::doing("cargo test", error);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(doing)?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.map_err(doing)?;
            tally.take(&line);
            say::line(&line);
        }
    }
    let status = child.wait().map_err(doing)?;
    if status.success() {
        Ok(())
    } else if tally.failed == 0 {
        Err(Trouble::new(
            "The tests could not be built or run to their end; see above.",
        ))
    } else {
        Err(Trouble::new(format!("{} tests failed.", tally.failed)))
    }
}

/// What is said before the last line: each test that failed, and what was left out.
fn closing(extent: Extent, keychain: bool, tally: &Tally) -> Vec<String> {
    let mut lines: Vec<String> = tally
        .failures
        .iter()
        .map(|name| format!("failed: {name}"))
        .collect();
    if extent == Extent::Fast {
        lines.push(
            "Lints and stories were left out; run without --fast before handing over.".into(),
        );
    } else if !keychain {
        lines.push("The real keychain was not tested: see above for what is missing.".into());
    }
    lines
}

/// A session bus and a keychain of the tests' own, gone with them.
struct Keychain {
    home: PathBuf,
}

impl Keychain {
    fn prepare() -> Option<Self> {
        if !machine::keychain_at_hand() {
            return None;
        }
        let home =
            std::env::temp_dir().join(format!("stockbridge-keychain-{}", std::process::id()));
        std::fs::create_dir_all(&home).ok()?;
        Some(Self { home })
    }

    /// Cargo inside that session; its arguments are still to be given.
    fn command(&self) -> Result<Command, Trouble> {
        let mut command = Command::new("dbus-run-session");
        command
            .current_dir(tools::root()?)
            .args(["--", "sh", "-c", IN_SESSION, "session"])
            .arg(tools::cargo_path())
            .env("XDG_DATA_HOME", &self.home)
            .env(KEYCHAIN_VARIABLE, "1");
        Ok(command)
    }
}

impl Drop for Keychain {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn only_known_arguments_are_taken() {
        assert_eq!(extent(&words("")).unwrap(), Extent::Whole);
        assert_eq!(extent(&words("--fast")).unwrap(), Extent::Fast);
        assert!(
            extent(&words("--slow"))
                .unwrap_err()
                .to_string()
                .contains("--slow")
        );
        assert!(extent(&words("--fast --fast")).is_err());
    }

    #[test]
    fn failed_tests_are_named_and_nothing_left_out_goes_unsaid() {
        let mut tally = Tally::default();
        tally.take("test holds::two_faults ... FAILED");
        assert_eq!(
            closing(Extent::Whole, true, &tally),
            ["failed: holds::two_faults"]
        );
        let without = closing(Extent::Whole, false, &Tally::default());
        assert!(without[0].contains("keychain"), "{without:?}");
        let fast = closing(Extent::Fast, false, &Tally::default());
        assert!(fast[0].contains("left out"), "{fast:?}");
    }
}
