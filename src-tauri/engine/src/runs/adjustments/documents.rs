//! Puts what is to be posted into documents, and goes on with each document until it stands
//! in Cin7 and its figures were read back. Each write is a step on disk before it is sent;
//! what has no clear answer is looked up before anything is written again.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use cin7::{
    AdjustmentDocument, AdjustmentPlan, Cin7, Cin7Writer, DocumentStatus, LevelToSet, LocationRef,
    LockDate, UnitsToRemove, WriteOffDocument, WriteOffPlan,
};
use domain::adjustment::{self, Posting, PostingRules, documents};
use domain::{ProductId, retry};
use rust_decimal::Decimal;
use store::{
    DocumentFails, DocumentKind, DocumentOrigin, DocumentRow, DocumentState, NewDocument,
    NewDocumentLine, StoreFault,
};
use vendor::{Fault, Lane, Told};

use super::judge::Due;
use super::levels::Levels;
use super::settled::{of_refusal, unmoved};
use crate::asks::{Unanswered, wait_of};
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::health::NotNow;
use crate::journal::{CIN7, call};
use crate::runs::Run;

/// What may have arrived is looked for after this.
const LOOK_AFTER: Duration = Duration::seconds(20);
/// How often a draft that was not found is looked for before it is written again. It moves
/// nothing, so a second one would only be litter.
const LOOKS: u32 = 2;
/// Notes of a write-off hold at most so many characters (assumed).
const NOTES_MAX: usize = 1_000;

/// The one who writes.
pub(super) struct Post<'e> {
    pub(super) engine: &'e Engine,
    pub(super) run: &'e Run,
    reader: Cin7,
    writer: Cin7Writer,
    pub(super) location: LocationRef,
}

/// What working on a document came to.
enum End {
    /// It stands otherwise now; go on with whatever is due.
    GoOn,
    /// Nothing more can be done now.
    Stop,
}

impl Engine {
    /// Judges what is due, puts it into documents, and goes on with every document that is
    /// open.
    pub(crate) async fn post_what_is_due(&self, run: &Run) -> Result<(), EngineFault> {
        // Only one may write; another that is at it does this work too.
        let Ok(_sole_right) = self.adjusting.try_lock() else {
            return Ok(());
        };
        // Nobody else writes while we hold this, so what is begun and not ended was cut off.
        self.store().recover_documents(self.now())?;
        let due = self.judge_adjustments(run)?;
        let open = !self.store().reading().open_documents()?.is_empty();
        if !self.settings().is_live() || (due.is_empty() && !open) {
            return Ok(());
        }
        let Some((reader, location)) = self.cin7_here(run)? else {
            return Ok(());
        };
        let post = Post::new(self, run, reader, location);
        post.go_on().await?;
        if let Err(why) = post.intend(due).await {
            run.unanswered("Cin7 Core's stock levels", why)?;
            return Ok(());
        }
        post.go_on().await?;
        Ok(())
    }
}

impl<'e> Post<'e> {
    pub(super) fn new(
        engine: &'e Engine,
        run: &'e Run,
        reader: Cin7,
        location: LocationRef,
    ) -> Self {
        Self {
            engine,
            run,
            writer: reader.writer(),
            reader,
            location,
        }
    }
}

