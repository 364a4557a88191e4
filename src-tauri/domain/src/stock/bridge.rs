//! The bridge of a month: from what Cin7 had at its beginning to what the warehouse counts at
//! its end, in units and in money (B12). What the steps do not account for is worked out and
//! named, so that the bridge always ties, to the penny.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::adjustment::AdjustmentReason;

/// Units, and what they are worth in the merchant's own currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Units; Cin7 may hold parts of one.
    pub units: Decimal,
    /// Money.
    pub money: Decimal,
}

impl Amount {
    /// In whole pence, as it is shown: what is added up must be what is read.
    fn in_pence(self) -> Self {
        Self {
            money: self
                .money
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero),
            ..self
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            units: self.units.checked_add(other.units)?,
            money: self.money.checked_add(other.money)?,
        })
    }

    fn minus(self, other: Self) -> Option<Self> {
        Some(Self {
            units: self.units.checked_sub(other.units)?,
            money: self.money.checked_sub(other.money)?,
        })
    }

    fn is_nothing(self) -> bool {
        self.units.is_zero() && self.money.is_zero()
    }
}

/// Why the warehouse counts something else than Cin7 shows, and will not for long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timing {
    /// Despatches on their way into Cin7, or the reverse.
    InFlight,
    /// Adjustments on their way into Cin7, or the reverse.
    AdjustmentsOnTheWay,
    /// Adjustments that a fault stops.
    AdjustmentsBlocked,
    /// Receipts and returns that a person must decide about.
    BookedInAtWarehouse,
    /// Goods that Cin7 has booked in and the warehouse has not.
    BookedInAtCin7,
}

impl Timing {
    /// The stable word used in storage and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::InFlight => "in_flight",
            Self::AdjustmentsOnTheWay => "adjustments_on_the_way",
            Self::AdjustmentsBlocked => "adjustments_blocked",
            Self::BookedInAtWarehouse => "booked_in_at_warehouse",
            Self::BookedInAtCin7 => "booked_in_at_cin7",
        }
    }
}

/// One step of the bridge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What Cin7 had on hand when the month began.
    Opening,
    /// Despatches posted in the month.
    Despatches,
    /// Adjustments of that reason that happened in the month and were posted in it.
    Adjustments(AdjustmentReason),
    /// The same, of a month that was closed when they were posted (B13).
    AdjustmentsOfEarlierMonths(AdjustmentReason),
    /// Differences that a person had posted.
    Corrections,
    /// Moved in Cin7 by others, receipts and sales from elsewhere say: what the steps above
    /// leave of the change in Cin7's units.
    OthersInCin7,
    /// No units: the cost of what is there changed, or was rounded.
    CostInCin7,
    /// What Cin7 had on hand when the month ended: the sum of all above.
    ClosingInCin7,
    /// What explains why the warehouse counts something else.
    Timing(Timing),
    /// Differences that nobody can explain yet.
    Unexplained,
    /// What even the differences do not account for: SKUs that could not be compared, say.
    NotCompared,
    /// No units: what the warehouse counts is valued otherwise than the steps before it.
    CostAtWarehouse,
    /// What the warehouse counts when the month ends: the sum of all.
    Closing,
}

impl Step {
    /// The stable word used in storage and in JSON; what it is of stands in a word of its own.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Despatches => "despatches",
            Self::Adjustments(_) => "adjustments",
            Self::AdjustmentsOfEarlierMonths(_) => "adjustments_of_earlier_months",
            Self::Corrections => "corrections",
            Self::OthersInCin7 => "others_in_cin7",
            Self::CostInCin7 => "cost_in_cin7",
            Self::ClosingInCin7 => "closing_in_cin7",
            Self::Timing(_) => "timing",
            Self::Unexplained => "unexplained",
            Self::NotCompared => "not_compared",
            Self::CostAtWarehouse => "cost_at_warehouse",
            Self::Closing => "closing",
        }
    }

    /// Whether it says what is there, rather than what changed.
    pub fn is_level(&self) -> bool {
        matches!(self, Self::Opening | Self::ClosingInCin7 | Self::Closing)
    }

    /// Whether it was worked out as what the others leave.
    pub fn is_remainder(&self) -> bool {
        matches!(
            self,
            Self::OthersInCin7 | Self::CostInCin7 | Self::NotCompared | Self::CostAtWarehouse
        )
    }
}

