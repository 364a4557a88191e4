//! What the window shows, in its words: every screen as one value, read from the store alone.
//!
//! A screen is made from a [`store::Reading`], the settings and the time, so that looking
//! never waits for a run that writes. No Tauri, no SQL, no vendor is called, and nothing is
//! decided here: what may be done to an order is asked of the engine.

pub mod activity;
pub mod adjustments;
#[doc(hidden)]
pub mod bench;
pub mod confirmations;
pub mod connections;
pub mod doing;
pub mod drift;
mod fault;
pub mod find;
pub mod lists;
pub mod maps;
mod marks;
pub mod month;
mod needs;
pub mod order;
pub mod preview;
pub mod review;
pub mod settings;
pub mod shapes;
mod text;
pub mod today;

#[cfg(test)]
mod tests;
