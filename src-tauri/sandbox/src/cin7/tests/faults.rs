//! The switches, each as a caller meets it.

use serde_json::{Value, json};

use super::{desk, on, packed, picked, shipped};
use crate::cin7::FAULTS;
use crate::http::Outcome;

#[test]
fn a_write_that_times_out_after_its_effect_has_taken_effect() {
    let mut desk = desk();
    let number = desk.sells(1);
    let id = desk.detail(&number)["ID"].clone();
    let mut ask = desk.ask("PUT", "sale", &[]);
    ask.body = json!({ "ID": id, "Location": "Head Office", "ExternalID": "W1" })
        .to_string()
        .into();
    desk.fault("timeout_before", |switch| switch.times = Some(1));
    assert!(matches!(desk.outcome(&ask), Outcome::Dropped));
    assert_eq!(
        desk.detail(&number)["ExternalID"],
        Value::Null,
        "before: nothing happened"
    );
    desk.fault("timeout_after", |switch| switch.times = Some(1));
    assert!(matches!(desk.outcome(&ask), Outcome::Dropped));
    assert_eq!(
        desk.detail(&number)["ExternalID"],
        json!("W1"),
        "after: it happened"
    );
    assert_eq!(desk.numbers(&[("ExternalID", "W1")]), [number]);
}

#[test]
fn a_503_may_come_after_the_effect() {
    let mut desk = desk();
    let number = desk.sells(1);
    let mut ask = desk.ask("PUT", "sale", &[]);
    let id = desk.detail(&number)["ID"].clone();
    ask.body = json!({ "ID": id, "Location": "Head Office", "Note": "x" })
        .to_string()
        .into();
    desk.fault("server_503", |switch| {
        switch.value = Some(json!("after"));
        switch.times = Some(1);
    });
    assert_eq!(desk.answer(&ask).status, 503);
    assert_eq!(desk.detail(&number)["Note"], json!("x"));
}

#[test]
fn a_row_that_moves_while_paging_slips_between_pages_and_shows_in_the_next_poll() {
    let mut desk = desk();
    let all: Vec<String> = (0..20).map(|_| desk.sells(1)).collect();
    desk.later(600);
    desk.fault("page_drift", |switch| switch.times = Some(1));
    let mut seen = desk.numbers(&[("Limit", "10")]);
    seen.extend(desk.numbers(&[("Limit", "10"), ("Page", "2")]));
    seen.sort();
    assert_eq!(seen.len(), 20, "as many rows as Total");
    seen.dedup();
    assert_eq!(seen.len(), 19, "but one twice and one not at all");
    let slipped: Vec<&String> = all.iter().filter(|number| !seen.contains(number)).collect();
    let next = desk.numbers(&[("UpdatedSince", "2026-11-24T09:05:00Z")]);
    assert_eq!(
        next.iter().collect::<Vec<_>>(),
        slipped,
        "its Updated moved"
    );
}

#[test]
fn a_stale_list_lags_the_detail() {
    let mut desk = desk();
    let old = desk.sells(1);
    desk.later(600);
    let patch = json!({ "CustomerReference": "new" });
    desk.account
        .edit_sale(&old, &patch, desk.now)
        .expect("an edit");
    let new = desk.sells(1);
    desk.later(10);
    desk.fault("stale_list", |switch| switch.value = Some(json!(30)));

    let rows = desk.rows("saleList", "SaleList", &[]);
    assert_eq!(rows.len(), 1, "{new} is not listed yet");
    assert_eq!(
        rows[0]["Updated"],
        json!("2026-11-24T09:00:00Z"),
        "not yet moved"
    );
    assert_ne!(rows[0]["CustomerReference"], json!("new"));
    assert_eq!(desk.detail(&old)["CustomerReference"], json!("new"));

    desk.later(30);
    let rows = desk.rows(
        "saleList",
        "SaleList",
        &[("UpdatedSince", "2026-11-24T09:05:00Z")],
    );
    assert_eq!(rows.len(), 2, "the index has caught up");
}

#[test]
fn ignored_parameters_give_the_whole_list() {
    let mut desk = desk();
    desk.sells(1);
    desk.fault("ignore_params", |switch| {
        switch.value = Some(json!(["UpdatedSince"]));
    });
    assert_eq!(desk.numbers(&[("UpdatedSince", "2030-01-01")]).len(), 1);
    assert_eq!(desk.numbers(&[("OrderStatus", "DRAFT")]).len(), 0);
}

