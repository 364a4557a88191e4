//! The run of orders: what the merchant means by “sync”. Reads what is due, decides,
//! delivers while still reading, and follows the warehouse's news.

use std::time::Duration;

use crate::asks::Unanswered;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL};
use crate::runs::{Job, Run, RunReport};

/// How long a run waits for a look-up or a retry that is nearly due, so that a lost reply
/// is cleared up within the run that lost it.
const LINGER: Duration = Duration::from_secs(10);

impl Engine {
    pub(super) async fn run_orders(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Orders)?;
        for name in [
            "seen", "released", "held", "sent", "accepted", "rejected", "unclear",
        ] {
            run.count(name, 0);
        }
        self.read_reference(&run, false).await?;
        self.orders_body(&run).await?;
        Ok(self.end(run)?)
    }

    /// Everything but the reference data: also what `recheck` and `resend` go through.
    pub(crate) async fn orders_body(&self, run: &Run) -> Result<(), EngineFault> {
        let decider = match self.decider() {
            Ok(decider) => decider,
            Err(fault @ (EngineFault::Store(_) | EngineFault::Setting(_))) => return Err(fault),
            Err(fault) => {
                run.cut_short(fault.to_string());
                self.deliver_what_is_due(run, LINGER).await?;
                return Ok(());
            }
        };
        self.decide_again_where_rules_moved(run, &decider)?;
        // Changes are known before anything is sent, so that nothing leaves as it was before
        // an edit; then delivery starts while reading goes on, so that the first orders of
        // a burst leave at once.
        self.list_sales(run, &decider).await?;
        let done = tokio::sync::Notify::new();
        let reading = async {
            let result = self.read_sales(run, &decider).await;
            done.notify_one();
            self.outbox_bell.notify_one();
            result
        };
        let (pulled, delivered) = tokio::join!(reading, self.deliver_while(run, &done, LINGER));
        pulled?;
        delivered?;
        self.follow_events(run).await?;
        Ok(())
    }

    /// A person asked for this run: what a refused key or a long pause stopped is tried
    /// again.
    pub fn by_hand(&self) -> Result<(), EngineFault> {
        self.lift_stop(CIN7)?;
        self.lift_stop(WHISTL)?;
        Ok(())
    }

    pub(super) async fn run_events(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Events)?;
        self.follow_events(&run).await?;
        Ok(self.end(run)?)
    }

    pub(super) async fn run_deliver(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Deliver)?;
        self.deliver_what_is_due(&run, Duration::ZERO).await?;
        Ok(self.end(run)?)
    }

    pub(super) async fn run_reference(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Reference)?;
        self.read_reference(&run, false).await?;
        Ok(self.end(run)?)
    }

    /// Waits for something to deliver, or until reading is done, or for this long.
    pub(crate) async fn until_bell_or(&self, wait: Duration) -> Result<(), Unanswered> {
        tokio::select! {
            () = self.outbox_bell.notified() => Ok(()),
            () = self.stop.cancelled() => Err(Unanswered::Stopping),
            () = self.clock.sleep(wait) => Ok(()),
        }
    }
}
