//! Sums what `cargo test` prints: one result line for each test binary, and the names of
//! the tests that failed.

use std::fmt::Write as _;

/// What came of all test binaries so far.
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
    pub(crate) fn take(&mut self, line: &str) {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            self.add_result(rest);
        } else if let Some(name) = failed_test(line) {
            self.failures.push(name.to_owned());
        }
    }

    fn add_result(&mut self, rest: &str) {
        let counts = rest.split_once(". ").map_or("", |(_, counts)| counts);
        for part in counts.split(';') {
            let mut words = part.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u64>().ok());
            if let (Some(number), Some(word)) = (number, words.next()) {
                match word {
                    "passed" => self.passed += number,
                    "failed" => self.failed += number,
                    "ignored" => self.ignored += number,
                    _ => {}
                }
            }
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

    fn sum(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.take(line);
        }
        tally
    }

    #[test]
    fn the_results_of_all_binaries_are_summed() {
        let tally = sum(&[
            "running 3 tests",
            "test a::b ... ok",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test c::d ... FAILED",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 1.20s",
        ]);
        assert_eq!((tally.passed, tally.failed, tally.ignored), (13, 2, 1));
        assert_eq!(tally.failures, ["c::d"]);
        assert_eq!(tally.sentence(), "13 passed, 2 failed, 1 ignored");
    }

    #[test]
    fn what_a_test_prints_is_not_taken_for_a_result() {
        let tally = sum(&[
            "12 passed; 3 failed",
            "the test result: ok. 9 passed; 0 failed;",
        ]);
        assert_eq!(tally, Tally::default());
        assert_eq!(tally.sentence(), "0 passed, 0 failed");
    }
}
