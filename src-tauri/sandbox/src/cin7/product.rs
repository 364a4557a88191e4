//! Products: what the catalogue holds, and `GET product`.
//! Levels live beside, in `stock`.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Account;
use super::account::place_of;
use super::faults::Play;
use super::plain::{kept_time, merge, object, parse_time, text, to_millis, utc_millis, word};
use super::reply::{Call, Reply};
use super::shape::{PRODUCT, nearest};
use super::stock::StockRow;
use crate::http::Misuse;

/// One product. What was not given is filled in when it is shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Product {
    pub(super) id: String,
    pub(super) sku: String,
    /// Where it stands in lists: arbitrary, but always the same.
    pub(super) place: u64,
    pub(super) given: Map<String, Value>,
    #[serde(with = "kept_time")]
    pub(super) modified: DateTime<Utc>,
    pub(super) rows: Vec<StockRow>,
}

/// All products, found by SKU exactly as spelt and by ID without case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Catalogue {
    pub(super) list: Vec<Product>,
    by_sku: BTreeMap<String, usize>,
    by_id: BTreeMap<String, usize>,
}

impl Catalogue {
    pub(super) fn index(&self, sku: &str) -> Option<usize> {
        self.by_sku.get(sku).copied()
    }

    pub(super) fn index_of_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(&id.to_lowercase()).copied()
    }

    /// The product of that SKU, or a misuse that names what is near it.
    pub(super) fn expect(&self, sku: &str) -> Result<usize, Misuse> {
        self.index(sku).ok_or_else(|| {
            let near = nearest(sku, self.by_sku.keys().map(String::as_str));
            let hint = match (near, self.by_sku.keys().next()) {
                (Some(near), _) => format!("did you mean {near}"),
                (None, Some(first)) => format!("one that exists is {first}"),
                (None, None) => "there are no products yet".to_owned(),
            };
            Misuse::unknown(format!(
                "Cin7 has no product with SKU {sku}: {hint}; POST cin7/products adds one"
            ))
        })
    }

    /// The `n`th active stock product whose code is plain letters and digits, going round.
    pub(super) fn plain_one(&self, n: usize) -> Option<&Product> {
        let count = self.list.len();
        (0..count)
            .map(|step| &self.list[(n + step) % count])
            .find(|product| {
                product.is_stock()
                    && word(&product.field("Status")) == "ACTIVE"
                    && product
                        .sku
                        .chars()
                        .all(|letter| letter.is_ascii_alphanumeric())
                    && product.rows.iter().any(|row| row.on_hand > row.allocated)
            })
    }
}

impl Product {
    /// A field as it is shown.
    pub(super) fn field(&self, name: &str) -> Value {
        self.given
            .get(name)
            .cloned()
            .unwrap_or_else(|| self.usual(name))
    }

    /// Whether it is something a warehouse can hold.
    pub(super) fn is_stock(&self) -> bool {
        word(&self.field("Type")) == "STOCK"
    }

    /// Whether Cin7 builds it from its parts when it is sold.
    pub(super) fn is_kit(&self) -> bool {
        self.field("AutoAssembly") == json!(true)
    }

    fn usual(&self, name: &str) -> Value {
        match name {
            "Name" => json!(format!("Item {}", self.sku)),
            "Category" => json!("Kitchen"),
            "Type" => json!("Stock"),
            "CostingMethod" => json!("FIFO"),
            "DropShipMode" => json!("No Drop Ship"),
            "Length" | "Width" => json!(12),
            "Height" => json!(11),
            "Weight" => json!(0.42),
            "UOM" => json!("Item"),
            "WeightUnits" => json!("kg"),
            "DimensionsUnits" => json!("cm"),
            "Barcode" => json!(format!("2{:012}", self.place % 1_000_000_000_000)),
            "PriceTier1" => json!(14.0),
            "AverageCost" => json!(4.2),
            "Tags" => json!(""),
            "Status" => json!("Active"),
            "Sellable" => json!(true),
            "BillOfMaterial" | "AutoAssembly" => json!(false),
            "BOMType" => json!("None"),
            "HSCode" => json!("691200"),
            "CountryOfOrigin" => json!("United Kingdom"),
            "CountryOfOriginCode" => json!("GBR"),
            _ => Value::Null,
        }
    }

