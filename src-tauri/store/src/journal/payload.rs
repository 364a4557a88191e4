//! Bodies of messages: kept once for equal ones, sealed, found by the hash of the plain
//! bytes.

use chrono::{DateTime, Utc};
use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::forms::Body;
use crate::reading::Reading;
use crate::seal::Purpose;
use crate::write::Write;
use crate::{StoreFault, times};

/// What a body is bound to: its hash, and when it was cleared, so that neither can be
/// changed unnoticed.
pub(super) fn place(hash: &[u8], cleared_at: Option<i64>) -> Vec<u8> {
    let mut place = hash.to_vec();
    if let Some(at) = cleared_at {
        place.extend(at.to_be_bytes());
    }
    place
}

/// A body's hash, when it was cleared, and the sealed body.
type BodyRow = (Vec<u8>, Option<i64>, Vec<u8>);

/// A body's row, without the body.
struct Kept {
    id: i64,
    used_on: i64,
    cleared: bool,
}

impl Write<'_> {
    /// Keeps a body, and gives back its row and its hash.
    pub(crate) fn put_body(
        &mut self,
        body: &[u8],
        at: DateTime<Utc>,
    ) -> Result<(i64, Vec<u8>), StoreFault> {
        let hash = Sha256::digest(body).to_vec();
        let day = times::day(at);
        let Some(kept) = self.kept(&hash)? else {
            let sealed = self.sealed_text(Purpose::Payload, &place(&hash, None), body)?;
            self.run(
                "INSERT INTO payload (hash, used_on, sealed) VALUES (?1, ?2, ?3)",
                params![hash, day, sealed],
            )?;
            return Ok((self.conn.last_insert_rowid(), hash));
        };
        if kept.cleared {
            self.refill(kept.id, &hash, body)?;
        }
        if kept.cleared || kept.used_on < day {
            self.run(
                "UPDATE payload SET used_on = ?2 WHERE id = ?1",
                params![kept.id, day],
            )?;
        }
        Ok((kept.id, hash))
    }

    /// A body that was masked with age came by again.
    fn refill(&mut self, id: i64, hash: &[u8], body: &[u8]) -> Result<(), StoreFault> {
        let sealed = self.sealed_text(Purpose::Payload, &place(hash, None), body)?;
        self.run(
            "UPDATE payload SET cleared_at = NULL, sealed = ?2, stage = 0 WHERE id = ?1",
            params![id, sealed],
        )?;
        Ok(())
    }

    fn kept(&self, hash: &[u8]) -> Result<Option<Kept>, StoreFault> {
        self.one(
            "SELECT id, used_on, cleared_at IS NOT NULL FROM payload
             WHERE substr(hash, 1, 6) = substr(?1, 1, 6) AND hash = ?1",
            [hash],
            |row| {
                Ok(Kept {
                    id: row.get(0)?,
                    used_on: row.get(1)?,
                    cleared: row.get(2)?,
                })
            },
        )
    }
}

impl Reading {
    /// The body of that hash, as far as it is still there and can be opened.
    ///
    /// # Errors
    /// [`StoreFault::Damaged`] when it does not open with the right key.
    pub fn body(&self, hash: &[u8]) -> Result<Option<Body>, StoreFault> {
        let kept = self.one(
            "SELECT hash, cleared_at, sealed FROM payload
             WHERE substr(hash, 1, 6) = substr(?1, 1, 6) AND hash = ?1",
            [hash],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        kept.map(|row: BodyRow| self.open_body(&row)).transpose()
    }

    /// The body in that row.
    pub(crate) fn body_in_row(&self, id: i64) -> Result<Body, StoreFault> {
        let kept = self.one(
            "SELECT hash, cleared_at, sealed FROM payload WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let row: BodyRow =
            kept.ok_or_else(|| StoreFault::damaged("a message's body is missing"))?;
        self.open_body(&row)
    }

    fn open_body(&self, (hash, cleared_at, sealed): &BodyRow) -> Result<Body, StoreFault> {
        if self.sealer().is_none() {
            return Ok(Body::Locked);
        }
        let plain = self.opened(Purpose::Payload, &place(hash, *cleared_at), sealed)?;
        Ok(match *cleared_at {
            None => Body::Plain(plain),
            Some(at) => Body::Cleared(times::at_ms(at)?, plain),
        })
    }
}
