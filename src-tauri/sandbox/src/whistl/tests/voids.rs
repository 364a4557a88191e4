//! Despatches taken back, corrected, or published as no warehouse should.

use serde_json::{Value, json};

use super::despatches::{accepted, figures, stock};
use super::sample;

/// One parcel with a wish.
fn one_parcel(parcel: &Value) -> Value {
    json!({ "parcels": [parcel] })
}

#[test]
fn a_void_puts_everything_back_and_the_order_leaves_again() {
    let mut desk = accepted(&["SO-1"]);
    let before = (stock(&desk, "TEE001BLKM"), stock(&desk, "MUG330WHT"));
    let short = json!({ "lines": [{ "sku": "MUG330WHT", "quantity": 3 }], "final": true });
    let left = desk.despatch("SO-1", &short);
    let void = desk.void("SO-1", &json!({})).unwrap();
    assert_eq!(
        (&void["kind"], &void["voids"]),
        (&json!("VOID"), &left["despatch_id"])
    );
    assert_eq!(figures(&void["lines"][1]), [4, -3, 0, 4]);
    assert_eq!(void["lines"][1]["movement_id"], 900_002);
    assert_eq!(
        before,
        (stock(&desk, "TEE001BLKM"), stock(&desk, "MUG330WHT"))
    );
    assert_eq!(desk.status("SO-1"), "PACKED");
    assert_eq!(desk.truth_of("SO-1")["lines"][1]["despatched"], "0");
    assert_eq!(desk.truth_of("SO-1")["lines"][1]["cancelled"], "0");
    let again = desk.void("SO-1", &json!({})).unwrap_err();
    assert!(
        again.message.contains("nothing stands"),
        "{}",
        again.message
    );
    desk.wait(86_400);
    assert_eq!(desk.status("SO-1"), "DESPATCHED");
    let truth = desk.warehouse.truth();
    let kinds: Vec<_> = truth["despatches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| &d["kind"])
        .collect();
    assert_eq!(kinds, ["DESPATCH", "VOID", "DESPATCH"]);
}

#[test]
fn of_several_the_latest_or_the_named_one_is_voided() {
    let mut desk = accepted(&["SO-1"]);
    for quantity in [1, 2] {
        let lines = json!({ "lines": [{ "sku": "MUG330WHT", "quantity": quantity }] });
        desk.despatch("SO-1", &lines);
    }
    let void = desk
        .void("SO-1", &json!({ "despatch_id": "DSP0000001" }))
        .unwrap();
    assert_eq!(figures(&void["lines"][1]), [4, -1, 0, 2]);
    assert_eq!(void["lines"][1]["quantity_previously_despatched"], 3);
    assert_eq!(desk.status("SO-1"), "PART_DESPATCHED");
    let twice = desk
        .void("SO-1", &json!({ "despatch_id": "DSP0000001" }))
        .unwrap_err();
    assert!(twice.message.contains("void already"), "{}", twice.message);
    let unknown = desk
        .void("SO-1", &json!({ "despatch_id": "DSP7" }))
        .unwrap_err();
    assert_eq!(unknown.status, 404);
    assert!(
        unknown.message.contains("DSP0000002, DSP0000001"),
        "{}",
        unknown.message
    );
    let void = desk.void("SO-1", &json!({})).unwrap();
    assert_eq!(void["voids"], "DSP0000002");
    assert_eq!(desk.status("SO-1"), "PACKED");
}

#[test]
fn corrected_tracking_comes_as_a_higher_revision_of_the_same_despatch() {
    let mut desk = accepted(&["SO-1"]);
    let first = desk.despatch("SO-1", &one_parcel(&json!({ "tracking_numbers": [] })));
    assert_eq!(first["parcels"][0]["tracking_numbers"], json!([]));
    assert_eq!(first["parcels"][0]["tracking_url"], Value::Null);
    desk.wait(60);
    let parcel = json!({ "tracking_numbers": ["A1", "A2"], "carrier_code": "EVRI" });
    let second = desk.retrack("SO-1", &one_parcel(&parcel)).unwrap();
    assert_eq!(
        (&second["revision"], &second["seq"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(second["despatch_id"], first["despatch_id"]);
    assert_eq!(second["lines"], first["lines"]);
    assert_eq!(second["despatched_at"], first["despatched_at"]);
    assert_eq!(second["parcels"][0]["carrier_name"], "EVRI");
    assert_eq!(
        second["parcels"][0]["contents"],
        first["parcels"][0]["contents"]
    );
    let third = desk.retrack(
        "SO-1",
        &json!({ "parcels": [{}, { "tracking_numbers": ["B"] }] }),
    );
    let third = third.unwrap();
    assert_eq!(third["parcels"][0]["tracking_numbers"], json!(["A1", "A2"]));
    assert_eq!(third["parcels"][1]["contents"][0]["quantity"], 3);
    assert_eq!(desk.despatches().len(), 3, "each revision is published");
    let truth = desk.warehouse.truth();
    assert_eq!(truth["despatches"][0]["tracking"], json!(["A1", "A2", "B"]));
    assert_eq!(
        desk.get("/v1/orders/SO-1").body["despatch_ids"],
        json!(["DSP0000001"])
    );
}

#[test]
fn any_item_is_published_as_it_stands() {
    let mut desk = accepted(&["SO-1"]);
    desk.despatch("SO-1", &json!({}));
    let more = &sample("faults/despatch-more-than-ordered-200.json")["items"][0];
    let before = desk.warehouse.truth();
    assert_eq!(
        desk.warehouse.publish_despatch(more, desk.now),
        json!({ "seq": 2 })
    );
    for odd in [
        json!({ "despatch_id": "DSP0000001", "revision": 1, "lines": [] }),
        json!("not an object"),
        json!({ "seq": null }),
    ] {
        desk.warehouse.publish_despatch(&odd, desk.now);
    }
    let items = desk.despatches();
    assert_eq!(items[1], *more);
    assert_eq!(
        items[2].to_string(),
        r#"{"seq":3,"despatch_id":"DSP0000001","revision":1,"lines":[]}"#
    );
    assert_eq!(items[3..], [json!("not an object"), json!({ "seq": null })]);
    assert_eq!(
        desk.warehouse.truth()["despatches"],
        before["despatches"],
        "no goods moved"
    );
    let page = desk.get("/v1/despatches?after=despatches:5").body;
    assert_eq!(page["items"], json!([]));
}
