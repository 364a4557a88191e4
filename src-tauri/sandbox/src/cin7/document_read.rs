//! The bodies of adjustments and write-offs: what each field must be. Field names, types and
//! which are required are documented, wordings of refusals assumed.

use rust_decimal::Decimal;
use serde_json::Value;

use super::Account;
use super::documents::{Document, DocumentLine, Kind, State};
use super::plain::{decimal, midnight, parse_time, text, truth_of, word};
use super::reply::Reply;
use super::write::refused;

/// What Cin7 takes of a line's comments. Documented.
const COMMENTS_MAX: usize = 256;
const BATCH_MAX: usize = 50;
/// Where an adjustment without an account is booked (observed: posts without one work).
const USUAL_ACCOUNT: &str = "403";

/// A body, understood.
pub(super) struct Told {
    pub(super) document: Document,
    /// Whether it is to be completed.
    pub(super) completes: bool,
}

impl Account {
    /// Reads a body; what is wrong is told in one refusal.
    pub(super) fn read_document(&self, kind: Kind, body: &Value) -> Result<Told, Reply> {
        let mut problems = Vec::new();
        let completes = match word(&body["Status"]).as_str() {
            "DRAFT" => false,
            "COMPLETED" => true,
            "" => {
                problems.push("'Status' is required.".to_owned());
                false
            }
            other => {
                problems.push(format!("The value '{other}' is not valid for Status."));
                false
            }
        };
        // Documented: a write-off needs its date only once it is completed.
        let needed = kind == Kind::Adjustment || completes;
        let effective = self.effective_date(text(&body["EffectiveDate"]), needed, &mut problems);
        let account = Some(text(&body["Account"]).trim().to_owned());
        let account = match (account.filter(|code| !code.is_empty()), kind) {
            (Some(code), _) => Some(code),
            (None, Kind::Adjustment) => Some(USUAL_ACCOUNT.to_owned()),
            (None, Kind::WriteOff) => {
                problems.push("'Account' is required.".to_owned());
                None
            }
        };
        let lines = self.document_lines(kind, body, &mut problems);
        if !problems.is_empty() {
            return Err(refused(&problems));
        }
        let reference = match kind {
            Kind::Adjustment => text(&body["Reference"]),
            Kind::WriteOff => text(&body["Notes"]),
        };
        let document = Document {
            kind,
            task: String::new(),
            number: String::new(),
            state: State::Draft,
            effective,
            account,
            reference: reference.to_owned(),
            on_hand: truth_of(&body["UpdateOnHand"]),
            made: String::new(),
            lines,
        };
        Ok(Told {
            document,
            completes,
        })
    }

    /// Documented: nothing is dated in a period that is closed. Up to and including the lock
    /// date is assumed.
    fn effective_date(
        &self,
        given: &str,
        needed: bool,
        problems: &mut Vec<String>,
    ) -> Option<String> {
        if given.trim().is_empty() {
            if needed {
                problems.push("'EffectiveDate' is required.".to_owned());
            }
            return None;
        }
        let Some(day) = parse_time(given).map(|at| midnight(at.date_naive())) else {
            problems.push(format!(
                "The value '{given}' is not valid for EffectiveDate."
            ));
            return None;
        };
        if self.lock.as_ref().is_some_and(|lock| day <= *lock) {
            problems.push("Effective date is before the period lock date.".to_owned());
        }
        Some(day)
    }

    fn document_lines(
        &self,
        kind: Kind,
        body: &Value,
        problems: &mut Vec<String>,
    ) -> Vec<DocumentLine> {
        let sent = body["Lines"].as_array().map(Vec::as_slice);
        if sent.is_none_or(<[Value]>::is_empty) {
            problems.push("'Lines' is required.".to_owned());
        }
        let mut lines: Vec<DocumentLine> = Vec::new();
        for (place, line) in sent.unwrap_or_default().iter().enumerate() {
            match self.document_line(kind, body, line, place) {
                // Two levels of one thing cannot both be meant (assumed).
                Ok(line) if kind == Kind::Adjustment && lines.iter().any(|one| one.same(&line)) => {
                    let sku = self.sku(line.product);
                    problems.push(format!("Product '{sku}' is listed more than once."));
                }
                Ok(line) => lines.push(line),
                Err(problem) => problems.push(problem),
            }
        }
        lines
    }

