//! Delivery: the only code that writes to a vendor. Each message was committed as an
//! intention before it was claimed, each claim before it is sent, and each answer is
//! settled as accepted, refused, failed or unclear. What is unclear is looked up before
//! anything is sent again.
//!
//! Here: when a round of delivery runs, and how long it waits. What one message comes to
//! is in [`send`].

mod reasons;
mod safety;
mod send;
mod settled;
mod withdraw;

use std::time::Duration;

use chrono::{DateTime, Utc};
use store::StoreFault;
use tokio::sync::Notify;

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::health::{NotNow, SILENT};
use crate::journal::WHISTL;
use crate::runs::Run;

pub(super) use reasons::missing;
use send::Deliver;

/// Longest pause of Whistl that a run sits out.
const PATIENCE: Duration = Duration::from_secs(75);

/// Shortest wait for a turn at Whistl.
const SHORTEST_WAIT: Duration = Duration::from_millis(20);

/// How far a round of delivery came.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Round {
    /// Nothing more is due.
    Idle,
    /// Whistl is not to be called before this.
    Paused(DateTime<Utc>),
    /// Nothing can be sent before a person has acted; why, in a sentence.
    Stopped(String),
}

impl Engine {
    /// Delivers while `done` has not been rung, then lingers for what is nearly due.
    pub(crate) async fn deliver_while(
        &self,
        run: &Run,
        done: &Notify,
        linger: Duration,
    ) -> Result<(), EngineFault> {
        let mut reading = true;
        while reading {
            let round = self.deliver_round(run).await?;
            if self.stop.is_cancelled() {
                return Ok(());
            }
            let wait = match round {
                Round::Idle => self.until_next_due()?.unwrap_or(Duration::from_hours(1)),
                Round::Paused(until) => (until - self.now()).to_std().unwrap_or_default(),
                Round::Stopped(_) => Duration::from_hours(1),
            };
            tokio::select! {
                () = done.notified() => reading = false,
                result = self.until_bell_or(wait.max(Duration::from_millis(20))) => {
                    if result.is_err() {
                        return Ok(());
                    }
                }
            }
        }
        self.deliver_what_is_due(run, linger).await
    }

    /// Delivers what is due now or within `linger`, sitting out short pauses.
    pub(crate) async fn deliver_what_is_due(
        &self,
        run: &Run,
        linger: Duration,
    ) -> Result<(), EngineFault> {
        let until = self.now() + chrono::Duration::from_std(linger).unwrap_or_default();
        loop {
            let wait = match self.deliver_round(run).await? {
                Round::Idle => {
                    let Some(wait) = self.until_next_due()? else {
                        return Ok(());
                    };
                    let due = self.now() + chrono::Duration::from_std(wait).unwrap_or_default();
                    if due > until {
                        return Ok(());
                    }
                    wait
                }
                Round::Paused(at) => {
                    if self.until_next_due()?.is_none() {
                        return Ok(());
                    }
                    let wait = (at - self.now()).to_std().unwrap_or_default();
                    let silent = self.store().reading().vendor(WHISTL)?.failures >= SILENT;
                    if wait > PATIENCE || linger.is_zero() || silent {
                        run.give_up_on(WHISTL);
                        run.cut_short(format!(
                            "Whistl is not answering; sending goes on at {}",
                            at.format("%H:%M:%S UTC")
                        ));
                        return Ok(());
                    }
                    wait
                }
                Round::Stopped(words) => {
                    run.cut_short(words);
                    return Ok(());
                }
            };
            if self.pause(wait + Duration::from_millis(20)).await.is_err() {
                return Ok(());
            }
        }
    }

    fn until_next_due(&self) -> Result<Option<Duration>, StoreFault> {
        let look_only = self.sends_nothing()?;
        let due = self.store().reading().next_due(look_only)?;
        Ok(due.map(|at| (at - self.now()).to_std().unwrap_or_default()))
    }

    /// Whether nothing may be sent: look-only mode, or paused by hand or by the safety stop.
    pub(crate) fn sends_nothing(&self) -> Result<bool, StoreFault> {
        Ok(!self.settings().is_live() || self.sending_paused()?.is_some())
    }

    /// Works the outbox until nothing is due, one message at a time.
    async fn deliver_round(&self, run: &Run) -> Result<Round, EngineFault> {
        let _alone = self.delivering.lock().await;
        // Nobody else sends while we hold this, so what is begun and not settled was cut off
        // by whoever held it before.
        self.store().recover(self.now(), 0)?;
        let look_only = self.sends_nothing()?;
        if self
            .store()
            .reading()
            .next_due(look_only)?
            .is_none_or(|at| at > self.now())
        {
            return Ok(Round::Idle);
        }
        let (reader, writer) = match self.whistl() {
            Ok(halves) => halves,
            Err(EngineFault::Store(fault)) => return Err(fault.into()),
            Err(other) => return Ok(Round::Stopped(other.to_string())),
        };
        let deliver = Deliver {
            engine: self,
            reader,
            writer,
        };
        loop {
            if self.stop.is_cancelled() {
                return Ok(Round::Idle);
            }
            match self.open_for_calls(WHISTL)? {
                Ok(()) => {}
                Err(NotNow::Paused(until)) => return Ok(Round::Paused(until)),
                Err(NotNow::Stopped(words)) => {
                    let sentence = format!("Whistl refuses the credentials: {words}");
                    return Ok(Round::Stopped(sentence));
                }
            }
            // Waited for before the claim: then the most urgent order is the one claimed, and a
            // program told to stop in the meantime leaves nothing of unknown outcome behind.
            let wait = self.whistl_pacer.would_wait(vendor::Lane::Orders);
            if !wait.is_zero() {
                if self.pause(wait.max(SHORTEST_WAIT)).await.is_err() {
                    return Ok(Round::Idle);
                }
                continue;
            }
            let look_only = self.sends_nothing()?;
            let claimed = self.store().claim(self.now(), look_only)?;
            let Some(claimed) = claimed else {
                return Ok(Round::Idle);
            };
            deliver.one(run, claimed).await?;
        }
    }
}
