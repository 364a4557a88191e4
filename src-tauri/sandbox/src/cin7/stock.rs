//! Stock levels: what is on hand and promised per product, location and batch, and
//! `GET ref/productavailability`. `OnHand` is a quantity, `StockOnHand` is money.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Account;
use super::faults::Play;
use super::plain::{decimal, kept_decimal, object, quantity, text, total};
use super::product::Product;
use super::reply::{Call, Reply};
use super::sale::Promise;
use crate::http::Misuse;

/// What a product opens with when nothing is said.
const OPENING: Decimal = Decimal::ONE_HUNDRED;

/// The level of one product at one location, in one batch and bin.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StockRow {
    /// Which of the account's locations.
    pub(super) location: usize,
    pub(super) batch: Option<String>,
    pub(super) expiry: Option<String>,
    pub(super) bin: Option<String>,
    #[serde(with = "kept_decimal")]
    pub(super) on_hand: Decimal,
    #[serde(with = "kept_decimal")]
    pub(super) allocated: Decimal,
    /// Picked for a sale and still in the building: on hand, and nobody else's to pick.
    #[serde(default, with = "kept_decimal")]
    pub(super) picked: Decimal,
    /// What a kit's parts would make: shown as available, never on hand.
    #[serde(with = "kept_decimal")]
    pub(super) borrowed: Decimal,
    /// What was on hand when the product was added.
    #[serde(default, with = "kept_decimal")]
    pub(super) opening: Decimal,
    /// What hand edits and transfers have changed since.
    #[serde(default, with = "kept_decimal")]
    pub(super) by_hand: Decimal,
}

impl StockRow {
    /// A row with nothing on it.
    pub(super) fn empty(location: usize) -> Self {
        Self {
            location,
            batch: None,
            expiry: None,
            bin: None,
            on_hand: Decimal::ZERO,
            allocated: Decimal::ZERO,
            picked: Decimal::ZERO,
            borrowed: Decimal::ZERO,
            opening: Decimal::ZERO,
            by_hand: Decimal::ZERO,
        }
    }

    fn available(&self) -> Decimal {
        self.on_hand + self.borrowed - self.allocated
    }

    /// What may still be picked, whoever it is set aside for.
    pub(super) fn free(&self) -> Decimal {
        self.on_hand + self.borrowed - self.picked
    }

    /// Units leave the building; a kit's are its parts'.
    pub(super) fn fall(&mut self, amount: Decimal) {
        let here = amount.min(self.on_hand);
        self.on_hand -= here;
        self.borrowed -= amount - here;
    }

    /// How far a hand edit may lower it: not below what is picked already.
    pub(super) fn loose(&self) -> Decimal {
        self.free().min(self.on_hand).max(Decimal::ZERO)
    }
}

impl Account {
    /// The rows a new product opens with.
    pub(super) fn opening_rows(
        &self,
        product: &Product,
        stock: Option<&Value>,
    ) -> Result<Vec<StockRow>, Misuse> {
        let mut rows = match stock {
            Some(Value::Array(rows)) => rows
                .iter()
                .map(|row| self.opening_row(row))
                .collect::<Result<Vec<_>, _>>()?,
            Some(level) => {
                let on_hand = level_given(level)?;
                vec![StockRow {
                    on_hand,
                    ..StockRow::empty(self.default_location_index())
                }]
            }
            None if product.is_stock() => {
                vec![StockRow {
                    on_hand: OPENING,
                    ..StockRow::empty(self.default_location_index())
                }]
            }
            None => Vec::new(),
        };
        if product.is_kit() {
            for row in &mut rows {
                row.borrowed = std::mem::take(&mut row.on_hand);
            }
        }
        for row in &mut rows {
            row.opening = row.on_hand;
        }
        Ok(rows)
    }

