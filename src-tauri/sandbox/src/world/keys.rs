//! The credentials of a world: made from its seed, so that a restarted sandbox has the
//! ones its callers were given. They open nothing but the sandbox.

use sha2::{Digest, Sha256};

/// What callers must show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Cin7's account id, a GUID.
    pub account_id: String,
    /// Cin7's application key, a GUID.
    pub cin7: String,
    /// Whistl's client code.
    pub client_code: String,
    /// Whistl's API key, 40 letters and digits.
    pub whistl: String,
}

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const WHISTL_KEY_LENGTH: usize = 40;

impl Keys {
    /// The keys of a seed.
    pub fn of(seed: u64) -> Self {
        Self {
            account_id: guid(seed, "cin7 account"),
            cin7: guid(seed, "cin7 key"),
            client_code: "STKB".into(),
            whistl: letters(seed, "whistl key"),
        }
    }
}

fn draw(seed: u64, what: &str, part: u8) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed.to_be_bytes());
    hash.update(what.as_bytes());
    hash.update([part]);
    hash.finalize().into()
}

fn guid(seed: u64, what: &str) -> String {
    let drawn = draw(seed, what, 0);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&drawn[..16]);
    uuid::Builder::from_random_bytes(bytes)
        .into_uuid()
        .to_string()
}

fn letters(seed: u64, what: &str) -> String {
    let drawn = [draw(seed, what, 0), draw(seed, what, 1)].concat();
    drawn
        .iter()
        .take(WHISTL_KEY_LENGTH)
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_has_its_own_keys_and_keeps_them() {
        let keys = Keys::of(7);
        assert_eq!(keys, Keys::of(7));
        let other = Keys::of(8);
        assert!(keys.cin7 != other.cin7 && keys.whistl != other.whistl);
        assert_ne!(keys.account_id, keys.cin7);
        assert!(uuid::Uuid::parse_str(&keys.account_id).is_ok());
        assert_eq!(keys.whistl.len(), 40);
    }
}
