//! The one place where secrets are taken out of what is kept or shown.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};

/// What stands where a secret stood.
const MARK: &[u8] = b"[secret]";

/// Knows the secrets of one vendor and puts `[secret]` in their place: as they are, in
/// either case (Cin7's are GUIDs, which come in both), as JSON writes them, and as an
/// address writes them.
#[derive(Clone)]
pub struct Redactor {
    /// Every spelling of every secret, the longest first so that no part of one is left.
    needles: Arc<[SecretString]>,
}

impl Redactor {
    /// A redactor of these secrets; empty ones are ignored.
    pub fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let mut needles: Vec<SecretString> = secrets
            .into_iter()
            .flat_map(|secret| spellings(secret.expose_secret()))
            .collect();
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.expose_secret().len()));
        Self {
            needles: needles.into(),
        }
    }

    /// The text without the secrets.
    pub fn text(&self, text: &str) -> String {
        match self.clean(text.as_bytes()) {
            Some(clean) => String::from_utf8_lossy(&clean).into_owned(),
            None => text.to_owned(),
        }
    }

    /// The bytes without the secrets; the same allocation when there are none in it.
    pub fn bytes(&self, bytes: Bytes) -> Bytes {
        match self.clean(&bytes) {
            Some(clean) => clean.into(),
            None => bytes,
        }
    }

    /// `None` when there is nothing to take out.
    fn clean(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut clean: Option<Vec<u8>> = None;
        for needle in self.needles.iter() {
            let needle = needle.expose_secret().as_bytes();
            let current = clean.as_deref().unwrap_or(bytes);
            if let Some(next) = replaced(current, needle) {
                clean = Some(next);
            }
        }
        clean
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor")
            .field("needles", &self.needles.len())
            .finish()
    }
}

fn spellings(secret: &str) -> Vec<SecretString> {
    let secret = secret.trim();
    let quoted = serde_json::Value::from(secret).to_string();
    let in_json = quoted.trim_matches('"').to_owned();
    let mut all = vec![secret.to_owned(), in_json, crate::talk::encode(secret)];
    all.sort();
    all.dedup();
    all.retain(|spelling| !spelling.is_empty());
    all.into_iter().map(SecretString::from).collect()
}

fn replaced(bytes: &[u8], needle: &[u8]) -> Option<Vec<u8>> {
    let mut at = position(bytes, needle)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(MARK);
        rest = &rest[at + needle.len()..];
        match position(rest, needle) {
            Some(next) => at = next,
            None => break,
        }
    }
    out.extend_from_slice(rest);
    Some(out)
}

fn position(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let first = needle.first()?;
    bytes.windows(needle.len()).position(|window| {
        window[0].eq_ignore_ascii_case(first) && window.eq_ignore_ascii_case(needle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(secrets: &[&str]) -> Redactor {
        Redactor::new(secrets.iter().map(|s| SecretString::from(*s)))
    }

    #[test]
    fn a_key_is_taken_out_in_either_case_and_wherever_it_stands() {
        let redactor = of(&["ab12-CD34"]);
        assert_eq!(
            redactor.text("k=ab12-cd34&l=AB12-CD34."),
            "k=[secret]&l=[secret]."
        );
    }

    #[test]
    fn a_key_is_found_as_json_and_as_an_address_write_it() {
        let redactor = of(&["a\"b/c d"]);
        assert_eq!(redactor.text(r#"{"k":"a\"b/c d"}"#), r#"{"k":"[secret]"}"#);
        assert_eq!(redactor.text("?k=a%22b%2Fc%20d"), "?k=[secret]");
    }

    #[test]
    fn of_two_secrets_the_longer_goes_first_so_that_nothing_of_it_is_left() {
        assert_eq!(
            of(&["1234", "1234567"]).text("1234567 1234"),
            "[secret] [secret]"
        );
    }

    #[test]
    fn what_holds_no_secret_is_the_same_bytes_not_a_copy() {
        let body = Bytes::from_static(b"nothing here");
        let clean = of(&["key", ""]).bytes(body.clone());
        assert_eq!(clean.as_ptr(), body.as_ptr());
    }

    #[test]
    fn a_redactor_shown_for_debugging_tells_nothing() {
        assert!(!format!("{:?}", of(&["hunter2"])).contains("hunter2"));
    }
}
