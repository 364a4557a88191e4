//! Text made safe for where it stands: in a page, in a spreadsheet's cell, in the block for
//! machines.

use serde::Serialize;

/// The mark by which a spreadsheet knows that a file is UTF-8, without which it takes a pound
/// sign for two letters.
pub(crate) const CSV_MARK: &str = "\u{feff}";

/// Text inside an element or a quoted attribute.
pub(crate) fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Control characters have no place in a page, and some end a line of text.
            other if other.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// A cell of a CSV file, quoted. What a spreadsheet would take for a formula begins with an
/// apostrophe, which shows it as the text it is.
pub(crate) fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 2);
    safe.push('"');
    // A spreadsheet may look past blanks and signs nobody sees.
    let first = text
        .chars()
        .find(|letter| !letter.is_whitespace() && !is_unseen(*letter));
    let begins_odd = text.starts_with(|letter: char| letter.is_control());
    if begins_odd || first.is_some_and(starts_a_formula) {
        safe.push('\'');
    }
    for letter in text.chars() {
        match letter {
            '"' => safe.push_str("\"\""),
            other if other.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe.push('"');
    safe
}

/// The signs that begin a formula, and their full-width twins.
fn starts_a_formula(letter: char) -> bool {
    matches!(
        letter,
        '=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
    )
}

fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{feff}' | '\u{200b}'..='\u{200f}')
}

/// A row of a CSV file, its end with it. A plain number stays one, below nothing too, so that
/// a spreadsheet adds it up; all else is made safe.
pub(crate) fn csv_row<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|text| match text.as_ref() {
            number if is_plain_number(number) => format!("\"{number}\""),
            other => cell(other),
        })
        .collect();
    format!("{}\r\n", cells.join(","))
}

/// A CSV file: its heads, then its rows.
pub(crate) fn csv_table<T: AsRef<str>>(
    heads: &[&str],
    rows: impl IntoIterator<Item = impl AsRef<[T]>>,
) -> String {
    let mut table = format!("{CSV_MARK}{}", csv_row(heads));
    for row in rows {
        table.push_str(&csv_row(row.as_ref()));
    }
    table
}

/// Digits with at most one point among them and at most one minus before them, short enough
/// for a spreadsheet to keep all of them: a longer one is a barcode, not a quantity.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let leads_with_zero = whole.len() > 1 && whole.starts_with('0');
    are_digits(whole) && are_digits(rest) && !leads_with_zero && text.len() <= 15
}

/// Facts for machines: JSON on one line, which cannot end the element it stands in.
pub(crate) fn for_machines<T: Serialize>(facts: &T) -> String {
    let json = serde_json::to_string(facts).unwrap_or_default();
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            // Inside a JSON text these stand in strings alone.
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_shown_as_text() {
        for (text, wanted) in [
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("+44 113 496", "\"'+44 113 496\""),
            ("-3", "\"'-3\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("  =1+1", "\"'  =1+1\""),
            ("\t=1+1", "\"' =1+1\""),
            ("\u{ff1d}1+1", "\"'\u{ff1d}1+1\""),
            ("TEAPOT04", "\"TEAPOT04\""),
            ("say \"hi\",\nthere", "\"say \"\"hi\"\", there\""),
        ] {
            assert_eq!(cell(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_number_stays_a_number_and_what_only_looks_like_one_stays_text() {
        let cells = [
            "-18",
            "4.25",
            "0",
            "=1+1",
            "-1-1",
            "007",
            "5000000000000013",
            "6\" mug",
        ];
        let wanted = [
            "\"-18\"",
            "\"4.25\"",
            "\"0\"",
            "\"'=1+1\"",
            "\"'-1-1\"",
            "\"007\"",
            "\"5000000000000013\"",
            "\"6\"\" mug\"",
        ];
        assert_eq!(csv_row(&cells), format!("{}\r\n", wanted.join(",")));
    }

    #[test]
    fn no_text_ends_the_element_it_stands_in() {
        let hostile = "</script><img src=x onerror=\"alert('1')\">&\u{2028}";
        assert_eq!(
            html(hostile),
            "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;\u{2028}"
        );
        let block = for_machines(&hostile);
        assert!(!block.contains(['<', '>', '&', '\u{2028}']), "{block}");
        let back: String = serde_json::from_str(&block).unwrap();
        assert_eq!(back, hostile);
    }
}
