//! Says what an adjustment needs, from what is known of it and the merchant's rules. What was
//! done about it already is the caller's knowledge, not ours.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::fault::AdjustmentFault;
use super::treatment::{
    ApprovalReason, ApprovalReasons, DecisionReason, RecordReason, Target, Treatment,
};
use super::{Adjustment, AdjustmentReason};

/// What their SKU stands for in Cin7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// One product that is in use.
    Known(Target),
    /// One product that Cin7 has withdrawn.
    Inactive(Target),
    /// None.
    Unknown,
    /// Several, so that a person must say which.
    Ambiguous,
}

/// Where the adjustment stands that another takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Original {
    /// It has not arrived.
    Unknown,
    /// It is here.
    Known {
        /// Its SKU, as they spell it.
        sku: String,
        /// Its change of good stock.
        units: i64,
        /// What became of it.
        standing: OriginalStanding,
    },
}

/// What became of the adjustment that another takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginalStanding {
    /// Not told to Cin7 yet: new, at fault, or waiting for a person.
    Waiting,
    /// Being told to Cin7, or nobody knows yet whether it arrived.
    Posting,
    /// A person set it aside, and Cin7 does not have it.
    SetAside,
    /// A person said that Cin7 has it from elsewhere.
    AlreadyInCin7,
    /// Cin7 has been told.
    Posted,
    /// Another reversal has taken it back.
    Reversed,
}

/// The most that may be posted without a person. Each is met by more than it, not by as much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ceiling {
    /// Units.
    pub units: Option<u64>,
    /// Money at Cin7's unit cost, in the merchant's own currency.
    pub value: Option<Decimal>,
    /// Percent of the level that Cin7 holds now.
    pub share: Option<Decimal>,
}

/// Whether a reason in no list of ours is posted by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtherReasons {
    /// A person decides each (the contract's section 10).
    #[default]
    Decide,
    /// Posted to the account for others.
    Post,
}

/// What becomes of a fall above its ceiling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LargeFalls {
    /// It waits for approval.
    #[default]
    Wait,
    /// It is posted at once, because it stops overselling, and looked at afterwards (B11).
    PostThenLook,
}

/// The merchant's rules for adjustments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentRules {
    /// For falls in stock.
    pub falls: Ceiling,
    /// For rises in stock, as a rule the lower one.
    pub rises: Ceiling,
    /// Nothing is posted without a person.
    pub always_approve: bool,
    /// What becomes of a fall above its ceiling.
    pub large_falls: LargeFalls,
    /// Reasons that a person decides, each time.
    pub decide: BTreeSet<AdjustmentReason>,
    /// Reasons in no list of ours.
    pub other_reasons: OtherReasons,
}

impl Default for TreatmentRules {
    /// No ceilings; returns and goods in are decided, because Cin7 may book those by a credit
    /// note or a purchase receipt of its own (the contract's section 10).
    fn default() -> Self {
        Self {
            falls: Ceiling::default(),
            rises: Ceiling::default(),
            always_approve: false,
            large_falls: LargeFalls::default(),
            decide: [AdjustmentReason::ReturnGood, AdjustmentReason::Receipt].into(),
            other_reasons: OtherReasons::default(),
        }
    }
}

/// What is known when an adjustment is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// What its SKU stands for.
    pub resolved: Resolved,
    /// Cin7's cost of one unit, in the merchant's own currency.
    pub unit_cost: Option<Decimal>,
    /// Units that Cin7 has on hand at the location.
    pub level: Option<Decimal>,
    /// Where the adjustment stands that it takes back; asked only when it names one.
    pub original: Original,
}

/// What the adjustment needs. Looks at what it takes back first, then at whether anything
/// changed, at its SKU, at its reason, and at the ceilings last.
pub fn treat(adjustment: &Adjustment, setting: &Setting, rules: &TreatmentRules) -> Treatment {
    let takes_back = match takes_back(adjustment, &setting.original) {
        Ok(posted) => posted,
        Err(treatment) => return treatment,
    };
    if adjustment.units == 0 {
        return Treatment::Record(match adjustment.reason {
            AdjustmentReason::ReturnDamaged => RecordReason::ReturnDamaged,
            _ => RecordReason::NoUnits,
        });
    }
    let target = match &setting.resolved {
        Resolved::Known(target) => target.clone(),
        Resolved::Inactive(_) => return Treatment::Fault(AdjustmentFault::ProductInactive),
        Resolved::Unknown => return Treatment::Fault(AdjustmentFault::UnknownSku),
        Resolved::Ambiguous => return Treatment::Fault(AdjustmentFault::AmbiguousSku),
    };
    if let Some(because) = undecided(adjustment, takes_back, rules) {
        return Treatment::Decide { target, because };
    }
    let exceeded = exceeded(adjustment, setting, rules);
    let at_once = adjustment.units < 0
        && !rules.always_approve
        && rules.large_falls == LargeFalls::PostThenLook;
    match ApprovalReasons::from_reasons(exceeded) {
        None => Treatment::Post {
            target,
            look: Vec::new(),
        },
        Some(because) if at_once => Treatment::Post {
            target,
            look: because.reasons().cloned().collect(),
        },
        Some(because) => Treatment::Approve { target, because },
    }
}

