//! Stock that changes without an order: what each reason does, what is told of it, and what
//! can go wrong in telling.

use serde_json::{Value, json};

use super::{Desk, order};

fn count(quantity: i64) -> Value {
    json!({ "sku": "MUG330WHT", "quantity": quantity, "reason_code": "CYCLE_COUNT" })
}

#[test]
fn each_reason_moves_good_stock_and_what_is_in_the_building_as_the_contract_says() {
    let mut desk = Desk::new();
    for (body, told, stock) in [
        (
            json!({ "quantity": -2, "reason_code": "DAMAGE" }),
            (-2, 0),
            [40, 2, 0],
        ),
        (
            json!({ "quantity": -1, "reason_code": "PICK_DISCREPANCY" }),
            (-1, -1),
            [39, 2, 0],
        ),
        (json!({ "quantity": 3 }), (3, 3), [42, 2, 0]),
        (
            json!({ "quantity": 1, "reason_code": "RETURN_DAMAGED" }),
            (0, 1),
            [43, 3, 0],
        ),
        (
            json!({ "quantity": 1, "reason_code": "QUARANTINE_OUT" }),
            (1, 0),
            [43, 2, 0],
        ),
        (
            json!({ "quantity": 0, "on_hand_change": -2, "reason_code": "WRITE_OFF" }),
            (0, -2),
            [41, 0, 0],
        ),
        (
            json!({ "quantity": -2, "on_hand_change": -2, "reason_code": "DAMAGE" }),
            (-2, -2),
            [39, 0, 0],
        ),
        (
            json!({ "quantity": "50", "reason_code": "RECEIPT", "reference": "PO-1" }),
            (50, 50),
            [89, 0, 0],
        ),
    ] {
        let mut change = body.clone();
        change["sku"] = json!("MUG330WHT");
        let item = desk.adjust(&change);
        let figures = (item["quantity"].as_i64(), item["on_hand_change"].as_i64());
        assert_eq!(figures, (Some(told.0), Some(told.1)), "{body}");
        assert_eq!(desk.stock("MUG330WHT"), stock, "{body}");
    }
    let told = desk.adjustments();
    assert_eq!(told.len(), 8);
    let movements: Vec<u64> = told
        .iter()
        .map(|one| one["movement_id"].as_u64().unwrap())
        .collect();
    assert_eq!(movements, (900_001..=900_008).collect::<Vec<u64>>());
}

#[test]
fn one_counter_numbers_despatch_lines_voids_and_adjustments_alike() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.adjust(&count(-1));
    let left = desk.despatch("SO-1", &json!({}));
    let back = desk.void("SO-1", &json!({})).unwrap();
    let last = desk.adjust(&count(1));
    let of = |item: &Value, line: usize| item["lines"][line]["movement_id"].as_u64();
    assert_eq!(
        [
            of(&left, 0),
            of(&left, 1),
            of(&back, 0),
            of(&back, 1),
            last["movement_id"].as_u64()
        ],
        [900_002, 900_003, 900_004, 900_005, 900_006].map(Some)
    );
}

#[test]
fn a_reversal_takes_back_exactly_what_was_and_only_once() {
    let mut desk = Desk::new();
    let damage =
        desk.adjust(&json!({ "sku": "MUG330WHT", "quantity": -2, "reason_code": "DAMAGE" }));
    let id = damage["adjustment_id"].as_str().unwrap();
    let reversal = desk.adjust(&json!({ "reverses": id, "note": "Wrong item scanned" }));
    assert_eq!(
        [
            &reversal["quantity"],
            &reversal["on_hand_change"],
            &reversal["reason_code"]
        ],
        [&json!(2), &json!(0), &json!("REVERSAL")]
    );
    assert_eq!(reversal["reverses"], id);
    assert_eq!(desk.stock("MUG330WHT"), [40, 0, 0]);
    for which in [id, reversal["adjustment_id"].as_str().unwrap()] {
        let misuse = desk.try_adjust(&json!({ "reverses": which })).unwrap_err();
        assert!(
            misuse.message.contains("reversed already"),
            "{}",
            misuse.message
        );
    }
}

#[test]
fn a_revision_changes_the_words_and_never_the_figures() {
    let mut desk = Desk::new();
    let first = desk.adjust(&count(-2));
    let body = json!({
        "adjustment_id": first["adjustment_id"], "reason_code": "LOST", "note": "Not in bay",
    });
    let (now, board) = (desk.now, &mut desk.board);
    let second = desk.warehouse.revise_adjustment(&body, now, board).unwrap();
    assert_eq!(
        [
            &second["revision"],
            &second["reason_code"],
            &second["note"],
            &second["quantity"]
        ],
        [&json!(2), &json!("LOST"), &json!("Not in bay"), &json!(-2)]
    );
    assert_eq!(second["movement_id"], first["movement_id"]);
    assert_eq!(desk.adjustments().len(), 2);
    assert_eq!(desk.stock("MUG330WHT"), [38, 0, 0], "nothing moved again");
}

