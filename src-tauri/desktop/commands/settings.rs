//! Settings.

use screens::shapes::*;

use super::{Answer, Program, not_ready};

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn settings(_app: Program<'_>) -> Answer<SettingsView> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_settings(_app: Program<'_>, _changes: Changes) -> Answer<SettingsView> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn simulate_trigger(_app: Program<'_>, _changes: Changes) -> Answer<Simulated> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn connections(_app: Program<'_>) -> Answer<Connections> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn connect_cin7(
    _app: Program<'_>,
    _base_url: String,
    _account_id: String,
    _key: String,
    _location: String,
) -> Answer<Checked> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn connect_whistl(
    _app: Program<'_>,
    _base_url: String,
    _client_code: String,
    _key: String,
) -> Answer<Checked> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn check(_app: Program<'_>, _vendor: VendorKind) -> Answer<Checked> {
    Err(not_ready())
}

#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn forget(_app: Program<'_>, _vendor: VendorKind) -> Answer<()> {
    Err(not_ready())
}
