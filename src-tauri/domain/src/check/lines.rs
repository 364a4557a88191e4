//! From the lines of a sale to the lines of an order: what is not goods is left out,
//! equal SKUs are summed, and every unit of the rest is on the order exactly once.

use std::collections::{HashMap, HashSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::findings::{Findings, list, office};
use super::quantity;
use super::sku::{LineSku, note_unknown_list, shown};
use super::text::{Breaks, cut, tidy};
use crate::{
    HoldCode, ItemStanding, Known, NoteCode, OrderLine, Product, ProductKind, Rules, Sale,
    SaleLine, Severity,
};

/// Longest description of a line, characters (connector contract 2.1, assumed).
const DESCRIPTION: usize = 100;

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

fn check_count(
    sale: &Sale,
    goods: usize,
    rules: &Rules,
    known: &dyn Known,
    findings: &mut Findings,
) {
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
            "Order.Lines",
            "",
            Vec::new(),
            expected,
            fix,
        ));
    }
    // Cin7's SKUs, since a SKU without a counterpart at Whistl will have one once it is put right.
    let most = rules.limits.lines;
    if goods > most {
        let physical = sale
            .lines
            .iter()
            .filter(|line| not_goods(line, known.product(line)).is_none());
        let count = physical
            .map(|line| line.sku.as_str())
            .collect::<HashSet<_>>()
            .len();
        if count > most {
            let fix = format!(
                "Split the sale in Cin7 Core: it has {count} different products, and Whistl takes \
                 {most} on an order at most."
            );
            let value = count.to_string();
            let marks = vec![(0, value.len())];
            let expected = format!("at most {most} different SKUs");
            let field = "Order.Lines";
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
}

/// One order line in the making.
struct Sum {
    line: OrderLine,
    /// Price times units over its lines, while that can be worked out.
    value: Option<Decimal>,
}

/// The order's lines in the making, found by Whistl SKU.
struct Sums<'a> {
    sale: &'a Sale,
    rules: &'a Rules,
    sums: Vec<Sum>,
    by_sku: HashMap<String, usize>,
}

impl<'a> Sums<'a> {
    fn of(sale: &'a Sale, rules: &'a Rules) -> Self {
        let sums = Vec::with_capacity(sale.lines.len());
        Self {
            sale,
            rules,
            sums,
            by_sku: HashMap::with_capacity(sale.lines.len()),
        }
    }

    /// SKUs are one where Whistl cannot tell them apart.
    fn key(&self, whistl: &crate::WhistlSku) -> String {
        if self.rules.sku.case_sensitive {
            whistl.as_str().to_owned()
        } else {
            whistl.as_str().to_lowercase()
        }
    }

    /// Another Cin7 SKU of this sale that already ended at this Whistl SKU.
    fn rival_of(&self, whistl: &crate::WhistlSku, cin7_sku: &str) -> Option<&'a str> {
        let sum = self.sums.get(*self.by_sku.get(&self.key(whistl))?)?;
        let first = self.sale.lines.get(*sum.line.sale_lines.first()?)?;
        (first.sku != cin7_sku).then_some(first.sku.as_str())
    }

    fn add(&mut self, index: usize, whistl: crate::WhistlSku, units: u32, findings: &mut Findings) {
        let line = &self.sale.lines[index];
        let value = line.unit_price.checked_mul(Decimal::from(units));
        let next = self.sums.len();
        let place = *self.by_sku.entry(self.key(&whistl)).or_insert(next);
        if let Some(sum) = self.sums.get_mut(place) {
            let total = u64::from(sum.line.units) + u64::from(units);
            match u32::try_from(total) {
                Ok(total) if total <= self.rules.limits.units => {
                    sum.line.units = total;
                    sum.line.sale_lines.push(index);
                    sum.value = sum
                        .value
                        .zip(value)
                        .and_then(|(sum, value)| sum.checked_add(value));
                }
                _ => {
                    let most = self.rules.limits.units;
                    let sku = shown(&line.sku);
                    findings.hold(quantity::too_many_together(index, line, total, &sku, most));
                }
            }
            return;
        }
        let description = describe_line(index, line, findings);
        let unit_value = pence(line.unit_price);
        let sale_lines = vec![index];
        let line = OrderLine {
            sku: whistl,
            units,
            description,
            unit_value,
            sale_lines,
        };
        self.sums.push(Sum { line, value });
    }

    fn into_lines(self, findings: &mut Findings) -> Vec<OrderLine> {
        let price = |index: &usize| self.sale.lines.get(*index).map(|line| line.unit_price);
        let finish = |mut sum: Sum| {
            if let [first, others @ ..] = sum.line.sale_lines.as_slice()
                && !others.is_empty()
            {
                let averaged = others.iter().any(|other| price(other) != price(first));
                if let Some(value) = sum.value.filter(|_| averaged) {
                    let average = value.checked_div(Decimal::from(sum.line.units));
                    sum.line.unit_value = average.map_or(sum.line.unit_value, pence);
                }
                note_merged(&sum.line, averaged, findings);
            }
            sum.line
        };
        self.sums.into_iter().map(finish).collect()
    }
}

fn note_merged(line: &OrderLine, averaged: bool, findings: &mut Findings) {
    let places = list(
        line.sale_lines.iter().map(|index| (index + 1).to_string()),
        "and",
    );
    let price = if averaged {
        ", at their average price"
    } else {
        ""
    };
    let text = format!(
        "Lines {places} are one line of {} units of {} at the warehouse{price}.",
        line.units, line.sku
    );
    let field = line.sale_lines.first().map_or(0, |&index| index);
    findings.note(NoteCode::LinesMerged, format!("Order.Lines[{field}]"), text);
}

/// Two places, a half penny upwards, as a person with a till would.
fn pence(price: Decimal) -> Decimal {
    price.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The product's name for the picking list. A label of our own making, not the customer's
/// words, so it is shortened and freed of signs that cannot be printed, with a note.
fn describe_line(index: usize, line: &SaleLine, findings: &mut Findings) -> String {
    let tidied = tidy(&line.name, Breaks::AreBlanks);
    let mut text = tidied.text;
    if !tidied.bad.is_empty() {
        text.retain(|c| !tidied.bad.iter().any(|&(_, bad)| bad == c));
        text = tidy(&text, Breaks::AreBlanks).text;
    }
    let short = cut(&text, DESCRIPTION);
    if short.len() < text.len() || !tidied.bad.is_empty() {
        let said = format!(
            "The name of line {} was cut to what a label carries.",
            index + 1
        );
        findings.note(
            NoteCode::Warning,
            format!("Order.Lines[{index}].Name"),
            said,
        );
    }
    short.to_owned()
}
