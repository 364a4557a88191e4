//! How far a sale has come, counted from its tasks, and the status words for it.
//! The words are documented up to "pack authorised"; what follows is assumed.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;

use super::plain::{decimal, text, truth_of, word};
use super::sale::Sale;

/// Units picked, packed and shipped.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moved {
    pub(super) picked: Decimal,
    pub(super) packed: Decimal,
    pub(super) shipped: Decimal,
}

/// The status words of a sale.
pub(super) struct Words {
    pub(super) status: &'static str,
    pub(super) picking: &'static str,
    pub(super) packing: &'static str,
    pub(super) shipping: &'static str,
    pub(super) fulfilment: &'static str,
}

/// What has been moved of each SKU.
pub(super) fn moved(sale: &Sale) -> BTreeMap<String, Moved> {
    let mut all: BTreeMap<String, Moved> = BTreeMap::new();
    for task in sale.tasks.iter().flatten() {
        let sent = boxes_sent(task);
        for (sku, amount, _) in lines(task, "Pick") {
            all.entry(sku).or_default().picked += amount;
        }
        for (sku, amount, parcel) in lines(task, "Pack") {
            let entry = all.entry(sku).or_default();
            entry.packed += amount;
            if sent.contains(&parcel) {
                entry.shipped += amount;
            }
        }
    }
    all
}

/// The lines of an authorised stage: SKU, quantity, box.
fn lines(task: &Value, stage: &str) -> Vec<(String, Decimal, String)> {
    if stage_word(task, stage) != "AUTHORISED" {
        return Vec::new();
    }
    let lines = task[stage]["Lines"].as_array().into_iter().flatten();
    lines
        .map(|line| {
            let amount = decimal(&line["Quantity"]).unwrap_or_default();
            (
                text(&line["SKU"]).to_owned(),
                amount,
                text(&line["Box"]).to_owned(),
            )
        })
        .collect()
}

fn stage_word(task: &Value, stage: &str) -> String {
    word(&task[stage]["Status"])
}

/// Boxes on ship lines that have left; several may share a line, joined by commas.
pub(super) fn boxes_sent(task: &Value) -> BTreeSet<String> {
    ship_lines(task)
        .filter(|line| truth_of(&line["IsShipped"]))
        .flat_map(boxes_of)
        .collect()
}

/// The boxes of a ship line.
pub(super) fn boxes_of(line: &Value) -> Vec<String> {
    let names = text(&line["Boxes"]).split(',');
    names.map(|one| one.trim().to_owned()).collect()
}

/// The lines of a task's shipment, whatever its state.
pub(super) fn ship_lines(task: &Value) -> impl Iterator<Item = &Value> {
    task["Ship"]["Lines"].as_array().into_iter().flatten()
}

/// The words for where the sale stands.
pub(super) fn words(sale: &Sale) -> Words {
    match sale.order_status().as_str() {
        "VOIDED" => Words {
            status: "VOIDED",
            picking: "VOIDED",
            packing: "VOIDED",
            shipping: "VOIDED",
            fulfilment: "VOIDED",
        },
        "DRAFT" | "NOT AVAILABLE" => Words {
            status: "ORDERING",
            picking: "NOT AVAILABLE",
            packing: "NOT AVAILABLE",
            shipping: "NOT AVAILABLE",
            fulfilment: "NOT AVAILABLE",
        },
        "FULFILLED" | "CLOSED" if sale.tasks.is_none() => Words {
            status: "COMPLETED",
            picking: "PICKED",
            packing: "PACKED",
            shipping: "SHIPPED",
            fulfilment: "FULFILLED",
        },
        _ => words_of_stages(sale),
    }
}

fn words_of_stages(sale: &Sale) -> Words {
    let mut ordered: BTreeMap<&str, Decimal> = BTreeMap::new();
    for line in sale.lines.iter().filter(|line| line.goods) {
        let amount = line.fields.get("Quantity").and_then(decimal);
        let sku = line.fields.get("SKU").map(text).unwrap_or_default();
        *ordered.entry(sku).or_default() += amount.unwrap_or_default();
    }
    let moved = moved(sale);
    // An undone pick is a draft again, but nobody is picking.
    let draft = |stage: &str| {
        let mut tasks = sale.tasks.iter().flatten();
        !sale.undone && tasks.any(|task| stage_word(task, stage) == "DRAFT")
    };
    let stage = |name, amount: fn(&Moved) -> Decimal, words: [&'static str; 4]| {
        let none = Moved::default();
        let done = |sku: &str| amount(moved.get(sku).unwrap_or(&none));
        if moved.values().map(amount).all(|amount| amount.is_zero()) {
            if draft(name) { words[1] } else { words[0] }
        } else if ordered.iter().all(|(sku, wanted)| done(sku) >= *wanted) {
            words[3]
        } else {
            words[2]
        }
    };
    let picking = stage(
        "Pick",
        |done| done.picked,
        ["NOT PICKED", "PICKING", "PARTIALLY PICKED", "PICKED"],
    );
    let packing = stage(
        "Pack",
        |done| done.packed,
        ["NOT PACKED", "PACKING", "PARTIALLY PACKED", "PACKED"],
    );
    let shipping = stage(
        "Ship",
        |done| done.shipped,
        ["NOT SHIPPED", "SHIPPING", "PARTIALLY SHIPPED", "SHIPPED"],
    );
    Words {
        status: overall(sale, picking, packing, shipping),
        picking,
        packing,
        shipping,
        fulfilment: match shipping {
            "SHIPPED" => "FULFILLED",
            "PARTIALLY SHIPPED" => "PARTIALLY FULFILLED",
            _ => "NOT FULFILLED",
        },
    }
}

fn overall(sale: &Sale, picking: &str, packing: &str, shipping: &str) -> &'static str {
    let says = |name: &str| sale.header.get(name).map(word).unwrap_or_default();
    let invoiced = says("CombinedInvoiceStatus") == "INVOICED";
    let backordered = sale.lines.iter().any(|line| {
        line.fields
            .get("BackorderQuantity")
            .and_then(decimal)
            .unwrap_or_default()
            > Decimal::ZERO
    });
    if invoiced && shipping == "SHIPPED" {
        return match says("CombinedPaymentStatus").as_str() {
            "PAID" | "PREPAID" => "COMPLETED",
            _ => "INVOICED",
        };
    }
    // Documented: most words for the stages are for Simple sales only.
    let (shipping, packing, picking) = if sale.kind() == "ADVANCED SALE" {
        ("", "", "")
    } else {
        (shipping, packing, picking)
    };
    match (shipping, packing, picking) {
        ("SHIPPED" | "PARTIALLY SHIPPED" | "SHIPPING", ..) => "SHIPPING",
        _ if invoiced => "INVOICED",
        (_, "PACKED" | "PARTIALLY PACKED", _) => "PACKED",
        (_, "PACKING", _) => "PACKING",
        (_, _, "PICKED" | "PARTIALLY PICKED") => "PICKED",
        (_, _, "PICKING") => "PICKING",
        _ if backordered => "BACKORDERED",
        _ => "ORDERED",
    }
}
