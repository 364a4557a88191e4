//! Whether a telephone number can be one, and how the warehouse dials it (LC-14, R35).
//!
//! The warehouse dials from the United Kingdom and its system takes bare digits, twelve
//! at most. A number of the kingdom is written from its 0. Any other is written `00`,
//! country code, number; where that does not fit, without the `00`, which is said in a
//! warning; where even that does not fit, it is refused, since half a number is none.
//!
//! Only what cannot be a number is refused. One of the right length in a range that is
//! not in use gets a warning. Whose number it is and what follows is decided elsewhere.

mod abroad;
mod british;
#[cfg(test)]
mod tests;

use super::letters::{describe, is_invisible};
use super::text::{Mark, marks_of};
use crate::CountryCode;

/// Fewest digits the warehouse takes (connector contract 2.1).
const FEWEST: usize = 10;

/// After so many digits whatever is no digit is an extension or a second number.
const NEARLY_WHOLE: usize = 7;

/// Whether there is none or a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneFaultKind {
    /// Nothing was typed.
    Missing,
    /// What was typed cannot be dialled.
    Invalid,
}

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFault {
    /// Whether there is none or a wrong one.
    pub kind: PhoneFaultKind,
    /// The offending parts, as ranges of characters of the text as typed.
    pub marks: Vec<(usize, usize)>,
    /// What was expected, as the end of a sentence.
    pub expected: String,
}

/// A number as the warehouse dials it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Digits only.
    pub digits: String,
    /// Worth a look, in a sentence; stops nothing.
    pub warning: Option<String>,
}

/// Reads the number of somebody in that country and writes it in at most `max_digits`
/// digits (12 by default), as the head of this module says.
pub fn tidy_phone(
    raw: &str,
    country: &CountryCode,
    max_digits: usize,
) -> Result<Phone, PhoneFault> {
    let typed = Typed::read(raw)?;
    typed
        .written(country, max_digits)
        .map_err(|expected| PhoneFault {
            kind: PhoneFaultKind::Invalid,
            marks: inked(raw),
            expected,
        })
}

/// A number as typed.
struct Typed {
    digits: String,
    /// A `+` stands in front.
    plus: bool,
    /// Which digit is the nought of a `(0)`: dialled at home, left out from abroad.
    trunk: Option<usize>,
}

impl Typed {
    /// Takes a text apart, or says that there is no number in it, or more than one.
    fn read(raw: &str) -> Result<Self, PhoneFault> {
        let mut typed = Self {
            digits: String::new(),
            plus: false,
            trunk: None,
        };
        let mut bad: Vec<(usize, char)> = Vec::new();
        let mut digits_before_bad = 0;
        for (at, c) in raw.chars().enumerate() {
            if c.is_ascii_digit() {
                typed.digits.push(c);
            } else if c == '+' && typed.digits.is_empty() && !typed.plus {
                typed.plus = true;
            } else if !is_separator(c) {
                if bad.is_empty() {
                    digits_before_bad = typed.digits.len();
                }
                bad.push((at, c));
            }
        }
        if !bad.is_empty() {
            return Err(not_only_digits(
                raw,
                &bad,
                digits_before_bad >= NEARLY_WHOLE,
            ));
        }
        if typed.digits.is_empty() {
            return Err(PhoneFault {
                kind: PhoneFaultKind::Missing,
                marks: inked(raw),
                expected: "a telephone number".into(),
            });
        }
        typed.trunk = bracketed_nought(raw);
        Ok(typed)
    }

    fn written(&self, country: &CountryCode, max_digits: usize) -> Result<Phone, String> {
        if is_one_digit(&self.digits) {
            return Err("a telephone number, not one digit over and over".into());
        }
        let home = matches!(country.as_str(), "GB" | "JE" | "GG" | "IM");
        match self.international(home) {
            Some(number) => match number.strip_prefix("44") {
                Some(rest) => {
                    let rest = rest.strip_prefix('0').unwrap_or(rest);
                    british::write(&format!("0{rest}"), max_digits)
                }
                None => abroad::write_international(&number, max_digits),
            },
            None if home => british::write(&self.digits, max_digits),
            None => abroad::write_national(&self.digits, country, max_digits),
        }
    }

    /// The number from its country code on, if it was typed with one: behind `+` or `00`,
    /// in front of a `(0)`, or as the twelve digits `44…` that no number within the
    /// kingdom has.
    fn international(&self, home: bool) -> Option<String> {
        let without_trunk = || match self.trunk {
            Some(place) => [&self.digits[..place], &self.digits[place + 1..]].concat(),
            None => self.digits.clone(),
        };
        if self.plus || self.digits.starts_with("00") {
            let number = without_trunk();
            let bare = number.strip_prefix("00").map(str::to_owned);
            return Some(bare.unwrap_or(number));
        }
        if self.trunk.is_some_and(|place| place > 0) {
            return Some(without_trunk());
        }
        let bare_44 = home && self.digits.len() == 12 && self.digits.starts_with("44");
        bare_44.then(without_trunk)
    }
}

/// Which digit stands alone as a nought between brackets, counted from 0.
fn bracketed_nought(raw: &str) -> Option<usize> {
    let (before, rest) = raw.split_once('(')?;
    let (inside, after) = rest.split_once(')')?;
    let count = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    if inside.trim() == "0" {
        return Some(count(before));
    }
    // Another pair may follow, as in `(+44) (0)20 …`.
    bracketed_nought(after).map(|place| count(before) + count(inside) + place)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_invisible(c)
        || matches!(
            c,
            '(' | ')' | '[' | ']' | '.' | '-' | '‐' | '‑' | '‒' | '–' | '—'
        )
}

fn is_one_digit(digits: &str) -> bool {
    let mut all = digits.chars();
    let first = all.next();
    all.all(|c| Some(c) == first)
}

/// A text with something in it that is part of no number.
fn not_only_digits(raw: &str, bad: &[(usize, char)], behind: bool) -> PhoneFault {
    let end = inked(raw).last().map_or(0, |(_, end)| *end);
    let (marks, expected) = match bad.first() {
        Some((start, _)) if behind => {
            let tail: String = raw.chars().take(end).skip(*start).collect();
            let expected = format!("one telephone number and nothing else, without “{tail}”");
            (vec![(*start, end)], expected)
        }
        _ => (marks_of(bad.iter().map(|(at, _)| *at)), no_number(bad)),
    };
    PhoneFault {
        kind: PhoneFaultKind::Invalid,
        marks,
        expected,
    }
}

fn no_number(bad: &[(usize, char)]) -> String {
    match bad.iter().find(|(_, c)| !c.is_ascii()) {
        Some((_, c)) => format!("a telephone number in digits, without the {}", describe(*c)),
        None => "a telephone number in digits".into(),
    }
}

/// All of a text but the blanks around it, as a mark; none for a blank text.
fn inked(raw: &str) -> Vec<Mark> {
    let start = raw.chars().take_while(|c| c.is_whitespace()).count();
    let length = raw.trim().chars().count();
    if length == 0 {
        Vec::new()
    } else {
        vec![(start, start + length)]
    }
}
