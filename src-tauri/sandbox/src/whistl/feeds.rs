//! Reading the feeds (contract, section 6): pages, cursors and limits, and the faults
//! of delivery: repeated, late, stuck, expired, restored from a backup.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Warehouse;
use super::call::{Call, Reply};
use super::feed_log::{Entry, FeedLog};
use super::refusal::Refusal;
use super::times::{later, zulu};
use crate::http::Ask;

/// Longest cursor.
const CURSOR_MAX: usize = 128;
/// Seconds an event comes late if the fault does not say (5 days).
const LATE_BY: u64 = 5 * 86_400;

/// A feed and the page sizes it takes.
#[derive(Clone, Copy)]
struct Feed {
    name: &'static str,
    usual_limit: usize,
    most: usize,
}

const ITEMS: Feed = Feed {
    name: "items",
    usual_limit: 200,
    most: 500,
};
const EVENTS: Feed = Feed {
    name: "order-events",
    usual_limit: 100,
    most: 500,
};
const DESPATCHES: Feed = Feed {
    name: "despatches",
    usual_limit: 50,
    most: 100,
};

const ADJUSTMENTS: Feed = Feed {
    name: "adjustments",
    usual_limit: 100,
    most: 500,
};

/// What a reader asks of a feed.
struct Window {
    /// The number read last; `None` on a first call.
    after: Option<u64>,
    since: Option<DateTime<Utc>>,
    limit: usize,
}

/// A page before the faults of delivery touch it.
struct Page {
    rows: Vec<Value>,
    /// The number up to which this page has read.
    read_to: u64,
    more: bool,
}

impl Warehouse {
    /// `GET /v1/items`.
    pub(super) fn item_feed(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        self.restored(ITEMS, call);
        let window = window(ITEMS, call, 0)?;
        let after = window.after.unwrap_or(0);
        let (items, more) = self.items.after(after, window.since, window.limit);
        let read_to = match items.last() {
            Some(item) => item.seq,
            // A first call that finds nothing since a time need not read the past again.
            None if window.after.is_none() => self.items.last_seq(),
            None => after,
        };
        let skus: Vec<String> = items.iter().map(|item| item.sku.clone()).collect();
        let seqs: Vec<u64> = items.iter().map(|item| item.seq).collect();
        let rows = items.iter().map(|item| item.listing()).collect();
        let mut page = Page {
            rows,
            read_to,
            more,
        };
        if let Some(how) = repeated(&mut page, &seqs, call)
            && how == "new_seq"
        {
            self.items.publish_again(&skus);
            page.more = true;
        }
        Ok(self.deliver(ITEMS, &window, page, call))
    }

    /// `GET /v1/order-events`.
    pub(super) fn event_feed(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        self.restored(EVENTS, call);
        let window = log_window(EVENTS, &mut self.events, call)?;
        let page = log_page(&mut self.events, &window, call);
        Ok(self.deliver(EVENTS, &window, page, call))
    }

    /// `GET /v1/despatches`.
    pub(super) fn despatch_feed(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        self.restored(DESPATCHES, call);
        let window = log_window(DESPATCHES, &mut self.despatches.feed, call)?;
        let page = log_page(&mut self.despatches.feed, &window, call);
        Ok(self.deliver(DESPATCHES, &window, page, call))
    }

    /// `GET /v1/adjustments`.
    pub(super) fn adjustment_feed(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        self.restored(ADJUSTMENTS, call);
        let window = log_window(ADJUSTMENTS, &mut self.adjustments.feed, call)?;
        let page = log_page(&mut self.adjustments.feed, &window, call);
        Ok(self.deliver(ADJUSTMENTS, &window, page, call))
    }

    /// Restores a backup if a fault says so: announced by a new epoch with everything
    /// replayed (F17), or in silence with numbers and ids of the feed being read used
    /// again (F18).
    fn restored(&mut self, feed: Feed, call: &mut Call<'_>) {
        if call.fires("F17").is_some() {
            self.restores += 1;
            self.epoch = format!("{}/{}", zulu(call.now.world), self.restores + 1);
            self.events.publish_all_again();
            self.despatches.feed.publish_all_again();
            self.adjustments.feed.publish_all_again();
        }
        if let Some(value) = call.fires("F18") {
            let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
            let count = count.unwrap_or(3);
            if feed.name == DESPATCHES.name {
                self.despatches.feed.turn_back(count);
            } else if feed.name == ADJUSTMENTS.name {
                self.adjustments.feed.turn_back(count);
            } else {
                self.events.turn_back(count);
            }
        }
    }

    /// Wraps a page, stuck if a fault says so (F15).
    fn deliver(&self, feed: Feed, window: &Window, page: Page, call: &mut Call<'_>) -> Reply {
        let given = window.after.unwrap_or(0);
        let (rows, next, more) = match call.fires("F15") {
            None => (page.rows, page.read_to, page.more),
            Some(value) if value.as_str() == Some("empty") => (Vec::new(), given, true),
            Some(_) => (page.rows, given, true),
        };
        Reply::Json(
            200,
            json!({
                "feed": feed.name,
                "feed_epoch": self.epoch,
                "items": rows,
                "next_cursor": format!("{}:{next}", feed.name),
                "has_more": more,
            }),
        )
    }
}

