//! The documents that change stock: adjustments and write-offs, whole or as a list shows them.

use rust_decimal::Decimal;
use serde_json::Value;
use vendor::lenient::Text;
use vendor::{BadField, json, lenient};

use super::fulfilment::same_task;
use super::{Names, missing, named_product, wrong};
use crate::record::{
    AdjustmentDocument, AdjustmentLine, AdjustmentListing, DocumentStatus, NewStockLine, Row,
    WriteOffDocument, WriteOffLine, WriteOffListing,
};
use crate::status::error_text;
use crate::wire;

const ADJUSTMENT: Names = Names {
    id: &["TaskID"],
    number: &["StocktakeNumber"],
};
const WRITE_OFF: Names = Names {
    id: &["TaskID"],
    number: &["InventoryWriteOffNumber"],
};

/// Which document an answer must be about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About<'a> {
    /// The one of that id.
    Task(&'a str),
    /// One that was made just now.
    New,
}

impl About<'_> {
    /// The id of the document, in lower case.
    fn named(self, id: &Text) -> Result<String, BadField> {
        let named = id.trimmed();
        match self {
            Self::Task(task) => same_task(named, task)?,
            Self::New if named.is_empty() => return Err(missing("TaskID", "the new task's id")),
            Self::New => {}
        }
        Ok(named.to_lowercase())
    }
}

/// Reads an adjustment. An answer without status or lines does not say what became of it.
pub(crate) fn adjustment(body: &[u8], about: About<'_>) -> Result<AdjustmentDocument, BadField> {
    let told: wire::Adjustment = json::parse(body)?;
    let task = about.named(&told.task_id)?;
    let status = status(&told.status)?;
    let silent = told.existing_stock_lines.is_none() && told.new_stock_lines.is_none();
    if silent && status != DocumentStatus::Voided {
        return Err(missing("ExistingStockLines", "a list"));
    }
    Ok(AdjustmentDocument {
        task,
        number: told.stocktake_number.trimmed().to_owned(),
        status,
        reference: told.reference.0,
        effective: lenient::day(told.effective_date.trimmed()),
        account: told.account.trimmed().to_owned(),
        lines: each(told.existing_stock_lines, existing_line)?,
        new_lines: each(told.new_stock_lines, new_line)?,
        transactions: amounts(told.transactions),
    })
}

fn existing_line(at: usize, line: wire::AdjustmentLine) -> Result<AdjustmentLine, BadField> {
    let number = |name: &str, amount: Option<Decimal>| {
        amount.ok_or_else(|| missing(&format!("ExistingStockLines[{at}].{name}"), "a number"))
    };
    Ok(AdjustmentLine {
        product: named_product(&line.product_id),
        on_hand_before: number("QuantityOnHand", line.quantity_on_hand.0)?,
        level_after: number("Adjustment", line.adjustment.0)?,
        sku: line.sku.0,
        batch: line.batch.0,
        comments: line.comments.0,
    })
}

fn new_line(at: usize, line: wire::AdjustmentLine) -> Result<NewStockLine, BadField> {
    let path = || missing(&format!("NewStockLines[{at}].Quantity"), "a number");
    Ok(NewStockLine {
        product: named_product(&line.product_id),
        level_after: line.quantity.0.ok_or_else(path)?,
        sku: line.sku.0,
        batch: line.batch.0,
        comments: line.comments.0,
    })
}

/// Reads a write-off. One that Cin7 has something against may leave out status and lines: what
/// it did not do is known all the same.
pub(crate) fn write_off(body: &[u8], about: About<'_>) -> Result<WriteOffDocument, BadField> {
    let told: wire::WriteOff = json::parse(body)?;
    let task = about.named(&told.task_id)?;
    let errors = errors(&told.errors);
    let status = match status(&told.status) {
        Err(_) if !errors.is_empty() => DocumentStatus::Unknown(String::new()),
        status => status?,
    };
    if told.lines.is_none() && errors.is_empty() && status != DocumentStatus::Voided {
        return Err(missing("Lines", "a list"));
    }
    Ok(WriteOffDocument {
        task,
        number: told.inventory_write_off_number.trimmed().to_owned(),
        status,
        notes: told.notes.0,
        account: told.account.trimmed().to_owned(),
        effective: lenient::day(told.effective_date.trimmed()),
        lines: each(told.lines, removed_line)?,
        transactions: amounts(told.transactions),
        errors,
    })
}

