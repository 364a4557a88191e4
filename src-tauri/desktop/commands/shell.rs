//! The frame around every screen: begin, the colours, start-up, the way out.

use screens::shapes::{Shell, Theme, Told, UiError};
use tauri_plugin_autostart::ManagerExt as _;

use super::{Answer, Program, practice};
use crate::{boot, life, notify, window};

/// The page listens: from here on it is told what happens.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn begin(app: Program<'_>) -> Answer<Shell> {
    Ok(app.shell().await)
}

/// Opens the data again, if something was in the way; practice begins anew.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn try_again(app: Program<'_>) -> Answer<Shell> {
    match app.practice() {
        Some(practice) if practice.workspace.failed().is_some() => {
            practice::begin_anew(&app).await?;
        }
        Some(_) | None => boot::open(&app).await,
    }
    Ok(app.shell().await)
}

/// Takes other colours.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_theme(app: Program<'_>, theme: Theme) -> Answer<Shell> {
    if let Err(fault) = app.preferences.change(|kept| kept.theme = theme) {
        // In force all the same, until the program ends.
        tracing::warn!(%fault, "the colours are not remembered");
    }
    app.tell_shell().await;
    Ok(app.shell().await)
}

/// Starts with the computer from now on, or no more.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_autostart(app: Program<'_>, on: bool) -> Answer<Shell> {
    let autostart = app.handle.autolaunch();
    let changed = if on {
        autostart.enable()
    } else if autostart.is_enabled().unwrap_or(true) {
        autostart.disable()
    } else {
        Ok(())
    };
    if let Err(fault) = changed {
        tracing::warn!(%fault, "starting with the computer was not changed");
        return Err(UiError::wrong(
            "autostart_refused",
            "This computer does not let Stockbridge change what starts with it. Add it in the desktop’s own settings instead.",
        ));
    }
    Ok(app.shell().await)
}

/// Shows a notification, to see whether one can be shown.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn test_notification(app: Program<'_>) -> Answer<Told> {
    let text = notify::test(&app).await?;
    Ok(Told { text })
}

/// Puts the window away; the work goes on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn hide_window(app: Program<'_>) -> Answer<()> {
    window::put_away(&app).await;
    Ok(())
}

/// Ends the program.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn quit(app: Program<'_>) -> Answer<()> {
    life::quit(&app).await;
    Ok(())
}
