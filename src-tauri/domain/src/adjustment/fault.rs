//! Why an adjustment cannot be posted, whose it is, and whether asking again can help.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Owner;

macro_rules! faults {
    ($( $(#[$doc:meta])* $variant:ident = $code:literal, $owner:ident, $heals:ident; )+) => {
        /// Why an adjustment is not posted, as one word that never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AdjustmentFault { $( $(#[$doc])* $variant ),+ }

        impl AdjustmentFault {
            /// Every fault.
            pub const ALL: &[Self] = &[ $( Self::$variant ),+ ];

            /// The stable word used in storage and in JSON.
            pub fn code(self) -> &'static str {
                match self { $( Self::$variant => $code ),+ }
            }

            /// Who must act.
            pub fn owner(self) -> Owner {
                match self { $( Self::$variant => Owner::$owner ),+ }
            }

            /// What has to happen before it is worth trying again.
            pub fn heals(self) -> Heals {
                match self { $( Self::$variant => Heals::$heals ),+ }
            }
        }
    };
}

/// What has to happen before an adjustment at fault is worth another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heals {
    /// A map or a product changes: looked at again whenever one does.
    WithMaps,
    /// The level in Cin7 changes: looked at again with every fresh reading.
    WithLevel,
    /// Time passes.
    WithTime,
    /// A person puts it right and says so.
    ByHand,
}

faults! {
    /// Their SKU stands for no product.
    UnknownSku = "unknown_sku", Office, WithMaps;
    /// Their SKU stands for several products.
    AmbiguousSku = "ambiguous_sku", Office, WithMaps;
    /// Cin7 has withdrawn the product.
    ProductInactive = "product_inactive", Office, WithMaps;
    /// It takes back, and does not say what.
    ReversalOfNothing = "reversal_of_nothing", Warehouse, ByHand;
    /// It is not the exact opposite of what it takes back.
    ReversalInexact = "reversal_inexact", Warehouse, ByHand;
    /// What it takes back has been taken back already.
    AlreadyReversed = "already_reversed", Warehouse, ByHand;
    /// What it takes back did not arrive in a day.
    OriginalMissing = "original_missing", Warehouse, WithTime;
    /// Cin7 has fewer on hand than are to be taken away.
    BelowZero = "below_zero", Office, WithLevel;
    /// What Cin7 has on hand could not be read.
    LevelUnread = "level_unread", Support, WithTime;
    /// The level kept moving while it was being posted.
    LevelKeepsMoving = "level_keeps_moving", Support, WithTime;
    /// Posted, but the figure did not move.
    DidNotMove = "did_not_move", Office, ByHand;
    /// Finance has closed the period it would fall in.
    PeriodLocked = "period_locked", Finance, ByHand;
    /// Cin7's location is switched off.
    LocationInactive = "location_inactive", Office, ByHand;
    /// Cin7 refused it in other words.
    RefusedByCin7 = "refused_by_cin7", Office, ByHand;
}

impl AdjustmentFault {
    /// The fault of that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.code() == code)
    }
}

/// How long a reversal waits for what it takes back before somebody is told (documented, the
/// contract's section 10, rule 2).
pub const ORIGINAL_WAIT: TimeDelta = TimeDelta::hours(24);

/// Whether a reversal that arrived then has waited too long for what it takes back.
pub fn original_is_overdue(arrived: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now.signed_duration_since(arrived) >= ORIGINAL_WAIT
}
