//! The Whistl client: the account profile and the adapter of the connector contract's
//! section 3. The only place that knows a Whistl path, field name, status word, reason
//! word or HTTP status.
//!
//! Each method of [`Reader`] and [`Writer`] is one call, answered together with the record
//! of it. Whether to look up, wait or send again is the engine's business; so are the
//! store and the other vendor. The contract is *assumed* throughout unless a comment says
//! otherwise: Whistl publishes no specification.

mod adjustment;
mod answer;
mod client;
mod compose;
mod despatch;
mod event;
mod explain;
mod feed;
mod inspect;
mod meaning;
mod order_state;
mod profile;
mod read;
mod reader;
mod reference_data;
mod rejection;
#[cfg(test)]
mod samples;
mod snapshot;
mod status;
mod submission;
mod times;
mod wire;
mod writer;

pub use adjustment::{AdjustmentRecord, read_adjustment};
pub use answer::{CancelReason, Cancelled, Found, Submitted};
pub use client::{Credentials, open};
pub use compose::{ComposeFault, compose};
pub use despatch::{DespatchRecord, read_despatch};
pub use event::OrderEvent;
pub use explain::{FieldSource, explain};
pub use feed::{BadItem, Page, PageOutcome};
pub use order_state::{
    LineState, OrderDifference, OrderState, OrderStatus, ServiceCheck, WarehouseHold, Warning,
};
pub use profile::{Profile, Transport, UnknownServicePolicy, UnsupportedTransport};
pub use reader::Reader;
pub use reference_data::{Capabilities, Item, Ping, Services};
pub use rejection::{Rejection, RejectionReason, cin7_field};
pub use snapshot::{
    Gathering, Missing, Next, PartSnapshot, SnapshotAsked, SnapshotPage, SnapshotRows,
    UncomparedRow, WholeSnapshot,
};
pub use submission::{Submission, fingerprint, read_back};
pub use writer::Writer;
