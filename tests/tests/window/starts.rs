//! How it starts, with what is in the way, and how it stops.

use std::process::Stdio;
use std::time::{Duration, Instant};

use stockbridge_tests::program::built;
use stockbridge_tests::window::{Desk, Keychain, wait_until};

use crate::Shop;

#[tokio::test]
async fn a_second_copy_leaves_at_once_and_the_first_goes_on() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    let window = shop.desk.open().await;
    window.see("What needs someone").await;

    let mut second = shop
        .desk
        .command(built("stockbridge"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a second copy starts");

    wait_until("the second copy has left", || {
        second.try_wait().expect("its end").is_some()
    });
    window.press("Orders").await;
    window.see("Needs you").await;
    window.close().await;
}

#[tokio::test]
async fn data_of_a_newer_version_is_left_alone() {
    let desk = Desk::new(Keychain::Unlocked);
    // Made by this version, then marked as a later one's.
    desk.cli(&[], &["settings", "set", "schedule.orders", "30"]);
    let database = desk.data().join("stockbridge.db");
    store_of_a_later_version(&database);
    let window = desk.open().await;

    window.see("newer").await;

    window.close().await;
}

/// SQLite keeps the version in bytes 60 to 63 of the file's head, big-endian.
fn store_of_a_later_version(database: &std::path::Path) {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .open(database)
        .expect("the database");
    file.seek(SeekFrom::Start(60)).expect("the head");
    file.write_all(&9_999_u32.to_be_bytes()).expect("a version");
}

#[test]
fn told_to_stop_it_is_gone_within_five_seconds_and_nothing_is_lost() {
    let shop = Shop::new(&["--orders", "40", "--seed", "5"]);
    let mut program = shop
        .desk
        .command(built("stockbridge"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let log = || shop.desk.data().join("stockbridge.lock").exists();
    wait_until("it is at work", log);

    let told = Instant::now();
    let id = program.id().to_string();
    std::process::Command::new("kill")
        .args(["-TERM", &id])
        .status()
        .expect("kill runs");
    wait_until("it has stopped", || {
        program.try_wait().expect("its end").is_some()
    });

    assert!(
        told.elapsed() < Duration::from_secs(5),
        "{:?}",
        told.elapsed()
    );
    let verified = shop.desk.cli(&[], &["activity", "verify"]);
    assert_eq!(verified["ok"], serde_json::json!(true), "{verified}");
}
