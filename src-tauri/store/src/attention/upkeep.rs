//! What time alone brings about: orders come back, put-offs and assignments end with the
//! need, changes of owner are counted. Asked about often, so that nothing is written when
//! nothing is due.

use chrono::{DateTime, Utc};

use crate::forms::SaleKey;
use crate::reading::Reading;
use crate::write::Write;
use crate::{StoreFault, times};

impl Reading {
    /// Whether [`Write::upkeep`] has anything to do.
    pub fn upkeep_is_due(&self, now: DateTime<Utc>) -> Result<bool, StoreFault> {
        let due: Option<bool> = self.one(
            "SELECT EXISTS (SELECT 1 FROM put_off WHERE until <= ?1)
                 OR EXISTS (SELECT 1 FROM turn_moved LIMIT 1)
                 OR EXISTS (SELECT 1 FROM sale INDEXED BY sale_put_off
                            WHERE put_off_until IS NOT NULL AND owner IS NULL)
                 OR EXISTS (SELECT 1 FROM sale INDEXED BY sale_assigned
                            WHERE assigned IS NOT NULL AND owner IS NULL)",
            [times::ms(now)],
            |row| row.get(0),
        )?;
        Ok(due.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Does what is due, up to a bound; what is left is due at the next call. Gives back the
    /// orders that came back by themselves, with their numbers.
    pub fn upkeep(&mut self, now: DateTime<Utc>) -> Result<Vec<(SaleKey, String)>, StoreFault> {
        let back = self.bring_back_what_is_due(now)?;
        self.end_what_is_over()?;
        self.take_turns(now)?;
        Ok(back)
    }
}
