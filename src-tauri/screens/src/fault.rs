//! What the page is told when something cannot be done: the engine's faults in plain words.

use engine::EngineFault;
use store::StoreFault;

use crate::shapes::UiError;

impl UiError {
    /// A fault of the page's own request.
    pub fn wrong(code: &str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            field: None,
        }
    }

    /// The same, about an input.
    pub fn at(code: &str, field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..Self::wrong(code, message)
        }
    }
}

impl From<EngineFault> for UiError {
    fn from(fault: EngineFault) -> Self {
        Self {
            code: fault.code().into(),
            message: fault.to_string(),
            field: fault.field().map(str::to_owned),
        }
    }
}

impl From<StoreFault> for UiError {
    fn from(fault: StoreFault) -> Self {
        EngineFault::from(fault).into()
    }
}
