//! What was sent and answered, laid out to be read. Secrets never reach the log; personal
//! data is masked unless it is asked for.

use engine::views::{Activity, ActivityFilter, Views};
use store::Body;

use crate::shapes::{Payloads, UiError};

/// What was sent and answered at an entry, with personal data only if it is asked for.
///
/// # Errors
/// `entry_unknown` when there is no such entry; the store's.
pub fn payloads(look: &Views<'_>, entry: i64, personal: bool) -> Result<Payloads, UiError> {
    let found = look.activity(&ActivityFilter {
        before: entry.checked_add(1),
        limit: 1,
        payloads: true,
        personal,
        ..ActivityFilter::default()
    })?;
    let Some(found) = found.into_iter().find(|found| found.entry == entry) else {
        return Err(UiError::wrong(
            "entry_unknown",
            "There is no such entry in the log.",
        ));
    };
    let cleared = is_cleared(look, &found)?;
    Ok(Payloads {
        request: laid_out(found.request),
        response: laid_out(found.response),
        request_hash: found.request_hash.unwrap_or_default(),
        response_hash: found.response_hash.unwrap_or_default(),
        masked: !personal || cleared,
    })
}

/// Whether personal data has gone from a body with age, so that asking does not bring it
/// back.
fn is_cleared(look: &Views<'_>, found: &Activity) -> Result<bool, UiError> {
    for hash in [&found.request_hash, &found.response_hash] {
        let Some(hash) = hash.as_deref().and_then(bytes) else {
            continue;
        };
        if let Some(Body::Cleared(..) | Body::Locked) = look.reading.body(&hash)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    (0..hexadecimal.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hexadecimal.get(at..at + 2)?, 16).ok())
        .collect()
}

/// JSON with a field on each line; anything else as it is.
fn laid_out(body: Option<String>) -> String {
    let Some(body) = body else {
        return String::new();
    };
    let value: Option<serde_json::Value> = serde_json::from_str(&body).ok();
    value
        .and_then(|value| serde_json::to_string_pretty(&value).ok())
        .unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_in_its_own_order_with_its_own_numbers() {
        let body = r#"{"b":1.50,"a":[1]}"#;
        assert_eq!(
            laid_out(Some(body.into())),
            "{\n  \"b\": 1.50,\n  \"a\": [\n    1\n  ]\n}"
        );
        assert_eq!(laid_out(Some("<html>".into())), "<html>");
        assert_eq!(laid_out(None), "");
    }

    #[test]
    fn a_hash_is_read_back() {
        assert_eq!(bytes("00ff"), Some(vec![0, 255]));
        assert_eq!(bytes("0é"), None);
    }
}
