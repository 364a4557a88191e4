//! Activity.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn activity(
    _app: Program<'_>,
    _filter: ActivityFilter,
    _before: Option<i64>,
    _limit: u32,
) -> Answer<ActivityPage> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn verify_log(_app: Program<'_>) -> Answer<LogVerified> {
    Err(not_ready())
}
