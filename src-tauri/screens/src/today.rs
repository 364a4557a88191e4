//! Today: the figures, what needs someone, the schedule, the calls, how vendors answer.

use engine::EngineFault;
use engine::views::Views;

use crate::shapes::TodayView;

/// What Today shows. Costs the same however many orders there are.
///
/// # Errors
/// The store's.
pub fn today(look: &Views<'_>) -> Result<TodayView, EngineFault> {
    let _ = look;
    Err(EngineFault::wrong("not_yet", "", "Not made yet."))
}
