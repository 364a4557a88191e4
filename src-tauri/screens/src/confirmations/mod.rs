//! Confirmations: what left the warehouse, and how far Cin7 Core has been told of it. The
//! lists are frozen when opened, as those of orders are, and live in what each row says.

mod clashes;
mod page;
mod rows;
mod stages;
mod state;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use engine::views::{Views, time};
use store::{DespatchKey, DespatchRow, DespatchState, StoreFault};

pub use page::{preview, told, tracking_link, view};

use crate::lists::{Frozen, OpenLists, day_title};
use crate::shapes::{
    ConfirmationRow, ConfirmationTab, ConfirmationTabCount, ConfirmationsFilter,
    ConfirmationsOpened, Group, ListNews, Owner, OwnerCount, Tone, UiError,
};

pub(crate) use page::page_of;

/// Despatches of one list at most: of what is told already the newest are enough, older ones
/// are found by their order.
const LONGEST: u32 = 5_000;

const TABS: [ConfirmationTab; 4] = [
    ConfirmationTab::NeedsYou,
    ConfirmationTab::Waiting,
    ConfirmationTab::Posted,
    ConfirmationTab::LeftAlone,
];

/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug, Default)]
pub struct Confirmations {
    open: OpenLists<ConfirmationsFilter, DespatchKey>,
}

impl Confirmations {
    /// Opens a list: which despatches, in which order, from now on.
    ///
    /// # Errors
    /// The store's.
    pub fn open(
        &self,
        look: &Views<'_>,
        filter: &ConfirmationsFilter,
    ) -> Result<ConfirmationsOpened, UiError> {
        let (rows, capped) = listed(look, filter)?;
        let groups = groups(filter.tab, &rows, look.now, look.settings.zone());
        let list = self.open.keep(Frozen {
            query: filter.clone(),
            keys: rows.iter().map(|row| row.key).collect(),
            capped,
        });
        Ok(ConfirmationsOpened {
            list,
            total: whole(rows.len()),
            capped,
            groups,
            tabs: tabs(look)?,
            owners: owners(look)?,
            as_of: time(look.now),
            checked: look.reading.cursor("despatches")?.map(|mark| time(mark.at)),
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
    ) -> Result<Vec<ConfirmationRow>, UiError> {
        self.open
            .get(list)?
            .page(from, count)
            .map(|key| rows::row(look, &look.reading.despatch_by_key(key)?))
            .collect()
    }

    /// What an open list misses by now. Of a list that was too long to be whole nothing is
    /// told.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn news(&self, look: &Views<'_>, list: u32) -> Result<ListNews, UiError> {
        let frozen = self.open.get(list)?;
        let (now, capped) = listed(look, &frozen.query)?;
        Ok(frozen.news(now.iter().map(|row| row.key), capped))
    }
}

/// The states under a tab.
fn states(tab: ConfirmationTab) -> &'static [DespatchState] {
    match tab {
        ConfirmationTab::NeedsYou => &[DespatchState::Exception],
        ConfirmationTab::Waiting => &[
            DespatchState::Waiting,
            DespatchState::Posting,
            DespatchState::Unclear,
            DespatchState::Parked,
        ],
        ConfirmationTab::Posted => &[DespatchState::Posted],
        ConfirmationTab::LeftAlone => &[DespatchState::Closed],
    }
}

fn tab_title(tab: ConfirmationTab) -> &'static str {
    match tab {
        ConfirmationTab::NeedsYou => "Needs you",
        ConfirmationTab::Waiting => "Waiting",
        ConfirmationTab::Posted => "Posted",
        ConfirmationTab::LeftAlone => "Left alone",
    }
}

