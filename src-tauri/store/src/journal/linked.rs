//! Entries with all that their hash is made of, so that whoever is given them can make it
//! again without the database; and where the chain ends.

use crate::StoreFault;
use crate::forms::{EntryRow, SaleKey};
use crate::reading::{Reading, col};
use crate::times;

use super::chain::{Field, link};
use super::read::JournalFilter;

/// An entry with the hash of the one before it.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The entry.
    pub entry: EntryRow,
    /// The row number of the sale it is about: it goes into the hash, the number does not.
    pub sale: Option<SaleKey>,
    /// The chain's hash at the entry before; 32 zeros before the first.
    pub before: Vec<u8>,
}

impl Linked {
    /// The hash that follows from the entry and the one before. The entry is as it was
    /// written if this is [`EntryRow::hash`].
    pub fn follows(&self) -> Vec<u8> {
        let entry = &self.entry;
        link(
            &self.before,
            &[
                Field::Whole(entry.id),
                Field::Whole(times::ms(entry.at)),
                Field::Text(entry.kind.as_bytes()),
                Field::Text(entry.vendor.as_bytes()),
                Field::Text(entry.direction.as_bytes()),
                Field::Text(entry.operation.as_bytes()),
                Field::Text(entry.who.as_bytes()),
                Field::Text(entry.outcome.as_bytes()),
                self.sale
                    .map_or(Field::Nothing, |sale| Field::Whole(sale.0)),
                Field::Text(entry.subject.as_bytes()),
                Field::Whole(i64::from(entry.attempt)),
                Field::Whole(i64::from(entry.status)),
                Field::Whole(times::whole(entry.duration_ms)),
                Field::Text(entry.text.as_bytes()),
                body(entry.request_hash.as_deref()),
                body(entry.response_hash.as_deref()),
            ],
        )
    }
}

fn body(hash: Option<&[u8]>) -> Field<'_> {
    hash.map_or(Field::Nothing, Field::Bytes)
}

/// Where the chain ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainHead {
    /// How many entries there are.
    pub entries: i64,
    /// The last one's hash: 32 bytes, zeros when there is none.
    pub hash: Vec<u8>,
}

impl Reading {
    /// What the journal says about a sale, oldest first, each with the hash before it; of
    /// more than `limit` entries the newest.
    pub fn linked(&self, sale: SaleKey, limit: u32) -> Result<Vec<Linked>, StoreFault> {
        let entries = self.journal(&JournalFilter {
            sale: Some(sale),
            limit,
            ..JournalFilter::default()
        })?;
        let mut linked = Vec::with_capacity(entries.len());
        for entry in entries.into_iter().rev() {
            linked.push(Linked {
                before: self.hash_before(entry.id)?,
                sale: Some(sale),
                entry,
            });
        }
        Ok(linked)
    }

    fn hash_before(&self, id: i64) -> Result<Vec<u8>, StoreFault> {
        if id == 1 {
            return Ok(vec![0; 32]);
        }
        let found = self.all("SELECT hash FROM journal WHERE id = ?1", [id - 1], |row| {
            col(row, 0)
        })?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| StoreFault::damaged(format!("entry {} of the log is missing", id - 1)))
    }

    /// Where the journal's chain ends, as it was written down with the last entry.
    pub fn chain_head(&self) -> Result<ChainHead, StoreFault> {
        let head = self.head()?;
        Ok(ChainHead {
            entries: head.entries,
            hash: head.hash,
        })
    }
}
