//! The icon in the tray: how things stand at a glance, and the few things one does without
//! opening the window. On a desktop without a tray there is none, and nothing breaks.

mod light;
mod probe;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tauri::image::Image;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};
use tokio::sync::Notify;

use self::light::{Glance, Light};
use crate::app::{App, Merchant};
use crate::{life, window};

/// Shortest time between two looks at how things stand.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Longest time, for what time alone brings about.
const LOOK_AT_LEAST: Duration = Duration::from_secs(30);

/// The icon, once it is built.
#[derive(Default)]
pub(crate) struct Tray {
    built: Mutex<Option<Built>>,
    bell: Notify,
}

/// The parts that change.
struct Built {
    icon: TrayIcon<Wry>,
    line: MenuItem<Wry>,
    pause: MenuItem<Wry>,
    shown: Option<Glance>,
}

impl Tray {
    /// Something may look different now.
    pub(crate) fn look_again(&self) {
        self.bell.notify_one();
    }

    /// Whether a hidden window could be brought back from here.
    pub(crate) async fn can_bring_back(&self) -> bool {
        let built = self
            .built
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some();
        built && probe::is_shown().await
    }

    fn show(&self, glance: Glance) {
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(built) = built.as_mut() else { return };
        if built.shown.as_ref() == Some(&glance) {
            return;
        }
        let pause = if glance.paused {
            "Resume sending"
        } else {
            "Pause sending"
        };
        let done = built
            .icon
            .set_icon(Some(picture(glance.light)))
            .and_then(|()| {
                built
                    .icon
                    .set_tooltip(Some(format!("Stockbridge: {}", glance.line)))
            })
            .and_then(|()| built.line.set_text(&glance.line))
            .and_then(|()| built.pause.set_text(pause));
        if let Err(fault) = done {
            tracing::warn!(%fault, "the tray icon is not up to date");
        }
        built.shown = Some(glance);
    }
}

fn picture(light: Light) -> Image<'static> {
    match light {
        Light::Fine => tauri::include_image!("icons/tray/fine-32.png"),
        Light::NeedsYou => tauri::include_image!("icons/tray/needs-you-32.png"),
        Light::Stopped => tauri::include_image!("icons/tray/stopped-32.png"),
    }
}

/// Builds the icon, if this desktop can have one. To be called where the window is made.
pub(crate) fn build(app: &Arc<App>) {
    if !probe::can_build() {
        tracing::warn!("there is no tray library; closing the window minimises it");
        return;
    }
    match built(app) {
        Ok(built) => {
            *app.tray
                .built
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(built);
            app.tray.look_again();
        }
        Err(fault) => tracing::warn!(%fault, "there is no tray icon"),
    }
}

fn built(app: &App) -> tauri::Result<Built> {
    let handle = &app.handle;
    let line = MenuItem::with_id(handle, "line", "Starting", false, None::<&str>)?;
    let open = MenuItem::with_id(handle, "open", "Open Stockbridge", true, None::<&str>)?;
    let sync = MenuItem::with_id(handle, "sync", "Sync now", true, None::<&str>)?;
    let pause = MenuItem::with_id(handle, "pause", "Pause sending", true, None::<&str>)?;
    let quit = MenuItem::with_id(handle, "quit", "Quit", true, None::<&str>)?;
    let menu = Menu::with_items(
        handle,
        &[
            &line,
            &PredefinedMenuItem::separator(handle)?,
            &open,
            &sync,
            &pause,
            &PredefinedMenuItem::separator(handle)?,
            &quit,
        ],
    )?;
    let icon = TrayIconBuilder::with_id("main")
        // Linux hands icons over as files; by default in a folder that all users share.
        .temp_dir_path(app.folder.join("tray"))
        .icon(picture(Light::Fine))
        .tooltip("Stockbridge")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|handle, event| chosen(handle, event.id().as_ref()))
        .on_tray_icon_event(|icon, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                window::show(icon.app_handle());
            }
        })
        .build(handle)?;
    Ok(Built {
        icon,
        line,
        pause,
        shown: None,
    })
}

fn chosen(handle: &AppHandle, item: &str) {
    use tauri::Manager as _;
    let Some(app) = handle.try_state::<Arc<App>>() else {
        return;
    };
    let app = Arc::clone(&app);
    match item {
        "open" => window::show(handle),
        "sync" => {
            if let Ok(workspace) = app.workspace() {
                workspace.engine.look_now();
            }
        }
        "pause" => {
            tauri::async_runtime::spawn(async move {
                let turned = app.have(|open| {
                    let paused = open.engine.sending_paused()?.is_some();
                    if paused {
                        open.engine.resume_by_hand()?;
                    } else {
                        open.engine.pause_by_hand("Paused from the tray")?;
                    }
                    Ok(())
                });
                if let Err(fault) = turned.await {
                    tracing::warn!(?fault, "sending was not paused or resumed");
                }
            });
        }
        "quit" => {
            tauri::async_runtime::spawn(async move { life::quit(&app).await });
        }
        _ => {}
    }
}

/// Keeps the icon up to date, for as long as the program runs.
pub(crate) async fn keep(app: Arc<App>) {
    loop {
        tokio::select! {
            () = app.tray.bell.notified() => {}
            () = tokio::time::sleep(LOOK_AT_LEAST) => {}
        }
        let glance = glance(&app).await;
        app.tray.show(glance);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn glance(app: &App) -> Glance {
    let practising = app.practice().is_some();
    let shut = match &*app.merchant() {
        Merchant::Shut(standing) if !practising => Some(standing.kind),
        Merchant::Shut(_) | Merchant::Open(_) => None,
    };
    if let Some(kind) = shut {
        return Glance::shut(kind);
    }
    let today = app.look(|_, views| screens::today::today(views)).await;
    match today {
        Ok(today) => Glance::at(&today, practising),
        Err(_) => Glance::shut(screens::shapes::StandingKind::Starting),
    }
}
