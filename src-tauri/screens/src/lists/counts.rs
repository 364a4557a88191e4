//! The counts beside a list: by tab, owner, cause and sales channel. All of them are kept by
//! the store as things change, and add up to what opening each would list.

use std::collections::BTreeMap;

use domain::HoldCode;
use engine::views::Views;
use engine::words::{self, capital};
use store::{ListCount, ListQuery, StoreFault, Tab as Listed, Tally};

use crate::shapes::{CauseCount, ChannelCount, Owner, OwnerCount, Tab, TabCount};

/// The counts beside a list.
pub(super) struct Counts {
    pub(super) tabs: Vec<TabCount>,
    pub(super) owners: Vec<OwnerCount>,
    pub(super) causes: Vec<CauseCount>,
    pub(super) channels: Vec<ChannelCount>,
    pub(super) put_off: u32,
}

/// A tab's title.
fn tab_title(tab: Tab) -> &'static str {
    match tab {
        Tab::NeedsYou => "Needs you",
        Tab::Waiting => "Waiting to send",
        Tab::AtWarehouse => "At the warehouse",
        Tab::Despatched => "Despatched",
        Tab::Cancelled => "Cancelled",
    }
}

/// The counts beside the list of that query.
pub(super) fn counts(look: &Views<'_>, query: &ListQuery) -> Result<Counts, StoreFault> {
    let all = look.reading.list_counts()?;
    let put_off_by_owner = tallies(look.reading.put_off_by_owner()?);
    let put_off_by_hold = words_of(look.reading.put_off_by_hold()?);
    let by_owner = words_of(look.reading.tallies_by_owner()?);
    let by_hold = words_of(look.reading.tallies_by_hold()?);
    // What is put off is counted for itself, as it is listed.
    let of = |word: &str, all: &BTreeMap<String, i64>, put_off: &BTreeMap<String, i64>| {
        let put_off = put_off.get(word).copied().unwrap_or_default();
        let count = if query.put_off {
            put_off
        } else {
            all.get(word).copied().unwrap_or_default() - put_off
        };
        u32::try_from(count).unwrap_or_default()
    };
    Ok(Counts {
        tabs: Listed::ALL
            .map(|tab| TabCount {
                tab: tab.into(),
                title: tab_title(tab.into()).into(),
                count: sum(&all, |count| {
                    count.tab == tab && !(tab == Listed::NeedsYou && count.put_off)
                }),
            })
            .into(),
        owners: domain::Owner::ALL
            .map(|owner| OwnerCount {
                owner: Owner::from(owner),
                count: of(owner.word(), &by_owner, &put_off_by_owner),
            })
            .into_iter()
            .filter(|owner| owner.count > 0)
            .collect(),
        causes: HoldCode::ALL
            .iter()
            .map(|code| CauseCount {
                cause: code.word().into(),
                title: capital(&words::hold(code.word())),
                count: of(code.word(), &by_hold, &put_off_by_hold),
            })
            .filter(|cause| cause.count > 0)
            .collect(),
        channels: channels(&all, query),
        put_off: sum(&all, |count| count.tab == Listed::NeedsYou && count.put_off),
    })
}

/// The orders of the tab by sales channel, the most first.
fn channels(all: &[ListCount], query: &ListQuery) -> Vec<ChannelCount> {
    let mut channels: BTreeMap<&str, u32> = BTreeMap::new();
    let needing = query.tab == Listed::NeedsYou;
    for count in all.iter().filter(|count| count.tab == query.tab) {
        if !needing || count.put_off == query.put_off {
            *channels.entry(&count.channel).or_default() += count.count;
        }
    }
    let mut channels: Vec<ChannelCount> = channels
        .into_iter()
        .map(|(channel, count)| ChannelCount {
            channel: channel.to_owned(),
            count,
        })
        .collect();
    channels.sort_by_key(|channel| std::cmp::Reverse(channel.count));
    channels
}

fn sum(all: &[ListCount], wanted: impl Fn(&ListCount) -> bool) -> u32 {
    all.iter()
        .filter(|count| wanted(count))
        .map(|count| count.count)
        .sum()
}

fn words_of(tallies: Vec<Tally>) -> BTreeMap<String, i64> {
    tallies
        .into_iter()
        .map(|tally| (tally.word, tally.count))
        .collect()
}

fn tallies(counts: Vec<(String, i64)>) -> BTreeMap<String, i64> {
    counts.into_iter().collect()
}
