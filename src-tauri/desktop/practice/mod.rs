//! Practice: both vendors simulated inside the program, on loopback, with a database of
//! their own that is wiped at each start and keys that are never written down. Everything
//! else is the real thing: the same engine, the same screens.

mod clock;
mod faults;
mod play;
mod trade;
mod wire;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use chrono_tz::Europe::London;
use engine::clock::SystemClock;
use engine::{EngineFault, Secrets, Settings};
use sandbox::{Options, Ready, Steering};
use screens::shapes::PracticeFault;
use secrecy::SecretString;
use serde_json::{Value, json};
use store::{Changes, MapKind, Store, StoreKey};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use vendor::{Clock as _, Network};

use self::clock::PracticeClock;
use self::faults::Faults;
use self::wire::ThisComputer;
use crate::keys::Keys;
use crate::workspace::{Materials, Workspace};

pub(crate) use self::play::play;

/// The folder within the data folder.
const FOLDER: &str = "practice";
/// What its lock file says.
const PROGRAM: &str = "practice mode";
/// The speeds on offer, in world seconds for each real one.
const SPEEDS: [u32; 4] = [0, 1, 10, 60];
/// The speed at the start: a trading day passes in an hour.
const FIRST_SPEED: u32 = 10;
/// How long before the start the day's first customers bought.
const EARLIER: TimeDelta = TimeDelta::minutes(50);
/// Sales that wait when practice begins, of each so many seconds before it, and four with
/// the faults everybody meets first.
const WAITING: u32 = 26;
/// The same world at each start, so that what was practised can be practised again.
const SEED: u64 = 11;
/// The setting that says how often sales are looked for.
const LOOKS: &str = "schedule.orders";
/// What the office did about shipping methods; two are left for whoever practises.
const MAPPED: [(&str, &str); 3] = [
    ("Royal Mail Tracked 48", "WHI_STD"),
    ("Royal Mail Tracked 24", "WHI_T24"),
    ("DPD Next Day", "WHI_EXP"),
];

/// A practice world at work.
pub(crate) struct Practice {
    pub(crate) workspace: Arc<Workspace>,
    clock: Arc<PracticeClock>,
    steering: Steering,
    faults: Mutex<Faults>,
    /// Sales that the office has put right already.
    mended: Mutex<Vec<String>>,
    /// Stops the vendors and the trade.
    stop: CancellationToken,
    folder: PathBuf,
}

/// Why practice does not start, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NoPractice(String);

impl NoPractice {
    fn because(what: &str, fault: impl std::fmt::Display) -> Self {
        Self(format!("Practice mode did not start: {what} ({fault})."))
    }
}

impl Practice {
    /// Starts the vendors, wipes what the last practice left, and opens a workspace on
    /// them, sending at once. `told` hears of every commit.
    pub(crate) async fn start(
        data: &Path,
        user: String,
        told: impl Fn(Changes) + Send + 'static,
    ) -> Result<Arc<Self>, NoPractice> {
        let stop = CancellationToken::new();
        let start = first_morning(SystemClock.now());
        let ready = serve(start - EARLIER, stop.clone()).await?;
        morning(&ready.steering)
            .map_err(|fault| NoPractice::because("no customers came", fault))?;
        let folder = data.join(FOLDER);
        let clock = Arc::new(PracticeClock::new(start, FIRST_SPEED));
        let (at, on) = (folder.clone(), Arc::clone(&clock));
        let announced = ready.announcement.clone();
        let opened =
            tauri::async_runtime::spawn_blocking(move || open(&at, &on, &announced, user, told))
                .await;
        let workspace = match opened {
            Ok(Ok(workspace)) => Arc::new(workspace),
            Ok(Err(fault)) => {
                stop.cancel();
                return Err(fault);
            }
            Err(fault) => {
                stop.cancel();
                return Err(NoPractice::because("its files were not opened", fault));
            }
        };
        let practice = Arc::new(Self {
            workspace,
            clock,
            steering: ready.steering,
            faults: Mutex::default(),
            mended: Mutex::default(),
            stop,
            folder,
        });
        practice.follow();
        Ok(practice)
    }

