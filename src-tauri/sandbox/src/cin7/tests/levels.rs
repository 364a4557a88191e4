//! What documents do to levels: what is refused, and what a fault makes of a yes.

use serde_json::{Value, json};

use super::{Desk, at, desk, picked, said};

pub(super) const HERE: &str = "Whistl Fulfilment";

/// An adjustment of teapots to a level, complete unless it says otherwise.
pub(super) fn level(quantity: i64) -> Value {
    json!({
        "EffectiveDate": "2026-11-24T00:00:00", "Status": "COMPLETED", "Reference": "SB-1",
        "UpdateOnHand": true,
        "Lines": [{ "SKU": "TEAPOT04", "Quantity": quantity, "UnitCost": 4.2, "Location": HERE }],
    })
}

pub(super) fn removal(quantity: i64) -> Value {
    json!({
        "EffectiveDate": "2026-11-24T00:00:00", "Status": "COMPLETED", "Account": "404",
        "Location": HERE, "Notes": "SB-2 Whistl ADJ-1",
        "Lines": [{ "ProductCode": "TEAPOT04", "Quantity": quantity }],
    })
}

pub(super) fn adjusts(desk: &mut Desk, body: &Value) -> (u16, Value) {
    desk.send("POST", "stockadjustment", body)
}

pub(super) fn removes(desk: &mut Desk, body: &Value) -> (u16, Value) {
    desk.send("POST", "inventoryWriteOff", body)
}

pub(super) fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    *body.pointer_mut(pointer).expect("a field") = value;
    body
}

pub(super) fn voids(desk: &mut Desk, path: &str, task: &Value) -> (u16, Value) {
    let ask = desk.ask(
        "DELETE",
        path,
        &[("ID", task.as_str().unwrap()), ("Void", "true")],
    );
    let answer = desk.answer(&ask);
    (answer.status, serde_json::from_slice(&answer.body).unwrap())
}

#[test]
fn without_update_on_hand_the_level_is_of_what_is_available() {
    let mut desk = desk();
    desk.sells(10);
    let (status, done) = adjusts(&mut desk, &with(level(80), "/UpdateOnHand", json!(false)));
    assert_eq!(status, 200, "{done}");
    assert_eq!(desk.teapots(), ("90".into(), "10".into()));
    let mut silent = level(85);
    silent.as_object_mut().unwrap().remove("UpdateOnHand");
    adjusts(&mut desk, &silent);
    assert_eq!(desk.teapots().0, "95");
}

#[test]
fn a_fall_is_booked_at_average_cost_and_a_rise_at_the_lines_own() {
    let mut desk = desk();
    let (_, fall) = adjusts(&mut desk, &with(level(98), "/Lines/0/UnitCost", json!(9)));
    assert_eq!(fall["Transactions"][0]["Amount"], json!(8.4));
    assert_eq!(fall["Transactions"][0]["Debit"], "403: Stock adjustments");
    let (_, rise) = adjusts(&mut desk, &with(level(100), "/Lines/0/UnitCost", json!(9)));
    assert_eq!(rise["Transactions"][0]["Amount"], json!(18.0));
    assert_eq!(rise["Transactions"][0]["Debit"], "715: Inventory");
    let numbers = [&fall["StocktakeNumber"], &rise["StocktakeNumber"]];
    assert_eq!(numbers, [&json!("ST-00001"), &json!("ST-00002")]);
}

