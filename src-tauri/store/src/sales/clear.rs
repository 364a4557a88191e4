//! Personal data leaves a sale with age once its life is over: its detail is masked, it is
//! found by its number and reference alone, and what its holds and tries repeated of it is
//! blanked. That it was, what it was worth and where it stands stays.

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::forms::{SaleKey, SealedSale};
use crate::reading::col;
use crate::store::Store;
use crate::write::Write;
use crate::{StoreFault, times};

/// Sales cleared in one transaction, so that other writing is never held up for long.
const BATCH: usize = 200;

/// Stands where something personal was.
const BLANK: &str = "•••";

/// What clearing a batch of sales came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearedSales {
    /// Sales whose personal data was masked.
    pub sales: u64,
    /// Nothing of that age is left.
    pub is_all: bool,
}

impl Store {
    /// Masks sales that are despatched, cancelled or outside the trigger since before that
    /// moment, the oldest first and some hundreds at most, and deletes as many customers'
    /// contacts read before it: the caller goes on until that is all, and lets others write in
    /// between. One with a message still open at the warehouse, or a despatch that Cin7 is
    /// still to be told of, keeps its data until that is settled; one that is read again
    /// afterwards is masked again in its turn.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key, if there is something to mask.
    pub fn clear_sales_older_than(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<ClearedSales, StoreFault> {
        self.write(|w| w.clear_sales_batch(before, now, mask))
    }
}

impl Write<'_> {
    fn clear_sales_batch(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<ClearedSales, StoreFault> {
        let old: Vec<SaleKey> = self.all(
            "SELECT s.key FROM sale AS s
             WHERE s.cleared_at IS NULL
               AND (s.outside IS NOT NULL OR s.state IN ('despatched', 'cancelled'))
               AND s.changed_at < ?1
               AND NOT EXISTS
                   (SELECT 1 FROM outbox AS o WHERE o.sale = s.key AND o.state <> 'closed')
               AND NOT EXISTS
                   (SELECT 1 FROM despatch AS d INDEXED BY despatch_of_sale
                    WHERE d.sale = s.key AND d.state NOT IN ('posted', 'closed'))
             ORDER BY s.changed_at LIMIT ?2",
            params![times::ms(before), times::whole(BATCH)],
            |row| Ok(SaleKey(col(row, 0)?)),
        )?;
        for sale in &old {
            self.clear_sale(*sale, now, mask)?;
        }
        let contacts = self.run(
            "DELETE FROM contact WHERE customer IN
                 (SELECT customer FROM contact WHERE read_at < ?1 ORDER BY read_at LIMIT ?2)",
            params![times::ms(before), times::whole(BATCH)],
        )?;
        let sales = old.len();
        if sales + contacts > 0 {
            let day = before.date_naive();
            let text = format!(
                "Personal data of {sales} orders that ended before {day} masked, and the \
                 contacts of {contacts} customers deleted"
            );
            self.note_clearing(now, "cleared", &text)?;
        }
        Ok(ClearedSales {
            sales: u64::try_from(sales).unwrap_or(u64::MAX),
            is_all: sales < BATCH && contacts < BATCH,
        })
    }

    fn clear_sale(
        &mut self,
        sale: SaleKey,
        now: DateTime<Utc>,
        mask: &dyn Fn(&[u8]) -> Vec<u8>,
    ) -> Result<(), StoreFault> {
        match self.sealed(sale) {
            // Never read, and so never known by anything personal.
            Ok(known) if known == SealedSale::default() => {}
            Ok(known) => self.put_sealed(sale, &masked(&known, mask))?,
            Err(StoreFault::Damaged { .. }) => {
                // By which words it is found cannot be read any more. This looks at every
                // word there is, which damage is rare enough for.
                self.run("DELETE FROM find_token WHERE +sale = ?1", [sale.0])?;
                self.put_sealed(sale, &masked(&SealedSale::default(), mask))?;
            }
            Err(fault) => return Err(fault),
        }
        self.blank_holds(sale, BLANK)?;
        self.run(
            "UPDATE attempt SET sealed_detail = NULL WHERE sale = ?1 AND sealed_detail IS NOT NULL",
            [sale.0],
        )?;
        self.run(
            "UPDATE outbox SET sealed_note = NULL WHERE sale = ?1 AND sealed_note IS NOT NULL",
            [sale.0],
        )?;
        self.forget_notes(sale)?;
        self.forget_why_put_off(sale)?;
        self.clear_despatches(sale, now)?;
        // Last, since sealing anything takes the mark off.
        self.run_on(
            "sale",
            "UPDATE sale SET cleared_at = ?2 WHERE key = ?1",
            params![sale.0, times::ms(now)],
        )
    }
}

fn masked(known: &SealedSale, mask: &dyn Fn(&[u8]) -> Vec<u8>) -> SealedSale {
    let detail = match known.detail.as_slice() {
        [] => Vec::new(),
        detail => mask(detail),
    };
    SealedSale {
        detail,
        find: Vec::new(),
    }
}
