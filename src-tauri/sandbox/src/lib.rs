//! Both vendors on loopback, steered and inspected over `/sandbox/…`.
//!
//! The sandbox is written from the vendors' papers and shares no parsing, mapping
//! or rule code with the engine: a misreading must not hide in both places. It must
//! never depend on any other crate of this workspace.

pub mod cin7;
pub mod clock;
pub mod control;
pub mod faults;
pub mod http;
pub mod options;
mod sandbox;
pub mod serve;
pub mod whistl;
pub mod world;

pub use control::switch;
pub use options::{OptionFault, Options, Profile};
pub use sandbox::{CIN7_PATH, CONTROL_PATH, Planted, Sandbox, WorldFault};
pub use serve::{Ready, ServeFault, Steering, serve};