#[test]
fn each_bad_body_is_refused_in_cin7s_own_words_and_nothing_is_kept() {
    let mut desk = desk();
    let kit = json!({ "SKU": "KIT", "AutoAssembly": true, "Stock": 5 });
    desk.account.add_product(&kit, desk.now).expect("a kit");
    let wrap = json!({ "SKU": "WRAP", "Type": "Service" });
    desk.account
        .add_product(&wrap, desk.now)
        .expect("a service");
    let line = |name: &str, value: Value| {
        let mut body = level(5);
        body["Lines"][0][name] = value;
        body
    };
    let twice = json!([level(5)["Lines"][0], level(6)["Lines"][0]]);
    for (body, text) in [
        (
            with(level(5), "/EffectiveDate", json!("")),
            "'EffectiveDate' is required.",
        ),
        (
            with(level(5), "/EffectiveDate", json!("soon")),
            "not valid for EffectiveDate",
        ),
        (
            with(level(5), "/Status", json!("")),
            "'Status' is required.",
        ),
        (
            with(level(5), "/Status", json!("DONE")),
            "The value 'DONE' is not valid for Status.",
        ),
        (with(level(5), "/Lines", json!([])), "'Lines' is required."),
        (with(level(5), "/Lines", twice), "listed more than once"),
        (line("SKU", json!("")), "'Lines[0].SKU' is required."),
        (line("SKU", json!("NOPE")), "Product 'NOPE' was not found."),
        (line("SKU", json!("KIT")), "not a stock product"),
        (line("SKU", json!("WRAP")), "not a stock product"),
        (
            line("Quantity", Value::Null),
            "'Lines[0].Quantity' is required.",
        ),
        (line("Quantity", json!(-1)), "not valid for Quantity"),
        (line("Quantity", json!(1.23456)), "not valid for Quantity"),
        (
            line("UnitCost", Value::Null),
            "'Lines[0].UnitCost' is required.",
        ),
        (
            line("Location", json!("")),
            "'Lines[0].Location' is required.",
        ),
        (
            line("Location", json!("Attic")),
            "Location 'Attic' was not found.",
        ),
        (
            line("Comments", json!("x".repeat(257))),
            "'Comments' is longer than 256",
        ),
        (
            line("ReceivedDate", json!("soon")),
            "not valid for ReceivedDate",
        ),
        (level(100), "no need to create Stock Adjustment."),
        (
            with(level(100), "/Status", json!("DRAFT")),
            "no need to create Stock Adjustment.",
        ),
    ] {
        let answer = adjusts(&mut desk, &body);
        let told = said(&answer);
        assert!(told.contains(text), "{text}: {told}");
    }
    for (body, text) in [
        (
            with(removal(5), "/Account", json!("")),
            "'Account' is required.",
        ),
        (
            with(removal(5), "/Location", json!("")),
            "'Location' is required.",
        ),
        (
            with(removal(0), "/Status", json!("DRAFT")),
            "not valid for Quantity",
        ),
        (
            with(removal(5), "/EffectiveDate", json!("")),
            "'EffectiveDate' is required.",
        ),
    ] {
        let answer = removes(&mut desk, &body);
        let told = said(&answer);
        assert!(told.contains(text), "{text}: {told}");
    }
    let answer = desk.send("PUT", "stockadjustment", &level(5));
    assert_eq!(said(&answer), "'TaskID' is required.");
    let mut other = level(5);
    other["TaskID"] = json!("nothing");
    assert_eq!(
        said(&desk.send("PUT", "stockadjustment", &other)),
        "Task was not found."
    );
    let truth = desk.account.truth();
    assert_eq!(truth["documents"], json!([]));
    assert_eq!(truth["writes_by_object"]["adjustment"], json!(0));
    assert_eq!(desk.teapots().0, "100");
}

#[test]
fn a_draft_of_a_write_off_needs_no_date_and_its_lines_draw_on_one_shelf() {
    let mut desk = desk();
    let draft = with(removal(5), "/Status", json!("DRAFT"));
    assert_eq!(
        removes(&mut desk, &with(draft, "/EffectiveDate", json!(""))).0,
        200
    );
    let lines = json!([
        { "ProductCode": "TEAPOT04", "Quantity": 60 }, { "ProductCode": "TEAPOT04", "Quantity": 60 }
    ]);
    let (status, told) = removes(&mut desk, &with(removal(1), "/Lines", lines));
    assert_eq!((status, &told["Status"]), (200, &json!("DRAFT")));
    assert_eq!(
        told["Errors"][0]["Exception"],
        "Not enough stock for product 'TEAPOT04'."
    );
    assert_eq!(desk.teapots().0, "100");
}

