//! Set-up's review: what the first look found.

use serde::Serialize;
use ts_rs::TS;

use super::{Owner, TitleCount};

/// What the first look found, and what going live would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Review {
    /// Whether everything was read.
    pub ready: bool,
    /// How far reading is; empty when it has ended.
    pub reading: String,
    /// Sales that would be sent.
    pub would_send: u32,
    /// Sales that would be held.
    pub would_hold: u32,
    /// Those by cause.
    pub holds: Vec<ReviewHold>,
    /// Sales that are not for the warehouse, by why.
    pub outside: Vec<TitleCount>,
    /// The warehouse's location in Cin7 Core.
    pub location: String,
    /// Shipping methods seen without a service.
    pub unmapped_services: u32,
    /// SKUs seen that Whistl does not list.
    pub unmapped_skus: u32,
    /// What is in the way of going live, as sentences.
    pub blockers: Vec<String>,
    /// What going live does, as sentences.
    pub go_live_effect: Vec<String>,
}

/// Sales that would be held for one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReviewHold {
    /// The cause's word.
    pub cause: String,
    /// Its title.
    pub title: String,
    /// How many sales.
    pub count: u32,
    /// Whose job it is.
    pub owner: Owner,
}
