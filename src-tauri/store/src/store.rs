//! The one writing copy of the store: opening it, and transactions. What is written in
//! them is said beside each table.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Transaction, TransactionBehavior};

use crate::fault::While;
use crate::folder::{self, Lock};
use crate::reading::{Access, Reading};
use crate::write::Write;
use crate::{Changes, StoreFault, StoreKey, migrate, times};

/// How hard a commit presses the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// A commit survives a power cut.
    Full,
    /// A commit survives the program only; for simulations, never for a merchant.
    Fast,
}

/// How to open the store for writing.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// How hard commits press the disk.
    pub durability: Durability,
    /// What this program calls itself, told to a second copy.
    pub program: &'a str,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Told of each commit that touched anything that is shown.
type Told = Box<dyn Fn(Changes) + Send>;

/// The store, open for writing. Only one exists for a data folder at a time.
pub struct Store {
    reading: Reading,
    told: Option<Told>,
    // Dropped after the connection: fields drop in the order they are written.
    _lock: Lock,
}

impl Store {
    /// Opens the store in that folder, making or migrating it as needed.
    ///
    /// Without a key everything that is not personal still works; what is sealed is
    /// [`StoreFault::KeyMissing`].
    ///
    /// # Errors
    /// [`StoreFault::LockedBy`] when another copy has it, [`StoreFault::Newer`],
    /// [`StoreFault::Damaged`], [`StoreFault::KeyWrong`], [`StoreFault::NotPrivate`],
    /// [`StoreFault::Full`].
    pub fn open(
        dir: &Path,
        key: Option<StoreKey>,
        options: Options<'_>,
    ) -> Result<Self, StoreFault> {
        folder::make_private(dir)?;
        let lock = Lock::take(dir, options.program, options.now)?;
        let access = Access::Write(options.durability);
        let mut reading = Reading::connect(&folder::database(dir), access)?;
        migrate::migrate(&reading.conn)?;
        reading.take_key(key)?;
        let mut store = Self {
            reading,
            told: None,
            _lock: lock,
        };
        store.write(|w| {
            w.keep_key_check()?;
            Ok(())
        })?;
        Ok(store)
    }

    /// Tells of each commit from now on which parts of what is shown it touched, in the
    /// thread that made it and before it goes on: the one told must only take note.
    pub fn tell(&mut self, told: impl Fn(Changes) + Send + 'static) {
        self.told = Some(Box::new(told));
    }

    /// Everything that can be asked, over the writer's own connection.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// How large the database is, in bytes, what is still in its write-ahead log included.
    pub fn size_in_bytes(&self) -> Result<u64, StoreFault> {
        let doing = "measuring the database";
        let one = |pragma: &str| -> Result<i64, StoreFault> {
            self.reading
                .conn
                .query_row(pragma, [], |row| row.get(0))
                .doing(doing)
        };
        let pages = one("PRAGMA page_count")? - one("PRAGMA freelist_count")?;
        times::count(pages * one("PRAGMA page_size")?)
    }

    /// Does the work in one transaction: all of it is on disk when this returns, or none.
    ///
    /// # Errors
    /// Whatever the work gives back, or [`StoreFault::Full`] and the like at the commit.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        let doing = "writing to the database";
        let tx = Transaction::new_unchecked(&self.reading.conn, TransactionBehavior::Immediate)
            .doing(doing)?;
        let mut write = Write::new(&self.reading);
        let done = work(&mut write)?;
        let touched = write.touched();
        tx.commit().doing(doing)?;
        if let Some(told) = &self.told
            && touched.any()
        {
            told(touched);
        }
        Ok(done)
    }
}
