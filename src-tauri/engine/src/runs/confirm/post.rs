//! One despatch, told to Cin7 step by step: from what stands there follows what is told next.

use bytes::Bytes;
use chrono::Duration;
use cin7::WriteBy;
use domain::despatch::{Exception, Plan, SentLine};
use domain::fulfilment::{Fulfilment, Next, Stage, TaskStage, boxes_to_ship, next};
use domain::retry;
use domain::{ProductId, Sale};
use store::{
    Body, DespatchRow, DespatchState, MapKind, OrderState, Reading, SaleRow, Standing, StoreFault,
};
use vendor::{Fault, Lane, Told};
use whistl::DespatchRecord;

use super::exceptions::{of_conflict, of_plan, of_refusal, unknown_order, unreadable};
use super::together::{Joint, keys};
use super::{Confirm, LOOK_AFTER_SECONDS, Outcome};
use crate::asks::{Unanswered, wait_of};
use crate::journal::{CIN7, outcome as outcome_entry};

/// More steps than any despatch takes: a task, three stages, a correction, and each of them
/// looked at once more.
const MOST_STEPS: usize = 12;

/// A sale as Cin7 showed it.
struct Seen {
    sale: Sale,
    tasks: Vec<Fulfilment>,
    body: Bytes,
    /// Whether it was read for this despatch, and not some time before.
    is_fresh: bool,
}

/// What one write came to.
enum Wrote {
    /// Cin7 echoed what now stands in the stage.
    Stage(cin7::Written),
    /// A new task was made; all tasks as they stand.
    Tasks(Vec<Fulfilment>),
    /// It stood there already, or Cin7 would not: look before going on.
    Look,
    /// No more for now.
    End(Outcome),
}