/// The despatches of a list in its order: what waits, the longest first; what is done with,
/// the newest first. With whether there are more.
fn listed(
    look: &Views<'_>,
    filter: &ConfirmationsFilter,
) -> Result<(Vec<DespatchRow>, bool), StoreFault> {
    let mut rows = Vec::new();
    let mut capped = false;
    for state in states(filter.tab) {
        let found = look.reading.despatches(Some(*state), None, LONGEST)?;
        capped |= whole(found.len()) >= LONGEST;
        rows.extend(found);
    }
    let wanted = filter.find.as_deref().map(str::trim).unwrap_or_default();
    let wanted = wanted.to_lowercase();
    rows.retain(|row| {
        filter
            .owner
            .is_none_or(|owner| row.owner.map(Owner::from) == Some(owner))
            && (wanted.is_empty() || names(row).any(|name| name.to_lowercase().contains(&wanted)))
    });
    match filter.tab {
        ConfirmationTab::NeedsYou | ConfirmationTab::Waiting => {
            rows.sort_by_key(|row| (row.at, row.key));
        }
        ConfirmationTab::Posted | ConfirmationTab::LeftAlone => {
            rows.sort_by_key(|row| std::cmp::Reverse((shown_at(filter.tab, row), row.key)));
        }
    }
    Ok((rows, capped))
}

/// What a despatch is looked for by.
fn names(row: &DespatchRow) -> impl Iterator<Item = &str> {
    [row.id.as_str(), row.raw_reference.as_str()]
        .into_iter()
        .chain(row.number.as_ref().map(domain::SaleNumber::as_str))
}

/// The time that a list is in order of, and by whose day it is grouped.
fn shown_at(tab: ConfirmationTab, row: &DespatchRow) -> DateTime<Utc> {
    match tab {
        ConfirmationTab::NeedsYou | ConfirmationTab::Waiting => row.at,
        ConfirmationTab::Posted => row.posted_at.unwrap_or(row.changed_at),
        ConfirmationTab::LeftAlone => row.changed_at,
    }
}

/// Runs of one day each; their counts add up to the list's length.
fn groups(tab: ConfirmationTab, rows: &[DespatchRow], now: DateTime<Utc>, zone: Tz) -> Vec<Group> {
    let today = now.with_timezone(&zone).date_naive();
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        let day = shown_at(tab, row).with_timezone(&zone).date_naive();
        let day = match day_title(day, today).as_str() {
            "Today" => "today".to_owned(),
            "Yesterday" => "yesterday".to_owned(),
            other => other.to_owned(),
        };
        let title = match tab {
            ConfirmationTab::NeedsYou | ConfirmationTab::Waiting => format!("Left {day}"),
            ConfirmationTab::Posted => format!("Told {day}"),
            ConfirmationTab::LeftAlone => format!("Left alone {day}"),
        };
        match groups.last_mut() {
            Some(last) if last.title == title => last.count += 1,
            _ => groups.push(Group {
                title,
                count: 1,
                tone: Tone::Plain,
            }),
        }
    }
    groups
}

fn tabs(look: &Views<'_>) -> Result<Vec<ConfirmationTabCount>, StoreFault> {
    let tallies = look.reading.despatch_tallies()?;
    Ok(TABS
        .map(|tab| ConfirmationTabCount {
            tab,
            title: tab_title(tab).into(),
            count: tallies
                .iter()
                .filter(|(state, _)| states(tab).contains(state))
                .map(|(_, count)| u32::try_from(*count).unwrap_or(u32::MAX))
                .sum(),
        })
        .into())
}

fn owners(look: &Views<'_>) -> Result<Vec<OwnerCount>, StoreFault> {
    let exceptions = look.reading.despatch_exceptions()?;
    Ok(domain::Owner::ALL
        .map(|owner| OwnerCount {
            owner: owner.into(),
            count: exceptions
                .iter()
                .filter(|(whose, _, _)| *whose == owner)
                .map(|(_, _, count)| u32::try_from(*count).unwrap_or(u32::MAX))
                .sum(),
        })
        .into_iter()
        .filter(|owner| owner.count > 0)
        .collect())
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
