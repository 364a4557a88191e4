//! What Ctrl+K finds.

use serde::Serialize;
use ts_rs::TS;

use super::{Go, Tone};

/// The kinds of thing found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    /// An order.
    Order,
    /// A SKU.
    Sku,
    /// A stock adjustment, or those of a SKU.
    Adjustment,
    /// A cause of holds.
    Cause,
    /// A setting.
    Setting,
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Found {
    /// What it is.
    pub kind: FoundKind,
    /// Its name.
    pub title: String,
    /// What tells it from others.
    pub detail: String,
    /// How it stands.
    pub tone: Tone,
    /// Where it is.
    pub go: Go,
}
