//! Lines of one SKU become one line of the order: Whistl refuses a SKU that stands on
//! two (connector contract 2.1). Which lines were summed is kept, since a despatch must
//! be split over them again.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::findings::{Findings, list};
use super::quantity;
use super::spelling::shown;
use super::text::{Breaks, cut, tidy};
use crate::{NoteCode, OrderLine, Rules, Sale, SaleLine, WhistlSku};

/// Longest description of a line, characters (connector contract 2.1, assumed).
const DESCRIPTION: usize = 100;

/// One order line in the making.
struct Sum {
    line: OrderLine,
    /// Price times units over its lines, while that can be worked out.
    value: Option<Decimal>,
}

/// The order's lines in the making, found by Whistl SKU.
pub(super) struct Sums<'a> {
    sale: &'a Sale,
    rules: &'a Rules,
    so_far: Vec<Sum>,
    by_sku: HashMap<String, usize>,
}

impl<'a> Sums<'a> {
    pub(super) fn of(sale: &'a Sale, rules: &'a Rules) -> Self {
        let lines = sale.lines.len();
        Self {
            sale,
            rules,
            so_far: Vec::with_capacity(lines),
            by_sku: HashMap::with_capacity(lines),
        }
    }

    /// SKUs are one where Whistl cannot tell them apart.
    fn key(&self, whistl: &WhistlSku) -> String {
        if self.rules.sku.case_sensitive {
            whistl.as_str().to_owned()
        } else {
            whistl.as_str().to_lowercase()
        }
    }

    /// Another Cin7 SKU of this sale that already ended at this Whistl SKU.
    pub(super) fn rival_of(&self, whistl: &WhistlSku, cin7_sku: &str) -> Option<&'a str> {
        let sum = self.so_far.get(*self.by_sku.get(&self.key(whistl))?)?;
        let first = self.sale.lines.get(*sum.line.sale_lines.first()?)?;
        (first.sku != cin7_sku).then_some(first.sku.as_str())
    }

    pub(super) fn add(
        &mut self,
        index: usize,
        whistl: WhistlSku,
        units: u32,
        findings: &mut Findings,
    ) {
        let line = &self.sale.lines[index];
        let value = line.unit_price.checked_mul(Decimal::from(units));
        let next = self.so_far.len();
        let place = *self.by_sku.entry(self.key(&whistl)).or_insert(next);
        if let Some(sum) = self.so_far.get_mut(place) {
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
        self.so_far.push(Sum { line, value });
    }

    pub(super) fn into_lines(self, findings: &mut Findings) -> Vec<OrderLine> {
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
        self.so_far.into_iter().map(finish).collect()
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
