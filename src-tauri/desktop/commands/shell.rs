//! The frame around every screen: begin, the colours, start-up, the way out.

use screens::shapes::{Shell, Theme, Told};

use super::{Answer, Program, not_ready};
use crate::boot;

/// The page listens: from here on it is told what happens.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn begin(app: Program<'_>) -> Answer<Shell> {
    Ok(app.shell())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn try_again(app: Program<'_>) -> Answer<Shell> {
    boot::open(&app).await;
    Ok(app.shell())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_theme(app: Program<'_>, theme: Theme) -> Answer<Shell> {
    let _ = app.preferences.change(|kept| kept.theme = theme);
    Ok(app.shell())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_autostart(_app: Program<'_>, _on: bool) -> Answer<Shell> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn test_notification(_app: Program<'_>) -> Answer<Told> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn hide_window(_app: Program<'_>) -> Answer<()> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn quit(_app: Program<'_>) -> Answer<()> {
    Err(not_ready())
}
