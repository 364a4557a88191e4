//! Time passing at the warehouse: everything that is due in the order of time, and once an
//! hour what every hour brings: a snapshot, and what its habits make of the hour to come.

use chrono::{DateTime, TimeDelta, Utc};

use super::Warehouse;
use super::agenda::StockAct;
use super::times::full_hour;
use crate::faults::Switchboard;

/// Hours of which a snapshot could still be read, with one to spare for the night in which
/// the clocks go back.
const HOURS_KEPT: i64 = 25;

impl Warehouse {
    /// Lets everything happen that is due by `world`, each thing at its own time. What is
    /// made then may be struck by a fault.
    pub fn advance(&mut self, world: DateTime<Utc>, board: &mut Switchboard) {
        while let Some(hour) = self.next_hour(world) {
            self.done_by(hour, board);
            self.last_hour = Some(hour);
            let stock = self.habits.stock;
            for (at, happening, draw) in stock.of_the_hour(self.habits.seed, hour) {
                self.plan_stock(at, StockAct::Happen(happening, draw));
            }
            // Nobody could read an older one any more.
            if world - hour <= TimeDelta::hours(HOURS_KEPT) {
                self.take_snapshot(hour);
            }
        }
        self.done_by(world, board);
    }

    fn done_by(&mut self, to: DateTime<Utc>, board: &mut Switchboard) {
        while let Some(due) = self.agenda.take_due(to) {
            self.act(due, board);
        }
    }

    /// The next full hour to live through; hours that bring nothing are passed over.
    fn next_hour(&mut self, world: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let last = *self.last_hour.get_or_insert_with(|| full_hour(world));
        let kept = full_hour(world - TimeDelta::hours(HOURS_KEPT));
        let last = if self.habits.stock.any() {
            last
        } else {
            last.max(kept)
        };
        Some(last + TimeDelta::hours(1)).filter(|next| *next <= world)
    }

    /// Does what is due about stock.
    pub(super) fn act_on_stock(
        &mut self,
        act: StockAct,
        at: DateTime<Utc>,
        board: &mut Switchboard,
    ) {
        match act {
            StockAct::Happen(happening, draw) => self.happen(happening, draw, at, board),
            StockAct::Reverse { place, inexact } => self.reverse_at(place, inexact, at, board),
            StockAct::Requantify(place) => self.requantify_at(place, at),
            StockAct::Annotate(place) => self.annotate_at(place, at),
            StockAct::Snapshot => {
                self.take_snapshot(at);
            }
        }
    }
}
