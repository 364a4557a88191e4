//! Reads JSON so that what is wrong can be named: the path of the field, the value
//! found there, and what was expected. Knows no vendor's shapes.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A field that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message} (found {value})")]
pub struct BadField {
    /// Path in the vendor's own spelling, `Order.Lines[1].Quantity`; `.` for the whole.
    pub path: String,
    /// What was expected, or how the text breaks off.
    pub message: String,
    /// The value found, as JSON, at most 80 characters; "nothing" when absent.
    pub value: String,
}

/// Reads a whole body.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, BadField> {
    let _ = body;
    todo!()
}

/// Reads one value, a row of a list for instance.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, BadField> {
    let _ = value;
    todo!()
}
