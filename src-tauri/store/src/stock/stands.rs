//! Where an adjustment stands next, as far as no document of it is under way. Whether that
//! makes sense is the engine's question.

use chrono::{DateTime, Utc};
use domain::{Owner, ProductId};
use rusqlite::params;

use super::forms::{AdjustmentKey, AdjustmentStands};
use super::row::adjustment_place;
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

impl Write<'_> {
    /// Says where an adjustment stands, who must act and why. What is taken up again after it
    /// had failed or waited for a person counts its failures anew.
    ///
    /// # Errors
    /// [`StoreFault::AlreadyBegun`] while a document with it is under way;
    /// [`StoreFault::Sql`] for one that is posted, and for a state that only a document gives;
    /// [`StoreFault::KeyMissing`] when there is a detail and no key.
    pub fn adjustment_stands(
        &mut self,
        adjustment: AdjustmentKey,
        stands: &AdjustmentStands<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let id = self.adjustment_by_key(adjustment)?.id;
        self.refuse_under_way(adjustment, &id)?;
        let sealed = self.sealed_words(&adjustment_place(&id), stands.detail)?;
        self.run_on(
            "adjustment",
            "UPDATE adjustment SET state = ?2, owner = ?3, cause = ?4, sealed_detail = ?5,
                    due = ?6,
                    failures = CASE WHEN ?7 THEN failures + 1
                                    WHEN ?2 = 'new' AND state <> 'new' THEN 0
                                    ELSE failures END,
                    first_failed = CASE WHEN ?7 THEN COALESCE(first_failed, ?10)
                                        WHEN ?2 = 'new' AND state <> 'new' THEN NULL
                                        ELSE first_failed END,
                    decided_by = CASE ?8 WHEN '' THEN decided_by ELSE ?8 END,
                    decided_why = CASE ?8 WHEN '' THEN decided_why ELSE ?9 END,
                    changed_at = CASE state WHEN ?2 THEN changed_at ELSE ?10 END
             WHERE key = ?1",
            params![
                adjustment.0,
                stands.state.word(),
                stands.owner.map(Owner::word),
                stands.causes.join(","),
                sealed,
                times::ms(stands.due),
                stands.failed,
                stands.by,
                stands.why,
                times::ms(now),
            ],
        )
    }

    /// Keeps which of Cin7's products an adjustment is of, and its SKU there.
    pub fn adjustment_resolved(
        &mut self,
        adjustment: AdjustmentKey,
        product: &ProductId,
        cin7_sku: &str,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "adjustment",
            "UPDATE adjustment SET product = ?2, cin7_sku = ?3 WHERE key = ?1",
            params![adjustment.0, product.as_str(), cin7_sku],
        )
    }

    /// Keeps who decided about an adjustment and why, and leaves where it stands.
    pub fn adjustment_decided(
        &mut self,
        adjustment: AdjustmentKey,
        by: &str,
        why: &str,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "adjustment",
            "UPDATE adjustment SET decided_by = ?2, decided_why = ?3 WHERE key = ?1",
            params![adjustment.0, by, why],
        )
    }

    /// Has an adjustment go into a document of its own next time, or not.
    pub fn adjustment_alone(
        &mut self,
        adjustment: AdjustmentKey,
        alone: bool,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "adjustment",
            "UPDATE adjustment SET alone = ?2 WHERE key = ?1",
            params![adjustment.0, alone],
        )
    }

    /// Words to be kept sealed; none when there are none.
    pub(super) fn sealed_words(
        &self,
        place: &[u8],
        words: &str,
    ) -> Result<Option<Vec<u8>>, StoreFault> {
        if words.is_empty() {
            return Ok(None);
        }
        self.sealed_text(Purpose::Stock, place, words.as_bytes())
            .map(Some)
    }

    fn refuse_under_way(&self, adjustment: AdjustmentKey, id: &str) -> Result<(), StoreFault> {
        let under_way: Option<i64> = self.one(
            "SELECT d.key FROM adjustment AS a CROSS JOIN stock_document AS d ON d.key = a.document
             WHERE a.key = ?1 AND a.state IN ('posting', 'unclear')
               AND d.state IN ('intended', 'drafted', 'unclear', 'completed')",
            [adjustment.0],
            |row| row.get(0),
        )?;
        match under_way {
            Some(_) => Err(StoreFault::AlreadyBegun { number: id.into() }),
            None => Ok(()),
        }
    }
}
