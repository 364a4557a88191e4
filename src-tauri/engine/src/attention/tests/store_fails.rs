//! When the database itself fails, that is told from memory, and its recovery too.

use std::sync::{Arc, Mutex};

use store::{Durability, Store, StoreFault, StoreKey};
use tokio_util::sync::CancellationToken;
use vendor::{Clock, Pause};

use super::*;
use crate::engine::{Engine, Parts, Secrets};
use crate::fault::EngineFault;

/// A clock that is set by hand.
struct HandClock(Mutex<DateTime<Utc>>);

impl HandClock {
    fn pass(&self, seconds: i64) {
        *self.0.lock().unwrap() += Duration::seconds(seconds);
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, _: std::time::Duration) -> Pause<'_> {
        Box::pin(std::future::pending())
    }
}

struct Bench {
    engine: Arc<Engine>,
    clock: Arc<HandClock>,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(HandClock(Mutex::new(noon())));
        let options = store::Options {
            durability: Durability::Fast,
            program: "a test",
            now: noon(),
        };
        let key = StoreKey::from_hex(&"ab".repeat(32)).unwrap();
        let engine = Engine::assemble(Parts {
            store: Store::open(folder.path(), Some(key), options).unwrap(),
            secrets: Secrets::default(),
            wire: Arc::new(vendor::Network::new().unwrap()),
            clock: clock.clone(),
            user: "Ada".into(),
            stop: CancellationToken::new(),
        })
        .unwrap();
        Self {
            engine,
            clock,
            _folder: folder,
        }
    }

    fn open(&self) -> Vec<String> {
        let kept = self.engine.attention.desk();
        let desk = kept.as_ref().unwrap();
        desk.open().map(Card::id).collect()
    }
}

#[test]
fn a_full_disk_is_told_of_though_nothing_can_be_written_and_its_end_once_it_can() {
    let bench = Bench::new();
    let mut notices = bench.engine.notices();
    bench
        .engine
        .store_failed(&EngineFault::Store(StoreFault::Full));
    let told = notices.try_recv().unwrap();
    assert_eq!(
        told.title,
        "The database cannot be written; nothing is sent · System"
    );
    assert!(told.body.contains("Free some space"), "{}", told.body);
    assert_eq!(bench.open(), ["database_fault"]);
    bench.engine.notice_shown(&told.id).unwrap();

    // The schedule is started again, and this time it can write.
    for _ in 0..12 {
        bench.clock.pass(5);
        bench.engine.attend().unwrap();
    }
    assert!(bench.open().is_empty());
    let over = notices.try_recv().unwrap();
    assert_eq!(over.title, "The database can be written again");
    assert!(notices.try_recv().is_err(), "and nothing else");
}

#[test]
fn what_was_open_before_the_database_failed_is_still_known_afterwards() {
    let bench = Bench::new();
    bench.engine.pause_by_hand("stock count").unwrap();
    bench.engine.attend().unwrap();
    assert_eq!(bench.open(), ["sending_paused"]);
    bench
        .engine
        .store_failed(&EngineFault::Store(StoreFault::Full));
    bench.clock.pass(5);
    bench.engine.attend().unwrap();
    assert_eq!(bench.open(), ["database_fault", "sending_paused"]);
    let taken = bench.engine.take_alert("sending_paused").unwrap();
    assert_eq!(taken.taken_by, "Ada");
}

#[test]
fn a_failure_before_anything_was_read_hides_nothing_that_is_stored() {
    let bench = Bench::new();
    bench.engine.pause_by_hand("stock count").unwrap();
    bench
        .engine
        .store_failed(&EngineFault::Store(StoreFault::Full));
    bench.clock.pass(5);
    bench.engine.attend().unwrap();
    assert_eq!(bench.open(), ["database_fault", "sending_paused"]);
}
