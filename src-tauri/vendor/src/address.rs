//! The address of a vendor: checked once, when it is set, so that no call can go
//! elsewhere by a slip of the hand. Nothing here opens a connection.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// A vendor's base address: https, or http on loopback; no user name, no query, no
/// fragment, no slash at its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base(String);

impl Base {
    /// The address as text, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address that must not be used: the address (a password in it taken out), what is
/// wrong with it, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{value}” {problem}; {fix}")]
pub struct BadAddress {
    /// The address at hand.
    pub value: String,
    /// What is wrong, as the end of a sentence that begins with the address.
    pub problem: String,
    /// What to write instead.
    pub fix: String,
}

/// Reads a vendor's base address.
///
/// Takes https anywhere and http on loopback only (127.0.0.0/8, `::1`, `localhost`);
/// refuses user names, queries and fragments; drops slashes at the end.
pub fn check_base(url: &str) -> Result<Base, BadAddress> {
    let parsed = Url::parse(url.trim()).map_err(|fault| BadAddress {
        value: without_user(url),
        problem: format!("is no web address ({fault})"),
        fix: "write it in full, such as https://example.com/api".into(),
    })?;
    let bad = |problem: &str, fix: String| BadAddress {
        value: without_user(url),
        problem: problem.into(),
        fix,
    };
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(bad(
            "carries a user name or password",
            "leave out everything before the @; keys belong in the keychain".into(),
        ));
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(bad(
            "carries a query or a fragment",
            format!("write {}", without_tail(&parsed)),
        ));
    }
    match parsed.scheme() {
        "https" => {}
        "http" if is_loopback(&parsed) => {}
        "http" => {
            return Err(bad(
                "is not encrypted (http is for loopback only)",
                format!(
                    "write https://{}",
                    without_tail(&parsed).trim_start_matches("http://")
                ),
            ));
        }
        _ => {
            return Err(bad(
                "is neither https nor http",
                "begin it with https://".into(),
            ));
        }
    }
    Ok(Base(without_tail(&parsed)))
}

/// Whether the host is this machine itself: the name `localhost` to the letter, or a
/// loopback address in any spelling.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let inner = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || inner.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
        || inner.parse::<Ipv6Addr>().is_ok_and(|ip| ip.is_loopback())
}

fn without_tail(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// The text with whatever stands between the scheme and the last @ of the host left out,
/// since it may be a password.
fn without_user(text: &str) -> String {
    let text = text.trim();
    let (scheme, rest) = text.split_once("//").unwrap_or(("", text));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let Some(at) = rest[..end].rfind('@') else {
        return text.to_owned();
    };
    let slashes = if scheme.is_empty() { "" } else { "//" };
    format!("{scheme}{slashes}…@{}", &rest[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(url: &str) -> String {
        check_base(url).unwrap().to_string()
    }

    #[test]
    fn a_vendor_is_reached_by_https_and_the_sandbox_on_loopback_by_http() {
        assert_eq!(
            accepted("https://inventory.dearsystems.com/ExternalApi/v2/"),
            "https://inventory.dearsystems.com/ExternalApi/v2"
        );
        assert_eq!(accepted(" https://Example.com "), "https://example.com");
        assert_eq!(
            accepted("http://127.0.0.1:41001/v2"),
            "http://127.0.0.1:41001/v2"
        );
        assert_eq!(accepted("http://127.9.9.9"), "http://127.9.9.9");
        assert_eq!(accepted("http://[::1]:8080/"), "http://[::1]:8080");
        assert_eq!(accepted("http://localhost:3000"), "http://localhost:3000");
    }

    #[test]
    fn an_unencrypted_address_elsewhere_is_refused_with_the_one_to_write() {
        for host in [
            "example.com",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "10.0.0.1",
        ] {
            let bad = check_base(&format!("http://{host}/v2")).unwrap_err();
            assert_eq!(bad.fix, format!("write https://{host}/v2"));
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_shown() {
        let bad = check_base("https://me:hunter2@example.com/v2").unwrap_err();
        assert!(
            !bad.to_string().contains("hunter2"),
            "a secret must not be shown: {bad}"
        );
        assert!(bad.to_string().contains("example.com/v2"));
        let unreadable = check_base("https://me:hunter2@exa mple.com").unwrap_err();
        assert!(!unreadable.to_string().contains("hunter2"), "{unreadable}");
    }

    #[test]
    fn a_query_a_fragment_another_scheme_and_nonsense_are_refused_by_name() {
        assert_eq!(
            check_base("https://example.com/v2?key=1").unwrap_err().fix,
            "write https://example.com/v2"
        );
        assert!(check_base("https://example.com/#top").is_err());
        assert!(
            check_base("ftp://example.com")
                .unwrap_err()
                .problem
                .contains("neither https")
        );
        assert!(check_base("file:///etc/passwd").is_err());
        assert!(check_base("inventory.dearsystems.com").is_err());
        assert!(check_base("").is_err());
    }
}
