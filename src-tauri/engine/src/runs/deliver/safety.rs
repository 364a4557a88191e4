//! The safety stop: when most of the last submissions were refused, it is not the orders
//! that are wrong (B26).

use chrono::{DateTime, Utc};
use store::StoreFault;
use vendor::{Fault, Told};
use whistl::Submitted;

use super::send::Deliver;

/// Submissions that must have been answered before the safety stop judges.
const SAFETY_SAMPLE: usize = 20;

impl Deliver<'_> {
    /// Pauses sending when most of the last submissions were refused: then it is not the
    /// orders that are wrong (B26).
    pub(super) fn note_for_safety(
        &self,
        told: &Told<Submitted>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let refused = match &told.result {
            Ok(Submitted::Accepted(_) | Submitted::AlreadyAccepted(_) | Submitted::Deferred(_)) => {
                false
            }
            Ok(_) | Err(Fault::Refused { .. }) => true,
            Err(_) => return Ok(()),
        };
        let share = {
            let mut recent = self
                .engine
                .recent
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            recent.push_back(refused);
            if recent.len() > SAFETY_SAMPLE {
                recent.pop_front();
            }
            if recent.len() < SAFETY_SAMPLE {
                return Ok(());
            }
            recent.iter().filter(|refused| **refused).count() * 100 / recent.len()
        };
        let limit =
            usize::try_from(self.engine.settings().whole("safety.rejected_percent")).unwrap_or(50);
        if share > limit {
            let why = format!(
                "Whistl refused {share} % of the last {SAFETY_SAMPLE} orders; sending paused itself"
            );
            self.engine.pause_sending("auto: safety stop", &why, now)?;
            self.engine
                .recent
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .clear();
        }
        Ok(())
    }
}
