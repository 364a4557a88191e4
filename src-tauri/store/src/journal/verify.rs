//! Checks that the journal is as it was written: every entry against the chain, the end
//! against what was written down, every body against its hash.

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{ErrorCode, Row, Statement};
use sha2::{Digest, Sha256};

use super::chain::{Field, Head, link};
use super::payload::place;
use crate::StoreFault;
use crate::fault::While;
use crate::reading::{Reading, col};
use crate::seal::Purpose;

/// The journal is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries there are.
    pub entries: i64,
    /// The last one's hash: 32 bytes, zeros when there is none.
    pub head: Vec<u8>,
    /// Bodies that were opened and agree with their hash, or were cleared with age.
    pub bodies: u64,
    /// Bodies that could not be checked for want of the key.
    pub locked: u64,
}

/// The first entry that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEntry {
    /// Its number.
    pub id: i64,
    /// What is wrong with it, in a sentence.
    pub what: String,
}

impl std::fmt::Display for BadEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry {}: {}", self.id, self.what)
    }
}

const DOING: &str = "checking the journal";

/// Spoilt bodies after which no more are looked for: each costs a walk to name its entry.
const MOST_FOUND: usize = 10;

const WALK: &str = "SELECT j.id, j.at, j.kind, j.vendor, j.direction, j.operation, j.who, \
    j.outcome, j.sale, j.subject, j.attempt, j.status, j.duration_ms, j.text, \
    j.request, request.hash, j.response, response.hash, j.hash \
    FROM journal AS j \
    LEFT JOIN payload AS request ON request.id = j.request \
    LEFT JOIN payload AS response ON response.id = j.response ORDER BY j.id";

/// Why a walk stopped.
enum Stop {
    Bad(BadEntry),
    Fault(StoreFault),
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault)
    }
}

fn bad(id: i64, what: impl Into<String>) -> Stop {
    Stop::Bad(BadEntry {
        id,
        what: what.into(),
    })
}

impl Reading {
    /// Walks the whole journal and every body, beside a running writer too.
    ///
    /// # Errors
    /// [`StoreFault::Damaged`] when the file is spoilt outside of what an entry says; a
    /// spoilt entry is the inner [`BadEntry`].
    pub fn verify(&self) -> Result<Result<Verified, BadEntry>, StoreFault> {
        // Everything is compared as of one moment, or news would look like damage.
        let moment = if self.conn.is_autocommit() {
            Some(self.conn.unchecked_transaction().doing(DOING)?)
        } else {
            None
        };
        let verified = self.verified();
        drop(moment);
        match verified {
            Ok(verified) => Ok(Ok(verified)),
            Err(Stop::Bad(entry)) => Ok(Err(entry)),
            Err(Stop::Fault(fault)) => Err(fault),
        }
    }

    fn verified(&self) -> Result<Verified, Stop> {
        let words = self.words()?;
        let walked = self.walk(&words);
        let bodies = self.check_bodies();
        // Of two findings the earlier entry is named.
        let head = match (walked, &bodies) {
            (Err(Stop::Bad(one)), Err(Stop::Bad(other))) if other.id < one.id => {
                return Err(Stop::Bad(other.clone()));
            }
            (walked, _) => walked?,
        };
        let (bodies, locked) = bodies?;
        self.check_file()?;
        Ok(Verified {
            entries: head.entries,
            head: head.hash,
            bodies,
            locked,
        })
    }

    fn words(&self) -> Result<HashMap<i64, Vec<u8>>, StoreFault> {
        let read = self.all("SELECT id, text FROM word", [], |row| {
            let text = row.get_ref(1).doing(DOING)?;
            Ok((col(row, 0)?, text.as_bytes().unwrap_or_default().to_vec()))
        })?;
        Ok(read.into_iter().collect())
    }

    fn walk(&self, words: &HashMap<i64, Vec<u8>>) -> Result<Head, Stop> {
        let mut statement: Statement<'_> = self.conn.prepare(WALK).doing(DOING)?;
        let mut rows = statement.query([]).doing(DOING)?;
        let mut head = Head::start();
        loop {
            let next = head.entries + 1;
            match rows.next() {
                Ok(None) => break,
                Ok(Some(row)) => head = step(row, &head, words)?,
                Err(error) if is_corrupt(&error) => {
                    return Err(bad(next, format!("it cannot be read ({error})")));
                }
                Err(error) => return Err(StoreFault::sql(DOING, &error).into()),
            }
        }
        let written = self.head()?;
        if head.entries < written.entries {
            let (last, gone) = (head.entries, written.entries - head.entries);
            return Err(bad(
                last + 1,
                format!("it is missing: {gone} entries are gone from the end"),
            ));
        }
        if head != written {
            return Err(bad(
                head.entries,
                "the journal's end is not the one that was written down",
            ));
        }
        Ok(head)
    }

