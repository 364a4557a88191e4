//! A snapshot of the warehouse's stock (the contract's sections 2.6, 5.10 and 11): what it
//! says of itself, and its rows page by page. Pure. Whether the pages make a whole is
//! judged in [`gather`]; what the rows mean beside Cin7's figures, elsewhere.

mod gather;
mod missing;

use std::time::Duration;

use domain::stock::{CountedLevel, SnapshotHead};
use vendor::BadField;

use crate::feed::BadItem;
use crate::profile::Profile;
use crate::read::{self, moment, movement, required, some_units, stock_sku, units, wrong};
use crate::wire::told;
use crate::{times, wire};

pub use gather::{Gathering, Next, PartSnapshot, UncomparedRow, WholeSnapshot};
pub use missing::Missing;

/// One page of a snapshot's rows, on its own no basis for anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotPage {
    /// Which snapshot it is of; "" when they do not say.
    pub snapshot: String,
    /// The rows as they gave them.
    pub rows: Vec<Result<CountedLevel, BadItem>>,
    /// Pass it back to go on; `None` where they gave none, as on the last page.
    pub next_cursor: Option<String>,
    /// Whether more is to come.
    pub has_more: bool,
}

/// What asking for rows came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotRows {
    /// A page.
    Page(SnapshotPage),
    /// The snapshot is no longer kept: begin again with the latest.
    Expired,
}

/// What asking for a new snapshot came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotAsked {
    /// It is being made, and will be the latest in a while.
    Taken,
    /// The last one was made too short a while ago.
    TooSoon {
        /// How long to wait before asking again.
        wait: Duration,
    },
}

/// Reads what the latest snapshot of `warehouse`, or of the account's only one, says of itself.
/// Only one that says so in as many words is complete.
pub(crate) fn head(
    body: &[u8],
    warehouse: Option<&str>,
    profile: &Profile,
) -> Result<SnapshotHead, BadField> {
    let head: wire::SnapshotHead = vendor::json::parse(body)?;
    let named = told(&head.warehouse)
        .or_else(|| warehouse.map(str::to_owned))
        .unwrap_or_default();
    if let Some(asked) = warehouse
        && !named.eq_ignore_ascii_case(asked)
    {
        return Err(wrong("warehouse", &format!("expected {asked}"), &named));
    }
    let zone = profile.zone_for_naive_times;
    Ok(SnapshotHead {
        id: required(&head.snapshot_id, "snapshot_id")?,
        warehouse: named,
        as_of: moment(&head.as_of, "as_of", profile)?.at,
        last_movement: movement(&head.last_movement_id, "last_movement_id")?,
        item_count: head
            .item_count
            .0
            .ok_or_else(|| wrong("item_count", "expected a whole number from 0", ""))?,
        // One that cannot be read only means that we learn of the end when it comes.
        expires_at: times::read(head.expires_at.trimmed(), zone).map(|moment| moment.at),
        epoch: head.feed_epoch.trimmed().to_owned(),
        is_complete: head.complete.is_set(),
    })
}

/// Reads a page of rows.
pub(crate) fn page(body: &[u8]) -> Result<SnapshotPage, BadField> {
    let page: wire::SnapshotPage = vendor::json::parse(body)?;
    let items = page.items.unwrap_or_default();
    Ok(SnapshotPage {
        snapshot: page.snapshot_id.trimmed().to_owned(),
        rows: items
            .iter()
            .map(|item| read::one(item, |told| row(&told)))
            .collect(),
        next_cursor: told(&page.next_cursor),
        has_more: page.has_more.is_set(),
    })
}

/// An account that knows one figure only gives no quarantined units, and then has none
/// that Cin7 should not count (the contract's section 17).
fn row(row: &wire::SnapshotRow) -> Result<CountedLevel, BadField> {
    Ok(CountedLevel {
        sku: stock_sku(&row.sku)?,
        on_hand: units(row.on_hand, "on_hand")?,
        allocated: some_units(row.allocated, "allocated")?.unwrap_or(0),
        quarantined: some_units(row.quarantined, "quarantined")?.unwrap_or(0),
        last_movement: movement(&row.last_movement_id, "last_movement_id")?,
    })
}

#[cfg(test)]
mod tests;
