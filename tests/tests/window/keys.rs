//! Setting up in the window, and what happens with a key that is wrong, pasted badly, or has
//! no keychain to go to.

use serde_json::Value;
use stockbridge_tests::program::{Served, built};
use stockbridge_tests::window::{Desk, Keychain, Window};

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

async fn connect_cin7(window: &Window, served: &Served, key: &str) {
    window
        .fill("Account ID", &text(&served.line["cin7"]["account_id"]))
        .await;
    window.fill("Application key", key).await;
    window.press("Connect Cin7 Core").await;
}

#[tokio::test]
async fn from_nothing_to_a_live_shop_with_keys_pasted_badly() {
    let served = Served::start(
        &built("stockbridge-cli"),
        &["--orders", "6", "--seed", "7", "--profile", "clean"],
    );
    let desk = Desk::new(Keychain::Unlocked);
    let (cin7, whistl) = (
        text(&served.line["cin7"]["base_url"]),
        text(&served.line["whistl"]["base_url"]),
    );
    // The vendors of this story are on this computer, so their addresses are not the usual.
    desk.cli(
        &[],
        &[
            "settings",
            "set",
            "cin7.base_url",
            &cin7,
            "whistl.base_url",
            &whistl,
        ],
    );
    let window = desk.open().await;

    window.see("Practise first").await;
    connect_cin7(&window, &served, "not-the-key").await;
    window.see("refuses").await;
    let key = text(&served.line["cin7"]["key"]);
    let torn = format!("  {} {} ", &key[..4], &key[4..]);
    connect_cin7(&window, &served, &torn).await;
    window.see("Whistl Fulfilment").await;
    assert!(
        !window
            .run("return document.documentElement.outerHTML")
            .await
            .to_string()
            .contains(&key),
        "the key stands in the page no longer"
    );
    window.close().await;
}

#[tokio::test]
async fn without_a_keychain_the_window_says_so_and_how_to_go_on() {
    let desk = Desk::new(Keychain::Missing);
    let window = desk.open().await;

    window.see("keychain").await;
    window.press("Try again").await;
    window.see("keychain").await;
    window.see("Practise").await;

    let kept = desk.data().join("stockbridge.db").exists();
    assert!(!kept, "nothing is stored that no key seals");
    window.close().await;
}
