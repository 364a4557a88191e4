//! A despatch's row as it lies in the table, and what it means.

use rusqlite::Row;

use super::forms::{DespatchKey, DespatchRow, DespatchState};
use crate::StoreFault;
use crate::columns::Columns;
use crate::forms::SaleKey;
use crate::sales::{owner, sale_number};

/// The columns of a [`DespatchRow`] in the order [`despatch_row`] reads them; the tables are
/// `d` and the sale's `s`.
pub(crate) const COLUMNS: &str = "d.key, d.id, d.revision, d.voids, d.raw_reference, d.sale, \
    s.number, d.at, d.published, d.received, d.is_last, d.units, d.parcels, d.state, d.owner, \
    d.reason, d.step, d.task, d.flags, d.told_revision, d.due, d.attempts, d.failures, \
    d.first_failed, d.unclear_since, d.posted_at, d.changed_at";

/// The despatch of that row.
pub(super) fn despatch_row(row: &Row<'_>) -> Result<DespatchRow, StoreFault> {
    let mut columns = Columns::of(row);
    Ok(DespatchRow {
        key: DespatchKey(columns.next()?),
        id: columns.next()?,
        revision: columns.count()?,
        voids: columns.next()?,
        raw_reference: columns.next()?,
        sale: columns.next::<Option<i64>>()?.map(SaleKey),
        number: columns
            .next::<Option<String>>()?
            .as_deref()
            .map(sale_number)
            .transpose()?,
        at: columns.at()?,
        published: columns.at_or_none()?,
        received: columns.at()?,
        is_last: columns.next()?,
        units: columns.next()?,
        parcels: columns.count()?,
        state: state(&columns.next::<String>()?)?,
        owner: columns
            .next::<Option<String>>()?
            .as_deref()
            .map(owner)
            .transpose()?,
        reason: columns.next()?,
        step: columns.next()?,
        task: columns.next()?,
        flags: flags(&columns.next::<String>()?),
        told_revision: columns.count()?,
        due: columns.at()?,
        attempts: columns.count()?,
        failures: columns.count()?,
        first_failed: columns.at_or_none()?,
        unclear_since: columns.at_or_none()?,
        posted_at: columns.at_or_none()?,
        changed_at: columns.at()?,
    })
}

/// What a despatch's item is bound to.
pub(super) fn item_place(id: &str) -> Vec<u8> {
    [b"item ", id.as_bytes()].concat()
}

/// What the words about a despatch are bound to.
pub(super) fn words_place(id: &str) -> Vec<u8> {
    [b"words ", id.as_bytes()].concat()
}

/// What an item put aside is bound to.
pub(super) fn clash_place(id: &str, content: &[u8]) -> Vec<u8> {
    [b"clash ", content, id.as_bytes()].concat()
}

/// Flags as they are stored: words with commas between.
pub(super) fn written_flags(flags: &[String]) -> String {
    flags.join(",")
}

pub(super) fn flags(written: &str) -> Vec<String> {
    written
        .split(',')
        .filter(|flag| !flag.is_empty())
        .map(str::to_owned)
        .collect()
}

fn state(word: &str) -> Result<DespatchState, StoreFault> {
    DespatchState::from_word(word)
        .ok_or_else(|| StoreFault::damaged(format!("“{word}” is no state of a despatch")))
}
