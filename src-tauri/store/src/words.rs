//! Words by which a person looks for an order: how they are made the same on both sides,
//! when a sale is stored and when someone types. Pure; hashing them is the seal's business.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most words kept of one sale, so that a pasted novel does not fill the index.
const MOST: usize = 64;
/// Longest text that is searched by its beginning.
pub(crate) const LONGEST_TEXT: usize = 64;

/// The words to keep of one sale's texts, each once.
pub(crate) fn to_keep(texts: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = texts.iter().flat_map(|text| words_of(text)).collect();
    kept.sort();
    kept.dedup();
    kept.truncate(MOST);
    kept
}

fn words_of(text: &str) -> Vec<String> {
    let folded = fold(text);
    let digits = digits_of(&folded);
    let mut words = if is_phone(&folded, &digits) {
        phone_words(&digits)
    } else {
        Vec::new()
    };
    for chunk in folded.split_whitespace() {
        let digits = digits_of(chunk);
        if is_mail(chunk) {
            words.push(chunk.to_owned());
        } else if is_phone(chunk, &digits) {
            words.extend(phone_words(&digits));
        } else {
            words.extend(parts(chunk));
        }
    }
    // A postcode is looked for with its blank and without.
    let parts = parts(&folded);
    let joined: String = parts.concat();
    if parts.len() > 1 && joined.len() <= 10 && joined.contains(|c: char| c.is_ascii_digit()) {
        words.push(joined);
    }
    let chunks: Vec<&str> = folded.split_whitespace().collect();
    let pairs = chunks.windows(2).filter_map(|pair| match pair {
        [outward, inward] if is_postcode(outward, inward) => Some(format!("{outward}{inward}")),
        _ => None,
    });
    words.extend(pairs);
    words
}

/// One thing asked for: it is found where the clear text begins so, or where all the
/// hashed words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Upper case, for numbers and references.
    pub(crate) text: String,
    /// For names, postcodes, telephone numbers, e-mail.
    pub(crate) words: Vec<String>,
}

/// What a person typed, taken apart: every part must be found.
pub(crate) fn asked(typed: &str) -> Vec<Asked> {
    let typed = typed.trim();
    let digits = digits_of(typed);
    // A telephone number typed with blanks is one thing.
    if is_phone(typed, &digits) && typed.contains(char::is_whitespace) {
        return vec![one_asked(typed)];
    }
    let mut parts = typed.split_whitespace().peekable();
    let mut asked = Vec::new();
    while let Some(part) = parts.next() {
        // The halves of a postcode are common, the whole of it is rare and quickly found.
        match parts.next_if(|next| is_postcode(part, next)) {
            Some(inward) => asked.push(Asked {
                text: clear(&format!("{part} {inward}")),
                words: vec![fold(part) + &fold(inward)],
            }),
            None => asked.push(one_asked(part)),
        }
    }
    asked
}

/// Whether two words are the halves of a British postcode: an area with a digit, then a
/// digit and two letters.
fn is_postcode(outward: &str, inward: &str) -> bool {
    let (out, inward) = (outward.as_bytes(), inward.as_bytes());
    let area = matches!(out.len(), 2..=4)
        && out.iter().all(u8::is_ascii_alphanumeric)
        && out.first().is_some_and(u8::is_ascii_alphabetic)
        && out.iter().any(u8::is_ascii_digit);
    area && matches!(inward, [digit, rest @ ..] if digit.is_ascii_digit()
        && rest.len() == 2 && rest.iter().all(u8::is_ascii_alphabetic))
}

fn one_asked(part: &str) -> Asked {
    let folded = fold(part);
    let digits = digits_of(&folded);
    let words = if is_phone(&folded, &digits) {
        phone_words(&digits).into_iter().take(1).collect()
    } else {
        folded
            .split_whitespace()
            .flat_map(|chunk| {
                if is_mail(chunk) {
                    vec![chunk.to_owned()]
                } else {
                    parts(chunk)
                }
            })
            .collect()
    };
    Asked {
        text: clear(part),
        words,
    }
}

