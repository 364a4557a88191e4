//! A despatch as a caller writes it: the order of the stages, what each refuses, and
//! what the sale, the list, the levels and the truth say along the way.

use serde_json::{Value, json};

use super::{Desk, desk, packed, picked, said, shipped};

/// The words of the detail, which the list repeats.
fn words(desk: &mut Desk, number: &str) -> [String; 5] {
    let detail = desk.detail(number);
    let rows = desk.rows("saleList", "SaleList", &[("Search", number)]);
    [
        "Status",
        "CombinedPickingStatus",
        "CombinedPackingStatus",
        "CombinedShippingStatus",
        "FulFilmentStatus",
    ]
    .map(|name| {
        assert_eq!(detail[name], rows[0][name], "{name} in detail and list");
        detail[name].as_str().unwrap_or("?").to_owned()
    })
}

fn draft(mut body: Value) -> Value {
    body["Status"] = json!("DRAFT");
    body
}

#[test]
fn the_words_follow_the_stages_in_detail_and_list() {
    let mut desk = desk();
    let number = desk.sells(2);
    let mut updated = desk.detail(&number)["LastModifiedOn"].to_string();
    let none = ["NOT PICKED", "NOT PACKED", "NOT SHIPPED", "NOT FULFILLED"];
    for (stage, body, status, rest) in [
        (
            "pick",
            draft(picked(2)),
            "PICKING",
            ["PICKING", none[1], none[2], none[3]],
        ),
        (
            "pick",
            picked(2),
            "PICKED",
            ["PICKED", none[1], none[2], none[3]],
        ),
        (
            "pack",
            draft(packed(&["1"])),
            "PACKING",
            ["PICKED", "PACKING", none[2], none[3]],
        ),
        (
            "pack",
            packed(&["1", "2"]),
            "PACKED",
            ["PICKED", "PACKED", none[2], none[3]],
        ),
        (
            "ship",
            shipped(&["1", "2"]),
            "SHIPPING",
            ["PICKED", "PACKED", "SHIPPED", "FULFILLED"],
        ),
    ] {
        desk.later(1);
        let (code, answer) = desk.stage(&number, stage, body);
        assert_eq!(code, 200, "{stage}: {answer}");
        let shown = words(&mut desk, &number);
        assert_eq!(shown[0], status);
        assert_eq!(shown[1..], rest);
        let now = desk.detail(&number)["LastModifiedOn"].to_string();
        assert!(now > updated, "Updated moves at every stage");
        updated = now;
    }
    assert_eq!(desk.detail(&number)["CombinedTrackingNumbers"], "T-1,T-2");
    let ready = [("ReadyForShipping", "true")];
    assert!(desk.numbers(&ready).is_empty());
}

#[test]
fn stages_come_in_order_and_each_is_a_single_shot() {
    let mut desk = desk();
    let number = desk.sells(1);
    let refused = |desk: &mut Desk, stage: &str, body: Value| {
        let answer = desk.stage(&number, stage, body);
        said(&answer)
    };
    let (pack, ship) = (packed(&["1"]), shipped(&["1"]));
    assert_eq!(
        refused(&mut desk, "pack", pack.clone()),
        "Sale Picking Status is NOT AVAILABLE."
    );
    assert_eq!(
        refused(&mut desk, "ship", ship.clone()),
        "Sale Packing Status is NOT AVAILABLE."
    );
    desk.stage(&number, "pick", draft(picked(1)));
    assert_eq!(
        refused(&mut desk, "pack", pack.clone()),
        "Sale Picking Status is DRAFT."
    );
    desk.despatches(&number, &["1"]);
    assert_eq!(
        refused(&mut desk, "pick", picked(1)),
        "Sale Picking Status is AUTHORISED."
    );
    assert_eq!(
        refused(&mut desk, "pack", pack),
        "Sale Packing Status is AUTHORISED."
    );
    assert_eq!(
        refused(&mut desk, "ship", ship),
        "Sale Shipping Status is AUTHORISED."
    );
    assert_eq!(desk.truth_of(&number)["notified"], 1);
}

