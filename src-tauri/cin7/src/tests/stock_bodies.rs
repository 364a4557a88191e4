//! The bodies of adjustments and write-offs, beside those of the recorded calls.

use chrono::NaiveDate;
use domain::ProductId;
use expect_test::{Expect, expect};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::sample;
use crate::{
    AdjustmentPlan, Batch, LevelToSet, LocationRef, UnitsToRemove, WriteOffPlan,
    compose_adjustment_completion, compose_adjustment_draft, compose_write_off_completion,
    compose_write_off_draft,
};

const ADJUSTMENT: &str = "e38d2e41-0a2b-50d4-b06b-418965621452";
const WRITE_OFF: &str = "ffecf5d7-0e66-52f2-b9d1-bb68daefcc1c";

fn whistl() -> LocationRef {
    LocationRef {
        id: "9679b1f0-cdc8-5387-a16c-110ce375c3fe".into(),
        name: "Whistl Fulfilment".into(),
    }
}

fn day(of_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
}

fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn level(product: &str, sku: &str, level: i64, unit_cost: &str, comments: &str) -> LevelToSet {
    LevelToSet {
        product: ProductId::parse(product).unwrap(),
        sku: sku.into(),
        level: level.into(),
        unit_cost: amount(unit_cost),
        batch: None,
        comments: comments.into(),
    }
}

/// Two cream mugs broken, three slate ones found.
fn mugs() -> AdjustmentPlan {
    let cream = "92e13985-b111-5350-85df-b588c9f2a106";
    let slate = "2294366c-9adf-56a3-b804-da326d560837";
    AdjustmentPlan {
        effective: day(24),
        reference: "SB-20261124-0007".into(),
        account: Some("403".into()),
        location: whistl(),
        lines: vec![
            level(cream, "HPMUG002", 95, "4.35", "Whistl ADJ-5521 damaged 2"),
            level(slate, "HPMUG001", 183, "4.20", "Whistl ADJ-5522 found 3"),
        ],
    }
}

/// The same two cream mugs, as a write-off.
fn broken() -> WriteOffPlan {
    WriteOffPlan {
        effective: day(24),
        reference: "SB-20261124-0010".into(),
        note: "Whistl ADJ-5521".into(),
        account: "404".into(),
        location: whistl(),
        lines: vec![UnitsToRemove {
            product: ProductId::parse("92e13985-b111-5350-85df-b588c9f2a106").unwrap(),
            sku: "HPMUG002".into(),
            quantity: amount("2.0000"),
            batch: None,
        }],
    }
}

