//! What the truth says, and that it is deterministic.

use serde_json::json;

use super::{Desk, order, order_with};
use crate::whistl::DocumentOrders;

#[test]
fn the_truth_has_the_shape_of_the_sandbox_paper() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.put(&order("SO-1"));
    let mut bad = order("SO-2");
    bad["delivery"]["phone"] = json!(null);
    desk.put(&bad);
    let truth = desk.warehouse.truth();
    assert_eq!(
        (&truth["calls"]["total"], &truth["calls"]["refused"]),
        (&json!(3), &json!(0))
    );
    assert_eq!(
        truth["calls"]["by_status"],
        json!({"200": 1, "201": 1, "422": 1})
    );
    assert_eq!(
        (&truth["despatches"], &truth["adjustments"]),
        (&json!([]), &json!([]))
    );
    assert!(
        truth.get("duplicates").is_none(),
        "control works that out with the sales"
    );
    let row = &truth["orders"][0];
    assert_eq!(row["client_ref"], "SO-1");
    assert_eq!(row["status"], "ACCEPTED");
    assert_eq!(row["submissions"], 2);
    assert_eq!(row["created"], 1);
    assert_eq!(
        row["lines"][1],
        json!({"sku": "MUG330WHT", "ordered": "4", "despatched": "0", "cancelled": "0"})
    );
    assert_eq!(row["payload"], order("SO-1"));
    assert_eq!(row["accepted_payload"], order("SO-1"));
    let bag = &truth["stock"][0];
    assert_eq!(
        *bag,
        json!({"sku": "BAG010NAT", "on_hand": "40", "quarantined": "0", "allocated": "0",
            "opening": "40"})
    );
    assert_eq!(
        truth["orders"].as_array().unwrap().len(),
        1,
        "a refused order is none"
    );
    assert_eq!(truth["never_taken"][0]["client_ref"], "SO-2");
    assert_eq!(truth["never_taken"][0]["submissions"], 1);
}

#[test]
fn what_a_sale_has_live_is_summed_over_its_references() {
    let mut desk = Desk::new();
    desk.put(&order("SO-1"));
    desk.cancel("SO-1");
    let mut again = order_with("/lines/0/quantity", json!(3));
    again["client_ref"] = json!("SO-1-2");
    desk.put(&again);
    let mut more = again.clone();
    more["client_ref"] = json!("SO-1-3");
    desk.put(&more);
    let ordered = [("TEE001BLKM".to_owned(), 6), ("MUG330WHT".to_owned(), 8)];
    assert_eq!(
        desk.warehouse.orders_by_document(),
        [DocumentOrders {
            document_id: "sale-SO-1".into(),
            client_refs: vec!["SO-1-2".into(), "SO-1-3".into()],
            ordered: ordered.into_iter().collect(),
        }]
    );
}

#[test]
fn the_same_calls_at_the_same_times_give_the_same_bytes() {
    let run = || {
        let mut desk = Desk::new();
        desk.fault("F08", json!(null));
        desk.board.clear();
        let mut bytes = Vec::new();
        for reference in ["SO-3", "SO-1", "SO-2"] {
            bytes.extend(desk.put(&order(reference)).answer.body);
            desk.wait(900);
        }
        bytes.extend(desk.get("/v1/order-events").answer.body);
        bytes.extend(desk.warehouse.truth().to_string().into_bytes());
        bytes
    };
    assert_eq!(run(), run());
}
