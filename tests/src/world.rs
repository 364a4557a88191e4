//! A small world: both vendors, a store in a folder of its own, the engine, one clock.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use engine::actions::{ActionReport, Which};
use engine::attention::Notice;
use engine::runs::{Job, RunReport};
use engine::views::{OrderDetail, OrderView, StatusView, Views};
use engine::{Engine, EngineFault, Parts, Secrets, Settings};
use sandbox::Sandbox;
use sandbox::http::Ask;
use sandbox::options::{Options, Profile};
use secrecy::SecretString;
use serde_json::{Value, json};
use store::{Durability, MapKind, OrderFilter, Store, StoreKey};
use tokio_util::sync::CancellationToken;
use vendor::Clock as _;

use crate::clock::SimClock;
use crate::wire::{CIN7, Death, SandboxWire, WHISTL};

/// The key that seals the stores of all tests.
pub const STORE_KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A Tuesday morning in London.
pub fn tuesday_morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_507_200, 0).unwrap_or_default()
}

/// See the module's head. Must be made inside a runtime whose time is paused.
pub struct World {
    /// Both vendors.
    pub sandbox: Arc<Mutex<Sandbox>>,
    /// The wire between.
    pub wire: Arc<SandboxWire>,
    /// The clock.
    pub clock: SimClock,
    folder: tempfile::TempDir,
    engine: Option<Arc<Engine>>,
    stop: CancellationToken,
}

impl World {
    /// A world without orders, live, connected, with its usual shipping methods mapped.
    pub fn new() -> Self {
        Self::of(Options {
            orders: 0,
            profile: Profile::Clean,
            ..Options::at(tuesday_morning())
        })
    }

    /// A world as generated.
    pub fn of(options: Options) -> Self {
        let mut world = Self::bare(options);
        world.set(&[("mode", "live"), ("cin7.location", "Whistl Fulfilment")]);
        for (method, service) in [
            ("Royal Mail Tracked 48", "WHI_STD"),
            ("Royal Mail Tracked 24", "WHI_STD"),
            ("DPD Next Day", "WHI_EXP"),
            ("International Tracked", "WHI_INT"),
        ] {
            world.map(MapKind::Service, method, service);
        }
        world
    }

    /// A world in which nothing has been set but the addresses.
    pub fn bare(options: Options) -> Self {
        let clock = SimClock::starting(options.start);
        let options = Options {
            pace: sandbox::clock::Pace::Manual,
            ..options
        };
        let sandbox = Arc::new(Mutex::new(Sandbox::new(&options).expect("a sandbox")));
        let wire = Arc::new(SandboxWire::new(sandbox.clone(), clock, 60));
        let folder = tempfile::tempdir().expect("a folder");
        let mut world = Self {
            sandbox,
            wire,
            clock,
            folder,
            engine: None,
            stop: CancellationToken::new(),
        };
        world.set(&[("cin7.base_url", CIN7), ("whistl.base_url", WHISTL)]);
        world
    }

    /// The folder of the data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Opens the store, without the engine.
    pub fn open_store(&self) -> Result<Store, store::StoreFault> {
        let key = StoreKey::from_hex(STORE_KEY)?;
        let options = store::Options {
            durability: Durability::Fast,
            program: "tests",
            now: self.now(),
        };
        Store::open(self.folder(), Some(key), options)
    }

    /// The engine, started if it is not running.
    pub fn engine(&mut self) -> Arc<Engine> {
        if let Some(engine) = &self.engine {
            return engine.clone();
        }
        self.stop = CancellationToken::new();
        let keys = self.vendor(|sandbox| sandbox.keys());
        let secret = |text: &str| Some(SecretString::from(text.to_owned()));
        let engine = Engine::assemble(Parts {
            store: self.open_store().expect("the store opens"),
            secrets: Secrets {
                cin7_account: secret(&keys.account_id),
                cin7_key: secret(&keys.cin7),
                whistl_key: secret(&keys.whistl),
            },
            wire: self.wire.clone(),
            clock: Arc::new(self.clock),
            user: "Ada".into(),
            stop: self.stop.clone(),
        })
        .expect("an engine");
        self.engine = Some(engine.clone());
        engine
    }