    fn document_line(
        &self,
        kind: Kind,
        body: &Value,
        line: &Value,
        place: usize,
    ) -> Result<DocumentLine, String> {
        let needed = |name: &str| format!("'Lines[{place}].{name}' is required.");
        let invalid = |name: &str| format!("The value '{}' is not valid for {name}.", line[name]);
        // Documented: the field has another name in write-offs.
        let (code, at) = match kind {
            Kind::Adjustment => ("SKU", line),
            Kind::WriteOff => ("ProductCode", body),
        };
        let product =
            self.document_product(text(&line["ProductID"]), text(&line[code]), || needed(code))?;
        let location = match (text(&at["LocationID"]).trim(), text(&at["Location"]).trim()) {
            ("", "") if kind == Kind::WriteOff => return Err("'Location' is required.".to_owned()),
            ("", "") => return Err(needed("Location")),
            ("", name) | (name, _) => self
                .location(name)
                .ok_or_else(|| format!("Location '{name}' was not found."))?,
        };
        let least = match kind {
            Kind::Adjustment => Decimal::ZERO,
            Kind::WriteOff => Decimal::new(1, 4),
        };
        if line["Quantity"].is_null() {
            return Err(needed("Quantity"));
        }
        let quantity = decimal(&line["Quantity"])
            .filter(|amount| *amount >= least && amount.normalize().scale() <= 4)
            .ok_or_else(|| invalid("Quantity"))?;
        let cost = match (kind, &line["UnitCost"]) {
            (Kind::Adjustment, Value::Null) => return Err(needed("UnitCost")),
            (Kind::Adjustment, given) => decimal(given)
                .filter(|cost| *cost >= Decimal::ZERO)
                .ok_or_else(|| invalid("UnitCost"))?,
            (Kind::WriteOff, _) => self.average_cost(product),
        };
        let comments = text(&line["Comments"]);
        if comments.chars().count() > COMMENTS_MAX {
            return Err(format!(
                "'Comments' is longer than {COMMENTS_MAX} characters."
            ));
        }
        let mut days = [None, None];
        for (day, name) in days.iter_mut().zip(["ExpiryDate", "ReceivedDate"]) {
            let given = text(&line[name]);
            *day = parse_time(given).map(|at| midnight(at.date_naive()));
            if day.is_none() && !given.trim().is_empty() {
                return Err(invalid(name));
            }
        }
        let [expiry, received] = days;
        let batch = self.document_batch(product, text(&line["BatchSN"]), || needed("BatchSN"))?;
        Ok(DocumentLine {
            product,
            location,
            expiry: expiry.filter(|_| batch.is_some()),
            batch,
            received,
            quantity,
            cost,
            comments: comments.to_owned(),
            done: None,
        })
    }

    fn document_product(
        &self,
        id: &str,
        code: &str,
        missing: impl Fn() -> String,
    ) -> Result<usize, String> {
        let found = match (id, code) {
            ("", "") => return Err(missing()),
            ("", sku) => self.catalogue.index(sku).ok_or(sku),
            (id, _) => self.catalogue.index_of_id(id).ok_or(id),
        };
        let product = found.map_err(|name| format!("Product '{name}' was not found."))?;
        let one = &self.catalogue.list[product];
        if !one.is_stock() || one.is_kit() {
            // Neither has stock of its own (assumed).
            return Err(format!("Product '{}' is not a stock product.", one.sku));
        }
        Ok(product)
    }

    /// Documented: whatever is not costed FIFO needs its batch.
    fn document_batch(
        &self,
        product: usize,
        given: &str,
        missing: impl Fn() -> String,
    ) -> Result<Option<String>, String> {
        if given.chars().count() > BATCH_MAX {
            return Err(format!("'BatchSN' is longer than {BATCH_MAX} characters."));
        }
        match (self.in_batches(product), given) {
            (false, _) => Ok(None),
            (true, "") => Err(missing()),
            (true, batch) => Ok(Some(batch.to_owned())),
        }
    }

    /// What a unit of a product costs on average.
    pub(super) fn average_cost(&self, product: usize) -> Decimal {
        decimal(&self.catalogue.list[product].field("AverageCost")).unwrap_or_default()
    }
}

impl DocumentLine {
    /// Whether both are about the same goods in the same place.
    fn same(&self, other: &Self) -> bool {
        self.product == other.product
            && self.location == other.location
            && self.batch == other.batch
    }
}
