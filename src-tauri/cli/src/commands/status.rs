//! `status`, `pause`, `resume`.

use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::exit::Exit;
use crate::open::Home;
use crate::output::Output;
use crate::show;

pub(super) fn run(home: &Home, output: &Output) -> Result<u8, Exit> {
    let status = home.look(|views| Ok(views.status()?))?;
    output.result(&status, || {
        show::status::status(&status, &home.sheet(output))
    });
    Ok(0)
}

pub(super) fn pause(reason: &str, home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    engine.pause_by_hand(reason)?;
    output.result(&json!({ "paused": engine.sending_paused()? }), || {
        "Sending is paused: orders are read and checked, and wait. `resume` lets them go.".into()
    });
    Ok(0)
}

pub(super) fn resume(home: &Home, output: &Output) -> Result<u8, Exit> {
    let engine = home.engine(CancellationToken::new())?;
    engine.resume_by_hand()?;
    output.result(&json!({ "paused": null }), || {
        "Sending goes on: at the next `sync`, or by itself while `watch` runs.".into()
    });
    Ok(0)
}
