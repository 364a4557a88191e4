//! The recorded snapshots, read; and what may become of them.

use expect_test::expect;
use serde_json::{Value, json};

use super::*;
use crate::samples::{profile, sample, sample_json};

fn head_of(told: &Value) -> Result<SnapshotHead, BadField> {
    head(told.to_string().as_bytes(), Some("BRI1"), &profile())
}

fn told_head() -> Value {
    sample_json("rest/72-snapshot-SNP20261024A-header-200.json")
}

fn head_with(field: &str, value: Value) -> Value {
    let mut changed = told_head();
    changed[field] = value;
    changed
}

/// The rows of a recorded page with one place of one row changed.
fn row_with(field: &str, value: Value) -> Result<CountedLevel, BadItem> {
    let mut told = sample_json("rest/73-snapshot-SNP20261024A-items-200.json");
    told["items"][1][field] = value;
    let rows = page(told.to_string().as_bytes()).unwrap().rows;
    assert!(
        rows[0].is_ok() && rows[2].is_ok(),
        "no row holds up another"
    );
    rows[1].clone()
}

#[test]
fn a_head_is_read_whole() {
    expect![[r#"
        SnapshotHead {
            id: "SNP20261024A",
            warehouse: "BRI1",
            as_of: 2026-10-24T04:00:00Z,
            last_movement: Some(
                900108,
            ),
            item_count: 4,
            expires_at: Some(
                2026-10-25T05:00:00Z,
            ),
            epoch: "2026-01-05T00:00:00Z/1",
            is_complete: true,
        }
    "#]]
    .assert_debug_eq(&head_of(&told_head()).unwrap());
}

#[test]
fn what_makes_a_head_unreadable_is_named() {
    let told: Vec<String> = [
        head_with("snapshot_id", json!(" ")),
        head_with("warehouse", json!("LDS2")),
        head_with("as_of", Value::Null),
        head_with("as_of", json!("this morning")),
        head_with("item_count", Value::Null),
        head_with("item_count", json!(-4)),
        head_with("item_count", json!(4.5)),
        head_with("last_movement_id", json!("many")),
        head_with("complete", json!("nearly")),
        json!([]),
        json!({}),
    ]
    .iter()
    .map(|head| format!("{}\n", head_of(head).unwrap_err()))
    .collect();
    expect![[r#"
        snapshot_id: expected text (found nothing)
        warehouse: expected BRI1 (found "LDS2")
        as_of: expected text (found nothing)
        as_of: expected a date and time (found "this morning")
        item_count: expected a whole number from 0 (found nothing)
        item_count: expected a whole number from 0 (found -4)
        item_count: expected a whole number from 0 (found 4.5)
        last_movement_id: expected a whole number from 0 to 2^53 - 1 (found "many")
        complete: expected true or false (found "nearly")
        snapshot_id: expected text (found nothing)
        snapshot_id: expected text (found nothing)
    "#]]
    .assert_eq(&told.concat());
}

#[test]
fn a_head_may_leave_out_what_nothing_depends_on_and_is_then_not_called_complete() {
    let bare = json!({"snapshot_id": 7, "as_of": "2026-10-24T05:00:00", "item_count": "4.0"});
    let head = head_of(&bare).unwrap();
    assert_eq!(
        (head.id.as_str(), head.warehouse.as_str(), head.item_count),
        ("7", "BRI1", 4)
    );
    assert_eq!(head.as_of.to_rfc3339(), "2026-10-24T04:00:00+00:00");
    assert_eq!(
        (head.last_movement, head.expires_at, head.epoch.as_str()),
        (None, None, "")
    );
    assert!(!head.is_complete, "silence is not their word");
    for (told, complete) in [
        (json!("TRUE"), true),
        (json!(false), false),
        (Value::Null, false),
    ] {
        assert_eq!(
            head_of(&head_with("complete", told)).unwrap().is_complete,
            complete
        );
    }
    assert!(head_of(&head_with("warehouse", json!("bri1"))).is_ok());
}

#[test]
fn every_recorded_row_is_read() {
    let mut told = String::new();
    for name in [
        "rest/71-snapshot-SNP20261023A-items-200.json",
        "rest/73-snapshot-SNP20261024A-items-200.json",
        "rest/75-snapshot-SNP20261026A-items-200.json",
        "faults/snapshot-torn-items-200.json",
    ] {
        let page = page(&sample(name)).unwrap();
        assert_eq!((page.next_cursor, page.has_more), (None, false));
        told += &format!("{}\n", page.snapshot);
        for row in page.rows {
            let row = row.unwrap();
            let (good, movement) = (row.good(), row.last_movement.unwrap());
            told += &format!(
                "  {} {} there, {} promised, {} set apart, {good} good, at {movement}\n",
                row.sku, row.on_hand, row.allocated, row.quarantined
            );
        }
    }
    expect![[r"
        SNP20261023A
          BAG010NAT 200 there, 0 promised, 0 set apart, 200 good, at 900081
          MUG330WHT 10 there, 0 promised, 1 set apart, 9 good, at 900094
          TEE001BLKL 80 there, 0 promised, 0 set apart, 80 good, at 900077
          TEE001BLKM 120 there, 0 promised, 2 set apart, 118 good, at 900100
        SNP20261024A
          BAG010NAT 193 there, 0 promised, 0 set apart, 193 good, at 900107
          MUG330WHT 5 there, 2 promised, 3 set apart, 2 good, at 900106
          TEE001BLKL 75 there, 0 promised, 0 set apart, 75 good, at 900103
          TEE001BLKM 119 there, 0 promised, 2 set apart, 117 good, at 900108
        SNP20261026A
          BAG010NAT 193 there, 0 promised, 0 set apart, 193 good, at 900107
          MUG330WHT 3 there, 0 promised, 3 set apart, 0 good, at 900111
          TEE001BLKL 75 there, 0 promised, 0 set apart, 75 good, at 900103
          TEE001BLKM 168 there, 0 promised, 2 set apart, 166 good, at 900110
        SNP20261024A
          BAG010NAT 193 there, 0 promised, 0 set apart, 193 good, at 900107
          MUG330WHT 5 there, 2 promised, 3 set apart, 2 good, at 900106
          TEE001BLKL 75 there, 0 promised, 0 set apart, 75 good, at 900103
          TEE001BLKM 168 there, 0 promised, 2 set apart, 166 good, at 900110
    "]]
    .assert_eq(&told);
}

#[test]
fn figures_are_whole_however_they_are_written_and_may_be_below_nought() {
    for (told, units) in [
        (json!(5.0), 5),
        (json!(" 5 "), 5),
        (json!(-3), -3),
        (json!(0), 0),
    ] {
        assert_eq!(row_with("on_hand", told).unwrap().on_hand, units);
    }
    let one_figure = row_with("quarantined", Value::Null).unwrap();
    assert_eq!((one_figure.quarantined, one_figure.good()), (0, 5));
    assert_eq!(row_with("allocated", json!("")).unwrap().allocated, 0);
    assert_eq!(
        row_with("last_movement_id", Value::Null)
            .unwrap()
            .last_movement,
        None
    );
    assert_eq!(
        row_with("available", json!("?")).unwrap().good(),
        2,
        "worked out, not read"
    );
    assert_eq!(
        row_with("sku", json!(" MUG330WHT ")).unwrap().sku,
        "MUG330WHT"
    );
    assert_eq!(row_with("sku", json!("00123")).unwrap().sku, "00123");
}

#[test]
fn the_largest_figures_that_are_believed_make_no_sum_overflow() {
    let most = json!(1_000_000_000);
    let level = row_with("on_hand", most.clone()).unwrap();
    let least = row_with("quarantined", json!(-1_000_000_000)).unwrap();
    assert_eq!((level.good(), least.good()), (999_999_997, 1_000_000_005));
    for huge in [
        json!(i64::MAX),
        json!(i64::MIN),
        json!(1e30),
        json!(1_000_000_001),
    ] {
        assert_eq!(row_with("on_hand", huge).unwrap_err().field, "on_hand");
    }
}

#[test]
fn what_makes_a_row_unreadable_is_named() {
    let told: Vec<String> = [
        ("on_hand", json!(2.5)),
        ("on_hand", Value::Null),
        ("allocated", json!(0.5)),
        ("quarantined", json!("some")),
        ("quarantined", json!([])),
        ("sku", Value::Null),
        ("sku", json!("  ")),
        ("last_movement_id", json!(-1)),
    ]
    .into_iter()
    .map(|(field, value)| format!("{}\n", row_with(field, value).unwrap_err()))
    .collect();
    expect![[r#"
        on_hand: expected a whole number (found 2.5)
        on_hand: expected a whole number (found nothing)
        allocated: expected a whole number (found 0.5)
        quarantined: expected a number (found "some")
        quarantined: invalid type: sequence, expected a number (found [])
        sku: expected a SKU (found nothing)
        sku: expected a SKU (found nothing)
        last_movement_id: expected a whole number from 0 to 2^53 - 1 (found -1)
    "#]]
    .assert_eq(&told.concat());
    let bad = row_with("on_hand", json!(2.5)).unwrap_err();
    assert!(
        String::from_utf8_lossy(&bad.raw).contains("MUG330WHT"),
        "kept as it came"
    );
}

#[test]
fn what_is_no_page_of_rows_is_none() {
    let whole = sample("rest/73-snapshot-SNP20261024A-items-200.json");
    assert_eq!(page(&whole[..whole.len() - 40]).unwrap_err().path, ".");
    assert!(page(&sample("faults/html-with-200.html")).is_err());
    let head = sample("rest/72-snapshot-SNP20261024A-header-200.json");
    assert!(
        page(&head).is_err(),
        "a page without a list is not an empty one"
    );
    let empty = page(br#"{"snapshot_id":"S","items":null,"next_cursor":"","has_more":null}"#);
    let empty = empty.unwrap();
    assert_eq!(
        (empty.rows.len(), empty.next_cursor, empty.has_more),
        (0, None, false)
    );
}
