//! A generated world behind the vendors' own doors: what a bridge would meet.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;

pub(super) fn options(orders: u32, profile: Profile) -> Options {
    let start = "2026-11-24T09:00:00Z".parse().unwrap();
    Options {
        orders,
        profile,
        pace: Pace::Manual,
        seed: 7,
        ..Options::at(start)
    }
}

pub(super) fn ask(sandbox: &Sandbox, path: &str, query: &[(&str, &str)]) -> Ask {
    let keys = sandbox.keys();
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Ask {
        method: "GET".into(),
        path: path.into(),
        query: query
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        headers: vec![
            header("api-auth-accountid", &keys.account_id),
            header("api-auth-applicationkey", &keys.cin7),
            header("x-api-key", &keys.whistl),
            header("x-client-code", &keys.client_code),
            header("accept", "application/json"),
        ],
        body: vec![],
    }
}

pub(super) fn whole(outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Whole(answer) => answer,
        other => panic!("{other:?}"),
    }
}

fn cin7(sandbox: &mut Sandbox, path: &str, query: &[(&str, &str)]) -> Value {
    let ask = ask(sandbox, &format!("{CIN7_PATH}/{path}"), query);
    let metered = sandbox.metered();
    let answer = whole(sandbox.cin7(&ask, metered));
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    serde_json::from_slice(&answer.body).unwrap()
}

#[test]
fn a_client_of_cin7_finds_the_days_orders_and_each_is_of_yesterday_or_today() {
    let mut sandbox = Sandbox::new(&options(50, Profile::Typical)).unwrap();
    let list = cin7(
        &mut sandbox,
        "saleList",
        &[("Page", "1"), ("Limit", "1000")],
    );
    assert_eq!(list["Total"], 52, "50 to send and one in 25 besides");
    let rows = list["SaleList"].as_array().unwrap();
    for row in rows {
        let updated = row["Updated"].as_str().unwrap();
        assert!(
            ("2026-11-23T09".."2026-11-24T09:00").contains(&updated),
            "{updated}"
        );
    }
    let words: BTreeSet<_> = rows
        .iter()
        .map(|row| row["OrderStatus"].as_str().unwrap())
        .collect();
    assert!(words.contains("AUTHORISED"), "{words:?}");
}

#[test]
fn what_was_planted_stands_on_the_sale_of_that_number() {
    let mut sandbox = Sandbox::new(&options(200, Profile::Typical)).unwrap();
    let planted = sandbox.planted().to_vec();
    assert_eq!(planted.len(), 25);
    for Planted { number, faults } in planted {
        let sale = sandbox.cin7.sale(&number).unwrap();
        for fault in faults {
            let seen = match fault.as_str() {
                "phone_missing" => sale["Phone"] == "",
                "postcode_missing" => sale["ShippingAddress"]["Postcode"] == "",
                "service_unmapped" => sale["Carrier"] == "Express Delivery",
                "sku_unknown_at_whistl" => sale["Order"]["Lines"].to_string().contains("KETTLE17"),
                "name_missing" => sale["ShippingAddress"]["Contact"] == "" && sale["Contact"] == "",
                _ => true,
            };
            assert!(seen, "{fault} on {number}: {sale}");
        }
    }
    assert_eq!(sandbox.truth()["planted"].as_array().unwrap().len(), 25);
}

#[test]
fn no_generated_order_waits_for_stock() {
    let sandbox = Sandbox::new(&options(300, Profile::Typical)).unwrap();
    let numbers: Vec<String> = sandbox.cin7.sale_numbers().map(str::to_owned).collect();
    for number in numbers {
        let sale = sandbox.cin7.sale(&number).unwrap();
        for line in sale["Order"]["Lines"].as_array().unwrap() {
            assert_eq!(
                line["BackorderQuantity"].to_string(),
                "0",
                "{number}: {line}"
            );
        }
    }
}

