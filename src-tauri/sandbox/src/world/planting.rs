//! What the generator does wrong on purpose: one to three faults on an order, in the
//! hold codes of the command line's contract. It writes down what it did; no rule here
//! works out whether an order is at fault.

use rust_decimal::Decimal;

use super::catalogue::{ODD_SKUS, UNKNOWN_SKU, WRAP_SKU};
use super::dice::Dice;
use super::orders::{Line, Order};

/// The shipping method that nobody has mapped to a service.
pub(super) const UNMAPPED_CARRIER: &str = "Express Delivery";

/// Every fault that can be planted, its subject, and how often it is; those that share
/// a subject exclude each other.
const FAULTS: &[((&str, &str), usize)] = &[
    (("sku_invalid_characters", "odd line"), 22),
    (("phone_missing", "phone"), 20),
    (("phone_invalid", "phone"), 10),
    (("postcode_missing", "postcode"), 7),
    (("postcode_invalid", "postcode"), 14),
    (("address_incomplete", "address"), 7),
    (("address_too_long", "address"), 6),
    (("service_unmapped", "service"), 16),
    (("sku_unknown_at_whistl", "unknown line"), 9),
    (("name_missing", "name"), 3),
    (("quantity_invalid", "quantity"), 3),
];

/// What the first faulty orders of every world have, whatever else: the four that
/// whoever tries a bridge looks for.
pub(super) const FIRST: &[(&str, &str)] = &[
    ("sku_invalid_characters", "odd line"),
    ("phone_missing", "phone"),
    ("postcode_invalid", "postcode"),
    ("service_unmapped", "service"),
];

/// Number of faults on an order that has any.
const HOW_MANY: &[(usize, usize)] = &[(1, 60), (2, 28), (3, 12)];

const BAD_PHONES: &[&str] = &["n/a", "0000", "07700 900", "00000000000", "123"];

/// Lines that no cut makes fit on three lines of 35.
const LONG_LINES: &[&str] = &[
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch House",
    "The Old Stables and Coach House Apartments behind the former Wesleyan Chapel, second gate \
     on the left after the packhorse bridge",
    "c/o Accommodation and Facilities Reception Desk, Building 14B East Wing, Long Meadow Science \
     and Innovation Park, Upper Approach Road",
];

/// Plants one to three faults on the `nth` faulty order and notes them there.
pub(super) fn plant(dice: &mut Dice, order: &mut Order, nth: usize) {
    let wanted = dice.weighted(HOW_MANY);
    let mut subjects: Vec<&str> = Vec::new();
    while order.faults.len() < wanted {
        let first = FIRST.get(nth).filter(|_| order.faults.is_empty());
        let (code, subject) = first.copied().unwrap_or_else(|| dice.weighted(FAULTS));
        if !subjects.contains(&subject) {
            subjects.push(subject);
            spoil(dice, order, code, nth);
            order.faults.push(code);
        }
    }
}

fn spoil(dice: &mut Dice, order: &mut Order, code: &str, nth: usize) {
    let buyer = &mut order.buyer;
    match code {
        "sku_invalid_characters" => {
            // The famous one is on the first and on every second of the others.
            let famous = nth == 0 || dice.one_in(2);
            let sku = if famous {
                ODD_SKUS[0]
            } else {
                *dice.pick(&ODD_SKUS)
            };
            add_line(dice, order, sku);
        }
        "sku_unknown_at_whistl" => add_line(dice, order, UNKNOWN_SKU),
        "quantity_invalid" => {
            if let Some(line) = order.lines.iter_mut().find(|line| line.sku != WRAP_SKU) {
                line.quantity += Decimal::new(5, 1);
            }
        }
        "phone_missing" => {
            // Nor is there one with the customer that could stand in.
            for phone in [&mut buyer.phone, &mut buyer.landline, &mut buyer.mobile] {
                phone.clear();
            }
        }
        "phone_invalid" => {
            buyer.phone = (*dice.pick(BAD_PHONES)).to_owned();
            buyer.landline.clear();
            buyer.mobile.clear();
        }
        "postcode_missing" => buyer.address.postcode.clear(),
        "postcode_invalid" => spoil_postcode(dice, &mut buyer.address.postcode),
        "address_incomplete" if dice.one_in(2) => buyer.address.town.clear(),
        "address_incomplete" => {
            buyer.address.line1.clear();
            buyer.address.line2.clear();
        }
        "address_too_long" => buyer.address.line1 = (*dice.pick(LONG_LINES)).to_owned(),
        "service_unmapped" => UNMAPPED_CARRIER.clone_into(&mut order.carrier),
        "name_missing" => {
            buyer.name.clear();
            buyer.company.clear();
        }
        _ => {}
    }
}

/// A further line; sometimes it is the only one.
fn add_line(dice: &mut Dice, order: &mut Order, sku: &str) {
    let line = Line {
        sku: sku.to_owned(),
        quantity: Decimal::from(dice.between(1, 2)),
    };
    if order.lines.len() == 1 && order.faults.is_empty() && dice.one_in(2) {
        order.lines.clear();
    }
    order.lines.insert(0, line);
}

/// The last letter lost, a letter that last halves never have, or the space and more.
fn spoil_postcode(dice: &mut Dice, postcode: &mut String) {
    postcode.pop();
    match dice.below(4) {
        0 => postcode.push('O'),
        1 => {
            postcode.pop();
        }
        _ => {}
    }
}
