//! The figures on top: the tabs of the orders and what Cin7 Core is still to be told of, each
//! opening just what it counts.

use chrono::{DateTime, Duration, Utc};
use engine::views::{StatusView, Views, time};
use store::{NeedCount, OrderState, Tab as Under};

use crate::needs::{Part, go_drift, go_tab, go_told};
use crate::shapes::{ConfirmationTab, Figure, Tab, Tone, UiError};
use crate::text::{clock, grouped, span};

/// An order due for so long is told by how long it has waited, not by when it goes.
const WAITS_SECONDS: i64 = 60;
/// Orders that Whistl's limits let leave in a minute.
const SENT_A_MINUTE: f64 = 100.0;
/// A look may take so long beyond two turns before its figures count as old.
const GRACE_SECONDS: i64 = 30;

pub(super) fn figures(
    look: &Views<'_>,
    status: &StatusView,
    needs: &[NeedCount],
) -> Result<Vec<Figure>, UiError> {
    let counts = look.reading.list_counts()?;
    let of = |tab: Under| -> u32 {
        counts
            .iter()
            .filter(|count| count.tab == tab && !(tab == Under::NeedsYou && count.put_off))
            .map(|count| count.count)
            .sum()
    };
    let from_cin7 = stale_since(look, CIN7)?;
    let from_whistl = stale_since(look, WHISTL)?;
    let in_need = of(Under::NeedsYou);
    let waiting = of(Under::Waiting);
    let at_warehouse = of(Under::AtWarehouse);
    let figure = |key: &str, title: &str, value, aside, tone, tab, stale: &Option<String>| Figure {
        key: key.into(),
        title: title.into(),
        value,
        aside,
        tone,
        go: go_tab(tab),
        stale_since: stale.clone(),
    };
    Ok([
        figure(
            "needs_you",
            "Held, needs you",
            in_need,
            before_cut_off(look, needs),
            if in_need > 0 { Tone::Stop } else { Tone::Plain },
            Tab::NeedsYou,
            &from_cin7,
        ),
        figure(
            "waiting",
            "Waiting to send",
            waiting,
            when_sent(look, status, waiting)?,
            Tone::Plain,
            Tab::Waiting,
            &from_cin7,
        ),
        figure(
            "at_warehouse",
            "At the warehouse",
            at_warehouse,
            if at_warehouse > 0 {
                oldest_there(look)?
            } else {
                String::new()
            },
            Tone::Plain,
            Tab::AtWarehouse,
            &from_whistl,
        ),
        figure(
            "despatched",
            "Despatched",
            of(Under::Despatched),
            "as Whistl reports".into(),
            Tone::Plain,
            Tab::Despatched,
            &from_whistl,
        ),
        to_tell(look, status),
    ]
    .into_iter()
    .chain(unexplained(look)?)
    .collect())
}

/// SKUs of which both sides differ by more than is known of, and their worth at cost; none
/// before the first comparison.
fn unexplained(look: &Views<'_>) -> Result<Option<Figure>, UiError> {
    let (Some(drift), Some(worth)) = (crate::drift::today(look)?, crate::drift::worth(look)?)
    else {
        return Ok(None);
    };
    let skus = drift.unexplained;
    Ok(Some(Figure {
        key: "drift".into(),
        title: "Unexplained drift".into(),
        value: skus,
        aside: match skus {
            0 => "SKUs".into(),
            1 => format!("SKU, {worth}"),
            _ => format!("SKUs, {worth}"),
        },
        tone: Tone::Plain,
        go: go_drift(None, None),
        stale_since: None,
    }))
}

/// What Cin7 Core is still to be told of; what needs someone is told beside it.
fn to_tell(look: &Views<'_>, status: &StatusView) -> Figure {
    let queue = &status.confirmations;
    let whole = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let oldest = queue
        .oldest_at
        .as_deref()
        .and_then(|at| at.parse::<DateTime<Utc>>().ok())
        .map(|at| format!("oldest {}", span(look.now - at)));
    let in_need = match queue.exceptions {
        0 => None,
        1 => Some("1 needs you".to_owned()),
        more => Some(format!("{} need you", grouped(i64::from(whole(more))))),
    };
    let aside: Vec<String> = [oldest, in_need].into_iter().flatten().collect();
    Figure {
        key: "to_tell".into(),
        title: "To tell Cin7 Core".into(),
        value: whole(queue.waiting),
        aside: aside.join(", "),
        tone: Tone::Plain,
        go: go_told(ConfirmationTab::Waiting),
        stale_since: None,
    }
}

