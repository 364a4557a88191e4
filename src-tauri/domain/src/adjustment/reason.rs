//! The words of a reason: one that is stored and never changes, and one that people read in
//! Cin7's own documents.

use std::borrow::Cow;

use super::AdjustmentReason;

/// What the stored word of a reason in no list of ours begins with, so that no word of theirs
/// can be taken for one of ours.
const OTHER: &str = "other:";

impl AdjustmentReason {
    /// Every reason that has a name of its own, in the order of the contract's section 10.
    pub const NAMED: [Self; 17] = [
        Self::CycleCount,
        Self::Damage,
        Self::PickDiscrepancy,
        Self::Found,
        Self::Lost,
        Self::WriteOff,
        Self::QuarantineIn,
        Self::QuarantineOut,
        Self::ReturnGood,
        Self::ReturnDamaged,
        Self::Receipt,
        Self::Sample,
        Self::ClientRequest,
        Self::KitBuild,
        Self::KitBreak,
        Self::Expired,
        Self::Reversal,
    ];

    /// The stable word used in storage and in JSON; one of theirs stands behind `other:`.
    pub fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::CycleCount => "cycle_count",
            Self::Damage => "damaged",
            Self::PickDiscrepancy => "pick_discrepancy",
            Self::Found => "found",
            Self::Lost => "lost",
            Self::WriteOff => "written_off",
            Self::QuarantineIn => "quarantined",
            Self::QuarantineOut => "out_of_quarantine",
            Self::ReturnGood => "returned_good",
            Self::ReturnDamaged => "returned_damaged",
            Self::Receipt => "receipt",
            Self::Sample => "sample",
            Self::ClientRequest => "client_request",
            Self::KitBuild => "kit_build",
            Self::KitBreak => "kit_break",
            Self::Expired => "expired",
            Self::Reversal => "reversal",
            Self::Other(word) => return Cow::Owned(format!("{OTHER}{word}")),
        })
    }

    /// The reason of that stored word. A word that is none of ours is a reason too.
    pub fn parse(code: &str) -> Self {
        if let Some(word) = code.strip_prefix(OTHER) {
            return Self::Other(word.to_owned());
        }
        Self::NAMED
            .into_iter()
            .find(|reason| reason.code() == code)
            .unwrap_or_else(|| Self::Other(code.to_owned()))
    }

    /// The reason as Cin7's documents show it. Theirs is shown as it came.
    pub fn phrase(&self) -> &str {
        match self {
            Self::CycleCount => "cycle count",
            Self::Damage => "damaged",
            Self::PickDiscrepancy => "pick-face difference",
            Self::Found => "found",
            Self::Lost => "lost",
            Self::WriteOff => "written off",
            Self::QuarantineIn => "quarantined",
            Self::QuarantineOut => "out of quarantine",
            Self::ReturnGood => "returned good",
            Self::ReturnDamaged => "returned damaged",
            Self::Receipt => "booked in",
            Self::Sample => "sample",
            Self::ClientRequest => "asked for",
            Self::KitBuild => "kit built",
            Self::KitBreak => "kit broken up",
            Self::Expired => "expired",
            Self::Reversal => "reversal",
            Self::Other(word) => word,
        }
    }

    /// The way that good stock can go for this reason (documented, the contract's section 10).
    pub fn direction(&self) -> Direction {
        match self {
            Self::Damage | Self::Lost | Self::WriteOff | Self::QuarantineIn => Direction::Falls,
            Self::Found | Self::QuarantineOut | Self::ReturnGood | Self::Receipt => {
                Direction::Rises
            }
            Self::ReturnDamaged => Direction::Stays,
            Self::CycleCount
            | Self::PickDiscrepancy
            | Self::Sample
            | Self::ClientRequest
            | Self::KitBuild
            | Self::KitBreak
            | Self::Expired
            | Self::Reversal
            | Self::Other(_) => Direction::Either,
        }
    }
}

/// Which way good stock goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Never up.
    Falls,
    /// Never down.
    Rises,
    /// Neither.
    Stays,
    /// Either.
    Either,
}

impl Direction {
    /// Whether that change goes this way; no change goes every way.
    pub fn allows(self, units: i64) -> bool {
        match self {
            Self::Falls => units <= 0,
            Self::Rises => units >= 0,
            Self::Stays => units == 0,
            Self::Either => true,
        }
    }
}
