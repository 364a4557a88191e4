//! The real program from outside, over real HTTP: what it prints, how it exits, what it
//! leaves on disk.

use std::path::Path;

use serde_json::{Value, json};
use stockbridge_tests::program::{Cli, Shop, program};
use vendor::Method;

#[test]
fn a_day_of_orders_agrees_with_both_vendors_to_the_order() {
    let shop = Shop::with(&["--orders", "20", "--seed", "7"]);
    shop.cli.set_up(&shop.served.line);

    let synced = shop.cli.must(&["sync", "orders"]);

    let run = &synced["runs"][0];
    assert_eq!(
        (&run["kind"], &run["outcome"]),
        (&json!("orders"), &json!("finished")),
        "{run}"
    );
    let truth = shop.control(Method::Get, "truth", None);
    let planted = truth["planted"].as_array().expect("a list").len();
    let at_whistl = truth["whistl"]["orders"].as_array().expect("a list").len();
    assert_eq!(
        at_whistl + planted,
        20,
        "every order is at Whistl or was planted with a fault"
    );
    assert_eq!(run["counts"]["accepted"], json!(at_whistl));
    assert_eq!(run["counts"]["held"], json!(planted));
    let status = shop.cli.must(&["status"]);
    assert_eq!(status["orders"]["at_warehouse"], json!(at_whistl));
    assert_eq!(status["orders"]["held"], json!(planted));
    assert_eq!(shop.cli.states().len(), 20);

    for planted in truth["planted"].as_array().expect("a list") {
        let number = planted["number"].as_str().expect("a number");
        let order = shop.cli.must(&["order", number]);
        let codes: Vec<&str> = order["holds"]
            .as_array()
            .expect("holds")
            .iter()
            .filter_map(|h| h["code"].as_str())
            .collect();
        for wanted in planted["faults"].as_array().expect("faults") {
            assert!(
                codes.contains(&wanted.as_str().expect("a code")),
                "{number}: {wanted} not in {codes:?}"
            );
        }
    }

    let again = shop.cli.must(&["sync", "orders"]);
    assert_eq!(
        again["runs"][0]["counts"]["sent"], 0,
        "a second sync sends nothing"
    );
}

#[test]
fn a_planted_secret_and_a_customers_name_are_in_no_file() {
    let shop = Shop::with(&["--orders", "6", "--seed", "3", "--profile", "clean"]);
    shop.cli.set_up(&shop.served.line);
    shop.cli.must(&["sync", "orders"]);
    let truth = shop.control(Method::Get, "truth", None);
    let payload = &truth["whistl"]["orders"][0]["payload"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let personal = [
        text(&payload["delivery"]["name"]),
        text(&payload["delivery"]["line1"]),
        text(&payload["delivery"]["phone"]),
        text(&payload["delivery"]["email"]),
        text(&payload["delivery"]["postcode"]),
    ];
    let line = &shop.served.line;
    let secrets = [
        text(&line["cin7"]["account_id"]),
        text(&line["cin7"]["key"]),
        text(&line["whistl"]["key"]),
    ];
    for word in personal.iter().chain(&secrets) {
        assert!(word.len() > 3, "something to look for, not {word:?}");
        let found = files_with(shop.folder.path(), word);
        assert!(found.is_empty(), "“{word}” stands in {found:?}");
    }
    let log = shop
        .cli
        .must(&["activity", "--payloads", "--personal", "--limit", "1000"])
        .to_string();
    assert!(
        log.contains(&personal[0]),
        "asked for, the payload shows its customer"
    );
    for secret in &secrets {
        assert!(!log.contains(secret), "a key stands in the log");
    }
    let masked = shop
        .cli
        .must(&["activity", "--payloads", "--limit", "1000"])
        .to_string();
    assert!(
        !masked.contains(&personal[0]),
        "not asked for, it is masked"
    );
    let found = shop.cli.must(&["orders", "--find", &personal[4]]);
    assert!(
        !found["orders"].as_array().expect("orders").is_empty(),
        "but it can be searched for"
    );
}

fn files_with(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, word));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            if bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn a_changed_byte_in_the_log_is_named_and_ends_with_4() {
    let shop = Shop::with(&["--orders", "2", "--seed", "3", "--profile", "clean"]);
    shop.cli.set_up(&shop.served.line);
    shop.cli.must(&["sync", "orders"]);
    assert_eq!(shop.cli.run(&["activity", "verify"]).0, 0);

    let file = std::fs::read_dir(shop.folder.path())
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "db" || e == "sqlite"))
        .expect("a database");
    let mut bytes = std::fs::read(&file).expect("readable");
    let word = b"Passed every check";
    let at = bytes
        .windows(word.len())
        .position(|w| w == word)
        .expect("an entry's text");
    bytes[at] = b'p';
    std::fs::write(&file, bytes).expect("writable");

    let (status, value) = shop.cli.run(&["activity", "verify"]);

    assert_eq!(status, 4, "{value}");
    assert!(
        value["entry"].as_i64().is_some_and(|entry| entry > 0),
        "{value}"
    );
}

