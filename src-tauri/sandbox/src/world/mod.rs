//! A realistic world for the vendors to begin with: a kitchen and homeware merchant's
//! catalogue, customers, and the orders of the last day. Plain data out of one seed:
//! the same seed and start give the same world on every machine. What the vendors make
//! of it is theirs; this knows Cin7's field names and nothing of how they answer.

mod abroad;
mod blueprint;
mod catalogue;
mod dice;
mod hours;
mod keys;
mod orders;
mod people;
mod places;
mod planting;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use blueprint::{Blueprint, PlannedCustomer, PlannedProduct, PlannedSale, WhistlItem};
pub use keys::Keys;

use crate::options::{Options, Profile};

/// The merchant both vendors work for.
pub const COMPANY: &str = "Harbour & Pine Ltd";
/// The merchant's currency, ISO 4217.
pub const CURRENCY: &str = "GBP";
/// The merchant's time zone.
pub const TIME_ZONE: &str = "Europe/London";
/// Names of the merchant's locations, Whistl's first, which is the default.
pub const LOCATIONS: [&str; 2] = [orders::WHISTL, orders::OFFICE];
/// Names in Cin7's carrier list, which sales carry as shipping method.
pub const CARRIERS: [&str; 5] = orders::CARRIERS;

/// What decides a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Where all chance comes from.
    pub seed: u64,
    /// The world's time at the start; orders come from the day before.
    pub start: DateTime<Utc>,
    /// Orders that should trigger.
    pub orders: u32,
    /// Products in the catalogue.
    pub skus: u32,
    /// How much goes wrong.
    pub profile: Profile,
}

/// Which of further orders carry faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faulty {
    /// As many as the world's profile says.
    Some,
    /// None.
    None,
    /// Every one.
    All,
}

impl Plan {
    /// The plan that start options ask for.
    pub fn of(options: &Options) -> Self {
        Self {
            seed: options.seed,
            start: options.start,
            orders: options.orders,
            skus: options.skus,
            profile: options.profile,
        }
    }

    /// Draws the whole world.
    pub fn draw(&self) -> Blueprint {
        let products = catalogue::catalogue(&mut dice::Dice::new(self.seed, 1), self.skus as usize);
        let orders = orders::orders(self, &products);
        blueprint::blueprint(self, &products, &orders)
    }

    /// Draws further customers and sales for a running world, all of them bought `now`;
    /// `round` tells one draw from another. No new customer has one of the names that are
    /// `taken`, so that nobody's telephone number answers for another's.
    pub fn more(
        &self,
        round: u64,
        orders: u32,
        now: DateTime<Utc>,
        faulty: Faulty,
        taken: BTreeSet<String>,
    ) -> Blueprint {
        let products = catalogue::catalogue(&mut dice::Dice::new(self.seed, 1), self.skus as usize);
        let plan = Self {
            seed: self.seed ^ round.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            start: now,
            orders,
            ..*self
        };
        let more = orders::more(&plan, self.seed, &products, faulty, taken);
        blueprint::blueprint(&plan, &products, &more)
    }
}
