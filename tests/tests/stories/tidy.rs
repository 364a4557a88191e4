//! The house, measured: what the compiler cannot see.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace")
        .to_path_buf()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                rust_files(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["src-tauri", "tests"] {
        rust_files(&root().join(folder), &mut found);
    }
    found
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source");
            let name = path
                .strip_prefix(root())
                .expect("inside")
                .display()
                .to_string();
            (name, text)
        })
        .collect()
}

#[test]
fn every_module_has_a_head() {
    for (name, text) in sources() {
        let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
        assert!(
            is_test || text.starts_with("//!"),
            "{name} has no head: begin it with //! what lives here and what must not"
        );
    }
}

#[test]
fn sql_lives_in_the_store_alone() {
    for (name, text) in sources() {
        if name.starts_with("src-tauri/store/") || name.ends_with("tidy.rs") {
            continue;
        }
        for word in [
            "INSERT INTO",
            "DELETE FROM",
            "SELECT * FROM",
            "CREATE TABLE",
        ] {
            assert!(
                !text.contains(word),
                "{name} holds SQL ({word}): move it to src-tauri/store"
            );
        }
    }
}

#[test]
fn the_sandbox_shares_no_code_with_the_engine() {
    let manifest =
        std::fs::read_to_string(root().join("src-tauri/sandbox/Cargo.toml")).expect("it");
    for ours in ["domain", "vendor", "cin7", "whistl", "store", "engine"] {
        let line = format!("\n{ours}.");
        assert!(
            !manifest.contains(&line),
            "the sandbox must not depend on {ours}: one mistake could hide in both"
        );
    }
}

#[test]
fn the_domain_knows_no_disk_no_network_and_no_clock() {
    for (name, text) in sources() {
        if !name.starts_with("src-tauri/domain/src") {
            continue;
        }
        for word in [
            "std::fs",
            "tokio",
            "reqwest",
            "rusqlite",
            "Utc::now",
            "SystemTime",
            "serde",
        ] {
            let used = text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(word));
            assert!(!used, "{name} uses {word}: the domain is pure");
        }
    }
}

#[test]
fn nothing_unfinished_is_left_lying_about() {
    for (name, text) in sources() {
        for word in [
            concat!("FIX", "ME"),
            concat!("TO", "DO"),
            concat!("todo", "!("),
            concat!("unimplemented", "!("),
        ] {
            assert!(!text.contains(word), "{name} has a leftover {word}");
        }
    }
}
