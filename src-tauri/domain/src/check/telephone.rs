//! Stand-in until the rules of telephone numbers are here.

use crate::CountryCode;

/// Which fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneFaultKind {
    /// Empty.
    Missing,
    /// Not one.
    Invalid,
}

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneFault {
    /// Which fault.
    pub kind: PhoneFaultKind,
    /// Where.
    pub marks: Vec<(usize, usize)>,
    /// What was expected.
    pub expected: String,
}

/// A number as it is dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Digits.
    pub digits: String,
    /// Worth a look.
    pub warning: Option<String>,
}

/// Reads a number.
pub fn tidy_phone(
    raw: &str,
    _country: &CountryCode,
    max_digits: usize,
) -> Result<Phone, PhoneFault> {
    let expected = "a number with 10 or 11 digits".to_owned();
    if raw.trim().is_empty() {
        return Err(PhoneFault {
            kind: PhoneFaultKind::Missing,
            marks: vec![],
            expected,
        });
    }
    let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 10 || digits.len() > max_digits || raw.chars().any(char::is_alphabetic) {
        let marks = vec![(0, raw.chars().count())];
        return Err(PhoneFault {
            kind: PhoneFaultKind::Invalid,
            marks,
            expected,
        });
    }
    Ok(Phone {
        digits,
        warning: None,
    })
}
