//! The window's tabs: under which one an order is, how many there are under each, and which
//! they are, in the order in which they are shown.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{OrderState, SaleKey, Standing, Tally};
use crate::reading::{Reading, col};
use crate::{StoreFault, times};

/// A tab. Every order past the trigger is under exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// Held, refused or stopped, and whatever else someone must act on.
    NeedsYou,
    /// Goes by itself: to be sent, being sent, or sent without an answer yet.
    Waiting,
    /// The warehouse has it, or what is left of it.
    AtWarehouse,
    /// All of it has left.
    Despatched,
    /// Called off.
    Cancelled,
}

impl Tab {
    /// Every tab, in the order they are shown.
    pub const ALL: [Self; 5] = [
        Self::NeedsYou,
        Self::Waiting,
        Self::AtWarehouse,
        Self::Despatched,
        Self::Cancelled,
    ];

    /// The stable word used in storage.
    pub fn word(self) -> &'static str {
        match self {
            Self::NeedsYou => "needs_you",
            Self::Waiting => "waiting",
            Self::AtWarehouse => "at_warehouse",
            Self::Despatched => "despatched",
            Self::Cancelled => "cancelled",
        }
    }

    /// The states of the orders under it that nobody must act on; for [`Self::NeedsYou`]
    /// those in which someone always must.
    pub fn states(self) -> &'static [OrderState] {
        use OrderState as S;
        match self {
            Self::NeedsYou => &[S::Held, S::Rejected, S::Blocked],
            Self::Waiting => &[S::Waiting, S::Sending, S::Unclear],
            Self::AtWarehouse => &[S::AtWarehouse, S::PartDespatched],
            Self::Despatched => &[S::Despatched],
            Self::Cancelled => &[S::Cancelled],
        }
    }

    /// The tab of an order; none outside the trigger. As the table works it out.
    pub fn of(standing: &Standing, owner: Option<Owner>) -> Option<Self> {
        let Standing::In(state) = standing else {
            return None;
        };
        if owner.is_some() {
            return Some(Self::NeedsYou);
        }
        Self::ALL
            .into_iter()
            .find(|tab| tab.states().contains(state))
    }
}

/// Which orders to list; all that is given must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Under this tab.
    pub tab: Tab,
    /// Only those this owner must act on.
    pub owner: Option<Owner>,
    /// Only those with a hold of this code.
    pub cause: Option<HoldCode>,
    /// Only those of this sales channel.
    pub channel: Option<String>,
    /// Only those found by these words; see [`crate::OrderFilter::find`].
    pub find: Option<String>,
    /// Of those that need someone: those put off, or those that are not. Of no account where
    /// words are looked for, and under the other tabs.
    pub put_off: bool,
    /// At most so many.
    pub most: u32,
}

/// An order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub sale: SaleKey,
    /// By when it must leave, where it needs someone; else when its state last changed.
    pub at: Option<DateTime<Utc>>,
}

/// A list of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The orders. Those that need someone by when they must leave, those that must not by
    /// any time last, and of equals the one known longest first; others by when their state
    /// last changed, the latest first.
    pub orders: Vec<Listed>,
    /// Whether there may be more.
    pub capped: bool,
}

/// How many orders there are of a sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListCount {
    /// Their tab.
    pub tab: Tab,
    /// Whether they are put off.
    pub put_off: bool,
    /// Their sales channel, or "".
    pub channel: String,
    /// How many.
    pub count: u32,
}

impl Reading {
    /// The orders that a query asks for, in order. Goes by an index for each tab, and reads
    /// no order, unless words are looked for.
    pub fn list(&self, query: &ListQuery) -> Result<List, StoreFault> {
        if query.find.is_some() {
            return self.found_list(query);
        }
        let mut list = match query.tab {
            Tab::NeedsYou => self.needing(query)?,
            _ if query.owner.is_some() || query.cause.is_some() => List::default(),
            Tab::Waiting | Tab::AtWarehouse | Tab::Despatched | Tab::Cancelled => {
                self.going_by_itself(query)?
            }
        };
        list.put_in_order(query);
        Ok(list)
    }

    fn needing(&self, query: &ListQuery) -> Result<List, StoreFault> {
        let of_cause = query
            .cause
            .map(|code| self.keys_of_cause(code))
            .transpose()?;
        // What is not of the cause is left out afterwards.
        let most = match of_cause {
            None => i64::from(query.most) + 1,
            Some(_) => i64::MAX,
        };
        let mut orders = Vec::new();
        for sql in [NEEDING_BY, NEEDING_ANY_TIME] {
            let owner = query.owner.map(Owner::word);
            let asked = params![owner, query.channel, query.put_off, most];
            orders.extend(self.all(sql, asked, listed)?);
        }
        if let Some(keys) = of_cause {
            orders.retain(|order| keys.binary_search(&order.sale.0).is_ok());
        }
        Ok(List {
            orders,
            capped: false,
        })
    }

