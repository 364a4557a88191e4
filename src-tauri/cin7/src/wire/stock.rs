//! Stock levels and the documents that change them, as they come.

use serde::Deserialize;
use serde_json::Value;
use vendor::lenient::{Amount, Moment, Text};

/// A row of `ref/productavailability`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Availability {
    #[serde(rename = "ID")]
    pub(crate) id: Text,
    #[serde(rename = "SKU")]
    pub(crate) sku: Text,
    pub(crate) location: Text,
    pub(crate) bin: Text,
    pub(crate) batch: Text,
    pub(crate) expiry_date: Text,
    pub(crate) on_hand: Amount,
    pub(crate) allocated: Amount,
    pub(crate) in_transit: Amount,
    pub(crate) stock_on_hand: Amount,
}

/// `stockadjustment`, and a row of `stockadjustmentList`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Adjustment {
    #[serde(rename = "TaskID")]
    pub(crate) task_id: Text,
    pub(crate) effective_date: Text,
    pub(crate) stocktake_number: Text,
    pub(crate) status: Text,
    pub(crate) account: Text,
    pub(crate) reference: Text,
    pub(crate) existing_stock_lines: Option<Vec<AdjustmentLine>>,
    pub(crate) new_stock_lines: Option<Vec<AdjustmentLine>>,
    pub(crate) transactions: Option<Vec<Transaction>>,
}

/// A line of an adjustment: one of stock that is there has a level before and after, one of
/// new stock a quantity.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct AdjustmentLine {
    #[serde(rename = "ProductID")]
    pub(crate) product_id: Text,
    #[serde(rename = "SKU")]
    pub(crate) sku: Text,
    pub(crate) quantity_on_hand: Amount,
    pub(crate) adjustment: Amount,
    pub(crate) quantity: Amount,
    #[serde(rename = "BatchSN")]
    pub(crate) batch: Text,
    pub(crate) comments: Text,
}

/// A journal of a document.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Transaction {
    pub(crate) amount: Amount,
}

/// `inventoryWriteOff`, and a row of `inventoryWriteOffList`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct WriteOff {
    #[serde(rename = "TaskID")]
    pub(crate) task_id: Text,
    pub(crate) inventory_write_off_number: Text,
    pub(crate) status: Text,
    pub(crate) account: Text,
    pub(crate) effective_date: Text,
    pub(crate) notes: Text,
    pub(crate) lines: Option<Vec<WriteOffLine>>,
    pub(crate) transactions: Option<Vec<Transaction>>,
    pub(crate) errors: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct WriteOffLine {
    #[serde(rename = "ProductID")]
    pub(crate) product_id: Text,
    pub(crate) product_code: Text,
    pub(crate) quantity: Amount,
    #[serde(rename = "BatchSN")]
    pub(crate) batch: Text,
}

/// A row of `stockTransferList`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub(crate) struct Transfer {
    #[serde(rename = "TaskID")]
    pub(crate) task_id: Text,
    pub(crate) number: Text,
    pub(crate) status: Text,
    pub(crate) from: Text,
    pub(crate) from_location: Text,
    pub(crate) to: Text,
    pub(crate) to_location: Text,
    pub(crate) departure_date: Text,
    pub(crate) reference: Text,
    pub(crate) last_modified_on: Moment,
}
