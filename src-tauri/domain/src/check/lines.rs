//! From the lines of a sale to the lines of an order: what is not goods is left out,
//! equal SKUs are summed, and every unit of the rest is on the order exactly once.

use std::collections::HashSet;

use super::findings::{Findings, office};
use super::quantity;
use super::sku::{LineSku, note_unknown_list};
use super::spelling::shown;
use super::sums::Sums;
use super::text::whole;
use crate::{
    HoldCode, ItemStanding, Known, NoteCode, OrderLine, Product, ProductKind, Rules, Sale,
    SaleLine, Severity,
};

/// The order's lines, in order of first mention. Incomplete when reasons were found.
pub(crate) fn check(
    sale: &Sale,
    rules: &Rules,
    known: &dyn Known,
    findings: &mut Findings,
) -> Vec<OrderLine> {
    let mut sums = Sums::of(sale, rules);
    let mut goods = 0;
    let mut list_unknown = false;
    for (index, line) in sale.lines.iter().enumerate() {
        let product = known.product(line);
        if let Some(why) = not_goods(line, product) {
            note_left_out(index, line, why, findings);
            continue;
        }
        goods += 1;
        let sku = LineSku {
            index,
            raw: &line.sku,
            product,
            rules,
            known,
        };
        let whistl = sku.resolve(findings);
        let units = quantity::units(index, line, rules, findings);
        quantity::backordered(index, line, rules, findings);
        let Some(whistl) = whistl else { continue };
        list_unknown |= known.item(&whistl) == ItemStanding::ListUnknown;
        if let Some(first) = sums.rival_of(&whistl, &line.sku) {
            findings.hold(sku.collision(first, &whistl));
        } else if let Some(units) = units {
            sums.add(index, whistl, units, findings);
        }
    }
    note_charges(sale, findings);
    check_count(sale, goods, rules, known, findings);
    if list_unknown && rules.item_list != Severity::Off {
        note_unknown_list(findings);
    }
    sums.into_lines(findings)
}

/// Why the warehouse has no business with a line; `None` if it is goods. A product of a
/// sort we do not know is goods: leaving goods out would be worse.
fn not_goods(line: &SaleLine, product: Option<&Product>) -> Option<&'static str> {
    if line.drop_ship {
        return Some("is shipped by the supplier");
    }
    match product?.kind {
        ProductKind::Service => Some("is a service, not goods"),
        ProductKind::NonInventory => Some("is not kept in stock"),
        ProductKind::Stock | ProductKind::Unknown(_) => None,
    }
}

fn note_left_out(index: usize, line: &SaleLine, why: &str, findings: &mut Findings) {
    let name = if line.sku.trim().is_empty() {
        &line.name
    } else {
        &line.sku
    };
    let text = format!(
        "Line {}, {}, {why}, so it was left out.",
        index + 1,
        shown(name)
    );
    findings.note(NoteCode::LineLeftOut, format!("Order.Lines[{index}]"), text);
}

fn note_charges(sale: &Sale, findings: &mut Findings) {
    for (index, charge) in sale.charges.iter().enumerate() {
        let text = format!(
            "{} is a charge, not goods, so it was left out.",
            shown(charge)
        );
        findings.note(
            NoteCode::LineLeftOut,
            format!("Order.AdditionalCharges[{index}]"),
            text,
        );
    }
}

/// At least one line of goods, and no more than fit on an order. Counted by Cin7's SKUs:
/// one without a counterpart at Whistl will have one once it is put right.
fn check_count(
    sale: &Sale,
    goods: usize,
    rules: &Rules,
    known: &dyn Known,
    findings: &mut Findings,
) {
    let field = "Order.Lines";
    if goods == 0 {
        let fix = if sale.lines.is_empty() {
            "Add a product to the sale in Cin7 Core, or void the sale: it has no lines."
        } else {
            "Add goods to the sale in Cin7 Core, or fulfil it there: none of its lines is for the \
             warehouse to pick."
        };
        let expected = "at least one line of goods";
        findings.hold(office(
            HoldCode::NoLines,
            field,
            "",
            Vec::new(),
            expected,
            fix,
        ));
    }
    let most = rules.limits.lines;
    if goods <= most {
        return;
    }
    let is_goods = |line: &&SaleLine| not_goods(line, known.product(line)).is_none();
    let physical = sale.lines.iter().filter(is_goods);
    let skus: HashSet<&str> = physical.map(|line| line.sku.as_str()).collect();
    let count = skus.len();
    if count > most {
        let fix = format!(
            "Split the sale in Cin7 Core: it has {count} different products, and Whistl takes \
             {most} on an order at most."
        );
        let value = count.to_string();
        let marks = whole(&value);
        let expected = format!("at most {most} different SKUs");
        findings.hold(office(
            HoldCode::TooManyLines,
            field,
            value,
            marks,
            expected,
            fix,
        ));
    }
}