    /// Stops the program, as a crash does: nothing is finished, nothing is said.
    pub fn crash(&mut self) {
        self.engine = None;
    }

    /// Both vendors, to steer or to look at.
    pub fn vendor<T>(&self, act: impl FnOnce(&mut Sandbox) -> T) -> T {
        let mut sandbox: MutexGuard<'_, Sandbox> =
            self.sandbox.lock().unwrap_or_else(PoisonError::into_inner);
        sandbox.set_clock(self.clock.now());
        act(&mut sandbox)
    }

    /// One control call; panics unless it is answered with success.
    pub fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.try_control(method, path, body);
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }

    /// One control call with its status.
    pub fn try_control(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect();
        let body = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let ask = Ask {
            method: method.into(),
            path: format!("/sandbox/{path}"),
            query,
            headers: vec![("content-type".into(), "application/json".into())],
            body,
        };
        let answer = self.vendor(|sandbox| sandbox.control(&ask));
        (
            answer.status,
            serde_json::from_slice(&answer.body).unwrap_or(Value::Null),
        )
    }

    /// What both vendors really hold.
    pub fn truth(&self) -> Value {
        self.control("GET", "truth", &Value::Null)
    }

    /// A new sale in Cin7, authorised; the rest is filled in. Its number.
    pub fn sale(&self, parts: Value) -> String {
        let made = self.control("POST", "cin7/sales", &parts);
        made["number"].as_str().unwrap_or_default().to_owned()
    }

    /// More of what [`Self::good_sale`] sells than any test needs.
    pub fn plenty(&self) {
        let more =
            json!({ "sku": "TEAPOT04", "location": "Whistl Fulfilment", "change": 1_000_000 });
        self.control("POST", "cin7/stock", &more);
    }

    /// A sale of one line that passes every check.
    pub fn good_sale(&self) -> String {
        self.sale(json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 2 }] } }))
    }

    /// The warehouse finds or misses units of a SKU, in its own spelling; its adjustment's id.
    pub fn counted(&self, sku: &str, units: i64, reason: &str) -> String {
        let body = json!({ "sku": sku, "quantity": units, "reason_code": reason });
        let item = self.control("POST", "whistl/adjust", &body);
        item["adjustment_id"].as_str().expect("an id").to_owned()
    }

    /// The office edits a sale.
    pub fn edit(&self, number: &str, parts: Value) {
        self.control("PATCH", &format!("cin7/sales/{number}"), &parts);
    }

    /// The office voids a sale.
    pub fn void(&self, number: &str) {
        self.control("POST", &format!("cin7/sales/{number}/void"), &Value::Null);
    }

    /// Throws a fault switch.
    pub fn fault(&self, switch: Value) {
        self.control("POST", "faults", &switch);
    }

    /// Takes every fault switch off.
    pub fn heal(&self) {
        self.control("DELETE", "faults", &Value::Null);
    }

    /// Sets settings, as the merchant would; the engine is started anew.
    pub fn set(&mut self, pairs: &[(&str, &str)]) {
        self.crash();
        let mut store = self.open_store().expect("the store opens");
        let mut settings: Settings =
            engine::views::stored_settings(store.reading()).expect("settings");
        for (key, value) in pairs {
            settings.set_text(key, value).expect("a good setting");
        }
        engine::store_settings(&mut store, &settings, "Ada", self.now()).expect("stored");
    }

    /// Makes a map entry.
    pub fn map(&mut self, kind: MapKind, from: &str, to: &str) {
        self.engine()
            .map(kind, from, to, "test")
            .expect("a good entry");
    }

    /// Runs one job.
    pub async fn run(&mut self, job: Job) -> RunReport {
        let engine = self.engine();
        engine.by_hand().expect("by hand");
        engine.run(job).await.expect("a run")
    }

    /// One sync of orders.
    pub async fn sync(&mut self) -> RunReport {
        self.run(Job::Orders).await
    }

    /// Runs one job and dies at that moment. Whether it died.
    pub async fn run_and_die(&mut self, job: Job, death: Death) -> bool {
        self.wire.die(death);
        let engine = self.engine();
        let wire = self.wire.clone();
        let died = tokio::select! {
            biased;
            () = wire.death() => true,
            report = engine.run(job) => {
                report.expect("a run");
                false
            }
        };
        drop(engine);
        self.wire.die(Death::Before(i64::MAX));
        self.crash();
        died
    }

    /// Runs the schedule for so long.
    pub async fn watch_for(&mut self, how_long: Duration) {
        let engine = self.engine();
        let quiet = |_: &RunReport| {};
        tokio::select! {
            done = engine.watch(&quiet) => done.expect("the schedule"),
            () = tokio::time::sleep(how_long) => {}
        }
    }

    /// Runs the schedule for so long, showing what is to be shown: that, in its order.
    pub async fn told_over(&mut self, how_long: Duration) -> Vec<Notice> {
        let engine = self.engine();
        let mut notices = engine.notices();
        let mut shown = Vec::new();
        let quiet = |_: &RunReport| {};
        let until = tokio::time::sleep(how_long);
        tokio::pin!(until);
        let work = engine.watch(&quiet);
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => done.expect("the schedule"),
                notice = notices.recv() => {
                    let notice = notice.expect("a notice");
                    engine.notice_shown(&notice.id).expect("noted");
                    shown.push(notice);
                }
                () = &mut until => return shown,
            }
        }
    }

    /// Lets time pass.
    pub async fn pass(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
        self.vendor(|_| ());
    }

    /// Reads, through a running engine or not.
    pub fn look<T>(&mut self, read: impl FnOnce(&Views<'_>) -> Result<T, EngineFault>) -> T {
        let engine = self.engine();
        let (settings, now) = (engine.settings(), self.now());
        engine
            .read(|reading| read(&Views::new(reading, &settings, now)))
            .expect("a view")
    }

    /// What a screen of the window shows.
    pub fn show<T>(
        &mut self,
        screen: impl FnOnce(&Views<'_>) -> Result<T, screens::shapes::UiError>,
    ) -> T {
        let engine = self.engine();
        let (settings, now) = (engine.settings(), self.now());
        engine
            .read(|reading| screen(&Views::new(reading, &settings, now)))
            .expect("a screen")
    }

    /// All orders.
    pub fn orders(&mut self) -> Vec<OrderView> {
        self.look(|views| {
            Ok(views
                .orders(&OrderFilter {
                    limit: 1_000,
                    ..OrderFilter::default()
                })?
                .orders)
        })
    }

    /// One order.
    pub fn order(&mut self, number: &str) -> OrderDetail {
        self.look(|views| views.order(number))
    }

    /// One order's state.
    pub fn state(&mut self, number: &str) -> String {
        self.order(number).order.state
    }

    /// One order's holds as `code field`.
    pub fn holds(&mut self, number: &str) -> Vec<String> {
        let holds = self.order(number).order.holds;
        holds
            .iter()
            .map(|hold| format!("{} {}", hold.code, hold.field))
            .collect()
    }

    /// What Today shows.
    pub fn status(&mut self) -> StatusView {
        self.look(|views| views.status())
    }

    /// Rechecks orders.
    pub async fn recheck(&mut self, numbers: &[&str]) -> ActionReport {
        let which = Which::Numbers(numbers.iter().map(|n| (*n).to_owned()).collect());
        self.engine().recheck(&which).await.expect("a recheck")
    }

    /// Resends orders.
    pub async fn resend(&mut self, numbers: &[&str]) -> ActionReport {
        let which = Which::Numbers(numbers.iter().map(|n| (*n).to_owned()).collect());
        self.engine().resend(&which).await.expect("a resend")
    }

    /// The warehouse's record of a reference, if it has one.
    pub fn at_whistl(&self, reference: &str) -> Option<Value> {
        let truth = self.truth();
        let orders = truth["whistl"]["orders"].as_array()?;
        orders
            .iter()
            .find(|order| order["client_ref"] == reference)
            .cloned()
    }

    /// How many orders the warehouse has.
    pub fn orders_at_whistl(&self) -> usize {
        self.truth()["whistl"]["orders"]
            .as_array()
            .map_or(0, Vec::len)
    }

    /// Calls to Cin7 of this kind, by the vendor's own count.
    pub fn cin7_calls(&self, path: &str) -> i64 {
        self.truth()["cin7"]["calls"]["by_path"][path]
            .as_i64()
            .unwrap_or_default()
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
