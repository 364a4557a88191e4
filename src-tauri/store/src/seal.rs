//! The key, and sealing with it: compress, then encrypt, bound to the place it belongs to.
//! Nothing here knows what is sealed or where it is kept.

use chacha20poly1305::aead::rand_core::RngCore;
use chacha20poly1305::aead::{Aead, KeyInit, OsRng, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::Sha256;

use crate::{StoreFault, squeeze};

/// The key that seals everything personal in the store: 32 bytes, kept in the keychain or
/// given in the environment, never on disk.
pub struct StoreKey(SecretBox<[u8; 32]>);

impl Clone for StoreKey {
    fn clone(&self) -> Self {
        Self(SecretBox::new(Box::new(*self.0.expose_secret())))
    }
}

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

impl StoreKey {
    /// The key written as 64 hexadecimal digits, in either case.
    ///
    /// # Errors
    /// [`StoreFault::KeyMalformed`] says what the text has instead, never the text.
    pub fn from_hex(text: &str) -> Result<Self, StoreFault> {
        let wrong = |found: String| StoreFault::KeyMalformed { found };
        let digits: Option<Vec<u8>> = text
            .trim()
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let digits = digits.ok_or_else(|| wrong("other characters too".into()))?;
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
        let key = XChaCha20Poly1305::generate_key(&mut OsRng);
        Self(SecretBox::new(Box::new(key.into())))
    }

    /// The key as 64 hexadecimal digits, to be put into the keychain and nowhere else.
    pub fn to_hex(&self) -> SecretString {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in self.0.expose_secret() {
            let _ = write!(text, "{byte:02x}");
        }
        text.into()
    }
}

/// What is sealed; each use has a key of its own, so that a body moved elsewhere does not
/// open there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A request's or response's body.
    Payload,
    /// A sale's detail and find words.
    Sale,
    /// A hold's value, marks, expectation and fix.
    Hold,
    /// A note on a withdrawal, the words that ended an attempt.
    Note,
    /// A customer's contacts.
    Contact,
    /// A despatch as the warehouse gave it, and words about it.
    Despatch,
    /// Words about an adjustment or a document of stock.
    Stock,
}

impl Purpose {
    const ALL: [Self; 7] = [
        Self::Payload,
        Self::Sale,
        Self::Hold,
        Self::Note,
        Self::Contact,
        Self::Despatch,
        Self::Stock,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Payload => "stockbridge/1/payload",
            Self::Sale => "stockbridge/1/sale",
            Self::Hold => "stockbridge/1/hold",
            Self::Note => "stockbridge/1/note",
            Self::Contact => "stockbridge/1/contact",
            Self::Despatch => "stockbridge/1/despatch",
            Self::Stock => "stockbridge/1/stock",
        }
    }

    /// In words, for a message.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Payload => "The body of a message",
            Self::Sale => "The order's detail",
            Self::Hold => "The hold's detail",
            Self::Note => "The note",
            Self::Contact => "The customer's contacts",
            Self::Despatch => "The despatch's detail",
            Self::Stock => "What is said of an adjustment",
        }
    }
}

/// Length of the nonce before each sealed text.
const NONCE: usize = 24;

/// Seals and opens, and hashes search words, with keys drawn from one [`StoreKey`].
pub(crate) struct Sealer {
    ciphers: Vec<XChaCha20Poly1305>,
    find: Hmac<Sha256>,
    check: [u8; 32],
}

impl Sealer {
    /// Draws all keys from the one given.
    pub(crate) fn new(key: &StoreKey) -> Result<Self, StoreFault> {
        let bytes = key.0.expose_secret();
        let ciphers = Purpose::ALL
            .iter()
            .map(|purpose| {
                Ok(XChaCha20Poly1305::new(
                    &drawn(bytes, purpose.label())?.into(),
                ))
            })
            .collect::<Result<_, StoreFault>>()?;
        let find = keyed(&drawn(bytes, "stockbridge/1/find")?)?;
        Ok(Self {
            ciphers,
            find,
            check: drawn(bytes, "stockbridge/1/check")?,
        })
    }

    /// A value that tells whether a key is the right one and nothing else about it.
    pub(crate) fn check_value(&self) -> &[u8] {
        &self.check
    }

