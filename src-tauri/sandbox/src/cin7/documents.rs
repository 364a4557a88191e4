//! Documents that change stock: `stockadjustment`, which sets levels, and
//! `inventoryWriteOff`, which takes units away. A draft moves nothing; completing one moves
//! stock at once, whatever its date says (documented).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Account;
use super::faults::Play;
use super::plain::{
    decimal, kept_decimal, money, object, parse_time, quantity, text, truth_of, word,
};
use super::reply::{Call, Reply};
use super::stock::StockRow;
use super::write::refused;

/// What Cin7 takes of a line's comments. Documented.
const COMMENTS_MAX: usize = 256;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    Adjustment,
    WriteOff,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    Draft,
    Completed,
    Voided,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Completed => "COMPLETED",
            Self::Voided => "VOIDED",
        }
    }
}

/// One line, understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct DocumentLine {
    product: usize,
    location: usize,
    batch: Option<String>,
    /// The level to set, or the units to take away.
    #[serde(with = "kept_decimal")]
    quantity: Decimal,
    #[serde(with = "kept_decimal")]
    cost: Decimal,
    comments: String,
    /// On hand before it was completed; once it is completed.
    before: Option<String>,
    /// What it changed, once it is completed.
    change: Option<String>,
}

/// One document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Document {
    kind: Kind,
    task: String,
    number: String,
    state: State,
    effective: String,
    account: Option<String>,
    /// `Reference` of an adjustment, `Notes` of a write-off.
    reference: String,
    /// Whether the numbers are what is on hand; what is available else (documented).
    on_hand: bool,
    lines: Vec<DocumentLine>,
}

impl Document {
    /// Its id.
    #[cfg(test)]
    pub(super) fn task(&self) -> &str {
        &self.task
    }
}

impl Account {
    /// `POST` and `PUT` of either kind.
    pub(super) fn write_document(
        &mut self,
        kind: Kind,
        call: &Call,
        play: &mut Play,
    ) -> Result<Reply, Reply> {
        let body: Value = serde_json::from_slice(&call.ask.body).map_err(|_| Reply::broken())?;
        if !body.is_object() {
            return Err(Reply::broken());
        }
        let task = text(&body["TaskID"]).to_owned();
        let known = self.document_index(kind, &task);
        if call.ask.method == "PUT" && known.is_none() {
            return Err(Reply::refusal("Task was not found."));
        }
        if known.is_some_and(|index| self.documents[index].state != State::Draft) {
            return Err(Reply::refusal("Only a DRAFT can be changed."));
        }
        let reference = match kind {
            Kind::Adjustment => text(&body["Reference"]),
            Kind::WriteOff => text(&body["Notes"]),
        };
        let names = [task.clone(), reference.to_owned()];
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if play.fires("nothing_to_do", &names).is_some() {
            return Err(Reply::refusal(NOTHING));
        }
        let mut document = self.read_document(kind, &body)?;
        let completes = match word(&body["Status"]).as_str() {
            "DRAFT" => false,
            "COMPLETED" => true,
            other => {
                let problem = format!("The value '{other}' is not valid for Status.");
                return Err(Reply::refusal(&problem));
            }
        };
        let index = match known {
            Some(index) => {
                let old = &self.documents[index];
                document.task.clone_from(&old.task);
                document.number.clone_from(&old.number);
                self.documents[index] = document;
                index
            }
            None => self.file(document),
        };
        if let Some(change) = play.fires("level_moved", &names) {
            self.move_first(index, decimal(&change).unwrap_or(-Decimal::ONE));
        }
        let mut errors = Vec::new();
        if completes && play.fires("accept_and_drop", &names).is_some() {
            self.documents[index].state = State::Completed;
        } else if completes {
            errors = if kind == Kind::WriteOff && play.fires("errors_in_200", &names).is_some() {
                vec!["The write-off could not be completed.".to_owned()]
            } else {
                self.complete(index)
            };
            if kind == Kind::Adjustment && !errors.is_empty() {
                return Err(refused(&errors));
            }
        }
        match kind {
            Kind::Adjustment => self.writes.adjustment += 1,
            Kind::WriteOff => self.writes.write_off += 1,
        }
        Ok(Reply::one(self.shown_document(index, &errors)))
    }

