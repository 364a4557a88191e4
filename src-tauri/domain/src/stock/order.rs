//! Which difference is looked at first (R76): units that can be oversold, the sooner the
//! higher, then money, then age.

use std::cmp::{Ordering, Reverse};

use super::row::{Category, Row};

/// The worst first. SKUs that could not be compared come after those that differ, and those
/// with nothing to do last, each by name.
pub fn by_impact(rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    let mut sorted = Vec::with_capacity(rows.len());
    let mut not_comparable = Vec::new();
    let mut explained = Vec::new();
    let mut matched = Vec::new();
    for row in rows {
        match row.category {
            Category::CanOversell | Category::Cin7Short | Category::PostingBlocked => {
                sorted.push(row);
            }
            Category::NotComparable(_) => not_comparable.push(row),
            Category::Explained => explained.push(row),
            Category::Matched => matched.push(row),
        }
    }
    sorted.sort_by(impact);
    // Nearly all rows are in the last of these, and they come by name already.
    for mut quiet in [not_comparable, explained, matched] {
        quiet.sort_by(by_name);
        sorted.append(&mut quiet);
    }
    sorted
}

fn by_name(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    (a.key, a.sku, a.product).cmp(&(b.key, b.sku, b.product))
}

fn impact(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    let money = |row: &Row<'_>| {
        let value = row.value.unwrap_or_default().abs();
        value.max(row.value_at_risk.unwrap_or_default())
    };
    let units = |row: &Row<'_>| row.columns.unexplained.unsigned_abs();
    // One without an age is new, and comes after all that have one.
    let age = |row: &Row<'_>| row.since.map(Reverse);
    (b.at_risk.soon.cmp(&a.at_risk.soon))
        .then_with(|| b.at_risk.units.cmp(&a.at_risk.units))
        .then_with(|| money(b).cmp(&money(a)))
        .then_with(|| units(b).cmp(&units(a)))
        .then_with(|| age(b).cmp(&age(a)))
        .then_with(|| by_name(a, b))
}
