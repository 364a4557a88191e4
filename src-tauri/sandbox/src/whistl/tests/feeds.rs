//! Reading feeds page by page, and everything that can be wrong with a cursor.

use serde_json::{Value, json};

use super::{Desk, order};

/// Reads a feed to its end; the keys of its items in the order they came.
fn read_all(desk: &mut Desk, target: &str, key: &str, pages: usize) -> Vec<String> {
    let mut seen = Vec::new();
    let mut after = String::new();
    for _ in 0..pages {
        let page = desk.get(&format!("{target}{after}")).body;
        for item in page["items"].as_array().unwrap() {
            seen.push(item[key].as_str().unwrap().to_owned());
        }
        after = format!("&after={}", page["next_cursor"].as_str().unwrap());
        if page["has_more"] == json!(false) {
            return seen;
        }
    }
    panic!("the feed has no end: {seen:?}");
}

fn three_orders() -> Desk {
    let mut desk = Desk::new();
    for reference in ["SO-1", "SO-2", "SO-3"] {
        desk.put(&order(reference));
        desk.wait(60);
    }
    desk
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat_and_the_last_cursor_stays() {
    let mut desk = three_orders();
    desk.wait(3 * 3600);
    let ids = read_all(&mut desk, "/v1/order-events?limit=2", "event_id", 9);
    let expected: Vec<String> = (1..=9).map(|n| format!("EVT{n:07}")).collect();
    assert_eq!(ids, expected);
    let nothing = desk.get("/v1/order-events?after=order-events:9").body;
    assert_eq!(nothing["items"], json!([]));
    assert_eq!(nothing["next_cursor"], "order-events:9");
    assert_eq!(nothing["has_more"], false);
    assert_eq!(
        Desk::new().get("/v1/order-events").body["next_cursor"],
        "order-events:0"
    );
}

#[test]
fn a_changed_item_comes_again_after_the_cursor_and_once_in_a_full_read() {
    let mut desk = Desk::new();
    let all = read_all(&mut desk, "/v1/items?limit=2", "sku", 9);
    assert_eq!(all.len(), 5);
    desk.warehouse
        .set_item(&json!({"sku": "MUG330OLD", "active": true}), desk.now)
        .unwrap();
    let news = desk.get("/v1/items?after=items:5").body;
    assert_eq!(news["items"][0]["sku"], "MUG330OLD");
    assert_eq!(news["items"][0]["active"], true);
    let again = read_all(&mut desk, "/v1/items?limit=2", "sku", 9);
    assert_eq!(again.iter().filter(|sku| *sku == "MUG330OLD").count(), 1);
}

#[test]
fn a_limit_out_of_range_is_refused_never_clamped() {
    let mut desk = Desk::new();
    for target in ["/v1/items", "/v1/order-events"] {
        for bad in ["0", "501", "-1", "ten", "", "1.0"] {
            let heard = desk.get(&format!("{target}?limit={bad}"));
            assert_eq!(
                (heard.status, heard.code()),
                (400, "BAD_LIMIT"),
                "{target} {bad}"
            );
        }
        assert_eq!(
            desk.get(&format!("{target}?limit=500&colour=red")).status,
            200
        );
    }
}

#[test]
fn a_cursor_of_another_feed_or_of_none_is_refused() {
    let mut desk = Desk::new();
    for bad in [
        "items:1",
        "1",
        "order-events:",
        "order-events:x",
        "order-events:-1",
        "",
    ] {
        let heard = desk.get(&format!("/v1/order-events?after={bad}"));
        assert_eq!((heard.status, heard.code()), (400, "BAD_CURSOR"), "{bad}");
    }
    let long = format!("/v1/order-events?after=order-events:{}", "0".repeat(128));
    assert_eq!(desk.get(&long).code(), "BAD_CURSOR");
}

#[test]
fn since_counts_on_a_first_call_only() {
    let mut desk = three_orders();
    let since = "/v1/order-events?since=2026-10-23T08:16:00Z";
    let first = desk.get(since).body;
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    assert_eq!(first["items"][0]["client_ref"], "SO-2");
    let later = desk.get(&format!("{since}&after=order-events:0")).body;
    assert_eq!(later["items"].as_array().unwrap().len(), 3);
    assert_eq!(
        desk.get("/v1/order-events?since=yesterday").code(),
        "MALFORMED"
    );
    let empty = desk.get("/v1/items?since=2030-01-01T00:00:00Z").body;
    assert_eq!(
        (&empty["items"], &empty["next_cursor"]),
        (&json!([]), &json!("items:5"))
    );
}

#[test]
fn events_are_kept_ninety_days_and_an_older_cursor_has_expired() {
    let mut desk = three_orders();
    desk.wait(91 * 86_400);
    desk.put(&order("SO-4"));
    let heard = desk.get("/v1/order-events?after=order-events:2");
    assert_eq!((heard.status, heard.code()), (410, "CURSOR_EXPIRED"));
    let oldest = heard.body["error"]["oldest_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let rest = desk.get(&format!("/v1/order-events?after={oldest}")).body;
    assert_eq!(rest["items"][0]["client_ref"], "SO-4");
    assert_eq!(
        desk.get("/v1/order-events").body["items"],
        rest["items"],
        "oldest kept"
    );
}

#[test]
fn an_item_twice_in_a_page_is_the_same_item_twice() {
    let mut desk = three_orders();
    desk.fault_once("F13", json!(null));
    let page = desk.get("/v1/order-events").body;
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 6);
    assert_eq!(items[0], items[1]);
}

#[test]
fn an_item_under_a_new_number_keeps_its_id() {
    let mut desk = three_orders();
    desk.fault_once("F13", json!("new_seq"));
    let ids = read_all(&mut desk, "/v1/order-events?limit=500", "event_id", 3);
    assert_eq!(ids[..3], ids[3..]);
    let page = desk.get("/v1/order-events?after=order-events:3").body;
    assert_eq!(page["items"][0]["seq"], 4);
    assert_eq!(page["items"][0]["event_id"], "EVT0000001");
    desk.fault_once("F13", json!("new_seq"));
    assert_eq!(
        read_all(&mut desk, "/v1/items?limit=500", "sku", 3).len(),
        10
    );
}

#[test]
fn a_whole_page_comes_twice() {
    let mut desk = three_orders();
    desk.fault_once("F13", json!("page"));
    let ids = read_all(&mut desk, "/v1/order-events?limit=500", "event_id", 3);
    assert_eq!(ids.len(), 6);
    assert_eq!(ids[..3], ids[3..]);
}

#[test]
fn a_late_event_is_passed_by_the_cursor_and_found_by_looking_back() {
    let mut desk = three_orders();
    let mut switch = crate::faults::Switch::on(crate::faults::Vendor::Whistl, "F14");
    switch.number = Some("SO-2".into());
    switch.value = Some(json!(3600));
    desk.board.add(switch);
    let references = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item["client_ref"].as_str().unwrap().to_owned())
            .collect()
    };
    let page = desk.get("/v1/order-events").body;
    assert_eq!(references(&page), ["SO-1", "SO-3"]);
    assert_eq!(page["next_cursor"], "order-events:3");
    desk.board.clear();
    desk.wait(1000);
    assert_eq!(
        references(&desk.get("/v1/order-events").body),
        ["SO-1", "SO-3"]
    );
    desk.wait(2600);
    assert!(references(&desk.get("/v1/order-events").body).contains(&"SO-2".to_owned()));
    let onward = desk.get("/v1/order-events?after=order-events:3").body;
    let items = onward["items"].as_array().unwrap();
    assert!(
        items.iter().all(|item| item["seq"].as_u64() > Some(3)),
        "only looking back finds it"
    );
}