    fn file(&mut self, mut document: Document) -> usize {
        let index = self.documents.len();
        let of_kind = self
            .documents
            .iter()
            .filter(|one| one.kind == document.kind);
        let count = of_kind.count() + 1;
        document.number = match document.kind {
            Kind::Adjustment => format!("ST-{count:05}"),
            Kind::WriteOff => format!("WO-{count:05}"),
        };
        document.task = self.guid("document", &document.number);
        self.documents.push(document);
        index
    }

    /// Reads a body; what is wrong is told in one refusal (wordings assumed but for the lock's,
    /// which is observed to be a readable text).
    fn read_document(&self, kind: Kind, body: &Value) -> Result<Document, Reply> {
        let mut problems = Vec::new();
        let effective = text(&body["EffectiveDate"]);
        let day = parse_time(effective).map(|at| super::plain::midnight(at.date_naive()));
        match (&day, &self.lock) {
            (None, _) => problems.push("'EffectiveDate' is required.".to_owned()),
            (Some(day), Some(lock)) if day <= lock => problems.push(format!(
                "EffectiveDate cannot be earlier than or equal to the lock date {}.",
                &lock[..10]
            )),
            (Some(_), _) => {}
        }
        let account = Some(text(&body["Account"]).to_owned()).filter(|code| !code.is_empty());
        if kind == Kind::WriteOff && account.is_none() {
            problems.push("'Account' is required.".to_owned());
        }
        let mut lines = Vec::new();
        let sent = body["Lines"].as_array().map(Vec::as_slice);
        for (place, line) in sent.unwrap_or_default().iter().enumerate() {
            match self.document_line(kind, body, line, place) {
                Ok(line) => lines.push(line),
                Err(problem) => problems.push(problem),
            }
        }
        if sent.is_none_or(<[Value]>::is_empty) {
            problems.push("'Lines' is required.".to_owned());
        }
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
        Ok(Document {
            kind,
            task: String::new(),
            number: String::new(),
            state: State::Draft,
            effective: day.unwrap_or_default(),
            account,
            reference: match kind {
                Kind::Adjustment => text(&body["Reference"]).to_owned(),
                Kind::WriteOff => text(&body["Notes"]).to_owned(),
            },
            on_hand: truth_of(&body["UpdateOnHand"]),
            lines,
        })
    }

    fn document_line(
        &self,
        kind: Kind,
        body: &Value,
        line: &Value,
        place: usize,
    ) -> Result<DocumentLine, String> {
        let needed = |name: &str| format!("'Lines[{place}].{name}' is required.");
        let code = match kind {
            Kind::Adjustment => "SKU",
            Kind::WriteOff => "ProductCode",
        };
        let product = match (text(&line["ProductID"]), text(&line[code])) {
            ("", "") => return Err(needed(code)),
            ("", sku) => self.catalogue.index(sku).ok_or(sku),
            (id, _) => self.catalogue.index_of_id(id).ok_or(id),
        };
        let product = product.map_err(|name| format!("Product '{name}' was not found."))?;
        let stands = match kind {
            Kind::Adjustment => line,
            Kind::WriteOff => body,
        };
        let location = match (text(&stands["LocationID"]), text(&stands["Location"])) {
            ("", "") => return Err(needed("Location")),
            ("", name) | (name, _) => self
                .location(name)
                .ok_or_else(|| format!("Location '{name}' was not found."))?,
        };
        let least = match kind {
            Kind::Adjustment => Decimal::ZERO,
            Kind::WriteOff => Decimal::new(1, 4),
        };
        let given = &line["Quantity"];
        let quantity = decimal(given)
            .filter(|amount| *amount >= least && amount.normalize().scale() <= 4)
            .ok_or_else(|| format!("The value '{given}' is not valid for Quantity."))?;
        let cost = match (kind, &line["UnitCost"]) {
            (Kind::Adjustment, Value::Null) => return Err(needed("UnitCost")),
            (Kind::Adjustment, given) => decimal(given)
                .ok_or_else(|| format!("The value '{given}' is not valid for UnitCost."))?,
            (Kind::WriteOff, _) => {
                let average = self.catalogue.list[product].field("AverageCost");
                decimal(&average).unwrap_or_default()
            }
        };
        let comments = text(&line["Comments"]);
        if comments.chars().count() > COMMENTS_MAX {
            return Err(format!(
                "'Comments' is longer than {COMMENTS_MAX} characters."
            ));
        }
        let batch = Some(text(&line["BatchSN"]).to_owned()).filter(|batch| !batch.is_empty());
        if self.in_batches(product) && batch.is_none() {
            return Err(needed("BatchSN"));
        }
        Ok(DocumentLine {
            product,
            location,
            batch: batch.filter(|_| self.in_batches(product)),
            quantity,
            cost,
            comments: comments.to_owned(),
            before: None,
            change: None,
        })
    }

