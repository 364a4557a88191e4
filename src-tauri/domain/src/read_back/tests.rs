//! What was posted, altered in one place, is named by that place.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::ProductId;
use crate::fulfilment::{Fulfilment, Shipment, TaskLine, TaskStage};

fn product(n: u32) -> ProductId {
    ProductId::parse(&format!("00000000-0000-4000-9000-{n:012x}")).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn line(n: u32, units: i64, box_name: &str) -> TaskLine {
    TaskLine {
        product: Some(product(n)),
        sku: format!("SKU{n}"),
        quantity: units.into(),
        box_name: box_name.into(),
    }
}

fn went(box_name: &str, tracking: &str) -> Shipment {
    Shipment {
        boxes: vec![box_name.into()],
        carrier: "DPD".into(),
        tracking: tracking.into(),
        day: Some(day("2026-11-24")),
        is_shipped: true,
    }
}

fn posted() -> Fulfilment {
    Fulfilment {
        task: "t".into(),
        pick: TaskStage::Done,
        picked: vec![line(1, 3, ""), line(2, 1, "")],
        pack: TaskStage::Done,
        packed: vec![line(1, 2, "D/1"), line(1, 1, "D/2"), line(2, 1, "D/2")],
        ship: TaskStage::Done,
        shipped: vec![went("D/1", "A1"), went("D/2", "A2,A3")],
    }
}

fn found(change: impl FnOnce(&mut Fulfilment)) -> Vec<String> {
    let mut now = posted();
    change(&mut now);
    shipment(&posted(), &[], &now)
        .into_iter()
        .map(|one| format!("{}: {} -> {}", one.field, one.posted, one.now))
        .collect()
}

#[test]
fn what_stands_as_it_was_posted_differs_in_nothing() {
    assert!(found(|_| ()).is_empty());
    assert!(
        found(|now| {
            // Another order, lines split, numbers told the other way round, a SKU renamed.
            now.picked = vec![line(2, 1, ""), line(1, 1, ""), line(1, 2, "")];
            now.shipped.reverse();
            now.shipped[0].tracking = "A3, A2".into();
            now.packed[2].sku = "RENAMED".into();
        })
        .is_empty()
    );
}

#[test]
fn each_field_of_a_shipment_that_was_altered_is_named() {
    assert_eq!(
        found(|now| now.shipped[1].tracking = "A2,B9".into()),
        ["tracking number of box D/2: A2, A3 -> A2, B9"]
    );
    assert_eq!(
        found(|now| now.shipped[0].carrier = "Royal Mail".into()),
        ["carrier of box D/1: DPD -> Royal Mail"]
    );
    assert_eq!(
        found(|now| now.shipped[0].day = Some(day("2026-11-25"))),
        ["day of shipment of box D/1: 2026-11-24 -> 2026-11-25"]
    );
    assert_eq!(
        found(|now| now.picked[1].quantity = 4.into()),
        ["units of SKU2 picked: 1 -> 4"]
    );
    assert_eq!(
        found(|now| {
            now.packed.pop();
        }),
        ["units of SKU2 packed in box D/2: 1 -> nothing"]
    );
    assert_eq!(
        found(|now| now.ship = TaskStage::Voided),
        ["shipping: authorised -> voided"]
    );
}

#[test]
fn a_stage_that_was_not_written_is_not_compared() {
    let mut ours = posted();
    ours.picked.clear();
    let mut now = posted();
    now.picked[0].quantity = 9.into();
    assert_eq!(shipment(&ours, &[], &now), []);
}

#[test]
fn a_corrected_number_may_stand_beside_the_one_it_corrects_but_no_other() {
    let earlier = [went("D/1", "OLD")];
    let mut now = posted();
    now.shipped[0].tracking = "OLD,A1".into();
    assert_eq!(shipment(&posted(), &earlier, &now), []);
    now.shipped[0].tracking = "OLD".into();
    assert_eq!(shipment(&posted(), &earlier, &now).len(), 1);
    now.shipped[0].tracking = "A1,OTHER".into();
    assert_eq!(shipment(&posted(), &earlier, &now).len(), 1);
}

fn paper() -> StockPaper {
    StockPaper {
        status: Ok(()),
        account: "403".into(),
        effective: Some(day("2026-11-24")),
        lines: vec![(product(1), "SKU1".into(), 95.into())],
    }
}

#[test]
fn each_field_of_a_stock_document_that_was_altered_is_named() {
    assert_eq!(stock(&paper(), &paper()), []);
    let now = StockPaper {
        account: "404".into(),
        effective: Some(day("2026-11-25")),
        lines: vec![(product(1), "SKU1".into(), 94.into())],
        ..paper()
    };
    let fields: Vec<String> = stock(&paper(), &now)
        .into_iter()
        .map(|one| one.field)
        .collect();
    assert_eq!(
        fields,
        ["account", "day it is booked on", "quantity of SKU1"]
    );
    let voided = StockPaper {
        status: Err("voided".into()),
        lines: Vec::new(),
        ..paper()
    };
    assert_eq!(
        stock(&paper(), &voided),
        [Difference::new("status", "completed", "voided")]
    );
    let left_to_cin7 = StockPaper {
        account: String::new(),
        ..paper()
    };
    assert_eq!(stock(&left_to_cin7, &paper()), []);
}

proptest! {
    #[test]
    fn a_days_sample_is_the_same_in_whatever_order_and_no_more_than_asked(
        mut names in prop::collection::btree_set(0_u32..1_000, 0..120).prop_map(Vec::from_iter),
        most in 0_usize..60,
    ) {
        let on = day("2026-11-24");
        let draw = |names: &[u32]| sample(names.to_vec(), on, most, u32::to_string);
        let first = draw(&names);
        prop_assert_eq!(first.len(), most.min(names.len()));
        names.reverse();
        prop_assert_eq!(first, draw(&names));
    }
}

#[test]
fn another_day_draws_another_sample() {
    let all: Vec<u32> = (0..500).collect();
    let draw = |on: &str| sample(all.clone(), day(on), 50, u32::to_string);
    assert_ne!(draw("2026-11-24"), draw("2026-11-25"));
}
