//! Stock as either side states it, and the rules by which the two are compared.

mod bridge;
mod compare;
mod debt;
mod guard;
mod look;
mod netting;
mod order;
mod row;
mod sorted;
mod telling;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::ProductId;

pub use bridge::{Amount, Bridge, BridgeLine, Month, Step, Timing, bridge};
pub use compare::{
    AdjustmentTold, Book, Comparison, Count, Coverage, DespatchTold, Moved, Movement, Reading,
    compare,
};
pub use debt::{Debt, DebtKind, Open, debt};
pub use guard::{Guard, Listed, guard};
pub use look::{Certainty, Looked, first_look, merge, second_look, to_read_again};
pub use netting::RISK_DAYS;
pub use order::by_impact;
pub use row::{AtRisk, Category, Columns, Counts, Obstacle, Parts, Row, Totals};
pub use telling::{InFigure, LAG, Span, Telling, in_figure};

/// One product at one location as Cin7 states it, bins and batches added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookLevel {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU, to the letter.
    pub sku: String,
    /// Units on hand. Cin7's `OnHand`, never `StockOnHand`, which is money (observed).
    pub on_hand: Decimal,
    /// Units promised to sales.
    pub allocated: Decimal,
    /// Units on their way to the location.
    pub in_transit: Decimal,
}

/// One SKU as the warehouse counts it in a snapshot (the contract's section 2.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedLevel {
    /// Their SKU, as they spell it.
    pub sku: String,
    /// Units in the building; may be negative, and is then shown so.
    pub on_hand: i64,
    /// Units promised to warehouse orders.
    pub allocated: i64,
    /// Units that are there and cannot be sold.
    pub quarantined: i64,
    /// The last movement that this row has seen; `None` where the account has none.
    pub last_movement: Option<u64>,
}

impl CountedLevel {
    /// Units that can be sold or are promised: what Cin7's on hand is compared with.
    pub fn good(&self) -> i64 {
        self.on_hand.saturating_sub(self.quarantined)
    }
}

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotHead {
    /// Their identity of it.
    pub id: String,
    /// Their warehouse.
    pub warehouse: String,
    /// The moment it shows, UTC.
    pub as_of: DateTime<Utc>,
    /// The last movement anywhere in it; a summary, since rows are judged by their own.
    pub last_movement: Option<u64>,
    /// How many SKUs it holds.
    pub item_count: u64,
    /// Until when it can be read.
    pub expires_at: Option<DateTime<Utc>>,
    /// The run of their counters that it belongs to; may be "".
    pub epoch: String,
    /// Whether they say that it is whole.
    pub is_complete: bool,
}
