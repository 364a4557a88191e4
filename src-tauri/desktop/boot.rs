//! Opening the merchant's data after the window is painted, and again when what was in the
//! way may be gone. The keychain may wait for a person, so all of it is done where waiting
//! is allowed.

use std::path::Path;
use std::sync::Arc;

use engine::EngineFault;
use engine::clock::SystemClock;
use home::{HomeFault, Keeper};
use store::StoreFault;
use vendor::{Clock as _, Network};

use crate::app::App;
use crate::keys::Keys;
use crate::standing::Standing;
use crate::workspace::{Materials, Workspace};

/// What a second copy is told holds the folder.
const PROGRAM: &str = "the Stockbridge window";

/// Opens the merchant's data and puts the engine to work, or says what is in the way.
pub(crate) async fn open(app: &Arc<App>) {
    let (opening, folder, user) = (Arc::clone(app), app.folder.clone(), app.user.clone());
    let opened = tauri::async_runtime::spawn_blocking(move || {
        let changes = Arc::clone(&opening.changes);
        merchant(&folder, user, move |what| changes.note(what))
    })
    .await;
    match opened {
        Ok(Ok(workspace)) => work(app, Arc::new(workspace)),
        Ok(Err(standing)) => app.shut(standing),
        Err(fault) => {
            tracing::error!(%fault, "opening the data ended unexpectedly");
            let damaged = StoreFault::Damaged {
                detail: String::new(),
            };
            app.shut(Standing::of_store(&damaged));
        }
    }
}

/// The merchant's workspace. Blocks, and may wait for a person to unlock the keychain.
fn merchant(
    folder: &Path,
    user: String,
    told: impl Fn(store::Changes) + Send + 'static,
) -> Result<Workspace, Standing> {
    let in_the_way = |fault: HomeFault| {
        tracing::warn!(%fault, "the data is not open");
        Standing::of(&fault)
    };
    let keeper = Keeper::keychain();
    let store =
        home::writing_store(folder, keeper, SystemClock.now(), PROGRAM).map_err(in_the_way)?;
    let key = keeper
        .store_key()
        .and_then(|key| key.ok_or(HomeFault::KeyNotGiven))
        .map_err(in_the_way)?;
    let keys = Keys::kept(keeper).map_err(in_the_way)?;
    let wire = Network::new().map_err(|fault| {
        tracing::error!(%fault, "this computer can make no connection");
        Standing::of_store(&StoreFault::Io {
            what: fault.to_string(),
        })
    })?;
    let materials = Materials {
        folder,
        store,
        key,
        keys,
        wire: Arc::new(wire),
        clock: Arc::new(SystemClock),
        user,
    };
    Workspace::assemble(materials, told).map_err(|fault| {
        tracing::error!(%fault, "the engine did not start");
        match fault {
            EngineFault::Store(fault) => Standing::of_store(&fault),
            EngineFault::Setting(_) | EngineFault::Vendor { .. } | EngineFault::Wrong { .. } => {
                Standing::of_store(&StoreFault::Damaged {
                    detail: String::new(),
                })
            }
        }
    })
}

/// Runs the schedule until it is told to stop or can go on no longer.
fn work(app: &Arc<App>, workspace: Arc<Workspace>) {
    app.opened(Arc::clone(&workspace));
    let app = Arc::clone(app);
    tauri::async_runtime::spawn(async move {
        let engine = Arc::clone(&workspace.engine);
        let ended = engine.watch(&|_| ()).await;
        if workspace.stop.is_cancelled() {
            return;
        }
        let standing = match ended {
            Err(EngineFault::Store(fault)) => {
                tracing::error!(%fault, "the schedule has stopped");
                Standing::of_store(&fault)
            }
            other => {
                tracing::error!(?other, "the schedule has stopped");
                Standing::of_store(&StoreFault::Damaged {
                    detail: String::new(),
                })
            }
        };
        app.shut(standing);
    });
}
