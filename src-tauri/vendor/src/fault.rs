//! The kinds of failed call, each defined by what is known to have happened, and the
//! record that every call leaves behind.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};

/// A call that failed. The kind decides what happens next; the text is for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// They said no. Nothing happened, and repeating it will not help.
    #[error("refused ({status} {code}): {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// The vendor's own code, or "".
        code: String,
        /// The vendor's own words.
        message: String,
    },
    /// Refused for rate. Nothing happened; every call to this vendor waits this long.
    #[error("asked to wait {} s: {message}", wait.as_secs())]
    Busy {
        /// How long, already read out of whatever shape it came in and capped at 1 h.
        wait: Duration,
        /// The vendor's own words.
        message: String,
    },
    /// No connection. Nothing happened.
    #[error("not reachable: {0}")]
    Unreachable(String),
    /// The credentials were turned away.
    #[error("the credentials were refused: {0}")]
    SignIn(String),
    /// A question failed at the vendor (5xx), or was answered with nonsense. Nothing is
    /// lost by asking again later.
    #[error("no usable answer: {message}")]
    NoAnswer {
        /// How long the vendor asked us to wait, if it said.
        wait: Option<Duration>,
        /// What was wrong with the answer, naming the field where one is at fault.
        message: String,
    },
    /// A *write* that may have happened: time-out, broken connection, 5xx, unreadable
    /// answer. It must be looked up before anything is sent again.
    #[error("outcome unknown: {message}")]
    Unclear {
        /// How long the vendor asked us to wait, if it said.
        wait: Option<Duration>,
        /// What happened.
        message: String,
    },
    /// The answer points to another address. Never followed.
    #[error("the answer points elsewhere, to {0}; not followed")]
    Redirected(String),
}

/// What an exchange came to, as one stable word for the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The answer says what was asked.
    Answered,
    /// See [`Fault::Refused`].
    Refused,
    /// See [`Fault::Busy`].
    Busy,
    /// See [`Fault::Unreachable`].
    Unreachable,
    /// See [`Fault::SignIn`].
    SignIn,
    /// See [`Fault::NoAnswer`] and [`Fault::Redirected`].
    NoAnswer,
    /// See [`Fault::Unclear`].
    Unclear,
}

impl Verdict {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::Unreachable => "unreachable",
            Self::SignIn => "sign_in",
            Self::NoAnswer => "no_answer",
            Self::Unclear => "unclear",
        }
    }
}

impl From<&Fault> for Verdict {
    fn from(fault: &Fault) -> Self {
        match fault {
            Fault::Refused { .. } => Self::Refused,
            Fault::Busy { .. } => Self::Busy,
            Fault::Unreachable(_) => Self::Unreachable,
            Fault::SignIn(_) => Self::SignIn,
            Fault::NoAnswer { .. } | Fault::Redirected(_) => Self::NoAnswer,
            Fault::Unclear { .. } => Self::Unclear,
        }
    }
}

/// The record of one call, secrets already taken out, ready for the journal.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What was asked, in a few stable words: "list sales", "submit order".
    pub operation: &'static str,
    /// Method name.
    pub method: &'static str,
    /// Path and query; never the host, never a credential.
    pub path: String,
    /// Request body as sent, secrets taken out.
    pub request: Bytes,
    /// HTTP status, if an answer came.
    pub status: Option<u16>,
    /// Response body as received, secrets taken out; cut at the size limit.
    pub response: Bytes,
    /// When it left, UTC.
    pub started: DateTime<Utc>,
    /// How long it took, milliseconds.
    pub duration_ms: u64,
    /// What it came to.
    pub verdict: Verdict,
    /// The fault's words, or "".
    pub detail: String,
    /// The vendor's clock minus ours in seconds, where its answer carried a `Date`.
    pub skew_seconds: Option<i64>,
}

/// The answer to a call together with the record of it: whoever asks decides in which
/// transaction the record is kept, so that answer and record are never apart.
#[derive(Clone, Debug)]
pub struct Told<T> {
    /// What came of it.
    pub result: Result<T, Fault>,
    /// The record.
    pub exchange: Exchange,
}
