//! How orders live: left alone, stepped by hand, held, released, cancelled, lost.

use serde_json::json;

use super::{Desk, order, order_with};

#[test]
fn an_order_left_alone_is_picked_after_half_an_hour_packed_after_two_and_leaves_at_16_40() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.wait(30 * 60 - 1);
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
    desk.wait(1);
    assert_eq!(desk.status("SO-1"), "PICKING");
    desk.wait(90 * 60 - 1);
    assert_eq!(desk.status("SO-1"), "PICKING");
    desk.wait(1);
    assert_eq!(desk.status("SO-1"), "PACKED");
    desk.at("2026-10-23T16:39:59+01:00").wait(0);
    assert_eq!(desk.status("SO-1"), "PACKED");
    desk.wait(1);
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
    desk.wait(10 * 86_400);
    assert_eq!(
        desk.events(),
        [
            "->ACCEPTED",
            "ACCEPTED>PICKING",
            "PICKING>PACKED",
            "PACKED>DESPATCHED"
        ]
    );
}

#[test]
fn what_is_due_happens_at_its_own_time_however_far_the_clock_jumps() {
    let mut jumped = Desk::new();
    let mut crept = Desk::new();
    for desk in [&mut jumped, &mut crept] {
        desk.put(&order("SO-1"));
        desk.wait(600);
        desk.put(&order("SO-2"));
    }
    jumped.wait(3 * 3600);
    for _ in 0..3 * 60 {
        crept.wait(60);
    }
    let pages = [&mut jumped, &mut crept].map(|desk| desk.get("/v1/order-events").body);
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0]["items"].as_array().unwrap().len(), 6);
}

#[test]
fn a_hold_stops_the_clock_and_a_release_lets_it_run_on() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.wait(20 * 60);
    let hold = json!({"code": "ADDRESS_QUERY", "message": "Which flat?"});
    let state = desk
        .warehouse
        .step("SO-1", "HELD", Some(&hold), desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(state["hold"]["code"], "ADDRESS_QUERY");
    assert_eq!(
        state["hold"]["fixed_by"], "OFFICE",
        "whose it is by the contract's list"
    );
    desk.wait(2 * 86_400);
    assert_eq!(desk.status("SO-1"), "HELD");
    desk.warehouse
        .step("SO-1", "ACCEPTED", None, desk.now, &mut desk.board)
        .unwrap();
    desk.wait(10 * 60 - 1);
    assert_eq!(desk.status("SO-1"), "ACCEPTED");
    desk.wait(1);
    assert_eq!(desk.status("SO-1"), "PICKING");
    assert_eq!(
        desk.events(),
        [
            "->ACCEPTED",
            "ACCEPTED>HELD",
            "HELD>ACCEPTED",
            "ACCEPTED>PICKING"
        ]
    );
}

#[test]
fn an_illegal_step_is_refused_and_names_the_legal_ones() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    let misuse = desk
        .warehouse
        .step("SO-1", "PACKED", None, desk.now, &mut desk.board)
        .unwrap_err();
    assert_eq!(misuse.status, 400);
    for word in [
        "ACCEPTED",
        "PACKED",
        "PICKING, BACKORDERED, HELD, CANCELLED",
    ] {
        assert!(misuse.message.contains(word), "{}", misuse.message);
    }
    for word in ["DESPATCHED", "nonsense", "picking"] {
        assert!(
            desk.warehouse
                .step("SO-1", word, None, desk.now, &mut desk.board)
                .is_err(),
            "{word}"
        );
    }
    let unknown = desk
        .warehouse
        .step("SO-9", "PICKING", None, desk.now, &mut desk.board)
        .unwrap_err();
    assert_eq!(unknown.status, 404);
    let odd = json!({"code": "OTHER", "colour": "red"});
    let misuse = desk
        .warehouse
        .step("SO-1", "HELD", Some(&odd), desk.now, &mut desk.board)
        .unwrap_err();
    assert!(misuse.message.contains("colour"), "{}", misuse.message);
    assert_eq!(desk.events(), ["->ACCEPTED"], "nothing moved");
}

