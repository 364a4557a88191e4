//! The recorded answers, read; and odd ones, tolerated.

use chrono::{DateTime, Utc};
use domain::CountryCode;
use expect_test::expect;
use serde_json::json;

use super::*;
use crate::samples::{profile, reference, sample, sample_json};

fn state(name: &str, ours: &str) -> OrderState {
    order_state(&sample(name), &reference(ours), &profile()).unwrap()
}

fn state_json(told: &Value) -> Result<OrderState, BadField> {
    order_state(
        told.to_string().as_bytes(),
        &reference("SO-00042"),
        &profile(),
    )
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn events(body: &[u8], after: Option<&str>) -> Result<Page<OrderEvent>, BadField> {
    let account = profile();
    page(body, "order-events", after, |event| {
        order_event(event, &account)
    })
}

#[test]
fn an_accepted_order_is_read_whole() {
    let state = state("rest/11-order-SO-00042-201.json", "SO-00042");
    assert_eq!(state.whistl_ref, "WF10000042");
    assert_eq!(
        (&state.status, state.order_final),
        (&OrderStatus::Accepted, false)
    );
    assert_eq!(state.service_applied.as_deref(), Some("WHI_EXP"));
    assert_eq!(state.accepted_at, Some(at("2026-10-23T08:15:04Z")));
    assert_eq!(state.lines[1].outstanding, 4);
    assert_eq!(state.hold, None);
}

#[test]
fn an_order_held_by_a_carrier_shows_who_must_mend_it_and_since_when() {
    let state = state("rest/22-order-SO-00043-lookup-held-200.json", "SO-00043");
    assert_eq!(state.status, OrderStatus::Held);
    let hold = state.hold.unwrap();
    assert_eq!((hold.code.as_str(), hold.known), ("CARRIER_ERROR", true));
    assert_eq!(
        (hold.fixed_by, hold.since),
        (Owner::Warehouse, Some(at("2026-10-24T08:12:00Z")))
    );
    assert_eq!(state.despatch_ids, ["DSP0000872"]);
}

#[test]
fn a_finished_order_says_what_was_left_out() {
    let state = state("rest/23-order-SO-00043-lookup-final-200.json", "SO-00043");
    assert!(state.order_final && state.status.is_final());
    let mugs = &state.lines[2];
    assert_eq!(
        (
            mugs.ordered,
            mugs.despatched,
            mugs.cancelled,
            mugs.outstanding
        ),
        (3, 2, 1, 0)
    );
}

#[test]
fn odd_types_of_a_good_answer_are_tolerated() {
    let told = json!({
        "client_ref": " so-00042 ",
        "status": "Picking",
        "order_final": "false",
        "accepted_at": "2026-10-23T09:15:04",
        "updated_at": "yesterday",
        "lines": [{"line_no": "1", "sku": "TEE001BLKM", "quantity_ordered": "2",
                   "quantity_despatched": 1.0, "colour": "black"}],
        "despatch_ids": null,
        "warnings": null,
        "something_new": {"a": [1, 2]},
    });
    let state = state_json(&told).unwrap();
    assert_eq!(state.status, OrderStatus::Picking);
    assert_eq!(state.raw_status, "Picking");
    assert_eq!(
        state.accepted_at,
        Some(at("2026-10-23T08:15:04Z")),
        "the warehouse's wall clock"
    );
    assert_eq!(state.updated_at, None);
    assert_eq!(
        state.lines[0].outstanding, 1,
        "worked out where they do not say"
    );
    assert_eq!(
        (state.whistl_ref.as_str(), state.service_applied),
        ("", None)
    );
    let none = json!({"client_ref": "SO-00042", "status": "ACCEPTED", "lines": null});
    assert!(state_json(&none).unwrap().lines.is_empty());
}

#[test]
fn half_a_unit_and_a_missing_status_are_named() {
    let line = |quantity: Value| {
        json!({"client_ref": "SO-00042", "status": "ACCEPTED",
               "lines": [{"line_no": 1, "sku": "A", "quantity_ordered": quantity}]})
    };
    let bad = state_json(&line(json!(2.5))).unwrap_err();
    assert_eq!(
        (bad.path.as_str(), bad.value.as_str()),
        ("lines[0].quantity_ordered", "2.5")
    );
    assert_eq!(
        state_json(&line(Value::Null)).unwrap_err().path,
        "lines[0].quantity_ordered"
    );
    assert_eq!(
        state_json(&json!({"client_ref": "SO-00042"}))
            .unwrap_err()
            .path,
        "status"
    );
    let too_many = line(json!(2));
    assert_eq!(state_json(&too_many).unwrap().lines[0].ordered, 2);
}

#[test]
fn an_answer_about_another_order_is_not_believed() {
    let told = sample("rest/11-order-SO-00042-201.json");
    let bad = order_state(&told, &reference("SO-00043"), &profile()).unwrap_err();
    assert_eq!(
        bad.to_string(),
        "client_ref: expected SO-00043 (found \"SO-00042\")"
    );
}

#[test]
fn words_nobody_has_heard_of_are_shown_word_for_word() {
    let told = json!({
        "client_ref": "SO-00042", "status": "Abducted",
        "hold": {"code": "ALIENS", "message": "They came at night.", "fixed_by": "MARS"},
    });
    let state = state_json(&told).unwrap();
    assert_eq!(state.status, OrderStatus::Other("Abducted".into()));
    assert!(!state.status.is_known() && !state.status.is_final() && state.status.allows_cancel());
    let hold = state.hold.unwrap();
    assert_eq!(
        (hold.code.as_str(), hold.known, hold.fixed_by),
        ("ALIENS", false, Owner::Warehouse)
    );
}

#[test]
fn an_accounts_own_words_are_translated_by_its_profile() {
    let mut account = profile();
    account
        .status_map
        .insert("On the floor".into(), "PICKING".into());
    account.hold_map.insert("Q1".into(), "PHONE_QUERY".into());
    let told = json!({"client_ref": "SO-00042", "status": "on the floor", "hold": {"code": "q1"}});
    let state = order_state(
        told.to_string().as_bytes(),
        &reference("SO-00042"),
        &account,
    )
    .unwrap();
    assert_eq!(
        (state.status, state.raw_status.as_str()),
        (OrderStatus::Picking, "on the floor")
    );
    let hold = state.hold.unwrap();
    assert_eq!(
        (hold.code.as_str(), hold.fixed_by),
        ("PHONE_QUERY", Owner::Office)
    );
}

#[test]
fn events_come_in_the_order_of_the_feed_and_not_of_time() {
    let page = events(&sample("rest/41-order-events-page2-200.json"), None).unwrap();
    assert_eq!(page.epoch, "2026-01-05T00:00:00Z/1");
    assert_eq!(
        (page.next_cursor.as_deref(), page.has_more),
        (Some("order-events:2013"), false)
    );
    let told: Vec<String> = page
        .items
        .iter()
        .map(|event| event.as_ref().unwrap())
        .map(|event| {
            let from = event.from.as_ref().map_or("-", OrderStatus::word);
            format!(
                "{} {} {from} → {}\n",
                event.seq,
                event.raw_reference,
                event.to.word()
            )
        })
        .collect();
    expect![[r"
        2009 SO-00043 PICKING → PACKED
        2010 SO-00043 PACKED → PART_DESPATCHED
        2011 SO-00043 PART_DESPATCHED → HELD
        2012 SO-00043 HELD → PART_DESPATCHED
        2013 SO-00043 PART_DESPATCHED → DESPATCHED
    "]]
    .assert_eq(&told.concat());
    let held = page.items[2].as_ref().unwrap();
    assert_eq!(held.hold.as_ref().unwrap().fixed_by, Owner::Warehouse);
    let first = events(&sample("rest/40-order-events-page1-200.json"), None).unwrap();
    assert!(first.has_more);
    assert_eq!(first.items[0].as_ref().unwrap().from, None);
}

#[test]
fn an_order_refused_hours_later_brings_its_reasons() {
    let page = events(
        &sample("rest/17-order-event-SO-00045-rejected-200.json"),
        None,
    )
    .unwrap();
    let event = page.items[0].as_ref().unwrap();
    assert_eq!(event.reference, Some(reference("SO-00045")));
    assert_eq!(event.to, OrderStatus::Rejected);
    assert_eq!(event.rejections[0].code, "POSTCODE_UNKNOWN");
    assert_eq!(
        event.rejections[0].cin7_field(&[]),
        "ShippingAddress.Postcode"
    );
}

#[test]
fn one_bad_event_never_holds_up_the_others() {
    let mut told = sample_json("rest/40-order-events-page1-200.json");
    told["items"][1]["occurred_at"] = json!("soon");
    told["items"][2]["seq"] = json!("two thousand and three");
    told["items"][3] = json!("gone");
    told["items"][4]["client_ref"] = json!("a reference from another world");
    told["items"][5]["occurred_at"] = json!("2026-10-25T01:30:00");
    told["items"][6]["to_status"] = json!("LEVITATING");
    let page = events(told.to_string().as_bytes(), None).unwrap();
    let bad: Vec<(Option<u64>, &str)> = page
        .items
        .iter()
        .filter_map(|item| item.as_ref().err())
        .map(|bad| (bad.seq, bad.field.as_str()))
        .collect();
    assert_eq!(
        bad,
        [(Some(2002), "occurred_at"), (None, "seq"), (None, ".")]
    );
    let raw = &page.items[1].as_ref().unwrap_err().raw;
    assert!(
        String::from_utf8_lossy(raw).contains("EVT0002002"),
        "the item is kept as it came"
    );
    let good: Vec<&OrderEvent> = page
        .items
        .iter()
        .filter_map(|item| item.as_ref().ok())
        .collect();
    assert_eq!(good.len(), 5);
    assert_eq!(
        (good[1].reference.as_ref(), good[1].raw_reference.as_str()),
        (None, "a reference from another world")
    );
    assert!(good[2].time_guessed && !good[0].time_guessed);
    assert_eq!(good[3].to, OrderStatus::Other("LEVITATING".into()));
    assert_eq!(
        page.next_cursor.as_deref(),
        Some("order-events:2008"),
        "and the cursor moves on"
    );
}

#[test]
fn a_prefixed_reference_in_another_case_is_still_ours() {
    let account = Profile {
        ref_prefix: "WSL".into(),
        ..profile()
    };
    let mut told = sample_json("rest/17-order-event-SO-00045-rejected-200.json");
    told["items"][0]["client_ref"] = json!("wslso-00045");
    let page = page(told.to_string().as_bytes(), "order-events", None, |event| {
        order_event(event, &account)
    })
    .unwrap();
    assert_eq!(
        page.items[0].as_ref().unwrap().reference,
        Some(reference("SO-00045"))
    );
}

#[test]
fn a_page_of_something_else_is_not_an_empty_page() {
    for told in [
        json!({}),
        json!({"ok": true}),
        json!([]),
        json!({"items": {}}),
        json!({"feed": "despatches", "items": [], "next_cursor": "despatches:1"}),
    ] {
        assert!(events(told.to_string().as_bytes(), None).is_err(), "{told}");
    }
    let empty = events(br#"{"items": null}"#, Some("order-events:7")).unwrap();
    assert!(empty.items.is_empty() && !empty.has_more);
    assert_eq!(
        empty.next_cursor.as_deref(),
        Some("order-events:7"),
        "the cursor stays"
    );
}

#[test]
fn the_item_list_is_read_with_its_odd_members() {
    let list = page(&sample("rest/03-items-200.json"), "items", None, item).unwrap();
    let items: Vec<Item> = list.items.into_iter().map(Result::unwrap).collect();
    assert_eq!(items.len(), 5);
    assert_eq!(
        (items[4].sku.as_str(), items[4].active),
        ("MUG330OLD", false)
    );
    let odd = json!({"items": [
        {"seq": "1", "sku": 12345, "barcodes": null},
        {"seq": 2, "sku": " PADDED ", "active": "FALSE"},
        {"seq": 3, "sku": " "},
        {"sku": "NOSEQ"},
    ]});
    let list = page(odd.to_string().as_bytes(), "items", None, item).unwrap();
    let first = list.items[0].as_ref().unwrap();
    assert_eq!((first.sku.as_str(), first.active), ("12345", true));
    let second = list.items[1].as_ref().unwrap();
    assert_eq!(
        (second.sku.as_str(), second.active),
        (" PADDED ", false),
        "blanks matter"
    );
    assert_eq!(list.items[2].as_ref().unwrap_err().field, "sku");
    assert_eq!(
        list.items[3].as_ref().unwrap_err().to_string(),
        "seq: expected a whole number from 0 (found nothing)"
    );
}

#[test]
fn the_services_are_read_with_the_default_and_the_withdrawn_one() {
    let list = services(&sample("rest/02-services-200.json"), &profile()).unwrap();
    assert_eq!(list.unknown_policy, UnknownServicePolicy::Default);
    assert_eq!(list.default.unwrap().as_str(), "WHI_STD");
    assert_eq!(list.offers.len(), 4);
    assert!(!list.offers[3].active);
    let france = CountryCode::parse("FR").unwrap();
    assert!(list.offers[2].serves(&france) && !list.offers[0].serves(&france));
    let odd = json!({"services": [{"code": "much too long a service code"}, {"code": "whi_std"}],
                     "unknown_service_policy": "REJECT"});
    let list = services(odd.to_string().as_bytes(), &profile()).unwrap();
    assert_eq!(list.unknown_policy, UnknownServicePolicy::Reject);
    assert_eq!(
        (
            list.offers.len(),
            list.bad.len(),
            list.bad[0].field.as_str()
        ),
        (1, 1, "code")
    );
    assert!(
        list.offers[0].serves(&france),
        "silence about where means everywhere"
    );
    assert!(services(b"{}", &profile()).is_err());
}

#[test]
fn a_ping_tells_the_account_and_what_it_can_do() {
    let ping = ping(&sample("rest/01-ping-200.json"), &profile()).unwrap();
    assert_eq!(
        (ping.client_code.as_str(), ping.environment.as_str()),
        ("STKB", "test")
    );
    assert_eq!(ping.server_time, Some(at("2026-10-23T08:15:00Z")));
    assert!(ping.capabilities.cancel && !ping.capabilities.item_create);
    assert!(
        super::ping(b"{}", &profile()).is_err(),
        "somebody else answered"
    );
    let bare = super::ping(br#"{"client_code":"X"}"#, &profile()).unwrap();
    assert_eq!(
        bare.capabilities,
        Capabilities::default(),
        "what is absent is not attempted"
    );
}