#[test]
fn units_that_go_without_a_word_are_in_the_truth_alone() {
    let mut desk = Desk::new();
    let now = desk.now;
    desk.warehouse.lose("MUG330WHT", 3, now).unwrap();
    assert_eq!(desk.stock("MUG330WHT"), [37, 0, 0]);
    assert_eq!(desk.adjustments(), Vec::<Value>::new());
    assert_eq!(
        desk.adjust(&count(1))["movement_id"],
        900_001,
        "no movement was counted"
    );
    let truth = desk.warehouse.truth();
    assert_eq!(
        truth["losses"],
        json!([{ "sku": "MUG330WHT", "quantity": "3", "at": "2026-10-23T08:15:00Z" }])
    );
}

#[test]
fn f13_to_f18_strike_adjustments_like_any_other_feed() {
    let mut desk = Desk::new();
    let item = desk.adjust(&count(-1));
    desk.fault_once("F13", json!(null));
    assert_eq!(desk.adjustments(), [item.clone(), item.clone()]);
    desk.fault_once("F14", json!(600));
    desk.adjust(&count(-2));
    assert_eq!(desk.adjustments().len(), 1, "the first is kept back");
    desk.wait(600);
    assert_eq!(desk.adjustments().len(), 2);
    desk.fault_once("F15", json!(null));
    let stuck = desk.get("/v1/adjustments?after=adjustments:1").body;
    assert_eq!(
        (&stuck["next_cursor"], &stuck["has_more"]),
        (&json!("adjustments:1"), &json!(true))
    );
    desk.fault_once("F16", json!(null));
    assert_eq!(
        desk.get("/v1/adjustments?after=adjustments:1").code(),
        "CURSOR_EXPIRED"
    );

    desk.fault_once("F18", json!(1));
    let left = desk.adjustments();
    let other = desk.adjust(&json!({ "sku": "BAG010NAT", "quantity": 1 }));
    assert_eq!(left.len(), 1);
    assert_eq!(
        (&other["seq"], &other["adjustment_id"]),
        (&json!(2), &json!("ADJ0000002"))
    );
    desk.fault_once("F17", json!(null));
    let again = desk.get("/v1/adjustments?after=adjustments:2").body;
    assert_eq!(again["items"][0]["adjustment_id"], item["adjustment_id"]);
    assert_ne!(again["feed_epoch"], "2026-01-05T00:00:00Z/1");
}

#[test]
fn f31_an_adjustment_of_goods_or_for_a_reason_that_nobody_knows_or_of_nothing() {
    let mut desk = Desk::new();
    desk.fault_once("F31", json!(null));
    let item = desk.adjust(&count(-4));
    assert_eq!(
        (&item["sku"], &item["quantity"]),
        (&json!("SOCK99RED"), &json!(4))
    );
    assert_eq!(desk.stock("SOCK99RED"), [4, 0, 0]);
    assert_eq!(desk.stock("MUG330WHT"), [40, 0, 0]);
    desk.fault_once("F31", json!("reason"));
    assert_eq!(desk.adjust(&count(-1))["reason_code"], "EATEN_BY_MICE");
    assert_eq!(
        desk.warehouse.truth()["adjustments"][1]["reason_code"],
        "CYCLE_COUNT"
    );
    desk.fault_once("F31", json!("zero"));
    assert_eq!(desk.adjust(&count(-1))["quantity"], 0);
    assert_eq!(desk.stock("MUG330WHT"), [39, 0, 0]);
}

#[test]
fn f32_an_adjustment_is_reversed_later_earlier_or_inexactly() {
    let mut desk = Desk::new();
    desk.fault_once("F32", json!(600));
    let first = desk.adjust(&count(-2));
    desk.wait(600);
    assert_eq!(desk.adjustments()[1]["reverses"], first["adjustment_id"]);
    assert_eq!(desk.stock("MUG330WHT"), [40, 0, 0]);

    let mut desk = Desk::new();
    desk.fault_once("F32", json!("early"));
    let first = desk.adjust(&count(-2));
    assert_eq!(desk.adjustments(), Vec::<Value>::new());
    desk.wait(3600);
    let told = desk.adjustments();
    assert_eq!(
        (told.len(), &told[0]["reverses"]),
        (1, &first["adjustment_id"])
    );
    desk.wait(600);
    assert_eq!(desk.adjustments().len(), 2, "the original comes after it");

    let mut desk = Desk::new();
    desk.fault_once("F32", json!({ "inexact": 60 }));
    desk.adjust(&count(-2));
    desk.wait(60);
    assert_eq!(desk.adjustments()[1]["quantity"], 3);
    assert_eq!(desk.stock("MUG330WHT"), [40, 0, 0], "what moved is exact");
}

