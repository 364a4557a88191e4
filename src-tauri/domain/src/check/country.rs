//! Which country a text means (LC-13): two- and three-letter codes, English names, and
//! the other names that shops and people write.
//!
//! A name that could mean two countries is none: “Congo” alone is the ISO name of one,
//! but “Korea” and “Channel Islands” are for a person to settle. What a country's
//! postcodes look like is in [`super::postcode`].

mod table;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use self::table::{ALIASES, COUNTRIES};
use crate::CountryCode;

/// What a country field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountryReading {
    /// Nothing.
    Missing,
    /// A country.
    Known(CountryCode),
    /// Something that is no country we know, or could be two.
    Unknown,
}

/// Reads a country, whatever its case, blanks, full stops and accents.
pub fn read_country(raw: &str) -> CountryReading {
    if raw.trim().is_empty() {
        return CountryReading::Missing;
    }
    find(&key(raw))
        .or_else(|| with_code_behind(raw))
        .and_then(|code| CountryCode::parse(code).ok())
        .map_or(CountryReading::Unknown, CountryReading::Known)
}

/// The English name of a country; its code where the code is none of ISO 3166-1.
pub fn country_name(code: &CountryCode) -> &str {
    COUNTRIES
        .iter()
        .find(|(alpha2, _, _)| *alpha2 == code.as_str())
        .map_or(code.as_str(), |(_, _, name)| name)
}

/// “United Kingdom (UK)”, as shops write it; both parts must mean the same country.
fn with_code_behind(raw: &str) -> Option<&'static str> {
    let (name, rest) = raw.split_once('(')?;
    let (code, after) = rest.split_once(')')?;
    let country = find(&key(name))?;
    (after.trim().is_empty() && find(&key(code)) == Some(country)).then_some(country)
}

fn find(key: &str) -> Option<&'static str> {
    let key = match key.strip_prefix("THE") {
        Some(rest) if !rest.is_empty() => rest,
        _ => key,
    };
    if key.is_empty() {
        return None;
    }
    by_code(key)
        .or_else(|| by_name(key))
        .or_else(|| by_alias(key))
}

fn by_code(key: &str) -> Option<&'static str> {
    COUNTRIES
        .iter()
        .find(|(alpha2, alpha3, _)| key == *alpha2 || key == *alpha3)
        .map(|(alpha2, _, _)| *alpha2)
}

fn by_name(key: &str) -> Option<&'static str> {
    COUNTRIES
        .iter()
        .find(|(_, _, name)| spells(name, key))
        .map(|(alpha2, _, _)| *alpha2)
}

fn by_alias(key: &str) -> Option<&'static str> {
    ALIASES
        .iter()
        .find(|(_, names)| names.split('|').any(|name| spells(name, key)))
        .map(|(alpha2, _)| *alpha2)
}

/// The letters of a name in upper case and without accents: “Côte d’Ivoire” and
/// “COTE D'IVOIRE” have one key. “&” reads as “and”.
fn key(raw: &str) -> String {
    let mut key = String::with_capacity(raw.len());
    for c in raw.nfd() {
        if c == '&' {
            key.push_str("AND");
        } else if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_uppercase());
        } else if c.is_alphanumeric() && !is_combining_mark(c) {
            // Kept, so that a name in another alphabet matches nothing instead of less.
            key.push(c);
        }
    }
    key
}

