//! Compares the warehouse's count with what Cin7 has on hand, SKU by SKU, net of what is on
//! its way from the one to the other. Reads both sides and keeps what was found; nothing is
//! written to a vendor here. What the figures mean is the domain's to say ([`domain::stock`]).
//!
//! Independent of the runs whose work it checks: it believes their movements, which are facts
//! of the warehouse, and their marks of what Cin7 was told, and neither's sums.

mod bench;
mod doubt;
mod keep;
mod marks;
mod sides;
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use cin7::LocationRef;
use domain::ProductId;
use domain::stock::{BookLevel, Comparison, Coverage, Span, merge, to_read_again};
use vendor::Lane;
use whistl::WholeSnapshot;

pub use bench::ComparisonBench;

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::adjustments::StockList;
use crate::runs::reference::not_set_up;
use crate::runs::{Job, Run, RunReport};
use doubt::{Doubts, Earlier};
use keep::Outcome;
use marks::{Marks, Shown};
use sides::{Book, Known};

/// SKUs that may be read a second time in one run, however short the list; beyond that one for
/// [`SHARE_READ_AGAIN`] pages of it. What is left is looked at by the next run.
///
/// A bound and no need: what moved is settled by the times of page and write, and is read again
/// only where those overlap. But a difference is told by the run that finds it only if it is
/// confirmed in that run, and two calls in a hundred of a list of five pages are none: with no
/// least, a small account would wait for its next comparison with each. Ten are what goes
/// missing at once short of a disaster, and a disaster is told by its worst.
const LEAST_READ_AGAIN: usize = 10;
/// Second readings may cost two calls in a hundred.
const SHARE_READ_AGAIN: usize = 50;

/// What was found, or why nothing could be.
enum Found {
    /// A comparison is kept.
    Compared,
    /// Nothing was compared; why, in a sentence, with what was read of Cin7's list.
    Nothing(Incomplete),
}

/// A comparison that could not be made.
struct Incomplete {
    why: String,
    snapshot: String,
    as_of: Option<DateTime<Utc>>,
    read_at: Option<DateTime<Utc>>,
    rows_read: usize,
}

impl Incomplete {
    fn because(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            snapshot: String::new(),
            as_of: None,
            read_at: None,
            rows_read: 0,
        }
    }
}

impl Engine {
    pub(super) async fn run_reconcile(&self) -> Result<RunReport, EngineFault> {
        // Whoever asks while one is under way asks of what is there now, and that one may have read
        // it before.
        let _sole_right = self.comparing.lock().await;
        let run = self.begin(Job::Reconcile)?;
        for name in [
            "skus",
            "can_oversell",
            "cin7_short",
            "posting_blocked",
            "explained",
            "matched",
            "not_comparable",
        ] {
            run.count(name, 0);
        }
        let location = match self.read_what_is_known(&run).await {
            Ok(location) => location,
            Err(fault @ EngineFault::Store(_)) => return Err(fault),
            Err(other) => {
                run.cut_short(other.to_string());
                return Ok(self.end(run)?);
            }
        };
        match self.compare_both(&run, &location).await {
            Ok(Found::Compared) => {}
            Ok(Found::Nothing(incomplete)) => {
                run.cut_short(incomplete.why.clone());
                self.keep_incomplete(&run, &incomplete)?;
            }
            Err(Unanswered::Store(fault)) => return Err(fault.into()),
            Err(Unanswered::Stopping) => run.unanswered("", Unanswered::Stopping)?,
            Err(why) => {
                let sentence = match &why {
                    Unanswered::NotNow(sentence) => sentence.clone(),
                    Unanswered::Refused(fault) => fault.to_string(),
                    Unanswered::Store(_) | Unanswered::Stopping => String::new(),
                };
                run.unanswered("The stock of both sides", why)?;
                self.keep_incomplete(&run, &Incomplete::because(sentence))?;
            }
        }
        Ok(self.end(run)?)
    }

    /// Products, items and the location, read first where that was never done.
    async fn read_what_is_known(&self, run: &Run) -> Result<LocationRef, EngineFault> {
        self.read_unread_reference(run).await?;
        let (id, name) = self.location()?;
        Ok(LocationRef { id, name })
    }

    async fn compare_both(&self, run: &Run, location: &LocationRef) -> Result<Found, Unanswered> {
        let snapshot = match self.read_snapshot(run).await? {
            Ok(snapshot) => snapshot,
            Err(incomplete) => return Ok(Found::Nothing(incomplete)),
        };
        // Only now: what moved before the snapshot has had its time to be told.
        self.take_what_moved(run).await?;
        let (known, earlier) = {
            let settings = self.settings();
            let store = self.store();
            let known = Known::load(store.reading(), &settings, self.now())?;
            let earlier = Earlier::load(store.reading(), |sku| known.folded(sku))?;
            (known, earlier)
        };
        let as_of = snapshot.head().as_of;
        let before = self.marks(as_of)?;
        let read_at = self.now();
        let (mut book, list) = self.read_book(run, location, &known).await?;
        if let Some(why) = self.believe(run, location, &earlier, &mut book).await? {
            return Ok(Found::Nothing(Incomplete {
                why,
                snapshot: snapshot.head().id.clone(),
                as_of: Some(as_of),
                read_at: Some(read_at),
                rows_read: book.rows,
            }));
        }
        book.fill_in(&known, &snapshot);
        let shown = self.marks_shown(as_of, &before, &known, &book, &list)?;
        drop(list);
        let sides = shown.sides(&known, &snapshot, &book, &earlier);
        let inputs = sides.inputs(None);
        let first = inputs.compare();
        let again = self
            .look_again(run, location, &known, &snapshot, &earlier, &first)
            .await?;
        let heard = self.heard_of(&earlier, &snapshot)?;
        let doubts = Doubts {
            earlier: &earlier,
            head: snapshot.head(),
            // Only then does a second look at the same snapshot prove anything.
            all_told: heard.all,
        };
        let second = again
            .as_ref()
            .map(|again| again.shown.sides(&known, &snapshot, &again.book, &earlier));
        let second = second
            .as_ref()
            .zip(again.as_ref())
            .map(|(second, again)| second.inputs(Some(&again.keys)));
        let rows = second
            .as_ref()
            .map(|second| second.compare().rows)
            .unwrap_or_default();
        let looked = merge(first, rows, |key| doubts.before(key));
        self.keep_outcome(
            run,
            &Outcome {
                looked: &looked,
                sides: &sides,
                doubts: &doubts,
                told_up_to: heard.up_to,
                read_at,
                rows_read: book.rows,
            },
        )?;
        Ok(Found::Compared)
    }

