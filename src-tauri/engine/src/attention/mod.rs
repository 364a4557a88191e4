//! What needs someone, and how they are told: which facts deserve an alert, the life of each
//! alert, and the notices that come of it. The judging and the lives are pure; [`look`]
//! reads, stores and gives out. How a notice is shown is the window's business.

mod alert;
pub(crate) mod another_copy;
mod answers;
mod card;
mod desk;
mod digest;
mod facts;
mod judge;
mod look;
mod notice;
mod one_carrier;
mod phrases;
mod quiet;
mod say;
mod signs;

pub use alert::{Alert, Level};
pub use facts::{
    DriftFacts, Facts, GapFacts, Machine, Need, Newest, PausedFacts, Since, ToConfirm, ToLeave,
    VendorFacts,
};
pub use judge::{alerts, judge};
pub use notice::{Go, Notice, NoticeKind, Urgency};
pub use one_carrier::OneCarrier;
pub use phrases::causes;

pub(crate) use look::Attention;
pub(crate) use signs::Sign;

#[cfg(test)]
mod tests;
