//! The command line as a contract: what an outside checker reads off the real program.

use serde_json::{Value, json};
use stockbridge_tests::program::{Shop, program};
use vendor::Method;

fn desk() -> Shop {
    let shop = Shop::with(&["--orders", "0"]);
    shop.cli.set_up(&shop.served.line);
    shop
}

fn sale(desk: &Shop) -> String {
    let sale = json!({ "Order": { "Lines": [{ "SKU": "TEAPOT04", "Quantity": 1 }] } });
    let made = desk.control(Method::Post, "cin7/sales", Some(sale));
    made["number"].as_str().expect("a number").to_owned()
}

fn error(desk: &Shop, arguments: &[&str]) -> (i32, String, String) {
    let (status, value) = desk.cli.run(arguments);
    let text = |name: &str| value["error"][name].as_str().unwrap_or_default().to_owned();
    (status, text("field"), text("message"))
}

#[test]
fn an_order_voided_at_the_warehouse_needs_someone_and_strict_says_so() {
    let desk = desk();
    let number = sale(&desk);
    assert_eq!(desk.cli.run(&["sync", "orders", "--strict"]).0, 0);

    desk.control(Method::Post, &format!("cin7/sales/{number}/void"), None);

    assert_eq!(desk.cli.run(&["sync", "orders", "--strict"]).0, 1);
    assert_eq!(desk.cli.run(&["check", "--strict"]).0, 1);
    assert_eq!(desk.cli.run(&["check"]).0, 0);
    let status = desk.cli.must(&["status"]);
    assert_eq!(status["needs_you"], 1);
    assert_eq!(status["alerts"][0]["code"], "cancelled_after_sending");
    desk.cli.must(&["withdraw", &number]);
    assert_eq!(desk.cli.run(&["check", "--strict"]).0, 0);
}

#[test]
fn wrong_usage_names_what_is_wrong_and_ends_with_2() {
    let desk = desk();
    for (arguments, field) in [
        (vec!["orders", "--after", "garbage"], "--after"),
        (vec!["orders", "--limit", "0"], "--limit"),
        (vec!["release", "SO-00001"], "--reason"),
        (vec!["sync", "nonsense"], "WHAT"),
        (vec!["nonsense"], "nonsense"),
        (
            vec!["sandbox", "serve", "--faults", "/nowhere.json"],
            "--faults",
        ),
        (
            vec!["sandbox", "serve", "--state", "/nowhere/world.json"],
            "--state",
        ),
    ] {
        let (status, named, message) = error(&desk, &arguments);
        assert_eq!((status, named.as_str()), (2, field), "{arguments:?}");
        assert!(!message.ends_with(':'), "{message}");
    }
}

#[test]
fn an_import_changes_what_it_names_and_leaves_the_rest() {
    let desk = desk();
    let before = desk.cli.must(&["settings", "show"]);
    let file = desk.folder.path().join("some.json");
    std::fs::write(&file, r#"{"checks":{"phone":"warn"}}"#).expect("written");

    desk.cli
        .must(&["settings", "import", &file.display().to_string()]);

    let mut wanted = before;
    wanted["checks"]["phone"] = json!("warn");
    assert_eq!(desk.cli.must(&["settings", "show"]), wanted);
}

#[test]
fn files_that_are_not_spoken_yet_are_said_and_nothing_goes_by_another_way() {
    let desk = desk();
    sale(&desk);
    desk.cli
        .must(&["settings", "set", "whistl.transport", "sftp"]);

    let (status, value) = desk.cli.run(&["check"]);

    assert_eq!(status, 2, "{value}");
    assert_eq!(value["connections"][1]["standing"], "not_set_up");
    desk.cli.run(&["sync", "orders"]);
    let truth = desk.control(Method::Get, "truth", None);
    assert_eq!(truth["whistl"]["orders"], json!([]));
}

#[test]
fn without_the_stores_key_what_is_not_sealed_can_still_be_read() {
    let desk = desk();
    let number = sale(&desk);
    desk.cli.must(&["sync", "orders"]);
    let without = |arguments: &[&str]| {
        let done = desk
            .cli
            .command(arguments)
            .env_remove("STOCKBRIDGE_STORE_KEY")
            .output()
            .expect("the program runs");
        let value: Value = serde_json::from_slice(&done.stdout).expect("one value");
        (done.status.code(), value)
    };

    let (status, orders) = without(&["orders"]);
    assert_eq!(
        (status, &orders["orders"][0]["number"]),
        (Some(0), &json!(number))
    );
    assert_eq!(without(&["status"]).0, Some(0));
    let (status, told) = without(&["sync", "orders"]);
    assert_eq!(status, Some(2), "{told}");
    assert_eq!(told["error"]["code"], "store_key_missing");
}

#[cfg(unix)]
#[test]
fn no_file_of_ours_can_be_read_by_another_user() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    desk.cli.must(&["sync", "orders"]);
    let mut folders = vec![desk.folder.path().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let metadata = entry.metadata().expect("there");
            let mode = metadata.permissions().mode() & 0o777;
            let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{}", entry.path().display());
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                files += 1;
            }
        }
    }
    assert!(files >= 3, "database, lock and log, not {files}");
}

#[cfg(unix)]
#[test]
fn a_sandbox_told_to_stop_the_moment_it_is_ready_still_keeps_its_world() {
    use std::io::BufRead as _;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("world.json");
    let mut served = Command::new(program())
        .args(["sandbox", "serve", "--orders", "1", "--state"])
        .arg(&state)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut line = String::new();
    let out = served.stdout.take().expect("its output");
    std::io::BufReader::new(out)
        .read_line(&mut line)
        .expect("a line");

    Command::new("kill")
        .arg(served.id().to_string())
        .status()
        .expect("told to stop");

    assert_eq!(served.wait().expect("its end").code(), Some(0));
    assert!(state.exists(), "the world was kept");
}
