//! The account: its line, and what each call has in common. The questions are in
//! [`crate::reader`], the writes in [`crate::writer`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use domain::ClientReference;
use secrecy::SecretString;
use uuid::Uuid;
use vendor::{
    Base, Call, Clock, Exchange, Fault, Header, Lane, Line, Method, Pacer, Redactor, Response,
    Told, Verdict, Wire,
};

use crate::profile::Profile;
use crate::reader::Reader;
use crate::status::{ErrorBody, NOT_SENT, refusal, refusal_of_a_request};
use crate::writer::Writer;

/// A call must end within this (the contract's section 4).
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Largest answer, bytes (the contract's section 4).
const SIZE_LIMIT: usize = 8 << 20;
/// Names our request ids (any fixed value does; ids only need to differ).
const REQUEST_IDS: Uuid = Uuid::from_u128(0x5b1d_9e04_6c0f_4f0e_9f3a_2d3c_71e0_a4b7);

/// What the account's key is.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The API key.
    pub key: SecretString,
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

/// Their own words of a refusal. The fault carries the code; the record carries the rest.
pub(crate) fn refused(exchange: &Exchange, fault: &Fault) -> Option<ErrorBody> {
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

/// Makes the record say what the answer was read as. A refusal that is an answer keeps
/// its verdict: they did say no.
pub(crate) fn note<T>(exchange: &mut Exchange, result: &Result<T, Fault>) {
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

pub(crate) fn order_path(reference: &ClientReference, tail: &str) -> String {
    format!(
        "/v1/orders/{}{tail}",
        vendor::talk::encode(reference.as_str())
    )
}

/// The account, shared by both halves.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) profile: Profile,
    line: Line,
    calls: AtomicU64,
}

impl Link {
    pub(crate) async fn get(
        &self,
        operation: &'static str,
        lane: Lane,
        path: String,
        query: Option<Vec<(&'static str, String)>>,
    ) -> (Result<Response, Fault>, Exchange) {
        let query = query.unwrap_or_default();
        self.get_within(TIME_LIMIT, operation, lane, path, query)
            .await
    }

    pub(crate) async fn get_within(
        &self,
        time_limit: Duration,
        operation: &'static str,
        lane: Lane,
        path: String,
        query: Vec<(&'static str, String)>,
    ) -> (Result<Response, Fault>, Exchange) {
        let headers = vec![("x-request-id", self.request_id(operation, &path))];
        self.call(Call {
            operation,
            lane,
            method: Method::Get,
            path,
            query,
            headers,
            body: None,
            time_limit,
            size_limit: SIZE_LIMIT,
            write: false,
        })
        .await
    }

    /// Asks for something to be made that is no order. Asking twice is harmless, so nothing
    /// is left open by it; a refusal for rate is its own ([`refusal_of_a_request`]).
    pub(crate) async fn ask_for(
        &self,
        operation: &'static str,
        lane: Lane,
        path: &str,
        query: Vec<(&'static str, String)>,
    ) -> (Result<Response, Fault>, Exchange) {
        let headers = vec![
            ("x-request-id", self.request_id(operation, path)),
            ("content-type", Header::Plain("application/json".to_owned())),
        ];
        let line = Line {
            status: Arc::new(refusal_of_a_request),
            ..self.line.clone()
        };
        let call = Call {
            operation,
            lane,
            method: Method::Post,
            path: path.to_owned(),
            query,
            headers,
            body: Some(Bytes::from_static(b"{}")),
            time_limit: TIME_LIMIT,
            size_limit: SIZE_LIMIT,
            write: false,
        };
        self.call_on(&line, call).await
    }

    pub(crate) async fn write(
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
        self.call_on(&self.line, call).await
    }

    async fn call_on(&self, line: &Line, call: Call) -> (Result<Response, Fault>, Exchange) {
        match self.profile.usable() {
            Ok(()) => line.call(call).await,
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

    pub(crate) fn unsent<T>(
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
pub(crate) mod tests;