    fn opening_row(&self, row: &Value) -> Result<StockRow, Misuse> {
        let optional = |name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        let location = match row.get("Location") {
            Some(name) => self.expect_location(text(name))?,
            None => self.default_location_index(),
        };
        Ok(StockRow {
            batch: optional("Batch"),
            expiry: optional("ExpiryDate"),
            bin: optional("Bin"),
            on_hand: level_given(row.get("OnHand").unwrap_or(&Value::Null))?,
            ..StockRow::empty(location)
        })
    }

    /// What of a product can be sold at a location; `None` where there is no such product.
    pub fn available(&self, sku: &str, location: &str) -> Option<Decimal> {
        let product = self.catalogue.expect(sku).ok()?;
        let place = self.expect_location(location).ok()?;
        let rows = self.catalogue.list[product].rows.iter();
        let here = rows.filter(|row| row.location == place);
        Some(here.map(StockRow::available).sum())
    }

    /// A hand edit of the level. `location` is a name or an ID, `change` may be negative,
    /// but nothing falls below zero.
    pub fn change_stock(
        &mut self,
        sku: &str,
        location: &str,
        change: Decimal,
    ) -> Result<(), Misuse> {
        let product = self.catalogue.expect(sku)?;
        let place = self.expect_location(location)?;
        let rows = &mut self.catalogue.list[product].rows;
        let held: Decimal = rows
            .iter()
            .filter(|row| row.location == place)
            .map(StockRow::loose)
            .sum();
        if held + change < Decimal::ZERO {
            return Err(Misuse::bad(format!(
                "{sku} has {held} on hand and not picked at {location}; change may be {} at the lowest",
                -held
            )));
        }
        if !rows.iter().any(|row| row.location == place) {
            rows.push(StockRow::empty(place));
        }
        let mut rest = change;
        for row in rows.iter_mut().filter(|row| row.location == place) {
            let here = rest.max(-row.loose());
            row.on_hand += here;
            row.by_hand += here;
            rest -= here;
        }
        Ok(())
    }

    /// Promises up to `wanted` of a product at a location, and answers the promises made
    /// and what could not be promised. With `whatever`, all of it is promised.
    pub(super) fn promise(
        &mut self,
        product: usize,
        location: usize,
        wanted: Decimal,
        whatever: bool,
    ) -> (Vec<Promise>, Decimal) {
        let mut rest = wanted.max(Decimal::ZERO);
        let mut made = Vec::new();
        let rows = &mut self.catalogue.list[product].rows;
        let last = rows.iter().rposition(|row| row.location == location);
        for (index, row) in rows
            .iter_mut()
            .enumerate()
            .filter(|(_, row)| row.location == location)
        {
            let room = if whatever && Some(index) == last {
                rest
            } else {
                row.available()
            };
            let amount = rest.min(room.max(Decimal::ZERO));
            if amount > Decimal::ZERO {
                row.allocated += amount;
                rest -= amount;
                made.push(Promise {
                    product,
                    row: index,
                    amount,
                });
            }
        }
        (made, rest)
    }

    /// Takes promises back.
    pub(super) fn release(&mut self, promises: &[Promise]) {
        for promise in promises {
            let rows = &mut self.catalogue.list[promise.product].rows;
            if let Some(row) = rows.get_mut(promise.row) {
                row.allocated -= promise.amount;
            }
        }
    }

