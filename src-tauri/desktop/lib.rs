//! The window: commands for the page, the tray, notifications, practice, and a clean end.
//! What the window shows is made in `screens`; what happens next is the engine's.

mod app;
mod boot;
mod commands;
mod events;
mod keys;
mod preferences;
mod standing;
mod workspace;

use std::process::ExitCode;
use std::sync::Arc;

use tauri::Manager as _;

use crate::app::App;

/// Opens the window and returns when the program is to end.
pub fn run() -> ExitCode {
    let built = tauri::Builder::default()
        // First, so that a second copy leaves before it does anything.
        .plugin(tauri_plugin_single_instance::init(
            |app, _arguments, _folder| {
                if let Some(window) = app.get_webview_window("main") {
                    let _ = window.show().and_then(|()| window.set_focus());
                }
            },
        ))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_autostart::Builder::new().build())
        .invoke_handler(tauri::generate_handler![
            commands::shell::begin,
            commands::shell::try_again,
            commands::shell::set_theme,
            commands::shell::set_autostart,
            commands::shell::test_notification,
            commands::shell::hide_window,
            commands::shell::quit,
            commands::practice::practice,
            commands::practice::practice_speed,
            commands::practice::practice_fault,
            commands::practice::practice_play,
            commands::today::today,
            commands::today::pause,
            commands::today::resume,
            commands::today::sync_now,
            commands::today::take_need,
            commands::orders::open_list,
            commands::orders::list_rows,
            commands::orders::list_news,
            commands::orders::order,
            commands::orders::payloads,
            commands::orders::preview,
            commands::orders::act,
            commands::orders::doing,
            commands::orders::cancel_action,
            commands::orders::put_off,
            commands::orders::bring_back,
            commands::orders::assign,
            commands::orders::note,
            commands::orders::open_in_cin7,
            commands::mappings::maps,
            commands::mappings::save_map,
            commands::mappings::remove_map,
            commands::activity::activity,
            commands::activity::verify_log,
            commands::settings::settings,
            commands::settings::save_settings,
            commands::settings::simulate_trigger,
            commands::settings::connections,
            commands::settings::connect_cin7,
            commands::settings::connect_whistl,
            commands::settings::check,
            commands::settings::forget,
            commands::first_run::review,
            commands::first_run::look_only,
            commands::first_run::go_live,
            commands::first_run::back_to_look_only,
            commands::find::find,
        ])
        .setup(|app| {
            let folder = home::data_folder(None)?;
            let program = App::new(app.handle().clone(), folder, home::user());
            app.manage(Arc::clone(&program));
            if let Some(window) = app.get_webview_window("main") {
                window.show()?;
            }
            tauri::async_runtime::spawn(async move {
                tokio::join!(boot::open(&program), program.tell_changes());
            });
            Ok(())
        })
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}
