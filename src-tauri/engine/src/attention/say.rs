//! Puts alerts into the words of notices and journal entries. Nothing of an order's content
//! but its number comes in here (R118).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use store::AlertRow;

use super::alert::{Alert, Level};
use super::card::{Card, Wanted};
use super::desk::Said;
use super::judge::ended;
use super::notice::{Go, Notice, NoticeKind, Urgency};
use super::phrases::{clock, lasted, many, owner};

/// Alerts that a digest names; the rest are counted.
const NAMED: usize = 6;

/// An alert has begun.
pub(super) fn opened(alert: &Alert) -> Said {
    Said {
        operation: "opened",
        alert: alert.id(),
        text: format!("{} · {}", alert.title, owner(alert.owner)),
    }
}

/// An alert has ended.
pub(super) fn closed(row: &AlertRow) -> Said {
    Said {
        operation: "closed",
        alert: super::alert::id(&row.code, &row.subject),
        text: format!("{}; {}", ended(&row.code, &row.subject), it_lasted(row)),
    }
}

fn it_lasted(row: &AlertRow) -> String {
    let how_long = row.lasted().map(lasted).unwrap_or_default();
    format!("it lasted {how_long}")
}

/// A notice of one alert.
pub(super) fn notice(card: &Card, wanted: Wanted, zone: Tz, now: DateTime<Utc>) -> Notice {
    match (&card.live, wanted.kind) {
        (Some(alert), kind) if kind != NoticeKind::AllClear => {
            needs_someone(card, alert, wanted, zone, now)
        }
        _ => all_clear(&card.row, now),
    }
}

fn needs_someone(
    card: &Card,
    alert: &Alert,
    wanted: Wanted,
    zone: Tz,
    now: DateTime<Utc>,
) -> Notice {
    let title = match wanted.kind {
        NoticeKind::Worse if alert.came.is_some() && wanted.new < alert.count => {
            more(alert, wanted.new)
        }
        NoticeKind::Escalated => format!(
            "Nobody has taken this since {}: {}",
            clock(card.row.opened_at, now, zone),
            lower(&alert.title)
        ),
        NoticeKind::CutOff if card.row.noticed > 0 => format!("Still: {}", alert.title),
        _ => alert.title.clone(),
    };
    let mut body = alert.body.clone();
    if wanted.kind == NoticeKind::Escalated {
        if !body.is_empty() {
            body.push('\n');
        }
        body.push_str("Say “I have it” in Stockbridge to stop this.");
    }
    let urgency = match (alert.level, wanted.kind) {
        (_, NoticeKind::Escalated) => Urgency::Critical,
        (Level::Urgent, NoticeKind::CutOff) if card.row.noticed > 0 => Urgency::Critical,
        _ => Urgency::Normal,
    };
    Notice {
        id: String::new(),
        alert: alert.id(),
        kind: wanted.kind,
        urgency,
        title: format!("{title} · {}", owner(alert.owner)),
        body,
        owner: Some(alert.owner),
        go: alert.go.clone(),
        count: alert.count,
        at: now,
    }
}

/// `3 more, now 26 orders held: 20 SKU errors, 6 missing telephones`.
fn more(alert: &Alert, new: i64) -> String {
    format!("{new} more, now {}", lower(&alert.title))
}

/// A sentence that goes on where another stands before it; a name keeps its capital.
fn lower(title: &str) -> String {
    for start in ["Sending ", "Only ", "The ", "This ", "Another "] {
        if title.starts_with(start) {
            let (first, rest) = title.split_at(1);
            return first.to_lowercase() + rest;
        }
    }
    title.to_owned()
}

fn all_clear(row: &AlertRow, now: DateTime<Utc>) -> Notice {
    let lasted = row.lasted().map(lasted).unwrap_or_default();
    Notice {
        id: String::new(),
        alert: super::alert::id(&row.code, &row.subject),
        kind: NoticeKind::AllClear,
        urgency: Urgency::Low,
        title: ended(&row.code, &row.subject),
        body: format!("It lasted {lasted}."),
        owner: None,
        go: Go::today(),
        count: row.peak,
        at: now,
    }
}

/// What came in while it was to be quiet.
pub(super) fn quiet_digest(
    news: &[&Card],
    since: DateTime<Utc>,
    zone: Tz,
    now: DateTime<Utc>,
) -> Notice {
    let open: Vec<&&Card> = news.iter().filter(|card| card.is_open()).collect();
    let over = news.len() - open.len();
    let title = match (open.len(), over) {
        (0, over) => format!(
            "While it was quiet: {}, and over",
            many(whole(over), "thing")
        ),
        (open, _) => format!(
            "While it was quiet: {} {} someone",
            many(whole(open), "thing"),
            if open == 1 { "needs" } else { "need" }
        ),
    };
    let mut lines: Vec<String> = open
        .iter()
        .filter_map(|card| card.live.as_ref())
        .map(|alert| format!("{} · {}", alert.title, owner(alert.owner)))
        .collect();
    lines.extend(news.iter().filter(|card| !card.is_open()).map(|card| {
        format!(
            "Over: {} ({} to {})",
            ended(&card.row.code, &card.row.subject),
            clock(card.row.opened_at, now, zone),
            card.row
                .closed_at
                .map_or_else(String::new, |at| clock(at, now, zone)),
        )
    }));
    let left = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if left > 0 {
        lines.push(format!("And {left} more."));
    }
    lines.push(format!("Quiet since {}.", clock(since, now, zone)));
    let count = open.iter().map(|card| card.row.count).sum();
    Notice {
        id: String::new(),
        alert: String::new(),
        kind: NoticeKind::Digest,
        urgency: if open.is_empty() {
            Urgency::Low
        } else {
            Urgency::Normal
        },
        title,
        body: lines.join("\n"),
        owner: None,
        go: Go::today(),
        count,
        at: now,
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
