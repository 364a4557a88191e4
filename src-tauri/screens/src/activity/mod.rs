//! Activity: every call and every decision, what was sent and answered, and whether the log
//! is whole.

mod payloads;
mod walk;

use chrono::{Days, NaiveDate};
use engine::views::{Views, time};
use engine::words::{self, capital};
use store::{AdjustmentRow, EntryRow, JournalFilter};

pub use payloads::payloads;

use crate::adjustments;
use crate::lists::midnight;
use crate::order::{by, has_payload, row_of, told, tone_of_entry};
use crate::shapes::{
    ActivityFilter, ActivityKind, ActivityPage, ActivityRow, LogVerified, OutcomeKind, Tone,
    UiError, VendorKind,
};
use crate::text::{grouped, milliseconds, sentence};

/// Entries given at one time at most.
const MOST: u32 = 200;
/// Entries about one stock adjustment at most; of more, the newest.
const LONGEST: u32 = 1_000;

/// Words of entries that are calls, or the answers to what we meant to tell.
const CALLS: [&str; 2] = ["call", "outcome"];
/// Words of entries that say what was decided or meant.
const DECISIONS: [&str; 2] = ["decision", "intention"];
/// Words of entries about what the merchant has set.
const SETTINGS: [&str; 2] = ["setting", "map"];
/// Outcomes of what was tried and did not succeed.
const FAILURES: [&str; 17] = [
    "busy",
    "conflict",
    "failed",
    "missing",
    "no_answer",
    "not_cancelled",
    "outcome_unknown",
    "reference_used_up",
    "refused",
    "rejected",
    "sign_in",
    "stuck",
    "too_late",
    "unclear",
    "unknown_order",
    "unknown_status",
    "unreachable",
];

/// Entries of the log, newest first, below the entry `before`; at most 200. May be fewer
/// than asked for, or none, though there is more: `next` says where to go on.
///
/// # Errors
/// `order_unknown` when there is no order of the number asked for; `day_invalid`; the
/// store's.
pub fn activity(
    look: &Views<'_>,
    filter: &ActivityFilter,
    before: Option<i64>,
    limit: u32,
) -> Result<ActivityPage, UiError> {
    let kinds: &[&str] = match filter.kind {
        ActivityKind::All => &[],
        ActivityKind::Calls => &CALLS,
        ActivityKind::Decisions => &DECISIONS,
        ActivityKind::Settings => &SETTINGS,
    };
    let vendor = filter.vendor.map(vendor_word);
    let wants = |entry: &EntryRow| {
        (kinds.is_empty() || kinds.contains(&entry.kind.as_str()))
            && vendor.is_none_or(|vendor| entry.vendor == vendor)
            && (filter.outcome == OutcomeKind::All || is_failure(entry))
    };
    if let Some(row) = about_stock(look, filter)? {
        let entries = adjustments::about(look, &row, LONGEST)?;
        let mut wanted = entries.iter().filter(|entry| {
            wants(entry)
                && before.is_none_or(|before| entry.id < before)
                && on_day(look, filter, entry)
        });
        let most = usize::try_from(limit.clamp(1, MOST)).unwrap_or_default();
        let rows: Vec<&EntryRow> = wanted.by_ref().take(most).collect();
        return Ok(ActivityPage {
            next: wanted.next().and(rows.last().map(|entry| entry.id)),
            rows: rows.into_iter().map(row_of_entry).collect(),
        });
    }
    let base = base(look, filter, before)?;
    let streams = streams(&base, filter, kinds);
    let found = walk::newest(look, streams, limit.clamp(1, MOST), &wants)?;
    Ok(ActivityPage {
        rows: found.entries.iter().map(row_of_entry).collect(),
        next: found.next,
    })
}

/// The stock adjustment that is asked after, where no order goes by that name.
fn about_stock(
    look: &Views<'_>,
    filter: &ActivityFilter,
) -> Result<Option<AdjustmentRow>, UiError> {
    let find = filter.find.as_deref().map(str::trim).unwrap_or_default();
    if find.is_empty() || look.reading.sale_by_number(find)?.is_some() {
        return Ok(None);
    }
    Ok(look.reading.adjustment(find)?)
}

fn on_day(look: &Views<'_>, filter: &ActivityFilter, entry: &EntryRow) -> bool {
    let day = entry.at.with_timezone(&look.settings.zone()).date_naive();
    filter
        .day
        .as_deref()
        .filter(|wanted| !wanted.is_empty())
        .is_none_or(|wanted| day.to_string() == wanted)
}

