//! A connection to ask questions of. The questions themselves stand beside each table.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Params, Row};

use crate::fault::While;
use crate::seal::{Purpose, Sealer};
use crate::store::Durability;
use crate::{StoreFault, StoreKey, folder, migrate};

/// Page cache in kibibytes: an idle program stays small, and the system caches files too.
pub(crate) const CACHE_KIB: i64 = 3_000;
/// Longest wait for another connection's lock.
const BUSY: Duration = Duration::from_secs(5);
/// Statements kept ready; there are somewhat fewer different ones in use.
const STATEMENTS: usize = 192;

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write(Durability),
}

/// All that can be asked of the store. Writes nothing.
pub struct Reading {
    pub(crate) conn: Connection,
    seal: Option<Sealer>,
}

impl Reading {
    /// Opens the store of that folder for reading only, beside a running copy or alone.
    ///
    /// # Errors
    /// [`StoreFault::Absent`] when there is none, [`StoreFault::Newer`],
    /// [`StoreFault::Damaged`], [`StoreFault::KeyWrong`].
    pub fn open(dir: &Path, key: Option<StoreKey>) -> Result<Self, StoreFault> {
        let path = folder::database(dir);
        let absent = || StoreFault::Absent {
            folder: dir.display().to_string(),
        };
        if !path.exists() {
            return Err(absent());
        }
        let mut reading = Self::connect(&path, Access::Read)?;
        match migrate::version(&reading.conn)? {
            0 => return Err(absent()),
            found if found < migrate::known() => {
                return Err(StoreFault::Older {
                    found,
                    known: migrate::known(),
                });
            }
            _ => {}
        }
        reading.take_key(key)?;
        Ok(reading)
    }

    pub(crate) fn connect(path: &Path, access: Access) -> Result<Self, StoreFault> {
        let doing = "opening the database";
        let mode = match access {
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write(_) => OpenFlags::SQLITE_OPEN_READ_WRITE,
        };
        let conn = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .doing(doing)?;
        conn.busy_timeout(BUSY).doing(doing)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
            .doing(doing)?;
        conn.pragma_update(None, "cell_size_check", true)
            .doing(doing)?;
        conn.pragma_update(None, "mmap_size", 0).doing(doing)?;
        conn.pragma_update(None, "cache_size", -CACHE_KIB)
            .doing(doing)?;
        // Sorting spills to memory, never to a file in a folder that is not ours.
        conn.pragma_update(None, "temp_store", "MEMORY")
            .doing(doing)?;
        match access {
            Access::Read => conn.pragma_update(None, "query_only", true).doing(doing)?,
            Access::Write(durability) => {
                conn.pragma_update(None, "journal_mode", "WAL")
                    .doing(doing)?;
                conn.pragma_update(None, "journal_size_limit", 16 << 20)
                    .doing(doing)?;
                conn.pragma_update(None, "foreign_keys", true)
                    .doing(doing)?;
                // What is cleared is overwritten, not only forgotten about: the key that
                // opens it is still there.
                conn.pragma_update(None, "secure_delete", true)
                    .doing(doing)?;
                let synchronous = match durability {
                    Durability::Full => "FULL",
                    Durability::Fast => "OFF",
                };
                conn.pragma_update(None, "synchronous", synchronous)
                    .doing(doing)?;
            }
        }
        migrate::version(&conn)?;
        Ok(Self { conn, seal: None })
    }

    /// Takes the key if it is the one this database was made with.
    pub(crate) fn take_key(&mut self, key: Option<StoreKey>) -> Result<(), StoreFault> {
        let Some(key) = key else { return Ok(()) };
        let sealer = Sealer::new(&key)?;
        let check: Option<Vec<u8>> = self.meta("key_check")?;
        if check.is_some_and(|check| check != sealer.check_value()) {
            return Err(StoreFault::KeyWrong);
        }
        self.seal = Some(sealer);
        Ok(())
    }

    /// The sealer, if there is a key.
    pub(crate) fn sealer(&self) -> Option<&Sealer> {
        self.seal.as_ref()
    }

    /// Seals what is personal.
    pub(crate) fn sealed_text(
        &self,
        purpose: Purpose,
        place: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreFault> {
        let seal = self.seal.as_ref().ok_or(StoreFault::KeyMissing {
            what: purpose.words(),
        })?;
        seal.seal(purpose, place, plain)
    }

    /// Opens what was sealed.
    pub(crate) fn opened(
        &self,
        purpose: Purpose,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, StoreFault> {
        let seal = self.seal.as_ref().ok_or(StoreFault::KeyMissing {
            what: purpose.words(),
        })?;
        seal.open(purpose, place, sealed).ok_or_else(|| {
            StoreFault::damaged(format!(
                "{} does not open any more",
                purpose.words().to_lowercase()
            ))
        })
    }

    /// How many bytes are free on the disk that the database is on; `None` where that
    /// cannot be told.
    pub fn free_room(&self) -> Option<u64> {
        let folder = Path::new(self.conn.path()?).parent()?;
        fs4::available_space(folder).ok()
    }

    /// One of the few single facts about the whole store.
    pub(crate) fn meta<T: FromSql>(&self, name: &str) -> Result<Option<T>, StoreFault> {
        self.one("SELECT value FROM meta WHERE name = ?1", [name], |row| {
            row.get(0)
        })
    }

    /// The only row, or none.
    pub(crate) fn one<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreFault> {
        let mut statement = self.conn.prepare_cached(sql).doing(DOING)?;
        statement.query_row(params, read).optional().doing(DOING)
    }

    /// All rows; the statement bounds them.
    pub(crate) fn all<T, P: Params>(
        &self,
        sql: &str,
        params: P,
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreFault>,
    ) -> Result<Vec<T>, StoreFault> {
        let mut statement = self.conn.prepare_cached(sql).doing(DOING)?;
        let mut rows = statement.query(params).doing(DOING)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().doing(DOING)? {
            all.push(read(row)?);
        }
        Ok(all)
    }
}

/// What a question does, for a fault's words.
pub(crate) const DOING: &str = "reading from the database";

/// A column's value, with our own fault.
pub(crate) fn col<T: FromSql>(row: &Row<'_>, index: usize) -> Result<T, StoreFault> {
    row.get(index).doing(DOING)
}
