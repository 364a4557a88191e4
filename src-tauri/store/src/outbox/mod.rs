//! What we mean to tell the warehouse, and each try at telling. An intention is on disk
//! before anything is sent, a try before its call, and at most one of each kind is open
//! for a sale. Which words are sent, and when to try again, is the engine's business.

mod claim;
mod put;
mod read;
mod settle;

/// The vendor all of this is told to, as the journal calls it.
const WAREHOUSE: &str = "whistl";
