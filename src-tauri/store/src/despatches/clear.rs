//! What a sale's despatches hold of a person leaves with age, together with the sale's own
//! data: the items as they came, words about them, tracking numbers. Ids and units stay.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::forms::DespatchKey;
use crate::forms::SaleKey;
use crate::write::Write;
use crate::{StoreFault, times, words};

impl Write<'_> {
    /// Takes away what is sealed of a sale's despatches, and the tracking numbers it is
    /// found by.
    pub(crate) fn clear_despatches(
        &mut self,
        sale: SaleKey,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let of_sale: Vec<(DespatchKey, String)> = self
            .despatches_of(sale)?
            .into_iter()
            .map(|row| (row.key, row.id))
            .collect();
        if of_sale.is_empty() {
            return Ok(());
        }
        let row = self.sale_row(sale)?;
        // A warehouse may give an order's own number out as its tracking number.
        let mut kept: Vec<String> = of_sale.iter().map(|(_, id)| words::clear(id)).collect();
        kept.push(words::clear(row.number.as_str()));
        kept.extend(row.whistl_ref.as_deref().map(words::clear));
        kept.extend(
            row.reference
                .map(|reference| words::clear(reference.as_str())),
        );
        for (despatch, _) in of_sale {
            self.run(
                "UPDATE despatch SET sealed = NULL, sealed_detail = NULL,
                        cleared_at = COALESCE(cleared_at, ?2)
                 WHERE key = ?1",
                params![despatch.0, times::ms(now)],
            )?;
            self.run(
                "UPDATE despatch_clash SET sealed = NULL, cleared_at = COALESCE(cleared_at, ?2)
                 WHERE despatch = ?1",
                params![despatch.0, times::ms(now)],
            )?;
            self.forget_tracking(sale, despatch, &kept)?;
        }
        Ok(())
    }

    fn forget_tracking(
        &mut self,
        sale: SaleKey,
        despatch: DespatchKey,
        kept: &[String],
    ) -> Result<(), StoreFault> {
        let texts: Vec<String> = self.all(
            "SELECT text FROM despatch_text WHERE despatch = ?1",
            [despatch.0],
            |row| crate::reading::col(row, 0),
        )?;
        for text in texts.iter().filter(|text| !kept.contains(text)) {
            self.run(
                "DELETE FROM find_text WHERE text = ?1 AND sale = ?2",
                params![text, sale.0],
            )?;
            self.run(
                "DELETE FROM despatch_text WHERE despatch = ?1 AND text = ?2",
                params![despatch.0, text],
            )?;
        }
        Ok(())
    }
}
