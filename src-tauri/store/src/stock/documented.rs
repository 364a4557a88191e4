//! The shapes in which documents for Cin7 go into the store and come out of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{Owner, ProductId};
use rust_decimal::Decimal;

use super::forms::{AdjustmentKey, DocumentKey};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Sets absolute levels.
    Adjustment,
    /// Takes units away.
    WriteOff,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Adjustment, Self::WriteOff];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Adjustment => "adjustment",
            Self::WriteOff => "write_off",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentOrigin {
    /// What the warehouse reported.
    Reported,
    /// A drift that a person posts.
    Drift,
    /// A movement that another document swallowed.
    Race,
}

impl DocumentOrigin {
    /// Every origin.
    pub const ALL: [Self; 3] = [Self::Reported, Self::Drift, Self::Race];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Drift => "drift",
            Self::Race => "race",
        }
    }

    /// The origin of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.word() == word)
    }
}

/// How far a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentState {
    /// Nothing was sent.
    Intended,
    /// Stands in Cin7 as a draft and moves nothing.
    Drafted,
    /// What was sent may have arrived.
    Unclear,
    /// Completed; to be read back.
    Completed,
    /// Read back: the figures followed.
    Done,
    /// Completed, and the figure did not follow.
    Unmoved,
    /// Refused.
    Failed,
    /// Taken back.
    Voided,
}

impl DocumentState {
    /// Every state, in the order of a document's life.
    pub const ALL: [Self; 8] = [
        Self::Intended,
        Self::Drafted,
        Self::Unclear,
        Self::Completed,
        Self::Done,
        Self::Unmoved,
        Self::Failed,
        Self::Voided,
    ];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Intended => "intended",
            Self::Drafted => "drafted",
            Self::Unclear => "unclear",
            Self::Completed => "completed",
            Self::Done => "done",
            Self::Unmoved => "unmoved",
            Self::Failed => "failed",
            Self::Voided => "voided",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether something is still to be done about it without a person.
    pub fn is_open(self) -> bool {
        match self {
            Self::Intended | Self::Drafted | Self::Unclear | Self::Completed => true,
            Self::Done | Self::Unmoved | Self::Failed | Self::Voided => false,
        }
    }
}

/// A line of a document to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocumentLine {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: String,
    /// Change, not zero.
    pub change: Decimal,
    /// Cost of one.
    pub unit_cost: Option<Decimal>,
    /// When that was read.
    pub cost_at: Option<DateTime<Utc>>,
    /// What the line says of itself.
    pub comment: String,
    /// The adjustments in it.
    pub adjustments: Vec<AdjustmentKey>,
}

/// A document to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDocument<'a> {
    /// Our key of it.
    pub reference: &'a str,
    /// What it is.
    pub kind: DocumentKind,
    /// What it is for.
    pub origin: DocumentOrigin,
    /// Cin7's account, or "" for its own default.
    pub account: &'a str,
    /// Cin7's location, by id.
    pub location: &'a str,
    /// The day it is booked on.
    pub effective: NaiveDate,
    /// Who made it.
    pub made_by: &'a str,
    /// Its lines.
    pub lines: &'a [NewDocumentLine],
}

/// A document as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Row number.
    pub key: DocumentKey,
    /// Our key of it.
    pub reference: String,
    /// What it is.
    pub kind: DocumentKind,
    /// What it is for.
    pub origin: DocumentOrigin,
    /// Cin7's account, or "".
    pub account: String,
    /// Cin7's location, by id.
    pub location: String,
    /// The day it is booked on.
    pub effective: NaiveDate,
    /// How far it is.
    pub state: DocumentState,
    /// Cin7's id of it, or "".
    pub task: String,
    /// Cin7's number of it, or "".
    pub number: String,
    /// One stable word: why it stands so, or "".
    pub cause: String,
    /// Who made it.
    pub made_by: String,
    /// Not to be worked on before.
    pub due: DateTime<Utc>,
    /// Steps begun so far.
    pub attempts: u32,
    /// Failures in a row so far.
    pub failures: u32,
    /// When the present row of failures began.
    pub first_failed: Option<DateTime<Utc>>,
    /// Since when it is unknown whether something arrived.
    pub unclear_since: Option<DateTime<Utc>>,
    /// When it was intended.
    pub made_at: DateTime<Utc>,
    /// When it was completed in Cin7.
    pub completed_at: Option<DateTime<Utc>>,
    /// Its lines, by number.
    pub lines: Vec<DocumentLine>,
}

/// A line of a document as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLine {
    /// From 1.
    pub number: u32,
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: String,
    /// Change.
    pub change: Decimal,
    /// The level read just before.
    pub before: Option<Decimal>,
    /// The level that was set.
    pub after: Option<Decimal>,
    /// The level read afterwards.
    pub seen: Option<Decimal>,
    /// Cost of one.
    pub unit_cost: Option<Decimal>,
    /// When that was read.
    pub cost_at: Option<DateTime<Utc>>,
    /// What it says of itself.
    pub comment: String,
}

/// One thing written to Cin7 for a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentStep {
    /// From 1.
    pub number: u32,
    /// `draft`, `complete` or `void`.
    pub step: String,
    /// When it was put down, just before it was sent.
    pub began: DateTime<Utc>,
    /// When it ended, if it did.
    pub ended: Option<DateTime<Utc>>,
    /// One stable word, or "" while under way.
    pub outcome: String,
}

/// How a document came to nothing, for it and for the adjustments in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentFails<'a> {
    /// One stable word.
    pub cause: &'a str,
    /// What to say of it beyond the word, sealed; "" for nothing.
    pub detail: &'a str,
    /// Who must act.
    pub owner: Option<Owner>,
    /// When its adjustments are looked at again.
    pub due: DateTime<Utc>,
}
