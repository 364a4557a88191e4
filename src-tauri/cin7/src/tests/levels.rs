//! What stock is asked for, and what its rows come to.

use domain::ProductId;
use domain::stock::BookLevel;
use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value, json};
use vendor::Lane;

use super::{playing, response, sample, snapshot};
use crate::{BookLevels, Row, StockRow, book_levels, map};

const WHISTL: &str = "Whistl Fulfilment";
const TEA: &str = "3f241bfe-6705-52aa-be70-72b82bb67a4c";

fn body(name: &str) -> Value {
    sample(name)["response"]["body"].clone()
}

fn rows(body: &Value) -> Vec<Row<StockRow>> {
    let page = map::page(
        body.to_string().as_bytes(),
        "ProductAvailabilityList",
        1,
        |row| Some(map::level(row)),
    );
    page.unwrap().rows
}

fn levels(body: &Value) -> BookLevels {
    book_levels(&rows(body), WHISTL)
}

fn shown(levels: &BookLevels) -> Vec<String> {
    let one = |level: &BookLevel| {
        format!(
            "{} {} on hand, {} allocated, {} in transit",
            level.sku, level.on_hand, level.allocated, level.in_transit
        )
    };
    let faults = levels.faults.iter().map(ToString::to_string);
    levels.levels.iter().map(one).chain(faults).collect()
}

