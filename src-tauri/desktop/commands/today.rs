//! Today and the sidebar.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn today(_app: Program<'_>) -> Answer<TodayView> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn pause(_app: Program<'_>, _reason: String) -> Answer<()> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn resume(_app: Program<'_>) -> Answer<()> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn sync_now(_app: Program<'_>) -> Answer<Told> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn take_need(_app: Program<'_>, _id: String) -> Answer<()> {
    Err(not_ready())
}
