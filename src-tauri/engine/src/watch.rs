//! The schedule at work until told to stop. Jobs run side by side, so that a long pull
//! holds up no news from the warehouse; the pacer gives orders the first turn.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use store::Gap;

use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::notice;
use crate::runs::{Job, RunReport};
use crate::schedule::{GAP_SECONDS, HEARTBEAT_SECONDS, Turn, next_due, turns};

/// Longest nap between looks at the schedule, so that a clock that jumps is noticed.
const NAP: Duration = Duration::from_secs(30);

/// What nobody waits for waits so long after the start: the first comparison of stock, and
/// personal data that leaves with age. Orders come first, and the window that is being opened.
const SETTLED_AFTER: chrono::Duration = chrono::Duration::minutes(2);

impl Engine {
    /// Runs the schedule until the stop token is cancelled, telling of each finished run.
    pub async fn watch(&self, told: &(dyn Fn(&RunReport) + Sync)) -> Result<(), EngineFault> {
        self.by_hand()?;
        self.note_gap_since_last_beat("off")?;
        let pulling = AtomicBool::new(false);
        let worked = tokio::try_join!(
            self.repeat(Job::Orders, told, Some(&pulling)),
            self.repeat(Job::Events, told, None),
            self.repeat(Job::Despatches, told, None),
            self.repeat(Job::Adjustments, told, None),
            self.repeat(Job::Reconcile, told, None),
            self.repeat(Job::ReadBack, told, None),
            self.repeat(Job::Sweep, told, None),
            self.repeat(Job::Reference, told, None),
            self.repeat(Job::Retention, told, None),
            self.deliver_between_runs(told, &pulling),
            self.confirm_between_runs(told),
            self.judge_when_mapped(told),
            self.beat(),
            self.keep_attending(),
        );
        if let Err(fault @ EngineFault::Store(_)) = &worked {
            self.store_failed(fault);
        }
        worked.map(|_| ())
    }

    /// Looks for changed sales and for news from the warehouse now, and not at the next
    /// turn. What is being looked for already is not looked for twice.
    pub fn look_now(&self) {
        self.look_bell.notify_waiters();
    }

    async fn repeat(
        &self,
        job: Job,
        told: &(dyn Fn(&RunReport) + Sync),
        busy: Option<&AtomicBool>,
    ) -> Result<(), EngineFault> {
        // A sweep right at the start would only repeat what the first pull does.
        let mut first = true;
        let settled = self.now() + SETTLED_AFTER;
        loop {
            let turn = turns(&self.settings())
                .into_iter()
                .find(|(known, _)| *known == job)
                .map_or(Turn::Every(chrono::Duration::hours(1)), |(_, turn)| turn);
            let now = self.now();
            let last = self.store().reading().last_run(job.word())?;
            let due = match (&last, &turn) {
                (None, Turn::Every(every)) if first && job == Job::Sweep => Some(now + *every),
                // Orders come first; and whether the vendors answer is known then.
                (None, Turn::At(times, _)) if !times.is_empty() => Some(settled),
                (last, turn) => next_due(last.as_ref(), turn, now).map(|due| match job {
                    Job::Retention => due.max(settled),
                    _ => due,
                }),
            };
            first = false;
            if due.is_none_or(|due| due > now) {
                let wait = due.map_or(NAP, |due| (due - now).to_std().unwrap_or_default());
                let wait = wait.min(NAP);
                let asked_for = matches!(job, Job::Orders | Job::Events | Job::Despatches);
                tokio::select! {
                    () = self.look_bell.notified(), if asked_for => {}
                    slept = self.pause(wait) => match slept {
                        Ok(()) => continue,
                        Err(_) => return Ok(()),
                    },
                }
            }
            if self.stop.is_cancelled() {
                return Ok(());
            }
            if let Some(busy) = busy {
                busy.store(true, Ordering::SeqCst);
            }
            let report = self.run(job).await;
            if let Some(busy) = busy {
                busy.store(false, Ordering::SeqCst);
            }
            match report {
                Ok(report) => told(&report),
                // A missing setting is told in the status; the schedule goes on.
                Err(
                    fault @ (EngineFault::Setting(_)
                    | EngineFault::Wrong { .. }
                    | EngineFault::Vendor { .. }),
                ) => {
                    tracing::warn!(job = job.word(), %fault, "the run could not be done");
                    if self.pause(NAP).await.is_err() {
                        return Ok(());
                    }
                }
                Err(fault @ EngineFault::Store(_)) => return Err(fault),
            }
        }
    }

