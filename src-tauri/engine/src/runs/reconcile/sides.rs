//! Both sides of a comparison by one name, the warehouse's SKU as the account folds it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use cin7::{BookLevels, LocationRef, book_levels};
use domain::stock::{
    AdjustmentTold, Book as BookSide, BookLevel, Comparison, Count, Coverage, DespatchTold, Moved,
    Movement, Reading as Compared, SnapshotHead, Span, compare,
};
use domain::{ProductId, Sku};
use rust_decimal::Decimal;
use store::{MovementKind, MovementRow, Reading, StockLineRow, StoreFault, Told};
use whistl::WholeSnapshot;

use super::doubt::Earlier;
use super::marks::Marks;
use super::{LANE, OneLevel, coverage};
use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::journal::CIN7;
use crate::knowledge::Knowledge;
use crate::runs::Run;
use crate::runs::adjustments::StockList;
use crate::runs::reference::not_set_up;
use crate::settings::Settings;

/// SKUs that are read one by one because they left Cin7's list, at the most.
const MOST_SINGLY: usize = 300;
/// The span that tells how fast a SKU sells.
const SALES_DAYS: i64 = 28;

/// One product of Cin7 as far as comparing goes.
pub(super) struct Product {
    /// The name it is joined by; `None` where it stands for no SKU of theirs.
    pub(super) key: Option<String>,
    pub(super) name: String,
    pub(super) cost: Option<Decimal>,
    pub(super) price: Option<Decimal>,
    /// Units that sell in a day.
    pub(super) sold_per_day: Option<Decimal>,
}

/// What both sides are known by.
pub(super) struct Known {
    products: HashMap<ProductId, Product>,
    by_sku: HashMap<String, ProductId>,
    /// Products by the name they are joined by, with their SKU.
    by_key: HashMap<String, Vec<(ProductId, String)>>,
    knowledge: Knowledge,
    listed: HashSet<String>,
    /// The names that products stand for.
    stood_for: HashSet<String>,
}

impl Known {
    pub(super) fn load(
        reading: &Reading,
        settings: &Settings,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreFault> {
        let rules = settings.rules();
        let knowledge = Knowledge::load(reading, &rules.sku)?;
        let sold = sold_per_day(reading, &knowledge, now)?;
        let mut products = HashMap::new();
        let mut by_sku = HashMap::new();
        let mut by_key = HashMap::new();
        for row in reading.products()? {
            let Ok(id) = ProductId::parse(&row.id) else {
                continue;
            };
            let key = Sku::parse(&row.sku)
                .ok()
                .and_then(|sku| knowledge.warehouse_key(&sku, &rules.sku));
            if let Some(key) = &key {
                let stands: &mut Vec<_> = by_key.entry(key.clone()).or_default();
                stands.push((id.clone(), row.sku.clone()));
            }
            by_sku.insert(row.sku, id.clone());
            products.insert(
                id,
                Product {
                    sold_per_day: key.as_ref().and_then(|key| sold.get(key)).copied(),
                    key,
                    name: row.name,
                    // Cin7 gives none as 0.
                    cost: Some(row.cost).filter(|cost| !cost.is_zero()),
                    price: Some(row.price).filter(|price| !price.is_zero()),
                },
            );
        }
        let listed = knowledge.listed();
        let stood_for = by_key.keys().cloned().collect();
        Ok(Self {
            products,
            by_sku,
            by_key,
            knowledge,
            listed,
            stood_for,
        })
    }

    /// A spelling of the warehouse's, folded.
    pub(super) fn folded<'t>(&self, sku: &'t str) -> Cow<'t, str> {
        self.knowledge.folded(sku)
    }

    /// Products that stand for a name.
    pub(super) fn products_of(&self, key: &str) -> impl Iterator<Item = &ProductId> {
        let products = self.by_key.get(key).into_iter().flatten();
        products.map(|(product, _)| product)
    }

    fn key_of(&self, product: &ProductId) -> Option<&str> {
        self.products.get(product)?.key.as_deref()
    }
}

