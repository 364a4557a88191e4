//! Today: the figures, what needs someone, the schedule, the calls, how vendors answer.

mod figures;
mod lines;
mod schedule;
mod vendors;

use chrono::{DateTime, Duration, Utc};
use engine::views::{StatusView, Views, time};

use crate::needs::{Sources, needs};
use crate::shapes::{Gap, Latency, Mode, Paused, Sent, SentHour, TodayView, UiError};
use crate::text::{clock, exact_span};

pub use self::vendors::metered;
pub use crate::needs::{alert_of, go};

/// Hours of the chart.
const HOURS: i64 = 24;

/// What Today shows. Costs the same however many orders there are.
///
/// # Errors
/// The store's.
pub fn today(look: &Views<'_>) -> Result<TodayView, UiError> {
    let status = look.status()?;
    let counts = look.reading.needs()?;
    let put_off: i64 = sum(counts.iter().filter(|need| need.put_off));
    let in_need: i64 = sum(counts.iter().filter(|need| !need.put_off));
    let schedule = schedule::rows(look, &status)?;
    let sources = Sources {
        look,
        counts: &counts,
        alerts: &status.alerts,
        taken: &status.attention,
    };
    Ok(TodayView {
        as_of: time(look.now),
        zone: look.settings.zone().name().to_owned(),
        mode: if look.settings.is_live() {
            Mode::Live
        } else {
            Mode::LookOnly
        },
        paused: status.paused.as_ref().map(|pause| Paused {
            by: who(&pause.by).to_owned(),
            why: pause.why.clone(),
            since: pause.since.clone(),
        }),
        figures: figures::figures(look, &status, &counts)?,
        needs: needs(&sources)?,
        checked: look.reading.cursor("sales")?.map(|mark| time(mark.at)),
        schedule,
        calls: vendors::calls(look)?,
        sent: sent(look)?,
        vendors: vendors::rows(look)?,
        gaps: gaps(look)?,
        latency: latency(&status, look.now),
        needs_you: count(in_need),
        confirmations_need_you: u32::try_from(status.confirmations.exceptions).unwrap_or(u32::MAX),
        drift: crate::drift::today(look)?,
        lines: lines::lines(look, &status),
        adjustments_need_you: crate::adjustments::need_you(look)?,
        put_off: count(put_off),
    })
}

fn sum<'a>(needs: impl Iterator<Item = &'a store::NeedCount>) -> i64 {
    needs
        .filter(|need| need.state.is_some())
        .map(|need| need.count)
        .sum()
}

/// A count as the page takes it.
fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// Who paused, in words.
fn who(by: &str) -> &str {
    if by.starts_with("auto") {
        "Stockbridge itself"
    } else {
        by
    }
}

/// Orders accepted in each of the last 24 hours, the present one included; hours without
/// any are there too.
fn sent(look: &Views<'_>) -> Result<Sent, UiError> {
    let hour_ms = Duration::hours(1).num_milliseconds();
    let this_hour = look.now.timestamp_millis().div_euclid(hour_ms);
    let begins = |hour: i64| DateTime::<Utc>::from_timestamp_millis(hour * hour_ms);
    let first = this_hour - HOURS + 1;
    let from = begins(first).unwrap_or(look.now);
    let quarters = look.reading.accepted(from, look.now)?;
    let hours: Vec<SentHour> = (first..=this_hour)
        .filter_map(|hour| Some((hour, begins(hour)?)))
        .map(|(hour, at)| SentHour {
            from: time(at),
            count: quarters
                .iter()
                .filter(|(quarter, _)| quarter.timestamp_millis().div_euclid(hour_ms) == hour)
                .map(|(_, count)| count)
                .sum(),
        })
        .collect();
    Ok(Sent {
        total: hours.iter().map(|hour| hour.count).sum(),
        hours,
    })
}

/// Times of the last day in which nothing was done.
fn gaps(look: &Views<'_>) -> Result<Vec<Gap>, UiError> {
    let zone = look.settings.zone();
    let gaps = look.reading.gaps(look.now - Duration::hours(HOURS))?;
    Ok(gaps
        .into_iter()
        .rev()
        .map(|gap| {
            let was = match gap.cause.as_str() {
                "asleep" => "This computer was asleep",
                "offline" => "This computer was offline",
                _ => "Stockbridge was off",
            };
            Gap {
                text: format!(
                    "{was} from {} to {}; nothing was sent in between.",
                    clock(gap.from, look.now, zone),
                    clock(gap.to, look.now, zone)
                ),
                from: time(gap.from),
                to: time(gap.to),
            }
        })
        .collect())
}

/// How long orders accepted today took; none before the first.
fn latency(status: &StatusView, now: DateTime<Utc>) -> Option<Latency> {
    let today = now.date_naive().to_string();
    let day = status.latency.iter().find(|day| day.day == today)?;
    let span = |seconds: u64| exact_span(i64::try_from(seconds).unwrap_or(i64::MAX));
    Some(Latency {
        median: span(day.median_seconds),
        p95: span(day.p95_seconds),
        worst: exact_span(day.worst_seconds),
        count: count(day.count),
    })
}
