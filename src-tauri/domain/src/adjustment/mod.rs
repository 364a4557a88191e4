//! What the warehouse counted, damaged, found or lost, and what of it Cin7 has to be told.
//! Like a despatch, an adjustment is a fact: it is posted whole or set aside with its reason.

mod comment;
mod document;
mod fault;
mod key;
mod reason;
#[cfg(test)]
mod tests;
mod treat;
mod treatment;
mod verify;

use chrono::{DateTime, Utc};

pub use comment::COMMENT_MAX;
pub use document::{
    Account, Accounts, Decreases, Document, DocumentKind, LINES_MAX, Line, Netted, Posting,
    PostingRules, ToPost, documents,
};
pub use fault::{AdjustmentFault, Heals, ORIGINAL_WAIT, original_is_overdue};
pub use key::DocumentKey;
pub use reason::Direction;
pub use treat::{
    Ceiling, LargeFalls, Original, OriginalStanding, OtherReasons, Resolved, Setting,
    TreatmentRules, treat,
};
pub use treatment::{
    ApprovalReason, ApprovalReasons, DecisionReason, RecordReason, Target, Treatment,
};
pub use verify::{Verdict, at_completion, at_draft};

/// One change of stock that the warehouse reports (the contract's sections 2.5 and 10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjustment {
    /// Their lasting identity of it.
    pub id: String,
    /// Counts up when reason or note are corrected; never for units.
    pub revision: u32,
    /// The next number of the warehouse's one counter of movements; `None` where the account
    /// has none.
    pub movement: Option<u64>,
    /// Their SKU, as they spell it.
    pub sku: String,
    /// Change of good stock, which is the figure Cin7 follows: on hand less quarantined.
    pub units: i64,
    /// Change of what is physically in the building.
    pub units_in_building: i64,
    /// Why.
    pub reason: AdjustmentReason,
    /// The reason in their words; may be "".
    pub reason_text: String,
    /// What they noted; may be "".
    pub note: String,
    /// Their warehouse; may be "".
    pub warehouse: String,
    /// When it happened, UTC.
    pub at: DateTime<Utc>,
    /// The id of the adjustment that this one takes back.
    pub reverses: Option<String>,
    /// A document of the merchant's that it belongs to, a purchase order say; may be "".
    pub reference: String,
}

/// Why stock changed (the contract's section 10).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdjustmentReason {
    /// A planned count.
    CycleCount,
    /// Moved to quarantine.
    Damage,
    /// The pick face held another number than it should.
    PickDiscrepancy,
    /// Turned up.
    Found,
    /// Cannot be found.
    Lost,
    /// Thrown away.
    WriteOff,
    /// Set apart.
    QuarantineIn,
    /// Good again.
    QuarantineOut,
    /// Came back and can be sold; a credit note may book it in Cin7 too.
    ReturnGood,
    /// Came back and cannot be sold.
    ReturnDamaged,
    /// Goods in; a purchase receipt may book it in Cin7 too.
    Receipt,
    /// Taken as a sample.
    Sample,
    /// The merchant asked for it.
    ClientRequest,
    /// Became part of a kit, or is a kit that was built.
    KitBuild,
    /// Came out of a kit, or is a kit that was broken up.
    KitBreak,
    /// Past its date.
    Expired,
    /// Takes an earlier adjustment back.
    Reversal,
    /// Any other word, as it came.
    Other(String),
}
