//! The postcodes of the United Kingdom and the Crown dependencies, by the rule Royal
//! Mail publishes (documented): six shapes of the first half, which letters may stand
//! where, `GIR 0AA`, and `BFPO` with a number.
//!
//! Which postcodes exist is not known here; a new street has one before any list does.

use super::Typed;
use crate::CountryCode;

/// What to say when there is none.
pub(super) const EXPECTED: &str = "a UK postcode such as LS1 4AP";

/// Shapes of the first half.
const OUTWARD: [&str; 6] = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"];

/// A letter or digit and its place in the text as typed.
type Placed = (char, usize);

/// Places at fault, and why.
type Fault = (Vec<usize>, String);

/// Writes the postcode with one blank before its last three characters, or says which
/// characters are wrong and why.
pub(super) fn read(typed: &Typed, country: &CountryCode) -> Result<String, Fault> {
    let text = typed.text();
    if text == "GIR0AA" {
        return at_home(typed, "GIR", country).map(|()| "GIR 0AA".to_owned());
    }
    if let Some(number) = text.strip_prefix("BFPO") {
        return forces(typed, number, country);
    }
    if !(text.contains(|c: char| c.is_ascii_digit()) && text.contains(char::is_alphabetic)) {
        let why = "it has both letters and digits; is the country right?";
        return Err((typed.places(0), format!("{EXPECTED}: {why}")));
    }
    let (outward, inward) = typed.letters.split_at(split(typed));
    let faults: Vec<Fault> = [check_outward(outward), check_inward(inward, typed)]
        .into_iter()
        .flatten()
        .collect();
    if !faults.is_empty() {
        return Err(excess(typed).unwrap_or_else(|| together(faults)));
    }
    let area: String = outward
        .iter()
        .map(|(c, _)| *c)
        .take_while(char::is_ascii_alphabetic)
        .collect();
    at_home(typed, &area, country)?;
    let spell = |part: &[Placed]| part.iter().map(|(c, _)| *c).collect::<String>();
    Ok(format!("{} {}", spell(outward), spell(inward)))
}

fn together(faults: Vec<Fault>) -> Fault {
    let places = faults
        .iter()
        .flat_map(|(places, _)| places.clone())
        .collect();
    let why: Vec<String> = faults.into_iter().map(|(_, why)| why).collect();
    (places, format!("{EXPECTED}: {}", why.join("; ")))
}

/// What follows a postcode that is whole, if one is.
fn excess(typed: &Typed) -> Option<Fault> {
    let whole = |length: usize| {
        let (outward, inward) = typed.letters[..length].split_at(length - 3);
        check_outward(outward).is_none() && check_inward(inward, typed).is_none()
    };
    let end = (5..typed.letters.len().min(8)).find(|length| whole(*length))?;
    let said: String = typed.letters[end..].iter().map(|(c, _)| *c).collect();
    Some((
        typed.places(end),
        format!("{EXPECTED}: “{said}” is too much"),
    ))
}

