//! Why a command did not do what was asked, in words to show.

use screens::shapes::UiError;

/// Nothing is open yet that could answer.
pub(crate) fn not_ready() -> UiError {
    UiError::wrong(
        "not_ready",
        "Stockbridge’s files are not open. Try again in a moment.",
    )
}

/// Something broke that never should.
pub(crate) fn unexpected(fault: &dyn std::fmt::Display) -> UiError {
    tracing::error!(%fault, "a command broke");
    UiError::wrong(
        "unexpected",
        "Something went wrong inside Stockbridge. Try again; if it stays like this, close and open it.",
    )
}

/// Practice mode is needed for this, and is off.
pub(crate) fn not_practising() -> UiError {
    UiError::wrong("not_practising", "Practice mode is off.")
}