    /// Compresses and encrypts; `place` is what it is bound to and must be given again.
    pub(crate) fn seal(
        &self,
        purpose: Purpose,
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreFault> {
        let mut sealed = vec![0_u8; NONCE];
        OsRng
            .try_fill_bytes(&mut sealed)
            .map_err(|error| StoreFault::Io {
                what: format!("No randomness to seal with: {error}"),
            })?;
        let squeezed = squeeze::squeeze(plain)?;
        let text = self
            .cipher(purpose)
            .encrypt(
                XNonce::from_slice(&sealed),
                Payload {
                    msg: &squeezed,
                    aad: place,
                },
            )
            .map_err(|_| StoreFault::Io {
                what: "A body is too large to seal".into(),
            })?;
        sealed.extend_from_slice(&text);
        Ok(sealed)
    }

    /// The plain text, or `None` when it was changed, moved, or sealed with another key.
    pub(crate) fn open(&self, purpose: Purpose, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let squeezed = self
            .cipher(purpose)
            .decrypt(
                XNonce::from_slice(nonce),
                Payload {
                    msg: text,
                    aad: place,
                },
            )
            .ok()?;
        squeeze::release(&squeezed)
    }

    /// The token of a search word: eight bytes of its keyed hash.
    pub(crate) fn token(&self, word: &str) -> i64 {
        let mut hash = self.find.clone();
        hash.update(word.as_bytes());
        let bytes = hash.finalize().into_bytes();
        bytes
            .iter()
            .take(8)
            .fold(0_i64, |token, byte| (token << 8) | i64::from(*byte))
    }

    fn cipher(&self, purpose: Purpose) -> &XChaCha20Poly1305 {
        // `ciphers` is made from `Purpose::ALL`, whose order is that of the arms.
        &self.ciphers[purpose as usize]
    }
}

fn keyed(key: &[u8]) -> Result<Hmac<Sha256>, StoreFault> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).map_err(|_| StoreFault::Io {
        what: "The key cannot be used".into(),
    })
}

fn drawn(key: &[u8; 32], label: &str) -> Result<[u8; 32], StoreFault> {
    let mut hash = keyed(key)?;
    hash.update(label.as_bytes());
    Ok(hash.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(digit: &str) -> Sealer {
        Sealer::new(&StoreKey::from_hex(&digit.repeat(64)).unwrap()).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_and_nowhere_else() {
        let one = sealer("1");
        let sealed = one.seal(Purpose::Hold, b"sale 7", b"Ada Merrow").unwrap();
        assert_eq!(
            one.open(Purpose::Hold, b"sale 7", &sealed).as_deref(),
            Some(&b"Ada Merrow"[..])
        );
        assert_eq!(
            one.open(Purpose::Hold, b"sale 8", &sealed),
            None,
            "moved to another sale"
        );
        assert_eq!(
            one.open(Purpose::Note, b"sale 7", &sealed),
            None,
            "used for another purpose"
        );
        assert_eq!(
            sealer("2").open(Purpose::Hold, b"sale 7", &sealed),
            None,
            "another key"
        );
        assert_eq!(
            one.open(Purpose::Hold, b"sale 7", &sealed[..10]),
            None,
            "cut off"
        );
    }

    #[test]
    fn equal_texts_are_sealed_differently_each_time() {
        let one = sealer("1");
        let seal = || one.seal(Purpose::Sale, b"", b"Ada Merrow").unwrap();
        assert_ne!(seal(), seal());
    }

    #[test]
    fn a_key_goes_through_its_digits_and_back() {
        let key = StoreKey::generate();
        let again = StoreKey::from_hex(key.to_hex().expose_secret()).unwrap();
        let check = |key: &StoreKey| Sealer::new(key).unwrap().check;
        assert_eq!(check(&key), check(&again));
        assert_eq!(format!("{key:?}"), "StoreKey(…)");
    }

    #[test]
    fn a_malformed_key_is_described_and_never_repeated() {
        let short = StoreKey::from_hex("abc123").unwrap_err().to_string();
        assert!(
            short.contains("6 digits") && !short.contains("abc123"),
            "{short}"
        );
        let odd = StoreKey::from_hex(&"zz".repeat(32))
            .unwrap_err()
            .to_string();
        assert!(
            odd.contains("other characters") && !odd.contains("zz"),
            "{odd}"
        );
    }
}
