//! What a comparison says of one SKU, and in all.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::compare::{Book, Count};
use crate::{Owner, ProductId};

/// What a SKU's two figures mean for the business. Exactly one, harm first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Cin7 shows more than is there: units that are not there can be sold.
    CanOversell,
    /// Cin7 shows less than is there: units that are there cannot be sold.
    Cin7Short,
    /// The difference is known, and posting it is stopped by a fault.
    PostingBlocked,
    /// The difference is goods on the move or adjustments on their way.
    Explained,
    /// No difference.
    Matched,
    /// The two figures say nothing about each other.
    NotComparable(Obstacle),
}

impl Category {
    /// The stable word used in storage and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::CanOversell => "can_oversell",
            Self::Cin7Short => "cin7_short",
            Self::PostingBlocked => "posting_blocked",
            Self::Explained => "explained",
            Self::Matched => "matched",
            Self::NotComparable(_) => "not_comparable",
        }
    }

    /// The category of that word; what it is that cannot be compared stands in a word of its
    /// own, and is needed for that category only.
    pub fn parse(code: &str, obstacle: Option<Obstacle>) -> Option<Self> {
        let plain = [
            Self::CanOversell,
            Self::Cin7Short,
            Self::PostingBlocked,
            Self::Explained,
            Self::Matched,
        ];
        obstacle
            .map(Self::NotComparable)
            .into_iter()
            .chain(plain)
            .find(|category| category.code() == code)
    }

    /// Whether the figures differ by more than is known of.
    pub fn is_unexplained(self) -> bool {
        matches!(self, Self::CanOversell | Self::Cin7Short)
    }
}

macro_rules! obstacles {
    ($( $(#[$doc:meta])* $variant:ident = $code:literal, $owner:ident; )+) => {
        /// Why the figures of a SKU cannot be compared, as one word that never changes its
        /// meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Obstacle { $( $(#[$doc])* $variant ),+ }

        impl Obstacle {
            /// Every obstacle.
            pub const ALL: &[Self] = &[ $( Self::$variant ),+ ];

            /// The stable word used in storage and in JSON.
            pub fn code(self) -> &'static str {
                match self { $( Self::$variant => $code ),+ }
            }

            /// Who can remove it.
            pub fn owner(self) -> Owner {
                match self { $( Self::$variant => Owner::$owner ),+ }
            }
        }
    };
}

obstacles! {
    /// One side's figure could not be read, or only in part.
    NotRead = "not_read", Support;
    /// The product's SKU stands for none of theirs.
    Unmapped = "unmapped", Office;
    /// The warehouse has it, and no product of Cin7 stands for it.
    NoProduct = "no_product", Office;
    /// Cin7 has it, the warehouse neither counts nor lists it.
    NotListed = "not_listed", Warehouse;
    /// Two products of Cin7 stand for one SKU of theirs.
    Clash = "clash", Office;
    /// The snapshot names the SKU twice.
    TwiceInSnapshot = "twice_in_snapshot", Warehouse;
    /// The row says it has not seen a movement that the snapshot says it has.
    Inconsistent = "inconsistent", Warehouse;
    /// What Cin7 had been told changed while the figures were read.
    MovedWhileReading = "moved_while_reading", Support;
    /// Cin7 has a part of a unit on hand.
    Fraction = "fraction", Office;
    /// A figure beyond anything a warehouse holds.
    Absurd = "absurd", Support;
}

impl Obstacle {
    /// The obstacle of that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// The columns of one SKU, in units. They add up:
/// `unexplained = counted - (cin7 + in_flight + pending)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// What Cin7 has on hand at the location.
    pub cin7: i64,
    /// Despatches: below 0 for those that the count has seen and Cin7 has not been told of,
    /// above 0 for the reverse.
    pub in_flight: i64,
    /// Adjustments, receipts and returns: what the count has seen and Cin7 has not been told
    /// of, less the reverse.
    pub pending: i64,
    /// Good stock at the warehouse: on hand less quarantined.
    pub counted: i64,
    /// What is left.
    pub unexplained: i64,
}

impl Columns {
    /// What the warehouse should count.
    pub fn expected(&self) -> i64 {
        self.counted.saturating_sub(self.unexplained)
    }
}

/// What may be lost while Cin7 shows more than is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtRisk {
    /// Units that can be sold and are not there: no more than Cin7 still offers.
    pub units: i64,
    /// Of those, units that sell within [`super::RISK_DAYS`] at the present pace; all of them
    /// where the pace is not known.
    pub soon: Decimal,
}

/// What Cin7 books before the warehouse does, or the reverse, and similar: why a figure is
/// explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Of `pending`: receipts and returns that a person must decide about.
    pub held: i64,
    /// Of `pending`: adjustments that a fault stops.
    pub blocked: i64,
    /// Of `pending`: goods that Cin7 has booked in and the warehouse has not.
    pub only_in_cin7: i64,
    /// Of `in_flight`: despatches that Cin7 has been told in part.
    pub half_told: i64,
}