/// What of its original is left to look at once it has been found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TakesBack {
    /// It takes nothing back.
    Nothing,
    /// Cin7 was told of the original by us.
    Posted,
    /// Cin7 has the original from elsewhere.
    FromElsewhere,
}

fn takes_back(adjustment: &Adjustment, original: &Original) -> Result<TakesBack, Treatment> {
    let fault = |fault| Err(Treatment::Fault(fault));
    let Some(reverses) = &adjustment.reverses else {
        return match adjustment.reason {
            AdjustmentReason::Reversal => fault(AdjustmentFault::ReversalOfNothing),
            _ => Ok(TakesBack::Nothing),
        };
    };
    if *reverses == adjustment.id {
        return fault(AdjustmentFault::ReversalOfNothing);
    }
    let (sku, units, standing) = match original {
        Original::Unknown => return Err(Treatment::WaitForOriginal),
        Original::Known {
            sku,
            units,
            standing,
        } => (sku, units, standing),
    };
    if !sku.eq_ignore_ascii_case(&adjustment.sku) || units.checked_neg() != Some(adjustment.units) {
        return fault(AdjustmentFault::ReversalInexact);
    }
    match standing {
        OriginalStanding::Waiting | OriginalStanding::SetAside => Err(Treatment::CloseWithOriginal),
        OriginalStanding::Posting => Err(Treatment::WaitForOriginal),
        OriginalStanding::Reversed => fault(AdjustmentFault::AlreadyReversed),
        OriginalStanding::AlreadyInCin7 => Ok(TakesBack::FromElsewhere),
        OriginalStanding::Posted => Ok(TakesBack::Posted),
    }
}

fn undecided(
    adjustment: &Adjustment,
    takes_back: TakesBack,
    rules: &TreatmentRules,
) -> Option<DecisionReason> {
    match takes_back {
        // What Cin7 was told by us can only be taken back by us.
        TakesBack::Posted => return None,
        TakesBack::FromElsewhere => return Some(DecisionReason::OriginalFromElsewhere),
        TakesBack::Nothing => {}
    }
    let reason = &adjustment.reason;
    if !reason.direction().allows(adjustment.units) {
        return Some(DecisionReason::UnlikelySign);
    }
    if rules.decide.contains(reason) {
        return Some(match reason {
            AdjustmentReason::Receipt => DecisionReason::Receipt,
            AdjustmentReason::ReturnGood | AdjustmentReason::ReturnDamaged => {
                DecisionReason::Return
            }
            _ => DecisionReason::Chosen,
        });
    }
    let other = matches!(reason, AdjustmentReason::Other(_));
    (other && rules.other_reasons == OtherReasons::Decide).then_some(DecisionReason::UnknownReason)
}

fn exceeded(
    adjustment: &Adjustment,
    setting: &Setting,
    rules: &TreatmentRules,
) -> Vec<ApprovalReason> {
    let rises = adjustment.units > 0;
    let ceiling = if rises { &rules.rises } else { &rules.falls };
    let units = adjustment.units.unsigned_abs();
    let amount = Decimal::from(units);
    let mut all = Vec::new();
    if rules.always_approve {
        all.push(ApprovalReason::Always);
    }
    if let Some(limit) = ceiling.units.filter(|limit| units > *limit) {
        all.push(ApprovalReason::Units { units, limit });
    }
    match (setting.unit_cost, ceiling.value) {
        (Some(cost), Some(limit)) => {
            let value = amount.saturating_mul(cost.abs());
            if value > limit {
                all.push(ApprovalReason::Value { value, limit });
            }
        }
        // The cost is also what a rise is booked at (documented), so it may not be guessed.
        (None, limit) if limit.is_some() || rises => all.push(ApprovalReason::CostUnknown),
        (None | Some(_), _) => {}
    }
    match (setting.level, ceiling.share) {
        (Some(level), Some(limit)) => {
            // Compared without a division, so that any change of no stock is above any share.
            let above = amount.saturating_mul(Decimal::ONE_HUNDRED) > level.saturating_mul(limit);
            if above {
                all.push(ApprovalReason::Share {
                    units,
                    level,
                    limit,
                });
            }
        }
        (None, Some(_)) => all.push(ApprovalReason::LevelUnknown),
        (_, None) => {}
    }
    all
}