/// `4 before 16:00`, and how many are put off.
fn before_cut_off(look: &Views<'_>, needs: &[NeedCount]) -> String {
    let zone = look.settings.zone();
    let mut first: Option<(DateTime<Utc>, i64)> = None;
    for need in needs.iter().filter(|need| !need.put_off) {
        let Some(Part::Due(at)) = Part::of(need, look.now, zone) else {
            continue;
        };
        first = Some(match first {
            Some((known, sum)) if known == at => (at, sum + need.count),
            Some((known, sum)) if known < at => (known, sum),
            _ => (at, need.count),
        });
    }
    let put_off: i64 = needs
        .iter()
        .filter(|need| need.put_off && need.state.is_some())
        .map(|need| need.count)
        .sum();
    let mut parts = Vec::new();
    if let Some((at, due)) = first {
        parts.push(format!("{due} before {}", clock(at, look.now, zone)));
    }
    if put_off > 0 {
        parts.push(format!("{put_off} more put off"));
    }
    parts.join(", ")
}

/// When the next one leaves, how long the oldest has waited, or why none leaves.
fn when_sent(look: &Views<'_>, status: &StatusView, waiting: u32) -> Result<String, UiError> {
    if !look.settings.is_live() {
        return Ok("look only: nothing is sent".into());
    }
    if status.paused.is_some() {
        return Ok("sending is paused".into());
    }
    if waiting == 0 {
        return Ok(String::new());
    }
    let (to_read, _) = look.reading.reading_progress()?;
    let clear = clear_by(look, waiting, to_read)?;
    let oldest: Option<DateTime<Utc>> = status
        .queue
        .oldest_due
        .as_deref()
        .and_then(|at| at.parse().ok());
    if let Some(at) = oldest.filter(|at| look.now - *at >= Duration::seconds(WAITS_SECONDS)) {
        return Ok(format!("oldest {}{clear}", span(look.now - at)));
    }
    if let Some(at) = look.reading.next_due(false)?.filter(|at| *at > look.now) {
        return Ok(format!("next in {}", span(at - look.now)));
    }
    Ok(if to_read > 0 {
        format!("{} to read first{clear}", grouped(i64::from(to_read)))
    } else {
        format!("going now{clear}")
    })
}

/// `, clear by about 15:20` while there is more than leaves in a minute and both sides
/// answer (R29); else nothing.
fn clear_by(look: &Views<'_>, waiting: u32, to_read: u32) -> Result<String, UiError> {
    for vendor in ["cin7", "whistl"] {
        let health = look.reading.vendor(vendor)?;
        if health.failures > 0 || !health.stopped.is_empty() {
            return Ok(String::new());
        }
    }
    let reads = look.settings.plan().orders_per_minute().max(1.0);
    let reading = (f64::from(to_read) / reads).ceil();
    let sending = (f64::from(waiting) / SENT_A_MINUTE).ceil();
    let minutes = reading.max(sending);
    if minutes < 2.0 {
        return Ok(String::new());
    }
    let span = std::time::Duration::from_secs_f64(minutes * 60.0);
    let at = look.now + Duration::from_std(span).unwrap_or_default();
    Ok(format!(
        ", clear by about {}",
        clock(at, look.now, look.settings.zone())
    ))
}

fn oldest_there(look: &Views<'_>) -> Result<String, UiError> {
    let mut oldest = look.reading.oldest_by_itself(OrderState::AtWarehouse)?;
    if let Some(part) = look.reading.oldest_by_itself(OrderState::PartDespatched)? {
        oldest = Some(oldest.map_or(part, |at| at.min(part)));
    }
    Ok(oldest.map_or_else(String::new, |at| format!("oldest {}", span(look.now - at))))
}

/// What a figure is read from: the mark of the last whole look, and how often there should
/// be one.
const CIN7: (&str, &str) = ("sales", "schedule.orders");
const WHISTL: (&str, &str) = ("order-events", "schedule.events");

/// Since when a figure's source has not been read, where two turns or more have brought
/// nothing (R101). Before the first look there is no figure that could be old.
fn stale_since(look: &Views<'_>, source: (&str, &str)) -> Result<Option<String>, UiError> {
    let (mark, every) = source;
    let Some(read) = look.reading.cursor(mark)?.map(|cursor| cursor.at) else {
        return Ok(None);
    };
    let usual = Duration::seconds(look.settings.whole(every) * 2 + GRACE_SECONDS);
    Ok((look.now - read > usual).then(|| time(read)))
}
