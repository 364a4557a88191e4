//! What an action would do, exactly, before it is done.

use engine::views::Views;

use crate::lists::Lists;
use crate::shapes::{Act, Preview, UiError, Which};

/// What doing this to these orders would do as things stand.
///
/// # Errors
/// `order_unknown`, `list_gone`; the store's.
pub fn preview(
    look: &Views<'_>,
    lists: &Lists,
    act: Act,
    which: &Which,
) -> Result<Preview, UiError> {
    let _ = (look, lists, act, which);
    Err(UiError::wrong("not_yet", "Not made yet."))
}
