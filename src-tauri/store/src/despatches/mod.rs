//! Despatches: what left the warehouse, how far Cin7 has been told of each, and each thing
//! written to Cin7. A despatch is kept once, is in exactly one state and is never deleted;
//! a step is on disk before it is sent. What is told, and when again, is the engine's
//! business.

mod again;
mod by_carrier;
mod carriers;
mod claim;
mod clear;
mod days;
mod expected;
mod forms;
mod read;
mod row;
mod steps;
mod take;

#[cfg(test)]
pub(crate) use claim::GOES_BEFORE;
pub use forms::{
    ByCarrier, CarrierNamed, Confirmations, DespatchClash, DespatchKey, DespatchRow, DespatchState,
    DespatchStep, NewDespatch, PostedRow, TookDespatch,
};
#[cfg(test)]
pub(crate) use row::COLUMNS;

/// The vendor that all of this is told to, as the journal calls it.
const ERP: &str = "cin7";
