//! The engine: one store, two vendors, one clock, the settings in force. Everything a
//! screen or a command asks for goes through here.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use cin7::{Cin7, LocationRef};
use secrecy::SecretString;
use store::{Reading, Store, StoreFault};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use vendor::pacer::{CallLedger, Pacer};
use vendor::{Clock, Lane, Wire};

use crate::decide::Decider;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};
use crate::knowledge::Knowledge;
use crate::location;
use crate::settings::{SettingFault, Settings};
use crate::views::Views;

/// The vendors' credentials, in memory only.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// Cin7's account id.
    pub cin7_account: Option<SecretString>,
    /// Cin7's application key.
    pub cin7_key: Option<SecretString>,
    /// Whistl's API key.
    pub whistl_key: Option<SecretString>,
}

/// What an engine is made of.
pub struct Parts {
    /// The open store, which this copy alone may write.
    pub store: Store,
    /// Credentials.
    pub secrets: Secrets,
    /// The network, or the sandbox in the same process.
    pub wire: Arc<dyn Wire>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Who is at the keyboard, for decisions made by hand.
    pub user: String,
    /// Cancelled when everything should stop.
    pub stop: CancellationToken,
}

/// See the module's head.
pub struct Engine {
    store: Mutex<Store>,
    settings: Mutex<(i64, Arc<Settings>)>,
    pub(crate) clock: Arc<dyn Clock>,
    /// The clock that vendors count calls by.
    pub(crate) meter: Arc<dyn Clock>,
    wire: Arc<dyn Wire>,
    /// Behind a lock of their own: they can be changed while runs go on.
    secrets: Mutex<Secrets>,
    pub(crate) user: String,
    pub(crate) stop: CancellationToken,
    pub(crate) cin7_pacer: Arc<Pacer>,
    pub(crate) whistl_pacer: Arc<Pacer>,
    /// The sole right to write to Whistl; taken by the one delivery that runs.
    pub(crate) delivering: tokio::sync::Mutex<()>,
    /// The right to read the sales that want it; taken by the one run that is at it.
    pub(crate) reading: tokio::sync::Mutex<()>,
    /// The sole right to write to Cin7; taken by the one confirmation that runs.
    pub(crate) confirming: tokio::sync::Mutex<()>,
    /// The sole right to post stock to Cin7; taken by the one run that is at it.
    pub(crate) adjusting: tokio::sync::Mutex<()>,
    /// The right to compare the stock of both sides; taken by the one run that is at it.
    pub(crate) comparing: tokio::sync::Mutex<()>,
    /// The right to read back what was posted; taken by the one run that is at it.
    pub(crate) reading_back: tokio::sync::Mutex<()>,
    /// Rung when there is something to deliver.
    pub(crate) outbox_bell: Notify,
    /// Rung when a person wants a look now.
    pub(crate) look_bell: Notify,
    /// Rung when a person did something after which orders may go at once.
    pub(crate) hand_bell: Notify,
    /// Map entries made by hand, whose orders are to be judged again at once.
    pub(crate) mapped: Mutex<VecDeque<(store::MapKind, String)>>,
    /// Rung when there are such entries.
    pub(crate) mapped_bell: Notify,
    /// Outcomes of the last submissions, refused or not, for the safety stop.
    pub(crate) recent: Mutex<VecDeque<bool>>,
    /// Products, items or services changed: held orders are to be judged again.
    pub(crate) lists_moved: AtomicBool,
    /// What needs someone, and who was told.
    pub(crate) attention: crate::attention::Attention,
    counter: AtomicU64,
}

/// Calls are noted on disk before they leave, so that the limit holds across restarts.
struct Ledger {
    engine: std::sync::Weak<Engine>,
    vendor: &'static str,
}

impl CallLedger for Ledger {
    fn begun(&self, lane: Lane, at: DateTime<Utc>) {
        let Some(engine) = self.engine.upgrade() else {
            return;
        };
        // What is on disk is told in one time only.
        let at = match engine.clock.meter() {
            Some(_) => engine.now(),
            None => at,
        };
        if let Err(fault) = engine.store().note_call(self.vendor, lane.word(), at) {
            tracing::warn!(vendor = self.vendor, %fault, "a call could not be noted on disk");
        }
    }
}