/// What every stream of entries must keep to.
fn base(
    look: &Views<'_>,
    filter: &ActivityFilter,
    before: Option<i64>,
) -> Result<JournalFilter, UiError> {
    let find = filter.find.as_deref().map(str::trim);
    let sale = match find.filter(|text| !text.is_empty()) {
        None => None,
        Some(number) => Some(row_of(look, number)?.key),
    };
    let zone = look.settings.zone();
    let day = match filter.day.as_deref().filter(|day| !day.is_empty()) {
        None => None,
        Some(day) => Some(day.parse::<NaiveDate>().map_err(|_| {
            UiError::at(
                "day_invalid",
                "day",
                format!("“{day}” is no day of the calendar."),
            )
        })?),
    };
    let next = day.and_then(|day| day.checked_add_days(Days::new(1)));
    Ok(JournalFilter {
        sale,
        since: day.map(|day| midnight(day, 0, zone)),
        until: next.map(|day| midnight(day, 0, zone)),
        before,
        ..JournalFilter::default()
    })
}

/// Streams that together hold every entry wanted, each as narrow as one index goes: by
/// outcome where only failures are wanted, else by kind.
fn streams(base: &JournalFilter, filter: &ActivityFilter, kinds: &[&str]) -> Vec<JournalFilter> {
    if base.sale.is_some() {
        return vec![base.clone()];
    }
    if filter.outcome == OutcomeKind::Failed {
        return FAILURES
            .iter()
            .map(|outcome| JournalFilter {
                outcome: Some((*outcome).into()),
                ..base.clone()
            })
            .collect();
    }
    if kinds.is_empty() {
        return vec![base.clone()];
    }
    kinds
        .iter()
        .map(|kind| JournalFilter {
            kind: Some((*kind).into()),
            ..base.clone()
        })
        .collect()
}

fn is_failure(entry: &EntryRow) -> bool {
    FAILURES.contains(&entry.outcome.as_str())
}

fn vendor_word(vendor: VendorKind) -> &'static str {
    match vendor {
        VendorKind::Cin7 => "cin7",
        VendorKind::Whistl => "whistl",
    }
}

fn row_of_entry(entry: &EntryRow) -> ActivityRow {
    ActivityRow {
        entry: entry.id,
        at: time(entry.at),
        what: what(entry),
        number: entry.number.clone(),
        who: by(entry),
        outcome: outcome(entry),
        tone: match tone_of_entry(entry) {
            Tone::Plain if is_failure(entry) => Tone::Warn,
            tone => tone,
        },
        duration: match entry.duration_ms {
            0 => String::new(),
            ms => milliseconds(ms),
        },
        attempt: entry.attempt,
        vendor: words::vendor(&entry.vendor).into(),
        has_payload: has_payload(entry),
        text: told(entry),
    }
}

/// What sort of thing an entry is about.
fn what(entry: &EntryRow) -> String {
    let vendor = words::vendor(&entry.vendor);
    match entry.kind.as_str() {
        "call" => format!("Call to {vendor}"),
        "intention" => "To be sent".into(),
        "outcome" => format!("Answer from {vendor}"),
        "decision" if entry.who == "warehouse" => "News from Whistl".into(),
        "decision" => "Decision".into(),
        "setting" => "Setting".into(),
        "map" => "Mapping".into(),
        "gap" => "Time not watched".into(),
        "clearing" => "Masking".into(),
        other => capital(&words::plain(other)),
    }
}

fn outcome(entry: &EntryRow) -> String {
    if entry.outcome.is_empty() {
        return match entry.kind.as_str() {
            "setting" | "map" => "Changed".into(),
            _ => String::new(),
        };
    }
    capital(&words::outcome(&entry.outcome))
}

/// Walks the whole log and says whether every entry is as it was written. Takes seconds on a
/// long one.
///
/// # Errors
/// The store's.
pub fn verify(look: &Views<'_>) -> Result<LogVerified, UiError> {
    Ok(match look.reading.verify()? {
        Ok(found) => LogVerified {
            ok: true,
            text: format!(
                "All {} entries are as they were written.",
                grouped(found.entries)
            ),
        },
        Err(bad) => LogVerified {
            ok: false,
            text: format!(
                "Entry {} is not as it was written: {}",
                grouped(bad.id),
                sentence(&bad.what)
            ),
        },
    })
}
