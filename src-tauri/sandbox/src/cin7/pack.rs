//! Packing: the boxes that hold what was picked, no more and no less.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::goods::GoodsLine;
use super::stages::{Done, StageWrite};
use super::taken::Goods;

impl Account {
    /// Judges a pack. An authorised one holds exactly what was picked (assumed, A9); a
    /// draft may hold less.
    pub(super) fn packs(&self, write: &StageWrite, mut task: Value) -> Result<Done, Vec<String>> {
        let told = self.told(write, &task)?;
        let picked = sums(&self.lines_of(&task, "Pick"));
        let packed = sums(&told.lines);
        let mut problems = Vec::new();
        for (goods, amount) in &packed {
            let sku = self.sku(goods.product);
            match picked.get(goods) {
                None => problems.push(format!("Product '{sku}' is not picked.")),
                Some(picked) if amount > picked => problems.push(unequal(sku)),
                Some(_) => {}
            }
        }
        if told.authorised {
            let short = picked
                .iter()
                .filter(|(goods, picked)| packed.get(goods).is_none_or(|packed| packed < picked));
            problems.extend(short.map(|(goods, _)| unequal(self.sku(goods.product))));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let lines = told.lines.iter().map(|line| self.shown_line(line, true));
        let status = if told.authorised {
            "AUTHORISED"
        } else {
            "DRAFT"
        };
        task["Pack"] = json!({ "Status": status, "Lines": lines.collect::<Vec<_>>() });
        Ok(Done::of(task))
    }
}

fn unequal(sku: &str) -> String {
    format!("Packed quantity of product '{sku}' must be equal to its picked quantity.")
}

/// Units of each of the goods, boxes aside.
fn sums(lines: &[GoodsLine]) -> BTreeMap<Goods, Decimal> {
    let mut all = BTreeMap::new();
    for line in lines {
        *all.entry(line.goods.clone()).or_default() += line.amount;
    }
    all
}