    /// The row of `GET product`.
    pub(super) fn shown(&self, skew: TimeDelta) -> Value {
        let f = |name: &str| self.field(name);
        Value::Object(object([
            ("ID", json!(self.id)),
            ("SKU", json!(self.sku)),
            ("Name", f("Name")),
            ("Category", f("Category")),
            ("Brand", f("Brand")),
            ("Type", f("Type")),
            ("CostingMethod", f("CostingMethod")),
            ("DropShipMode", f("DropShipMode")),
            ("DefaultLocation", f("DefaultLocation")),
            ("Length", f("Length")),
            ("Width", f("Width")),
            ("Height", f("Height")),
            ("Weight", f("Weight")),
            ("UOM", f("UOM")),
            ("WeightUnits", f("WeightUnits")),
            ("DimensionsUnits", f("DimensionsUnits")),
            ("Barcode", f("Barcode")),
            ("PriceTier1", f("PriceTier1")),
            ("AverageCost", f("AverageCost")),
            ("Tags", f("Tags")),
            ("Status", f("Status")),
            ("LastModifiedOn", json!(utc_millis(self.modified + skew))),
            ("Sellable", f("Sellable")),
            ("BillOfMaterial", f("BillOfMaterial")),
            ("AutoAssembly", f("AutoAssembly")),
            ("BOMType", f("BOMType")),
            ("HSCode", f("HSCode")),
            ("CountryOfOrigin", f("CountryOfOrigin")),
            ("CountryOfOriginCode", f("CountryOfOriginCode")),
        ]))
    }
}