#[test]
fn a_revoked_key_a_swapped_account_and_a_skewed_clock_show() {
    let mut desk = desk();
    desk.sells(1);
    desk.fault("key_swapped_account", |switch| switch.times = Some(1));
    assert_eq!(desk.get("me", &[]).1["Company"], json!("Somebody Else Ltd"));
    desk.fault("clock_skew", |switch| {
        switch.value = Some(json!(-90));
        switch.times = Some(1);
    });
    let ask = desk.ask("GET", "saleList", &[]);
    let answer = desk.answer(&ask);
    assert!(
        answer
            .headers
            .contains(&("Date".into(), "Tue, 24 Nov 2026 07:30:00 GMT".into()))
    );
    let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
    assert_eq!(
        body["SaleList"][0]["Updated"],
        json!("2026-11-24T07:30:00Z")
    );
    desk.fault("key_revoked", |_| {});
    let answer = desk.answer(&ask);
    assert_eq!(
        (answer.status, answer.body.as_slice()),
        (403, &b"Incorrect credentials!"[..])
    );
}

#[test]
fn a_redirect_leads_to_another_host() {
    let mut desk = desk();
    desk.fault("redirect_loop", |_| {});
    let ask = desk.ask("GET", "me", &[]);
    let answer = desk.answer(&ask);
    let to = answer
        .headers
        .iter()
        .find(|(name, _)| name == "Location")
        .map(|(_, to)| to.as_str());
    assert_eq!(answer.status, 302);
    assert_eq!(
        to,
        Some("https://login.elsewhere.example/ExternalApi/v2/me")
    );
}

#[test]
fn bodies_that_are_broken_cut_huge_or_endless() {
    let mut desk = desk();
    let ask = desk.ask("GET", "me", &[]);
    let whole = desk.answer(&ask).body;
    for fault in ["malformed_json", "truncated_json"] {
        desk.fault(fault, |switch| switch.times = Some(1));
        let broken = desk.answer(&ask).body;
        assert!(serde_json::from_slice::<Value>(&broken).is_err(), "{fault}");
    }
    desk.fault("cut_off", |switch| {
        switch.times = Some(1);
        switch.value = Some(json!(10));
    });
    assert!(matches!(desk.outcome(&ask), Outcome::CutOff(answer, 10) if answer.body == whole));
    desk.fault("giant", |switch| {
        switch.times = Some(1);
        switch.value = Some(json!(100_000));
    });
    let giant = desk.answer(&ask).body;
    assert_eq!(giant.len(), 100_000);
    assert!(
        serde_json::from_slice::<Value>(&giant).is_ok(),
        "it would be an answer"
    );
    for fault in ["giant", "endless"] {
        desk.fault(fault, |switch| switch.times = Some(1));
        assert!(matches!(desk.outcome(&ask), Outcome::Endless(_)), "{fault}");
    }
    desk.fault("slow", |switch| switch.value = Some(json!(45)));
    assert!(matches!(desk.outcome(&ask), Outcome::After(wait, _) if wait.as_secs() == 45));
}

#[test]
fn one_row_among_good_ones_has_a_field_of_the_wrong_type() {
    let mut desk = desk();
    let numbers: Vec<String> = (0..3).map(|_| desk.sells(1)).collect();
    on(
        &mut desk,
        "wrong_type",
        &numbers[1],
        json!({ "field": "Updated", "as": 7 }),
    );
    let rows = desk.rows("saleList", "SaleList", &[]);
    let wrong: Vec<&Value> = rows
        .iter()
        .filter(|row| row["Updated"] == json!(7))
        .collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0]["OrderNumber"], json!(numbers[1]));

    let field = json!({ "field": "Order.Lines[0].Quantity", "as": { "x": 1 } });
    desk.fault("wrong_type", |switch| switch.value = Some(field));
    assert_eq!(
        desk.get("me", &[]).0,
        200,
        "an answer without the field is left alone"
    );
    assert_eq!(
        desk.detail(&numbers[0])["Order"]["Lines"][0]["Quantity"],
        json!({ "x": 1 })
    );
}

