//! A despatch becomes a plan, or an exception: small sales, one despatch, what Cin7 is told.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::{
    Address, OrderStatus, ProductId, Sale, SaleId, SaleKind, SaleLine, SaleNumber, StageStatus,
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn product(n: u32) -> ProductId {
    ProductId::parse(&format!("{n:08x}-0000-4000-8000-000000000000")).unwrap()
}

fn sale(lines: &[(u32, u32)]) -> Sale {
    Sale {
        id: SaleId::parse("00000000-0000-4000-8000-000000000001").unwrap(),
        number: SaleNumber::parse("SO-00042").unwrap(),
        kind: SaleKind::Simple,
        order_status: OrderStatus::Authorised,
        picking: StageStatus::NotBegun,
        packing: StageStatus::NotBegun,
        shipping: StageStatus::NotBegun,
        location: "Whistl Fulfilment".into(),
        customer_id: String::new(),
        customer: "Ada Merrow".into(),
        channel: String::new(),
        payment: "PAID".into(),
        attributes: Vec::new(),
        customer_reference: String::new(),
        contact: String::new(),
        phone: String::new(),
        email: String::new(),
        ship_to: Address::default(),
        shipping_method: String::new(),
        shipping_notes: String::new(),
        ship_by: None,
        ordered_on: NaiveDate::from_ymd_opt(2026, 11, 24),
        last_modified: at("2026-11-24T09:00:00Z"),
        currency: "GBP".into(),
        total: Decimal::ZERO,
        lines: lines
            .iter()
            .map(|(n, units)| SaleLine {
                product: Some(product(*n)),
                sku: format!("SKU-{n}"),
                name: String::new(),
                quantity: Decimal::from(*units),
                unit_price: Decimal::ONE,
                drop_ship: false,
                backordered: Decimal::ZERO,
            })
            .collect(),
        charges: Vec::new(),
    }
}

/// Each product under a SKU of its own: `SKU1` stood for product 1.
fn sent(products: &[u32]) -> Vec<SentLine> {
    products
        .iter()
        .map(|n| SentLine {
            sku: format!("SKU{n}"),
            products: vec![product(*n)],
        })
        .collect()
}

fn line(sku: &str, units: i64) -> DespatchLine {
    DespatchLine {
        sku: sku.into(),
        units,
        cancelled: 0,
        why_cancelled: String::new(),
        movement: None,
    }
}

fn parcel(number: u32, tracking: &[&str], contents: &[(&str, i64)]) -> Parcel {
    Parcel {
        number,
        carrier_code: "DPD".into(),
        carrier_name: "DPD".into(),
        service: "WHI_EXP".into(),
        tracking: tracking.iter().map(|one| (*one).to_owned()).collect(),
        link: String::new(),
        contents: contents
            .iter()
            .map(|(sku, units)| ((*sku).to_owned(), *units))
            .collect(),
    }
}

fn despatch(lines: Vec<DespatchLine>, parcels: Vec<Parcel>) -> Despatch {
    Despatch {
        id: "DSP1".into(),
        revision: 1,
        kind: DespatchKind::Goods,
        reference: None,
        at: at("2026-11-24T16:40:00Z"),
        is_last: true,
        lines,
        parcels,
    }
}

fn carriers() -> BTreeMap<String, String> {
    BTreeMap::from([("DPD".to_owned(), "DPD Local".to_owned())])
}

fn planned(of: &Despatch, sale: &Sale, sent: &[SentLine]) -> Result<Option<Plan>, Vec<Exception>> {
    plan(of, sale, sent, &BTreeMap::new(), &carriers())
}

fn units(contents: &[Contents]) -> Vec<(ProductId, u32)> {
    contents
        .iter()
        .map(|each| (each.product.clone(), each.units))
        .collect()
}

