//! Being told of an action on many orders as it goes on, and stopping it between two.

use super::Acted;

/// Whoever watches an action.
pub trait Progress: Sync {
    /// An order's turn has come.
    fn begins(&self, number: &str);

    /// An order is done with.
    fn done(&self, acted: &Acted);

    /// Whether to stop before the next order.
    fn is_cancelled(&self) -> bool;
}

/// Nobody watches: the action goes on to its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn begins(&self, _: &str) {}

    fn done(&self, _: &Acted) {}

    fn is_cancelled(&self) -> bool {
        false
    }
}
