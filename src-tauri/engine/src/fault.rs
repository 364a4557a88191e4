//! What a caller of the engine is told when something cannot be done.

use store::StoreFault;
use vendor::Fault;

use crate::settings::SettingFault;

/// Why a command could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum EngineFault {
    /// The database is damaged, held by another copy, full, or of a newer version.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A setting is missing or wrong.
    #[error(transparent)]
    Setting(#[from] SettingFault),
    /// A vendor could not be reached or refused the credentials.
    #[error("{vendor}: {fault}")]
    Vendor {
        /// `Cin7 Core` or `Whistl`.
        vendor: &'static str,
        /// What happened.
        fault: Fault,
    },
    /// The request makes no sense as things stand.
    #[error("{message}")]
    Wrong {
        /// One stable word.
        code: &'static str,
        /// What is wrong and what would be right.
        message: String,
        /// The argument or field at fault, or "".
        field: String,
    },
}

impl EngineFault {
    /// A request that makes no sense as things stand.
    pub fn wrong(code: &'static str, field: &str, message: impl Into<String>) -> Self {
        Self::Wrong {
            code,
            message: message.into(),
            field: field.into(),
        }
    }

    /// One stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(fault) => fault.code(),
            Self::Setting(_) => "setting_invalid",
            Self::Vendor { fault, .. } => match fault {
                Fault::SignIn(_) => "credentials_refused",
                Fault::Busy { .. } => "vendor_busy",
                Fault::Refused { .. } => "vendor_refused",
                Fault::Unreachable(_)
                | Fault::NoAnswer { .. }
                | Fault::Unclear { .. }
                | Fault::Redirected(_) => "vendor_unreachable",
            },
            Self::Wrong { code, .. } => code,
        }
    }

    /// The setting, argument or field at fault, if one is.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Setting(fault) => Some(fault.key.as_str()).filter(|key| !key.is_empty()),
            Self::Wrong { field, .. } => Some(field.as_str()).filter(|field| !field.is_empty()),
            Self::Store(_) | Self::Vendor { .. } => None,
        }
    }
}
