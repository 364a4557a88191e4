//! Whether a postcode is one, and how its country writes it (LC-12, R36).
//!
//! Case, blanks and hyphens are put right without asking. Letters and digits never are:
//! an O for a nought is marked and explained, since only the customer knows which it is.

mod shapes;
#[cfg(test)]
mod tests;
mod uk;

use self::shapes::{Presence, Shape, shape_of};
use super::country::country_name;
use super::letters::{describe, is_invisible};
use super::text::{Mark, marks_of, whole};
use crate::CountryCode;

/// Whether there is none or a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostcodeFaultKind {
    /// Nothing was typed, and the country has postcodes.
    Missing,
    /// What was typed is no postcode of the country.
    Invalid,
}

/// What is wrong with a postcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostcodeFault {
    /// Whether there is none or a wrong one.
    pub kind: PostcodeFaultKind,
    /// The offending parts, as ranges of characters of the text as typed.
    pub marks: Vec<(usize, usize)>,
    /// What was expected, as the end of a sentence: “a UK postcode such as LS1 4AP: …”.
    pub expected: String,
}

/// Reads a postcode of that country and writes it the country's way. Empty only where
/// the country has no postcodes, or its people often do without. Where it has none, what
/// was typed (`0000`, `n/a`) is left out.
pub fn tidy_postcode(raw: &str, country: &CountryCode) -> Result<String, PostcodeFault> {
    if matches!(country.as_str(), "GB" | "JE" | "GG" | "IM") {
        let typed = typed(raw).map_err(|bad| odd_characters(&bad, uk::EXPECTED))?;
        if typed.letters.is_empty() {
            return Err(missing(raw, uk::EXPECTED));
        }
        return uk::read(&typed, country).map_err(invalid);
    }
    let shape = shape_of(country);
    let wanted = || expected(country, &shape);
    if shape.presence == Presence::Never {
        return Ok(String::new());
    }
    let typed = typed(raw).map_err(|bad| odd_characters(&bad, &wanted()))?;
    if typed.letters.is_empty() {
        return match shape.presence {
            Presence::Always => Err(missing(raw, &wanted())),
            Presence::Sometimes | Presence::Never => Ok(String::new()),
        };
    }
    shapes::read(&typed, country, &shape).map_err(|places| {
        let wanted = match home_of(&typed) {
            Some(home) => format!("{}; as it stands it is a postcode of {home}", wanted()),
            None => wanted(),
        };
        invalid((places, wanted))
    })
}

/// A postcode as typed: its letters and digits in upper case with their places, and
/// where the one gap between them is, if there is just one.
struct Typed {
    letters: Vec<(char, usize)>,
    gap: Option<usize>,
}

impl Typed {
    fn text(&self) -> String {
        self.letters.iter().map(|(c, _)| *c).collect()
    }

    fn places(&self, from: usize) -> Vec<usize> {
        self.letters[from..].iter().map(|(_, at)| *at).collect()
    }
}

/// Takes a text apart, or gives back the characters no postcode has, with their places.
fn typed(raw: &str) -> Result<Typed, Vec<(usize, char)>> {
    let mut letters: Vec<(char, usize)> = Vec::new();
    let mut bad = Vec::new();
    let mut gaps = Vec::new();
    for (at, c) in raw.chars().enumerate() {
        if c.is_ascii_alphanumeric() {
            letters.push((c.to_ascii_uppercase(), at));
        } else if !is_separator(c) {
            bad.push((at, c));
        } else if !letters.is_empty() && gaps.last() != Some(&letters.len()) {
            gaps.push(letters.len());
        }
    }
    if !bad.is_empty() {
        return Err(bad);
    }
    gaps.retain(|gap| *gap < letters.len());
    let gap = if gaps.len() == 1 { gaps.pop() } else { None };
    Ok(Typed { letters, gap })
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '-' | '.' | '‐' | '‑' | '‒' | '–' | '—')
}

fn missing(raw: &str, expected: &str) -> PostcodeFault {
    PostcodeFault {
        kind: PostcodeFaultKind::Missing,
        marks: whole(raw),
        expected: expected.to_owned(),
    }
}

fn invalid((places, expected): (Vec<usize>, String)) -> PostcodeFault {
    PostcodeFault {
        kind: PostcodeFaultKind::Invalid,
        marks: marks_of(places),
        expected,
    }
}

fn odd_characters(bad: &[(usize, char)], expected: &str) -> PostcodeFault {
    let mut names: Vec<String> = bad.iter().map(|(_, c)| describe(*c)).collect();
    names.dedup();
    let marks: Vec<Mark> = marks_of(bad.iter().map(|(at, _)| *at));
    PostcodeFault {
        kind: PostcodeFaultKind::Invalid,
        marks,
        expected: format!("{expected}, without {}", names.join(" and ")),
    }
}

fn expected(country: &CountryCode, shape: &Shape) -> String {
    let name = country_name(country);
    let patterns: Vec<String> = shape.patterns().map(shapes::in_words).collect();
    let or_nothing = match shape.presence {
        Presence::Always => "",
        Presence::Sometimes | Presence::Never => ", or nothing",
    };
    format!(
        "a postcode of {name}: {}{or_nothing}",
        patterns.join(" or ")
    )
}

/// The country of the kingdom whose postcode this is, if it is one: a likely mix-up.
fn home_of(typed: &Typed) -> Option<&'static str> {
    [
        ("GB", "the United Kingdom"),
        ("JE", "Jersey"),
        ("GG", "Guernsey"),
        ("IM", "the Isle of Man"),
    ]
    .into_iter()
    .find(|(code, _)| CountryCode::parse(code).is_ok_and(|code| uk::read(typed, &code).is_ok()))
    .map(|(_, name)| name)
}
