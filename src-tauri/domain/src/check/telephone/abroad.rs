//! Numbers of other countries, by Google's table of numbering plans. Only their length
//! decides whether they are taken: which ranges are in use changes too often.
//!
//! The table is read when the first foreign number comes by, which takes a moment, and
//! kept.

use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumber, Region, get_national_significant_number_owned,
};

use super::{FEWEST, Phone, british};
use crate::CountryCode;
use crate::check::country::country_name;

/// Writes a number given from its country code on, or says what was expected.
pub(super) fn write_international(number: &str, max_digits: usize) -> Result<Phone, String> {
    let wanted = || format!("a number with a country code; +{number} cannot be one");
    let parsed = PHONE_NUMBER_UTIL
        .parse(format!("+{number}"), None)
        .map_err(|_| wanted())?;
    if !PHONE_NUMBER_UTIL.is_possible_number(&parsed) {
        return Err(wanted());
    }
    write(&parsed, max_digits)
}

/// Writes a number given as people of the country dial it at home.
pub(super) fn write_national(
    digits: &str,
    country: &CountryCode,
    max_digits: usize,
) -> Result<Phone, String> {
    let wanted = || {
        let name = country_name(country);
        format!("a number of {name}, or one that begins with + and its country code")
    };
    let region = Region::from_code(country.as_str()).map_err(|_| wanted())?;
    let parsed = PHONE_NUMBER_UTIL
        .parse(digits, Some(region))
        .map_err(|_| wanted())?;
    if !PHONE_NUMBER_UTIL.is_possible_number(&parsed) {
        return Err(wanted());
    }
    write(&parsed, max_digits)
}

/// Writes a number of possible length: with `00` in front if that fits, else without.
fn write(parsed: &PhoneNumber, max_digits: usize) -> Result<Phone, String> {
    let national = get_national_significant_number_owned(parsed);
    if parsed.country_code == 44 {
        return british::write(&format!("0{national}"), max_digits);
    }
    let bare = format!("{}{national}", parsed.country_code);
    let full = format!("00{bare}");
    let unused = (!PHONE_NUMBER_UTIL.is_valid_number(parsed))
        .then(|| format!("+{bare} has the right length, but is in no range known to be in use."));
    if full.len() < FEWEST {
        let length = full.len();
        return Err(format!(
            "a number of at least {FEWEST} digits; {full} has {length}"
        ));
    }
    if full.len() <= max_digits {
        return Ok(Phone {
            digits: full,
            warning: unused,
        });
    }
    if !(FEWEST..=max_digits).contains(&bare.len()) {
        let length = bare.len();
        return Err(format!(
            "a number Whistl can take, at most {max_digits} digits; +{bare} has {length}"
        ));
    }
    let shortened = format!(
        "Written {bare}, without 00 in front, because Whistl takes at most {max_digits} digits."
    );
    let warning = match unused {
        Some(unused) => format!("{shortened} {unused}"),
        None => shortened,
    };
    Ok(Phone {
        digits: bare,
        warning: Some(warning),
    })
}
