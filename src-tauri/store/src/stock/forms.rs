//! The shapes in which adjustments go into the store and come out of it; those of documents,
//! movements and comparisons stand beside. Quantities and money are decimals of at most four
//! places in all of them, whole ten-thousandths in the table.

use chrono::{DateTime, Utc};
use domain::{Owner, ProductId};
use rust_decimal::Decimal;

/// The row number of an adjustment, stable for its life; a later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdjustmentKey(pub i64);

/// The row number of a document for Cin7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey(pub i64);

/// The row number of a comparison of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReconciliationKey(pub i64);

/// The row number of a SKU at the location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StockLineKey(pub i64);

/// How far Cin7 has been told of an adjustment; each is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdjustmentState {
    /// To be posted.
    New,
    /// Waits for a person to say yes or no.
    NeedsApproval,
    /// In a document that is under way.
    Posting,
    /// In a document that may have arrived.
    Unclear,
    /// Posted.
    Posted,
    /// Could not be posted; tried again when something it depends on changes.
    Failed,
    /// A person decided that it is not to be posted.
    Dismissed,
    /// Stands in Cin7 by another way.
    AlreadyInCin7,
    /// Nothing is to be posted of it.
    Recorded,
}

impl AdjustmentState {
    /// Every state, in the order of an adjustment's life.
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::NeedsApproval,
        Self::Posting,
        Self::Unclear,
        Self::Posted,
        Self::Failed,
        Self::Dismissed,
        Self::AlreadyInCin7,
        Self::Recorded,
    ];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::NeedsApproval => "needs_approval",
            Self::Posting => "posting",
            Self::Unclear => "unclear",
            Self::Posted => "posted",
            Self::Failed => "failed",
            Self::Dismissed => "dismissed",
            Self::AlreadyInCin7 => "already_in_cin7",
            Self::Recorded => "recorded",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// An adjustment as the warehouse's feed gives it.
#[derive(Clone, Copy, Debug)]
pub struct NewAdjustment<'a> {
    /// Their lasting identity of it.
    pub id: &'a str,
    /// Counts up when reason or note are corrected.
    pub revision: u32,
    /// Its number among all movements of the warehouse.
    pub movement: Option<u64>,
    /// Their SKU.
    pub sku: &'a str,
    /// Change of good stock, whole units.
    pub units: i64,
    /// Change of what is in the building, whole units.
    pub in_building: i64,
    /// Why, as one stable word.
    pub why: &'a str,
    /// Why, in their words.
    pub why_text: &'a str,
    /// What they noted.
    pub note: &'a str,
    /// Their warehouse.
    pub warehouse: &'a str,
    /// The adjustment that it takes back, or "".
    pub reverses: &'a str,
    /// A document of the merchant's that it belongs to, or "".
    pub belongs_to: &'a str,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When they made it known, where they say so.
    pub published: Option<DateTime<Utc>>,
    /// SHA-256 of what a revision may not change.
    pub goods: [u8; 32],
    /// SHA-256 of all of it.
    pub content: [u8; 32],
    /// The item as it came.
    pub raw: &'a str,
}

/// What taking an adjustment came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TookAdjustment {
    /// Not known before; stands as `new`, due at once.
    New(AdjustmentKey),
    /// Known as it is, or in a later revision.
    Known(AdjustmentKey),
    /// The same goods with another reason or note: what was known of those is replaced.
    Revised(AdjustmentKey),
    /// It says something else under a known identity: put aside, and nothing replaced.
    Changed(AdjustmentKey),
}

