//! Credentials: from the operating system's keychain, or from the environment. Never an
//! argument, never a file.

use std::io::IsTerminal as _;

use engine::Secrets;
use keyring::Entry;
use secrecy::{ExposeSecret as _, SecretString};
use store::StoreKey;

use crate::args::SecretsFrom;
use crate::exit::Exit;

/// Under which name the keychain keeps ours.
const SERVICE: &str = "uk.stockbridge.desktop";

/// One of ours: its name in the keychain and in the environment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Secret {
    name: &'static str,
    variable: &'static str,
    asked_as: &'static str,
}

/// Cin7's account id.
pub(crate) const CIN7_ACCOUNT: Secret = Secret {
    name: "cin7-account-id",
    variable: "STOCKBRIDGE_CIN7_ACCOUNT_ID",
    asked_as: "Cin7 Core account id",
};
/// Cin7's application key.
pub(crate) const CIN7_KEY: Secret = Secret {
    name: "cin7-key",
    variable: "STOCKBRIDGE_CIN7_KEY",
    asked_as: "Cin7 Core application key",
};
/// Whistl's key.
pub(crate) const WHISTL_KEY: Secret = Secret {
    name: "whistl-key",
    variable: "STOCKBRIDGE_WHISTL_KEY",
    asked_as: "Whistl API key",
};
/// The key of the store's sealed bodies.
const STORE_KEY: Secret = Secret {
    name: "store-key",
    variable: "STOCKBRIDGE_STORE_KEY",
    asked_as: "store key",
};

/// Where credentials come from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keeper {
    from: SecretsFrom,
}

impl Keeper {
    pub(crate) fn new(from: SecretsFrom) -> Self {
        Self { from }
    }

    /// The vendors' credentials, as far as there are any.
    pub(crate) fn vendors(self) -> Result<Secrets, Exit> {
        Ok(Secrets {
            cin7_account: self.get(CIN7_ACCOUNT)?,
            cin7_key: self.get(CIN7_KEY)?,
            whistl_key: self.get(WHISTL_KEY)?,
        })
    }

    /// The store's key, if there is one.
    pub(crate) fn store_key(self) -> Result<Option<StoreKey>, Exit> {
        let Some(text) = self.get(STORE_KEY)? else {
            return Ok(None);
        };
        StoreKey::from_hex(text.expose_secret())
            .map(Some)
            .map_err(|fault| {
                Exit::field(
                    "store_key",
                    STORE_KEY.variable,
                    format!("The store key is wrong: {fault}"),
                )
            })
    }

    /// What to say of a database whose key is gone.
    pub(crate) fn store_key_gone(self) -> Exit {
        let place = match self.from {
            SecretsFrom::Keychain => format!("the keychain entry {} of {SERVICE}", STORE_KEY.name),
            SecretsFrom::Env => STORE_KEY.variable.to_owned(),
        };
        Exit::field(
            "store_key_missing",
            STORE_KEY.variable,
            format!(
                "This database is sealed with a key that is no longer there: put it back into {place}. Until then `status`, `orders` and `activity` show what is not sealed, and nothing is sent."
            ),
        )
    }

    /// A key for a store that has none yet: made and kept where a keychain is at hand.
    pub(crate) fn first_store_key(self) -> Result<StoreKey, Exit> {
        match self.from {
            SecretsFrom::Env => Err(Exit::field(
                "store_key",
                STORE_KEY.variable,
                "STOCKBRIDGE_STORE_KEY is not set. Give 64 hexadecimal digits, for example from `openssl rand -hex 32`, and keep them: without them stored payloads cannot be read.",
            )),
            SecretsFrom::Keychain => {
                let key = StoreKey::generate();
                self.put(STORE_KEY, &key.to_hex())?;
                Ok(key)
            }
        }
    }

    /// One secret, if there is one.
    pub(crate) fn get(self, secret: Secret) -> Result<Option<SecretString>, Exit> {
        match self.from {
            SecretsFrom::Env => Ok(std::env::var(secret.variable)
                .ok()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .map(SecretString::from)),
            SecretsFrom::Keychain => match entry(secret)?.get_password() {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(keyring::Error::NoEntry) => Ok(None),
                Err(error) => Err(no_keychain(&error)),
            },
        }
    }

    /// Keeps a secret. In the environment there is nowhere to keep it, and no need.
    pub(crate) fn put(self, secret: Secret, text: &SecretString) -> Result<(), Exit> {
        match self.from {
            SecretsFrom::Env => Ok(()),
            SecretsFrom::Keychain => entry(secret)?
                .set_password(text.expose_secret())
                .map_err(|error| no_keychain(&error)),
        }
    }

    /// A secret for `connect`: from the environment, else asked for at the terminal, else
    /// read from standard input. Blanks and line breaks of a careless paste are dropped.
    pub(crate) fn obtain(self, secret: Secret) -> Result<SecretString, Exit> {
        let given = std::env::var(secret.variable)
            .ok()
            .filter(|text| !text.trim().is_empty());
        let text = match (given, self.from) {
            (Some(text), _) => text,
            (None, SecretsFrom::Env) => {
                return Err(Exit::field(
                    "credentials_missing",
                    secret.variable,
                    format!(
                        "{} is not set: it must hold the {}.",
                        secret.variable, secret.asked_as
                    ),
                ));
            }
            (None, SecretsFrom::Keychain) => ask(secret)?,
        };
        let clean: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        if clean.is_empty() {
            return Err(Exit::field(
                "credentials_missing",
                secret.variable,
                format!("The {} is empty.", secret.asked_as),
            ));
        }
        Ok(SecretString::from(clean))
    }
}

fn ask(secret: Secret) -> Result<String, Exit> {
    let unreadable = |error: std::io::Error| {
        Exit::field(
            "credentials_missing",
            secret.variable,
            format!("The {} could not be read: {error}.", secret.asked_as),
        )
    };
    if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("{}: ", secret.asked_as)).map_err(unreadable)
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(unreadable)?;
        Ok(line)
    }
}

fn entry(secret: Secret) -> Result<Entry, Exit> {
    Entry::new(SERVICE, secret.name).map_err(|error| no_keychain(&error))
}

fn no_keychain(error: &keyring::Error) -> Exit {
    Exit::usage(
        "keychain",
        format!(
            "The keychain cannot be used ({error}). Unlock it or install one (on Linux: gnome-keyring), or give the credentials in the environment with --secrets env. They are never kept in a file."
        ),
    )
}
