//! Activity: every call and every decision, what was sent and answered, and whether the log
//! is whole.

use engine::views::Views;

use crate::shapes::{ActivityFilter, ActivityPage, LogVerified, Payloads, UiError};

/// Entries of the log, newest first, below the entry `before`; at most 200.
///
/// # Errors
/// `order_unknown` when there is no order of the number asked for; the store's.
pub fn activity(
    look: &Views<'_>,
    filter: &ActivityFilter,
    before: Option<i64>,
    limit: u32,
) -> Result<ActivityPage, UiError> {
    let _ = (look, filter, before, limit);
    Err(UiError::wrong("not_yet", "Not made yet."))
}

/// What was sent and answered at an entry, with personal data only if it is asked for.
///
/// # Errors
/// `entry_unknown` when there is no such entry; the store's.
pub fn payloads(look: &Views<'_>, entry: i64, personal: bool) -> Result<Payloads, UiError> {
    let _ = (look, entry, personal);
    Err(UiError::wrong("not_yet", "Not made yet."))
}

/// Walks the whole log and says whether every entry is as it was written. Takes seconds on a
/// long one.
///
/// # Errors
/// The store's.
pub fn verify(look: &Views<'_>) -> Result<LogVerified, UiError> {
    let _ = look;
    Err(UiError::wrong("not_yet", "Not made yet."))
}
