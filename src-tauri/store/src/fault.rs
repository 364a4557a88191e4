//! What can go wrong with the store, in words that say what to do about it.

use chrono::{DateTime, Utc};

/// Why the store could not do as asked. Every message names the fix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// Another copy of Stockbridge writes to this data folder.
    #[error(
        "The data folder is in use by {program} (process {pid}) since {}. Close that copy, or use \
         another data folder.",
        since.format("%Y-%m-%d %H:%M:%S UTC")
    )]
    LockedBy {
        /// Its process id; 0 when it did not say.
        pid: u32,
        /// What it calls itself.
        program: String,
        /// When it opened the folder.
        since: DateTime<Utc>,
    },
    /// Another program holds the database for longer than we wait.
    #[error(
        "The database was busy for too long while {doing}. Close other programs that have it open, \
         then try again."
    )]
    Busy {
        /// What we were doing.
        doing: String,
    },
    /// The file is not, or no longer, a sound database.
    #[error(
        "The database is damaged: {detail}. Stop Stockbridge, keep a copy of the data folder, and \
         restore the last backup; nothing is sent again before it is looked up at the vendor."
    )]
    Damaged {
        /// What was found.
        detail: String,
    },
    /// A newer version of Stockbridge has written it.
    #[error(
        "The database was written by a newer Stockbridge (its version {found}, this one knows up to \
         {known}). Update Stockbridge on this computer."
    )]
    Newer {
        /// The version found in the file.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// An older version of Stockbridge has written it, and a reader cannot bring it up.
    #[error(
        "The database is of an older Stockbridge (its version {found}, this one works with {known}). \
         Start Stockbridge or run `sync` once to bring it up; nothing is lost by it."
    )]
    Older {
        /// The version found in the file.
        found: i64,
        /// The version this program works with.
        known: i64,
    },
    /// There is no database yet to read from.
    #[error("There is no database in {folder} yet. Run `connect` or `sync` there first.")]
    Absent {
        /// The data folder.
        folder: String,
    },
    /// No room left on the disk.
    #[error("The disk is full, so nothing was written. Free some space, then try again.")]
    Full,
    /// Others could read the data folder, and that could not be changed.
    #[error(
        "{path} can be read by other users of this computer. Set its permissions to the owner alone."
    )]
    NotPrivate {
        /// The file or folder.
        path: String,
    },
    /// The key at hand is not the one the database was made with.
    #[error(
        "The key does not fit this database. Use the key it was made with (keychain entry, or \
         STOCKBRIDGE_STORE_KEY)."
    )]
    KeyWrong,
    /// Something personal is to be read or written, and there is no key.
    #[error(
        "{what} is encrypted and there is no key. Unlock the keychain, or set STOCKBRIDGE_STORE_KEY."
    )]
    KeyMissing {
        /// What cannot be shown or kept.
        what: &'static str,
    },
    /// A key that is no key.
    #[error("STOCKBRIDGE_STORE_KEY must be 64 hexadecimal digits; it has {found}.")]
    KeyMalformed {
        /// What it is instead, without the key itself.
        found: String,
    },
    /// An order's message was begun, and its outcome is not known: another must wait.
    #[error(
        "{number} is being sent, or its last sending is not cleared up yet. Wait until its outcome \
         is known, then try again."
    )]
    AlreadyBegun {
        /// The order.
        number: String,
    },
    /// Two orders would carry one reference.
    #[error(
        "The reference {reference} already belongs to another order. Change the order's number in \
         Cin7 Core, then recheck."
    )]
    ReferenceTaken {
        /// The reference.
        reference: String,
    },
    /// A place to continue from that was never given out.
    #[error(
        "“{after}” is no place to continue a list from. Leave it out to start at the beginning."
    )]
    NoSuchPage {
        /// The place as given.
        after: String,
    },
    /// A row that should be there is not.
    #[error("There is no {what} in the database any more. Run the last step again.")]
    Missing {
        /// What was looked for.
        what: String,
    },
    /// A file operation failed.
    #[error("{what}. Check that the data folder exists and that you may write to it.")]
    Io {
        /// What failed, with the system's words.
        what: String,
    },
    /// Anything else SQLite says.
    #[error("The database refused while {doing}: {detail}. Report this to support.")]
    Sql {
        /// What we were doing.
        doing: String,
        /// SQLite's words.
        detail: String,
    },
}

impl StoreFault {
    /// One stable word for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LockedBy { .. } => "store_locked",
            Self::Busy { .. } => "store_busy",
            Self::Damaged { .. } => "store_damaged",
            Self::Newer { .. } => "store_newer",
            Self::Older { .. } => "store_older",
            Self::Absent { .. } => "store_absent",
            Self::Full => "store_full",
            Self::NotPrivate { .. } => "store_not_private",
            Self::KeyWrong => "store_key_wrong",
            Self::KeyMissing { .. } => "store_key_missing",
            Self::KeyMalformed { .. } => "store_key_malformed",
            Self::AlreadyBegun { .. } => "already_begun",
            Self::ReferenceTaken { .. } => "reference_taken",
            Self::NoSuchPage { .. } => "cursor_invalid",
            Self::Missing { .. } => "store_row_missing",
            Self::Io { .. } => "store_io",
            Self::Sql { .. } => "store_sql",
        }
    }

    pub(crate) fn io(doing: &str, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::Full;
        }
        Self::Io {
            what: format!("{doing}: {error}"),
        }
    }

    pub(crate) fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged {
            detail: detail.into(),
        }
    }

    /// Sorts SQLite's errors into ours.
    pub(crate) fn sql(doing: &str, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error {
            rusqlite::Error::SqliteFailure(code, words) => match code.code {
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Self::damaged(words.clone().unwrap_or_else(|| code.to_string()))
                }
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy {
                    doing: doing.into(),
                },
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied => Self::Io {
                    what: format!("The database file failed while {doing}: {error}"),
                },
                _ => Self::Sql {
                    doing: doing.into(),
                    detail: error.to_string(),
                },
            },
            // A stored value of a wrong type, or text that is no text, was not written by us.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::InvalidColumnType(..) => {
                Self::damaged(format!("a value cannot be read while {doing}: {error}"))
            }
            _ => Self::Sql {
                doing: doing.into(),
                detail: error.to_string(),
            },
        }
    }
}

/// Says what was being done when SQLite refused.
pub(crate) trait While<T> {
    /// Turns SQLite's error into a [`StoreFault`] that says so.
    fn doing(self, doing: &str) -> Result<T, StoreFault>;
}

impl<T> While<T> for Result<T, rusqlite::Error> {
    fn doing(self, doing: &str) -> Result<T, StoreFault> {
        self.map_err(|error| StoreFault::sql(doing, &error))
    }
}
