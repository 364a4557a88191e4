//! What is judged: the state of the orders, the vendors, the schedule and this computer, as
//! plain facts. How they are read is in [`crate::views`]; what they deserve in the judges.

use chrono::{DateTime, Duration, Utc};
use domain::{HoldCode, Owner};
use rust_decimal::Decimal;
use store::{FindingRow, OrderState};

use super::one_carrier::OneCarrier;

/// Orders in one state that one owner must act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Their state; none outside the trigger.
    pub state: Option<OrderState>,
    /// Who must act.
    pub owner: Owner,
    /// How many, by their first cause, the most common first. An order counts once.
    pub causes: Vec<(Option<HoldCode>, i64)>,
    /// How many ever came to be so.
    pub came: i64,
    /// The number of the one that came last, where it is worth naming.
    pub newest: Option<Newest>,
}

impl Need {
    /// How many in all.
    pub fn count(&self) -> i64 {
        self.causes.iter().map(|(_, count)| count).sum()
    }
}

/// The order that came last into a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Its number.
    pub number: String,
    /// Its first cause.
    pub cause: Option<HoldCode>,
}

/// Orders that must leave by one cut-off and have not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToLeave {
    /// The cut-off.
    pub at: DateTime<Utc>,
    /// Held, refused or otherwise waiting for someone, by owner and cause.
    pub stuck: Vec<(Owner, Option<HoldCode>, i64)>,
    /// Of these, how many a person has put off past the cut-off.
    pub put_off: i64,
    /// Passed, and to be sent or cleared up.
    pub waiting: i64,
}

/// A vendor, as far as it needs attention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VendorFacts {
    /// Its name.
    pub name: &'static str,
    /// Why it is stopped for a person, or "".
    pub stopped: String,
    /// Since when it gives no usable answer.
    pub failing_since: Option<DateTime<Utc>>,
    /// It asked us to wait until then.
    pub busy_until: Option<DateTime<Utc>>,
}

impl VendorFacts {
    /// Whether it is out of reach.
    pub fn is_away(&self) -> bool {
        self.failing_since.is_some() || !self.stopped.is_empty()
    }
}

/// What Cin7 has not been told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToConfirm {
    /// Despatches on their way there.
    pub waiting: i64,
    /// When the oldest of them came to be known here.
    pub oldest: Option<DateTime<Utc>>,
    /// Despatches that wait for a person, by whose they are and why.
    pub exceptions: Vec<(Owner, String, i64)>,
    /// The carrier that most of those on their way went by.
    pub by: Option<OneCarrier>,
    /// The carrier that most of those went by that wait for that person for that reason.
    pub exceptions_by: Vec<(Owner, String, OneCarrier)>,
}

/// A time in which nothing was watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapFacts {
    /// From.
    pub from: DateTime<Utc>,
    /// To.
    pub to: DateTime<Utc>,
    /// `off` or `asleep`.
    pub cause: String,
    /// What happened meanwhile has been read since.
    pub caught_up: bool,
}

/// Something is wrong since then, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Why, in our own words.
    pub why: String,
}

/// What this computer itself suffers from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// This computer's clock less the vendors', once it is off by over a minute.
    pub clock_off: Option<Duration>,
    /// Free room on the disk of the data folder, bytes; none where it cannot be told.
    pub disk_free: Option<u64>,
    /// The database could not be written, or is damaged.
    pub database: Option<Since>,
    /// Notifications cannot be shown.
    pub notifications: Option<Since>,
    /// Another program sends this account's orders.
    pub another_copy: Option<Since>,
    /// Another program uses up the calls that Cin7 allows.
    pub calls_shared: Option<Since>,
}

/// Sending is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedFacts {
    /// By whom.
    pub by: String,
    /// Why, in a person's words or ours.
    pub why: String,
    /// Since when, RFC 3339.
    pub since: String,
}

/// What the last comparison of stock found.
#[derive(Clone, Debug, Default)]
pub struct DriftFacts {
    /// When it ended.
    pub compared_at: DateTime<Utc>,
    /// Whether everything was read.
    pub is_whole: bool,
    /// What was not, as a sentence without its full stop.
    pub why: String,
    /// Whether a snapshot was there to compare; if not, a vendor kept it from beginning.
    pub began: bool,
    /// Comparisons in a row, the last one among them, that did not read everything.
    pub misses: usize,
    /// SKUs of which units can be sold that are not there; seen twice, and accepted by nobody.
    pub oversell_skus: i64,
    /// Their units.
    pub oversell_units: i64,
    /// The worst of them.
    pub worst: String,
    /// Since when the oldest of them is.
    pub oversell_since: Option<DateTime<Utc>>,
    /// SKUs that differ by more than is known of.
    pub skus: i64,
    /// Their differences added up without signs.
    pub units: Decimal,
    /// The same at cost.
    pub value: Decimal,
    /// Differences without signs at each whole comparison of late, the oldest first.
    pub trend: Vec<Decimal>,
}

/// All that is judged.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Orders waiting to be sent.
    pub waiting: i64,
    /// When the oldest waiting order became due.
    pub oldest_waiting: Option<DateTime<Utc>>,
    /// Orders whose outcome is unknown.
    pub unclear: i64,
    /// Since when the oldest of them is.
    pub oldest_unclear: Option<DateTime<Utc>>,
    /// Orders changed in Cin7 Core after the hand-over to the warehouse.
    pub changed: i64,
    /// Orders voided in Cin7 Core after the hand-over to the warehouse.
    pub called_off: i64,
    /// Orders that need someone, by state and owner.
    pub needs: Vec<Need>,
    /// Orders that must leave by a cut-off of today, or should have by one just past.
    pub to_leave: Vec<ToLeave>,
    /// Both vendors.
    pub vendors: Vec<VendorFacts>,
    /// Jobs that did not run when they should have, with their due time.
    pub overdue: Vec<(&'static str, DateTime<Utc>)>,
    /// Jobs that run and bring nothing, with the time since when.
    pub fruitless: Vec<(&'static str, DateTime<Utc>)>,
    /// Orders at the warehouse, whose despatch is to come.
    pub at_warehouse: i64,
    /// What Cin7 has not been told of.
    pub to_confirm: ToConfirm,
    /// The carrier that most of the orders are to go by that are stopped at the warehouse, or
    /// late there, and are that person's.
    pub held_by: Vec<(HoldCode, Owner, OneCarrier)>,
    /// Stock adjustments that wait for a person: whose they are, the causes' words with commas
    /// between, and how many.
    pub adjustments: Vec<(Owner, String, i64)>,
    /// What the last comparison of stock found; `None` before the first.
    pub drift: Option<DriftFacts>,
    /// Documents that do not stand as they were posted, the one found first first.
    pub read_back: Vec<FindingRow>,
    /// Sending is paused.
    pub paused: Option<PausedFacts>,
    /// The last time in which nothing was watched, if that is of today.
    pub gap: Option<GapFacts>,
    /// What this computer itself suffers from.
    pub machine: Machine,
}
