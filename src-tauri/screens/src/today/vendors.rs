//! How each vendor answers, and the calls of the last minute by what they were for. Silence
//! is never shown as health.

use chrono::{DateTime, Duration, Utc};
use engine::views::{Views, time};
use store::{Answers, VendorRow as Health};
use vendor::{Lane, Usage};

use crate::shapes::{Calls, CallsBy, Tone, UiError, VendorKind, VendorRow};
use crate::text::{clock, counted, milliseconds, span};

/// A call under way for so long is waited for in vain, as far as anybody can see.
const UNANSWERED_SECONDS: i64 = 30;
/// Calls older than this were made before the program was last stopped.
const UNANSWERED_AT_MOST_SECONDS: i64 = 300;
/// With no answer for so long nothing is known of a vendor.
const QUIET_SECONDS: i64 = 90;

/// The calls to Cin7 of the last minute.
pub(super) fn calls(look: &Views<'_>) -> Result<Calls, UiError> {
    let lanes = look
        .reading
        .calls_by_lane("cin7", look.now - Duration::seconds(60))?;
    let of = |lane: Option<Lane>| -> u32 {
        lanes
            .iter()
            .filter(|(word, _)| Lane::from_word(word) == lane)
            .map(|(_, count)| count)
            .sum()
    };
    let limit = u32::try_from(look.settings.whole("limits.cin7_calls_per_minute")).unwrap_or(60);
    Ok(by_lane(limit, of))
}

/// The calls that count at this moment by the clock Cin7 counts by: in practice the world's
/// time is another one, and the store tells time in the world's.
pub fn metered(usage: &Usage) -> Calls {
    let of = |lane: Option<Lane>| {
        let begun = usage.by_lane.iter().find(|(known, _)| Some(*known) == lane);
        begun.map_or(0, |(_, count)| *count)
    };
    by_lane(usage.limit, of)
}

fn by_lane(limit: u32, of: impl Fn(Option<Lane>) -> u32) -> Calls {
    let title = |lane: Option<Lane>| match lane {
        Some(Lane::Orders) => "Orders",
        Some(Lane::Despatches) => "Despatches",
        Some(Lane::Stock) => "Stock",
        Some(Lane::Reconciliation) => "Reconciliation",
        Some(Lane::Background) => "Products and lists",
        None => "Other",
    };
    let by: Vec<CallsBy> = Lane::ALL
        .into_iter()
        .map(Some)
        .chain([None])
        .map(|lane| CallsBy {
            title: title(lane).into(),
            count: of(lane),
        })
        .filter(|part| part.count > 0)
        .collect();
    Calls {
        used: by.iter().map(|part| part.count).sum(),
        limit,
        by,
    }
}

/// Both vendors.
pub(super) fn rows(look: &Views<'_>) -> Result<Vec<VendorRow>, UiError> {
    Ok(vec![
        row(look, VendorKind::Cin7, "cin7")?,
        row(look, VendorKind::Whistl, "whistl")?,
    ])
}

/// How a vendor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    NotSetUp,
    Answers,
    /// It was asked, and has not answered since then.
    Silent(Option<DateTime<Utc>>),
    /// It has not been asked for longer than is usual.
    NotAsked,
    RefusesTheKey,
    AskedUsToWait(DateTime<Utc>),
}

fn row(look: &Views<'_>, kind: VendorKind, word: &'static str) -> Result<VendorRow, UiError> {
    let health = look.reading.vendor(word)?;
    let state = state(look, word, &health)?;
    let hour = look.reading.answers(word, look.now - Duration::hours(1))?;
    let (tone, told, detail) = words(look, &state, &health);
    Ok(VendorRow {
        vendor: kind,
        name: engine::words::vendor(word).into(),
        tone,
        state: told.into(),
        last_good: health.last_good.map(time),
        detail,
        error_rate: error_rate(&hour),
        slow: slow(&hour),
    })
}

fn state(look: &Views<'_>, word: &str, health: &Health) -> Result<State, UiError> {
    let now = look.now;
    if !health.stopped.is_empty() {
        return Ok(State::RefusesTheKey);
    }
    if health.failures > 0 {
        return Ok(State::Silent(health.last_good.or(health.failing_since)));
    }
    if let Some(until) = health.paused_until.filter(|until| *until > now) {
        return Ok(State::AskedUsToWait(until));
    }
    let heard = health.last_good.max(health.last_bad);
    let asked_in_vain = look
        .reading
        .recent_calls(word, now - Duration::seconds(UNANSWERED_AT_MOST_SECONDS))?
        .into_iter()
        .find(|begun| heard.is_none_or(|heard| *begun > heard));
    if asked_in_vain.is_some_and(|begun| now - begun >= Duration::seconds(UNANSWERED_SECONDS)) {
        return Ok(State::Silent(health.last_good));
    }
    let Some(good) = health.last_good else {
        return Ok(State::NotSetUp);
    };
    let usual = look.settings.whole(if word == "cin7" {
        "schedule.orders"
    } else {
        "schedule.events"
    });
    let quiet = Duration::seconds((usual * 2 + 30).max(QUIET_SECONDS));
    Ok(if now - good > quiet {
        State::NotAsked
    } else {
        State::Answers
    })
}

fn words(look: &Views<'_>, state: &State, health: &Health) -> (Tone, &'static str, String) {
    let (now, zone) = (look.now, look.settings.zone());
    match state {
        State::NotSetUp => (
            Tone::Plain,
            "not set up",
            "Connect it under Settings.".into(),
        ),
        State::Answers => (Tone::Ok, "answers", String::new()),
        State::RefusesTheKey => (
            Tone::Stop,
            "refuses the key",
            "Nothing is asked until a valid key is entered under Settings, Connections.".into(),
        ),
        State::AskedUsToWait(until) => (
            Tone::Info,
            "asked us to wait",
            format!("Goes on by itself at {}.", clock(*until, now, zone)),
        ),
        State::NotAsked => (
            Tone::Warn,
            "not asked of late",
            "It should have been asked by now; what is shown may be old.".into(),
        ),
        State::Silent(since) => {
            let long = Duration::minutes(look.settings.whole("alerts.silence_minutes"));
            let failing = health.failing_since.or(*since);
            let tone = if failing.is_some_and(|at| now - at >= long) {
                Tone::Stop
            } else {
                Tone::Warn
            };
            let detail = match (since, health.paused_until.filter(|until| *until > now)) {
                (_, Some(until)) => format!(
                    "Tried again at {}; it goes on by itself when it answers.",
                    clock(until, now, zone)
                ),
                (Some(since), None) => format!(
                    "No answer for {}. It is tried again by itself.",
                    span(now - *since)
                ),
                (None, None) => "It has never answered. It is tried again by itself.".into(),
            };
            (tone, "no answer since", detail)
        }
    }
}

fn error_rate(hour: &Answers) -> String {
    match (hour.calls, hour.failed, hour.busy) {
        (0, _, _) => "no calls in the last hour".into(),
        (calls, 0, 0) => format!("none of {} failed", counted(calls, "call", "calls")),
        (calls, failed, 0) => format!("{failed} of {} failed", counted(calls, "call", "calls")),
        (calls, failed, busy) => format!(
            "{failed} of {} failed, {busy} put off by its limit",
            counted(calls, "call", "calls")
        ),
    }
}

fn slow(hour: &Answers) -> String {
    if hour.calls == 0 {
        return String::new();
    }
    format!(
        "{} on average, {} at most",
        milliseconds(hour.took_ms / u64::from(hour.calls)),
        milliseconds(hour.worst_ms)
    )
}
