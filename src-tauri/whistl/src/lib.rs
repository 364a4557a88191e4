//! The Whistl client: the account profile and the adapter of the connector contract's
//! section 3. The only place that knows a Whistl path, field name, status word, reason
//! word or HTTP status.
//!
//! Each method of [`Reader`] and [`Writer`] is one call, answered together with the record
//! of it. Whether to look up, wait or send again is the engine's business; so are the
//! store and the other vendor. The contract is *assumed* throughout unless a comment says
//! otherwise: Whistl publishes no specification.

mod answer;
mod client;
mod compose;
mod event;
mod feed;
mod inspect;
mod order_state;
mod profile;
mod read;
mod reference_data;
mod rejection;
mod status;
mod submission;
mod times;
mod wire;

pub use answer::{CancelReason, Cancelled, Found, Submitted};
pub use client::{Credentials, Reader, Writer, open};
pub use compose::{ComposeFault, FieldSource, compose, explain};
pub use event::OrderEvent;
pub use feed::{BadItem, Page, PageOutcome};
pub use order_state::{LineState, OrderState, OrderStatus, ServiceCheck, WarehouseHold, Warning};
pub use profile::{Profile, Transport, UnknownServicePolicy, UnsupportedTransport};
pub use reference_data::{Capabilities, Item, Ping, Services};
pub use rejection::{Rejection, RejectionReason, cin7_field};
pub use submission::{Submission, fingerprint, read_back};
