//! What text for people is written on: how wide it is, what time it is, in which zone.
//! Times and ages are put into words here and nowhere else.

use chrono::{DateTime, Datelike as _, Duration, Utc};
use chrono_tz::Tz;

use crate::output::{Colour, Output};

/// Columns where the terminal does not say.
const WIDTH: usize = 100;

/// See the module's head.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    output: Output,
    /// The merchant's zone.
    pub(crate) zone: Tz,
    /// Now.
    pub(crate) now: DateTime<Utc>,
    /// Columns; long sentences are wrapped to it.
    pub(crate) width: usize,
}

/// How much time there is until something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// “in 3 h”
    In(String),
    /// “missed by 20 min”
    Missed(String),
}

impl Left {
    /// The time is over.
    pub(crate) fn is_missed(&self) -> bool {
        matches!(self, Self::Missed(_))
    }
}

impl Sheet {
    /// A sheet as wide as the terminal says it is.
    pub(crate) fn new(output: Output, zone: Tz, now: DateTime<Utc>) -> Self {
        let width = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok())
            .filter(|columns| (40..=1_000).contains(columns))
            .unwrap_or(WIDTH);
        Self {
            output,
            zone,
            now,
            width,
        }
    }

    /// Text in a colour, on a terminal.
    pub(crate) fn paint(&self, colour: Colour, text: &str) -> String {
        self.output.paint(colour, text)
    }

    /// Whether somebody looks at it; what a program reads is not wrapped.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.output.is_terminal()
    }

    /// `16:00` today, `Wed 25 Nov 16:00` within half a year, else with the year.
    pub(crate) fn time(&self, at: DateTime<Utc>) -> String {
        self.written(at, "%H:%M")
    }

    /// The same with seconds.
    pub(crate) fn time_with_seconds(&self, at: DateTime<Utc>) -> String {
        self.written(at, "%H:%M:%S")
    }

    fn written(&self, at: DateTime<Utc>, clock: &str) -> String {
        let (local, today) = (
            at.with_timezone(&self.zone),
            self.now.with_timezone(&self.zone),
        );
        let clock = local.format(clock);
        if local.date_naive() == today.date_naive() {
            clock.to_string()
        } else if (local.date_naive() - today.date_naive()).num_days().abs() < 180 {
            format!("{} {clock}", local.format("%a %-d %b"))
        } else {
            format!("{} {} {clock}", local.format("%-d %b"), local.year())
        }
    }

    /// A time as the views tell it; anything else is shown as it is.
    pub(crate) fn told(&self, text: &str) -> String {
        instant(text).map_or_else(|| text.to_owned(), |at| self.time(at))
    }

    /// The same with seconds.
    pub(crate) fn told_with_seconds(&self, text: &str) -> String {
        instant(text).map_or_else(|| text.to_owned(), |at| self.time_with_seconds(at))
    }

    /// How long ago: “2 h 10 min”, or nothing for what is no time.
    pub(crate) fn age(&self, text: &str) -> String {
        instant(text).map_or_else(String::new, |at| span(self.now - at))
    }

    /// How much time is left.
    pub(crate) fn left(&self, text: &str) -> Option<Left> {
        let left = instant(text)? - self.now;
        Some(if left < Duration::zero() {
            Left::Missed(format!("missed by {}", span(-left)))
        } else {
            Left::In(format!("in {}", span(left)))
        })
    }

    /// Wrapped to the sheet's width, every line but the first after so many blanks.
    pub(crate) fn wrapped(&self, first: &str, text: &str, indent: usize) -> String {
        let mut out = String::from(first);
        out.push_str(&wrap(
            text,
            self.width.saturating_sub(indent).max(30),
            indent,
        ));
        out.push('\n');
        out
    }
}

/// A time as the views write it.
pub(crate) fn instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .ok()
        .map(|at| at.with_timezone(&Utc))
}

/// “40 s”, “20 min”, “2 h 10 min”, “3 days”. Two parts where the second says something.
pub(crate) fn span(how_long: Duration) -> String {
    const WEEK: i64 = 7 * 86_400;
    let seconds = how_long.num_seconds().max(0);
    engine::words::span(match seconds {
        ..300 => seconds,
        300..WEEK => seconds - seconds % 60,
        WEEK.. => seconds - seconds % 86_400,
    })
}

/// Breaks at blanks; a word longer than a line stays whole, so that it can be copied.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::fixtures::{at, sheet};

    #[test]
    fn a_time_is_short_and_in_the_merchants_zone() {
        let mut sheet = sheet();
        assert_eq!(sheet.told("2026-07-01T15:00:00Z"), "Wed 1 Jul 16:00");
        assert_eq!(sheet.told("2026-11-25T16:00:00Z"), "16:00");
        assert_eq!(sheet.told("2026-11-24T16:00:00Z"), "Tue 24 Nov 16:00");
        assert_eq!(sheet.told("2024-02-29T09:05:00Z"), "29 Feb 2024 09:05");
        assert_eq!(sheet.told("soon"), "soon");
        sheet.zone = chrono_tz::Australia::Sydney;
        assert_eq!(sheet.told("2026-11-25T16:00:00Z"), "Thu 26 Nov 03:00");
    }

    #[test]
    fn an_age_has_two_parts_at_most() {
        let told: Vec<String> = [0, 40, 75, 1_200, 7_800, 7_200, 100_800, 1_000_000]
            .map(|seconds| span(Duration::seconds(seconds)))
            .to_vec();
        let wanted = [
            "0 s",
            "40 s",
            "1 min 15 s",
            "20 min",
            "2 h 10 min",
            "2 h",
            "1 day 4 h",
            "11 days",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn what_is_left_says_when_it_is_missed() {
        let sheet = sheet();
        assert_eq!(
            sheet.left("2026-11-25T16:00:00Z"),
            Some(Left::In("in 4 h".into()))
        );
        assert_eq!(
            sheet.left("2026-11-25T11:40:00Z"),
            Some(Left::Missed("missed by 20 min".into()))
        );
        assert_eq!(at("2026-11-25T12:00:00Z"), sheet.now);
    }

    #[test]
    fn long_text_is_broken_at_blanks_and_long_words_are_kept() {
        assert_eq!(wrap("one two three four", 9, 2), "one two\n  three\n  four");
        assert_eq!(
            wrap("https://a.very.long/address", 9, 2),
            "https://a.very.long/address"
        );
    }
}