impl Confirm<'_> {
    pub(super) async fn work(&self, row: &DespatchRow) -> Result<Outcome, StoreFault> {
        let Some(key) = row.sale else {
            return Ok(unknown_order(&row.raw_reference));
        };
        let record = match self.record(row)? {
            Ok(record) => record,
            Err(end) => return Ok(end),
        };
        if !row.voids.is_empty() {
            return self.void(row);
        }
        let sale_row = self.engine.store().reading().sale_row(key)?;
        if matches!(
            sale_row.standing,
            Standing::In(OrderState::Sending | OrderState::Unclear)
        ) {
            // It overtook the answer to its own order, which is being asked for (9.7).
            let at = self.engine.now() + Duration::seconds(30);
            return Ok(Outcome::Again { at, failed: false });
        }
        let mut seen = match self.known(row, &sale_row)? {
            Some(seen) => seen,
            None => match self.look(&sale_row).await? {
                Ok(seen) => seen,
                Err(end) => return Ok(end),
            },
        };
        if self.waits_for_the_last(row, &record.despatch, &seen.sale)? {
            return Ok(Outcome::Parked);
        }
        let group = match self.told_together(row, key, record.despatch)? {
            Ok(group) => group,
            Err(end) => return Ok(end),
        };
        let mut task = Some(row.task.clone()).filter(|task| !task.is_empty());
        let mut corrected = false;
        for _ in 0..MOST_STEPS {
            let Joint { plan, shares } = match self.plan(row, key, &group, &seen.sale)? {
                Ok(Some(joint)) => joint,
                Ok(None) => return Ok(Outcome::Nothing("nothing_left")),
                // What was read some time ago may have changed since.
                Err(_) if !seen.is_fresh => match self.look(&sale_row).await? {
                    Ok(now) => {
                        seen = now;
                        continue;
                    }
                    Err(end) => return Ok(end),
                },
                Err(exceptions) => return Ok(of_plan(&exceptions, false)),
            };
            let others = self
                .engine
                .store()
                .reading()
                .tasks_of_others(key, &keys(&group))?;
            let step = next(&plan, &seen.tasks, task.as_deref(), &others);
            let wrote = match step {
                Next::Done { task } => return Ok(Outcome::Posted { task, shares }),
                // Cin7 shows it in another way than it was told; it has been told.
                Next::Correct { task } if corrected => return Ok(Outcome::Posted { task, shares }),
                Next::Stop(_) | Next::NewTask if !seen.is_fresh => Wrote::Look,
                Next::Stop(conflict) => return Ok(of_conflict(&conflict)),
                Next::NewTask => self.new_task(row, &sale_row).await?,
                Next::Correct { task: at } => {
                    corrected = true;
                    let Some(there) = seen.tasks.iter().find(|one| one.task == at) else {
                        return Ok(unreadable("The task in Cin7 Core is gone."));
                    };
                    let body = match self.shipment(row, &plan, there, &seen, true) {
                        Ok(body) => body,
                        Err(end) => return Ok(end),
                    };
                    task = Some(at.clone());
                    self.write(row, &sale_row, "correct", Stage::Ship, &at, body)
                        .await?
                }
                Next::Write { stage, task: at } => {
                    let Some(there) = seen.tasks.iter().find(|one| one.task == at) else {
                        return Ok(unreadable("The task in Cin7 Core is gone."));
                    };
                    let body = match stage {
                        Stage::Pick => Ok(cin7::compose_pick(&at, &plan, &self.location)),
                        Stage::Pack => Ok(cin7::compose_pack(&at, &plan, &self.location)),
                        Stage::Ship => self.shipment(row, &plan, there, &seen, false),
                    };
                    let body = match body {
                        Ok(body) => body,
                        Err(end) => return Ok(end),
                    };
                    task = Some(at.clone());
                    self.write(row, &sale_row, stage.word(), stage, &at, body)
                        .await?
                }
            };
            match wrote {
                Wrote::Stage(written) => take_in(&mut seen.tasks, task.as_deref(), written),
                Wrote::Tasks(tasks) => seen.tasks = tasks,
                Wrote::Look => match self.look(&sale_row).await? {
                    Ok(now) => seen = now,
                    Err(end) => return Ok(end),
                },
                Wrote::End(end) => return Ok(end),
            }
        }
        Ok(unreadable(
            "Cin7 Core's answers do not lead to an end. Look at the sale there, then retry.",
        ))
    }

    /// The despatch as it came.
    pub(super) fn record(
        &self,
        row: &DespatchRow,
    ) -> Result<Result<DespatchRecord, Outcome>, StoreFault> {
        let raw = self.engine.store().reading().despatch_raw(row.key)?;
        let raw = match raw {
            // What is cleared with age is of persons; goods and parcels stay.
            Body::Plain(raw) | Body::Cleared(_, raw) => raw,
            Body::Locked => {
                return Ok(Err(unreadable(
                    "The key that opens what the warehouse said is missing.",
                )));
            }
        };
        Ok(whistl::read_despatch(&raw, &self.engine.profile())
            .map_err(|bad| unreadable(bad.to_string())))
    }

    /// An earlier despatch did not happen: where Cin7 was not told, both are done with.
    fn void(&self, row: &DespatchRow) -> Result<Outcome, StoreFault> {
        let now = self.engine.now();
        let mut store = self.engine.store();
        let voids = [Exception::Voids(row.voids.clone())];
        let Some(earlier) = store.reading().despatch(&row.voids)? else {
            return Ok(of_plan(&voids, false));
        };
        match earlier.state {
            DespatchState::Closed => Ok(Outcome::Nothing("void")),
            DespatchState::Waiting | DespatchState::Parked | DespatchState::Exception
                if earlier.step.is_empty() =>
            {
                store.write(|w| {
                    w.despatch_stands(earlier.key, DespatchState::Closed, None, "voided", "", now)
                })?;
                Ok(Outcome::Nothing("void"))
            }
            // Told or begun in Cin7: what stands there decides, and a person.
            DespatchState::Posted
            | DespatchState::Waiting
            | DespatchState::Parked
            | DespatchState::Exception
            | DespatchState::Posting
            | DespatchState::Unclear => Ok(of_plan(&voids, true)),
        }
    }

    /// The sale as it was read before, where that will do: nothing of it was told yet, no
    /// list has shown a change since, and all that a wrong guess could meet is a refusal.
    fn known(&self, row: &DespatchRow, sale: &SaleRow) -> Result<Option<Seen>, StoreFault> {
        let store = self.engine.store();
        let reading = store.reading();
        let first_try = row.attempts <= 1 && row.step.is_empty() && row.unclear_since.is_none();
        let unchanged = sale.read_updated.is_some_and(|read| read >= sale.updated);
        if !first_try || !unchanged || !reading.tasks_of_others(sale.key, &[row.key])?.is_empty() {
            return Ok(None);
        }
        let body = Bytes::from(reading.sealed(sale.key)?.detail);
        let (Ok(sale), Ok(tasks)) = (cin7::read_sale(&body), cin7::read_fulfilments(&body)) else {
            return Ok(None);
        };
        let [only] = tasks.as_slice() else {
            return Ok(None);
        };
        let untouched = [&only.pick, &only.pack, &only.ship]
            .iter()
            .all(|stage| **stage == TaskStage::Open)
            && only.picked.is_empty();
        Ok(untouched.then(|| Seen {
            sale,
            tasks,
            body,
            is_fresh: false,
        }))
    }

    /// The sale as it stands in Cin7 now.
    async fn look(&self, sale: &SaleRow) -> Result<Result<Seen, Outcome>, StoreFault> {
        let asked = self
            .engine
            .ask(self.run, CIN7, Some(sale.key), || {
                self.reader.sale(Lane::Despatches, &sale.id)
            })
            .await;
        let answer = match asked {
            Ok(answer) => answer,
            Err(Unanswered::Store(fault)) => return Err(fault),
            Err(Unanswered::Refused(fault)) => {
                return Ok(Err(of_refusal("look at the sale", &fault)));
            }
            Err(Unanswered::NotNow(sentence)) => {
                self.run.cut_short(sentence);
                let at = self.engine.now() + Duration::seconds(60);
                return Ok(Err(Outcome::Again { at, failed: false }));
            }
            Err(Unanswered::Stopping) => {
                let at = self.engine.now();
                return Ok(Err(Outcome::Again { at, failed: false }));
            }
        };
        let read = answer.sale.and_then(|sale| {
            let tasks = cin7::read_fulfilments(&answer.body)?;
            Ok(Seen {
                sale,
                tasks,
                body: answer.body.clone(),
                is_fresh: true,
            })
        });
        Ok(read.map_err(|bad| unreadable(bad.to_string())))
    }

    fn shipment(
        &self,
        row: &DespatchRow,
        plan: &Plan,
        task: &Fulfilment,
        seen: &Seen,
        adds_tracking: bool,
    ) -> Result<Bytes, Outcome> {
        let day = row
            .at
            .with_timezone(&self.engine.settings().zone())
            .date_naive();
        let boxes = boxes_to_ship(plan, task);
        cin7::compose_ship(&task.task, &boxes, day, &seen.body, adds_tracking)
            .map_err(|bad| unreadable(bad.to_string()))
    }

    async fn new_task(&self, row: &DespatchRow, sale: &SaleRow) -> Result<Wrote, StoreFault> {
        self.begin(row, "task", "", &[])?;
        let told = self.writer.new_task(Lane::Despatches, &sale.id).await;
        match self.ended(row, sale, "task", told)? {
            Ok(tasks) => Ok(Wrote::Tasks(tasks)),
            // Another is open: look, and adopt it.
            Err(fault) if cin7::is_open_task(&fault) => Ok(Wrote::Look),
            Err(fault) => Ok(Wrote::End(self.failed(row, "new fulfilment", &fault))),
        }
    }

    async fn write(
        &self,
        row: &DespatchRow,
        sale: &SaleRow,
        step: &'static str,
        stage: Stage,
        task: &str,
        body: Bytes,
    ) -> Result<Wrote, StoreFault> {
        let mut by = WriteBy::Put;
        loop {
            self.begin(row, step, task, &body)?;
            let told = self
                .writer
                .stage(Lane::Despatches, stage, by, body.clone())
                .await;
            match self.ended(row, sale, step, told)? {
                Ok(written) => return Ok(Wrote::Stage(written)),
                // Some accounts take a stage by POST alone (observed); nothing was done.
                Err(fault) if by == WriteBy::Put && cin7::is_method_refused(&fault) => {
                    by = WriteBy::Post;
                }
                Err(fault) if cin7::is_already_done(&fault) => return Ok(Wrote::Look),
                Err(fault) => return Ok(Wrote::End(self.failed(row, step, &fault))),
            }
        }
    }

    fn begin(
        &self,
        row: &DespatchRow,
        step: &'static str,
        task: &str,
        body: &[u8],
    ) -> Result<(), StoreFault> {
        let now = self.engine.now();
        self.engine.store().begin_step(row, step, task, body, now)
    }

    /// Settles a write: its outcome, the record of it, and what it says of Cin7's health.
    fn ended<T>(
        &self,
        row: &DespatchRow,
        sale: &SaleRow,
        step: &'static str,
        told: Told<T>,
    ) -> Result<Result<T, Fault>, StoreFault> {
        self.run.called(CIN7);
        let now = self.engine.now();
        let Told { result, exchange } = told;
        self.engine.hear(CIN7, &exchange, now);
        let mut store = self.engine.store();
        let fault = result.as_ref().err();
        let word = exchange.verdict.word();
        let text = match fault {
            None => format!("Cin7 Core took the {step} of {}", row.id),
            Some(_) => format!("Cin7 Core did not take the {step} of {}", row.id),
        };
        store.end_step(row.key, word, now, |w| {
            w.journal(&outcome_entry(
                CIN7,
                &exchange,
                sale.key,
                row.attempts,
                word,
                &text,
            ))?;
            self.engine.heard(w, CIN7, &exchange, fault, now)
        })?;
        Ok(result)
    }

    fn failed(&self, row: &DespatchRow, step: &str, fault: &Fault) -> Outcome {
        let now = self.engine.now();
        let wait = wait_of(Some(fault)).and_then(|wait| Duration::from_std(wait).ok());
        match fault {
            Fault::Refused { .. } => of_refusal(step, fault),
            Fault::Busy { .. } | Fault::SignIn(_) => Outcome::Again {
                at: now + wait.unwrap_or_else(|| Duration::seconds(60)),
                failed: false,
            },
            Fault::Unreachable(_) => Outcome::Again {
                at: wait.map_or_else(|| self.next_try(row), |wait| now + wait),
                failed: true,
            },
            Fault::Unclear { .. } | Fault::NoAnswer { .. } | Fault::Redirected(_) => {
                let soon = now + Duration::seconds(LOOK_AFTER_SECONDS);
                Outcome::Unclear {
                    at: wait.map_or(soon, |wait| now + wait),
                }
            }
        }
    }

    fn next_try(&self, row: &DespatchRow) -> chrono::DateTime<chrono::Utc> {
        let now = self.engine.now();
        let first = row.first_failed.unwrap_or(now);
        let ladder = self.engine.settings().ladder();
        match ladder.next(row.failures + 1, first, now, &row.id) {
            retry::Next::At(at) => at,
            // A despatch is a fact: it is never given up.
            retry::Next::Stuck => now + Duration::hours(1),
        }
    }
}