#[test]
fn two_parcels_are_two_boxes_with_what_is_in_each() {
    let of = despatch(
        vec![line("SKU1", 2), line("SKU2", 4)],
        vec![
            parcel(1, &["T1"], &[("SKU1", 2), ("SKU2", 1)]),
            parcel(2, &["T2"], &[("SKU2", 3)]),
        ],
    );
    let plan = planned(&of, &sale(&[(1, 2), (2, 4)]), &sent(&[1, 2]))
        .unwrap()
        .unwrap();
    assert_eq!(units(&plan.picked), [(product(1), 2), (product(2), 4)]);
    let [first, second] = plan.boxes.as_slice() else {
        panic!("{:?}", plan.boxes)
    };
    assert_eq!(
        (first.name.as_str(), first.tracking.as_str()),
        ("DSP1/1", "T1")
    );
    assert_eq!(units(&first.contents), [(product(1), 2), (product(2), 1)]);
    assert_eq!(units(&second.contents), [(product(2), 3)]);
    assert_eq!(second.carrier, "DPD Local");
    assert_eq!(plan.flags, []);
}

#[test]
fn a_part_picks_what_left_and_the_rest_is_told_later() {
    let sale = sale(&[(1, 5)]);
    let first = despatch(vec![line("SKU1", 2)], vec![parcel(1, &["T1"], &[])]);
    let plan_of_first = planned(&first, &sale, &sent(&[1])).unwrap().unwrap();
    assert_eq!(units(&plan_of_first.picked), [(product(1), 2)]);

    let told = BTreeMap::from([(product(1), 2)]);
    let rest = despatch(vec![line("SKU1", 4)], Vec::new());
    assert_eq!(
        plan(&rest, &sale, &sent(&[1]), &told, &carriers()),
        Err(vec![Exception::TooMany {
            sku: "SKU1".into(),
            open: 3,
            sent: 4
        }])
    );
}

#[test]
fn one_sku_of_theirs_may_have_stood_for_two_products() {
    let sent = [SentLine {
        sku: "MUG".into(),
        products: vec![product(1), product(2)],
    }];
    let of = despatch(vec![line("mug", 3)], vec![parcel(1, &[], &[("mug", 3)])]);
    let plan = planned(&of, &sale(&[(1, 2), (2, 2)]), &sent)
        .unwrap()
        .unwrap();
    assert_eq!(units(&plan.picked), [(product(1), 2), (product(2), 1)]);
    assert_eq!(plan.boxes[0].tracking, "");
}

#[test]
fn nothing_but_a_cancelled_rest_is_nothing_to_tell() {
    let mut short = line("SKU1", 0);
    short.cancelled = 1;
    let of = despatch(vec![short], Vec::new());
    assert_eq!(planned(&of, &sale(&[(1, 1)]), &sent(&[1])), Ok(None));
}

#[test]
fn a_despatch_that_does_not_fit_is_set_aside_whole() {
    let shop = sale(&[(1, 1), (2, 1)]);
    let of = despatch(
        vec![line("SKU1", 1), line("OTHER", 1), line("SKU2", -1)],
        Vec::new(),
    );
    assert_eq!(
        planned(&of, &shop, &sent(&[1, 2])),
        Err(vec![
            Exception::NotOrdered("OTHER".into()),
            Exception::BadUnits {
                sku: "SKU2".into(),
                units: -1
            }
        ])
    );
    let gone = sale(&[(1, 1)]);
    let of = despatch(vec![line("SKU2", 1)], Vec::new());
    assert_eq!(
        planned(&of, &gone, &sent(&[1, 2])),
        Err(vec![Exception::LineGone("SKU2".into())])
    );
    let mut voided = shop;
    voided.order_status = OrderStatus::Voided;
    assert_eq!(
        planned(&of, &voided, &sent(&[1, 2])),
        Err(vec![Exception::SaleVoided])
    );
}

#[test]
fn parcels_that_do_not_add_up_are_flagged_and_the_lines_believed() {
    let of = despatch(
        vec![line("SKU1", 2)],
        vec![parcel(1, &["T1"], &[("SKU1", 1)]), parcel(2, &["T2"], &[])],
    );
    let plan = planned(&of, &sale(&[(1, 2)]), &sent(&[1]))
        .unwrap()
        .unwrap();
    assert_eq!(plan.flags, [Flag::ParcelsDiffer]);
    assert_eq!(plan.boxes.len(), 1, "Cin7 has no empty boxes");
    assert_eq!(plan.boxes[0].tracking, "T1,T2", "and no number is lost");
}