impl Engine {
    /// Assembles an engine: reads the settings, settles what a crash left open, and takes
    /// over the calls of the last minute so that no limit is passed by restarting.
    pub fn assemble(parts: Parts) -> Result<Arc<Self>, EngineFault> {
        let mut store = parts.store;
        let now = parts.clock.now();
        let (version, document) = store.reading().settings()?;
        let settings = read_settings(&document)?;
        store.write_out_codes()?;
        let cut_off = store.recover(now, 0)?;
        if !cut_off.is_empty() {
            tracing::info!(
                orders = cut_off.len(),
                "sendings cut off earlier are looked up first"
            );
        }
        let half_told = store.recover_despatches(now)?;
        if half_told > 0 {
            tracing::info!(
                despatches = half_told,
                "confirmations cut off earlier are looked up first"
            );
        }
        let half_posted = store.recover_documents(now)?;
        if half_posted > 0 {
            tracing::info!(
                documents = half_posted,
                "stock documents cut off earlier are looked up first"
            );
        }
        let minute_ago = now - chrono::Duration::seconds(61);
        let cin7_calls = store.reading().recent_calls(CIN7, minute_ago)?;
        let whistl_calls = store.reading().recent_calls(WHISTL, minute_ago)?;
        let meter = parts.clock.meter().unwrap_or_else(|| parts.clock.clone());
        let engine = Arc::new_cyclic(|weak: &std::sync::Weak<Self>| {
            let ledger = |vendor| {
                Arc::new(Ledger {
                    engine: weak.clone(),
                    vendor,
                })
            };
            let per_minute = |key: &str| u32::try_from(settings.whole(key)).unwrap_or(55);
            let cin7_pacer =
                Pacer::new(per_minute("limits.cin7_calls_per_minute"), 1, meter.clone())
                    .with_ledger(ledger(CIN7));
            let whistl_pacer = Pacer::new(
                per_minute("limits.whistl_calls_per_minute"),
                4,
                meter.clone(),
            )
            .with_burst(18, std::time::Duration::from_secs(9))
            .with_ledger(ledger(WHISTL));
            Self {
                store: Mutex::new(store),
                settings: Mutex::new((version, Arc::new(settings))),
                clock: parts.clock,
                meter,
                wire: parts.wire,
                secrets: Mutex::new(parts.secrets),
                user: parts.user,
                stop: parts.stop,
                cin7_pacer: Arc::new(cin7_pacer),
                whistl_pacer: Arc::new(whistl_pacer),
                delivering: tokio::sync::Mutex::new(()),
                reading: tokio::sync::Mutex::new(()),
                confirming: tokio::sync::Mutex::new(()),
                adjusting: tokio::sync::Mutex::new(()),
                comparing: tokio::sync::Mutex::new(()),
                reading_back: tokio::sync::Mutex::new(()),
                outbox_bell: Notify::new(),
                look_bell: Notify::new(),
                hand_bell: Notify::new(),
                mapped: Mutex::new(VecDeque::new()),
                mapped_bell: Notify::new(),
                recent: Mutex::new(VecDeque::new()),
                // What a crash may have kept from being judged again is judged at the start.
                lists_moved: AtomicBool::new(true),
                attention: crate::attention::Attention::default(),
                counter: AtomicU64::new(0),
            }
        });
        engine.cin7_pacer.restore(cin7_calls);
        engine.whistl_pacer.restore(whistl_calls);
        Ok(engine)
    }

    /// The store. Never held across an await.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that no other call got from this engine.
    pub(crate) fn next_number(&self) -> u64 {
        self.counter.fetch_add(1, Ordering::Relaxed)
    }

    /// Reads through the open store; for views of the copy that also writes.
    pub fn read<T>(&self, read: impl FnOnce(&Reading) -> T) -> T {
        read(self.store().reading())
    }

