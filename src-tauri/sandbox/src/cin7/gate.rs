//! What a call meets before anybody reads what it asks: the path, the keys, the call
//! limit, and the faults of a server that is not well.

use std::time::Duration;

use serde_json::{Value, json};

use super::Account;
use super::faults::Play;
use super::meter::WINDOW;
use super::reply::Reply;
use crate::http::{Answer, Ask, Outcome};

/// Observed: one run was refused at its 53rd call.
const EARLY: u64 = 53;
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What the gate decides.
pub(super) enum Gate {
    /// The call goes no further.
    Shut(Outcome),
    /// It goes on; if there is an answer here, that is what goes back afterwards.
    Open(Option<Answer>),
}

/// The two paths by which anything is reached, and what may be done there.
pub(super) fn methods(path: &str) -> Option<&'static [&'static str]> {
    match path {
        "me"
        | "saleList"
        | "product"
        | "customer"
        | "ref/location"
        | "ref/carrier"
        | "ref/productavailability"
        | "stockadjustmentList"
        | "inventoryWriteOffList"
        | "stockTransferList" => Some(&["GET"]),
        "stockadjustment" | "inventoryWriteOff" => Some(&["GET", "POST", "PUT", "DELETE"]),
        "sale" => Some(&["GET", "PUT"]),
        "sale/fulfilment" => Some(&["GET", "POST", "DELETE"]),
        "sale/fulfilment/pick" | "sale/fulfilment/pack" | "sale/fulfilment/ship" => {
            Some(&["PUT", "POST"])
        }
        _ => None,
    }
}

impl Account {
    /// Lets a call through, or says why not.
    pub(super) fn gate(&mut self, ask: &Ask, path: &str, at: Duration, play: &mut Play) -> Gate {
        let Some(methods) = methods(path) else {
            return shut(not_found_page());
        };
        if play.fires("key_revoked", &[]).is_some() || !self.signed(ask) {
            return shut(wrong_keys());
        }
        if let Some(refusal) = self.limited(at, play) {
            self.meter.refused += 1;
            return shut(refusal);
        }
        if let Some(how) = play.fires("timeout_before", &[]) {
            return Gate::Shut(lost(&how));
        }
        if let Some(to) = play.fires("redirect_loop", &[]) {
            return shut(redirect(&to, &ask.path));
        }
        if play.fires("html_200", &[]).is_some() {
            return shut(not_found_page());
        }
        for (fault, status) in [("server_503", 503), ("server_500", 500)] {
            if let Some(how) = play.fires(fault, &[]) {
                let body = server_fault(status, how == json!("empty"));
                return if how == json!("after") {
                    Gate::Open(Some(body))
                } else {
                    shut(body)
                };
            }
        }
        if !methods.contains(&ask.method.as_str()) {
            let Reply::Json { status, body, .. } = Reply::wrong_method(&ask.method) else {
                return Gate::Open(None);
            };
            return shut(Answer::json(status, &body));
        }
        Gate::Open(None)
    }

    fn signed(&self, ask: &Ask) -> bool {
        ask.header("api-auth-accountid") == Some(&self.seed.account_id)
            && ask.header("api-auth-applicationkey") == Some(&self.seed.key)
    }

    /// The refusal, if this call is over the limit.
    fn limited(&mut self, at: Duration, play: &mut Play) -> Option<Answer> {
        let now = play.fires("limit_now", &[]).or_else(|| forced(play));
        if let Some(value) = now {
            return Some(refusal(&value, self.meter.limit));
        }
        let usual = self.meter.limit;
        let limit = match play.fires("limit_early", &[]) {
            Some(value) => usize::try_from(value.as_u64().unwrap_or(EARLY).saturating_sub(1))
                .unwrap_or(usual)
                .min(usual),
            None => usual,
        };
        if self.meter.admit(at, limit, recovery(play)) {
            return None;
        }
        let shape = play.fires("limit_shape", &[]).unwrap_or(json!(429));
        Some(refusal(&shape, usual))
    }
}

/// A bare `limit_shape` only shapes refusals that come anyway. One that is told when, how
/// often or where refuses right there.
fn forced(play: &mut Play) -> Option<Value> {
    let told = play.switches("limit_shape").any(|switch| {
        switch.times.is_some()
            || switch.after > 0
            || switch.until.is_some()
            || switch.chance.is_some()
            || switch.path.is_some()
            || switch.number.is_some()
    });
    if told {
        play.fires("limit_shape", &[])
    } else {
        None
    }
}

/// Documented 60 seconds; once measured at 31.
fn recovery(play: &Play) -> Duration {
    let told = play.switches("limit_shape").find_map(|switch| {
        switch
            .value
            .as_ref()
            .and_then(|value| value["recovery_seconds"].as_u64())
    });
    told.map_or(WINDOW, Duration::from_secs)
}

/// The refusal in one of the shapes that were seen.
fn refusal(value: &Value, limit: usize) -> Answer {
    let shape = value["shape"]
        .as_u64()
        .or_else(|| value.as_u64())
        .unwrap_or(429);
    let sentence = format!("You have reached {limit} calls per 60 seconds API limit.");
    let listed = |status: u16| {
        Answer::json(
            status,
            &json!([{ "ErrorCode": status, "Exception": sentence }]),
        )
    };
    match shape {
        503 => listed(503),
        400 => listed(400),
        403 => wrong_keys(),
        _ => Answer::text(429, TEXT, &sentence)
            .with_header("x-ratelimit-limit", &limit.to_string())
            .with_header("x-ratelimit-remaining", "0")
            .with_header("x-ratelimit-reset", "60")
            .with_header("Retry-After", "60 Seconds"),
    }
}

/// Observed: plain text, not JSON.
fn wrong_keys() -> Answer {
    Answer::text(403, TEXT, "Incorrect credentials!")
}

/// Observed: a wrong path answers 200 with a page.
fn not_found_page() -> Answer {
    let page = "<!DOCTYPE html><html><head><title>Page not found</title></head><body>Page not \
                found</body></html>";
    Answer::text(200, HTML, page)
}

fn server_fault(status: u16, empty: bool) -> Answer {
    let body = match (empty, status) {
        (true, _) => "",
        (false, 503) => "<html><body><h1>503 Service Unavailable</h1></body></html>",
        (false, _) => "<html><body>Internal Server Error</body></html>",
    };
    Answer::text(status, HTML, body)
}

fn redirect(to: &Value, path: &str) -> Answer {
    let elsewhere = match to.as_str() {
        Some("loop") => path.to_owned(),
        Some(address) => address.to_owned(),
        None => format!("https://login.elsewhere.example{path}"),
    };
    Answer::text(302, HTML, "<html><body>Object moved</body></html>")
        .with_header("Location", &elsewhere)
}

/// A connection that brings no answer.
pub(super) fn lost(how: &Value) -> Outcome {
    if *how == json!("silent") {
        Outcome::Silent
    } else {
        Outcome::Dropped
    }
}

fn shut(answer: Answer) -> Gate {
    Gate::Shut(Outcome::Whole(answer))
}
