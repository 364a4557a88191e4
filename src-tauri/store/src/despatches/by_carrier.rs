//! By which carrier things go: despatches that are not told, orders that are held at the
//! warehouse, and what was told meanwhile. What follows from it is not decided here.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Owner};
use rusqlite::{Params, params};

use super::forms::{ByCarrier, DespatchKey};
use crate::columns::Columns;
use crate::reading::{Reading, col};
use crate::write::Write;
use crate::{StoreFault, times};

/// Rows looked at where they are not counted by an index: so that it costs the same at any
/// size.
const MOST: u32 = 1_000;

impl Write<'_> {
    /// Keeps by which carrier a despatch went: the warehouse's code of it, "" for none or
    /// several.
    pub fn put_despatch_carrier(
        &mut self,
        despatch: DespatchKey,
        carrier: &str,
    ) -> Result<(), StoreFault> {
        self.run(
            "UPDATE despatch SET carrier = ?2 WHERE key = ?1 AND carrier <> ?2",
            params![despatch.0, carrier],
        )?;
        Ok(())
    }
}

impl Reading {
    /// Despatches that are still to be told, by carrier.
    pub fn waiting_by_carrier(&self) -> Result<Vec<ByCarrier>, StoreFault> {
        self.by_carrier(
            "SELECT d.carrier, COUNT(*), MIN(d.received) FROM despatch AS d
             INDEXED BY despatch_open_by_carrier
             WHERE d.state IN ('waiting', 'posting', 'unclear') GROUP BY d.carrier",
            [],
        )
    }

    /// Despatches that wait for that person for that reason, by carrier.
    pub fn exceptions_by_carrier(
        &self,
        owner: Owner,
        reason: &str,
    ) -> Result<Vec<ByCarrier>, StoreFault> {
        self.by_carrier(
            "SELECT d.carrier, COUNT(*), MIN(d.received) FROM despatch AS d
             INDEXED BY despatch_exceptions_by_carrier
             WHERE d.state = 'exception' AND d.owner = ?1 AND d.reason = ?2 GROUP BY d.carrier",
            params![owner.word(), reason],
        )
    }

    fn by_carrier<P: Params>(&self, sql: &str, params: P) -> Result<Vec<ByCarrier>, StoreFault> {
        self.all(sql, params, |row| {
            let mut columns = Columns::of(row);
            Ok(ByCarrier {
                carrier: columns.next()?,
                count: columns.next()?,
                oldest: columns.at()?,
            })
        })
    }

    /// Orders with that hold for that person, by the carrier behind the service they are to
    /// go by; "" where it is not known. Of very many only some.
    pub fn held_by_carrier(
        &self,
        code: HoldCode,
        owner: Owner,
    ) -> Result<Vec<ByCarrier>, StoreFault> {
        let held = self.all(
            "SELECT COALESCE(v.carrier, ''), h.since FROM hold AS h INDEXED BY hold_by_code
             CROSS JOIN sale AS s ON s.key = h.sale LEFT JOIN service AS v ON v.code = s.service
             WHERE h.code = ?1 AND h.owner = ?2 LIMIT ?3",
            params![code.word(), owner.word(), MOST],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.next::<String>()?, columns.at()?))
            },
        )?;
        let mut carriers: Vec<ByCarrier> = Vec::new();
        for (carrier, since) in held {
            match carriers.iter_mut().find(|known| known.carrier == carrier) {
                Some(known) => {
                    known.count += 1;
                    known.oldest = known.oldest.min(since);
                }
                None => carriers.push(ByCarrier {
                    carrier,
                    count: 1,
                    oldest: since,
                }),
            }
        }
        Ok(carriers)
    }

    /// The carrier of each despatch that Cin7 was first told of since then, the one told last
    /// first; of very many only those.
    pub fn carriers_told_since(&self, since: DateTime<Utc>) -> Result<Vec<String>, StoreFault> {
        self.all(
            "SELECT d.carrier FROM despatch AS d INDEXED BY despatch_by_posted
             WHERE d.posted_at >= ?1 ORDER BY d.posted_at DESC LIMIT ?2",
            params![times::ms(since), MOST],
            |row| col(row, 0),
        )
    }
}