/// Puts what Cin7 echoed in the place of what stood in that stage before.
fn take_in(tasks: &mut [Fulfilment], task: Option<&str>, written: cin7::Written) {
    let Some(there) = tasks.iter_mut().find(|one| Some(one.task.as_str()) == task) else {
        return;
    };
    match written {
        cin7::Written::Pick { stage, lines } => {
            there.pick = stage;
            there.picked = lines;
        }
        cin7::Written::Pack { stage, lines } => {
            there.pack = stage;
            there.packed = lines;
        }
        cin7::Written::Ship { stage, lines } => {
            there.ship = stage;
            there.shipped = lines;
        }
    }
}

/// The order as it was sent: their SKUs, with the products of the sale that each stands for.
/// A line of the sale stands for a SKU it is called by itself, or is or ever was mapped to: not
/// for one in whose place it happens to be, since lines move when the office edits a sale.
pub(super) fn sent_lines(
    reading: &Reading,
    body: Option<&[u8]>,
    sale: &Sale,
    profile: &whistl::Profile,
) -> Result<Vec<SentLine>, StoreFault> {
    let mut known: Vec<(String, ProductId)> = Vec::new();
    for line in &sale.lines {
        let Some(product) = &line.product else {
            continue;
        };
        known.push((line.sku.clone(), product.clone()));
        for change in reading.map_history(Some(MapKind::Sku), Some(&line.sku))? {
            known.extend(change.after.map(|target| (target, product.clone())));
        }
    }
    let stands_for = |sku: &str| -> Vec<ProductId> {
        known
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(sku))
            .map(|(_, product)| product.clone())
            .collect()
    };
    let mut skus: Vec<String> = match body.map(|body| whistl::read_back(body, profile)) {
        Some(Ok(order)) => order
            .lines
            .iter()
            .map(|line| line.sku.as_str().to_owned())
            .collect(),
        // The message was cleared with age: whatever the sale's lines may be called.
        Some(Err(_)) | None => known.iter().map(|(name, _)| name.clone()).collect(),
    };
    skus.dedup();
    Ok(skus
        .into_iter()
        .map(|sku| SentLine {
            products: stands_for(&sku),
            sku,
        })
        .collect())
}

pub(super) fn flag_word(flag: &domain::despatch::Flag) -> String {
    use domain::despatch::Flag;
    match flag {
        Flag::CarrierUnmapped(code) => format!("carrier_unmapped:{code}"),
        Flag::ParcelsDiffer => "parcels_differ".into(),
        Flag::TrackingCut(_) => "tracking_cut".into(),
        Flag::DatedAhead => "dated_ahead".into(),
    }
}
