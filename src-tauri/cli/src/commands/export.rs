//! `export`: tables for a spreadsheet.

use engine::finance::{adjustments_sheet, drift_sheet, month_sheet};
use serde_json::json;

use super::days::span;
use super::files::{ending, write};
use crate::args::ExportArgs;
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;

pub(super) fn run(args: &ExportArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    ending(&args.out, &["csv"])?;
    let days = args
        .from
        .as_deref()
        .map(|from| span(from, args.to.as_deref()))
        .transpose()?;
    let (table, rows) = home.look(|views| match (args.what.as_str(), days) {
        ("adjustments", Some((from, to))) => {
            let all = views.adjustments_of(from, to)?;
            Ok((adjustments_sheet(&all), all.len()))
        }
        ("month-end", Some((from, to))) => {
            let month = views.month(from, to)?;
            Ok((month_sheet(&month), month.bridge.len()))
        }
        _ => {
            let drift = views.drift(None, None)?;
            Ok((drift_sheet(&drift.skus), drift.skus.len()))
        }
    })?;
    write(&args.out, &table)?;
    let file = args.out.display().to_string();
    let told = json!({ "file": file, "what": args.what, "rows": rows });
    output.result(&told, || format!("Written to {file}: {rows} rows."));
    Ok(0)
}
