//! Every field of a message has a source.

use serde_json::Value;

use super::*;
use crate::compose::compose;
use crate::samples::{order_42, profile};

fn leaves(value: &Value, path: &str, told: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                leaves(value, &path, told);
            }
        }
        Value::Array(all) => {
            for (at, value) in all.iter().enumerate() {
                leaves(value, &format!("{path}[{at}]"), told);
            }
        }
        Value::Null => told.push((path.to_owned(), String::new())),
        Value::String(text) => told.push((path.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => told.push((path.to_owned(), value.to_string())),
    }
}

#[test]
fn each_field_of_the_message_is_explained_once_with_the_value_it_has() {
    let body = compose(&order_42(), &profile()).unwrap().body;
    let mut written = Vec::new();
    leaves(&serde_json::from_slice(&body).unwrap(), "", &mut written);
    let explained: Vec<(String, String)> = explain(&order_42(), &profile())
        .into_iter()
        .map(|source| (source.payload_field, source.value))
        .collect();
    assert_eq!(explained, written);
}

#[test]
fn a_line_leads_to_every_line_of_the_sale_that_went_into_it() {
    let told = explain(&order_42(), &profile());
    let of = |field: &str| told.iter().find(|s| s.payload_field == field).unwrap();
    assert_eq!(of("lines[0].sku").cin7_field, "Order.Lines[0].SKU");
    assert_eq!(
        of("lines[1].quantity").cin7_field,
        "Order.Lines[1].Quantity, Order.Lines[3].Quantity"
    );
    assert_eq!(of("delivery.phone").cin7_field, "Phone");
    assert_eq!(of("service_code").cin7_field, "Carrier");
    assert!(told.iter().all(|source| !source.rule.is_empty()));
}
