//! Ctrl+K.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn find(_app: Program<'_>, _text: String) -> Answer<Vec<Found>> {
    Err(not_ready())
}
