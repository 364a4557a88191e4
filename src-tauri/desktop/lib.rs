//! The window: commands for the page, and the plug-ins that make it a good citizen of the
//! desktop. What the window shows and what happens next are decided elsewhere.

use std::process::ExitCode;

use serde::Serialize;
use tauri::Manager as _;

/// What the page is told when it says that it listens.
#[derive(Debug, Serialize)]
struct Beginning {
    version: &'static str,
}

#[tauri::command]
fn begin() -> Beginning {
    Beginning {
        version: env!("CARGO_PKG_VERSION"),
    }
}

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
        .invoke_handler(tauri::generate_handler![begin])
        .setup(|app| {
            if let Some(window) = app.get_webview_window("main") {
                window.show()?;
            }
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
