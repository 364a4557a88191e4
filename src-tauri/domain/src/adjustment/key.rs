//! The key by which a document is found again in Cin7 when nobody knows whether it arrived.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::ids::NotA;

/// What every key begins with.
const PREFIX: &str = "SB-";
/// Half of a SHA-256 in hexadecimal: no two sets of adjustments will ever share one.
const DIGITS: usize = 32;

/// The key of a document: the same set of adjustments always has the same, whatever their
/// order and however often they are named. 35 characters, letters, digits and a hyphen, so
/// that it fits Cin7's `Reference` and can be searched for in `Notes`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(String);

impl DocumentKey {
    /// The key of the document that these adjustments go into.
    pub fn of<'a>(adjustments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut ids: Vec<&str> = adjustments.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut hash = Sha256::new();
        for id in ids {
            // With its length, so that `AB` and `C` are not `A` and `BC`.
            hash.update(format!("{}:{id}", id.len()));
        }
        let hex = hash
            .finalize()
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        Self(PREFIX.to_owned() + hex.get(..DIGITS).unwrap_or(&hex))
    }

    /// A key that was written down.
    pub fn parse(text: &str) -> Result<Self, NotA> {
        let digits = text.strip_prefix(PREFIX).unwrap_or_default();
        let shaped = digits.len() == DIGITS
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if shaped {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotA {
                wanted: "the key of a document",
                value: text.to_owned(),
            })
        }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a reference or a note of Cin7's bears this key.
    pub fn is_in(&self, text: &str) -> bool {
        text.to_ascii_lowercase()
            .contains(&self.0.to_ascii_lowercase())
    }
}

impl fmt::Display for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
