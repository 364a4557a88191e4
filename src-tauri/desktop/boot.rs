//! Opening the merchant's data after the window is painted, and again when what was in the
//! way may be gone; putting an engine to its schedule, and what follows when it cannot go
//! on. The keychain may wait for a person, so all of it is done where waiting is allowed.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use engine::EngineFault;
use engine::clock::SystemClock;
use home::{HomeFault, Keeper};
use store::StoreFault;
use vendor::{Clock as _, Network};

use crate::app::{App, Merchant};
use crate::keys::Keys;
use crate::notify;
use crate::standing::Standing;
use crate::workspace::{Materials, Workspace};

/// What a second copy is told holds the folder.
const PROGRAM: &str = "the Stockbridge window";

/// Opens the merchant's data and puts the engine to work, or says what is in the way.
/// Nothing happens if it is open.
pub(crate) async fn open(app: &Arc<App>) {
    let _one_at_a_time = app.opening.lock().await;
    if matches!(&*app.merchant(), Merchant::Open(_)) {
        return;
    }
    let (ear, user) = (app.ear(), app.user.clone());
    let opened = tauri::async_runtime::spawn_blocking(move || merchant(user, ear)).await;
    match opened {
        Ok(Ok(workspace)) => {
            let workspace = Arc::new(workspace);
            *app.merchant() = Merchant::Open(Arc::clone(&workspace));
            app.everything_changed();
            if begun(app, &workspace) {
                work(app, &workspace);
            }
            app.tell_shell().await;
        }
        Ok(Err(standing)) => shut(app, standing).await,
        Err(fault) => {
            tracing::error!(%fault, "opening the data ended unexpectedly");
            shut(app, Standing::stopped()).await;
        }
    }
}

/// Whether the schedule may go by itself: not before a person had the first look begun.
fn begun(app: &App, workspace: &Workspace) -> bool {
    let looked = || {
        workspace
            .look(|reading| reading.last_run("orders"))
            .flatten()
            .is_ok_and(|run| run.is_some())
    };
    app.preferences.get().set_up || workspace.settings().is_live() || looked()
}

/// The merchant's data is not open.
async fn shut(app: &Arc<App>, standing: Standing) {
    *app.merchant() = Merchant::Shut(standing);
    app.shut_bell.notify_one();
    app.tell_shell().await;
}

/// Tries again where what is in the way may pass by itself, for as long as the program
/// runs.
pub(crate) async fn try_again(app: &Arc<App>) {
    loop {
        app.shut_bell.notified().await;
        let wait = match &*app.merchant() {
            Merchant::Shut(standing) => standing.tries_again_after(),
            Merchant::Open(_) => None,
        };
        if let Some(wait) = wait {
            tokio::time::sleep(wait).await;
            open(app).await;
        }
    }
}

/// The merchant's workspace. Blocks, and may wait for a person to unlock the keychain.
fn merchant(
    user: String,
    told: impl Fn(store::Changes) + Send + 'static,
) -> Result<Workspace, Standing> {
    let in_the_way = |fault: HomeFault| {
        tracing::warn!(%fault, "the data is not open");
        Standing::of(&fault)
    };
    let folder = home::data_folder(None).map_err(in_the_way)?;
    let keeper = Keeper::keychain();
    let store =
        home::writing_store(&folder, keeper, SystemClock.now(), PROGRAM).map_err(in_the_way)?;
    let key = keeper
        .store_key()
        .and_then(|key| key.ok_or(HomeFault::KeyNotGiven))
        .map_err(in_the_way)?;
    let keys = Keys::kept(keeper).map_err(in_the_way)?;
    let wire = Network::new().map_err(|fault| {
        tracing::error!(%fault, "this computer can make no connection");
        Standing::stopped()
    })?;
    let materials = Materials {
        folder: &folder,
        store,
        key,
        keys,
        wire: Arc::new(wire),
        clock: Arc::new(SystemClock),
        user,
    };
    Workspace::assemble(materials, told).map_err(|fault| ended(&Err(fault)))
}

/// Puts a workspace to its schedule and its notices on the screen, once. Goes on until it
/// is told to stop, or can go on no longer.
pub(crate) fn work(app: &Arc<App>, workspace: &Arc<Workspace>) {
    if workspace.at_work.swap(true, Ordering::SeqCst) {
        return;
    }
    // Listening begins before the first look, so that no notice falls in between.
    let notices = workspace.engine.notices();
    tauri::async_runtime::spawn(notify::show_all(
        Arc::clone(app),
        Arc::clone(workspace),
        notices,
    ));
    let (app, workspace) = (Arc::clone(app), Arc::clone(workspace));
    tauri::async_runtime::spawn(async move {
        let engine = Arc::clone(&workspace.engine);
        // Large, and it lives as long as the program: off the thread's stack.
        let came_to = Box::pin(engine.watch(&|_| ())).await;
        workspace.ended.cancel();
        if workspace.stop.is_cancelled() {
            return;
        }
        let standing = ended(&came_to);
        let merchants = match &*app.merchant() {
            Merchant::Open(open) => Arc::ptr_eq(open, &workspace),
            Merchant::Shut(_) => false,
        };
        if merchants {
            shut(&app, standing).await;
        } else {
            *workspace
                .failed
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(standing);
            app.tell_shell().await;
        }
    });
}

/// Why a schedule ended that nobody stopped.
fn ended(came_to: &Result<(), EngineFault>) -> Standing {
    tracing::error!(?came_to, "the engine has stopped");
    match came_to {
        Err(EngineFault::Store(
            fault @ (StoreFault::Full
            | StoreFault::Damaged { .. }
            | StoreFault::Io { .. }
            | StoreFault::Busy { .. }
            | StoreFault::KeyWrong
            | StoreFault::KeyMissing { .. }),
        )) => Standing::of_store(fault),
        _ => Standing::stopped(),
    }
}
