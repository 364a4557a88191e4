//! Nothing comes from nowhere and nothing goes without a trace: what is in the building is
//! what was there, less what left, more what adjustments say, less what was lost in silence.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Desk, order};
use crate::whistl::{Habits, StockHabits};

fn number(value: &Value) -> i64 {
    value.as_str().unwrap().parse().unwrap()
}

/// What the truth's own rows add up to, and what it says is there.
pub(super) fn sums(truth: &Value) -> Vec<(String, i64, i64)> {
    let rows = |name: &str| truth[name].as_array().unwrap().clone();
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut add = |sku: &Value, units: i64| {
        *sums.entry(sku.as_str().unwrap().to_owned()).or_default() += units;
    };
    for despatch in rows("despatches") {
        for line in despatch["lines"].as_array().unwrap() {
            add(&line["sku"], -number(&line["quantity"]));
        }
    }
    for adjustment in rows("adjustments") {
        add(&adjustment["sku"], number(&adjustment["on_hand_change"]));
    }
    for loss in rows("losses") {
        add(&loss["sku"], -number(&loss["quantity"]));
    }
    let stock = rows("stock");
    let row = |row: &Value| {
        let sku = row["sku"].as_str().unwrap().to_owned();
        let moved = sums.get(&sku).copied().unwrap_or(0);
        (
            sku,
            number(&row["opening"]) + moved,
            number(&row["on_hand"]),
        )
    };
    stock.iter().map(row).collect()
}

/// The quarantine adds up in the same way.
fn good(truth: &Value) -> Vec<(String, i64, i64)> {
    let adjustments = truth["adjustments"].as_array().unwrap();
    let stock = truth["stock"].as_array().unwrap();
    let row = |row: &Value| {
        let of_sku = adjustments.iter().filter(|one| one["sku"] == row["sku"]);
        let apart = of_sku.map(|one| number(&one["on_hand_change"]) - number(&one["quantity"]));
        let sku = row["sku"].as_str().unwrap().to_owned();
        (sku, apart.sum(), number(&row["quarantined"]))
    };
    stock.iter().map(row).collect()
}

#[derive(Clone, Debug)]
enum Step {
    Order,
    Despatch(usize),
    Void(usize),
    Adjust(usize, usize, i64),
    Reverse(usize),
    Lose(usize, i64),
    Receive(usize, i64),
    Wait(i64),
    Fault(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Order),
        2 => (0_usize..6).prop_map(Step::Despatch),
        1 => (0_usize..6).prop_map(Step::Void),
        4 => (0_usize..4, 0_usize..7, 1_i64..9).prop_map(|(sku, why, n)| Step::Adjust(sku, why, n)),
        2 => (0_usize..9).prop_map(Step::Reverse),
        1 => (0_usize..4, 1_i64..4).prop_map(|(sku, units)| Step::Lose(sku, units)),
        1 => (0_usize..4, 1_i64..9).prop_map(|(sku, units)| Step::Receive(sku, units)),
        3 => (60_i64..90_000).prop_map(Step::Wait),
        2 => (0_usize..7).prop_map(Step::Fault),
    ]
}

const SKUS: [&str; 4] = ["TEE001BLKM", "MUG330WHT", "TEE001BLKL", "BAG010NAT"];

/// Does a step; one that is refused changes nothing.
fn take(desk: &mut Desk, orders: &mut usize, step: &Step) {
    let reference = |n: &usize| format!("SO-{n}");
    match step {
        Step::Order => {
            *orders += 1;
            desk.put(&order(&reference(orders)));
        }
        Step::Despatch(which) => drop(desk.try_despatch(&reference(which), &json!({}))),
        Step::Void(which) => drop(desk.void(&reference(which), &json!({}))),
        Step::Adjust(sku, why, units) => {
            let (reason, sign) = [
                ("CYCLE_COUNT", -1),
                ("DAMAGE", -1),
                ("FOUND", 1),
                ("RETURN_DAMAGED", 1),
                ("QUARANTINE_OUT", 1),
                ("LOST", -1),
                ("RECEIPT", 1),
            ][*why];
            let body =
                json!({ "sku": SKUS[*sku], "quantity": sign * units, "reason_code": reason });
            desk.adjust(&body);
        }
        Step::Reverse(which) => {
            drop(desk.try_adjust(&json!({ "reverses": format!("ADJ{which:07}") })));
        }
        Step::Lose(sku, units) => drop(desk.warehouse.lose(SKUS[*sku], *units, desk.now)),
        Step::Receive(sku, units) => desk.warehouse.receive(SKUS[*sku], (*units).into()),
        Step::Wait(seconds) => desk.wait(*seconds),
        Step::Fault(which) => {
            let (fault, value) = [
                ("F26", json!("unordered")),
                ("F29", json!(600)),
                ("F31", json!(null)),
                ("F32", json!({ "inexact": 600 })),
                ("F33", json!(600)),
                ("F48", json!(null)),
                ("F35", json!(null)),
            ][*which]
                .clone();
            desk.fault_once(fault, value);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_in_the_building_is_what_the_movements_make_it(
        steps in prop::collection::vec(step(), 1..50)
    ) {
        let mut desk = Desk::new();
        desk.wait(0);
        desk.warehouse.habits = Habits::usual(3);
        let mut orders = 0;
        for step in &steps {
            take(&mut desk, &mut orders, step);
            let truth = desk.warehouse.truth();
            for (sku, sum, there) in sums(&truth) {
                prop_assert_eq!(sum, there, "{} after {:?}", sku, step);
            }
            for (sku, sum, apart) in good(&truth) {
                prop_assert_eq!(sum, apart, "{} set apart after {:?}", sku, step);
            }
        }
    }
}

#[test]
fn left_alone_for_weeks_every_unit_is_accounted_for_and_no_shelf_runs_out() {
    let mut desk = Desk::new();
    desk.wait(0);
    desk.warehouse.habits.stock = StockHabits {
        silent_losses: 100,
        ..StockHabits::usual()
    };
    desk.wait(60 * 86_400);
    let truth = desk.warehouse.truth();
    let count = |name: &str| truth[name].as_array().unwrap().len();
    assert!(
        (80..260).contains(&count("adjustments")),
        "{}",
        count("adjustments")
    );
    assert!((15..70).contains(&count("losses")), "{}", count("losses"));
    for (sku, sum, there) in sums(&truth) {
        assert_eq!(sum, there, "{sku}");
        assert!(there >= 10, "{sku} has {there}");
    }
    let feed = desk.adjustments();
    let reasons = |code: &str| feed.iter().filter(|one| one["reason_code"] == code).count();
    assert!(reasons("CYCLE_COUNT") > reasons("RECEIPT"));
    assert!(reasons("DAMAGE") > 0 && reasons("RETURN_GOOD") > 0 && reasons("RETURN_DAMAGED") > 0);
    assert!(
        feed.iter().any(|one| one["revision"] == 2),
        "a note was corrected"
    );
}

#[test]
fn orders_leave_alike_whether_stock_changes_beside_them_or_not() {
    let run = |stock: StockHabits| {
        let mut desk = Desk::new();
        desk.warehouse.habits = Habits {
            stock,
            ..Habits::usual(7)
        };
        for number in 1..=6 {
            desk.put(&order(&format!("SO-{number}")));
        }
        desk.wait(3 * 86_400);
        let truth = desk.warehouse.truth();
        let of = |one: &Value| json!([one["despatch_id"], one["lines"], one["tracking"]]);
        truth["despatches"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .collect::<Vec<_>>()
    };
    assert_eq!(run(StockHabits::none()), run(StockHabits::usual()));
}
