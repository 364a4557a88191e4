//! How goods leave when nobody steers, and what faults do to a despatch as it is made.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Desk, order};
use crate::whistl::Habits;

/// A desk whose warehouse has these habits and has let that many orders go.
fn left_alone(habits: Habits, orders: usize) -> Desk {
    let mut desk = Desk::new();
    desk.warehouse.habits = habits;
    for sku in ["TEE001BLKM", "MUG330WHT"] {
        desk.warehouse.receive(sku, 10_000.into());
    }
    for number in 1..=orders {
        desk.put(&order(&format!("SO-{number}")));
    }
    desk.wait(3 * 86_400);
    desk
}

/// The first despatch of a new order, made with the fault on.
fn struck(fault: &str, value: Value) -> (Desk, Value) {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.fault_once(fault, value);
    let item = desk.despatch("SO-1", &json!({}));
    (desk, item)
}

#[test]
fn a_plain_warehouse_sends_every_order_whole_in_one_parcel() {
    let mut desk = left_alone(Habits::whole(), 30);
    let items = desk.despatches();
    assert_eq!(items.len(), 30);
    for item in items {
        assert_eq!(item["order_final"], true);
        assert_eq!(item["parcels"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_usual_warehouse_sends_its_shares_in_parts_in_parcels_and_short() {
    let desk = left_alone(Habits::usual(7), 600);
    let truth = desk.warehouse.truth();
    let orders = truth["orders"].as_array().unwrap();
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parcels = 0;
    for despatch in truth["despatches"].as_array().unwrap() {
        *parts
            .entry(despatch["client_ref"].as_str().unwrap())
            .or_default() += 1;
        parcels += usize::from(despatch["tracking"].as_array().unwrap().len() > 1);
    }
    let in_parts = parts.values().filter(|count| **count == 2).count();
    assert!((150..250).contains(&in_parts), "{in_parts}");
    assert!((90..230).contains(&parcels), "{parcels}");
    let short = orders
        .iter()
        .filter(|row| row["lines"].to_string().contains(r#""cancelled":"1""#));
    let short = short.count();
    assert!((5..30).contains(&short), "{short}");
    for row in orders {
        assert_eq!(row["status"], "DESPATCHED");
        let number =
            |line: &Value, name: &str| -> i64 { line[name].as_str().unwrap().parse().unwrap() };
        for line in row["lines"].as_array().unwrap() {
            let settled = number(line, "despatched") + number(line, "cancelled");
            assert_eq!(settled, number(line, "ordered"), "{row}");
        }
    }
    let stock = truth["stock"].as_array().unwrap();
    assert!(stock.iter().all(|row| row["allocated"] == "0"), "{stock:?}");
}

#[test]
fn the_rest_follows_an_hour_later_and_an_order_that_forbids_parts_stays_whole() {
    let always = Habits {
        parts_one_in: 1,
        ..Habits::whole()
    };
    let mut desk = Desk::new();
    desk.warehouse.habits = always;
    desk.put(&order("SO-1"));
    let mut whole = order("SO-2");
    whole["allow_partial"] = json!(false);
    desk.put(&whole);
    desk.wait(86_400);
    let told: Vec<String> = desk
        .despatches()
        .iter()
        .map(|item| {
            let word = |name: &str| item[name].as_str().unwrap().to_owned();
            format!(
                "{} {} {}",
                word("client_ref"),
                word("despatched_at"),
                item["order_final"]
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "SO-1 2026-10-23T16:40:00+01:00 false",
            "SO-2 2026-10-23T16:40:00+01:00 true",
            "SO-1 2026-10-23T17:40:00+01:00 true"
        ]
    );
}

#[test]
fn goods_held_after_packing_wait_for_the_next_collection() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.at("2026-10-23T16:00:00+01:00").step("SO-1", "HELD");
    desk.at("2026-10-24T09:00:00+01:00").step("SO-1", "PACKED");
    desk.at("2026-10-26T16:39:59Z");
    assert_eq!(desk.status("SO-1"), "PACKED");
    desk.wait(1);
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
}

#[test]
fn f13_a_despatch_comes_twice_under_one_number_or_a_new_one() {
    let (mut desk, item) = struck("F13", json!("same_seq"));
    assert_eq!(desk.despatches(), [item.clone(), item.clone()]);
    desk.fault_once("F13", json!("new_seq"));
    desk.despatches();
    let again = desk.despatches();
    assert_eq!(again[1]["seq"], 2);
    let mut same = again[1].clone();
    same["seq"] = json!(1);
    assert_eq!(same, item, "but for the number");
}

#[test]
fn f14_a_late_despatch_is_passed_by_the_cursor() {
    let (mut desk, _) = struck("F14", json!(3600));
    desk.put(&order("SO-2"));
    desk.despatch("SO-2", &json!({}));
    let page = desk.get("/v1/despatches").body;
    assert_eq!(page["items"][0]["client_ref"], "SO-2");
    assert_eq!(page["next_cursor"], "despatches:2");
    desk.wait(3600);
    assert_eq!(
        desk.despatches()[0]["seq"],
        1,
        "the lower number is shown later"
    );
}

#[test]
fn f17_and_f18_a_backup_is_restored_with_or_without_a_word() {
    let (mut desk, item) = struck("F17", json!(null));
    let page = desk.get("/v1/despatches?after=despatches:1").body;
    assert_eq!(page["items"][0]["despatch_id"], item["despatch_id"]);
    assert_eq!(page["items"][0]["seq"], 2);
    assert_ne!(page["feed_epoch"], "2026-01-05T00:00:00Z/1");

    let (mut desk, item) = struck("F18", json!(1));
    assert_eq!(desk.despatches(), Vec::<Value>::new());
    desk.put(&order("SO-2"));
    let other = desk.despatch("SO-2", &json!({}));
    assert_eq!(other["despatch_id"], item["despatch_id"]);
    assert_eq!(
        (&other["seq"], &other["client_ref"]),
        (&json!(1), &json!("SO-2"))
    );
}

#[test]
fn f24_an_order_leaves_before_its_submission_is_answered() {
    let mut desk = Desk::new();
    desk.fault_once("F24", json!(600));
    assert_eq!(desk.put(&order("SO-1")).body["status"], "ACCEPTED");
    assert_eq!(desk.despatches()[0]["client_ref"], "SO-1");
    assert_eq!(desk.events(), Vec::<String>::new());
    desk.wait(600);
    assert_eq!(desk.events(), ["->ACCEPTED", "ACCEPTED>DESPATCHED"]);

    desk.fault_once("F22", json!("accepted"));
    desk.fault_once("F24", json!(null));
    assert_eq!(desk.put(&order("SO-2")).body["status"], "RECEIVED");
    assert_eq!(
        desk.despatches()[1]["parcels"][0]["service_code"],
        "WHI_EXP"
    );
    assert_eq!(desk.status("SO-2"), "DESPATCHED");
    desk.wait(86_400);
    assert_eq!(desk.events().len(), 4, "nobody decides it any more");
    assert_eq!(desk.warehouse.truth()["stock"][1]["allocated"], "0");
}

#[test]
fn f25_a_despatch_names_its_order_oddly_and_the_truth_knows_better() {
    for (value, told) in [
        (json!(null), "ZZ-99999"),
        (json!({ "ref": "SO-77" }), "SO-77"),
        (json!("prefix"), "WH-SO-1"),
        (json!({ "prefix": "STKB" }), "STKBSO-1"),
        (json!("case"), "so-1"),
    ] {
        let (mut desk, item) = struck("F25", value);
        assert_eq!(item["client_ref"], told);
        let void = desk.void("SO-1", &json!({})).unwrap();
        assert_eq!(void["client_ref"], told, "the same name in its void");
        assert_eq!(
            desk.warehouse.truth()["despatches"][0]["client_ref"],
            "SO-1"
        );
    }
}

#[test]
fn f26_more_leaves_than_was_ordered_or_something_nobody_ordered() {
    let (desk, item) = struck("F26", json!(3));
    assert_eq!(item["lines"][0]["quantity_despatched"], 5);
    assert_eq!(item["lines"][0]["quantity_outstanding"], -3);
    assert_eq!(desk.truth_of("SO-1")["lines"][0]["despatched"], "5");
    assert_eq!(
        desk.warehouse.orders_by_document()[0].ordered["TEE001BLKM"],
        5
    );
    let tee = desk.warehouse.truth()["stock"][4].clone();
    assert_eq!(
        (&tee["on_hand"], &tee["allocated"]),
        (&json!("35"), &json!("0"))
    );

    let (mut desk, item) = struck("F26", json!({ "sku": "BAG010NAT", "quantity": 2 }));
    let line = &item["lines"][2];
    assert_eq!(
        (&line["sku"], &line["line_no"]),
        (&json!("BAG010NAT"), &json!(3))
    );
    assert_eq!(
        (&line["quantity_ordered"], &line["quantity_outstanding"]),
        (&json!(0), &json!(-2))
    );
    assert_eq!(
        desk.warehouse.orders_by_document()[0].ordered["BAG010NAT"],
        2
    );
    assert_eq!(desk.warehouse.truth()["stock"][0]["on_hand"], "38");
    desk.void("SO-1", &json!({})).unwrap();
    assert_eq!(desk.warehouse.truth()["stock"][0]["on_hand"], "40");
    let (_, item) = struck("F26", json!("unordered"));
    assert_eq!(item["lines"][2]["quantity_despatched"], 1);
}

#[test]
fn f27_three_parts_the_last_one_short_or_all_of_it_or_no_word_of_the_end() {
    let (mut desk, _) = struck("F27", json!(null));
    desk.wait(2 * 3600);
    let parts = desk.despatches();
    let units = |item: &Value| -> i64 {
        let lines = item["lines"].as_array().unwrap();
        lines
            .iter()
            .map(|line| line["quantity_despatched"].as_i64().unwrap())
            .sum()
    };
    assert_eq!(parts.iter().map(units).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(parts[2]["order_final"], true);
    assert_eq!(parts[2]["lines"][1]["quantity_cancelled"], 1);

    let (mut desk, item) = struck("F27", json!("all_short"));
    assert_eq!((units(&item), &item["parcels"]), (0, &json!([])));
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
    let (mut desk, item) = struck("F27", json!("not_final"));
    assert_eq!(item["order_final"], false);
    assert_eq!(desk.get("/v1/orders/SO-1").body["order_final"], true);
    let (_, item) = struck("F27", json!("no_flag"));
    assert!(item.get("order_final").is_none());
}

#[test]
fn f28_tracking_comes_later_or_twice_or_long() {
    let (mut desk, item) = struck("F28", json!(600));
    assert_eq!(item["parcels"][0]["tracking_numbers"], json!([]));
    desk.wait(600);
    let later = &desk.despatches()[1];
    assert_eq!(later["revision"], 2);
    assert_eq!(
        later["parcels"][0]["tracking_numbers"],
        json!(["WHI0000000001"])
    );

    let (_, item) = struck("F28", json!("twice"));
    let parcels = item["parcels"].as_array().unwrap();
    assert_eq!(parcels.len(), 2);
    assert_eq!(
        parcels[0]["tracking_numbers"],
        parcels[1]["tracking_numbers"]
    );
    assert_eq!(parcels[1]["contents"][0]["quantity"], 3);
    for (value, length) in [(json!("long"), 60), (json!({ "long": 200 }), 200)] {
        let (_, item) = struck("F28", value);
        let number = item["parcels"][0]["tracking_numbers"][0].as_str().unwrap();
        assert_eq!(number.len(), length);
    }
    let (_, item) = struck("F28", json!({ "parcels": 40 }));
    assert_eq!(item["parcels"].as_array().unwrap().len(), 40);
}

#[test]
fn f29_a_despatch_is_voided_later_and_leaves_again() {
    let (mut desk, item) = struck("F29", json!(600));
    desk.wait(600);
    assert_eq!(desk.despatches()[1]["voids"], item["despatch_id"]);
    assert_eq!(desk.status("SO-1"), "PACKED");
    desk.at("2026-10-23T16:40:00+01:00").wait(0);
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
}

#[test]
fn f45_a_reason_nobody_agreed_on() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.despatch("SO-1", &json!({ "lines": [], "final": true }));
    desk.fault("F45", json!("reason"));
    assert_eq!(
        desk.despatches()[0]["lines"][0]["cancel_reason"],
        "EATEN_BY_MICE"
    );
}

#[test]
fn a_fault_of_despatches_can_be_aimed_at_one_order() {
    let mut desk = Desk::new();
    for reference in ["SO-1", "SO-2"] {
        desk.put(&order(reference));
    }
    let mut switch = crate::faults::Switch::on(crate::faults::Vendor::Whistl, "F28");
    switch.number = Some("SO-2".into());
    switch.path = Some("despatches".into());
    desk.board.add(switch);
    desk.at("2026-10-23T16:40:00+01:00").wait(0);
    let counts: Vec<usize> = desk
        .despatches()
        .iter()
        .map(|item| {
            item["parcels"][0]["tracking_numbers"]
                .as_array()
                .unwrap()
                .len()
        })
        .collect();
    assert_eq!(counts, [1, 0]);
}
