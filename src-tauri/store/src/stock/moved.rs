//! The shapes in which movements of the warehouse, and sums over them, come out of the store.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// A movement of the warehouse that matters to a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementRow {
    /// Their SKU.
    pub sku: String,
    /// Change of good stock: below zero for what left.
    pub units: i64,
    /// Its number, where they count.
    pub movement: Option<u64>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// Whether Cin7 has been told.
    pub told: Told,
    /// What it is.
    pub kind: MovementKind,
    /// Its identity.
    pub id: String,
}

/// When Cin7 was written to about a movement, as far as that moves stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MovementWrites {
    /// When the first such write began; `None` where none was.
    pub began: Option<DateTime<Utc>>,
    /// Cin7 refused one, which may be because what it says stood there already: then the
    /// figure had moved before, by somebody else.
    pub was_refused: bool,
    /// When all was known to be done; `None` where it is not, or not through writes of ours.
    pub done: Option<DateTime<Utc>>,
}

/// Whether Cin7 has been told of a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It has.
    Yes,
    /// Not yet, and will be.
    NotYet,
    /// Not, and a person has to decide whether it is to be.
    Held,
    /// Not, and a person has to see to it.
    Blocked,
    /// It may have been: being told, or without a clear answer.
    Perhaps,
}

/// What a movement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovementKind {
    /// Goods that left, or came back by a void.
    Despatch,
    /// An adjustment.
    Adjustment,
}

/// A despatch or an adjustment of one SKU, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkuMovement {
    /// What it is.
    pub kind: MovementKind,
    /// Its identity.
    pub id: String,
    /// Change of good stock: below zero for what left.
    pub units: i64,
    /// Its number, where they count.
    pub movement: Option<u64>,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// The word of its state: a [`crate::DespatchState`]'s or an [`AdjustmentState`]'s.
    pub state: String,
    /// When Cin7 had been told.
    pub posted_at: Option<DateTime<Utc>>,
    /// The order's number, the adjustment's reason, or "".
    pub about: String,
}

/// What was posted for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdjustmentSum {
    /// The reason's word.
    pub why: String,
    /// Whether they happened before the moment that was asked for.
    pub is_earlier: bool,
    /// Adjustments.
    pub count: u64,
    /// Units, with their signs.
    pub units: i64,
    /// At the cost each was posted with, with signs; as fine as the product of both.
    pub value: Decimal,
    /// Adjustments posted without a known cost, which the value leaves out.
    pub without_cost: u64,
}

/// What became of stock in a span of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StockSums {
    /// Adjustments posted in it, by reason.
    pub adjustments: Vec<AdjustmentSum>,
    /// Units despatched that Cin7 was told of in it, by SKU as the warehouse spells it.
    pub despatched: Vec<(String, i64)>,
    /// Documents completed in it that correct a drift, and their lines' units and value at
    /// cost, with signs. Those that take up a movement which a document of ours had swallowed
    /// are none: with it and with that document they come to what both say.
    pub corrections: CorrectionSum,
    /// Adjustments that happened before its end and are still to be posted.
    pub open: u64,
    /// Their units, with signs.
    pub open_units: i64,
}

/// What documents that correct came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CorrectionSum {
    /// Documents.
    pub documents: u64,
    /// Units, with signs.
    pub units: Decimal,
    /// At cost, with signs.
    pub value: Decimal,
    /// Lines without a known cost, which the value leaves out.
    pub without_cost: u64,
}