    fn check_bodies(&self) -> Result<(u64, u64), Stop> {
        let mut statement = self
            .conn
            .prepare("SELECT id, hash, cleared_at, sealed FROM payload ORDER BY id")
            .doing(DOING)?;
        let mut rows = statement.query([]).doing(DOING)?;
        let (mut checked, mut locked, mut last) = (0, 0, 0);
        let mut found: Vec<(i64, String)> = Vec::new();
        while found.len() < MOST_FOUND {
            match rows.next() {
                Ok(None) => break,
                Ok(Some(row)) => {
                    last = col(row, 0)?;
                    if self.sealer().is_none() {
                        locked += 1;
                        continue;
                    }
                    checked += 1;
                    found.extend(self.wrong_with(row).map(|what| (last, what)));
                }
                Err(error) if is_corrupt(&error) => {
                    found.push((last + 1, format!("its body cannot be read ({error})")));
                    break;
                }
                Err(error) => return Err(StoreFault::sql(DOING, &error).into()),
            }
        }
        let mut entries = Vec::new();
        for (payload, what) in found {
            entries.push(self.entry_with_body(payload, what)?);
        }
        match entries.into_iter().min_by_key(|entry| entry.id) {
            Some(first) => Err(Stop::Bad(first)),
            None => Ok((checked, locked)),
        }
    }

    /// What is wrong with a body, if anything is.
    fn wrong_with(&self, row: &Row<'_>) -> Option<String> {
        let seal = self.sealer()?;
        let read = || -> rusqlite::Result<(Vec<u8>, Option<i64>, Vec<u8>)> {
            Ok((row.get(1)?, row.get(2)?, row.get(3)?))
        };
        let Ok((hash, cleared_at, sealed)) = read() else {
            return Some("its body is not in the form it was written".into());
        };
        match seal.open(Purpose::Payload, &place(&hash, cleared_at), &sealed) {
            None => Some("its body was changed: it does not open any more".into()),
            Some(plain) if cleared_at.is_none() && Sha256::digest(&plain).as_slice() != hash => {
                Some("its body was changed: it does not have the hash that was written down".into())
            }
            Some(_) => None,
        }
    }

    /// The first entry that uses a body.
    fn entry_with_body(&self, payload: i64, what: String) -> Result<BadEntry, Stop> {
        let first = self.one(
            "SELECT id FROM journal WHERE request = ?1 OR response = ?1 ORDER BY id LIMIT 1",
            [payload],
            |row| row.get(0),
        )?;
        match first {
            Some(id) => Ok(BadEntry { id, what }),
            None => Err(StoreFault::damaged(format!("a message not yet sent: {what}")).into()),
        }
    }

    /// Damage outside of any entry: in an index, a page, a table's description.
    fn check_file(&self) -> Result<(), StoreFault> {
        let found: String = self
            .conn
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .doing("checking the database file")?;
        if found == "ok" {
            Ok(())
        } else {
            Err(StoreFault::damaged(found))
        }
    }
}

/// Checks one entry against the one before.
fn step(row: &Row<'_>, head: &Head, words: &HashMap<i64, Vec<u8>>) -> Result<Head, Stop> {
    let id: i64 = col(row, 0)?;
    if id != head.entries + 1 {
        return Err(bad(
            head.entries + 1,
            format!("it is missing: entry {id} comes next"),
        ));
    }
    let field = |index: usize| row.get_ref(index).map_or(Field::Odd, as_field);
    let word = |index: usize| match field(index) {
        Field::Whole(id) => words.get(&id).map_or(Field::Odd, |text| Field::Text(text)),
        _ => Field::Odd,
    };
    for (named, hash) in [(14, 15), (16, 17)] {
        if !matches!(field(named), Field::Nothing) && matches!(field(hash), Field::Nothing) {
            return Err(bad(id, "its body is missing"));
        }
    }
    let fields = [
        Field::Whole(id),
        field(1),
        word(2),
        word(3),
        word(4),
        word(5),
        word(6),
        word(7),
        field(8),
        field(9),
        field(10),
        field(11),
        field(12),
        field(13),
        field(15),
        field(17),
    ];
    let hash = link(&head.hash, &fields);
    match field(18) {
        Field::Bytes(written) if written == hash => Ok(Head { entries: id, hash }),
        _ => Err(bad(
            id,
            "it was changed: its hash does not follow from it and the entry before",
        )),
    }
}

fn as_field(value: ValueRef<'_>) -> Field<'_> {
    match value {
        ValueRef::Null => Field::Nothing,
        ValueRef::Integer(number) => Field::Whole(number),
        ValueRef::Text(text) => Field::Text(text),
        ValueRef::Blob(bytes) => Field::Bytes(bytes),
        ValueRef::Real(_) => Field::Odd,
    }
}

fn is_corrupt(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}
