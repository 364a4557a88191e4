//! Entries with all that their hash is made of, so that whoever is given them can make it
//! again without the database; and where the chain ends.

use crate::StoreFault;
use crate::forms::{EntryRow, SaleKey};
use crate::reading::{Reading, col};

use super::chain::Hashed;
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
        let hashed = Hashed {
            id: entry.id,
            at: entry.at,
            kind: &entry.kind,
            vendor: &entry.vendor,
            direction: &entry.direction,
            operation: &entry.operation,
            who: &entry.who,
            outcome: &entry.outcome,
            sale: self.sale,
            subject: &entry.subject,
            attempt: entry.attempt,
            status: entry.status,
            duration_ms: entry.duration_ms,
            text: &entry.text,
            request: entry.request_hash.as_deref(),
            response: entry.response_hash.as_deref(),
        };
        hashed.link(&self.before)
    }
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
