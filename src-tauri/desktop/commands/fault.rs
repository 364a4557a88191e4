//! Why a command did not do what was asked, in words to show.

use screens::shapes::UiError;

/// Nothing is open yet that could answer.
pub(crate) fn not_ready() -> UiError {
    UiError {
        code: "not_ready".into(),
        message: "Stockbridge is still opening its files. Try again in a moment.".into(),
        field: None,
    }
}

/// An error of these words.
pub(crate) fn told(code: &str, message: impl Into<String>) -> UiError {
    UiError {
        code: code.into(),
        message: message.into(),
        field: None,
    }
}
