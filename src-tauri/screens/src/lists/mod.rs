//! The lists of orders: frozen when opened, so that nothing moves under the hand, and live in
//! what each row says.

mod counts;
mod groups;
mod open;
mod rows;

use domain::HoldCode;
use engine::views::{Views, time};
use store::{List, ListQuery, SaleKey};

use crate::needs::Part;
use crate::shapes::{CauseCount, ListFilter, ListNews, ListOpened, OrderRow, UiError};
use counts::counts;
pub(crate) use groups::{day_title, midnight};
pub(crate) use open::{Frozen, OpenLists};
pub(crate) use rows::{reason, state_title, state_word};

/// Orders of one list at most.
const LONGEST: u32 = 250_000;
/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug, Default)]
pub struct Lists {
    open: OpenLists<Asked, SaleKey>,
}

/// What a list was opened for.
#[derive(Debug)]
struct Asked {
    query: ListQuery,
    /// The part of what needs someone that Today opened, in the place of a cause.
    part: Option<Part>,
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
        let list = self.open.keep(Frozen {
            query: Asked { query, part },
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
        self.open
            .get(list)?
            .page(from, count)
            .map(|sale| rows::row(look, sale))
            .collect()
    }

    /// What an open list misses by now. Of a list that was too long to be whole nothing is
    /// told.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn news(&self, look: &Views<'_>, list: u32) -> Result<ListNews, UiError> {
        let frozen = self.open.get(list)?;
        let now = listed(look, &frozen.query.query, frozen.query.part)?;
        Ok(frozen.news(now.orders.iter().map(|order| order.sale), now.capped))
    }

    /// The orders of an open list, in its order.
    pub(crate) fn keys(&self, list: u32) -> Result<Vec<SaleKey>, UiError> {
        Ok(self.open.get(list)?.keys.clone())
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
