//! Snapshots of stock (contract, section 2.6): the figures of one moment, kept for a day in
//! as little room as they need, and never changed. Reading them is the business of
//! `snapshots`.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::items::Item;
use super::leaving::MOVEMENTS_FROM;
use super::times::{london, next_day};

/// The figures of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Figures {
    pub(super) on_hand: i64,
    pub(super) allocated: i64,
    pub(super) quarantined: i64,
    pub(super) last_movement: u64,
}

impl Figures {
    /// As they stand now. What never moved says the number before the first movement.
    pub(super) fn of(item: &Item) -> Self {
        Self {
            on_hand: item.on_hand,
            allocated: item.allocated,
            quarantined: item.quarantined,
            last_movement: item.last_movement.max(MOVEMENTS_FROM),
        }
    }

    /// A row as it is read.
    pub(super) fn listing(self, sku: &str) -> Value {
        json!({
            "sku": sku,
            "on_hand": self.on_hand,
            "allocated": self.allocated,
            "quarantined": self.quarantined,
            "available": self.on_hand - self.allocated - self.quarantined,
            "last_movement_id": self.last_movement,
        })
    }
}

/// A row: which SKU by its place among all names, on hand, allocated, quarantined, and the
/// last movement. A tuple, so that a saved one is a short list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Row(u32, i64, i64, i64, u64);

/// One snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Snapshot {
    /// `SNP`, the day, and a letter for each of that day.
    pub(super) id: String,
    pub(super) as_of: DateTime<Utc>,
    last_movement: u64,
    epoch: String,
    /// In the order of their SKUs.
    rows: Vec<Row>,
}

impl Snapshot {
    /// Rows in it.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// Until when it can be read: the same time the next day by the wall clock.
    pub(super) fn expires_at(&self) -> DateTime<Utc> {
        next_day(self.as_of)
    }

    /// The header.
    pub(super) fn header(&self, warehouse: &str) -> Value {
        json!({
            "snapshot_id": self.id,
            "warehouse": warehouse,
            "as_of": london(self.as_of),
            "last_movement_id": self.last_movement,
            "item_count": self.count(),
            "expires_at": london(self.expires_at()),
            "feed_epoch": self.epoch,
            "complete": true,
        })
    }
}

/// The snapshots that are kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct SnapshotBook {
    /// Oldest first.
    kept: VecDeque<Snapshot>,
    /// Every SKU that ever stood in one, once.
    names: Vec<String>,
    /// Where a name stands; made anew from the names when it is not there.
    #[serde(skip)]
    places: BTreeMap<String, u32>,
    /// The day of the last one, and how many that day has had.
    day: String,
    of_the_day: u32,
    /// Whether one may be asked for.
    pub(super) may_be_asked_for: bool,
    /// When one was asked for last.
    pub(super) asked_at: Option<DateTime<Utc>>,
}

impl SnapshotBook {
    /// An empty book.
    pub(super) fn new(may_be_asked_for: bool) -> Self {
        Self {
            may_be_asked_for,
            ..Self::default()
        }
    }

    /// Makes one of the items as they stand, given in the order of their SKUs. What has
    /// nothing and never moved is left out.
    pub(super) fn take<'a>(
        &mut self,
        items: impl Iterator<Item = &'a Item>,
        last_movement: u64,
        epoch: &str,
        at: DateTime<Utc>,
    ) -> &Snapshot {
        self.forget_old(at);
        let mut rows = Vec::new();
        for item in items {
            let figures = Figures::of(item);
            let nothing = (item.on_hand, item.allocated, item.quarantined) == (0, 0, 0);
            if nothing && item.last_movement == 0 {
                continue;
            }
            rows.push(Row(
                self.place(&item.sku),
                figures.on_hand,
                figures.allocated,
                figures.quarantined,
                figures.last_movement,
            ));
        }
        rows.shrink_to_fit();
        let id = self.next_id(at);
        self.kept.push_back(Snapshot {
            id,
            as_of: at,
            last_movement: last_movement.max(MOVEMENTS_FROM),
            epoch: epoch.to_owned(),
            rows,
        });
        let last = self.kept.len() - 1;
        &self.kept[last]
    }

    fn place(&mut self, sku: &str) -> u32 {
        if self.places.len() != self.names.len() {
            let places = (0..).zip(&self.names);
            self.places = places.map(|(place, name)| (name.clone(), place)).collect();
        }
        if let Some(place) = self.places.get(sku) {
            return *place;
        }
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(sku.to_owned());
        self.places.insert(sku.to_owned(), place);
        place
    }

    fn next_id(&mut self, at: DateTime<Utc>) -> String {
        let day = at.with_timezone(&London).format("%Y%m%d").to_string();
        if self.day != day {
            self.day.clone_from(&day);
            self.of_the_day = 0;
        }
        self.of_the_day += 1;
        format!("SNP{day}{}", letters(self.of_the_day))
    }

    /// Forgets those that can no longer be read.
    pub(super) fn forget_old(&mut self, now: DateTime<Utc>) {
        while self.kept.front().is_some_and(|one| one.expires_at() <= now) {
            self.kept.pop_front();
        }
    }

    /// The newest.
    pub(super) fn latest(&self) -> Option<&Snapshot> {
        self.kept.back()
    }

    /// The one of that id.
    pub(super) fn get(&self, id: &str) -> Option<&Snapshot> {
        self.kept.iter().find(|one| one.id == id)
    }

    /// The newest other than the one of that id.
    pub(super) fn another(&self, id: &str) -> Option<&Snapshot> {
        self.kept.iter().rev().find(|one| one.id != id)
    }

    /// Some rows of a snapshot.
    pub(super) fn rows(&self, of: &Snapshot, from: usize, limit: usize) -> Vec<(&str, Figures)> {
        let rows = of.rows.iter().skip(from).take(limit);
        rows.map(|row| {
            let name = usize::try_from(row.0)
                .ok()
                .and_then(|at| self.names.get(at));
            let figures = Figures {
                on_hand: row.1,
                allocated: row.2,
                quarantined: row.3,
                last_movement: row.4,
            };
            (name.map_or("", String::as_str), figures)
        })
        .collect()
    }
}

/// `A` to `Z`, then `AA`, `AB` and so on.
fn letters(mut number: u32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        let letter = u8::try_from(number % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        number /= 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_days_snapshots_are_lettered_however_many_there_are() {
        let all: Vec<String> = [1, 2, 26, 27, 52, 53, 703].map(letters).to_vec();
        assert_eq!(all, ["A", "B", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}
