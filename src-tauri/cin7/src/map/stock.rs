//! Stock levels, and stock on the road.

use domain::ProductId;
use serde_json::Value;
use vendor::{BadField, json, lenient};

use super::{Names, missing, wrong};
use crate::record::{Row, StockRow, TransferListing};
use crate::wire::{Availability, Transfer};

const LEVEL: Names = Names {
    id: &["ID"],
    number: &["SKU"],
};
const TRANSFER: Names = Names {
    id: &["TaskID"],
    number: &["Number"],
};

/// A row of stock levels.
pub(crate) fn level(row: &Value) -> Row<StockRow> {
    read_level(row).map_err(|field| LEVEL.bad(row, field))
}

/// The same, of that SKU alone: the filter also finds longer codes (observed). `None` for
/// another one; a row that cannot be read stays where it may be the one.
pub(crate) fn level_of(row: &Value, sku: &str) -> Option<Row<StockRow>> {
    let named = row.get("SKU").and_then(Value::as_str);
    match named {
        Some(other) if other != sku => None,
        Some(_) | None => Some(level(row)),
    }
}

fn read_level(row: &Value) -> Result<StockRow, BadField> {
    let told: Availability = json::from_value(row)?;
    let product =
        ProductId::parse(told.id.as_str()).map_err(|not| wrong(row, LEVEL.id, not.wanted))?;
    if told.sku.trimmed().is_empty() {
        return Err(wrong(row, LEVEL.number, "a SKU"));
    }
    // Without it the sum would be short, and the stock be taken for lost.
    let on_hand = told
        .on_hand
        .0
        .ok_or_else(|| wrong(row, &["OnHand"], "a number"))?;
    Ok(StockRow {
        product,
        sku: told.sku.0,
        location: told.location.0,
        bin: told.bin.0,
        batch: told.batch.0,
        expires: lenient::day(told.expiry_date.trimmed()),
        on_hand,
        allocated: told.allocated.0.unwrap_or_default(),
        in_transit: told.in_transit.0.unwrap_or_default(),
        worth: told.stock_on_hand.0,
    })
}

/// A transfer that is on the road; `None` for another one, which a filter that was ignored
/// would bring.
pub(crate) fn transfer(row: &Value) -> Option<Row<TransferListing>> {
    let read = json::from_value(row).and_then(|told: Transfer| {
        if told.task_id.trimmed().is_empty() {
            return Err(missing("TaskID", "the transfer's id"));
        }
        Ok(told)
    });
    let told = match read {
        Ok(told) if !told.status.trimmed().eq_ignore_ascii_case("IN TRANSIT") => return None,
        Ok(told) => told,
        Err(field) => return Some(Err(TRANSFER.bad(row, field))),
    };
    Some(Ok(TransferListing {
        task: told.task_id.trimmed().to_lowercase(),
        number: told.number.trimmed().to_owned(),
        from_id: told.from.trimmed().to_lowercase(),
        from: told.from_location.0,
        to_id: told.to.trimmed().to_lowercase(),
        to: told.to_location.0,
        departed: lenient::day(told.departure_date.trimmed()),
        reference: told.reference.0,
        last_modified: told.last_modified_on.0,
    }))
}
