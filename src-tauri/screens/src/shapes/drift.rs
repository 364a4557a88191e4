//! Stock drift: how both sides' stock compares, and what is done about what differs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Can, Go, Tone};

/// What a SKU's two figures mean for the business; every SKU is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DriftCategory {
    /// Units that are not there can be sold.
    CanOversell,
    /// Units that are there cannot be sold.
    Cin7Short,
    /// The difference is known, and posting it is stopped.
    PostingBlocked,
    /// The difference is known and on its way.
    Explained,
    /// No difference.
    Matched,
    /// The two figures say nothing about each other.
    NotComparable,
}

/// Which SKUs to list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct DriftFilter {
    /// Only those of this category.
    pub category: Option<DriftCategory>,
    /// Only those with this in their SKU or name.
    pub find: Option<String>,
}

/// A list as it was when it was opened, and the comparison it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftOpened {
    /// Its number, to ask for rows with.
    pub list: u32,
    /// How many SKUs it has.
    pub total: u32,
    /// Whether there are more than it has.
    pub capped: bool,
    /// The last comparison; none before the first.
    pub run: Option<DriftRun>,
    /// The equation: what both sides have, what is on its way, what remains.
    pub sums: Vec<DriftSum>,
    /// Of which earlier comparison the sums are; empty when they are of the last one.
    pub sums_of: String,
    /// The categories with their SKUs; together all of them.
    pub chips: Vec<DriftChip>,
    /// SKUs that differ by more than is known of.
    pub unexplained: u32,
    /// What was left open for too long, as a sentence or two; empty for nothing.
    pub debt: String,
    /// When it was read.
    pub as_of: String,
}

/// A comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftRun {
    /// When it was, how much it compared, how long it took, and when the next one is.
    pub title: String,
    /// When it ended.
    pub at: String,
    /// What was not compared, and why; empty when all was.
    pub not_compared: String,
}

/// One figure of the equation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftSum {
    /// Its word.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Units, as text to show.
    pub value: String,
    /// How it stands.
    pub tone: Tone,
}

/// A category and its SKUs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftChip {
    /// The category.
    pub category: DriftCategory,
    /// Its title.
    pub title: String,
    /// Its SKUs.
    pub count: u32,
    /// How it stands.
    pub tone: Tone,
}

/// One line of the table. Units are text to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftRow {
    /// Cin7's SKU; the warehouse's where Cin7 knows none.
    pub sku: String,
    /// The product's name.
    pub name: String,
    /// On hand in Cin7 Core.
    pub cin7: String,
    /// Good stock at the warehouse.
    pub whistl: String,
    /// Despatched and not posted.
    pub in_flight: String,
    /// Adjusted and not posted.
    pub pending: String,
    /// What remains; empty where it could not be compared.
    pub unexplained: String,
    /// What remains at cost, without its sign; none where that says nothing.
    pub value: Option<String>,
    /// The currency of that.
    pub currency: String,
    /// The category.
    pub category: DriftCategory,
    /// What it means, in a few words.
    pub means: String,
    /// How it stands.
    pub tone: Tone,
    /// What else is to be known at a glance, as that it is accepted; empty for nothing.
    pub note: String,
    /// What remained at each of the last seven comparisons, the oldest first, as plain
    /// numbers; none where it was not compared.
    pub trend: Vec<Option<String>>,
}

/// The SKU under the cursor: what happened, and what may be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftCard {
    /// What the table says of it.
    pub row: DriftRow,
    /// What both sides say, in one line.
    pub title: String,
    /// What happened, sentence by sentence.
    pub sentences: Vec<String>,
    /// What doing something about it would change; empty when nothing is to be done.
    pub effect: String,
    /// What was decided on it and still stands, sentence by sentence.
    pub decided: Vec<String>,
    /// Between which comparisons the gap opened; empty when that is not known.
    pub opened: String,
    /// What moved between those, the last one first; at most a few.
    pub events: Vec<DriftEvent>,
    /// How many more moved.
    pub more_events: u32,
    /// The words of the button that posts it.
    pub post_button: String,
    /// Whether it may be posted.
    pub post: Can,
    /// Whether a recount may be asked for.
    pub recount: Can,
    /// Whether it may be accepted.
    pub accept: Can,
    /// Whether there is something to take back.
    pub withdraw: Can,
}

/// One thing that happened to a SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftEvent {
    /// When.
    pub at: String,
    /// What, as “Left for SO-10391”.
    pub title: String,
    /// What is known of it besides.
    pub detail: String,
    /// The change, as text to show; empty for none.
    pub change: String,
    /// How it stands.
    pub tone: Tone,
    /// Where it is; none where nothing more is shown.
    pub go: Option<Go>,
}

/// A SKU's page: its figures over time and every movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftSku {
    /// What happened, and what may be done.
    pub card: DriftCard,
    /// Cin7's SKU and the warehouse's, the cost and such.
    pub facts: Vec<DriftFact>,
    /// Its figures at each comparison, the oldest first.
    pub history: Vec<DriftPoint>,
    /// What moved and what was decided, the last one first.
    pub events: Vec<DriftEvent>,
    /// Whether neither side knows it any more.
    pub gone: bool,
}

/// One thing to know about a SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftFact {
    /// Its title.
    pub title: String,
    /// What it is.
    pub value: String,
}

/// A SKU's figures at one comparison, as plain numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftPoint {
    /// When.
    pub at: String,
    /// On hand in Cin7 Core.
    pub cin7: String,
    /// Good stock at the warehouse.
    pub whistl: String,
    /// What the warehouse should have counted; none where it was not compared.
    pub expected: Option<String>,
    /// What remained; none where it was not compared.
    pub unexplained: Option<String>,
    /// What it meant, in a few words.
    pub means: String,
    /// How it stood.
    pub tone: Tone,
}

/// What a person may decide about a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DriftAct {
    /// Post it to Cin7 Core.
    Post,
    /// Have the warehouse count again.
    Recount,
    /// Live with it until a day.
    Accept,
    /// Take the last of these back.
    Withdraw,
}

/// What Today says of drift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftToday {
    /// SKUs that somebody has to see to: that can be oversold, that Cin7 Core is short of, or
    /// of which posting is stopped.
    pub need_you: u32,
    /// SKUs that differ by more than is known of.
    pub unexplained: u32,
    /// The last comparisons, the oldest first.
    pub runs: Vec<DriftTodayRun>,
}

/// What one comparison found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DriftTodayRun {
    /// When.
    pub at: String,
    /// SKUs that differed by more than was known of; none where not all was compared.
    pub skus: Option<u32>,
}