#[test]
fn an_order_that_is_not_authorised_takes_no_pick_and_no_task() {
    let mut desk = desk();
    let held = desk.enters(&json!({ "Order": { "Status": "AUTH_NO_ALLOC" } }));
    let answer = desk.stage(&held, "pick", picked(1));
    assert_eq!(said(&answer), "Sale Order Status is AUTH_NO_ALLOC.");
    let voided = desk.sells(1);
    desk.stage(&voided, "pick", picked(1));
    desk.account.void_sale(&voided, desk.now).expect("a void");
    let answer = desk.stage(&voided, "pack", packed(&["1"]));
    assert_eq!(said(&answer), "Sale Order Status is VOIDED.");
    let id = desk.detail(&voided)["ID"].clone();
    let answer = desk.send("POST", "sale/fulfilment", &json!({ "SaleID": id }));
    assert_eq!(said(&answer), "Sale Order Status is VOIDED.");
    assert_eq!(desk.teapots(), ("100".into(), "0".into()));
}

#[test]
fn put_replaces_and_post_adds() {
    let mut desk = desk();
    let number = desk.sells(3);
    desk.stage(&number, "pick", draft(picked(2)));
    desk.stage(&number, "pick", draft(picked(1)));
    assert_eq!(desk.newest_task(&number)["Pick"]["Lines"][0]["Quantity"], 1);
    let mut more = picked(2);
    more["TaskID"] = desk.newest_task(&number)["TaskID"].clone();
    let (status, answer) = desk.send("POST", "sale/fulfilment/pick", &more);
    assert_eq!(status, 200);
    assert_eq!(answer["Lines"].as_array().map(Vec::len), Some(2));
    assert_eq!(desk.truth_of(&number)["lines"][0]["picked"], "3");
}

#[test]
fn no_more_is_picked_than_is_ordered_or_held() {
    let mut desk = desk();
    let number = desk.sells(150);
    let more = "Quantity to pick of product 'TEAPOT04' is greater than the quantity ordered and \
                not yet picked.";
    assert_eq!(said(&desk.stage(&number, "pick", picked(151))), more);
    let short = "Not enough stock available for product 'TEAPOT04' in location \
                 'Whistl Fulfilment'.";
    assert_eq!(said(&desk.stage(&number, "pick", picked(101))), short);
    let mut other = picked(1);
    other["Lines"][0]["SKU"] = json!("MUG001");
    let answer = desk.stage(&number, "pick", other);
    assert_eq!(said(&answer), "Product 'MUG001' is not in the sale order.");
    assert_eq!(desk.stage(&number, "pick", picked(100)).0, 200);

    let second = desk.sells(1);
    let answer = desk.stage(&second, "pick", picked(1));
    assert_eq!(said(&answer), short, "what another pick holds is not there");
}

/// Spoils one field of a good body.
type Bend = fn(&mut Value);

#[test]
fn what_is_missing_or_wrong_is_named() {
    let mut desk = desk();
    let number = desk.sells(1);
    let cases: [(Bend, &str); 9] = [
        (|b| b["Status"] = Value::Null, "'Status' is required."),
        (
            |b| b["Status"] = json!("DONE"),
            "The value 'DONE' is not valid for Status.",
        ),
        (|b| b["Lines"] = json!([]), "'Lines' is required."),
        (
            |b| b["Lines"][0]["SKU"] = json!(""),
            "'Lines[0].SKU' is required.",
        ),
        (
            |b| b["Lines"][0]["SKU"] = json!("POT"),
            "Product 'POT' was not found.",
        ),
        (
            |b| b["Lines"][0]["Location"] = json!(""),
            "'Lines[0].Location' is required.",
        ),
        (
            |b| b["Lines"][0]["Location"] = json!("Attic"),
            "Location 'Attic' was not found.",
        ),
        (
            |b| b["Lines"][0]["Quantity"] = json!(0),
            "The value '0' is not valid for Quantity.",
        ),
        (
            |b| b["Lines"][0]["Quantity"] = json!(null),
            "'Lines[0].Quantity' is required.",
        ),
    ];
    for (bend, text) in cases {
        let mut body = picked(1);
        bend(&mut body);
        assert_eq!(said(&desk.stage(&number, "pick", body)), text);
    }
    let path = "sale/fulfilment/pick";
    assert_eq!(
        said(&desk.send("PUT", path, &picked(1))),
        "'TaskID' is required."
    );
    let mut lost = picked(1);
    lost["TaskID"] = json!("nowhere");
    assert_eq!(
        said(&desk.send("PUT", path, &lost)),
        "Fulfilment not found."
    );
    assert_eq!(desk.send("PUT", path, &json!([])).0, 500);
    assert_eq!(desk.account.truth()["writes_by_object"]["fulfilment"], 0);
}

