//! Products.

use domain::{Product, ProductId, Sku};
use serde_json::Value;
use vendor::{BadField, json};

use super::words::{product_kind, product_standing};
use super::{Names, wrong};
use crate::record::{ProductRow, Row};
use crate::wire;

const NAMES: Names = Names {
    id: &["ID"],
    number: &["SKU"],
};

/// A row of the list of products.
pub(crate) fn product(row: &Value) -> Row<ProductRow> {
    read(row).map_err(|field| NAMES.bad(row, field))
}

fn read(row: &Value) -> Result<ProductRow, BadField> {
    let product: wire::Product = json::from_value(row)?;
    let id =
        ProductId::parse(product.id.as_str()).map_err(|not| wrong(row, NAMES.id, not.wanted))?;
    let sku =
        Sku::parse(product.sku.as_str()).map_err(|not| wrong(row, NAMES.number, not.wanted))?;
    Ok(ProductRow {
        id,
        product: Product {
            sku,
            kind: product_kind(product.kind.as_str()),
            standing: product_standing(product.status.as_str()),
        },
        name: product.name.0,
        average_cost: product.average_cost.0,
        price: product.price_tier1.0,
        barcode: product.barcode.0,
        auto_assembly: product.auto_assembly.is_set(),
        costing: product.costing_method.0,
        last_modified: product.last_modified_on.0,
    })
}