    /// Lets the day go by: customers buy, and our clock keeps to the vendors'.
    pub(crate) async fn day(&self) {
        tokio::select! {
            () = trade::day(self) => {}
            () = self.stop.cancelled() => {}
        }
    }

    /// World seconds in a real one.
    pub(crate) fn speed(&self) -> u32 {
        self.clock.speed()
    }

    /// The world's time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Goes on at another speed; false if it is not one of those on offer.
    pub(crate) fn set_speed(&self, speed: u32) -> bool {
        if !SPEEDS.contains(&speed) {
            return false;
        }
        if let Err(fault) = self
            .steering
            .steer("POST", "pace", &json!({ "speed": speed }))
        {
            tracing::error!(%fault, "the practice world keeps its speed");
        }
        self.follow();
        true
    }

    /// Looks for sales no more often than Cin7's limit, which counts real seconds, allows
    /// for at this speed. Blocks.
    pub(crate) fn keep_schedule(&self) -> Result<(), EngineFault> {
        let every = looks_every(self.speed()).to_string();
        let engine = &self.workspace.engine;
        let mut settings = Settings::clone(&engine.settings());
        if settings.whole(LOOKS).to_string() != every {
            settings.set_text(LOOKS, &every)?;
            engine.change_settings(settings)?;
        }
        Ok(())
    }

    /// What can be made to go wrong.
    pub(crate) fn faults(&self) -> Vec<PracticeFault> {
        self.thrown().shown()
    }

    /// Makes something go wrong, or right again; false if there is no such fault.
    pub(crate) fn set_fault(&self, name: &str, on: bool) -> bool {
        match self.thrown().set(&self.steering, name, on) {
            Ok(known) => known,
            Err(fault) => {
                tracing::error!(name, %fault, "the sandbox refuses a switch");
                false
            }
        }
    }

    /// Stops the vendors. The workspace is stopped by whoever runs it.
    pub(crate) fn end(&self) {
        self.stop.cancel();
        self.workspace.stop.cancel();
    }

    /// Removes what it kept on disk: nobody can read it any more. Blocks.
    pub(crate) fn wipe(&self) {
        if let Err(fault) = wiped(&self.folder) {
            tracing::warn!(%fault, "the practice folder is left for the next start");
        }
    }

    /// Shows what the vendors' clock shows, whoever moved it.
    fn follow(&self) {
        let Ok(told) = self.steering.steer("GET", "pace", &Value::Null) else {
            return;
        };
        let world = told["clock"].as_str().and_then(|text| text.parse().ok());
        let speed = told["speed"]
            .as_f64()
            .and_then(|speed| format!("{speed:.0}").parse().ok());
        if let (Some(world), Some(speed)) = (world, speed) {
            let apart: TimeDelta = world - self.clock.now();
            if speed != self.clock.speed() || apart.num_milliseconds().abs() > 500 {
                self.clock.follow(world, speed);
            }
        }
    }

