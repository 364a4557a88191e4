//! Turns calls and decisions into journal entries. What may be in clear and what must be
//! sealed is the store's business; no personal data is put into an entry's own fields.

use chrono::{DateTime, Utc};
use store::{Entry, SaleKey};
use vendor::{Exchange, Verdict};

/// Cin7 Core's word in the journal.
pub(crate) const CIN7: &str = "cin7";
/// Whistl's word in the journal.
pub(crate) const WHISTL: &str = "whistl";

/// The entry of one call: what was asked and what came back.
pub(crate) fn call<'a>(
    vendor: &'static str,
    exchange: &'a Exchange,
    sale: Option<SaleKey>,
) -> Entry<'a> {
    let request = Some(exchange.request.as_ref()).filter(|body| !body.is_empty());
    let response = Some(exchange.response.as_ref()).filter(|body| !body.is_empty());
    Entry {
        at: exchange.started,
        kind: "call",
        vendor,
        direction: "out",
        operation: exchange.operation,
        sale,
        subject: &exchange.path,
        who: "",
        attempt: 0,
        status: exchange.status.unwrap_or_default(),
        outcome: exchange.verdict.word(),
        duration_ms: exchange.duration_ms,
        text: clear_words(exchange),
        request,
        response,
    }
}

/// A fault's words, where they cannot hold anything personal: a vendor's complaint about
/// the content of an answer or a message may repeat what is in it.
pub(crate) fn clear_words(exchange: &Exchange) -> &str {
    match (exchange.verdict, exchange.status) {
        (Verdict::Answered, _) => "",
        (Verdict::Refused, _) => "Refused; the vendor's words are in the answer's body",
        (_, Some(200..=299)) => "The answer could not be read; it is kept as it came",
        (_, _) => &exchange.detail,
    }
}

/// The entry of an answer to something we meant to tell a vendor. The intention's own
/// entry, with the request, was committed before the call.
pub(crate) fn outcome<'a>(
    vendor: &'static str,
    exchange: &'a Exchange,
    sale: SaleKey,
    attempt: u32,
    outcome: &'a str,
    text: &'a str,
) -> Entry<'a> {
    Entry {
        kind: "outcome",
        direction: "in",
        request: None,
        attempt,
        outcome,
        text,
        ..call(vendor, exchange, Some(sale))
    }
}

/// The entry of something decided here.
pub(crate) fn decision<'a>(
    at: DateTime<Utc>,
    operation: &'a str,
    sale: SaleKey,
    who: &'a str,
    outcome: &'a str,
    text: &'a str,
) -> Entry<'a> {
    Entry {
        at,
        kind: "decision",
        vendor: "",
        direction: "",
        operation,
        sale: Some(sale),
        subject: "",
        who,
        attempt: 0,
        status: 0,
        outcome,
        duration_ms: 0,
        text,
        request: None,
        response: None,
    }
}

/// The entry of something that concerns no sale: a setting, a map, a gap.
pub(crate) fn notice<'a>(
    at: DateTime<Utc>,
    kind: &'static str,
    operation: &'a str,
    subject: &'a str,
    who: &'a str,
    text: &'a str,
) -> Entry<'a> {
    Entry {
        at,
        kind,
        vendor: "",
        direction: "",
        operation,
        sale: None,
        subject,
        who,
        attempt: 0,
        status: 0,
        outcome: "",
        duration_ms: 0,
        text,
        request: None,
        response: None,
    }
}
