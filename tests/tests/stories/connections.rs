//! Connections set up while the program runs: what is entered is tried first, and what is
//! in use stays so unless the vendor takes the new.

use std::time::Duration;

use engine::actions::{NewCin7, NewWhistl};
use screens::connections::{Kept, checked, connections, tried};
use screens::shapes::{Tone, VendorKind};
use secrecy::SecretString;
use serde_json::json;
use stockbridge_tests::World;
use stockbridge_tests::wire::{CIN7, WHISTL};

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn whistl_with(key: &str) -> NewWhistl {
    NewWhistl {
        base_url: WHISTL.into(),
        client_code: "STKB".into(),
        key: Some(secret(key)),
    }
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_is_refused_in_plain_words_and_the_old_one_goes_on_working() {
    let mut world = World::new();
    let engine = world.engine();

    let trial = engine
        .try_whistl(&whistl_with("0123456789012345678901234567890123456789"))
        .await
        .expect("a trial");

    assert!(trial.taken.is_none());
    let told = tried(&trial.checked, false);
    assert_eq!(
        (told.vendor, told.ok, told.tone),
        (VendorKind::Whistl, false, Tone::Stop)
    );
    assert_eq!(told.title, "Whistl refuses the key");
    assert_eq!(told.field.as_deref(), Some("key"));
    assert!(
        told.message.ends_with("Nothing has been changed."),
        "{}",
        told.message
    );
    for unfit in ["401", "connect whistl", "base_url", "null"] {
        assert!(!told.message.contains(unfit), "{}", told.message);
    }
    // Not even the health of the connection in use is touched by the trial.
    let number = world.good_sale();
    let report = world.sync().await;
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(world.state(&number), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn a_new_key_that_the_vendor_takes_replaces_the_withdrawn_one_without_a_restart() {
    let mut world = World::new();
    world.good_sale();
    world.sync().await;
    let engine = world.engine();
    let good = engine.secrets();
    let mut stale = good.clone();
    stale.whistl_key = Some(secret("0123456789012345678901234567890123456789"));
    engine.use_secrets(stale);
    let number = world.good_sale();
    world.sync().await;
    assert_eq!(world.state(&number), "waiting");

    let key = world.vendor(|sandbox| sandbox.keys().whistl);
    let trial = engine
        .try_whistl(&whistl_with(&key))
        .await
        .expect("a trial");
    assert_eq!(tried(&trial.checked, true).title, "Connected to Whistl");
    engine.take(trial.taken.expect("taken")).expect("in use");
    // A refused key is given a minute before it is tried again.
    world.watch_for(Duration::from_secs(90)).await;

    assert_eq!(world.state(&number), "at_warehouse");
}

#[tokio::test(start_paused = true)]
async fn cin7_says_whose_account_it_is_and_which_location_is_the_warehouses() {
    let mut world = World::new();
    let engine = world.engine();
    let keys = world.vendor(|sandbox| sandbox.keys());

    let trial = engine
        .try_cin7(&NewCin7 {
            base_url: CIN7.into(),
            account_id: Some(secret(&keys.account_id)),
            key: Some(secret(&keys.cin7)),
            location: String::new(),
        })
        .await
        .expect("a trial");

    let told = tried(&trial.checked, true);
    assert!(told.ok, "{told:?}");
    let titles: Vec<&str> = told
        .found
        .iter()
        .map(|found| found.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Company",
            "Currency of the books",
            "Time zone of the account",
            "Location"
        ]
    );
    assert_eq!(told.found[3].value, "Whistl Fulfilment");
    engine.take(trial.taken.expect("taken")).expect("in use");
    let kept = Kept::from(&engine.secrets());
    let shown = world.show(|views| connections(views, kept));
    assert!(shown.cin7.has_account && shown.cin7.has_key && shown.whistl.has_key);
    assert_eq!(shown.cin7.location, "Whistl Fulfilment");
    assert!(shown.cin7.locations.len() > 1);
}

#[tokio::test(start_paused = true)]
async fn a_location_that_is_not_there_is_named_with_those_that_are() {
    let mut world = World::new();
    let engine = world.engine();

    let trial = engine
        .try_cin7(&NewCin7 {
            base_url: CIN7.into(),
            location: "Old Shed".into(),
            ..NewCin7::default()
        })
        .await
        .expect("a trial");

    assert!(trial.taken.is_some(), "the keys are good all the same");
    let told = tried(&trial.checked, true);
    assert_eq!((told.ok, told.tone), (false, Tone::Warn));
    assert!(told.message.contains("“Old Shed”"), "{}", told.message);
    assert!(
        told.message.contains("“Whistl Fulfilment”"),
        "{}",
        told.message
    );
    assert!(!told.message.contains("cin7.location"), "{}", told.message);
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_does_not_answer_changes_nothing() {
    let mut world = World::new();
    let engine = world.engine();
    let before = engine.settings().text("whistl.base_url");
    world.fault(json!({ "vendor": "whistl", "fault": "F06", "for_seconds": 600 }));

    let trial = engine
        .try_whistl(&NewWhistl {
            base_url: "https://elsewhere.example".into(),
            ..whistl_with("0123456789012345678901234567890123456789")
        })
        .await
        .expect("a trial");

    assert!(trial.taken.is_none());
    assert_eq!(engine.settings().text("whistl.base_url"), before);
    let told = tried(&trial.checked, false);
    assert_eq!(told.tone, Tone::Stop);
}

#[tokio::test(start_paused = true)]
async fn keys_of_another_account_are_not_taken_once_sales_are_stored() {
    let mut world = World::new();
    world.good_sale();
    world.sync().await;
    let engine = world.engine();
    engine.check_cin7().await.expect("whose account it is");
    world.fault(
        json!({ "vendor": "cin7", "fault": "key_swapped_account", "value": "Somebody Else Ltd" }),
    );

    let trial = engine
        .try_cin7(&NewCin7 {
            base_url: CIN7.into(),
            location: "Whistl Fulfilment".into(),
            ..NewCin7::default()
        })
        .await
        .expect("a trial");

    assert!(trial.taken.is_none());
    assert_eq!(
        checked(&trial.checked).title,
        "These keys open another account"
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_forgotten_is_used_no_longer() {
    let mut world = World::new();
    let engine = world.engine();

    engine.forget("whistl").expect("forgotten");

    let found = engine.check_whistl().await.expect("a check");
    let told = checked(&found);
    assert_eq!(told.title, "Whistl is not set up");
    assert_eq!(told.message, "Enter the key that Whistl gave you.");
    assert!(!Kept::from(&engine.secrets()).whistl_key);
}
