//! The shapes that go into the store and come out of it. Plain data: what a row means
//! next is the engine's business.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{ClientReference, HoldCode, Owner, Reason, SaleId, SaleNumber};
use rust_decimal::Decimal;

/// The row number of a sale, stable for its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SaleKey(pub i64);

/// The state of a sale past the trigger; each is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderState {
    /// Kept back by a check; never left the building.
    Held,
    /// To be read, or passed and to be sent.
    Waiting,
    /// Being sent at this moment.
    Sending,
    /// Sent, outcome unknown.
    Unclear,
    /// Refused by Whistl.
    Rejected,
    /// Accepted by Whistl.
    AtWarehouse,
    /// Stopped at the warehouse after acceptance.
    Blocked,
    /// Part of it has left.
    PartDespatched,
    /// All of it has left.
    Despatched,
    /// Called off.
    Cancelled,
}

impl OrderState {
    /// Every state, in the order of an order's life.
    pub const ALL: [Self; 10] = [
        Self::Held,
        Self::Waiting,
        Self::Sending,
        Self::Unclear,
        Self::Rejected,
        Self::AtWarehouse,
        Self::Blocked,
        Self::PartDespatched,
        Self::Despatched,
        Self::Cancelled,
    ];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Unclear => "unclear",
            Self::Rejected => "rejected",
            Self::AtWarehouse => "at_warehouse",
            Self::Blocked => "blocked",
            Self::PartDespatched => "part_despatched",
            Self::Despatched => "despatched",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Where a sale stands: past the trigger in a state, or outside it with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Past the trigger.
    In(OrderState),
    /// Not past it; the word says why (`not_authorised`, `other_location`, …).
    Outside(String),
}

/// A sale as stored, without its sealed parts.
#[derive(Clone, Debug, PartialEq)]
pub struct SaleRow {
    /// Row number.
    pub key: SaleKey,
    /// Cin7's id.
    pub id: SaleId,
    /// The number people use.
    pub number: SaleNumber,
    /// Where it stands.
    pub standing: Standing,
    /// Who must act, when someone must.
    pub owner: Option<Owner>,
    /// Cin7's mark of the last change seen in a list.
    pub updated: DateTime<Utc>,
    /// The mark for which the whole sale was last read; `None` until then.
    pub read_updated: Option<DateTime<Utc>>,
    /// When it passed the trigger, by Cin7's clock.
    pub authorised_at: Option<DateTime<Utc>>,
    /// When Stockbridge first saw it.
    pub first_seen: DateTime<Utc>,
    /// When Whistl accepted it, by Whistl's clock.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Must leave the warehouse by.
    pub ship_by: Option<DateTime<Utc>>,
    /// Not to be sent before (grace time).
    pub not_before: Option<DateTime<Utc>>,
    /// Order total in `currency`.
    pub value: Decimal,
    /// ISO 4217.
    pub currency: String,
    /// Channel, or "".
    pub channel: String,
    /// Service code, once known.
    pub service: String,
    /// Count of hand-offs, from 1.
    pub edition: u32,
    /// The reference of the present edition, once made.
    pub reference: Option<ClientReference>,
    /// Whistl's own number.
    pub whistl_ref: Option<String>,
    /// Whistl's own status word.
    pub whistl_status: Option<String>,
    /// `seq` of the last warehouse event applied.
    pub event_seq: Option<u64>,
    /// Version of settings under which it was last decided.
    pub settings_version: i64,
    /// Version of the maps under which it was last decided.
    pub map_version: i64,
    /// Submissions begun so far, over all editions.
    pub attempts: u32,
    /// When something is due for it next: a retry or a look-up.
    pub next_at: Option<DateTime<Utc>>,
    /// When its state last changed.
    pub changed_at: DateTime<Utc>,
    /// Fingerprint (SHA-256) of the content at the warehouse, once accepted.
    pub fingerprint: Option<Vec<u8>>,
    /// Put off until then by a person; it still counts as open.
    pub put_off_until: Option<DateTime<Utc>>,
}

/// As much of a sale as tells what may be done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Row number.
    pub sale: SaleKey,
    /// The number people use.
    pub number: SaleNumber,
    /// Where it stands.
    pub standing: Standing,
    /// Whether it has a reference at the warehouse.
    pub has_reference: bool,
}

