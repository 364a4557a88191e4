//! How stock changes in a warehouse that nobody steers: counts that differ, damages, finds,
//! goods in, returns, now and then a reversal, and now and then a loss of which nobody is
//! told. Drawn hour by hour from a stream of numbers of their own, so that orders are the
//! same with them and without. Making the change is the business of `booking`.

use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Warehouse;
use super::agenda::StockAct;
use super::booking::Change;
use super::reasons::Reason;
use super::times::{later, working_hour};
use crate::faults::Switchboard;
use crate::http::Misuse;

/// Keeps these draws apart from all others of the same seed.
const TOPIC: u64 = 0x5354_4f43_4b48_4142;
/// Working hours of a day, and of the hundred working days that rates are counted in.
const HOURS: std::ops::Range<u32> = 8..18;
const HOURS_IN_A_HUNDRED_DAYS: u64 = 1000;
/// What an item must have free beside the units that go, so that no order waits for goods
/// because of a habit.
const LEFT_ALONE: i64 = 12;
/// How many items are looked at for one that has enough.
const LOOKED_AT: usize = 8;

/// How often stock changes without an order, in a hundred working days. A rate of 100 is once
/// a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StockHabits {
    /// Cycle counts that differ from the books, mostly by a unit too few.
    pub counts: u32,
    /// One or two units broken and set apart.
    pub damages: u32,
    /// Units found behind a rack.
    pub finds: u32,
    /// Units lost, and told so.
    pub losses_told: u32,
    /// A pick face that holds fewer than it should, or more.
    pub pick_discrepancies: u32,
    /// Deliveries booked in.
    pub receipts: u32,
    /// Units that customers send back as good as new.
    pub returns: u32,
    /// Units that customers send back broken.
    pub broken_returns: u32,
    /// A unit gone of which nobody is told: true drift.
    pub silent_losses: u32,
    /// One count, find, told loss or discrepancy in so many is reversed some hours later; 0
    /// for none.
    pub reversed_one_in: u32,
    /// One of the others in so many has its note corrected by a revision; 0 for none.
    pub revised_one_in: u32,
}

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Happening {
    Count,
    Damage,
    Find,
    ToldLoss,
    PickDiscrepancy,
    Receipt,
    Return,
    BrokenReturn,
    SilentLoss,
}

impl StockHabits {
    /// Stock changes by orders only.
    pub fn none() -> Self {
        Self::default()
    }

    /// Some four changes a day, and a silent loss in every three weeks (assumed).
    pub fn usual() -> Self {
        Self {
            counts: 120,
            damages: 60,
            finds: 30,
            losses_told: 20,
            pick_discrepancies: 90,
            receipts: 12,
            returns: 50,
            broken_returns: 15,
            silent_losses: 7,
            reversed_one_in: 40,
            revised_one_in: 30,
        }
    }

    /// Whether anything ever happens.
    pub(super) fn any(&self) -> bool {
        self.rates().iter().any(|(_, rate)| *rate > 0)
    }

    fn rates(&self) -> [(Happening, u32); 9] {
        [
            (Happening::Count, self.counts),
            (Happening::Damage, self.damages),
            (Happening::Find, self.finds),
            (Happening::ToldLoss, self.losses_told),
            (Happening::PickDiscrepancy, self.pick_discrepancies),
            (Happening::Receipt, self.receipts),
            (Happening::Return, self.returns),
            (Happening::BrokenReturn, self.broken_returns),
            (Happening::SilentLoss, self.silent_losses),
        ]
    }

    /// What happens in the hour from `hour` on, when, and a number to draw the rest from.
    pub(super) fn of_the_hour(
        &self,
        seed: u64,
        hour: DateTime<Utc>,
    ) -> Vec<(DateTime<Utc>, Happening, u64)> {
        let works = working_hour(hour).is_some_and(|hour| HOURS.contains(&hour));
        if !works || !self.any() {
            return Vec::new();
        }
        let mut draws = ChaCha8Rng::seed_from_u64(seed ^ TOPIC);
        draws.set_stream(hour.timestamp().unsigned_abs());
        let mut happenings = Vec::new();
        for (happening, rate) in self.rates() {
            let rate = u64::from(rate);
            let chance = draws.next_u64() % HOURS_IN_A_HUNDRED_DAYS;
            let sure = rate / HOURS_IN_A_HUNDRED_DAYS;
            let times = sure + u64::from(chance < rate % HOURS_IN_A_HUNDRED_DAYS);
            for _ in 0..times {
                let at = later(hour, 1 + draws.next_u64() % 3599);
                happenings.push((at, happening, draws.next_u64()));
            }
        }
        happenings
    }