impl Post<'_> {
    /// Reads the levels and the lock, and puts down the documents. Products that are in an
    /// open document wait for it: its level is not known before it is read back.
    async fn intend(&self, due: Vec<Due>) -> Result<(), Unanswered> {
        let busy: BTreeSet<ProductId> = {
            let store = self.engine.store();
            let open = store.reading().open_documents()?;
            open.into_iter()
                .flat_map(|document| document.lines)
                .map(|line| line.product)
                .collect()
        };
        let due: Vec<Due> = due
            .into_iter()
            .filter(|due| !busy.contains(&due.to_post.target.product))
            .collect();
        if due.is_empty() {
            return Ok(());
        }
        let locked_until = self.lock_date().await?;
        let products: BTreeMap<ProductId, String> = due
            .iter()
            .map(|due| {
                let target = &due.to_post.target;
                (target.product.clone(), target.sku.as_str().to_owned())
            })
            .collect();
        let levels = self
            .engine
            .levels_of(self.run, &products, &self.location)
            .await?;
        let now = self.engine.now();
        let rules = self.rules(locked_until)?;
        let by_id: BTreeMap<String, &Due> = due
            .iter()
            .map(|due| (due.to_post.id.clone(), due))
            .collect();
        let (alone, together): (Vec<&Due>, Vec<&Due>) = due.iter().partition(|due| due.alone);
        let together = together
            .into_iter()
            .map(|due| due.to_post.clone())
            .collect();
        self.put_down(&documents(together, &levels, &rules), &by_id, now)?;
        let mut taken: BTreeSet<&ProductId> = BTreeSet::new();
        for one in alone {
            // Two documents of one product would each count on the same level.
            if taken.insert(&one.to_post.target.product) {
                let posting = documents(vec![one.to_post.clone()], &levels, &rules);
                self.put_down(&posting, &by_id, now)?;
            }
        }
        Ok(())
    }

    /// What documents are made by today.
    pub(super) fn rules(
        &self,
        locked_until: Option<NaiveDate>,
    ) -> Result<PostingRules, StoreFault> {
        let settings = self.engine.settings();
        let reasons = self.engine.store().reading().maps(store::MapKind::Reason)?;
        let today = self.engine.now().with_timezone(&settings.zone());
        Ok(settings.posting(&reasons, today.date_naive(), locked_until))
    }

    fn put_down(
        &self,
        posting: &Posting,
        by_id: &BTreeMap<String, &Due>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        for (id, fault) in &posting.faults {
            if let Some(due) = by_id.get(id) {
                self.engine.adjustment_failed(self.run, due.key, *fault)?;
            }
        }
        for due in posting
            .nothing_to_write
            .iter()
            .flat_map(|netted| &netted.adjustments)
            .filter_map(|id| by_id.get(id))
        {
            self.engine.adjustment_netted(due.key)?;
        }
        for document in &posting.documents {
            let lines: Vec<NewDocumentLine> = document
                .lines
                .iter()
                .map(|line| NewDocumentLine {
                    product: line.target.product.clone(),
                    sku: line.target.sku.as_str().to_owned(),
                    change: Decimal::from(line.change),
                    unit_cost: Some(line.unit_cost),
                    cost_at: line
                        .adjustments
                        .first()
                        .and_then(|id| by_id.get(id)?.cost_at),
                    comment: line.comment.clone(),
                    adjustments: line
                        .adjustments
                        .iter()
                        .filter_map(|id| Some(by_id.get(id)?.key))
                        .collect(),
                })
                .collect();
            let mut store = self.engine.store();
            let reference = free_reference(store.reading(), document.key.as_str())?;
            let by = (DocumentOrigin::Reported, "auto");
            store.write(|w| self.put_down_one(w, document, &reference, by, &lines, now))?;
        }
        Ok(())
    }

    /// Puts down one document, what it is for and who made it.
    pub(super) fn put_down_one(
        &self,
        w: &mut store::Write<'_>,
        document: &adjustment::Document,
        reference: &str,
        (origin, made_by): (DocumentOrigin, &str),
        lines: &[NewDocumentLine],
        now: DateTime<Utc>,
    ) -> Result<store::DocumentKey, StoreFault> {
        let account = document.account.as_ref();
        w.intend_document(
            &NewDocument {
                reference,
                kind: match document.kind {
                    adjustment::DocumentKind::Adjustment => DocumentKind::Adjustment,
                    adjustment::DocumentKind::WriteOff => DocumentKind::WriteOff,
                },
                origin,
                account: account.map(adjustment::Account::as_str).unwrap_or_default(),
                location: &self.location.id,
                effective: document.effective_on,
                made_by,
                lines,
            },
            now,
        )
    }

    /// The last day that finance has closed. One that cannot be read closes everything.
    pub(super) async fn lock_date(&self) -> Result<Option<NaiveDate>, Unanswered> {
        let me = self
            .engine
            .ask(self.run, CIN7, None, || self.reader.me(Lane::Stock))
            .await?;
        match me.lock_date {
            LockDate::Open => Ok(None),
            LockDate::ClosedTo(day) => Ok(Some(day)),
            LockDate::Unreadable(text) => Err(Unanswered::NotNow(format!(
                "Cin7 Core's lock date “{text}” cannot be read, so nothing is posted; tell support"
            ))),
        }
    }

    /// Goes on with every open document that is due.
    pub(super) async fn go_on(&self) -> Result<(), StoreFault> {
        loop {
            if self.engine.stop.is_cancelled() {
                return Ok(());
            }
            match self.engine.open_for_calls(CIN7)? {
                Ok(()) => {}
                Err(NotNow::Paused(_)) => {
                    self.run
                        .cut_short("Cin7 Core is not answering; posting goes on later");
                    return Ok(());
                }
                Err(NotNow::Stopped(words)) => {
                    self.run
                        .cut_short(format!("Cin7 Core refuses the credentials: {words}"));
                    return Ok(());
                }
            }
            let Some(row) = self.engine.store().claim_document(self.engine.now())? else {
                return Ok(());
            };
            let end = match row.state {
                DocumentState::Intended => self.draft(&row).await?,
                DocumentState::Drafted => self.complete(&row).await?,
                DocumentState::Unclear => self.look_up(&row).await?,
                DocumentState::Completed => self.read_back(&row).await?,
                DocumentState::Done
                | DocumentState::Unmoved
                | DocumentState::Failed
                | DocumentState::Voided => End::GoOn,
            };
            if matches!(end, End::Stop) {
                return Ok(());
            }
        }
    }

    /// Writes the draft, which moves nothing and is found again by its key.
    async fn draft(&self, row: &DocumentRow) -> Result<End, StoreFault> {
        match row.kind {
            DocumentKind::Adjustment => {
                let levels = match self.levels(row).await? {
                    Ok(levels) => levels,
                    Err(end) => return Ok(end),
                };
                let plan = match self.adjustment(row, &levels) {
                    Ok(plan) => plan,
                    Err(line) => return self.below_zero(row, line),
                };
                let body = cin7::compose_adjustment_draft(&plan);
                self.begin(row, "draft", &body)?;
                let told = self.writer.draft_adjustment(Lane::Stock, body).await;
                self.drafted(row, told, |document| (document.task, document.number))
            }
            DocumentKind::WriteOff => {
                let body = cin7::compose_write_off_draft(&self.write_off(row));
                self.begin(row, "draft", &body)?;
                let told = self.writer.draft_write_off(Lane::Stock, body).await;
                self.drafted(row, refused_inside(told), |document| {
                    (document.task, document.number)
                })
            }
        }
    }

    fn drafted<T>(
        &self,
        row: &DocumentRow,
        told: Told<T>,
        named: impl FnOnce(T) -> (String, String),
    ) -> Result<End, StoreFault> {
        let now = self.engine.now();
        self.ended(row, "draft", told, |w, result| match result {
            Ok(document) => {
                let (task, number) = named(document);
                w.document_drafted(row.key, &task, &number, &[], now)?;
                Ok(End::GoOn)
            }
            Err(fault) => self.fail(w, row, "draft", &fault),
        })
    }

    /// Completes the draft from a fresh reading of the levels: between reading and writing
    /// there are only milliseconds in which somebody else could move stock.
    async fn complete(&self, row: &DocumentRow) -> Result<End, StoreFault> {
        let now = self.engine.now();
        let levels = match self.levels(row).await? {
            Ok(levels) => levels,
            Err(end) => return Ok(end),
        };
        let before: Vec<(u32, Decimal)> = row
            .lines
            .iter()
            .filter_map(|line| Some((line.number, *levels.get(&line.product)?)))
            .collect();
        match row.kind {
            DocumentKind::Adjustment => {
                let plan = match self.adjustment(row, &levels) {
                    Ok(plan) => plan,
                    Err(line) => return self.below_zero(row, line),
                };
                let body = cin7::compose_adjustment_completion(&row.task, &plan);
                self.begin(row, "complete", &body)?;
                let told = self.writer.complete_adjustment(Lane::Stock, body).await;
                self.ended(row, "complete", told, |w, result| match result {
                    Ok(document) if document.status == DocumentStatus::Completed => {
                        let set = levels_set(row, &document, &before);
                        w.document_completed(row.key, &set, now)?;
                        self.put_right_what_was_swallowed(w, row, &set)?;
                        Ok(End::GoOn)
                    }
                    // Taken and not completed: what became of it is looked up.
                    Ok(_) => {
                        w.document_again(row.key, now + LOOK_AFTER, true, true, now)?;
                        Ok(End::GoOn)
                    }
                    Err(fault) => self.fail(w, row, "complete", &fault),
                })
            }
            DocumentKind::WriteOff => {
                let body = cin7::compose_write_off_completion(&row.task, &self.write_off(row));
                self.begin(row, "complete", &body)?;
                let told = self.writer.complete_write_off(Lane::Stock, body).await;
                self.ended(
                    row,
                    "complete",
                    refused_inside(told),
                    |w, result| match result {
                        Ok(document) if document.is_done() => {
                            let set = after_change(row, &before);
                            w.document_completed(row.key, &set, now)?;
                            Ok(End::GoOn)
                        }
                        Ok(_) => {
                            w.document_again(row.key, now + LOOK_AFTER, true, true, now)?;
                            Ok(End::GoOn)
                        }
                        Err(fault) => self.fail(w, row, "complete", &fault),
                    },
                )
            }
        }
    }

    /// An adjustment sets a level. Where the answer says that the level before was another
    /// than the one read, somebody moved stock in between, and that movement was swallowed:
    /// another document takes it up again.
    fn put_right_what_was_swallowed(
        &self,
        w: &mut store::Write<'_>,
        row: &DocumentRow,
        levels: &[(u32, Decimal, Decimal)],
    ) -> Result<(), StoreFault> {
        let lines: Vec<NewDocumentLine> = row
            .lines
            .iter()
            .filter_map(|line| {
                let (_, before, after) =
                    levels.iter().find(|(number, ..)| *number == line.number)?;
                // What was set is the level that was read and the change: any more or less
                // than that was there before is gone.
                let swallowed = before + line.change - after;
                (!swallowed.is_zero()).then(|| NewDocumentLine {
                    product: line.product.clone(),
                    sku: line.sku.clone(),
                    change: swallowed,
                    unit_cost: line.unit_cost,
                    cost_at: line.cost_at,
                    comment: format!(
                        "Stock moved while {} was posted; this puts it back",
                        row.number
                    ),
                    adjustments: Vec::new(),
                })
            })
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        self.run
            .count("races", i64::try_from(lines.len()).unwrap_or(i64::MAX));
        let reference = free_reference(w, &row.reference)?;
        w.intend_document(
            &NewDocument {
                reference: &reference,
                kind: DocumentKind::Adjustment,
                origin: DocumentOrigin::Race,
                account: &row.account,
                location: &row.location,
                effective: row.effective,
                made_by: "auto",
                lines: &lines,
            },
            self.engine.now(),
        )?;
        Ok(())
    }

    /// Reads the figures back: a yes does not prove an effect (observed).
    async fn read_back(&self, row: &DocumentRow) -> Result<End, StoreFault> {
        let now = self.engine.now();
        let levels = match self.levels(row).await? {
            Ok(levels) => levels,
            Err(end) => return Ok(end),
        };
        let seen: Vec<(u32, Decimal)> = row
            .lines
            .iter()
            .filter_map(|line| Some((line.number, *levels.get(&line.product)?)))
            .collect();
        let still = row.lines.iter().any(|line| {
            let seen = levels.get(&line.product);
            line.before.is_some() && seen == line.before.as_ref() && line.after != line.before
        });
        if still {
            self.run.count("failed", 1);
            self.engine
                .store()
                .write(|w| w.document_unmoved(row.key, &seen, &unmoved(now), now))?;
            return Ok(End::GoOn);
        }
        let posted = {
            let mut store = self.engine.store();
            let posted = store.reading().adjustments_of_document(row.key)?.len();
            store.write(|w| w.document_done(row.key, &seen, now))?;
            posted
        };
        self.run
            .count("posted", i64::try_from(posted).unwrap_or(i64::MAX));
        Ok(End::GoOn)
    }

    /// Finds out what became of a write without a clear answer.
    async fn look_up(&self, row: &DocumentRow) -> Result<End, StoreFault> {
        let now = self.engine.now();
        let found = match self.find(row).await {
            Ok(found) => found,
            Err(Unanswered::Store(fault)) => return Err(fault),
            Err(why) => {
                self.run
                    .unanswered("What became of a stock document", why)?;
                self.put_off(row, true)?;
                return Ok(End::Stop);
            }
        };
        let mut store = self.engine.store();
        match found {
            Some(found) => store.write(|w| match found.status {
                DocumentStatus::Draft => {
                    w.document_drafted(row.key, &found.task, &found.number, &[], now)
                }
                DocumentStatus::Completed => {
                    if row.task.is_empty() {
                        w.document_drafted(row.key, &found.task, &found.number, &[], now)?;
                    }
                    w.document_completed(row.key, &found.levels, now)?;
                    match row.kind {
                        DocumentKind::Adjustment => {
                            self.put_right_what_was_swallowed(w, row, &found.levels)
                        }
                        DocumentKind::WriteOff => Ok(()),
                    }
                }
                DocumentStatus::Voided | DocumentStatus::Unknown(_) => {
                    w.document_failed(row.key, &super::settled::voided(now), now)
                }
            })?,
            // Not there, or not yet.
            None if row.failures < LOOKS => {
                store.write(|w| w.document_again(row.key, now + LOOK_AFTER, true, true, now))?;
            }
            None => store.write(|w| w.document_again(row.key, now, false, false, now))?,
        }
        Ok(End::GoOn)
    }

    async fn find(&self, row: &DocumentRow) -> Result<Option<Found>, Unanswered> {
        match row.kind {
            DocumentKind::Adjustment => self.find_adjustment(row).await,
            DocumentKind::WriteOff => self.find_write_off(row).await,
        }
    }

    async fn find_adjustment(&self, row: &DocumentRow) -> Result<Option<Found>, Unanswered> {
        let mut task = row.task.clone();
        if task.is_empty() {
            let mut paging = cin7::Paging::new();
            while let Some(number) = paging.next_page() {
                let page = self
                    .engine
                    .ask(self.run, CIN7, None, || {
                        self.reader.draft_adjustments(Lane::Stock, number)
                    })
                    .await?;
                paging.took(&page);
                let found = page
                    .rows
                    .iter()
                    .filter_map(|one| one.as_ref().ok())
                    .find(|one| one.reference == row.reference);
                if let Some(found) = found {
                    task.clone_from(&found.task);
                    break;
                }
            }
        }
        if task.is_empty() {
            return Ok(None);
        }
        let document = self
            .engine
            .ask(self.run, CIN7, None, || {
                self.reader.adjustment(Lane::Stock, &task)
            })
            .await?;
        Ok(Some(Found {
            levels: levels_set(row, &document, &[]),
            task: document.task,
            number: document.number,
            status: document.status,
        }))
    }

    async fn find_write_off(&self, row: &DocumentRow) -> Result<Option<Found>, Unanswered> {
        let mut paging = cin7::Paging::new();
        while let Some(number) = paging.next_page() {
            let page = self
                .engine
                .ask(self.run, CIN7, None, || {
                    self.reader.write_offs(Lane::Stock, &row.reference, number)
                })
                .await?;
            paging.took(&page);
            let found = page.rows.into_iter().filter_map(Result::ok).find(|one| {
                if row.task.is_empty() {
                    one.notes
                        .split_whitespace()
                        .any(|word| word == row.reference)
                } else {
                    one.task == row.task
                }
            });
            if let Some(found) = found {
                let before: Vec<(u32, Decimal)> = row
                    .lines
                    .iter()
                    .filter_map(|line| Some((line.number, line.before?)))
                    .collect();
                return Ok(Some(Found {
                    levels: after_change(row, &before),
                    task: found.task,
                    number: found.number,
                    status: found.status,
                }));
            }
        }
        Ok(None)
    }

    /// Fresh levels of the document's products; the end where they cannot be read now.
    async fn levels(&self, row: &DocumentRow) -> Result<Result<Levels, End>, StoreFault> {
        let products: BTreeMap<ProductId, String> = row
            .lines
            .iter()
            .map(|line| (line.product.clone(), line.sku.clone()))
            .collect();
        let read = self
            .engine
            .levels_of(self.run, &products, &self.location)
            .await;
        match read {
            Ok(levels) if levels.len() == products.len() => Ok(Ok(levels)),
            Ok(_) => {
                self.run.fault(format!(
                    "The levels of {} could not all be read; it is tried again",
                    row.reference
                ));
                self.put_off(row, row.state == DocumentState::Unclear)?;
                Ok(Err(End::GoOn))
            }
            Err(Unanswered::Store(fault)) => Err(fault),
            Err(why) => {
                self.run.unanswered("Cin7 Core's stock levels", why)?;
                self.put_off(row, row.state == DocumentState::Unclear)?;
                Ok(Err(End::Stop))
            }
        }
    }

    fn put_off(&self, row: &DocumentRow, unclear: bool) -> Result<(), StoreFault> {
        let now = self.engine.now();
        let at = self.next_try(row);
        self.engine
            .store()
            .write(|w| w.document_again(row.key, at, true, unclear, now))
    }

    /// The levels that an adjustment sets; the line that would fall below 0 otherwise.
    fn adjustment<'r>(
        &self,
        row: &'r DocumentRow,
        levels: &Levels,
    ) -> Result<AdjustmentPlan, &'r store::DocumentLine> {
        let mut lines = Vec::with_capacity(row.lines.len());
        for line in &row.lines {
            let level = levels.get(&line.product).copied().unwrap_or_default() + line.change;
            if level < Decimal::ZERO {
                return Err(line);
            }
            lines.push(LevelToSet {
                product: line.product.clone(),
                sku: line.sku.clone(),
                level,
                unit_cost: line.unit_cost.unwrap_or_default(),
                batch: None,
                comments: line.comment.clone(),
            });
        }
        Ok(AdjustmentPlan {
            effective: row.effective,
            reference: row.reference.clone(),
            account: (!row.account.is_empty()).then(|| row.account.clone()),
            location: self.location.clone(),
            lines,
        })
    }

    fn write_off(&self, row: &DocumentRow) -> WriteOffPlan {
        let comments: Vec<&str> = row.lines.iter().map(|line| line.comment.as_str()).collect();
        let mut note = comments.join("; ");
        if note.chars().count() > NOTES_MAX {
            note = note.chars().take(NOTES_MAX - 1).chain(['…']).collect();
        }
        WriteOffPlan {
            effective: row.effective,
            reference: row.reference.clone(),
            note,
            account: row.account.clone(),
            location: self.location.clone(),
            lines: row
                .lines
                .iter()
                .map(|line| UnitsToRemove {
                    product: line.product.clone(),
                    sku: line.sku.clone(),
                    quantity: line.change.abs(),
                    batch: None,
                })
                .collect(),
        }
    }

    /// Stock fell since the document was intended: it is given up, and what is in it is judged
    /// again, each by itself.
    fn below_zero(&self, row: &DocumentRow, line: &store::DocumentLine) -> Result<End, StoreFault> {
        let now = self.engine.now();
        self.run.fault(format!(
            "{} would fall below nothing at Cin7 Core; its document is made anew",
            line.sku
        ));
        let fails = DocumentFails {
            cause: "below_zero",
            detail: "",
            owner: None,
            due: now,
        };
        self.engine.store().write(|w| {
            w.document_failed(row.key, &fails, now)?;
            w.release_document(row.key, row.lines.len() > 1, now)
        })?;
        Ok(End::GoOn)
    }

    fn begin(&self, row: &DocumentRow, step: &str, body: &Bytes) -> Result<(), StoreFault> {
        let now = self.engine.now();
        self.engine
            .store()
            .begin_document_step(row, step, body, now)
    }

    /// Settles a write: its outcome, the record of it, what it says of Cin7's health, and
    /// where the document stands, in one commit.
    fn ended<T>(
        &self,
        row: &DocumentRow,
        step: &'static str,
        told: Told<T>,
        next: impl FnOnce(&mut store::Write<'_>, Result<T, Fault>) -> Result<End, StoreFault>,
    ) -> Result<End, StoreFault> {
        self.run.called(CIN7);
        let now = self.engine.now();
        let Told { result, exchange } = told;
        self.engine.hear(CIN7, &exchange, now);
        let word = exchange.verdict.word();
        let text = match &result {
            Ok(_) => format!("Cin7 Core took the {step} of {}", row.reference),
            Err(_) => format!("Cin7 Core did not take the {step} of {}", row.reference),
        };
        let mut store = self.engine.store();
        store.end_document_step(row.key, word, now, |w| {
            w.journal(&store::Entry {
                kind: "outcome",
                direction: "in",
                request: None,
                subject: &row.reference,
                attempt: row.attempts + 1,
                outcome: word,
                text: &text,
                ..call(CIN7, &exchange, None)
            })?;
            self.engine
                .heard(w, CIN7, &exchange, result.as_ref().err(), now)?;
            next(w, result)
        })
    }

    /// Where a document stands after Cin7 did not take a step of it.
    fn fail(
        &self,
        w: &mut store::Write<'_>,
        row: &DocumentRow,
        step: &str,
        fault: &Fault,
    ) -> Result<End, StoreFault> {
        let now = self.engine.now();
        let wait = wait_of(Some(fault)).and_then(|wait| Duration::from_std(wait).ok());
        match fault {
            // The level is as it is to be: done by somebody else, or before.
            Fault::Refused { .. } if cin7::is_nothing_to_do(fault) => {
                w.document_again(row.key, now + LOOK_AFTER, true, true, now)?;
                Ok(End::GoOn)
            }
            Fault::Refused { .. } => {
                let several = row.lines.len() > 1;
                let words = fault.to_string();
                let fails = of_refusal(step, fault, &words, now);
                w.document_failed(row.key, &fails, now)?;
                if several {
                    // One line may be at fault: each is tried by itself.
                    w.release_document(row.key, true, now)?;
                } else {
                    self.run.count("failed", 1);
                }
                Ok(End::GoOn)
            }
            Fault::Busy { .. } | Fault::SignIn(_) => {
                let at = now + wait.unwrap_or_else(|| Duration::seconds(60));
                w.document_again(row.key, at, false, false, now)?;
                Ok(End::Stop)
            }
            Fault::Unreachable(_) => {
                let at = wait.map_or_else(|| self.next_try(row), |wait| now + wait);
                w.document_again(row.key, at, true, false, now)?;
                Ok(End::Stop)
            }
            Fault::Unclear { .. } | Fault::NoAnswer { .. } | Fault::Redirected(_) => {
                self.run.count("unclear", 1);
                let at = now + wait.unwrap_or(LOOK_AFTER);
                w.document_again(row.key, at, false, true, now)?;
                Ok(End::GoOn)
            }
        }
    }

    fn next_try(&self, row: &DocumentRow) -> DateTime<Utc> {
        let now = self.engine.now();
        let first = row.first_failed.unwrap_or(now);
        let ladder = self.engine.settings().ladder();
        match ladder.next(row.failures + 1, first, now, &row.reference) {
            retry::Next::At(at) => at,
            // What the warehouse counted is a fact: it is never given up.
            retry::Next::Stuck => now + Duration::hours(1),
        }
    }
}

