//! Why sales are held. The code, the field and the owner are in clear, since they are
//! counted and listed, and so is a SKU or a shipping method, by which the orders that wait
//! for it are found. Every other value and what was said about it are sealed.

use chrono::{DateTime, Utc};
use domain::{HoldCode, Reason};
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::{HoldRow, SaleKey};
use crate::reading::{Reading, col};
use crate::sales::owner;
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

/// What of a reason is sealed: value, marks, expected, fix.
pub(crate) type Told = (String, Vec<(usize, usize)>, String, String);

impl Reading {
    /// The holds on a sale, in the order they were found.
    ///
    /// Without a key a hold keeps its code, field and owner; what was found and the fix
    /// are left empty.
    pub fn holds(&self, sale: SaleKey) -> Result<Vec<HoldRow>, StoreFault> {
        self.all(
            "SELECT code, field, owner, since, sealed FROM hold WHERE sale = ?1 ORDER BY id",
            [sale.0],
            |row| {
                let mut columns = Columns::of(row);
                let word: String = columns.next()?;
                let code = HoldCode::from_word(&word)
                    .ok_or_else(|| StoreFault::damaged(format!("“{word}” is no hold code")))?;
                let field = columns.next()?;
                let owner = owner(&columns.next::<String>()?)?;
                let since = columns.at()?;
                let (value, marks, expected, fix) = self.told(sale, &columns.next::<Vec<u8>>()?)?;
                let reason = Reason {
                    code,
                    field,
                    value,
                    marks,
                    expected,
                    owner,
                    fix,
                };
                Ok(HoldRow { reason, since })
            },
        )
    }

    fn told(&self, sale: SaleKey, sealed: &[u8]) -> Result<Told, StoreFault> {
        if self.sealer().is_none() {
            return Ok(Told::default());
        }
        let plain = self.opened(Purpose::Hold, &sale.0.to_be_bytes(), sealed)?;
        serde_json::from_slice(&plain).map_err(|error| {
            StoreFault::damaged(format!("a hold's detail cannot be read: {error}"))
        })
    }

    /// The causes a sale is held for, in the order they were found; none of it is unsealed.
    pub fn hold_codes(&self, sale: SaleKey) -> Result<Vec<HoldCode>, StoreFault> {
        self.all(
            "SELECT code FROM hold WHERE sale = ?1 ORDER BY id",
            [sale.0],
            |row| {
                let word: String = col(row, 0)?;
                HoldCode::from_word(&word)
                    .ok_or_else(|| StoreFault::damaged(format!("“{word}” is no hold code")))
            },
        )
    }

    /// Whether a sale is held for that cause.
    pub fn has_hold(&self, sale: SaleKey, code: HoldCode) -> Result<bool, StoreFault> {
        let found: Option<i64> = self.one(
            "SELECT id FROM hold WHERE code = ?1 AND sale = ?2 LIMIT 1",
            params![code.word(), sale.0],
            |row| row.get(0),
        )?;
        Ok(found.is_some())
    }
}

