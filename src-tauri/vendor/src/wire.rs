//! The seam at HTTP: a request in, a response out. The network implements it, and so
//! does the simulation, which hands the request straight to the sandbox.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use secrecy::SecretString;

/// The methods the vendors use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// A question.
    Get,
    /// A write that replaces.
    Put,
    /// A write that adds.
    Post,
    /// A write that removes.
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A header's value: plain ones may be recorded, secret ones never.
#[derive(Clone, Debug)]
pub enum Header {
    /// May be recorded.
    Plain(String),
    /// A credential: sent, never recorded, never printed.
    Secret(SecretString),
}

/// One request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Absolute address including the query.
    pub url: String,
    /// Names in lower case.
    pub headers: Vec<(&'static str, Header)>,
    /// Body, JSON in all our calls.
    pub body: Option<Bytes>,
    /// The whole call must end within this.
    pub time_limit: Duration,
    /// The answer's body must not be longer than this many bytes.
    pub size_limit: usize,
}

/// One answer, read whole.
#[derive(Clone, Debug)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Bytes,
}

impl Response {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

/// The wire failed before there was an answer to read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireFault {
    /// Nothing left this machine: no connection, no name, a certificate refused.
    #[error("could not connect: {0}")]
    NotSent(String),
    /// It may have arrived: the connection broke, or the answer was cut off.
    #[error("no complete answer: {0}")]
    Broken(String),
    /// It may have arrived: no answer in time.
    #[error("no answer within {0} s")]
    TimedOut(u64),
    /// The answer was longer than allowed and was not read to its end.
    #[error("the answer was longer than {0} bytes")]
    TooLong(usize),
}

/// The future of one exchange.
pub type WireFuture<'a> = Pin<Box<dyn Future<Output = Result<Response, WireFault>> + Send + 'a>>;

/// Carries one request and brings back one response. Never follows a redirect, never
/// repeats a request: whether to try again is a decision with a record, not a reflex.
pub trait Wire: Send + Sync {
    /// Sends the request and reads the answer whole.
    fn exchange<'a>(&'a self, request: &'a Request) -> WireFuture<'a>;
}
