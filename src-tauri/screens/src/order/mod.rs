//! One order's page: what holds it and what puts that right, what happened to it, what it
//! is, and what may be done.

use engine::views::Views;

use crate::shapes::{OrderPage, UiError};

/// The page of the order of that number.
///
/// # Errors
/// `order_unknown` when there is none; the store's.
pub fn order(look: &Views<'_>, number: &str) -> Result<OrderPage, UiError> {
    let _ = (look, number);
    Err(UiError::wrong("not_yet", "Not made yet."))
}
