//! Mappings: what Cin7 calls it, what Whistl calls it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Tone;

/// The maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MapKind {
    /// Cin7's SKU to Whistl's.
    Sku,
    /// Cin7's shipping method to Whistl's service.
    Service,
    /// Whistl's carrier to Cin7's.
    Carrier,
    /// Whistl's adjustment reason to Cin7's account.
    Reason,
}

/// One map as the screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MapsView {
    /// Which.
    pub kind: MapKind,
    /// Values seen in orders or despatches that it does not have.
    pub unmapped: Vec<Unmapped>,
    /// What it has.
    pub entries: Vec<MapEntry>,
    /// What can be chosen; empty for free text.
    pub choices: Vec<MapChoice>,
    /// All maps with their counts.
    pub counts: Vec<MapCount>,
    /// When Whistl's list was last read.
    pub read_at: Option<String>,
}

/// A value seen in orders or despatches without an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Unmapped {
    /// The value in Cin7 Core; of a carrier, the warehouse's.
    pub from: String,
    /// Orders that wait for it.
    pub waiting: u32,
    /// Despatches that Cin7 Core was told of under this very name; carriers only, and they
    /// keep nothing back.
    pub told: u32,
    /// What fits, when one thing does.
    pub suggestion: Option<String>,
    /// Why it fits, or why nothing does.
    pub why: String,
}

/// One entry of a map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MapEntry {
    /// The value in Cin7 Core.
    pub from: String,
    /// The value at Whistl.
    pub to: String,
    /// Who made it.
    pub who: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
    /// What is odd about it, as “not on Whistl's list”; or nothing.
    pub note: String,
    /// How it stands.
    pub tone: Tone,
}

/// Something to map to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MapChoice {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A map and its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MapCount {
    /// Which.
    pub kind: MapKind,
    /// Its title.
    pub title: String,
    /// Its entries.
    pub entries: u32,
    /// Values seen without an entry.
    pub unmapped: u32,
}

/// A saved entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MapSaved {
    /// What happens now, as a sentence.
    pub text: String,
    /// Orders that waited for it.
    pub waiting: u32,
    /// What is odd about it.
    pub warnings: Vec<String>,
}