    /// `GET ref/productavailability`.
    pub(super) fn get_availability(&self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let page = call.page()?;
        let zeros = play
            .fires("omit_zero_rows", &[])
            .is_some_and(|on| on == json!(false));
        let split = play.fires("split_rows", &[]).is_some();
        let mut rows = Vec::new();
        let mut products: Vec<(usize, &Product)> = self.catalogue.list.iter().enumerate().collect();
        products.sort_by_key(|(_, product)| product.place);
        for (index, product) in products.into_iter().filter(|(_, one)| wanted(one, call)) {
            for (place, row) in product.rows.iter().enumerate() {
                let here = &self.locations[row.location].name;
                let before = &product.rows[..place];
                // What is on the road stands on the first row of where it goes.
                let first = before.iter().all(|other| other.location != row.location);
                let coming = if first {
                    self.in_transit(index, row.location)
                } else {
                    Decimal::ZERO
                };
                let figures = [row.on_hand, row.allocated, row.available(), coming];
                let nothing = figures.iter().all(Decimal::is_zero);
                if (zeros || !nothing)
                    && call.param("Location").is_none_or(|name| name == here)
                    && call
                        .param("Batch")
                        .is_none_or(|batch| row.batch.as_deref() == Some(batch))
                {
                    for (part, row) in parts(row, split).iter().enumerate() {
                        let coming = if part == 0 { coming } else { Decimal::ZERO };
                        rows.push(shown(product, here, row, coming));
                    }
                }
            }
        }
        if let Some(fewer) = play.fires("short_snapshot", &[]) {
            let missing = usize::try_from(fewer.as_u64().unwrap_or(3)).unwrap_or(usize::MAX);
            rows.truncate(rows.len().saturating_sub(missing));
        }
        let shown = page.of(&rows).to_vec();
        Ok(Reply::list(
            "ProductAvailabilityList",
            rows.len(),
            page,
            shown,
        ))
    }
}

fn wanted(product: &Product, call: &Call) -> bool {
    let holds = |value: &str, part: &str| value.to_lowercase().contains(&part.to_lowercase());
    call.param("ID")
        .is_none_or(|id| product.id.eq_ignore_ascii_case(id))
        && call.param("Sku").is_none_or(|sku| holds(&product.sku, sku))
        && call
            .param("Name")
            .is_none_or(|name| holds(text(&product.field("Name")), name))
        && call
            .param("Category")
            .is_none_or(|category| product.field("Category") == category)
}

/// One row, or the same level spread over two bins.
fn parts(row: &StockRow, split: bool) -> Vec<StockRow> {
    if !split || row.on_hand < Decimal::TWO {
        return vec![row.clone()];
    }
    let half = (row.on_hand / Decimal::TWO).floor();
    let first = StockRow {
        bin: Some("A-01-1".into()),
        on_hand: half,
        allocated: row.allocated.min(half),
        ..row.clone()
    };
    let second = StockRow {
        bin: Some("B-07-2".into()),
        on_hand: row.on_hand - half,
        allocated: row.allocated - first.allocated,
        borrowed: Decimal::ZERO,
        ..row.clone()
    };
    vec![first, second]
}

fn shown(product: &Product, location: &str, row: &StockRow, coming: Decimal) -> Value {
    let cost = decimal(&product.field("AverageCost")).unwrap_or_default();
    Value::Object(object([
        ("ID", json!(product.id)),
        ("SKU", json!(product.sku)),
        ("Name", product.field("Name")),
        ("Barcode", product.field("Barcode")),
        ("Location", json!(location)),
        ("Bin", json!(row.bin)),
        ("Batch", json!(row.batch)),
        ("ExpiryDate", json!(row.expiry)),
        ("OnHand", quantity(row.on_hand)),
        ("Allocated", quantity(row.allocated)),
        ("Available", quantity(row.available())),
        ("OnOrder", json!(0)),
        (
            "StockOnHand",
            total(row.on_hand.checked_mul(cost).unwrap_or_default()),
        ),
        ("InTransit", quantity(coming)),
        ("NextDeliveryDate", Value::Null),
    ]))
}

fn level_given(value: &Value) -> Result<Decimal, Misuse> {
    decimal(value)
        .filter(|level| *level >= Decimal::ZERO)
        .ok_or_else(|| {
            Misuse::bad(format!(
                "Stock {value} is not a level; give a number from 0 up, or rows of \
             {{Location, OnHand, Batch, ExpiryDate, Bin}}"
            ))
        })
}
