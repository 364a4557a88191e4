//! Activity: the log, and whether it is whole.

use screens::activity;
use screens::shapes::{ActivityFilter, ActivityPage, LogVerified};

use super::{Answer, Program};

/// Entries of the log, newest first.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn activity(
    app: Program<'_>,
    filter: ActivityFilter,
    before: Option<i64>,
    limit: u32,
) -> Answer<ActivityPage> {
    app.look(move |_, views| activity::activity(views, &filter, before, limit))
        .await
}

/// Walks the whole log.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn verify_log(app: Program<'_>) -> Answer<LogVerified> {
    app.look(|_, views| activity::verify(views)).await
}
