//! The account, given what the samples' account holds, answers as the samples do.

use serde_json::{Value, json};

use super::{Desk, Sample, at, desk, sample, seed};
use crate::cin7::Account;
use crate::faults::Switchboard;
use crate::http::Answer;

/// The samples' account: everything that Cin7 works out for itself is left out of what
/// is entered, so that it must be worked out again.
pub(super) fn harbour_and_pine() -> Desk {
    let mut desk = Desk {
        account: Account::new(seed()),
        board: Switchboard::new(7),
        ..desk()
    };
    let levels = |sku: &str| match sku {
        "HPMUG001" => json!(180),
        "HPMUG002" => json!(97),
        "HPTEA010" => json!([
            { "OnHand": 40, "Batch": "L2609A", "ExpiryDate": "2027-03-31T00:00:00" },
            { "OnHand": 25, "Batch": "L2610B", "ExpiryDate": "2027-06-30T00:00:00" }
        ]),
        "MUG-01_BLUE" => json!(1),
        "HPGIFT050" => json!(55),
        _ => json!(0),
    };
    for name in ["02-products-modified", "02-product-by-sku-two-rows"] {
        for row in sample(name).body["Products"].as_array().expect("rows") {
            let mut product = row.clone();
            product["Stock"] = levels(row["SKU"].as_str().expect("a SKU"));
            // The second sample repeats one product of the first.
            let _ = desk.account.add_product(&product, desk.now);
        }
    }
    for row in sample("03-customer-contacts").body["CustomerList"]
        .as_array()
        .expect("rows")
    {
        desk.account
            .add_customer(row, desk.now)
            .expect("a customer");
    }
    for name in [
        "11-sale-10421-ordered",
        "11-sale-10422-ordered",
        "11-sale-10423-held",
    ] {
        desk.account
            .create_sale(&entered(&sample(name).body), desk.now)
            .expect("a sale");
    }
    desk
}

/// What somebody would have keyed in for this sale.
fn entered(detail: &Value) -> Value {
    let mut given = detail.clone();
    let top = given.as_object_mut().expect("an object");
    top.retain(|name, _| {
        !(name == "Status" || name == "Fulfilments" || name.ends_with("Status"))
            || name == "CombinedPaymentStatus"
    });
    for address in ["BillingAddress", "ShippingAddress"] {
        given[address]
            .as_object_mut()
            .expect("an address")
            .retain(|name, _| !name.starts_with("Display"));
    }
    for row in ["Lines", "AdditionalCharges"] {
        for line in given["Order"][row].as_array_mut().expect("rows") {
            let line = line.as_object_mut().expect("a row");
            line.retain(|name, _| {
                !matches!(
                    name.as_str(),
                    "Tax" | "Total" | "BackorderQuantity" | "Name"
                )
            });
        }
    }
    let order = given["Order"].as_object_mut().expect("an order");
    order.retain(|name, _| !matches!(name.as_str(), "TotalBeforeTax" | "Tax" | "Total"));
    given
}

pub(super) fn asked(desk: &mut Desk, method: &str, path: &str, sample: &Sample) -> Answer {
    let query: Vec<(&str, &str)> = sample
        .query
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    let mut ask = desk.ask(method, path, &query);
    if !sample.request.is_null() {
        ask.body = sample.request.to_string().into_bytes();
    }
    desk.answer(&ask)
}

pub(super) fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).expect("JSON")
}

/// Same keys in the same order, same JSON types, all the way down.
fn same_structure(ours: &Value, theirs: &Value, place: &str) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys = |map: &serde_json::Map<String, Value>| -> Vec<String> {
                map.keys().cloned().collect()
            };
            assert_eq!(keys(ours), keys(theirs), "fields of {place}");
            for (name, value) in ours {
                same_structure(value, &theirs[name], &format!("{place}.{name}"));
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "rows of {place}");
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                same_structure(ours, theirs, &format!("{place}[{index}]"));
            }
        }
        (ours, theirs) => assert_eq!(kind(ours), kind(theirs), "type of {place}"),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// Rows in the order of the sample: list order is documented nowhere.
fn reordered(mut ours: Value, theirs: &Value, key: &str, by: &str) -> Value {
    let wanted: Vec<&Value> = theirs[key]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row[by])
        .collect();
    let rows = ours[key].as_array_mut().expect("rows");
    rows.sort_by_key(|row| wanted.iter().position(|name| **name == row[by]));
    ours
}

fn mentions_its_headers(answer: &Answer, sample: &Sample) {
    for header in &sample.headers {
        assert!(
            answer.headers.contains(header),
            "{header:?} missing in {:?}",
            answer.headers
        );
    }
}

#[test]
fn every_recorded_detail_comes_out_word_for_word() {
    for name in [
        "11-sale-10421-ordered",
        "11-sale-10421-country-code2",
        "11-sale-10422-ordered",
        "11-sale-10423-held",
        "11-sale-not-found",
    ] {
        let sample = sample(name);
        let answer = asked(&mut harbour_and_pine(), "GET", "sale", &sample);
        assert_eq!(answer.status, sample.status, "{name}");
        same_structure(&json_of(&answer), &sample.body, name);
        assert_eq!(json_of(&answer), sample.body, "{name}");
        mentions_its_headers(&answer, &sample);
    }
}

#[test]
fn polls_answer_the_recorded_rows() {
    for name in [
        "10-salelist-changed",
        "10-salelist-misspelt-parameter",
        "10-salelist-future-probe",
    ] {
        let sample = sample(name);
        let answer = json_of(&asked(&mut harbour_and_pine(), "GET", "saleList", &sample));
        let answer = reordered(answer, &sample.body, "SaleList", "OrderNumber");
        same_structure(&answer, &sample.body, name);
        assert_eq!(answer, sample.body, "{name}");
    }
}

