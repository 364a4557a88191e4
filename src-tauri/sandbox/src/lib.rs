//! Both vendors on loopback, steered and inspected over `/sandbox/…`.
//!
//! The sandbox is written from the vendors' papers and shares no parsing, mapping
//! or rule code with the engine: a misreading must not hide in both places. It must
//! never depend on any other crate of this workspace.

pub mod cin7;
pub mod clock;
pub mod faults;
pub mod http;
pub mod options;
pub mod whistl;
pub mod world;
