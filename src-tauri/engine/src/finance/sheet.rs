//! The reports as tables for a spreadsheet.

use super::month::MonthView;
use super::reconciled::{ReconciledLineView, ReconciledView};
use crate::escape::{CSV_MARK, csv_row};
use crate::words;

/// The report of a month: a row for each line of the bridge, each difference, each loss and
/// each comparison it rests on.
pub fn month_sheet(month: &MonthView) -> String {
    let mut table = String::from(CSV_MARK);
    let mut put = |cells: [&str; 8]| table.push_str(&csv_row(&cells));
    put([
        "row", "what", "of", "text", "units", "money", "at", "evidence",
    ]);
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
    let mut table = String::from(CSV_MARK);
    table.push_str(&csv_row(&[
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
    ]));
    for line in &view.skus {
        put(&mut table, &line.sku, line);
    }
    let all = format!("All, as of {}", view.comparison.as_of);
    put(&mut table, &all, &view.total);
    for signed in &view.signed {
        let who = format!("Signed by {} at {}", signed.who, signed.at);
        table.push_str(&csv_row(&[who.as_str(), signed.note.as_str()]));
    }
    table
}

fn put(table: &mut String, name: &str, line: &ReconciledLineView) {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    table.push_str(&csv_row(&[
        name.to_owned(),
        line.cin7_on_hand.clone(),
        line.in_flight.clone(),
        line.pending.clone(),
        line.expected.clone(),
        line.counted.clone(),
        line.unexplained.clone(),
        words::drift_category(&line.category).to_owned(),
        text(&line.unit_cost),
        text(&line.value),
        text(&line.unexplained_value),
    ]));
}