impl Account {
    /// Adds a product in Cin7's own shape; only `SKU` is needed. `Stock` is the opening
    /// level: a number at the default location, or rows of `{Location, OnHand, Batch,
    /// ExpiryDate, Bin}`. Without it a stock product opens with 100 at the default
    /// location and everything else with nothing. For a kit that Cin7 assembles itself
    /// the number is what its parts would make. Answers the product's ID.
    pub fn add_product(&mut self, partial: &Value, now: DateTime<Utc>) -> Result<String, Misuse> {
        PRODUCT.check(partial)?;
        let mut given = partial.as_object().cloned().unwrap_or_default();
        let sku = given
            .remove("SKU")
            .as_ref()
            .map(text)
            .unwrap_or_default()
            .to_owned();
        if sku.is_empty() {
            return Err(Misuse::bad(
                "a product needs SKU, a text of up to 50 characters",
            ));
        }
        if self.catalogue.index(&sku).is_some() {
            return Err(Misuse::bad(format!(
                "SKU {sku} is taken; PATCH cin7/products/{sku} changes it, or give another SKU"
            )));
        }
        let id = match given.remove("ID").as_ref().map(text) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => self.guid("product", &sku),
        };
        if self.catalogue.index_of_id(&id).is_some() {
            return Err(Misuse::bad(format!(
                "product ID {id} is taken; leave ID out"
            )));
        }
        let modified = modified_given(&mut given)?.unwrap_or_else(|| to_millis(now));
        let stock = given.remove("Stock");
        if !given.contains_key("DefaultLocation") {
            given.insert(
                "DefaultLocation".into(),
                json!(self.default_location().name),
            );
        }
        let place = place_of(&id);
        let mut product = Product {
            id,
            sku,
            place,
            given,
            modified,
            rows: Vec::new(),
        };
        product.rows = self.opening_rows(&product, stock.as_ref())?;
        let index = self.catalogue.list.len();
        self.catalogue.by_sku.insert(product.sku.clone(), index);
        self.catalogue
            .by_id
            .insert(product.id.to_lowercase(), index);
        let id = product.id.clone();
        self.catalogue.list.push(product);
        Ok(id)
    }

    /// Changes fields of a product; a new `SKU` under the same ID is a rename.
    /// Assumed: sale lines follow the rename, since in Cin7 they point at the product,
    /// and the sales' own `Updated` does not move.
    pub fn edit_product(
        &mut self,
        sku: &str,
        patch: &Value,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let index = self.catalogue.expect(sku)?;
        PRODUCT.check(patch)?;
        let mut patch = patch.as_object().cloned().unwrap_or_default();
        if patch.remove("Stock").is_some() {
            return Err(Misuse::bad(
                "Stock is only for a new product; POST cin7/stock {sku, location, change} moves it",
            ));
        }
        let same = |id: &Value| text(id).eq_ignore_ascii_case(&self.catalogue.list[index].id);
        if patch.remove("ID").is_some_and(|id| !same(&id)) {
            return Err(Misuse::bad("a product keeps its ID; leave ID out"));
        }
        let modified = modified_given(&mut patch)?;
        if let Some(renamed) = patch.remove("SKU") {
            self.rename(index, text(&renamed))?;
        }
        let product = &mut self.catalogue.list[index];
        let after = product.modified + TimeDelta::milliseconds(1);
        merge(&mut product.given, &patch);
        product.modified = modified.unwrap_or_else(|| to_millis(now).max(after));
        Ok(())
    }

    fn rename(&mut self, index: usize, sku: &str) -> Result<(), Misuse> {
        let old = self.catalogue.list[index].sku.clone();
        if sku == old {
            return Ok(());
        }
        if sku.is_empty() || self.catalogue.index(sku).is_some() {
            return Err(Misuse::bad(format!(
                "SKU '{sku}' is empty or taken; give {old} another"
            )));
        }
        self.catalogue.by_sku.remove(&old);
        self.catalogue.by_sku.insert(sku.to_owned(), index);
        sku.clone_into(&mut self.catalogue.list[index].sku);
        let id = self.catalogue.list[index].id.clone();
        self.sales.rename_lines(&id, &old, sku);
        Ok(())
    }

    /// `GET product`.
    pub(super) fn get_products(&mut self, call: &Call, play: &mut Play) -> Result<Reply, Reply> {
        let page = call.page()?;
        let since = call.time("ModifiedSince")?;
        let all = call.yes("IncludeDeprecated");
        let id = call.param("ID");
        let sku = call.param("Sku").map(str::to_lowercase);
        let name = call.param("Name").map(str::to_lowercase);
        let mut found: Vec<usize> = (0..self.catalogue.list.len())
            .filter(|&index| {
                let product = &self.catalogue.list[index];
                since.is_none_or(|since| product.modified + call.skew >= since)
                    && id.is_none_or(|id| product.id.eq_ignore_ascii_case(id))
                    // Not exact: longer codes and names are found as well.
                    && sku.as_ref().is_none_or(|sku| product.sku.to_lowercase().contains(sku))
                    && name.as_ref().is_none_or(|name| {
                        text(&product.field("Name")).to_lowercase().contains(name)
                    })
                    && (all || word(&product.field("Status")) != "DEPRECATED")
            })
            .collect();
        found.sort_by_key(|&index| self.catalogue.list[index].place);
        let drift = if page.number > 1 {
            play.fires("page_drift", &[])
        } else {
            None
        };
        let on_page = page.drifted(&found, usize::from(drift.is_some()));
        let rows = on_page
            .iter()
            .map(|&index| self.catalogue.list[index].shown(call.skew));
        let rows = rows.collect();
        Ok(Reply::list("Products", found.len(), page, rows))
    }
}

/// `LastModifiedOn` may be given, to build a world that has a past.
pub(super) fn modified_given(
    given: &mut Map<String, Value>,
) -> Result<Option<DateTime<Utc>>, Misuse> {
    let Some(value) = given.remove("LastModifiedOn") else {
        return Ok(None);
    };
    parse_time(text(&value))
        .map(|at| Some(to_millis(at)))
        .ok_or_else(|| {
            Misuse::bad(format!(
                "LastModifiedOn {value} cannot be read; give UTC such as 2026-11-24T09:00:00.000Z"
            ))
        })
}
