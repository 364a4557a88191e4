//! The last line of a pack: the hash of the facts, and that of all that stands above it.

use sha2::{Digest as _, Sha256};

use super::Form;
use crate::views::hex;

/// What the last line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seal {
    pub(super) facts: String,
    pub(super) above: String,
}

/// The SHA-256 of a text, hexadecimal.
pub(super) fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

impl Seal {
    /// The seal of a document that is whole but for its last line.
    pub(super) fn of(facts: &str, above: &str) -> Self {
        Self {
            facts: hash(facts),
            above: hash(above),
        }
    }

    /// The last line.
    pub(super) fn line(&self, form: Form) -> String {
        let Self { facts, above } = self;
        match form {
            Form::Html => format!("<!-- seal: facts {facts} above {above} -->\n"),
            Form::Csv => format!("\"seal\",\"facts {facts}\",\"above {above}\"\r\n"),
        }
    }

    /// The seal of a pack and what stands above it; none where the last line is no seal.
    pub(super) fn taken_off(text: &str, form: Form) -> Option<(Self, &str)> {
        let begins = text.trim_end_matches(['\r', '\n']).rfind('\n')? + 1;
        let (above, line) = text.split_at(begins);
        let hashes: Vec<&str> = line
            .split(|letter: char| !letter.is_ascii_hexdigit())
            .filter(|word| word.len() == 64)
            .collect();
        let [facts, all] = hashes[..] else {
            return None;
        };
        let seal = Self {
            facts: facts.into(),
            above: all.into(),
        };
        // To the letter, or a byte of the line could be another one unnoticed.
        (seal.line(form) == line).then_some((seal, above))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_comes_off_as_it_was_put_on() {
        for form in [Form::Html, Form::Csv] {
            let seal = Seal::of("{}", "one\ntwo\n");
            let text = format!("one\ntwo\n{}", seal.line(form));
            assert_eq!(Seal::taken_off(&text, form), Some((seal, "one\ntwo\n")));
            assert_eq!(Seal::taken_off(&text.replace("above", "abovE"), form), None);
            assert_eq!(Seal::taken_off("one\ntwo\n", form), None);
        }
    }
}