    /// The orders with a hold of that code, by rising key.
    fn keys_of_cause(&self, code: HoldCode) -> Result<Vec<i64>, StoreFault> {
        let mut keys = self.all(OF_CAUSE, [code.word()], |row| col(row, 0))?;
        keys.dedup();
        Ok(keys)
    }

    fn going_by_itself(&self, query: &ListQuery) -> Result<List, StoreFault> {
        let mut list = List::default();
        for state in query.tab.states() {
            list.orders.extend(self.all(
                LATEST,
                params![state.word(), query.channel, i64::from(query.most) + 1],
                listed,
            )?);
        }
        Ok(list)
    }

    /// How many orders there are, by tab, whether they are put off, and sales channel.
    pub fn list_counts(&self) -> Result<Vec<ListCount>, StoreFault> {
        self.all(
            "SELECT tab, put_off, channel, count FROM listed WHERE count > 0
             ORDER BY tab, put_off, channel",
            [],
            |row| {
                let mut columns = Columns::of(row);
                let word: String = columns.next()?;
                let tab = Tab::ALL.into_iter().find(|tab| tab.word() == word);
                Ok(ListCount {
                    tab: tab.ok_or_else(|| StoreFault::damaged(format!("“{word}” is no tab")))?,
                    put_off: columns.next()?,
                    channel: columns.next()?,
                    count: columns.count()?,
                })
            },
        )
    }

    /// How many of the orders put off are held for each cause. There are few: each was put
    /// off by hand.
    pub fn put_off_by_hold(&self) -> Result<Vec<Tally>, StoreFault> {
        let held: Vec<(String, i64)> = self.all(
            "SELECT h.code, h.sale FROM sale AS s INDEXED BY sale_put_off
             JOIN hold AS h INDEXED BY hold_of_sale ON h.sale = s.key
             WHERE s.put_off_until IS NOT NULL AND s.tab = 'needs_you'",
            [],
            |row| Ok((col(row, 0)?, col(row, 1)?)),
        )?;
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for (code, _) in held.into_iter().collect::<BTreeSet<_>>() {
            *counts.entry(code).or_default() += 1;
        }
        let tally = |(word, count)| Tally { word, count };
        Ok(counts.into_iter().map(tally).collect())
    }
}

impl List {
    /// Puts what was gathered in its order, and no more of it than is asked for.
    pub(super) fn put_in_order(&mut self, query: &ListQuery) {
        match query.tab {
            Tab::NeedsYou => self
                .orders
                .sort_by_key(|order| (order.at.is_none(), order.at, order.sale)),
            Tab::Waiting | Tab::AtWarehouse | Tab::Despatched | Tab::Cancelled => self
                .orders
                .sort_by_key(|order| std::cmp::Reverse((order.at, order.sale))),
        }
        let most = usize::try_from(query.most).unwrap_or(usize::MAX);
        self.capped |= self.orders.len() > most;
        self.orders.truncate(most);
    }
}

fn listed(row: &rusqlite::Row<'_>) -> Result<Listed, StoreFault> {
    Ok(Listed {
        sale: SaleKey(col(row, 0)?),
        at: times::at_ms_or_none(col(row, 1)?)?,
    })
}

const NEEDING_BY: &str = "SELECT key, ship_by FROM sale INDEXED BY sale_needing
    WHERE tab = 'needs_you' AND ship_by IS NOT NULL
      AND (?1 IS NULL OR owner = ?1) AND (?2 IS NULL OR channel = ?2)
      AND (put_off_until IS NOT NULL) = ?3
    ORDER BY ship_by LIMIT ?4";
const NEEDING_ANY_TIME: &str = "SELECT key, ship_by FROM sale INDEXED BY sale_needing
    WHERE tab = 'needs_you' AND ship_by IS NULL
      AND (?1 IS NULL OR owner = ?1) AND (?2 IS NULL OR channel = ?2)
      AND (put_off_until IS NOT NULL) = ?3
    LIMIT ?4";
const OF_CAUSE: &str =
    "SELECT sale FROM hold INDEXED BY hold_by_code WHERE code = ?1 ORDER BY sale";
const LATEST: &str = "SELECT key, changed_at FROM sale INDEXED BY sale_by_age
    WHERE state = ?1 AND owner IS NULL AND (?2 IS NULL OR channel = ?2)
    ORDER BY changed_at DESC LIMIT ?3";