    /// Moves the stock. What stands against it is given back, and then nothing moved.
    fn complete(&mut self, index: usize) -> Vec<String> {
        let document = self.documents[index].clone();
        let mut changes = Vec::new();
        let mut problems = Vec::new();
        for line in &document.lines {
            let (on_hand, available) = self.level(line);
            let change = match (document.kind, document.on_hand) {
                (Kind::WriteOff, _) => -line.quantity,
                (Kind::Adjustment, true) => line.quantity - on_hand,
                (Kind::Adjustment, false) => line.quantity - available,
            };
            if on_hand + change < Decimal::ZERO {
                let sku = self.sku(line.product);
                problems.push(format!("Not enough stock for product '{sku}'."));
            }
            changes.push((on_hand, change));
        }
        if document.kind == Kind::Adjustment && changes.iter().all(|(_, change)| change.is_zero()) {
            problems.push(NOTHING.to_owned());
        }
        if !problems.is_empty() {
            return problems;
        }
        for (place, (on_hand, change)) in changes.into_iter().enumerate() {
            self.shift(&document.lines[place], change);
            let line = &mut self.documents[index].lines[place];
            line.before = Some(on_hand.to_string());
            line.change = Some(change.to_string());
        }
        self.documents[index].state = State::Completed;
        Vec::new()
    }

    /// On hand and available of a line's product at its location, batches as it names them.
    fn level(&self, line: &DocumentLine) -> (Decimal, Decimal) {
        let rows = self.catalogue.list[line.product].rows.iter();
        rows.filter(|row| {
            row.location == line.location && (line.batch.is_none() || row.batch == line.batch)
        })
        .fold((Decimal::ZERO, Decimal::ZERO), |sum, row| {
            (sum.0 + row.on_hand, sum.1 + row.on_hand - row.allocated)
        })
    }

    fn shift(&mut self, line: &DocumentLine, change: Decimal) {
        let rows = &mut self.catalogue.list[line.product].rows;
        let here = |row: &StockRow| {
            row.location == line.location && (line.batch.is_none() || row.batch == line.batch)
        };
        if !rows.iter().any(here) {
            rows.push(StockRow::at(line.location, line.batch.clone()));
        }
        let mut rest = change;
        for row in rows.iter_mut().filter(|row| here(row)) {
            let part = rest.max(-row.on_hand);
            row.on_hand += part;
            rest -= part;
        }
    }

    /// Somebody moves stock of the first line between two calls.
    fn move_first(&mut self, index: usize, change: Decimal) {
        if let Some(line) = self.documents[index].lines.first().cloned() {
            self.shift(&line, change);
        }
    }

    fn document_index(&self, kind: Kind, task: &str) -> Option<usize> {
        self.documents
            .iter()
            .position(|one| one.kind == kind && one.task.eq_ignore_ascii_case(task))
    }

    /// `GET` of either kind by `TaskID` (of a write-off assumed).
    pub(super) fn get_document(&self, kind: Kind, call: &Call) -> Result<Reply, Reply> {
        let task = call.param("TaskID").unwrap_or_default();
        self.document_index(kind, task)
            .map(|index| Reply::one(self.shown_document(index, &[])))
            .ok_or_else(|| Reply::refusal("Task was not found."))
    }

