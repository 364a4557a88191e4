//! Reading snapshots and asking for one (contract, sections 5.10 and 5.11), with what can go
//! wrong between its pages (F34, F35).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::Warehouse;
use super::agenda::StockAct;
use super::call::{Call, Reply};
use super::feeds::page_size;
use super::mishaps::respelt;
use super::refusal::Refusal;
use super::snapshot::{Figures, Snapshot};
use super::times::{later, zulu};

const USUAL_LIMIT: usize = 500;
const MOST: usize = 1000;
/// Seconds from one request for a snapshot to the next.
const APART: i64 = 15 * 60;
/// Seconds until a snapshot that was asked for is made (assumed).
const MADE_AFTER: u64 = 60;

/// What F34 does to a header, and what to a page of rows.
const OF_HEADERS: [&str; 3] = ["none", "count", "incomplete"];
const OF_ROWS: [&str; 4] = ["torn", "pages", "missing", "expired"];

impl Warehouse {
    /// Makes a snapshot of what is there now; the header.
    pub fn take_snapshot(&mut self, at: DateTime<Utc>) -> Value {
        let (items, last) = (self.items.all(), self.last_movement);
        let made = self.snapshots.take(items, last, &self.epoch, at);
        made.header(&self.site)
    }

    /// Whether snapshots may be asked for from here on (capability `snapshot_request`).
    pub fn allow_snapshot_requests(&mut self, may: bool) {
        self.snapshots.may_be_asked_for = may;
    }

    /// `GET /v1/stock/snapshots/latest?warehouse=`.
    pub(super) fn latest_snapshot(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        self.snapshots.forget_old(call.now.world);
        // An account with one warehouse need not name it.
        let named = call.ask.query("warehouse").unwrap_or_default();
        let warehouse = if named.is_empty() {
            self.site.clone()
        } else {
            named.to_owned()
        };
        let odd = call.fires_as("F34", |value| says_one_of(value, &OF_HEADERS));
        let says = |name: &str| odd.as_ref().is_some_and(|value| says(value, name));
        let latest = self.snapshots.latest();
        let latest = latest.filter(|_| warehouse == self.site && !says("none"));
        let latest = latest.ok_or_else(|| {
            let message = format!("No snapshot of warehouse {warehouse} yet.");
            Refusal::new(404, "NO_SNAPSHOT", message)
        })?;
        let mut header = latest.header(&self.site);
        if says("count") {
            header["item_count"] = json!(latest.count() + 1);
        }
        if says("incomplete") {
            header["complete"] = json!(false);
        }
        Ok(Reply::Json(200, header))
    }

    /// `GET /v1/stock/snapshots/{id}/items`.
    pub(super) fn snapshot_rows(
        &mut self,
        id: &str,
        call: &mut Call<'_>,
    ) -> Result<Reply, Refusal> {
        let now = call.now.world;
        self.snapshots.forget_old(now);
        let odd = call.fires_as("F34", |value| {
            value.is_null() || says_one_of(value, &OF_ROWS)
        });
        let says = |name: &str| odd.as_ref().is_some_and(|value| says(value, name));
        if self.snapshots.get(id).is_none() || says("expired") {
            let message = "Snapshot is no longer kept, or never was.";
            return Err(Refusal::new(404, "SNAPSHOT_EXPIRED", message));
        }
        let limit = page_size(call.ask, USUAL_LIMIT, MOST)?;
        let from = match call.ask.query("after") {
            None => 0,
            Some(text) => cursor(id, text)?,
        };
        let mixed = says("pages") && from > 0;
        if mixed && self.snapshots.another(id).is_none() {
            self.take_snapshot(now);
        }
        let book = &self.snapshots;
        let asked = if mixed {
            book.another(id)
        } else {
            book.get(id)
        };
        let Some(snapshot) = asked else {
            return Ok(Reply::Json(200, json!({})));
        };
        let more = from.saturating_add(limit) < snapshot.count();
        let next = more.then(|| format!("{id}:{}", from + limit));
        let torn = odd.as_ref().is_some_and(Value::is_null) || says("torn");
        let mut rows = self.shown_rows(snapshot, from, limit, torn, call);
        if says("missing") {
            leave_one_out(&mut rows, odd.as_ref());
        }
        Ok(Reply::Json(
            200,
            json!({
                "snapshot_id": snapshot.id,
                "items": rows,
                "next_cursor": next,
                "has_more": more,
            }),
        ))
    }

    /// Rows as they are read; torn ones are of what moved since, as it stands now.
    fn shown_rows(
        &self,
        snapshot: &Snapshot,
        from: usize,
        limit: usize,
        torn: bool,
        call: &mut Call<'_>,
    ) -> Vec<Value> {
        let respells = call.is_on("F35");
        let rows = self.snapshots.rows(snapshot, from, limit);
        let mut shown = Vec::with_capacity(rows.len());
        for (sku, figures) in rows {
            let now = self.items.get(sku).filter(|_| torn).map(Figures::of);
            let moved = now.filter(|now| now.last_movement > figures.last_movement);
            let mut row = moved.unwrap_or(figures).listing(sku);
            if respells && let Some(value) = call.fires_for("F35", &[sku]) {
                row["sku"] = json!(respelt(sku, &value));
            }
            shown.push(row);
        }
        shown
    }

    /// `POST /v1/stock/snapshots`.
    pub(super) fn request_snapshot(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        if !self.snapshots.may_be_asked_for {
            let message = "This account may not ask for snapshots.";
            return Err(Refusal::new(403, "FORBIDDEN", message));
        }
        let now = call.now.world;
        let since = self.snapshots.asked_at.map(|at| (now - at).num_seconds());
        if let Some(wait) = since.map(|since| APART - since).filter(|wait| *wait > 0) {
            let message = "A snapshot was asked for less than 15 minutes ago.";
            let mut refusal = Refusal::new(429, "RATE_LIMITED", message);
            refusal.retry_after = Some(wait.to_string());
            return Err(refusal.hinting("retry_after_s", json!(wait)));
        }
        self.snapshots.asked_at = Some(now);
        let ready_at = later(now, MADE_AFTER);
        self.plan_stock(ready_at, StockAct::Snapshot);
        Ok(Reply::Json(
            202,
            json!({
                "warehouse": self.site,
                "requested_at": zulu(now),
                "ready_at": zulu(ready_at),
            }),
        ))
    }
}

/// Whether a fault's value is that word, or an object with it.
fn says(value: &Value, name: &str) -> bool {
    value.as_str() == Some(name) || value.get(name).is_some()
}

fn says_one_of(value: &Value, names: &[&str]) -> bool {
    names.iter().any(|name| says(value, name))
}

fn leave_one_out(rows: &mut Vec<Value>, odd: Option<&Value>) {
    let named = odd.and_then(|value| value.get("missing")?.as_str());
    match named {
        Some(sku) => rows.retain(|row| row["sku"] != sku),
        None if rows.is_empty() => {}
        None => {
            rows.remove(rows.len() / 2);
        }
    }
}

fn cursor(id: &str, text: &str) -> Result<usize, Refusal> {
    let number = text
        .strip_prefix(id)
        .and_then(|rest| rest.strip_prefix(':'));
    number
        .filter(|rest| rest.bytes().all(|mark| mark.is_ascii_digit()))
        .and_then(|rest| rest.parse().ok())
        .ok_or_else(|| {
            let message = format!("Cursor is not one of this snapshot ({id}).");
            Refusal::new(400, "BAD_CURSOR", message)
        })
}