/// An adjustment as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentRow {
    /// Row number.
    pub key: AdjustmentKey,
    /// The warehouse's identity of it.
    pub id: String,
    /// The revision at hand.
    pub revision: u32,
    /// Its number among all movements of the warehouse.
    pub movement: Option<u64>,
    /// Their SKU.
    pub sku: String,
    /// Change of good stock, whole units.
    pub units: i64,
    /// Change of what is in the building, whole units.
    pub in_building: i64,
    /// Why, as one stable word.
    pub why: String,
    /// Why, in their words.
    pub why_text: String,
    /// What they noted.
    pub note: String,
    /// Their warehouse.
    pub warehouse: String,
    /// The adjustment that it takes back, or "".
    pub reverses: String,
    /// A document of the merchant's that it belongs to, or "".
    pub belongs_to: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When they made it known.
    pub published: Option<DateTime<Utc>>,
    /// When it was first read here.
    pub received: DateTime<Utc>,
    /// How far it is.
    pub state: AdjustmentState,
    /// Who must act, when someone must.
    pub owner: Option<Owner>,
    /// Stable words: why it stands so.
    pub causes: Vec<String>,
    /// Cin7's product, once it is known.
    pub product: Option<ProductId>,
    /// Cin7's SKU, or "".
    pub cin7_sku: String,
    /// The document it was put in last.
    pub document: Option<DocumentKey>,
    /// Which of that document's lines.
    pub line: Option<u32>,
    /// Cin7's number of that document, or "".
    pub document_number: String,
    /// Cin7's id of it, or "".
    pub document_task: String,
    /// Level in Cin7 before and after.
    pub before: Option<Decimal>,
    /// Level in Cin7 after.
    pub after: Option<Decimal>,
    /// Cost of one when it was posted.
    pub unit_cost: Option<Decimal>,
    /// When that cost was read.
    pub cost_at: Option<DateTime<Utc>>,
    /// Goes into a document of its own.
    pub alone: bool,
    /// Who decided about it, or "".
    pub decided_by: String,
    /// Why, or "".
    pub decided_why: String,
    /// Not to be worked on before.
    pub due: DateTime<Utc>,
    /// Times it was put into a document.
    pub attempts: u32,
    /// Failures in a row so far.
    pub failures: u32,
    /// When the present row of failures began.
    pub first_failed: Option<DateTime<Utc>>,
    /// When it was posted.
    pub posted_at: Option<DateTime<Utc>>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
}

/// Where an adjustment stands next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentStands<'a> {
    /// The state; never one of a document under way.
    pub state: AdjustmentState,
    /// Who must act.
    pub owner: Option<Owner>,
    /// Stable words why.
    pub causes: &'a [&'a str],
    /// What to say of it beyond the words, sealed.
    pub detail: &'a str,
    /// When it is looked at again.
    pub due: DateTime<Utc>,
    /// Whether this is a failure to be counted.
    pub failed: bool,
    /// Who decided, or "" for nobody.
    pub by: &'a str,
    /// Their reason.
    pub why: &'a str,
}

/// Which adjustments a list shows.
#[derive(Clone, Debug, Default)]
pub struct AdjustmentFilter {
    /// In one of these states; all when empty.
    pub states: Vec<AdjustmentState>,
    /// Of this SKU, in Cin7's spelling or the warehouse's.
    pub sku: Option<String>,
    /// For this reason.
    pub why: Option<String>,
    /// That happened from then on.
    pub since: Option<DateTime<Utc>>,
    /// That happened before then.
    pub until: Option<DateTime<Utc>>,
    /// After that one, in the order newest first.
    pub after: Option<AdjustmentKey>,
    /// At most so many.
    pub limit: u32,
}

/// Another item under the identity of a known adjustment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentClash {
    /// The revision it gives.
    pub revision: u32,
    /// When it was read.
    pub received: DateTime<Utc>,
    /// The item as it came.
    pub raw: String,
}

/// Figures of what is to be posted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AdjustmentsWaiting {
    /// To be posted, those in a document under way included.
    pub waiting: u64,
    /// When the oldest of those happened.
    pub oldest: Option<DateTime<Utc>>,
    /// Waiting for a person's yes or no.
    pub needs_approval: u64,
    /// Could not be posted.
    pub failed: u64,
}

/// A reason of the warehouse's as it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonSeen {
    /// As one stable word.
    pub why: String,
    /// In their words.
    pub why_text: String,
    /// Adjustments that give it.
    pub count: u64,
    /// How many of those are still to be posted, those that wait for a person included.
    pub open: u64,
}