    /// Whether anything needs someone now: an order, or what Today has an alert for.
    pub fn needs_someone(&self) -> Result<bool, EngineFault> {
        let (settings, now) = (self.settings(), self.now());
        let status = self.read(|reading| Views::new(reading, &settings, now).status())?;
        Ok(status.needs_you > 0 || !status.alerts.is_empty())
    }

    /// How much of Cin7's limit is used at this moment, by the clock Cin7 counts by.
    pub fn cin7_usage(&self) -> vendor::Usage {
        self.cin7_pacer.usage(self.meter.now())
    }

    /// One line on how far the work is, for a progress display.
    pub fn progress(&self) -> String {
        let tallies = self
            .store()
            .reading()
            .tallies_by_state()
            .unwrap_or_default();
        let of = |word: &str| {
            tallies
                .iter()
                .find(|t| t.word == word)
                .map_or(0, |t| t.count)
        };
        let usage = self.cin7_usage();
        format!(
            "waiting {} · held {} · rejected {} · at the warehouse {} · Cin7 calls {} of {} this minute",
            of("waiting"),
            of("held"),
            of("rejected"),
            of("at_warehouse"),
            usage.used,
            usage.limit
        )
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The settings in force.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .1
            .clone()
    }

    /// The version of the settings in force.
    pub(crate) fn settings_version(&self) -> i64 {
        self.settings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }

    /// The name put to decisions made by hand.
    pub(crate) fn who(&self) -> String {
        let named = self.settings().text("merchant.user");
        if named.is_empty() {
            self.user.clone()
        } else {
            named
        }
    }

    /// Takes new settings: all of them, or none.
    pub fn change_settings(&self, after: Settings) -> Result<(), EngineFault> {
        let version = store_settings(&mut self.store(), &after, &self.who(), self.now())?;
        let per_minute = |key: &str| u32::try_from(after.whole(key)).unwrap_or(55);
        self.cin7_pacer
            .set_limit(per_minute("limits.cin7_calls_per_minute"));
        self.whistl_pacer
            .set_limit(per_minute("limits.whistl_calls_per_minute"));
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = (version, Arc::new(after));
        self.hand_bell.notify_one();
        Ok(())
    }

    /// The Cin7 location that Whistl ships from: its id and its name.
    pub(crate) fn location(&self) -> Result<(String, String), EngineFault> {
        Ok(location::find(self.store().reading(), &self.settings())??)
    }

    /// A client for Cin7 and the warehouse's location in it; `None`, with the reason in the run's
    /// report, where either is not set up.
    pub(crate) fn cin7_here(
        &self,
        run: &crate::runs::Run,
    ) -> Result<Option<(Cin7, LocationRef)>, EngineFault> {
        let made = self.cin7().and_then(|cin7| Ok((cin7, self.location()?)));
        match made {
            Ok((cin7, (id, name))) => Ok(Some((cin7, LocationRef { id, name }))),
            Err(fault @ EngineFault::Store(_)) => Err(fault),
            Err(other) => {
                run.cut_short(other.to_string());
                Ok(None)
            }
        }
    }

    /// All that decisions depend on, as it is now.
    pub(crate) fn decider(&self) -> Result<Decider, EngineFault> {
        let location = self.location()?;
        let settings = self.settings();
        let rules = settings.rules();
        let known = Knowledge::load(self.store().reading(), &rules.sku)?;
        Ok(Decider {
            settings_version: self.settings_version(),
            trigger: settings.trigger(location),
            calendar: settings.calendar(),
            profile: self.profile(),
            known,
            rules,
            settings,
        })
    }

