//! The program as one value: the merchant's workspace or what is in its way, practice when
//! it is on, and what the page is told. Commands and the tray ask here.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use engine::Settings;
use screens::shapes::{Changed, FirstRunStep, Mode, Notifying, Shell, StandingKind, UiError};
use store::{Changes, Reading};
use tauri::{AppHandle, Emitter as _};

use crate::commands::not_ready;
use crate::events::{CHANGED_EVERY, Pending};
use crate::preferences::Preferences;
use crate::standing::Standing;
use crate::workspace::Workspace;

/// What the merchant's data is doing.
enum Merchant {
    /// Not open, and why.
    Shut(Standing),
    /// Open and at work.
    Open(Arc<Workspace>),
}

/// See the module's head.
pub(crate) struct App {
    handle: AppHandle,
    /// The merchant's data folder.
    pub(crate) folder: PathBuf,
    /// The desktop account's name.
    pub(crate) user: String,
    pub(crate) preferences: Preferences,
    /// What the page has yet to be told of changes.
    pub(crate) changes: Arc<Pending<Changes>>,
    merchant: Mutex<Merchant>,
}

/// What a screen is made from.
pub(crate) struct Look<'a> {
    /// The store, read only.
    pub(crate) reading: &'a Reading,
    /// The settings in force.
    pub(crate) settings: &'a Settings,
    /// Now, by the workspace's clock.
    pub(crate) now: DateTime<Utc>,
}

impl App {
    /// The program before anything is opened.
    pub(crate) fn new(handle: AppHandle, folder: PathBuf, user: String) -> Arc<Self> {
        Arc::new(Self {
            handle,
            preferences: Preferences::read(&folder),
            folder,
            user,
            changes: Arc::default(),
            merchant: Mutex::new(Merchant::Shut(Standing::starting())),
        })
    }

    fn merchant(&self) -> MutexGuard<'_, Merchant> {
        self.merchant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The workspace that the window shows, if one is open.
    pub(crate) fn workspace(&self) -> Result<Arc<Workspace>, UiError> {
        match &*self.merchant() {
            Merchant::Open(workspace) => Ok(Arc::clone(workspace)),
            Merchant::Shut(_) => Err(not_ready()),
        }
    }

    /// The merchant's workspace is open.
    pub(crate) fn opened(&self, workspace: Arc<Workspace>) {
        *self.merchant() = Merchant::Open(workspace);
        self.changes.note(Changes::ALL);
        self.tell_shell();
    }

    /// The merchant's workspace is not open, or no longer.
    pub(crate) fn shut(&self, standing: Standing) {
        *self.merchant() = Merchant::Shut(standing);
        self.tell_shell();
    }

    /// Makes a screen from the store, off the threads that answer others.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(Look<'_>) -> T + Send + 'static,
    ) -> Result<T, UiError> {
        let workspace = self.workspace()?;
        let seen = tauri::async_runtime::spawn_blocking(move || {
            let (settings, now) = (workspace.settings(), workspace.now());
            workspace.look(|reading| {
                look(Look {
                    reading,
                    settings: &settings,
                    now,
                })
            })
        })
        .await;
        match seen {
            Ok(Ok(seen)) => Ok(seen),
            Ok(Err(_)) | Err(_) => Err(not_ready()),
        }
    }

    /// The frame around every screen.
    pub(crate) fn shell(&self) -> Shell {
        let remembered = self.preferences.get();
        let (standing, workspace) = match &*self.merchant() {
            Merchant::Shut(standing) => (standing.clone(), None),
            Merchant::Open(workspace) => (Standing::starting(), Some(Arc::clone(workspace))),
        };
        let settings = workspace.as_ref().map(|open| open.settings());
        let live = settings.as_ref().is_some_and(|s| s.text("mode") == "live");
        let kind = match &workspace {
            None => standing.kind,
            Some(_) if live || remembered.set_up => StandingKind::Working,
            Some(_) => StandingKind::FirstRun,
        };
        Shell {
            standing: kind,
            message: standing.message,
            fix: standing.fix,
            first_run_step: FirstRunStep::Connect,
            practice: None,
            practice_available: false,
            version: env!("CARGO_PKG_VERSION").into(),
            user: self.user.clone(),
            zone: settings
                .as_ref()
                .map_or_else(|| "Europe/London".into(), |s| s.text("merchant.time_zone")),
            theme: remembered.theme,
            mode: if live { Mode::Live } else { Mode::LookOnly },
            notifications: Notifying::Untested,
            notifications_message: String::new(),
            autostart: false,
        }
    }

    /// Tells the page how things stand.
    pub(crate) fn tell_shell(&self) {
        let _ = self.handle.emit("shell", self.shell());
    }

    /// Tells the page of changes, for as long as the program runs.
    pub(crate) async fn tell_changes(&self) {
        self.changes
            .tell(CHANGED_EVERY, |changes| {
                let changed = Changed {
                    orders: changes.orders,
                    activity: changes.activity,
                    settings: changes.settings,
                    attention: changes.attention,
                    calls: changes.calls,
                };
                let _ = self.handle.emit("changed", changed);
            })
            .await;
    }
}
