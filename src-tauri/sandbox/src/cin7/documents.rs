//! Documents that change stock: `stockadjustment`, which sets levels, and
//! `inventoryWriteOff`, which takes units away; as they are kept, found and listed. Writing
//! them is the business of `document_write`, what they look like that of `document_shape`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Account;
use super::account::place_of;
use super::plain::{kept_decimal, object};
use super::reply::{Call, Reply};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    Adjustment,
    WriteOff,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    Draft,
    Completed,
    Voided,
}

impl State {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::Completed => "COMPLETED",
            Self::Voided => "VOIDED",
        }
    }
}

/// What a line found and did when its document was completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Done {
    #[serde(with = "kept_decimal")]
    pub(super) on_hand: Decimal,
    #[serde(with = "kept_decimal")]
    pub(super) available: Decimal,
    /// Whether there was a row of it at the location.
    pub(super) existed: bool,
    #[serde(with = "kept_decimal")]
    pub(super) change: Decimal,
    /// What was booked for it.
    #[serde(with = "kept_decimal")]
    pub(super) amount: Decimal,
}

/// One line, understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct DocumentLine {
    pub(super) product: usize,
    pub(super) location: usize,
    pub(super) batch: Option<String>,
    #[serde(default)]
    pub(super) expiry: Option<String>,
    #[serde(default)]
    pub(super) received: Option<String>,
    /// The level to set, or the units to take away.
    #[serde(with = "kept_decimal")]
    pub(super) quantity: Decimal,
    /// What a unit that comes is worth; for a write-off the average cost.
    #[serde(with = "kept_decimal")]
    pub(super) cost: Decimal,
    pub(super) comments: String,
    #[serde(default)]
    pub(super) done: Option<Done>,
}

/// One document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Document {
    pub(super) kind: Kind,
    pub(super) task: String,
    /// `ST-…` or `WO-…`.
    pub(super) number: String,
    pub(super) state: State,
    pub(super) effective: Option<String>,
    pub(super) account: Option<String>,
    /// `Reference` of an adjustment, `Notes` of a write-off.
    pub(super) reference: String,
    /// Whether the numbers are what is on hand; what is available else (documented).
    pub(super) on_hand: bool,
    /// When it was made, as lists print it.
    #[serde(default)]
    pub(super) made: String,
    pub(super) lines: Vec<DocumentLine>,
}

impl Kind {
    /// The key of its list.
    fn list_key(self) -> &'static str {
        match self {
            Self::Adjustment => "StockAdjustmentList",
            Self::WriteOff => "InventoryWriteOffs",
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Adjustment => "ST",
            Self::WriteOff => "WO",
        }
    }
}

/// No such document (wording assumed).
pub(super) fn no_document() -> Reply {
    Reply::refusal("Task was not found.")
}

impl Account {
    /// Gives a new document its number and id, and keeps it.
    pub(super) fn file(&mut self, mut document: Document) -> usize {
        let kind = document.kind;
        let index = self.documents.len();
        let last = self.documents.iter().rev().find(|one| one.kind == kind);
        let last = last.and_then(|one| one.number.rsplit('-').next()?.parse().ok());
        let number: u64 = last.unwrap_or(0) + 1;
        document.number = format!("{}-{number:05}", kind.prefix());
        document.task = self.guid("document", &document.number);
        self.documents.push(document);
        index
    }

    /// The place of the document of that id.
    pub(super) fn document_index(&self, kind: Kind, task: &str) -> Option<usize> {
        self.documents
            .iter()
            .position(|one| one.kind == kind && one.task.eq_ignore_ascii_case(task))
    }

    /// `GET` of either kind by `TaskID` (of a write-off assumed).
    pub(super) fn get_document(&self, kind: Kind, call: &Call) -> Result<Reply, Reply> {
        let task = call.param("TaskID").unwrap_or_default();
        let index = self.document_index(kind, task).ok_or_else(no_document)?;
        Ok(Reply::one(self.shown_document(&self.documents[index], &[])))
    }

    /// `GET stockadjustmentList`, by `Status` only (documented: neither by date nor by
    /// reference), and `inventoryWriteOffList`, whose `Search` looks into `Notes`.
    pub(super) fn list_documents(&self, kind: Kind, call: &Call) -> Result<Reply, Reply> {
        let page = call.page()?;
        let status = call.param("Status").map(str::trim);
        let sought = call.param("Search").filter(|_| kind == Kind::WriteOff);
        let sought = sought.map(str::to_lowercase);
        let mut found: Vec<&Document> = self
            .documents
            .iter()
            .filter(|one| one.kind == kind)
            .filter(|one| status.is_none_or(|word| one.state.word().eq_ignore_ascii_case(word)))
            .filter(|one| {
                let texts = [&one.reference, &one.number];
                sought
                    .as_ref()
                    .is_none_or(|part| texts.iter().any(|text| text.to_lowercase().contains(part)))
            })
            .collect();
        found.sort_by_key(|one| place_of(&one.task));
        let rows = page.of(&found).iter().map(|one| self.listed(one));
        let rows = rows.collect();
        Ok(Reply::list(kind.list_key(), found.len(), page, rows))
    }

    fn listed(&self, document: &Document) -> Value {
        let status = json!(document.state.word());
        Value::Object(match document.kind {
            Kind::Adjustment => object([
                ("TaskID", json!(document.task)),
                ("EffectiveDate", json!(document.effective)),
                ("StocktakeNumber", json!(document.number)),
                ("Status", status),
                ("Account", json!(document.account)),
                ("Reference", json!(document.reference)),
            ]),
            Kind::WriteOff => {
                let first = document.lines.first();
                let location = first.map(|line| &self.locations[line.location]);
                object([
                    ("TaskID", json!(document.task)),
                    ("InventoryWriteOffNumber", json!(document.number)),
                    ("Status", status),
                    ("LocationID", json!(location.map(|one| &one.id))),
                    ("Location", json!(location.map(|one| &one.name))),
                    ("Date", json!(document.made)),
                    ("Notes", json!(document.reference)),
                ])
            }
        })
    }

    /// Every document, for the truth: what each line changed, and what it left.
    pub(super) fn documents_truth(&self) -> Vec<Value> {
        let plain = |amount: Decimal| amount.normalize().to_string();
        let line = |line: &DocumentLine| {
            let level = || self.level(line).on_hand;
            let (change, after) = match line.done {
                Some(done) => (done.change, done.on_hand + done.change),
                None => (Decimal::ZERO, level()),
            };
            json!({
                "sku": self.sku(line.product),
                "location": self.locations[line.location].name,
                "change": plain(change),
                "after": plain(after),
            })
        };
        let document = |one: &Document| {
            json!({
                "kind": match one.kind {
                    Kind::Adjustment => "adjustment",
                    Kind::WriteOff => "write_off",
                },
                "number": one.number,
                "task_id": one.task,
                "status": one.state.word(),
                "reference": one.reference,
                "lines": one.lines.iter().map(line).collect::<Vec<_>>(),
            })
        };
        self.documents.iter().map(document).collect()
    }
}
