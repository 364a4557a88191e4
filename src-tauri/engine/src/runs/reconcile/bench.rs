//! What the benchmarks measure of a comparison: everything between the last reading of a
//! vendor and the kept result, over figures that are made up here. Uses the same code as a
//! run; nothing else does.
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot be set up, or fails, measures nothing"
)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;

use chrono::{Duration, Utc};
use domain::ProductId;
use domain::stock::{BookLevel, CountedLevel, SnapshotHead, merge};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use store::{ItemRow, NewAdjustment, ProductRow, StockLineRow};
use whistl::{Gathering, SnapshotPage, WholeSnapshot};

use super::doubt::{Doubts, Earlier};
use super::keep::Outcome;
use super::marks::Marks;
use super::sides::{Book, Doubted, Known, Sides};
use crate::engine::Engine;
use crate::runs::Job;

/// Rows of a page of either side.
const PAGE: usize = 1_000;
/// One SKU in so many has an adjustment that Cin7 was not told of.
const MOVING: usize = 50;

/// Both sides in hand, as a run has them once all is read.
pub struct ComparisonBench {
    engine: Arc<Engine>,
    known: Known,
    snapshot: WholeSnapshot,
    book: Book,
    marks: Marks,
    earlier: Earlier,
}

impl ComparisonBench {
    /// Puts into the store, which is to hold an earlier comparison, what reading the products,
    /// the items and the adjustments would: all that it compared, and some that moved.
    ///
    /// # Panics
    /// When the store fails.
    pub fn fill(engine: &Engine) {
        let lines = lines(engine);
        let now = engine.now();
        let mut store = engine.store();
        for (page, lines) in lines.chunks(PAGE).enumerate() {
            let products: Vec<ProductRow> = lines.iter().map(product).collect();
            let items: Vec<ItemRow> = lines.iter().map(item).collect();
            let written = store.write(|w| {
                w.put_products(&products)?;
                w.put_items(&items)?;
                for (n, line) in lines.iter().enumerate().step_by(MOVING) {
                    let number = page * PAGE + n;
                    let id = format!("ADJ{number:07}");
                    let adjustment = NewAdjustment {
                        id: &id,
                        revision: 1,
                        movement: u64::try_from(number + 1).ok(),
                        sku: &line.whistl_sku,
                        units: -1,
                        in_building: -1,
                        why: "count",
                        why_text: "",
                        note: "",
                        warehouse: "",
                        reverses: "",
                        belongs_to: "",
                        at: now - Duration::minutes(10),
                        published: None,
                        goods: [0; 32],
                        content: [0; 32],
                        raw: "{}",
                    };
                    w.take_adjustment(&adjustment, now)?;
                }
                Ok(())
            });
            written.expect("written");
        }
        let read = store.write(|w| {
            w.reference_read("products", now)?;
            w.reference_read("items", now)
        });
        read.expect("written");
    }

    /// Takes both sides in hand.
    ///
    /// # Panics
    /// When the store fails, or has nothing to compare.
    pub fn read(engine: Arc<Engine>) -> Self {
        let lines = lines(&engine);
        assert!(!lines.is_empty(), "the store is filled with a comparison");
        let (now, settings) = (engine.now(), engine.settings());
        let store = engine.store();
        let known = Known::load(store.reading(), &settings, now).expect("known");
        let marks = Marks::load(store.reading(), now).expect("movements");
        let earlier =
            Earlier::load(store.reading(), |sku| known.folded(sku)).expect("an earlier comparison");
        drop(store);
        let book = Book {
            rows: lines.len(),
            levels: lines.iter().map(level).collect(),
            ..Book::default()
        };
        Self {
            known,
            snapshot: snapshot(&lines, now),
            book,
            marks,
            earlier,
            engine,
        }
    }

    /// Compares, as a run does with what it read. The SKUs compared.
    pub fn compare(&self) -> usize {
        self.compared(|outcome| outcome.lines().map(black_box).count())
    }

