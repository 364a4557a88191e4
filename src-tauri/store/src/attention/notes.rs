//! Notes that people write on an order, sealed like everything they may name someone in.

use chrono::{DateTime, Utc};
use domain::Owner;
use rusqlite::params;

use crate::columns::Columns;
use crate::forms::SaleKey;
use crate::reading::Reading;
use crate::sales::owner;
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

/// Notes of one order that are read, the newest.
const MOST: i64 = 500;

/// A note on an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteRow {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// Whom it is for, if it names one.
    pub to: Option<Owner>,
    /// What it says; empty without a key, and once it has gone with age.
    pub text: String,
}

/// What a note is sealed to.
fn place(sale: SaleKey) -> Vec<u8> {
    [&b"note on"[..], &sale.0.to_be_bytes()].concat()
}

impl Reading {
    /// The notes on an order, newest first.
    pub fn notes(&self, sale: SaleKey) -> Result<Vec<NoteRow>, StoreFault> {
        self.all(
            "SELECT at, who, for_owner, sealed FROM note WHERE sale = ?1
             ORDER BY id DESC LIMIT ?2",
            params![sale.0, MOST],
            |row| {
                let mut columns = Columns::of(row);
                let at = columns.at()?;
                let who = columns.next()?;
                let to = columns.next::<Option<String>>()?;
                let sealed: Option<Vec<u8>> = columns.next()?;
                let text = match sealed.filter(|_| self.sealer().is_some()) {
                    None => String::new(),
                    Some(sealed) => {
                        let plain = self.opened(Purpose::Note, &place(sale), &sealed)?;
                        String::from_utf8_lossy(&plain).into_owned()
                    }
                };
                Ok(NoteRow {
                    at,
                    who,
                    to: to.as_deref().map(owner).transpose()?,
                    text,
                })
            },
        )
    }
}

impl Write<'_> {
    /// Keeps a note on an order.
    ///
    /// # Errors
    /// [`StoreFault::KeyMissing`] without a key.
    pub fn put_note(&mut self, sale: SaleKey, note: &NoteRow) -> Result<(), StoreFault> {
        let sealed = self.sealed_text(Purpose::Note, &place(sale), note.text.as_bytes())?;
        self.run(
            "INSERT INTO note (sale, at, who, for_owner, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                sale.0,
                times::ms(note.at),
                note.who,
                note.to.map(Owner::word),
                sealed
            ],
        )?;
        Ok(())
    }

    /// Takes what an order's notes say away, with age; that there were some stays.
    pub(crate) fn forget_notes(&mut self, sale: SaleKey) -> Result<(), StoreFault> {
        self.run(
            "UPDATE note SET sealed = NULL WHERE sale = ?1 AND sealed IS NOT NULL",
            [sale.0],
        )?;
        Ok(())
    }
}
