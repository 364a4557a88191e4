//! The calls. Each is one call over the account's transport, answered together with the
//! record of it. Nothing is repeated here, and nothing is decided beyond what the answer
//! says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use domain::ClientReference;
use secrecy::SecretString;
use uuid::Uuid;
use vendor::{
    BadField, Base, Call, Clock, Exchange, Fault, Header, Lane, Line, Method, Pacer, Redactor,
    Response, Told, Verdict, Wire, tell,
};

use crate::answer::{CancelReason, Cancelled, Found, Submitted};
use crate::event::OrderEvent;
use crate::feed::{Page, PageOutcome};
use crate::order_state::{OrderState, OrderStatus};
use crate::profile::Profile;
use crate::reference_data::{Item, Ping, Services};
use crate::rejection::Rejection;
use crate::status::{ErrorBody, NOT_SENT, code, reason, refusal};
use crate::submission::Submission;
use crate::{read, wire};

/// A call must end within this (the contract's section 4).
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Largest answer, bytes (the contract's section 4).
const SIZE_LIMIT: usize = 8 << 20;
/// Rows asked for at a time: the contract's largest, for fewest calls.
const PAGE_ROWS: &str = "500";
/// Longest note of a cancellation, characters (the contract's 5.6).
const NOTE: usize = 200;
/// Names our request ids (any fixed value does; ids only need to differ).
const REQUEST_IDS: Uuid = Uuid::from_u128(0x5b1d_9e04_6c0f_4f0e_9f3a_2d3c_71e0_a4b7);

/// What the account's key is.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The API key.
    pub key: SecretString,
}

/// Asks. Free to clone; clones share one pacer.
#[derive(Clone, Debug)]
pub struct Reader {
    link: Arc<Link>,
}

/// Writes. There is one; whoever holds it is the only one who can.
#[derive(Debug)]
pub struct Writer {
    link: Arc<Link>,
}

/// Opens the account; makes no call.
///
/// A transport that is not built yet ([`Profile::usable`]) opens too, and every call then
/// answers [`Fault::Refused`] without anything having been sent.
pub fn open(
    profile: Profile,
    base: Base,
    credentials: Credentials,
    wire: Arc<dyn Wire>,
    pacer: Arc<Pacer>,
    clock: Arc<dyn Clock>,
) -> (Reader, Writer) {
    let headers = vec![
        ("x-api-key", Header::Secret(credentials.key.clone())),
        ("x-client-code", Header::Plain(profile.client_code.clone())),
        ("accept", Header::Plain("application/json".to_owned())),
        (
            "user-agent",
            Header::Plain(concat!("Stockbridge/", env!("CARGO_PKG_VERSION")).to_owned()),
        ),
    ];
    let line = Line {
        wire,
        pacer,
        clock,
        base,
        headers,
        redactor: Redactor::new([credentials.key]),
        status: Arc::new(refusal),
    };
    let link = Arc::new(Link {
        profile,
        line,
        calls: AtomicU64::new(0),
    });
    (Reader { link: link.clone() }, Writer { link })
}

impl Reader {
    /// Whether the key is good, and what the account can do.
    pub async fn ping(&self) -> Told<Ping> {
        let told = self
            .link
            .get("ping", Lane::Background, "/v1/ping".to_owned(), None)
            .await;
        tell(told, |answer| {
            read::ping(&answer.body, &self.link.profile).map_err(unanswered)
        })
    }

    /// The services on offer.
    pub async fn services(&self) -> Told<Services> {
        let path = "/v1/services".to_owned();
        let told = self
            .link
            .get("list services", Lane::Background, path, None)
            .await;
        tell(told, |answer| {
            read::services(&answer.body, &self.link.profile).map_err(unanswered)
        })
    }

    /// One page of the items on file, from the beginning without `after`.
    pub async fn items(&self, after: Option<&str>) -> Told<PageOutcome<Item>> {
        let told = self
            .feed("list items", Lane::Background, "/v1/items", after)
            .await;
        paged(told, |body| read::page(body, "items", after, read::item))
    }

