//! `CountryFormat`: country names as two- and three-letter codes. Assumed: a name
//! that Cin7 does not know stays as it is (A19).

/// Name in Cin7, ISO 3166 alpha-2, alpha-3.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("United Kingdom", "GB", "GBR"),
    ("Great Britain", "GB", "GBR"),
    ("Guernsey", "GG", "GGY"),
    ("Jersey", "JE", "JEY"),
    ("Isle of Man", "IM", "IMN"),
    ("Gibraltar", "GI", "GIB"),
    ("Ireland", "IE", "IRL"),
    ("France", "FR", "FRA"),
    ("Germany", "DE", "DEU"),
    ("Spain", "ES", "ESP"),
    ("Portugal", "PT", "PRT"),
    ("Italy", "IT", "ITA"),
    ("Netherlands", "NL", "NLD"),
    ("Belgium", "BE", "BEL"),
    ("Luxembourg", "LU", "LUX"),
    ("Austria", "AT", "AUT"),
    ("Switzerland", "CH", "CHE"),
    ("Denmark", "DK", "DNK"),
    ("Sweden", "SE", "SWE"),
    ("Norway", "NO", "NOR"),
    ("Finland", "FI", "FIN"),
    ("Iceland", "IS", "ISL"),
    ("Poland", "PL", "POL"),
    ("Czech Republic", "CZ", "CZE"),
    ("Slovakia", "SK", "SVK"),
    ("Hungary", "HU", "HUN"),
    ("Romania", "RO", "ROU"),
    ("Bulgaria", "BG", "BGR"),
    ("Greece", "GR", "GRC"),
    ("Croatia", "HR", "HRV"),
    ("Slovenia", "SI", "SVN"),
    ("Estonia", "EE", "EST"),
    ("Latvia", "LV", "LVA"),
    ("Lithuania", "LT", "LTU"),
    ("Malta", "MT", "MLT"),
    ("Cyprus", "CY", "CYP"),
    ("Turkey", "TR", "TUR"),
    ("United States", "US", "USA"),
    ("United States of America", "US", "USA"),
    ("Canada", "CA", "CAN"),
    ("Australia", "AU", "AUS"),
    ("New Zealand", "NZ", "NZL"),
    ("Japan", "JP", "JPN"),
    ("China", "CN", "CHN"),
    ("Hong Kong", "HK", "HKG"),
    ("Singapore", "SG", "SGP"),
    ("India", "IN", "IND"),
    ("United Arab Emirates", "AE", "ARE"),
    ("South Africa", "ZA", "ZAF"),
    ("Brazil", "BR", "BRA"),
];

/// How a caller wants countries written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CountryFormat {
    /// The name, as the office wrote it.
    #[default]
    Regular,
    /// Two letters.
    Code2,
    /// Three letters.
    Code,
}

impl CountryFormat {
    /// Reads the parameter; an unknown word is ignored like any unknown parameter.
    pub(super) fn of(parameter: Option<&str>) -> Self {
        match parameter {
            Some("Code2") => Self::Code2,
            Some("Code") => Self::Code,
            _ => Self::Regular,
        }
    }

    /// The country as asked for.
    pub(super) fn write(self, name: &str) -> String {
        let known = COUNTRIES
            .iter()
            .find(|(known, ..)| known.eq_ignore_ascii_case(name.trim()));
        match (self, known) {
            (Self::Code2, Some((_, two, _))) => (*two).to_owned(),
            (Self::Code, Some((_, _, three))) => (*three).to_owned(),
            (Self::Regular, _) | (_, None) => name.to_owned(),
        }
    }
}
