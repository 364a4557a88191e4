//! Entering, editing and voiding sales by hand: the office's side of the account,
//! played by the generator and the control interface. Any part of the sale detail may
//! be given and is kept word for word, bad values too; the rest is filled in.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::Account;
use super::account::place_of;
use super::identity::billing_of;
use super::lines::taken_lines;
use super::plain::{merge, text, to_millis};
use super::product::modified_given;
use super::sale::{Created, Sale};
use super::shape::SALE;
use crate::http::Misuse;

/// The fields that status words are normally worked out into; a void and every stage of a
/// fulfilment take back whatever was given for them.
pub(super) const STATUS_WORDS: [&str; 5] = [
    "Status",
    "CombinedPickingStatus",
    "CombinedPackingStatus",
    "CombinedShippingStatus",
    "FulFilmentStatus",
];

impl Account {
    /// Enters a sale: any part of Cin7's own sale detail. It is authorised unless
    /// `Order.Status` says otherwise, numbered `SO-…` unless `Order.SaleOrderNumber` is
    /// given, and has one line of some product unless `Order.Lines` is given.
    /// A line needs `SKU` (or `ProductID`); an empty `SKU` is taken as a bad line on purpose.
    pub fn create_sale(&mut self, partial: &Value, now: DateTime<Utc>) -> Result<Created, Misuse> {
        SALE.check(partial)?;
        let mut given = partial.as_object().cloned().unwrap_or_default();
        let lines = taken_lines(&mut given)?;
        let tasks = taken_tasks(&mut given)?;
        let updated = modified_given(&mut given)?.unwrap_or_else(|| to_millis(now));
        let lines = match lines {
            Some(lines) => self.filled_lines(&lines)?,
            None => Vec::new(),
        };
        let no_lines = partial.pointer("/Order/Lines").is_none();
        self.known_location(&given)?;
        let number = self.number_for(&mut given)?;
        let id = match given.remove("ID").as_ref().map(text) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => self.guid("sale", &number),
        };
        if self.sales.index_of_id(&id).is_some() {
            return Err(Misuse::bad(format!("sale ID {id} is taken; leave ID out")));
        }
        let mut header = self.identity(&number, &given, now);
        let billing = given.contains_key("BillingAddress");
        merge(&mut header, &given);
        if !billing {
            header.insert(
                "BillingAddress".into(),
                billing_of(header.get("ShippingAddress")),
            );
        }
        let index = self.sales.push(Sale {
            place: place_of(&id),
            created: updated,
            updated,
            header,
            lines,
            tasks,
            promises: Vec::new(),
            past: Vec::new(),
            taken: Vec::new(),
            undone: false,
            notified: 0,
            id: id.clone(),
            number: number.clone(),
        });
        if no_lines {
            let line = self.some_line(index);
            self.sales.list[index].lines.extend(line);
        }
        self.allocate(index);
        Ok(Created {
            number,
            sale_id: id,
        })
    }

    /// An edit by the office: the patch is laid over the sale (a list of lines replaces the
    /// lines), and `Updated` moves, if only by a millisecond.
    pub fn edit_sale(
        &mut self,
        number: &str,
        patch: &Value,
        now: DateTime<Utc>,
    ) -> Result<(), Misuse> {
        let index = self.sales.expect(number)?;
        self.refuse_voided(index, "edit")?;
        let before = self.row(&self.sales.list[index], chrono::TimeDelta::zero());
        let given = self.lay_over(index, patch, now)?;
        self.touched(index, before, now, given);
        Ok(())
    }

    /// The office voids the sale: its status words say so, its stock is free again, and
    /// `Updated` moves (assumed, A2).
    pub fn void_sale(&mut self, number: &str, now: DateTime<Utc>) -> Result<(), Misuse> {
        let index = self.sales.expect(number)?;
        self.refuse_voided(index, "void")?;
        let before = self.row(&self.sales.list[index], chrono::TimeDelta::zero());
        self.void(index);
        self.touched(index, before, now, None);
        Ok(())
    }

    /// Lays a patch over a sale without moving `Updated`.
    pub(super) fn lay_over(
        &mut self,
        index: usize,
        patch: &Value,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, Misuse> {
        SALE.check(patch)?;
        let mut patch = patch.as_object().cloned().unwrap_or_default();
        self.keeps_its_names(index, &mut patch)?;
        let lines = taken_lines(&mut patch)?;
        let tasks = taken_tasks(&mut patch)?;
        let updated = modified_given(&mut patch)?;
        self.known_location(&patch)?;
        let lines = lines.map(|lines| self.filled_lines(&lines)).transpose()?;
        if patch.contains_key("Customer") && !patch.contains_key("CustomerID") {
            let number = self.sales.list[index].number.clone();
            let customer = self.identity(&number, &patch, now);
            for name in ["CustomerID", "Contact"] {
                patch
                    .entry(name)
                    .or_insert(customer.get(name).cloned().unwrap_or_default());
            }
        }
        let sale = &mut self.sales.list[index];
        for address in ["BillingAddress", "ShippingAddress"] {
            forget_display_lines(&mut sale.header, address, patch.get(address));
        }
        merge(&mut sale.header, &patch);
        if let Some(lines) = lines {
            sale.lines = lines;
        }
        if let Some(tasks) = tasks {
            sale.tasks = Some(tasks);
        }
        if sale.order_status() == "VOIDED" {
            self.void(index);
        } else {
            self.allocate(index);
        }
        Ok(updated)
    }

    /// Puts the words of a void on a sale and frees its stock; what has left comes back
    /// (assumed: the books are put as if nothing had been sold).
    pub(super) fn void(&mut self, index: usize) {
        let sale = &mut self.sales.list[index];
        sale.set_order("Status", json!("VOIDED"));
        for word in STATUS_WORDS {
            sale.header.remove(word);
        }
        for task in sale.tasks.iter_mut().flatten() {
            task["FulFilmentStatus"] = json!("VOIDED");
            for stage in ["Pick", "Pack", "Ship"] {
                if let Some(Value::Object(stage)) = task.get_mut(stage) {
                    stage.insert("Status".into(), json!("VOIDED"));
                }
            }
        }
        let promises = std::mem::take(&mut sale.promises);
        self.release(&promises);
        self.give_back(index, None);
    }

    pub(super) fn refuse_voided(&self, index: usize, verb: &str) -> Result<(), Misuse> {
        let sale = &self.sales.list[index];
        if sale.order_status() == "VOIDED" {
            let number = &sale.number;
            return Err(Misuse::bad(format!(
                "{number} is voided, which is final: {verb} another sale, or POST cin7/sales"
            )));
        }
        Ok(())
    }

    fn known_location(&self, given: &Map<String, Value>) -> Result<(), Misuse> {
        match given.get("Location") {
            Some(Value::String(name)) if !name.is_empty() => self.expect_location(name).map(|_| ()),
            _ => Ok(()),
        }
    }

    fn number_for(&mut self, given: &mut Map<String, Value>) -> Result<String, Misuse> {
        let order = given.get_mut("Order").and_then(Value::as_object_mut);
        match order.and_then(|order| order.remove("SaleOrderNumber")) {
            None => Ok(self.sales.next_number()),
            Some(Value::String(number)) if !number.is_empty() => match self.sales.index(&number) {
                None => Ok(number),
                Some(_) => Err(Misuse::bad(format!(
                    "{number} exists; PATCH cin7/sales/{number} edits it, or leave \
                     Order.SaleOrderNumber out for the next free one"
                ))),
            },
            Some(other) => Err(Misuse::bad(format!(
                "Order.SaleOrderNumber {other} is not a number such as SO-00001"
            ))),
        }
    }

    fn keeps_its_names(&self, index: usize, patch: &mut Map<String, Value>) -> Result<(), Misuse> {
        let sale = &self.sales.list[index];
        let order = patch.get_mut("Order").and_then(Value::as_object_mut);
        let number = order.and_then(|order| order.remove("SaleOrderNumber"));
        if number.is_some_and(|number| text(&number) != sale.number) {
            return Err(Misuse::bad(format!(
                "{} keeps its number; leave Order.SaleOrderNumber out",
                sale.number
            )));
        }
        if patch
            .remove("ID")
            .is_some_and(|id| !text(&id).eq_ignore_ascii_case(&sale.id))
        {
            return Err(Misuse::bad(format!(
                "{} keeps its ID; leave ID out",
                sale.number
            )));
        }
        Ok(())
    }
}

/// Takes `Fulfilments` out of what was given.
fn taken_tasks(given: &mut Map<String, Value>) -> Result<Option<Vec<Value>>, Misuse> {
    match given.remove("Fulfilments") {
        None => Ok(None),
        Some(Value::Array(tasks)) if tasks.iter().all(Value::is_object) => Ok(Some(tasks)),
        Some(other) => Err(Misuse::bad(format!(
            "Fulfilments is a list of tasks, not {other}"
        ))),
    }
}

/// Display lines follow the address again once the address is edited without them.
fn forget_display_lines(header: &mut Map<String, Value>, name: &str, patch: Option<&Value>) {
    let Some(Value::Object(patch)) = patch else {
        return;
    };
    if let Some(Value::Object(address)) = header.get_mut(name)
        && !patch.keys().any(|key| key.starts_with("Display"))
    {
        address.retain(|key, _| !key.starts_with("Display"));
    }
}
