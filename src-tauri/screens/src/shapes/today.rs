//! Today, and the sidebar beside every screen.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AdjustmentsFilter, ConfirmationsFilter, DriftToday, ListFilter, Mode, Owner, Screen, Tone,
};

/// A place in the window to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Go {
    /// The screen.
    pub screen: Screen,
    /// The list to open there.
    pub filter: Option<ListFilter>,
    /// The list of confirmations to open there.
    pub confirmations: Option<ConfirmationsFilter>,
    /// The list of stock adjustments to open there.
    pub adjustments: Option<AdjustmentsFilter>,
    /// The order to show; on Confirmations the despatch, on Stock drift the SKU, on Adjustments
    /// the adjustment, on Mappings the value, on Settings the setting.
    pub number: Option<String>,
    /// The part of the screen, as a map's kind or a settings section; on Stock drift the
    /// category, or `page` for the SKU's own page.
    pub section: Option<String>,
}

/// One of the figures on top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Figure {
    /// Its word.
    pub key: String,
    /// Its title.
    pub title: String,
    /// The count.
    pub value: u32,
    /// What stands beside it.
    pub aside: String,
    /// How it stands.
    pub tone: Tone,
    /// What it counts.
    pub go: Go,
    /// Since when it could not be read anew; none when it is fresh.
    pub stale_since: Option<String>,
}

/// The picture beside a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// Refused or not allowed.
    Ban,
    /// A SKU or a code.
    Tag,
    /// A telephone number.
    Phone,
    /// An address.
    Pin,
    /// A shipping service or the warehouse.
    Truck,
    /// Anything to look at.
    Warning,
    /// A connection.
    Link,
    /// Credentials.
    Key,
    /// Time.
    Clock,
    /// Paused or waiting.
    Pause,
    /// Sums or stock.
    Scales,
    /// Money.
    Card,
    /// Not known.
    Question,
    /// Storage.
    Disk,
}

/// One thing that needs someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Need {
    /// The same for as long as it is the same thing.
    pub id: String,
    /// How bad it is.
    pub tone: Tone,
    /// Its picture.
    pub icon: Icon,
    /// What is wrong, as a sentence.
    pub title: String,
    /// What follows, and what to do.
    pub detail: String,
    /// Whose job it is.
    pub owner: Owner,
    /// The words on its button.
    pub button: String,
    /// Where the button leads.
    pub go: Go,
    /// How many orders it is about; 0 when none.
    pub count: u32,
    /// Since when.
    pub since: Option<String>,
    /// Who said they have it.
    pub taken_by: Option<String>,
}

/// One kind of work and when it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct JobRow {
    /// Its word.
    pub job: String,
    /// Its title.
    pub title: String,
    /// When it last ended.
    pub last: Option<String>,
    /// How often, as “every 30 s”.
    pub every: String,
    /// When it is due.
    pub next: Option<String>,
    /// How the last one went.
    pub outcome: JobOutcome,
    /// Whether it should have been done by now.
    pub overdue: bool,
}

/// How a kind of work went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobOutcome {
    /// Wholly.
    Ok,
    /// In part.
    Partly,
    /// Not.
    Failed,
    /// Not tried yet.
    Never,
    /// At work now.
    Running,
}

/// The calls of the last minute against what Cin7 allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Calls {
    /// Made in the last 60 seconds.
    pub used: u32,
    /// The most we allow ourselves.
    pub limit: u32,
    /// Those made, by kind of work.
    pub by: Vec<CallsBy>,
}

/// The calls of one kind of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CallsBy {
    /// The kind of work.
    pub title: String,
    /// Its calls.
    pub count: u32,
}

/// Which vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VendorKind {
    /// Cin7 Core.
    Cin7,
    /// Whistl.
    Whistl,
}

/// How a vendor answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct VendorRow {
    /// Which.
    pub vendor: VendorKind,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub tone: Tone,
    /// In words, as “answers” or “refuses the key”.
    pub state: String,
    /// When it last answered well.
    pub last_good: Option<String>,
    /// A sentence more, or nothing.
    pub detail: String,
    /// The share of calls that failed, in words.
    pub error_rate: String,
    /// How long answers take, in words.
    pub slow: String,
}

/// Sending was paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Paused {
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
    /// Since when.
    pub since: String,
}

/// Orders sent, hour by hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Sent {
    /// The last 24 hours, oldest first.
    pub hours: Vec<SentHour>,
    /// Their sum.
    pub total: u32,
}

/// One hour of sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SentHour {
    /// Its beginning.
    pub from: String,
    /// Orders the warehouse took in it.
    pub count: u32,
}

/// A time in which nothing was done, as when this computer slept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Gap {
    /// Its beginning.
    pub from: String,
    /// Its end.
    pub to: String,
    /// In words.
    pub text: String,
}

/// How long from authorised to accepted, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Latency {
    /// For half of the orders.
    pub median: String,
    /// For 95 in 100.
    pub p95: String,
    /// The longest.
    pub worst: String,
    /// Over how many orders.
    pub count: u32,
}

/// How far both sides agree, in a sentence that asks for nothing at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TodayLine {
    /// Its word.
    pub key: String,
    /// What it is about.
    pub title: String,
    /// The sentence.
    pub text: String,
    /// How it stands.
    pub tone: Tone,
    /// The words of its link.
    pub button: String,
    /// Where the link leads.
    pub go: Go,
    /// What a person may say is right as it stands; none where there is nothing to say.
    pub settle: Option<LineSettle>,
}

/// A document that is right as it stands, though it was posted otherwise, if a person says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LineSettle {
    /// Its number, to settle it by.
    pub number: String,
    /// The words of what opens the question.
    pub ask: String,
    /// The question.
    pub title: String,
    /// What will happen, sentence by sentence.
    pub effect: Vec<String>,
    /// The words on the button, with the verb.
    pub button: String,
    /// Whether a reason has to be given.
    pub needs_reason: bool,
}

/// The first screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TodayView {
    /// When it was read.
    pub as_of: String,
    /// The merchant's zone.
    pub zone: String,
    /// Whether orders leave.
    pub mode: Mode,
    /// Whether sending is paused.
    pub paused: Option<Paused>,
    /// The figures on top.
    pub figures: Vec<Figure>,
    /// What needs someone, most urgent first.
    pub needs: Vec<Need>,
    /// The last good look at Cin7 Core.
    pub checked: Option<String>,
    /// The kinds of work.
    pub schedule: Vec<JobRow>,
    /// The calls of the last minute.
    pub calls: Calls,
    /// Orders sent.
    pub sent: Sent,
    /// Both vendors.
    pub vendors: Vec<VendorRow>,
    /// Times in which nothing was done.
    pub gaps: Vec<Gap>,
    /// How long orders take.
    pub latency: Option<Latency>,
    /// Orders that need someone.
    pub needs_you: u32,
    /// Despatches that need someone.
    pub confirmations_need_you: u32,
    /// What the comparisons of stock found; none before the first.
    pub drift: Option<DriftToday>,
    /// How far both sides agree: what was read back, and what was left open for too long.
    pub lines: Vec<TodayLine>,
    /// Stock adjustments that need someone.
    pub adjustments_need_you: u32,
    /// Orders put off.
    pub put_off: u32,
}