#[test]
fn wrong_settings_name_the_key_the_value_and_what_would_be_right() {
    let shop = Shop::with(&["--orders", "0"]);
    let (status, value) = shop
        .cli
        .run(&["settings", "set", "schedule.orders", "soon"]);
    assert_eq!(status, 2);
    assert_eq!(value["error"]["field"], "schedule.orders");
    assert!(
        value["error"]["message"]
            .as_str()
            .is_some_and(|m| m.contains("10 to 86400")),
        "{value}"
    );

    let file = shop.folder.path().join("settings.json");
    std::fs::write(
        &file,
        r#"{"trigger":{"stage":"authorised_pick","colour":"red"}}"#,
    )
    .expect("written");
    let (status, value) = shop
        .cli
        .run(&["settings", "import", &file.display().to_string()]);
    assert_eq!(status, 2);
    assert_eq!(value["error"]["field"], "trigger.colour");
    let shown = shop.cli.must(&["settings", "show"]);
    assert_eq!(
        shown["trigger"]["stage"], "authorised_order",
        "nothing is taken by half"
    );
}

#[test]
fn wrong_keys_and_an_unreachable_host_end_with_3() {
    let mut shop = Shop::with(&["--orders", "0"]);
    shop.cli.set_up(&shop.served.line);
    let mut wrong = shop.served.line.clone();
    wrong["cin7"]["key"] = json!("00000000-0000-0000-0000-000000000000");
    shop.cli = Cli::new(&program(), shop.folder.path(), &wrong);
    let (status, value) = shop.cli.run(&["check"]);
    assert_eq!(status, 3, "{value}");
    assert_eq!(value["connections"][0]["standing"], "credentials_refused");

    shop.cli
        .must(&["settings", "set", "whistl.base_url", "http://127.0.0.1:9"]);
    let (status, value) = shop.cli.run(&["check"]);
    assert_eq!(status, 3, "{value}");
    assert_eq!(value["connections"][1]["standing"], "unreachable");
}

#[test]
fn a_second_copy_that_would_write_says_which_process_holds_the_data() {
    let shop = Shop::with(&["--orders", "0"]);
    shop.cli.set_up(&shop.served.line);
    let mut first = shop
        .cli
        .command(&["watch"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("started");
    // Its first line says that it runs.
    let mut line = String::new();
    let out = first.stdout.take().expect("its output");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).expect("a line");

    let (status, value) = shop.cli.run(&["sync", "orders"]);
    assert_eq!(status, 4, "{value}");
    let message = value["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains(&first.id().to_string()), "{message}");
    assert_eq!(shop.cli.run(&["status"]).0, 0, "reading works beside it");

    let _ = first.kill();
    let _ = first.wait();
}

#[test]
fn a_month_s_end_is_printed_exported_and_signed_and_is_the_same_when_asked_again() {
    let shop = Shop::with(&["--orders", "6", "--seed", "3", "--profile", "clean"]);
    shop.cli.set_up(&shop.served.line);
    let file = |name: &str| shop.folder.path().join(name).display().to_string();
    let days = ["--from", "2020-01-01", "--to", "2099-12-31"];
    let bridge = |out: &str| {
        shop.cli
            .run(&[&["finance", "bridge"], &days[..], &["--out", out]].concat())
    };

    let (status, early) = bridge(&file("early.html"));
    assert_eq!(
        (status, &early["error"]["code"]),
        (2, &json!("not_compared"))
    );
    shop.cli.must(&["sync", "reconcile"]);
    shop.cli.must(&["sync", "reconcile"]);

    let (status, month) = bridge(&file("month.html"));
    assert_eq!(status, 0, "{month}");
    let lines = month["bridge"].as_array().expect("lines");
    let steps: Vec<_> = lines
        .iter()
        .filter(|line| line["is_level"] == true)
        .collect();
    assert_eq!(steps.len(), 3, "{month}");
    let page = std::fs::read_to_string(file("month.html")).expect("the page");
    assert!(page.contains("Counted by Whistl at the close"), "{page}");
    for (what, begins) in [
        ("month-end", "\u{feff}\"row\""),
        ("drift", "\u{feff}\"SKU\""),
        ("adjustments", "\u{feff}\"Happened at Whistl\""),
    ] {
        let out = file(&format!("{what}.csv"));
        shop.cli
            .must(&[&["export", what], &days[..], &["--out", &out]].concat());
        let table = std::fs::read_to_string(&out).expect("the table");
        assert!(table.starts_with(begins), "{table}");
    }

    let reconciled = |name: &str| {
        let out = file(name);
        shop.cli
            .must(&["finance", "reconciled", "--at", "2099-12-31", "--out", &out]);
        std::fs::read(&out).expect("the figures")
    };
    assert_eq!(reconciled("one.csv"), reconciled("two.csv"));
    let signed = shop
        .cli
        .must(&["finance", "sign", "--at", "2099-12-31", "--note", "Agreed"]);
    assert!(signed["signed"]["who"].is_string(), "{signed}");
    let after = shop
        .cli
        .must(&["finance", "reconciled", "--at", "2099-12-31"]);
    assert_eq!(after["signed"][0]["note"], "Agreed");

    for (asked, code, field) in [
        (
            ["finance", "bridge", "2026-13"].as_slice(),
            "month_invalid",
            "MONTH",
        ),
        (
            &["finance", "reconciled", "--at", "soon"],
            "time_invalid",
            "--at",
        ),
        (
            &["finance", "reconciled", "--at", "2020-01-01"],
            "not_compared",
            "at",
        ),
        (
            &["export", "drift", "--out", "drift.txt"],
            "ending_unknown",
            "--out",
        ),
    ] {
        let (status, told) = shop.cli.run(asked);
        let error = &told["error"];
        assert_eq!(
            (status, error["code"].as_str(), error["field"].as_str()),
            (2, Some(code), Some(field)),
            "{asked:?} {told}"
        );
    }
}