fn value(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

/// The body of a recorded call without the names of products, which Cin7 does not ask for.
fn recorded(name: &str) -> Value {
    let mut body = sample(name)["request"]["body"].clone();
    for line in body["Lines"].as_array_mut().unwrap() {
        line.as_object_mut().unwrap().shift_remove("ProductName");
    }
    body
}

/// A write-off names its products twice over; the recorded one by its code alone.
fn by_code(body: &[u8]) -> Value {
    let mut body = value(body);
    for line in body["Lines"].as_array_mut().unwrap() {
        line.as_object_mut().unwrap().shift_remove("ProductID");
    }
    body
}

fn check(body: &[u8], expect: &Expect) {
    expect.assert_eq(&format!("{:#}\n", value(body)));
}

#[test]
fn an_adjustment_is_written_to_the_letter() {
    let draft = compose_adjustment_draft(&mugs());
    check(
        &draft,
        &expect![[r#"
        {
          "EffectiveDate": "2026-11-24T00:00:00",
          "Status": "DRAFT",
          "Account": "403",
          "Reference": "SB-20261124-0007",
          "UpdateOnHand": true,
          "Lines": [
            {
              "ProductID": "92e13985-b111-5350-85df-b588c9f2a106",
              "SKU": "HPMUG002",
              "Quantity": 95,
              "UnitCost": 4.35,
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Location": "Whistl Fulfilment",
              "BatchSN": null,
              "ExpiryDate": null,
              "ReceivedDate": "2026-11-24T00:00:00",
              "Comments": "Whistl ADJ-5521 damaged 2"
            },
            {
              "ProductID": "2294366c-9adf-56a3-b804-da326d560837",
              "SKU": "HPMUG001",
              "Quantity": 183,
              "UnitCost": 4.2,
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Location": "Whistl Fulfilment",
              "BatchSN": null,
              "ExpiryDate": null,
              "ReceivedDate": "2026-11-24T00:00:00",
              "Comments": "Whistl ADJ-5522 found 3"
            }
          ]
        }
    "#]],
    );
    assert_eq!(
        value(&draft).to_string(),
        recorded("60-adjustment-draft").to_string()
    );
    assert_eq!(
        value(&compose_adjustment_completion(ADJUSTMENT, &mugs())).to_string(),
        recorded("61-adjustment-complete").to_string()
    );
}

#[test]
fn a_first_stock_is_written_like_any_level() {
    let jug = "009caae8-0769-5c81-8472-8e00403e53cd";
    let plan = AdjustmentPlan {
        reference: "SB-20261124-0008".into(),
        lines: vec![level(jug, "HPJUG003", 2, "7.9", "Whistl ADJ-5530 found 2")],
        ..mugs()
    };
    assert_eq!(
        value(&compose_adjustment_draft(&plan)),
        recorded("65-adjustment-new-stock")
    );
}

#[test]
fn a_write_off_is_written_to_the_letter() {
    let draft = compose_write_off_draft(&broken());
    check(
        &draft,
        &expect![[r#"
        {
          "Status": "DRAFT",
          "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
          "Location": "Whistl Fulfilment",
          "Account": "404",
          "EffectiveDate": "2026-11-24T00:00:00",
          "Notes": "SB-20261124-0010 Whistl ADJ-5521",
          "Lines": [
            {
              "ProductID": "92e13985-b111-5350-85df-b588c9f2a106",
              "ProductCode": "HPMUG002",
              "Quantity": 2
            }
          ]
        }
    "#]],
    );
    assert_eq!(
        by_code(&draft).to_string(),
        recorded("70-writeoff-draft").to_string()
    );
    assert_eq!(
        by_code(&compose_write_off_completion(WRITE_OFF, &broken())).to_string(),
        recorded("71-writeoff-complete").to_string()
    );
}

#[test]
fn what_was_not_chosen_is_left_out_and_what_is_too_long_is_cut() {
    let mut plan = mugs();
    plan.account = None;
    plan.lines[0].comments = "é".repeat(300);
    plan.lines[0].level = amount("95.12345");
    plan.lines[0].batch = Some(Batch {
        number: "L2609A".into(),
        expires: NaiveDate::from_ymd_opt(2027, 3, 31),
    });
    let body = value(&compose_adjustment_draft(&plan));
    assert_eq!(body.get("Account"), None, "the account's default is taken");
    assert_eq!(body["UpdateOnHand"], true);
    let line = &body["Lines"][0];
    assert_eq!(line["Comments"].as_str().unwrap().chars().count(), 256);
    assert_eq!(line["Quantity"].to_string(), "95.1235");
    assert_eq!(
        (&line["BatchSN"], &line["ExpiryDate"]),
        (&json!("L2609A"), &json!("2027-03-31T00:00:00"))
    );

    let mut plan = broken();
    plan.note = String::new();
    plan.lines[0].batch = Some(Batch {
        number: "L2609A".into(),
        expires: None,
    });
    let body = value(&compose_write_off_draft(&plan));
    assert_eq!(body["Notes"], "SB-20261124-0010");
    assert_eq!(body["Lines"][0]["BatchSN"], "L2609A");
    assert_eq!(body["Lines"][0]["ExpiryDate"], Value::Null);
}
