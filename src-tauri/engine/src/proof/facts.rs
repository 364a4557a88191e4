//! All that a proof pack says. The order and the names of the fields are its form for
//! machines and for the hash: a field is added with a new [`FORMAT`] alone.

use serde::{Deserialize, Serialize};

/// The form of the facts.
pub(super) const FORMAT: &str = "stockbridge-proof-1";

/// Stands where something was withheld.
pub(super) const WITHHELD: &str = "•••";

/// All that a pack says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Which form of facts this is.
    pub format: String,
    /// Version of the program that gathered them.
    pub program: String,
    /// When they were gathered.
    pub made_at: String,
    /// The zone in which times are shown.
    pub time_zone: String,
    /// What was asked for.
    pub asked: Asked,
    /// The orders, in the order asked for.
    pub orders: Vec<OrderFacts>,
    /// Where the log's chain ended.
    pub head: HeadFacts,
}

/// What was asked for: orders by number, or those that came in on some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asked {
    /// Orders by number.
    Numbers,
    /// Orders that came in on these days, both included, in the zone of the pack.
    Days {
        /// The first day.
        from: String,
        /// The last day.
        to: String,
    },
}

/// Where the log's chain ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadFacts {
    /// How many entries there were.
    pub entries: i64,
    /// The last one's hash, hexadecimal.
    pub hash: String,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderFacts {
    /// The number people use.
    pub number: String,
    /// The state's word.
    pub state: String,
    /// Sales channel, or "".
    pub channel: String,
    /// The warehouse's service code, or "".
    pub service: String,
    /// Our reference at the warehouse.
    pub client_reference: Option<String>,
    /// The warehouse's own reference.
    pub whistl_reference: Option<String>,
    /// Order total, an exact decimal.
    pub value: String,
    /// ISO 4217, or "".
    pub currency: String,
    /// When the office authorised it, by Cin7 Core's stamp.
    pub authorised_at: Option<String>,
    /// When Stockbridge first saw it.
    pub seen_at: String,
    /// When it was first begun to be sent.
    pub sent_at: Option<String>,
    /// When the warehouse accepted it, by its stamp.
    pub accepted_at: Option<String>,
    /// It had to leave the warehouse by then.
    pub ship_by: Option<String>,
    /// When all of it had been handed over, by the warehouse's stamp.
    pub left_at: Option<String>,
    /// When Cin7 Core had been told of all that left.
    pub posted_at: Option<String>,
    /// What happened, the earliest first.
    pub moments: Vec<Moment>,
    /// Whose time it was, the earliest first.
    pub waits: Vec<Wait>,
    /// What left.
    pub despatches: Vec<DespatchFacts>,
    /// What the log says, the earliest first.
    pub entries: Vec<EntryFacts>,
    /// More entries than a pack carries: the newest are here.
    pub entries_cut: bool,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// When.
    pub at: String,
    /// Who did or knew it: `office`, `stockbridge`, `warehouse`, or "" for a rule's time.
    pub side: String,
    /// Whose clock says so: `cin7`, `whistl`, `stockbridge`, or "" for a rule's time.
    pub clock: String,
    /// One sentence without a full stop.
    pub what: String,
    /// The log's entry, if it is one.
    pub entry: Option<i64>,
}

/// A time in which somebody had the order, or the news of a despatch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// Of which despatch the news is; none for the order itself.
    pub despatch: Option<String>,
    /// Whose: `office`, `stockbridge`, `warehouse`, `cin7`, or `unknown`.
    pub who: String,
    /// What for.
    pub what: String,
    /// From.
    pub from: String,
    /// To; none while it lasts.
    pub to: Option<String>,
    /// How long, or how long so far.
    pub seconds: i64,
}

/// A despatch and how far Cin7 Core was told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DespatchFacts {
    /// The warehouse's id of it.
    pub despatch_id: String,
    /// Which revision of it.
    pub revision: u32,
    /// The despatch it takes back, if it is a void.
    pub voids: Option<String>,
    /// When it was handed to the carrier, by the warehouse's stamp.
    pub despatched_at: String,
    /// When the warehouse made it known, by its stamp.
    pub published_at: Option<String>,
    /// When Stockbridge received it.
    pub received_at: String,
    /// When all of it stood in Cin7 Core.
    pub posted_at: Option<String>,
    /// Nothing more was to come.
    pub is_last: bool,
    /// The state's word.
    pub state: String,
    /// Why it stands so, as one stable word, or "".
    pub reason: String,
    /// Units that left with it.
    pub units: String,
    /// Goods by the warehouse's SKU.
    pub goods: Vec<GoodsFacts>,
    /// Parcels.
    pub parcels: Vec<ParcelFacts>,
    /// What was written to Cin7 Core, in order.
    pub steps: Vec<StepFacts>,
}

/// The goods of one SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodsFacts {
    /// The warehouse's SKU.
    pub sku: String,
    /// Units that left.
    pub units: String,
    /// Units that will never leave, so far.
    pub cancelled: String,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParcelFacts {
    /// Counts from 1.
    pub number: u32,
    /// The carrier's name, or the warehouse's code of it.
    pub carrier: String,
    /// The service it travels by.
    pub service: String,
    /// Tracking numbers.
    pub tracking: Vec<String>,
}

/// One thing written to Cin7 Core for a despatch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepFacts {
    /// `task`, `pick`, `pack`, `ship` or `correct`.
    pub step: String,
    /// Which try of the despatch it belongs to, from 1.
    pub attempt: u32,
    /// When it was put down, just before it was sent.
    pub began_at: String,
    /// When it ended, if it did.
    pub ended_at: Option<String>,
    /// How it ended, as one stable word, or "" while under way.
    pub outcome: String,
}

/// An entry of the log, with all that the chain's hash is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryFacts {
    /// Its number.
    pub entry: i64,
    /// When.
    pub at: String,
    /// What sort.
    pub kind: String,
    /// Which vendor, or "".
    pub vendor: String,
    /// `out`, `in`, or "".
    pub direction: String,
    /// What.
    pub operation: String,
    /// About what else.
    pub subject: String,
    /// Who or which rule.
    pub who: String,
    /// Which try; 0 for none.
    pub attempt: u32,
    /// HTTP status; 0 for none.
    pub status: u16,
    /// How it came out.
    pub outcome: String,
    /// Milliseconds; 0 for none.
    pub duration_ms: u64,
    /// One sentence, or "".
    pub text: String,
    /// SHA-256 of the request's body, hexadecimal.
    pub request_sha256: Option<String>,
    /// SHA-256 of the answer's body, hexadecimal.
    pub response_sha256: Option<String>,
    /// The row number of the sale, which is part of the hash.
    pub sale: i64,
    /// The chain's hash at the entry before, hexadecimal.
    pub before: String,
    /// The chain's hash at this entry, hexadecimal.
    pub hash: String,
    /// A person's name, or what a person typed, is withheld, so that the hash cannot be
    /// made again from what is here.
    pub withheld: bool,
}
