//! Differences of stock and adjustments as tables for a spreadsheet.

use domain::adjustment::AdjustmentReason;

use crate::escape::{CSV_MARK, csv_row};
use crate::views::{AdjustmentView, DriftLineView};
use crate::words;

const HEAD: [&str; 15] = [
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

/// A comparison: a row for each SKU, with the columns that add up.
pub fn drift_sheet(lines: &[DriftLineView]) -> String {
    let mut table = String::from(CSV_MARK);
    table.push_str(&csv_row(&HEAD));
    for line in lines {
        table.push_str(&csv_row(&cells(line)));
    }
    table
}

/// Adjustments: a row for each, with both sides' documents.
pub fn adjustments_sheet(adjustments: &[AdjustmentView]) -> String {
    let mut table = String::from(CSV_MARK);
    table.push_str(&csv_row(&[
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
    ]));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    for one in adjustments {
        table.push_str(&csv_row(&[
            one.occurred_at.clone(),
            text(&one.posted_at),
            one.sku.clone(),
            one.whistl_sku.clone(),
            one.quantity.clone(),
            text(&one.before),
            text(&one.after),
            AdjustmentReason::parse(&one.reason).phrase().to_owned(),
            one.reason_text.clone(),
            text(&one.value),
            text(&one.cost_at),
            words::adjustment_state(&one.state).to_owned(),
            one.owner
                .as_deref()
                .map(words::owner)
                .unwrap_or_default()
                .into(),
            text(&one.decided_by),
            one.whistl_id.clone(),
            text(&one.document),
        ]));
    }
    table
}

fn cells(line: &DriftLineView) -> [String; 15] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
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
        text(&line.value),
        words::drift_category(&line.category).to_owned(),
        line.at_risk.clone(),
        text(&line.lost_sales),
        text(&line.since),
        line.accepted
            .as_ref()
            .map(|accepted| accepted.until.clone())
            .unwrap_or_default(),
    ]
}
