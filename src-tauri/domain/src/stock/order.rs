//! Which difference is looked at first (R76): units that can be oversold, the sooner the
//! higher, then money, then age.

use std::cmp::{Ordering, Reverse};

use super::row::{Category, Row};

/// The worst first. SKUs that could not be compared come after those that differ, and those
/// with nothing to do last, each by name.
pub fn by_impact(mut rows: Vec<Row<'_>>) -> Vec<Row<'_>> {
    // Nearly all rows match, and come by name already: they stay where they are, since a copy
    // of them all costs more memory than all else here.
    let mut first: Vec<Row<'_>> = rows
        .extract_if(.., |row| row.category != Category::Matched)
        .collect();
    first.sort_by(|a, b| {
        let (group, other) = (group(a.category), group(b.category));
        group.cmp(&other).then_with(|| match group {
            Group::Differs => impact(a, b),
            Group::NotComparable | Group::Explained | Group::Matched => by_name(a, b),
        })
    });
    rows.sort_by(by_name);
    rows.splice(0..0, first);
    rows
}

/// Rows that stand together, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Differs,
    NotComparable,
    Explained,
    Matched,
}

fn group(category: Category) -> Group {
    match category {
        Category::CanOversell | Category::Cin7Short | Category::PostingBlocked => Group::Differs,
        Category::NotComparable(_) => Group::NotComparable,
        Category::Explained => Group::Explained,
        Category::Matched => Group::Matched,
    }
}

fn by_name(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    (a.key.cmp(b.key)).then_with(|| (a.sku(), a.product()).cmp(&(b.sku(), b.product())))
}

fn impact(a: &Row<'_>, b: &Row<'_>) -> Ordering {
    let money = |row: &Row<'_>| {
        let value = row.value().unwrap_or_default().abs();
        value.max(row.value_at_risk().unwrap_or_default())
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
