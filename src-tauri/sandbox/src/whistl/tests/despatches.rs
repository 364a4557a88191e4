//! Goods leaving: as recorded, by hand, in parts, and read from the feed.

use serde_json::{Value, json};

use super::samples::{assert_like, check};
use super::{Desk, order, sample};

/// The stock of a SKU as `on_hand allocated`.
pub(super) fn stock(desk: &Desk, sku: &str) -> String {
    let truth = desk.warehouse.truth();
    let rows = truth["stock"].as_array().unwrap();
    let row = rows.iter().find(|row| row["sku"] == sku).unwrap();
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    format!("{} {}", text("on_hand"), text("allocated"))
}

/// A line of a state or a despatch as `ordered despatched cancelled outstanding`.
pub(super) fn figures(line: &Value) -> [i64; 4] {
    ["ordered", "despatched", "cancelled", "outstanding"]
        .map(|name| line[format!("quantity_{name}")].as_i64().unwrap())
}

pub(super) fn accepted(references: &[&str]) -> Desk {
    let mut desk = Desk::new();
    for reference in references {
        assert_eq!(desk.put(&order(reference)).status, 201);
    }
    desk
}

#[test]
fn the_recorded_despatches_of_so_00042_and_so_00043_read_as_recorded() {
    let mut desk = Desk::new();
    let [first, second] = ["SO-00042", "SO-00043"];
    desk.at("2026-10-23T09:15:04+01:00");
    desk.put(&sample("rest/10-order-SO-00042-request.json"));
    desk.at("2026-10-23T09:15:06+01:00");
    desk.put(&sample("rest/20-order-SO-00043-request.json"));
    // Left alone they would leave at 16:40; the recording is a few minutes later.
    for (time, to) in [("11:00", "HELD"), ("16:41", "PACKED")] {
        desk.at(&format!("2026-10-23T{time}:00+01:00"));
        desk.step(first, to);
        desk.step(second, to);
    }
    desk.at("2026-10-23T16:42:10+01:00");
    desk.despatch(first, &json!({ "parcels": [{}, {}] }));
    desk.at("2026-10-23T16:45:00+01:00");
    let lines = json!([
        { "sku": "TEE001BLKL", "quantity": 5 }, { "sku": "BAG010NAT", "quantity": 10 }]);
    desk.despatch(second, &json!({ "lines": lines }));
    let but = ["published_at", "weight_g"];
    check(
        &desk.get("/v1/despatches"),
        200,
        "rest/50-despatches-page1-200.json",
        &but,
    );

    desk.at("2026-10-24T09:12:00+01:00");
    desk.step(second, "HELD");
    let heard = desk.get("/v1/orders/SO-00043");
    check(
        &heard,
        200,
        "rest/22-order-SO-00043-lookup-held-200.json",
        &[],
    );
    desk.at("2026-10-26T09:40:00Z");
    desk.step(second, "PART_DESPATCHED");
    desk.at("2026-10-26T11:05:00Z");
    let rest = json!({ "lines": [{ "sku": "MUG330WHT", "quantity": 2 }], "final": true });
    desk.despatch(second, &rest);
    let heard = desk.get("/v1/orders/SO-00043");
    check(
        &heard,
        200,
        "rest/23-order-SO-00043-lookup-final-200.json",
        &[],
    );
    // The recorded page gives the one before again, on purpose.
    let page = desk.get("/v1/despatches?after=despatches:1").body;
    assert_like(
        &sample("rest/51-despatches-page2-200.json"),
        &page,
        &but,
        "page 2",
    );
    let nothing = desk.get("/v1/despatches?after=despatches:3");
    check(&nothing, 200, "rest/52-despatches-empty-200.json", &[]);

    desk.at("2026-10-26T14:30:00Z");
    desk.void(first, &json!({})).unwrap();
    let page = desk.get("/v1/despatches?after=despatches:3");
    check(&page, 200, "faults/despatch-void-200.json", &but);
    assert_eq!(
        desk.events().split_off(10),
        [
            "PART_DESPATCHED>HELD",
            "HELD>PART_DESPATCHED",
            "PART_DESPATCHED>DESPATCHED",
            "DESPATCHED>PACKED"
        ]
    );
}

