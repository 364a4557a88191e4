//! Set-up after the connections stand: the first look, what it found, and going live.

use screens::shapes::{Review, Shell, UiError};

use super::{Answer, Program};
use crate::boot;

/// What the first look found so far.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn review(app: Program<'_>) -> Answer<Review> {
    app.look(|_, views| screens::review::review(views)).await
}

/// Begins the first look. Everything is read and decided, nothing is sent.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn look_only(app: Program<'_>) -> Answer<Review> {
    let workspace = app.workspace()?;
    boot::work(&app, &workspace);
    workspace.engine.look_now();
    app.look(|_, views| screens::review::review(views)).await
}

/// Lets orders go from now on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn go_live(app: Program<'_>) -> Answer<Shell> {
    let review = app.look(|_, views| screens::review::review(views)).await?;
    if let Some(blocker) = review.blockers.first() {
        return Err(UiError::wrong("not_yet_live", blocker.clone()));
    }
    app.have(|open| Ok(open.engine.go_live()?)).await?;
    // What was finished once is not begun again, whatever the mode is later.
    if let Err(fault) = app.preferences.change(|kept| kept.set_up = true) {
        tracing::warn!(%fault, "it is not remembered that set-up is finished");
    }
    boot::work(&app, &app.workspace()?);
    app.workspace()?.engine.look_now();
    app.tell_shell().await;
    Ok(app.shell().await)
}

/// Lets nothing go from now on; everything is still read and decided.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn back_to_look_only(app: Program<'_>) -> Answer<Shell> {
    app.have(|open| Ok(open.engine.back_to_look_only()?))
        .await?;
    app.tell_shell().await;
    Ok(app.shell().await)
}
