//! Small pieces of the sentences that several screens have in common: counts, spans of
//! time, shares. No sentence of a screen's own.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

/// `1 order`, `2 orders`, `1,204 orders`.
pub(crate) fn counted(count: impl Into<i64>, one: &str, more: &str) -> String {
    let count = count.into();
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {more}", grouped(count))
    }
}

/// A whole number with separators.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 {
        format!("−{text}")
    } else {
        text
    }
}

/// `45 s`, `3 min`, `1 h 20 min`, `1 d 3 h`.
pub(crate) fn span(span: Duration) -> String {
    let seconds = span.num_seconds().max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let both = |big: i64, unit: &str, small: i64, small_unit: &str| {
        if small == 0 {
            format!("{big} {unit}")
        } else {
            format!("{big} {unit} {small} {small_unit}")
        }
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => both(hours, "h", minutes % 60, "min"),
        (days, hours, _) => both(days, "d", hours % 24, "h"),
    }
}

/// The same where seconds still count after a minute: `1 min 12 s`.
pub(crate) fn exact_span(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..600 if seconds % 60 != 0 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => span(Duration::seconds(seconds)),
    }
}

/// Milliseconds as people read them: `0.4 s`, `12 s`.
pub(crate) fn milliseconds(ms: u64) -> String {
    if ms < 10_000 {
        format!("{}.{} s", ms / 1_000, ms % 1_000 / 100)
    } else {
        span(Duration::milliseconds(
            i64::try_from(ms).unwrap_or(i64::MAX),
        ))
    }
}

/// How often: `every 30 s`, `every 2 min`, `every hour`, `once a day`.
pub(crate) fn every(interval: Duration) -> String {
    match interval.num_seconds() {
        60 => "every minute".into(),
        3_600 => "every hour".into(),
        86_400 => "once a day".into(),
        _ => format!("every {}", span(interval)),
    }
}

/// `08:00, 12:00 and 16:30`.
pub(crate) fn listed(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A time of day in the merchant's zone, with the day where it is not that of `now`.
pub(crate) fn clock(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (local, today) = (at.with_timezone(&zone), now.with_timezone(&zone));
    if local.date_naive() == today.date_naive() {
        local.format("%H:%M").to_string()
    } else {
        local.format("%-d %b, %H:%M").to_string()
    }
}

/// Whether that is a moment of the merchant's present day.
pub(crate) fn is_today(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> bool {
    at.with_timezone(&zone).date_naive() == now.with_timezone(&zone).date_naive()
}

/// The last day of what ends at that instant, as `1 Dec`; what is no instant as it is.
pub(crate) fn last_day(until: &str, zone: Tz) -> String {
    match until.parse::<DateTime<Utc>>() {
        Ok(until) => (until - Duration::seconds(1))
            .with_timezone(&zone)
            .format("%-d %b")
            .to_string(),
        Err(_) => until.to_owned(),
    }
}

/// A number of calls a minute, where parts of one count.
pub(crate) fn per_minute(calls: f64) -> String {
    if calls < 10.0 {
        let tenths = (calls * 10.0).round() / 10.0;
        number(tenths)
    } else {
        number(calls.round())
    }
}

/// A number without needless decimals.
pub(crate) fn number(number: f64) -> String {
    if (number - number.round()).abs() < 0.05 {
        format!("{number:.0}")
    } else {
        format!("{number:.1}")
    }
}

/// The same with a capital first letter and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let text = engine::words::capital(text.trim());
    if text.ends_with(['.', '?', '!']) {
        text
    } else {
        format!("{text}.")
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_name_their_two_largest_parts() {
        let told = [0, 45, 60, 200, 4_800, 97_200, 86_400].map(|s| span(Duration::seconds(s)));
        assert_eq!(
            told,
            [
                "0 s",
                "45 s",
                "1 min",
                "3 min",
                "1 h 20 min",
                "1 d 3 h",
                "1 d"
            ]
        );
    }

    #[test]
    fn a_minute_and_some_seconds_keep_their_seconds() {
        let told = [48, 60, 72, 600, 4_000].map(exact_span);
        assert_eq!(told, ["48 s", "1 min", "1 min 12 s", "10 min", "1 h 6 min"]);
    }

    #[test]
    fn one_of_a_unit_is_not_counted() {
        let told = [30, 60, 120, 3_600, 5_400, 86_400].map(|s| every(Duration::seconds(s)));
        assert_eq!(
            told,
            [
                "every 30 s",
                "every minute",
                "every 2 min",
                "every hour",
                "every 1 h 30 min",
                "once a day"
            ]
        );
    }

    #[test]
    fn thousands_are_set_apart_and_the_minus_is_a_real_one() {
        assert_eq!(
            (grouped(1_204), grouped(-16)),
            ("1,204".into(), "−16".into())
        );
    }

    #[test]
    fn a_day_is_named_when_it_is_not_today() {
        let now = DateTime::from_timestamp(1_795_521_600, 0).unwrap();
        let zone = chrono_tz::Europe::London;
        assert_eq!(clock(now, now, zone), "12:00");
        let tomorrow = now + Duration::hours(28);
        assert_eq!(clock(tomorrow, now, zone), "25 Nov, 16:00");
    }

    #[test]
    fn lists_end_with_and() {
        let parts = |n: usize| {
            ["a", "b", "c"][..n]
                .iter()
                .map(|p| (*p).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            [1, 2, 3].map(|n| list(&parts(n))),
            ["a", "a and b", "a, b and c"]
        );
    }
}
