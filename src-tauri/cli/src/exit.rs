//! How a command ends: 0 done, 1 done but something needs someone, 2 wrong usage or
//! settings, 3 a vendor, 4 the store.

use engine::EngineFault;
use home::HomeFault;
use store::StoreFault;

/// Done, but something needs someone (only with `--strict`).
pub(crate) const NEEDS_SOMEONE: u8 = 1;
/// Wrong usage or settings.
pub(crate) const USAGE: u8 = 2;
/// A vendor could not be reached or refused the credentials.
pub(crate) const VENDOR: u8 = 3;
/// The store is damaged, locked by another copy, or full.
pub(crate) const STORE: u8 = 4;

/// A command that could not be carried out.
#[derive(Clone, Debug)]
pub(crate) struct Exit {
    /// Exit status.
    pub(crate) status: u8,
    /// One stable word.
    pub(crate) code: String,
    /// What is wrong and what would be right.
    pub(crate) message: String,
    /// The setting, argument or field at fault.
    pub(crate) field: Option<String>,
}

impl Exit {
    /// A wrong usage or setting.
    pub(crate) fn usage(code: &str, message: impl Into<String>) -> Self {
        Self {
            status: USAGE,
            code: code.into(),
            message: message.into(),
            field: None,
        }
    }

    /// The same, naming the field.
    pub(crate) fn field(code: &str, field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::usage(code, message)
        }
    }
}

impl From<StoreFault> for Exit {
    fn from(fault: StoreFault) -> Self {
        let status = match fault {
            StoreFault::KeyWrong
            | StoreFault::KeyMissing { .. }
            | StoreFault::KeyMalformed { .. }
            | StoreFault::NoSuchPage { .. } => USAGE,
            _ => STORE,
        };
        let field = matches!(fault, StoreFault::NoSuchPage { .. }).then(|| "--after".into());
        Self {
            status,
            code: fault.code().into(),
            message: fault.to_string(),
            field,
        }
    }
}

impl From<HomeFault> for Exit {
    /// Where the command line has something to do about it, it says so in its own words.
    fn from(fault: HomeFault) -> Self {
        let code = fault.code();
        let key = home::STORE_KEY.variable();
        match fault {
            HomeFault::Store(fault) => fault.into(),
            HomeFault::NoKeychain { detail } => Self::usage(
                code,
                format!(
                    "The keychain cannot be used ({detail}). Unlock it or install one (on Linux: gnome-keyring), or give the credentials in the environment with --secrets env. They are never kept in a file."
                ),
            ),
            HomeFault::KeyMissing { .. } => Self::field(
                code,
                key,
                format!(
                    "{fault} Until then `status`, `orders` and `activity` show what is not sealed, and nothing is sent."
                ),
            ),
            HomeFault::KeyInvalid { .. } => Self::field(code, key, fault.to_string()),
            HomeFault::KeyNotGiven => Self::field(
                code,
                key,
                format!(
                    "{key} is not set. Give 64 hexadecimal digits, for example from `openssl rand -hex 32`, and keep them: without them stored payloads cannot be read."
                ),
            ),
            HomeFault::CredentialsMissing { secret } => {
                Self::field(code, secret.variable(), fault.to_string())
            }
            HomeFault::Folder => Self::field(
                code,
                "--data",
                "There is no application-data folder here. Give one with --data DIR.",
            ),
        }
    }
}

impl From<EngineFault> for Exit {
    fn from(fault: EngineFault) -> Self {
        let (code, field) = (fault.code().to_owned(), fault.field().map(str::to_owned));
        match fault {
            EngineFault::Store(fault) => fault.into(),
            EngineFault::Vendor { .. } => Self {
                status: VENDOR,
                code,
                message: fault.to_string(),
                field,
            },
            EngineFault::Setting(_) | EngineFault::Wrong { .. } => Self {
                status: USAGE,
                code,
                message: fault.to_string(),
                field,
            },
        }
    }
}
