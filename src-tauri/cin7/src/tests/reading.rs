//! What becomes of a sale's body.

use domain::OrderStatus;
use serde_json::Value;

use super::{body, sample};
use crate::{map, read_sale};

fn sale_of(name: &str) -> domain::Sale {
    read_sale(&body(&sample(name))).unwrap()
}

#[test]
fn a_held_sale_keeps_what_is_wrong_with_it_to_the_letter() {
    let sale = sale_of("11-sale-10423-held");
    assert_eq!(sale.phone, "");
    assert_eq!(sale.shipping_method, "Express Delivery");
    assert_eq!(sale.lines[0].sku, "MUG-01_BLUE");
    assert_eq!(sale.lines[0].backordered.to_string(), "3");
}

#[test]
fn an_address_that_is_only_shown_is_not_taken_for_one() {
    let address = sale_of("13-sale-10421-display-lines-only").ship_to;
    assert!(
        address.line1.is_empty() || address.postcode.is_empty(),
        "{address:?}"
    );
    assert!(!address.display[0].is_empty());
}

#[test]
fn an_edited_a_voided_and_a_two_line_sale_are_read_as_they_are() {
    assert_eq!(
        sale_of("41-sale-10423-voided").order_status,
        OrderStatus::Voided
    );
    assert_eq!(sale_of("11-sale-10422-ordered").lines.len(), 2);
    let before = sale_of("11-sale-10421-ordered");
    let after = sale_of("13-sale-10421-edited-after-hand-over");
    assert!(after.last_modified > before.last_modified);
    assert_ne!(after, before);
    assert_eq!(sale_of("11-sale-10421-country-code2").ship_to.country, "GB");
}

#[test]
fn a_sale_with_a_bad_quantity_names_its_line_and_value() {
    let mut spoilt = sample("11-sale-10421-ordered")["response"]["body"].clone();
    spoilt["Order"]["Lines"][1]["Quantity"] = Value::from("a few");
    let bad = map::sale(&spoilt).unwrap_err();
    assert_eq!(
        bad.to_string(),
        "SO-10421: Order.Lines[1].Quantity: expected a number (found \"a few\")"
    );
    spoilt["Order"]["Lines"][1]["Quantity"] = Value::Null;
    assert_eq!(map::sale(&spoilt).unwrap_err().value, "null");
    spoilt["Order"]["Lines"][1]["Quantity"] = Value::from(-1);
    spoilt["Order"]["Lines"][0]["Quantity"] = serde_json::from_str("1.5000").unwrap();
    let sale = map::sale(&spoilt).unwrap();
    assert_eq!(
        sale.lines[1].quantity.to_string(),
        "-1",
        "whether it is fit is for the check"
    );
    assert_eq!(sale.lines[0].quantity.to_string(), "1.5000");
}

#[test]
fn a_sale_without_customer_address_or_lines_is_read_all_the_same() {
    let bare = r#"{"ID":"7b8a40bd-9bf2-564d-8253-54fadcd84944","ShippingAddress":null,
        "LastModifiedOn":"2026-11-23T16:02:09","Order":{"SaleOrderNumber":"SO-1","Lines":null}}"#;
    let sale = read_sale(bare.as_bytes()).unwrap();
    assert_eq!((sale.customer_id.as_str(), sale.lines.len()), ("", 0));
    assert_eq!(sale.attributes, vec![""; 10]);
    assert_eq!(sale.order_status, OrderStatus::Unknown(String::new()));
}

#[test]
fn a_sale_of_a_thousand_lines_with_emoji_and_control_characters_is_read_whole() {
    let mut large = sample("11-sale-10421-ordered")["response"]["body"].clone();
    let mut line = large["Order"]["Lines"][0].clone();
    line["Name"] = Value::from("Mug 🫖\u{7}\u{0}\nblue");
    large["Order"]["Lines"] = Value::Array(vec![line; 1000]);
    let sale = read_sale(large.to_string().as_bytes()).unwrap();
    assert_eq!(sale.lines.len(), 1000);
    assert_eq!(sale.lines[999].name, "Mug 🫖\u{7}\u{0}\nblue");
}
