//! Ctrl+K.

use screens::shapes::Found;

use super::{Answer, Program};

/// What fits the text, the best first.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn find(app: Program<'_>, text: String) -> Answer<Vec<Found>> {
    app.look(move |_, views| screens::find::find(views, &text))
        .await
}
