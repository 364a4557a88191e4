//! The page's whole reach is one list: what the build makes permissions of, what the
//! capability allows and what answers must be the same, and nothing besides.

use std::collections::BTreeSet;

use super::names::NAMES;

const CAPABILITY: &str = include_str!("../../../capabilities/main.json");
const LIB: &str = include_str!("../lib.rs");

fn named() -> BTreeSet<String> {
    NAMES.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn the_capability_allows_the_named_commands_and_hearing_events_and_nothing_else() {
    let capability: serde_json::Value = serde_json::from_str(CAPABILITY).unwrap();
    let allowed: BTreeSet<String> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap().to_owned())
        .collect();
    let mut wanted: BTreeSet<String> = NAMES
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    wanted.extend(["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned));
    assert_eq!(allowed, wanted);
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
}

#[test]
fn what_answers_is_what_is_named() {
    let list = LIB
        .split_once("generate_handler![")
        .and_then(|(_, rest)| rest.split_once(']'))
        .unwrap()
        .0;
    let answering: BTreeSet<String> = list
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(answering, named());
    assert_eq!(NAMES.len(), named().len(), "each is named once");
}
