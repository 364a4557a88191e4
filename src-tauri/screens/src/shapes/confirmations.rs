//! Confirmations: what left the warehouse, and how far Cin7 Core has been told of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Can, Group, Icon, MapKind, Owner, OwnerCount, Tone};

/// The tabs; every despatch is under exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmationTab {
    /// Those that cannot be told as they are.
    NeedsYou,
    /// To be told, being told, or told without an answer yet.
    Waiting,
    /// Told.
    Posted,
    /// Those of which nothing is to be told.
    LeftAlone,
}

/// Which despatches to list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct ConfirmationsFilter {
    /// The tab.
    pub tab: ConfirmationTab,
    /// Only those whose next step is this one's.
    pub owner: Option<Owner>,
    /// Only those of this order, or with this in their own name.
    pub find: Option<String>,
}

/// A list as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConfirmationsOpened {
    /// Its number, to ask for rows with.
    pub list: u32,
    /// How many despatches it has.
    pub total: u32,
    /// Whether there are more than it has.
    pub capped: bool,
    /// Its groups in order; their counts add up to the total.
    pub groups: Vec<Group>,
    /// All tabs with their counts.
    pub tabs: Vec<ConfirmationTabCount>,
    /// Despatches that need someone, by owner.
    pub owners: Vec<OwnerCount>,
    /// When it was read.
    pub as_of: String,
    /// When the warehouse was last asked what left; none before the first time.
    pub checked: Option<String>,
}

/// A tab and its despatches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConfirmationTabCount {
    /// The tab.
    pub tab: ConfirmationTab,
    /// Its title.
    pub title: String,
    /// Its despatches.
    pub count: u32,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConfirmationRow {
    /// The warehouse's name of the despatch.
    pub despatch_id: String,
    /// The order's number in Cin7 Core; none while nobody knows whose it is.
    pub number: Option<String>,
    /// The order as the warehouse names it.
    pub reference: String,
    /// When it was handed to the carrier.
    pub left_at: String,
    /// How many parcels.
    pub parcels: u32,
    /// Who carries it, in words; empty when that is not known.
    pub carrier: String,
    /// The first tracking number; empty when there is none.
    pub tracking: String,
    /// How many tracking numbers more.
    pub more_tracking: u32,
    /// Units that left with it.
    pub units: String,
    /// The state's word.
    pub state: String,
    /// Where it stands, in plain words.
    pub state_title: String,
    /// How it stands.
    pub tone: Tone,
    /// Its picture.
    pub icon: Icon,
    /// Whose job the next step is.
    pub owner: Option<Owner>,
    /// When Cin7 Core had been told of all of it.
    pub posted_at: Option<String>,
    /// Whether it came to the tab by being settled: no time presses any more.
    pub settled: bool,
}

/// The goods of one SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DespatchLine {
    /// The warehouse's SKU.
    pub sku: String,
    /// Units that left.
    pub quantity: String,
    /// Units that will never leave; empty for none.
    pub cancelled: String,
    /// Why those will not, as the warehouse says it; empty when it does not say.
    pub why: String,
}

/// One parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DespatchParcel {
    /// Counts from 1.
    pub number: u32,
    /// The carrier as the warehouse names it.
    pub carrier: String,
    /// The service it travels by; empty when that is not known.
    pub service: String,
    /// Tracking numbers.
    pub tracking: Vec<String>,
    /// Where its way can be followed; empty when there is no such place.
    pub link: String,
}

/// How far one thing told to Cin7 Core has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// It stands there.
    Done,
    /// Sent, and not answered yet.
    Unclear,
    /// Tried, and not taken.
    Failed,
    /// Not begun.
    ToCome,
}

/// One thing told to Cin7 Core of a despatch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DespatchStage {
    /// Its word: `task`, `pick`, `pack`, `ship` or `correct`.
    pub stage: String,
    /// Its title, as “Picked”.
    pub title: String,
    /// How far it is.
    pub state: StageState,
    /// How it went, in a few words.
    pub text: String,
    /// When, where that is known.
    pub at: Option<String>,
}

/// Something odd about a despatch that keeps nothing back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DespatchFlag {
    /// What, as a sentence.
    pub text: String,
    /// The map it can be settled in.
    pub map: Option<MapKind>,
    /// The value to map; empty when nothing is mapped.
    pub from: String,
}

/// One despatch, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ConfirmationPage {
    /// What the list says of it.
    pub row: ConfirmationRow,
    /// Where it stands, and what is wrong if something is, sentence by sentence.
    pub sentences: Vec<String>,
    /// The customer's name; empty when nobody knows, or when it was cleared with age.
    pub customer: String,
    /// Where the order stands, in words; empty while nobody knows whose it is.
    pub order_state: String,
    /// When the warehouse made it known.
    pub published_at: Option<String>,
    /// When it came here.
    pub received_at: String,
    /// Whether nothing more will come for the order.
    pub is_last: bool,
    /// Goods by SKU; empty when they cannot be read.
    pub lines: Vec<DespatchLine>,
    /// Parcels; empty when they cannot be read.
    pub parcels: Vec<DespatchParcel>,
    /// What Cin7 Core was told, in order.
    pub stages: Vec<DespatchStage>,
    /// What is odd about it.
    pub flags: Vec<DespatchFlag>,
    /// What else came under its name, a sentence for each, the oldest first: kept, and not
    /// applied.
    pub came_again: Vec<String>,
    /// Tries so far.
    pub attempts: u32,
    /// When it is tried again by itself.
    pub next_at: Option<String>,
    /// Whether it may be tried again by hand.
    pub retry: Can,
    /// Whether it may be left as it is.
    pub leave_alone: Can,
}

/// What may be done to a despatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmationAct {
    /// Tell Cin7 Core again.
    Retry,
    /// Leave it as it is.
    LeaveAlone,
}
