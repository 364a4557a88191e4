//! Counts by state, owner, cause and reason outside, kept by triggers as things change.

use chrono::{DateTime, Utc};

use crate::forms::{OrderState, Tally};
use crate::reading::{Reading, col};
use crate::{StoreFault, times};

impl Reading {
    /// How many sales are in each state.
    pub fn tallies_by_state(&self) -> Result<Vec<Tally>, StoreFault> {
        self.tallies("state")
    }

    /// How many sales wait for each owner.
    pub fn tallies_by_owner(&self) -> Result<Vec<Tally>, StoreFault> {
        self.tallies("owner")
    }

    /// How many sales are held for each cause; a sale with several counts for each.
    pub fn tallies_by_hold(&self) -> Result<Vec<Tally>, StoreFault> {
        self.tallies("hold")
    }

    /// How many sales are outside the trigger, by reason.
    pub fn tallies_by_outside(&self) -> Result<Vec<Tally>, StoreFault> {
        self.tallies("outside")
    }

    fn tallies(&self, scope: &str) -> Result<Vec<Tally>, StoreFault> {
        self.all(
            "SELECT word, count FROM tally WHERE scope = ?1 AND count > 0 ORDER BY word",
            [scope],
            |row| {
                Ok(Tally {
                    word: col(row, 0)?,
                    count: col(row, 1)?,
                })
            },
        )
    }

    /// When the sale that is longest in this state came into it.
    pub fn oldest(&self, state: OrderState) -> Result<Option<DateTime<Utc>>, StoreFault> {
        let oldest: Option<Option<i64>> = self.one(
            "SELECT MIN(changed_at) FROM sale WHERE state = ?1",
            [state.word()],
            |row| row.get(0),
        )?;
        times::at_ms_or_none(oldest.flatten())
    }
}
