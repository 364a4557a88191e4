//! Snapshots of stock: when they are made, how they are read, and what goes wrong between
//! two pages.

use serde_json::{Value, json};

use super::{Desk, order};

const LATEST: &str = "/v1/stock/snapshots/latest?warehouse=BRI1";

/// A desk at 9:15 whose warehouse has lived through that hour.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.warehouse.last_hour = Some(super::at("2026-10-23T08:00:00+01:00"));
    desk.wait(0);
    desk
}

fn header(desk: &mut Desk) -> Value {
    let heard = desk.get(LATEST);
    assert_eq!(heard.status, 200, "{}", heard.body);
    heard.body
}

/// All rows of a snapshot, page by page.
fn rows(desk: &mut Desk, id: &str, limit: usize) -> Vec<Value> {
    let (mut rows, mut after) = (Vec::new(), String::new());
    for _ in 0..20 {
        let page = desk
            .get(&format!(
                "/v1/stock/snapshots/{id}/items?limit={limit}{after}"
            ))
            .body;
        rows.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next_cursor"].as_str() else {
            assert_eq!(page["has_more"], false);
            return rows;
        };
        after = format!("&after={next}");
    }
    panic!("the snapshot has no end");
}

fn latest_rows(desk: &mut Desk) -> Vec<Value> {
    let id = header(desk)["snapshot_id"].as_str().unwrap().to_owned();
    rows(desk, &id, 2)
}

#[test]
fn before_the_first_there_is_none_and_then_one_on_each_hour() {
    let mut desk = Desk::new();
    desk.warehouse.last_hour = Some(super::at("2026-10-23T09:00:00+01:00"));
    let heard = desk.get(LATEST);
    assert_eq!((heard.status, heard.code()), (404, "NO_SNAPSHOT"));
    desk.wait(45 * 60);
    assert_eq!(header(&mut desk)["as_of"], "2026-10-23T10:00:00+01:00");
    desk.wait(3 * 3600 + 60);
    let last = header(&mut desk);
    assert_eq!(last["as_of"], "2026-10-23T13:00:00+01:00");
    assert_eq!(last["snapshot_id"], "SNP20261023D");
    assert_eq!(last["expires_at"], "2026-10-24T13:00:00+01:00");
    let other = desk.get("/v1/stock/snapshots/latest?warehouse=BRI2");
    assert_eq!((other.status, other.code()), (404, "NO_SNAPSHOT"));
    let unnamed = desk.get("/v1/stock/snapshots/latest");
    assert_eq!(unnamed.status, 200, "it has one warehouse only");
}

#[test]
fn rows_are_in_the_order_of_their_skus_and_say_what_moved_last() {
    let mut desk = desk();
    desk.put(&order("SO-1"));
    desk.adjust(&json!({ "sku": "MUG330WHT", "quantity": -2, "reason_code": "DAMAGE" }));
    desk.despatch(
        "SO-1",
        &json!({ "lines": [{ "sku": "TEE001BLKM", "quantity": 1 }] }),
    );
    desk.wait(3600);
    let head = header(&mut desk);
    assert_eq!(
        (&head["item_count"], &head["last_movement_id"]),
        (&json!(5), &json!(900_002))
    );
    let rows = latest_rows(&mut desk);
    let skus: Vec<&str> = rows
        .iter()
        .map(|row| row["sku"].as_str().unwrap())
        .collect();
    assert_eq!(
        skus,
        [
            "BAG010NAT",
            "MUG330OLD",
            "MUG330WHT",
            "TEE001BLKL",
            "TEE001BLKM"
        ]
    );
    assert_eq!(
        rows[2],
        json!({
            "sku": "MUG330WHT", "on_hand": 40, "allocated": 4, "quarantined": 2,
            "available": 34, "last_movement_id": 900_001,
        })
    );
    assert_eq!(
        (&rows[0]["last_movement_id"], &rows[4]["on_hand"]),
        (&json!(900_000), &json!(39))
    );
}

