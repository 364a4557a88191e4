//! Days, months and moments as people type them, in the merchant's zone.

use chrono::{DateTime, NaiveDate, Utc};
use engine::finance::month_days;
use engine::views::Views;

use crate::exit::Exit;

/// A day as people write it in files: 2026-11-24.
pub(super) fn day(field: &str, text: &str) -> Result<NaiveDate, Exit> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
        Exit::field(
            "day_invalid",
            field,
            format!("“{text}” is not a day such as 2026-11-24."),
        )
    })
}

/// The first and the last day of a month such as 2026-10.
pub(super) fn month(text: &str) -> Result<(NaiveDate, NaiveDate), Exit> {
    month_days(text).ok_or_else(|| {
        Exit::field(
            "month_invalid",
            "MONTH",
            format!("“{text}” is not a month such as 2026-10."),
        )
    })
}

/// A span of days; without a last one the first alone.
pub(super) fn span(from: &str, to: Option<&str>) -> Result<(NaiveDate, NaiveDate), Exit> {
    let first = day("--from", from)?;
    let last = to.map(|to| day("--to", to)).transpose()?;
    Ok((first, last.unwrap_or(first)))
}

/// The moment itself, or the last of a day; now without either.
pub(super) fn moment(text: Option<&str>, views: &Views<'_>) -> Result<DateTime<Utc>, Exit> {
    let Some(text) = text else {
        return Ok(views.now);
    };
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.with_timezone(&Utc));
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
        Exit::field(
            "time_invalid",
            "--at",
            format!(
                "“{text}” is neither a day such as 2026-10-31 nor a time such as 2026-10-31T18:00:00Z."
            ),
        )
    })?;
    Ok(views.end_of(date))
}
