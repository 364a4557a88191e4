//! Practice mode.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice(_app: Program<'_>, _on: bool) -> Answer<Shell> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice_speed(_app: Program<'_>, _speed: u32) -> Answer<Shell> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice_fault(_app: Program<'_>, _name: String, _on: bool) -> Answer<Shell> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn practice_play(_app: Program<'_>, _what: Play) -> Answer<Told> {
    Err(not_ready())
}