/// British Forces: a number of one to four digits. Their newer postcodes, `BF1 …`, are
/// of the ordinary shape.
fn forces(typed: &Typed, number: &str, country: &CountryCode) -> Result<String, Fault> {
    let fits = (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && !number.starts_with('0');
    if !fits {
        let places = typed.places(if number.is_empty() { 0 } else { "BFPO".len() });
        let expected = "BFPO and a number of one to four digits, such as BFPO 57";
        return Err((places, expected.to_owned()));
    }
    at_home(typed, "BFPO", country).map(|()| format!("BFPO {number}"))
}

/// Whether the area belongs to the country. The Crown dependencies use the same system
/// under countries of their own.
fn at_home(typed: &Typed, area: &str, country: &CountryCode) -> Result<(), Fault> {
    const CROWN: [(&str, &str, &str); 3] = [
        ("JE", "JE", "Jersey"),
        ("GY", "GG", "Guernsey"),
        ("IM", "IM", "Isle of Man"),
    ];
    let of_area = CROWN.iter().find(|(crown, _, _)| *crown == area);
    let of_country = CROWN.iter().find(|(_, code, _)| *code == country.as_str());
    let places = || typed.places(0).into_iter().take(area.len()).collect();
    match (of_area, of_country) {
        (None, None) => Ok(()),
        (Some(one), Some(other)) if one == other => Ok(()),
        (Some((crown, _, name)), _) => Err((
            places(),
            format!("{crown} postcodes need the country {name}"),
        )),
        (None, Some((crown, _, name))) => Err((
            places(),
            format!(
                "a postcode that begins with {crown}, as all of {name}, or the country United Kingdom"
            ),
        )),
    }
}

/// Where the second half begins: before the last three characters where they look like
/// one, else where they were typed apart, else where the first half must end.
fn split(typed: &Typed) -> usize {
    let letters = &typed.letters;
    let length = letters.len();
    let inward_like = |part: &[Placed]| part.len() <= 3 && fits_so_far(part, "9AA");
    if length > 3 && inward_like(&letters[length - 3..]) {
        return length - 3;
    }
    if let Some(gap) = typed.gap {
        return gap;
    }
    let ends = (2..=length.min(4))
        .rev()
        .filter(|end| inward_like(&letters[*end..]));
    ends.into_iter()
        .find(|end| OUTWARD.iter().any(|shape| fits(&letters[..*end], shape)))
        .unwrap_or(if length > 4 { length - 3 } else { length })
}

fn is_class(c: char, class: char) -> bool {
    if class == '9' {
        c.is_ascii_digit()
    } else {
        c.is_ascii_uppercase()
    }
}

fn fits_so_far(part: &[Placed], shape: &str) -> bool {
    part.iter()
        .zip(shape.chars())
        .all(|((c, _), class)| is_class(*c, class))
}

fn fits(part: &[Placed], shape: &str) -> bool {
    part.len() == shape.len() && fits_so_far(part, shape)
}

fn check_outward(part: &[Placed]) -> Option<Fault> {
    let Some(shape) = OUTWARD.iter().find(|shape| fits(part, shape)) else {
        return Some(misshapen(part));
    };
    let rules: [(usize, &str, &str); 2] = [
        (0, "ABCDEFGHIJKLMNOPRSTUWYZ", "none begins with Q, V or X"),
        (
            1,
            "ABCDEFGHKLMNOPQRSTUVWXY",
            "the second letter is never I, J or Z",
        ),
    ];
    let last: Option<(usize, &str, &str)> = match *shape {
        "A9A" => Some((2, "ABCDEFGHJKPSTUW", "that letter never stands third")),
        "AA9A" => Some((3, "ABEHMNPRVWXY", "that letter never stands fourth")),
        _ => None,
    };
    for (place, allowed, why) in rules.into_iter().chain(last) {
        let Some((c, at)) = part.get(place) else {
            continue;
        };
        if c.is_ascii_alphabetic() && !allowed.contains(*c) {
            return Some((vec![*at], format!("“{c}” cannot stand there, {why}")));
        }
    }
    leading_nought(part, shape)
}

/// Districts of two digits run from 10, so a nought in front is a letter O or a slip.
fn leading_nought(part: &[Placed], shape: &str) -> Option<Fault> {
    let place = shape.find("99")?;
    let (c, at) = part.get(place)?;
    (*c == '0').then(|| {
        let why = "no district begins with 0; is “0” the letter O?";
        (vec![*at], why.to_owned())
    })
}

/// A first half of no known shape: a digit typed for a letter or the other way round if
/// that explains it, else the whole of it.
fn misshapen(part: &[Placed]) -> Fault {
    let swapped = OUTWARD
        .iter()
        .filter(|shape| shape.len() == part.len())
        .find_map(|shape| {
            let wrong: Vec<(Placed, char)> = part
                .iter()
                .copied()
                .zip(shape.chars())
                .filter(|((c, _), class)| !is_class(*c, *class))
                .collect();
            let all: Option<Vec<String>> = wrong
                .iter()
                .map(|((c, _), class)| mix_up(*c, *class))
                .collect();
            all.map(|why| {
                (
                    wrong.iter().map(|((_, at), _)| *at).collect(),
                    why.join("; "),
                )
            })
        });
    swapped.unwrap_or_else(|| {
        let said: String = part.iter().map(|(c, _)| *c).collect();
        let why = format!("“{said}” is no first half of one, such as LS1, M60, W1A or EC1A");
        (part.iter().map(|(_, at)| *at).collect(), why)
    })
}

/// Letters and digits that are taken for one another.
fn mix_up(c: char, class: char) -> Option<String> {
    match (c, class) {
        ('O', '9') => Some("“O” is a letter where a digit belongs, perhaps 0".to_owned()),
        ('I' | 'L', '9') => Some(format!(
            "“{c}” is a letter where a digit belongs, perhaps 1"
        )),
        ('0', 'A') => Some("“0” is a digit where a letter belongs, perhaps O".to_owned()),
        ('1', 'A') => Some("“1” is a digit where a letter belongs, perhaps I or L".to_owned()),
        _ => None,
    }
}

fn check_inward(part: &[Placed], typed: &Typed) -> Option<Fault> {
    let said: String = part.iter().map(|(c, _)| *c).collect();
    let places = || part.iter().map(|(_, at)| *at).collect::<Vec<_>>();
    match part.len() {
        0 => {
            return Some((
                typed.places(0),
                "the second half is missing, a digit and two letters".into(),
            ));
        }
        1 | 2 => {
            let why = format!("“{said}” is only part of the second half, a digit and two letters");
            return Some((places(), why));
        }
        3 => {}
        _ => {
            let why = format!("“{said}” is too much for the second half, a digit and two letters");
            return Some((places(), why));
        }
    }
    let mut wrong = Vec::new();
    let mut why = Vec::new();
    for ((c, at), class) in part.iter().zip("9AA".chars()) {
        let fault = if !is_class(*c, class) {
            mix_up(*c, class).unwrap_or_else(|| {
                format!("“{said}” is no second half, which is a digit and two letters")
            })
        } else if class == 'A' && "CIKMOV".contains(*c) {
            format!("“{c}” never stands in the second half (nor do C, I, K, M, O, V)")
        } else {
            continue;
        };
        wrong.push(*at);
        if !why.contains(&fault) {
            why.push(fault);
        }
    }
    (!wrong.is_empty()).then(|| (wrong, why.join("; ")))
}
