//! Stock: what was counted, damaged, lost or found at the warehouse, and the documents in which
//! Cin7 is told of it.
//! An adjustment is kept once, is in exactly one state, is never deleted, and is posted at
//! most once; a document's step is on disk before it is sent. What is posted, and when, is the
//! engine's business.

mod adjustments;
mod claim;
mod documented;
mod documents;
mod forms;
mod listed;
mod outcomes;
mod row;
mod stands;
mod steps;
mod take;

#[cfg(test)]
pub(crate) use claim::GOES_BEFORE;
pub use documented::*;
pub use forms::*;
#[cfg(test)]
pub(crate) use row::{ADJUSTMENT, DOCUMENT};

/// The vendor that all of this is told to, as the journal calls it.
const ERP: &str = "cin7";
