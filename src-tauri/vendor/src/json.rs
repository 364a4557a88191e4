//! Reads JSON so that what is wrong can be named: the path of the field, the value
//! found there, and what was expected. Knows no vendor's shapes.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

/// Longest value shown, characters.
const SHOWN: usize = 80;

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
    from_value(&value(body)?)
}

/// Reads a whole body as JSON of any shape.
pub fn value(body: &[u8]) -> Result<Value, BadField> {
    serde_json::from_slice(body).map_err(|fault| BadField {
        path: ".".into(),
        message: format!("not complete JSON: {fault}"),
        value: shortened(&String::from_utf8_lossy(&body[..body.len().min(4 * SHOWN)])),
    })
}

/// Reads one value, a row of a list for instance.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, BadField> {
    serde_path_to_error::deserialize(value).map_err(|fault| {
        let message = fault.inner().to_string();
        let path = fault.path();
        BadField {
            path: path.to_string(),
            message,
            value: excerpt(at(value, path)),
        }
    })
}

/// A value as it is shown to a person: JSON, cut short, "nothing" when absent.
pub fn excerpt(value: Option<&Value>) -> String {
    value.map_or_else(
        || "nothing".to_owned(),
        |value| shortened(&value.to_string()),
    )
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}

fn at<'a>(root: &'a Value, path: &Path) -> Option<&'a Value> {
    path.iter().try_fold(root, |value, segment| match segment {
        Segment::Seq { index } => value.get(index),
        Segment::Map { key } => value.get(key),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::lenient::Amount;

    #[derive(Debug, Deserialize)]
    struct Order {
        #[serde(rename = "Lines")]
        lines: Vec<Line>,
    }

    #[derive(Debug, Deserialize)]
    struct Line {
        #[serde(rename = "Quantity")]
        quantity: Amount,
    }

    #[test]
    fn a_wrong_value_deep_inside_is_named_with_its_path_and_value() {
        let bad = parse::<Order>(br#"{"Lines":[{"Quantity":1},{"Quantity":"two"}]}"#).unwrap_err();
        assert_eq!(bad.path, "Lines[1].Quantity");
        assert_eq!(bad.value, "\"two\"");
        assert!(bad.message.contains("a number"), "{bad}");
    }

    #[test]
    fn a_good_order_is_read_to_the_digit() {
        let order = parse::<Order>(br#"{"Lines":[{"Quantity":0.1000}]}"#).unwrap();
        assert_eq!(order.lines[0].quantity.0.unwrap().to_string(), "0.1000");
    }

    #[test]
    fn a_body_cut_short_says_so_and_shows_its_beginning() {
        let bad = parse::<Order>(br#"{"Lines":[{"Quan"#).unwrap_err();
        assert_eq!(bad.path, ".");
        assert!(bad.message.contains("EOF"), "{bad}");
        assert_eq!(bad.value, r#"{"Lines":[{"Quan"#);
    }

    #[test]
    fn a_long_value_is_shown_cut_short() {
        let body = format!(r#"{{"Lines":"{}"}}"#, "é".repeat(500));
        let bad = parse::<Order>(body.as_bytes()).unwrap_err();
        assert_eq!(bad.value.chars().count(), 80);
    }

    #[test]
    fn json_nested_without_end_is_a_fault_and_no_crash() {
        assert!(value("[".repeat(100_000).as_bytes()).is_err());
    }
}
