//! The recorded life of SO-00042, SO-00043, SO-00044 and SO-00045, replayed. What the
//! sandbox answers has the samples' members in the samples' order, and their values,
//! but for ids and counters, which begin anew in every world.

use serde_json::{Value, json};

use super::{Desk, FIXTURES, Heard, order, sample, sample_bytes};
use crate::http::Ask;

/// Members that count up from another start than the recording's.
const COUNTED: [&str; 13] = [
    "whistl_ref",
    "request_id",
    "seq",
    "event_id",
    "next_cursor",
    "oldest_cursor",
    "despatch_id",
    "despatch_ids",
    "item_fulfilment_ref",
    "voids",
    "movement_id",
    "tracking_numbers",
    "tracking_url",
];

/// Compares a recorded body with an answer, but for counted members and those named.
pub(super) fn assert_like(recorded: &Value, heard: &Value, but: &[&str], path: &str) {
    match (recorded, heard) {
        (Value::Object(recorded), Value::Object(heard)) => {
            let names = |members: &serde_json::Map<String, Value>| -> Vec<String> {
                members.keys().cloned().collect()
            };
            assert_eq!(names(recorded), names(heard), "members of {path}");
            for (key, value) in recorded {
                let inner = format!("{path}.{key}");
                if COUNTED.contains(&key.as_str()) || but.contains(&key.as_str()) {
                    let kind = std::mem::discriminant(value);
                    assert_eq!(kind, std::mem::discriminant(&heard[key]), "type of {inner}");
                } else {
                    assert_like(value, &heard[key], but, &inner);
                }
            }
        }
        (Value::Array(recorded), Value::Array(heard)) => {
            assert_eq!(recorded.len(), heard.len(), "length of {path}: {heard:?}");
            for (index, (recorded, heard)) in recorded.iter().zip(heard).enumerate() {
                assert_like(recorded, heard, but, &format!("{path}[{index}]"));
            }
        }
        _ => assert_eq!(recorded, heard, "value of {path}"),
    }
}

pub(super) fn check(heard: &Heard, status: u16, name: &str, but: &[&str]) {
    assert_eq!(heard.status, status, "{name}: {}", heard.body);
    assert_like(&sample(name), &heard.body, but, name);
}

fn cancel_as_recorded(desk: &mut Desk, reference: &str) -> Heard {
    let body = sample("rest/34-order-SO-00044-cancel-request.json");
    desk.hear(&Desk::ask(
        "POST",
        &format!("/v1/orders/{reference}/cancel"),
        Some(&body),
    ))
}

#[test]
fn the_account_is_told_as_recorded() {
    let mut desk = Desk::new();
    desk.at("2026-10-23T08:15:00Z");
    check(&desk.get("/v1/ping"), 200, "rest/01-ping-200.json", &[]);
    check(
        &desk.get("/v1/services"),
        200,
        "rest/02-services-200.json",
        &[],
    );
    check(
        &desk.get("/v1/items?limit=200"),
        200,
        "rest/03-items-200.json",
        &[],
    );
}

#[test]
fn so_00042_is_accepted_repeated_changed_and_too_late_to_cancel() {
    let mut desk = Desk::new();
    let sent = sample("rest/10-order-SO-00042-request.json");
    desk.at("2026-10-23T09:15:04+01:00");
    check(
        &desk.put(&sent),
        201,
        "rest/11-order-SO-00042-201.json",
        &[],
    );

    // The recording picks at 10:05:30; left alone, the sandbox picks after half an hour.
    desk.at("2026-10-23T10:05:30+01:00");
    let but = ["updated_at"];
    check(
        &desk.put(&sent),
        200,
        "rest/12-order-SO-00042-replay-200.json",
        &but,
    );
    let changed = sample("rest/13-order-SO-00042-changed-request.json");
    check(
        &desk.put(&changed),
        409,
        "rest/14-order-SO-00042-changed-409.json",
        &[],
    );
    let refused = cancel_as_recorded(&mut desk, "SO-00042");
    check(&refused, 409, "rest/36-order-SO-00042-cancel-409.json", &[]);
    let unknown = desk.get("/v1/orders/SO-99999");
    check(&unknown, 404, "rest/37-order-SO-99999-lookup-404.json", &[]);
}

#[test]
fn so_00043_is_accepted() {
    let mut desk = Desk::new();
    let sent = sample("rest/20-order-SO-00043-request.json");
    desk.at("2026-10-23T09:15:06+01:00");
    check(
        &desk.put(&sent),
        201,
        "rest/21-order-SO-00043-201.json",
        &[],
    );
    // What the recording tells of it after that begins with a despatch: see `despatches`.
}

#[test]
fn so_00044_is_refused_with_both_reasons_fixed_defaulted_cancelled_and_used_up() {
    let mut desk = Desk::new();
    desk.at("2026-10-23T09:16:00+01:00");
    let bad = sample("rest/30-order-SO-00044-request-bad.json");
    check(&desk.put(&bad), 422, "rest/31-order-SO-00044-422.json", &[]);
    assert_eq!(
        desk.status("SO-00044"),
        "ORDER_NOT_FOUND",
        "nothing of it exists"
    );

    desk.at("2026-10-23T10:20:31+01:00");
    let fixed = sample("rest/32-order-SO-00044-request-fixed.json");
    check(
        &desk.put(&fixed),
        201,
        "rest/33-order-SO-00044-201-defaulted.json",
        &[],
    );

    // The recording cancels at 11:02; left alone, the sandbox would be picking by then.
    desk.at("2026-10-23T10:40:00+01:00");
    let cancelled = cancel_as_recorded(&mut desk, "SO-00044");
    check(
        &cancelled,
        200,
        "rest/35-order-SO-00044-cancel-200.json",
        &["updated_at"],
    );
    let again = cancel_as_recorded(&mut desk, "SO-00044");
    assert_eq!(
        (again.status, again.body),
        (200, cancelled.body),
        "cancelling is repeatable"
    );
    check(
        &desk.put(&fixed),
        409,
        "rest/38-order-SO-00044-reuse-409.json",
        &[],
    );
}

