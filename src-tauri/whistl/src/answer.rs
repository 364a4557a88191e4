//! What the calls about one order can come to. No JSON here, no HTTP.

use crate::order_state::OrderState;
use crate::rejection::Rejection;

/// What a look-up found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one value per call, taken apart at once"
)]
pub enum Found {
    /// The order.
    Here(OrderState),
    /// They do not know the reference. An order accepted within the last minute may give
    /// this too (slow index, the contract's 5.5).
    NotFound,
}

/// What a submission came to. Faults say the rest: nothing happened, or nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// New, and accepted as a whole.
    Accepted(OrderState),
    /// They had it already with equal content; the state is the present one.
    AlreadyAccepted(OrderState),
    /// Taken, checked later; an event tells the outcome.
    Deferred(OrderState),
    /// Refused as a whole. Nothing exists there, the reference stays free.
    Rejected(Rejection),
    /// They hold other content under the reference.
    Conflict {
        /// The fields that differ, in their spelling.
        differs: Vec<String>,
        /// Where the existing order stands, in their word.
        existing_status: String,
        /// Their number of the existing order, or "".
        whistl_ref: String,
    },
    /// The reference belongs to a cancelled order; a new sending needs a new one.
    ReferenceUsedUp {
        /// Where the existing order stands, in their word.
        existing_status: String,
        /// Their number of the existing order, or "".
        whistl_ref: String,
    },
}

/// What a cancellation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// Cancelled, perhaps before.
    Done(OrderState),
    /// Asked on the floor; an event decides.
    Pending(OrderState),
    /// Picking has begun.
    TooLate {
        /// Where the order stands, in their word.
        status: String,
    },
    /// They do not know the reference.
    Unknown,
}

/// Why an order is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelReason {
    /// The customer asked.
    CustomerRequest,
    /// It should not have been sent.
    OfficeError,
    /// It looks like fraud.
    Fraud,
    /// Anything else; see the note.
    Other,
}

impl CancelReason {
    /// The contract's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::CustomerRequest => "CUSTOMER_REQUEST",
            Self::OfficeError => "OFFICE_ERROR",
            Self::Fraud => "FRAUD",
            Self::Other => "OTHER",
        }
    }
}
