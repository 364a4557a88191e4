//! Whether a document did what it was meant to. A draft's answer is a fresh reading of the
//! level; a completed one says what the level was and what it is (documented, section 9).

use rust_decimal::Decimal;

use super::document::{DocumentKind, Line};

/// What became of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it was meant.
    AsPlanned,
    /// Somebody moved stock since the level was read: it has to be set to this, or should be.
    LevelMoved {
        /// The level that the change comes to now.
        set_to: Decimal,
    },
    /// Somebody moved stock since, and the change would now take the level below 0.
    BelowZero,
    /// Posted, but the figure did not move.
    NotMoved,
    /// A write-off that is as it was meant or not: stock moved at the same time, and only the
    /// document itself can say.
    MovedOtherwise,
    /// The answer says nothing of this line: read the level.
    Unseen,
}

/// Whether a draft can be completed as it stands. `on_hand` is what its answer says of the
/// line, `QuantityOnHand`; a write-off's says nothing (documented), and need not.
pub fn at_draft(kind: DocumentKind, line: &Line, on_hand: Option<Decimal>) -> Verdict {
    let Some(on_hand) = on_hand else {
        return match kind {
            DocumentKind::Adjustment => Verdict::Unseen,
            DocumentKind::WriteOff => Verdict::AsPlanned,
        };
    };
    let set_to = line.level_from(on_hand);
    if set_to < Decimal::ZERO {
        return Verdict::BelowZero;
    }
    match kind {
        // A change is right from any level that is high enough.
        DocumentKind::WriteOff => Verdict::AsPlanned,
        DocumentKind::Adjustment if on_hand == line.on_hand => Verdict::AsPlanned,
        DocumentKind::Adjustment => Verdict::LevelMoved { set_to },
    }
}

/// Whether a completed document did what was meant, from the levels before and after it.
pub fn at_completion(
    kind: DocumentKind,
    line: &Line,
    before: Option<Decimal>,
    after: Option<Decimal>,
) -> Verdict {
    let (Some(before), Some(after)) = (before, after) else {
        return Verdict::Unseen;
    };
    let set_to = line.level_from(before);
    if after == set_to {
        return Verdict::AsPlanned;
    }
    if after == before {
        return Verdict::NotMoved;
    }
    match kind {
        DocumentKind::Adjustment => Verdict::LevelMoved { set_to },
        DocumentKind::WriteOff => Verdict::MovedOtherwise,
    }
}