#[test]
fn ids_and_movements_count_up_and_stock_follows() {
    let mut desk = accepted(&["SO-1", "SO-2"]);
    assert_eq!(stock(&desk, "MUG330WHT"), "40 8");
    let first = desk.despatch("SO-1", &json!({}));
    assert_eq!(stock(&desk, "MUG330WHT"), "36 4");
    let second = desk.despatch(
        "SO-2",
        &json!({ "lines": [{ "sku": "MUG330WHT", "quantity": 1 }] }),
    );
    assert_eq!(stock(&desk, "MUG330WHT"), "35 3");
    assert_eq!(first["despatch_id"], "DSP0000001");
    assert_eq!(first["item_fulfilment_ref"], "IF0000001");
    assert_eq!(second["despatch_id"], "DSP0000002");
    assert_eq!(first["lines"][0]["movement_id"], 900_001);
    assert_eq!(first["lines"][1]["movement_id"], 900_002);
    assert_eq!(second["lines"][0]["movement_id"], Value::Null);
    assert_eq!(second["lines"][1]["movement_id"], 900_003);
    assert_eq!(first["order_final"], true);
    assert_eq!(second["order_final"], false);
    assert_eq!(
        first["parcels"][0]["tracking_numbers"],
        json!(["WHI0000000001"])
    );
    assert_eq!(first["parcels"][0]["carrier_code"], "DPD");
    let truth = desk.warehouse.truth();
    let told = &truth["despatches"][1];
    assert_eq!(
        told["lines"],
        json!([{ "sku": "MUG330WHT", "quantity": "1" }])
    );
    assert_eq!(told["tracking"], json!(["WHI0000000002"]));
    assert_eq!(told["client_ref"], "SO-2");
    assert_eq!(desk.truth_of("SO-2")["lines"][1]["despatched"], "1");
}

#[test]
fn parts_add_up_and_the_last_one_may_fall_short() {
    let mut desk = accepted(&["SO-1"]);
    let part =
        |sku: &str, quantity: u32| json!({ "lines": [{ "sku": sku, "quantity": quantity }] });
    desk.despatch("SO-1", &part("MUG330WHT", 1));
    let second = desk.despatch("SO-1", &part("MUG330WHT", 2));
    assert_eq!(second["lines"][1]["quantity_previously_despatched"], 1);
    assert_eq!(figures(&second["lines"][1]), [4, 2, 0, 1]);
    assert_eq!(desk.status("SO-1"), "PART_DESPATCHED");
    let last = json!({ "lines": [{ "sku": "TEE001BLKM", "quantity": 2 }], "final": true });
    let last = desk.despatch("SO-1", &last);
    assert_eq!(figures(&last["lines"][1]), [4, 0, 1, 0]);
    assert_eq!(last["lines"][1]["cancel_reason"], "SHORT_PICK");
    let state = desk.get("/v1/orders/SO-1").body;
    assert_eq!(
        (&state["status"], &state["order_final"]),
        (&json!("DESPATCHED"), &json!(true))
    );
    assert_eq!(figures(&state["lines"][1]), [4, 3, 1, 0]);
    assert_eq!(state["despatch_ids"].as_array().unwrap().len(), 3);
    assert_eq!(stock(&desk, "MUG330WHT"), "37 0");
    assert_eq!(stock(&desk, "TEE001BLKM"), "38 0");
    desk.wait(5 * 86_400);
    assert_eq!(desk.despatches().len(), 3, "nothing more comes");
}

