//! `drift`: the last comparison, a SKU's past, and what a person decides about a difference.

use engine::actions::{DriftDone, DriftWord};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::days::day;
use crate::args::{DriftArgs, DriftCommand};
use crate::exit::{Exit, NEEDS_SOMEONE};
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) async fn run(args: &DriftArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let Some(what) = &args.what else {
        return list(args, home, output);
    };
    let (sku, word) = match what {
        DriftCommand::History { sku } => return history(sku, home, output),
        DriftCommand::Recount { sku, note } => return recount(sku, note, home, output).await,
        DriftCommand::Post { sku, why } => (sku, DriftWord::Post { why: why.clone() }),
        DriftCommand::Accept { sku, until, why } => {
            let (until, why) = (day("--until", until)?, why.clone());
            (sku, DriftWord::Accept { until, why })
        }
        DriftCommand::Withdraw { sku, why } => (sku, DriftWord::Withdraw { why: why.clone() }),
    };
    let engine = home.engine(CancellationToken::new())?;
    let done = engine.decide_drift(sku, word).await?;
    output.result(&done, || done.text.clone());
    Ok(status(&done))
}

/// What Cin7 did not take, or may have taken, needs someone.
fn status(done: &DriftDone) -> u8 {
    match done.what {
        "failed" | "unclear" => NEEDS_SOMEONE,
        _ => 0,
    }
}

fn list(args: &DriftArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let view =
        home.look(|views| Ok(views.drift(args.category.as_deref(), args.sku.as_deref())?))?;
    output.result(&view, || {
        show::drift::comparison(&view, &home.sheet(output))
    });
    Ok(0)
}

fn history(sku: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let view = home.look(|views| Ok(views.drift_history(sku)?))?;
    output.result(&view, || show::drift::history(&view, &home.sheet(output)));
    Ok(0)
}

async fn recount(sku: &str, note: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    let message = engine.recount_message(sku)?;
    let word = DriftWord::Recount {
        note: note.to_owned(),
    };
    let done = engine.decide_drift(sku, word).await?;
    let mut told = json!(done);
    told["message"] = json!(message);
    output.result(&told, || {
        format!("{}\nTo send to the warehouse:\n\n{message}", done.text)
    });
    Ok(0)
}