    fn thrown(&self) -> MutexGuard<'_, Faults> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// World seconds between two looks for sales: 30 as everywhere, and never less than three
/// real ones.
fn looks_every(speed: u32) -> u32 {
    (3 * speed).max(30)
}

/// Half past nine on the last working day: the morning's orders are there, the cut-off is
/// to come.
fn first_morning(now: DateTime<Utc>) -> DateTime<Utc> {
    let mut day = now.with_timezone(&London).date_naive();
    while day.weekday().number_from_monday() > 5 {
        day -= TimeDelta::days(1);
    }
    day.and_hms_opt(9, 30, 0)
        .and_then(|at| at.and_local_timezone(London).earliest())
        .map_or(now, |at| at.with_timezone(&Utc))
}

/// Lets the first customers buy, until the world's clock is where practice begins.
fn morning(steering: &Steering) -> Result<(), String> {
    // The clock stands still meanwhile, so that it is the same morning each time.
    steering.steer("POST", "pace", &json!({ "speed": 0 }))?;
    let step = EARLIER.num_seconds() / i64::from(WAITING);
    for nth in 0..WAITING {
        let (orders, faults) = if nth == WAITING / 2 {
            (4, "all")
        } else {
            (1, "some")
        };
        let buy = json!({ "orders": orders, "faults": faults });
        steering.steer("POST", "trade", &buy)?;
        steering.steer("POST", "clock", &json!({ "advance_seconds": step }))?;
    }
    let pace = json!({ "speed": FIRST_SPEED });
    steering.steer("POST", "pace", &pace).map(|_| ())
}

/// Both vendors on loopback, until told to stop.
async fn serve(start: DateTime<Utc>, stop: CancellationToken) -> Result<Ready, NoPractice> {
    let options = Options {
        orders: 0,
        seed: SEED,
        pace: sandbox::clock::Pace::Times(f64::from(FIRST_SPEED)),
        ..Options::at(start)
    };
    let (tell, told) = oneshot::channel();
    let serving = tauri::async_runtime::spawn(async move {
        let ready = move |ready| drop(tell.send(ready));
        sandbox::serve(options, start, ready, stop.cancelled_owned()).await
    });
    match told.await {
        Ok(ready) => Ok(ready),
        // It ended before it was ready: it says why.
        Err(_) => Err(match serving.await {
            Ok(Err(fault)) => NoPractice::because("the simulated vendors have no place", fault),
            Ok(Ok(())) => NoPractice::because("the simulated vendors ended", "at once"),
            Err(fault) => NoPractice::because("the simulated vendors ended", fault),
        }),
    }
}

/// The workspace over a fresh database. Blocks.
fn open(
    folder: &Path,
    clock: &Arc<PracticeClock>,
    announced: &Value,
    user: String,
    told: impl Fn(Changes) + Send + 'static,
) -> Result<Workspace, NoPractice> {
    wiped(folder).map_err(|fault| NoPractice::because("its folder cannot be cleared", fault))?;
    let key = StoreKey::generate();
    let now = clock.now();
    let files = |fault| NoPractice::because("its files cannot be made", fault);
    let mut store = home::open_store(folder, Some(key.clone()), now, PROGRAM).map_err(files)?;
    set_up(&mut store, announced, &user, now)?;
    let network = Network::new()
        .map_err(|fault| NoPractice::because("this computer has no network", fault))?;
    let said = |vendor: &str, name: &str| {
        let text = announced[vendor][name].as_str();
        text.map(|text| SecretString::from(text.to_owned()))
    };
    let materials = Materials {
        folder,
        store,
        key,
        keys: Keys::in_memory(Secrets {
            cin7_account: said("cin7", "account_id"),
            cin7_key: said("cin7", "key"),
            whistl_key: said("whistl", "key"),
        }),
        wire: Arc::new(ThisComputer::of(network)),
        clock: Arc::clone(clock) as Arc<dyn vendor::Clock>,
        user,
    };
    Workspace::assemble(materials, told)
        .map_err(|fault| NoPractice::because("the engine did not start", fault))
}

/// Connected, mapped but for two shipping methods, and live: what a merchant has who has
/// finished setting up.
fn set_up(
    store: &mut Store,
    announced: &Value,
    user: &str,
    now: DateTime<Utc>,
) -> Result<(), NoPractice> {
    let mut settings = Settings::default();
    let said = |vendor: &str, name: &str| announced[vendor][name].as_str().unwrap_or_default();
    for (key, value) in [
        ("cin7.base_url", said("cin7", "base_url")),
        ("whistl.base_url", said("whistl", "base_url")),
        ("whistl.client_code", said("whistl", "client_code")),
        ("mode", "live"),
    ] {
        settings
            .set_text(key, value)
            .map_err(|fault| NoPractice::because("its settings were refused", fault))?;
    }
    let files = |fault| NoPractice::because("its settings cannot be kept", fault);
    engine::store_settings(store, &settings, user, now).map_err(files)?;
    store
        .write(|w| {
            for (from, to) in MAPPED {
                w.put_map(MapKind::Service, from, Some(to), user, "practice", now)?;
            }
            Ok(())
        })
        .map_err(files)
}

fn wiped(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}
