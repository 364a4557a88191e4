//! The postcodes of other countries, by table: `N` is a digit, `A` a letter, any other
//! character stands for itself (small letters for the letters of a fixed prefix), and `*`
//! is what an Eircode may have in its latter half.
//!
//! Shapes are those of the Universal Postal Union's addressing pages and of Unicode's
//! CLDR, as far as they agree (documented). Where a country's people often leave the
//! postcode out, it may be missing; a shape that is wrong would hold good orders, so a
//! country in doubt is in no row and takes anything short.

use super::Typed;
use crate::CountryCode;

/// Longest postcode the warehouse carries (observed; connector contract 2.1).
const LONGEST: usize = 10;

/// Whether an address needs one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Yes.
    Always,
    /// It may be left out.
    Sometimes,
    /// The country has none.
    Never,
}

/// What the postcodes of a country look like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) presence: Presence,
    /// Patterns with a stroke between them; empty for anything short.
    patterns: &'static str,
}

impl Shape {
    pub(super) fn patterns(&self) -> impl Iterator<Item = &'static str> {
        self.patterns
            .split('|')
            .filter(|pattern| !pattern.is_empty())
    }
}

use Presence::{Always, Never, Sometimes};

/// Countries by two-letter code, whether they need a postcode, and its patterns.
#[rustfmt::skip]
const TABLE: &[(&str, Presence, &str)] = &[
    ("US AS GU MP PR VI UM", Always, "NNNNN|NNNNN-NNNN"),
    ("CA", Always, "ANA NAN"),
    ("DE FR IT ES FI AX HR EE MC MX TR UA ME VA SM", Always, "NNNNN"),
    ("GP GF MQ RE YT PM BL MF WF PF NC", Always, "NNNNN"),
    ("AT BE BG CH CY DK HU LI LU NO SI AU NZ GL SJ MK ZA", Always, "NNNN"),
    ("CC CX NF", Always, "NNNN"),
    ("NL", Always, "NNNN AA"),
    ("PL", Always, "NN-NNN"),
    ("PT", Always, "NNNN-NNN"),
    ("CZ SK SE GR", Always, "NNN NN"),
    ("LT", Always, "lt-NNNNN"),
    ("LV", Always, "lv-NNNN"),
    ("MT", Always, "AAA NNNN"),
    ("RO IN CN SG RU KZ", Always, "NNNNNN"),
    ("BY KG TJ TM UZ", Sometimes, "NNNNNN"),
    ("IE", Sometimes, "ANN ****|ANA ****"),
    ("IS FO", Always, "NNN"),
    ("AD", Always, "adNNN"),
    ("MD", Sometimes, "md-NNNN"),
    ("AL GE AM", Sometimes, "NNNN"),
    ("BA", Always, "NNNNN"),
    ("RS", Always, "NNNNN|NNNNNN"),
    ("AZ", Sometimes, "az NNNN"),
    ("JP", Always, "NNN-NNNN"),
    ("KR TH MY ID", Always, "NNNNN"),
    ("SA", Always, "NNNNN|NNNNN-NNNN"),
    ("TW", Always, "NNN|NNNNN|NNNNNN"),
    ("VN KH", Sometimes, "NNNNN|NNNNNN"),
    ("PH BD NP TN MZ PY VE HT NE GW ET LR AF", Sometimes, "NNNN"),
    ("IL", Always, "NNNNNNN|NNNNN"),
    ("BR", Always, "NNNNN-NNN"),
    ("AR", Always, "NNNN|ANNNNAAA"),
    ("CL", Sometimes, "NNNNNNN"),
    ("CO EC MN NG TT", Sometimes, "NNNNNN"),
    ("PE UY CR DO GT CU SV HN NI BT DZ EG MA KE JO KW IQ LA LK LY MM MV ZM SN PK PS", Sometimes, "NNNNN"),
    ("MU NA SD MH FM PW", Sometimes, "NNNNN"),
    ("IR", Sometimes, "NNNNNNNNNN"),
    ("OM MG PG GN LS", Sometimes, "NNN"),
    ("BH", Sometimes, "NNN|NNNN"),
    ("LB", Sometimes, "NNNN|NNNN NNNN"),
    ("BN", Sometimes, "AANNNN"),
    ("BB", Sometimes, "bbNNNNN"),
    ("BM", Sometimes, "AA NN|AA AA"),
    ("KY", Sometimes, "kyN-NNNN"),
    ("VG", Sometimes, "vgNNNN"),
    ("VC", Sometimes, "vcNNNN"),
    ("LC", Sometimes, "lcNN NNN"),
    ("MS", Sometimes, "msr NNNN"),
    ("AI", Sometimes, "ai-2640"),
    ("SZ", Sometimes, "ANNN"),
    ("CV", Sometimes, "NNNN"),
    ("GI", Sometimes, "gx11 1aa"),
    ("FK", Sometimes, "fiqq 1zz"),
    ("GS", Sometimes, "siqq 1zz"),
    ("IO", Sometimes, "bbnd 1zz"),
    ("PN", Sometimes, "pcrn 1zz"),
    ("SH", Sometimes, "sthl 1zz|ascn 1zz|tdcu 1zz"),
    ("TC", Sometimes, "tkca 1zz"),
    ("AE AG AO AQ AW BF BI BJ BO BQ BS BV BW BZ CD CF CG CI CK CM CW DJ DM ER FJ", Never, ""),
    ("GA GD GH GM GQ GY HK HM JM KI KM KN KP ML MO MR MW NR NU QA RW SB SC SL SO", Never, ""),
    ("SR SS ST SX SY TD TF TG TK TL TO TV UG VU WS YE ZW", Never, ""),
];

