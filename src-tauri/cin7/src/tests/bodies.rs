//! The bodies that write a fulfilment, beside those of the recorded calls.

use chrono::NaiveDate;
use domain::ProductId;
use domain::despatch::{Contents, PackedBox, Plan};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

use super::{body, sample};
use crate::{LocationRef, compose_pack, compose_pick, compose_ship};

const SINGLE: &str = "7b8a40bd-9bf2-564d-8253-54fadcd84944";
const FIRST: &str = "1527ec8e-0bee-558c-94a5-f2dd4a923e81";

fn some(product: &str, sku: &str, units: u32) -> Contents {
    Contents {
        product: ProductId::parse(product).unwrap(),
        sku: sku.into(),
        units,
    }
}

fn slate(units: u32) -> Contents {
    some("2294366c-9adf-56a3-b804-da326d560837", "HPMUG001", units)
}

fn cream(units: u32) -> Contents {
    some("92e13985-b111-5350-85df-b588c9f2a106", "HPMUG002", units)
}

fn tea(units: u32) -> Contents {
    some("3f241bfe-6705-52aa-be70-72b82bb67a4c", "HPTEA010", units)
}

fn in_box(name: &str, carrier: &str, tracking: &str, contents: Vec<Contents>) -> PackedBox {
    PackedBox {
        name: name.into(),
        contents,
        carrier: carrier.into(),
        tracking: tracking.into(),
    }
}

/// SO-10421, in one box.
fn single() -> Plan {
    Plan {
        picked: vec![slate(2), cream(1)],
        boxes: vec![in_box(
            "883120-1",
            "Royal Mail Tracked 48",
            "WQ900000015GB",
            vec![slate(2), cream(1)],
        )],
        flags: Vec::new(),
    }
}

/// What left first of SO-10422, in two boxes.
fn part() -> Plan {
    let carrier = "DPD Next Day";
    Plan {
        picked: vec![slate(24), tea(4)],
        boxes: vec![
            in_box("883121-1", carrier, "15501234567890", vec![slate(12)]),
            in_box(
                "883121-2",
                carrier,
                "15501234567891",
                vec![slate(12), tea(4)],
            ),
        ],
        flags: Vec::new(),
    }
}

fn whistl() -> LocationRef {
    LocationRef {
        id: "9679b1f0-cdc8-5387-a16c-110ce375c3fe".into(),
        name: "Whistl Fulfilment".into(),
    }
}

fn day(of_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, of_month).unwrap()
}

