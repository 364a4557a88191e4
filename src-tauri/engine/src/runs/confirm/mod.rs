//! Confirmation: tells Cin7 what left, the oldest despatch first and those of one sale in
//! order. Each write was committed as begun before it is sent; what stands in Cin7 is looked
//! at before anything is added to it, so that nothing is told twice (P3).
//!
//! Here: which despatch is next, and how it is settled. What one comes to is in [`post`].

mod exceptions;
mod post;
mod together;

use std::time::Duration;

use chrono::{DateTime, Utc};
use cin7::{Cin7, Cin7Writer, LocationRef};
use domain::Owner;
use domain::ProductId;
use store::{DespatchRow, DespatchState, StoreFault, Write};

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::health::NotNow;
use crate::journal::{CIN7, decision};
use crate::runs::Run;

/// Longest pause of Cin7 that a run sits out.
const PATIENCE: Duration = Duration::from_secs(75);

/// After a lost answer: look this soon at what stands there.
const LOOK_AFTER_SECONDS: i64 = 5;

/// What working on one despatch came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// All of it stands in Cin7.
    Posted {
        /// Cin7's id of the task.
        task: String,
        /// What of it is of which despatch: this one, and those told together with it.
        shares: Vec<Share>,
    },
    /// It waits for the last parcel of its order.
    Parked,
    /// There is nothing to tell; one stable word why.
    Nothing(&'static str),
    /// Somebody has to look.
    Exception {
        /// Who.
        owner: Owner,
        /// One stable word.
        reason: &'static str,
        /// What is wrong and what would put it right.
        words: String,
    },
    /// Nothing happened; again at that time.
    Again {
        /// When.
        at: DateTime<Utc>,
        /// Whether it counts as a failed try.
        failed: bool,
    },
    /// Something may have happened: looked at again at that time before anything is written.
    Unclear {
        /// When.
        at: DateTime<Utc>,
    },
}

/// What Cin7 was told of one despatch.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Share {
    /// The despatch.
    of: DespatchRow,
    /// Units told, by product.
    told: Vec<(ProductId, u32)>,
}

/// The one who tells: holds the half of Cin7's client that can write.
struct Confirm<'e> {
    engine: &'e Engine,
    run: &'e Run,
    reader: Cin7,
    writer: Cin7Writer,
    location: LocationRef,
}

impl Engine {
    /// Tells Cin7 of every despatch that is due, one at a time.
    pub(crate) async fn confirm_what_is_due(&self, run: &Run) -> Result<(), EngineFault> {
        // Only one may write; another that is at it does this work too.
        let Ok(_sole_right) = self.confirming.try_lock() else {
            return Ok(());
        };
        if !self.settings().is_live() {
            return Ok(());
        }
        // Nobody else tells while we hold this, so what is begun and not settled was cut off
        // by whoever held it before.
        self.store().recover_despatches(self.now())?;
        if !self.settings().waits_for_last() {
            self.store().write(|w| w.release_parked(self.now()))?;
        }
        let due = self.store().reading().confirmations()?.next_due;
        if due.is_none_or(|at| at > self.now()) {
            return Ok(());
        }
        let Some((reader, location)) = self.cin7_here(run)? else {
            return Ok(());
        };
        let confirm = Confirm {
            engine: self,
            run,
            writer: reader.writer(),
            reader,
            location,
        };
        loop {
            if self.stop.is_cancelled() {
                return Ok(());
            }
            match self.open_for_calls(CIN7)? {
                Ok(()) => {}
                Err(NotNow::Paused(until)) => {
                    let wait = (until - self.now()).to_std().unwrap_or_default();
                    if wait > PATIENCE || run.gave_up_on(CIN7) {
                        run.cut_short("Cin7 Core is not answering; confirming goes on later");
                        return Ok(());
                    }
                    if self.pause(wait + Duration::from_millis(50)).await.is_err() {
                        return Ok(());
                    }
                    continue;
                }
                Err(NotNow::Stopped(words)) => {
                    run.cut_short(format!("Cin7 Core refuses the credentials: {words}"));
                    return Ok(());
                }
            }
            let Some(row) = self.store().claim_despatch(self.now())? else {
                return Ok(());
            };
            confirm.one(&row).await?;
        }
    }
}

impl Confirm<'_> {
    async fn one(&self, row: &DespatchRow) -> Result<(), StoreFault> {
        let outcome = self.work(row).await?;
        self.settle(row, outcome)
    }

    fn settle(&self, row: &DespatchRow, outcome: Outcome) -> Result<(), StoreFault> {
        let now = self.engine.now();
        let key = row.key;
        self.engine.store().write(|w| match outcome {
            Outcome::Posted { task, shares } => {
                for Share { of, told } in &shares {
                    self.run.count("posted", 1);
                    let text = format!("Cin7 Core has been told of {}", of.id);
                    say(w, row, "posted", &text, now)?;
                    if of.posted_at.is_none() {
                        w.add_despatch_latency((now - of.at).num_seconds(), now.date_naive())?;
                    }
                    w.despatch_posted(of.key, &task, of.revision, told, now)?;
                }
                Ok(())
            }
            Outcome::Parked => {
                self.run.count("parked", 1);
                let text = format!("{} is told with the last parcel of its order", row.id);
                say(w, row, "parked", &text, now)?;
                w.despatch_stands(key, DespatchState::Parked, None, "waits_for_last", "", now)
            }
            Outcome::Nothing(why) => {
                let text = format!("Nothing to tell Cin7 Core of {}", row.id);
                say(w, row, "closed", &text, now)?;
                w.despatch_stands(key, DespatchState::Closed, None, why, "", now)
            }
            Outcome::Exception {
                owner,
                reason,
                words,
            } => {
                self.run.count("exceptions", 1);
                let text = format!("{} is not told to Cin7 Core: {reason}", row.id);
                say(w, row, "exception", &text, now)?;
                let state = DespatchState::Exception;
                w.despatch_stands(key, state, Some(owner), reason, &words, now)
            }
            Outcome::Again { at, failed } => w.despatch_again(key, at, failed, false, now),
            Outcome::Unclear { at } => {
                self.run.count("unclear", 1);
                w.despatch_again(key, at, true, true, now)
            }
        })
    }
}

fn say(
    w: &mut Write<'_>,
    row: &DespatchRow,
    word: &'static str,
    text: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreFault> {
    if let Some(sale) = row.sale {
        w.journal(&decision(now, "confirm", sale, "auto", word, text))?;
    }
    Ok(())
}
