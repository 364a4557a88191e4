//! Which sales are the warehouse's business: the rule a merchant states, and the verdict
//! on one sale (R16; release rule of the Cin7 reference, section 3).
//!
//! A row of Cin7's list settles most sales without reading them. Whether the warehouse
//! would take a sale that is due is [`crate::check`]'s question, and whether it was sent
//! before is the outbox's.

mod judge;
mod sentence;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

pub use self::judge::{judge, judge_sale};

/// The rule by which a sale becomes due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// How far the sale must be in Cin7.
    pub stage: TriggerStage,
    /// GUIDs of the locations the warehouse ships from, in lower case. A list row names
    /// its location by id.
    pub locations: Vec<String>,
    /// Names of the same locations. A sale's detail names its location by name only
    /// (observed); without names a detail is not judged on its location.
    pub location_names: Vec<String>,
    /// From which channels.
    pub channels: ChannelRule,
    /// Whether it must be paid.
    pub payment: PaymentRule,
    /// An additional attribute that must say a certain word.
    pub attribute: Option<AttributeRule>,
    /// The start line: a sale ordered before it never goes. Cin7 knows the day of an
    /// order only, and a day stands for its 10:00 UTC, which falls on that same day in
    /// every zone from Hawaii to Tonga; so give the start of a day in the account's zone.
    pub not_before: Option<DateTime<Utc>>,
}

/// How far a sale must be in Cin7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriggerStage {
    /// The order is authorised, and nobody has begun to pick it.
    AuthorisedOrder,
    /// Its pick is authorised in Cin7, and it is not shipped.
    AuthorisedPick,
    /// Its pack is authorised in Cin7, and it is not shipped.
    AuthorisedPack,
}

/// From which channels sales go. Names are compared without case; an empty name means
/// sales that were typed in by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChannelRule {
    /// From any.
    Any,
    /// From these.
    Only(Vec<String>),
    /// From any but these.
    Except(Vec<String>),
}

/// Whether a sale must be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentRule {
    /// It need not.
    Any,
    /// Cin7 must show it as paid or prepaid.
    Paid,
}

/// An additional attribute that must say a certain word. Compared trimmed, without case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeRule {
    /// Which of the ten, from 1.
    pub index: u8,
    /// What it must say.
    pub value: String,
}

/// The verdict on a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// To be checked and released.
    Due,
    /// Due as far as a list row can tell; only the sale itself has the rest: its
    /// attributes, its day, or a location the row lacks.
    DueIfAttribute,
    /// Not to be released, at least not now.
    Outside(Outside),
    /// Called off.
    Voided,
    /// Cin7 says something that is in no list of ours; the text names where and what.
    /// Such a sale is held for a person, since either guess could be the wrong one.
    Unreadable(String),
}

/// Why a sale is not to be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outside {
    /// The order, or the stage the trigger waits for, is not authorised.
    NotAuthorised,
    /// Authorised, but Cin7 has reserved no stock for it (`AUTH_NO_ALLOC`).
    WithoutStock,
    /// It ships from elsewhere.
    OtherLocation,
    /// A sale of services only.
    NoGoods,
    /// From a channel that is left out.
    ChannelExcluded,
    /// Not paid.
    Unpaid,
    /// Ordered before the start line.
    BeforeStart,
    /// Somebody has begun to pick or pack it in Cin7.
    AlreadyPicked,
    /// Somebody has begun to ship it in Cin7, or it is finished.
    AlreadyShipped,
    /// The attribute does not say what it must.
    AttributeMissing,
}

impl Outside {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::NotAuthorised,
        Self::WithoutStock,
        Self::OtherLocation,
        Self::NoGoods,
        Self::ChannelExcluded,
        Self::Unpaid,
        Self::BeforeStart,
        Self::AlreadyPicked,
        Self::AlreadyShipped,
        Self::AttributeMissing,
    ];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAuthorised => "not_authorised",
            Self::WithoutStock => "without_stock",
            Self::OtherLocation => "other_location",
            Self::NoGoods => "no_goods",
            Self::ChannelExcluded => "channel_excluded",
            Self::Unpaid => "unpaid",
            Self::BeforeStart => "before_start",
            Self::AlreadyPicked => "already_picked",
            Self::AlreadyShipped => "already_shipped",
            Self::AttributeMissing => "attribute_missing",
        }
    }

    /// The one of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outside| outside.word() == word)
    }

    /// What to tell somebody who asks why the sale did not go.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotAuthorised => "Not yet authorised in Cin7 Core.",
            Self::WithoutStock => "Authorised, but Cin7 Core has allocated no stock to it.",
            Self::OtherLocation => "Ships from a location that is not Whistl's.",
            Self::NoGoods => "A service sale: there is nothing to send.",
            Self::ChannelExcluded => "From a sales channel that the trigger leaves out.",
            Self::Unpaid => "Not yet paid.",
            Self::BeforeStart => "Ordered before the start date of the trigger.",
            Self::AlreadyPicked => "Picking has already begun in Cin7 Core.",
            Self::AlreadyShipped => "Already shipped, or finished, in Cin7 Core.",
            Self::AttributeMissing => "Its additional attribute does not ask for release.",
        }
    }
}
