//! What a document that came to nothing means for those who have to see to it.

use chrono::{DateTime, Utc};
use domain::adjustment::AdjustmentFault;
use store::DocumentFails;
use vendor::Fault;

use super::judge::wait_of;

/// Cin7 said no.
pub(super) fn of_refusal<'a>(
    step: &str,
    fault: &Fault,
    words: &'a str,
    now: DateTime<Utc>,
) -> DocumentFails<'a> {
    let cause = if cin7::is_locked_period(fault) {
        AdjustmentFault::PeriodLocked
    } else if cin7::is_short_of_stock(fault) {
        AdjustmentFault::BelowZero
    } else if cin7::is_unknown_product(fault) {
        AdjustmentFault::UnknownSku
    } else {
        tracing::debug!(step, "refused for a reason in no list");
        AdjustmentFault::RefusedByCin7
    };
    fails(cause, words, now)
}

/// It was completed, and the figure did not follow.
pub(super) fn unmoved(now: DateTime<Utc>) -> DocumentFails<'static> {
    fails(
        AdjustmentFault::DidNotMove,
        "Cin7 Core says that the document is completed, but the figure did not move.",
        now,
    )
}

/// Somebody took it back in Cin7.
pub(super) fn voided(now: DateTime<Utc>) -> DocumentFails<'static> {
    fails(
        AdjustmentFault::RefusedByCin7,
        "The document was voided in Cin7 Core.",
        now,
    )
}

fn fails(fault: AdjustmentFault, detail: &str, now: DateTime<Utc>) -> DocumentFails<'_> {
    DocumentFails {
        cause: fault.code(),
        detail,
        owner: Some(fault.owner()),
        due: now + wait_of(fault),
    }
}
