//! Fresh readings of what Cin7 has on hand: product by product where those are fewer than the
//! list has pages, else the whole list, since a page of a thousand rows costs no more than a row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cin7::{LocationRef, Paging, Row, StockRow, book_levels};
use domain::ProductId;
use domain::stock::Span;
use rust_decimal::Decimal;
use store::StoreFault;
use vendor::Lane;

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::journal::CIN7;
use crate::runs::Run;
use crate::runs::reference::not_set_up;

/// Products that are read one by one however short the list is.
const ONE_BY_ONE: usize = 4;
/// Rows of a page of the list, the most there are (documented).
const ROWS: u32 = 1_000;

/// Units on hand by product; a product that is not in it could not be read.
pub(super) type Levels = BTreeMap<ProductId, Decimal>;

/// Cin7's whole list of stock at a location, and when it was read.
#[derive(Default)]
pub(in crate::runs) struct StockList {
    /// Every row, as they came.
    pub(in crate::runs) rows: Vec<Row<StockRow>>,
    /// Each page in turn: the place after its last row, and when it was read.
    pages: Vec<(usize, Span)>,
}

impl StockList {
    fn take(&mut self, rows: Vec<Row<StockRow>>, read: Span) {
        self.rows.extend(rows);
        self.pages.push((self.rows.len(), read));
    }

    /// When the rows of each of these products were read: all of the list's time for one that
    /// has none, since a row that is all zeros may be left out of any page (observed).
    pub(in crate::runs) fn read_of<'p>(
        &self,
        products: &BTreeSet<&'p ProductId>,
    ) -> HashMap<&'p ProductId, Span> {
        let mut found: HashMap<&ProductId, Span> = HashMap::new();
        let mut note = |row: Option<&Row<StockRow>>, read: Span| {
            let product = row.and_then(|row| row.as_ref().ok());
            if let Some(product) = product.and_then(|row| products.get(&row.product)) {
                let hull = found.get(product).map_or(read, |span| span.hull(read));
                found.insert(product, hull);
            }
        };
        let mut from = 0;
        for (to, read) in &self.pages {
            // The rows of a product stand together: of one at the edge of a page, another row
            // may have been left out of the next page, or of the one before.
            for row in from.max(1) - 1..=*to {
                note(self.rows.get(row), *read);
            }
            from = *to;
        }
        let list = self.pages.iter().map(|(_, read)| *read);
        if let Some(list) = list.reduce(Span::hull) {
            for product in products {
                found.entry(product).or_insert(list);
            }
        }
        found
    }
}

impl Engine {
    /// Every row of Cin7's stock at the location, page by page.
    pub(in crate::runs) async fn stock_list(
        &self,
        run: &Run,
        lane: Lane,
        location: &LocationRef,
    ) -> Result<StockList, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mut paging = Paging::new();
        let mut list = StockList::default();
        while let Some(number) = paging.next_page() {
            let (page, read) = self
                .ask_when(run, CIN7, || {
                    cin7.availability(lane, number, ROWS, &location.name)
                })
                .await?;
            paging.took(&page);
            list.take(page.rows, read);
        }
        Ok(list)
    }

    /// Pages that the list had when a comparison last read it whole; 0 before the first.
    fn pages_of_stock(&self) -> Result<usize, StoreFault> {
        let last = self.store().reading().last_whole_reconciliation()?;
        let pages = last.map_or(0, |last| last.rows_read.div_ceil(ROWS));
        Ok(usize::try_from(pages).unwrap_or(usize::MAX))
    }

    /// What Cin7 has on hand of these products (id → SKU) at the warehouse's location.
    pub(super) async fn levels_of(
        &self,
        run: &Run,
        products: &BTreeMap<ProductId, String>,
        location: &LocationRef,
    ) -> Result<Levels, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mut rows = Vec::new();
        if products.len() <= ONE_BY_ONE || products.len() < self.pages_of_stock()? {
            for sku in products.values() {
                let page = self
                    .ask(run, CIN7, None, || {
                        cin7.availability_of(Lane::Stock, sku, &location.name)
                    })
                    .await?;
                rows.extend(page.rows);
            }
        } else {
            rows = self.stock_list(run, Lane::Stock, location).await?.rows;
        }
        let book = book_levels(&rows, &location.name);
        let known: BTreeMap<&ProductId, Decimal> = book
            .levels
            .iter()
            .map(|level| (&level.product, level.on_hand))
            .collect();
        Ok(products
            .iter()
            .filter_map(|(product, sku)| {
                let level = match known.get(product) {
                    Some(level) => *level,
                    None if book.leaves_open(product, sku) => return None,
                    // Rows that are all zeros are left out (observed).
                    None => Decimal::ZERO,
                };
                Some((product.clone(), level))
            })
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, TimeDelta, Utc};

    fn second(n: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(n)
    }

    fn span(began: i64, ended: i64) -> Span {
        Span {
            began: second(began),
            ended: second(ended),
        }
    }

    fn product(n: u32) -> ProductId {
        ProductId::parse(&format!("{n:08x}-0000-4000-8000-000000000000")).unwrap()
    }

    fn row(n: u32) -> StockRow {
        StockRow {
            product: product(n),
            sku: format!("SKU-{n}"),
            location: "Whistl".into(),
            bin: String::new(),
            batch: String::new(),
            expires: None,
            on_hand: 1.into(),
            allocated: 0.into(),
            in_transit: 0.into(),
            worth: None,
        }
    }

    #[test]
    fn a_product_was_read_with_its_page_and_at_the_edge_of_one_with_the_next_too() {
        let mut list = StockList::default();
        for (page, first) in [(0, 1), (1, 4), (2, 7)] {
            let rows = (first..first + 3).map(|n| Ok(row(n))).collect();
            list.take(rows, span(page * 10, page * 10 + 2));
        }
        let all: Vec<ProductId> = [1, 2, 3, 4, 5, 6, 9, 99].map(product).into();
        let read = list.read_of(&all.iter().collect());
        let of = |n: u32| read[&product(n)];
        assert_eq!((of(1), of(2)), (span(0, 2), span(0, 2)));
        assert_eq!((of(3), of(4)), (span(0, 12), span(0, 12)));
        assert_eq!((of(5), of(6)), (span(10, 12), span(10, 22)));
        assert_eq!((of(9), of(99)), (span(20, 22), span(0, 22)));
        let nothing = StockList::default();
        assert!(nothing.read_of(&all.iter().collect()).is_empty());
    }
}