/// What a comparison says of one SKU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The name both sides are joined by: their SKU, as the account's profile folds it; Cin7's
    /// own where it stands for none of theirs.
    pub key: &'a str,
    /// Cin7's side; `None` when only the warehouse has the SKU, and where two products clash.
    pub book: Option<&'a Book<'a>>,
    /// The warehouse's side; `None` when only Cin7 has the SKU, and where it is counted twice.
    pub count: Option<&'a Count<'a>>,
    /// What it means.
    pub category: Category,
    /// The figures, as far as they are known; `unexplained` is 0 where they cannot be compared.
    pub columns: Columns,
    /// What the columns are made of.
    pub parts: Parts,
    /// What may be lost.
    pub at_risk: AtRisk,
    /// Something moved so near to the moment of the snapshot that times cannot tell on which
    /// side of it, or counts as told because that explains more.
    pub is_approximate: bool,
    /// The warehouse has none available while Cin7 shows stock to sell: told at once.
    pub is_urgent: bool,
    /// Since when the SKU has differed.
    pub since: Option<DateTime<Utc>>,
}

impl<'a> Row<'a> {
    /// Cin7's product.
    pub fn product(&self) -> Option<&'a ProductId> {
        self.book.map(|book| &book.level.product)
    }

    /// Cin7's SKU, or "".
    pub fn sku(&self) -> &'a str {
        self.book.map_or("", |book| &book.level.sku)
    }

    /// `unexplained` at Cin7's average cost, with its sign; `None` when the cost is not known.
    pub fn value(&self) -> Option<Decimal> {
        self.worth(self.columns.unexplained, |book| book.cost)
    }

    /// The units at risk at average cost; `None` when the cost is not known.
    pub fn value_at_risk(&self) -> Option<Decimal> {
        self.worth(self.at_risk.units, |book| book.cost)
    }

    /// At the selling price: sales that must be refused, or are not made because Cin7 does not
    /// offer what is there. `None` when the price is not known.
    pub fn lost_sales(&self) -> Option<Decimal> {
        let units = self.at_risk.units.max(self.columns.unexplained);
        self.worth(units, |book| book.price)
    }

    /// Not kept in the row: nearly all come to nothing, and a hundred thousand rows are moved
    /// about.
    fn worth(&self, units: i64, each: impl Fn(&Book<'_>) -> Option<Decimal>) -> Option<Decimal> {
        if matches!(self.category, Category::NotComparable(_)) {
            return None;
        }
        let each = each(self.book?)?;
        Some(match units {
            0 => Decimal::ZERO,
            _ => each.saturating_mul(Decimal::from(units)),
        })
    }
}

/// The sums over all SKUs that can be compared, and how many SKUs are of which category.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The columns' sums; they add up like each row's.
    pub columns: Columns,
    /// Sum of [`Row::value`].
    pub value: Decimal,
    /// Sum of units at risk.
    pub at_risk: i64,
    /// Sum of [`Row::value_at_risk`].
    pub value_at_risk: Decimal,
    /// Sum of [`Row::lost_sales`].
    pub lost_sales: Decimal,
    /// SKUs that differ and whose cost is not known, so that `value` lacks them.
    pub without_cost: u64,
    /// How many of each.
    pub counts: Counts,
}

/// How many SKUs are of which category; together all SKUs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// [`Category::CanOversell`].
    pub can_oversell: u64,
    /// [`Category::Cin7Short`].
    pub cin7_short: u64,
    /// [`Category::PostingBlocked`].
    pub posting_blocked: u64,
    /// [`Category::Explained`].
    pub explained: u64,
    /// [`Category::Matched`].
    pub matched: u64,
    /// [`Category::NotComparable`].
    pub not_comparable: u64,
}

impl Counts {
    /// All SKUs.
    pub fn all(&self) -> u64 {
        self.can_oversell
            + self.cin7_short
            + self.posting_blocked
            + self.explained
            + self.matched
            + self.not_comparable
    }
}

impl Totals {
    /// The sums over these rows.
    pub fn of(rows: &[Row<'_>]) -> Self {
        let mut totals = Self::default();
        for row in rows {
            totals.add(row);
        }
        totals
    }

    fn add(&mut self, row: &Row<'_>) {
        let counts = &mut self.counts;
        let count = match row.category {
            Category::CanOversell => &mut counts.can_oversell,
            Category::Cin7Short => &mut counts.cin7_short,
            Category::PostingBlocked => &mut counts.posting_blocked,
            Category::Explained => &mut counts.explained,
            Category::Matched => &mut counts.matched,
            Category::NotComparable(_) => {
                counts.not_comparable += 1;
                return;
            }
        };
        *count += 1;
        let (sum, one) = (&mut self.columns, &row.columns);
        // Bounded by the netting: no figure is beyond 10^12, so that none of these can be
        // reached by fewer than nine million SKUs.
        sum.cin7 = sum.cin7.saturating_add(one.cin7);
        sum.in_flight = sum.in_flight.saturating_add(one.in_flight);
        sum.pending = sum.pending.saturating_add(one.pending);
        sum.counted = sum.counted.saturating_add(one.counted);
        sum.unexplained = sum.unexplained.saturating_add(one.unexplained);
        self.at_risk = self.at_risk.saturating_add(row.at_risk.units);
        let add = |to: &mut Decimal, some: Option<Decimal>| {
            // Nearly all rows come to nothing.
            if let Some(some) = some.filter(|some| !some.is_zero()) {
                *to = to.saturating_add(some);
            }
        };
        let value = row.value();
        add(&mut self.value, value);
        add(&mut self.value_at_risk, row.value_at_risk());
        add(&mut self.lost_sales, row.lost_sales());
        self.without_cost += u64::from(row.columns.unexplained != 0 && value.is_none());
    }
}