    /// One page of what happened to orders, from the oldest kept without `after`.
    pub async fn order_events(
        &self,
        lane: Lane,
        after: Option<&str>,
    ) -> Told<PageOutcome<OrderEvent>> {
        let told = self
            .feed("list order events", lane, "/v1/order-events", after)
            .await;
        let profile = &self.link.profile;
        paged(told, |body| {
            let event = |event: wire::OrderEvent| read::order_event(event, profile);
            read::page(body, "order-events", after, event)
        })
    }

    /// Looks an order up by our reference. Only Whistl's own "no such order" is
    /// [`Found::NotFound`]; any other 404 is no answer at all (wrong address, a proxy).
    pub async fn find_order(&self, lane: Lane, reference: &ClientReference) -> Told<Found> {
        let path = order_path(reference, "");
        let (answer, mut exchange) = self.link.get("look up order", lane, path, None).await;
        let result = match answer {
            Ok(answer) => read::order_state(&answer.body, reference, &self.link.profile)
                .map(Found::Here)
                .map_err(unanswered),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if told.is(code::ORDER_NOT_FOUND) => Ok(Found::NotFound),
                Some(_) | None => Err(as_question(fault)),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    async fn feed(
        &self,
        operation: &'static str,
        lane: Lane,
        path: &str,
        after: Option<&str>,
    ) -> (Result<Response, Fault>, Exchange) {
        let mut query = vec![("limit", PAGE_ROWS.to_owned())];
        query.extend(after.map(|after| ("after", after.to_owned())));
        self.link
            .get(operation, lane, path.to_owned(), Some(query))
            .await
    }
}

impl Writer {
    /// Sends an order. Sending the same again is harmless where the account is
    /// idempotent ([`Profile::submit_idempotent`]).
    pub async fn submit(&self, lane: Lane, submission: &Submission) -> Told<Submitted> {
        let profile = &self.link.profile;
        let reference = &submission.reference;
        let operation = "submit order";
        let path = order_path(reference, "");
        if let Some(problem) = submission.problem() {
            return self
                .link
                .unsent(operation, Method::Put, path, "BAD_MESSAGE", problem);
        }
        let body = submission.body.clone();
        let (answer, mut exchange) = self
            .link
            .write(operation, lane, Method::Put, path, reference, body)
            .await;
        let result = match answer {
            Ok(answer) => read::order_state(&answer.body, reference, profile)
                .map(|state| taken(answer.status, state, profile))
                .map_err(unclear),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if exchange.status == Some(422) => {
                    Ok(Submitted::Rejected(told.rejection(profile)))
                }
                Some(told) => clash(&told).ok_or(fault),
                None => Err(fault),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    /// Asks for an order to be cancelled; repeating it is harmless. The note is cut to
    /// 200 characters.
    pub async fn cancel(
        &self,
        lane: Lane,
        reference: &ClientReference,
        why: CancelReason,
        remark: &str,
    ) -> Told<Cancelled> {
        let short: String = remark.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = short
            .chars()
            .filter(|c| !c.is_control())
            .take(NOTE)
            .collect();
        let message = wire::Cancel {
            reason_code: why.word(),
            note: Some(short.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let operation = "cancel order";
        let path = order_path(reference, "/cancel");
        let body = match serde_json::to_vec(&message) {
            Ok(body) => Bytes::from(body),
            Err(fault) => {
                let problem = format!("could not be written: {fault}");
                return self
                    .link
                    .unsent(operation, Method::Post, path, "BAD_MESSAGE", problem);
            }
        };
        let (answer, mut exchange) = self
            .link
            .write(operation, lane, Method::Post, path, reference, body)
            .await;
        let result = match answer {
            Ok(answer) => self.cancelled(&answer, reference),
            Err(fault) => match refused(&exchange, &fault) {
                Some(told) if told.is(code::TOO_LATE_TO_CANCEL) => Ok(Cancelled::TooLate {
                    status: told.existing.status.trimmed().to_owned(),
                }),
                Some(told) if told.is(code::ORDER_NOT_FOUND) => Ok(Cancelled::Unknown),
                Some(_) | None => Err(fault),
            },
        };
        note(&mut exchange, &result);
        Told { result, exchange }
    }

    fn cancelled(
        &self,
        answer: &Response,
        reference: &ClientReference,
    ) -> Result<Cancelled, Fault> {
        let told: wire::CancelReply = vendor::json::parse(&answer.body).map_err(unclear)?;
        let state = read::state_of(told.order, reference, &self.link.profile).map_err(unclear)?;
        match told.outcome.trimmed().to_ascii_uppercase().as_str() {
            "CANCELLED" => Ok(Cancelled::Done(state)),
            "CANCEL_PENDING" => Ok(Cancelled::Pending(state)),
            _ if state.status == OrderStatus::Cancelled => Ok(Cancelled::Done(state)),
            other => Err(Fault::Unclear {
                wait: None,
                message: format!("outcome: expected CANCELLED or CANCEL_PENDING (found {other})"),
            }),
        }
    }
}

/// What an order state in answer to a submission means. Their word for the order's state
/// outweighs the HTTP status: an account that answers 201 and checks later is deferred.
fn taken(http: u16, state: OrderState, profile: &Profile) -> Submitted {
    match &state.status {
        OrderStatus::Received => Submitted::Deferred(state),
        OrderStatus::Rejected => {
            let words = state
                .hold
                .as_ref()
                .map(|hold| hold.message.clone())
                .unwrap_or_default();
            Submitted::Rejected(Rejection {
                reasons: vec![reason(&state.raw_status, "", "", &words, profile)],
                first_only: profile.rejections_first_only,
            })
        }
        OrderStatus::Cancelled => Submitted::ReferenceUsedUp {
            existing_status: state.raw_status,
            whistl_ref: state.whistl_ref,
        },
        OrderStatus::Accepted
        | OrderStatus::Backordered
        | OrderStatus::Held
        | OrderStatus::Picking
        | OrderStatus::Packed
        | OrderStatus::PartDespatched
        | OrderStatus::Despatched
        | OrderStatus::Other(_) => match http {
            200 => Submitted::AlreadyAccepted(state),
            202 => Submitted::Deferred(state),
            _ => Submitted::Accepted(state),
        },
    }
}

/// A refusal because of what they hold under the reference.
fn clash(told: &ErrorBody) -> Option<Submitted> {
    let existing_status = told.existing.status.trimmed().to_owned();
    let whistl_ref = told.existing.whistl_ref.trimmed().to_owned();
    if told.is(code::REF_CONFLICT) {
        let differs = told
            .existing
            .differs
            .iter()
            .flatten()
            .filter_map(wire::told)
            .collect();
        return Some(Submitted::Conflict {
            differs,
            existing_status,
            whistl_ref,
        });
    }
    if told.is(code::REF_CANCELLED) {
        return Some(Submitted::ReferenceUsedUp {
            existing_status,
            whistl_ref,
        });
    }
    None
}

fn paged<T>(
    told: (Result<Response, Fault>, Exchange),
    read: impl FnOnce(&[u8]) -> Result<Page<T>, BadField>,
) -> Told<PageOutcome<T>> {
    let (answer, mut exchange) = told;
    let result = match answer {
        Ok(answer) => read(&answer.body)
            .map(PageOutcome::Page)
            .map_err(unanswered),
        Err(fault) => match refused(&exchange, &fault) {
            Some(told) if told.is(code::CURSOR_EXPIRED) => Ok(PageOutcome::Expired {
                oldest: told.oldest_cursor,
            }),
            Some(_) | None => Err(as_question(fault)),
        },
    };
    note(&mut exchange, &result);
    Told { result, exchange }
}

/// Their own words of a refusal. The fault carries the code; the record carries the rest.
fn refused(exchange: &Exchange, fault: &Fault) -> Option<ErrorBody> {
    match fault {
        Fault::Refused { .. } => ErrorBody::read(&exchange.response),
        Fault::Busy { .. }
        | Fault::Unreachable(_)
        | Fault::SignIn(_)
        | Fault::NoAnswer { .. }
        | Fault::Unclear { .. }
        | Fault::Redirected(_) => None,
    }
}

/// A 404 in answer to a question that is not about a missing order: the address is wrong.
fn as_question(fault: Fault) -> Fault {
    match fault {
        Fault::Refused {
            status: 404,
            code,
            message,
        } => Fault::NoAnswer {
            wait: None,
            message: format!("no such address at Whistl ({code}): {message}"),
        },
        other => other,
    }
}

/// Makes the record say what the answer was read as. A refusal that is an answer keeps
/// its verdict: they did say no.
fn note<T>(exchange: &mut Exchange, result: &Result<T, Fault>) {
    match result {
        Ok(_) if exchange.status == Some(404) => {
            exchange.verdict = Verdict::Answered;
            exchange.detail = String::new();
        }
        Ok(_) => {}
        Err(fault) => {
            exchange.verdict = fault.into();
            exchange.detail = fault.to_string();
        }
    }
}

fn unanswered(bad: BadField) -> Fault {
    Fault::NoAnswer {
        wait: None,
        message: bad.to_string(),
    }
}

fn unclear(bad: BadField) -> Fault {
    Fault::Unclear {
        wait: None,
        message: bad.to_string(),
    }
}

fn order_path(reference: &ClientReference, tail: &str) -> String {
    format!(
        "/v1/orders/{}{tail}",
        vendor::talk::encode(reference.as_str())
    )
}

/// The account, shared by both halves.
#[derive(Debug)]
struct Link {
    profile: Profile,
    line: Line,
    calls: AtomicU64,
}

impl Link {
    async fn get(
        &self,
        operation: &'static str,
        lane: Lane,
        path: String,
        query: Option<Vec<(&'static str, String)>>,
    ) -> (Result<Response, Fault>, Exchange) {
        let headers = vec![("x-request-id", self.request_id(operation, &path))];
        self.call(Call {
            operation,
            lane,
            method: Method::Get,
            path,
            query: query.unwrap_or_default(),
            headers,
            body: None,
            time_limit: TIME_LIMIT,
            size_limit: SIZE_LIMIT,
            write: false,
        })
        .await
    }

    async fn write(
        &self,
        operation: &'static str,
        lane: Lane,
        method: Method,
        path: String,
        reference: &ClientReference,
        body: Bytes,
    ) -> (Result<Response, Fault>, Exchange) {
        let headers = vec![
            (
                "x-request-id",
                self.request_id(operation, reference.as_str()),
            ),
            ("content-type", Header::Plain("application/json".to_owned())),
        ];
        self.call(Call {
            operation,
            lane,
            method,
            path,
            query: Vec::new(),
            headers,
            body: Some(body),
            time_limit: TIME_LIMIT,
            size_limit: SIZE_LIMIT,
            write: true,
        })
        .await
    }

    async fn call(&self, call: Call) -> (Result<Response, Fault>, Exchange) {
        match self.profile.usable() {
            Ok(()) => self.line.call(call).await,
            Err(unsupported) => {
                let Call {
                    operation,
                    method,
                    path,
                    ..
                } = call;
                let words = unsupported.to_string();
                let (fault, exchange) =
                    self.not_sent(operation, method, path, "TRANSPORT_NOT_BUILT", words);
                (Err(fault), exchange)
            }
        }
    }

    fn unsent<T>(
        &self,
        operation: &'static str,
        method: Method,
        path: String,
        code: &str,
        message: String,
    ) -> Told<T> {
        let (fault, exchange) = self.not_sent(operation, method, path, code, message);
        Told {
            result: Err(fault),
            exchange,
        }
    }

    /// The record of a call that was not made.
    fn not_sent(
        &self,
        operation: &'static str,
        method: Method,
        path: String,
        code: &str,
        message: String,
    ) -> (Fault, Exchange) {
        let fault = Fault::Refused {
            status: NOT_SENT,
            code: code.to_owned(),
            message,
        };
        let exchange = Exchange {
            operation,
            method: method.word(),
            path,
            request: Bytes::new(),
            status: None,
            response: Bytes::new(),
            started: self.line.clock.now(),
            duration_ms: 0,
            verdict: (&fault).into(),
            detail: fault.to_string(),
            skew_seconds: None,
        };
        (fault, exchange)
    }

    /// A new id for each attempt. Made of what, when and how many, not of chance, so that
    /// one seed of the simulation gives one run.
    fn request_id(&self, operation: &str, subject: &str) -> Header {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let now = self.line.clock.now();
        let name = format!("{operation} {subject} {} {number}", now.timestamp_micros());
        Header::Plain(Uuid::new_v5(&REQUEST_IDS, name.as_bytes()).to_string())
    }
}

#[cfg(test)]
mod tests;
