//! The recorded adjustments and snapshots, replayed on the samples' own stock: three days at
//! one warehouse, told as recorded but for ids and counters.

use serde_json::{Value, json};

use super::samples::{assert_like, check};
use super::{Desk, order, sample};

/// Members whose counters begin anew.
const COUNTED: [&str; 6] = [
    "adjustment_id",
    "reverses",
    "published_at",
    "snapshot_id",
    "last_movement_id",
    "movement_id",
];

/// The samples' warehouse at the opening of its first snapshot.
fn opened() -> Desk {
    let mut desk = Desk::new();
    for (sku, on_hand) in [
        ("BAG010NAT", 200),
        ("MUG330WHT", 10),
        ("TEE001BLKL", 80),
        ("TEE001BLKM", 120),
        ("MUG330OLD", 0),
    ] {
        let item = json!({ "sku": sku, "on_hand": on_hand });
        desk.warehouse.set_item(&item, desk.now).unwrap();
    }
    for (sku, units) in [("MUG330WHT", -1), ("TEE001BLKM", -2)] {
        desk.adjust(&json!({ "sku": sku, "quantity": units, "reason_code": "QUARANTINE_IN" }));
    }
    desk
}

/// Makes one of the recorded adjustments at its own time.
fn replay(desk: &mut Desk, recorded: &Value) -> Value {
    let mut body = json!({ "note": recorded["note"], "reference": recorded["reference"] });
    if recorded["reverses"].is_null() {
        for name in ["sku", "quantity", "reason_code"] {
            body[name] = recorded[name].clone();
        }
    } else {
        // The one before: ids are counted from another number.
        let all = desk.adjustments();
        body["reverses"] = all.last().unwrap()["adjustment_id"].clone();
    }
    let at = recorded["occurred_at"].as_str().unwrap().to_owned();
    desk.at(&at).adjust(&body)
}

#[test]
fn the_recorded_adjustments_and_the_snapshots_around_them_come_out_as_recorded() {
    let mut desk = opened();
    let but: Vec<&str> = COUNTED.to_vec();
    let snapshot = |desk: &mut Desk, at: &str, header: &str, items: &str| {
        desk.at(at);
        let now = desk.now;
        let made = desk.warehouse.take_snapshot(now);
        let heard = desk.get("/v1/stock/snapshots/latest?warehouse=BRI1");
        check(&heard, 200, header, &COUNTED);
        let id = made["snapshot_id"].as_str().unwrap();
        let heard = desk.get(&format!("/v1/stock/snapshots/{id}/items?limit=500"));
        check(
            &heard,
            200,
            items,
            &[&COUNTED[..], &["allocated", "available"]].concat(),
        );
    };
    desk.at("2026-10-23T05:00:00+01:00");
    snapshot(
        &mut desk,
        "2026-10-23T05:00:00+01:00",
        "rest/70-snapshot-SNP20261023A-header-200.json",
        "rest/71-snapshot-SNP20261023A-items-200.json",
    );
    // What leaves in between: the first despatches of the two orders, by their goods alone.
    for (reference, lines) in [
        ("SO-42", json!([["TEE001BLKM", 2], ["MUG330WHT", 4]])),
        ("SO-43", json!([["TEE001BLKL", 5], ["BAG010NAT", 10]])),
    ] {
        let mut sent = order(reference);
        let wanted = lines.as_array().unwrap().iter().enumerate();
        let wanted = wanted
            .map(|(at, line)| json!({ "line_no": at + 1, "sku": line[0], "quantity": line[1] }));
        sent["lines"] = wanted.collect();
        desk.at("2026-10-23T16:00:00+01:00").put(&sent);
        desk.at("2026-10-23T16:42:10+01:00");
        desk.despatch(reference, &json!({}));
    }
    let opening = desk.adjustments().len();
    let first = sample("rest/60-adjustments-page1-200.json");
    for recorded in first["items"].as_array().unwrap() {
        let told = replay(&mut desk, recorded);
        assert_like(recorded, &told, &but, "adjustment");
    }
    let page = desk
        .get(&format!(
            "/v1/adjustments?limit=4&after=adjustments:{opening}"
        ))
        .body;
    let mut recorded = first.clone();
    recorded["has_more"] = json!(false);
    assert_like(&recorded, &page, &but, "page");
    snapshot(
        &mut desk,
        "2026-10-24T05:00:00+01:00",
        "rest/72-snapshot-SNP20261024A-header-200.json",
        "rest/73-snapshot-SNP20261024A-items-200.json",
    );
    let second = sample("rest/61-adjustments-page2-200.json");
    for recorded in second["items"].as_array().unwrap() {
        let told = replay(&mut desk, recorded);
        assert_like(recorded, &told, &but, "adjustment");
    }
}

#[test]
fn goods_nobody_knows_are_told_of_as_recorded() {
    let mut desk = opened();
    let before = desk.adjustments().len();
    desk.fault_once("F31", json!({ "sku": "SOCK99RED" }));
    desk.at("2026-10-26T15:00:00+00:00");
    desk.adjust(&json!({ "sku": "MUG330WHT", "quantity": 4, "note": "Label reads SOCK99RED" }));
    let heard = desk.get(&format!("/v1/adjustments?after=adjustments:{before}"));
    check(
        &heard,
        200,
        "faults/adjustment-unknown-sku-200.json",
        &COUNTED,
    );
}
