//! Pulls changed sales from Cin7: the list by time with an overlapping window, then each
//! sale that is due or known, once per change. Every row is on disk before it is judged,
//! and the mark moves only with the last page.

mod again;
mod contacts;
mod listing;
mod read;

pub(crate) use contacts::contacts_from;
use store::StoreFault;

use crate::decide::Decider;
use crate::engine::Engine;
use crate::runs::Run;

impl Engine {
    /// One pull: list, then details, deciding each.
    pub(in crate::runs) async fn pull_sales(
        &self,
        run: &Run,
        decider: &Decider,
    ) -> Result<(), StoreFault> {
        self.list_sales(run, decider).await?;
        self.read_sales(run, decider).await
    }

    /// Notes what has changed in Cin7 since the last look.
    pub(in crate::runs) async fn list_sales(
        &self,
        run: &Run,
        decider: &Decider,
    ) -> Result<(), StoreFault> {
        if let Err(why) = self.list_changes(run, decider).await {
            run.unanswered("The list of changed sales", why)?;
        }
        Ok(())
    }

    /// Reads and decides what was noted; also what was noted earlier, when today's list
    /// failed.
    pub(in crate::runs) async fn read_sales(
        &self,
        run: &Run,
        decider: &Decider,
    ) -> Result<(), StoreFault> {
        if let Err(why) = self.read_wanted(run, decider).await {
            run.unanswered("Reading a sale", why)?;
        }
        Ok(())
    }
}
