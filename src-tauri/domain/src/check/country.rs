//! Stand-in until the table of countries is here: the United Kingdom and two-letter codes.

use crate::CountryCode;

/// What a country field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountryReading {
    /// Nothing.
    Missing,
    /// A country.
    Known(CountryCode),
    /// Something that is no country we know.
    Unknown,
}

/// Reads a country.
pub fn read_country(raw: &str) -> CountryReading {
    let text = raw.trim();
    if text.is_empty() {
        return CountryReading::Missing;
    }
    let text = if matches!(text, "United Kingdom" | "UK") {
        "GB"
    } else {
        text
    };
    CountryCode::parse(text).map_or(CountryReading::Unknown, CountryReading::Known)
}

/// The name of a country.
pub fn country_name(code: &CountryCode) -> &str {
    code.as_str()
}
