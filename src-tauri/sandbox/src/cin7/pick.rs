//! Picking: what may be taken off the shelf for a sale.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::goods::GoodsLine;
use super::plain::{decimal, truth_of, word};
use super::stages::{Done, Place, Stage, StageWrite};

impl Account {
    /// Judges a pick: no more than was ordered and not yet picked (documented), no more
    /// than the location holds (assumed, A8).
    pub(super) fn picks(
        &self,
        place: Place,
        write: &StageWrite,
        mut task: Value,
    ) -> Result<Done, Vec<String>> {
        let told = self.told(write, &task)?;
        let problems = self.over_picked(place, &task, &told.lines);
        if !problems.is_empty() {
            return Err(problems);
        }
        let found = if told.authorised {
            self.on_the_shelf(&told.lines)
                .map_err(|problem| vec![problem])?
        } else {
            Vec::new()
        };
        let lines = told.lines.iter().map(|line| self.shown_line(line, false));
        let status = if told.authorised {
            "AUTHORISED"
        } else {
            "DRAFT"
        };
        task["Pick"] = json!({ "Status": status, "Lines": lines.collect::<Vec<_>>() });
        Ok(Done {
            found,
            ..Done::of(task)
        })
    }

    fn over_picked(&self, place: Place, task: &Value, lines: &[GoodsLine]) -> Vec<String> {
        let mut wanted: BTreeMap<usize, Decimal> = BTreeMap::new();
        for line in lines {
            *wanted.entry(line.goods.product).or_default() += line.amount;
        }
        let left = self.left_to_pick(place, task);
        let mut problems = Vec::new();
        for (product, amount) in wanted {
            let sku = self.sku(product);
            match left.get(&product) {
                None => problems.push(format!("Product '{sku}' is not in the sale order.")),
                Some(left) if amount > *left => problems.push(format!(
                    "Quantity to pick of product '{sku}' is greater than the quantity ordered and \
                     not yet picked."
                )),
                Some(_) => {}
            }
        }
        problems
    }

    /// What each product of the order still has to be picked, other tasks considered.
    /// Services and drop-shipped lines are nobody's to pick.
    pub(super) fn left_to_pick(&self, place: Place, task: &Value) -> BTreeMap<usize, Decimal> {
        let sale = &self.sales.list[place.sale];
        let mut left: BTreeMap<usize, Decimal> = BTreeMap::new();
        for line in &sale.lines {
            let amount = line.fields.get("Quantity").and_then(decimal);
            let Some(product) = line.product else {
                continue;
            };
            let service = word(&self.catalogue.list[product].field("Type")) == "SERVICE";
            if service || line.fields.get("DropShip").is_some_and(truth_of) {
                continue;
            }
            *left.entry(product).or_default() += amount.unwrap_or_default();
        }
        // Older sales have their lines in the fulfilments only (observed).
        if sale.lines.is_empty() {
            for line in self.lines_of(task, "Pick") {
                *left.entry(line.goods.product).or_default() += line.amount;
            }
            return left;
        }
        for (index, other) in sale.tasks.iter().flatten().enumerate() {
            if index == place.task || Stage::Pick.status(other) != "AUTHORISED" {
                continue;
            }
            for line in self.lines_of(other, "Pick") {
                *left.entry(line.goods.product).or_default() -= line.amount;
            }
        }
        left
    }

    fn on_the_shelf(&self, lines: &[GoodsLine]) -> Result<Vec<super::taken::Found>, String> {
        let kept: Vec<&GoodsLine> = lines
            .iter()
            .filter(|line| self.catalogue.list[line.goods.product].is_stock())
            .collect();
        let wanted: Vec<_> = kept
            .iter()
            .map(|line| (line.goods.clone(), line.expiry.clone(), line.amount))
            .collect();
        self.find_goods(&wanted).map_err(|short| {
            let goods = &kept[short].goods;
            self.short_of(self.sku(goods.product), goods.location)
        })
    }

    /// What a pick is told when the shelf has too few (wording assumed).
    pub(super) fn short_of(&self, sku: &str, location: usize) -> String {
        let location = &self.locations[location].name;
        format!("Not enough stock available for product '{sku}' in location '{location}'.")
    }
}
