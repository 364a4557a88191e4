//! What a person can have happen in practice at a click: a rush, orders that cannot go,
//! the office putting those right in Cin7 Core, a collection, and stock that goes astray.

use std::collections::HashSet;
use std::sync::PoisonError;

use rust_decimal::Decimal;
use sandbox::Steering;
use screens::shapes::Play;
use serde_json::{Value, json};

use super::Practice;

/// Orders of a rush.
const RUSH: u32 = 40;
/// Orders that cannot go.
const BAD: u32 = 12;

/// Orders of one collection.
const COLLECTED: usize = 8;
/// What an order at the warehouse says of itself while it can be handed to a carrier.
const INSIDE: [&str; 3] = ["ACCEPTED", "PICKING", "PACKED"];
/// Units on a shelf from which some can go astray without an order missing them.
const PLENTY: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Plays it, and says in a sentence what to look for. Blocks for a moment.
pub(crate) fn play(practice: &Practice, what: Play) -> Result<String, String> {
    match what {
        Play::Rush => {
            trade(practice, RUSH, "some")?;
            Ok(format!(
                "{RUSH} orders have come in within a minute. Cin7 Core answers 60 calls a minute, so watch them being read, checked and sent one after the other."
            ))
        }
        Play::BadOrders => {
            trade(practice, BAD, "all")?;
            Ok(format!(
                "{BAD} orders have come in that the warehouse would refuse. Each is held with its reasons as soon as it is read."
            ))
        }
        Play::FixOrders => {
            let mut mended = practice
                .mended
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            fix(&practice.steering, &mut mended)
        }
        Play::Collection => collection(&practice.steering),
        Play::StockAstray => astray(&practice.steering),
    }
}

/// A carrier collects the oldest orders at the warehouse before the evening.
fn collection(steering: &Steering) -> Result<String, String> {
    let truth = steering.steer("GET", "truth?part=whistl", &Value::Null)?;
    let inside = rows(&truth["whistl"]["orders"]).filter(|order| {
        let status = order["status"].as_str().unwrap_or_default();
        INSIDE.contains(&status)
    });
    let mut gone = 0;
    for order in inside.take(COLLECTED) {
        let number = order["client_ref"].as_str().unwrap_or_default();
        let call = format!("whistl/orders/{number}/despatch");
        // One that moved on meanwhile stays where it is.
        gone += u32::from(steering.steer("POST", &call, &json!({})).is_ok());
    }
    Ok(match gone {
        0 => "The carrier found nothing to collect: send some orders first.".into(),
        gone => format!(
            "The carrier has collected {gone} {}. See under Confirmations how Cin7 Core is told.",
            orders(gone)
        ),
    })
}

/// The warehouse reports a damage and a find, of other SKUs each time, and loses units that
/// nobody is told of, of the same SKU each time: a loss that grows.
fn astray(steering: &Steering) -> Result<String, String> {
    let truth = steering.steer("GET", "truth", &Value::Null)?;
    // Of a SKU that Cin7 Core names otherwise the find would wait for a map.
    let known: HashSet<&str> = texts(&truth["cin7"]["stock"], "sku").collect();
    let reported: Vec<&str> = texts(&truth["whistl"]["adjustments"], "sku").collect();
    let plenty = rows(&truth["whistl"]["stock"]).filter(|of| {
        let on_hand: Option<Decimal> = of["on_hand"].as_str().and_then(|text| text.parse().ok());
        on_hand.is_some_and(|units| units >= PLENTY)
    });
    let mut skus = plenty
        .filter_map(|of| of["sku"].as_str())
        .filter(|sku| known.contains(sku) && !reported.contains(sku));
    let (Some(damaged), Some(found), Some(lost)) = (skus.next(), skus.next(), skus.next_back())
    else {
        return Err("Every shelf has had something go astray already.".into());
    };
    for (call, body) in [
        (
            "whistl/adjust",
            json!({ "sku": damaged, "quantity": -2, "reason_code": "DAMAGE" }),
        ),
        (
            "whistl/adjust",
            json!({ "sku": found, "quantity": 3, "reason_code": "FOUND" }),
        ),
        ("whistl/lose", json!({ "sku": lost, "quantity": 5 })),
        // So that a comparison need not wait for the night's count.
        ("whistl/snapshot", json!({})),
    ] {
        steering.steer("POST", call, &body)?;
    }
    Ok(format!(
        "The warehouse reports 2 of {damaged} damaged and 3 of {found} found: see Adjustments. 5 of {lost} are gone and nobody was told: press Reconcile now under Stock drift."
    ))
}

