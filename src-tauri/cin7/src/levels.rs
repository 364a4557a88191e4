//! From the rows of stock to one level a product. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::ProductId;
use domain::stock::BookLevel;

use crate::record::{BadRecord, Row, StockRow};

/// What the rows of one location come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookLevels {
    /// One level for each product, by SKU.
    pub levels: Vec<BookLevel>,
    /// Rows that could not be read or do not belong. A product whose row is at fault has no
    /// level, since half a sum would be taken for lost stock; a row of another location, or one
    /// that names no product, takes none away.
    pub faults: Vec<BadRecord>,
}

impl BookLevels {
    /// Whether these rows leave that product's level open. Without a row it is 0 otherwise,
    /// since Cin7 leaves out rows whose figures are all 0 (observed).
    pub fn leaves_open(&self, product: &ProductId, sku: &str) -> bool {
        let known = self.levels.iter().any(|level| level.product == *product);
        !known
            && self
                .faults
                .iter()
                .any(|fault| is_of(fault, product, sku).unwrap_or(true))
    }
}

/// Whether a row at fault is of that product; `None` where it names none.
fn is_of(fault: &BadRecord, product: &ProductId, sku: &str) -> Option<bool> {
    let named = fault.id.as_deref().and_then(|id| ProductId::parse(id).ok());
    named
        .map(|named| named == *product)
        .or_else(|| fault.number.as_deref().map(|number| number == sku.trim()))
}

/// Adds the rows of that location up, bins and batches together. SKUs are told apart by case,
/// as Cin7 does; a row of another location is left out and named.
///
/// All rows of the list belong in, page after page: a row that comes twice has moved between
/// two pages, and its product is left out, since another may have been missed for it.
pub fn book_levels<'a>(
    rows: impl IntoIterator<Item = &'a Row<StockRow>>,
    location: &str,
) -> BookLevels {
    let mut sum = Sum::default();
    for row in rows {
        match row {
            Ok(row) if row.location.trim() == location.trim() => sum.add(row),
            Ok(row) => sum.faults.push(elsewhere(row, location)),
            Err(bad) => sum.set_aside(bad.clone()),
        }
    }
    sum.ended()
}

/// What tells the rows of one product apart (documented).
type Place<'a> = (&'a ProductId, &'a str, &'a str, Option<NaiveDate>);

#[derive(Default)]
struct Sum<'a> {
    levels: BTreeMap<ProductId, BookLevel>,
    seen: BTreeSet<Place<'a>>,
    faults: Vec<BadRecord>,
    doubtful: Vec<BadRecord>,
}

impl<'a> Sum<'a> {
    fn add(&mut self, row: &'a StockRow) {
        let place = (
            &row.product,
            row.bin.as_str(),
            row.batch.as_str(),
            row.expires,
        );
        if !self.seen.insert(place) {
            let bad = at_fault(row, "Batch", &row.batch, "one row for each bin and batch");
            return self.set_aside(bad);
        }
        let level = self
            .levels
            .entry(row.product.clone())
            .or_insert_with(|| BookLevel {
                product: row.product.clone(),
                sku: row.sku.clone(),
                on_hand: 0.into(),
                allocated: 0.into(),
                in_transit: 0.into(),
            });
        if level.sku != row.sku {
            let message = format!("the SKU of its other rows, {}", level.sku);
            return self.set_aside(at_fault(row, "SKU", &row.sku, &message));
        }
        let sums = [
            level.on_hand.checked_add(row.on_hand),
            level.allocated.checked_add(row.allocated),
            level.in_transit.checked_add(row.in_transit),
        ];
        if let [Some(on_hand), Some(allocated), Some(in_transit)] = sums {
            (level.on_hand, level.allocated, level.in_transit) = (on_hand, allocated, in_transit);
        } else {
            let found = row.on_hand.to_string();
            self.set_aside(at_fault(
                row,
                "OnHand",
                &found,
                "a number that can be added up",
            ));
        }
    }

    /// The product of this row gets no level.
    fn set_aside(&mut self, bad: BadRecord) {
        self.doubtful.push(bad);
    }

    fn ended(mut self) -> BookLevels {
        for bad in &self.doubtful {
            self.levels
                .retain(|product, level| is_of(bad, product, &level.sku) != Some(true));
        }
        let mut levels: Vec<BookLevel> = self.levels.into_values().collect();
        levels.sort_by(|one, other| one.sku.cmp(&other.sku));
        self.faults.append(&mut self.doubtful);
        BookLevels {
            levels,
            faults: self.faults,
        }
    }
}

fn elsewhere(row: &StockRow, location: &str) -> BadRecord {
    at_fault(
        row,
        "Location",
        &row.location,
        &format!("the location asked for, {location}"),
    )
}

fn at_fault(row: &StockRow, field: &str, value: &str, wanted: &str) -> BadRecord {
    BadRecord {
        id: Some(row.product.as_str().to_owned()),
        number: Some(row.sku.trim().chars().take(80).collect()),
        field: field.to_owned(),
        value: format!("{:?}", value.chars().take(78).collect::<String>()),
        message: format!("expected {wanted}"),
    }
}
