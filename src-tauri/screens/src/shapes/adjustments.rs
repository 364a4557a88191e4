//! Stock adjustments: what the warehouse counted, damaged, lost or found, and how far it
//! stands in Cin7 Core.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Can, Group, Happened, Icon, MapKind, Owner, OwnerCount, Tone};

/// The tabs; every adjustment is under the first, and under exactly one of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentTab {
    /// All: those that need someone above the others.
    All,
    /// Those that wait for a decision, and those that could not be posted.
    NeedsYou,
    /// To be posted, being posted, or sent without an answer yet.
    Waiting,
    /// Posted.
    Posted,
    /// Those that are not posted: by decision, since Cin7 Core has them, or since there is
    /// nothing to post.
    SetAside,
}

/// Which adjustments to list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct AdjustmentsFilter {
    /// The tab.
    pub tab: AdjustmentTab,
    /// Only those whose next step is this one's.
    pub owner: Option<Owner>,
    /// Only those for this reason, by its word.
    pub reason: Option<String>,
    /// Only those that happened on this day in the merchant's zone, as 2026-03-04.
    pub day: Option<String>,
    /// Only those with this in their SKU, their own name or their document's number.
    pub find: Option<String>,
}

/// A list as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AdjustmentsOpened {
    /// Its number, to ask for rows with.
    pub list: u32,
    /// How many adjustments it has.
    pub total: u32,
    /// Whether there are more than it has.
    pub capped: bool,
    /// Its groups in order; their counts add up to the total.
    pub groups: Vec<Group>,
    /// All tabs with their counts.
    pub tabs: Vec<AdjustmentTabCount>,
    /// Adjustments that need someone, by owner.
    pub owners: Vec<OwnerCount>,
    /// The reasons that occur.
    pub reasons: Vec<ReasonCount>,
    /// When it was read.
    pub as_of: String,
    /// When the warehouse was last asked; none before the first time.
    pub checked: Option<String>,
}

/// A tab and its adjustments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AdjustmentTabCount {
    /// The tab.
    pub tab: AdjustmentTab,
    /// Its title.
    pub title: String,
    /// Its adjustments.
    pub count: u32,
}

/// A reason and the adjustments that give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReasonCount {
    /// Its word.
    pub reason: String,
    /// In words.
    pub title: String,
    /// Its adjustments.
    pub count: u32,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AdjustmentRow {
    /// The warehouse's name of the adjustment.
    pub id: String,
    /// Cin7 Core's SKU; the warehouse's while nobody knows which product it is.
    pub sku: String,
    /// The change, units with their sign.
    pub units: String,
    /// Why, in words.
    pub reason: String,
    /// When it happened.
    pub happened_at: String,
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
    /// Cin7 Core's number of the document; empty when there is none.
    pub document: String,
    /// The level in Cin7 Core before; empty until it is posted.
    pub before: String,
    /// The level in Cin7 Core after; empty until it is posted.
    pub after: String,
    /// The units at cost, with their sign; empty where the cost is not known.
    pub value: String,
    /// The currency of that.
    pub currency: String,
    /// Who or what had it posted or set aside, in words; empty until then.
    pub by: String,
    /// When it stood in Cin7 Core, or was set aside.
    pub settled_at: Option<String>,
}

/// Something about an adjustment, under its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AdjustmentFact {
    /// Its name.
    pub title: String,
    /// What it is; empty where a time says it.
    pub text: String,
    /// The time, where it is one.
    pub at: Option<String>,
    /// Whether it is a code, to be shown letter for letter.
    pub code: bool,
}

/// One adjustment, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AdjustmentPage {
    /// What the list says of it.
    pub row: AdjustmentRow,
    /// The product's name in Cin7 Core; empty while that is not known.
    pub product: String,
    /// Where it stands, and what would put it right, sentence by sentence.
    pub sentences: Vec<String>,
    /// What it does to the level in Cin7 Core, or would do, as far as that is known.
    pub level: String,
    /// What the warehouse said.
    pub said: Vec<AdjustmentFact>,
    /// What stands of it in Cin7 Core; empty while nothing does.
    pub document: Vec<AdjustmentFact>,
    /// What else came under its name, a sentence for each, the oldest first: kept, and not
    /// applied.
    pub came_again: Vec<String>,
    /// What happened, newest first.
    pub happened: Vec<Happened>,
    /// Times it was put into a document.
    pub attempts: u32,
    /// When it is tried again by itself.
    pub next_at: Option<String>,
    /// The map that would put it right.
    pub map: Option<MapKind>,
    /// Whether it may be approved.
    pub approve: Can,
    /// Whether it may be dismissed.
    pub dismiss: Can,
    /// Whether it may be said to be in Cin7 Core already.
    pub already: Can,
    /// Whether it may be tried again by hand.
    pub retry: Can,
}

/// What may be said of an adjustment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AdjustmentAct {
    /// Post it.
    Approve,
    /// Do not post it.
    Dismiss,
    /// It stands in Cin7 Core by another way.
    Already,
    /// Judge it anew, and post it if nothing is in the way.
    Retry,
}
