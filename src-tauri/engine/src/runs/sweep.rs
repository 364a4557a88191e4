//! The sweep: proves that nothing was missed. Every open sale of Cin7 is compared with
//! ours, every sale of ours that was never sent is looked for among them, and orders at
//! the warehouse are looked up in turn, so that none is a ghost.

use std::collections::HashSet;

use chrono::Duration;
use domain::{HoldCode, SaleId};
use store::{OrderFilter, Standing, StoreFault};
use vendor::Lane;
use whistl::Found;

use crate::asks::Unanswered;
use crate::decide::Decider;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::journal::{CIN7, WHISTL, decision};
use crate::runs::deliver::missing;
use crate::runs::follow::apply_state;
use crate::runs::reference::not_set_up;
use crate::runs::{Job, Run, RunReport};

/// Orders at the warehouse that one sweep looks up.
const LOOK_UPS: u32 = 60;

impl Engine {
    pub(super) async fn run_sweep(&self) -> Result<RunReport, EngineFault> {
        let run = self.begin(Job::Sweep)?;
        let decider = self.decider()?;
        self.lists_moved
            .store(true, std::sync::atomic::Ordering::SeqCst);
        self.decide_again_where_rules_moved(&run, &decider)?;
        self.read_again_what_was_unreadable()?;
        if let Err(why) = self.sweep_sales(&run, &decider).await {
            run.unanswered("The sweep of Cin7's open sales", why)?;
        }
        self.pull_sales(&run, &decider).await?;
        if let Err(why) = self.sweep_ghosts(&run).await {
            run.unanswered("The sweep of the warehouse", why)?;
        }
        Ok(self.end(run)?)
    }

    async fn sweep_sales(&self, run: &Run, decider: &Decider) -> Result<(), Unanswered> {
        let cin7 = self.cin7().map_err(not_set_up)?;
        let mut paging = cin7::Paging::new();
        let mut open: HashSet<SaleId> = HashSet::new();
        let mut total = 0;
        while let Some(number) = paging.next_page() {
            let page = self
                .ask(run, CIN7, None, || {
                    cin7.open_sales(Lane::Background, number)
                })
                .await?;
            paging.took(&page);
            total = page.total;
            let now = self.now();
            self.store().write(|w| {
                for listing in page.rows.iter().filter_map(|row| row.as_ref().ok()) {
                    open.insert(listing.id.clone());
                    if w.sale(&listing.id)?.is_none() {
                        run.count("found_by_sweep", 1);
                    }
                    Self::take_listing(w, run, decider, listing, true, now)?;
                }
                Ok(())
            })?;
        }
        // A list that moved while being read proves nothing about what is not in it.
        if u64::try_from(open.len()).unwrap_or_default() >= total {
            self.read_again_what_is_gone(&open)?;
        }
        Ok(())
    }

    /// What could not be read may be readable by now.
    fn read_again_what_was_unreadable(&self) -> Result<(), StoreFault> {
        let filter = OrderFilter {
            hold: Some(HoldCode::Unreadable),
            limit: 1_000,
            ..OrderFilter::default()
        };
        let page = self.store().reading().orders(&filter)?;
        self.store().write(|w| {
            for (row, _) in &page.rows {
                w.want_read(row.key)?;
            }
            Ok(())
        })
    }

    /// Sales of ours that were never sent and are no longer open in Cin7 have changed
    /// without our noticing.
    fn read_again_what_is_gone(&self, open: &HashSet<SaleId>) -> Result<(), StoreFault> {
        let unsent = self.store().reading().unsent_sales()?;
        let gone: Vec<_> = unsent
            .into_iter()
            .filter(|(_, id)| !open.contains(id))
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        self.store().write(|w| {
            for (key, _) in &gone {
                w.want_read(*key)?;
            }
            Ok(())
        })
    }

    async fn sweep_ghosts(&self, run: &Run) -> Result<(), Unanswered> {
        let (reader, _) = self.whistl().map_err(not_set_up)?;
        let before = self.now() - Duration::hours(1);
        let rows = self.store().reading().live_at_warehouse(before, LOOK_UPS)?;
        for row in rows {
            let Some(reference) = row.reference.clone() else {
                continue;
            };
            let found = self
                .ask(run, WHISTL, Some(row.key), || {
                    reader.find_order(Lane::Background, &reference)
                })
                .await?;
            let now = self.now();
            self.store().write(|w| {
                let row = w.sale_row(row.key)?;
                w.mark_checked(row.key, now)?;
                match &found {
                    Found::Here(state)
                        if row.whistl_status.as_deref() == Some(&state.raw_status) =>
                    {
                        Ok(())
                    }
                    Found::Here(state) => apply_state(w, &row, state, None, now),
                    Found::NotFound => {
                        run.count("ghosts", 1);
                        let reason = missing();
                        w.add_hold(row.key, &reason, now)?;
                        let state = Standing::In(store::OrderState::Blocked);
                        w.set_standing(row.key, &state, Some(reason.owner), now)?;
                        let text = "Accepted once, and now Whistl does not know it";
                        w.journal(&decision(now, "sweep", row.key, "auto", "missing", text))?;
                        Ok(())
                    }
                }
            })?;
        }
        Ok(())
    }
}
