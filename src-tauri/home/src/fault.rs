//! What can be wrong with the place where data and credentials are kept.

use store::StoreFault;

use crate::secrets::Secret;

/// Why the data or the credentials cannot be reached. A message says what would be right,
/// in words that hold for window and command line alike.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HomeFault {
    /// The operating system has no keychain that answers.
    #[error(
        "The keychain cannot be used ({detail}). Unlock it or install one (on Linux: \
         gnome-keyring). Credentials are never kept in a file."
    )]
    NoKeychain {
        /// The keychain's own words.
        detail: String,
    },
    /// The database is sealed, and its key is no longer there.
    #[error(
        "This database is sealed with a key that is no longer there: put it back into {place}."
    )]
    KeyMissing {
        /// Where the key was: a keychain entry or an environment variable.
        place: String,
    },
    /// The key at hand is no key.
    #[error("The store key is wrong: {fault}")]
    KeyInvalid {
        /// What it has instead, never the key itself.
        fault: StoreFault,
    },
    /// The environment must hold the store's key, and does not. Nothing could keep one
    /// made here.
    #[error("{} is not set. Give 64 hexadecimal digits, and keep them.", crate::STORE_KEY.variable())]
    KeyNotGiven,
    /// A credential is needed and is not there.
    #[error("The {} is missing.", secret.asked_as())]
    CredentialsMissing {
        /// Which one.
        secret: Secret,
    },
    /// The system has no folder for application data.
    #[error(
        "There is no application-data folder here. Name one in {}.",
        crate::DATA_VARIABLE
    )]
    Folder,
    /// The store itself.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl HomeFault {
    /// One stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKeychain { .. } => "keychain",
            Self::KeyMissing { .. } => "store_key_missing",
            Self::KeyInvalid { .. } | Self::KeyNotGiven => "store_key",
            Self::CredentialsMissing { .. } => "credentials_missing",
            Self::Folder => "data_folder",
            Self::Store(fault) => fault.code(),
        }
    }
}
