//! One set of data at work: the engine that alone writes it, connections of their own for
//! the screens so that looking never waits for a run, and the credentials in use. The
//! merchant's and the practice one are made alike.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use engine::{Engine, EngineFault, Parts, Settings};
use screens::adjustments::Adjustments;
use screens::confirmations::Confirmations;
use screens::doing::Doings;
use screens::drift::Drift;
use screens::lists::Lists;
use store::{Changes, Reading, Store, StoreFault, StoreKey};
use tokio_util::sync::CancellationToken;
use vendor::{Clock, Wire};

use crate::keys::Keys;
use crate::standing::Standing;

/// Connections kept ready for screens; more are opened when more are asked for at once.
const SPARE: usize = 3;

/// What a workspace is made of.
pub(crate) struct Materials<'a> {
    /// Its folder.
    pub(crate) folder: &'a Path,
    /// The store, open for writing.
    pub(crate) store: Store,
    /// The store's key.
    pub(crate) key: StoreKey,
    /// The vendors' credentials and where they are kept.
    pub(crate) keys: Keys,
    /// The network.
    pub(crate) wire: Arc<dyn Wire>,
    /// The clock.
    pub(crate) clock: Arc<dyn Clock>,
    /// Who is at the keyboard.
    pub(crate) user: String,
}

/// See the module's head.
pub(crate) struct Workspace {
    pub(crate) engine: Arc<Engine>,
    pub(crate) keys: Keys,
    pub(crate) clock: Arc<dyn Clock>,
    /// Cancelled when this workspace should stop.
    pub(crate) stop: CancellationToken,
    /// The lists that are open in the window.
    pub(crate) lists: Lists,
    /// The lists of confirmations that are open in the window.
    pub(crate) confirmations: Confirmations,
    /// The lists of stock drift that are open in the window.
    pub(crate) drift: Drift,
    /// The lists of stock adjustments that are open in the window.
    pub(crate) adjustments: Adjustments,
    /// The actions begun in the window.
    pub(crate) doings: Doings,
    /// Whether the schedule was put to work.
    pub(crate) at_work: AtomicBool,
    /// Cancelled when the schedule has come to its end.
    pub(crate) ended: CancellationToken,
    /// Why it came to its end, when nobody stopped it.
    pub(crate) failed: Mutex<Option<Standing>>,
    folder: PathBuf,
    key: StoreKey,
    spare: Mutex<Vec<Reading>>,
}

impl Workspace {
    /// Puts the engine to the store. `told` hears of every commit. Blocks.
    pub(crate) fn assemble(
        made_of: Materials<'_>,
        told: impl Fn(Changes) + Send + 'static,
    ) -> Result<Self, EngineFault> {
        let mut store = made_of.store;
        store.tell(told);
        let stop = CancellationToken::new();
        let parts = Parts {
            store,
            secrets: made_of.keys.secrets(),
            wire: made_of.wire,
            clock: Arc::clone(&made_of.clock),
            user: made_of.user,
            stop: stop.clone(),
        };
        Ok(Self {
            engine: Engine::assemble(parts)?,
            keys: made_of.keys,
            clock: made_of.clock,
            stop,
            lists: Lists::default(),
            confirmations: Confirmations::default(),
            drift: Drift::default(),
            adjustments: Adjustments::default(),
            doings: Doings::default(),
            at_work: AtomicBool::new(false),
            ended: CancellationToken::new(),
            failed: Mutex::new(None),
            folder: made_of.folder.to_owned(),
            key: made_of.key,
            spare: Mutex::new(Vec::new()),
        })
    }

    /// Now, by this workspace's clock.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The settings in force.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        self.engine.settings()
    }

    /// Stops the schedule, and waits until the step in hand is on disk.
    pub(crate) async fn halt(&self) {
        self.stop.cancel();
        if self.at_work.load(Ordering::SeqCst) {
            self.ended.cancelled().await;
        }
    }

    /// Why the schedule came to its end, when nobody stopped it.
    pub(crate) fn failed(&self) -> Option<Standing> {
        self.failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Looks at the store on a connection of the screens' own. Blocks.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Reading) -> T) -> Result<T, StoreFault> {
        let spare = self
            .spare
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let reading = match spare {
            Some(reading) => reading,
            None => Reading::open(&self.folder, Some(self.key.clone()))?,
        };
        let seen = look(&reading);
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE {
            spare.push(reading);
        }
        Ok(seen)
    }
}
