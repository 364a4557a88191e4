//! Asking a vendor a question with all that belongs to it: waiting while the vendor is
//! paused, keeping the record, noting its health. Writing to a vendor is not done here.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use domain::stock::Span;
use store::{SaleKey, StoreFault};
use vendor::{Exchange, Fault, Told};

use crate::engine::Engine;
use crate::health::{NotNow, SILENT};
use crate::journal::{CIN7, WHISTL, call};
use crate::runs::Run;

/// Longest single pause that a run sits out; a longer one ends the run, and the next run
/// goes on from there.
const PATIENCE: Duration = Duration::from_secs(75);
/// How often a question that failed is asked again within one run.
const TRIES: u32 = 3;

/// How long a question may still take after the word to stop.
const STOPPING: Duration = Duration::from_secs(2);

/// Why a question got no answer in this run.
#[derive(Debug)]
pub(crate) enum Unanswered {
    /// The store failed.
    Store(StoreFault),
    /// The vendor cannot be called now; a sentence for the run's report.
    NotNow(String),
    /// The vendor said no, for good.
    Refused(Fault),
    /// The program is stopping.
    Stopping,
}

impl From<StoreFault> for Unanswered {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl Engine {
    /// Asks until there is an answer, a refusal, or no more patience.
    pub(crate) async fn ask<T, F>(
        &self,
        run: &Run,
        vendor: &'static str,
        sale: Option<SaleKey>,
        question: impl Fn() -> F,
    ) -> Result<T, Unanswered>
    where
        F: Future<Output = Told<T>>,
    {
        let mut tries = 0;
        loop {
            // A vendor that gave no answer to one question is not waited for again with the
            // next: the run ends with what it has, and the next run goes on from there.
            if run.gave_up_on(vendor)
                && let Err(NotNow::Paused(until)) = self.open_for_calls(vendor)?
            {
                return Err(not_before(vendor, until));
            }
            self.wait_until_open(vendor).await?;
            let told = tokio::select! {
                told = question() => told,
                // Questions change nothing, so one may be left; most often it has not even
                // been asked, and waits for its turn.
                () = self.told_to_stop_for(STOPPING) => return Err(Unanswered::Stopping),
            };
            run.called(vendor);
            self.keep_exchange(vendor, sale, &told.exchange, told.result.as_ref().err())?;
            match told.result {
                Ok(answer) => return Ok(answer),
                Err(fault @ Fault::Refused { .. }) => return Err(Unanswered::Refused(fault)),
                Err(Fault::Busy { .. }) => {}
                Err(fault @ (Fault::SignIn(_) | Fault::Redirected(_))) => {
                    tries += 1;
                    if tries >= 2 {
                        return Err(Unanswered::NotNow(named(vendor, &fault)));
                    }
                }
                Err(
                    fault
                    @ (Fault::Unreachable(_) | Fault::NoAnswer { .. } | Fault::Unclear { .. }),
                ) => {
                    tries += 1;
                    let failures = self.store().reading().vendor(vendor)?.failures;
                    if tries >= TRIES || failures >= SILENT {
                        run.give_up_on(vendor);
                        return Err(Unanswered::NotNow(named(vendor, &fault)));
                    }
                }
            }
        }
    }

    /// The same, with the time from when the question that was answered left until its answer
    /// was in hand: whatever it says was so at some moment of that.
    pub(crate) async fn ask_when<T, F>(
        &self,
        run: &Run,
        vendor: &'static str,
        question: impl Fn() -> F,
    ) -> Result<(T, Span), Unanswered>
    where
        F: Future<Output = Told<T>>,
    {
        let now = self.now();
        let last = Mutex::new(Span {
            began: now,
            ended: now,
        });
        let (timed, asking) = (&last, &question);
        let answer = self
            .ask(run, vendor, None, move || async move {
                let told = asking().await;
                *timed.lock().unwrap_or_else(PoisonError::into_inner) = Span {
                    began: told.exchange.started,
                    ended: self.now(),
                };
                told
            })
            .await?;
        let span = last.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok((answer, span))
    }

    /// Waits while the vendor is paused, within the run's patience.
    pub(crate) async fn wait_until_open(&self, vendor: &'static str) -> Result<(), Unanswered> {
        loop {
            if self.stop.is_cancelled() {
                return Err(Unanswered::Stopping);
            }
            match self.open_for_calls(vendor)? {
                Ok(()) => return Ok(()),
                Err(NotNow::Stopped(words)) => {
                    return Err(Unanswered::NotNow(format!(
                        "{} refuses the credentials: {words}",
                        name(vendor)
                    )));
                }
                Err(NotNow::Paused(until)) => {
                    let wait = (until - self.now()).to_std().unwrap_or_default();
                    if wait > PATIENCE {
                        return Err(not_before(vendor, until));
                    }
                    self.pause(wait + Duration::from_millis(50)).await?;
                }
            }
        }
    }

    /// Ends so long after the word to stop came, in real time.
    async fn told_to_stop_for(&self, grace: Duration) {
        self.stop.cancelled().await;
        self.meter.sleep(grace).await;
    }

    /// Sleeps on the engine's clock unless the program stops.
    pub(crate) async fn pause(&self, how_long: Duration) -> Result<(), Unanswered> {
        tokio::select! {
            () = self.stop.cancelled() => Err(Unanswered::Stopping),
            () = self.clock.sleep(how_long) => Ok(()),
        }
    }

    /// Keeps the record of a call and what it says about the vendor's health.
    pub(crate) fn keep_exchange(
        &self,
        vendor: &'static str,
        sale: Option<SaleKey>,
        exchange: &Exchange,
        fault: Option<&Fault>,
    ) -> Result<(), StoreFault> {
        let now = self.now();
        self.hear(vendor, exchange, now);
        let mut store = self.store();
        store.write(|w| {
            w.journal(&call(vendor, exchange, sale))?;
            self.heard(w, vendor, exchange, fault, now)
        })
    }
}

fn not_before(vendor: &str, until: chrono::DateTime<chrono::Utc>) -> Unanswered {
    Unanswered::NotNow(format!(
        "{} is not answering; next try at {}",
        name(vendor),
        until.format("%H:%M:%S UTC")
    ))
}

/// The wait a fault asks for.
pub(crate) fn wait_of(fault: Option<&Fault>) -> Option<Duration> {
    match fault? {
        Fault::Busy { wait, .. } => Some(*wait),
        Fault::NoAnswer { wait, .. } | Fault::Unclear { wait, .. } => *wait,
        Fault::Refused { .. } | Fault::Unreachable(_) | Fault::SignIn(_) | Fault::Redirected(_) => {
            None
        }
    }
}

/// The vendor's name as people say it.
pub(crate) fn name(vendor: &str) -> &'static str {
    match vendor {
        CIN7 => "Cin7 Core",
        WHISTL => "Whistl",
        _ => "The vendor",
    }
}

fn named(vendor: &str, fault: &Fault) -> String {
    format!("{}: {fault}", name(vendor))
}
