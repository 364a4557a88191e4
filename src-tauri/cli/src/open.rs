//! Opens the store and assembles the engine, for commands that write; opens a read-only
//! view beside a running copy, for commands that read.

use std::path::PathBuf;
use std::sync::Arc;

use domain::HoldCode;
use engine::clock::SystemClock;
use engine::views::{Views, stored_settings};
use engine::{Engine, Parts, Settings};
use home::{HomeFault, Keeper};
use store::{MapKind, OrderFilter, Reading, Store, StoreFault};
use tokio_util::sync::CancellationToken;
use vendor::{Clock as _, Network};

use crate::args::{Cli, SecretsFrom};
use crate::exit::Exit;
use crate::output::Output;
use crate::show::next::{self, Standing};
use crate::show::sheet::Sheet;

/// What a second copy is told holds the folder.
const PROGRAM: &str = "stockbridge-cli";

/// What every command starts from.
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    pub(crate) keeper: Keeper,
}

impl Home {
    pub(crate) fn of(cli: &Cli) -> Result<Self, Exit> {
        Ok(Self {
            folder: home::data_folder(cli.data.as_ref())?,
            keeper: match cli.secrets {
                SecretsFrom::Keychain => Keeper::keychain(),
                SecretsFrom::Env => Keeper::environment(),
            },
        })
    }

    /// The store with the right to write what is not sealed, without the engine.
    pub(crate) fn unsealed_store(&self) -> Result<Store, Exit> {
        let now = SystemClock.now();
        Ok(home::open_store(&self.folder, None, now, PROGRAM)?)
    }

    /// The engine, with the right to write.
    pub(crate) fn engine(&self, stop: CancellationToken) -> Result<Arc<Engine>, Exit> {
        let parts = Parts {
            store: self.writing()?,
            secrets: self.keeper.vendors()?,
            wire: Arc::new(
                Network::new().map_err(|fault| Exit::usage("network", fault.to_string()))?,
            ),
            clock: Arc::new(SystemClock),
            user: home::user(),
            stop,
        };
        Ok(Engine::assemble(parts)?)
    }

    /// What text for people is written on: in the merchant's zone, if it can be read.
    pub(crate) fn sheet(&self, output: &Output) -> Sheet {
        let settings = Reading::open(&self.folder, None)
            .ok()
            .and_then(|reading| stored_settings(&reading).ok())
            .unwrap_or_default();
        Sheet::new(*output, settings.zone(), SystemClock.now())
    }

    /// How things stand, for hints of what to do next. Nothing if it cannot be read: a
    /// hint is no reason to fail.
    pub(crate) fn standing(&self) -> Option<Standing> {
        let read = |views: &Views<'_>| {
            let held = views.orders(&OrderFilter {
                hold: Some(HoldCode::ServiceUnmapped),
                limit: 1_000,
                ..OrderFilter::default()
            })?;
            let services = views.reading.services()?;
            Ok(Standing {
                status: views.status()?,
                unmapped: next::unmapped(&held.orders),
                services: services
                    .into_iter()
                    .filter(|service| service.active)
                    .map(|service| service.code)
                    .collect(),
                mapped: views.reading.maps(MapKind::Service)?.len(),
            })
        };
        self.look(read).ok()
    }

    /// Reads without the right to write.
    pub(crate) fn look<T>(
        &self,
        read: impl FnOnce(&Views<'_>) -> Result<T, Exit>,
    ) -> Result<T, Exit> {
        let reading = self.reading()?;
        let settings: Settings = stored_settings(&reading)?;
        read(&Views::new(&reading, &settings, SystemClock.now()))
    }

    pub(crate) fn reading(&self) -> Result<Reading, Exit> {
        match home::reading_store(&self.folder, self.keeper) {
            // Nothing has been stored yet: make the empty store, so that there is
            // something to read.
            Err(HomeFault::Store(StoreFault::Absent { .. })) => {
                drop(self.writing()?);
                Ok(home::reading_store(&self.folder, self.keeper)?)
            }
            other => Ok(other?),
        }
    }

    fn writing(&self) -> Result<Store, HomeFault> {
        home::writing_store(&self.folder, self.keeper, SystemClock.now(), PROGRAM)
    }
}
