//! Numbers of the United Kingdom and the Crown dependencies, written from their 0.
//!
//! A rule of our own, complete for what is refused (LC-14: ten or eleven digits from 0),
//! because nearly every sale comes by here. The warnings follow Ofcom's numbering plan
//! (documented); they are few, and a number without one may still be nobody's.

use super::{FEWEST, Phone};

/// Most digits of a number, its 0 included.
const MOST: usize = 11;

/// Beginnings of the numbers Ofcom sets aside for drama; nobody has them.
const DRAMA: [&str; 20] = [
    "07700900", "01632960", "02079460", "02920180", "02896496", "03069990", "08081570", "09098790",
    "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960",
    "01414960", "01514960", "01614960", "01914980",
];

/// Writes a number given from its 0, or says what was expected.
pub(super) fn write(digits: &str, max_digits: usize) -> Result<Phone, String> {
    let length = digits.len();
    if !digits.starts_with('0') {
        let lost = matches!(length, 9 | 10) && !digits.starts_with("44");
        let why = if lost {
            "; its first 0 may have been lost"
        } else {
            ""
        };
        return Err(format!(
            "a UK number of 10 or 11 digits that begins with 0, or +44 and the rest{why}"
        ));
    }
    if digits.starts_with("00") {
        return Err("a UK number whose second digit is not 0".into());
    }
    if !(FEWEST..=MOST).contains(&length) {
        return Err(format!(
            "a UK number of 10 or 11 digits that begins with 0; this one has {length}"
        ));
    }
    if length > max_digits {
        return Err(format!(
            "a number of at most {max_digits} digits; this one has {length}"
        ));
    }
    Ok(Phone {
        digits: digits.to_owned(),
        warning: warning(digits),
    })
}

fn warning(digits: &str) -> Option<String> {
    if DRAMA.iter().any(|prefix| digits.starts_with(prefix)) {
        return Some(format!(
            "{digits} is set aside for films and plays: nobody has that number."
        ));
    }
    if digits.starts_with("04") || digits.starts_with("06") {
        return Some(format!("No UK number in use begins with {}.", &digits[..2]));
    }
    let may_be_short = ["01", "0800", "0500"]
        .iter()
        .any(|prefix| digits.starts_with(prefix));
    if digits.len() == FEWEST && !may_be_short {
        let start = &digits[..2];
        return Some(format!(
            "{digits} has 10 digits; UK numbers that begin with {start} have 11, so one may be missing."
        ));
    }
    None
}