/// Units that sold in a day of late, by name.
fn sold_per_day(
    reading: &Reading,
    knowledge: &Knowledge,
    now: DateTime<Utc>,
) -> Result<HashMap<String, Decimal>, StoreFault> {
    let mut sold: HashMap<String, Decimal> = HashMap::new();
    for (sku, units) in reading.despatched_units_since(now - Duration::days(SALES_DAYS))? {
        *sold.entry(knowledge.folded(&sku).into_owned()).or_default() += Decimal::from(units);
    }
    for units in sold.values_mut() {
        *units /= Decimal::from(SALES_DAYS);
    }
    Ok(sold)
}

/// Cin7's side as read.
#[derive(Default)]
pub(super) struct Book {
    pub(super) levels: Vec<BookLevel>,
    /// Rows of the list, as they came.
    pub(super) rows: usize,
    /// Names whose figure is not to be believed.
    pub(super) unread: BTreeSet<String>,
    /// A row names no product: what is missing is not known.
    pub(super) is_partial: bool,
    /// When products were read that were read by themselves.
    pub(super) singly: HashMap<ProductId, Span>,
}

impl Book {
    fn of(read: BookLevels, rows: usize, known: &Known) -> Self {
        let mut book = Self {
            rows,
            ..Self::default()
        };
        for fault in &read.faults {
            let id = fault.id.as_deref().and_then(|id| ProductId::parse(id).ok());
            let product = id.or_else(|| known.by_sku.get(fault.number.as_deref()?).cloned());
            match product {
                Some(product) => {
                    let has_level = read.levels.iter().any(|level| level.product == product);
                    let key = known.key_of(&product);
                    if let Some(key) = key.filter(|_| !has_level) {
                        book.unread.insert(key.to_owned());
                    }
                }
                None => book.is_partial = true,
            }
        }
        book.levels = read.levels;
        book
    }

    /// Adds what Cin7 leaves out since it is all zeros (observed), for SKUs that the warehouse
    /// counts and just one product stands for.
    pub(super) fn fill_in(&mut self, known: &Known, snapshot: &WholeSnapshot) {
        if self.is_partial {
            return;
        }
        let listed: HashSet<&ProductId> = self.levels.iter().map(|one| &one.product).collect();
        let left_out: Vec<BookLevel> = snapshot
            .levels()
            .iter()
            .map(|level| known.folded(&level.sku))
            .filter(|key| !self.unread.contains(key.as_ref()))
            .filter_map(|key| match known.by_key.get(key.as_ref())?.as_slice() {
                [(product, sku)] if !listed.contains(product) => Some(nothing_of(product, sku)),
                _ => None,
            })
            .collect();
        self.levels.extend(left_out);
    }

    /// Takes the level of one product that was read by itself, under the name it is joined by.
    pub(super) fn take_one(&mut self, key: &str, product: &ProductId, one: OneLevel) {
        self.singly.insert(product.clone(), one.read);
        match one.level {
            Some(level) => self.levels.push(level),
            None => {
                self.unread.insert(key.to_owned());
            }
        }
    }

    /// When the figures of these products were read, in the list or by themselves.
    pub(super) fn read_of<'p>(
        &self,
        list: &StockList,
        products: &BTreeSet<&'p ProductId>,
    ) -> HashMap<&'p ProductId, Span> {
        let mut found = list.read_of(products);
        for product in products {
            if let Some(read) = self.singly.get(*product) {
                found.insert(product, *read);
            }
        }
        found
    }
}

impl Engine {
    /// Cin7's whole list of stock at the location, and what it comes to.
    pub(super) async fn read_book(
        &self,
        run: &Run,
        location: &LocationRef,
        known: &Known,
    ) -> Result<(Book, StockList), Unanswered> {
        let list = self.stock_list(run, LANE, location).await?;
        let read = book_levels(&list.rows, &location.name);
        for fault in &read.faults {
            run.fault(format!(
                "A row of Cin7 Core's stock could not be read: {fault}"
            ));
        }
        Ok((Book::of(read, list.rows.len(), known), list))
    }

