//! How goods leave a warehouse that is left alone: whole, or in a seeded share of orders
//! in parts, in several parcels, or a unit short. Only what is planned stands here; doing
//! it is the business of `leaving`.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::despatch::FinalFlag;
use super::order::{Order, OrderLine};
use super::stock_habits::StockHabits;

/// Keeps these draws apart from all others of the same seed.
const TOPIC: u64 = 0x4445_5350_4154_4348;

/// In what share of orders the warehouse does not send everything at once in one parcel, and
/// how often its stock changes without an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habits {
    /// Where the draws come from; one seed gives each order the same fate in every run.
    pub seed: u64,
    /// One order of several units in so many leaves in two parts, the rest an hour after
    /// the first; 0 for none. An order that forbids it (`allow_partial`) is left whole.
    pub parts_one_in: u32,
    /// One order of several units in so many leaves in two or three parcels; 0 for none.
    pub parcels_one_in: u32,
    /// One order of several units in so many is a unit short at the end; 0 for none.
    pub short_one_in: u32,
    /// How stock changes without an order. A state file from before has none.
    #[serde(default)]
    pub stock: StockHabits,
}

impl Habits {
    /// Every order leaves whole in one parcel, and stock changes by orders only.
    pub fn whole() -> Self {
        Self {
            seed: 0,
            parts_one_in: 0,
            parcels_one_in: 0,
            short_one_in: 0,
            stock: StockHabits::none(),
        }
    }

    /// One order in three in parts, one in five in several parcels, one in forty short, and
    /// the usual changes of stock (assumed).
    pub fn usual(seed: u64) -> Self {
        Self {
            seed,
            parts_one_in: 3,
            parcels_one_in: 5,
            short_one_in: 40,
            stock: StockHabits::usual(),
        }
    }

    /// How an order will leave.
    pub(super) fn plan(&self, order: &Order) -> Leaving {
        let mut plan = Leaving::whole();
        let units: i64 = order.lines.iter().map(OrderLine::outstanding).sum();
        if units < 2 {
            return plan;
        }
        let mut draws = ChaCha8Rng::seed_from_u64(self.seed ^ TOPIC);
        draws.set_stream(order.number);
        let mut one_in = |times: u32| {
            let draw = draws.next_u64();
            times > 0 && draw.is_multiple_of(u64::from(times))
        };
        let in_parts = one_in(self.parts_one_in);
        if in_parts && order.canonical["allow_partial"] != false {
            plan.parts = 2;
        }
        if one_in(self.parcels_one_in) {
            plan.parcels = if one_in(2) { 3 } else { 2 };
        }
        if one_in(self.short_one_in) {
            let damaged = one_in(4);
            plan.short = Short::OneUnit { damaged };
        }
        plan
    }
}

impl Default for Habits {
    fn default() -> Self {
        Self::whole()
    }
}

/// What is not found when the last of an order is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Short {
    Nothing,
    /// One unit of the last line, or found broken.
    OneUnit {
        damaged: bool,
    },
    /// All that was still to leave.
    Everything,
}

/// How the rest of an order leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Leaving {
    /// Hand-overs still to come, at least one.
    pub(super) parts: u64,
    /// Parcels in each, as far as there are units.
    pub(super) parcels: usize,
    pub(super) short: Short,
    /// What the last one says of being the last, if not the truth.
    pub(super) flag: Option<FinalFlag>,
    /// Whether a part has left, so that the next one follows soon.
    pub(super) begun: bool,
}

impl Leaving {
    /// Everything at once in one parcel.
    pub(super) fn whole() -> Self {
        Self {
            parts: 1,
            parcels: 1,
            short: Short::Nothing,
            flag: None,
            begun: false,
        }
    }
}
