//! Texts as a carrier's label can carry them: Latin-1, no control characters, trimmed,
//! one blank between words (connector contract 2 and LC-17).
//!
//! Only what changes no meaning is put right here: runs of blanks, typographic quotes
//! and dashes, accents typed as two characters, marks that take no room. Anything else
//! is for a person. Which field it is and what is said about it is decided elsewhere.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::letters::is_invisible;

/// A range of characters, `start` included, `end` not.
pub(crate) type Mark = (usize, usize);

/// Whether line breaks and tabs are blanks, as in a note, or faults, as in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// They stand for a blank.
    AreBlanks,
    /// They are control characters like any other.
    AreFaults,
}

/// A text after tidying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tidied {
    /// The text; still has the characters of `bad` in it.
    pub(crate) text: String,
    /// Typographic characters that were written plainly, each once.
    pub(crate) folded: Vec<char>,
    /// What no label can carry: place in the raw text (characters) and character.
    pub(crate) bad: Vec<(usize, char)>,
}

/// Tidies a text.
pub(crate) fn tidy(raw: &str, breaks: Breaks) -> Tidied {
    if raw.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return Tidied {
            text: squeeze(raw),
            ..Tidied::default()
        };
    }
    let mut tidied = Tidied::default();
    walk(raw, breaks, |at, step| match step {
        Step::Fit(c) => tidied.text.push(c),
        Step::Bad(c) => {
            tidied.text.push(c);
            tidied.bad.push((at, c));
        }
        Step::Folded(c) => {
            if !tidied.folded.contains(&c) {
                tidied.folded.push(c);
            }
        }
    });
    tidied
}

/// The part of the raw text that is too much once it is tidied; `None` if all fits.
pub(crate) fn overflow(raw: &str, breaks: Breaks, limit: usize) -> Option<Mark> {
    let mut count = 0;
    let mut first = None;
    let mut last = 0;
    walk(raw, breaks, |at, step| {
        if !matches!(step, Step::Folded(_)) {
            count += 1;
            last = at;
            if count > limit && first.is_none() {
                first = Some(at);
            }
        }
    });
    first.map(|first| (first, last + 1))
}

/// Neighbouring places drawn together into ranges. `places` must ascend.
pub(crate) fn marks_of(places: impl IntoIterator<Item = usize>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for place in places {
        match marks.last_mut() {
            Some((_, end)) if *end == place => *end = place + 1,
            _ => marks.push((place, place + 1)),
        }
    }
    marks
}

/// The whole text as one mark; none for an empty text.
pub(crate) fn whole(text: &str) -> Vec<Mark> {
    match text.chars().count() {
        0 => Vec::new(),
        length => vec![(0, length)],
    }
}

/// At most `limit` characters, ended at a blank where one is in the latter half.
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(limit) else {
        return text;
    };
    let head = &text[..end];
    let at_word = text[end..].starts_with(' ');
    match head.rfind(' ') {
        Some(blank) if !at_word && blank * 2 > head.len() => head[..blank].trim_end(),
        _ => head.trim_end(),
    }
}

enum Step {
    Fit(char),
    Bad(char),
    Folded(char),
}

fn squeeze(raw: &str) -> String {
    let trimmed = raw.trim();
    if !trimmed.contains("  ") {
        return trimmed.to_owned();
    }
    let mut text = String::with_capacity(trimmed.len());
    for word in trimmed.split_ascii_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// Goes through the tidied text character by character, with the place of each in the
/// raw one. A base letter and its loose accents count as one where Latin-1 has it.
fn walk(raw: &str, breaks: Breaks, mut emit: impl FnMut(usize, Step)) {
    let edge = |c: char| c.is_whitespace() || is_invisible(c);
    let start = raw.chars().take_while(|&c| edge(c)).count();
    let mut rest = raw.trim_matches(edge).chars().enumerate().peekable();
    let mut blank = false;
    while let Some((place, c)) = rest.next() {
        let at = start + place;
        if is_blank(c, breaks) {
            blank = true;
            continue;
        }
        if is_invisible(c) {
            emit(at, Step::Folded(c));
            continue;
        }
        if std::mem::take(&mut blank) {
            emit(at - 1, Step::Fit(' '));
        }
        let mut accents = String::new();
        while let Some((_, accent)) = rest.next_if(|&(_, n)| canonical_combining_class(n) != 0) {
            accents.push(accent);
        }
        if accents.is_empty() {
            emit_one(at, c, &mut emit);
        } else {
            emit_accented(at, c, &accents, &mut emit);
        }
    }
}

fn emit_one(at: usize, c: char, emit: &mut impl FnMut(usize, Step)) {
    if is_latin1(c) {
        emit(at, Step::Fit(c));
    } else if let Some(plain) = plainly(c) {
        emit(at, Step::Folded(c));
        for c in plain.chars() {
            emit(at, Step::Fit(c));
        }
    } else {
        emit(at, Step::Bad(c));
    }
}

fn emit_accented(at: usize, base: char, accents: &str, emit: &mut impl FnMut(usize, Step)) {
    let composed = || std::iter::once(base).chain(accents.chars()).nfc();
    if composed().all(is_latin1) {
        composed().for_each(|c| emit(at, Step::Fit(c)));
        return;
    }
    for (offset, c) in std::iter::once(base).chain(accents.chars()).enumerate() {
        emit(at + offset, Step::Bad(c));
    }
}

fn is_blank(c: char, breaks: Breaks) -> bool {
    c.is_whitespace() && (breaks == Breaks::AreBlanks || !c.is_control())
}

fn is_latin1(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..='\u{FF}')
}