#[tokio::test]
async fn the_stock_of_a_location_is_added_up_over_its_batches() {
    let (cin7, wire) = playing("50-availability-whistl");
    let told = cin7
        .availability(Lane::Reconciliation, 1, 1000, WHISTL)
        .await;
    assert_eq!(
        wire.asked(),
        "GET /ref/productavailability?Page=1&Limit=1000&Location=Whistl%20Fulfilment"
    );
    let page = told.result.unwrap();
    assert_eq!((page.total, page.received), (6, 6));
    snapshot(
        &page.rows[2],
        &expect![[r#"
        Ok(
            StockRow {
                product: ProductId(
                    "3f241bfe-6705-52aa-be70-72b82bb67a4c",
                ),
                sku: "HPTEA010",
                location: "Whistl Fulfilment",
                bin: "",
                batch: "L2609A",
                expires: Some(
                    2027-03-31,
                ),
                on_hand: 40,
                allocated: 10,
                in_transit: 0,
                worth: Some(
                    124.0,
                ),
            },
        )
    "#]],
    );
    snapshot(
        &shown(&book_levels(&page.rows, WHISTL)),
        &expect![[r#"
        [
            "HPGIFT050 0 on hand, 0 allocated, 0 in transit",
            "HPMUG001 180 on hand, 26 allocated, 0 in transit",
            "HPMUG002 97 on hand, 1 allocated, 0 in transit",
            "HPTEA010 65 on hand, 10 allocated, 0 in transit",
            "MUG-01_BLUE 1 on hand, 1 allocated, 0 in transit",
        ]
    "#]],
    );
}

#[tokio::test]
async fn a_page_may_be_small_but_never_larger_than_cin7_gives() {
    for (asked, sent) in [(250, "250"), (0, "1"), (5000, "1000")] {
        let (cin7, wire) = playing("50-availability-whistl");
        cin7.availability(Lane::Reconciliation, 1, asked, WHISTL)
            .await
            .result
            .unwrap();
        let path = wire.asked();
        assert!(path.contains(&format!("Limit={sent}&")), "{path}");
    }
}

#[test]
fn after_an_adjustment_the_levels_are_those_it_set() {
    let after = levels(&body("51-availability-after-adjustment"));
    let on_hand = |sku: &str| {
        let level = after.levels.iter().find(|level| level.sku == sku).unwrap();
        level.on_hand.to_string()
    };
    assert_eq!(
        (on_hand("HPMUG001"), on_hand("HPMUG002")),
        ("183".into(), "95".into())
    );
}

#[tokio::test]
async fn a_second_look_at_one_sku_takes_no_longer_code_for_it() {
    let (cin7, wire) = playing("51-availability-one-sku");
    let told = cin7
        .availability_of(Lane::Reconciliation, "HPMUG002", WHISTL)
        .await;
    assert_eq!(
        wire.asked(),
        "GET /ref/productavailability?Page=1&Limit=1000&Sku=HPMUG002&Location=Whistl%20Fulfilment"
    );
    assert_eq!(told.result.unwrap().rows.len(), 1);

    let mut told = sample("51-availability-one-sku");
    let list = told["response"]["body"]["ProductAvailabilityList"]
        .as_array_mut()
        .unwrap();
    let own = list[0].clone();
    for other in ["HPMUG0021", "hpmug002", "HPMUG002 "] {
        let mut twin = own.clone();
        twin["SKU"] = json!(other);
        list.push(twin);
    }
    list.push(json!({"ID": own["ID"], "SKU": null}));
    told["response"]["body"]["Total"] = json!(5);
    let (cin7, _) = super::client(Ok(response(&told)));
    let page = cin7
        .availability_of(Lane::Reconciliation, "HPMUG002", WHISTL)
        .await
        .result
        .unwrap();
    assert_eq!((page.received, page.rows.len()), (5, 2));
    assert_eq!(page.rows[0].as_ref().unwrap().sku, "HPMUG002");
    assert_eq!(page.rows[1].as_ref().unwrap_err().field, "SKU");
}

/// The levels after something was done to the rows of the sample.
fn after(change: impl FnOnce(&mut Vec<Value>)) -> BookLevels {
    let mut told = body("50-availability-whistl");
    change(told["ProductAvailabilityList"].as_array_mut().unwrap());
    levels(&told)
}

fn tea() -> ProductId {
    ProductId::parse(TEA).unwrap()
}

fn has_tea(levels: &BookLevels) -> bool {
    levels.levels.iter().any(|level| level.product == tea())
}

#[test]
fn a_row_of_another_location_is_left_out_and_named() {
    let levels = after(|rows| {
        let mut away = rows[2].clone();
        away["Location"] = json!("Head Office");
        rows.push(away);
    });
    assert_eq!(
        levels.faults[0].to_string(),
        "HPTEA010: Location: expected the location asked for, Whistl Fulfilment (found \"Head \
         Office\")"
    );
    let level = levels.levels.iter().find(|level| level.product == tea());
    assert_eq!(level.unwrap().on_hand.to_string(), "65");
    assert!(!levels.leaves_open(&tea(), "HPTEA010"));
}

#[test]
fn a_location_that_was_renamed_is_not_taken_for_an_empty_one() {
    let told = body("50-availability-whistl");
    let levels = book_levels(&rows(&told), "Whistl");
    assert!(levels.levels.is_empty());
    assert!(levels.leaves_open(&tea(), "HPTEA010"));
}

#[test]
fn half_a_sum_is_no_level() {
    for (field, value) in [
        ("OnHand", Value::Null),
        ("OnHand", json!("many")),
        ("InTransit", json!({})),
        ("SKU", json!("HPTEA011")),
        ("ID", json!("x")),
    ] {
        let levels = after(|rows| rows[3][field] = value.clone());
        assert_eq!(levels.levels.len(), 4, "{field} {value}: {levels:?}");
        assert_eq!(levels.faults[0].field, field);
        assert!(!has_tea(&levels));
        assert!(levels.leaves_open(&tea(), "HPTEA010"), "{field} {value}");
        assert!(!levels.leaves_open(&levels.levels[0].product, "HPGIFT050"));
    }
}

#[test]
fn a_row_that_moved_between_two_pages_is_not_counted_twice() {
    let levels = after(|rows| rows.push(rows[3].clone()));
    assert_eq!(
        levels.faults[0].to_string(),
        "HPTEA010: Batch: expected one row for each bin and batch (found \"L2610B\")"
    );
    assert!(!has_tea(&levels) && levels.leaves_open(&tea(), "HPTEA010"));
}

#[test]
fn a_row_that_names_nothing_takes_no_level_away_and_leaves_what_is_missing_open() {
    let levels = after(|rows| rows[3] = json!(null));
    assert_eq!((levels.levels.len(), levels.faults.len()), (5, 1));
    let missing = ProductId::parse("009caae8-0769-5c81-8472-8e00403e53cd").unwrap();
    assert!(levels.leaves_open(&missing, "HPJUG003"));
    let whole = after(|_| {});
    assert!(!whole.leaves_open(&missing, "HPJUG003"), "no row means 0");
}

#[test]
fn skus_that_differ_in_case_are_two_products() {
    let levels = after(|rows| {
        let mut twin = rows[0].clone();
        twin["ID"] = json!("11111111-9adf-56a3-b804-da326d560837");
        twin["SKU"] = json!("hpmug001");
        rows.push(twin);
    });
    let of_mug = |level: &&BookLevel| level.sku.eq_ignore_ascii_case("HPMUG001");
    let twins: Vec<&BookLevel> = levels.levels.iter().filter(of_mug).collect();
    assert_eq!(twins.len(), 2);
    assert!(twins.iter().all(|level| level.on_hand.to_string() == "180"));
}

#[test]
fn what_is_available_is_never_looked_at() {
    let levels = after(|rows| {
        for row in rows {
            row["Available"] = json!("nonsense");
        }
    });
    assert!(levels.faults.is_empty());
    assert_eq!(levels, after(|_| {}));
}

#[tokio::test]
async fn stock_on_the_road_is_read_and_a_transfer_that_has_arrived_is_not() {
    let (cin7, wire) = playing("80-transfers-in-transit");
    let told = cin7.transfers_in_transit(Lane::Reconciliation, 1).await;
    assert_eq!(
        wire.asked(),
        "GET /stockTransferList?Page=1&Limit=1000&Status=IN%20TRANSIT"
    );
    snapshot(
        &told.result.unwrap().rows,
        &expect![[r#"
        [
            Ok(
                TransferListing {
                    task: "3cfd10a9-9bea-5fd3-bc2e-bdbf136f8537",
                    number: "TR-00088",
                    from_id: "e8d1b78b-f463-5ed5-ba9c-919887e8e509",
                    from: "Head Office",
                    to_id: "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
                    to: "Whistl Fulfilment",
                    departed: Some(
                        2026-11-23,
                    ),
                    reference: "Pallet 12",
                    last_modified: Some(
                        2026-11-23T15:00:00Z,
                    ),
                },
            ),
        ]
    "#]],
    );
    let row = |change: Value| {
        let mut row = body("80-transfers-in-transit")["StockTransferList"][0].clone();
        for (name, value) in change.as_object().unwrap() {
            row[name] = value.clone();
        }
        map::transfer(&row)
    };
    assert!(row(json!({"Status": "COMPLETED"})).is_none());
    assert!(row(json!({"Status": "In transit "})).unwrap().is_ok());
    let bad = row(json!({"TaskID": ""})).unwrap().unwrap_err();
    assert_eq!(
        (bad.number.as_deref(), bad.field.as_str()),
        (Some("TR-00088"), "TaskID")
    );
}

proptest! {
    /// Rows in any order and on any pages come to the same levels, and no unit is lost.
    #[test]
    fn rows_in_any_order_come_to_the_same_levels(
        on_hand in prop::collection::vec(0_i64..1_000_000, 1..12), turn in 0_usize..12,
    ) {
        let template = &rows(&body("50-availability-whistl"))[2];
        let mut split: Vec<Row<StockRow>> = on_hand
            .iter()
            .enumerate()
            .map(|(at, units)| Ok(StockRow {
                batch: format!("B{}", at / 2),
                bin: format!("{}", at % 2),
                on_hand: rust_decimal::Decimal::new(*units, 4),
                ..template.clone().unwrap()
            }))
            .collect();
        let before = book_levels(&split, WHISTL);
        split.rotate_left(turn % on_hand.len());
        prop_assert_eq!(&book_levels(&split, WHISTL), &before);
        let sum = rust_decimal::Decimal::new(on_hand.iter().sum(), 4);
        prop_assert_eq!(before.levels[0].on_hand, sum);
        prop_assert!(before.faults.is_empty());
    }
}