#[test]
fn a_stuck_cursor_stays_with_or_without_items() {
    let mut desk = three_orders();
    desk.fault("F15", json!(null));
    for _ in 0..3 {
        let page = desk.get("/v1/order-events?after=order-events:1").body;
        assert_eq!(page["next_cursor"], "order-events:1");
        assert_eq!(
            (page["items"].as_array().unwrap().len(), &page["has_more"]),
            (2, &json!(true))
        );
    }
    desk.board.clear();
    desk.fault("F15", json!("empty"));
    let page = desk.get("/v1/order-events?after=order-events:1").body;
    assert_eq!(
        (&page["items"], &page["has_more"]),
        (&json!([]), &json!(true))
    );
}

#[test]
fn an_announced_backup_changes_the_epoch_and_plays_everything_again() {
    let mut desk = three_orders();
    let before = desk.get("/v1/order-events").body;
    desk.fault_once("F17", json!(null));
    let after = desk.get("/v1/order-events?after=order-events:3").body;
    assert_ne!(after["feed_epoch"], before["feed_epoch"]);
    assert_eq!(
        after["items"][0]["event_id"],
        before["items"][0]["event_id"]
    );
    assert_eq!(desk.get("/v1/ping").body["feed_epoch"], after["feed_epoch"]);
}

#[test]
fn a_backup_in_silence_uses_numbers_and_ids_again() {
    let mut desk = three_orders();
    let before = desk.get("/v1/order-events").body;
    desk.fault_once("F18", json!(1));
    desk.get("/v1/order-events?after=order-events:3");
    desk.put(&order("SO-9"));
    let after = desk.get("/v1/order-events").body;
    assert_eq!(after["feed_epoch"], before["feed_epoch"]);
    assert_eq!(
        after["items"][2]["event_id"],
        before["items"][2]["event_id"]
    );
    assert_eq!(after["items"][2]["client_ref"], "SO-9");
}
