//! The runs: each one pass of one job, with a beginning, an end, counts, calls and faults.
//! Only here do clients and store meet.

mod adjustments;
mod confirm;
pub mod deliver;
mod despatches;
mod expected;
mod feed;
mod follow;
mod orders;
mod pull;
mod read_back;
mod reconcile;
mod reference;
mod retain;
mod sweep;

pub(crate) use adjustments::{Drift, NotPosted};
pub(crate) use despatches::adopt;
pub(crate) use pull::contacts_from;
#[doc(hidden)]
pub use reconcile::ComparisonBench;
pub use retain::MASKED;
pub(crate) use retain::masked;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::{RunRow, SaleKey, StoreFault};

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;

/// A job that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// Pull changed sales, decide, deliver, follow the warehouse's news.
    Orders,
    /// Follow the warehouse's news alone.
    Events,
    /// Deliver what is due alone.
    Deliver,
    /// Take in what left the warehouse, and tell Cin7 of it.
    Despatches,
    /// Tell Cin7 of what is due alone.
    Confirm,
    /// Take in what the warehouse says of its stock, and post it to Cin7.
    Adjustments,
    /// Compare the stock of both sides.
    Reconcile,
    /// Read back a sample of what was posted, and compare it with the log.
    ReadBack,
    /// Find what the cursor missed, and orders the warehouse has forgotten.
    Sweep,
    /// Read reference data that is due.
    Reference,
    /// Mask personal data that is past its age.
    Retention,
}

impl Job {
    /// Every job.
    pub const ALL: [Self; 11] = [
        Self::Orders,
        Self::Events,
        Self::Deliver,
        Self::Despatches,
        Self::Confirm,
        Self::Adjustments,
        Self::Reconcile,
        Self::ReadBack,
        Self::Sweep,
        Self::Reference,
        Self::Retention,
    ];

    /// The stable word used in storage and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Events => "events",
            Self::Deliver => "deliver",
            Self::Despatches => "despatches",
            Self::Confirm => "confirm",
            Self::Adjustments => "adjustments",
            Self::Reconcile => "reconcile",
            Self::ReadBack => "read_back",
            Self::Sweep => "sweep",
            Self::Reference => "reference",
            Self::Retention => "retention",
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// All of it was done.
    Finished,
    /// Part of it was done; the faults say what was not, and the next run goes on there.
    Partial,
    /// Nothing could be done.
    Failed,
    /// The program was told to stop.
    Stopped,
}

impl RunOutcome {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }
}

/// A run as told to whoever asked for it.
#[derive(Clone, Debug, Serialize)]
pub struct RunReport {
    /// Its id.
    pub run_id: String,
    /// The job's word.
    pub kind: &'static str,
    /// RFC 3339, UTC.
    pub started_at: String,
    /// RFC 3339, UTC.
    pub finished_at: String,
    /// How it ended.
    pub outcome: RunOutcome,
    /// Counts by name.
    pub counts: BTreeMap<&'static str, i64>,
    /// Calls by vendor.
    pub calls: BTreeMap<&'static str, i64>,
    /// What went wrong, a sentence each.
    pub faults: Vec<String>,
}

impl RunReport {
    /// Whether a vendor kept the run from its end.
    pub fn was_kept_from_finishing(&self) -> bool {
        matches!(self.outcome, RunOutcome::Partial | RunOutcome::Failed)
    }
}

#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, i64>,
    calls: BTreeMap<&'static str, i64>,
    faults: Vec<String>,
    cut_short: bool,
    stopped: bool,
    got_something: bool,
    given_up: Vec<&'static str>,
    unclear: BTreeSet<SaleKey>,
}

/// A run under way.
pub(crate) struct Run {
    id: String,
    job: Job,
    started: DateTime<Utc>,
    tally: Mutex<Tally>,
}

/// Most faults a run lists; the rest are counted in one line.
const MOST_FAULTS: usize = 50;

impl Run {
    fn tally(&self) -> std::sync::MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its id.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// When it began.
    pub(crate) fn started(&self) -> DateTime<Utc> {
        self.started
    }

    /// Adds to a count.
    pub(crate) fn count(&self, what: &'static str, n: i64) {
        let mut tally = self.tally();
        *tally.counts.entry(what).or_default() += n;
        tally.got_something = true;
    }

    /// Counts a sale whose sending had no clear outcome.
    pub(crate) fn unclear_about(&self, sale: SaleKey) {
        if self.tally().unclear.insert(sale) {
            self.count("unclear", 1);
        }
    }

    /// A look-up told what became of the sale: it counts as that, and as unclear no more.
    pub(crate) fn clear_about(&self, sale: SaleKey) {
        if self.tally().unclear.remove(&sale) {
            self.count("unclear", -1);
        }
    }

    /// Counts one call.
    pub(crate) fn called(&self, vendor: &'static str) {
        *self.tally().calls.entry(vendor).or_default() += 1;
    }

    /// Lists a fault that did not stop the run.
    pub(crate) fn fault(&self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        let mut tally = self.tally();
        if tally.faults.len() < MOST_FAULTS && !tally.faults.contains(&sentence) {
            tally.faults.push(sentence);
        }
    }