#[test]
fn what_a_pick_holds_cannot_be_adjusted_or_written_away() {
    let mut desk = desk();
    let number = desk.sells(90);
    assert_eq!(desk.stage(&number, "pick", picked(90)).0, 200);
    assert_eq!(removes(&mut desk, &removal(11)).1["Status"], "DRAFT");
    let answer = adjusts(&mut desk, &level(89));
    assert_eq!(said(&answer), "Not enough stock for product 'TEAPOT04'.");
    assert_eq!(removes(&mut desk, &removal(10)).1["Status"], "COMPLETED");
    assert_eq!(desk.teapots().0, "90");
}

#[test]
fn a_batch_is_named_and_a_new_one_is_new_stock() {
    let mut desk = desk();
    let tea = json!({
        "SKU": "TEA", "CostingMethod": "FEFO - Batch",
        "Stock": [{ "OnHand": 40, "Batch": "L1", "ExpiryDate": "2027-03-31T00:00:00" }],
    });
    desk.account.add_product(&tea, desk.now).expect("tea");
    let line = |batch: Value| {
        json!([{
            "SKU": "TEA", "Quantity": 7, "UnitCost": 3, "Location": HERE, "BatchSN": batch,
            "ExpiryDate": "2027-06-30",
        }])
    };
    let answer = adjusts(&mut desk, &with(level(1), "/Lines", line(Value::Null)));
    assert_eq!(said(&answer), "'Lines[0].BatchSN' is required.");
    let (_, old) = adjusts(&mut desk, &with(level(1), "/Lines", line(json!("L1"))));
    assert_eq!(old["ExistingStockLines"][0]["QuantityOnHand"], json!(40));
    let (_, new) = adjusts(&mut desk, &with(level(1), "/Lines", line(json!("L2"))));
    assert_eq!(new["NewStockLines"][0]["Quantity"], json!(7));
    let query = [("Sku", "TEA"), ("Batch", "L2")];
    let rows = desk.rows("ref/productavailability", "ProductAvailabilityList", &query);
    assert_eq!(
        (&rows[0]["OnHand"], &rows[0]["ExpiryDate"]),
        (&json!(7), &json!("2027-06-30T00:00:00"))
    );
}

#[test]
fn a_void_gives_the_stock_back_unless_it_was_used() {
    let mut desk = desk();
    let (_, rise) = adjusts(&mut desk, &level(110));
    let (_, fall) = removes(&mut desk, &removal(4));
    let (status, voided) = voids(&mut desk, "inventoryWriteOff", &fall["TaskID"]);
    assert_eq!(
        (status, &voided["Status"], &voided["Lines"]),
        (200, &json!("VOIDED"), &json!([]))
    );
    assert_eq!(desk.teapots().0, "110");
    let number = desk.sells(105);
    assert_eq!(desk.stage(&number, "pick", picked(105)).0, 200);
    let refused = voids(&mut desk, "stockadjustment", &rise["TaskID"]);
    assert_eq!(said(&refused), "Stock has been used and cannot be voided.");
    assert_eq!(desk.account.truth()["documents"][0]["status"], "COMPLETED");
}

#[test]
fn a_delete_takes_the_id_by_its_own_name_and_does_nothing_without_void() {
    let mut desk = desk();
    let (_, draft) = adjusts(&mut desk, &with(level(5), "/Status", json!("DRAFT")));
    let task = draft["TaskID"].as_str().unwrap().to_owned();
    let ask = desk.ask(
        "DELETE",
        "stockadjustment",
        &[("TaskID", &task), ("Void", "true")],
    );
    assert_eq!(desk.answer(&ask).status, 400);
    let ask = desk.ask("DELETE", "stockadjustment", &[("ID", &task)]);
    assert_eq!(desk.answer(&ask).status, 200);
    let query = [("Status", "DRAFT")];
    let drafts = desk.rows("stockadjustmentList", "StockAdjustmentList", &query);
    assert_eq!(drafts.len(), 1, "it is a draft still");
    assert_eq!(
        voids(&mut desk, "stockadjustment", &draft["TaskID"]).1["Status"],
        "VOIDED"
    );
    assert!(
        desk.rows("stockadjustmentList", "StockAdjustmentList", &query)
            .is_empty()
    );
}

