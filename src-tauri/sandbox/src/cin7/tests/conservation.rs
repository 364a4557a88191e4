//! Everything on a shelf is accounted for: on hand is what was there, less what was shipped,
//! plus what completed documents and hands have changed.

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::levels::{HERE, adjusts, level, removal, removes, voids, with};
use super::{Desk, desk, packed, picked, shipped};

/// Something that moves teapots.
#[derive(Clone, Debug)]
enum Step {
    Sell(i64),
    Ship(usize, usize),
    Pick(usize, usize),
    Undo(usize),
    Level(i64, bool),
    Remove(i64),
    Void(usize),
    Edit(i64),
    Road(i64),
    Arrive(usize),
    Fault(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (1_i64..20).prop_map(Step::Sell),
        2 => (0_usize..4, 1_usize..4).prop_map(|(which, boxes)| Step::Ship(which, boxes)),
        1 => (0_usize..4, 1_usize..9).prop_map(|(which, units)| Step::Pick(which, units)),
        1 => (0_usize..4).prop_map(Step::Undo),
        4 => (0_i64..130, any::<bool>()).prop_map(|(to, on_hand)| Step::Level(to, on_hand)),
        3 => (1_i64..60).prop_map(Step::Remove),
        2 => (0_usize..6).prop_map(Step::Void),
        2 => (-30_i64..30).prop_map(Step::Edit),
        1 => (1_i64..20).prop_map(Step::Road),
        1 => (1_usize..4).prop_map(Step::Arrive),
        1 => (0_usize..4).prop_map(Step::Fault),
    ]
}

/// Does a step; one that is refused changes nothing.
fn take(desk: &mut Desk, numbers: &mut Vec<String>, step: &Step) {
    let boxes = ["1", "2", "3"];
    match step {
        Step::Sell(units) => numbers.push(desk.sells(*units)),
        Step::Ship(which, count) => {
            if let Some(number) = numbers.get(*which).cloned() {
                let boxes = &boxes[..*count];
                drop(desk.stage(&number, "pick", picked(boxes.len())));
                drop(desk.stage(&number, "pack", packed(boxes)));
                drop(desk.stage(&number, "ship", shipped(boxes)));
            }
        }
        Step::Pick(which, units) => {
            if let Some(number) = numbers.get(*which).cloned() {
                drop(desk.stage(&number, "pick", picked(*units)));
            }
        }
        Step::Undo(which) => {
            if let Some(number) = numbers.get(*which).cloned() {
                super::on(desk, "sale_undone", &number, Value::Null);
                desk.detail(&number);
                desk.board.clear();
            }
        }
        Step::Level(to, on_hand) => {
            drop(adjusts(
                desk,
                &with(level(*to), "/UpdateOnHand", json!(on_hand)),
            ));
        }
        Step::Remove(units) => drop(removes(desk, &removal(*units))),
        Step::Void(which) => {
            let document = desk.account.documents.get(*which);
            let task = document.map_or_else(|| json!("none"), |one| json!(one.task));
            for path in ["stockadjustment", "inventoryWriteOff"] {
                drop(voids(desk, path, &task));
            }
        }
        Step::Edit(change) => {
            drop(
                desk.account
                    .change_stock("TEAPOT04", HERE, Decimal::from(*change)),
            );
        }
        Step::Road(units) => {
            let places = (HERE, "Head Office");
            let (units, now) = (Decimal::from(*units), desk.now);
            drop(
                desk.account
                    .send_transfer("TEAPOT04", units, places, "", now),
            );
        }
        Step::Arrive(which) => {
            drop(
                desk.account
                    .receive_transfer(&format!("TR-{which:05}"), desk.now),
            );
        }
        Step::Fault(which) => {
            let fault = [
                "level_moved",
                "accept_and_drop",
                "errors_in_200",
                "void_refused",
            ][*which];
            desk.fault(fault, |switch| switch.times = Some(1));
        }
    }
}

fn number(value: &Value) -> Decimal {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("a number")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_on_hand_is_what_sales_documents_and_hands_have_made_it(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut desk = desk();
        let mut numbers: Vec<String> = Vec::new();
        for step in &steps {
            desk.later(2);
            take(&mut desk, &mut numbers, step);
            let truth = desk.account.truth();
            let here = &truth["stock"][0];
            prop_assert_eq!(&here["location"], HERE);
            let lines = |list: &str| truth[list].as_array().cloned().unwrap_or_default();
            let shipped: Decimal = lines("sales")
                .iter()
                .map(|sale| number(&sale["lines"][0]["shipped"]))
                .sum();
            let documents: Decimal = lines("documents")
                .iter()
                .filter(|one| one["status"] == "COMPLETED")
                .map(|one| number(&one["lines"][0]["change"]))
                .sum();
            let made = number(&here["opening"]) - shipped + documents + number(&here["by_hand"]);
            prop_assert_eq!(number(&here["on_hand"]), made, "after {:?}", step);
            prop_assert!(made >= Decimal::ZERO);
        }
    }
}
