//! Opens the store and assembles the engine, for commands that write; opens a read-only
//! view beside a running copy, for commands that read.

use std::path::PathBuf;
use std::sync::Arc;

use domain::HoldCode;
use engine::clock::SystemClock;
use engine::views::{Views, stored_settings};
use engine::{Engine, Parts, Settings};
use store::{Durability, MapKind, Options, OrderFilter, Reading, Store, StoreFault, StoreKey};
use tokio_util::sync::CancellationToken;
use vendor::{Clock as _, Network};

use crate::args::Cli;
use crate::data;
use crate::exit::Exit;
use crate::output::Output;
use crate::secrets::Keeper;
use crate::show::next::{self, Standing};
use crate::show::sheet::Sheet;

/// What every command starts from.
pub(crate) struct Home {
    pub(crate) folder: PathBuf,
    pub(crate) keeper: Keeper,
}

impl Home {
    pub(crate) fn of(cli: &Cli) -> Result<Self, Exit> {
        Ok(Self {
            folder: data::folder(cli.data.as_ref())?,
            keeper: Keeper::new(cli.secrets),
        })
    }

    /// The store with the right to write, without the engine.
    pub(crate) fn store(&self, key: Option<StoreKey>) -> Result<Store, Exit> {
        let options = Options {
            durability: Durability::Full,
            program: "stockbridge-cli",
            now: SystemClock.now(),
        };
        Ok(Store::open(&self.folder, key, options)?)
    }

    /// The engine, with the right to write.
    pub(crate) fn engine(&self, stop: CancellationToken) -> Result<Arc<Engine>, Exit> {
        let store = self.store(Some(self.writing_key()?))?;
        let parts = Parts {
            store,
            secrets: self.keeper.vendors()?,
            wire: Arc::new(
                Network::new().map_err(|fault| Exit::usage("network", fault.to_string()))?,
            ),
            clock: Arc::new(SystemClock),
            user: user(),
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
        match Reading::open(&self.folder, self.keeper.store_key()?) {
            // Nothing has been stored yet: make the empty store, so that there is
            // something to read.
            Err(StoreFault::Absent { .. }) => {
                let key = self.writing_key()?;
                drop(self.store(Some(key.clone()))?);
                Ok(Reading::open(&self.folder, Some(key))?)
            }
            // Without a key what is not sealed can still be seen.
            other => Ok(other?),
        }
    }

    /// The store's key, made on first use. Never a second one for a store that has its
    /// own: a key made anew would only hide that the old one is gone.
    fn writing_key(&self) -> Result<StoreKey, Exit> {
        if let Some(key) = self.keeper.store_key()? {
            return Ok(key);
        }
        match Reading::open(&self.folder, Some(StoreKey::generate())) {
            Err(StoreFault::KeyWrong) => Err(self.keeper.store_key_gone()),
            _ => self.keeper.first_store_key(),
        }
    }
}

/// The desktop account's name, put to decisions made by hand.
pub(crate) fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "unknown user".into())
}
