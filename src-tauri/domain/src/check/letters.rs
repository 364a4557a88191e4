//! Names of characters, for people who cannot see what is wrong with a text.
//!
//! No table of all of Unicode: the ones shops really meet have a name, the others get
//! their script or their code point. Whether a character is allowed is not decided here.

/// The plain letter or digit that `c` is easily taken for: Cyrillic and Greek capitals
/// and small letters, full-width letters and digits.
pub(crate) fn look_alike(c: char) -> Option<char> {
    const PAIRS: &[(char, char)] = &[
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('У', 'Y'),
        ('Х', 'X'),
        ('І', 'I'),
        ('Ј', 'J'),
        ('Ѕ', 'S'),
        ('Ү', 'Y'),
        ('З', '3'),
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('у', 'y'),
        ('х', 'x'),
        ('і', 'i'),
        ('ј', 'j'),
        ('ѕ', 's'),
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ζ', 'Z'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Υ', 'Y'),
        ('Χ', 'X'),
        ('ο', 'o'),
        ('ν', 'v'),
    ];
    let full_width = u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32);
    full_width
        .filter(|&plain| ('\u{FF01}'..='\u{FF5E}').contains(&c) && plain.is_ascii_alphanumeric())
        .or_else(|| {
            PAIRS
                .iter()
                .find(|&&(odd, _)| odd == c)
                .map(|&(_, plain)| plain)
        })
}

/// Marks of writing direction, joiners and the like: they take no room on a screen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

/// What to call `c` in a sentence: `non-breaking blank`, `“-”`, `Cyrillic letter “М”
/// U+041C, which looks like M`.
pub(crate) fn describe(c: char) -> String {
    if let Some(name) = name_of_blank(c) {
        return name.into();
    }
    let code = u32::from(c);
    if c.is_control() {
        return format!("control character U+{code:04X}");
    }
    if is_invisible(c) {
        return format!("invisible character U+{code:04X}");
    }
    if c.is_whitespace() {
        return format!("odd blank U+{code:04X}");
    }
    if c.is_ascii() {
        return format!("“{c}”");
    }
    let sort = script(c);
    match look_alike(c) {
        Some(plain) => format!("{sort} “{c}” U+{code:04X}, which looks like {plain}"),
        None => format!("{sort} “{c}” U+{code:04X}"),
    }
}

fn name_of_blank(c: char) -> Option<&'static str> {
    Some(match c {
        ' ' => "blank",
        '\t' => "tab",
        '\n' => "line break",
        '\r' => "carriage return",
        '\u{A0}' => "non-breaking blank",
        '\u{202F}' => "narrow non-breaking blank",
        '\u{3000}' => "full-width blank",
        '\u{200B}' => "zero-width blank",
        _ => return None,
    })
}

fn script(c: char) -> &'static str {
    match u32::from(c) {
        0x00C0..=0x024F | 0x1E00..=0x1EFF if c.is_alphabetic() => "letter",
        0x0300..=0x036F => "loose accent",
        0x0370..=0x03FF | 0x1F00..=0x1FFF => "Greek letter",
        0x0400..=0x052F => "Cyrillic letter",
        0x0590..=0x05FF => "Hebrew letter",
        0x0600..=0x06FF | 0x0750..=0x077F => "Arabic letter",
        0x0900..=0x097F => "Devanagari letter",
        0x0E00..=0x0E7F => "Thai letter",
        0x3040..=0x30FF => "Japanese letter",
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x2_0000..=0x3_FFFF => "Chinese character",
        0xAC00..=0xD7AF | 0x1100..=0x11FF => "Korean letter",
        0xFF10..=0xFF19 => "full-width digit",
        0xFF00..=0xFFEF => "full-width character",
        0x2600..=0x27BF | 0x1_F000..=0x1_FAFF => "emoji",
        _ => "character",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(describe('\u{A0}'), "non-breaking blank");
        assert_eq!(describe('\t'), "tab");
        assert_eq!(describe('\u{7}'), "control character U+0007");
        assert_eq!(describe('\u{200E}'), "invisible character U+200E");
    }

    #[test]
    fn a_look_alike_is_named_with_what_it_looks_like() {
        assert_eq!(
            describe('М'),
            "Cyrillic letter “М” U+041C, which looks like M"
        );
        assert_eq!(
            describe('７'),
            "full-width digit “７” U+FF17, which looks like 7"
        );
        assert_eq!(look_alike('Ｂ'), Some('B'));
        assert_eq!(
            look_alike('M'),
            None,
            "a plain letter is no look-alike of itself"
        );
    }

    #[test]
    fn the_rest_has_its_script_and_code_point() {
        assert_eq!(describe('😀'), "emoji “😀” U+1F600");
        assert_eq!(describe('北'), "Chinese character “北” U+5317");
        assert_eq!(describe('ő'), "letter “ő” U+0151");
        assert_eq!(describe('-'), "“-”");
    }
}
