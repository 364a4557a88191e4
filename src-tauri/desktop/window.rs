//! The one window: brought forward, and put away so that the work goes on. Put away means
//! hidden where there is a tray to bring it back from, and minimised where there is none.

use std::sync::Arc;

use tauri::{AppHandle, Manager as _, WebviewWindow};

use crate::app::App;

/// The window's label.
pub(crate) const MAIN: &str = "main";
/// The argument that starts in the tray, as the computer's start does.
pub(crate) const HIDDEN: &str = "--hidden";
/// The argument that begins in practice mode.
pub(crate) const PRACTICE: &str = "--practice";

fn main_window(handle: &AppHandle) -> Option<WebviewWindow> {
    handle.get_webview_window(MAIN)
}

/// Brings the window forward, wherever it was.
pub(crate) fn show(handle: &AppHandle) {
    let Some(window) = main_window(handle) else {
        return;
    };
    let shown = window
        .unminimize()
        .and_then(|()| window.show())
        .and_then(|()| window.set_focus());
    if let Err(fault) = shown {
        tracing::warn!(%fault, "the window does not come forward");
    }
    if let Some(app) = handle.try_state::<Arc<App>>() {
        // What changed while nobody looked was not told.
        app.everything_changed();
    }
}

/// Shows it in the taskbar alone, where there is no tray to start in.
pub(crate) fn show_minimised(handle: &AppHandle) {
    if let Some(window) = main_window(handle)
        && let Err(fault) = window.minimize().and_then(|()| window.show())
    {
        tracing::warn!(%fault, "the window is not in the taskbar");
    }
}

/// Puts the window away; the work goes on.
pub(crate) async fn put_away(app: &App) {
    let Some(window) = main_window(&app.handle) else {
        return;
    };
    let away = if app.tray.can_bring_back().await {
        window.hide()
    } else {
        window.minimize()
    };
    if let Err(fault) = away {
        tracing::warn!(%fault, "the window does not go away");
    }
}

/// Whether anybody could see the window; minimised counts, since a taskbar may show it.
pub(crate) fn is_open(handle: &AppHandle) -> bool {
    main_window(handle).is_some_and(|window| window.is_visible().unwrap_or(true))
}
