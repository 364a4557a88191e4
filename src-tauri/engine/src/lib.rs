//! What happens next: which run is due, what it reads, what it decides, what it sends.
//!
//! Only the modules under [`runs`] bring the clients and the store together, and only
//! [`runs::deliver`] writes to a vendor. No window, no Tauri, no SQL text, and no vendor's
//! field names live here.

pub mod actions;
mod asks;
pub mod attention;
#[doc(hidden)]
pub mod bench;
pub mod clock;
mod decide;
mod engine;
mod escape;
mod fault;
pub mod finance;
mod health;
mod journal;
mod knowledge;
pub mod location;
mod page;
pub mod proof;
pub mod runs;
pub mod schedule;
pub mod settings;
pub mod views;
pub mod watch;
pub mod words;

pub use engine::{Engine, Parts, Secrets, store_settings};
pub use fault::EngineFault;
pub use settings::{SettingFault, Settings};
