//! What is about to be done to orders, and what is being done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Act, Tone};

/// Which orders.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// These.
    Numbers(Vec<String>),
    /// All that match an open list.
    List(u32),
    /// All held for a cause.
    Cause(String),
}

/// What an action would do, before it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Preview {
    /// The question.
    pub title: String,
    /// Exactly what will happen, sentence by sentence.
    pub effect: Vec<String>,
    /// The words on the button, with the verb.
    pub button: String,
    /// The orders meant.
    pub count: u32,
    /// Those it may be done to.
    pub allowed: u32,
    /// Those it may not; at most 100 are named.
    pub refused: Vec<Refused>,
    /// Whether a reason has to be given.
    pub needs_reason: bool,
}

/// An order something may not be done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Refused {
    /// Its number.
    pub number: String,
    /// Why, as a sentence.
    pub why: String,
}

/// What an action did to one order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Acted {
    /// Its number.
    pub number: String,
    /// Its state before, in words.
    pub before: String,
    /// Its state after, in words.
    pub after: String,
    /// How it went.
    pub tone: Tone,
    /// What happened, as a sentence.
    pub message: String,
}

/// An action at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Doing {
    /// Its number, to ask with.
    pub action: u32,
    /// What is done.
    pub act: Act,
    /// The orders meant.
    pub total: u32,
    /// Those done.
    pub done: u32,
    /// The one at work; empty between two.
    pub current: String,
    /// Whether it has ended.
    pub finished: bool,
    /// What happened to each so far; at most the last 200.
    pub orders: Vec<Acted>,
    /// Those left as they were.
    pub untouched: u32,
    /// Why it ended before all were done; empty when it did not.
    pub stopped_because: String,
    /// The whole in one sentence; empty until it has ended.
    pub summary: String,
}