    /// The level of one product, read by itself; 0 where Cin7 has no row of it.
    pub(super) async fn read_one(
        &self,
        run: &Run,
        location: &LocationRef,
        product: &ProductId,
        sku: &str,
    ) -> Result<OneLevel, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let (page, read) = self
            .ask_when(run, CIN7, || {
                cin7.availability_of(LANE, sku, &location.name)
            })
            .await?;
        let found = book_levels(&page.rows, &location.name);
        let is_open = found.leaves_open(product, sku) || page.received < page.total;
        let mut levels = found.levels.into_iter();
        let level = levels.find(|level| level.product == *product);
        Ok(OneLevel {
            level: (!is_open).then(|| level.unwrap_or_else(|| nothing_of(product, sku))),
            read,
        })
    }

    /// Whether the list can be believed: what left it with stock is read by itself, and a
    /// list that lost too much is thrown away, with the reason.
    pub(super) async fn believe(
        &self,
        run: &Run,
        location: &LocationRef,
        earlier: &Earlier,
        book: &mut Book,
    ) -> Result<Option<String>, Unanswered> {
        use domain::stock::{Guard, Listed, guard};
        let had: Vec<(&str, &StockLineRow, &ProductId)> = earlier
            .lines()
            .filter(|(_, line)| !line.cin7.is_zero() || !line.allocated.is_zero())
            .filter_map(|(key, line)| Some((key, line, line.product.as_ref()?)))
            .collect();
        let before: Vec<Listed<'_>> = had
            .iter()
            .map(|(_, line, _)| Listed {
                sku: &line.sku,
                has_stock: !line.cin7.is_zero(),
            })
            .collect();
        let now: Vec<Listed<'_>> = book
            .levels
            .iter()
            .map(|level| Listed {
                sku: &level.sku,
                has_stock: !level.on_hand.is_zero(),
            })
            .collect();
        let singly = match guard(&before, earlier.rows, &now, book.rows, MOST_SINGLY) {
            Guard::Believe => return Ok(None),
            Guard::Discard => {
                return Ok(Some(format!(
                    "Cin7 Core's list of stock has {} rows, {} the last time; that is not believed, and it is read again at the next comparison",
                    book.rows, earlier.rows
                )));
            }
            Guard::ReadSingly(skus) => skus,
        };
        let singly: HashSet<&str> = singly.into_iter().collect();
        let left = had
            .iter()
            .filter(|(_, line, _)| singly.contains(line.sku.as_str()));
        for (key, line, product) in left {
            let one = self.read_one(run, location, product, &line.sku).await?;
            book.take_one(key, product, one);
        }
        Ok(None)
    }
}

/// SKUs, as the warehouse spells them, whose figures say less than others'.
#[derive(Clone, Copy)]
pub(super) struct Doubted<'a> {
    /// Told of so that the figure may show it or not.
    pub(super) unsettled: &'a BTreeSet<String>,
    /// Told of so shortly before that the figure may lag behind it.
    pub(super) told_lately: &'a BTreeSet<String>,
}

/// Both sides, ready to be compared.
pub(super) struct Sides<'a> {
    known: &'a Known,
    pub(super) snapshot: &'a WholeSnapshot,
    book: &'a Book,
    marks: &'a Marks,
    earlier: &'a Earlier,
    /// Names of the snapshot's rows and of the movements, in their order.
    counted: Vec<Cow<'a, str>>,
    moved: Vec<Cow<'a, str>>,
    unsettled: Vec<Cow<'a, str>>,
    told_lately: Vec<Cow<'a, str>>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(
        known: &'a Known,
        snapshot: &'a WholeSnapshot,
        book: &'a Book,
        marks: &'a Marks,
        doubted: Doubted<'a>,
        earlier: &'a Earlier,
    ) -> Self {
        let levels = snapshot.levels().iter();
        let moved = marks.rows().iter();
        let folded =
            |skus: &'a BTreeSet<String>| skus.iter().map(|sku| known.folded(sku)).collect();
        Self {
            known,
            snapshot,
            book,
            marks,
            earlier,
            counted: levels.map(|level| known.folded(&level.sku)).collect(),
            moved: moved.map(|row| known.folded(&row.sku)).collect(),
            unsettled: folded(doubted.unsettled),
            told_lately: folded(doubted.told_lately),
        }
    }

    /// All that is compared, or what of it belongs to these names.
    pub(super) fn inputs(&self, only: Option<&BTreeSet<String>>) -> Inputs<'_> {
        let wanted = |key: &str| only.is_none_or(|only| only.contains(key));
        let products = &self.known.products;
        let book = self.book.levels.iter().map(|level| {
            let product = products.get(&level.product);
            let key = product.and_then(|product| product.key.as_deref());
            BookSide {
                key,
                name: product.map_or("", |product| &product.name),
                level,
                cost: product.and_then(|product| product.cost),
                price: product.and_then(|product| product.price),
                sold_per_day: product.and_then(|product| product.sold_per_day),
            }
        });
        let counted = self.counted.iter().zip(self.snapshot.levels());
        let counted = counted.map(|(key, level)| Count { key, level });
        let movements = self.moved.iter().zip(self.marks.rows());
        let movements = movements.map(|(key, row)| Movement {
            key,
            number: row.movement,
            at: row.at,
            change: row.units,
            what: what(row),
        });
        Inputs {
            head: self.snapshot.head(),
            is_whole: !self.book.is_partial,
            book: kept(book, |one| only.is_none() || one.key.is_some_and(wanted)),
            counted: kept(counted, |one| wanted(one.key)),
            movements: kept(movements, |one| wanted(one.key)),
            listed: &self.known.listed,
            products: &self.known.stood_for,
            unsettled: named(&self.unsettled, wanted),
            told_lately: named(&self.told_lately, wanted),
            unread: named(&self.book.unread, wanted),
            since: self
                .earlier
                .since()
                .filter(|(key, _)| wanted(key))
                .collect(),
        }
    }
}

