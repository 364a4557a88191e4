//! What is printed, and in which colour; colour only on a terminal.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// Colours with a meaning.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Colour {
    /// Needs someone.
    Stop,
    /// As it should be.
    Ok,
    /// Look at it.
    Warn,
    /// Less important.
    Dim,
    /// A heading.
    Bold,
}

impl Colour {
    fn code(self) -> &'static str {
        match self {
            Self::Stop => "31",
            Self::Ok => "32",
            Self::Warn => "33",
            Self::Dim => "2",
            Self::Bold => "1",
        }
    }
}

/// One line on standard output. A closed pipe is the reader's choice, not a fault.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// The text in a colour, on a terminal.
pub(crate) fn paint(colour: Colour, text: &str) -> String {
    let wanted = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    if wanted {
        format!("\x1b[{}m{text}\x1b[0m", colour.code())
    } else {
        text.to_owned()
    }
}

/// A heading.
pub(crate) fn heading(text: &str) {
    line("");
    line(&paint(Colour::Bold, text));
}

/// The last line of a command that failed, on standard error.
pub(crate) fn failed(text: &str) {
    let _ = std::io::stdout().flush();
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "\n{text}");
}

/// Time since `start`, for people: `8 s`, `3 min 05 s`.
pub(crate) fn since(start: Instant) -> String {
    in_words(start.elapsed())
}

fn in_words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A table with aligned columns; the last column is not padded.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut printed = String::new();
        for (column, cell) in row.iter().enumerate() {
            printed.push_str(cell);
            let pad = widths[column].saturating_sub(cell.chars().count()) + 2;
            printed.extend(std::iter::repeat_n(' ', pad));
        }
        text.push_str(printed.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_minutes_from_the_first_minute_on() {
        assert_eq!(in_words(Duration::from_secs(8)), "8 s");
        assert_eq!(in_words(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn columns_line_up_by_characters_not_bytes() {
        let rows = [["£1", "a"], ["held", "b"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "£1    a\nheld  b\n");
    }
}
