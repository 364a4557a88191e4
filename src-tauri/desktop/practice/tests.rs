//! Practice as a whole, without a window: a served world, and what a person can do to it.

use sandbox::{Options, Ready};
use tokio::sync::oneshot;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::*;

/// A served world that ends with the test.
pub(super) struct Served {
    pub(super) steering: Steering,
    announced: Value,
    _stop: DropGuard,
}

impl Served {
    /// A workspace on it.
    pub(super) fn workspace(&self, folder: &Path) -> Workspace {
        let clock = Arc::new(PracticeClock::new(morning_of_practice(), 10));
        let at = folder.join("practice");
        open(&at, &clock, &self.announced, "a tester".into(), |_| ()).unwrap()
    }
}

fn morning_of_practice() -> DateTime<Utc> {
    "2026-11-24T09:30:00Z".parse().unwrap()
}

pub(super) async fn serving() -> Served {
    let start = morning_of_practice();
    let stop = CancellationToken::new();
    let (tell, told) = oneshot::channel();
    let ends = stop.clone().cancelled_owned();
    let options = Options {
        orders: 16,
        skus: 30,
        ..Options::at(start)
    };
    tokio::spawn(async move {
        let ready = move |ready: Ready| drop(tell.send(ready));
        sandbox::serve(options, start, ready, ends).await
    });
    let ready = told.await.unwrap();
    Served {
        steering: ready.steering,
        announced: ready.announcement,
        _stop: stop.drop_guard(),
    }
}

/// A clock that only the test moves on.
struct ByHand(Mutex<DateTime<Utc>>);

impl ByHand {
    fn move_on(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl vendor::Clock for ByHand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, _: std::time::Duration) -> vendor::Pause<'_> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn however_fast_the_world_goes_calls_count_for_a_minute_of_real_time() {
    let served = serving().await;
    let start = morning_of_practice();
    let meter = Arc::new(ByHand(Mutex::new(start)));
    let counted = Arc::clone(&meter) as Arc<dyn vendor::Clock>;
    let clock = Arc::new(PracticeClock::counted_by(counted, start, 60));
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("practice");
    let workspace = open(&at, &clock, &served.announced, "a tester".into(), |_| ()).unwrap();

    let found = workspace.engine.check_cin7().await.unwrap();
    assert!(found.message.contains("Harbour"), "{}", found.message);
    let made = workspace.engine.cin7_usage().used;
    assert!(made > 0);

    clock.follow(clock.now() + TimeDelta::hours(5), 60);
    assert_eq!(workspace.engine.cin7_usage().used, made, "P12");
    meter.move_on(TimeDelta::seconds(61));
    assert_eq!(workspace.engine.cin7_usage().used, 0);
}

#[tokio::test]
async fn practice_opens_live_with_two_shipping_methods_left_to_map_and_no_key_on_disk() {
    let served = serving().await;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("practice");
    let start = morning_of_practice();
    let clock = Arc::new(PracticeClock::new(start, 10));
    std::fs::create_dir_all(&at).unwrap();
    std::fs::write(at.join("left-from-last-time"), "x").unwrap();

    let workspace = open(&at, &clock, &served.announced, "a tester".into(), |_| ()).unwrap();

    assert!(!at.join("left-from-last-time").exists(), "it begins afresh");
    assert!(workspace.settings().is_live());
    let mapped = workspace.look(|reading| reading.maps(MapKind::Service));
    assert_eq!(mapped.unwrap().unwrap().len(), MAPPED.len());
    let keys = ["cin7", "whistl"].map(|vendor| served.announced[vendor]["key"].clone());
    for file in std::fs::read_dir(&at).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for key in &keys {
            assert!(!text.contains(key.as_str().unwrap()), "P7");
        }
    }
}

#[test]
fn practice_begins_on_the_morning_of_a_working_day() {
    let first = |now: &str| first_morning(now.parse().unwrap()).to_rfc3339();
    assert_eq!(first("2026-11-24T15:00:00Z"), "2026-11-24T09:30:00+00:00");
    assert_eq!(
        first("2026-11-29T15:00:00Z"),
        "2026-11-27T09:30:00+00:00",
        "a Sunday"
    );
    assert_eq!(
        first("2026-06-24T23:30:00Z"),
        "2026-06-25T08:30:00+00:00",
        "in London it is the next day, and summer"
    );
}

#[test]
fn looks_stay_at_least_three_real_seconds_apart() {
    assert_eq!([0, 1, 10, 60].map(looks_every), [30, 30, 30, 180]);
}

#[tokio::test]
async fn the_morning_has_its_customers_and_the_four_faults_everybody_meets() {
    let served = serving().await;
    morning(&served.steering).unwrap();
    let truth = served.steering.steer("GET", "truth", &Value::Null).unwrap();
    let planted: Vec<&str> = truth["planted"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["faults"].as_array().unwrap())
        .filter_map(Value::as_str)
        .collect();
    for fault in [
        "sku_invalid_characters",
        "phone_missing",
        "postcode_invalid",
        "service_unmapped",
    ] {
        assert!(planted.contains(&fault), "{planted:?}");
    }
    let pace = served.steering.steer("GET", "pace", &Value::Null).unwrap();
    assert_eq!(pace["speed"], f64::from(FIRST_SPEED));
}
