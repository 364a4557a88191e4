//! One call, judged in the order of the contract's section 5: credentials, rights,
//! rate, path, and then the endpoint's own order. Also which endpoint a path is.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::cancel::not_found;
use super::distort::Distortion;
use super::refusal::Refusal;
use super::times::{http_date, later, zulu};
use super::{Warehouse, wire};
use crate::faults::Switchboard;
use crate::http::{Answer, Ask, Moment, Outcome};

/// Seconds a look-up may stay blind to a new order if the fault does not say.
const BLIND_FOR: i64 = 60;
/// Seconds a refusal for rate asks to wait if the fault does not say.
const WAIT: u64 = 17;

/// Headers that tell of the call limit.
type LimitHeaders = Vec<(String, String)>;

impl Warehouse {
    /// Answers one call at one moment, as far as the switchboard lets it.
    pub fn answer(&mut self, ask: &Ask, now: Moment, board: &mut Switchboard) -> Outcome {
        self.advance(now.world, board);
        let mut call = Call::new(ask, now, board);
        if let Some(order) = order_ref(&ask.path).and_then(|named| self.orders.present(named)) {
            call.concerns(order.whistl_ref());
            call.concerns(order.client_ref.clone());
            if let Some(id) = &order.document_id {
                call.concerns(id.clone());
            }
        }
        self.calls.total += 1;
        if let Some(outcome) = wire::unreached(&mut call) {
            self.calls.note("none");
            return outcome;
        }
        let instead = wire::instead(&mut call);
        if instead.as_ref().is_none_or(|instead| instead.arrived) {
            self.note_arrival(ask);
        }
        let mut limit_headers = LimitHeaders::new();
        let result = match instead {
            Some(instead) if !instead.processed => instead.reply,
            other => {
                let own = self.judge(&mut call, &mut limit_headers);
                other.map_or(own, |instead| instead.reply)
            }
        };
        let answer = self.write(result, limit_headers, &mut call);
        self.calls.note(&answer.status.to_string());
        wire::send(answer, &mut call)
    }

    fn note_arrival(&mut self, ask: &Ask) {
        let is_order = ask
            .path
            .strip_prefix("/v1/orders/")
            .is_some_and(|rest| !rest.contains('/'));
        if let Some(reference) = order_ref(&ask.path).filter(|_| is_order && ask.method == "PUT") {
            let payload = serde_json::from_slice(&ask.body)
                .unwrap_or_else(|_| json!(String::from_utf8_lossy(&ask.body)));
            self.orders.note_arrival(reference, payload);
        }
    }

    fn judge(
        &mut self,
        call: &mut Call<'_>,
        limit_headers: &mut LimitHeaders,
    ) -> Result<Reply, Refusal> {
        let key_fits = call.ask.header("x-api-key") == Some(self.key.as_str());
        if !key_fits || call.fires("F11").is_some() {
            let message = "API key missing, unknown or withdrawn.";
            return Err(Refusal::new(401, "UNAUTHENTICATED", message));
        }
        if call.ask.header("x-client-code") != Some(self.client_code.as_str()) {
            let message = "Key has no right to this client code.";
            return Err(Refusal::new(403, "FORBIDDEN", message));
        }
        if call.fires("ip_not_allowed").is_some() {
            let message = "This address is not on the account's list.";
            return Err(Refusal::new(403, "IP_NOT_ALLOWED", message));
        }
        let allowance = self.bucket.take(call.now.metered);
        limit_headers.extend(allowance.headers());
        if !allowance.passes {
            self.calls.refused += 1;
            return Err(rate_limited(&json!(allowance.retry_seconds), call));
        }
        if let Some(shape) = call.fires("F07") {
            return Err(rate_limited(&shape, call));
        }
        self.route(call)
    }

    fn route(&mut self, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        let ask = call.ask;
        let parts: Vec<&str> = ask.path.split('/').collect();
        match (ask.method.as_str(), parts.as_slice()) {
            ("GET", ["", "v1", "ping"]) => Ok(Reply::Json(200, self.ping(call.now))),
            ("GET", ["", "v1", "services"]) => Ok(Reply::Json(200, self.services.listing())),
            ("GET", ["", "v1", "items"]) => self.item_feed(call),
            ("GET", ["", "v1", "items", sku]) if !sku.is_empty() => match self.items.get(sku) {
                Some(item) => Ok(Reply::Json(200, item.listing())),
                None => Err(Refusal::new(
                    404,
                    "ITEM_NOT_FOUND",
                    "No item with this SKU.",
                )),
            },
            ("GET", ["", "v1", "order-events"]) => self.event_feed(call),
            ("GET", ["", "v1", "despatches"]) => self.despatch_feed(call),
            ("GET", ["", "v1", "adjustments"]) => self.adjustment_feed(call),
            ("POST", ["", "v1", "stock", "snapshots"]) => self.request_snapshot(call),
            ("GET", ["", "v1", "stock", "snapshots", "latest"]) => self.latest_snapshot(call),
            ("GET", ["", "v1", "stock", "snapshots", id, "items"]) if !id.is_empty() => {
                self.snapshot_rows(id, call)
            }
            ("PUT", ["", "v1", "orders", named]) if !named.is_empty() => self.submit(named, call),
            ("GET", ["", "v1", "orders", named]) if !named.is_empty() => self.look_up(named, call),
            ("POST", ["", "v1", "orders", named, "cancel"]) if !named.is_empty() => {
                self.cancel(named, call)
            }
            _ => Ok(Reply::Page(404, wire::NOT_FOUND)),
        }
    }

