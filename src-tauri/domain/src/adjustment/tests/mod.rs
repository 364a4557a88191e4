//! The warehouse reports a change: what it needs, by which document it is posted, and whether
//! that did what was meant.

mod document;
mod properties;
mod treat;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use super::*;
use crate::{ProductId, Sku};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn money(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn product(n: u32) -> ProductId {
    ProductId::parse(&format!("{n:08x}-0000-4000-8000-000000000000")).unwrap()
}

fn target(n: u32) -> Target {
    Target {
        product: product(n),
        sku: Sku::parse(&format!("HPMUG{n:03}")).unwrap(),
    }
}

/// Each has a code, no two the same, and the code leads back to it.
fn names_hold<T: Copy + PartialEq + std::fmt::Debug>(
    all: &[T],
    code: impl Fn(T) -> &'static str,
    parse: impl Fn(&str) -> Option<T>,
) {
    for one in all {
        assert_eq!(parse(code(*one)), Some(*one));
    }
    assert_eq!(parse("no such word"), None);
}

#[test]
fn every_word_leads_back_to_what_it_stands_for() {
    names_hold(
        AdjustmentFault::ALL,
        AdjustmentFault::code,
        AdjustmentFault::parse,
    );
    names_hold(
        &DecisionReason::ALL,
        DecisionReason::code,
        DecisionReason::parse,
    );
    names_hold(&RecordReason::ALL, RecordReason::code, RecordReason::parse);
    names_hold(&DocumentKind::ALL, DocumentKind::code, DocumentKind::parse);
    let theirs = AdjustmentReason::Other("found".into());
    for reason in AdjustmentReason::NAMED.into_iter().chain([theirs]) {
        assert_eq!(AdjustmentReason::parse(&reason.code()), reason);
    }
}
