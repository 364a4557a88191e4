//! The key, and sealing with it: compress, then encrypt. Nothing here knows what is sealed.

use secrecy::{ExposeSecret, SecretBox};

use crate::StoreFault;

/// The key that seals everything personal in the store: 32 bytes, kept in the keychain or
/// given in the environment, never on disk.
pub struct StoreKey(SecretBox<[u8; 32]>);

impl Clone for StoreKey {
    fn clone(&self) -> Self {
        Self(SecretBox::new(Box::new(*self.bytes())))
    }
}

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

impl StoreKey {
    /// The key written as 64 hexadecimal digits, in either case.
    pub fn from_hex(text: &str) -> Result<Self, StoreFault> {
        let text = text.trim();
        let digits: Option<Vec<u8>> =
            text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        let wrong = |found: String| StoreFault::KeyMalformed { found };
        let digits = digits.ok_or_else(|| wrong("other characters".into()))?;
        if digits.len() != 64 {
            return Err(wrong(format!("{} digits", digits.len())));
        }
        let mut bytes = Box::new([0_u8; 32]);
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair.iter().fold(0, |value, digit| (value << 4) | digit);
        }
        Ok(Self(SecretBox::new(bytes)))
    }

    /// A fresh key from the system's randomness.
    pub fn generate() -> Self {
        use chacha20poly1305::aead::{KeyInit, OsRng};
        let key = chacha20poly1305::XChaCha20Poly1305::generate_key(&mut OsRng);
        Self(SecretBox::new(Box::new(key.into())))
    }

    /// The key as 64 hexadecimal digits, to be put into the keychain and nowhere else.
    pub fn to_hex(&self) -> secrecy::SecretString {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in self.0.expose_secret() {
            let _ = write!(text, "{byte:02x}");
        }
        text.into()
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}
