//! Whether a postcode is written as the warehouse wants it: by the published shapes
//! for GB, JE, GG and IM (contract, LC-12), by length alone elsewhere. Written apart
//! from any other table of postcodes, and strict: spacing and capitals are the
//! sender's business.

/// The shapes of the outward part, `A` a letter and `9` a digit.
const OUTWARD: [&str; 6] = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"];

/// Letters that never stand in the inward part.
const NEVER_INWARD: &str = "CIKMOV";

/// Areas that belong to one country only, and that country.
const ISLANDS: [(&str, &str); 3] = [("JE", "JE"), ("GY", "GG"), ("IM", "IM")];

/// Whether the country cannot do without a postcode.
pub(super) fn is_required(country: &str) -> bool {
    matches!(country, "GB" | "JE" | "GG" | "IM")
}

/// Whether the postcode is well formed for the country.
pub(super) fn is_well_formed(postcode: &str, country: &str) -> bool {
    if postcode.chars().count() > 10 {
        return false;
    }
    if !is_required(country) {
        return true;
    }
    if postcode == "GIR 0AA" {
        return country == "GB";
    }
    if let Some(number) = postcode.strip_prefix("BFPO ") {
        let digits = number.len();
        return country == "GB" && (1..=4).contains(&digits) && shape(number).chars().all(is_nine);
    }
    let Some((outward, inward)) = postcode.split_once(' ') else {
        return false;
    };
    let area: String = outward
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    let home = ISLANDS
        .iter()
        .find(|(name, _)| *name == area)
        .map_or("GB", |(_, home)| home);
    OUTWARD.contains(&shape(outward).as_str())
        && shape(inward) == "9AA"
        && !inward.chars().any(|letter| NEVER_INWARD.contains(letter))
        && home == country
}

fn is_nine(mark: char) -> bool {
    mark == '9'
}

/// Letters as `A`, digits as `9`, anything else as it is (and so matching no shape).
fn shape(text: &str) -> String {
    text.chars()
        .map(|mark| match mark {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            // A small letter must not pass for itself: `a` would never match, but `A` would.
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_shape_passes() {
        let good = [
            "M1 1AE",
            "M60 1NW",
            "CR2 6XH",
            "DN55 1PT",
            "W1A 1HQ",
            "EC1A 1BB",
            "GIR 0AA",
            "BFPO 58",
            "BFPO 1234",
        ];
        for postcode in good {
            assert!(is_well_formed(postcode, "GB"), "{postcode}");
        }
    }

    #[test]
    fn anything_written_otherwise_is_refused() {
        let bad = [
            "bs1 5tr",
            "BS15TR",
            "BS1  5TR",
            "LS1 4A",
            "LS1",
            "1BS 5TR",
            "BS1 CTR",
            "BS1 5TC",
            "BS1 5TR ",
            "BFPO",
            "BFPO X",
            "BFPO 12345",
            "GIR0AA",
            "ABC1 1AA",
            "BS1-5TR",
            "ＢＳ1 5TR",
        ];
        for postcode in bad {
            assert!(!is_well_formed(postcode, "GB"), "{postcode}");
        }
    }

    #[test]
    fn island_postcodes_need_their_own_country_and_only_they_do() {
        assert!(is_well_formed("JE2 3AB", "JE"));
        assert!(is_well_formed("GY1 1WG", "GG"));
        assert!(is_well_formed("IM1 1AA", "IM"));
        assert!(!is_well_formed("JE2 3AB", "GB"));
        assert!(!is_well_formed("GY1 1WG", "JE"));
        assert!(!is_well_formed("BS1 5TR", "JE"));
        assert!(!is_well_formed("BFPO 58", "JE"));
    }

    #[test]
    fn elsewhere_only_the_length_counts() {
        assert!(is_well_formed("D02 AF30", "IE"));
        assert!(is_well_formed("75001", "FR"));
        assert!(!is_well_formed("12345678901", "FR"));
    }
}
