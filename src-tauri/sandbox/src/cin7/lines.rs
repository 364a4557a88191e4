//! The lines of a sale as somebody keys them in: a code and a quantity, the rest known
//! by the product. Bad quantities are kept as they are given.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::Account;
use super::plain::{decimal, money, object, text};
use super::product::Product;
use super::sale::{Line, TAX_RULE};
use crate::http::Misuse;

impl Account {
    /// A line of some product, for a sale that was given none.
    pub(super) fn some_line(&self, index: usize) -> Option<Line> {
        let product = self.catalogue.plain_one(index)?;
        let given = object([
            ("SKU", json!(product.sku)),
            ("Quantity", json!(1 + index % 3)),
        ]);
        self.filled_line(&given).ok()
    }

    /// Every line filled in, or what is wrong with the first bad one.
    pub(super) fn filled_lines(&self, lines: &[Value]) -> Result<Vec<Line>, Misuse> {
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let line = line.as_object().ok_or_else(|| {
                    Misuse::bad(format!(
                        "Order.Lines[{index}] is {line}; a line is an object such as \
                         {{\"SKU\":\"TEAPOT04\",\"Quantity\":2}}"
                    ))
                })?;
                self.filled_line(line).map_err(|misuse| Misuse {
                    message: format!("Order.Lines[{index}]: {}", misuse.message),
                    ..misuse
                })
            })
            .collect()
    }

    /// A line with everything its product knows filled in and everything given kept.
    pub(super) fn filled_line(&self, given: &Map<String, Value>) -> Result<Line, Misuse> {
        let product = match (given.get("SKU"), given.get("ProductID")) {
            (Some(Value::String(sku)), _) if !sku.is_empty() => Some(self.catalogue.expect(sku)?),
            (Some(_), _) => None,
            (None, Some(id)) => Some(self.catalogue.index_of_id(text(id)).ok_or_else(|| {
                Misuse::unknown(format!(
                    "Cin7 has no product with ID {id}; give SKU instead"
                ))
            })?),
            (None, None) => {
                return Err(Misuse::bad(
                    "a line needs SKU (and Quantity, 1 unless given)",
                ));
            }
        };
        let of = |name: &str| product.map(|index| self.catalogue.list[index].field(name));
        let or = |name: &str, usual: Value| of(name).unwrap_or(usual);
        let pick = |name: &str, usual: Value| given.get(name).cloned().unwrap_or(usual);
        let amount = |value: &Value| decimal(value).unwrap_or_default();
        let ordered = pick("Quantity", json!(1));
        let price = pick("Price", or("PriceTier1", json!(0)));
        let discount = pick("Discount", json!(0));
        let kept = (Decimal::ONE_HUNDRED - amount(&discount)) / Decimal::ONE_HUNDRED;
        let total = amount(&ordered)
            .checked_mul(amount(&price))
            .and_then(|gross| gross.checked_mul(kept))
            .unwrap_or_default()
            .round_dp(2);
        let tax = (total / Decimal::from(5)).round_dp(2);
        let named = product.map(|index| &self.catalogue.list[index]);
        let fields = object([
            (
                "ProductID",
                pick("ProductID", json!(named.map(|product| &product.id))),
            ),
            ("SKU", pick("SKU", json!(named.map(|product| &product.sku)))),
            ("Name", pick("Name", or("Name", json!("")))),
            ("Quantity", ordered),
            ("Price", price),
            ("Discount", discount),
            ("Tax", pick("Tax", money(tax))),
            (
                "AverageCost",
                pick("AverageCost", or("AverageCost", json!(0))),
            ),
            ("TaxRule", pick("TaxRule", json!(TAX_RULE))),
            ("Comment", pick("Comment", json!(""))),
            ("DropShip", pick("DropShip", json!(false))),
            ("BackorderQuantity", pick("BackorderQuantity", json!(0))),
            ("Total", pick("Total", money(total))),
            (
                "ProductWeight",
                pick("ProductWeight", or("Weight", json!(0))),
            ),
            (
                "WeightUnits",
                pick("WeightUnits", or("WeightUnits", json!("kg"))),
            ),
        ]);
        let stock = named.is_some_and(Product::is_stock);
        Ok(Line {
            product,
            goods: stock && fields.get("DropShip") != Some(&json!(true)),
            backorder_given: given.contains_key("BackorderQuantity"),
            fields,
        })
    }
}

/// Takes `Order.Lines` out of what was given.
pub(super) fn taken_lines(given: &mut Map<String, Value>) -> Result<Option<Vec<Value>>, Misuse> {
    let Some(order) = given.get_mut("Order") else {
        return Ok(None);
    };
    let Some(order) = order.as_object_mut() else {
        return Err(Misuse::bad(
            "Order is an object, such as {\"Lines\":[{\"SKU\":\"…\"}]}",
        ));
    };
    match order.remove("Lines") {
        None => Ok(None),
        Some(Value::Array(lines)) => Ok(Some(lines)),
        Some(other) => Err(Misuse::bad(format!(
            "Order.Lines is a list of lines, not {other}"
        ))),
    }
}
