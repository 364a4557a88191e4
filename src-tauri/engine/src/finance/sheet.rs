//! The reports as tables for a spreadsheet.

use super::month::MonthView;
use super::reconciled::{ReconciledLineView, ReconciledView};
use super::stock_sheet::told;
use crate::escape::{csv_row, csv_table};
use crate::words;

const MONTH: [&str; 8] = [
    "row", "what", "of", "text", "units", "money", "at", "evidence",
];

const RECONCILED: [&str; 11] = [
    "SKU",
    "Cin7 Core on hand",
    "In flight",
    "Pending",
    "Whistl should hold",
    "Whistl counts",
    "Unexplained",
    "What it means",
    "Unit cost",
    "Value at cost",
    "Unexplained at cost",
];

/// The report of a month: a row for each line of the bridge, each difference, each loss and
/// each comparison it rests on.
pub fn month_sheet(month: &MonthView) -> String {
    let mut table = csv_table::<&str>(&MONTH, [] as [[&str; 8]; 0]);
    let mut put = |cells: [&str; 8]| table.push_str(&csv_row(&cells));
    let span = format!("{} to {} ({})", month.from, month.to, month.time_zone);
    put(["about", "days", "", &span, "", &month.currency, "", ""]);
    for line in &month.bridge {
        put([
            if line.is_level { "level" } else { "change" },
            &line.step,
            &line.of,
            &line.text,
            &line.units,
            &line.money,
            "",
            "",
        ]);
    }
    for open in &month.differences {
        let text = format!("Cin7 Core {}, counted {}", open.cin7_on_hand, open.counted);
        let value = open.value.as_deref().unwrap_or_default();
        put([
            "difference",
            &open.sku,
            "",
            &text,
            &open.unexplained,
            value,
            "",
            "",
        ]);
    }
    for loss in &month.losses.each {
        let units = format!("-{}", loss.units);
        let value = loss.value.as_ref().map(|value| format!("-{value}"));
        let evidence = match &loss.document {
            Some(document) => format!("{} {document}", loss.whistl_id),
            None => loss.whistl_id.clone(),
        };
        put([
            if loss.is_over {
                "loss_over_allowance"
            } else {
                "loss"
            },
            &loss.sku,
            &loss.reason,
            &loss.note,
            &units,
            value.as_deref().unwrap_or_default(),
            &loss.at,
            &evidence,
        ]);
    }
    for run in &month.comparisons {
        let text = run.incomplete.as_deref().unwrap_or("everything was read");
        let skus = format!("{} SKUs", run.skus);
        put([
            "comparison",
            &run.run_id,
            "",
            text,
            &run.unexplained,
            "",
            &run.read_at,
            &skus,
        ]);
    }
    for signed in &month.signed {
        put([
            "signed",
            &signed.who,
            "",
            &signed.note,
            "",
            "",
            &signed.at,
            "",
        ]);
    }
    table
}

/// The reconciled figures: a row for each SKU, then the sums.
pub fn reconciled_sheet(view: &ReconciledView) -> String {
    let all = format!("All, as of {}", view.comparison.as_of);
    let skus = view.skus.iter().map(|line| reconciled(&line.sku, line));
    let rows = skus.chain([reconciled(&all, &view.total)]);
    let mut table = csv_table(&RECONCILED, rows);
    for signed in &view.signed {
        let who = format!("Signed by {} at {}", signed.who, signed.at);
        table.push_str(&csv_row(&[who.as_str(), signed.note.as_str()]));
    }
    table
}

fn reconciled(name: &str, line: &ReconciledLineView) -> [String; 11] {
    [
        name.to_owned(),
        line.cin7_on_hand.clone(),
        line.in_flight.clone(),
        line.pending.clone(),
        line.expected.clone(),
        line.counted.clone(),
        line.unexplained.clone(),
        words::drift_category(&line.category).to_owned(),
        told(line.unit_cost.as_ref()),
        told(line.value.as_ref()),
        told(line.unexplained_value.as_ref()),
    ]
}