#[test]
fn some_sale_was_shipped_and_voided_before_anybody_connected() {
    let mut sandbox = Sandbox::new(&options(100, Profile::Clean)).unwrap();
    let list = cin7(&mut sandbox, "saleList", &[("Limit", "1000")]);
    let rows = list["SaleList"].as_array().unwrap();
    let shipped: Vec<_> = rows
        .iter()
        .filter(|row| row["CombinedShippingStatus"] == "SHIPPED")
        .collect();
    assert_eq!(shipped.len(), 1);
    assert_eq!(shipped[0]["OrderStatus"], "AUTHORISED");
    assert_eq!(
        rows.iter()
            .filter(|row| row["OrderStatus"] == "VOIDED")
            .count(),
        1
    );
    assert_eq!(
        rows.iter()
            .filter(|row| row["OrderStatus"] == "DRAFT")
            .count(),
        1
    );
}

#[test]
fn one_seed_and_the_same_calls_give_the_same_bytes() {
    let run = || {
        let mut sandbox = Sandbox::new(&options(60, Profile::Rough)).unwrap();
        let mut heard = Vec::new();
        for step in 0..40 {
            sandbox.advance(Duration::from_secs(step));
            let ask = ask(
                &sandbox,
                &format!("{CIN7_PATH}/saleList"),
                &[("Limit", "20")],
            );
            let metered = sandbox.metered();
            heard.push(format!("{:?}", sandbox.cin7(&ask, metered)));
            let ask = self::ask(&sandbox, "/v1/items", &[("limit", "20")]);
            heard.push(format!("{:?}", sandbox.whistl(&ask, metered)));
        }
        heard.push(sandbox.truth().to_string());
        heard.push(serde_json::to_string(&sandbox).unwrap());
        heard
    };
    assert_eq!(run(), run());
}

#[test]
fn a_world_that_was_written_and_read_back_answers_alike() {
    let mut before = Sandbox::new(&options(40, Profile::Rough)).unwrap();
    before.steer("POST", "cin7/sales", &json!({}));
    let text = serde_json::to_string(&before).unwrap();
    let mut after: Sandbox = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&after).unwrap(), text);
    assert_eq!(before.truth(), after.truth());
    let ask = ask(
        &before,
        &format!("{CIN7_PATH}/saleList"),
        &[("Limit", "50")],
    );
    let (left, right) = (
        before.cin7(&ask, Duration::ZERO),
        after.cin7(&ask, Duration::ZERO),
    );
    assert_eq!(format!("{left:?}"), format!("{right:?}"));
}

#[test]
fn every_answer_tells_the_worlds_date_and_not_the_systems() {
    let mut sandbox = Sandbox::new(&options(1, Profile::Clean)).unwrap();
    let ask = ask(&sandbox, &format!("{CIN7_PATH}/me"), &[]);
    let answer = whole(sandbox.cin7(&ask, Duration::ZERO));
    let dates: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "Date")
        .collect();
    assert_eq!(
        dates,
        [&(
            "Date".to_owned(),
            "Tue, 24 Nov 2026 09:00:00 GMT".to_owned()
        )]
    );
}

#[test]
fn every_rough_fault_is_one_the_vendors_know() {
    for switch in rough() {
        let known = match switch.vendor {
            Vendor::Cin7 => crate::cin7::FAULTS,
            Vendor::Whistl => crate::whistl::FAULTS,
        };
        assert!(
            known.iter().any(|fault| fault.name == switch.fault),
            "{}",
            switch.fault
        );
    }
}

#[test]
fn the_warehouse_moves_on_by_itself_when_the_clock_does() {
    let mut sandbox = Sandbox::new(&options(5, Profile::Clean)).unwrap();
    let first = sandbox.world();
    sandbox.set_clock(first + TimeDelta::hours(1));
    assert_eq!(sandbox.world(), first + TimeDelta::hours(1));
    sandbox.set_clock(first);
    assert_eq!(
        sandbox.world(),
        first + TimeDelta::hours(1),
        "the world does not go back"
    );
}