#[test]
fn the_rest_of_an_order_left_alone_follows_with_the_next_collection() {
    let mut desk = accepted(&["SO-1"]);
    let lines = json!({ "lines": [{ "sku": "MUG330WHT", "quantity": 1 }] });
    desk.despatch("SO-1", &lines);
    desk.at("2026-10-23T16:40:00+01:00").wait(0);
    let rest = &desk.despatches()[1];
    assert_eq!(figures(&rest["lines"][1]), [4, 3, 0, 0]);
    assert_eq!(rest["despatched_at"], "2026-10-23T16:40:00+01:00");
    assert_eq!(rest["published_at"], "2026-10-23T15:40:00Z");
}

#[test]
fn everything_short_leaves_nothing_and_a_flag_may_stay_false() {
    let mut desk = accepted(&["SO-1", "SO-2"]);
    let short = desk.despatch("SO-1", &json!({ "lines": [], "final": true }));
    assert_eq!(short["parcels"], json!([]));
    assert_eq!(figures(&short["lines"][0]), [2, 0, 2, 0]);
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
    assert_eq!(
        stock(&desk, "TEE001BLKM"),
        "40 2",
        "only the other's is set aside"
    );

    let open = desk.despatch("SO-2", &json!({ "final": false }));
    assert_eq!(
        (&open["order_final"], figures(&open["lines"][0])),
        (&json!(false), [2, 2, 0, 0])
    );
    assert_eq!(desk.status("SO-2"), "PART_DESPATCHED");
    desk.wait(5 * 86_400);
    assert_eq!(desk.status("SO-2"), "PART_DESPATCHED");
    let end = desk.despatch("SO-2", &json!({ "final": true }));
    assert_eq!(
        (&end["order_final"], &end["parcels"]),
        (&json!(true), &json!([]))
    );
    assert_eq!(desk.status("SO-2"), "DESPATCHED");
}

#[test]
fn many_parcels_hold_every_unit_once_and_the_rest_say_nothing() {
    let mut desk = accepted(&["SO-1"]);
    let parcels: Vec<Value> = (0..40)
        .map(|_| json!({ "service_code": "WHI_STD" }))
        .collect();
    let item = desk.despatch("SO-1", &json!({ "parcels": parcels }));
    let parcels = item["parcels"].as_array().unwrap();
    assert_eq!(parcels.len(), 40);
    assert_eq!(parcels[39]["parcel_no"], 40);
    assert_eq!(
        parcels[39]["carrier_name"], "Royal Mail",
        "whose service it is"
    );
    let units = |parcel: &Value| -> i64 {
        let contents = parcel["contents"].as_array().unwrap();
        contents
            .iter()
            .map(|c| c["quantity"].as_i64().unwrap())
            .sum()
    };
    assert_eq!(parcels.iter().map(units).sum::<i64>(), 6);
}

