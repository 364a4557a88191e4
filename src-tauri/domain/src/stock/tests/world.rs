//! A small stock world: what Cin7 has, what the warehouse counts, and what moved.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::super::*;
use crate::ProductId;

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn money(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A product of Cin7's, joined by its own SKU.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub key: Option<String>,
    pub level: BookLevel,
    pub cost: Option<Decimal>,
    pub price: Option<Decimal>,
    pub sold_per_day: Option<Decimal>,
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    pub sku: String,
    pub number: Option<u64>,
    pub at: DateTime<Utc>,
    pub change: i64,
    pub what: Moved,
}

#[derive(Clone, Debug)]
pub(super) struct World {
    pub book: Vec<Held>,
    pub book_is: Coverage,
    pub head: SnapshotHead,
    pub counted: Vec<CountedLevel>,
    pub counted_is: Coverage,
    pub listed: Vec<String>,
    pub foreign: Vec<String>,
    pub steps: Vec<Step>,
    pub unsettled: Vec<String>,
    pub told_lately: Vec<String>,
    pub unread: Vec<String>,
    pub since: Vec<(String, DateTime<Utc>)>,
}

/// A row without its borrowed parts, for what outlives the world.
pub(super) fn sentence(row: &Row<'_>) -> String {
    let c = row.columns;
    let obstacle = match row.category {
        Category::NotComparable(obstacle) => format!(" ({})", obstacle.code()),
        _ => String::new(),
    };
    format!(
        "{}: {} {:+} {:+} = {}, counted {}, unexplained {:+}: {}{obstacle}",
        row.key,
        c.cin7,
        c.in_flight,
        c.pending,
        c.expected(),
        c.counted,
        c.unexplained,
        row.category.code(),
    )
}

impl World {
    /// Snapshot `SNP20261024A` of the contract's examples, with nothing in it.
    pub(super) fn new() -> Self {
        Self {
            book: Vec::new(),
            book_is: Coverage::Whole,
            head: SnapshotHead {
                id: "SNP20261024A".into(),
                warehouse: "BRI1".into(),
                as_of: at("2026-10-24T04:00:00Z"),
                last_movement: Some(900_108),
                item_count: 4,
                expires_at: None,
                epoch: String::new(),
                is_complete: true,
            },
            counted: Vec::new(),
            counted_is: Coverage::Whole,
            listed: Vec::new(),
            foreign: Vec::new(),
            steps: Vec::new(),
            unsettled: Vec::new(),
            told_lately: Vec::new(),
            unread: Vec::new(),
            since: Vec::new(),
        }
    }

    pub(super) fn cin7(mut self, sku: &str, on_hand: i64, allocated: i64) -> Self {
        let n = self.book.len();
        self.book.push(Held {
            key: Some(sku.into()),
            level: BookLevel {
                product: ProductId::parse(&format!("{n:08x}-0000-4000-8000-000000000000")).unwrap(),
                sku: sku.into(),
                on_hand: on_hand.into(),
                allocated: allocated.into(),
                in_transit: Decimal::ZERO,
            },
            cost: Some(money("16.50")),
            price: Some(money("39.00")),
            sold_per_day: None,
        });
        self
    }

    pub(super) fn whistl(mut self, sku: &str, on_hand: i64, quarantined: i64, last: u64) -> Self {
        self.counted.push(CountedLevel {
            sku: sku.into(),
            on_hand,
            allocated: 0,
            quarantined,
            last_movement: Some(last),
        });
        self
    }

    pub(super) fn moved(mut self, sku: &str, number: u64, change: i64, what: Moved) -> Self {
        self.steps.push(Step {
            sku: sku.into(),
            number: Some(number),
            at: at("2026-10-23T16:20:00Z"),
            change,
            what,
        });
        self
    }

    /// What a comparison makes of it.
    pub(super) fn compared<T>(&self, look: impl FnOnce(&Comparison<'_>) -> T) -> T {
        let book: Vec<Book<'_>> = self
            .book
            .iter()
            .map(|one| Book {
                key: one.key.as_deref(),
                name: "",
                level: &one.level,
                cost: one.cost,
                price: one.price,
                sold_per_day: one.sold_per_day,
            })
            .collect();
        let counted: Vec<Count<'_>> = self
            .counted
            .iter()
            .map(|level| Count {
                key: &level.sku,
                level,
            })
            .collect();
        let movements: Vec<Movement<'_>> = self
            .steps
            .iter()
            .map(|step| Movement {
                key: &step.sku,
                number: step.number,
                at: step.at,
                change: step.change,
                what: step.what,
            })
            .collect();
        let named = self.counted.iter().map(|level| &level.sku);
        let named = named.chain(self.steps.iter().map(|step| &step.sku));
        let products = named
            .filter(|sku| !self.foreign.contains(sku))
            .cloned()
            .collect();
        let listed = self.listed.iter().cloned().collect();
        let unsettled: Vec<&str> = self.unsettled.iter().map(String::as_str).collect();
        let told_lately: Vec<&str> = self.told_lately.iter().map(String::as_str).collect();
        let unread: Vec<&str> = self.unread.iter().map(String::as_str).collect();
        let since: Vec<(&str, DateTime<Utc>)> = self
            .since
            .iter()
            .map(|(sku, at)| (sku.as_str(), *at))
            .collect();
        look(&compare(&Reading {
            book: &book,
            book_is: self.book_is,
            head: &self.head,
            counted: &counted,
            counted_is: self.counted_is,
            listed: &listed,
            products: &products,
            movements: &movements,
            unsettled: &unsettled,
            told_lately: &told_lately,
            unread: &unread,
            since: &since,
        }))
    }

    /// Each row in a sentence, in the order in which they are shown.
    pub(super) fn rows(&self) -> Vec<String> {
        self.compared(|found| found.rows.iter().map(sentence).collect())
    }
}
