//! `despatches` and `despatch`.

use serde_json::json;
use store::DespatchState;
use tokio_util::sync::CancellationToken;

use super::no_state;
use crate::args::{DespatchCommand, DespatchesArgs};
use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn list(args: &DespatchesArgs, home: &Home, output: &Output) -> Result<u8, Exit> {
    let state = args.state.as_deref().map(state).transpose()?;
    let page =
        home.look(|views| Ok(views.despatches(state, args.limit, args.after.as_deref())?))?;
    output.result(&page, || show::despatches::page(&page, &home.sheet(output)));
    Ok(0)
}

pub(super) fn see_to(what: &DespatchCommand, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    let (id, text) = match what {
        DespatchCommand::Retry { id } => {
            engine.retry_despatch(id)?;
            (id, format!("{id} is told to Cin7 Core at the next sync."))
        }
        DespatchCommand::Dismiss { id, reason } => {
            engine.dismiss_despatch(id, reason)?;
            (id, format!("{id} is left as it is in Cin7 Core."))
        }
    };
    output.result(&json!({ "despatch_id": id }), || text);
    Ok(0)
}

fn state(word: &str) -> Result<DespatchState, Exit> {
    let all = DespatchState::ALL.map(DespatchState::word);
    DespatchState::from_word(word).ok_or_else(|| no_state(word, "a despatch", &all))
}
