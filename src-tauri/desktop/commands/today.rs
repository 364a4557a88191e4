//! Today and the sidebar: what needs someone, pausing, looking at once.

use screens::shapes::{TodayView, Told, UiError};
use screens::today;

use super::{Answer, Program};

/// What Today and the sidebar show.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn today(app: Program<'_>) -> Answer<TodayView> {
    let practising = app.practice().is_some();
    app.look(move |open, views| {
        let mut seen = today::today(views)?;
        if practising {
            seen.calls = today::metered(&open.engine.cin7_usage());
        }
        Ok(seen)
    })
    .await
}

/// Pauses sending.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn pause(app: Program<'_>, reason: String) -> Answer<()> {
    let why = reason.trim().to_owned();
    if why.is_empty() {
        return Err(UiError::at(
            "reason_missing",
            "reason",
            "Say why: whoever looks next is told.",
        ));
    }
    app.have(move |open| Ok(open.engine.pause_by_hand(&why)?))
        .await
}

/// Resumes sending.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn resume(app: Program<'_>) -> Answer<()> {
    app.have(|open| Ok(open.engine.resume_by_hand()?)).await
}

/// Looks at both vendors now instead of at the next turn.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn sync_now(app: Program<'_>) -> Answer<Told> {
    app.workspace()?.engine.look_now();
    Ok(Told {
        text: "Looking at Cin7 Core and Whistl now.".into(),
    })
}

/// Somebody says that a document is right as it stands, though it was posted otherwise.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn settle_read_back(
    app: Program<'_>,
    number: String,
    why: String,
) -> Answer<Told> {
    app.have(move |open| {
        let done = open.engine.settle_read_back(&number, &why)?;
        Ok(Told { text: done.text })
    })
    .await
}

/// Somebody says of something that needs someone: I have it.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn take_need(app: Program<'_>, id: String) -> Answer<()> {
    app.have(move |open| {
        open.engine.take_alert(today::alert_of(&id))?;
        Ok(())
    })
    .await
}
