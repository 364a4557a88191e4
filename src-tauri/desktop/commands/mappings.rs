//! Mappings: one entry more or less, and what waits for it.

use screens::maps::{self, stored};
use screens::shapes::{MapKind, MapSaved, MapsView, Told};

use super::{Answer, Program};

/// One map.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn maps(app: Program<'_>, kind: MapKind) -> Answer<MapsView> {
    app.look(move |_, views| maps::maps(views, kind)).await
}

/// Saves an entry; the orders that wait for it are checked again by themselves.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_map(
    app: Program<'_>,
    kind: MapKind,
    from: String,
    to: String,
    reason: String,
) -> Answer<MapSaved> {
    app.have(move |open| {
        let (from, to) = (from.trim(), to.trim());
        let saved = open
            .engine
            .save_map(stored(kind), from, to, reason.trim())?;
        Ok(maps::saved(kind, &saved))
    })
    .await
}

/// Takes an entry away.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn remove_map(
    app: Program<'_>,
    kind: MapKind,
    from: String,
    reason: String,
) -> Answer<Told> {
    app.have(move |open| {
        open.engine.unmap(stored(kind), &from, reason.trim())?;
        Ok(maps::removed(kind, &from))
    })
    .await
}
