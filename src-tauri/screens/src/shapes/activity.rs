//! Activity: every call and every decision.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Tone, VendorKind};

/// Which kinds of entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// Every one.
    #[default]
    All,
    /// Calls to a vendor.
    Calls,
    /// Decisions and steps of orders.
    Decisions,
    /// Changes of settings and maps.
    Settings,
}

/// Which outcomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// Every one.
    #[default]
    All,
    /// Those that failed.
    Failed,
}

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityFilter {
    /// Only those about this order.
    pub find: Option<String>,
    /// Which kinds.
    pub kind: ActivityKind,
    /// Which outcomes.
    pub outcome: OutcomeKind,
    /// Only calls to this vendor.
    pub vendor: Option<VendorKind>,
    /// Only those of this day in the merchant's zone, as 2026-03-04.
    pub day: Option<String>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActivityRow {
    /// Its number in the log.
    #[ts(type = "number")]
    pub entry: i64,
    /// When.
    pub at: String,
    /// What, in a few words.
    pub what: String,
    /// The order it is about.
    pub number: Option<String>,
    /// Who did it, in words.
    pub who: String,
    /// How it went, in a word.
    pub outcome: String,
    /// How it went.
    pub tone: Tone,
    /// How long it took, in words; empty when that means nothing.
    pub duration: String,
    /// Which attempt it was; 0 when it was none.
    pub attempt: u32,
    /// The vendor called; empty when none was.
    pub vendor: String,
    /// Whether what was sent and answered can be shown.
    pub has_payload: bool,
    /// What happened, as a sentence.
    pub text: String,
}

/// A part of the log, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ActivityPage {
    /// The entries.
    pub rows: Vec<ActivityRow>,
    /// Where the next part begins; none at the end.
    #[ts(type = "number | null")]
    pub next: Option<i64>,
}

/// Whether the log is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LogVerified {
    /// Whether.
    pub ok: bool,
    /// What was found, as a sentence.
    pub text: String,
}