/// The rows of a list; none of what is no list.
fn rows(list: &Value) -> impl DoubleEndedIterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn texts<'a>(list: &'a Value, field: &'a str) -> impl Iterator<Item = &'a str> {
    rows(list).filter_map(move |row| row[field].as_str())
}

fn orders(count: u32) -> &'static str {
    if count == 1 { "order" } else { "orders" }
}

fn trade(practice: &Practice, orders: u32, faults: &str) -> Result<(), String> {
    let body = json!({ "orders": orders, "faults": faults });
    practice.steering.steer("POST", "trade", &body).map(|_| ())
}

/// Corrects in Cin7 Core what can be corrected there and was not yet. What a SKU lacks is
/// left for a map.
fn fix(steering: &Steering, mended: &mut Vec<String>) -> Result<String, String> {
    let planted = steering.steer("GET", "truth?part=planted", &Value::Null)?;
    let truth = steering.steer("GET", "truth?part=cin7", &Value::Null)?;
    let sales = truth["cin7"]["sales"].as_array();
    let (mut corrected, mut left) = (0, 0);
    for one in rows(&planted["planted"]) {
        let number = one["number"].as_str().unwrap_or_default();
        if mended.iter().any(|known| known == number) {
            continue;
        }
        let sale = sales.and_then(|all| all.iter().find(|sale| sale["number"] == number));
        let faults: Vec<&str> = rows(&one["faults"]).filter_map(Value::as_str).collect();
        let patch = correction(&faults, sale.unwrap_or(&Value::Null));
        // One that was voided meanwhile needs nothing any more.
        if !patch.is_null()
            && steering
                .steer("PATCH", &format!("cin7/sales/{number}"), &patch)
                .is_ok()
        {
            corrected += 1;
        }
        if faults.iter().any(|fault| fault.starts_with("sku_")) {
            left += 1;
        }
        mended.push(number.to_owned());
    }
    Ok(told(corrected, left))
}

fn told(corrected: u32, left: u32) -> String {
    match (corrected, left) {
        (0, 0) => "There is nothing to put right in Cin7 Core.".into(),
        (_, 0) => format!(
            "The office has corrected {corrected} {} in Cin7 Core. They go by themselves at the next look.",
            orders(corrected)
        ),
        (0, _) => format!(
            "{left} {} wait for a SKU: map it here, under Mappings or on the order.",
            orders(left)
        ),
        (_, _) => format!(
            "The office has corrected {corrected} {} in Cin7 Core. {left} still wait for a SKU: map it here, under Mappings or on the order.",
            orders(corrected)
        ),
    }
}

/// What the office would type into the sale; null where nothing there would help.
fn correction(faults: &[&str], sale: &Value) -> Value {
    let mut patch = json!({});
    for fault in faults {
        match *fault {
            "phone_missing" | "phone_invalid" => patch["Phone"] = json!("0113 496 0101"),
            "postcode_missing" | "postcode_invalid" => {
                patch["ShippingAddress"]["Postcode"] = json!("BS1 4DJ");
            }
            "address_incomplete" | "address_too_long" => {
                patch["ShippingAddress"]["Line1"] = json!("14 Lantern Row");
                patch["ShippingAddress"]["Line2"] = json!("");
                patch["ShippingAddress"]["City"] = json!("Bristol");
            }
            "name_missing" => {
                patch["Contact"] = json!("Ada Merrow");
                patch["ShippingAddress"]["Contact"] = json!("Ada Merrow");
            }
            "service_unmapped" => patch["Carrier"] = json!("Royal Mail Tracked 48"),
            "quantity_invalid" => patch["Order"]["Lines"] = whole_lines(sale),
            _ => {}
        }
    }
    if patch == json!({}) {
        Value::Null
    } else {
        patch
    }
}

