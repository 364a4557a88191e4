//! The lists of orders: frozen when opened, so that nothing moves under the hand, and live in
//! what each row says.

mod counts;
mod groups;
mod rows;

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::HoldCode;
use engine::views::{Views, time};
use store::{List, ListQuery, SaleKey};

use crate::needs::Part;
use crate::shapes::{CauseCount, ListFilter, ListNews, ListOpened, OrderRow, UiError};
use counts::counts;
pub(crate) use groups::{day_title, midnight};
pub(crate) use rows::{reason, state_title, state_word};

/// Lists kept open at one time.
const OPEN: usize = 8;
/// Orders of one list at most.
const LONGEST: u32 = 250_000;
/// Orders of all open lists together, beyond which the longest unused is dropped: a list is
/// cheap to open again.
const KEPT: usize = 600_000;
/// Rows given at one time at most.
const ROWS: u32 = 200;

/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug, Default)]
pub struct Lists {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u32,
    /// The one used last comes last.
    open: VecDeque<(u32, Arc<Frozen>)>,
}

/// A list as it was when it was opened.
#[derive(Debug)]
struct Frozen {
    query: ListQuery,
    /// The part of what needs someone that Today opened, in the place of a cause.
    part: Option<Part>,
    keys: Vec<SaleKey>,
    capped: bool,
}

impl Lists {
    /// Opens a list: which orders, in which order, from now on.
    ///
    /// # Errors
    /// `cause_unknown` when there is no such cause; the store's.
    pub fn open(&self, look: &Views<'_>, filter: &ListFilter) -> Result<ListOpened, UiError> {
        let part = filter.cause.as_deref().and_then(Part::from_word);
        let query = query(filter, part)?;
        let List { orders, capped } = listed(look, &query, part)?;
        let zone = look.settings.zone();
        let groups = groups::groups(filter.tab, &orders, look.now, zone);
        let total = u32::try_from(orders.len()).unwrap_or(u32::MAX);
        let keys = orders.into_iter().map(|order| order.sale).collect();
        let mut counts = counts(look, &query)?;
        if let Some(part) = part {
            let title = crate::needs::part_title(part, look.now, zone);
            counts.causes.push(CauseCount {
                cause: part.word(),
                title,
                count: total,
            });
        }
        let list = self.keep(Frozen {
            query,
            part,
            keys,
            capped,
        });
        Ok(ListOpened {
            list,
            total,
            capped,
            groups,
            tabs: counts.tabs,
            owners: counts.owners,
            causes: counts.causes,
            channels: counts.channels,
            put_off: counts.put_off,
            as_of: time(look.now),
        })
    }

    /// The rows of an open list from the given place on, as they are now; at most 200.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn rows(
        &self,
        look: &Views<'_>,
        list: u32,
        from: u32,
        count: u32,
    ) -> Result<Vec<OrderRow>, UiError> {
        let frozen = self.frozen(list)?;
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let count = usize::try_from(count.min(ROWS)).unwrap_or_default();
        frozen
            .keys
            .iter()
            .skip(from)
            .take(count)
            .map(|sale| rows::row(look, *sale))
            .collect()
    }

    /// What an open list misses by now. Of a list that was too long to be whole nothing is
    /// told.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn news(&self, look: &Views<'_>, list: u32) -> Result<ListNews, UiError> {
        let frozen = self.frozen(list)?;
        let now = listed(look, &frozen.query, frozen.part)?;
        if frozen.capped || now.capped {
            return Ok(ListNews { new: 0, gone: 0 });
        }
        let same = frozen
            .keys
            .iter()
            .eq(now.orders.iter().map(|order| &order.sale));
        if same {
            return Ok(ListNews { new: 0, gone: 0 });
        }
        let before: HashSet<SaleKey> = frozen.keys.iter().copied().collect();
        let stayed = now
            .orders
            .iter()
            .filter(|order| before.contains(&order.sale))
            .count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(ListNews {
            new: count(now.orders.len() - stayed),
            gone: count(before.len() - stayed),
        })
    }

    /// The orders of an open list, in its order.
    pub(crate) fn keys(&self, list: u32) -> Result<Vec<SaleKey>, UiError> {
        Ok(self.frozen(list)?.keys.clone())
    }

    fn keep(&self, frozen: Frozen) -> u32 {
        let mut kept = self.kept();
        kept.last += 1;
        let list = kept.last;
        kept.open.push_back((list, Arc::new(frozen)));
        let orders = |open: &VecDeque<(u32, Arc<Frozen>)>| -> usize {
            open.iter().map(|(_, frozen)| frozen.keys.len()).sum()
        };
        while kept.open.len() > OPEN || (kept.open.len() > 1 && orders(&kept.open) > KEPT) {
            kept.open.pop_front();
        }
        list
    }

    fn frozen(&self, list: u32) -> Result<Arc<Frozen>, UiError> {
        let mut kept = self.kept();
        let found = kept.open.iter().position(|(number, _)| *number == list);
        let Some(used) = found.and_then(|at| kept.open.remove(at)) else {
            return Err(UiError::wrong(
                "list_gone",
                "This list is not open any more. Open it again.",
            ));
        };
        let frozen = Arc::clone(&used.1);
        kept.open.push_back(used);
        Ok(frozen)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The orders that a filter would list now, in its order.
pub(crate) fn keys_of(look: &Views<'_>, filter: &ListFilter) -> Result<Vec<SaleKey>, UiError> {
    let part = filter.cause.as_deref().and_then(Part::from_word);
    let list = listed(look, &query(filter, part)?, part)?;
    Ok(list.orders.into_iter().map(|order| order.sale).collect())
}

/// The orders of a list as they are now.
fn listed(look: &Views<'_>, query: &ListQuery, part: Option<Part>) -> Result<List, UiError> {
    let Some(part) = part else {
        return Ok(look.reading.list(query)?);
    };
    let needs = part.query(look.now, look.settings.zone());
    let channel = query.channel.as_deref();
    Ok(look
        .reading
        .list_needs(&needs, query.owner, channel, query.put_off, query.most)?)
}

fn query(filter: &ListFilter, part: Option<Part>) -> Result<ListQuery, UiError> {
    let cause = match filter.cause.as_deref().filter(|_| part.is_none()) {
        None => None,
        Some(word) => Some(HoldCode::from_word(word).ok_or_else(|| {
            UiError::at("cause_unknown", "cause", "There is no such cause of holds.")
        })?),
    };
    let find = filter.find.as_deref().map(str::trim);
    Ok(ListQuery {
        tab: filter.tab.into(),
        owner: filter.owner.map(Into::into),
        cause,
        channel: filter.channel.clone(),
        find: find.filter(|text| !text.is_empty()).map(str::to_owned),
        put_off: filter.put_off,
        most: LONGEST,
    })
}
