//! Set-up's review: what the first look found, and what going live would do.

use engine::EngineFault;
use engine::views::Views;

use crate::shapes::Review;

/// What the first look has found so far, and the exact effect of going live now.
///
/// # Errors
/// The store's.
pub fn review(look: &Views<'_>) -> Result<Review, EngineFault> {
    let _ = look;
    Err(EngineFault::wrong("not_yet", "", "Not made yet."))
}
