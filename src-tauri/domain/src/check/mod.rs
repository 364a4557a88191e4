//! Would Whistl take this? Turns a [`Sale`] into a [`WarehouseOrder`], or says
//! everything that stops it, all reasons at once.
//!
//! Pure. Whether the sale was *already* sent is the outbox's question, not ours.

use crate::{Held, Known, Note, Rules, Sale, WarehouseOrder};

/// A sale that may go, with what was done to it on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// What to send.
    pub order: WarehouseOrder,
    /// What was left out, merged, tidied or would have held.
    pub notes: Vec<Note>,
}

/// Checks a sale against the rules and what is known. `edition` is the sale's count of
/// hand-offs, 1 for the first (see [`crate::ClientReference::of_sale`]).
pub fn check(sale: &Sale, edition: u32, rules: &Rules, known: &dyn Known) -> Result<Fit, Held> {
    let _ = (sale, edition, rules, known);
    todo!()
}
