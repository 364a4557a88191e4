//! A change of an order's status, as the feed tells it (the contract's section 2.3).
//! Events are hints for display; despatches are the facts.

use chrono::{DateTime, Utc};
use domain::ClientReference;

use crate::order_state::{OrderStatus, WarehouseHold};
use crate::rejection::RejectionReason;

/// One event. Order events by `seq`, never by time: a later event may have happened
/// earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEvent {
    /// Its number in the feed.
    pub seq: u64,
    /// Its lasting identity; the same event may come again.
    pub event_id: String,
    /// Our reference, prefix off and in upper case; `None` when it cannot be one of ours.
    /// Compare without regard to case.
    pub reference: Option<ClientReference>,
    /// The reference as it came.
    pub raw_reference: String,
    /// Their number, or "".
    pub whistl_ref: String,
    /// Status before; `None` for the first.
    pub from: Option<OrderStatus>,
    /// Status after.
    pub to: OrderStatus,
    /// The status after in their own word.
    pub raw_status: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The time named no zone and falls into the hour that October repeats or March
    /// leaves out; the earlier reading was taken.
    pub time_guessed: bool,
    /// The service it was put on, where the event says.
    pub service_applied: Option<String>,
    /// Why it stands still, if it does.
    pub hold: Option<WarehouseHold>,
    /// Why it was refused, when `to` is `Rejected`.
    pub rejections: Vec<RejectionReason>,
}