/// What is asked of a feed that only grows, after what is too old was forgotten.
fn log_window<E: Entry>(
    feed: Feed,
    log: &mut FeedLog<E>,
    call: &mut Call<'_>,
) -> Result<Window, Refusal> {
    log.forget_old(call.now.world);
    window(feed, call, log.oldest_cursor())
}

/// A page of such a feed, with entries that come late (F14) or again (F13).
fn log_page<E: Entry>(log: &mut FeedLog<E>, window: &Window, call: &mut Call<'_>) -> Page {
    let mut page = Page {
        rows: Vec::new(),
        read_to: window.after.unwrap_or(log.oldest_cursor()),
        more: false,
    };
    let mut shown = Vec::new();
    let mut late = Vec::new();
    for entry in log.after(page.read_to) {
        let seq = entry.seq();
        if window.since.is_some_and(|since| entry.at() < since) {
            page.read_to = seq;
            continue;
        }
        if shown.len() == window.limit {
            page.more = true;
            break;
        }
        page.read_to = seq;
        match log.hidden_until(seq) {
            Some(until) if call.now.world < until => continue,
            Some(_) => {}
            None => {
                if let Some(value) = call.fires_for("F14", &entry.subjects()) {
                    let seconds = value.as_u64().unwrap_or(LATE_BY);
                    late.push((seq, later(call.now.world, seconds)));
                    continue;
                }
            }
        }
        shown.push(seq);
        page.rows.push(entry.listing());
    }
    for (seq, until) in late {
        log.hide(seq, until);
    }
    if let Some(how) = repeated(&mut page, &shown, call)
        && how == "new_seq"
    {
        log.publish_again(&shown);
        page.more = true;
    }
    page
}

/// Repeats a page's rows, whose numbers are `shown`, if a fault says so (F13), and says in
/// which way. The whole page comes again by giving back the cursor it was asked with.
fn repeated(page: &mut Page, shown: &[u64], call: &mut Call<'_>) -> Option<String> {
    let first = *shown.first()?;
    let value = call.fires("F13")?;
    let how = value.as_str().unwrap_or("same_seq");
    match how {
        "new_seq" => {}
        "page" => {
            page.read_to = first.saturating_sub(1);
            page.more = true;
        }
        _ => {
            page.rows = page
                .rows
                .iter()
                .flat_map(|row| [row.clone(), row.clone()])
                .collect();
        }
    }
    Some(how.to_owned())
}

/// Reads `limit`, `after` and `since`; a cursor before `oldest` has expired.
fn window(feed: Feed, call: &mut Call<'_>, oldest: u64) -> Result<Window, Refusal> {
    let limit = page_size(call.ask, feed.usual_limit, feed.most)?;
    let after = match call.ask.query("after") {
        None => None,
        Some(text) => Some(cursor(feed, text)?),
    };
    let expired = after.is_some_and(|after| after < oldest);
    if after.is_some() && (call.fires("F16").is_some() || expired) {
        let message = "Cursor is older than the retained feed.";
        let refusal = Refusal::new(410, "CURSOR_EXPIRED", message);
        let oldest_cursor = format!("{}:{oldest}", feed.name);
        return Err(refusal.hinting("oldest_cursor", json!(oldest_cursor)));
    }
    // `since` counts on a first call only; with a cursor it says nothing.
    let since = match call.ask.query("since").filter(|_| after.is_none()) {
        None => None,
        Some(text) => Some(
            DateTime::parse_from_rfc3339(text)
                .map_err(|_| Refusal::malformed("since must be an RFC 3339 time."))?
                .with_timezone(&Utc),
        ),
    };
    Ok(Window {
        after,
        since,
        limit,
    })
}

/// Reads `limit`; outside of its range it is refused, never clamped.
pub(super) fn page_size(ask: &Ask, usual: usize, most: usize) -> Result<usize, Refusal> {
    let Some(text) = ask.query("limit") else {
        return Ok(usual);
    };
    let limit = text.parse::<usize>().ok();
    limit
        .filter(|limit| (1..=most).contains(limit))
        .ok_or_else(|| {
            let message = format!("limit must be 1 to {most}, not {text:?}.");
            Refusal::new(400, "BAD_LIMIT", message)
        })
}

fn cursor(feed: Feed, text: &str) -> Result<u64, Refusal> {
    text.strip_prefix(feed.name)
        .and_then(|rest| rest.strip_prefix(':'))
        .filter(|rest| text.len() <= CURSOR_MAX && rest.bytes().all(|mark| mark.is_ascii_digit()))
        .and_then(|rest| rest.parse().ok())
        .ok_or_else(|| {
            let message = format!("Cursor is not one of this feed ({}).", feed.name);
            Refusal::new(400, "BAD_CURSOR", message)
        })
}
