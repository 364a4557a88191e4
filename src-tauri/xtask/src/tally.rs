//! Sums what the test runners print: how many passed and failed, and the names of the
//! tests that failed.

use std::fmt::Write as _;

/// Whose words a line is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Teller {
    /// `cargo test`: one result line for each test binary.
    Cargo,
    /// Vitest's default reporter.
    Vitest,
    /// `node --test` with its `spec` reporter.
    Node,
}

/// What came of all tests so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
    /// Names of failed tests, in the order seen.
    pub(crate) failures: Vec<String>,
}

impl Tally {
    /// Takes in one line of output; most lines say nothing to us.
    pub(crate) fn take(&mut self, teller: Teller, line: &str) {
        let line = line.trim();
        match teller {
            Teller::Cargo => self.take_cargo(line),
            Teller::Vitest => self.take_vitest(line),
            Teller::Node => self.take_node(line),
        }
    }

    fn take_cargo(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("test result: ") {
            let counts = rest.split_once(". ").map_or("", |(_, counts)| counts);
            for part in counts.split(';') {
                let mut words = part.split_whitespace();
                self.add(words.next(), words.next());
            }
        } else if let Some(name) = failed_test(line) {
            self.failures.push(name.to_owned());
        }
    }

    /// `Tests  1 failed | 3 passed | 1 skipped (5)`, and ` FAIL  file > name` for each.
    fn take_vitest(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("Tests ") {
            let counts = rest.split_once('(').map_or(rest, |(counts, _)| counts);
            for part in counts.split('|') {
                let mut words = part.split_whitespace();
                self.add(words.next(), words.next());
            }
        } else if let Some(name) = line.strip_prefix("FAIL ") {
            self.failures.push(name.trim().to_owned());
        }
    }

    /// `ℹ pass 3` and so on; a failed test's name comes with a cross, once more in a list
    /// at the end.
    fn take_node(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("ℹ ") {
            let mut words = rest.split_whitespace();
            let word = words.next();
            self.add(words.next(), word);
        } else if let Some(name) = line.strip_prefix("✖ ") {
            let name = name.rsplit_once(" (").map_or(name, |(name, _)| name);
            let is_title = name == "failing tests:";
            if !is_title && !self.failures.iter().any(|known| known == name) {
                self.failures.push(name.to_owned());
            }
        }
    }

    fn add(&mut self, number: Option<&str>, word: Option<&str>) {
        let number = number.and_then(|number| number.parse::<u64>().ok());
        let (Some(number), Some(word)) = (number, word) else {
            return;
        };
        match word {
            "passed" | "pass" => self.passed += number,
            "failed" | "fail" | "cancelled" => self.failed += number,
            "ignored" | "skipped" | "todo" => self.ignored += number,
            _ => {}
        }
    }

    /// The closing line: `312 passed, 0 failed`, and what was left out, if anything.
    pub(crate) fn sentence(&self) -> String {
        let mut text = format!("{} passed, {} failed", self.passed, self.failed);
        if self.ignored > 0 {
            let _ = write!(text, ", {} ignored", self.ignored);
        }
        text
    }
}

fn failed_test(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(teller: Teller, lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.take(teller, line);
        }
        tally
    }

    #[test]
    fn the_results_of_all_binaries_are_summed() {
        let tally = sum(
            Teller::Cargo,
            &[
                "running 3 tests",
                "test a::b ... ok",
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
                "test c::d ... FAILED",
                "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 1.20s",
            ],
        );
        assert_eq!((tally.passed, tally.failed, tally.ignored), (13, 2, 1));
        assert_eq!(tally.failures, ["c::d"]);
        assert_eq!(tally.sentence(), "13 passed, 2 failed, 1 ignored");
    }

    #[test]
    fn what_a_test_prints_is_not_taken_for_a_result() {
        let tally = sum(
            Teller::Cargo,
            &[
                "12 passed; 3 failed",
                "the test result: ok. 9 passed; 0 failed;",
            ],
        );
        assert_eq!(tally, Tally::default());
        assert_eq!(tally.sentence(), "0 passed, 0 failed");
    }

    #[test]
    fn the_page_s_parts_count_too() {
        let tally = sum(
            Teller::Vitest,
            &[
                " × src/App.test.ts > the version shown is the program's 12ms",
                " FAIL  src/App.test.ts > the version shown is the program's",
                " Test Files  1 failed | 2 passed (3)",
                "      Tests  1 failed | 11 passed | 2 skipped (14)",
            ],
        );
        assert_eq!((tally.passed, tally.failed, tally.ignored), (11, 1, 2));
        let name = "src/App.test.ts > the version shown is the program's";
        assert_eq!(tally.failures, [name]);
    }

    #[test]
    fn a_failed_page_test_is_named_once() {
        let tally = sum(
            Teller::Node,
            &[
                "✔ the policy allows nothing that it does not name (1092.5ms)",
                "✖ text never becomes code (12.5ms)",
                "ℹ tests 2",
                "ℹ pass 1",
                "ℹ fail 1",
                "ℹ cancelled 0",
                "ℹ skipped 0",
                "✖ failing tests:",
                "✖ text never becomes code (12.5ms)",
            ],
        );
        assert_eq!((tally.passed, tally.failed, tally.ignored), (1, 1, 0));
        assert_eq!(tally.failures, ["text never becomes code"]);
    }
}