#[test]
fn cancelling_is_possible_until_picking_begins() {
    let mut desk = Desk::new();
    for reference in ["SO-1", "SO-2", "SO-3", "SO-4"] {
        desk.put(&order(reference));
    }
    assert_eq!(
        desk.cancel("so-1").body["outcome"],
        "CANCELLED",
        "references have no case"
    );
    desk.warehouse
        .step("SO-2", "HELD", None, desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(
        desk.cancel("SO-2").status,
        200,
        "held before anything was picked"
    );
    desk.warehouse
        .step("SO-3", "PICKING", None, desk.now, &mut desk.board)
        .unwrap();
    desk.warehouse
        .step("SO-3", "HELD", None, desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(
        desk.cancel("SO-3").code(),
        "TOO_LATE_TO_CANCEL",
        "held after picking began"
    );
    desk.warehouse
        .step("SO-4", "PICKING", None, desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(desk.cancel("SO-4").code(), "TOO_LATE_TO_CANCEL");
    desk.warehouse
        .step("SO-4", "CANCELLED", None, desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(
        desk.cancel("SO-4").status,
        200,
        "nothing was found on the floor"
    );
}

#[test]
fn stock_is_set_aside_on_acceptance_and_given_back_on_cancelling() {
    let mut desk = Desk::new();
    let allocated = |desk: &Desk| {
        let truth = desk.warehouse.truth();
        let rows = truth["stock"].as_array().unwrap();
        let row = rows.iter().find(|row| row["sku"] == "TEE001BLKM").unwrap();
        row["allocated"].as_str().unwrap().to_owned()
    };
    desk.put(&order("SO-1"));
    desk.put(&order("SO-2"));
    assert_eq!(allocated(&desk), "4");
    desk.warehouse
        .step("SO-1", "HELD", None, desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(allocated(&desk), "4", "a hold keeps its goods");
    desk.cancel("SO-1");
    assert_eq!(allocated(&desk), "2");
    desk.warehouse.forget_order("SO-2").unwrap();
    assert_eq!(allocated(&desk), "0");
}

#[test]
fn more_than_there_is_is_accepted_backordered_or_refused_as_the_account_has_it() {
    let much = order_with("/lines/0/quantity", json!(41));
    assert_eq!(Desk::new().put(&much).body["status"], "ACCEPTED");

    let mut desk = Desk::new();
    desk.fault("backorder", json!(null));
    assert_eq!(desk.put(&much).body["status"], "BACKORDERED");
    desk.wait(86_400);
    assert_eq!(desk.status("SO-1"), "BACKORDERED");
    desk.warehouse
        .step("SO-1", "ACCEPTED", None, desk.now, &mut desk.board)
        .unwrap();
    assert_eq!(desk.events(), ["->BACKORDERED", "BACKORDERED>ACCEPTED"]);

    let mut desk = Desk::new();
    desk.fault("no_stock", json!(null));
    assert_eq!(desk.put(&much).reasons(), ["NO_STOCK lines[0].quantity"]);
}

#[test]
fn a_deferred_order_can_be_decided_by_hand() {
    let mut desk = Desk::new();
    desk.fault("F22", json!(3600));
    desk.put(&order("SO-1"));
    desk.put(&order("SO-2"));
    desk.warehouse
        .step("SO-1", "ACCEPTED", None, desk.now, &mut desk.board)
        .unwrap();
    let reason = json!({"code": "ACCOUNT_STOPPED", "message": "Call us."});
    desk.warehouse
        .step("SO-2", "REJECTED", Some(&reason), desk.now, &mut desk.board)
        .unwrap();
    desk.wait(1200);
    let page = desk.get("/v1/order-events").body;
    let last = page["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["rejections"][0]["code"], "ACCOUNT_STOPPED");
    let told = desk.get("/v1/orders/SO-1").body;
    assert_eq!(told["status"], "ACCEPTED");
    assert_eq!(told["service_code_applied"], "WHI_EXP");
    desk.wait(3600);
    assert_eq!(
        desk.status("SO-1"),
        "PICKING",
        "the planned decision no longer counts"
    );
}

#[test]
fn the_whole_warehouse_can_be_put_away_and_taken_out_again() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.put(&order("SO-2"));
    desk.warehouse
        .step("SO-2", "HELD", None, desk.now, &mut desk.board)
        .unwrap();
    let kept = serde_json::to_vec(&desk.warehouse).unwrap();
    let mut again = Desk::new();
    again.warehouse = serde_json::from_slice(&kept).unwrap();
    assert_eq!(again.warehouse.truth(), desk.warehouse.truth());
    let as_value = serde_json::to_value(&desk.warehouse).unwrap();
    let from_value: crate::whistl::Warehouse = serde_json::from_value(as_value).unwrap();
    assert_eq!(from_value.truth(), desk.warehouse.truth());
    for desk in [&mut desk, &mut again] {
        desk.wait(4 * 3600);
        assert_eq!(desk.put(&order("SO-1")).status, 200);
    }
    assert_eq!(again.events(), desk.events());
    assert_eq!(again.warehouse.truth(), desk.warehouse.truth());
}