impl Outline {
    /// The outline of a sale.
    pub fn of(row: &SaleRow) -> Self {
        Self {
            sale: row.key,
            number: row.number.clone(),
            standing: row.standing.clone(),
            has_reference: row.reference.is_some(),
        }
    }
}

/// A hold reason as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldRow {
    /// The reason.
    pub reason: Reason,
    /// Since when this code stands at this field.
    pub since: DateTime<Utc>,
}

/// The parts of a sale that hold personal data; stored compressed and encrypted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealedSale {
    /// Cin7's detail as it was read, byte for byte.
    pub detail: Vec<u8>,
    /// Words by which a person may look for it (names, postcode, e-mail, telephone):
    /// indexed by keyed hash, never in clear.
    pub find: Vec<String>,
}

/// What an outbox entry asks the vendor to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxKind {
    /// Make the order.
    Submit,
    /// Cancel it.
    Withdraw,
}

impl OutboxKind {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Withdraw => "withdraw",
        }
    }
}

/// Something we mean to tell a vendor, not yet begun.
#[derive(Clone, Debug)]
pub struct Intention {
    /// Whose sale.
    pub sale: SaleKey,
    /// To do what.
    pub kind: OutboxKind,
    /// Under which reference.
    pub reference: ClientReference,
    /// The message, byte for byte as it will be sent.
    pub body: Vec<u8>,
    /// SHA-256 of its canonical form, when it is an order.
    pub fingerprint: Option<[u8; 32]>,
    /// Earliest time to send.
    pub due: DateTime<Utc>,
    /// Order of sending: ship-by first (R23).
    pub ship_by: Option<DateTime<Utc>>,
    /// Then service: lower goes first.
    pub service_rank: u8,
    /// For a withdrawal: Whistl's reason code and a note.
    pub note: String,
}

/// One try at telling a vendor, begun and committed. Only [`crate::Store::claim`] makes
/// one, so nothing is sent that a crash could make us forget.
#[derive(Debug)]
pub struct Claimed {
    pub(crate) outbox: i64,
    pub(crate) sale: SaleKey,
    pub(crate) number: SaleNumber,
    pub(crate) kind: OutboxKind,
    pub(crate) reference: ClientReference,
    pub(crate) body: Vec<u8>,
    pub(crate) attempt: u32,
    pub(crate) step: Step,
    pub(crate) note: String,
    pub(crate) first_failed: Option<DateTime<Utc>>,
    pub(crate) failures: u32,
    pub(crate) looks: u32,
    pub(crate) unclear_since: Option<DateTime<Utc>>,
}

/// What the claimed try does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send the message.
    Send,
    /// Ask whether it arrived, before anything is sent again.
    LookUp,
}

impl Claimed {
    /// Whose sale.
    pub fn sale(&self) -> SaleKey {
        self.sale
    }
    /// The number people use.
    pub fn number(&self) -> &SaleNumber {
        &self.number
    }
    /// To do what.
    pub fn kind(&self) -> OutboxKind {
        self.kind
    }
    /// Under which reference.
    pub fn reference(&self) -> &ClientReference {
        &self.reference
    }
    /// The message to send.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
    /// Which submission of this sale this is, from 1; look-ups keep the number of the
    /// submission they ask about.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }
    /// Send, or look up.
    pub fn step(&self) -> Step {
        self.step
    }
    /// Whistl's reason code and a note, for a withdrawal.
    pub fn note(&self) -> &str {
        &self.note
    }
    /// When the present row of failures began.
    pub fn first_failed(&self) -> Option<DateTime<Utc>> {
        self.first_failed
    }
    /// Failures in a row so far.
    pub fn failures(&self) -> u32 {
        self.failures
    }
    /// Look-ups that found nothing since the last submission.
    pub fn looks(&self) -> u32 {
        self.looks
    }
    /// Since when the outcome is unknown.
    pub fn unclear_since(&self) -> Option<DateTime<Utc>> {
        self.unclear_since
    }
}

