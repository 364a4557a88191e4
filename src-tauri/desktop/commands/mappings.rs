//! Mappings.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn maps(_app: Program<'_>, _kind: MapKind) -> Answer<MapsView> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_map(
    _app: Program<'_>,
    _kind: MapKind,
    _from: String,
    _to: String,
    _reason: String,
) -> Answer<MapSaved> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn remove_map(
    _app: Program<'_>,
    _kind: MapKind,
    _from: String,
    _reason: String,
) -> Answer<Told> {
    Err(not_ready())
}
