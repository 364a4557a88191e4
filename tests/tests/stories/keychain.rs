//! Credentials in the operating system's keychain: a real one over D-Bus where
//! `cargo xtask test` brought one up, and none at all.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Output};

use stockbridge_tests::program::{Served, program};

/// Set by `cargo xtask test` inside a session with an unlocked keychain of its own.
const AT_HAND: &str = "STOCKBRIDGE_TEST_KEYCHAIN";

/// The program with its default, the keychain, over one folder.
fn run(data: &Path, secrets: &[(&str, &str)], bus: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command
        .arg("--json")
        .arg("--data")
        .arg(data)
        .args(arguments);
    for variable in ["CIN7_ACCOUNT_ID", "CIN7_KEY", "WHISTL_KEY", "STORE_KEY"] {
        command.env_remove(format!("STOCKBRIDGE_{variable}"));
    }
    command.envs(secrets.iter().copied());
    if let Some(bus) = bus {
        command.env("DBUS_SESSION_BUS_ADDRESS", bus);
    }
    command.output().expect("the program runs")
}

/// Whether any file below the folder holds the text.
fn is_on_disk(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| {
            let path = entry.path();
            if path.is_dir() {
                return is_on_disk(&path, text);
            }
            let bytes = std::fs::read(&path).expect("a file");
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}

#[test]
fn without_a_keychain_the_program_says_so_and_keeps_the_key_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = [
        ("STOCKBRIDGE_CIN7_ACCOUNT_ID", "an-account"),
        ("STOCKBRIDGE_CIN7_KEY", "planted-cin7-key-7391"),
    ];
    let nowhere = Some("unix:path=/nonexistent/bus");

    let told = run(folder.path(), &keys, nowhere, &["connect", "cin7"]);

    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert_eq!(told.status.code(), Some(2), "{text}");
    assert!(
        text.contains("keychain") && text.contains("--secrets env"),
        "{text}"
    );
    assert!(
        !is_on_disk(folder.path(), "planted-cin7-key-7391"),
        "the key is in a file"
    );
}

#[test]
fn what_connect_was_given_is_in_the_real_keychain_and_used_from_there() {
    if std::env::var_os(AT_HAND).is_none() {
        return;
    }
    let served = Served::start(&program(), &["--orders", "1", "--seed", "7"]);
    let text = |pointer: &str| {
        served
            .line
            .pointer(pointer)
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let (account, key) = (text("/cin7/account_id"), text("/cin7/key"));
    let set = ["settings", "set", "cin7.base_url", &text("/cin7/base_url")];
    assert!(
        run(folder.path(), &[], None, &set).status.success(),
        "settings are taken"
    );
    let keys = [
        ("STOCKBRIDGE_CIN7_ACCOUNT_ID", account.as_str()),
        ("STOCKBRIDGE_CIN7_KEY", key.as_str()),
    ];

    let connected = run(folder.path(), &keys, None, &["connect", "cin7"]);

    let told = String::from_utf8_lossy(&connected.stdout).into_owned();
    assert!(connected.status.success(), "{told}");
    let seen_from_outside = Command::new("secret-tool")
        .args([
            "lookup",
            "service",
            "uk.stockbridge.desktop",
            "username",
            "cin7-key",
        ])
        .output()
        .expect("secret-tool runs");
    assert_eq!(String::from_utf8_lossy(&seen_from_outside.stdout), key);
    assert!(!is_on_disk(folder.path(), &key), "the key is in a file too");
    let synced = run(folder.path(), &[], None, &["check"]);
    let told = String::from_utf8_lossy(&synced.stdout).into_owned();
    assert!(
        told.contains("Connected to"),
        "without the environment: {told}"
    );
}
