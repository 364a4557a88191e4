//! `adjustments` and `adjustment`.

use engine::actions::AdjustmentWord;
use serde_json::json;
use store::AdjustmentState;
use tokio_util::sync::CancellationToken;

use super::no_state;
use crate::args::{AdjustmentCommand, AdjustmentsArgs};
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn list(args: &AdjustmentsArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let states: Vec<AdjustmentState> = args
        .state
        .as_deref()
        .map(state)
        .transpose()?
        .into_iter()
        .collect();
    let page = home.look(|views| {
        Ok(views.adjustments(
            &states,
            args.sku.as_deref(),
            args.limit,
            args.after.as_deref(),
        )?)
    })?;
    output.result(&page, || {
        show::adjustments::page(&page, &home.sheet(output))
    });
    Ok(0)
}

pub(super) fn see_to(what: &AdjustmentCommand, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    let (about, word, text) = match what {
        AdjustmentCommand::Approve(about) => {
            (about, AdjustmentWord::Approve, "is posted at the next sync")
        }
        AdjustmentCommand::Dismiss {
            about,
            already_in_cin7: true,
        } => (
            about,
            AdjustmentWord::AlreadyInCin7,
            "is kept as standing in Cin7 Core already",
        ),
        AdjustmentCommand::Dismiss {
            about,
            already_in_cin7: false,
        } => (about, AdjustmentWord::Dismiss, "is not posted"),
        AdjustmentCommand::Retry(about) => (
            about,
            AdjustmentWord::Retry,
            "is tried again at the next sync",
        ),
    };
    let id = &about.id;
    engine.see_to_adjustment(id, word, &about.reason)?;
    output.result(&json!({ "whistl_id": id }), || format!("{id} {text}."));
    Ok(0)
}

fn state(word: &str) -> Result<AdjustmentState, Exit> {
    let all = AdjustmentState::ALL.map(AdjustmentState::word);
    AdjustmentState::from_word(word).ok_or_else(|| no_state(word, "an adjustment", &all))
}