fn value(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

/// The body of a recorded call without what a plan does not know, names and batches, none of
/// which Cin7 asks for.
fn recorded(name: &str) -> Value {
    let mut body = sample(name)["request"]["body"].clone();
    for line in body["Lines"].as_array_mut().unwrap() {
        let line = line.as_object_mut().unwrap();
        for unknown in ["Name", "BatchSN", "ExpiryDate"] {
            line.shift_remove(unknown);
        }
    }
    body
}

fn ship(task: &str, boxes: &[PackedBox], day: NaiveDate, sale: &Value, add: bool) -> Value {
    value(&compose_ship(task, boxes, day, sale.to_string().as_bytes(), add).unwrap())
}

fn sale(name: &str) -> Value {
    sample(name)["response"]["body"].clone()
}

fn check(body: &[u8], expect: &Expect) {
    expect.assert_eq(&format!("{:#}\n", value(body)));
}

#[test]
fn a_pick_is_written_to_the_letter() {
    let body = compose_pick(SINGLE, &single(), &whistl());
    check(
        &body,
        &expect![[r#"
        {
          "TaskID": "7b8a40bd-9bf2-564d-8253-54fadcd84944",
          "Status": "AUTHORISED",
          "Lines": [
            {
              "ProductID": "2294366c-9adf-56a3-b804-da326d560837",
              "SKU": "HPMUG001",
              "Location": "Whistl Fulfilment",
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Quantity": 2
            },
            {
              "ProductID": "92e13985-b111-5350-85df-b588c9f2a106",
              "SKU": "HPMUG002",
              "Location": "Whistl Fulfilment",
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Quantity": 1
            }
          ]
        }
    "#]],
    );
    assert_eq!(
        value(&body).to_string(),
        recorded("20-10421-pick").to_string()
    );
    assert_eq!(
        value(&compose_pick(FIRST, &part(), &whistl())),
        recorded("30-10422-pick-part-1")
    );
}

#[test]
fn a_pack_names_the_box_of_each_line_and_splits_a_product_over_two() {
    let body = compose_pack(FIRST, &part(), &whistl());
    check(
        &body,
        &expect![[r#"
        {
          "TaskID": "1527ec8e-0bee-558c-94a5-f2dd4a923e81",
          "Status": "AUTHORISED",
          "Lines": [
            {
              "ProductID": "2294366c-9adf-56a3-b804-da326d560837",
              "SKU": "HPMUG001",
              "Location": "Whistl Fulfilment",
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Quantity": 12,
              "Box": "883121-1"
            },
            {
              "ProductID": "2294366c-9adf-56a3-b804-da326d560837",
              "SKU": "HPMUG001",
              "Location": "Whistl Fulfilment",
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Quantity": 12,
              "Box": "883121-2"
            },
            {
              "ProductID": "3f241bfe-6705-52aa-be70-72b82bb67a4c",
              "SKU": "HPTEA010",
              "Location": "Whistl Fulfilment",
              "LocationID": "9679b1f0-cdc8-5387-a16c-110ce375c3fe",
              "Quantity": 4,
              "Box": "883121-2"
            }
          ]
        }
    "#]],
    );
    assert_eq!(
        value(&body).to_string(),
        recorded("31-10422-pack-part-1").to_string()
    );
    let one = compose_pack(SINGLE, &single(), &whistl());
    assert_eq!(value(&one), recorded("21-10421-pack"));
}

#[test]
fn a_shipment_gives_back_what_it_would_overwrite() {
    let before = body(&sample("11-sale-10421-ordered"));
    let body = compose_ship(SINGLE, &single().boxes, day(24), &before, false).unwrap();
    check(
        &body,
        &expect![[r#"
        {
          "TaskID": "7b8a40bd-9bf2-564d-8253-54fadcd84944",
          "Status": "AUTHORISED",
          "RequireBy": "2026-11-25T00:00:00",
          "ShippingAddress": {
            "Line1": "14 Lantern Row",
            "Line2": "",
            "City": "Bristol",
            "State": "",
            "Postcode": "BS1 4ZZ",
            "Country": "United Kingdom",
            "Company": "",
            "Contact": "Ada Merrow",
            "ShipToOther": false
          },
          "ShippingNotes": "Leave with neighbour at 16",
          "Lines": [
            {
              "ShipmentDate": "2026-11-24T00:00:00",
              "Carrier": "Royal Mail Tracked 48",
              "Box": "883120-1",
              "TrackingNumber": "WQ900000015GB",
              "IsShipped": true
            }
          ]
        }
    "#]],
    );
    assert_eq!(
        value(&body).to_string(),
        recorded("22-10421-ship").to_string()
    );
    let part = ship(
        FIRST,
        &part().boxes,
        day(24),
        &sale("11-sale-10422-ordered"),
        false,
    );
    assert_eq!(part, recorded("32-10422-ship-part-1"));
}

#[test]
fn a_rest_is_shipped_on_a_task_of_its_own() {
    let rest = [in_box(
        "883121-3",
        "DPD Next Day",
        "15501234567955",
        vec![tea(6)],
    )];
    let task = "37f242ad-be1e-50ef-8d37-0a51bcb5d67e";
    let body = ship(
        task,
        &rest,
        day(26),
        &sale("33-sale-10422-part-shipped"),
        false,
    );
    assert_eq!(body, recorded("37-10422-ship-part-2"));
    let plan = Plan {
        picked: vec![tea(6)],
        boxes: rest.to_vec(),
        flags: Vec::new(),
    };
    let pack = value(&compose_pack(task, &plan, &whistl()));
    assert_eq!(pack, recorded("36-10422-pack-part-2"));
}

#[test]
fn a_correction_says_that_it_is_one() {
    let mut boxes = single().boxes;
    boxes[0].carrier = "Royal Mail Tracked 24".into();
    boxes[0].tracking = "WQ900000029GB".into();
    let body = ship(
        SINGLE,
        &boxes,
        day(24),
        &sale("23-sale-10421-shipped"),
        true,
    );
    assert_eq!(
        body.to_string(),
        recorded("24-10421-ship-correct-tracking").to_string()
    );
}

#[test]
fn the_tasks_own_date_is_given_back_before_the_orders() {
    let mut told = sale("23-sale-10421-shipped");
    told["Fulfilments"][0]["TaskID"] = json!(SINGLE.to_uppercase());
    told["Fulfilments"][0]["Ship"]["RequireBy"] = json!("2026-12-24T00:00:00");
    let required =
        |told: &Value| ship(SINGLE, &single().boxes, day(24), told, false)["RequireBy"].clone();
    assert_eq!(required(&told), "2026-12-24T00:00:00");
    told["Fulfilments"][0]["Ship"]["RequireBy"] = Value::Null;
    assert_eq!(required(&told), "2026-11-25T00:00:00");
    told["Fulfilments"] = Value::Null;
    told["ShipBy"] = Value::Null;
    assert_eq!(required(&told), Value::Null);
}

#[test]
fn parcels_of_one_consignment_share_a_line_as_far_as_it_reaches() {
    let boxes: Vec<PackedBox> = (1..=40)
        .map(|n| in_box(&format!("DSP0000871/{n}"), "DPD", "T1", vec![slate(1)]))
        .collect();
    let body = ship(
        SINGLE,
        &boxes,
        day(24),
        &sale("11-sale-10421-ordered"),
        false,
    );
    let lines = body["Lines"].as_array().unwrap();
    let names: Vec<&str> = lines
        .iter()
        .flat_map(|line| line["Box"].as_str().unwrap().split(','))
        .collect();
    let all: Vec<&str> = boxes.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((names, lines.len()), (all, 3));
    let apart = [
        in_box("1", "DPD", "T1", vec![]),
        in_box("2", "DHL", "T1", vec![]),
        in_box("3", "DPD", "", vec![]),
        in_box("4", "DPD", "", vec![]),
        in_box("5", "DPD", "T1", vec![]),
    ];
    let body = ship(
        SINGLE,
        &apart,
        day(24),
        &sale("11-sale-10421-ordered"),
        false,
    );
    let names: Vec<&Value> = body["Lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["Box"])
        .collect();
    assert_eq!(names, ["1,5", "2", "3", "4"]);
}

#[test]
fn a_box_with_a_comma_in_its_name_has_a_line_of_its_own() {
    let boxes = ["D1/1", "D1,A/2", "D1/3"].map(|name| in_box(name, "DPD", "T1", vec![slate(1)]));
    let body = ship(
        SINGLE,
        &boxes,
        day(24),
        &sale("11-sale-10421-ordered"),
        false,
    );
    let lines = body["Lines"].as_array().unwrap();
    let names: Vec<&Value> = lines.iter().map(|line| &line["Box"]).collect();
    assert_eq!(names, ["D1/1,D1/3", "D1,A/2"]);
}

#[test]
fn what_cannot_be_given_back_stops_the_shipment_and_what_is_not_there_does_not() {
    let compose = |sale: &Value| {
        let sale = sale.to_string();
        compose_ship(SINGLE, &single().boxes, day(24), sale.as_bytes(), false)
    };
    let mut odd = sale("11-sale-10421-ordered");
    odd["ShippingAddress"] = json!(["14 Lantern Row"]);
    assert_eq!(
        compose(&odd).unwrap_err().to_string(),
        "SO-10421: ShippingAddress: expected an address (found [\"14 Lantern Row\"])"
    );
    odd["ShippingAddress"] = Value::Null;
    odd["ShippingNotes"] = Value::Null;
    let body = value(&compose(&odd).unwrap());
    assert_eq!(body.get("ShippingAddress"), None);
    assert_eq!(body["ShippingNotes"], Value::Null);
    let cut = compose_ship(SINGLE, &[], day(24), b"{\"ID\":", false).unwrap_err();
    assert_eq!(cut.field, ".");
}
