//! Stock: what was counted, damaged, lost or found at the warehouse, the documents in which
//! Cin7 is told of it, and the comparisons of both sides with what people decided on them.
//! An adjustment is kept once, is in exactly one state, is never deleted, and is posted at
//! most once; a document's step is on disk before it is sent. What is posted, when, and what
//! a gap means is the engine's business.

mod adjustments;
mod claim;
mod compared;
mod decisions;
mod documented;
mod documents;
mod forms;
mod found;
mod levels;
mod listed;
mod moved;
mod movements;
mod open;
mod outcomes;
mod pages;
mod reconcile;
mod row;
mod stands;
mod steps;
mod sums;
mod take;
mod trends;

#[cfg(test)]
pub(crate) use claim::WAITS_FOR_ANOTHER;
pub use compared::*;
#[cfg(test)]
pub(crate) use decisions::DECISION;
pub use documented::*;
pub use forms::*;
#[cfg(test)]
pub(crate) use levels::{GAP, LINE, RECONCILIATION};
pub use moved::*;
#[cfg(test)]
pub(crate) use pages::KEYS_LIKE;
#[cfg(test)]
pub(crate) use row::{ADJUSTMENT, DOCUMENT};

/// The vendor that all of this is told to, as the journal calls it.
const ERP: &str = "cin7";
