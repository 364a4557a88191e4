//! The recorded stock exchanges, replayed on the samples' own account: answered field by
//! field as recorded, but for ids and numbers, which begin anew in every world.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::samples::{asked, harbour_and_pine, json_of};
use super::{Desk, Sample, at, sample};

const COUNTED: [&str; 5] = [
    "TaskID",
    "StocktakeNumber",
    "InventoryWriteOffNumber",
    "Number",
    "ID",
];

/// The recorded value with our own ids where they are counted.
fn like(recorded: &Value, ours: &Value) -> Value {
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(ours)) => {
            let counted = |name: &str| COUNTED.contains(&name) && ours.contains_key(name);
            // A product's ID is no counted one.
            let product = recorded.contains_key("SKU");
            let one = |(name, value): (&String, &Value)| {
                let mine = ours.get(name).cloned().unwrap_or_default();
                let kept = if counted(name) && !product {
                    assert_eq!(mine.is_string(), value.is_string(), "{name}");
                    mine
                } else {
                    like(value, &mine)
                };
                (name.clone(), kept)
            };
            Value::Object(recorded.iter().map(one).collect())
        }
        (Value::Array(recorded), Value::Array(ours)) => {
            let none = Value::Null;
            let pairs = recorded.iter().enumerate();
            pairs
                .map(|(place, value)| like(value, ours.get(place).unwrap_or(&none)))
                .collect()
        }
        _ => recorded.clone(),
    }
}

fn assert_as_recorded(ours: &Value, sample: &Sample, name: &str) {
    let recorded = like(&sample.body, ours);
    assert_eq!(ours, &recorded, "{name}");
    // Field order too: both print alike.
    assert_eq!(ours.to_string(), recorded.to_string(), "{name}");
}

/// Plays a recorded request, about that task where it names one.
fn replay(desk: &mut Desk, name: &str, task: Option<&Value>) -> Value {
    let mut sample = sample(name);
    if let Some(task) = task {
        if sample.request.get("TaskID").is_some() {
            sample.request["TaskID"] = task.clone();
        }
        for (key, value) in &mut sample.query {
            if key == "TaskID" || key == "ID" {
                task.as_str().unwrap().clone_into(value);
            }
        }
    }
    let path = sample
        .path
        .trim_start_matches("/ExternalApi/v2/")
        .to_owned();
    let method = sample.method.clone();
    let answer = asked(desk, &method, &path, &sample);
    let ours = json_of(&answer);
    assert_eq!(answer.status, sample.status, "{name}: {ours}");
    let ours = match path.as_str() {
        "ref/productavailability" => in_order(ours, &sample.body),
        _ => ours,
    };
    assert_as_recorded(&ours, &sample, name);
    ours
}

/// Rows in the order of the sample: list order is documented nowhere.
fn in_order(mut ours: Value, theirs: &Value) -> Value {
    let key = "ProductAvailabilityList";
    let wanted: Vec<&Value> = theirs[key]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["SKU"])
        .collect();
    let rows = ours[key].as_array_mut().unwrap();
    rows.sort_by_key(|row| wanted.iter().position(|sku| **sku == row["SKU"]));
    ours
}

#[test]
fn levels_are_read_as_recorded_before_and_after_the_adjustment_in_between() {
    let mut desk = harbour_and_pine();
    replay(&mut desk, "50-availability-whistl", None);
    replay(&mut desk, "51-availability-one-sku", None);

    let draft = replay(&mut desk, "60-adjustment-draft", None);
    replay(&mut desk, "63-adjustment-list-drafts", None);
    replay(&mut desk, "50-availability-whistl", None);
    let task = &draft["TaskID"];
    replay(&mut desk, "61-adjustment-complete", Some(task));
    replay(&mut desk, "62-adjustment-get", Some(task));
    replay(&mut desk, "51-availability-after-adjustment", None);
    replay(&mut desk, "64-adjustment-nothing-to-do-400", None);
    replay(&mut desk, "67-adjustment-delete-without-void", Some(task));
    replay(&mut desk, "67-adjustment-void", Some(task));
    replay(&mut desk, "50-availability-whistl", None);
    let writes = &desk.account.truth()["writes_by_object"];
    assert_eq!(
        writes["adjustment"],
        json!(3),
        "a draft, its completion and its void"
    );
}

#[test]
fn a_level_that_moved_new_stock_and_a_locked_period_read_as_recorded() {
    let mut desk = harbour_and_pine();
    desk.fault("level_moved", |switch| switch.times = Some(1));
    replay(&mut desk, "60-adjustment-draft-level-moved", None);
    replay(&mut desk, "65-adjustment-new-stock", None);
    desk.account.lock("2026-09-30").expect("a lock");
    replay(&mut desk, "66-adjustment-locked-period-400", None);
}

#[test]
fn a_write_off_reads_as_recorded_and_so_does_one_that_falls_short() {
    let mut desk = harbour_and_pine();
    desk.now = at("2026-11-24T11:20:05.010Z");
    let draft = replay(&mut desk, "70-writeoff-draft", None);
    replay(&mut desk, "73-writeoff-search", None);
    replay(&mut desk, "71-writeoff-complete", Some(&draft["TaskID"]));

    let mut desk = harbour_and_pine();
    let draft = replay(&mut desk, "70-writeoff-draft", None);
    desk.account
        .change_stock("HPMUG002", "Whistl Fulfilment", Decimal::from(-96))
        .expect("a hand edit");
    replay(
        &mut desk,
        "72-writeoff-200-with-errors",
        Some(&draft["TaskID"]),
    );
    let truth = desk.account.truth();
    assert_eq!(truth["documents"][0]["status"], "DRAFT");
}

#[test]
fn stock_on_the_road_reads_as_recorded_and_arrives() {
    let mut desk = harbour_and_pine();
    let (office, whistl) = ("Head Office", "Whistl Fulfilment");
    let level = |desk: &mut Desk| {
        let query = [("Sku", "HPMUG001"), ("Location", whistl)];
        let rows = desk.rows("ref/productavailability", "ProductAvailabilityList", &query);
        (rows[0]["OnHand"].as_i64(), rows[0]["InTransit"].as_i64())
    };
    let account = &mut desk.account;
    account
        .change_stock("HPMUG001", office, Decimal::from(60))
        .expect("goods");
    let left = at("2026-11-23T15:00:00Z");
    let number = account
        .send_transfer(
            "HPMUG001",
            Decimal::from(48),
            (office, whistl),
            "Pallet 12",
            left,
        )
        .expect("a transfer");
    replay(&mut desk, "80-transfers-in-transit", None);
    assert_eq!(level(&mut desk), (Some(180), Some(48)));
    desk.account
        .receive_transfer(&number, desk.now)
        .expect("an arrival");
    assert_eq!(level(&mut desk), (Some(228), Some(0)));
    let query = [("Status", "IN TRANSIT")];
    assert!(
        desk.rows("stockTransferList", "StockTransferList", &query)
            .is_empty()
    );
    for wrong in [number.as_str(), "TR-9"] {
        assert!(
            desk.account.receive_transfer(wrong, desk.now).is_err(),
            "{wrong}"
        );
    }
}
