//! What the page cannot do, whatever were to run in it, and where a key never is.

use std::path::Path;

use serde_json::json;

use crate::Shop;

/// Runs in the page: the outcome of each thing it must not be able to do.
const TRIES: &str = r#"
const done = arguments[arguments.length - 1];
const tried = (name, promise) =>
  promise.then(() => [name, "done"], (failure) => [name, "refused"]);
const invoke = window.__TAURI_INTERNALS__.invoke;
Promise.all([
  tried("fetch the vendor", fetch(arguments[0])),
  tried("fetch anything", fetch("https://example.org/")),
  tried("open a link", invoke("plugin:opener|open_url", { url: "https://example.org/" })),
  tried("raise an event", invoke("plugin:event|emit", { event: "changed", payload: {} })),
  tried("close the window", invoke("plugin:window|close", { label: "main" })),
  tried("a command nobody listed", invoke("read_secret", { name: "cin7-key" })),
  tried("a command of ours", invoke("today")),
]).then((all) => done(Object.fromEntries(all)));
"#;

#[tokio::test]
async fn the_page_reaches_nothing_but_the_commands_it_was_given() {
    let shop = Shop::new(&["--orders", "0", "--profile", "clean"]);
    let window = shop.desk.open().await;
    window.see("What needs someone").await;
    let vendor = shop.served.line["cin7"]["base_url"].clone();

    let tried = window
        .client
        .execute_async(TRIES, vec![vendor])
        .await
        .expect("the script runs");

    assert_eq!(
        tried,
        json!({
            "fetch the vendor": "refused",
            "fetch anything": "refused",
            "open a link": "refused",
            "raise an event": "refused",
            "close the window": "refused",
            "a command nobody listed": "refused",
            "a command of ours": "done",
        })
    );
    window.close().await;
}

#[tokio::test]
async fn a_key_is_in_no_file_and_nowhere_in_the_page() {
    let shop = Shop::new(&["--orders", "3", "--seed", "3", "--profile", "clean"]);
    let window = shop.desk.open().await;
    for screen in ["Orders", "Mappings", "Activity", "Settings", "Today"] {
        window.press(screen).await;
    }
    window.see("What needs someone").await;
    // Everything the page was ever answered is asked for once more, and looked through.
    let answers = window
        .run_later(
            r#"
            const done = arguments[arguments.length - 1];
            const invoke = window.__TAURI_INTERNALS__.invoke;
            Promise.all(["begin", "today", "settings", "connections"].map((one) => invoke(one)))
              .then((all) => done(JSON.stringify(all) + document.documentElement.outerHTML
                + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)));
            "#,
        )
        .await
        .to_string();

    let line = &shop.served.line;
    for secret in [
        &line["cin7"]["key"],
        &line["cin7"]["account_id"],
        &line["whistl"]["key"],
    ] {
        let secret = secret.as_str().expect("a secret");
        assert!(secret.len() > 8, "something to look for, not {secret:?}");
        assert!(!answers.contains(secret), "a key stands in the page");
        assert!(
            !is_on_disk(&shop.desk.data(), secret),
            "a key stands in a file"
        );
    }
    window.close().await;
}

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
            std::fs::read(&path)
                .unwrap_or_default()
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}