#[test]
fn products_are_found_as_recorded() {
    for name in ["02-products-modified", "02-product-by-sku-two-rows"] {
        let sample = sample(name);
        let answer = json_of(&asked(&mut harbour_and_pine(), "GET", "product", &sample));
        let mut answer = reordered(answer, &sample.body, "Products", "SKU");
        if name == "02-products-modified" {
            // The case of twelve is in the other sample only.
            answer["Products"]
                .as_array_mut()
                .expect("rows")
                .rotate_left(1);
            answer["Products"].as_array_mut().expect("rows").truncate(7);
            answer["Total"] = json!(7);
            answer = reordered(answer, &sample.body, "Products", "SKU");
        }
        assert_eq!(answer, sample.body, "{name}");
    }
}

#[test]
fn a_renamed_product_keeps_its_id_and_shows_as_changed() {
    let sample = sample("02-product-renamed");
    let mut desk = harbour_and_pine();
    let patch = json!({ "SKU": "HPMUG004", "Name": "Stoneware mug, blue" });
    desk.account
        .edit_product("MUG-01_BLUE", &patch, at("2026-11-24T08:40:11.003Z"))
        .expect("a rename");

    let answer = asked(&mut desk, "GET", "product", &sample);

    assert_eq!(json_of(&answer), sample.body);
}

#[test]
fn reference_data_has_the_recorded_shape() {
    for (name, path) in [
        ("00-me-ok", "me"),
        ("01-locations", "ref/location"),
        ("01-carriers", "ref/carrier"),
        ("03-customer-contacts", "customer"),
    ] {
        let sample = sample(name);
        let mut desk = harbour_and_pine();
        desk.account.lock("2026-09-30").expect("a lock");
        let answer = asked(&mut desk, "GET", path, &sample);
        assert_eq!(answer.status, sample.status, "{name}");
        same_structure(&json_of(&answer), &sample.body, name);
    }
    let customer = sample("03-customer-contacts");
    let answer = json_of(&asked(
        &mut harbour_and_pine(),
        "GET",
        "customer",
        &customer,
    ));
    assert_eq!(
        answer, customer.body,
        "a customer entered whole comes out whole"
    );
}

#[test]
fn stamping_the_external_id_answers_the_recorded_sale_and_finds_it_again() {
    let (stamp, search) = (
        sample("12-sale-10421-stamp-external-id"),
        sample("12-salelist-by-external-id"),
    );
    let mut desk = harbour_and_pine();
    desk.now = at("2026-11-23T16:05:41.553Z");

    let answer = asked(&mut desk, "PUT", "sale", &stamp);
    assert_eq!(json_of(&answer), stamp.body);

    let answer = asked(&mut desk, "GET", "saleList", &search);
    assert_eq!(json_of(&answer), search.body);
    assert_eq!(desk.account.truth()["writes_by_object"]["sale"], json!(1));
}

#[test]
fn an_edit_after_hand_over_reads_as_recorded() {
    let sample = sample("13-sale-10421-edited-after-hand-over");
    let mut desk = harbour_and_pine();
    let patch =
        json!({ "ShippingAddress": { "Line1": "41 Lantern Row" }, "ExternalID": "WHI-883120" });
    desk.account
        .edit_sale("SO-10421", &patch, at("2026-11-23T17:30:12.004Z"))
        .expect("an edit");

    assert_eq!(
        json_of(&asked(&mut desk, "GET", "sale", &sample)),
        sample.body
    );
}

#[test]
fn an_address_in_display_lines_only_reads_as_recorded() {
    let sample = sample("13-sale-10421-display-lines-only");
    let mut desk = harbour_and_pine();
    desk.fault("display_lines_only", |switch| {
        switch.number = Some("SO-10421".into());
    });

    let answer = json_of(&asked(&mut desk, "GET", "sale", &sample));

    assert_eq!(answer, sample.body, "and Updated has not moved");
}

#[test]
fn a_voided_sale_reads_as_recorded_in_detail_and_list() {
    let (detail, list) = (
        sample("41-sale-10423-voided"),
        sample("40-salelist-voided-and-edited"),
    );
    let mut desk = harbour_and_pine();
    desk.account
        .void_sale("SO-10423", at("2026-11-24T11:05:00.412Z"))
        .expect("a void");

    assert_eq!(
        json_of(&asked(&mut desk, "GET", "sale", &detail)),
        detail.body
    );

    let rows = json_of(&asked(&mut desk, "GET", "saleList", &list));
    assert_eq!(rows["SaleList"].as_array().map(Vec::len), Some(1));
    assert_eq!(rows["SaleList"][0], list.body["SaleList"][0]);
}

#[test]
fn a_wrong_key_a_wrong_path_and_a_fault_inside_read_as_recorded() {
    let mut desk = harbour_and_pine();
    let mut stranger = desk.ask("GET", "me", &[]);
    stranger.headers[1].1 = "key-2".into();
    let wrong_key = desk.answer(&stranger);
    let wrong_path = asked(&mut desk, "GET", "sales", &sample("00-html-200"));
    desk.fault("server_500", |_| {});
    let broken = asked(&mut desk, "GET", "saleList", &sample("00-server-500"));

    for (answer, name) in [
        (wrong_key, "00-me-403"),
        (wrong_path, "00-html-200"),
        (broken, "00-server-500"),
    ] {
        let sample = sample(name);
        assert_eq!(answer.status, sample.status, "{name}");
        assert_eq!(
            String::from_utf8(answer.body.clone()).ok(),
            sample.text,
            "{name}"
        );
        mentions_its_headers(&answer, &sample);
    }
}
