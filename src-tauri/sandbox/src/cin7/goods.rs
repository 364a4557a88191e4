//! The lines of picks and packs: how they are read, what each must have, and how they
//! are answered. Field names and types are documented, wordings of refusals assumed.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::plain::{decimal, object, parse_time, quantity, text, word};
use super::stages::StageWrite;
use super::taken::Goods;

const BATCH_LENGTH: usize = 50;
const BOX_LENGTH: usize = 256;
/// What a pack line that names no box goes into (assumed).
pub(super) const USUAL_BOX: &str = "Box 1";

/// One line, understood.
pub(super) struct GoodsLine {
    pub(super) goods: Goods,
    pub(super) amount: Decimal,
    pub(super) expiry: Option<String>,
    /// The box, on a pack.
    pub(super) parcel: String,
}

/// What one stage was told: whether it is to be authorised, and its lines.
pub(super) struct Told {
    pub(super) authorised: bool,
    pub(super) lines: Vec<GoodsLine>,
}

impl Account {
    /// Reads a pick or a pack; lines that are there already come first when lines are added.
    pub(super) fn told(&self, write: &StageWrite, task: &Value) -> Result<Told, Vec<String>> {
        let mut problems = Vec::new();
        let authorised = authorised(write, &mut problems);
        let sent = write.body.get("Lines").and_then(Value::as_array);
        if sent.is_none_or(|lines| lines.is_empty() && authorised) {
            problems.push("'Lines' is required.".to_owned());
        }
        let kept = task[write.stage.key()]["Lines"].as_array();
        let kept = kept.filter(|_| write.adds).into_iter().flatten();
        let mut lines = Vec::new();
        for (place, line) in kept.chain(sent.into_iter().flatten()).enumerate() {
            match self.goods_line(line, place) {
                Ok(line) => lines.push(line),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(Told { authorised, lines })
        } else {
            Err(problems)
        }
    }

    /// The lines a stage has already; what cannot be read any more is left out.
    pub(super) fn lines_of(&self, task: &Value, stage: &str) -> Vec<GoodsLine> {
        let lines = task[stage]["Lines"].as_array().into_iter().flatten();
        lines
            .filter_map(|line| self.goods_line(line, 0).ok())
            .collect()
    }

    fn goods_line(&self, line: &Value, place: usize) -> Result<GoodsLine, String> {
        let field = |name: &str| text(&line[name]).trim();
        let needed = |name: &str| format!("'Lines[{place}].{name}' is required.");
        let product = match (field("ProductID"), field("SKU")) {
            ("", "") => return Err(needed("SKU")),
            ("", sku) => self.catalogue.index(sku).ok_or(sku),
            (id, _) => self.catalogue.index_of_id(id).ok_or(id),
        };
        let product = product.map_err(|name| format!("Product '{name}' was not found."))?;
        let location = match (field("LocationID"), field("Location")) {
            ("", "") => return Err(needed("Location")),
            ("", name) | (name, _) => self
                .location(name)
                .ok_or_else(|| format!("Location '{name}' was not found."))?,
        };
        let amount = match &line["Quantity"] {
            Value::Null => return Err(needed("Quantity")),
            given => decimal(given)
                .filter(|amount| *amount >= Decimal::ONE && amount.normalize().scale() <= 4)
                .ok_or_else(|| format!("The value '{given}' is not valid for Quantity."))?,
        };
        let batch = self.batch(product, field("BatchSN"), || needed("BatchSN"))?;
        let expiry = field("ExpiryDate");
        if !expiry.is_empty() && parse_time(expiry).is_none() {
            return Err(format!("The value '{expiry}' is not valid for ExpiryDate."));
        }
        let parcel = field("Box");
        if parcel.chars().count() > BOX_LENGTH {
            return Err(format!("'Box' is longer than {BOX_LENGTH} characters."));
        }
        Ok(GoodsLine {
            expiry: batch
                .as_ref()
                .and_then(|_| parse_time(expiry))
                .map(|at| super::plain::midnight(at.date_naive())),
            goods: Goods {
                product,
                location,
                batch,
            },
            amount,
            parcel: if parcel.is_empty() { USUAL_BOX } else { parcel }.to_owned(),
        })
    }

    /// Documented: whatever is not costed FIFO is kept in batches or serials, and each
    /// line names one. On a product without batches the field means nothing (assumed).
    fn batch(
        &self,
        product: usize,
        given: &str,
        missing: impl Fn() -> String,
    ) -> Result<Option<String>, String> {
        if given.chars().count() > BATCH_LENGTH {
            return Err(format!(
                "'BatchSN' is longer than {BATCH_LENGTH} characters."
            ));
        }
        match (self.in_batches(product), given) {
            (false, _) => Ok(None),
            (true, "") => Err(missing()),
            (true, batch) => Ok(Some(batch.to_owned())),
        }
    }

    /// Whether lines of the product name a batch.
    pub(super) fn in_batches(&self, product: usize) -> bool {
        let product = &self.catalogue.list[product];
        word(&product.field("CostingMethod")) != "FIFO"
            && product.rows.iter().any(|row| row.batch.is_some())
    }

    /// A line as it is answered and kept.
    pub(super) fn shown_line(&self, line: &GoodsLine, boxed: bool) -> Value {
        let product = &self.catalogue.list[line.goods.product];
        let location = &self.locations[line.goods.location];
        let level = product
            .rows
            .iter()
            .find(|row| row.batch == line.goods.batch);
        let expiry = line.goods.batch.as_ref().and(level);
        let mut shown = object([
            ("ProductID", json!(product.id)),
            ("SKU", json!(product.sku)),
            ("Name", product.field("Name")),
            ("Location", json!(location.name)),
            ("LocationID", json!(location.id)),
            ("Quantity", quantity(line.amount)),
            ("BatchSN", json!(line.goods.batch)),
            (
                "ExpiryDate",
                json!(expiry.and_then(|row| row.expiry.clone())),
            ),
        ]);
        if boxed {
            shown.insert("Box".into(), json!(line.parcel));
        }
        shown.insert("NonInventory".into(), json!(!product.is_stock()));
        if boxed {
            shown.insert("WarrantyRegistrationNumber".into(), Value::Null);
        }
        Value::Object(shown)
    }

    /// What a refusal calls a product.
    pub(super) fn sku(&self, product: usize) -> &str {
        &self.catalogue.list[product].sku
    }
}

/// Reads the state a stage is to have.
pub(super) fn authorised(write: &StageWrite, problems: &mut Vec<String>) -> bool {
    let given = write.body.get("Status").unwrap_or(&Value::Null);
    match word(given).as_str() {
        "" => problems.push("'Status' is required.".to_owned()),
        "DRAFT" => {}
        "AUTHORISED" => return true,
        other => problems.push(format!("The value '{other}' is not valid for Status.")),
    }
    false
}
