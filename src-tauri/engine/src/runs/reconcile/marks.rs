//! What Cin7 has been told of the movements, as far as the figures that were read show it: of
//! what was told while they were read, page and write are held against each other by their
//! times.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Duration, Utc};
use domain::ProductId;
use domain::stock::{InFigure, Span, Telling, in_figure};
use store::{MovementKind, MovementRow, Reading, StoreFault, Told};
use whistl::WholeSnapshot;

use super::doubt::Earlier;
use super::sides::{Book, Doubted, Known, Sides};
use crate::engine::Engine;
use crate::runs::adjustments::StockList;

/// How far back to look for what Cin7 was told around the snapshot: clocks differ.
const AROUND: Duration = Duration::hours(1);

/// What moved of late or is on its way, with what Cin7 has been told of each.
pub(super) struct Marks {
    rows: Vec<MovementRow>,
}

/// What tells one movement from another, goods of one SKU each.
type Name<'a> = (&'a str, &'a str, bool);

impl Marks {
    pub(super) fn load(reading: &Reading, as_of: DateTime<Utc>) -> Result<Self, StoreFault> {
        Ok(Self {
            rows: reading.movements(as_of - AROUND)?,
        })
    }

    pub(super) fn rows(&self) -> &[MovementRow] {
        &self.rows
    }

    fn told(&self) -> BTreeMap<Name<'_>, Told> {
        self.rows.iter().map(|row| (name(row), row.told)).collect()
    }

    /// What each movement was marked, of which Cin7 was told since `before` or may have been,
    /// by its place in these.
    pub(super) fn told_since(&self, before: &Self) -> Vec<(usize, Option<Told>)> {
        let before = before.told();
        let rows = self.rows.iter().enumerate();
        rows.map(|(place, row)| (place, row.told, before.get(&name(row)).copied()))
            .filter(|(_, now, was)| {
                let is_known = [Some(*now), *was].map(|told| told == Some(Told::Yes));
                *now == Told::Perhaps || *was == Some(Told::Perhaps) || is_known[0] != is_known[1]
            })
            .map(|(place, _, was)| (place, was))
            .collect()
    }
}

fn name(row: &MovementRow) -> Name<'_> {
    let is_despatch = row.kind == MovementKind::Despatch;
    (&row.sku, &row.id, is_despatch)
}

/// The marks as the figures show them.
pub(super) struct Shown {
    marks: Marks,
    /// The SKUs, as the warehouse spells them, of which that cannot be said of a movement.
    unsettled: BTreeSet<String>,
    /// Those of which it can only where Cin7's list does not lag behind its writes.
    told_lately: BTreeSet<String>,
}

impl Shown {
    /// Both sides under these marks.
    pub(super) fn sides<'a>(
        &'a self,
        known: &'a Known,
        snapshot: &'a WholeSnapshot,
        book: &'a Book,
        earlier: &'a Earlier,
    ) -> Sides<'a> {
        let doubted = Doubted {
            unsettled: &self.unsettled,
            told_lately: &self.told_lately,
        };
        Sides::new(known, snapshot, book, &self.marks, doubted, earlier)
    }
}

impl Engine {
    /// The marks after a reading of figures, put back to what those figures show: what was told
    /// only once its figure was in hand is not told as of that figure.
    pub(super) fn marks_shown(
        &self,
        as_of: DateTime<Utc>,
        before: &Marks,
        known: &Known,
        book: &Book,
        list: &StockList,
    ) -> Result<Shown, StoreFault> {
        // Taken first: what the store does not know by then had not begun at this moment.
        let now = self.now();
        let store = self.store();
        let mut marks = Marks::load(store.reading(), as_of)?;
        let doubtful = marks.told_since(before);
        let keys: Vec<String> = doubtful
            .iter()
            .filter_map(|(place, _)| Some(known.folded(&marks.rows.get(*place)?.sku).into_owned()))
            .collect();
        let products = keys.iter().flat_map(|key| known.products_of(key)).collect();
        let read = book.read_of(list, &products);
        let (mut unsettled, mut told_lately) = (BTreeSet::new(), BTreeSet::new());
        for ((place, was), key) in doubtful.into_iter().zip(&keys) {
            let Some(row) = marks.rows.get_mut(place) else {
                continue;
            };
            let telling = telling(store.reading(), row, now)?;
            let shows = span_of(known, key, &read)
                .map_or(InFigure::Unclear, |read| in_figure(telling, read));
            if shows == InFigure::Likely {
                told_lately.insert(row.sku.clone());
            }
            if let Some(told) = settled(row.told, was, shows) {
                row.told = told;
            } else {
                row.told = Told::Perhaps;
                unsettled.insert(row.sku.clone());
            }
        }
        Ok(Shown {
            marks,
            unsettled,
            told_lately,
        })
    }
}

/// When the figures were read of all products that stand for a name.
fn span_of(known: &Known, key: &str, read: &HashMap<&ProductId, Span>) -> Option<Span> {
    let spans = known
        .products_of(key)
        .filter_map(|product| read.get(product));
    spans.copied().reduce(Span::hull)
}

/// What a movement is marked as of a figure that shows it or not, by what it was before and is
/// now; `None` where that cannot be said, so that it counts either way.
fn settled(now: Told, was: Option<Told>, shows: InFigure) -> Option<Told> {
    match shows {
        InFigure::Yes | InFigure::Likely => (now == Told::Yes).then_some(Told::Yes),
        // One that waited for a person was waiting as of the figure.
        InFigure::No => match was {
            Some(open @ (Told::NotYet | Told::Held | Told::Blocked)) => Some(open),
            Some(Told::Yes | Told::Perhaps) | None => Some(Told::NotYet),
        },
        InFigure::Unclear => None,
    }
}

/// When Cin7 was told of a movement, by what is in the store at that moment.
fn telling(
    reading: &Reading,
    row: &MovementRow,
    now: DateTime<Utc>,
) -> Result<Telling, StoreFault> {
    let writes = reading.movement_writes(row.kind, &row.id)?;
    let began = match writes.began {
        // What was refused may have stood there already, and nobody knows since when.
        _ if writes.was_refused => None,
        Some(began) => Some(began),
        // Claimed, and nothing written of it yet.
        None => (row.told == Told::Perhaps).then_some(now),
    };
    Ok(Telling {
        began,
        ended: writes.done,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_its_figure_shows_is_told_and_what_it_does_not_is_as_it_was() {
        for shows in [InFigure::Yes, InFigure::Likely] {
            let told = settled(Told::Yes, Some(Told::NotYet), shows);
            assert_eq!(told, Some(Told::Yes));
        }
        for was in [Told::NotYet, Told::Held, Told::Blocked] {
            for now in [Told::Yes, Told::Perhaps] {
                assert_eq!(settled(now, Some(was), InFigure::No), Some(was));
            }
        }
        for was in [Some(Told::Perhaps), None] {
            let told = settled(Told::Yes, was, InFigure::No);
            assert_eq!(told, Some(Told::NotYet));
        }
    }

    #[test]
    fn what_cannot_be_said_is_read_again() {
        let was = Some(Told::NotYet);
        assert_eq!(settled(Told::Yes, was, InFigure::Unclear), None);
        assert_eq!(settled(Told::Perhaps, was, InFigure::Unclear), None);
        // Done, and not known to be told: a contradiction.
        assert_eq!(settled(Told::Perhaps, was, InFigure::Yes), None);
    }
}
