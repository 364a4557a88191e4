//! Differences of stock and adjustments as tables for a spreadsheet.

use domain::adjustment::AdjustmentReason;

use crate::escape::csv_table;
use crate::views::{AdjustmentView, DriftLineView};
use crate::words;

const DRIFT: [&str; 15] = [
    "SKU",
    "SKU at Whistl",
    "Product",
    "Cin7 Core on hand",
    "In flight",
    "Pending",
    "Whistl should hold",
    "Whistl counts",
    "Unexplained",
    "Value at cost",
    "What it means",
    "Units that can be oversold",
    "Sales it may cost",
    "Since",
    "Accepted until",
];

const ADJUSTMENTS: [&str; 16] = [
    "Happened at Whistl",
    "Posted to Cin7 Core",
    "SKU",
    "SKU at Whistl",
    "Change",
    "Before",
    "After",
    "Why",
    "Why in Whistl's words",
    "Value at cost",
    "Cost read",
    "Stands",
    "Owner",
    "Decided by",
    "Whistl",
    "Cin7 Core",
];

/// A comparison: a row for each SKU, with the columns that add up.
pub fn drift_sheet(lines: &[DriftLineView]) -> String {
    csv_table(&DRIFT, lines.iter().map(difference))
}

/// Adjustments: a row for each, with both sides' documents.
pub fn adjustments_sheet(adjustments: &[AdjustmentView]) -> String {
    csv_table(&ADJUSTMENTS, adjustments.iter().map(adjustment))
}

/// A cell of what may be missing.
pub(super) fn told(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn adjustment(one: &AdjustmentView) -> [String; 16] {
    [
        one.occurred_at.clone(),
        told(one.posted_at.as_ref()),
        one.sku.clone(),
        one.whistl_sku.clone(),
        one.quantity.clone(),
        told(one.before.as_ref()),
        told(one.after.as_ref()),
        AdjustmentReason::parse(&one.reason).phrase().to_owned(),
        one.reason_text.clone(),
        told(one.value.as_ref()),
        told(one.cost_at.as_ref()),
        words::adjustment_state(&one.state).to_owned(),
        one.owner
            .as_deref()
            .map(words::owner)
            .unwrap_or_default()
            .into(),
        told(one.decided_by.as_ref()),
        one.whistl_id.clone(),
        told(one.document.as_ref()),
    ]
}

fn difference(line: &DriftLineView) -> [String; 15] {
    [
        line.sku.clone(),
        line.whistl_sku.clone(),
        line.name.clone(),
        line.cin7_on_hand.clone(),
        line.in_flight.clone(),
        line.pending.clone(),
        line.expected.clone(),
        line.whistl_on_hand.clone(),
        line.unexplained.clone(),
        told(line.value.as_ref()),
        words::drift_category(&line.category).to_owned(),
        line.at_risk.clone(),
        told(line.lost_sales.as_ref()),
        told(line.since.as_ref()),
        told(line.accepted.as_ref().map(|accepted| &accepted.until)),
    ]
}