    /// `DELETE` of either kind: without `Void` a completed one stays as it is, and the answer
    /// is a yes all the same (observed of deletes).
    pub(super) fn delete_document(
        &mut self,
        kind: Kind,
        call: &Call,
        play: &mut Play,
    ) -> Result<Reply, Reply> {
        let task = call.param("ID").unwrap_or_default();
        let Some(index) = self.document_index(kind, task) else {
            return Err(Reply::refusal("Task was not found."));
        };
        if play.fires("void_refused", &[task]).is_some() {
            return Err(Reply::refusal("Stock has been used and cannot be voided."));
        }
        let document = self.documents[index].clone();
        let voids = call.yes("Void") || document.state == State::Draft;
        if voids && document.state != State::Voided {
            for line in &document.lines {
                let change: Decimal = line
                    .change
                    .as_deref()
                    .and_then(|change| change.parse().ok())
                    .unwrap_or_default();
                self.shift(line, -change);
            }
            self.documents[index].state = State::Voided;
        }
        Ok(Reply::one(self.shown_document(index, &[])))
    }

    /// `GET stockadjustmentList` and `GET inventoryWriteOffList`.
    pub(super) fn list_documents(&self, kind: Kind, call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        let rows: Vec<Value> = self
            .documents
            .iter()
            .filter(|one| one.kind == kind)
            .filter(|one| {
                let status = call.param("Status");
                status.is_none_or(|word| one.state.word().eq_ignore_ascii_case(word.trim()))
            })
            .filter(|one| {
                let sought = call.param("Search").filter(|_| kind == Kind::WriteOff);
                sought
                    .is_none_or(|part| one.reference.to_lowercase().contains(&part.to_lowercase()))
            })
            .map(listed)
            .collect();
        let key = match kind {
            Kind::Adjustment => "StockAdjustmentList",
            Kind::WriteOff => "InventoryWriteOffs",
        };
        let shown = page.of(&rows).to_vec();
        Ok(Reply::list(key, rows.len(), page, shown))
    }

    /// `GET stockTransferList`: nothing is ever on the road here.
    pub(super) fn list_transfers(call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        Ok(Reply::list("StockTransferList", 0, page, Vec::new()))
    }

    fn shown_document(&self, index: usize, errors: &[String]) -> Value {
        let document = &self.documents[index];
        match document.kind {
            Kind::Adjustment => self.shown_adjustment(document),
            Kind::WriteOff => self.shown_write_off(document, errors),
        }
    }

    fn shown_adjustment(&self, document: &Document) -> Value {
        let (mut existing, mut new) = (Vec::new(), Vec::new());
        for line in &document.lines {
            let product = &self.catalogue.list[line.product];
            let location = &self.locations[line.location];
            let (on_hand, available) = self.level(line);
            let before: Decimal = line
                .before
                .as_deref()
                .and_then(|text| text.parse().ok())
                .unwrap_or(on_hand);
            let common = [
                ("ProductID", json!(product.id)),
                ("SKU", json!(product.sku)),
                ("ProductName", product.field("Name")),
            ];
            let mut shown = object(common);
            let is_new = before.is_zero() && line.quantity > Decimal::ZERO;
            if is_new {
                shown.insert("Quantity".into(), quantity(line.quantity));
                shown.insert("UnitCost".into(), money(line.cost));
            } else {
                shown.insert("QuantityOnHand".into(), quantity(before));
                shown.insert("Available".into(), quantity(available));
                shown.insert("Adjustment".into(), quantity(line.quantity));
            }
            shown.insert("LocationID".into(), json!(location.id));
            shown.insert("Location".into(), json!(location.name));
            shown.insert("BatchSN".into(), json!(line.batch));
            shown.insert("ExpiryDate".into(), Value::Null);
            shown.insert("Comments".into(), json!(line.comments));
            if is_new { &mut new } else { &mut existing }.push(Value::Object(shown));
        }
        json!({
            "TaskID": document.task,
            "EffectiveDate": document.effective,
            "StocktakeNumber": document.number,
            "Status": document.state.word(),
            "Account": document.account,
            "Reference": document.reference,
            "ExistingStockLines": existing,
            "NewStockLines": new,
            "Transactions": transactions(document, "715: Inventory"),
        })
    }