/// The sale's lines with every quantity rounded up.
fn whole_lines(sale: &Value) -> Value {
    rows(&sale["lines"])
        .map(|line| {
            let ordered: Decimal = line["ordered"]
                .as_str()
                .and_then(|text| text.parse().ok())
                .unwrap_or(Decimal::ONE);
            let whole: Value = ordered
                .ceil()
                .normalize()
                .to_string()
                .parse()
                .map_or(json!(1), Value::Number);
            json!({ "SKU": line["sku"], "Quantity": whole })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use engine::runs::Job;

    use super::super::tests::serving;
    use super::*;

    #[tokio::test]
    async fn the_office_corrects_each_order_once_and_leaves_the_skus() {
        let served = serving().await;
        let steering = &served.steering;
        let body = json!({ "orders": 60, "faults": "all" });
        steering.steer("POST", "trade", &body).unwrap();
        let planted = steering
            .steer("GET", "truth?part=planted", &Value::Null)
            .unwrap();
        let of = |wanted: fn(&str) -> bool| {
            let orders = planted["planted"].as_array().unwrap().iter();
            let faults = |one: &Value| one["faults"].as_array().unwrap().clone();
            orders
                .filter(|one| faults(one).iter().any(|f| wanted(f.as_str().unwrap())))
                .count()
        };
        let correctable = of(|fault| !fault.starts_with("sku_"));
        let skus = of(|fault| fault.starts_with("sku_"));
        let mut mended = Vec::new();
        let said = fix(steering, &mut mended).unwrap();
        assert!(
            said.contains(&format!("corrected {correctable} orders")),
            "every patch must be one that Cin7 takes: {said}"
        );
        assert!(said.contains(&format!("{skus} still wait")), "{said}");
        let again = fix(steering, &mut mended).unwrap();
        assert_eq!(again, "There is nothing to put right in Cin7 Core.");
    }

    #[tokio::test]
    async fn the_carrier_collects_what_was_sent_once() {
        let served = serving().await;
        let collected = || collection(&served.steering).unwrap();
        assert!(collected().contains("nothing to collect"));
        let folder = tempfile::tempdir().unwrap();
        let workspace = served.workspace(folder.path());
        for job in [Job::Reference, Job::Orders, Job::Deliver] {
            workspace.engine.run(job).await.unwrap();
        }

        let said = collected();

        let truth = served.steering.steer("GET", "truth", &Value::Null).unwrap();
        let gone = truth["whistl"]["despatches"].as_array().unwrap().len();
        assert!(gone > 1);
        assert!(said.contains(&format!("collected {gone} orders")), "{said}");
        while !collected().contains("nothing to collect") {}
        let truth = served.steering.steer("GET", "truth", &Value::Null).unwrap();
        assert_eq!(truth["whistl"]["duplicates"], 0);
    }

    #[tokio::test]
    async fn stock_goes_astray_with_word_of_it_and_without() {
        let served = serving().await;
        let truth = || {
            let truth = served.steering.steer("GET", "truth", &Value::Null).unwrap();
            truth["whistl"].clone()
        };
        let on_hand = |whistl: &Value| -> Decimal {
            let units = texts(&whistl["stock"], "on_hand").map(str::parse::<Decimal>);
            units.map(Result::unwrap).sum()
        };
        let before = on_hand(&truth());
        let first = astray(&served.steering).unwrap();
        let second = astray(&served.steering).unwrap();
        assert_ne!(first, second);
        let after = truth();
        let told: Vec<&str> = texts(&after["adjustments"], "reason_code").collect();
        assert_eq!(told, ["DAMAGE", "FOUND", "DAMAGE", "FOUND"]);
        let skus: Vec<&str> = texts(&after["adjustments"], "sku").collect();
        for sku in &skus {
            assert_eq!(skus.iter().filter(|one| one == &sku).count(), 1);
        }
        // What is damaged stays on the premises; of what is lost there is no word.
        assert_eq!(on_hand(&after) - before, Decimal::from(2 * (3 - 5)));
    }

    #[test]
    fn part_quantities_are_rounded_up_and_the_rest_is_left_as_it_is() {
        let sale = json!({ "lines": [
            { "sku": "CUP", "ordered": "2.5" },
            { "sku": "JUG", "ordered": "1" },
        ]});
        let lines = json!([
            { "SKU": "CUP", "Quantity": 3 },
            { "SKU": "JUG", "Quantity": 1 },
        ]);
        let patch = correction(&["quantity_invalid"], &sale);
        assert_eq!(patch["Order"]["Lines"].to_string(), lines.to_string());
        assert_eq!(correction(&["sku_unknown_at_whistl"], &sale), Value::Null);
    }
}
