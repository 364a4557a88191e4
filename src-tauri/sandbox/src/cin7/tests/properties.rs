//! Rules that hold whatever is done.

use std::time::Duration;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::desk;

/// Something the office does.
#[derive(Clone, Debug)]
enum Deed {
    Sell(i64),
    Resize(usize, i64),
    Void(usize),
    Draft(usize),
    Move(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (-5_i64..60).prop_map(Deed::Sell),
        (0_usize..8, -5_i64..60).prop_map(|(which, units)| Deed::Resize(which, units)),
        (0_usize..8).prop_map(Deed::Void),
        (0_usize..8).prop_map(Deed::Draft),
        (-50_i64..50).prop_map(Deed::Move),
    ]
}

fn sum(rows: &Value, field: &str) -> Decimal {
    let rows = rows.as_array().cloned().unwrap_or_default();
    rows.iter()
        .filter_map(|row| {
            row[field]
                .as_str()
                .and_then(|text| text.parse::<Decimal>().ok())
        })
        .sum()
}

proptest! {
    #[test]
    fn what_is_set_aside_is_what_open_sales_ask_less_backorders(
        deeds in prop::collection::vec(deed(), 1..40)
    ) {
        let mut desk = desk();
        let mut numbers: Vec<String> = Vec::new();
        for deed in deeds {
            desk.later(1);
            let (now, account) = (desk.now, &mut desk.account);
            let line = |units: i64| json!({ "Order": { "Lines": [{ "SKU": "MUG001", "Quantity": units }] } });
            // A deed at a sale that is voided or not there is refused and changes nothing.
            let _ = match deed {
                Deed::Sell(units) => {
                    numbers.push(account.create_sale(&line(units), now).expect("a sale").number);
                    Ok(())
                }
                Deed::Resize(which, units) => match numbers.get(which) {
                    Some(number) => account.edit_sale(number, &line(units), now),
                    None => Ok(()),
                },
                Deed::Void(which) => numbers.get(which).map_or(Ok(()), |one| account.void_sale(one, now)),
                Deed::Draft(which) => numbers.get(which).map_or(Ok(()), |one| {
                    account.edit_sale(one, &json!({ "Order": { "Status": "DRAFT" } }), now)
                }),
                Deed::Move(units) => {
                    account.change_stock("MUG001", "Whistl Fulfilment", Decimal::from(units))
                }
            };
        }
        let mut owed = Decimal::ZERO;
        for number in &numbers {
            let sale = desk.account.sale(number).expect("a sale");
            let line = &sale["Order"]["Lines"][0];
            if sale["Order"]["Status"] == json!("AUTHORISED") {
                let units = line["Quantity"].as_i64().unwrap_or(0).max(0);
                owed += Decimal::from(units - line["BackorderQuantity"].as_i64().unwrap_or(0));
            }
        }
        let truth = desk.account.truth();
        prop_assert_eq!(sum(&truth["stock"], "allocated"), owed);
    }

    #[test]
    fn updated_never_stands_still(edits in prop::collection::vec(0_i64..3, 1..20)) {
        let mut desk = desk();
        let number = desk.sells(1);
        let mut last = desk.account.sale(&number).expect("a sale")["LastModifiedOn"].to_string();
        for (index, seconds) in edits.into_iter().enumerate() {
            desk.later(seconds);
            let patch = json!({ "Note": index.to_string() });
            desk.account.edit_sale(&number, &patch, desk.now).expect("an edit");
            let next = desk.account.sale(&number).expect("a sale")["LastModifiedOn"].to_string();
            prop_assert!(next > last, "{} after {}", next, last);
            last = next;
        }
    }

    #[test]
    fn no_more_than_sixty_get_in_whatever_the_rhythm(
        gaps in prop::collection::vec(0_u64..4000, 1..300)
    ) {
        let mut desk = desk();
        let ask = desk.ask("GET", "me", &[]);
        let mut let_in: Vec<Duration> = Vec::new();
        let mut arrived: Vec<Duration> = Vec::new();
        for gap in gaps {
            desk.metered += Duration::from_millis(gap);
            arrived.push(desk.metered);
            if desk.answer(&ask).status == 200 {
                let_in.push(desk.metered);
            }
        }
        let fullest = |calls: &[Duration]| {
            calls
                .iter()
                .map(|&from| calls.iter().filter(|&&at| at >= from && at < from + Duration::from_mins(1)).count())
                .max()
                .unwrap_or(0)
        };
        prop_assert!(fullest(&let_in) <= 60);
        prop_assert_eq!(desk.calls()["max_in_any_60s"].as_u64(), Some(fullest(&arrived) as u64));
    }

    #[test]
    fn nothing_a_stranger_sends_brings_the_account_down(
        method in "GET|PUT|POST|DELETE|[A-Z]{0,4}",
        path in "me|sale|saleList|product|customer|ref/[a-z]{0,12}|.{0,12}",
        names in prop::collection::vec(("ID|Page|Limit|UpdatedSince|Sku|Search|.{0,6}", ".{0,20}"), 0..4),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let mut desk = desk();
        desk.sells(1);
        let query: Vec<(&str, &str)> = names.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let mut ask = desk.ask(&method, &path, &query);
        ask.body = body;
        let answer = desk.answer(&ask);
        prop_assert!([200, 400, 405, 500].contains(&answer.status), "{}", answer.status);
        prop_assert_eq!(&desk.calls()["total"], &json!(1));
    }
}