/// A product that Cin7 has nothing of.
fn nothing_of(product: &ProductId, sku: &str) -> BookLevel {
    BookLevel {
        product: product.clone(),
        sku: sku.to_owned(),
        on_hand: Decimal::ZERO,
        allocated: Decimal::ZERO,
        in_transit: Decimal::ZERO,
    }
}

/// Those that are wanted, with room for all from the first: mostly all are, and what grows is
/// copied, each time into memory not touched before.
fn kept<T>(all: impl Iterator<Item = T>, wanted: impl Fn(&T) -> bool) -> Vec<T> {
    let mut kept = Vec::with_capacity(all.size_hint().1.unwrap_or_default());
    kept.extend(all.filter(wanted));
    kept
}

fn named<'a>(
    all: impl IntoIterator<Item = &'a (impl AsRef<str> + 'a)>,
    wanted: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    kept(all.into_iter().map(AsRef::as_ref), |key| wanted(key))
}

/// What a comparison looks at, borrowed from both sides.
pub(super) struct Inputs<'a> {
    head: &'a SnapshotHead,
    is_whole: bool,
    book: Vec<BookSide<'a>>,
    counted: Vec<Count<'a>>,
    movements: Vec<Movement<'a>>,
    listed: &'a HashSet<String>,
    products: &'a HashSet<String>,
    unsettled: Vec<&'a str>,
    told_lately: Vec<&'a str>,
    unread: Vec<&'a str>,
    since: Vec<(&'a str, DateTime<Utc>)>,
}

impl<'a> Inputs<'a> {
    pub(super) fn compare(&'a self) -> Comparison<'a> {
        compare(&Compared {
            book: &self.book,
            book_is: coverage(self.is_whole),
            head: self.head,
            counted: &self.counted,
            counted_is: Coverage::Whole,
            listed: self.listed,
            products: self.products,
            movements: &self.movements,
            unsettled: &self.unsettled,
            told_lately: &self.told_lately,
            unread: &self.unread,
            since: &self.since,
        })
    }
}

/// What a movement was and what Cin7 knows of it, as far as the figure shows that.
fn what(row: &MovementRow) -> Moved {
    match (row.kind, row.told) {
        (MovementKind::Despatch, Told::Yes) => Moved::Despatch(DespatchTold::Yes),
        (MovementKind::Despatch, Told::Perhaps) => Moved::Despatch(DespatchTold::Half),
        (MovementKind::Despatch, Told::NotYet | Told::Held | Told::Blocked) => {
            Moved::Despatch(DespatchTold::No)
        }
        (MovementKind::Adjustment, Told::Yes) => Moved::Adjustment(AdjustmentTold::Yes),
        (MovementKind::Adjustment, Told::NotYet) => Moved::Adjustment(AdjustmentTold::No),
        (MovementKind::Adjustment, Told::Perhaps) => Moved::Adjustment(AdjustmentTold::Perhaps),
        (MovementKind::Adjustment, Told::Held) => Moved::Adjustment(AdjustmentTold::Held),
        (MovementKind::Adjustment, Told::Blocked) => Moved::Adjustment(AdjustmentTold::Blocked),
    }
}