/// The plain spelling of typographic characters, as a typewriter would have it.
fn plainly(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' | '″' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        '\u{212B}' => "Å",
        '\u{212A}' => "K",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(raw: &str) -> String {
        let tidied = tidy(raw, Breaks::AreFaults);
        assert_eq!(tidied.bad, [], "{raw:?} was expected to be fit");
        tidied.text
    }

    #[test]
    fn blanks_of_any_sort_become_one_between_words() {
        assert_eq!(plain("  14  Old \u{A0} Road "), "14 Old Road");
        assert_eq!(plain("14  Old   Road"), "14 Old Road");
    }

    #[test]
    fn typographic_marks_are_written_plainly_and_told() {
        let tidied = tidy("St John’s – “The Elms”…", Breaks::AreFaults);
        assert_eq!(tidied.text, "St John's - \"The Elms\"...");
        assert_eq!(tidied.folded, ['’', '–', '“', '”', '…']);
    }

    #[test]
    fn an_accent_typed_as_two_characters_is_one_letter() {
        assert_eq!(plain("Zoe\u{308} Rene\u{301}"), "Zoë René");
    }

    #[test]
    fn an_accent_latin1_lacks_is_marked_with_its_letter() {
        let tidied = tidy("Ko\u{30B}vari", Breaks::AreFaults);
        assert_eq!(marks_of(tidied.bad.iter().map(|&(at, _)| at)), [(1, 3)]);
    }

    #[test]
    fn emoji_and_control_characters_are_found_at_their_place() {
        let tidied = tidy("  Ann 😀\u{7} Lee", Breaks::AreFaults);
        assert_eq!(tidied.bad, [(6, '😀'), (7, '\u{7}')]);
    }

    #[test]
    fn a_line_break_is_a_blank_only_in_a_note() {
        assert_eq!(tidy("ring\r\nbell", Breaks::AreBlanks).text, "ring bell");
        assert_eq!(tidy("ring\nbell", Breaks::AreFaults).bad, [(4, '\n')]);
    }

    #[test]
    fn what_is_too_much_is_marked_in_the_raw_text() {
        assert_eq!(
            overflow("  abc   def ", Breaks::AreFaults, 5),
            Some((9, 11))
        );
        assert_eq!(overflow("abc def", Breaks::AreFaults, 7), None);
    }

    #[test]
    fn a_cut_prefers_the_end_of_a_word() {
        assert_eq!(cut("Ada Merrow of Lantern Row", 14), "Ada Merrow of");
        assert_eq!(cut("Ada Merrow of", 13), "Ada Merrow of");
        assert_eq!(cut("Wolfeschlegelsteinhausen", 5), "Wolfe");
    }

    proptest! {
        #[test]
        fn tidying_twice_is_tidying_once(raw in "[a-zé’“–…e\u{301}o\u{30B} \u{A0}\u{200B}\n]{0,30}") {
            let once = tidy(&raw, Breaks::AreBlanks);
            let twice = tidy(&once.text, Breaks::AreBlanks);
            if once.bad.is_empty() {
                prop_assert_eq!(&twice.text, &once.text);
            }
            prop_assert!(twice.folded.is_empty());
        }

        #[test]
        fn overflow_agrees_with_the_length_of_the_tidied_text(raw in any::<String>(), limit in 0_usize..30) {
            let length = tidy(&raw, Breaks::AreBlanks).text.chars().count();
            let mark = overflow(&raw, Breaks::AreBlanks, limit);
            prop_assert_eq!(mark.is_some(), length > limit);
            if let Some((start, end)) = mark {
                prop_assert!(start < end && end <= raw.chars().count());
            }
        }
    }
}
