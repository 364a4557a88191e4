//! Practice as a whole, without a window: a served world, and what a person can do to it.

use sandbox::{Options, Ready};
use tokio::sync::oneshot;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::*;

/// A served world that ends with the test.
pub(super) struct Served {
    pub(super) steering: Steering,
    _stop: DropGuard,
}

pub(super) async fn serving() -> Served {
    let start = "2026-11-24T09:30:00Z".parse().unwrap();
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
    Served {
        steering: told.await.unwrap().steering,
        _stop: stop.drop_guard(),
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
