//! Credentials: from the operating system's keychain, or from the environment. Never an
//! argument, never a file. Asking a person for one is not done here.

use engine::Secrets;
use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret as _, SecretString};
use store::StoreKey;

use crate::fault::HomeFault;
use crate::native;

/// Under which name the keychain keeps ours.
pub const SERVICE: &str = "uk.stockbridge.desktop";

/// One of ours: what it is called, never what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret {
    name: &'static str,
    variable: &'static str,
    asked_as: &'static str,
}

/// Cin7's account id.
pub const CIN7_ACCOUNT: Secret = Secret {
    name: "cin7-account-id",
    variable: "STOCKBRIDGE_CIN7_ACCOUNT_ID",
    asked_as: "Cin7 Core account id",
};
/// Cin7's application key.
pub const CIN7_KEY: Secret = Secret {
    name: "cin7-key",
    variable: "STOCKBRIDGE_CIN7_KEY",
    asked_as: "Cin7 Core application key",
};
/// Whistl's key.
pub const WHISTL_KEY: Secret = Secret {
    name: "whistl-key",
    variable: "STOCKBRIDGE_WHISTL_KEY",
    asked_as: "Whistl API key",
};
/// The key of the store's sealed bodies.
pub const STORE_KEY: Secret = Secret {
    name: "store-key",
    variable: "STOCKBRIDGE_STORE_KEY",
    asked_as: "store key",
};

impl Secret {
    /// Its entry in the keychain, under [`SERVICE`].
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Its variable in the environment.
    pub fn variable(self) -> &'static str {
        self.variable
    }

    /// What a person is asked for.
    pub fn asked_as(self) -> &'static str {
        self.asked_as
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Keychain,
    Environment,
}

/// Where credentials are kept. With the keychain every method blocks, and may wait for a
/// person who unlocks it; [`HomeFault::NoKeychain`] is what comes of one that does not
/// answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeper {
    place: Place,
}

impl Keeper {
    /// The operating system's keychain. Nothing is opened before the first use.
    pub fn keychain() -> Self {
        Self {
            place: Place::Keychain,
        }
    }

    /// The environment variables of this process, which can be read but not kept in.
    pub fn environment() -> Self {
        Self {
            place: Place::Environment,
        }
    }

    /// The vendors' credentials, as far as there are any.
    ///
    /// # Errors
    /// The keychain's.
    pub fn vendors(self) -> Result<Secrets, HomeFault> {
        Ok(Secrets {
            cin7_account: self.get(CIN7_ACCOUNT)?,
            cin7_key: self.get(CIN7_KEY)?,
            whistl_key: self.get(WHISTL_KEY)?,
        })
    }

    /// The store's key, if there is one.
    ///
    /// # Errors
    /// The keychain's, or [`HomeFault::KeyInvalid`] of a text that is no key.
    pub fn store_key(self) -> Result<Option<StoreKey>, HomeFault> {
        self.get(STORE_KEY)?
            .map(|text| StoreKey::from_hex(text.expose_secret()))
            .transpose()
            .map_err(|fault| HomeFault::KeyInvalid { fault })
    }

    /// A key for a store that has none yet: made, and kept in the keychain. For a store
    /// that has its own use [`writing_store`](crate::writing_store), which never makes a
    /// second one.
    ///
    /// # Errors
    /// The keychain's, or [`HomeFault::KeyNotGiven`] where only the environment could
    /// hold one.
    pub fn first_store_key(self) -> Result<StoreKey, HomeFault> {
        match self.place {
            Place::Environment => Err(HomeFault::KeyNotGiven),
            Place::Keychain => {
                let key = StoreKey::generate();
                self.put(STORE_KEY, &key.to_hex())?;
                Ok(key)
            }
        }
    }

    /// What to say of a database whose key is gone.
    pub(crate) fn store_key_gone(self) -> HomeFault {
        let place = match self.place {
            Place::Keychain => format!("the keychain entry {} of {SERVICE}", STORE_KEY.name),
            Place::Environment => STORE_KEY.variable.to_owned(),
        };
        HomeFault::KeyMissing { place }
    }

    /// One secret, if there is one.
    ///
    /// # Errors
    /// The keychain's.
    pub fn get(self, secret: Secret) -> Result<Option<SecretString>, HomeFault> {
        match self.place {
            Place::Environment => Ok(std::env::var(secret.variable)
                .ok()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .map(SecretString::from)),
            Place::Keychain => match entry(secret)?.get_password() {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(Error::NoEntry) => Ok(None),
                Err(error) => Err(no_keychain(&error)),
            },
        }
    }

    /// Keeps a secret in place of the one before. In the environment there is nowhere to
    /// keep it, and no need.
    ///
    /// # Errors
    /// The keychain's.
    pub fn put(self, secret: Secret, text: &SecretString) -> Result<(), HomeFault> {
        match self.place {
            Place::Environment => Ok(()),
            Place::Keychain => entry(secret)?
                .set_password(text.expose_secret())
                .map_err(|error| no_keychain(&error)),
        }
    }

    /// Forgets a secret; one that is not there is forgotten already. What the environment
    /// holds is not ours to remove, and stays.
    ///
    /// # Errors
    /// The keychain's.
    pub fn forget(self, secret: Secret) -> Result<(), HomeFault> {
        match self.place {
            Place::Environment => Ok(()),
            Place::Keychain => match entry(secret)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => Ok(()),
                Err(error) => Err(no_keychain(&error)),
            },
        }
    }

    /// Whether what is given once is still there next time: only the keychain keeps.
    pub fn keeps(self) -> bool {
        self.place == Place::Keychain
    }
}

/// A credential as it was meant: without the blanks and line breaks of a careless paste.
/// None if nothing is left of it.
pub fn clean(text: &str) -> Option<SecretString> {
    let meant: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    (!meant.is_empty()).then(|| SecretString::from(meant))
}

fn entry(secret: Secret) -> Result<Entry, HomeFault> {
    native::at_hand()
        .and_then(|()| Entry::new(SERVICE, secret.name))
        .map_err(|error| no_keychain(&error))
}

fn no_keychain(error: &Error) -> HomeFault {
    native::let_go();
    HomeFault::NoKeychain {
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_careless_paste_loses_its_blanks_and_line_breaks() {
        let kept = |text| clean(text).map(|secret| secret.expose_secret().to_owned());
        assert_eq!(kept(" 12ab\u{a0}-34\tcd\r\n").as_deref(), Some("12ab-34cd"));
        assert_eq!(kept(" \r\n\u{7}"), None);
    }
}
