//! The window: commands for the page, the tray, notifications, practice, and a clean end.
//! What the window shows is made in `screens`; what happens next is the engine's.

mod app;
mod boot;
mod cin7_page;
mod commands;
mod display;
mod events;
mod frame;
mod keys;
mod life;
mod logging;
mod notify;
mod practice;
mod preferences;
mod standing;
mod tray;
mod window;
mod workspace;

use std::process::ExitCode;
use std::sync::Arc;

use tauri::{Manager as _, RunEvent, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::app::App;

/// Threads that answer the page and run the engine: so many that a run which is writing
/// never keeps a click waiting.
const THREADS: usize = 4;
/// Threads that wait for the disk or the keychain: few, since each keeps memory of its own.
const WAITING_THREADS: usize = 8;

/// Opens the window and returns when the program is to end.
pub fn run() -> ExitCode {
    if !display::is_there() {
        #[expect(clippy::print_stderr, reason = "there is nowhere else to say it")]
        {
            eprintln!("{}", display::MISSING);
        }
        return ExitCode::from(2);
    }
    display::paint_plainly();
    // Kept to the end: it writes what is left when it goes.
    let _log = home::data_folder(None)
        .ok()
        .and_then(|folder| logging::start(&folder));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .max_blocking_threads(WAITING_THREADS)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "the program could not start");
            return ExitCode::FAILURE;
        }
    };
    tauri::async_runtime::set(runtime.handle().clone());
    match build() {
        Ok(built) => {
            let code = built.run_return(on_event);
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

fn build() -> tauri::Result<tauri::App> {
    tauri::Builder::default()
        // First, so that a second copy leaves before it does anything.
        .plugin(tauri_plugin_single_instance::init(
            |app, arguments, _folder| {
                // The computer's own start of a program that runs already brings nothing up.
                if !arguments.iter().any(|one| one == window::HIDDEN) {
                    window::show(app);
                }
            },
        ))
        .plugin(
            tauri_plugin_window_state::Builder::default()
                // Whether it is shown is said by how the program is started.
                .with_state_flags(StateFlags::all() - StateFlags::VISIBLE)
                .build(),
        )
        .plugin(tauri_plugin_opener::init())
        .plugin(
            tauri_plugin_autostart::Builder::new()
                .arg(window::HIDDEN)
                .build(),
        )
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
            commands::today::settle_read_back,
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
            commands::orders::settle_preview,
            commands::orders::settle,
            commands::orders::open_in_cin7,
            commands::confirmations::open_confirmations,
            commands::confirmations::confirmation_rows,
            commands::confirmations::confirmation_news,
            commands::confirmations::confirmation,
            commands::confirmations::confirmation_preview,
            commands::confirmations::confirmation_act,
            commands::confirmations::open_tracking,
            commands::drift::open_drift,
            commands::drift::drift_rows,
            commands::drift::drift_news,
            commands::drift::drift_card,
            commands::drift::drift_sku,
            commands::drift::drift_preview,
            commands::drift::drift_act,
            commands::drift::recount_message,
            commands::drift::reconcile_now,
            commands::drift::export_drift,
            commands::month::month_end,
            commands::month::save_month,
            commands::month::sign_month,
            commands::adjustments::open_adjustments,
            commands::adjustments::adjustment_rows,
            commands::adjustments::adjustment_news,
            commands::adjustments::adjustment,
            commands::adjustments::adjustment_preview,
            commands::adjustments::adjustment_act,
            commands::adjustments::export_adjustments,
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
            let program = App::new(app.handle().clone(), home::user());
            app.manage(Arc::clone(&program));
            tray::build(&program);
            // The window first; what it shows is opened while it is painted.
            let hidden = std::env::args().any(|one| one == window::HIDDEN);
            if !hidden && let Some(window) = app.get_webview_window(window::MAIN) {
                window.show()?;
            }
            tauri::async_runtime::spawn(life::heed_the_system(Arc::clone(&program)));
            tauri::async_runtime::spawn(tray::keep(Arc::clone(&program)));
            tauri::async_runtime::spawn(async move {
                if hidden && !program.tray.can_bring_back().await {
                    window::show_minimised(&program.handle);
                }
                tokio::join!(
                    boot::open(&program),
                    boot::try_again(&program),
                    program.tell(),
                    practise_if_asked(&program)
                );
            });
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// Begins in practice mode where the program was started so. What stands in its way is
/// logged, and the window shows what it would show anyhow.
async fn practise_if_asked(program: &Arc<App>) {
    if std::env::args().any(|one| one == window::PRACTICE) {
        let _ = commands::practice::begin(program).await;
    }
}

fn on_event(handle: &tauri::AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent {
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } => {
            // Closing the window is not ending the work.
            api.prevent_close();
            let app = Arc::clone(&handle.state::<Arc<App>>());
            tauri::async_runtime::spawn(async move { window::put_away(&app).await });
        }
        RunEvent::ExitRequested {
            code: None, api, ..
        } => {
            api.prevent_exit();
            let app = Arc::clone(&handle.state::<Arc<App>>());
            tauri::async_runtime::spawn(async move { life::quit(&app).await });
        }
        _ => {}
    }
}