/// How a number or a reference is kept for searching by its beginning.
pub(crate) fn clear(text: &str) -> String {
    text.trim()
        .to_uppercase()
        .chars()
        .take(LONGEST_TEXT)
        .collect()
}

/// Lower case without accents.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            _ => folded.push(c),
        }
    }
    folded
}

/// Runs of letters and digits; an apostrophe parts nothing.
fn parts(folded: &str) -> Vec<String> {
    folded
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '`'))
        .map(|part| {
            part.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

fn is_mail(chunk: &str) -> bool {
    chunk
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_phone(text: &str, digits: &str) -> bool {
    digits.len() >= 6
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c))
}

/// A number is dialled with and without its country; its last nine digits tell it apart,
/// and six are enough for someone who remembers only its end. The longest first.
fn phone_words(digits: &str) -> Vec<String> {
    let last = |count: usize| {
        digits
            .get(digits.len().saturating_sub(count)..)
            .unwrap_or(digits)
    };
    let mut words = Vec::new();
    if digits.len() >= 9 {
        words.push(format!("phone:{}", last(9)));
    }
    words.push(format!("phone:{}", last(6)));
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(stored: &str, typed: &str) -> bool {
        let kept = to_keep(&[stored.to_owned()]);
        asked(typed)
            .iter()
            .all(|part| !part.words.is_empty() && part.words.iter().all(|word| kept.contains(word)))
    }

    #[test]
    fn a_customer_is_found_however_the_name_is_typed() {
        assert!(finds("Ada Merrow", "merrow"));
        assert!(finds("Ada Merrow", "MERROW ada"));
        assert!(finds("Zoë Brontë-Łukasz", "zoe lukasz"));
        assert!(finds("Siobhán O’Brien", "o'brien"));
        assert!(finds("Jürgen Groß", "gross"));
        assert!(!finds("Ada Merrow", "merr"), "part of a name is no name");
    }

    #[test]
    fn a_postcode_is_found_with_and_without_its_blank_and_by_its_halves() {
        for typed in ["BS1 4ZZ", "bs14zz", "bs1", "4zz"] {
            assert!(finds("BS1 4ZZ", typed), "{typed}");
        }
    }

    #[test]
    fn a_telephone_number_is_found_in_every_way_of_writing_it() {
        for typed in [
            "07700900123",
            "+44 7700 900123",
            "00447700900123",
            "(07700) 900-123",
            "900123",
        ] {
            assert!(finds("+447700900123", typed), "{typed}");
        }
        assert!(!finds("+447700900123", "07700900124"));
    }

    #[test]
    fn an_address_of_electronic_mail_is_one_word() {
        assert!(finds("Ada.Merrow@example.com", "ada.merrow@EXAMPLE.com"));
        assert!(!finds("Ada.Merrow@example.com", "ada.merrow"));
    }

    #[test]
    fn a_postcode_typed_between_names_is_one_thing_and_two_words_are_not() {
        assert_eq!(asked("merrow BS1 4ZZ ada").len(), 3);
        assert_eq!(asked("SO-1 4zz").len(), 2);
        assert!(finds("BS1 4ZZ", "bs1 4zz"));
        assert!(finds("14 Lantern Row, Bristol BS1 4ZZ", "lantern bs1 4zz"));
    }

    #[test]
    fn a_typed_number_is_also_looked_for_by_its_beginning() {
        assert_eq!(asked("so-000")[0].text, "SO-000");
    }

    proptest! {
        #[test]
        fn whatever_was_stored_is_found_by_typing_it(text in "[\\PC]{1,12}( [\\PC]{1,12})?") {
            let kept = to_keep(std::slice::from_ref(&text));
            for part in asked(&text) {
                for word in part.words {
                    prop_assert!(kept.contains(&word), "{word:?} of {text:?} in {kept:?}");
                }
            }
        }
    }
}
