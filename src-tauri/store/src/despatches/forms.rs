//! The shapes in which despatches go into the store and come out of it.

use chrono::{DateTime, Utc};
use domain::{Owner, SaleNumber};

use crate::forms::{Body, SaleKey};

/// The row number of a despatch, stable for its life; a later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DespatchKey(pub i64);

/// How far Cin7 has been told of a despatch; each is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DespatchState {
    /// To be told, at first or of a correction.
    Waiting,
    /// Being told at this moment.
    Posting,
    /// Something was sent that may have arrived: to be looked up before anything else.
    Unclear,
    /// Told.
    Posted,
    /// Cannot be told by itself: waits for a person.
    Exception,
    /// Kept until the last parcel of its order, to be told with it.
    Parked,
    /// Nothing is to be told of it.
    Closed,
}

impl DespatchState {
    /// Every state, in the order of a despatch's life.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Posting,
        Self::Unclear,
        Self::Posted,
        Self::Exception,
        Self::Parked,
        Self::Closed,
    ];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Posting => "posting",
            Self::Unclear => "unclear",
            Self::Posted => "posted",
            Self::Exception => "exception",
            Self::Parked => "parked",
            Self::Closed => "closed",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A despatch as the warehouse's feed gives it.
#[derive(Clone, Copy, Debug)]
pub struct NewDespatch<'a> {
    /// Their lasting identity of it.
    pub id: &'a str,
    /// Counts up when parcels or times are corrected.
    pub revision: u32,
    /// The despatch that did not happen after all; "" unless this is a void.
    pub voids: &'a str,
    /// The order's reference as they wrote it.
    pub raw_reference: &'a str,
    /// The sale of that reference, if it is one of ours.
    pub sale: Option<SaleKey>,
    /// When it was handed to the carrier.
    pub at: DateTime<Utc>,
    /// When the warehouse made it known, where it says so.
    pub published: Option<DateTime<Utc>>,
    /// Nothing more will come for this order.
    pub is_last: bool,
    /// Units that left, over all lines; below zero for a void.
    pub units: i64,
    /// How many parcels.
    pub parcels: u32,
    /// SHA-256 of what a revision may not change: the reference, the lines, what it voids.
    pub goods: [u8; 32],
    /// SHA-256 of all of it.
    pub content: [u8; 32],
    /// The item as it came, byte for byte.
    pub raw: &'a [u8],
    /// Tracking numbers over all parcels.
    pub tracking: &'a [String],
}

/// What taking a despatch came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TookDespatch {
    /// Not known before.
    New(DespatchKey),
    /// Known as it is, or in a later revision.
    Known(DespatchKey),
    /// The same goods with other parcels or times: what was known of those is replaced.
    Revised(DespatchKey),
    /// It says something else under a known identity: put aside, and nothing replaced.
    Changed(DespatchKey),
}

/// A carrier that despatches went by and that had no name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarrierNamed {
    /// The carrier as the warehouse calls it.
    pub code: String,
    /// Despatches that named it.
    pub named: u32,
    /// Those of them that Cin7 was told of, with the warehouse's name.
    pub told: u32,
}

/// Despatches or orders that stand alike and go by one carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByCarrier {
    /// The carrier as the warehouse calls it; "" where it is not known, or not one alone.
    pub carrier: String,
    /// How many.
    pub count: i64,
    /// Since when the oldest of them is known, or stands so.
    pub oldest: DateTime<Utc>,
}

/// A despatch as stored, without its sealed parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DespatchRow {
    /// Row number.
    pub key: DespatchKey,
    /// The warehouse's identity of it.
    pub id: String,
    /// The revision at hand.
    pub revision: u32,
    /// The despatch that did not happen after all; "" unless this is a void.
    pub voids: String,
    /// The order's reference as the warehouse wrote it.
    pub raw_reference: String,
    /// The sale; `None` while no order of that reference is known.
    pub sale: Option<SaleKey>,
    /// The sale's number as people say it.
    pub number: Option<SaleNumber>,
    /// When it was handed to the carrier, by the warehouse's clock.
    pub at: DateTime<Utc>,
    /// When the warehouse made it known, where it says so.
    pub published: Option<DateTime<Utc>>,
    /// When Stockbridge first read it.
    pub received: DateTime<Utc>,
    /// Nothing more will come for this order.
    pub is_last: bool,
    /// Units that left, over all lines; below zero for a void.
    pub units: i64,
    /// How many parcels.
    pub parcels: u32,
    /// How far Cin7 has been told.
    pub state: DespatchState,
    /// Who must act, when someone must.
    pub owner: Option<Owner>,
    /// One stable word: why it stands so, or "".
    pub reason: String,
    /// The last step begun: `task`, `pick`, `pack`, `ship`, `correct`, or "" before the
    /// first.
    pub step: String,
    /// Cin7's id of the fulfilment task it is told in, or "".
    pub task: String,
    /// Stable words for what is odd about it and keeps nothing back.
    pub flags: Vec<String>,
    /// The revision Cin7 was told; 0 for none.
    pub told_revision: u32,
    /// Not to be worked on before.
    pub due: DateTime<Utc>,
    /// Times it was begun so far.
    pub attempts: u32,
    /// Failures in a row so far.
    pub failures: u32,
    /// When the present row of failures began.
    pub first_failed: Option<DateTime<Utc>>,
    /// Since when it is unknown whether something arrived.
    pub unclear_since: Option<DateTime<Utc>>,
    /// When Cin7 had been told of it for the first time.
    pub posted_at: Option<DateTime<Utc>>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

impl DespatchRow {
    /// Whether Cin7 was told of an earlier revision, so that only a correction is due.
    pub fn is_to_be_corrected(&self) -> bool {
        self.told_revision > 0 && self.told_revision < self.revision
    }
}

/// One thing written to Cin7 for a despatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DespatchStep {
    /// Which of its despatch, from 1.
    pub number: u32,
    /// Which try of its despatch it belongs to, from 1.
    pub attempt: u32,
    /// `task`, `pick`, `pack`, `ship` or `correct`.
    pub step: String,
    /// Cin7's id of the task, or "" while there was none.
    pub task: String,
    /// When it was put down, just before it was sent.
    pub began: DateTime<Utc>,
    /// When it ended, if it did.
    pub ended: Option<DateTime<Utc>>,
    /// One stable word, or "" while under way.
    pub outcome: String,
}

/// An item that says something else under the identity of a known despatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DespatchClash {
    /// The revision it gives.
    pub revision: u32,
    /// When it was read.
    pub received: DateTime<Utc>,
    /// The item as it came.
    pub raw: Body,
}

/// Figures of the queue of confirmations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confirmations {
    /// Despatches Cin7 is still to be told of, those under way and those whose outcome is
    /// not known included.
    pub waiting: u64,
    /// When the oldest of those was handed to the carrier.
    pub oldest: Option<DateTime<Utc>>,
    /// Despatches that wait for a person.
    pub exceptions: u64,
    /// Despatches Cin7 has been told of.
    pub posted: u64,
    /// When the next can be worked on.
    pub next_due: Option<DateTime<Utc>>,
}

/// When Cin7 was told of a despatch, and what it was waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostedRow {
    /// Which.
    pub despatch: DespatchKey,
    /// When it was handed to the carrier.
    pub at: DateTime<Utc>,
    /// When the warehouse made it known, where it says so.
    pub published: Option<DateTime<Utc>>,
    /// When Cin7 had been told of it for the first time.
    pub posted_at: DateTime<Utc>,
}