    /// These habits with some of their rates changed.
    pub(super) fn patched(&self, change: &Value) -> Result<Self, Misuse> {
        let mut all = self.listing();
        let fields = change.as_object();
        let fields = fields.ok_or_else(|| Misuse::bad("whistl/habits: expected an object"))?;
        if let Some(all) = all.as_object_mut() {
            all.extend(fields.clone());
        }
        serde_json::from_value(all).map_err(|fault| {
            Misuse::bad(format!("whistl/habits: {fault}; rates are whole numbers"))
        })
    }

    /// All rates by their names.
    pub(super) fn listing(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

impl Warehouse {
    /// Lets something happen to an item that has enough; nothing if none has.
    pub(super) fn happen(
        &mut self,
        happening: Happening,
        draw: u64,
        at: DateTime<Utc>,
        board: &mut Switchboard,
    ) {
        let mut draws = ChaCha8Rng::seed_from_u64(draw);
        let mut below = |end: u64| draws.next_u64() % end.max(1);
        let units = units(happening, below(100), below(72));
        let Some((sku, good)) = self.some_item(below(u64::MAX), units) else {
            return;
        };
        let Some(reason) = reason(happening) else {
            // The item has so many: nothing stands against it.
            drop(self.lose(&sku, -units, at));
            return;
        };
        let mut change = Change::of(&sku, units, reason);
        change.note = Some(note(happening, good, units, below(3)));
        change.reference = reference(happening, below(90_000));
        let (_, place) = self.book(change, at, board);
        let stock = self.habits.stock;
        let mut one_in = |times: u32| times > 0 && below(u64::from(times)) == 0;
        let miscounted = matches!(
            happening,
            Happening::Count | Happening::Find | Happening::ToldLoss | Happening::PickDiscrepancy
        );
        if miscounted && one_in(stock.reversed_one_in) {
            let inexact = false;
            let back_at = at + TimeDelta::minutes(97);
            self.plan_stock(back_at, StockAct::Reverse { place, inexact });
        } else if one_in(stock.revised_one_in) {
            self.plan_stock(at + TimeDelta::minutes(53), StockAct::Annotate(place));
        }
    }

    /// An active item from which so many units can go, and how much good stock it has.
    fn some_item(&self, from: u64, units: i64) -> Option<(String, i64)> {
        let active: Vec<_> = self.items.all().filter(|item| item.active).collect();
        let count = u64::try_from(active.len())
            .ok()
            .filter(|count| *count > 0)?;
        let first = usize::try_from(from % count).unwrap_or(0);
        let looked_at = active.iter().cycle().skip(first);
        let mut looked_at = looked_at.take(LOOKED_AT.min(active.len()));
        let found = looked_at.find(|item| units >= 0 || item.available() + units >= LEFT_ALONE);
        found.map(|item| (item.sku.clone(), item.on_hand - item.quarantined))
    }

    /// Corrects the note of an adjustment.
    pub(super) fn annotate_at(&mut self, place: usize, at: DateTime<Utc>) {
        let change = |adjustment: &mut super::adjustment::Adjustment| {
            let note = adjustment.note.take().unwrap_or_default();
            adjustment.note = Some(format!("{note} (checked by supervisor)"));
        };
        self.adjustments.revise(place, change, &self.site, at);
    }
}

fn reason(happening: Happening) -> Option<&'static Reason> {
    Reason::named(match happening {
        Happening::Count => "CYCLE_COUNT",
        Happening::Damage => "DAMAGE",
        Happening::Find => "FOUND",
        Happening::ToldLoss => "LOST",
        Happening::PickDiscrepancy => "PICK_DISCREPANCY",
        Happening::Receipt => "RECEIPT",
        Happening::Return => "RETURN_GOOD",
        Happening::BrokenReturn => "RETURN_DAMAGED",
        Happening::SilentLoss => return None,
    })
}

/// How many units; `roll` is one in a hundred.
fn units(happening: Happening, roll: u64, more: u64) -> i64 {
    let one_or_two = if roll < 75 { 1 } else { 2 };
    match happening {
        Happening::Count => match roll {
            0..55 => -1,
            55..70 => -2,
            70..75 => -3,
            75..93 => 1,
            _ => 2,
        },
        Happening::Damage | Happening::ToldLoss => -one_or_two,
        Happening::Find => one_or_two,
        Happening::PickDiscrepancy => {
            if roll < 80 {
                -1
            } else {
                1
            }
        }
        Happening::Receipt => 24 + i64::try_from(more).unwrap_or(0),
        Happening::Return | Happening::BrokenReturn => 1,
        Happening::SilentLoss => -1,
    }
}

fn note(happening: Happening, good: i64, units: i64, which: u64) -> String {
    let of = |notes: [&str; 3]| {
        let which = usize::try_from(which).unwrap_or(0);
        notes.get(which).copied().unwrap_or_default().to_owned()
    };
    match happening {
        Happening::Count => {
            let bay = of(["A-04", "C-12", "F-07"]);
            format!("Bay {bay} counted {} expected {good}", good + units)
        }
        Happening::PickDiscrepancy => {
            let face = 3 + i64::try_from(which).unwrap_or(0);
            format!("Found {} expected {face}", face + units)
        }
        Happening::Damage => of([
            "Dropped from pick trolley",
            "Crushed by pallet",
            "Carton wet",
        ]),
        Happening::Find => of(["Behind rack", "In wrong bay", "In empty carton"]),
        Happening::ToldLoss | Happening::SilentLoss => {
            of(["Not in bay", "Bay empty", "Not found at second count"])
        }
        Happening::Receipt => of(["Delivery booked", "Part of delivery", "Delivery complete"]),
        Happening::Return => of(["Unopened", "Resaleable", "As new"]),
        Happening::BrokenReturn => of(["Broken in post", "Opened and stained", "Box crushed"]),
    }
}

fn reference(happening: Happening, number: u64) -> Option<String> {
    match happening {
        Happening::Receipt => Some(format!("PO-{:05}", 10_000 + number)),
        Happening::Return | Happening::BrokenReturn => Some(format!("RMA-{:05}", 10_000 + number)),
        Happening::Count
        | Happening::Damage
        | Happening::Find
        | Happening::ToldLoss
        | Happening::PickDiscrepancy
        | Happening::SilentLoss => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_hundred_working_days_bring_about_what_the_rates_say() {
        let habits = StockHabits {
            counts: 100,
            damages: 2500,
            ..StockHabits::none()
        };
        let first: DateTime<Utc> = "2026-01-05T00:00:00Z".parse().unwrap();
        let hours = (0..24 * 140).map(|hour| first + TimeDelta::hours(hour));
        let all: Vec<_> = hours.flat_map(|hour| habits.of_the_hour(7, hour)).collect();
        let counts = all.iter().filter(|one| one.1 == Happening::Count).count();
        assert!((70..130).contains(&counts), "{counts}");
        let damages = all.len() - counts;
        assert!((2400..2600).contains(&damages), "{damages}");
    }

    #[test]
    fn nothing_happens_at_night_or_on_a_sunday() {
        let busy = StockHabits {
            counts: 10_000,
            ..StockHabits::none()
        };
        let of = |at: &str| busy.of_the_hour(1, at.parse().unwrap()).len();
        assert_eq!(of("2026-11-24T03:00:00Z"), 0);
        assert_eq!(of("2026-11-29T11:00:00Z"), 0);
        assert_eq!(of("2026-11-24T11:00:00Z"), 10);
    }

    #[test]
    fn a_rate_is_changed_by_its_name() {
        let patched = StockHabits::usual()
            .patched(&json!({ "counts": 7 }))
            .unwrap();
        assert_eq!((patched.counts, patched.damages), (7, 60));
        let misuse = StockHabits::usual()
            .patched(&json!({ "count": 7 }))
            .unwrap_err();
        assert!(misuse.message.contains("counts"), "{}", misuse.message);
    }
}