#[test]
fn a_snapshot_never_changes_and_is_gone_after_a_day() {
    let mut desk = desk();
    let id = header(&mut desk)["snapshot_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = rows(&mut desk, &id, 1000);
    desk.adjust(&json!({ "sku": "MUG330WHT", "quantity": -2 }));
    desk.wait(23 * 3600);
    assert_eq!(rows(&mut desk, &id, 3), before);
    desk.wait(3600);
    let heard = desk.get(&format!("/v1/stock/snapshots/{id}/items"));
    assert_eq!((heard.status, heard.code()), (404, "SNAPSHOT_EXPIRED"));
    assert_eq!(latest_rows(&mut desk)[2]["on_hand"], 38);
}

#[test]
fn what_has_nothing_and_never_moved_is_left_out_and_what_is_sold_out_is_not() {
    let mut desk = Desk::new();
    let item = |sku: &str| json!({ "sku": sku, "on_hand": 0 });
    desk.warehouse.set_item(&item("NEVER"), desk.now).unwrap();
    desk.adjust(&json!({ "sku": "MUG330OLD", "quantity": -40 }));
    desk.wait(3600);
    let rows = latest_rows(&mut desk);
    assert!(
        rows.iter()
            .any(|row| row["sku"] == "MUG330OLD" && row["on_hand"] == 0)
    );
    assert!(rows.iter().all(|row| row["sku"] != "NEVER"), "{rows:?}");
}

#[test]
fn limits_and_cursors_are_refused_and_never_bent() {
    let mut desk = desk();
    let id = header(&mut desk)["snapshot_id"]
        .as_str()
        .unwrap()
        .to_owned();
    for (query, code) in [
        ("limit=0", "BAD_LIMIT"),
        ("limit=1001", "BAD_LIMIT"),
        ("after=5", "BAD_CURSOR"),
        ("after=SNP20000101A:5", "BAD_CURSOR"),
    ] {
        let heard = desk.get(&format!("/v1/stock/snapshots/{id}/items?{query}"));
        assert_eq!((heard.status, heard.code()), (400, code), "{query}");
    }
    let heard = desk.get("/v1/stock/snapshots/SNP20000101A/items");
    assert_eq!((heard.status, heard.code()), (404, "SNAPSHOT_EXPIRED"));
    let beyond = desk
        .get(&format!("/v1/stock/snapshots/{id}/items?after={id}:99"))
        .body;
    assert_eq!(
        (&beyond["items"], &beyond["has_more"]),
        (&json!([]), &json!(false))
    );
}

#[test]
fn a_snapshot_may_be_asked_for_every_quarter_of_an_hour_where_the_account_has_it() {
    let mut desk = desk();
    let ask = Desk::ask("POST", "/v1/stock/snapshots", None);
    let refused = desk.hear(&ask);
    assert_eq!((refused.status, refused.code()), (403, "FORBIDDEN"));
    assert_eq!(
        desk.get("/v1/ping").body["capabilities"]["snapshot_request"],
        false
    );
    desk.warehouse.allow_snapshot_requests(true);
    assert_eq!(
        desk.get("/v1/ping").body["capabilities"]["snapshot_request"],
        true
    );
    let before = header(&mut desk);
    assert_eq!(desk.hear(&ask).status, 202);
    assert_eq!(header(&mut desk), before, "it is not made at once");
    desk.wait(60);
    assert_eq!(header(&mut desk)["as_of"], "2026-10-23T09:16:00+01:00");
    let early = desk.hear(&ask);
    assert_eq!((early.status, early.code()), (429, "RATE_LIMITED"));
    assert_eq!(early.header("retry-after"), Some("840"));
    desk.wait(840);
    assert_eq!(desk.hear(&ask).status, 202);
}

#[test]
fn f34_rows_are_torn_missing_of_another_snapshot_or_gone_and_headers_lie() {
    let mut desk = desk();
    let id = header(&mut desk)["snapshot_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let true_rows = rows(&mut desk, &id, 1000);
    desk.wait(3600);
    desk.adjust(&json!({ "sku": "TEE001BLKM", "quantity": 50, "reason_code": "RECEIPT" }));

    desk.fault("F34", json!(null));
    let torn = rows(&mut desk, &id, 1000);
    assert_eq!(torn[..4], true_rows[..4], "what has not moved is as it was");
    assert_eq!(
        (&torn[4]["on_hand"], &torn[4]["last_movement_id"]),
        (&json!(90), &json!(900_001))
    );

    desk.board.clear();
    desk.fault("F34", json!("pages"));
    let first = desk
        .get(&format!("/v1/stock/snapshots/{id}/items?limit=3"))
        .body;
    let next = first["next_cursor"].as_str().unwrap();
    let second = desk
        .get(&format!(
            "/v1/stock/snapshots/{id}/items?limit=3&after={next}"
        ))
        .body;
    assert_eq!(first["snapshot_id"], id.as_str());
    assert_eq!(second["snapshot_id"], "SNP20261023B");

    desk.board.clear();
    desk.fault("F34", json!({ "missing": "BAG010NAT" }));
    assert_eq!(rows(&mut desk, &id, 1000), true_rows[1..]);
    assert_eq!(header(&mut desk)["item_count"], 5);

    desk.board.clear();
    desk.fault("F34", json!("count"));
    assert_eq!(header(&mut desk)["item_count"], 6);
    assert_eq!(rows(&mut desk, &id, 1000), true_rows, "rows are not meant");

    desk.board.clear();
    desk.fault("F34", json!("incomplete"));
    assert_eq!(header(&mut desk)["complete"], false);
    desk.board.clear();
    desk.fault("F34", json!("none"));
    assert_eq!(desk.get(LATEST).code(), "NO_SNAPSHOT");
    desk.board.clear();
    desk.fault_once("F34", json!("expired"));
    assert_eq!(
        header(&mut desk)["item_count"],
        5,
        "a header does not use it up"
    );
    let heard = desk.get(&format!("/v1/stock/snapshots/{id}/items"));
    assert_eq!(heard.code(), "SNAPSHOT_EXPIRED");
}

#[test]
fn f35_a_sku_is_spelt_another_way_in_one_row() {
    let mut desk = desk();
    let mut switch = crate::faults::Switch::on(crate::faults::Vendor::Whistl, "F35");
    switch.number = Some("MUG330WHT".into());
    desk.board.add(switch);
    let rows = latest_rows(&mut desk);
    let odd: Vec<&Value> = rows
        .iter()
        .filter(|row| row["sku"] == "mug330wht")
        .collect();
    assert_eq!((rows.len(), odd.len()), (5, 1));
}

#[test]
fn a_year_goes_by_and_no_more_than_a_days_snapshots_are_kept() {
    let mut desk = desk();
    desk.wait(365 * 86_400);
    let kept = serde_json::to_value(&desk.warehouse).unwrap()["snapshots"]["kept"].clone();
    assert!(kept.as_array().unwrap().len() <= 25);
    assert_eq!(header(&mut desk)["as_of"], "2027-10-23T09:00:00+01:00");
}

#[test]
fn a_warehouse_that_was_written_and_read_back_goes_on_with_its_snapshots() {
    let mut desk = desk();
    desk.wait(7200);
    let before = latest_rows(&mut desk);
    let text = serde_json::to_string(&desk.warehouse).unwrap();
    desk.warehouse = serde_json::from_str(&text).unwrap();
    assert_eq!(latest_rows(&mut desk), before);
    desk.adjust(&json!({ "sku": "BAG010NAT", "quantity": 1 }));
    desk.wait(3600);
    assert_eq!(latest_rows(&mut desk)[0]["on_hand"], 41);
}

#[test]
fn a_state_file_from_before_stock_was_kept_so_still_reads() {
    let mut desk = desk();
    let mut kept = serde_json::to_value(&desk.warehouse).unwrap();
    let warehouse = kept.as_object_mut().unwrap();
    for member in ["adjustments", "snapshots", "last_hour"] {
        warehouse.remove(member);
    }
    warehouse["habits"].as_object_mut().unwrap().remove("stock");
    for item in warehouse["items"]["items"]
        .as_object_mut()
        .unwrap()
        .values_mut()
    {
        let item = item.as_object_mut().unwrap();
        item.remove("last_movement");
        item.remove("opening");
    }
    desk.warehouse = serde_json::from_value(kept).unwrap();
    assert_eq!(desk.get(LATEST).code(), "NO_SNAPSHOT");
    desk.wait(3600);
    desk.adjust(&json!({ "sku": "BAG010NAT", "quantity": -1 }));
    assert_eq!(latest_rows(&mut desk).len(), 5);
}
