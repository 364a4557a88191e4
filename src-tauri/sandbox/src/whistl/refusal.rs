//! The ways the warehouse says no: one error body for all of them (contract,
//! section 7) and the reasons inside a rejected order (section 13).
//! Which no is said, and when, is decided elsewhere.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// One reason for which an order was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rejection {
    /// A code of section 13.
    pub(super) code: String,
    /// The field at fault, as a path into the order (`lines[1].sku`).
    pub(super) field: Option<String>,
    /// What stood there, as sent.
    pub(super) value: Value,
    /// The reason in words.
    pub(super) message: String,
}

/// An answer that is a no.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    /// HTTP status.
    pub(super) status: u16,
    /// Error code of section 7.
    pub(super) code: &'static str,
    /// What is wrong, in a sentence.
    pub(super) message: String,
    /// `Retry-After`, already in its written form.
    pub(super) retry_after: Option<String>,
    /// Boxed, so that the usual yes is not made to carry a big no.
    particulars: Box<Particulars>,
}

/// The members of an error body that only some refusals have.
#[derive(Clone, Debug, Default)]
struct Particulars {
    /// Members written before `rejections`, as the samples do (`existing`, `first_only`).
    details: Map<String, Value>,
    /// Members written after `rejections` (`oldest_cursor`, `retry_after_s`).
    hints: Map<String, Value>,
    rejections: Vec<Rejection>,
}

impl Refusal {
    /// A no with nothing but its code and sentence.
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            retry_after: None,
            particulars: Box::default(),
        }
    }

    /// A body that cannot be read, or holds a value of the wrong type.
    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, "MALFORMED", message)
    }

    /// An order refused as a whole; `first_only` warns that more may follow.
    pub(super) fn order(rejections: Vec<Rejection>, first_only: bool) -> Self {
        let count = rejections.len();
        let problems = if count == 1 { "problem" } else { "problems" };
        let mut refusal = Self::new(
            422,
            "ORDER_REJECTED",
            format!("Order refused: {count} {problems}."),
        )
        .with("first_only", json!(first_only));
        refusal.particulars.rejections = rejections;
        refusal
    }

    /// The same no with one more member before `rejections`.
    pub(super) fn with(mut self, key: &str, value: Value) -> Self {
        self.particulars.details.insert(key.to_owned(), value);
        self
    }

    /// The same no with one more member after `rejections`.
    pub(super) fn hinting(mut self, key: &str, value: Value) -> Self {
        self.particulars.hints.insert(key.to_owned(), value);
        self
    }

    /// The error body, in the samples' order of members.
    pub(super) fn body(&self, request_id: &str) -> Value {
        let mut error = Map::new();
        error.insert("code".into(), json!(self.code));
        error.insert("message".into(), json!(self.message));
        error.insert(
            "retryable".into(),
            json!(matches!(self.status, 429 | 500..=599)),
        );
        error.insert("request_id".into(), json!(request_id));
        error.extend(self.particulars.details.clone());
        error.insert("rejections".into(), json!(self.particulars.rejections));
        error.extend(self.particulars.hints.clone());
        json!({ "error": error })
    }
}
