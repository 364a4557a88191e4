//! `PUT sale`, as unforgiving as the vendor's papers.

use serde_json::{Value, json};

use super::{Desk, desk};

fn put(desk: &mut Desk, body: &Value) -> (u16, Value) {
    let mut ask = desk.ask("PUT", "sale", &[]);
    ask.body = body.to_string().into_bytes();
    let answer = desk.answer(&ask);
    (
        answer.status,
        serde_json::from_slice(&answer.body).unwrap_or(Value::Null),
    )
}

#[test]
fn what_is_left_out_becomes_empty() {
    let mut desk = desk();
    let number = desk.enters(&json!({ "Note": "fragile", "Order": { "Memo": "kept" } }));
    let before = desk.detail(&number);
    let (status, after) = put(
        &mut desk,
        &json!({ "ID": before["ID"], "Location": "Whistl Fulfilment", "Phone": "1" }),
    );
    assert_eq!(status, 200);
    assert_eq!(after["Phone"], json!("1"));
    for field in ["Note", "Carrier", "Email", "Customer"] {
        assert_eq!(after[field], json!(""), "{field}");
    }
    assert_eq!(after["ShippingAddress"]["Line1"], json!(""));
    assert_eq!(
        after["Order"], before["Order"],
        "lines and memo are not the header's"
    );
    assert_ne!(after["LastModifiedOn"], before["LastModifiedOn"]);
    assert_eq!(desk.detail(&number), after, "and it stays so");
}

#[test]
fn each_refusal_comes_in_the_error_array_and_changes_nothing() {
    let mut desk = desk();
    let number = desk.sells(1);
    let before = desk.detail(&number);
    let id = &before["ID"];
    for (body, said) in [
        (json!({ "ID": id }), "'Location' is required."),
        (
            json!({ "ID": id, "Location": "Nowhere" }),
            "Location 'Nowhere' was not found.",
        ),
        (
            json!({ "ID": id, "Location": "Head Office", "Phone": "1".repeat(51) }),
            "'Phone' is longer than 50 characters.",
        ),
        (
            json!({ "ID": id, "Location": "Head Office", "ShipBy": "soon" }),
            "The value 'soon' is not valid for ShipBy.",
        ),
        (json!({ "Location": "Head Office" }), "Sale not found."),
    ] {
        let (status, errors) = put(&mut desk, &body);
        assert_eq!((status, errors[0]["Exception"].as_str()), (400, Some(said)));
    }
    assert_eq!(desk.detail(&number), before);
    assert_eq!(desk.account.truth()["writes_by_object"]["sale"], json!(0));
}

#[test]
fn a_body_that_is_not_json_is_a_fault_inside() {
    let mut desk = desk();
    let mut ask = desk.ask("PUT", "sale", &[]);
    ask.body = b"{\"ID\":".to_vec();
    assert_eq!(desk.answer(&ask).status, 500);
}

#[test]
fn an_unknown_address_becomes_the_customers() {
    let mut desk = desk();
    let number = desk.sells(1);
    let mut header = desk.detail(&number);
    header["ShippingAddress"]["Line1"] = json!("1 New Street");
    let (status, _) = put(&mut desk, &header);
    assert_eq!(status, 200);
    let id = header["CustomerID"].as_str().unwrap_or_default().to_owned();
    let customer = desk.rows("customer", "CustomerList", &[("ID", &id)]);
    assert_eq!(customer[0]["Addresses"][1]["Line1"], json!("1 New Street"));
}

#[test]
fn accepted_and_dropped_405_and_carrier_refused() {
    let mut desk = desk();
    let number = desk.sells(1);
    let before = desk.detail(&number);
    let body = json!({ "ID": before["ID"], "Location": "Head Office", "Carrier": "Owl" });
    desk.fault("put_405", |switch| switch.times = Some(1));
    desk.fault("accept_and_drop", |switch| switch.times = Some(1));
    desk.fault("carrier_unknown", |switch| {
        switch.value = Some(json!("refuse"));
    });
    assert_eq!(put(&mut desk, &body).0, 405);
    assert_eq!(put(&mut desk, &body), (200, before.clone()));
    assert_eq!(put(&mut desk, &body).0, 400);
    assert_eq!(desk.detail(&number), before);
}