    fn shown_write_off(&self, document: &Document, errors: &[String]) -> Value {
        let first = document
            .lines
            .first()
            .map(|line| &self.locations[line.location]);
        let lines: Vec<Value> = document
            .lines
            .iter()
            .map(|line| {
                let product = &self.catalogue.list[line.product];
                json!({
                    "ProductID": product.id,
                    "ProductCode": product.sku,
                    "Name": product.field("Name"),
                    "BinID": null,
                    "Bin": null,
                    "BatchSN": line.batch,
                    "ExpiryDate": null,
                    "ExpenseAccount": null,
                    "Quantity": quantity(line.quantity),
                    "Cost": money(line.cost),
                    "TotalCost": money(line.cost * line.quantity),
                })
            })
            .collect();
        let errors: Vec<Value> = errors
            .iter()
            .map(|text| json!({ "ErrorCode": 400, "Exception": text }))
            .collect();
        json!({
            "TaskID": document.task,
            "InventoryWriteOffNumber": document.number,
            "Status": document.state.word(),
            "LocationID": first.map(|location| &location.id),
            "Location": first.map(|location| &location.name),
            "Account": document.account,
            "EffectiveDate": document.effective,
            "Notes": document.reference,
            "Lines": lines,
            "Transactions": transactions(document, "715: Inventory"),
            "Errors": errors,
        })
    }

    /// Every document, for the truth.
    pub(super) fn documents_truth(&self) -> Vec<Value> {
        let plain = |amount: Decimal| amount.normalize().to_string();
        self.documents
            .iter()
            .map(|document| {
                let lines: Vec<Value> = document
                    .lines
                    .iter()
                    .map(|line| {
                        let parsed = |text: &Option<String>| -> Decimal {
                            text.as_deref()
                                .and_then(|text| text.parse().ok())
                                .unwrap_or_default()
                        };
                        let (before, change) = (parsed(&line.before), parsed(&line.change));
                        json!({
                            "sku": self.sku(line.product),
                            "change": plain(change),
                            "after": plain(before + change),
                        })
                    })
                    .collect();
                json!({
                    "kind": match document.kind {
                        Kind::Adjustment => "adjustment",
                        Kind::WriteOff => "write_off",
                    },
                    "number": document.number,
                    "task_id": document.task,
                    "status": document.state.word(),
                    "reference": document.reference,
                    "lines": lines,
                })
            })
            .collect()
    }
}

/// Observed to end so.
const NOTHING: &str = "Stock levels are the same, there is no need to create Stock Adjustment.";

fn listed(document: &Document) -> Value {
    match document.kind {
        Kind::Adjustment => json!({
            "TaskID": document.task,
            "EffectiveDate": document.effective,
            "StocktakeNumber": document.number,
            "Status": document.state.word(),
            "Account": document.account,
            "Reference": document.reference,
        }),
        Kind::WriteOff => json!({
            "TaskID": document.task,
            "InventoryWriteOffNumber": document.number,
            "Status": document.state.word(),
            "EffectiveDate": document.effective,
            "Notes": document.reference,
        }),
    }
}

/// The journals of what moved, at the cost of each line.
fn transactions(document: &Document, inventory: &str) -> Vec<Value> {
    if document.state != State::Completed {
        return Vec::new();
    }
    let expense = document.account.as_deref().unwrap_or("403");
    let expense = format!("{expense}: Stock adjustments");
    document
        .lines
        .iter()
        .filter_map(|line| {
            let change: Decimal = line.change.as_deref()?.parse().ok()?;
            let (debit, credit) = if change < Decimal::ZERO {
                (expense.as_str(), inventory)
            } else {
                (inventory, expense.as_str())
            };
            Some(json!({
                "Debit": debit,
                "Credit": credit,
                "Amount": money((change * line.cost).abs()),
                "EffectiveDate": document.effective,
            }))
        })
        .collect()
}
