//! Whether the goods of an order can be picked: SKU spelling, known and switched on,
//! no SKU twice, quantities (contract, sections 2.1, 13).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Findings, address};
use crate::whistl::items::ItemBook;
use crate::whistl::submission::{SentLine, Submission};

/// Longest SKU.
const SKU_MAX: usize = 24;
/// Most lines of one order.
const LINES_MAX: usize = 200;
/// Most units of one line.
const QUANTITY_MAX: u32 = 9999;
/// Longest description of a line.
const DESCRIPTION_MAX: usize = 100;

/// Looks at every line.
pub(super) fn check(sent: &Submission, items: &ItemBook, found: &mut Findings<'_>) {
    match sent.lines.len() {
        0 => found.add("NO_LINES", "lines", "An order needs at least one line."),
        count if count > LINES_MAX => {
            let message = format!("{count} lines, at most {LINES_MAX} are taken.");
            found.add("TOO_MANY_LINES", "lines", &message);
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    for line in &sent.lines {
        let index = line.index;
        check_sku(line, items, found);
        if line
            .sku
            .as_ref()
            .is_some_and(|sku| !seen.insert(sku.as_str()))
        {
            let field = format!("lines[{index}].sku");
            found.add("DUPLICATE_SKU", &field, "The same SKU stands on two lines.");
        }
        if !line.quantity.is_some_and(is_quantity) {
            let field = format!("lines[{index}].quantity");
            let message = format!("Quantity must be whole, 1 to {QUANTITY_MAX}.");
            found.add("QUANTITY_INVALID", &field, &message);
        }
        if let Some(text) = &line.description
            && address::too_long(text, DESCRIPTION_MAX)
        {
            let field = format!("lines[{index}].description");
            let message = address::length_message(text, DESCRIPTION_MAX);
            found.add("NOTE_TOO_LONG", &field, &message);
        }
    }
}

fn check_sku(line: &SentLine, items: &ItemBook, found: &mut Findings<'_>) {
    let field = format!("lines[{}].sku", line.index);
    let Some(sku) = &line.sku else {
        found.add("SKU_FORMAT", &field, "A SKU is required.");
        return;
    };
    if !sku.bytes().all(|mark| mark.is_ascii_alphanumeric()) {
        found.add("SKU_FORMAT", &field, "SKU must be letters and digits only.");
    } else if sku.len() > SKU_MAX {
        let message = format!(
            "SKU has {} characters, at most {SKU_MAX} are taken.",
            sku.len()
        );
        found.add("SKU_FORMAT", &field, &message);
    } else {
        match items.get(sku) {
            None => found.add("SKU_UNKNOWN", &field, "SKU is not on file."),
            Some(item) if !item.active => {
                found.add("SKU_INACTIVE", &field, "SKU is switched off.");
            }
            Some(_) => {}
        }
    }
}

fn is_quantity(quantity: Decimal) -> bool {
    quantity.is_integer() && quantity >= Decimal::ONE && quantity <= Decimal::from(QUANTITY_MAX)
}