    /// What moved of late or is on its way, with what Cin7 has been told of each.
    fn marks(&self, as_of: DateTime<Utc>) -> Result<Marks, Unanswered> {
        Ok(Marks::load(self.store().reading(), as_of)?)
    }

    /// Reads both sides again for the SKUs that differ, so that what moved while the lists
    /// were read is not called drift.
    async fn look_again(
        &self,
        run: &Run,
        location: &LocationRef,
        known: &Known,
        snapshot: &WholeSnapshot,
        earlier: &Earlier,
        first: &Comparison<'_>,
    ) -> Result<Option<Again>, Unanswered> {
        let most = LEAST_READ_AGAIN.max(first.rows.len() / 1_000 / SHARE_READ_AGAIN);
        let mut products: BTreeMap<&ProductId, (&str, &str)> = BTreeMap::new();
        let mut keys = BTreeSet::new();
        let doubtful = to_read_again(first)
            .filter(|row| !earlier.has_confirmed(row.key, row.columns.unexplained));
        for row in doubtful.take(most) {
            keys.insert(row.key.to_owned());
            if let Some(product) = row.product() {
                products.insert(product, (row.sku(), row.key));
            }
        }
        if keys.is_empty() {
            return Ok(None);
        }
        run.count("read_again", i64::try_from(keys.len()).unwrap_or(i64::MAX));
        self.take_what_moved(run).await?;
        if !self.heard_of(earlier, snapshot)?.all {
            // Something that the snapshot has seen was not told of: it may have become readable
            // behind the place that was read to.
            self.take_despatches_again(run).await?;
            self.take_adjustments_again(run).await?;
        }
        let as_of = snapshot.head().as_of;
        let before = self.marks(as_of)?;
        let mut book = Book::default();
        for (product, (sku, key)) in products {
            let one = self.read_one(run, location, product, sku).await?;
            book.take_one(key, product, one);
        }
        let shown = self.marks_shown(as_of, &before, known, &book, &StockList::default())?;
        Ok(Some(Again { keys, book, shown }))
    }

    /// Which movements the snapshot has seen, and whether we have heard of every one of them
    /// since all was last told; before the first comparison, since the SKU that has not moved
    /// for longest.
    fn heard_of(&self, earlier: &Earlier, snapshot: &WholeSnapshot) -> Result<Heard, Unanswered> {
        let levels = snapshot.levels().iter();
        let numbers = levels.filter_map(|level| level.last_movement);
        let from = earlier.told_up_to.or(numbers.clone().min());
        let last = numbers.chain(snapshot.head().last_movement).max();
        let (Some(from), Some(last)) = (from, last) else {
            return Ok(Heard {
                all: false,
                up_to: None,
            });
        };
        let known = self.store().reading().movements_numbered(from, last)?;
        let all = known >= last.saturating_sub(from);
        // What was not told for days never will be: it is drift, and no reason to doubt more.
        let up_to = if all || earlier.is_stuck { last } else { from };
        Ok(Heard {
            all,
            up_to: Some(up_to),
        })
    }

    /// Hears all that the warehouse has to tell of what moved. Nothing is told to Cin7 by it.
    pub(crate) async fn take_what_moved(&self, run: &Run) -> Result<(), Unanswered> {
        self.take_despatches(run).await?;
        self.take_adjustments(run).await
    }

    /// Notes in the log what came of a run.
    fn note_comparison(&self, run: &Run, text: &str) -> Result<(), store::StoreFault> {
        let now = self.now();
        self.store().write(|w| {
            w.journal(&notice(now, "decision", "stock", run.id(), "auto", text))?;
            Ok(())
        })
    }
}

/// What we have heard of movements.
struct Heard {
    /// Of every one that the snapshot has seen.
    all: bool,
    /// The last number up to which that is so, or is as good as so.
    up_to: Option<u64>,
}

/// The second reading of some SKUs.
struct Again {
    keys: BTreeSet<String>,
    book: Book,
    shown: Shown,
}

/// One product's level when it was read by itself, and when that was.
struct OneLevel {
    /// `None` where it could not be told.
    level: Option<BookLevel>,
    read: Span,
}

/// Which lane comparing uses.
const LANE: Lane = Lane::Reconciliation;

/// Whether all was read.
fn coverage(whole: bool) -> Coverage {
    if whole {
        Coverage::Whole
    } else {
        Coverage::Partial
    }
}

fn reader_of(engine: &Engine) -> Result<whistl::Reader, Unanswered> {
    engine
        .whistl()
        .map(|(reader, _)| reader)
        .map_err(not_set_up)
}