#[test]
fn a_yes_can_mean_nothing_in_three_ways() {
    let mut desk = desk();
    desk.fault("accept_and_drop", |switch| switch.times = Some(1));
    let (_, told) = adjusts(&mut desk, &level(5));
    assert_eq!(told["Status"], "COMPLETED");
    assert_eq!(
        desk.account.truth()["documents"][0]["lines"][0]["change"],
        "0"
    );

    desk.fault("accept_and_drop", |switch| {
        switch.value = Some(json!("unsaved"));
        switch.times = Some(1);
    });
    let (_, draft) = adjusts(&mut desk, &with(level(6), "/Status", json!("DRAFT")));
    let mut done = level(6);
    done["TaskID"] = draft["TaskID"].clone();
    let (_, told) = desk.send("PUT", "stockadjustment", &done);
    assert_eq!(
        (&told["Status"], &told["TaskID"]),
        (&json!("COMPLETED"), &draft["TaskID"])
    );
    let task = draft["TaskID"].as_str().unwrap();
    let (_, read) = desk.get("stockadjustment", &[("TaskID", task)]);
    assert_eq!(read["Status"], "DRAFT", "read back it is a draft");

    desk.fault("errors_in_200", |switch| switch.times = Some(1));
    let (status, told) = removes(&mut desk, &removal(1));
    assert_eq!((status, &told["Status"]), (200, &json!("DRAFT")));
    assert_eq!(told["Errors"].as_array().unwrap().len(), 1);
    assert_eq!(desk.teapots().0, "100");
}

#[test]
fn a_lost_answer_can_be_looked_up_by_reference_or_by_notes() {
    let mut desk = desk();
    for (path, body) in [
        ("stockadjustment", level(5)),
        ("inventoryWriteOff", removal(5)),
    ] {
        desk.fault("timeout_after", |switch| {
            switch.path = Some(path.into());
            switch.times = Some(1);
        });
        let mut ask = desk.ask("POST", path, &[]);
        ask.body = with(body, "/Status", json!("DRAFT"))
            .to_string()
            .into_bytes();
        assert!(matches!(desk.outcome(&ask), crate::http::Outcome::Dropped));
    }
    let query = [("Status", "DRAFT"), ("Limit", "1000")];
    let drafts = desk.rows("stockadjustmentList", "StockAdjustmentList", &query);
    assert_eq!(drafts[0]["Reference"], "SB-1");
    let found = desk.rows(
        "inventoryWriteOffList",
        "InventoryWriteOffs",
        &[("Search", "sb-2")],
    );
    assert_eq!(found[0]["Notes"], "SB-2 Whistl ADJ-1");
    let other = desk.rows(
        "inventoryWriteOffList",
        "InventoryWriteOffs",
        &[("Search", "SB-3")],
    );
    assert!(other.is_empty());
}

#[test]
fn a_fault_can_be_aimed_at_a_document_by_its_reference_or_its_goods() {
    let mut desk = desk();
    for (name, aim) in [("nothing_to_do", "SB-1"), ("level_moved", "TEAPOT04")] {
        desk.fault(name, |switch| {
            switch.number = Some(aim.into());
            switch.times = Some(1);
        });
    }
    let other = with(level(5), "/Reference", json!("SB-9"));
    let (_, told) = adjusts(&mut desk, &other);
    assert_eq!(
        told["ExistingStockLines"][0]["QuantityOnHand"],
        json!(99),
        "it moved"
    );
    assert!(said(&adjusts(&mut desk, &level(7))).contains("no need"));
}

#[test]
fn a_state_file_from_before_there_were_documents_still_reads() {
    let mut desk = desk();
    desk.now = at("2026-11-24T09:00:00Z");
    let mut kept = serde_json::to_value(&desk.account).unwrap();
    let account = kept.as_object_mut().unwrap();
    for field in ["documents", "transfers"] {
        account.remove(field);
    }
    for product in account["catalogue"]["list"].as_array_mut().unwrap() {
        for row in product["rows"].as_array_mut().unwrap() {
            let row = row.as_object_mut().unwrap();
            row.remove("opening");
            row.remove("by_hand");
        }
    }
    desk.account = serde_json::from_value(kept).unwrap();
    assert_eq!(adjusts(&mut desk, &level(5)).0, 200);
}
