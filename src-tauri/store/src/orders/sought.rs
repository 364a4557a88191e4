//! A list of orders that have the words looked for: the same search as in a page, gone on
//! with for a while, then put in the tab's order.

use super::find::{Search, states};
use super::keys::{Keys, Source};
use super::page::Page;
use super::tabs::{List, ListQuery, Listed, Tab};
use crate::StoreFault;
use crate::forms::SaleRow;
use crate::reading::Reading;

/// Orders found for one list at most: whoever looks through more asks for too little.
const MOST: usize = 5_000;
/// Pages walked for one list at most, so that a search for what very many orders nearly
/// have ends.
const PAGES: usize = 8;
/// Orders on one of those pages.
const ROOM: usize = 1_000;

impl Reading {
    pub(super) fn found_list(&self, query: &ListQuery) -> Result<List, StoreFault> {
        let wants = |sale: &SaleRow| {
            Tab::of(&sale.standing, sale.owner) == Some(query.tab)
                && query.owner.is_none_or(|owner| sale.owner == Some(owner))
                && query
                    .channel
                    .as_ref()
                    .is_none_or(|channel| sale.channel == *channel)
        };
        let mut list = self.walked(query, &wants, false)?;
        // A beginning that very many numbers share, and the highest of those are all under
        // other tabs: the tab's own orders are looked through instead.
        if list.capped && list.orders.is_empty() {
            list = self.walked(query, &wants, true)?;
        }
        list.put_in_order(query);
        Ok(list)
    }

    fn walked(
        &self,
        query: &ListQuery,
        wants: &dyn Fn(&SaleRow) -> bool,
        by_tab: bool,
    ) -> Result<List, StoreFault> {
        let (mut list, mut place) = (List::default(), None);
        for walked in 1.. {
            let mut page = Page::of(ROOM, wants);
            let mut search = self.sought(query)?;
            search.narrow |= by_tab;
            let exhausted = self.fill(&mut page, search, place.take())?;
            let (rows, next) = page.finish(exhausted);
            list.orders.extend(rows.iter().map(|sale| Listed {
                sale: sale.key,
                at: match query.tab {
                    Tab::NeedsYou => sale.ship_by,
                    _ => Some(sale.changed_at),
                },
            }));
            place = next;
            if place.is_none() {
                break;
            }
            if walked == PAGES || list.orders.len() >= MOST {
                list.capped = true;
                break;
            }
        }
        Ok(list)
    }

    fn sought(&self, query: &ListQuery) -> Result<Search, StoreFault> {
        let mut tab = vec![states(query.tab.states())];
        if query.tab == Tab::NeedsYou {
            tab.extend(domain::Owner::ALL.map(|owner| Keys::from(Source::Owner(owner))));
        }
        let mut streams = vec![Keys::Any(tab)];
        streams.extend(query.owner.map(|owner| Keys::from(Source::Owner(owner))));
        streams.extend(query.cause.map(|code| Keys::from(Source::Hold(code))));
        let narrow =
            query.owner.is_some() || query.cause.is_some() || self.few(query.tab.states())?;
        self.narrowed(streams, narrow, query.find.as_deref())
    }
}