/// A document as Cin7 shows it.
struct Found {
    task: String,
    number: String,
    status: DocumentStatus,
    levels: Vec<(u32, Decimal, Decimal)>,
}

/// A key that no document has yet: the set of adjustments gives it, and a number where that
/// set was tried before.
fn free_reference(reading: &store::Reading, key: &str) -> Result<String, StoreFault> {
    let mut reference = key.to_owned();
    let mut number = 2;
    while reading.document_by_reference(&reference)?.is_some() {
        reference = format!("{key}-{number}");
        number += 1;
    }
    Ok(reference)
}

/// The levels before and after that an adjustment's echo tells, where it does; else those it
/// was to set.
fn levels_set(
    row: &DocumentRow,
    document: &AdjustmentDocument,
    before: &[(u32, Decimal)],
) -> Vec<(u32, Decimal, Decimal)> {
    row.lines
        .iter()
        .filter_map(|line| {
            let of = Some(&line.product);
            let echoed = document
                .lines
                .iter()
                .find(|echoed| echoed.product.as_ref() == of)
                .map(|echoed| (echoed.on_hand_before, echoed.level_after));
            let first_stock = document
                .new_lines
                .iter()
                .find(|echoed| echoed.product.as_ref() == of)
                .map(|echoed| (Decimal::ZERO, echoed.level_after));
            let read = before
                .iter()
                .find(|(number, _)| *number == line.number)
                .map(|(_, level)| (*level, *level + line.change));
            let (before, after) = echoed.or(first_stock).or(read)?;
            Some((line.number, before, after))
        })
        .collect()
}

/// The levels before and after a change.
fn after_change(row: &DocumentRow, before: &[(u32, Decimal)]) -> Vec<(u32, Decimal, Decimal)> {
    before
        .iter()
        .filter_map(|(number, level)| {
            let line = row.lines.iter().find(|line| line.number == *number)?;
            Some((*number, *level, *level + line.change))
        })
        .collect()
}

/// A write-off that Cin7 speaks against inside a yes is a refusal (documented).
fn refused_inside(told: Told<WriteOffDocument>) -> Told<WriteOffDocument> {
    Told {
        result: told.result.and_then(|document| match document.refusal() {
            Some(refusal) => Err(refusal),
            None => Ok(document),
        }),
        exchange: told.exchange,
    }
}
