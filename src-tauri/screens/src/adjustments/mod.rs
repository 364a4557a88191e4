//! Stock adjustments: an inbox of those that need someone, above what is under way and what is
//! done. The lists are frozen when opened, as those of orders are, and live in what each row
//! says.

mod acts;
mod export;
mod facts;
mod listed;
mod money;
mod page;
mod rows;
mod state;

use engine::views::{Views, time};
use store::{AdjustmentKey, AdjustmentState, StoreFault};

pub use acts::{preview, told};
pub use export::{export, file_name};
pub use page::view;

use crate::lists::{Frozen, OpenLists};
use crate::shapes::{
    AdjustmentRow, AdjustmentTab, AdjustmentTabCount, AdjustmentsFilter, AdjustmentsOpened,
    ListNews, OwnerCount, ReasonCount, UiError,
};

pub(crate) use page::about;
pub(crate) use rows::signed;

/// The lists that are open; at most eight, the longest unused of which is dropped first.
#[derive(Debug, Default)]
pub struct Adjustments {
    open: OpenLists<AdjustmentsFilter, AdjustmentKey>,
}

impl Adjustments {
    /// Opens a list: which adjustments, in which order, from now on.
    ///
    /// # Errors
    /// `day_invalid`; the store's.
    pub fn open(
        &self,
        look: &Views<'_>,
        filter: &AdjustmentsFilter,
    ) -> Result<AdjustmentsOpened, UiError> {
        let found = listed::listed(look, filter)?;
        let groups = found.groups(filter.tab, look.now, look.settings.zone());
        let total = whole(found.rows.len());
        let list = self.open.keep(Frozen {
            query: filter.clone(),
            keys: found.rows.iter().map(|row| row.key).collect(),
            capped: found.capped,
        });
        Ok(AdjustmentsOpened {
            list,
            total,
            capped: found.capped,
            groups,
            tabs: tabs(look)?,
            owners: owners(look)?,
            reasons: reasons(look)?,
            as_of: time(look.now),
            checked: look
                .reading
                .cursor("adjustments")?
                .map(|mark| time(mark.at)),
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
    ) -> Result<Vec<AdjustmentRow>, UiError> {
        self.open
            .get(list)?
            .page(from, count)
            .map(|key| rows::row(look, &look.reading.adjustment_by_key(key)?))
            .collect()
    }

    /// What an open list misses by now. Of a list that was too long to be whole nothing is
    /// told.
    ///
    /// # Errors
    /// `list_gone` when the list is not open any more; the store's.
    pub fn news(&self, look: &Views<'_>, list: u32) -> Result<ListNews, UiError> {
        let frozen = self.open.get(list)?;
        let now = listed::listed(look, &frozen.query)?;
        Ok(frozen.news(now.rows.iter().map(|row| row.key), now.capped))
    }
}

fn tabs(look: &Views<'_>) -> Result<Vec<AdjustmentTabCount>, StoreFault> {
    let counts = look.reading.adjustment_counts()?;
    Ok([
        AdjustmentTab::All,
        AdjustmentTab::NeedsYou,
        AdjustmentTab::Waiting,
        AdjustmentTab::Posted,
        AdjustmentTab::SetAside,
    ]
    .map(|tab| AdjustmentTabCount {
        tab,
        title: match tab {
            AdjustmentTab::All => "All",
            AdjustmentTab::NeedsYou => "Needs you",
            AdjustmentTab::Waiting => "On the way",
            AdjustmentTab::Posted => "Posted",
            AdjustmentTab::SetAside => "Set aside",
        }
        .into(),
        count: counts
            .iter()
            .filter(|(state, _)| tab == AdjustmentTab::All || listed::tab_of(*state) == tab)
            .map(|(_, count)| capped(*count))
            .sum(),
    })
    .into())
}

fn owners(look: &Views<'_>) -> Result<Vec<OwnerCount>, StoreFault> {
    let exceptions = look.reading.adjustment_exceptions()?;
    Ok(domain::Owner::ALL
        .map(|owner| OwnerCount {
            owner: owner.into(),
            count: exceptions
                .iter()
                .filter(|(whose, _, _)| *whose == owner)
                .map(|(_, _, count)| capped(*count))
                .sum(),
        })
        .into_iter()
        .filter(|owner| owner.count > 0)
        .collect())
}

/// The reasons that occur, those that are given most often first. Another wording of one is
/// no other reason.
fn reasons(look: &Views<'_>) -> Result<Vec<ReasonCount>, StoreFault> {
    let mut reasons: Vec<ReasonCount> = Vec::new();
    for seen in look.reading.reasons_seen()? {
        let count = capped(seen.count);
        match reasons.iter_mut().find(|known| known.reason == seen.why) {
            Some(known) => known.count = known.count.saturating_add(count),
            None => reasons.push(ReasonCount {
                title: rows::reason(&seen.why, &seen.why_text),
                reason: seen.why,
                count,
            }),
        }
    }
    reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.title.cmp(&b.title)));
    Ok(reasons)
}

/// Adjustments that need someone.
pub(crate) fn need_you(look: &Views<'_>) -> Result<u32, StoreFault> {
    let counts = look.reading.adjustment_counts()?;
    Ok(counts
        .into_iter()
        .filter(|(state, _)| {
            matches!(
                state,
                AdjustmentState::NeedsApproval | AdjustmentState::Failed
            )
        })
        .map(|(_, count)| capped(count))
        .sum())
}

fn capped(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
