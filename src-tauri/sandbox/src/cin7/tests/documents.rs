//! Adjustments and write-offs: a draft moves nothing, a level is a level, and what is refused
//! is refused in the vendor's own way.

use serde_json::{Value, json};

use super::{Desk, desk};

fn document(desk: &mut Desk, method: &str, path: &str, more: &Value) -> (u16, Value) {
    let place = desk.account.locations[0].name.clone();
    let mut body = json!({
        "EffectiveDate": "2026-11-24T00:00:00", "Account": "403", "Reference": "SB-1",
        "Notes": "SB-1 damaged", "UpdateOnHand": true, "Location": place,
        "Lines": [{
            "SKU": "MUG001", "ProductCode": "MUG001", "Quantity": 7, "UnitCost": 4.2,
            "Location": place, "Comments": "Whistl ADJ-1",
        }],
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    desk.send(method, path, &body)
}

fn on_hand(desk: &Desk) -> String {
    let truth = desk.account.truth();
    let stock = truth["stock"].as_array().unwrap();
    let row = stock.iter().find(|row| row["sku"] == "MUG001").unwrap();
    row["on_hand"].as_str().unwrap().to_owned()
}

#[test]
fn a_draft_moves_nothing_and_completing_it_sets_the_level() {
    let mut desk = desk();
    let before = on_hand(&desk);
    let (status, draft) = document(
        &mut desk,
        "POST",
        "stockadjustment",
        &json!({ "Status": "DRAFT" }),
    );
    assert_eq!((status, draft["Status"].clone()), (200, json!("DRAFT")));
    assert_eq!(
        draft["ExistingStockLines"][0]["QuantityOnHand"].to_string(),
        before
    );
    assert_eq!(on_hand(&desk), before);

    let task = draft["TaskID"].clone();
    let done = json!({ "Status": "COMPLETED", "TaskID": task });
    let (_, done) = document(&mut desk, "PUT", "stockadjustment", &done);
    assert_eq!(done["Status"], "COMPLETED");
    assert_eq!(
        done["ExistingStockLines"][0]["QuantityOnHand"].to_string(),
        before
    );
    assert_eq!(on_hand(&desk), "7");
    let again = json!({ "Status": "COMPLETED", "TaskID": done["TaskID"] });
    assert_eq!(document(&mut desk, "PUT", "stockadjustment", &again).0, 400);
    let truth = desk.account.truth();
    assert_eq!(truth["documents"][0]["lines"][0]["after"], "7");
}

#[test]
fn the_level_that_stands_already_needs_no_adjustment() {
    let mut desk = desk();
    let level: Value = serde_json::from_str(&on_hand(&desk)).unwrap();
    let place = desk.account.locations[0].name.clone();
    let lines = json!([{ "SKU": "MUG001", "Quantity": level, "UnitCost": 1, "Location": place }]);
    let same = json!({ "Status": "COMPLETED", "Lines": lines });
    let (status, body) = document(&mut desk, "POST", "stockadjustment", &same);
    assert_eq!(status, 400);
    let text = body[0]["Exception"].as_str().unwrap();
    assert!(
        text.ends_with("no need to create Stock Adjustment."),
        "{text}"
    );
}

#[test]
fn a_write_off_takes_units_away_and_says_inside_a_yes_when_it_cannot() {
    let mut desk = desk();
    let before: i64 = on_hand(&desk).parse().unwrap();
    let completed = json!({ "Status": "COMPLETED" });
    let (_, done) = document(&mut desk, "POST", "inventoryWriteOff", &completed);
    assert_eq!(
        (done["Status"].clone(), done["Errors"].clone()),
        (json!("COMPLETED"), json!([]))
    );
    assert_eq!(on_hand(&desk), (before - 7).to_string());

    let lines = json!([{ "ProductCode": "MUG001", "Quantity": 100_000 }]);
    let more = json!({ "Status": "COMPLETED", "Lines": lines });
    let (status, refused) = document(&mut desk, "POST", "inventoryWriteOff", &more);
    assert_eq!((status, refused["Status"].clone()), (200, json!("DRAFT")));
    assert!(
        refused["Errors"][0]["Exception"]
            .as_str()
            .unwrap()
            .starts_with("Not enough stock")
    );
    let nameless = json!({ "Status": "DRAFT", "Account": null });
    assert_eq!(
        document(&mut desk, "POST", "inventoryWriteOff", &nameless).0,
        400
    );
}

#[test]
fn nothing_is_dated_in_a_closed_period_and_a_void_gives_the_stock_back() {
    let mut desk = desk();
    let before = on_hand(&desk);
    let completed = json!({ "Status": "COMPLETED" });
    let (_, done) = document(&mut desk, "POST", "stockadjustment", &completed);
    let task = done["TaskID"].as_str().unwrap().to_owned();
    let ask = desk.ask(
        "DELETE",
        "stockadjustment",
        &[("ID", &task), ("Void", "true")],
    );
    let answer = desk.answer(&ask);
    let voided: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(voided["Status"], "VOIDED");
    assert_eq!(on_hand(&desk), before);

    desk.account.lock("2026-11-24").unwrap();
    let (status, refused) = document(&mut desk, "POST", "stockadjustment", &completed);
    assert_eq!(status, 400);
    assert!(
        refused[0]["Exception"]
            .as_str()
            .unwrap()
            .contains("before the period lock date")
    );
}
