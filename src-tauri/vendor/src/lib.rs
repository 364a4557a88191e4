//! What both vendors' clients share: one seam at HTTP (a request in, a response out),
//! the clock they are handed, the pacer, the kinds of failure, and the one place where
//! secrets are taken out of what is recorded. Knows no vendor's paths and no database.

pub mod address;
pub mod clock;
pub mod fault;
pub mod json;
pub mod lenient;
pub mod network;
pub mod pacer;
pub mod redact;
pub mod retry_after;
pub mod talk;
pub mod wire;

pub use address::{BadAddress, Base, check_base};
pub use clock::{Clock, Pause};
pub use fault::{Exchange, Fault, Told, Verdict};
pub use json::BadField;
pub use network::Network;
pub use pacer::{CallLedger, Lane, Pacer, Turn, Usage};
pub use redact::Redactor;
pub use talk::{Call, Line, ReadStatus, tell};
pub use wire::{Header, Method, Request, Response, Wire, WireFault, WireFuture};