    fn ping(&self, now: Moment) -> Value {
        json!({
            "ok": true,
            "contract_version": "1.0",
            "environment": "test",
            "client_code": self.client_code,
            "server_time": zulu(now.world),
            "feed_epoch": self.epoch,
            "capabilities": {
                "cancel": true,
                "order_events": true,
                "item_list": true,
                "item_create": false,
                "service_list": true,
                "snapshot_request": self.snapshots.may_be_asked_for,
            },
        })
    }

    /// `GET /v1/orders/{client_ref}`, blind to a new order for a while if F03 says so.
    fn look_up(&self, reference: &str, call: &mut Call<'_>) -> Result<Reply, Refusal> {
        let order = self.orders.present(reference).ok_or_else(not_found)?;
        let taken = order.accepted_at.unwrap_or(order.updated_at);
        let age = (call.now.world - taken).num_seconds();
        // Asked only while an order is young, so that old ones do not use the fault up.
        if age < 3600
            && let Some(value) = call.fires("F03")
            && age < value.as_i64().unwrap_or(BLIND_FOR)
        {
            return Err(not_found());
        }
        Ok(Reply::Json(200, order.state(&[])))
    }

    /// Writes a reply out with its headers.
    fn write(
        &mut self,
        result: Result<Reply, Refusal>,
        limit_headers: LimitHeaders,
        call: &mut Call<'_>,
    ) -> Answer {
        let request_id = match call.ask.header("x-request-id") {
            Some(given) => given.to_owned(),
            None => format!("00000000-0000-4000-8000-{:012}", self.calls.total),
        };
        let retry_after = result
            .as_ref()
            .err()
            .and_then(|refusal| refusal.retry_after.clone());
        let (status, mut body) = match result {
            Ok(Reply::Page(status, html)) => {
                return Answer::text(status, "text/html; charset=utf-8", html)
                    .with_header("Date", &http_date(call.now.world));
            }
            Ok(Reply::Elsewhere(place)) => {
                return Answer::text(302, "text/html; charset=utf-8", "")
                    .with_header("Location", &place)
                    .with_header("Date", &http_date(call.now.world));
            }
            Ok(Reply::Json(status, body)) => (status, body),
            Err(refusal) => (refusal.status, refusal.body(&request_id)),
        };
        let distortion = Distortion::decide(status, call);
        distortion.apply(&mut body);
        let skew = chrono::Duration::try_seconds(distortion.skew()).unwrap_or_default();
        let date = call
            .now
            .world
            .checked_add_signed(skew)
            .unwrap_or(call.now.world);
        let mut answer = Answer::json(status, &body)
            .with_header("X-Request-Id", &request_id)
            .with_header("Date", &http_date(date));
        if let Some(wait) = retry_after {
            answer = answer.with_header("Retry-After", &wait);
        }
        answer.headers.extend(limit_headers);
        answer
    }
}

/// The reference in an order's path, whatever is asked about it.
fn order_ref(path: &str) -> Option<&str> {
    path.strip_prefix("/v1/orders/")?
        .split('/')
        .next()
        .filter(|named| !named.is_empty())
}

/// A refusal for rate in one of its shapes: seconds, `"date"`, `{"date": seconds}` or
/// `"none"` (no word on how long).
fn rate_limited(shape: &Value, call: &Call<'_>) -> Refusal {
    let mut refusal = Refusal::new(429, "RATE_LIMITED", "Too many requests.");
    if shape.as_str() == Some("none") {
        return refusal;
    }
    let dated = shape.as_str() == Some("date") || shape.get("date").is_some();
    let wait = shape.get("date").unwrap_or(shape).as_u64().unwrap_or(WAIT);
    refusal.retry_after = Some(if dated {
        http_date(later(call.now.world, wait))
    } else {
        wait.to_string()
    });
    refusal.hinting("retry_after_s", json!(wait))
}
