//! `finance`: a day's despatches, a month's bridge, the reconciled figures and the signature
//! under them.

use std::path::Path;

use engine::finance::{month_page, month_sheet, reconciled_sheet};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::days::{day, moment, month, span};
use super::files::{ending, write};
use crate::args::{FinanceCommand, ReconciledArgs};
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn run(what: &FinanceCommand, home: &Home, output: &Output) -> Result<u8, Exit> {
    match what {
        FinanceCommand::Ready { date } => ready(date.as_deref(), home, output),
        FinanceCommand::Bridge {
            month: Some(text),
            out,
            ..
        } => bridge(month(text)?, out.as_deref(), home, output),
        FinanceCommand::Bridge { from, to, out, .. } => {
            let days = span(from.as_deref().unwrap_or_default(), to.as_deref())?;
            bridge(days, out.as_deref(), home, output)
        }
        FinanceCommand::Reconciled(args) => reconciled(args, home, output),
        FinanceCommand::Sign { at, note } => sign(at.as_deref(), note, home, output),
    }
}

fn ready(date: Option<&str>, home: &Home, output: &Output) -> Result<u8, Exit> {
    let date = date.map(|text| day("--date", text)).transpose()?;
    let ready = home.look(|views| {
        let today = views.now.with_timezone(&views.settings.zone()).date_naive();
        Ok(views.ready(date.unwrap_or(today))?)
    })?;
    output.result(&ready, || show::finance::ready(&ready, &home.sheet(output)));
    Ok(0)
}

fn bridge(
    days: (chrono::NaiveDate, chrono::NaiveDate),
    out: Option<&Path>,
    home: &Home,
    output: &Output,
) -> Result<u8, Exit> {
    let form = out.map(|file| ending(file, &["html", "csv"])).transpose()?;
    let month = home.look(|views| Ok(views.month(days.0, days.1)?))?;
    if let (Some(file), Some(form)) = (out, form) {
        let text = match form {
            "html" => month_page(&month),
            _ => month_sheet(&month),
        };
        write(file, &text)?;
    }
    output.result(&month, || {
        let shown = show::finance::month(&month, &home.sheet(output));
        match out {
            Some(file) => format!("{shown}\n\nWritten to {}.", file.display()),
            None => shown,
        }
    });
    Ok(0)
}

fn reconciled(args: &ReconciledArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    if let Some(file) = &args.out {
        ending(file, &["csv"])?;
    }
    let view = home.look(|views| {
        let at = moment(args.at.as_deref(), views)?;
        Ok(views.reconciled(at)?)
    })?;
    let Some(file) = &args.out else {
        output.result(&view, || {
            show::finance::reconciled(&view, &home.sheet(output))
        });
        return Ok(0);
    };
    write(file, &reconciled_sheet(&view))?;
    let (shown, rows) = (file.display().to_string(), view.skus.len());
    let told = json!({ "file": shown, "rows": rows, "run_id": view.comparison.run_id });
    output.result(&told, || format!("Written to {shown}: {rows} SKUs."));
    Ok(0)
}

fn sign(at: Option<&str>, note: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let at = home.look(|views| moment(at, views))?;
    let done = home.engine(CancellationToken::new())?.sign_off(at, note)?;
    output.result(&done, || format!("{}.", done.text));
    Ok(0)
}
