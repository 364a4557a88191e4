//! What leaves the building: boxes, further tasks, and what is taken back.

use serde_json::{Value, json};

use super::{Desk, desk, packed, picked, said, shipped};

#[test]
fn a_shipment_lists_every_box_of_the_pack_once() {
    let mut desk = desk();
    let number = desk.sells(2);
    desk.stage(&number, "pick", picked(2));
    desk.stage(&number, "pack", packed(&["1", "2"]));
    for (boxes, text) in [
        (vec!["1"], "Box '2' must be listed."),
        (vec!["1", "2", "3"], "Box '3' was not found in the packing."),
        (vec!["1", "2", "2"], "Box '2' is listed more than once."),
        (vec!["1", ""], "'Lines[1].Box' is required."),
    ] {
        assert_eq!(said(&desk.stage(&number, "ship", shipped(&boxes))), text);
    }
    let mut dateless = shipped(&["1", "2"]);
    dateless["Lines"][0]["ShipmentDate"] = Value::Null;
    let answer = desk.stage(&number, "ship", dateless);
    assert_eq!(said(&answer), "'Lines[0].ShipmentDate' is required.");
    let mut long = shipped(&["1", "2"]);
    long["Lines"][0]["TrackingNumber"] = json!("9".repeat(257));
    let answer = desk.stage(&number, "ship", long);
    assert_eq!(
        said(&answer),
        "'TrackingNumber' is longer than 256 characters."
    );

    let (status, answer) = desk.stage(&number, "ship", shipped(&["1,2"]));
    assert_eq!((status, &answer["Status"]), (200, &json!("AUTHORISED")));
    assert_eq!(answer["Lines"][0]["Boxes"], "1,2");
    assert_eq!(answer["Lines"][0]["Box"], Value::Null);
    let boxes = desk.truth_of(&number)["shipments"].clone();
    assert_eq!(boxes.as_array().map(Vec::len), Some(2));
}

#[test]
fn a_box_that_stays_behind_leaves_the_shipment_half_authorised() {
    let mut desk = desk();
    let number = desk.sells(2);
    desk.stage(&number, "pick", picked(2));
    desk.stage(&number, "pack", packed(&["1", "2"]));
    let mut half = shipped(&["1", "2"]);
    half["Lines"][1]["IsShipped"] = json!(false);
    let (_, answer) = desk.stage(&number, "ship", half);
    assert_eq!(answer["Status"], "PARTIALLY AUTHORISED");
    assert_eq!(desk.teapots(), ("99".into(), "1".into()));
    assert_eq!(desk.truth_of(&number)["notified"], 0);
    let again = desk.stage(&number, "ship", shipped(&["1", "2"]));
    assert_eq!(
        said(&again),
        "Sale Shipping Status is PARTIALLY AUTHORISED."
    );
    let mut rest = shipped(&["1", "2"]);
    rest["AddTrackingNumbers"] = json!(true);
    let (_, answer) = desk.stage(&number, "ship", rest);
    assert_eq!(answer["Status"], "AUTHORISED");
    assert_eq!(desk.teapots(), ("98".into(), "0".into()));
    assert_eq!(desk.truth_of(&number)["notified"], 1);
}

#[test]
fn the_required_by_date_is_overwritten_even_by_nothing() {
    let mut desk = desk();
    let number = desk.enters(&json!({
        "ShipBy": "2026-11-25T00:00:00", "Order": { "Lines": [{ "SKU": "TEAPOT04" }] }
    }));
    desk.stage(&number, "pick", picked(1));
    desk.stage(&number, "pack", packed(&["1"]));
    assert_eq!(desk.detail(&number)["ShipBy"], "2026-11-25T00:00:00");
    desk.stage(&number, "ship", shipped(&["1"]));
    assert_eq!(desk.detail(&number)["ShipBy"], Value::Null);
}

#[test]
fn a_further_task_makes_the_sale_advanced_and_its_status_stands_still() {
    let mut desk = desk();
    let number = desk.sells(3);
    let id = desk.detail(&number)["ID"].clone();
    let new = json!({ "SaleID": id });
    let open = "There is non authorised Fulfilment in this sale.";
    assert_eq!(said(&desk.send("POST", "sale/fulfilment", &new)), open);
    desk.despatches(&number, &["1"]);
    assert_eq!(
        desk.detail(&number)["FulFilmentStatus"],
        "PARTIALLY FULFILLED"
    );
    assert_eq!(desk.detail(&number)["Type"], "Simple Sale");
    let (status, answer) = desk.send("POST", "sale/fulfilment", &new);
    assert_eq!(
        (status, answer["Fulfilments"].as_array().map(Vec::len)),
        (200, Some(2))
    );
    assert_eq!(desk.detail(&number)["Type"], "Advanced Sale");
    desk.despatches(&number, &["2", "3"]);
    assert_eq!(desk.detail(&number)["Status"], "ORDERED");
    assert_eq!(desk.detail(&number)["CombinedShippingStatus"], "SHIPPED");
    assert_ne!(desk.newest_task(&number)["TaskID"], id);
    assert_eq!(desk.truth_of(&number)["lines"][0]["shipped"], "3");
}

#[test]
fn a_task_is_voided_only_on_an_advanced_sale_and_only_when_told() {
    let mut desk = desk();
    let number = desk.sells(2);
    desk.despatches(&number, &["1"]);
    let id = desk.detail(&number)["ID"].as_str().unwrap_or("").to_owned();
    let delete = |desk: &mut Desk, task: &str, void: &str| {
        let ask = desk.ask(
            "DELETE",
            "sale/fulfilment",
            &[("TaskID", task), ("Void", void)],
        );
        let answer = desk.answer(&ask);
        assert_eq!(answer.status, 200);
        desk.newest_task(&number)["Pick"]["Status"].clone()
    };
    assert_eq!(
        delete(&mut desk, &id, "true"),
        "AUTHORISED",
        "a Simple sale"
    );
    desk.send("POST", "sale/fulfilment", &json!({ "SaleID": id }));
    let task = desk.newest_task(&number)["TaskID"]
        .as_str()
        .unwrap_or("")
        .to_owned();
    desk.despatches(&number, &["2"]);
    assert_eq!(desk.teapots(), ("98".into(), "0".into()));
    assert_eq!(delete(&mut desk, &task, "false"), "AUTHORISED");
    assert_eq!(delete(&mut desk, &task, "true"), "VOIDED");
    assert_eq!(desk.teapots(), ("99".into(), "1".into()));
    assert_eq!(
        desk.detail(&number)["CombinedShippingStatus"],
        "PARTIALLY SHIPPED"
    );
    assert_eq!(
        desk.truth_of(&number)["shipments"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_state_file_between_the_stages_loses_nothing() {
    let mut desk = desk();
    let number = desk.sells(2);
    desk.stage(&number, "pick", picked(2));
    let kept = serde_json::to_string(&desk.account).expect("a state file");
    desk.account = serde_json::from_str(&kept).expect("the same state file");
    desk.stage(&number, "pack", packed(&["1", "2"]));
    desk.stage(&number, "ship", shipped(&["1", "2"]));
    assert_eq!(desk.teapots(), ("98".into(), "0".into()));
}
