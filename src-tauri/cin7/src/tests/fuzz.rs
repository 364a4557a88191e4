//! Samples garbled at random: nothing panics, and one row spoils no other.

use chrono::NaiveDate;
use domain::fulfilment::Stage;
use proptest::prelude::*;
use serde_json::Value;

use super::{body, sample};
use crate::map::About;
use crate::{book_levels, compose_ship, map, read_fulfilments, read_sale};

const SAMPLES: [&str; 11] = [
    "10-salelist-changed",
    "11-sale-10421-ordered",
    "02-products-modified",
    "38-sale-10422-shipped",
    "32-10422-ship-part-1",
    "50-availability-whistl",
    "61-adjustment-complete",
    "63-adjustment-list-drafts",
    "72-writeoff-200-with-errors",
    "73-writeoff-search",
    "80-transfers-in-transit",
];

/// A task of the samples.
const TASK: &str = "1527ec8e-0bee-558c-94a5-f2dd4a923e81";

/// Reads a body in every way there is.
fn read_all(body: &[u8]) {
    let _ = read_sale(body);
    let _ = read_fulfilments(body);
    let _ = compose_ship(TASK, &[], NaiveDate::default(), body, false);
    for stage in [Stage::Pick, Stage::Pack, Stage::Ship] {
        let _ = map::written(body, stage, TASK);
    }
    for about in [About::New, About::Task(TASK)] {
        let _ = map::adjustment(body, about);
        let _ = map::write_off(body, about);
    }
    let _ = map::me(body);
    let _ = map::page(body, "SaleList", 1, |row| Some(map::listing(row)));
    let _ = map::page(body, "Products", 1, |row| Some(map::product(row)));
    let _ = map::page(body, "LocationList", 1, map::location);
    let _ = map::page(body, "CarrierList", 1, |row| Some(map::carrier(row)));
    let stock = map::page(body, "ProductAvailabilityList", 1, |row| {
        Some(map::level(row))
    });
    if let Ok(page) = stock {
        let _ = book_levels(&page.rows, "Whistl Fulfilment");
    }
    let _ = map::page(body, "ProductAvailabilityList", 1, |row| {
        map::level_of(row, "HPMUG001")
    });
    let _ = map::page(body, "StockAdjustmentList", 1, |row| {
        Some(map::adjustment_listing(row))
    });
    let _ = map::page(body, "InventoryWriteOffs", 1, |row| {
        map::write_off_listing(row, "SB-20261124-0010")
    });
    let _ = map::page(body, "StockTransferList", 1, map::transfer);
    let _ = map::page(body, "CustomerList", 1, |row| {
        Some(Ok(map::contacts(row, "")))
    });
}

/// All places inside a value.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(i, v)| places(v, &format!("{here}/{i}"), found));
        }
        Value::Object(map) => {
            map.iter()
                .for_each(|(k, v)| places(v, &format!("{here}/{k}"), found));
        }
        _ => {}
    }
}

/// What a garbled vendor might put anywhere.
fn odd() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(Value::Bool(true)),
        Just(serde_json::json!([])),
        Just(serde_json::json!({})),
        Just(serde_json::json!([[{"ID": 1}], null])),
        Just(serde_json::from_str("1e999").unwrap()),
        Just(serde_json::from_str("-0.00000000000000000000000000000001").unwrap()),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,60}".prop_map(Value::from),
    ]
}

proptest! {
    #[test]
    fn no_mutation_of_a_sample_makes_a_reader_panic(
        which in 0..SAMPLES.len(), at in any::<prop::sample::Index>(), odd in odd(),
    ) {
        let mut body = sample(SAMPLES[which])["response"]["body"].clone();
        let mut found = Vec::new();
        places(&body, "", &mut found);
        *body.pointer_mut(&found[at.index(found.len())]).unwrap() = odd;
        read_all(body.to_string().as_bytes());
    }

    #[test]
    fn no_cut_or_flipped_byte_makes_a_reader_panic(
        which in 0..SAMPLES.len(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = body(&sample(SAMPLES[which])).to_vec();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        read_all(&bytes);
    }

    /// P10: bad data stops one record, never the run.
    #[test]
    fn whatever_becomes_of_one_row_the_others_are_untouched(
        victim in 0_usize..3, at in any::<prop::sample::Index>(), odd in odd(),
    ) {
        let mut body = sample("10-salelist-changed")["response"]["body"].clone();
        let read = |body: &Value| {
            map::page(body.to_string().as_bytes(), "SaleList", 1, |row| Some(map::listing(row)))
                .unwrap()
        };
        let before = read(&body);
        let row = &mut body["SaleList"][victim];
        let mut found = Vec::new();
        places(row, "", &mut found);
        *row.pointer_mut(&found[at.index(found.len())]).unwrap() = odd;
        let after = read(&body);
        prop_assert_eq!(after.received, 3);
        for other in (0..3).filter(|index| *index != victim) {
            prop_assert_eq!(&after.rows[other], &before.rows[other]);
        }
    }

    /// Bad data stops one product, never the comparison.
    #[test]
    fn whatever_becomes_of_one_row_of_stock_the_other_products_have_their_levels(
        victim in 0_usize..6, at in any::<prop::sample::Index>(), odd in odd(),
    ) {
        let mut body = sample("50-availability-whistl")["response"]["body"].clone();
        let read = |body: &Value| {
            let rows = map::page(body.to_string().as_bytes(), "ProductAvailabilityList", 1, |row| {
                Some(map::level(row))
            });
            book_levels(&rows.unwrap().rows, "Whistl Fulfilment")
        };
        let before = read(&body);
        let row = &mut body["ProductAvailabilityList"][victim];
        let own = row["SKU"].clone();
        let mut found = Vec::new();
        places(row, "", &mut found);
        *row.pointer_mut(&found[at.index(found.len())]).unwrap() = odd;
        let after = read(&body);
        for level in before.levels.iter().filter(|level| own != level.sku.as_str()) {
            prop_assert!(after.levels.contains(level), "{} has gone", level.sku);
        }
    }
}