/// What is known of a month. Changes carry their sign: despatches are below 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// What Cin7 had on hand when it began.
    pub opening: Amount,
    /// Despatches posted in it.
    pub despatches: Amount,
    /// Adjustments that happened and were posted in it; a reason may come more than once.
    pub adjustments: Vec<(AdjustmentReason, Amount)>,
    /// Adjustments posted in it that belong to a month closed before.
    pub of_earlier_months: Vec<(AdjustmentReason, Amount)>,
    /// Differences that a person had posted in it.
    pub corrections: Amount,
    /// What Cin7 had on hand when it ended.
    pub closing_in_cin7: Amount,
    /// What is on its way.
    pub timing: Vec<(Timing, Amount)>,
    /// What nobody can explain.
    pub unexplained: Amount,
    /// What the warehouse counts when it ends.
    pub closing: Amount,
}

/// One line of the bridge, in whole pence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BridgeLine {
    /// Which step.
    pub step: Step,
    /// What it comes to.
    pub amount: Amount,
}

/// A bridge that ties: all changes above a level add up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bridge {
    lines: Vec<BridgeLine>,
}

impl Bridge {
    /// The lines, in the order in which they are read. Steps that come to nothing are left
    /// out; levels, despatches and what is unexplained never are.
    pub fn lines(&self) -> &[BridgeLine] {
        &self.lines
    }

    /// What the steps did not account for and had to be worked out; empty when they did.
    pub fn remainders(&self) -> impl Iterator<Item = &BridgeLine> {
        self.lines.iter().filter(|line| line.step.is_remainder())
    }
}

/// Builds the bridge; `None` when a figure is beyond what can be added up.
pub fn bridge(month: &Month) -> Option<Bridge> {
    let mut first = vec![(Step::Despatches, month.despatches)];
    first.extend(summed(&month.adjustments, Step::Adjustments)?);
    first.extend(summed(
        &month.of_earlier_months,
        Step::AdjustmentsOfEarlierMonths,
    )?);
    first.push((Step::Corrections, month.corrections));
    let mut second = summed(&month.timing, Step::Timing)?;
    second.push((Step::Unexplained, month.unexplained));

    let mut lines = Lines::default();
    lines.level(Step::Opening, month.opening);
    lines.changes(first)?;
    let to = month.closing_in_cin7.in_pence();
    lines.remainder(to, Step::OthersInCin7, Step::CostInCin7)?;
    lines.level(Step::ClosingInCin7, to);
    lines.changes(second)?;
    let to = month.closing.in_pence();
    lines.remainder(to, Step::NotCompared, Step::CostAtWarehouse)?;
    lines.level(Step::Closing, to);
    Some(Bridge { lines: lines.all })
}

/// One step for each kind, in the order of kinds.
fn summed<T: Clone + Ord>(
    all: &[(T, Amount)],
    step: impl Fn(T) -> Step,
) -> Option<Vec<(Step, Amount)>> {
    let mut by_kind: BTreeMap<T, Amount> = BTreeMap::new();
    for (kind, amount) in all {
        let sum = by_kind.entry(kind.clone()).or_default();
        *sum = sum.plus(*amount)?;
    }
    let steps = by_kind.into_iter();
    Some(steps.map(|(kind, sum)| (step(kind), sum)).collect())
}

/// Lines as they are put down, and what they have come to.
#[derive(Default)]
struct Lines {
    all: Vec<BridgeLine>,
    so_far: Amount,
}

impl Lines {
    fn level(&mut self, step: Step, amount: Amount) {
        self.so_far = amount.in_pence();
        let amount = self.so_far;
        self.all.push(BridgeLine { step, amount });
    }

    fn changes(&mut self, steps: Vec<(Step, Amount)>) -> Option<()> {
        for (step, amount) in steps {
            let amount = amount.in_pence();
            self.so_far = self.so_far.plus(amount)?;
            let always = matches!(step, Step::Despatches | Step::Unexplained);
            if always || !amount.is_nothing() {
                self.all.push(BridgeLine { step, amount });
            }
        }
        Some(())
    }

    /// What is left up to the next level: `others` if it is units, `cost` if it is money only.
    fn remainder(&mut self, to: Amount, others: Step, cost: Step) -> Option<()> {
        let amount = to.minus(self.so_far)?;
        if !amount.is_nothing() {
            let step = if amount.units.is_zero() { cost } else { others };
            self.all.push(BridgeLine { step, amount });
        }
        Some(())
    }
}
