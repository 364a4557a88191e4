//! Turns what arrived on the wire into a request that vendors understand: decoded path
//! and query, header names in lower case, the body whole and of a bounded size.

use http_body_util::{BodyExt, Limited};
use hyper::Request;
use hyper::body::Incoming;
use serde_json::json;

use crate::http::{Answer, Ask};

/// Largest body taken, in bytes. Control calls may be larger than any vendor allows.
const BODY_MAX: usize = 16 * 1024 * 1024;

/// What became of reading a request.
pub(super) enum Read {
    /// It arrived.
    Whole(Ask),
    /// Its body is too large to be read.
    TooLarge(Answer),
    /// The caller went away while sending it.
    Lost,
}

/// Reads a request to its end.
pub(super) async fn read(request: Request<Incoming>) -> Read {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, BODY_MAX).collect().await {
        Ok(body) => body.to_bytes().to_vec(),
        Err(fault) if fault.is::<http_body_util::LengthLimitError>() => {
            let message = format!("the body exceeds {BODY_MAX} bytes");
            let error = json!({ "error": { "code": "TOO_LARGE", "message": message } });
            return Read::TooLarge(Answer::json(413, &error));
        }
        Err(_) => return Read::Lost,
    };
    let headers = head.headers.iter().map(|(name, value)| {
        (
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    Read::Whole(Ask {
        method: head.method.as_str().to_uppercase(),
        path: decoded(head.uri.path(), false),
        query: pairs(head.uri.query().unwrap_or_default()),
        headers: headers.collect(),
        body,
    })
}

/// Query pairs in order; a plus stands for a blank, as in any form.
fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name, true), decoded(value, true)))
        .collect()
}

/// Undoes percent encoding; a percent sign that encodes nothing stands for itself.
fn decoded(text: &str, plus_is_blank: bool) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let encoded = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let value = encoded
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        at += if value.is_some() { 3 } else { 1 };
        plain.push(match (value, byte) {
            (Some(value), _) => value,
            (None, b'+') if plus_is_blank => b' ',
            (None, byte) => byte,
        });
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_queries_are_decoded_as_the_vendors_do() {
        assert_eq!(
            decoded("/sandbox/cin7/products/BOARD%2F22", false),
            "/sandbox/cin7/products/BOARD/22"
        );
        assert_eq!(decoded("a+b%20%zz%", false), "a+b %zz%");
        let expected = [
            ("Search", "tea pot"),
            ("UpdatedSince", "2026-11-24T09:00:00"),
            ("x", ""),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect();
        assert_eq!(
            pairs("Search=tea+pot&UpdatedSince=2026-11-24T09%3A00%3A00&&x"),
            expected
        );
    }
}