/// Letters that Canada's first place never has, and those no place has (documented).
const CANADA_FIRST: &str = "DFIOQUWZ";
const CANADA_ANY: &str = "DFIOQU";

/// Letters of the latter half of an Eircode, `*` in its pattern (documented).
const EIRCODE: &str = "ACDEFHKNPRTVWXY";

/// Prefixes people put before a number in letters of the country: the code, and the old
/// sign of cars.
#[rustfmt::skip]
const SIGNS: &[(&str, &str)] = &[
    ("DE", "D"), ("FR", "F"), ("AT", "A"), ("BE", "B"), ("IT", "I"), ("LU", "L"), ("ES", "E"),
    ("PT", "P"), ("SE", "S"), ("NO", "N"), ("HU", "H"), ("FI", "FIN"), ("SI", "SLO"),
];

/// The row of a country; anything short, or nothing, where it has no row.
pub(super) fn shape_of(country: &CountryCode) -> Shape {
    let row = TABLE
        .iter()
        .find(|(codes, _, _)| codes.split(' ').any(|code| code == country.as_str()));
    row.map_or(
        Shape {
            presence: Sometimes,
            patterns: "",
        },
        |(_, presence, patterns)| Shape {
            presence: *presence,
            patterns,
        },
    )
}

/// Writes the postcode by the first pattern it fits, or gives back the places at fault.
pub(super) fn read(
    typed: &Typed,
    country: &CountryCode,
    shape: &Shape,
) -> Result<String, Vec<usize>> {
    if shape.patterns().next().is_none() {
        return anything(typed);
    }
    let mut best = 0;
    for start in [0, sign_length(typed, country)] {
        let letters: Vec<char> = typed.letters[start..].iter().map(|(c, _)| *c).collect();
        for pattern in shape.patterns() {
            match fill(pattern, &letters, country) {
                Ok(text) => return Ok(text),
                Err(matched) => best = best.max(start + matched),
            }
        }
    }
    // What has the right beginning and no end is wrong as a whole.
    let from = if best >= typed.letters.len() { 0 } else { best };
    Err(typed.places(from))
}

fn anything(typed: &Typed) -> Result<String, Vec<usize>> {
    let mut text = typed.text();
    if text.chars().count() > LONGEST {
        return Err(typed.places(LONGEST));
    }
    if let Some(gap) = typed.gap.filter(|_| text.len() < LONGEST) {
        text.insert(gap, ' ');
    }
    Ok(text)
}

/// How many letters in front are the country's sign: `D-10115`, `LT 01100` with a
/// number behind.
fn sign_length(typed: &Typed, country: &CountryCode) -> usize {
    let text = typed.text();
    let sign = SIGNS
        .iter()
        .find(|(code, _)| *code == country.as_str())
        .map(|(_, sign)| *sign);
    [Some(country.as_str()), sign]
        .into_iter()
        .flatten()
        .find(|sign| {
            let rest = text.strip_prefix(sign);
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map_or(0, str::len)
}

/// The pattern with the letters put in; failing that, how many of them fit.
fn fill(pattern: &str, letters: &[char], country: &CountryCode) -> Result<String, usize> {
    let mut text = String::with_capacity(pattern.len());
    let mut used = 0;
    let prefix = pattern.bytes().take_while(u8::is_ascii_lowercase).count();
    let typed_prefix = letters.iter().take(prefix).map(char::to_ascii_lowercase);
    let without_prefix = prefix < pattern.len()
        && !typed_prefix.eq(pattern.chars().take(prefix))
        && letters.first().is_some_and(char::is_ascii_digit);
    for (place, slot) in pattern.chars().enumerate() {
        if !slot.is_ascii_alphanumeric() && slot != '*' {
            text.push(slot);
            continue;
        }
        if without_prefix && place < prefix {
            text.push(slot.to_ascii_uppercase());
            continue;
        }
        match letters.get(used) {
            Some(c) if fits(*c, slot) && !barred(*c, used, country) => text.push(*c),
            Some(_) | None => return Err(used),
        }
        used += 1;
    }
    if used < letters.len() {
        Err(used)
    } else {
        Ok(text)
    }
}

fn fits(c: char, slot: char) -> bool {
    match slot {
        'N' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        '*' => c.is_ascii_digit() || EIRCODE.contains(c),
        fixed => c == fixed.to_ascii_uppercase(),
    }
}

fn barred(c: char, place: usize, country: &CountryCode) -> bool {
    let letters = if place == 0 { CANADA_FIRST } else { CANADA_ANY };
    country.as_str() == "CA" && letters.contains(c)
}

/// A pattern as a person reads it: “12345-1234”, “A1A 1A1”, “LV-1234”.
pub(super) fn in_words(pattern: &str) -> String {
    let mut digits = "12345678901".chars();
    pattern
        .chars()
        .map(|slot| match slot {
            'N' => digits.next().unwrap_or('0'),
            '*' => 'X',
            fixed => fixed.to_ascii_uppercase(),
        })
        .collect()
}