#[test]
fn an_unmapped_carrier_is_passed_on_as_it_came_and_flagged_once() {
    let mut strange = parcel(1, &["T1"], &[]);
    strange.carrier_code = "XYZ9".into();
    strange.carrier_name = String::new();
    let of = despatch(vec![line("SKU1", 1)], vec![strange]);
    let plan = planned(&of, &sale(&[(1, 1)]), &sent(&[1]))
        .unwrap()
        .unwrap();
    assert_eq!(plan.boxes[0].carrier, "XYZ9");
    assert_eq!(plan.flags, [Flag::CarrierUnmapped("XYZ9".into())]);
}

#[test]
fn more_tracking_numbers_than_cin7_takes_are_cut_between_numbers() {
    let long: Vec<String> = (0..8).map(|n| format!("{n}{}", "9".repeat(39))).collect();
    let numbers: Vec<&str> = long.iter().map(String::as_str).collect();
    let of = despatch(vec![line("SKU1", 1)], vec![parcel(1, &numbers, &[])]);
    let plan = planned(&of, &sale(&[(1, 1)]), &sent(&[1]))
        .unwrap()
        .unwrap();
    assert_eq!(plan.boxes[0].tracking, long[..6].join(","));
    assert_eq!(plan.flags, [Flag::TrackingCut("DSP1/1".into())]);
}

proptest! {
    /// P3: whatever they say, what is told never exceeds what was ordered, and the boxes hold
    /// exactly what was picked.
    #[test]
    fn what_is_told_is_never_more_than_was_ordered(
        ordered in prop::collection::vec(1_u32..6, 1..4),
        already in prop::collection::vec(0_u32..6, 1..4),
        left in prop::collection::vec((0_usize..5, -1_i64..8), 0..5),
        inside in prop::collection::vec((0_usize..5, -1_i64..8), 0..6),
    ) {
        let numbers = 0_u32..;
        let lines: Vec<(u32, u32)> = numbers.zip(ordered.iter().copied()).collect();
        let shop = sale(&lines);
        let sent = sent(&lines.iter().map(|(n, _)| *n).collect::<Vec<_>>());
        let told: BTreeMap<ProductId, u32> = lines
            .iter()
            .zip(&already)
            .map(|((n, units), some)| (product(*n), (*some).min(*units)))
            .collect();
        let named = |(n, units): &(usize, i64)| (format!("SKU{n}"), *units);
        let goods = left.iter().map(named).map(|(sku, units)| line(&sku, units)).collect();
        let parcels = inside
            .chunks(2)
            .zip(1_u32..)
            .map(|(some, number)| Parcel {
                contents: some.iter().map(named).collect(),
                ..parcel(number, &["T"], &[])
            })
            .collect();
        let of = despatch(goods, parcels);
        if let Ok(Some(plan)) = plan(&of, &shop, &sent, &told, &carriers()) {
            let mut packed: BTreeMap<ProductId, u32> = BTreeMap::new();
            for each in plan.boxes.iter().flat_map(|one| &one.contents) {
                *packed.entry(each.product.clone()).or_default() += each.units;
            }
            let picked: BTreeMap<ProductId, u32> = units(&plan.picked).into_iter().collect();
            prop_assert_eq!(&packed, &picked);
            for (n, units) in &lines {
                let some = picked.get(&product(*n)).copied().unwrap_or(0);
                let before = told.get(&product(*n)).copied().unwrap_or(0);
                prop_assert!(some + before <= *units);
            }
            prop_assert!(plan.boxes.iter().all(|one| !one.contents.is_empty()));
        }
    }
}

#[test]
fn a_hand_over_is_dated_ahead_only_where_clocks_that_differ_do_not_explain_it() {
    let read = at("2026-11-24T16:40:00Z");
    for (dated, ahead) in [
        ("2026-11-24T10:00:00Z", false),
        ("2026-11-24T18:40:00Z", false),
        ("2026-11-24T18:40:01Z", true),
        ("2027-11-24T16:40:00Z", true),
    ] {
        assert_eq!(is_dated_ahead(at(dated), read), ahead, "{dated}");
    }
}