#[test]
fn f33_a_revision_changes_the_quantity_and_nothing_moves() {
    let mut desk = Desk::new();
    desk.fault_once("F33", json!(60));
    desk.adjust(&count(-2));
    desk.wait(60);
    let told = desk.adjustments();
    assert_eq!(
        (&told[1]["revision"], &told[1]["quantity"]),
        (&json!(2), &json!(-1))
    );
    assert_eq!(desk.stock("MUG330WHT"), [38, 0, 0]);
}

#[test]
fn f35_and_f45_odd_spellings_and_f48_silence() {
    let mut desk = Desk::new();
    desk.fault_once("F35", json!("spaces"));
    assert_eq!(desk.adjust(&count(-1))["sku"], "MUG330WHT  ");
    desk.fault_once("F45", json!("reason"));
    assert_eq!(desk.adjustments()[0]["reason_code"], "EATEN_BY_MICE");
    desk.fault_once("F48", json!(null));
    desk.adjust(&count(-1));
    assert_eq!(desk.adjustments().len(), 1, "of the second nobody hears");
    let truth = desk.warehouse.truth();
    assert_eq!(truth["adjustments"][1]["told"], false);
    assert_eq!(desk.stock("MUG330WHT"), [38, 0, 0]);
}

#[test]
fn a_fault_of_adjustments_can_be_aimed_at_one_sku() {
    let mut desk = Desk::new();
    let mut switch = crate::faults::Switch::on(crate::faults::Vendor::Whistl, "F48");
    switch.number = Some("BAG010NAT".into());
    desk.board.add(switch);
    desk.adjust(&count(-1));
    desk.adjust(&json!({ "sku": "BAG010NAT", "quantity": -1 }));
    let told = desk.adjustments();
    assert_eq!((told.len(), &told[0]["sku"]), (1, &json!("MUG330WHT")));
}

#[test]
fn each_misuse_says_what_would_have_been_right() {
    let mut desk = Desk::new();
    let id = desk.adjust(&count(-1))["adjustment_id"].clone();
    for (body, status, said) in [
        (json!({ "quantity": 1 }), 400, "`sku` is missing"),
        (json!({ "sku": "MUG330WHT" }), 400, "`quantity` is missing"),
        (
            json!({ "sku": "mug-330wht", "quantity": 1 }),
            404,
            "MUG330WHT",
        ),
        (json!({ "sku": "NOPE", "quantity": 1 }), 404, "BAG010NAT"),
        (
            json!({ "sku": "MUG330WHT", "quantity": 1.5 }),
            400,
            "whole number",
        ),
        (
            json!({ "sku": "MUG330WHT", "quantity": "few" }),
            400,
            "whole number",
        ),
        (
            json!({ "sku": "MUG330WHT", "quantity": 1, "reason_code": "DAMGE" }),
            400,
            "DAMAGE",
        ),
        (
            json!({ "sku": "MUG330WHT", "quantity": 1, "reason_code": "DAMAGE" }),
            400,
            "0 or less",
        ),
        (
            json!({ "sku": "MUG330WHT", "quantity": -1, "reason_code": "FOUND" }),
            400,
            "0 or more",
        ),
        (
            json!({ "sku": "MUG330WHT", "quantity": 1, "reason": "x" }),
            400,
            "reason_code",
        ),
        (
            json!({ "sku": "MUG330WHT", "quantity": 1, "note": "x".repeat(201) }),
            400,
            "200",
        ),
        (json!({ "reverses": "ADJ9999999" }), 404, "ADJ0000001"),
        (json!({ "reverses": id, "quantity": 2 }), 400, "must be 1"),
        (
            json!({ "reverses": id, "sku": "BAG010NAT" }),
            400,
            "MUG330WHT",
        ),
        (
            json!({ "reverses": id, "reason_code": "FOUND" }),
            400,
            "REVERSAL",
        ),
        (json!([]), 400, "whistl/adjust"),
    ] {
        let misuse = desk.try_adjust(&body).unwrap_err();
        assert_eq!(misuse.status, status, "{body}: {}", misuse.message);
        assert!(misuse.message.contains(said), "{body}: {}", misuse.message);
    }
    let now = desk.now;
    let misuse = desk.warehouse.lose("MUG330WHT", 99, now).unwrap_err();
    assert!(misuse.message.contains("39 units"), "{}", misuse.message);
    for (body, said) in [
        (
            json!({ "adjustment_id": id }),
            "reason_code, note, reference",
        ),
        (json!({ "adjustment_id": "ADJ9" }), "ADJ0000001"),
        (json!({ "adjustment_id": id, "quantity": 3 }), "quantity"),
        (
            json!({ "adjustment_id": id, "reason_code": "X" }),
            "CYCLE_COUNT",
        ),
    ] {
        let board = &mut desk.board;
        let misuse = desk
            .warehouse
            .revise_adjustment(&body, now, board)
            .unwrap_err();
        assert!(misuse.message.contains(said), "{body}: {}", misuse.message);
    }
    assert_eq!(
        desk.warehouse.truth()["adjustments"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