#[test]
fn ids_will_do_for_names_and_unknown_fields_mean_nothing() {
    let mut desk = desk();
    let number = desk.sells(1);
    let line = desk.detail(&number)["Order"]["Lines"][0].clone();
    let body = json!({
        "Status": "authorised", "AutoPickMode": null, "Colour": "red",
        "Lines": [{
            "ProductID": line["ProductID"], "LocationID": "9679B1F0-cdc8-5387-a16c-110ce375c3fe",
            "Quantity": "1", "Colour": "red"
        }]
    });
    let (status, answer) = desk.stage(&number, "pick", body);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["Lines"][0]["SKU"], "TEAPOT04");
    assert_eq!(answer["Lines"][0]["Location"], "Whistl Fulfilment");
    assert_eq!(answer["Lines"][0]["Colour"], Value::Null);
}

#[test]
fn a_batch_is_named_and_is_the_right_one() {
    let mut desk = desk();
    let tea = json!({
        "SKU": "TEA", "CostingMethod": "FEFO - Batch",
        "Stock": [{ "OnHand": 3, "Batch": "A", "ExpiryDate": "2028-03-31T00:00:00" }]
    });
    desk.account.add_product(&tea, desk.now).expect("a product");
    let number = desk.enters(&json!({ "Order": { "Lines": [{ "SKU": "TEA", "Quantity": 3 }] } }));
    let line = |batch: Value, expiry: &str| {
        json!({ "Status": "AUTHORISED", "Lines": [{
            "SKU": "TEA", "Location": "Whistl Fulfilment", "Quantity": 3, "BatchSN": batch,
            "ExpiryDate": expiry
        }] })
    };
    let answer = desk.stage(&number, "pick", line(Value::Null, ""));
    assert_eq!(said(&answer), "'Lines[0].BatchSN' is required.");
    for (batch, expiry) in [("B", ""), ("A", "2028-04-30")] {
        let answer = desk.stage(&number, "pick", line(json!(batch), expiry));
        assert!(
            said(&answer).starts_with("Not enough stock"),
            "{batch} {expiry}"
        );
    }
    let (status, answer) = desk.stage(&number, "pick", line(json!("A"), "2028-03-31"));
    assert_eq!(status, 200);
    assert_eq!(answer["Lines"][0]["ExpiryDate"], "2028-03-31T00:00:00");
}

#[test]
fn a_pack_holds_what_was_picked_no_more_and_no_less() {
    let mut desk = desk();
    let number = desk.sells(3);
    desk.stage(&number, "pick", picked(2));
    let unequal = "Packed quantity of product 'TEAPOT04' must be equal to its picked quantity.";
    for boxes in [vec!["1"], vec!["1", "2", "3"]] {
        assert_eq!(said(&desk.stage(&number, "pack", packed(&boxes))), unequal);
    }
    let mut other = packed(&["1", "2"]);
    other["Lines"][0]["SKU"] = json!("MUG001");
    let answer = desk.stage(&number, "pack", other);
    assert_eq!(said(&answer), "Product 'MUG001' is not picked.");
}
