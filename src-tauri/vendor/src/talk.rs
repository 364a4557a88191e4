//! One call to a vendor, the same way for both: wait for a turn, send, time it, say what
//! came of it, and leave a record without secrets. What a vendor's status means is the
//! vendor's client's business ([`ReadStatus`]).

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};

use crate::{
    Base, Clock, Exchange, Fault, Header, Lane, Method, Pacer, Redactor, Response, Told, Wire,
};

/// How one vendor says no.
pub trait ReadStatus: Send + Sync {
    /// Reads an answer whose status is neither 2xx nor 3xx. `Some` where the answer
    /// proves that nothing happened ([`Fault::Refused`], [`Fault::Busy`],
    /// [`Fault::SignIn`]); `None` where it does not: a question then has no answer, and
    /// a write is unclear. Secrets are already taken out of the answer.
    fn refusal(&self, answer: &Response, write: bool, now: DateTime<Utc>) -> Option<Fault>;
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

impl Line {
    /// Makes one call. The response's body and every text are without secrets; a rate
    /// refusal also pauses the pacer.
    pub async fn call(&self, call: Call) -> (Result<Response, Fault>, Exchange) {
        let _ = call;
        todo!()
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

/// Percent-encodes foreign text for a path or a query.
pub fn encode(text: &str) -> String {
    text.to_owned()
}
