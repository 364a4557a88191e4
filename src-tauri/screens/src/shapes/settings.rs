//! Settings and connections.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::{Tone, VendorKind};

/// How a setting is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SettingKind {
    /// A line of text.
    Text,
    /// An internet address.
    Address,
    /// One of a few words.
    Choice,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// Times of day.
    Times,
    /// Lines of text.
    Texts,
    /// Days.
    Dates,
    /// Whole numbers.
    Wholes,
    /// A whole number for each text.
    WholeByText,
    /// A time of day for each text.
    TimeByText,
    /// A time zone.
    Zone,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Setting {
    /// Its word.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it does, and in what unit.
    pub help: String,
    /// How it is entered.
    pub kind: SettingKind,
    /// Its value.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// What it is when never set.
    #[ts(type = "unknown")]
    pub default: serde_json::Value,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The least allowed.
    #[ts(type = "number | null")]
    pub min: Option<i64>,
    /// The most allowed.
    #[ts(type = "number | null")]
    pub max: Option<i64>,
    /// The unit; empty when it has none.
    pub unit: String,
    /// Whether it is seldom needed.
    pub advanced: bool,
}

/// One of a few words to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Choice {
    /// The word.
    pub word: String,
    /// Its title.
    pub title: String,
}

/// Settings that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SettingsSection {
    /// Its word.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub text: String,
    /// Its settings.
    pub settings: Vec<Setting>,
}

/// A right a vendor's key needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Right {
    /// The vendor's name.
    pub vendor: String,
    /// The right.
    pub right: String,
    /// What it is used for.
    #[serde(rename = "use")]
    pub purpose: String,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SettingsView {
    /// Their version, which grows with every change.
    #[ts(type = "number")]
    pub version: i64,
    /// The sections in order.
    pub sections: Vec<SettingsSection>,
    /// The rights the keys need.
    pub rights: Vec<Right>,
    /// Every time zone by its IANA name.
    pub zones: Vec<String>,
    /// What the schedule costs in calls, as a sentence.
    pub budget: String,
}

/// Changes to settings, by their word.
pub type Changes = BTreeMap<String, serde_json::Value>;

/// What a vendor answered when asked for a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Checked {
    /// Which.
    pub vendor: VendorKind,
    /// Whether all is well.
    pub ok: bool,
    /// How it went.
    pub tone: Tone,
    /// In short.
    pub title: String,
    /// The exact result, as sentences.
    pub message: String,
    /// The input at fault: `base_url`, `key` or `location`; none when none is.
    pub field: Option<String>,
    /// What was learnt.
    pub found: Vec<FoundOut>,
}

/// One thing learnt about an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FoundOut {
    /// What.
    pub title: String,
    /// Its value.
    pub value: String,
}

/// How both vendors are reached. No secret is ever here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Connections {
    /// Cin7 Core.
    pub cin7: Cin7Connection,
    /// Whistl.
    pub whistl: WhistlConnection,
}

/// How Cin7 Core is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Cin7Connection {
    /// Its address.
    pub base_url: String,
    /// Whether an account id is kept.
    pub has_account: bool,
    /// Whether a key is kept.
    pub has_key: bool,
    /// The warehouse's location in Cin7 Core.
    pub location: String,
    /// The locations last read.
    pub locations: Vec<String>,
}

/// How Whistl is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WhistlConnection {
    /// Its address.
    pub base_url: String,
    /// The merchant's code there.
    pub client_code: String,
    /// Whether a key is kept.
    pub has_key: bool,
}

/// What other trigger rules would have done with recent sales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Simulated {
    /// The sales looked at.
    pub recent: u32,
    /// Those that would be sent.
    pub would_send: u32,
    /// Those that would be held.
    pub would_hold: u32,
    /// Those that are not for the warehouse, by why.
    pub outside: Vec<TitleCount>,
    /// The whole as a sentence.
    pub text: String,
}

/// A title and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TitleCount {
    /// The title.
    pub title: String,
    /// How many.
    pub count: u32,
}