fn removed_line(at: usize, line: wire::WriteOffLine) -> Result<WriteOffLine, BadField> {
    let path = || missing(&format!("Lines[{at}].Quantity"), "a number");
    Ok(WriteOffLine {
        product: named_product(&line.product_id),
        quantity: line.quantity.0.ok_or_else(path)?,
        sku: line.product_code.0,
        batch: line.batch.0,
    })
}

/// What stands in `Errors`, in whatever form it comes: anything there counts.
fn errors(told: &Value) -> Vec<String> {
    let one = |error: &Value| match error {
        Value::String(text) => text.clone(),
        other => error_text(other).map_or_else(|| json::excerpt(Some(other)), str::to_owned),
    };
    match told {
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::Array(list) => list.iter().map(one).collect(),
        single => vec![one(single)],
    }
}

/// A row of the list of adjustments.
pub(crate) fn adjustment_listing(row: &Value) -> Row<AdjustmentListing> {
    let read = || -> Result<AdjustmentListing, BadField> {
        let told: wire::Adjustment = json::from_value(row)?;
        Ok(AdjustmentListing {
            task: listed(row, &told.task_id)?,
            number: told.stocktake_number.trimmed().to_owned(),
            status: status(&told.status)?,
            reference: told.reference.0,
            effective: lenient::day(told.effective_date.trimmed()),
        })
    };
    read().map_err(|field| ADJUSTMENT.bad(row, field))
}

/// A row of the list of write-offs whose notes bear the key; `None` for another one, which the
/// search may bring too. A row that cannot be read stays, since it may be the one.
pub(crate) fn write_off_listing(row: &Value, key: &str) -> Option<Row<WriteOffListing>> {
    let read = || -> Result<WriteOffListing, BadField> {
        let told: wire::WriteOff = json::from_value(row)?;
        Ok(WriteOffListing {
            task: listed(row, &told.task_id)?,
            number: told.inventory_write_off_number.trimmed().to_owned(),
            status: status(&told.status)?,
            notes: told.notes.0,
        })
    };
    match read() {
        Ok(listing) if !bears(&listing.notes, key) => None,
        Ok(listing) => Some(Ok(listing)),
        Err(field) => Some(Err(WRITE_OFF.bad(row, field))),
    }
}

/// Whether the notes bear this key, and not merely a longer one that it begins.
fn bears(notes: &str, key: &str) -> bool {
    let of_a_key = |one: char| one.is_alphanumeric() || one == '-' || one == '_';
    !key.is_empty()
        && notes.match_indices(key).any(|(at, found)| {
            let before = notes[..at].chars().next_back();
            let after = notes[at + found.len()..].chars().next();
            !before.is_some_and(of_a_key) && !after.is_some_and(of_a_key)
        })
}

fn listed(row: &Value, id: &Text) -> Result<String, BadField> {
    match id.trimmed() {
        "" => Err(wrong(row, &["TaskID"], "the document's id")),
        id => Ok(id.to_lowercase()),
    }
}

fn status(word: &Text) -> Result<DocumentStatus, BadField> {
    match word.trimmed().to_uppercase().as_str() {
        "" => Err(missing("Status", "how far the document is")),
        "DRAFT" => Ok(DocumentStatus::Draft),
        "COMPLETED" => Ok(DocumentStatus::Completed),
        "VOIDED" => Ok(DocumentStatus::Voided),
        _ => Ok(DocumentStatus::Unknown(word.as_str().to_owned())),
    }
}

fn each<W, T>(
    lines: Option<Vec<W>>,
    read: impl Fn(usize, W) -> Result<T, BadField>,
) -> Result<Vec<T>, BadField> {
    lines
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(at, line)| read(at, line))
        .collect()
}

fn amounts(transactions: Option<Vec<wire::Transaction>>) -> Vec<Decimal> {
    transactions
        .into_iter()
        .flatten()
        .filter_map(|one| one.amount.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_found_inside_a_longer_one() {
        let key = "SB-20261124-0010";
        for bearing in [
            "SB-20261124-0010",
            "SB-20261124-0010 Whistl ADJ-5521",
            "checked (SB-20261124-0010), Jo",
            "SB-20261124-00101 SB-20261124-0010",
        ] {
            assert!(bears(bearing, key), "{bearing}");
        }
        for other in [
            "",
            "SB-20261124-00101",
            "XSB-20261124-0010",
            "SB-20261124-001é",
        ] {
            assert!(!bears(other, key), "{other}");
        }
        assert!(!bears("anything", ""));
    }
}