/// How a claimed try ended, as far as the outbox is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Done for good: accepted, refused for good, or cancelled. The entry is closed.
    Closed {
        /// One stable word: `accepted`, `refused`, `conflict`, `cancelled`, `too_late`, …
        outcome: &'static str,
    },
    /// Nothing happened; send again at this time. Counts a failure if `failed`.
    Again {
        /// When.
        at: DateTime<Utc>,
        /// Whether this counts as a failure (a refusal for rate does not, R88).
        failed: bool,
    },
    /// It may have happened: look it up at this time.
    LookUp {
        /// When.
        at: DateTime<Utc>,
        /// Whether this was a look-up that found nothing.
        found_nothing: bool,
        /// Whether this counts as a failure.
        failed: bool,
    },
    /// Retried to the end, or not to be retried: waits for a person.
    Parked {
        /// One stable word: `stuck`, `sign_in`, …
        outcome: &'static str,
    },
}

/// A journal entry about to be written. Bodies are sealed; everything else is in clear
/// and must hold no personal data.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What sort: `call`, `intention`, `outcome`, `decision`, `setting`, `map`, `run`,
    /// `gap`, `clearing`, `alert`.
    pub kind: &'static str,
    /// `cin7`, `whistl`, or "".
    pub vendor: &'static str,
    /// `out` for a request of ours, `in` for an answer, "" for neither.
    pub direction: &'static str,
    /// What, in a few stable words.
    pub operation: &'a str,
    /// About which sale.
    pub sale: Option<SaleKey>,
    /// About which other thing: a SKU, a setting, a cursor.
    pub subject: &'a str,
    /// Who: a person's name, or a rule (`auto: …`).
    pub who: &'a str,
    /// Which try, from 1; 0 for none.
    pub attempt: u32,
    /// HTTP status; 0 for none.
    pub status: u16,
    /// One stable word: `answered`, `accepted`, `held`, …
    pub outcome: &'a str,
    /// Milliseconds; 0 for none.
    pub duration_ms: u64,
    /// One sentence for people, without personal data.
    pub text: &'a str,
    /// Request body (or before), if any.
    pub request: Option<&'a [u8]>,
    /// Response body (or after), if any.
    pub response: Option<&'a [u8]>,
}

/// A journal entry as read back.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its number, from 1 without gaps.
    pub id: i64,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// See [`Entry::kind`].
    pub kind: String,
    /// See [`Entry::vendor`].
    pub vendor: String,
    /// See [`Entry::direction`].
    pub direction: String,
    /// See [`Entry::operation`].
    pub operation: String,
    /// About which sale, by number.
    pub number: Option<String>,
    /// See [`Entry::subject`].
    pub subject: String,
    /// See [`Entry::who`].
    pub who: String,
    /// See [`Entry::attempt`].
    pub attempt: u32,
    /// See [`Entry::status`].
    pub status: u16,
    /// See [`Entry::outcome`].
    pub outcome: String,
    /// See [`Entry::duration_ms`].
    pub duration_ms: u64,
    /// See [`Entry::text`].
    pub text: String,
    /// SHA-256 of the plain request body.
    pub request_hash: Option<Vec<u8>>,
    /// SHA-256 of the plain response body.
    pub response_hash: Option<Vec<u8>>,
    /// The chain's hash at this entry.
    pub hash: Vec<u8>,
}

/// A body read back from the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// As it was.
    Plain(Vec<u8>),
    /// Personal data cleared with age at this time; this is what is left.
    Cleared(DateTime<Utc>, Vec<u8>),
    /// The key at hand does not open it.
    Locked,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Only these states; empty for all.
    pub states: Vec<OrderState>,
    /// Only with a hold of this code.
    pub hold: Option<HoldCode>,
    /// Only of this owner.
    pub owner: Option<Owner>,
    /// Number or part of it from the start, customer's name, postcode, e-mail,
    /// telephone, reference, tracking: every word must match.
    pub find: Option<String>,
    /// At most so many, 1 to 1000.
    pub limit: u32,
    /// Continue after this one (as returned in `next`).
    pub after: Option<String>,
}

/// One page of orders.
#[derive(Clone, Debug)]
pub struct OrderPage {
    /// Newest first. May be fewer than asked for, or none, though there is more: a search
    /// that would look through very many orders stops early.
    pub rows: Vec<(SaleRow, Vec<HoldRow>)>,
    /// Where to continue, if there is more or not all was looked at.
    pub next: Option<String>,
}

/// One try, as shown in an order's life.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Which try, from 1.
    pub number: u32,
    /// `submit`, `look_up` or `withdraw`.
    pub step: String,
    /// Under which reference.
    pub reference: String,
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it ended, if it did.
    pub ended: Option<DateTime<Utc>>,
    /// One stable word, or "" while under way.
    pub outcome: String,
    /// The vendor's words or ours.
    pub detail: String,
}