impl Write<'_> {
    /// Puts these holds in the place of all others. One that stood before, by code and
    /// field, stands since then. The sale's owner becomes the first one's.
    pub fn put_holds(
        &mut self,
        sale: SaleKey,
        reasons: &[Reason],
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let before = self.stood_since(sale)?;
        self.run("DELETE FROM hold WHERE sale = ?1", [sale.0])?;
        for reason in reasons {
            let stood = before
                .iter()
                .find(|(code, field, _)| code == reason.code.word() && *field == reason.field)
                .map(|(_, _, since)| *since);
            self.insert_hold(sale, reason, stood.unwrap_or_else(|| times::ms(now)))?;
        }
        self.owner_from_holds(sale)
    }

    /// Takes every hold off a sale.
    pub fn clear_holds(&mut self, sale: SaleKey) -> Result<(), StoreFault> {
        self.run("DELETE FROM hold WHERE sale = ?1", [sale.0])?;
        self.owner_from_holds(sale)
    }

    /// Adds a hold to those that stand; one with the same code and field is replaced, and
    /// stands since it first did.
    pub fn add_hold(
        &mut self,
        sale: SaleKey,
        reason: &Reason,
        now: DateTime<Utc>,
    ) -> Result<(), StoreFault> {
        let since = self
            .stood_since(sale)?
            .into_iter()
            .find(|(code, field, _)| code == reason.code.word() && *field == reason.field)
            .map_or_else(|| times::ms(now), |(_, _, since)| since);
        self.run(
            "DELETE FROM hold WHERE sale = ?1 AND code = ?2 AND field = ?3",
            params![sale.0, reason.code.word(), reason.field],
        )?;
        self.insert_hold(sale, reason, since)?;
        self.owner_from_holds(sale)
    }

    /// Takes every hold of that code off a sale.
    pub fn remove_hold(&mut self, sale: SaleKey, code: HoldCode) -> Result<(), StoreFault> {
        let gone = self.run(
            "DELETE FROM hold WHERE sale = ?1 AND code = ?2",
            params![sale.0, code.word()],
        )?;
        if gone == 0 {
            Ok(())
        } else {
            self.owner_from_holds(sale)
        }
    }

    /// Puts a word in the place of all that a sale's holds say of it. Code, field, owner and
    /// age stay.
    pub(crate) fn blank_holds(&self, sale: SaleKey, blank: &str) -> Result<(), StoreFault> {
        let told: Told = (blank.into(), Vec::new(), String::new(), String::new());
        let holds: Vec<i64> = self.all("SELECT id FROM hold WHERE sale = ?1", [sale.0], |row| {
            col(row, 0)
        })?;
        for hold in holds {
            let sealed = self.sealed_told(sale, &told)?;
            self.run(
                "UPDATE hold SET sealed = ?2 WHERE id = ?1",
                params![hold, sealed],
            )?;
        }
        Ok(())
    }

    fn sealed_told(
        &self,
        sale: SaleKey,
        told: &impl serde::Serialize,
    ) -> Result<Vec<u8>, StoreFault> {
        let plain = serde_json::to_vec(told).map_err(|error| StoreFault::Sql {
            doing: "writing a hold".into(),
            detail: error.to_string(),
        })?;
        self.sealed_text(Purpose::Hold, &sale.0.to_be_bytes(), &plain)
    }

    fn stood_since(&self, sale: SaleKey) -> Result<Vec<(String, String, i64)>, StoreFault> {
        self.all(
            "SELECT code, field, since FROM hold WHERE sale = ?1",
            [sale.0],
            |row| {
                let mut columns = Columns::of(row);
                Ok((columns.next()?, columns.next()?, columns.next()?))
            },
        )
    }

    fn insert_hold(&self, sale: SaleKey, reason: &Reason, since: i64) -> Result<(), StoreFault> {
        let told = (&reason.value, &reason.marks, &reason.expected, &reason.fix);
        let sealed = self.sealed_told(sale, &told)?;
        self.run(
            "INSERT INTO hold (sale, code, field, owner, since, sealed, held_for)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                sale.0,
                reason.code.word(),
                reason.field,
                reason.owner.word(),
                since,
                sealed,
                reason.code.is_for_a_code().then_some(&reason.value)
            ],
        )?;
        Ok(())
    }

    fn owner_from_holds(&self, sale: SaleKey) -> Result<(), StoreFault> {
        self.run(
            "UPDATE sale SET
                 owner = CASE
                     WHEN NOT EXISTS (SELECT 1 FROM hold AS h WHERE h.sale = ?1) THEN NULL
                     ELSE COALESCE(assigned,
                         (SELECT h.owner FROM hold AS h WHERE h.sale = ?1 ORDER BY h.id LIMIT 1))
                 END,
                 cause = (SELECT h.code FROM hold AS h WHERE h.sale = ?1 ORDER BY h.id LIMIT 1)
             WHERE key = ?1",
            [sale.0],
        )?;
        Ok(())
    }
}
