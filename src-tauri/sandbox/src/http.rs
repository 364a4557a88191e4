//! The shapes every simulated vendor speaks: a request that arrived, and what
//! goes back down the wire, including the ways a wire can fail.
//! No routing and no vendor knowledge lives here.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// A request as it arrived, before anybody understood it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Upper-case method.
    pub method: String,
    /// Path without the query, percent-decoded, as sent (case kept).
    pub path: String,
    /// Query pairs in order, percent-decoded.
    pub query: Vec<(String, String)>,
    /// Header names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

impl Ask {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }

    /// The first query value of exactly that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    }
}

/// A complete answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Header names and values as sent.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

impl Answer {
    /// A JSON answer with the vendor's usual content type.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self {
            status,
            headers: vec![(
                "Content-Type".into(),
                "application/json; charset=utf-8".into(),
            )],
            body: body.to_string().into_bytes(),
        }
    }

    /// An answer of some other type.
    pub fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self {
            status,
            headers: vec![("Content-Type".into(), content_type.into())],
            body: body.as_bytes().to_vec(),
        }
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// What the wire does with the answer.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It arrives.
    Whole(Answer),
    /// It arrives after this long.
    After(Duration, Answer),
    /// Headers and the first bytes of the body arrive, then the connection breaks.
    CutOff(Answer, usize),
    /// The connection closes without an answer.
    Dropped,
    /// The connection stays open and silent until the caller gives up.
    Silent,
    /// A body without end: the answer's body is repeated for ever.
    Endless(Answer),
}

/// Both clocks at the instant a request arrived.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The world's clock, which may run fast or stand still.
    pub world: DateTime<Utc>,
    /// Time on the clock that call limits are counted in. Real time since the
    /// sandbox started, but the world's own time under `--speed manual`.
    pub metered: Duration,
}

/// A control call that asked for something the sandbox cannot do. It is the
/// caller's mistake, so the message always says what would have been right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misuse {
    /// 400 for a bad field or value, 404 for a reference nobody knows.
    pub status: u16,
    /// What was wrong and what would have been right, in a sentence.
    pub message: String,
}

impl Misuse {
    /// A field or value that cannot be meant.
    pub fn bad(message: impl Into<String>) -> Self {
        Self {
            status: 400,
            message: message.into(),
        }
    }

    /// A number, SKU or reference that nobody knows.
    pub fn unknown(message: impl Into<String>) -> Self {
        Self {
            status: 404,
            message: message.into(),
        }
    }
}