#[test]
fn so_00045_is_deferred_and_rejected_three_hours_later() {
    let mut desk = Desk::new();
    desk.fault("F22", json!(3 * 3600 + 58));
    desk.at("2026-10-23T12:40:02+01:00");
    let sent = sample("rest/15-order-SO-00045-request.json");
    check(
        &desk.put(&sent),
        202,
        "rest/16-order-SO-00045-202-deferred.json",
        &[],
    );
    let before = desk.get("/v1/order-events").body["next_cursor"].clone();

    desk.at("2026-10-23T16:00:00+01:00");
    let page = desk.get(&format!(
        "/v1/order-events?after={}",
        before.as_str().unwrap()
    ));
    check(
        &page,
        200,
        "rest/17-order-event-SO-00045-rejected-200.json",
        &[],
    );
    desk.board.clear();
    assert_eq!(desk.put(&sent).status, 201, "the reference is free again");
}

#[test]
fn the_event_feed_reads_as_recorded() {
    let mut desk = Desk::new();
    desk.at("2026-10-23T09:15:04+01:00");
    desk.put(&order("SO-1"));
    desk.at("2026-10-23T12:00:00+01:00");
    let page = desk.get("/v1/order-events?limit=2").body;
    let mut recorded = sample("rest/40-order-events-page1-200.json");
    // Of the recorded page, the two events that this order has too.
    let items = recorded["items"].as_array().unwrap();
    recorded["items"] = json!([items[0], items[2]]);
    assert_like(&recorded, &page, &["client_ref", "occurred_at"], "page");
}

#[test]
fn errors_are_worded_as_recorded() {
    let mut desk = Desk::new();
    let torn = Ask {
        body: b"{\"client_ref\":".to_vec(),
        ..Desk::submission(&order("SO-00042"))
    };
    check(
        &desk.hear(&torn),
        400,
        "rest/80-error-400-malformed.json",
        &["message"],
    );

    let mut stranger = Desk::ask("GET", "/v1/ping", None);
    stranger.headers.retain(|(name, _)| name != "x-api-key");
    check(&desk.hear(&stranger), 401, "rest/81-error-401.json", &[]);

    let mut other = Desk::ask("GET", "/v1/ping", None);
    other
        .headers
        .iter_mut()
        .filter(|(name, _)| name == "x-client-code")
        .for_each(|(_, value)| {
            *value = "ELSE".into();
        });
    check(&desk.hear(&other), 403, "rest/82-error-403.json", &[]);

    desk.fault_once("F16", json!(null));
    let expired = desk.get("/v1/order-events?after=order-events:12");
    check(&expired, 410, "rest/83-error-410-cursor.json", &[]);

    desk.fault_once("F07", json!(17));
    let limited = desk.get("/v1/order-events");
    check(&limited, 429, "rest/84-error-429.json", &[]);
    assert_eq!(limited.header("retry-after"), Some("17"));

    desk.fault_once("F06", json!(503));
    check(
        &desk.get("/v1/order-events"),
        503,
        "rest/85-error-503.json",
        &[],
    );
}

#[test]
fn a_service_changed_in_silence_reads_as_recorded() {
    let mut desk = Desk::new();
    desk.fault("F20", json!("silent"));
    desk.at("2026-10-23T10:20:31+01:00");
    let heard = desk.put(&sample("rest/32-order-SO-00044-request-fixed.json"));
    check(
        &heard,
        201,
        "faults/order-service-silently-defaulted-201.json",
        &[],
    );
    assert_eq!(desk.truth_of("SO-00044")["service_applied"], "WHI_STD");
}

#[test]
fn a_page_with_200_is_the_recorded_page() {
    let mut desk = Desk::new();
    desk.fault("F09", json!(null));
    let heard = desk.get("/v1/order-events");
    assert_eq!(heard.status, 200);
    assert!(
        heard
            .header("content-type")
            .unwrap()
            .starts_with("text/html")
    );
    assert_eq!(heard.answer.body, sample_bytes("faults/html-with-200.html"));
}

#[test]
fn the_manifest_names_every_sample_and_nothing_else() {
    let manifest = sample("manifest.json");
    let named: Vec<&str> = manifest["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["file"].as_str().unwrap())
        .collect();
    for file in &named {
        assert!(!sample_bytes(file).is_empty(), "{file}");
    }
    let mut kept: Vec<String> = Vec::new();
    for folder in ["rest", "faults"] {
        let path = format!("{FIXTURES}/{folder}");
        for entry in std::fs::read_dir(path).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            kept.push(format!("{folder}/{name}"));
        }
    }
    let mut named: Vec<String> = named.into_iter().map(str::to_owned).collect();
    named.sort_unstable();
    kept.sort_unstable();
    assert_eq!(named, kept);
}