    /// Compares and keeps what was found.
    ///
    /// # Panics
    /// When the store fails.
    pub fn keep(&self) {
        let run = self.engine.begin(Job::Reconcile).expect("a run");
        self.compared(|outcome| self.engine.keep_outcome(&run, outcome))
            .expect("kept");
        self.engine.end(run).expect("ended");
    }

    fn compared<T>(&self, then: impl FnOnce(&Outcome<'_>) -> T) -> T {
        let told = self.marks.told_since(&self.marks);
        assert!(told.is_empty(), "nothing is told while a benchmark looks");
        let none = BTreeSet::new();
        let doubted = Doubted {
            unsettled: &none,
            told_lately: &none,
        };
        let sides = Sides::new(
            &self.known,
            &self.snapshot,
            &self.book,
            &self.marks,
            doubted,
            &self.earlier,
        );
        let inputs = sides.inputs(None);
        let doubts = Doubts {
            earlier: &self.earlier,
            head: self.snapshot.head(),
            all_told: true,
        };
        let looked = merge(inputs.compare(), Vec::new(), |key| doubts.before(key));
        then(&Outcome {
            looked: &looked,
            sides: &sides,
            doubts: &doubts,
            told_up_to: None,
            read_at: self.engine.now(),
            rows_read: self.book.rows,
        })
    }
}

fn lines(engine: &Engine) -> Vec<StockLineRow> {
    let store = engine.store();
    let lines = store.reading().stock_lines(None, None, u32::MAX);
    lines.expect("the lines of a comparison")
}

/// Always the same product for a SKU.
fn product_id(line: &StockLineRow) -> String {
    let name = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, line.sku.as_bytes());
    name.to_string()
}

fn product(line: &StockLineRow) -> ProductRow {
    ProductRow {
        id: product_id(line),
        sku: line.sku.clone(),
        name: line.name.clone(),
        kind: "Stock".into(),
        status: "Active".into(),
        cost: line.unit_cost.unwrap_or(Decimal::ONE),
        price: line.price.unwrap_or_default(),
    }
}

fn item(line: &StockLineRow) -> ItemRow {
    ItemRow {
        sku: line.whistl_sku.clone(),
        active: true,
        description: line.name.clone(),
    }
}

fn level(line: &StockLineRow) -> BookLevel {
    BookLevel {
        product: ProductId::parse(&product_id(line)).expect("an id"),
        sku: line.sku.clone(),
        on_hand: line.cin7,
        allocated: line.allocated,
        in_transit: Decimal::ZERO,
    }
}

/// What the warehouse counts: as the earlier comparison said, less what moved since.
fn snapshot(lines: &[StockLineRow], as_of: chrono::DateTime<Utc>) -> WholeSnapshot {
    let mut gathering = Gathering::new(SnapshotHead {
        id: "SNAP-1".into(),
        warehouse: String::new(),
        as_of,
        last_movement: u64::try_from(lines.len()).ok(),
        item_count: u64::try_from(lines.len()).unwrap_or(u64::MAX),
        expires_at: None,
        epoch: String::new(),
        is_complete: true,
    });
    let pages = lines.chunks(PAGE).count();
    for (page, lines) in lines.chunks(PAGE).enumerate() {
        let rows = lines.iter().enumerate().map(|(n, line)| {
            let moved = n.is_multiple_of(MOVING);
            Ok(CountedLevel {
                sku: line.whistl_sku.clone(),
                on_hand: line.counted.to_i64().unwrap_or_default() - i64::from(moved),
                allocated: 0,
                quarantined: 0,
                last_movement: moved.then(|| u64::try_from(page * PAGE + n + 1).unwrap_or(0)),
            })
        });
        gathering.take(SnapshotPage {
            snapshot: "SNAP-1".into(),
            rows: rows.collect(),
            next_cursor: Some(page.to_string()),
            has_more: page + 1 < pages,
        });
    }
    gathering.finish().expect("a whole snapshot")
}