/// Which map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MapKind {
    /// Cin7 SKU → Whistl SKU.
    Sku,
    /// Shipping method → service code.
    Service,
    /// Whistl's carrier code → carrier name in Cin7.
    Carrier,
    /// Whistl's adjustment reason → account in Cin7.
    Reason,
}

impl MapKind {
    /// Every map.
    pub const ALL: [Self; 4] = [Self::Sku, Self::Service, Self::Carrier, Self::Reason];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sku => "sku",
            Self::Service => "service",
            Self::Carrier => "carrier",
            Self::Reason => "reason",
        }
    }
}

/// A map entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// Which map.
    pub kind: MapKind,
    /// From, to the letter.
    pub from: String,
    /// To.
    pub to: String,
    /// When it was last set.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
}

/// A change of a map, as history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapChange {
    /// The map's version after it, counting all maps together.
    pub version: i64,
    /// The entry; `to` is `None` when it was removed.
    pub kind: MapKind,
    /// From, to the letter.
    pub from: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// Why.
    pub reason: String,
}

/// A product of Cin7 as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct ProductRow {
    /// Cin7's id, lower case.
    pub id: String,
    /// Its present SKU.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// Cin7's type word.
    pub kind: String,
    /// Cin7's status word.
    pub status: String,
    /// Average cost of one, in the account's currency.
    pub cost: Decimal,
    /// What one sells for, in the same; 0 where that is not known.
    pub price: Decimal,
}

/// An item of the warehouse as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// Whistl's SKU.
    pub sku: String,
    /// Still taken.
    pub active: bool,
    /// What it is.
    pub description: String,
}

/// A service of the warehouse as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Still offered.
    pub active: bool,
    /// Two-letter codes or `*`.
    pub countries: Vec<String>,
    /// Whistl's fallback for unknown codes.
    pub is_default: bool,
    /// Their code of the carrier behind it, or "".
    pub carrier: String,
}

/// How far something has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The mark or opaque text.
    pub value: String,
    /// The feed's epoch, or "".
    pub epoch: String,
    /// When it was last moved or confirmed.
    pub at: DateTime<Utc>,
}

/// A vendor's health.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorRow {
    /// Last answer worth having.
    pub last_good: Option<DateTime<Utc>>,
    /// Last failure.
    pub last_bad: Option<DateTime<Utc>>,
    /// Failures in a row.
    pub failures: u32,
    /// Since when it has been failing.
    pub failing_since: Option<DateTime<Utc>>,
    /// No calls before this.
    pub paused_until: Option<DateTime<Utc>>,
    /// Stopped for a person (key refused, other account) with the reason, or "".
    pub stopped: String,
    /// The last fault's words, or "".
    pub last_fault: String,
}

/// One pass of one job.
#[derive(Clone, Debug)]
pub struct RunRow {
    /// A version 7 UUID.
    pub id: String,
    /// `orders`, `sweep`, `products`, …
    pub kind: String,
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ended; `None` while it goes on or after a crash.
    pub finished: Option<DateTime<Utc>>,
    /// `finished`, `partial`, `failed`, `stopped`, or "" while it goes on.
    pub outcome: String,
    /// Counts by name.
    pub counts: Vec<(String, i64)>,
    /// Calls by vendor.
    pub calls: Vec<(String, i64)>,
    /// What went wrong, a sentence each.
    pub faults: Vec<String>,
}

/// A count with the age of its oldest member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Of what: a state's, a hold code's, an owner's or an outside reason's word.
    pub word: String,
    /// How many.
    pub count: i64,
}

/// Latency of hand-off on one day: seconds from authorised to accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatencyDay {
    /// The day, UTC.
    pub day: NaiveDate,
    /// Upper bound of each bucket in seconds, and how many fell in it.
    pub buckets: Vec<(u64, i64)>,
    /// The slowest, in seconds.
    pub worst: i64,
    /// How many in all.
    pub count: i64,
}

/// A time in which nothing was watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// From.
    pub from: DateTime<Utc>,
    /// To.
    pub to: DateTime<Utc>,
    /// `off`, `asleep` or `offline`.
    pub cause: String,
}