#[test]
fn null_and_missing_fields_and_an_unknown_word() {
    let mut desk = desk();
    let number = desk.sells(1);
    on(
        &mut desk,
        "null_fields",
        &number,
        json!(["Phone", "ShippingAddress.City"]),
    );
    on(&mut desk, "missing_fields", &number, json!(["Carrier"]));
    on(&mut desk, "unknown_status_word", &number, Value::Null);
    let detail = desk.detail(&number);
    assert_eq!(detail["Phone"], Value::Null);
    assert_eq!(detail["ShippingAddress"]["City"], Value::Null);
    assert!(detail.get("Carrier").is_none());
    assert_eq!(detail["Order"]["Status"], json!("AWAITING THE TIDE"));
    assert_eq!(
        desk.rows("saleList", "SaleList", &[])[0]["OrderStatus"],
        json!("AWAITING THE TIDE")
    );
    assert_eq!(
        desk.account.truth()["sales"][0]["order_status"],
        json!("AUTHORISED")
    );
}

#[test]
fn an_error_may_come_as_a_single_object() {
    let mut desk = desk();
    desk.fault("error_object", |_| {});
    let (status, body) = desk.get("sale", &[("ID", "nothing")]);
    assert_eq!(
        (status, body),
        (
            400,
            json!({ "ErrorCode": 404, "Exception": "Sale not found." })
        )
    );
}

#[test]
fn an_untouched_sale_may_have_no_task() {
    let mut desk = desk();
    let number = desk.sells(1);
    assert_eq!(
        desk.detail(&number)["Fulfilments"][0]["TaskID"],
        desk.detail(&number)["ID"]
    );
    desk.fault("simple_has_task", |switch| switch.value = Some(json!("no")));
    assert_eq!(desk.detail(&number)["Fulfilments"], json!([]));
}

#[test]
fn every_fault_named_is_played_and_can_be_undone() {
    let mut names: Vec<&str> = FAULTS.iter().map(|fault| fault.name).collect();
    for name in &names {
        let mut desk = desk();
        let number = desk.sells(2);
        let gone = desk.sells(1);
        desk.despatches(&gone, &["1"]);
        let id = desk.detail(&number)["ID"].as_str().unwrap_or("").to_owned();
        desk.fault(name, |switch| {
            if name.starts_with("sku_") {
                switch.number = Some("MUG001".into());
            }
        });
        for _ in 0..61 {
            for (path, query) in [("saleList", ("Page", "2")), ("sale", ("ID", id.as_str()))] {
                let ask = desk.ask("GET", path, &[query]);
                let _ = desk.outcome(&ask);
            }
        }
        for path in ["me", "ref/productavailability", "sale"] {
            desk.metered += std::time::Duration::from_mins(2);
            let mut ask = desk.ask(if path == "sale" { "PUT" } else { "GET" }, path, &[]);
            ask.body = json!({ "ID": id }).to_string().into();
            let _ = desk.outcome(&ask);
        }
        for (stage, mut body) in [
            ("pick", picked(2)),
            ("pack", packed(&["2", "3"])),
            ("ship", shipped(&["2", "3"])),
        ] {
            let mut ask = desk.ask("PUT", &format!("sale/fulfilment/{stage}"), &[]);
            body["TaskID"] = json!(id);
            ask.body = body.to_string().into();
            let _ = desk.outcome(&ask);
        }
        let place = desk.account.locations[0].name.clone();
        for (path, line) in [
            (
                "stockadjustment",
                json!({ "SKU": "MUG001", "Quantity": 5, "UnitCost": 1, "Location": place }),
            ),
            (
                "inventoryWriteOff",
                json!({ "ProductCode": "MUG001", "Quantity": 1 }),
            ),
        ] {
            let mut ask = desk.ask("POST", path, &[]);
            ask.body = json!({
                "Status": "COMPLETED", "EffectiveDate": "2027-01-31T00:00:00", "Account": "403",
                "Location": place, "UpdateOnHand": true, "Lines": [line],
            })
            .to_string()
            .into();
            let _ = desk.outcome(&ask);
            let task = desk.account.documents.last();
            let task = task.map_or_else(String::new, |one| one.task.clone());
            let ask = desk.ask("DELETE", path, &[("ID", &task), ("Void", "true")]);
            let _ = desk.outcome(&ask);
        }
        for id in ["nothing", gone.as_str()] {
            let ask = desk.ask("GET", "sale", &[("ID", id)]);
            let _ = desk.outcome(&ask);
        }
        assert!(desk.board.list()[0].fired > 0, "{name} never fired");
        desk.board.clear();
        desk.metered += std::time::Duration::from_mins(2);
        assert_eq!(desk.get("me", &[]).0, 200, "{name}");
    }
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "each name once");
}
