//! Faults that are not about the call but about the world: what the office does to a
//! sale or a product while the caller is between two calls. Each happens once.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::Account;
use super::faults::Play;
use super::plain::{text, word};
use super::stages::Stage;
use super::variants::VARIANTS;

const SALE_EVENTS: [&str; 6] = [
    "sale_edited",
    "sale_voided",
    "sale_undone",
    "stage_done_by_user",
    "open_draft",
    "order_status_word",
];
const PRODUCT_EVENTS: [&str; 4] = [
    "sku_renamed",
    "sku_deprecated",
    "sku_case_twin",
    "sku_prefix_twin",
];

impl Account {
    /// Lets everything happen that a switch asks for at this call. A switch with a number
    /// is about that sale or SKU at any call, one without about what the call names.
    pub(super) fn play_events(&mut self, play: &mut Play, now: DateTime<Utc>) {
        let early = play.falls_at_pick();
        for fault in SALE_EVENTS.into_iter().chain(VARIANTS) {
            for index in self.sales_meant(fault, play) {
                let sale = &self.sales.list[index];
                let voided = sale.order_status() == "VOIDED";
                // The word comes with the shipment, whoever made it.
                let waits = fault == "order_status_word"
                    && (sale.order_status() != "AUTHORISED" || !self.is_all_shipped(index));
                let names = [sale.number.clone(), sale.id.clone()];
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                if !voided
                    && !waits
                    && let Some(value) = play.fires(fault, &names)
                {
                    self.happen(fault, &value, index, early, now);
                }
            }
        }
        for fault in PRODUCT_EVENTS {
            for sku in self.products_meant(fault, play) {
                if let Some(value) = play.fires(fault, &[&sku]) {
                    self.happen_to_product(fault, &value, &sku, now);
                }
            }
        }
        if play.is_on("locked_period")
            && let Some(date) = play.fires("locked_period", &[])
        {
            let usual = (now - TimeDelta::days(1)).date_naive().to_string();
            let date = date.as_str().unwrap_or(&usual).to_owned();
            if let Err(misuse) = self.lock(&date) {
                tracing::warn!("locked_period: {}", misuse.message);
            }
        }
    }

    fn sales_meant(&self, fault: &str, play: &Play) -> Vec<usize> {
        let mut meant: Vec<usize> = Vec::new();
        for switch in play.switches(fault) {
            match &switch.number {
                Some(number) => meant.extend(self.sales.index_of_any(number)),
                None => {
                    meant.extend(
                        play.subjects
                            .iter()
                            .filter_map(|s| self.sales.index_of_any(s)),
                    );
                }
            }
        }
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    fn products_meant(&self, fault: &str, play: &Play) -> Vec<String> {
        let mut meant: Vec<String> = Vec::new();
        for switch in play.switches(fault) {
            match &switch.number {
                Some(sku) => meant.extend(self.catalogue.index(sku).map(|_| sku.clone())),
                // One product, not one more at every call.
                None if switch.fired > 0 => {}
                None => meant.extend(self.catalogue.plain_one(0).map(|one| one.sku.clone())),
            }
        }
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    fn happen(
        &mut self,
        fault: &str,
        value: &Value,
        index: usize,
        early: bool,
        now: DateTime<Utc>,
    ) {
        let number = self.sales.list[index].number.clone();
        let done = match fault {
            "sale_edited" => {
                let usual = json!({
                    "Phone": "07700 900999",
                    "ShippingAddress": { "Line2": "Rear entrance" }
                });
                let patch = if value.is_object() { value } else { &usual };
                let already = self.sale(&number).is_some_and(|sale| holds(&sale, patch));
                if already {
                    Ok(())
                } else {
                    self.edit_sale(&number, patch, now)
                }
            }
            "sale_voided" => self.void_sale(&number, now),
            "sale_undone" => {
                self.undo(index, now);
                Ok(())
            }
            "open_draft" => self.leave_draft(index, *value == json!("empty"), now),
            "order_status_word" => {
                let before = self.row(&self.sales.list[index], TimeDelta::zero());
                self.close_order(index, value);
                self.touched(index, before, now, None);
                Ok(())
            }
            "stage_done_by_user" => {
                let usual = json!("pick");
                let deed = self.by_hand(if value.is_null() { &usual } else { value });
                match deed {
                    Ok(deed) if self.has_reached(index, deed.stage) => Ok(()),
                    Ok(deed) => self.do_by_hand(index, &deed, early, now),
                    Err(misuse) => Err(misuse),
                }
            }
            _ => self.vary(fault, value, index, now),
        };
        if let Err(misuse) = done {
            tracing::warn!("{fault} on {number}: {}", misuse.message);
        }
    }

    /// Whether any task has that stage done already.
    fn has_reached(&self, index: usize, stage: Stage) -> bool {
        let mut tasks = self.sales.list[index].tasks.iter().flatten();
        tasks.any(|task| stage.status(task) == "AUTHORISED")
    }

    fn happen_to_product(&mut self, fault: &str, value: &Value, sku: &str, now: DateTime<Utc>) {
        let plain: String = sku.chars().filter(char::is_ascii_alphanumeric).collect();
        let given = value.as_str();
        let done = match fault {
            "sku_renamed" => {
                let usual = if plain == sku {
                    format!("{sku}NEW")
                } else {
                    plain
                };
                self.edit_product(sku, &json!({ "SKU": given.unwrap_or(&usual) }), now)
            }
            "sku_deprecated" => {
                let index = self.catalogue.index(sku);
                let status = index.map(|index| self.catalogue.list[index].field("Status"));
                if status.is_some_and(|status| word(&status) == "DEPRECATED") {
                    return;
                }
                self.edit_product(sku, &json!({ "Status": "Deprecated" }), now)
            }
            "sku_case_twin" => self.twin(sku, &sku.to_lowercase(), now),
            _ => self.twin(sku, given.unwrap_or(&format!("{sku}2")), now),
        };
        if let Err(misuse) = done {
            tracing::warn!("{fault} on {sku}: {}", misuse.message);
        }
    }

    fn twin(&mut self, sku: &str, other: &str, now: DateTime<Utc>) -> Result<(), super::Misuse> {
        if self.catalogue.index(other).is_some() {
            return Ok(());
        }
        let index = self.catalogue.expect(sku)?;
        let name = text(&self.catalogue.list[index].field("Name")).to_owned();
        let twin = json!({ "SKU": other, "Name": format!("{name} (twin)") });
        self.add_product(&twin, now).map(|_| ())
    }
}

/// Whether everything in `part` is already so in `whole`.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part
            .iter()
            .all(|(name, value)| whole.get(name).is_some_and(|there| holds(there, value))),
        (Value::Array(whole), Value::Array(part)) => {
            whole.len() == part.len()
                && whole
                    .iter()
                    .zip(part)
                    .all(|(there, value)| holds(there, value))
        }
        (whole, part) => whole == part,
    }
}
