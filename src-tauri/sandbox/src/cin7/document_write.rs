//! Writing, completing and voiding adjustments and write-offs. A draft moves nothing;
//! completing one moves stock at once, whatever its date says (documented). What stands
//! against a document is judged before anything of it is kept.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Account;
use super::document_read::Told;
use super::documents::{Document, DocumentLine, Done, Kind, State, no_document};
use super::faults::Play;
use super::levels::Level;
use super::plain::{decimal, text, utc_short};
use super::reply::{Call, Reply};
use super::write::refused;

/// Observed to end so.
const NOTHING: &str = "Stock quantities are the same, no need to create Stock Adjustment.";
/// Only that it is refused is expected (A24); the wording is assumed.
const USED: &str = "Stock has been used and cannot be voided.";

impl Account {
    /// `POST`, which always makes a new one, and `PUT`, which replaces a draft.
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
        let known = match call.ask.method.as_str() {
            "PUT" => Some(self.open_draft(kind, text(&body["TaskID"]))?),
            _ => None,
        };
        if kind == Kind::Adjustment && play.fires("nothing_to_do", &[]).is_some() {
            return Err(Reply::refusal(NOTHING));
        }
        let mut told = self.read_document(kind, &body)?;
        told.document.made = utc_short(call.now);
        if let Some(first) = told.document.lines.first().cloned()
            && let Some(value) = play.fires("level_moved", &[])
        {
            self.move_first(&first, &value);
        }
        let errors = self.judge_document(&told, play)?;
        let dropped = (told.completes && errors.is_empty())
            .then(|| play.fires("accept_and_drop", &[]))
            .flatten();
        if dropped == Some(json!("unsaved")) {
            return Ok(self.unsaved(told.document, known, call.now));
        }
        let index = self.keep(told.document, known);
        if told.completes && errors.is_empty() {
            self.complete(index, dropped.is_none());
        }
        match kind {
            Kind::Adjustment => self.writes.adjustment += 1,
            Kind::WriteOff => self.writes.write_off += 1,
        }
        Ok(Reply::one(
            self.shown_document(&self.documents[index], &errors),
        ))
    }

    /// The draft of that id, which alone can be changed (wordings assumed).
    fn open_draft(&self, kind: Kind, task: &str) -> Result<usize, Reply> {
        if task.trim().is_empty() {
            return Err(refused(&["'TaskID' is required.".to_owned()]));
        }
        let index = self.document_index(kind, task).ok_or_else(no_document)?;
        match self.documents[index].state {
            State::Draft => Ok(index),
            other => {
                let name = match kind {
                    Kind::Adjustment => "Stock Adjustment",
                    Kind::WriteOff => "Inventory Write-Off",
                };
                let text = format!(
                    "{name} Status is {}. Only a DRAFT can be changed.",
                    other.word()
                );
                Err(Reply::refusal(&text))
            }
        }
    }

    /// What stands against a document. An adjustment is refused for it; a write-off is kept
    /// as a draft and says so inside its answer (documented).
    fn judge_document(&self, told: &Told, play: &mut Play) -> Result<Vec<String>, Reply> {
        let document = &told.document;
        let changes: Vec<Decimal> = document
            .lines
            .iter()
            .map(|line| change(document, line, &self.level(line)))
            .collect();
        let adjusts = document.kind == Kind::Adjustment;
        if adjusts && changes.iter().all(Decimal::is_zero) {
            return Err(Reply::refusal(NOTHING));
        }
        if !told.completes {
            return Ok(Vec::new());
        }
        if !adjusts && let Some(value) = play.fires("errors_in_200", &[]) {
            let text = value
                .as_str()
                .unwrap_or("The write-off could not be completed.");
            return Ok(vec![text.to_owned()]);
        }
        let mut problems = Vec::new();
        for (place, line) in document.lines.iter().enumerate() {
            // Lines of one product draw on the same shelf.
            let before = document.lines.iter().zip(&changes).take(place + 1);
            let together: Decimal = before
                .filter(|(one, _)| one.product == line.product && one.location == line.location)
                .filter(|(one, _)| one.batch == line.batch)
                .map(|(_, change)| *change)
                .sum();
            if self.level(line).loose + together < Decimal::ZERO && changes[place] < Decimal::ZERO {
                let sku = self.sku(line.product);
                problems.push(format!("Not enough stock for product '{sku}'."));
            }
        }
        if adjusts && !problems.is_empty() {
            return Err(refused(&problems));
        }
        Ok(problems)
    }

    /// Keeps it, in the place of the draft that it replaces.
    fn keep(&mut self, mut document: Document, known: Option<usize>) -> usize {
        let Some(index) = known else {
            return self.file(document);
        };
        let old = &self.documents[index];
        document.task.clone_from(&old.task);
        document.number.clone_from(&old.number);
        document.made.clone_from(&old.made);
        self.documents[index] = document;
        index
    }

    /// A yes of which nothing is kept: shown as done, and the draft is what it was.
    fn unsaved(&mut self, document: Document, known: Option<usize>, now: DateTime<Utc>) -> Reply {
        let before = known.map(|index| self.documents[index].clone());
        let index = self.keep(document, known);
        self.documents[index].made = utc_short(now);
        self.complete(index, false);
        let shown = self.shown_document(&self.documents[index], &[]);
        match before {
            Some(before) => self.documents[index] = before,
            None => drop(self.documents.pop()),
        }
        Reply::one(shown)
    }

    /// Completes a document, and moves the stock if it `moves`.
    fn complete(&mut self, index: usize, moves: bool) {
        let document = self.documents[index].clone();
        for (place, line) in document.lines.iter().enumerate() {
            let level = self.level(line);
            let change = if moves {
                change(&document, line, &level)
            } else {
                Decimal::ZERO
            };
            self.shift(line, change);
            // Documented: units that come are worth what the line says.
            let each = if change > Decimal::ZERO {
                line.cost
            } else {
                self.average_cost(line.product)
            };
            self.documents[index].lines[place].done = Some(Done {
                on_hand: level.on_hand,
                available: level.available,
                existed: level.exists,
                change,
                amount: change.abs().checked_mul(each).unwrap_or_default(),
            });
        }
        self.documents[index].state = State::Completed;
    }

    /// Somebody moves stock between two calls: of the first line by so many units (-1), or
    /// `{"sku", "change"}`.
    fn move_first(&mut self, first: &DocumentLine, value: &Value) {
        let named = value["sku"].as_str().map(str::to_owned);
        let sku = named.unwrap_or_else(|| self.sku(first.product).to_owned());
        let by = decimal(value).or_else(|| decimal(&value["change"]));
        let location = self.locations[first.location].name.clone();
        let moved = self.change_stock(&sku, &location, by.unwrap_or(-Decimal::ONE));
        if let Err(misuse) = moved {
            tracing::warn!("level_moved: {}", misuse.message);
        }
    }

    /// `DELETE` of either kind. Documented with `Void`; without it a 200 was seen to mean
    /// nothing.
    pub(super) fn delete_document(
        &mut self,
        kind: Kind,
        call: &Call,
        play: &mut Play,
    ) -> Result<Reply, Reply> {
        let Some(task) = call.param("ID") else {
            return Err(refused(&["'ID' is required.".to_owned()]));
        };
        let index = self.document_index(kind, task).ok_or_else(no_document)?;
        let stands = self.documents[index].state != State::Voided;
        if call.yes("Void") && stands {
            let back: Vec<(DocumentLine, Decimal)> = self.documents[index]
                .lines
                .iter()
                .filter_map(|line| Some((line.clone(), -line.done?.change)))
                .collect();
            let used = back
                .iter()
                .any(|(line, change)| self.level(line).loose + change < Decimal::ZERO);
            if used || play.fires("void_refused", &[]).is_some() {
                return Err(Reply::refusal(USED));
            }
            if play.fires("accept_and_drop", &[]).is_none() {
                for (line, change) in back {
                    self.shift(&line, change);
                }
                self.documents[index].state = State::Voided;
                match kind {
                    Kind::Adjustment => self.writes.adjustment += 1,
                    Kind::WriteOff => self.writes.write_off += 1,
                }
            }
        }
        Ok(Reply::one(self.shown_document(&self.documents[index], &[])))
    }
}

/// What a line changes. Documented: an adjustment's quantity is the new level, of what is
/// available unless it is told to be of what is on hand.
fn change(document: &Document, line: &DocumentLine, level: &Level) -> Decimal {
    match (document.kind, document.on_hand) {
        (Kind::WriteOff, _) => -line.quantity,
        (Kind::Adjustment, true) => line.quantity - level.on_hand,
        (Kind::Adjustment, false) => line.quantity - level.available,
    }
}
