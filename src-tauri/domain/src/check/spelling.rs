//! How to say what is wrong with the spelling of a SKU, down to the character.

use super::findings::list;
use super::letters::{describe, is_invisible, look_alike};

/// A text as it stands in a sentence: plain where nothing in it can mislead, else in
/// quotes; very long ones end in three dots. Invisible characters are left out and line
/// breaks become blanks, so that the sentence stays one.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let visible = text.chars().filter(|&c| !is_invisible(c));
    let on_one_line = visible.map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = on_one_line.take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    if text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.is_empty() {
        short
    } else {
        format!("“{short}”")
    }
}

/// What to do about the characters, as the beginning of a sentence that goes on with
/// “the SKU”. Plain ones are named once; those that cannot be seen or that mislead are
/// named one by one with their position, counted from 1.
pub(crate) fn cure(raw: &str, bad: &[(usize, char)]) -> String {
    let length = raw.chars().count();
    let mut plain: Vec<String> = Vec::new();
    let mut odd = Vec::new();
    let mut retype = Vec::new();
    for &(at, c) in bad {
        let position = at + 1;
        let name = describe(c);
        if look_alike(c).is_some() {
            retype.push(format!("character {position} ({name})"));
        } else if c.is_ascii_graphic() {
            if !plain.contains(&name) {
                plain.push(name);
            }
        } else if c.is_whitespace() || c.is_control() || is_invisible(c) {
            let place = match at {
                0 => "leading ",
                _ if position == length => "trailing ",
                _ => "",
            };
            odd.push(format!("the {place}{name} (character {position})"));
        } else {
            odd.push(format!("the {name} (character {position})"));
        }
    }
    plain.append(&mut odd);
    match (plain.is_empty(), retype.is_empty()) {
        (false, true) => format!("Remove {} from", list(plain, "and")),
        (true, _) => format!("Retype {} in", list(retype, "and")),
        (false, false) => {
            format!(
                "Remove {} from, and retype {} in",
                list(plain, "and"),
                list(retype, "and")
            )
        }
    }
}

/// The other reading of a character that is often misread.
pub(crate) fn swapped(c: char) -> Option<char> {
    match c {
        'O' | 'o' => Some('0'),
        '0' => Some('O'),
        'I' | 'l' => Some('1'),
        '1' => Some('I'),
        _ => None,
    }
}

pub(crate) fn called(c: char) -> String {
    match c {
        '0' => "the digit nought".into(),
        '1' => "the digit one".into(),
        'l' => "a small letter L".into(),
        other => format!("the letter {other}"),
    }
}
