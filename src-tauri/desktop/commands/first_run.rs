//! Set-up.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn review(_app: Program<'_>) -> Answer<Review> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn look_only(_app: Program<'_>) -> Answer<Review> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn go_live(_app: Program<'_>) -> Answer<Shell> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn back_to_look_only(_app: Program<'_>) -> Answer<Shell> {
    Err(not_ready())
}
