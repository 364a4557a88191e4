//! Rules that hold whatever is done.

use std::time::Duration;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Desk, desk, on, packed, picked, shipped};

/// Something done to a despatch, by a caller or by a user.
#[derive(Clone, Debug)]
enum Step {
    Sell(i64),
    Pick(usize, usize),
    Pack(usize, usize),
    Ship(usize, usize, usize),
    More(usize),
    ByHand(usize),
    Undo(usize),
    VoidTask(usize),
    Void(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let which = || 0_usize..4;
    prop_oneof![
        2 => (1_i64..60).prop_map(Step::Sell),
        4 => (which(), 1_usize..4).prop_map(|(which, units)| Step::Pick(which, units)),
        4 => (which(), 1_usize..4).prop_map(|(which, boxes)| Step::Pack(which, boxes)),
        4 => (which(), 1_usize..4, 0_usize..4)
            .prop_map(|(which, boxes, sent)| Step::Ship(which, boxes, sent)),
        3 => which().prop_map(Step::More),
        1 => which().prop_map(Step::ByHand),
        1 => which().prop_map(Step::Undo),
        1 => which().prop_map(Step::VoidTask),
        1 => which().prop_map(Step::Void),
    ]
}

/// Does a step; one at a sale that is not there or will not have it changes nothing.
fn take(desk: &mut Desk, numbers: &mut Vec<String>, step: &Step) {
    let names = ["1", "2", "3"];
    let (Step::Pick(which, _)
    | Step::Pack(which, _)
    | Step::Ship(which, ..)
    | Step::More(which)
    | Step::ByHand(which)
    | Step::Undo(which)
    | Step::VoidTask(which)
    | Step::Void(which)) = step
    else {
        if let Step::Sell(units) = step {
            numbers.push(desk.sells(*units));
        }
        return;
    };
    let Some(number) = numbers.get(*which).cloned() else {
        return;
    };
    let id = desk.account.sale(&number).expect("a sale")["ID"].clone();
    match step {
        Step::Sell(_) => {}
        Step::Pick(_, units) => drop(desk.stage(&number, "pick", picked(*units))),
        Step::Pack(_, boxes) => drop(desk.stage(&number, "pack", packed(&names[..*boxes]))),
        Step::Ship(_, boxes, sent) => {
            let mut body = shipped(&names[..*boxes]);
            body["AddTrackingNumbers"] = json!(sent % 2 == 0);
            for line in body["Lines"]
                .as_array_mut()
                .into_iter()
                .flatten()
                .skip(*sent)
            {
                line["IsShipped"] = json!(false);
            }
            drop(desk.stage(&number, "ship", body));
        }
        Step::More(_) => drop(desk.send("POST", "sale/fulfilment", &json!({ "SaleID": id }))),
        Step::ByHand(_) => {
            let deed = json!({ "stage": "ship", "tracking": "T" });
            let _ = desk.account.fulfil(&number, &deed, &desk.board, desk.now);
        }
        Step::Undo(_) => {
            desk.board.clear();
            on(desk, "sale_undone", &number, Value::Null);
            desk.detail(&number);
            desk.board.clear();
        }
        Step::VoidTask(_) => {
            let task = desk.newest_task(&number)["TaskID"]
                .as_str()
                .unwrap_or("")
                .to_owned();
            let query = [("TaskID", task.as_str()), ("Void", "true")];
            let ask = desk.ask("DELETE", "sale/fulfilment", &query);
            desk.answer(&ask);
        }
        Step::Void(_) => drop(desk.account.void_sale(&number, desk.now)),
    }
}

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
    fn nothing_is_picked_packed_or_shipped_that_is_not_there(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut desk = desk();
        let mut numbers: Vec<String> = Vec::new();
        for step in &steps {
            desk.later(2);
            take(&mut desk, &mut numbers, step);
            let truth = desk.account.truth();
            let (mut left, mut owed) = (Decimal::ZERO, Decimal::ZERO);
            for number in &numbers {
                let sale = desk.account.sale(number).expect("a sale");
                let lines = desk.truth_of(number)["lines"].clone();
                let [ordered, picked, packed, shipped] =
                    ["ordered", "picked", "packed", "shipped"].map(|done| sum(&lines, done));
                prop_assert!(ordered >= picked && picked >= packed && packed >= shipped);
                left += shipped;
                if sale["Order"]["Status"] == json!("AUTHORISED") {
                    let back = sale["Order"]["Lines"][0]["BackorderQuantity"].as_i64();
                    owed += ordered - shipped - Decimal::from(back.unwrap_or(0));
                }
            }
            let stock = json!([truth["stock"][0]]);
            prop_assert_eq!(sum(&stock, "on_hand"), Decimal::ONE_HUNDRED - left);
            prop_assert_eq!(sum(&stock, "allocated"), owed);
            prop_assert!(left <= Decimal::ONE_HUNDRED);
        }
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
        path in "me|sale|sale/fulfilment(/pick|/pack|/ship)?|saleList|product|customer|ref/[a-z]{0,12}|.{0,12}",
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
