//! The street part of an address on the lines a label has (LC-10): as typed where it
//! fits, wrapped between words where it does not, held where no wrapping helps.
//!
//! No word is ever cut, left out or moved past another.

use super::findings::{Field, Findings, office};
use super::text::Breaks;
use crate::{HoldCode, NoteCode, Rules, Sale};

/// The address lines; the first is empty only when a reason was found.
pub(crate) fn lines(sale: &Sale, rules: &Rules, findings: &mut Findings) -> Vec<String> {
    let address = &sale.ship_to;
    let first = Field {
        path: "ShippingAddress.Line1",
        label: "address line 1",
        raw: &address.line1,
    };
    let second = Field {
        path: "ShippingAddress.Line2",
        label: "address line 2",
        raw: &address.line2,
    };
    if first.is_blank() {
        missing(sale, first, findings);
    }
    let typed = [
        first.read(Breaks::AreFaults, findings),
        second.read(Breaks::AreFaults, findings),
    ];
    let width = rules.limits.address_line;
    let most = rules.limits.address_lines;
    let filled = typed.iter().filter(|text| !text.is_empty()).count();
    if filled <= most && typed.iter().all(|text| text.chars().count() <= width) {
        return typed.into_iter().filter(|text| !text.is_empty()).collect();
    }
    if let Some(wrapped) = wrap_both(&typed, width, most) {
        let text = format!(
            "The address was wrapped over {} lines of {width} characters: {}.",
            wrapped.len(),
            wrapped.join(" | ")
        );
        findings.note(NoteCode::AddressWrapped, first.path, text);
        return wrapped;
    }
    too_long([first, second], &typed, width, most, findings);
    typed.into()
}

/// Adds the reason for an empty field of the address. Cin7's screen can show an address
/// that its fields lack (observed): then the owner is told where to look, and nothing
/// is read out of the screen's lines.
pub(crate) fn missing(sale: &Sale, field: Field<'_>, findings: &mut Findings) {
    let label = field.label;
    let on_screen: Vec<&str> = sale
        .ship_to
        .display
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let fix = if on_screen.is_empty() {
        format!("Fill in {label} of the shipping address in Cin7 Core.")
    } else {
        format!(
            "Type {label} into its own field in Cin7 Core: the screen shows “{}”, but the field is \
             empty.",
            on_screen.join(", ")
        )
    };
    let code = HoldCode::AddressIncomplete;
    findings.hold(office(
        code,
        field.path,
        field.raw,
        super::text::whole(field.raw),
        label,
        fix,
    ));
}

/// Each line wrapped by itself, so that what was apart stays apart; failing that, both
/// as one text.
fn wrap_both(typed: &[String; 2], width: usize, most: usize) -> Option<Vec<String>> {
    let apart = || {
        let mut lines = wrap(&typed[0], width)?;
        lines.extend(wrap(&typed[1], width)?);
        (lines.len() <= most).then_some(lines)
    };
    let as_one = || {
        let [first, second] = typed;
        let joint = if first.ends_with(',') { " " } else { ", " };
        let lines = wrap(&format!("{first}{joint}{second}"), width)?;
        (lines.len() <= most).then_some(lines)
    };
    let both = typed.iter().all(|text| !text.is_empty());
    apart().or_else(|| if both { as_one() } else { None })
}

/// Words on lines of at most `width` characters; `None` when a word is longer.
fn wrap(text: &str, width: usize) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let letters = word.chars().count();
        if letters > width {
            return None;
        }
        match lines.last_mut() {
            Some(line) if length + 1 + letters <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + letters;
            }
            _ => {
                lines.push(word.to_owned());
                length = letters;
            }
        }
    }
    Some(lines)
}

fn too_long(
    fields: [Field<'_>; 2],
    typed: &[String; 2],
    width: usize,
    most: usize,
    findings: &mut Findings,
) {
    let mut found = false;
    for (field, text) in fields.iter().zip(typed) {
        let length = text.chars().count();
        if length > width {
            let fix = split_or_shorten(field.label, text, length, width);
            let code = HoldCode::AddressTooLong;
            findings.hold(field.too_long(code, Breaks::AreFaults, length, width, fix));
            found = true;
        }
    }
    if !found {
        let [_, second] = fields;
        let fix = format!(
            "Bring the street address into {most} line(s) of {width} characters in Cin7 Core: more \
             do not fit on the label."
        );
        let expected = format!("at most {most} address line(s) of {width} characters");
        let marks = super::text::whole(second.raw);
        findings.hold(office(
            HoldCode::AddressTooLong,
            second.path,
            second.raw,
            marks,
            expected,
            fix,
        ));
    }
}

fn split_or_shorten(label: &str, text: &str, length: usize, width: usize) -> String {
    let fits = text
        .char_indices()
        .nth(width)
        .map_or(text.len(), |(end, _)| end + 1);
    let head = text.get(..fits).unwrap_or(text);
    match head.rfind(' ') {
        Some(blank) => format!(
            "Split {label} in Cin7 Core ({length} of {width} characters) and shorten what is still \
             too long, for instance “{} | {}”.",
            &text[..blank],
            &text[blank + 1..]
        ),
        None => format!(
            "Shorten {label} in Cin7 Core ({length} of {width} characters): it has no blank to \
             split it at."
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn both(first: &str, second: &str) -> Option<Vec<String>> {
        wrap_both(&[first.into(), second.into()], 35, 3)
    }

    #[test]
    fn a_long_first_line_goes_on_below_and_the_second_stays_apart() {
        let lines = both("14 The Old Malthouse Apartments North Wing", "Quayside");
        assert_eq!(
            lines.unwrap_or_default(),
            ["14 The Old Malthouse Apartments", "North Wing", "Quayside"]
        );
    }

    #[test]
    fn two_long_lines_are_wrapped_as_one_when_only_that_helps() {
        let lines = both(
            "The Old Malthouse Apartments North Wing",
            "14 Riverside Way off Great Lantern Row",
        );
        assert_eq!(
            lines.unwrap_or_default(),
            [
                "The Old Malthouse Apartments North",
                "Wing, 14 Riverside Way off Great",
                "Lantern Row"
            ]
        );
    }

    #[test]
    fn no_wrapping_helps_a_word_longer_than_a_line() {
        assert_eq!(
            both(
                "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
                ""
            ),
            None
        );
    }

    proptest! {
        #[test]
        fn wrapping_keeps_every_word_in_order(text in "[a-z ]{0,120}", width in 1_usize..40) {
            if let Some(lines) = wrap(&text, width) {
                let words: Vec<&str> = text.split_whitespace().collect();
                prop_assert_eq!(lines.join(" "), words.join(" "));
                prop_assert!(lines.iter().all(|line| line.chars().count() <= width));
            }
        }
    }
}
