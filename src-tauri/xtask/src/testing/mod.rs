//! `test`: every check of the project, whatever the others say, and one closing line.

mod checks;
mod session;

use std::process::Command;
use std::time::Instant;

use checks::Built;
use session::Session;

use crate::say::{self, Colour};
use crate::tally::{Tally, Teller};
use crate::trouble::Trouble;
use crate::{machine, page};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Everything.
    Whole,
    /// Form, and the own tests of the crates and of the page's parts.
    Fast,
}

pub(crate) fn run(arguments: &[String]) -> Result<(), Trouble> {
    let extent = extent(arguments)?;
    say::line(match extent {
        Extent::Whole => {
            "Every check: form, lints, tests. Up to 25 minutes on two cores from nothing, \
             a few when built."
        }
        Extent::Fast => {
            "Form, and the own tests of the crates and of the page's parts; leaves out lints, \
             the stories and the page as built."
        }
    });
    let start = Instant::now();
    machine::ready_to_test()?;
    let page = page::ready()?;
    let mut wrong = Vec::new();
    step("Form (rustfmt)", &mut wrong, checks::form);
    step("Form of the page (prettier)", &mut wrong, || {
        checks::form_of_page(&page)
    });
    let session = match extent {
        Extent::Fast => Session::bare(),
        Extent::Whole => Session::prepare(),
    };
    let mut built = Built::Not;
    if extent == Extent::Whole {
        step(
            "Build, with lints (clippy, warnings are errors)",
            &mut wrong,
            || checks::build().inspect(|()| built = Built::Linted),
        );
        step(
            "Lints of the page (eslint, svelte-check)",
            &mut wrong,
            || checks::lints_of_page(&page),
        );
    }
    let mut tally = Tally::default();
    step("Tests of the page's parts (vitest)", &mut wrong, || {
        checks::tests(page.script("test"), Teller::Vitest, &mut tally)
    });
    if extent == Extent::Whole {
        step("Tests of the page as built (Chromium)", &mut wrong, || {
            checks::tests(page.script("pages"), Teller::Node, &mut tally)
        });
    }
    step("Tests", &mut wrong, || {
        let command = cargo_test(extent, built, &session)?;
        checks::tests(command, Teller::Cargo, &mut tally)
    });
    say::heading("In all");
    for line in closing(extent, session.has_keychain(), &tally) {
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

fn cargo_test(extent: Extent, built: Built, session: &Session) -> Result<Command, Trouble> {
    let mut command = session.cargo()?;
    checks::use_what_is_built(&mut command, built);
    command.args(["test", "--locked", "--workspace", "--no-fail-fast"]);
    // All but the examples in documentation: there are none, and to look takes a minute.
    match extent {
        Extent::Whole => command.arg("--tests"),
        Extent::Fast => command.args(["--lib", "--bins", "--exclude", "stockbridge-tests"]),
    };
    Ok(command)
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
        tally.take(Teller::Cargo, "test holds::two_faults ... FAILED");
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
