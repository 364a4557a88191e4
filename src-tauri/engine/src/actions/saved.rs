//! A map entry made on a screen: the orders that wait for it are judged again at once,
//! while whoever made it goes on.

use std::sync::PoisonError;

use store::{MapKind, SaleKey};

use super::maps::Mapped;
use crate::decide::Decided;
use crate::engine::Engine;
use crate::fault::EngineFault;
use crate::runs::{Job, RunReport};
use crate::views::causes_of;

/// What came of an entry made on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The entry.
    pub mapped: Mapped,
    /// Orders that waited for it and are judged again now.
    pub waiting: u32,
}

impl Engine {
    /// Sets one entry and has just the orders that wait for it judged again: by the
    /// schedule at once if it is at work, else at the next run.
    pub fn save_map(
        &self,
        kind: MapKind,
        from: &str,
        to: &str,
        reason: &str,
    ) -> Result<Saved, EngineFault> {
        let mapped = self.map(kind, from, to, reason)?;
        let waiting = self.waiting_for(kind, from)?.len();
        if waiting > 0 {
            self.mapped
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push_back((kind, from.to_owned()));
            self.mapped_bell.notify_one();
        }
        Ok(Saved {
            mapped,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        })
    }

    /// Judges again the orders that wait for entries made by hand. `None` when no entry was
    /// made since the last time.
    pub(crate) fn judge_mapped(&self) -> Result<Option<RunReport>, EngineFault> {
        let entries: Vec<(MapKind, String)> = self
            .mapped
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .drain(..)
            .collect();
        if entries.is_empty() {
            return Ok(None);
        }
        let run = self.begin(Job::Deliver)?;
        let decider = self.decider()?;
        let mut released = false;
        for (kind, from) in entries {
            for key in self.waiting_for(kind, &from)? {
                if self.stop.is_cancelled() {
                    break;
                }
                let row = self.store().reading().sale_row(key)?;
                let decided = self.decide_again(&run, &decider, &row, "auto: mapped")?;
                released |= decided == Some(Decided::Released);
            }
        }
        if released {
            self.hand_bell.notify_one();
        }
        Ok(Some(self.end(run)?))
    }

    fn waiting_for(&self, kind: MapKind, from: &str) -> Result<Vec<SaleKey>, EngineFault> {
        let store = self.store();
        Ok(store.reading().sales_held_for(causes_of(kind), from)?)
    }
}
