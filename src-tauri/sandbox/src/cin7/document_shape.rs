//! Adjustments and write-offs as they are answered, field by field as in the vendor's
//! samples. The two differ in more than they share: where a line's goods are named, how an
//! account is, and what a draft says of costs.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::documents::{Document, DocumentLine, Kind, State};
use super::plain::{money, object, quantity, total};

/// The account that stock stands in.
const INVENTORY: &str = "715";

impl Account {
    /// A document as it is answered, with what stood against it.
    pub(super) fn shown_document(&self, document: &Document, errors: &[String]) -> Value {
        match document.kind {
            Kind::Adjustment => self.shown_adjustment(document),
            Kind::WriteOff => self.shown_write_off(document, errors),
        }
    }

    fn shown_adjustment(&self, document: &Document) -> Value {
        let (mut existing, mut new) = (Vec::new(), Vec::new());
        // A voided one shows no lines.
        let lines = document.lines.iter();
        for line in lines.filter(|_| document.state != State::Voided) {
            let level = self.level(line);
            let (on_hand, available, exists) = match line.done {
                Some(done) => (done.on_hand, done.available, done.existed),
                None => (level.on_hand, level.available, level.exists),
            };
            let product = &self.catalogue.list[line.product];
            let mut shown = object([
                ("ProductID", json!(product.id)),
                ("SKU", json!(product.sku)),
                ("ProductName", product.field("Name")),
            ]);
            if exists {
                shown.insert("QuantityOnHand".into(), quantity(on_hand));
                shown.insert("Available".into(), quantity(available));
                shown.insert("Adjustment".into(), quantity(line.quantity));
            } else {
                shown.insert("Quantity".into(), quantity(line.quantity));
                shown.insert("UnitCost".into(), money(line.cost));
            }
            let location = &self.locations[line.location];
            shown.insert("LocationID".into(), json!(location.id));
            shown.insert("Location".into(), json!(location.name));
            shown.insert("BatchSN".into(), json!(line.batch));
            shown.insert("ExpiryDate".into(), json!(line.expiry));
            if !exists {
                shown.insert("ReceivedDate".into(), json!(line.received));
            }
            shown.insert("Comments".into(), json!(line.comments));
            let lines = if exists { &mut existing } else { &mut new };
            lines.push(Value::Object(shown));
        }
        Value::Object(object([
            ("TaskID", json!(document.task)),
            ("EffectiveDate", json!(document.effective)),
            ("StocktakeNumber", json!(document.number)),
            ("Status", json!(document.state.word())),
            ("Account", json!(document.account)),
            ("Reference", json!(document.reference)),
            ("ExistingStockLines", Value::Array(existing)),
            ("NewStockLines", Value::Array(new)),
            ("Transactions", self.journals(document)),
        ]))
    }

    fn shown_write_off(&self, document: &Document, errors: &[String]) -> Value {
        let first = document.lines.first();
        let location = first.map(|line| &self.locations[line.location]);
        let voided = document.state == State::Voided;
        let lines = document.lines.iter().filter(|_| !voided);
        let lines: Vec<Value> = lines.map(|line| self.removed_line(line)).collect();
        let errors: Vec<Value> = errors
            .iter()
            .map(|text| json!({ "ErrorCode": 400, "Exception": text }))
            .collect();
        Value::Object(object([
            ("TaskID", json!(document.task)),
            ("InventoryWriteOffNumber", json!(document.number)),
            ("Status", json!(document.state.word())),
            ("LocationID", json!(location.map(|one| &one.id))),
            ("Location", json!(location.map(|one| &one.name))),
            ("Account", json!(document.account)),
            ("EffectiveDate", json!(document.effective)),
            ("Notes", json!(document.reference)),
            ("Lines", Value::Array(lines)),
            ("Transactions", self.journals(document)),
            ("Errors", Value::Array(errors)),
        ]))
    }

    /// A draft does not know yet what its units cost.
    fn removed_line(&self, line: &DocumentLine) -> Value {
        let product = &self.catalogue.list[line.product];
        let (each, all) = match line.done {
            Some(done) => (money(line.cost), done.amount),
            None => (json!(0), Decimal::ZERO),
        };
        Value::Object(object([
            ("ProductID", json!(product.id)),
            ("ProductCode", json!(product.sku)),
            ("Name", product.field("Name")),
            ("BinID", Value::Null),
            ("Bin", Value::Null),
            ("BatchSN", json!(line.batch)),
            ("ExpiryDate", json!(line.expiry)),
            ("ExpenseAccount", Value::Null),
            ("Quantity", quantity(line.quantity)),
            ("Cost", each),
            ("TotalCost", total(all)),
        ]))
    }

    /// The journals of what moved.
    fn journals(&self, document: &Document) -> Value {
        if document.state != State::Completed {
            return json!([]);
        }
        let expense = document.account.as_deref().unwrap_or_default();
        let journals = document
            .lines
            .iter()
            .enumerate()
            .filter_map(|(place, line)| {
                let done = line.done.filter(|done| !done.change.is_zero())?;
                let id = self.guid("journal", &format!("{}/{place}", document.number));
                let day = ("EffectiveDate", json!(document.effective));
                let amount = ("Amount", money(done.amount));
                Some(Value::Object(match document.kind {
                    Kind::Adjustment => {
                        let stock = format!("{INVENTORY}: Inventory");
                        let expense = format!("{expense}: Stock adjustments");
                        let (debit, credit) = if done.change < Decimal::ZERO {
                            (expense, stock)
                        } else {
                            (stock, expense)
                        };
                        let sides = [("Debit", json!(debit)), ("Credit", json!(credit))];
                        let [debit, credit] = sides;
                        object([("ID", json!(id)), debit, credit, amount, day])
                    }
                    Kind::WriteOff => object([
                        ("ID", json!(id)),
                        day,
                        ("Debit", json!(expense)),
                        ("Credit", json!(INVENTORY)),
                        amount,
                    ]),
                }))
            });
        Value::Array(journals.collect())
    }
}
