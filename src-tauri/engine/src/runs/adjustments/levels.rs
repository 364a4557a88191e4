//! Fresh readings of what Cin7 has on hand: product by product where those are fewer than the
//! list has pages, else the whole list, since a page of a thousand rows costs no more than a row.

use std::collections::BTreeMap;

use cin7::{LocationRef, Paging, Row, StockRow, book_levels};
use domain::ProductId;
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

impl Engine {
    /// Every row of Cin7's stock at the location, page by page.
    pub(in crate::runs) async fn stock_list(
        &self,
        run: &Run,
        lane: Lane,
        location: &LocationRef,
    ) -> Result<Vec<Row<StockRow>>, Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mut paging = Paging::new();
        let mut rows = Vec::new();
        while let Some(number) = paging.next_page() {
            let page = self
                .ask(run, CIN7, None, || {
                    cin7.availability(lane, number, ROWS, &location.name)
                })
                .await?;
            paging.took(&page);
            rows.extend(page.rows);
        }
        Ok(rows)
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
            rows = self.stock_list(run, Lane::Stock, location).await?;
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
