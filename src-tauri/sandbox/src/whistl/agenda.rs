//! What is due when: everything the warehouse will do by itself, in the order of time
//! and, at one time, in the order it was planned. Doing it is `life`'s business.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::stock_habits::Happening;

/// What is to be done about stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum StockAct {
    /// Something that happens in any warehouse, drawn from that number.
    Happen(Happening, u64),
    /// Take back the adjustment at that place in the book.
    Reverse {
        place: usize,
        /// Whether the reversal tells a unit too many.
        inexact: bool,
    },
    /// Revise the quantity of the adjustment at that place in the book.
    Requantify(usize),
    /// Revise the note of the adjustment at that place in the book.
    Annotate(usize),
    /// Make a snapshot.
    Snapshot,
}

/// What is to be done to an order, or about stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Act {
    /// Decide an order that was taken unchecked.
    Decide,
    /// Move it along: accepted to picking, picking to packed, packed out of the building.
    MoveOn,
    /// Stop it for a carrier error; released after so many seconds, or never.
    CarrierHold(Option<u64>),
    /// Let it go on where the hold stopped it.
    Release,
    /// Settle a cancellation asked for on the floor.
    SettleCancel,
    /// Lose it without any message.
    Forget,
    /// Tell the tracking numbers of the despatch at that place in the book.
    Track(usize),
    /// Void the despatch at that place in the book.
    Void(usize),
    /// Of no order; the entry's number of one means nothing.
    Stock(StockAct),
}

/// One entry; its order is the order of doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Due {
    pub(super) at: DateTime<Utc>,
    /// Counts entries, and so names this one.
    pub(super) entry: u64,
    /// The order's number.
    pub(super) order: u64,
    pub(super) act: Act,
}

/// All entries still to come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Agenda {
    entries: BTreeSet<Due>,
    planned: u64,
}

impl Agenda {
    /// Plans an act and gives its entry back, so that it can be struck.
    pub(super) fn plan(&mut self, at: DateTime<Utc>, order: u64, act: Act) -> Due {
        self.planned += 1;
        let due = Due {
            at,
            entry: self.planned,
            order,
            act,
        };
        self.entries.insert(due);
        due
    }

    /// Takes the earliest entry that is due.
    pub(super) fn take_due(&mut self, now: DateTime<Utc>) -> Option<Due> {
        if self.entries.first()?.at > now {
            return None;
        }
        self.entries.pop_first()
    }

    /// Strikes an entry; one that was done already is no loss.
    pub(super) fn strike(&mut self, due: &Due) {
        self.entries.remove(due);
    }
}
