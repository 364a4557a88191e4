//! The shapes of everything the page is given and gives: names and fields, nothing else. They
//! are the contract between Rust and the page; [`bindings`] writes them as TypeScript.
//!
//! Instants are RFC 3339 in UTC, money is text with two decimals, and every sentence is
//! finished English: the page words only its own controls.

mod activity;
mod adjustments;
mod bindings;
mod confirmations;
mod doing;
mod drift;
mod find;
mod maps;
mod month;
mod order;
mod orders;
mod review;
mod settings;
mod shell;
mod today;

pub use activity::*;
pub use adjustments::*;
pub use bindings::bindings;
pub use confirmations::*;
pub use doing::*;
pub use drift::*;
pub use find::*;
pub use maps::*;
pub use month::*;
pub use order::*;
pub use orders::*;
pub use review::*;
use serde::{Deserialize, Serialize};
pub use settings::*;
pub use shell::*;
pub use today::*;
use ts_rs::TS;

/// How a thing stands; the page adds an icon and a word, never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Stopped: held, refused, failed.
    Stop,
    /// Needs someone, no harm yet.
    Warn,
    /// Different, harmless.
    Info,
    /// Confirmed.
    Ok,
    /// Nothing to say.
    Plain,
}

/// Whose job it is; shown as Office, Warehouse, Finance and System.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Those who take the orders.
    Office,
    /// Whistl.
    Warehouse,
    /// Those who invoice.
    Finance,
    /// Those who look after the program.
    Support,
}

/// The screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// What needs someone.
    Today,
    /// The lists of orders.
    Orders,
    /// What Cin7 Core is told of what left.
    Confirmations,
    /// How both sides' stock compares.
    Drift,
    /// What the warehouse counted, and how far it stands in Cin7 Core.
    Adjustments,
    /// The maps.
    Mappings,
    /// The log.
    Activity,
    /// Settings.
    Settings,
}
