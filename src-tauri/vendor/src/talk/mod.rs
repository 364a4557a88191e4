//! One call to a vendor, the same way for both: wait for a turn, send, time it, say what
//! came of it, and leave a record without secrets. What a vendor's status means is the
//! vendor's client's business ([`ReadStatus`]).

mod judge;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    Base, Clock, Exchange, Fault, Header, Lane, Method, Pacer, Redactor, Request, Response, Told,
    Verdict, Wire, WireFault, retry_after,
};

/// A wire that does not keep its own time limit is cut off this much later.
const GRACE: Duration = Duration::from_secs(5);

/// How one vendor says no.
pub trait ReadStatus: Send + Sync {
    /// Reads an answer whose status is neither 2xx nor 3xx. `Some` where the answer
    /// proves that nothing happened ([`Fault::Refused`], [`Fault::Busy`],
    /// [`Fault::SignIn`]); `None` where it does not: a question then has no answer, and
    /// a write is unclear. Secrets are already taken out of the answer.
    fn refusal(&self, answer: &Response, write: bool, now: DateTime<Utc>) -> Option<Fault>;
}

impl<F> ReadStatus for F
where
    F: Fn(&Response, bool, DateTime<Utc>) -> Option<Fault> + Send + Sync,
{
    fn refusal(&self, answer: &Response, write: bool, now: DateTime<Utc>) -> Option<Fault> {
        self(answer, write, now)
    }
}

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// What is asked, in a few stable words: "list sales".
    pub operation: &'static str,
    /// For which work.
    pub lane: Lane,
    /// Method.
    pub method: Method,
    /// Path below the base, beginning with a slash; its parts already through
    /// [`encode`] where they hold foreign text.
    pub path: String,
    /// Query, in plain text; encoded on the way out.
    pub query: Vec<(&'static str, String)>,
    /// Headers of this call beside the line's own.
    pub headers: Vec<(&'static str, Header)>,
    /// JSON body.
    pub body: Option<Bytes>,
    /// The whole call must end within this.
    pub time_limit: Duration,
    /// The answer must not be longer than this many bytes.
    pub size_limit: usize,
    /// Whether it may change something at the vendor.
    pub write: bool,
}

/// The line to one vendor.
#[derive(Clone)]
pub struct Line {
    /// Carries the requests.
    pub wire: Arc<dyn Wire>,
    /// Says when.
    pub pacer: Arc<Pacer>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Where to.
    pub base: Base,
    /// Headers of every call, credentials among them.
    pub headers: Vec<(&'static str, Header)>,
    /// Takes secrets out of all that is kept.
    pub redactor: Redactor,
    /// Reads the vendor's refusals.
    pub status: Arc<dyn ReadStatus>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl Line {
    /// Makes one call. The response and every text are without secrets; a rate refusal
    /// also pauses the pacer, before anybody else can take the turn.
    pub async fn call(&self, call: Call) -> (Result<Response, Fault>, Exchange) {
        let path = path_and_query(&call);
        let request = self.request(&call, &path);
        let turn = self.pacer.turn(call.lane).await;
        let started = self.clock.now();
        let sent = self
            .send(&request)
            .await
            .map(|response| self.cleaned(response));
        let ended = self.clock.now();
        let kept = sent.as_ref().ok().cloned();
        let result = match sent {
            Ok(response) => judge::answer(response, call.write, self.status.as_ref(), ended),
            Err(fault) => Err(judge::wire_fault(fault, call.write, &self.redactor)),
        };
        if let Err(Fault::Busy { wait, .. }) = &result {
            let wait = TimeDelta::from_std((*wait).min(retry_after::LONGEST)).unwrap_or_default();
            self.pacer.pause_until(ended + wait);
        }
        turn.done();
        let exchange = Exchange {
            operation: call.operation,
            method: call.method.word(),
            path: self.redactor.text(&path),
            request: self.redactor.bytes(call.body.unwrap_or_default()),
            status: kept.as_ref().map(|response| response.status),
            response: kept
                .as_ref()
                .map(|response| response.body.clone())
                .unwrap_or_default(),
            started,
            duration_ms: u64::try_from((ended - started).num_milliseconds()).unwrap_or(0),
            verdict: result
                .as_ref()
                .err()
                .map_or(Verdict::Answered, Verdict::from),
            detail: result
                .as_ref()
                .err()
                .map(ToString::to_string)
                .unwrap_or_default(),
            skew_seconds: kept.and_then(|response| skew(&response, ended)),
        };
        (result, exchange)
    }

    async fn send(&self, request: &Request) -> Result<Response, WireFault> {
        tokio::select! {
            biased;
            answer = self.wire.exchange(request) => answer,
            () = self.clock.sleep(request.time_limit + GRACE) => {
                Err(WireFault::TimedOut(request.time_limit.as_secs()))
            }
        }
    }

    fn request(&self, call: &Call, path: &str) -> Request {
        Request {
            method: call.method,
            url: format!("{}{path}", self.base.as_str()),
            headers: self.headers.iter().chain(&call.headers).cloned().collect(),
            body: call.body.clone(),
            time_limit: call.time_limit,
            size_limit: call.size_limit,
        }
    }

    fn cleaned(&self, response: Response) -> Response {
        Response {
            status: response.status,
            headers: response
                .headers
                .into_iter()
                .map(|(name, value)| (name, self.redactor.text(&value)))
                .collect(),
            body: self.redactor.bytes(response.body),
        }
    }
}

/// Reads the answer of a call; when that fails, the record says so too.
pub fn tell<T>(
    told: (Result<Response, Fault>, Exchange),
    read: impl FnOnce(Response) -> Result<T, Fault>,
) -> Told<T> {
    let (answer, mut exchange) = told;
    let result = answer.and_then(read);
    if let Err(fault) = &result {
        exchange.verdict = fault.into();
        exchange.detail = fault.to_string();
    }
    Told { result, exchange }
}

/// Percent-encodes foreign text for a path or a query. Letters, digits and `-._~:` stay,
/// so that dates remain readable in the record.
pub fn encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

fn path_and_query(call: &Call) -> String {
    let query: Vec<String> = call
        .query
        .iter()
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if query.is_empty() {
        call.path.clone()
    } else {
        format!("{}?{}", call.path, query.join("&"))
    }
}

fn skew(response: &Response, now: DateTime<Utc>) -> Option<i64> {
    let theirs = retry_after::http_date(response.header("date")?)?;
    Some((theirs - now).num_seconds())
}

#[cfg(test)]
mod tests;
