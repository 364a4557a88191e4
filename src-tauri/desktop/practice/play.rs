//! What a person can have happen in practice at a click: a rush, orders that cannot go,
//! and the office putting those right in Cin7 Core.

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
    }
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
    for one in planted["planted"].as_array().into_iter().flatten() {
        let number = one["number"].as_str().unwrap_or_default();
        if mended.iter().any(|known| known == number) {
            continue;
        }
        let sale = sales.and_then(|all| all.iter().find(|sale| sale["number"] == number));
        let faults: Vec<&str> = one["faults"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
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
    let orders = |n: u32| if n == 1 { "order" } else { "orders" };
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
    let lines = sale["lines"].as_array().into_iter().flatten();
    lines
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
