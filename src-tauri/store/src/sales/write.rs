//! Changing single facts of a sale. Whether a change makes sense is the engine's question;
//! that it leaves the sale in one place is asserted by the table.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::{ClientReference, Owner};
use rusqlite::params;
use rust_decimal::Decimal;

use super::read::packed;
use super::row::standing_columns;
use crate::forms::{SaleKey, SealedSale, Standing};
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times, words};

impl Write<'_> {
    /// Moves a sale. Its owner is the one given, else the owner of its first hold; or
    /// whoever it was given to by hand, if somebody must act at all. The time of the change
    /// is kept only if it moves.
    pub fn set_standing(
        &mut self,
        sale: SaleKey,
        standing: &Standing,
        owner: Option<Owner>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let (state, outside) = standing_columns(standing);
        self.run_on(
            "sale",
            "UPDATE sale SET state = ?2, outside = ?3,
                    owner = CASE
                        WHEN ?4 IS NULL AND NOT EXISTS (SELECT 1 FROM hold AS h WHERE h.sale = ?1)
                        THEN NULL
                        ELSE COALESCE(assigned, ?4,
                            (SELECT h.owner FROM hold AS h WHERE h.sale = ?1 ORDER BY h.id LIMIT 1))
                    END,
                    changed_at = CASE WHEN state IS ?2 AND outside IS ?3 THEN changed_at ELSE ?5 END
             WHERE key = ?1",
            params![
                sale.0,
                state,
                outside,
                owner.map(Owner::word),
                times::ms(now)
            ],
        )
    }

    /// Keeps a sale as it was read whole, for the mark it was read at.
    #[expect(
        clippy::too_many_arguments,
        reason = "one read sale's facts, each named at the call"
    )]
    pub fn put_detail(
        &mut self,
        sale: SaleKey,
        mark: DateTime<Utc>,
        sealed: &SealedSale,
        value: Decimal,
        currency: &str,
        channel: &str,
        service: &str,
        ship_by: Option<DateTime<Utc>>,
        not_before: Option<DateTime<Utc>>,
    ) -> Result<(), StoreFault> {
        self.mark_read(sale, mark)?;
        self.run_on(
            "sale",
            "UPDATE sale SET value = ?2, currency = ?3, channel = ?4, service = ?5, ship_by = ?6,
                    not_before = ?7
             WHERE key = ?1",
            params![
                sale.0,
                value.to_string(),
                currency,
                channel,
                service,
                ship_by.map(times::ms),
                not_before.map(times::ms),
            ],
        )?;
        self.put_sealed(sale, sealed)
    }

    /// Notes that a sale was read for that mark, and wants no further reading unless it
    /// has changed since.
    pub fn mark_read(&mut self, sale: SaleKey, mark: DateTime<Utc>) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET read_updated = ?2, updated = MAX(updated, ?2),
                    wants_read = CASE WHEN updated > ?2 THEN wants_read ELSE 0 END
             WHERE key = ?1",
            params![sale.0, times::ns(mark)],
        )
    }

    /// Asks for a sale to be read whole, whatever its marks say.
    pub fn want_read(&mut self, sale: SaleKey) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET wants_read = 1 WHERE key = ?1",
            [sale.0],
        )
    }

    /// Notes that the warehouse was asked about a sale.
    pub fn mark_checked(&mut self, sale: SaleKey, now: DateTime<Utc>) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET checked_at = ?2 WHERE key = ?1",
            params![sale.0, times::ms(now)],
        )
    }

    /// Gives a sale the reference of its present edition.
    ///
    /// # Errors
    /// [`StoreFault::ReferenceTaken`] when another sale has or had it.
    pub fn set_reference(
        &mut self,
        sale: SaleKey,
        reference: &ClientReference,
    ) -> Result<(), StoreFault> {
        let text = reference.as_str();
        self.run(
            "INSERT INTO sale_reference (reference, sale) VALUES (?1, ?2)
             ON CONFLICT (reference) DO NOTHING",
            params![text, sale.0],
        )?;
        if self.reference_owner(reference)? != Some(sale) {
            return Err(StoreFault::ReferenceTaken {
                reference: text.to_owned(),
            });
        }
        self.run_on(
            "sale",
            "UPDATE sale SET reference = ?2 WHERE key = ?1",
            params![sale.0, text],
        )?;
        self.find_by_text(sale, text)
    }

    /// Sets the count of hand-offs, from 1.
    pub fn set_edition(&mut self, sale: SaleKey, edition: u32) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET edition = ?2, promised = NULL WHERE key = ?1",
            params![sale.0, edition],
        )
    }

    /// Keeps what the warehouse calls a sale and how it says it is. The first time of
    /// acceptance stays.
    pub fn set_warehouse(
        &mut self,
        sale: SaleKey,
        whistl_ref: &str,
        status: &str,
        accepted_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET whistl_ref = CASE ?2 WHEN '' THEN whistl_ref ELSE ?2 END,
                    whistl_status = ?3,
                    accepted_at = COALESCE(accepted_at, ?4),
                    checked_at = MAX(checked_at, COALESCE(?4, 0))
             WHERE key = ?1",
            params![sale.0, whistl_ref, status, accepted_at.map(times::ms)],
        )?;
        if whistl_ref.is_empty() {
            Ok(())
        } else {
            self.find_by_text(sale, whistl_ref)
        }
    }

    /// Keeps the fingerprint of what the warehouse has.
    pub fn keep_fingerprint(
        &mut self,
        sale: SaleKey,
        fingerprint: Option<&[u8]>,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET fingerprint = ?2 WHERE key = ?1",
            params![sale.0, fingerprint],
        )
    }

    /// Notes the last warehouse event applied.
    pub fn set_event_seq(&mut self, sale: SaleKey, seq: u64) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET event_seq = ?2 WHERE key = ?1",
            params![sale.0, times::whole(seq)],
        )
    }

    /// Notes under which settings and maps a sale was decided.
    pub fn decided(
        &mut self,
        sale: SaleKey,
        settings_version: i64,
        map_version: i64,
    ) -> Result<(), StoreFault> {
        self.run_on(
            "sale",
            "UPDATE sale SET settings_version = ?2, map_version = ?3 WHERE key = ?1",
            params![sale.0, settings_version, map_version],
        )
    }

    /// Seals a sale's personal parts, and moves the search tokens along.
    pub(super) fn put_sealed(
        &mut self,
        sale: SaleKey,
        sealed: &SealedSale,
    ) -> Result<(), StoreFault> {
        let before = match self.sealed(sale) {
            // What was spoilt on disk is healed by the new reading.
            Err(StoreFault::Damaged { .. }) => BTreeSet::new(),
            known => self.tokens(&known?.find)?,
        };
        let after = self.tokens(&sealed.find)?;
        for gone in before.difference(&after) {
            self.run(
                "DELETE FROM find_token WHERE token = ?1 AND sale = ?2",
                params![gone, sale.0],
            )?;
        }
        for new in after.difference(&before) {
            self.run(
                "INSERT INTO find_token (token, sale) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![new, sale.0],
            )?;
        }
        let bytes = self.sealed_text(Purpose::Sale, &sale.0.to_be_bytes(), &packed(sealed))?;
        self.run(
            "INSERT INTO sealed_sale (sale, sealed) VALUES (?1, ?2)
             ON CONFLICT (sale) DO UPDATE SET sealed = excluded.sealed",
            params![sale.0, bytes],
        )?;
        Ok(())
    }

    fn tokens(&self, find: &[String]) -> Result<BTreeSet<i64>, StoreFault> {
        let seal = self.sealer().ok_or(StoreFault::KeyMissing {
            what: Purpose::Sale.words(),
        })?;
        Ok(words::to_keep(find)
            .iter()
            .map(|word| seal.token(word))
            .collect())
    }

    /// Makes a sale findable by the beginning of a number or reference.
    pub(super) fn find_by_text(&mut self, sale: SaleKey, text: &str) -> Result<(), StoreFault> {
        self.run(
            "INSERT INTO find_text (text, sale) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![words::clear(text), sale.0],
        )?;
        Ok(())
    }
}
