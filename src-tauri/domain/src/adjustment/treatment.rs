//! What an adjustment can need: to be posted, approved, decided, recorded, put right, or to
//! wait; and whose move it is.

use rust_decimal::Decimal;

use super::AdjustmentFault;
use crate::{Owner, ProductId, Sku};

/// What in Cin7 an adjustment is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Cin7's product.
    pub product: ProductId,
    /// Its SKU as Cin7 spells it.
    pub sku: Sku,
}

/// What an adjustment needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Post it. `look` is why somebody should look at it afterwards; mostly nothing.
    Post {
        /// What to change in Cin7.
        target: Target,
        /// What it exceeds, and is posted all the same.
        look: Vec<ApprovalReason>,
    },
    /// A named person must agree first.
    Approve {
        /// What to change in Cin7 then.
        target: Target,
        /// Why.
        because: ApprovalReasons,
    },
    /// A person must say whether Cin7 has it already, and so whether it is posted at all.
    Decide {
        /// What would be changed in Cin7.
        target: Target,
        /// Why that is not known.
        because: DecisionReason,
    },
    /// Nothing is to be posted.
    Record(RecordReason),
    /// It takes back one that Cin7 was never told: both are closed.
    CloseWithOriginal,
    /// What it takes back has not arrived, or is being told to Cin7 just now.
    WaitForOriginal,
    /// It cannot be posted as it is.
    Fault(AdjustmentFault),
}

impl Treatment {
    /// Whose move it is; `None` when nobody's.
    pub fn owner(&self) -> Option<Owner> {
        match self {
            Self::Approve { .. } => Some(Owner::Finance),
            Self::Decide { because, .. } => Some(because.owner()),
            Self::Fault(fault) => Some(fault.owner()),
            Self::Post { .. }
            | Self::Record(_)
            | Self::CloseWithOriginal
            | Self::WaitForOriginal => None,
        }
    }
}

/// Why somebody must agree; at least one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalReasons {
    first: ApprovalReason,
    rest: Vec<ApprovalReason>,
}

impl ApprovalReasons {
    /// `None` if there are none.
    pub fn from_reasons(reasons: Vec<ApprovalReason>) -> Option<Self> {
        let mut reasons = reasons.into_iter();
        let first = reasons.next()?;
        Some(Self {
            first,
            rest: reasons.collect(),
        })
    }

    /// All of them.
    pub fn reasons(&self) -> impl Iterator<Item = &ApprovalReason> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// Why a person must agree before an adjustment is posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApprovalReason {
    /// Every adjustment is approved here.
    Always,
    /// More units than the ceiling.
    Units {
        /// Units of the adjustment, without their sign.
        units: u64,
        /// The ceiling.
        limit: u64,
    },
    /// Worth more than the ceiling.
    Value {
        /// Units at Cin7's unit cost, without their sign.
        value: Decimal,
        /// The ceiling.
        limit: Decimal,
    },
    /// A larger share of the stock than the ceiling.
    Share {
        /// Units of the adjustment, without their sign.
        units: u64,
        /// Units on hand in Cin7.
        level: Decimal,
        /// The ceiling, percent.
        limit: Decimal,
    },
    /// What a unit costs is not known, so that neither the ceiling can be held nor a rise be
    /// given its value.
    CostUnknown,
    /// What Cin7 has on hand is not known, so that the share cannot be told.
    LevelUnknown,
}

impl ApprovalReason {
    /// The stable word used in storage and in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::Units { .. } => "units",
            Self::Value { .. } => "value",
            Self::Share { .. } => "share",
            Self::CostUnknown => "cost_unknown",
            Self::LevelUnknown => "level_unknown",
        }
    }
}

/// Why a person must decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecisionReason {
    /// Goods in, which a purchase receipt may book in Cin7 too.
    Receipt,
    /// A return, which a credit note may book in Cin7 too.
    Return,
    /// A reason that the merchant wants to decide each time.
    Chosen,
    /// A reason in no list of ours.
    UnknownReason,
    /// The sign does not fit the reason: units found that are less than none, say.
    UnlikelySign,
    /// It takes back one that Cin7 has from elsewhere, where it may be taken back too.
    OriginalFromElsewhere,
}

impl DecisionReason {
    /// Every reason.
    pub const ALL: [Self; 6] = [
        Self::Receipt,
        Self::Return,
        Self::Chosen,
        Self::UnknownReason,
        Self::UnlikelySign,
        Self::OriginalFromElsewhere,
    ];

    /// The stable word used in storage and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Return => "return",
            Self::Chosen => "chosen",
            Self::UnknownReason => "unknown_reason",
            Self::UnlikelySign => "unlikely_sign",
            Self::OriginalFromElsewhere => "original_from_elsewhere",
        }
    }

    /// The reason of that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Who decides.
    pub fn owner(self) -> Owner {
        match self {
            Self::Receipt | Self::Return | Self::OriginalFromElsewhere => Owner::Office,
            Self::Chosen | Self::UnknownReason => Owner::Finance,
            Self::UnlikelySign => Owner::Warehouse,
        }
    }
}

/// Why nothing is posted, and nobody asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordReason {
    /// Good stock did not change.
    NoUnits,
    /// Came back and cannot be sold.
    ReturnDamaged,
}

impl RecordReason {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::NoUnits, Self::ReturnDamaged];

    /// The stable word used in storage and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoUnits => "no_units",
            Self::ReturnDamaged => "return_damaged",
        }
    }

    /// The reason of that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}
