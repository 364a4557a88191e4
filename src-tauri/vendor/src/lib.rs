//! What both vendors' clients share: one seam at HTTP (a request in, a response out),
//! the clock they are handed, the pacer, the kinds of failure, and the one place where
//! secrets are taken out of what is recorded. Knows no vendor's paths and no database.

pub mod clock;
pub mod fault;
pub mod wire;

pub use clock::{Clock, Pause};
pub use fault::{Exchange, Fault, Told, Verdict};
pub use wire::{Header, Method, Request, Response, Wire, WireFault, WireFuture};