#[test]
fn what_cannot_be_meant_is_named_and_nothing_moves() {
    let mut desk = accepted(&["SO-1", "SO-2", "SO-3"]);
    desk.step("SO-2", "HELD");
    desk.cancel("SO-3");
    let line = |sku: &str, quantity: i64| json!({ "sku": sku, "quantity": quantity });
    let cases = [
        ("SO-9", json!({}), 404, "no order"),
        ("SO-2", json!({}), 400, "HELD"),
        ("SO-3", json!({}), 400, "CANCELLED"),
        ("SO-1", json!({ "colour": 1 }), 400, "colour"),
        (
            "SO-1",
            json!({ "lines": [line("BAG010NAT", 1)] }),
            404,
            "TEE001BLKM, MUG330WHT",
        ),
        (
            "SO-1",
            json!({ "lines": [line("MUG330WHT", 5)] }),
            400,
            "4 outstanding",
        ),
        (
            "SO-1",
            json!({ "lines": [line("MUG330WHT", 0)] }),
            400,
            "from 1",
        ),
        (
            "SO-1",
            json!({ "lines": [line("MUG330WHT", -1)] }),
            400,
            "whole number",
        ),
        (
            "SO-1",
            json!({ "lines": [line("MUG330WHT", 1), line("MUG330WHT", 1)] }),
            400,
            "twice",
        ),
        ("SO-1", json!({ "lines": [] }), 400, "empty"),
        ("SO-1", json!({ "parcels": [] }), 400, "at least one"),
        (
            "SO-1",
            json!({ "parcels": [{ "box": 1 }] }),
            400,
            "carrier_code",
        ),
        ("SO-1", json!({ "final": "yes" }), 400, "boolean"),
    ];
    for (reference, wanted, status, part) in cases {
        let misuse = desk.try_despatch(reference, &wanted).unwrap_err();
        let message = &misuse.message;
        assert_eq!(misuse.status, status, "{wanted}: {message}");
        assert!(message.contains(part), "{wanted}: {message}");
    }
    assert_eq!(desk.void("SO-1", &json!({})).unwrap_err().status, 400);
    assert_eq!(desk.retrack("SO-1", &json!({})).unwrap_err().status, 400);
    assert_eq!(desk.despatches(), Vec::<Value>::new());
    desk.despatch("SO-1", &json!({}));
    let over = desk.try_despatch("SO-1", &json!({})).unwrap_err();
    assert!(
        over.message.contains("void a despatch first"),
        "{}",
        over.message
    );
}

#[test]
fn the_feed_is_read_in_pages_of_at_most_a_hundred() {
    let mut desk = accepted(&["SO-1", "SO-2", "SO-3"]);
    for bad in ["0", "101", "ten"] {
        let heard = desk.get(&format!("/v1/despatches?limit={bad}"));
        assert_eq!((heard.status, heard.code()), (400, "BAD_LIMIT"), "{bad}");
    }
    let wrong = desk.get("/v1/despatches?after=order-events:1");
    assert_eq!(wrong.code(), "BAD_CURSOR");
    for reference in ["SO-1", "SO-2", "SO-3"] {
        desk.despatch(reference, &json!({}));
        desk.wait(60);
    }
    let page = desk.get("/v1/despatches?limit=2").body;
    assert_eq!(page["feed"], "despatches");
    assert_eq!(
        (&page["next_cursor"], &page["has_more"]),
        (&json!("despatches:2"), &json!(true))
    );
    let rest = desk.get("/v1/despatches?limit=2&after=despatches:2").body;
    assert_eq!(rest["items"][0]["client_ref"], "SO-3");
    assert_eq!(rest["has_more"], false);
    let since = desk.get("/v1/despatches?since=2026-10-23T08:16:00Z").body;
    assert_eq!(since["items"].as_array().unwrap().len(), 2);
    desk.wait(91 * 86_400);
    let heard = desk.get("/v1/despatches?after=despatches:1");
    assert_eq!((heard.status, heard.code()), (410, "CURSOR_EXPIRED"));
    assert_eq!(heard.body["error"]["oldest_cursor"], "despatches:3");
}

#[test]
fn despatches_are_put_away_and_taken_out_with_the_warehouse() {
    let mut desk = accepted(&["SO-1", "SO-2"]);
    desk.fault("F28", json!(7200));
    desk.despatch(
        "SO-1",
        &json!({ "lines": [{ "sku": "MUG330WHT", "quantity": 1 }] }),
    );
    desk.board.clear();
    let kept = serde_json::to_vec(&desk.warehouse).unwrap();
    let mut again = Desk::new();
    again.warehouse = serde_json::from_slice(&kept).unwrap();
    for desk in [&mut desk, &mut again] {
        desk.wait(86_400);
    }
    let items = desk.despatches();
    assert_eq!(again.despatches(), items);
    assert_eq!(
        items.len(),
        4,
        "a part, its tracking, the rest, the other order"
    );
    let told = |desk: &Desk| desk.warehouse.truth()["despatches"].clone();
    assert_eq!(told(&again), told(&desk));
}
