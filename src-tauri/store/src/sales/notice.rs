//! Noting what Cin7's list shows of a sale.

use chrono::{DateTime, Utc};
use domain::{SaleId, SaleNumber};
use rusqlite::params;

use super::row::{id_bytes, standing_columns};
use crate::forms::{SaleKey, SaleRow, SealedSale, Standing};
use crate::write::Write;
use crate::{StoreFault, times};

/// One row of Cin7's list, and what the trigger makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingSeen {
    /// Cin7's id.
    pub id: SaleId,
    /// The number people use.
    pub number: SaleNumber,
    /// Cin7's mark of the last change.
    pub updated: DateTime<Utc>,
    /// Where it stands if it is new, or was outside so far. A sale past the trigger is
    /// never moved by a list.
    pub standing: Standing,
    /// Whether the sale is to be read whole.
    pub wants_read: bool,
    /// When it passed the trigger, if it has.
    pub authorised_at: Option<DateTime<Utc>>,
    /// Channel, or "".
    pub channel: String,
    /// Words by which a person may look for it until it is read.
    pub find: Vec<String>,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Write<'_> {
    /// Notes a sale of Cin7's list, and gives back how it is stored now.
    pub fn saw_listing(&mut self, seen: &ListingSeen) -> Result<SaleRow, StoreFault> {
        let sale = match self.sale(&seen.id)? {
            None => self.first_sight(seen)?,
            Some(known) => {
                self.seen_again(seen, &known)?;
                known.key
            }
        };
        self.find_by_text(sale, seen.number.as_str())?;
        if seen.wants_read && !seen.find.is_empty() {
            self.find_until_read(sale, &seen.find)?;
        }
        self.sale_row(sale)
    }

    fn first_sight(&mut self, seen: &ListingSeen) -> Result<SaleKey, StoreFault> {
        let (state, outside) = standing_columns(&seen.standing);
        self.run(
            "INSERT INTO sale (id, number, state, outside, updated, wants_read, authorised_at,
                               first_seen, channel, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?8)",
            params![
                id_bytes(&seen.id)?.to_vec(),
                seen.number.as_str(),
                state,
                outside,
                times::ns(seen.updated),
                seen.wants_read,
                seen.authorised_at.map(times::ms),
                times::ms(seen.now),
                seen.channel,
            ],
        )?;
        Ok(SaleKey(self.conn.last_insert_rowid()))
    }

    fn seen_again(&mut self, seen: &ListingSeen, known: &SaleRow) -> Result<(), StoreFault> {
        let enters = matches!(
            (&known.standing, &seen.standing),
            (Standing::Outside(_), Standing::In(_))
        );
        if matches!(known.standing, Standing::Outside(_)) {
            self.set_standing(known.key, &seen.standing, None, seen.now)?;
        }
        // Entering anew means that it was authorised anew.
        let authorised_at = match (known.authorised_at, seen.authorised_at) {
            (Some(_), Some(again)) if enters => Some(again),
            (before, now) => before.or(now),
        };
        self.run(
            "UPDATE sale SET number = ?2, updated = MAX(updated, ?3),
                    wants_read = MAX(wants_read, ?4), authorised_at = ?5,
                    channel = CASE ?6 WHEN '' THEN channel ELSE ?6 END
             WHERE key = ?1",
            params![
                known.key.0,
                seen.number.as_str(),
                times::ns(seen.updated),
                seen.wants_read,
                authorised_at.map(times::ms),
                seen.channel,
            ],
        )?;
        Ok(())
    }

    /// Makes a sale that is still to be read findable by what the list tells. Once it is
    /// read, its own words take over.
    fn find_until_read(&mut self, sale: SaleKey, find: &[String]) -> Result<(), StoreFault> {
        if self.sealer().is_none() {
            return Ok(());
        }
        let known = match self.sealed(sale) {
            // Spoilt on disk: the reading that is to come heals it.
            Err(StoreFault::Damaged { .. }) => return Ok(()),
            known => known?,
        };
        if !known.find.is_empty() {
            return Ok(());
        }
        let find = find.to_vec();
        self.put_sealed(sale, &SealedSale { find, ..known })
    }
}
