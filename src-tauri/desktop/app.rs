//! The program as one value: the merchant's workspace or what is in its way, practice when
//! it is on, and what the page is told. Commands, tray and notifications ask here.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::views::Views;
use screens::shapes::{Changed, Doing, UiError};
use store::Changes;
use tauri::{AppHandle, Emitter as _};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::commands::{Answer, not_ready, unexpected};
use crate::events::{CHANGED_EVERY, DOING_EVERY, Pending};
use crate::notify::Notifier;
use crate::practice::Practice;
use crate::preferences::Preferences;
use crate::standing::Standing;
use crate::tray::Tray;
use crate::window;
use crate::workspace::Workspace;

/// What the merchant's data is doing.
pub(crate) enum Merchant {
    /// Not open, and why.
    Shut(Standing),
    /// Open.
    Open(Arc<Workspace>),
}

/// See the module's head.
pub(crate) struct App {
    pub(crate) handle: AppHandle,
    /// The merchant's data folder.
    pub(crate) folder: PathBuf,
    /// The desktop account's name.
    pub(crate) user: String,
    pub(crate) preferences: Preferences,
    pub(crate) notifier: Notifier,
    pub(crate) tray: Tray,
    /// Cancelled when the program is to end.
    pub(crate) ending: CancellationToken,
    /// One opening at a time: it may wait for a person to unlock the keychain.
    pub(crate) opening: tokio::sync::Mutex<()>,
    /// One change of practice at a time.
    pub(crate) changing_practice: tokio::sync::Mutex<()>,
    /// Rung when the merchant's data was not to be opened, or is open no more.
    pub(crate) shut_bell: Notify,
    changes: Arc<Pending<Changes>>,
    doings: Pending<BTreeMap<u32, Doing>>,
    merchant: Mutex<Merchant>,
    practice: Mutex<Option<Arc<Practice>>>,
}

impl App {
    /// The program before anything is opened.
    pub(crate) fn new(handle: AppHandle, user: String) -> Arc<Self> {
        // Without a folder of its own the merchant's data stays shut, and says so; practice
        // needs somewhere to be all the same.
        let folder =
            home::data_folder(None).unwrap_or_else(|_| std::env::temp_dir().join("stockbridge"));
        Arc::new(Self {
            tray: Tray::default(),
            notifier: Notifier::default(),
            preferences: Preferences::read(&folder),
            handle,
            folder,
            user,
            ending: CancellationToken::new(),
            opening: tokio::sync::Mutex::new(()),
            changing_practice: tokio::sync::Mutex::new(()),
            shut_bell: Notify::new(),
            changes: Arc::default(),
            doings: Pending::default(),
            merchant: Mutex::new(Merchant::Shut(Standing::starting())),
            practice: Mutex::new(None),
        })
    }

    /// What the merchant's data is doing.
    pub(crate) fn merchant(&self) -> MutexGuard<'_, Merchant> {
        self.merchant.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The practice world, when it is on.
    pub(crate) fn practice(&self) -> Option<Arc<Practice>> {
        self.practice_slot().clone()
    }

    /// Puts another practice world in place, or none; gives back the one before.
    pub(crate) fn set_practice(&self, practice: Option<Arc<Practice>>) -> Option<Arc<Practice>> {
        std::mem::replace(&mut *self.practice_slot(), practice)
    }

    fn practice_slot(&self) -> MutexGuard<'_, Option<Arc<Practice>>> {
        self.practice.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The workspace that the window shows: practice when it is on, else the merchant's.
    pub(crate) fn workspace(&self) -> Answer<Arc<Workspace>> {
        if let Some(practice) = self.practice() {
            return Ok(Arc::clone(&practice.workspace));
        }
        match &*self.merchant() {
            Merchant::Open(workspace) => Ok(Arc::clone(workspace)),
            Merchant::Shut(_) => Err(not_ready()),
        }
    }

    /// Every workspace that is open.
    pub(crate) fn workspaces(&self) -> Vec<Arc<Workspace>> {
        let mut open = Vec::new();
        if let Merchant::Open(workspace) = &*self.merchant() {
            open.push(Arc::clone(workspace));
        }
        open.extend(self.practice().map(|on| Arc::clone(&on.workspace)));
        open
    }

    /// Makes something of what the window's workspace holds, off the threads that answer
    /// others, on a connection that waits for no run.
    pub(crate) async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Workspace, &Views<'_>) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        look_at(self.workspace()?, look).await
    }

    /// Has the engine do something that waits for nothing but the disk.
    pub(crate) async fn have<T: Send + 'static>(
        &self,
        done: impl FnOnce(&Workspace) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let workspace = self.workspace()?;
        tauri::async_runtime::spawn_blocking(move || done(&workspace))
            .await
            .map_err(|fault| unexpected(&fault))?
    }

    /// What hears of a workspace's commits, as long as it is the one shown.
    pub(crate) fn ear(&self) -> impl Fn(Changes) + Send + 'static {
        let changes = Arc::clone(&self.changes);
        move |what| changes.note(what)
    }

    /// The page is to read everything again.
    pub(crate) fn everything_changed(&self) {
        self.changes.note(Changes::ALL);
    }

    /// Tells the page how far an action is, soon.
    pub(crate) fn note_doing(&self, doing: Doing) {
        self.doings.note(BTreeMap::from([(doing.action, doing)]));
    }

    /// Tells the page of changes and of actions, for as long as the program runs.
    pub(crate) async fn tell(&self) {
        let changed = self.changes.tell(CHANGED_EVERY, |changes| {
            if changes.attention || changes.orders {
                self.tray.look_again();
            }
            // Nobody looks: all of it is told when the window comes forward.
            if window::is_open(&self.handle) {
                let _ = self.handle.emit("changed", shown(changes));
            }
        });
        let doing = self.doings.tell(DOING_EVERY, |doings| {
            for doing in doings.values() {
                let _ = self.handle.emit("doing", doing);
            }
        });
        tokio::join!(changed, doing);
    }

    /// Tells the page how things stand.
    pub(crate) async fn tell_shell(&self) {
        let shell = self.shell().await;
        self.tray.look_again();
        let _ = self.handle.emit("shell", shell);
    }
}

/// Makes something of what a workspace holds.
pub(crate) async fn look_at<T: Send + 'static>(
    workspace: Arc<Workspace>,
    look: impl FnOnce(&Workspace, &Views<'_>) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    tauri::async_runtime::spawn_blocking(move || {
        let (settings, now) = (workspace.settings(), workspace.now());
        workspace
            .look(|reading| look(&workspace, &Views::new(reading, &settings, now)))
            .map_err(UiError::from)
            .flatten()
    })
    .await
    .map_err(|fault| unexpected(&fault))?
}

fn shown(changes: Changes) -> Changed {
    Changed {
        orders: changes.orders,
        activity: changes.activity,
        settings: changes.settings,
        attention: changes.attention,
        calls: changes.calls,
        stock: changes.stock,
    }
}