    /// Lists a fault that kept part of the run from being done.
    pub(crate) fn cut_short(&self, sentence: impl Into<String>) {
        self.fault(sentence);
        self.tally().cut_short = true;
    }

    /// Takes in why a question was not answered. Only the store's faults end the run.
    pub(crate) fn unanswered(&self, what: &str, why: Unanswered) -> Result<(), StoreFault> {
        match why {
            Unanswered::Store(fault) => return Err(fault),
            Unanswered::NotNow(sentence) => self.cut_short(sentence),
            Unanswered::Refused(fault) => self.cut_short(format!("{what}: {fault}")),
            Unanswered::Stopping => self.tally().stopped = true,
        }
        Ok(())
    }

    /// A question to this vendor stayed without an answer, however often it was asked.
    pub(crate) fn give_up_on(&self, vendor: &'static str) {
        self.tally().given_up.push(vendor);
    }

    /// Whether a question to this vendor has stayed without an answer in this run.
    pub(crate) fn gave_up_on(&self, vendor: &'static str) -> bool {
        self.tally().given_up.contains(&vendor)
    }

    /// Whether the program is stopping.
    pub(crate) fn is_stopped(&self) -> bool {
        self.tally().stopped
    }

    fn row(&self, finished: Option<DateTime<Utc>>, outcome: &str) -> RunRow {
        let tally = self.tally();
        let own = |map: &BTreeMap<&'static str, i64>| {
            map.iter()
                .map(|(name, n)| ((*name).to_owned(), *n))
                .collect()
        };
        RunRow {
            id: self.id.clone(),
            kind: self.job.word().into(),
            started: self.started,
            finished,
            outcome: outcome.into(),
            counts: own(&tally.counts),
            calls: own(&tally.calls),
            faults: tally.faults.clone(),
        }
    }
}

impl Engine {
    /// Begins a run of this job.
    pub(crate) fn begin(&self, job: Job) -> Result<Run, StoreFault> {
        let started = self.now();
        let millis = u64::try_from(started.timestamp_millis()).unwrap_or_default();
        let run = Run {
            id: run_id(millis, job, self.next_number()),
            job,
            started,
            tally: Mutex::new(Tally::default()),
        };
        self.store().write(|w| w.begin_run(&run.row(None, "")))?;
        Ok(run)
    }

    /// Ends a run and reports it.
    pub(crate) fn end(&self, run: Run) -> Result<RunReport, StoreFault> {
        let finished = self.now();
        let outcome = {
            let tally = run.tally();
            match (tally.stopped, tally.cut_short, tally.got_something) {
                (true, _, _) => RunOutcome::Stopped,
                (false, false, _) => RunOutcome::Finished,
                (false, true, true) => RunOutcome::Partial,
                (false, true, false) => RunOutcome::Failed,
            }
        };
        let row = run.row(Some(finished), outcome.word());
        let day = finished.with_timezone(&self.settings().zone()).date_naive();
        self.store().write(|w| {
            for (word, count) in row.counts.iter().filter(|(_, count)| *count != 0) {
                w.count_on_day(day, word, *count)?;
            }
            w.count_on_day(day, &format!("run:{}:{}", row.kind, row.outcome), 1)?;
            w.end_run(&row)
        })?;
        let Run {
            id,
            job,
            started,
            tally,
        } = run;
        let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(RunReport {
            run_id: id,
            kind: job.word(),
            started_at: crate::views::time(started),
            finished_at: crate::views::time(finished),
            outcome,
            counts: tally.counts,
            calls: tally.calls,
            faults: tally.faults,
        })
    }

    /// Runs one job now.
    pub async fn run(&self, job: Job) -> Result<RunReport, EngineFault> {
        match job {
            Job::Orders => self.run_orders().await,
            Job::Events => self.run_events().await,
            Job::Deliver => self.run_deliver().await,
            Job::Despatches => self.run_despatches().await,
            Job::Confirm => self.run_confirm().await,
            Job::Adjustments => self.run_adjustments().await,
            Job::Reconcile => self.run_reconcile().await,
            Job::ReadBack => self.run_read_back().await,
            Job::Sweep => self.run_sweep().await,
            Job::Reference => self.run_reference().await,
            Job::Retention => self.run_retention().await,
        }
    }
}

/// A version 7 id: sorts by time. The random part is derived, so that a simulated day has
/// the same ids each time it is played; a real clock never shows the same millisecond,
/// job and count twice.
fn run_id(millis: u64, job: Job, number: u64) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("{millis}/{}/{number}", job.word()));
    let mut random = [0_u8; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis, &random)
        .into_uuid()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_ids_are_version_7_and_sort_by_time() {
        let early = run_id(1_000, Job::Orders, 1);
        let late = run_id(2_000, Job::Orders, 2);
        let parsed = uuid::Uuid::parse_str(&early).unwrap();
        assert_eq!(parsed.get_version_num(), 7);
        assert!(early < late, "{early} {late}");
    }
}
