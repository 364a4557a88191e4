//! What Cin7 says has been fulfilled of a sale, task by task, and the next thing it has to be
//! told of a despatch. The three stages of a task go in order and each is a single shot
//! (documented): so what stands there is looked at before anything is added to it.

mod next;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::ProductId;

pub use next::{Conflict, Next, Stage, boxes_to_ship, next};

/// How far one stage of a task is. A word in no list of ours is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskStage {
    /// Not there yet, or `DRAFT`: may still be written.
    Open,
    /// `AUTHORISED`: done, and not to be changed by a program (documented).
    Done,
    /// `PARTIALLY AUTHORISED`, of shipping alone (documented).
    Partly,
    /// Called off.
    Voided,
    /// Any other word.
    Unknown(String),
}

/// One fulfilment task of a sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fulfilment {
    /// Cin7's GUID of the task, in lower case.
    pub task: String,
    /// Picking.
    pub pick: TaskStage,
    /// What was picked.
    pub picked: Vec<TaskLine>,
    /// Packing.
    pub pack: TaskStage,
    /// What was packed, each line in one box.
    pub packed: Vec<TaskLine>,
    /// Shipping.
    pub ship: TaskStage,
    /// What was shipped.
    pub shipped: Vec<Shipment>,
}

/// Units of one product in a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLine {
    /// Cin7's product; `None` where the line names none.
    pub product: Option<ProductId>,
    /// Its SKU.
    pub sku: String,
    /// Units, any decimal Cin7 allows.
    pub quantity: Decimal,
    /// The box it lies in; "" when picked.
    pub box_name: String,
}

/// One line of a task's shipment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// Names of its boxes.
    pub boxes: Vec<String>,
    /// Carrier, by name.
    pub carrier: String,
    /// Tracking numbers in one text.
    pub tracking: String,
    /// The day it left; none where it cannot be read.
    pub day: Option<NaiveDate>,
    /// Whether it has left.
    pub is_shipped: bool,
}
