//! Times as the warehouse writes them: with an offset, or by its own wall clock. Pure.

use chrono::{DateTime, Datelike, NaiveDateTime, SecondsFormat, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Years a warehouse can mean. A time outside them is no time, and sums with it overflow.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2200;

/// A moment read from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The moment.
    pub(crate) at: DateTime<Utc>,
    /// The text named no zone and its hour comes twice that day, or never: the earlier
    /// reading was taken.
    pub(crate) guessed: bool,
}

/// Reads a time; one without an offset is on the wall clock of `zone`.
pub(crate) fn read(text: &str, zone: Tz) -> Option<Moment> {
    let text = text.trim();
    let zoned = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    if let Ok(zoned) = zoned {
        return YEARS.contains(&zoned.year()).then(|| Moment {
            at: zoned.with_timezone(&Utc),
            guessed: false,
        });
    }
    let naive = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    .filter(|naive| YEARS.contains(&naive.year()))?;
    on_the_wall(naive, zone)
}

fn on_the_wall(naive: NaiveDateTime, zone: Tz) -> Option<Moment> {
    let found = zone.from_local_datetime(&naive);
    if let Some(at) = found.single() {
        return Some(Moment {
            at: at.with_timezone(&Utc),
            guessed: false,
        });
    }
    if let Some(at) = found.earliest() {
        return Some(Moment {
            at: at.with_timezone(&Utc),
            guessed: true,
        });
    }
    // The hour left out in March: read as if the clock had not been put forward.
    let hour = TimeDelta::hours(1);
    let before = naive.checked_sub_signed(hour)?;
    let at = zone
        .from_local_datetime(&before)
        .earliest()?
        .with_timezone(&Utc);
    Some(Moment {
        at: at.checked_add_signed(hour)?,
        guessed: true,
    })
}

/// Writes a moment on the wall clock of `zone`, to the second, with its offset.
pub(crate) fn write(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .to_rfc3339_opts(SecondsFormat::Secs, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london(text: &str) -> (String, bool) {
        let moment = read(text, Tz::Europe__London).unwrap();
        (
            moment.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            moment.guessed,
        )
    }

    #[test]
    fn a_time_with_an_offset_is_taken_at_its_word() {
        assert_eq!(
            london("2026-10-23T16:42:10+01:00"),
            ("2026-10-23T15:42:10Z".into(), false)
        );
        assert_eq!(
            london("2026-10-23T16:42:10Z"),
            ("2026-10-23T16:42:10Z".into(), false)
        );
        assert_eq!(
            london("2026-10-23T16:42:10.25+0100"),
            ("2026-10-23T15:42:10Z".into(), false)
        );
    }

    #[test]
    fn a_time_without_one_is_on_the_warehouses_wall_clock() {
        assert_eq!(
            london("2026-10-23T16:42:10"),
            ("2026-10-23T15:42:10Z".into(), false)
        );
        assert_eq!(
            london("2026-12-01 09:00:00"),
            ("2026-12-01T09:00:00Z".into(), false)
        );
    }

    #[test]
    fn the_hour_that_october_repeats_is_read_as_the_first_and_marked() {
        assert_eq!(
            london("2026-10-25T01:30:00"),
            ("2026-10-25T00:30:00Z".into(), true)
        );
        assert_eq!(
            london("2026-10-25T02:00:00"),
            ("2026-10-25T02:00:00Z".into(), false)
        );
    }

    #[test]
    fn the_hour_that_march_leaves_out_is_marked_too() {
        assert_eq!(
            london("2026-03-29T01:30:00"),
            ("2026-03-29T01:30:00Z".into(), true)
        );
    }

    #[test]
    fn what_is_no_time_is_nothing() {
        for text in [
            "",
            "soon",
            "23/10/2026",
            "2026-10-23",
            "-262143-01-01T00:30:00",
            "0001-01-01T00:00:00Z",
        ] {
            assert_eq!(read(text, Tz::Europe__London), None, "{text}");
        }
    }

    #[test]
    fn our_own_times_carry_the_offset_of_their_season() {
        let summer = Utc.with_ymd_and_hms(2026, 10, 23, 7, 58, 12).unwrap();
        let winter = Utc.with_ymd_and_hms(2026, 11, 23, 7, 58, 12).unwrap();
        assert_eq!(
            write(summer, Tz::Europe__London),
            "2026-10-23T08:58:12+01:00"
        );
        assert_eq!(
            write(winter, Tz::Europe__London),
            "2026-11-23T07:58:12+00:00"
        );
    }
}