    /// Delivers what falls due between two looks: retries, look-ups, a released order.
    async fn deliver_between_runs(
        &self,
        told: &(dyn Fn(&RunReport) + Sync),
        pulling: &AtomicBool,
    ) -> Result<(), EngineFault> {
        loop {
            let look_only = self.sends_nothing()?;
            let due = self.store().reading().next_due(look_only)?;
            let now = self.now();
            let open = self.open_for_calls(crate::journal::WHISTL)?.is_ok();
            if open && due.is_some_and(|at| at <= now) && !pulling.load(Ordering::SeqCst) {
                told(&self.run(Job::Deliver).await?);
            }
            let wait = due
                .map_or(NAP, |at| (at - now).to_std().unwrap_or_default())
                .clamp(Duration::from_secs(1), NAP);
            tokio::select! {
                () = self.hand_bell.notified() => {}
                slept = self.pause(wait) => if slept.is_err() {
                    return Ok(());
                },
            }
        }
    }

    /// Tells Cin7 of what falls due between two looks: retries, and what was unclear.
    async fn confirm_between_runs(
        &self,
        told: &(dyn Fn(&RunReport) + Sync),
    ) -> Result<(), EngineFault> {
        loop {
            let due = self.store().reading().confirmations()?.next_due;
            let now = self.now();
            let open = self.open_for_calls(crate::journal::CIN7)?.is_ok();
            let free = self.confirming.try_lock().is_ok();
            let may = open && free && self.settings().is_live();
            if may && due.is_some_and(|at| at <= now) {
                told(&self.run(Job::Confirm).await?);
            }
            let wait = due
                .map_or(NAP, |at| (at - now).to_std().unwrap_or_default())
                .clamp(Duration::from_secs(1), NAP);
            if self.pause(wait).await.is_err() {
                return Ok(());
            }
        }
    }

    /// Judges the orders again that wait for a map entry as soon as it is made.
    async fn judge_when_mapped(
        &self,
        told: &(dyn Fn(&RunReport) + Sync),
    ) -> Result<(), EngineFault> {
        loop {
            tokio::select! {
                () = self.mapped_bell.notified() => {}
                () = self.stop.cancelled() => return Ok(()),
            }
            match self.judge_mapped() {
                Ok(Some(report)) => told(&report),
                Ok(None) => {}
                Err(fault @ EngineFault::Store(_)) => return Err(fault),
                // What keeps orders from being judged is told in the status.
                Err(fault) => tracing::warn!(%fault, "orders could not be judged again yet"),
            }
        }
    }

    /// Notes that the program is alive, and a gap when it was not.
    async fn beat(&self) -> Result<(), EngineFault> {
        loop {
            self.note_gap_since_last_beat("asleep")?;
            let seconds = u64::try_from(HEARTBEAT_SECONDS).unwrap_or(30);
            if self.pause(Duration::from_secs(seconds)).await.is_err() {
                return Ok(());
            }
        }
    }

    fn note_gap_since_last_beat(&self, cause: &str) -> Result<(), EngineFault> {
        let now = self.now();
        let mut store = self.store();
        let last = store.reading().heartbeat()?;
        store.write(|w| {
            if let Some(from) = last
                && (now - from).num_seconds() > GAP_SECONDS
            {
                w.put_gap(&Gap {
                    from,
                    to: now,
                    cause: cause.into(),
                })?;
                let text = format!(
                    "This PC was {cause} from {} to {}; nothing was sent in between",
                    from.format("%Y-%m-%d %H:%M UTC"),
                    now.format("%Y-%m-%d %H:%M UTC")
                );
                w.journal(&notice(now, "gap", "gap", cause, "auto", &text))?;
            }
            w.heartbeat(now)
        })?;
        Ok(())
    }
}