    /// The credentials in use.
    pub fn secrets(&self) -> Secrets {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Uses these credentials from the next call on.
    pub fn use_secrets(&self, secrets: Secrets) {
        *self.secrets.lock().unwrap_or_else(PoisonError::into_inner) = secrets;
    }

    /// A client for Cin7 Core under the settings in force.
    pub(crate) fn cin7(&self) -> Result<Cin7, EngineFault> {
        self.cin7_with(&self.settings(), &self.secrets())
    }

    /// A client for Cin7 Core under these settings, with these credentials.
    pub(crate) fn cin7_with(
        &self,
        settings: &Settings,
        secrets: &Secrets,
    ) -> Result<Cin7, EngineFault> {
        let account_id = Self::secret(secrets.cin7_account.as_ref(), "cin7", "account id")?;
        let key = Self::secret(secrets.cin7_key.as_ref(), "cin7", "application key")?;
        Ok(Cin7::open(
            cin7::Settings::at(base(settings, "cin7.base_url")?),
            cin7::Credentials { account_id, key },
            self.wire.clone(),
            self.cin7_pacer.clone(),
            self.clock.clone(),
        ))
    }

    /// Both halves of the client for Whistl under the settings in force.
    pub(crate) fn whistl(&self) -> Result<(whistl::Reader, whistl::Writer), EngineFault> {
        self.whistl_with(&self.settings(), &self.secrets())
    }

    /// Both halves of the client for Whistl under these settings, with these credentials.
    pub(crate) fn whistl_with(
        &self,
        settings: &Settings,
        secrets: &Secrets,
    ) -> Result<(whistl::Reader, whistl::Writer), EngineFault> {
        if settings.text("whistl.transport") != "api" {
            return Err(SettingFault::new(
                "whistl.transport",
                "whistl.transport is sftp, which this version does not speak yet: set it to api.",
            )
            .into());
        }
        let key = Self::secret(secrets.whistl_key.as_ref(), "whistl", "key")?;
        Ok(whistl::open(
            profile(settings),
            base(settings, "whistl.base_url")?,
            whistl::Credentials { key },
            self.wire.clone(),
            self.whistl_pacer.clone(),
            self.clock.clone(),
        ))
    }

    /// The account profile under the settings in force.
    pub(crate) fn profile(&self) -> whistl::Profile {
        profile(&self.settings())
    }

    fn secret(
        secret: Option<&SecretString>,
        vendor: &'static str,
        what: &str,
    ) -> Result<SecretString, EngineFault> {
        secret.cloned().ok_or_else(|| {
            EngineFault::wrong(
                "credentials_missing",
                vendor,
                format!("No {what} for {vendor} is stored. Run `connect {vendor}` first."),
            )
        })
    }
}

fn base(settings: &Settings, key: &'static str) -> Result<vendor::Base, EngineFault> {
    let address = settings.text(key);
    if address.is_empty() {
        return Err(SettingFault::new(key, format!("{key} is not set: give the address.")).into());
    }
    vendor::check_base(&address).map_err(|fault| SettingFault::new(key, fault.to_string()).into())
}

/// The account profile under these settings.
pub(crate) fn profile(settings: &Settings) -> whistl::Profile {
    let warehouse = settings.text("whistl.warehouse");
    let rules = settings.rules();
    whistl::Profile {
        client_code: settings.text("whistl.client_code"),
        warehouse: Some(warehouse).filter(|w| !w.is_empty()),
        phone_max: rules.limits.phone_digits,
        limits: rules.limits,
        sku_rule: rules.sku,
        phone_required: settings.text("checks.phone") == "hold",
        submit_idempotent: settings.flag("whistl.submit_idempotent"),
        ..whistl::Profile::default()
    }
}

/// Reads the stored settings.
pub(crate) fn read_settings(document: &str) -> Result<Settings, SettingFault> {
    if document.trim().is_empty() {
        Ok(Settings::default())
    } else {
        Settings::from_document(document)
    }
}

/// Stores new settings and journals each changed key with before and after.
pub fn store_settings(
    store: &mut Store,
    after: &Settings,
    who: &str,
    now: DateTime<Utc>,
) -> Result<i64, StoreFault> {
    let (_, document) = store.reading().settings()?;
    let before = read_settings(&document).unwrap_or_default();
    store.write(|w| {
        for (key, old, new) in before.changes_to(after) {
            let text = format!("{key} changed from {old} to {new}");
            w.journal(&crate::journal::notice(
                now, "setting", "settings", key, who, &text,
            ))?;
        }
        w.put_settings(&after.stored(), who, now)
    })
}