/// Whether the letters of a name, written plainly in the table, are those of the key.
/// Compared without a copy, because this runs over the whole table.
fn spells(name: &str, key: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    // Every name begins with a capital letter.
    name.as_bytes().first() == key.as_bytes().first()
        && letters.map(|c| c.to_ascii_uppercase()).eq(key.chars())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn code(raw: &str) -> &'static str {
        find(&key(raw))
            .or_else(|| with_code_behind(raw))
            .unwrap_or("??")
    }

    #[test]
    fn the_united_kingdom_has_many_names() {
        for name in [
            "United Kingdom",
            "united kingdom",
            " UK ",
            "U.K.",
            "GB",
            "gbr",
            "Great Britain",
            "Great-Britain",
            "England",
            "SCOTLAND",
            "Wales",
            "Northern Ireland",
            "The United Kingdom",
            "United Kingdom (UK)",
            "UnitedKingdom",
        ] {
            assert_eq!(code(name), "GB", "{name}");
        }
    }

    #[test]
    fn the_crown_dependencies_are_countries_of_their_own() {
        assert_eq!(code("Jersey"), "JE");
        assert_eq!(code("Guernsey"), "GG");
        assert_eq!(code("Isle of Man"), "IM");
        assert_eq!(code("I.O.M."), "IM");
        assert_eq!(code("New Jersey"), "??");
        assert_eq!(code("Channel Islands"), "??", "which of them?");
    }

    #[test]
    fn names_of_shops_and_habits_are_read() {
        for (name, expected) in [
            ("Ireland", "IE"),
            ("Republic of Ireland", "IE"),
            ("Éire", "IE"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("United States (US)", "US"),
            ("United States of America", "US"),
            ("Holland", "NL"),
            ("The Netherlands", "NL"),
            ("Czech Republic", "CZ"),
            ("Czechia", "CZ"),
            ("Deutschland", "DE"),
            ("Côte d’Ivoire", "CI"),
            ("Ivory Coast", "CI"),
            ("Türkiye", "TR"),
            ("Turkey", "TR"),
            ("Hong Kong", "HK"),
            ("South Korea", "KR"),
            ("Korea, Republic of", "KR"),
            ("Russian Federation", "RU"),
            ("Trinidad & Tobago", "TT"),
            ("Åland Islands", "AX"),
            ("Viet Nam", "VN"),
            ("U.A.E.", "AE"),
        ] {
            assert_eq!(code(name), expected, "{name}");
        }
    }

    #[test]
    fn nonsense_and_ambiguity_are_no_country() {
        for name in [
            "Atlantis",
            "??",
            "-",
            "the",
            "XX",
            "Korea",
            "ЮК",
            "G B R U",
            "United Kingdom (US)",
        ] {
            assert_eq!(read_country(name), CountryReading::Unknown, "{name}");
        }
        assert_eq!(read_country(" \t"), CountryReading::Missing);
    }

    #[test]
    fn a_code_has_its_name() {
        let name = |code| country_name(&CountryCode::parse(code).unwrap()).to_owned();
        assert_eq!(name("GB"), "United Kingdom");
        assert_eq!(name("JE"), "Jersey");
        assert_eq!(name("XX"), "XX");
    }

    #[test]
    fn the_table_is_whole_and_nothing_in_it_is_said_twice() {
        assert_eq!(COUNTRIES.len(), 249, "ISO 3166-1 has 249 entries");
        let mut said = BTreeSet::new();
        for (alpha2, alpha3, name) in COUNTRIES {
            assert!(alpha2.len() == 2 && alpha3.len() == 3, "{name}");
            for text in [*alpha2, *alpha3, *name] {
                assert!(said.insert(key(text)), "{text} is there twice");
                assert_eq!(code(text), *alpha2, "{text}");
            }
        }
        for (alpha2, names) in ALIASES {
            assert!(
                COUNTRIES.iter().any(|(known, _, _)| known == alpha2),
                "{alpha2}"
            );
            for name in names.split('|') {
                assert!(said.insert(key(name)), "{name} is there twice");
                assert_eq!(code(name), *alpha2, "{name}");
                assert!(
                    name.is_ascii(),
                    "{name} must be written plainly to be found"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_upsets_it_and_case_and_blanks_do_not_matter(raw in any::<String>()) {
            let once = read_country(&raw);
            prop_assert_eq!(read_country(&format!("  {raw} ")), once.clone());
            if raw.is_ascii() {
                prop_assert_eq!(read_country(&raw.to_lowercase()), once);
            }
        }

        #[test]
        fn what_was_read_reads_as_itself(at in 0..COUNTRIES.len()) {
            let (alpha2, alpha3, name) = COUNTRIES[at];
            let known = CountryReading::Known(CountryCode::parse(alpha2).unwrap());
            for text in [alpha2, alpha3, name] {
                prop_assert_eq!(&read_country(text), &known);
                prop_assert_eq!(&read_country(&text.to_uppercase()), &known);
            }
        }
    }
}
